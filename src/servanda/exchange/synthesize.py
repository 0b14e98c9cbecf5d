"""Unit-level declarations made up from sums: for demonstration, training and load, never history.

Every number of a unit is invented; their sums are those given. Every document, row and remark says so.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from servanda.exchange.cells import coordinates
from servanda.exchange.declaration import MARK, Declaration
from servanda.exchange.table import Row, Value
from servanda.model.forms import Form

REMARK = "SYNTHETIC: units, places and types are invented; only sums stated in the remarks are from the record"
MOST_BRIGADES = 5  # of a division
MOST_AT_SITE = 3  # objects at one declared site
STORAGE_WEIGHT = 0.25  # storage sites are few and large: objects for so many items, beside those of units
KINDS = 3  # types of one category with one holder, at most
LAND, AIR = "land", "air"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """So many items of a leaf category, of one holder, on one block; `stored` in designated permanent storage."""

    category: str
    block: str
    stored: bool
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the generator must know of the ground and the form: handed in, since rooms do not ask each other."""

    areas: Mapping[str, str]
    """Block to the form's innermost area."""
    states: Mapping[str, str]
    """Block to the state whose ground it is."""
    point: Callable[[str, random.Random], tuple[float, float]]
    """A point well inside a block: latitude, longitude."""
    types: Mapping[str, Sequence[str]]
    """Leaf category to designations that may be used."""
    air: frozenset[str]
    """Leaf categories of air forces."""
    by_area: frozenset[str]
    """Leaf categories whose totals are given by area."""


@dataclass(slots=True)
class _Unit:
    record: str
    designation: str
    block: str
    stored: bool
    air: bool
    superior: str
    holds: dict[tuple[str, str], int]
    site: str = ""
    place: str = ""


def synthesize(
    form: Form,
    *,
    instrument: str,
    party: str,
    document: str,
    as_of: date,
    exchanged: date,
    cells: Iterable[Cell],
    objects: int,
    site: Site,
    seed: int,
    remarks: tuple[str, ...] = (),
) -> Declaration:
    """One party's declaration with about so many objects, whose units add up to `cells` exactly."""
    rng = random.Random(f"{seed}:{party}:{as_of}")  # noqa: S311  # numbers for show, no secrets
    maker = _Maker(form, party, site, rng)
    maker.units(list(cells), objects)
    maker.sites()
    return Declaration(
        instrument=instrument,
        form=form.id,
        version=form.version,
        party=party,
        document=document,
        as_of=as_of,
        exchanged=exchanged,
        language=form.languages[0],
        synthetic=True,
        remarks=(REMARK, f"seed {seed}", *remarks),
        tables=maker.tables(document),
    )


