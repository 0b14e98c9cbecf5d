"""Figures counted site by site: which of them stand, and what they say of the whole.

A figure that names a site says how many items are at that site, and no more: elsewhere there may be others. So in every
sum wider than a site those of a state together are a least number.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from servanda.model.records import Record
from servanda.model.vocabulary import ANY

if TYPE_CHECKING:
    from servanda.limits.cells import Box


def standing(records: Iterable[Record], declared: bool) -> list[Record]:
    """The figures of sites that stand: where they were declared, the newest of each site and posture."""
    found = list(records)
    if not declared:
        return found
    newest: dict[tuple[str, str | None, str], date] = {}
    for r in found:
        key = (r.holder, r.site, r.posture)
        newest[key] = max(newest.get(key, r.as_of), r.as_of)
    return [r for r in found if r.as_of == newest[r.holder, r.site, r.posture]]


def together(records: Iterable[Record], days: Mapping[str, date]) -> list[Record]:
    """What the sites of a state hold between them, as least numbers; `days` gives the day of a state's other figures.

    Only figures of one day are added up: that of the state's other figures, else the day of most of its sites' figures.
    """
    several = list(records)
    of_day: dict[str, date] = dict(days)
    of_day |= {h: max(counts, key=lambda d: (counts[d], d)) for h, counts in _days(several).items() if h not in days}
    groups: dict[tuple[object, ...], list[Record]] = defaultdict(list)
    for r in several:
        if r.as_of == of_day[r.holder] and r.bounds[0]:
            key = (r.snapshot, r.holder, r.category, r.place, r.posture, r.force, r.provenance, r.confidence)
            groups[key].append(r)
    return [_sum(group) for group in groups.values()]


def _days(records: Iterable[Record]) -> dict[str, Counter[date]]:
    found: dict[str, Counter[date]] = defaultdict(Counter)
    for r in records:
        found[r.holder][r.as_of] += 1
    return found


def _sum(group: Sequence[Record]) -> Record:
    first = group[0]
    named = [r.site or "" for r in group]
    more = f" and {len(named) - 4} more" if len(named) > 4 else ""
    parts = [first.as_of.isoformat(), first.holder, first.category, first.place]
    parts += [p for p in (first.posture, first.force) if p != ANY]
    return dataclasses.replace(
        first,
        id=":".join(["sites", *parts, str(first.provenance), str(first.confidence)]),
        value=None,
        low=sum(r.bounds[0] for r in group),
        high=None,
        site=None,
        supersedes=None,
        source=tuple(dict.fromkeys(s for r in group for s in r.source)),
        note=f"at the sites {', '.join(named[:4])}{more}",
        line=first.line if len(group) == 1 else None,
    )


def implied(least: Record, box: Box, others: Iterable[tuple[Record, Box]]) -> bool:
    """True where a figure of the same cells says as much already."""
    return any(b == box and r.bounds[0] >= (least.low or 0) for r, b in others)
