"""Limits that bind each site: its ceiling held against the figures that name it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from servanda.limits.judge import ScopedLimit, decide
from servanda.limits.snapshots import Snapshot
from servanda.model.limits import Limit, Share
from servanda.model.vocabulary import VerdictKind

if TYPE_CHECKING:
    from servanda.limits.assess import Assessor
    from servanda.limits.cells import Box

NOWHERE = "site"  # the scope of a limit on sites where no figure names one
MARK = ":"  # between the code of a state and the name of its site


class Sites:
    """The sites that the figures name, and the cases of limits that bind each of them."""

    def __init__(self, room: Assessor) -> None:
        self.room = room

    def cases(self, limit: Limit) -> list[ScopedLimit]:
        """One case for each site for which a party gives a figure that the limit asks for; one without figures if none does."""
        found = [c for posture, most in limit.at_most.items() for c in self._each(limit, posture, most)]
        if found:
            return found
        room = self.room
        return [
            ScopedLimit(
                limit=limit,
                scope=NOWHERE,
                members=(),
                posture=posture,
                bound=most,
                box=room.grid.limit_box(limit, posture, (), room.scene),
                caveats=(f"no figure names a site with {limit.category.replace('_', ' ')} in storage",),
            )
            for posture, most in limit.at_most.items()
        ]

    def _each(self, limit: Limit, posture: str, most: int) -> Iterator[ScopedLimit]:
        room, taking_part = self.room, frozenset(self.room.participating_states)
        for key in sorted({k for s in room.snapshots for k in s.sites}):
            holder, name = key
            if holder not in taking_part:
                continue
            box = room.grid.limit_box(limit, posture, (holder,), room.scene)
            of = (*box[:3], room.grid.postures(limit.share.of), box[4]) if limit.share else box
            for snapshot in room.snapshots:
                own = _of_site(snapshot, key)
                if own is None or not (own.forest.touches(box) or own.forest.touches(of)):
                    continue
                bound, least, caveats = _bound(limit, most, own, box, of)
                yield ScopedLimit(
                    limit=limit,
                    scope=f"{holder}{MARK}{name}",
                    members=(holder,),
                    posture=posture,
                    bound=bound,
                    least=least,
                    box=box,
                    caveats=caveats,
                    snaps=(own,),
                )
                break


def _of_site(snapshot: Snapshot, key: tuple[str, str]) -> Snapshot | None:
    members = snapshot.sites.get(key)
    if not members:
        return None
    return Snapshot(snapshot.name, max(r.as_of for r, _ in members), members, ())


def _bound(limit: Limit, most: int, own: Snapshot, box: Box, of: Box) -> tuple[int, int, tuple[str, ...]]:
    """The ceiling of a site, the least it may be, and what to say: a share of the holdings notified there, if that is less.

    Whether the number notified for a site counts in what is outside that day is not told by the figures, so both are
    allowed for. Of a figure older than what is outside it is known: it was notified before.
    """
    if limit.share is None:
        return most, most, ()
    held, out = own.bounds(of), own.bounds(box)
    what = f"{limit.share.of} {limit.category.replace('_', ' ')}"
    if held.conflict or held.low is None:
        return most, 0, (f"no figure of {what} at the site: the share of it is not known",)
    same_day = _day(own, of) == _day(own, box)
    low, high = held.low, held.high
    if high is not None and same_day:
        high = None if out.high is None and out.low is not None else high + (out.high or 0)
    least = min(most, share_of(limit.share, low))
    bound = most if high is None else min(most, share_of(limit.share, high))
    if least == bound:
        return bound, bound, ()
    kind = decide(out, bound, least)
    if kind is VerdictKind.WITHIN:
        return least, least, ()
    said = "whether the holdings notified count in what is outside the site is not known"
    return (
        bound,
        least,
        (f"the ceiling is from {least} to {bound}: {said}",) if kind is VerdictKind.UNDETERMINED else (),
    )


def share_of(share: Share, whole: int) -> int:
    """The share of a number of items, rounded up to the multiple that the clause names."""
    part = -(-whole * share.percent // 100)
    return -(-part // share.multiple_of) * share.multiple_of


def _day(own: Snapshot, box: Box) -> date | None:
    from servanda.limits.cells import meet

    return max((r.as_of for r, b in own.records if meet(b, box)), default=None)


__all__ = ["NOWHERE", "Sites", "share_of"]
