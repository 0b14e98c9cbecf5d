"""A limit held against the records: one verdict (law.md 5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from servanda.limits.allowances import Allowances, above, span, spared
from servanda.limits.bounds import NOTHING, Bounds
from servanda.limits.cells import Box
from servanda.limits.snapshots import Snapshot
from servanda.model.dates import within
from servanda.model.limits import Limit
from servanda.model.records import Record
from servanda.model.results import Alternative, Verdict, verdict_id
from servanda.model.vocabulary import ANY, Confidence, LimitNature, Scope, VerdictKind

STALE_DAYS = 365
# Holdings do not test these: the caveat says what would.
UNTESTED = {
    LimitNature.PERMISSION: "a permission, not a ceiling: it never adds to one",
    LimitNature.PROCEDURAL: "caps an action; holdings do not test it",
}


@dataclass(frozen=True, slots=True)
class Found:
    """Bounds with the snapshot they come from and the newer ones that were only partial."""

    bounds: Bounds
    snapshot: Snapshot | None
    newer: tuple[str, ...]


def find(snaps: Sequence[Snapshot], box: Box, forbidden: Sequence[tuple[int, int]] = ()) -> Found:
    """Bounds from the newest snapshot in which both are finite, else from the newest that touches the box."""
    partial: list[tuple[Snapshot, Bounds]] = []
    for snap in snaps:
        if not snap.records or not snap.forest.touches(box):
            continue
        bounds = snap.bounds(box, forbidden)
        if bounds.finite or bounds.conflict:
            return Found(bounds, snap, tuple(s.name for s, _ in partial))
        partial.append((snap, bounds))
    if partial:
        snap, bounds = partial[0]
        return Found(bounds, snap, ())
    return Found(NOTHING, None, ())


def _of_recipient(snaps: Sequence[Snapshot], case: ScopedLimit, forbidden: Sequence[tuple[int, int]]) -> Found:
    """What others of its group keep on a recipient's ground: the most that can be there for a time only."""
    found = find(snaps, case.box, forbidden)
    if found.bounds.high is None or found.bounds.conflict:
        return found if found.bounds.conflict else Found(NOTHING, None, ())
    least = Bounds(0, found.bounds.high, binding=found.bounds.binding, exact_method=found.bounds.exact_method)
    return Found(least, found.snapshot, found.newer)


def decide(bounds: Bounds, ceiling: int, least: int | None = None) -> VerdictKind:
    """`within` when the upper bound fits, `exceeded` when the lower does not, else `undetermined`.

    `least` is the least that the ceiling may be, where it is not known to the item.
    """
    if bounds.conflict:
        return VerdictKind.INCONSISTENT
    if bounds.low is None and bounds.high is None:
        return VerdictKind.NO_DATA
    if bounds.low is not None and bounds.low > ceiling:
        return VerdictKind.EXCEEDED
    if bounds.high is not None and bounds.high <= (ceiling if least is None else least):
        return VerdictKind.WITHIN
    return VerdictKind.UNDETERMINED


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopedLimit:
    """A limit, the scope it is asked for and the ceiling that applies there."""

    limit: Limit
    scope: str
    members: tuple[str, ...]
    posture: str
    bound: int
    box: Box
    confidence: Confidence = Confidence.SOURCED
    caveats: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    ended: str | None = None  # why the limit no longer applies
    ground: Callable[[date], str | None] = lambda day: None  # what to say of ground that left since a day
    least: int | None = None  # the least the ceiling may be, where it is not known to the item
    snaps: tuple[Snapshot, ...] | None = None  # figures of its own: those of a site

    @property
    def id(self) -> str:
        """The id its verdict carries."""
        return verdict_id(self.limit, self.posture)


