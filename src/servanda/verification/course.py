"""The course of an inspection: a log of steps, each permitted by the one before, each on its clock.

The steps are data of the regime. A log is append-only: `Course.then` gives a longer log or refuses, naming the
clause; nothing is ever taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from servanda.model.errors import InputError
from servanda.model.verification import CourseStep, InspectionKind, InspectionRegime, Outcome, Stay, StayMark


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One step taken: which, when, by whom in the end, and a remark. `late` is how far past its deadline it came."""

    step: str
    at: datetime
    actor: str
    remark: str | None = None
    late: timedelta | None = None
    consequence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A step that may come next: from when, until when, and by which clause. None where the text sets no time."""

    step: str
    actor: str
    gist: str
    cite: str
    earliest: datetime | None
    latest: datetime | None
    consequence: str | None
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A step its actor owed that was not taken by its hour, and what follows."""

    step: str
    actor: str
    latest: datetime
    cite: str
    consequence: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What was counted of a category (and type) against what was declared, at the object named or the whole site."""

    category: str
    declared: int
    counted: int
    type: str | None = None
    object: str | None = None

    @property
    def difference(self) -> int:
        """Counted less declared."""
        return self.counted - self.declared

    def opens(self, regime: InspectionRegime) -> tuple[str, str] | None:
        """What a great difference entitles the team to, in words with the clause; None where it does not."""
        percent = regime.discrepancy_percent
        if percent is None or not self.difference:
            return None
        if self.difference < 0 and regime.absent_cite and -self.difference * 100 > percent * self.declared:
            words = f"more than {percent} per cent are absent: where they are said to be may be the next site"
            return words, regime.absent_cite
        if self.difference > 0 and regime.surplus_cite and self.difference * 100 >= percent * self.declared:
            words = f"{percent} per cent or more above the notified number: where they came from may be the next site"
            return words, regime.surplus_cite
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """An inspection under way or ended: its kind, the two states, the log; `stay` bounds the time in the country."""

    kind: InspectionKind
    inspecting: str
    inspected: str
    log: tuple[Entry, ...] = ()
    stay: Stay | None = None

    @property
    def ended(self) -> bool:
        """Whether a last step has been taken."""
        return bool(self.log) and self._step(self.log[-1].step).last

    @property
    def outcome(self) -> Outcome:
        """How it ended, or that it is under way."""
        for entry in reversed(self.log):
            step = self._step(entry.step)
            if step.further:
                return Outcome.UNDER_WAY
            if step.outcome is not None:
                return step.outcome
        return Outcome.UNDER_WAY

    def _step(self, name: str) -> CourseStep:
        for step in self.kind.course:
            if step.id == name:
                return step
        names = ", ".join(s.id for s in self.kind.course)
        raise InputError(f"{name!r} is not a step of a {self.kind.name}", remedy=f"steps: {names}")

    def permitted(self) -> tuple[CourseStep, ...]:
        """The steps that may come next."""
        if self.ended:
            return ()
        if not self.log:
            return tuple(s for s in self.kind.course if not s.after)
        last = self.log[-1].step
        return tuple(s for s in self.kind.course if last in s.after and not (s.further and self._full()))

    def _further(self) -> int:
        return sum(self._step(e.step).further for e in self.log)

    def _full(self) -> bool:
        """Whether one more inspection would not fit into the longest stay."""
        if self.stay is None:
            return False
        hours = self.stay.first_hours + self.stay.further_hours * (self._further() + 1)
        return hours > self.stay.most_days * 24

    def stay_until(self) -> datetime | None:
        """The end of the time in the country, by the inspections begun so far; None before it begins or without one.

        Hours for the first inspection and each further one, at most so many days, and what the text does not count
        on top: travel and answers beyond the hours their steps allow.
        """
        begun = next((e.at for e in self.log if self._step(e.step).stay is StayMark.BEGINS), None)
        if self.stay is None or begun is None:
            return None
        hours = self.stay.first_hours + self.stay.further_hours * self._further()
        return begun + timedelta(hours=min(hours, self.stay.most_days * 24)) + self._uncounted()

    def _uncounted(self) -> timedelta:
        total = timedelta()
        for i, entry in enumerate(self.log):
            step = self._step(entry.step)
            if step.uncounted_after_hours is None:
                continue
            start = next((e.at for e in reversed(self.log[:i]) if e.step in step.clock), None)
            if start is not None:
                total += max(timedelta(), entry.at - start - timedelta(hours=step.uncounted_after_hours))
        return total

    def _paused(self, step: CourseStep) -> timedelta:
        """Time since the step's clock that the text does not count against its deadline."""
        since = next((i for i in reversed(range(len(self.log))) if self.log[i].step in step.clock), 0)
        total = timedelta()
        for i, entry in enumerate(self.log[since:], since):
            if entry.step in step.paused_by:
                clock = self._step(entry.step).clock
                begun = next((e.at for e in reversed(self.log[:i]) if e.step in clock), None)
                total += entry.at - begun if begun is not None else timedelta()
        return total

    def due(self) -> tuple[Due, ...]:
        """The permitted next steps with their earliest and latest hour."""
        return tuple(self._due(step) for step in self.permitted())

    def _clock(self, step: CourseStep) -> datetime | None:
        return next((e.at for e in reversed(self.log) if e.step in step.clock), None)

    def _due(self, step: CourseStep) -> Due:
        start = self._clock(step)
        earliest = latest = None
        if start is not None:
            if step.at_least_hours is not None:
                earliest = start + timedelta(hours=step.at_least_hours)
            within = _within(step)
            latest = None if within is None else start + within + self._paused(step)
        if step.stay is StayMark.ENDS:
            end = self.stay_until()
            latest = end if latest is None or (end is not None and end < latest) else latest
        return Due(
            step=step.id,
            actor=self._who(step),
            gist=step.gist,
            cite=step.cite,
            earliest=earliest,
            latest=latest,
            consequence=step.consequence,
            last=step.last,
        )

    def _who(self, step: CourseStep) -> str:
        return self.inspecting if step.actor == "inspecting" else self.inspected

    def then(self, name: str, at: datetime, *, by: str | None = None, remark: str | None = None) -> Course:
        """The course one step longer. Raises InputError, with the clause, where the step is not permitted.

        A step past its deadline is taken and marked late, with its consequence; one before its least wait is refused.
        """
        step = self._step(name)
        allowed = self.permitted()
        if step not in allowed and step.further and self._full() and self.stay is not None and self.log:
            most = self.stay.most_days
            raise InputError(
                f"{name}: a further inspection would not fit into {most} days ({self.stay.cite})",
                remedy="leave, and give a new notice",
            )
        if step not in allowed:
            where = f"after {self.log[-1].step}" if self.log else "at the start"
            may = ", ".join(s.id for s in allowed) or "nothing: the inspection has ended"
            raise InputError(f"{name} is not permitted {where} ({step.cite})", remedy=f"permitted: {may}")
        if self.log and at < self.log[-1].at:
            raise InputError(
                f"{name} at {at:%Y-%m-%d %H:%M} lies before {self.log[-1].step} ({step.cite})", remedy="check the hours"
            )
        if by is not None and by != self._who(step):
            raise InputError(f"{name} is for {self._who(step)}, not {by} ({step.cite})", remedy="name the right state")
        due = self._due(step)
        if due.earliest is not None and at < due.earliest:
            raise InputError(
                f"{name} at {at:%Y-%m-%d %H:%M} is too early ({step.cite})",
                remedy=f"not before {due.earliest:%Y-%m-%d %H:%M}",
            )
        late = at - due.latest if due.latest is not None and at > due.latest else None
        entry = Entry(
            step=name,
            at=at,
            actor=self._who(step),
            remark=remark,
            late=late,
            consequence=step.consequence if late is not None else None,
        )
        return replace(self, log=(*self.log, entry))

    def missed(self, now: datetime) -> tuple[Missed, ...]:
        """Steps that were owed and not taken by their hour, as of a time; taken late ones stand in the log."""
        found = []
        taken = [e.step for e in self.log]
        for step in self.kind.course:
            if not step.duty:
                continue
            due = self._due(step)
            start = next((i for i in reversed(range(len(taken))) if taken[i] in step.clock), None)
            if due.latest is None or start is None or step.id in taken[start:] or now <= due.latest:
                continue
            # another step from the same clock answers in its place: a refusal for an acceptance, a cancellation
            rest = [self._step(t) for t in taken[start + 1 :]]
            if any(s.outcome in (Outcome.REFUSED, Outcome.CANCELLED) for s in rest):
                continue
            found.append(
                Missed(step=step.id, actor=due.actor, latest=due.latest, cite=step.cite, consequence=step.consequence)
            )
        return tuple(found)

    def ways_to_end(self) -> Iterator[tuple[str, ...]]:
        """Shortest sequences of steps that end the course from here, shortest first."""
        if self.ended:
            yield ()
            return
        queue: list[tuple[str, tuple[str, ...]]] = [(s.id, (s.id,)) for s in self.permitted()]
        seen: set[str] = set()
        while queue:
            at, path = queue.pop(0)
            if self._step(at).last:
                yield path
                continue
            if at in seen:
                continue
            seen.add(at)
            queue.extend((s.id, (*path, s.id)) for s in self.kind.course if at in s.after)

    def as_plain(self) -> dict[str, Any]:
        """The log as plain data, for signing and storing."""
        return {
            "kind": self.kind.id,
            "inspecting": self.inspecting,
            "inspected": self.inspected,
            "outcome": self.outcome.value,
            "stay_until": None if (end := self.stay_until()) is None else end.isoformat(timespec="minutes"),
            "log": [
                {
                    "step": e.step,
                    "at": e.at.isoformat(timespec="minutes"),
                    "actor": e.actor,
                    "remark": e.remark,
                    "late_minutes": None if e.late is None else int(e.late.total_seconds() // 60),
                    "consequence": e.consequence,
                    "cite": self._step(e.step).cite,
                }
                for e in self.log
            ],
        }


def replay(
    kind: InspectionKind,
    inspecting: str,
    inspected: str,
    steps: Iterable[tuple[str, datetime]],
    stay: Stay | None = None,
) -> Course:
    """A course from its steps in order; refuses the first that is not permitted."""
    course = Course(kind=kind, inspecting=inspecting, inspected=inspected, stay=stay)
    for name, at in steps:
        course = course.then(name, at)
    return course


def _within(step: CourseStep) -> timedelta | None:
    if step.within_hours is not None:
        return timedelta(hours=step.within_hours)
    if step.within_minutes is not None:
        return timedelta(minutes=step.within_minutes)
    if step.within_days is not None:
        return timedelta(days=step.within_days)
    return None
