"""Allowances: so many items stay outside the count, and what is above them counts under other clauses.

The clause does not say which of the items are the excess. So of those in one zone or posture as many as do not fit into
the allowance must be part of it, and no more than the whole excess can be.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from servanda.limits.bounds import Bounds
from servanda.model.instrument import Dossier, within_place
from servanda.model.limits import Limit
from servanda.model.records import Record
from servanda.model.vocabulary import ANY, LimitNature
from servanda.standing import applies_from

if TYPE_CHECKING:
    from servanda.limits.assess import Assessor
    from servanda.limits.cells import Box
    from servanda.limits.judge import Found, ScopedLimit
    from servanda.limits.snapshots import Snapshot

Span = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class _Allowance:
    limit: Limit
    prefix: str
    posture: str
    number: int

    def counts_in(self, limit: Limit) -> bool:
        """Whether the excess is a portion of a limit."""
        return any(within_place(clause, limit.cite, self.prefix) for clause in self.limit.excess_counts_in)


def above(bounds: Bounds, number: int) -> Span | None:
    """How many items are above an allowance; None where nothing is known of them."""
    if bounds.conflict or (bounds.low is None and bounds.high is None):
        return None
    return max(0, (bounds.low or 0) - number), None if bounds.high is None else max(0, bounds.high - number)


def spared(bounds: Bounds, number: int) -> Bounds:
    """How many items an allowance keeps outside the count: all of them, or as many as it allows."""
    if above(bounds, number) is None:
        return bounds
    high = number if bounds.high is None else min(bounds.high, number)
    return dataclasses.replace(bounds, low=min(bounds.low or 0, number), high=high)


class Allowances:
    """The allowances of a day, and what is above them by the figures."""

    def __init__(self, room: Assessor) -> None:
        self.room = room
        self._all = tuple(
            _Allowance(limit, dossier.instrument.cite, posture, number)
            for dossier in room.hosts
            for limit in dossier.limits
            if limit.nature is LimitNature.ALLOWANCE and self._holds(dossier, limit)
            for posture, number in limit.at_most.items()
        )
        self._told: dict[tuple[str, int], bool] = {}

    def _holds(self, dossier: Dossier, limit: Limit) -> bool:
        start = applies_from(self.room.corpus, dossier, limit)
        return start is not None and start <= self.room.on and not self.room.ended(limit)

    def added(self, case: ScopedLimit, found: Found) -> tuple[Found, Span | None, tuple[str, ...]]:
        """What was found with what states hold above their allowances, how much that is, and what to say of it.

        A figure of all forces may have been counted with the excess in it or without: then only the upper bound grows.
        """
        bounds = found.bounds
        used = [a for a in self._all if a.counts_in(case.limit)]
        if not used or bounds.conflict:
            return found, None, ()
        snapshot = found.snapshot or next((s for s in self.room.snapshots if self._tells(s, used)), None)
        if snapshot is None or not self._tells(snapshot, used):
            return found, None, ()
        portions = [
            (state, *p) for a in used for state in case.members if (p := self._portion(case, a, state, snapshot))
        ]
        portions = [p for p in portions if p[1][1] != 0]
        if not portions:
            return found, None, ()
        low = sum(span[0] for _, span, _ in portions)
        tops = [span[1] for _, span, _ in portions]
        high = None if None in tops else sum(t or 0 for t in tops)
        unclear = any(r.force == ANY for r in bounds.binding)
        cites = ", ".join(dict.fromkeys(a.limit.cite for a in used))
        states = ", ".join(dict.fromkeys(state for state, _, _ in portions))
        told = [f"of what is above the allowance of {cites} ({states}), {span(low, high)} counted in"]
        if unclear:
            told.append("figures of all forces may have it in them already: give figures by force")
        grown = dataclasses.replace(
            bounds,
            low=(bounds.low or 0) + (0 if unclear else low),
            high=None if bounds.high is None or high is None else bounds.high + high,
            binding=tuple(dict.fromkeys((*bounds.binding, *(r for _, _, rests_on in portions for r in rests_on)))),
        )
        return dataclasses.replace(found, bounds=grown, snapshot=snapshot), (low, high), tuple(told)

    def _tells(self, snapshot: Snapshot, used: list[_Allowance]) -> bool:
        """Whether a set of figures has any of a force that an allowance is about."""
        forces = 0
        for one in used:
            forces |= self.room.grid.forces(one.limit.force)
        key = (snapshot.name, forces)
        if key not in self._told:
            self._told[key] = any(box[4] & forces for _, box in snapshot.records)
        return self._told[key]

    def _portion(
        self, case: ScopedLimit, one: _Allowance, state: str, snapshot: Snapshot
    ) -> tuple[Span, tuple[Record, ...]] | None:
        room = self.room
        whole = room.grid.limit_box(one.limit, one.posture, (state,), room.scene)
        here: Box = (whole[0], whole[1] & case.box[1], whole[2] & case.box[2], whole[3] & case.box[3], whole[4])
        if not all(here):
            return None
        bounds = snapshot.bounds(whole)
        excess = above(bounds, one.number)
        if excess is None:
            return None
        there = snapshot.bounds(here)
        least = max(0, (there.low or 0) - one.number)
        ends = [x for x in (excess[1], there.high) if x is not None]
        return (least, min(ends, default=None)), bounds.binding


def span(low: int, high: int | None) -> str:
    """So many items, in words."""
    if high is None:
        return f"{low:,} or more" if low else "an unknown number"
    return f"{low:,}" if low == high else f"from {low:,} to {high:,}"


__all__ = ["Allowances", "above", "span", "spared"]
