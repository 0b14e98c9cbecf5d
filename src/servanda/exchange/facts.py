"""A declaration's numbers, indexed once: units, places, what each holds itself, and what all it commands hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

from servanda.exchange.declaration import Declaration
from servanda.exchange.table import Row, Value, column
from servanda.model.forms import Form

MOST_DEPTH = 24  # levels of command; more is a circle


class Line(NamedTuple):
    """One row of holdings with its place in the declaration."""

    sheet: str
    place: int
    record: str
    category: str
    type: str | None
    number: int


class Part(NamedTuple):
    """What many lines have in common: where they count, and of what kind they are."""

    area: str | None
    stored: bool
    category: str
    type: str | None


class Facts:
    """Indexes over one declaration. Rows that lack what an index needs are left out: other rules report them.

    `command` and `places` give the row of a record on their sheets, the first where it stands there twice.
    """

    def __init__(self, value: Declaration, form: Form) -> None:
        roles = form.roles
        self.value, self.form = value, form
        self.command = _index(self._column(roles.command, "record"))
        self.places = _index(self._column(roles.places, "record"))
        self.superior: dict[str, str] = {}
        for sheet, found in ((roles.places, self.places), (roles.command, self.command)):
            above = self._column(sheet, "superior")
            self.superior.update((r, str(above[i])) for r, i in found.items() if above[i])
        kinds, forces = self._column(roles.places, "site_kind"), self._column(roles.places, "force")
        self.stored = {r for r, i in self.places.items() if kinds[i] in roles.stored}
        self.uncounted = {r for r, i in self.places.items() if forces[i] in roles.uncounted}
        self._areas = self._column(roles.places, "area")
        levels = self._column(roles.command, "level")
        self._total = {r for r, i in self.command.items() if levels[i] in roles.total_levels}
        self.own: list[Line] = []
        self.totals: list[Line] = []
        for sheet in roles.holdings:
            self._read(sheet)
        self.by_unit: dict[tuple[str, str], int] = defaultdict(int)
        for line in self.own:
            self.by_unit[line.record, line.category] += line.number
        self._under: dict[tuple[str, str], int] | None = None
        self._parts: dict[Part, int] | None = None
        self._over: dict[str | None, tuple[str, ...]] = {}

    def _read(self, sheet: str) -> None:
        """The lines of a sheet of holdings, totals apart."""
        records, categories, kinds, numbers = (
            self._column(sheet, n) for n in ("record", "category", "type", "number")
        )  # fmt: skip
        for row in zip(repeat(sheet), range(len(records)), records, categories, kinds, numbers, strict=False):
            if row[2] is None or row[3] is None or not isinstance(row[5], int):
                continue
            line = Line._make(row)
            (self.totals if line.type is None and line.record in self._total else self.own).append(line)

    def _column(self, sheet: str, name: str) -> Sequence[Value | None]:
        return column(self.value.rows(sheet), name)

    def gives_totals(self, record: str) -> bool:
        """True for a formation that shows totals of what it commands."""
        return record in self._total

    def unit(self, record: str) -> Row:
        """The row of a unit or installation with its place; empty where it has none."""
        at = self.places.get(record)
        return {} if at is None else self.value.rows(self.form.roles.places)[at]

    def formation(self, record: str) -> Row:
        """The row of a formation or unit in the command organisation; empty where it has none."""
        at = self.command.get(record)
        return {} if at is None else self.value.rows(self.form.roles.command)[at]

    def above(self, record: str) -> Iterator[str]:
        """The chain of superiors, nearest first; it ends where it would run in a circle."""
        seen = {record}
        at = self.superior.get(record)
        while at is not None and at not in seen and len(seen) < MOST_DEPTH:
            yield at
            seen.add(at)
            at = self.superior.get(at)

    @property
    def under(self) -> dict[tuple[str, str], int]:
        """What a formation and all it commands hold, by record and category."""
        if self._under is None:
            sums: dict[tuple[str, str], int] = defaultdict(int, self.by_unit)
            chains: dict[str, tuple[str, ...]] = {}  # units have few superiors: what these command is summed first
            below: dict[tuple[str, str], int] = defaultdict(int)
            for (record, category), number in self.by_unit.items():
                nearest = self.superior.get(record)
                if nearest is None:
                    continue
                if nearest not in chains:
                    chains[nearest] = (nearest, *self.above(nearest))
                chain = chains[nearest]
                if record not in chain and len(chain) < MOST_DEPTH:
                    below[nearest, category] += number
                else:
                    for higher in self.above(record):
                        sums[higher, category] += number
            for (nearest, category), number in below.items():
                for higher in chains[nearest]:
                    sums[higher, category] += number
            self._under = dict(sums)
        return self._under

    def area(self, record: str) -> str | None:
        """The area a unit gives as its own."""
        at = self.places.get(record)
        area = None if at is None else self._areas[at]
        return None if area is None else str(area)

    def areas_over(self, area: str | None) -> tuple[str, ...]:
        """An area and those that hold it."""
        if area not in self._over:
            within = {a.id: a.within for a in self.form.areas}
            found: list[str] = []
            at = area
            while at is not None and at in within and at not in found:
                found.append(at)
                at = within[at]
            self._over[area] = tuple(found)
        return self._over[area]

    def counted(self) -> Iterator[Line]:
        """What units hold themselves, of forces that count."""
        return (line for line in self.own if line.record not in self.uncounted)

    @property
    def parts(self) -> dict[Part, int]:
        """The sums of what counts, by area, storage, category and type."""
        if self._parts is None:
            sums: dict[tuple[str | None, bool, str, str | None], int] = defaultdict(int)
            areas = {
                record: None if (area := self._areas[i]) is None else str(area) for record, i in self.places.items()
            }
            for line in self.counted():
                sums[areas.get(line.record), line.record in self.stored, line.category, line.type] += line.number
            self._parts = {Part(*key): number for key, number in sums.items()}
        return self._parts


def _index(records: Sequence[Value | None]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, record in enumerate(records):
        found.setdefault("" if record is None else str(record), index)
    return found