def judge(
    case: ScopedLimit,
    snaps: Sequence[Snapshot],
    *,
    on: date,
    start: date | None,
    prospective: bool,
    in_law: bool,
    test: str | None,
    forbidden: Sequence[tuple[int, int]] = (),
    assumptions: tuple[str, ...] = (),
    allowances: Allowances | None = None,
) -> Verdict:
    """The verdict on one case; before its day `not_applicable`, unless asked prospectively."""
    limit = case.limit
    caveats = list(case.caveats)
    tested = limit.nature not in UNTESTED and not limit.temporary
    if limit.nature in UNTESTED:
        caveats.append(UNTESTED[limit.nature])
    elif limit.temporary:
        caveats.append("no record tells temporarily deployed items apart")
        caveats.extend(f"reading: {r}" for r in limit.readings)
    snaps = snaps if case.snaps is None else case.snaps
    found = find(snaps, case.box, forbidden) if tested else Found(NOTHING, None, ())
    if limit.scope is Scope.RECIPIENT:
        found = _of_recipient(snaps, case, forbidden)
    bounds, snap, excess = found.bounds, found.snapshot, None
    if limit.nature is LimitNature.ALLOWANCE:
        excess = above(bounds, case.bound)
        bounds = spared(bounds, case.bound)
        if excess is not None and excess[1] != 0:
            counts_in = ", ".join(limit.excess_counts_in)
            caveats.append(f"what is above the {case.bound:,}, {span(*excess)}, counts in {counts_in}")
    elif allowances is not None and tested:
        found, excess, told = allowances.added(case, found)
        bounds, snap = found.bounds, found.snapshot
        caveats.extend(told)
    kind = decide(bounds, case.bound, case.least)
    applicable = start is not None and start <= on and (limit.applies.until is None or on < limit.applies.until)
    if case.ended:
        kind = VerdictKind.NOT_APPLICABLE
        caveats.append(case.ended)
    elif not applicable and not prospective:
        kind = VerdictKind.NOT_APPLICABLE
    elif not applicable:
        when = f"from {start}" if start else "never: it has not entered into force"
        caveats.append(f"asked prospectively: the limit judges {when}")
    deferred = False
    if limit.deferred is not None and within(on, limit.deferred.since, limit.deferred.until):
        deferred = True
        caveats.append(f"full observance put off to {limit.deferred.until} ({limit.deferred.cite})")
        if limit.deferred.second_reading:
            caveats.append(f"second reading: {limit.deferred.second_reading}")
    if limit.relaxed:
        caveats.append(f"not linear: {limit.relaxed}")
    if limit.nature is LimitNature.POLITICAL:
        caveats.append("political commitment, not law")
    elif limit.nature is LimitNature.ALLOCATION:
        caveats.append("a share inside the group that no article makes a ceiling")
    age = (on - snap.as_of).days if snap else None
    moved = case.ground(snap.as_of) if snap else None
    if moved:
        caveats.append(moved)
    if age is not None and age > STALE_DAYS:
        caveats.append(f"figures are {age:,} days old")
    caveats.extend(_recalled(bounds.binding, limit))
    if not bounds.exact_method:
        caveats.append("bounds by linear program: records overlap or give intervals")
    records = tuple(bounds.binding)
    return Verdict(
        limit=limit,
        scope=case.scope,
        posture=case.posture,
        bound=case.bound,
        low=bounds.low,
        high=bounds.high,
        verdict=kind,
        applies_from=start,
        snapshot=snap.name if snap else None,
        snapshot_date=snap.as_of if snap else None,
        age_days=age,
        stale=age is not None and age > STALE_DAYS,
        in_law=in_law and limit.nature in (LimitNature.LEGAL, LimitNature.ALLOWANCE),
        deferred=deferred,
        excess=excess,
        relaxed=limit.relaxed is not None,
        recalled=Confidence.RECALLED in (limit.confidence, case.confidence, *(r.confidence for r in bounds.binding)),
        records=records,
        conflict=bounds.conflict,
        alternatives=_alternatives(snap, case, forbidden) if snap else (),
        newer_partial=found.newer,
        would_settle=_would_settle(case, bounds, snap) if kind is VerdictKind.UNDETERMINED else None,
        test=test,
        members=case.members,
        assumptions=assumptions,
        caveats=tuple(caveats),
        sources=tuple(dict.fromkeys((*limit.source, *case.sources, *(s for r in records for s in r.source)))),
    )


def _recalled(records: Sequence[Record], limit: Limit) -> list[str]:
    said = []
    if limit.confidence is Confidence.RECALLED:
        said.append("the ceiling is recalled, not sourced")
    recalled = [r for r in records if r.confidence is Confidence.RECALLED]
    if recalled:
        said.append(f"{len(recalled)} of {len(records)} figures are recalled, not sourced")
    return said


def _alternatives(snap: Snapshot, case: ScopedLimit, forbidden: Sequence[tuple[int, int]]) -> tuple[Alternative, ...]:
    from servanda.limits.cells import meet

    result = []
    for record, box in snap.others:
        if meet(box, case.box):
            bounds = snap.bounds(case.box, forbidden, snap.instead(record, box))
            result.append(
                Alternative(record=record, verdict=decide(bounds, case.bound), low=bounds.low, high=bounds.high)
            )
    return tuple(result)


def _would_settle(case: ScopedLimit, bounds: Bounds, snap: Snapshot | None) -> str:
    """Which record would decide: the scope's total, or those of its members that the snapshot does not have."""
    what = case.limit.category.replace("_", " ")
    where = case.limit.zone
    posture = "" if case.posture == ANY else f" in posture {case.posture}"
    when = f" of {snap.as_of}" if snap else ""
    own = {r.holder for r, _ in snap.records if r.category == case.limit.category} if snap else set()
    missing = [m for m in case.members if m not in own]
    total = f"a total of {what}{posture} in {where} for {case.scope}{when}"
    if case.scope in case.members or not missing or len(missing) == len(case.members):
        return total
    if len(missing) <= 6:
        return f"records of {', '.join(missing)}, or {total}"
    return f"records of the {len(missing)} members without one ({', '.join(missing[:4])}, ...), or {total}"
