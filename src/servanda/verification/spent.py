"""What inspections have used of a quota and what is left of it; inspections taken from the logs of their courses.

Where nobody says which inspections there were, what is left is not known: an absent list is not an empty one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from servanda.model.verification import InspectionRegime, Outcome, StayMark
from servanda.verification.charging import charged_in_span
from servanda.verification.course_log import CourseLog
from servanda.verification.periods import Span
from servanda.verification.quotas import PartyQuota
from servanda.verification.request import Past


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """One quota of a party in a period: how many inspections it allows, how many were used, how many are left.

    `of` is None where the quota is not known, and `left` with it; `surely` is what is left whatever the number of objects
    (the least that must be accepted, less what was used). `left` is below 0 where more were carried out than are due.
    """

    quota: str
    of: int | None
    used: int
    left: int | None
    surely: int
    cite: str


def spent(regime: InspectionRegime, span: Span, row: PartyQuota, inspections: Iterable[Past]) -> tuple[Spent, ...]:
    """Each quota of a party against the inspections of the period that count against it.

    Where one quota lies inside another (challenge inspections within all), no more is left of it than of the other.
    """
    held = tuple(inspections)
    found: dict[str, Spent] = {}
    for rule in regime.quotas:
        allowed = getattr(row, rule.id, None)
        used = len(charged_in_span(regime, span, held, row.party, rule.id))
        left = None if allowed is None else allowed - used
        for outer in _outer(regime, rule.id):
            wider = found.get(outer)
            if wider is not None and wider.left is not None and left is not None:
                left = min(left, max(wider.left, 0))
        found[rule.id] = Spent(
            quota=rule.id,
            of=allowed,
            used=used,
            left=left,
            surely=max(0, row.least.get(rule.id, 0) - used) if left is None else max(0, left),
            cite=rule.cites[span.period.id],
        )
    return tuple(found.values())


def _outer(regime: InspectionRegime, quota: str) -> list[str]:
    """Quotas that every inspection charged to this one is charged to as well."""
    charging = [k.charges for k in regime.kinds if quota in k.charges]
    return [q.id for q in regime.quotas if q.id != quota and charging and all(q.id in c for c in charging)]


def inspections_of(log: CourseLog) -> tuple[Past, ...]:
    """The inspections that one course held: the first from the team's arrival, and each further one of the same stay.

    The log names no territory; the state that was inspected stands for it, which is the one the quota is charged to.
    Nothing before the arrival: a notice that lapsed is no inspection.
    """
    course = log.course
    step_of = {s.id: s for s in course.kind.course}
    begins = any(s.stay is StayMark.BEGINS for s in course.kind.course)
    parts: list[list[int]] = [[]]
    for i, entry in enumerate(course.log):
        if step_of[entry.step].further:
            parts.append([])
        parts[-1].append(i)
    found = []
    for number, part in enumerate(parts):
        entries = [course.log[i] for i in part]
        marked = [e for e in entries if step_of[e.step].stay is StayMark.BEGINS]
        first = entries[:1] if number or not begins else marked
        if not first:
            continue
        last = number == len(parts) - 1
        open_still = Outcome.UNDER_WAY if last else Outcome.DONE  # the next was begun, so this one was finished
        outcome = next((o for e in reversed(entries) if (o := step_of[e.step].outcome) is not None), open_still)
        found.append(
            Past(
                by=course.inspecting,
                site=log.fields.get("site", "an unnamed site"),
                owner=course.inspected,
                territory=course.inspected,
                kind=course.kind.id,
                began=first[0].at,
                ended=entries[-1].at if not last or course.ended else None,
                outcome=outcome,
            )
        )
    return tuple(found)


def each_once(logs: Iterable[CourseLog]) -> tuple[CourseLog, ...]:
    """The logs without copies: of the two states' copies one, and of a log that was added to its longest state."""
    kept: list[CourseLog] = []
    for log in sorted(logs, key=lambda x: (-len(x.course.log), -len(x.fields), -len(x.counts))):
        if not any(_continues(longer, log) for longer in kept):
            kept.append(log)
    return tuple(reversed(kept))


def _continues(longer: CourseLog, log: CourseLog) -> bool:
    one, two = longer.course, log.course
    same = (one.kind.id, one.inspecting, one.inspected) == (two.kind.id, two.inspecting, two.inspected)
    fields = all(longer.fields.get(k) == v for k, v in log.fields.items())
    return same and fields and one.log[: len(two.log)] == two.log and longer.counts[: len(log.counts)] == log.counts
