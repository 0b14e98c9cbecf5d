"""From a procedure and a trigger date to dated deadlines (law.md 2 and 7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches

from servanda.model.dates import Period
from servanda.model.errors import DateError, InputError, UnknownName
from servanda.model.instrument import Dossier
from servanda.model.procedures import TRIGGER, Procedure, Step
from servanda.model.vocabulary import Counting

MOST_REPEATS = 200  # a step repeated every day for centuries is a slip of the pen, not a calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One step with its days. `earliest` and `latest` are both included; None where the text sets none.

    `unspecified` is true where the text leaves the time open or blank; `missing` then names the blank.
    """

    step: Step
    earliest: date | None
    latest: date | None
    unspecified: bool = False
    missing: str | None = None
    occurrence: int = 1


def find(dossier: Dossier, procedure_id: str) -> Procedure:
    """The procedure of that id; UnknownName with those there are."""
    for procedure in dossier.procedures:
        if procedure.id == procedure_id:
            return procedure
    ids = [p.id for p in dossier.procedures]
    near = tuple(get_close_matches(procedure_id, ids, 3)) or tuple(ids)
    remedy = None if near else f"the record of {dossier.instrument.short} holds no procedures"
    raise UnknownName(f"procedure of {dossier.instrument.id}", procedure_id, near, remedy=remedy)


def deadlines(
    dossier: Dossier,
    procedure: Procedure,
    *,
    start: date | None,
    values: Mapping[str, int] | None = None,
    until: date | None = None,
) -> tuple[Due, ...]:
    """The steps of `procedure` counted from `start`, in the order of the text.

    `values` fills blanks by id. `until` unrolls repeated steps up to that day; without it each is given once.
    Raises InputError where a trigger is needed and none is given, or a value names no blank.
    """
    values = values or {}
    if start is None and procedure.from_clock and dossier.instrument.clock:
        start = dossier.instrument.clock.start
    if start is None:
        raise InputError(
            f"{procedure.id} has no trigger date",
            where=procedure.cite,
            remedy=f"give the day with `start`: {procedure.trigger}",
        )
    known = {b.id for b in procedure.blanks}
    for name, number in values.items():
        if name not in known:
            near = ", ".join(sorted(known)) or "this procedure has none"
            raise InputError(f"no blank called {name!r}", where=procedure.cite, remedy=f"blanks: {near}")
        if number < 0:
            raise InputError(f"{name} is negative", where=procedure.cite, remedy="give a number from 0 up")
    if until is not None and until < start:
        raise DateError(f"{until} lies before the trigger {start}", remedy="give a later day")

    clock = dossier.instrument.clock.start if dossier.instrument.clock else None
    done: dict[str, tuple[date | None, date | None]] = {TRIGGER: (start, start)}
    result: list[Due] = []
    for step in procedure.steps:
        if step.after not in done:
            raise InputError(
                f"step {step.id} counts from {step.after!r}, which does not come before it",
                where=procedure.cite,
                remedy="order the steps so that each counts from an earlier one",
            )
        dues = _due(procedure, step, done[step.after], values, until, clock)
        done[step.id] = (dues[0].earliest, dues[0].latest)
        result.extend(dues)
    return tuple(result)


def _due(
    procedure: Procedure,
    step: Step,
    base: tuple[date | None, date | None],
    values: Mapping[str, int],
    until: date | None,
    clock: date | None,
) -> list[Due]:
    not_before, not_after = step.not_before, step.not_after
    if step.blank is not None:
        blank = next((b for b in procedure.blanks if b.id == step.blank), None)
        if blank is None:
            raise InputError(f"step {step.id} names an unknown blank {step.blank!r}", where=procedure.cite)
        number = values.get(blank.id, blank.default)
        if number is None:
            return [Due(step=step, earliest=None, latest=None, unspecified=True, missing=blank.id)]
        bound = getattr(step, step.blank_bounds)
        period = Period(days=number, counting=bound.counting if bound else Counting.WITHIN)
        if step.blank_bounds == "not_before":
            not_before = period
        else:
            not_after = period
    first, last = base
    if step.at_once:
        return [Due(step=step, earliest=first, latest=last)]
    if step.each_year:
        return _yearly(step, first, until, clock)
    if not_before is None and not_after is None:
        return [Due(step=step, earliest=None, latest=None, unspecified=True)]

    move = _counted_back if step.before else _counted_on
    earliest, latest = move(first, last, not_before, not_after)
    dues = [Due(step=step, earliest=earliest, latest=latest)]
    if step.every and until:
        while len(dues) < MOST_REPEATS:
            shift = dues[-1]
            nxt_first = step.every.after(shift.earliest) if shift.earliest else None
            nxt_last = step.every.after(shift.latest) if shift.latest else None
            day = nxt_last or nxt_first
            if day is None or day > until:
                break
            dues.append(Due(step=step, earliest=nxt_first, latest=nxt_last, occurrence=len(dues) + 1))
    return dues


def _counted_on(
    first: date | None, last: date | None, not_before: Period | None, not_after: Period | None
) -> tuple[date | None, date | None]:
    earliest = not_before.after(first) if not_before and first else first
    latest = not_after.after(last) if not_after and last else None
    return earliest, latest


def _counted_back(
    first: date | None, last: date | None, not_before: Period | None, not_after: Period | None
) -> tuple[date | None, date | None]:
    # "at least 90 days before": the latest day is 90 clear days before the earliest possible effect
    latest = not_after.before(first) if not_after and first else None
    earliest = not_before.before(last) if not_before and last else None
    return earliest, latest


def _yearly(step: Step, first: date | None, until: date | None, clock: date | None) -> list[Due]:
    if first is None or step.each_year is None:
        return [Due(step=step, earliest=None, latest=None, unspecified=True)]
    month, day = (int(x) for x in step.each_year.split("-"))
    of_year: Callable[[int], date] = lambda year: date(year, month, day)  # noqa: E731
    if step.from_clock and clock is not None:
        # the duty begins with the instrument's own clock; a first day that follows too closely is passed over
        first = max(first, clock)
        soon = of_year(clock.year if of_year(clock.year) >= clock else clock.year + 1)
        if step.skip_within is not None and first <= soon <= step.skip_within.after(clock):
            first = soon + timedelta(days=1)
    year = first.year if of_year(first.year) >= first else first.year + 1
    dues = [Due(step=step, earliest=of_year(year), latest=of_year(year))]
    while until and len(dues) < MOST_REPEATS and of_year(year + 1) <= until:
        year += 1
        dues.append(Due(step=step, earliest=of_year(year), latest=of_year(year), occurrence=len(dues) + 1))
    return dues


def span(due: Due) -> tuple[date, date] | None:
    """First day and the day after the last, as calendars want it; None where no day is known."""
    day_first = due.earliest or due.latest
    day_last = due.latest or due.earliest
    if day_first is None or day_last is None:
        return None
    return day_first, day_last + timedelta(days=1)
