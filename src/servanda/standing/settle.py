"""Changes of standing -> one standing, and what else it may be while some of their days are not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from servanda.model.vocabulary import ActKind, Standing
from servanda.standing import effects
from servanda.standing.effects import RUNG, Change

# Up to so many changes of uncertain day every combination is tried; beyond, each alone, each pair and all.
MOST_COMBINED = 6


BOUND = (Standing.PROVISIONAL, Standing.IN_FORCE, Standing.NOTICE_GIVEN, Standing.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one party's changes come to on a day."""

    standing: Standing
    since: date | None
    projected: bool
    suspended: bool

    @property
    def bound(self) -> bool:
        """Whether the bond holds: provisional, in force, under notice or suspended."""
        return self.standing in BOUND


# On one day a party's own end comes before the end of the instrument that it brings about.
PLACE = {**RUNG, Standing.SUCCEEDED: 101, Standing.WITHDRAWN: 102, Standing.TERMINATED: 103}


def order(change: Change) -> tuple[date, int, str, str, str]:
    """A total order, so that the place of an act in its file never matters."""
    return change.first, PLACE.get(change.standing, 100), change.kind, change.standing, _act(change)


class _State:
    """What a party's changes have come to so far: rungs reached, suspension, notices running, and its end."""

    def __init__(self) -> None:
        self.reached: dict[Standing, date | None] = {}
        self.suspended: Change | None = None
        self.notices: dict[str, Change] = {}
        self.end: Change | None = None
        self.raised: list[Change] = []

    def take(self, change: Change) -> None:
        """The next change, in the order they took effect."""
        if change.kind == effects.RAISE:
            if self.end is not None and change.first >= self.end.first:
                # whoever comes back after its end begins anew
                self.reached, self.suspended, self.notices, self.end = {}, None, {}, None
                self.raised = []
            self.reached.setdefault(change.standing, change.day)
            self.raised.append(change)
        elif change.kind == effects.LAPSE:
            self.reached.pop(change.standing, None)
        elif change.kind == effects.SUSPEND:
            self.suspended = self.suspended or change
        elif change.kind == effects.RESUME:
            self.suspended = None
        elif change.kind == effects.NOTICE:
            self.notices.setdefault(_act(change), change)
        elif change.kind == effects.REVOKE:
            self.notices = {}
        elif change.kind == effects.END:
            self._ends(change)

    def _ends(self, change: Change) -> None:
        if change.projected and _act(change) not in self.notices:
            return  # revoked before it took effect (VCLT 68)
        renewed = [c for c in self.raised if _renewed(c, change)]
        if renewed:
            # consent given anew under notice outlives the end of the old one
            self.reached, self.raised = {}, renewed
            for c in renewed:
                self.reached.setdefault(c.standing, c.day)
            self.notices.pop(_act(change), None)
            return
        if self.end is None or (self.end.projected and not change.projected):
            self.end = change

    def outcome(self) -> Outcome:
        """The standing all this amounts to."""
        rung = max(self.reached, key=lambda s: RUNG[s], default=Standing.NONE)
        end = self.end
        if end is not None and rung is Standing.NONE and end.standing is Standing.TERMINATED:
            end = None  # the end of the instrument does not touch who never took part in it
        if end is not None:
            return Outcome(end.standing, end.day, end.projected, False)
        if RUNG[rung] >= RUNG[Standing.PROVISIONAL]:
            notice = next((n for n in self.notices.values() if n.standing is Standing.NOTICE_GIVEN), None)
            if notice is not None:
                return Outcome(Standing.NOTICE_GIVEN, notice.day, False, self.suspended is not None)
            if self.suspended is not None:
                return Outcome(Standing.SUSPENDED, self.suspended.day, False, True)
        return Outcome(rung, self.reached.get(rung), False, False)


def settle(changes: Iterable[Change]) -> Outcome:
    """The standing that `changes`, in the order they took effect, lead to."""
    state = _State()
    for change in changes:
        state.take(change)
    return state.outcome()


RENEWING = (ActKind.ACCEDE, ActKind.DEPOSIT, ActKind.APPROVE)


def _renewed(raised: Change, end: Change) -> bool:
    """Whether a consent was given on or after the day of the notice that leads to this end."""
    if raised.act is None or end.act is None or end.act.act is not ActKind.GIVE_NOTICE:
        return False
    again, notice = raised.act.date.earliest, end.act.date.latest
    return raised.act.act in RENEWING and again is not None and notice is not None and again >= notice


def _act(change: Change) -> str:
    return change.act.id if change.act else ""


def possible(sure: list[Change], unsure: list[Change]) -> frozenset[Standing]:
    """Every standing that the changes may come to: `unsure` ones may have happened or not, in any order their days allow."""
    found: set[Standing] = set()
    for chosen in _subsets(unsure):
        together = [*sure, *chosen]
        found.add(settle(sorted(together, key=order)).standing)
        if any(c.first != c.last for c in together):
            found.add(settle(sorted(together, key=_latest)).standing)
    return frozenset(found)


def _latest(change: Change) -> tuple[date, tuple[date, int, str, str, str]]:
    return change.last or date.max, order(change)


def _subsets(unsure: list[Change]) -> Iterator[tuple[Change, ...]]:
    sizes: Iterable[int] = range(len(unsure) + 1)
    if len(unsure) > MOST_COMBINED:
        sizes = (0, 1, 2, len(unsure))
    for size in sizes:
        yield from combinations(unsure, size)
