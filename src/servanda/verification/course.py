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
from servanda.model.verification import CourseStep, InspectionKind, Outcome


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
class Count:
    """What was counted of a category against what was declared."""

    category: str
    declared: int
    counted: int

    @property
    def difference(self) -> int:
        """Counted less declared."""
        return self.counted - self.declared


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """An inspection under way or ended: its kind, the two states, the log."""

    kind: InspectionKind
    inspecting: str
    inspected: str
    log: tuple[Entry, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether a last step has been taken."""
        return bool(self.log) and self._step(self.log[-1].step).last

    @property
    def outcome(self) -> Outcome:
        """How it ended, or that it is under way."""
        for entry in reversed(self.log):
            outcome = self._step(entry.step).outcome
            if outcome is not None:
                return outcome
        return Outcome.UNDER_WAY

    def _step(self, name: str) -> CourseStep:
        for step in self.kind.course:
            if step.id == name:
                return step
        names = ", ".join(s.id for s in self.kind.course)
        raise InputError(f"{name!r} is no step of a {self.kind.name}", remedy=f"steps: {names}")

    def permitted(self) -> tuple[CourseStep, ...]:
        """The steps that may come next."""
        if self.ended:
            return ()
        if not self.log:
            return tuple(s for s in self.kind.course if not s.after)
        last = self.log[-1].step
        return tuple(s for s in self.kind.course if last in s.after)

    def due(self) -> tuple[Due, ...]:
        """The permitted next steps with their earliest and latest hour."""
        return tuple(self._due(step) for step in self.permitted())

    def _clock(self, step: CourseStep) -> datetime | None:
        if step.clock is None:
            return None
        return next((e.at for e in reversed(self.log) if e.step == step.clock), None)

    def _due(self, step: CourseStep) -> Due:
        start = self._clock(step)
        earliest = latest = None
        if start is not None:
            if step.at_least_hours is not None:
                earliest = start + timedelta(hours=step.at_least_hours)
            within = _within(step)
            latest = None if within is None else start + within
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
        if step.actor == "both":
            return f"{self.inspecting} and {self.inspected}"
        return self.inspecting if step.actor == "inspecting" else self.inspected

    def then(self, name: str, at: datetime, *, by: str | None = None, remark: str | None = None) -> Course:
        """The course one step longer. Raises InputError, with the clause, where the step is not permitted.

        A step past its deadline is taken and marked late, with its consequence; one before its least wait is refused.
        """
        step = self._step(name)
        allowed = self.permitted()
        if step not in allowed:
            where = f"after {self.log[-1].step}" if self.log else "at the start"
            may = ", ".join(s.id for s in allowed) or "nothing: the inspection has ended"
            raise InputError(f"{name} is not permitted {where} ({step.cite})", remedy=f"permitted: {may}")
        if self.log and at < self.log[-1].at:
            raise InputError(
                f"{name} at {at:%Y-%m-%d %H:%M} lies before {self.log[-1].step} ({step.cite})", remedy="check the hours"
            )
        if by is not None and by not in self._who(step).split(" and "):
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


def replay(kind: InspectionKind, inspecting: str, inspected: str, steps: Iterable[tuple[str, datetime]]) -> Course:
    """A course from its steps in order; refuses the first that is not permitted."""
    course = Course(kind=kind, inspecting=inspecting, inspected=inspected)
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
