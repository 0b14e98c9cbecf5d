"""Figures of other days, carried to the day asked: how fast holdings change, and how wide a figure grows with age.

A series is one holder's figures of one category at one place. The yearly change of a category is the largest that
consecutive figures of the record show, as a share of the earlier one; single states and sums of states are measured
apart, since a sum moves more steadily than its parts. Nothing is said of a category for which no change was ever seen
among its own kind or any other.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from servanda.model.records import Record
from servanda.model.vocabulary import Provenance, RecordStatus

YEARS = 5  # how long a figure is carried
BOTH_SIDES = 10  # how far from the day the figures before and after may lie, in years
# Hidden and estimated again, one figure in ten or more escaped the largest change seen among the others; half as much
# again holds more than nine in ten (tools/leave_one_out.py).
WIDER = 1.5
YEAR = 365.25
SLACK = 0.01  # ten years of 3,653 days are ten years
Key = tuple[str, str, str, str, str]
COUNTED = (Provenance.DECLARED, Provenance.PUBLISHED)


def key_of(record: Record) -> Key:
    """What makes figures of different days one series."""
    return (record.holder, record.category, record.place, record.posture, record.force)


def series(records: Iterable[Record]) -> dict[Key, list[Record]]:
    """Preferred published and declared figures by series, oldest first, one a day."""
    found: dict[Key, dict[date, Record]] = {}
    for r in records:
        if r.status is RecordStatus.PREFERRED and r.provenance in COUNTED:
            found.setdefault(key_of(r), {})[r.as_of] = r
    return {k: [by_day[d] for d in sorted(by_day)] for k, by_day in found.items()}


def years_between(a: date, b: date) -> float:
    """The years from one day to another, whichever comes first."""
    return abs((b - a).days) / YEAR


@dataclass(frozen=True, slots=True)
class Pace:
    """The largest yearly change of a category: as a share of the earlier figure, and in items from zero."""

    share: float
    from_zero: float = 0.0

    def widened(self, low: int, high: int, years: float) -> tuple[int, int]:
        """The interval after so many years: whole items, rounded outward, never below zero."""
        share = WIDER * self.share * years
        least = math.floor(low * (1 - share)) if share < 1 else 0
        most = high * (1 + share)
        most = max(most, high + WIDER * self.from_zero * years)
        return max(0, least), math.ceil(most - 1e-9)


class Paces:
    """The pace of each category, for single states and for sums of states."""

    def __init__(self, found: Mapping[Key, list[Record]], sets: Iterable[str]) -> None:
        self._sets = frozenset(sets)
        self._share: dict[tuple[str, bool], float] = {}
        self._zero: dict[tuple[str, bool], float] = {}
        for key, figures in found.items():
            kind = (key[1], self.several(key[0]))
            for one, two in pairwise([r for r in figures if r.value is not None]):
                self._pair(kind, one, two)

    def several(self, holder: str) -> bool:
        """True where a holder is a sum of states."""
        return "+" in holder or holder in self._sets

    def _pair(self, kind: tuple[str, bool], one: Record, two: Record) -> None:
        before, after = one.value or 0, two.value or 0
        years = years_between(one.as_of, two.as_of)
        if not years:
            return
        if before:
            share = abs(after - before) / before / years
            self._share[kind] = max(self._share.get(kind, 0.0), share)
        else:
            self._zero[kind] = max(self._zero.get(kind, 0.0), after / years)

    def of(self, category: str, several: bool) -> Pace | None:
        """The pace of a category; of the fastest one of that kind where it has none; None where nothing ever changed."""
        share = self._share.get((category, several))
        if share is None:
            share = max((s for (_, kind), s in self._share.items() if kind is several), default=None)
        if share is None:
            share = max(self._share.values(), default=None)
        if share is None:
            return None
        return Pace(share, 0.0 if several else self._zero.get((category, False), 0.0))


def carried(figures: list[Record], paces: Paces, on: date, *, hide: Record | None = None) -> Record | None:
    """A series' newest figure carried to a day, as an interval; None where it has none that is young enough."""
    usable = [r for r in figures if r.as_of <= on and r is not hide and r.bounds[1] is not None]
    if not usable:
        return None
    newest = usable[-1]
    years = years_between(newest.as_of, on)
    low, high = newest.bounds
    pace = paces.of(newest.category, paces.several(newest.holder))
    if years > YEARS + SLACK or pace is None or high is None:
        return None
    least, most = pace.widened(low, high, years) if years else (low, high)
    return dataclasses.replace(newest, value=None, low=least, high=most)


def enclosed(
    before: tuple[int, int, date], after: tuple[int, int, date], pace: Pace, on: date
) -> tuple[int, int] | None:
    """The interval between holdings before and after a day, (low, high, day) each; None where one lies too far off."""
    gaps = (years_between(before[2], on), years_between(after[2], on))
    if max(gaps) > BOTH_SIDES + SLACK:
        return None
    low, high = min(before[0], after[0]), max(before[1], after[1])
    return pace.widened(low, high, min(gaps))