class _Maker:
    """One party's structure, units and sites; the sheets named are those of the form's roles."""

    def __init__(self, form: Form, party: str, site: Site, rng: random.Random) -> None:
        self.form, self.party, self.site, self.rng = form, party, site, rng
        self.made: list[_Unit] = []
        self.command: list[dict[str, Value]] = []
        self.site_rows: list[dict[str, Value]] = []
        self.points: dict[str, dict[str, Value]] = {}
        self.kinds: dict[str, list[str]] = {}

    def types_for(self, category: str) -> list[str]:
        """The few types of a category that this holder has."""
        if category not in self.kinds:
            listed = list(self.site.types[category])
            self.kinds[category] = self.rng.sample(listed, min(len(listed), self.rng.randint(1, KINDS)))
        return self.kinds[category]

    def units(self, cells: list[Cell], objects: int) -> None:
        """Divide the cells among units, place by place: active ground forces, air forces, storage."""
        groups: dict[tuple[str, str, bool], dict[str, int]] = defaultdict(dict)
        for cell in cells:
            if cell.number:
                listing = AIR if cell.category in self.site.air else LAND
                group = groups[cell.block, listing, cell.stored]
                group[cell.category] = group.get(cell.category, 0) + cell.number
        weights = {k: sum(g.values()) * (STORAGE_WEIGHT if k[2] else 1.0) for k, g in groups.items()}
        everything = sum(weights.values())
        roots: dict[str, str] = {}
        for (block, listing, stored), held in sorted(groups.items()):
            items = sum(held.values())
            count = max(1, min(items, round(objects * weights[block, listing, stored] / everything)))
            if listing not in roots:
                level = "front" if listing == LAND else "air_army"
                roots[listing] = self._formation(listing, level, f"{listing.title()} Command", None, None)
            root = roots[listing]
            units = self._storage(block, count, root) if stored else self._brigades(block, listing, count, root)
            self._share(units, held)
            self.made.extend(units)
        self._order()

    def _formation(self, listing: str, level: str, name: str, superior: str | None, above: str | None) -> str:
        record = f"{self.party}-{listing[0].upper()}{len(self.command) + 1:05d}"
        row: dict[str, Value] = {
            "listing": listing,
            "record": record,
            "designation": f"{name} (synthetic)",
            "level": level,
        }
        if superior:
            row["superior"] = superior
        if above:
            row["superior2"] = above
        self.command.append(row)
        return record

    def _brigades(self, block: str, listing: str, count: int, root: str) -> list[_Unit]:
        levels = ("corps", "division", "brigade") if listing == LAND else ("air_corps", "air_division", "wing")
        corps = self._formation(listing, levels[0], f"{levels[0].replace('_', ' ').title()} {block}", root, None)
        units: list[_Unit] = []
        for number in range(math.ceil(count / MOST_BRIGADES)):
            name = f"{number + 1} {levels[1].replace('_', ' ').title()} {block}"
            division = self._formation(listing, levels[1], name, corps, root)
            for _ in range(min(MOST_BRIGADES, count - number * MOST_BRIGADES)):
                title = f"{len(units) + 1} {levels[2].title()} {block}"
                record = self._formation(listing, levels[2], title, division, corps)
                units.append(_Unit(record, f"{title} (synthetic)", block, False, listing == AIR, division, {}))
        return units

    def _storage(self, block: str, count: int, root: str) -> list[_Unit]:
        start = sum(u.stored for u in self.made)
        return [
            _Unit(
                f"{self.party}-D{start + n + 1:05d}",
                f"Storage {start + n + 1} {block} (synthetic)",
                block,
                True,
                False,
                root,
                {},
            )
            for n in range(count)
        ]

    def _share(self, units: list[_Unit], held: dict[str, int]) -> None:
        """Give each category to a run of units; the runs follow each other, so that every unit gets something."""
        total, start = sum(held.values()), 0
        for category, number in sorted(held.items(), key=lambda x: (-x[1], x[0])):
            run = min(len(units), number, max(1, math.ceil(1.6 * len(units) * number / total)))
            chosen = [units[(start + k) % len(units)] for k in range(run)]
            start += run
            for unit, part in zip(chosen, self._split(number, run), strict=True):
                key = (category, self.rng.choice(self.types_for(category)))
                unit.holds[key] = unit.holds.get(key, 0) + part

    def _split(self, number: int, parts: int) -> list[int]:
        """A number in so many parts of at least one each, uneven but not wild."""
        weights = [self.rng.uniform(0.6, 1.4) for _ in range(parts)]
        spare = number - parts
        exact = [spare * w / sum(weights) for w in weights]
        shares = [int(e) for e in exact]
        rest = sorted(range(parts), key=lambda i: shares[i] - exact[i])
        for i in rest[: spare - sum(shares)]:
            shares[i] += 1
        return [s + 1 for s in shares]

    def _order(self) -> None:
        """Land before air, each from the highest level down."""
        below: dict[str | None, list[dict[str, Value]]] = defaultdict(list)
        for row in self.command:
            superior = row.get("superior")
            below[None if superior is None else str(superior)].append(row)
        ordered: list[dict[str, Value]] = []
        todo = [r for listing in (AIR, LAND) for r in below[None] if r["listing"] == listing]
        while todo:
            row = todo.pop()
            ordered.append(row)
            todo.extend(reversed(below[str(row["record"])]))
        self.command = ordered

    def sites(self) -> None:
        """Put the units at declared sites, each with an airport."""
        by_block: dict[str, list[_Unit]] = defaultdict(list)
        for unit in self.made:
            if unit.holds:
                by_block[unit.block].append(unit)
        for block in sorted(by_block):
            units, at = by_block[block], 0
            point = f"{self.party}-P{len(self.points) + 1:03d}"
            where = coordinates(*self.site.point(block, self.rng))
            self.points[point] = {
                "point": point,
                "name": f"Airport {block} (synthetic)",
                "coordinates": where,
                "transport": "air",
            }
            while at < len(units):
                size = self.rng.randint(1, MOST_AT_SITE)
                number = len(self.site_rows) + 1
                name, record = f"Place {number:05d} (synthetic)", f"{self.party}-S{number:05d}"
                where = coordinates(*self.site.point(block, self.rng))
                row: dict[str, Value] = {"site": record, "name": name, "coordinates": where, "points": point}
                if self.site.states[block] != self.party:
                    row["host"] = self.site.states[block]
                self.site_rows.append(row)
                for unit in units[at : at + size]:
                    unit.site, unit.place = record, where
                at += size

    def tables(self, document: str) -> dict[str, tuple[Row, ...]]:
        """The sheets of the document; those that the generator does not fill are empty."""
        roles = self.form.roles
        placed = [u for u in self.made if u.holds]
        filled: dict[str, list[dict[str, Value]]] = {
            roles.command: self.command,
            roles.places: [self._place(u) for u in placed],
            roles.sites: self.site_rows,
            roles.points: list(self.points.values()),
            roles.objects: [
                {"number": n, "record": u.record, "designation": u.designation, "site": u.site}
                for n, u in enumerate(placed, 1)
            ],
            roles.object_holdings: [row for u in placed for row in self._shown(u)],
            roles.holdings[0]: self._holdings(placed, air=False),
            roles.holdings[1]: self._holdings(placed, air=True),
            roles.totals[0]: self._ground_totals(placed),
            roles.totals[1]: self._air_totals(placed),
        }
        return {
            s.id: tuple({"line": n, **row, MARK: MARK} for n, row in enumerate(filled.get(s.id, ()), 1))
            for s in self.form.sheets_of(document)
        }

    def _place(self, unit: _Unit) -> dict[str, Value]:
        row: dict[str, Value] = {
            "record": unit.record,
            "designation": unit.designation,
            "force": AIR if unit.air else LAND,
            "site_kind": self.form.roles.stored[0] if unit.stored else "unit",
            "place": "invented place (synthetic)",
            "coordinates": unit.place,
            "area": self.site.areas[unit.block],
            "site": unit.site,
        }
        if unit.stored:
            row["superior"] = unit.superior
        if self.site.states[unit.block] != self.party:
            row["host"] = self.site.states[unit.block]
        return row

    def _shown(self, unit: _Unit) -> list[dict[str, Value]]:
        sums: dict[str, int] = defaultdict(int)
        for (category, _), number in unit.holds.items():
            sums[category] += number
        return [{"site": unit.site, "record": unit.record, "category": c, "number": n} for c, n in sums.items()]

    def _holdings(self, placed: list[_Unit], *, air: bool) -> list[dict[str, Value]]:
        above = {str(r["record"]): r.get("superior") for r in self.command}
        sums: dict[tuple[str, str], int] = defaultdict(int)
        chosen = [u for u in placed if u.air is air]
        for unit in chosen:
            at: Value | None = unit.superior
            while at is not None:
                for (category, _), number in unit.holds.items():
                    sums[str(at), category] += number
                at = above.get(str(at))
        by_record: dict[str, list[dict[str, Value]]] = defaultdict(list)
        for (record, category), number in sums.items():
            by_record[record].append({"record": record, "category": category, "number": number})
        for unit in chosen:
            for (category, kind), number in unit.holds.items():
                by_record[unit.record].append(
                    {"record": unit.record, "category": category, "type": kind, "number": number}
                )
        order = [str(r["record"]) for r in self.command] + [u.record for u in chosen if u.stored]
        return [row for record in order for row in by_record.get(record, ())]

    def _ground_totals(self, placed: list[_Unit]) -> list[dict[str, Value]]:
        within = {a.id: a.within for a in self.form.areas}
        sums: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
        for unit in placed:
            for (category, kind), number in unit.holds.items():
                if category not in self.site.by_area:
                    continue
                at: str | None = self.site.areas[unit.block]
                while at is not None:
                    both = sums[at, category, kind]
                    both[0] += number
                    both[1] += number if unit.stored else 0
                    at = within[at]
        return [
            {"area": area, "category": category, "type": kind, "number": number, "stored": stored}
            for (area, category, kind), (number, stored) in sorted(sums.items())
        ]

    def _air_totals(self, placed: list[_Unit]) -> list[dict[str, Value]]:
        sums: dict[tuple[str, str], int] = defaultdict(int)
        for unit in placed:
            for (category, kind), number in unit.holds.items():
                if category in self.site.air:
                    sums[category, kind] += number
        return [{"category": c, "type": t, "number": n} for (c, t), n in sorted(sums.items())]
