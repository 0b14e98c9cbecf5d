"""A declaration's numbers, indexed once: units, places, what each holds itself, and what all it commands hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from servanda.exchange.declaration import Declaration, Row
from servanda.model.forms import Form

MOST_DEPTH = 24  # levels of command; more is a circle


@dataclass(frozen=True, slots=True)
class Line:
    """One row of holdings with its place in the declaration."""

    sheet: str
    index: int
    record: str
    category: str
    type: str | None
    number: int


class Facts:
    """Indexes over one declaration. Rows that lack what an index needs are left out: other rules report them."""

    def __init__(self, value: Declaration, form: Form) -> None:
        roles = form.roles
        self.value, self.form = value, form
        self.command: dict[str, tuple[int, Row]] = {}
        for index, row in enumerate(value.rows(roles.command)):
            self.command.setdefault(str(row.get("record", "")), (index, row))
        self.places: dict[str, tuple[int, Row]] = {}
        for index, row in enumerate(value.rows(roles.places)):
            self.places.setdefault(str(row.get("record", "")), (index, row))
        self.superior: dict[str, str] = {}
        for found in (self.places, self.command):
            for name, (_, row) in found.items():
                if row.get("superior"):
                    self.superior[name] = str(row["superior"])
        self.stored = {r for r, (_, row) in self.places.items() if row.get("site_kind") in roles.stored}
        self.uncounted = {r for r, (_, row) in self.places.items() if row.get("force") in roles.uncounted}
        self.own: list[Line] = []
        self.totals: list[Line] = []
        for sheet in roles.holdings:
            for index, row in enumerate(value.rows(sheet)):
                record, category, number = row.get("record"), row.get("category"), row.get("number")
                if record is None or category is None or not isinstance(number, int):
                    continue
                kind = row.get("type")
                line = Line(sheet, index, str(record), str(category), None if kind is None else str(kind), number)
                (self.totals if self._is_total(line) else self.own).append(line)
        self.by_unit: dict[tuple[str, str], int] = defaultdict(int)
        for line in self.own:
            self.by_unit[line.record, line.category] += line.number
        self._under: dict[tuple[str, str], int] | None = None

    def _is_total(self, line: Line) -> bool:
        return line.type is None and self.gives_totals(line.record)

    def gives_totals(self, record: str) -> bool:
        """True for a formation that shows totals of what it commands."""
        found = self.command.get(record)
        return found is not None and found[1].get("level") in self.form.roles.total_levels

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
            sums: dict[tuple[str, str], int] = defaultdict(int)
            for (record, category), number in self.by_unit.items():
                sums[record, category] += number
                for higher in self.above(record):
                    sums[higher, category] += number
            self._under = dict(sums)
        return self._under

    def area(self, record: str) -> str | None:
        """The area a unit gives as its own."""
        found = self.places.get(record)
        area = found[1].get("area") if found else None
        return None if area is None else str(area)

    def areas_over(self, area: str | None) -> tuple[str, ...]:
        """An area and those that hold it."""
        within = {a.id: a.within for a in self.form.areas}
        found: list[str] = []
        while area is not None and area in within and area not in found:
            found.append(area)
            area = within[area]
        return tuple(found)

    def counted(self) -> Iterator[Line]:
        """What units hold themselves, of forces that count."""
        return (line for line in self.own if line.record not in self.uncounted)
