"""Records that cannot all be true, reduced until every one of them is needed for the contradiction."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from servanda.limits.cells import Box
from servanda.model.records import Record

Member = tuple[Record, Box]


def irreducible(members: Sequence[Member], feasible: Callable[[list[Member]], bool]) -> tuple[Record, ...]:
    """A subset of `members` that is infeasible while any proper part of it is feasible.

    Deletion filter: drop a record; if the rest still contradict each other it was not needed. One pass proves
    irreducibility, since feasibility only grows as records go.
    """
    kept = list(members)
    for member in list(members):
        rest = [m for m in kept if m is not member]
        if rest and not feasible(rest):
            kept = rest
    return tuple(r for r, _ in kept)
