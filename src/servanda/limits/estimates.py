"""What a verdict would be if named assumptions were true: estimates beside the proved interval.

An assumption adds constraints to the records: cells that are empty, figures of other days as intervals, levels, the
ceilings that others found kept. The result is cut to the proved interval, so that an estimate never leaves it; where
nothing can satisfy the constraints and the records together, the assumption contradicts the record, and says so.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from servanda.limits.allowances import spared
from servanda.limits.assumptions import ASSESSED, BETWEEN, CARRIED, HOME, LEVELS_KEPT, Chosen, chosen
from servanda.limits.bounds import Bounds
from servanda.limits.carried import COUNTED, SLACK, YEARS, Paces, carried, enclosed, series, years_between
from servanda.limits.judge import UNTESTED, ScopedLimit, decide, find
from servanda.limits.snapshots import DECLARED, Snapshot, snapshots
from servanda.model.records import Record
from servanda.model.results import Estimate, Verdict
from servanda.model.vocabulary import AssessmentResult, Confidence, LimitNature, Provenance, Scope, VerdictKind

if TYPE_CHECKING:
    from servanda.limits.assess import Assessor
    from servanda.limits.cells import Box

Member = tuple[Record, "Box"]
NO_SNAPSHOT = "-"


class Estimator:
    """The ladder of a question's assumptions: the first alone, then with the second, and so on."""

    def __init__(self, room: Assessor, words: Sequence[str]) -> None:
        self.room, self.on = room, room.on
        told = [a for d in room.hosts for a in d.assessments]
        self.ladder: tuple[Chosen, ...] = chosen(words, told)
        self._records = [r for d in room.hosts for r in d.records]
        sets = {"parties", *(g.id for d in room.hosts for g in d.instrument.groups)}
        self._series = series(self._records)
        self._paces = Paces(self._series, sets)
        self._added: dict[Chosen, tuple[Member, ...]] = {}
        self._pools: dict[tuple[int, str, bool], Snapshot] = {}
        self._later: list[Snapshot] | None = None

    def estimates(self, case: ScopedLimit, verdict: Verdict) -> tuple[Estimate, ...]:
        """An estimate a rung; none where holdings do not test the limit, or its records contradict each other."""
        limit = case.limit
        untested = limit.nature in UNTESTED or limit.scope in (Scope.SITE, Scope.RECIPIENT) or limit.temporary
        if untested or verdict.verdict in (VerdictKind.NOT_APPLICABLE, VerdictKind.INCONSISTENT):
            return ()
        return tuple(self._rung(case, n) for n in range(1, len(self.ladder) + 1))

    def _rung(self, case: ScopedLimit, n: int) -> Estimate:
        used = self.ladder[:n]
        names = {c.name for c in used}
        found = find(self.room.snapshots, case.box)
        # a limit that restates a level is not judged by assuming that the level is kept
        restates = not case.limit.at_most
        pool = self._pool(n, found.snapshot, restates)
        forbidden = self.room.empty_abroad() if HOME in names else ()
        bounds = _cut(found.bounds, pool.bounds(case.box, forbidden))
        caveats = [f"{len(r)} of its figures are recalled, not sourced"] if (r := _recalled(bounds)) else []
        if LEVELS_KEPT in names and restates:
            caveats.append("levels-kept is left out here: the limit restates the level")
        if BETWEEN in names and not bounds.conflict:
            bounds = self._between(case, bounds)
        if case.limit.nature is LimitNature.ALLOWANCE:
            bounds = spared(bounds, case.bound)
        else:
            grown, _, told = self.room.allowances.added(case, dataclasses.replace(found, bounds=bounds))
            bounds = grown.bounds
            caveats.extend(told)
        kind = decide(bounds, case.bound)
        return Estimate(
            assumptions=tuple(c.word for c in used),
            low=bounds.low,
            high=bounds.high,
            verdict=kind,
            records=bounds.binding,
            conflict=bounds.conflict,
            caveats=tuple(caveats),
        )

    def _pool(self, n: int, proved: Snapshot | None, restates: bool) -> Snapshot:
        """The records that prove the interval, with all that the first `n` assumptions add."""
        key = (n, proved.name if proved else NO_SNAPSHOT, restates)
        held = self._pools.get(key)
        if held is None:
            # carried, an old figure is no longer exact: then it counts as the interval it has grown to
            afresh = any(c.name == CARRIED for c in self.ladder[:n])
            members = list(proved.records) if proved and not afresh else []
            for one in self.ladder[:n]:
                if one.name == LEVELS_KEPT and restates:
                    continue
                members += self._members(one)
            stationed = proved.stationed if proved else ()
            held = self._pools[key] = Snapshot(key[1], self.on, tuple(members), (), stationed)
        return held

    def _members(self, one: Chosen) -> tuple[Member, ...]:
        if one not in self._added:
            made: Iterable[Member] = ()
            if one.name == CARRIED:
                made = self._carried()
            elif one.name == LEVELS_KEPT:
                made = self._levels()
            elif one.name == ASSESSED:
                made = self._assessed(one)
            self._added[one] = tuple(made)
        return self._added[one]

    def _carried(self) -> Iterable[Member]:
        """Every series' newest figure, as the interval it has grown to by the day."""
        room = self.room
        for figures in self._series.values():
            record = carried(figures, self._paces, self.on)
            if record is not None:
                yield record, room.grid.record_box(record, room.parties_on(record.as_of), room.scene)

    def _levels(self) -> Iterable[Member]:
        """Each notified level as the most its state holds, save where a source has the state above it."""
        room = self.room
        for level in room.levels_as_records():
            if level.value is None or self._said_above(level):
                continue
            most = dataclasses.replace(level, id=f"levels-kept:{level.id}", value=None, low=0, high=level.value)
            yield most, room.grid.record_box(most, room.participating_states, room.scene)

    def _said_above(self, level: Record) -> bool:
        if self.room.findings.said_above(level.holder, level.category):
            return True
        return any(
            r.holder == level.holder
            and r.category == level.category
            and r.provenance is not Provenance.SYNTHETIC
            and r.as_of <= self.on
            and years_between(r.as_of, self.on) <= YEARS + SLACK
            and r.bounds[0] > (level.value or 0)
            for r in self._records
        )

    def _assessed(self, one: Chosen) -> Iterable[Member]:
        """What the assessments taken as true say of each limit: its ceiling kept, or passed."""
        room = self.room
        for _, limit in room.limits():
            for case in room.cases(limit):
                for said in room.findings.statements(limit, case.scope, case.posture):
                    if said.id not in one.assessments:
                        continue
                    kept = said.result is AssessmentResult.KEPT
                    record = Record(
                        id=f"assessed:{said.id}:{case.id}:{case.scope}",
                        snapshot="assessed",
                        as_of=self.on,
                        holder=case.scope,
                        category=limit.category,
                        place=limit.zone,
                        posture=case.posture,
                        low=0 if kept else case.bound + 1,
                        high=case.bound if kept else None,
                        source=said.source,
                        confidence=said.confidence,
                        note=f"assumed: the assessment {said.id} is true",
                    )
                    yield record, case.box

    def _between(self, case: ScopedLimit, bounds: Bounds) -> Bounds:
        """Bounds cut to the intervals between figures before and after the day."""
        pace = self._paces.of(case.limit.category, len(case.members) > 1)
        if pace is None:
            return bounds
        before = [(f.low, f.high, s.as_of, f) for s in self.room.snapshots if (f := _sum(s, case.box))]
        after = [(f.low, f.high, s.as_of, f) for s in self._after() if (f := _sum(s, case.box))]
        low, high, binding = bounds.low, bounds.high, dict.fromkeys(bounds.binding)
        for one in before:
            for two in after:
                sides = (one[0] or 0, one[1] or 0, one[2]), (two[0] or 0, two[1] or 0, two[2])
                inside = enclosed(*sides, pace, self.on)
                if inside is None:
                    continue
                if low is None or inside[0] > low:
                    low = inside[0]
                    binding |= dict.fromkeys((*one[3].binding, *two[3].binding))
                if high is None or inside[1] < high:
                    high = inside[1]
                    binding |= dict.fromkeys((*one[3].binding, *two[3].binding))
        if low is not None and high is not None and low > high:
            return Bounds(None, None, conflict=tuple(binding), exact_method=False)
        return Bounds(low, high, binding=tuple(binding), exact_method=bounds.exact_method)

    def _after(self) -> list[Snapshot]:
        """The sets of figures of later days; declarations are left out, since each replaces the last."""
        if self._later is None:
            room = self.room
            later = [r for r in self._records if r.as_of > self.on and r.provenance in COUNTED]
            later = [r for r in later if r.snapshot != DECLARED]
            self._later = snapshots(room.grid, later, room.scene, room.parties_on, until=date.max)
        return self._later


def _cut(proved: Bounds, assumed: Bounds) -> Bounds:
    """The assumed interval inside the proved one; a conflict where the two do not meet."""
    if assumed.conflict:
        return assumed
    if assumed.low is None and assumed.high is None:
        return proved
    low = max((x for x in (proved.low, assumed.low) if x is not None), default=None)
    high = min((x for x in (proved.high, assumed.high) if x is not None), default=None)
    binding = tuple(dict.fromkeys((*assumed.binding, *proved.binding)))
    if low is not None and high is not None and low > high:
        return Bounds(None, None, conflict=binding, exact_method=False)
    return Bounds(low, high, binding=binding, exact_method=proved.exact_method and assumed.exact_method)


def _sum(snapshot: Snapshot, box: Box) -> Bounds | None:
    """The finite bounds a set of figures gives for a box, or None."""
    if not snapshot.records or not snapshot.forest.touches(box):
        return None
    bounds = snapshot.bounds(box)
    return bounds if bounds.finite else None


def _recalled(bounds: Bounds) -> list[Record]:
    return [r for r in bounds.binding if r.confidence is Confidence.RECALLED]
