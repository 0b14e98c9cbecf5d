"""The rows of a sheet, kept by columns: a rule looks at a column of a hundred thousand cells, seldom at a row.

table = Table(2, {"record": ["A", "B"], "superior": [None, "A"]})
table[0]                     # {"record": "A"}: an empty cell is absent, never zero
column(table, "superior")    # [None, "A"]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import overload

Value = str | int
Row = Mapping[str, Value]


class Table(Sequence[Row]):
    """A sequence of rows made from columns of one length. A row is made when it is asked for; it holds filled cells alone."""

    __slots__ = ("_columns", "_count", "_rows")

    def __init__(self, count: int, columns: Mapping[str, Sequence[Value | None]]) -> None:
        self._count, self._columns = count, dict(columns)
        self._rows: list[Row] | None = None
        if any(len(c) != count for c in self._columns.values()):
            raise ValueError("columns of different lengths")

    @property
    def columns(self) -> Mapping[str, Sequence[Value | None]]:
        """The columns that have cells, None where a cell is empty."""
        return self._columns

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice) or self._rows is not None:
            return self._all()[at]
        at = range(self._count)[at]
        return {name: value for name, cells in self._columns.items() if (value := cells[at]) is not None}

    def __iter__(self) -> Iterator[Row]:
        return iter(self._all())

    def _all(self) -> list[Row]:
        if self._rows is None:
            names = tuple(self._columns)
            rows = zip(*self._columns.values(), strict=True) if names else ((),) * self._count
            self._rows = [{n: v for n, v in zip(names, row, strict=True) if v is not None} for row in rows]
        return self._rows

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{self._count:,} rows of {', '.join(self._columns) or 'nothing'}>"


def column(rows: Sequence[Row], name: str) -> Sequence[Value | None]:
    """The cells of a column, None where one is empty."""
    if isinstance(rows, Table):
        found = rows.columns.get(name)
        return found if found is not None else [None] * len(rows)
    return [row.get(name) for row in rows]
