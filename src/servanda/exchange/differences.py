"""What changed between two documents of a state, unit by unit: what is new, gone, renamed, moved, and held more or less of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from servanda.exchange.declaration import Declaration
from servanda.exchange.facts import Facts
from servanda.exchange.table import Row
from servanda.model.forms import Form


class ChangeKind(StrEnum):
    """In what two documents differ."""

    NEW = "new"
    GONE = "gone"
    RENAMED = "renamed"
    RESUBORDINATED = "resubordinated"
    MOVED = "moved"
    HOLDINGS = "holdings"
    SITE_NEW = "site_new"
    SITE_GONE = "site_gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference. `record` is the unit's number, or the site's; before and after are words or numbers of items."""

    kind: ChangeKind
    record: str
    designation: str
    category: str | None = None
    before: str | int | None = None
    after: str | int | None = None


@dataclass(frozen=True, slots=True)
class Differences:
    """All differences, and the totals by category before and after, of forces that count."""

    changes: tuple[Change, ...]
    totals: dict[str, tuple[int, int]]


def differences(before: Declaration, after: Declaration, form: Form) -> Differences:
    """What differs between two documents, in the order of record numbers."""
    old, new = Facts(before, form), Facts(after, form)
    found = [*_units(old, new), *_holdings(old, new), *_sites(before, after, form)]
    sums = [_totals(f) for f in (old, new)]
    totals = {c: (sums[0][c], sums[1][c]) for c in sorted({*sums[0], *sums[1]})}
    order = list(ChangeKind)
    found.sort(key=lambda c: (order.index(c.kind), c.record, c.category or ""))
    return Differences(tuple(found), totals)


def _totals(facts: Facts) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in facts.counted():
        found[line.category] += line.number
    return found


def _rows(facts: Facts) -> dict[str, Row]:
    found = {name: facts.formation(name) for name in facts.command if name}
    return found | {name: facts.unit(name) for name in facts.places if name}


def _name(row: Row) -> str:
    return str(row.get("designation", ""))


def _units(old: Facts, new: Facts) -> Iterator[Change]:
    before, after = _rows(old), _rows(new)
    for record in before.keys() - after.keys():
        yield Change(kind=ChangeKind.GONE, record=record, designation=_name(before[record]))
    for record in after.keys() - before.keys():
        yield Change(kind=ChangeKind.NEW, record=record, designation=_name(after[record]))
    for record in before.keys() & after.keys():
        name = _name(after[record])
        pairs = (
            (ChangeKind.RENAMED, _name(before[record]), name),
            (ChangeKind.RESUBORDINATED, old.superior.get(record), new.superior.get(record)),
            (ChangeKind.MOVED, _place(old, record), _place(new, record)),
        )
        for kind, was, now in pairs:
            if was != now:
                yield Change(kind=kind, record=record, designation=name, before=was, after=now)


def _place(facts: Facts, record: str) -> str | None:
    found = facts.unit(record)
    parts = [str(found[c]) for c in ("place", "coordinates", "site") if c in found]
    return ", ".join(parts) or None


def _holdings(old: Facts, new: Facts) -> Iterator[Change]:
    names = _rows(old) | _rows(new)
    for key in {*old.by_unit, *new.by_unit}:
        was, now = old.by_unit.get(key, 0), new.by_unit.get(key, 0)
        if was != now:
            record, category = key
            yield Change(
                kind=ChangeKind.HOLDINGS,
                record=record,
                designation=_name(names.get(record, {})),
                category=category,
                before=was,
                after=now,
            )


def _sites(before: Declaration, after: Declaration, form: Form) -> Iterator[Change]:
    old, new = (
        {str(r["site"]): str(r.get("name", "")) for r in value.rows(form.roles.sites) if "site" in r}
        for value in (before, after)
    )
    for site in old.keys() - new.keys():
        yield Change(kind=ChangeKind.SITE_GONE, record=site, designation=old[site])
    for site in new.keys() - old.keys():
        yield Change(kind=ChangeKind.SITE_NEW, record=site, designation=new[site])
