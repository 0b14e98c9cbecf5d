"""Calendar days, uncertain dates and the ways a treaty counts time (law.md 2).

Periods are half-open `[since, until)`. An uncertain date is written as EDTF: a day, month or year, a range
`A/B`, with `~` (give or take one unit of the stated precision) or `?` (uncertain); `..` leaves an end open.

    >>> UncertainDate.parse("2011-11~").earliest, UncertainDate.parse("2011-11~").latest
    (datetime.date(2011, 10, 1), datetime.date(2011, 12, 31))
    >>> UncertainDate.parse("2023-06-09").day
    datetime.date(2023, 6, 9)
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from servanda.model.base import STRICT
from servanda.model.errors import DateError
from servanda.model.vocabulary import Counting

MONTHS = tuple("January February March April May June July August September October November December".split())
_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)", re.ASCII)
_REMEDY = "write YYYY-MM-DD, YYYY-MM, YYYY or a range A/B, with ~ for about and ? for uncertain"


@dataclass(frozen=True, slots=True)
class UncertainDate:
    """A date as precise as the record has it.

    `earliest` and `latest` are the first and last possible day, both included; `None` where the end is open.
    `precision` is `day`, `month`, `year` or `range`. Equality is that of the written form.
    """

    text: str
    earliest: date | None
    latest: date | None
    precision: str
    approximate: bool = False
    uncertain: bool = False

    @classmethod
    def parse(cls, value: str | int | date | UncertainDate) -> UncertainDate:
        """Read an EDTF string, a year or a day. Raises DateError for anything else or a reversed range."""
        if isinstance(value, UncertainDate):
            return value
        if isinstance(value, date):
            value = date(value.year, value.month, value.day)
            return cls(value.isoformat(), value, value, "day")
        text = str(value).strip()
        if "/" not in text:
            return _part(text, text)
        first, _, second = text.partition("/")
        if "/" in second:
            raise DateError(f"{text!r} is not a date", remedy=_REMEDY)
        a = None if first in ("", "..") else _part(first, text)
        b = None if second in ("", "..") else _part(second, text)
        if a is None and b is None:
            raise DateError(f"{text!r} leaves both ends open", remedy="give one end")
        if a and b and a.latest and b.latest and a.earliest and b.earliest:
            if a.earliest > b.latest or a.latest > b.latest:
                raise DateError(f"{text!r} ends before it begins", remedy="put the earlier date first")
            if a.precision == b.precision == "day" and a.earliest == b.latest:
                return cls(text, a.earliest, a.earliest, "day", a.approximate, a.uncertain)
        return cls(
            text,
            a.earliest if a else None,
            b.latest if b else None,
            "range",
            bool((a and a.approximate) or (b and b.approximate)),
            bool((a and a.uncertain) or (b and b.uncertain)),
        )

    @property
    def exact(self) -> bool:
        """True where only one day is possible."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def day(self) -> date:
        """The one possible day. Raises DateError where there are several."""
        if self.earliest is None or self.earliest != self.latest:
            raise DateError(f"{self.text} is not known to the day", remedy="ask for its earliest or latest day")
        return self.earliest

    def surely_by(self, on: date) -> bool:
        """True where the date lies on or before `on` whatever the uncertain part turns out to be."""
        return self.latest is not None and self.latest <= on

    def possibly_by(self, on: date) -> bool:
        """True where the date may lie on or before `on`."""
        return self.earliest is None or self.earliest <= on

    def __str__(self) -> str:
        return self.text

    @property
    def words(self) -> str:
        """The date for a reader of sentences, where the written form has signs of EDTF in it.

        >>> UncertainDate.parse("2011-11-22~").words, UncertainDate.parse("2023-11-07/..").words
        ('about 2011-11-22', '2023-11-07 or later')
        """
        first, slash, last = self.text.partition("/")
        if not slash:
            return _said(first)
        if self.exact:
            return _said(first)
        if first in ("", ".."):
            return f"{_said(last)} or earlier"
        if last in ("", ".."):
            return f"{_said(first)} or later"
        beside = self.earliest and self.latest and (self.latest - self.earliest).days == 1
        return f"{_said(first)} or {_said(last)}" if beside else f"between {_said(first)} and {_said(last)}"

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        from pydantic_core import core_schema

        def check(value: Any) -> UncertainDate:
            if isinstance(value, bool) or not isinstance(value, str | int | date | UncertainDate):
                raise ValueError(f"{value!r} is not a date; {_REMEDY}")
            try:
                return cls.parse(value)
            except DateError as error:
                raise ValueError(str(error)) from None

        return core_schema.no_info_plain_validator_function(check, json_schema_input_schema=core_schema.str_schema())


def _said(part: str) -> str:
    bare = part.rstrip("~?%")
    about = "about " if part.endswith(("~", "%")) else ""
    return f"{about}{bare}{' (uncertain)' if part.endswith(('?', '%')) else ''}"


def _part(text: str, whole: str) -> UncertainDate:
    match = _PART.fullmatch(text)
    if match is None:
        raise DateError(f"{whole!r} is not a date", remedy=_REMEDY)
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    about, unsure = match[4] in ("~", "%"), match[4] in ("?", "%")
    try:
        if match[3]:
            first = last = date(year, month, day)
            precision = "day"
        elif match[2]:
            first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
            precision = "month"
        else:
            first, last, precision = date(year, 1, 1), date(year, 12, 31), "year"
        if about:
            first, last = _widen(first, last, precision)
    except (ValueError, IndexError):
        raise DateError(f"{whole!r} is not a day of the calendar", remedy=_REMEDY) from None
    except OverflowError:
        raise DateError(f"{whole!r} is outside the calendar", remedy=_REMEDY) from None
    return UncertainDate(text, first, last, precision, about, unsure)


def _widen(first: date, last: date, precision: str) -> tuple[date, date]:
    if precision == "day":
        return first - timedelta(days=1), last + timedelta(days=1)
    if precision == "month":
        before = first - timedelta(days=1)
        after = last + timedelta(days=1)
        return before.replace(day=1), after.replace(day=monthrange(after.year, after.month)[1])
    return date(first.year - 1, 1, 1), date(last.year + 1, 12, 31)


_FIRST_DAYS = {
    "first_of_month": ", to the first day of the month",
    "month_after": ", then the first day of the next month",
    "quarter_after": ", then the first day of the next quarter",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of time as a clause words it: exactly one of days, months, years; `counting` says how.

    `within`  "N days after", "no later than N days": day N counts, from the day after the trigger.
    `clear`   "at least N days before": N clear days lie between trigger and effect, so day N + 1.
    `first_of_month`  "the first day of the N-th month after the month in which": 12 May and six months give 1 November.
    `month_after`  "the first day of the month following the end of N months": 12 May and three months give 1 September;
    with days, "the first day of the month after the N-th day": 11 April and sixty days give 1 July.
    `quarter_after`  the same with quarters of the year.
    Months and years run to the same-numbered day; a missing day is refused (law.md 2).
    """

    __pydantic_config__ = STRICT

    days: int | None = None
    """Number of days."""
    months: int | None = None
    """Number of months."""
    years: int | None = None
    """Number of years."""
    counting: Counting = Counting.WITHIN
    """How days are counted."""

    def after(self, trigger: date) -> date:
        """The day the period leads to, counted from `trigger`.

        >>> Period(days=150, counting="clear").after(date(2023, 6, 9))
        datetime.date(2023, 11, 7)
        >>> Period(months=40).after(date(1992, 7, 17))
        datetime.date(1995, 11, 17)
        """
        if self.days is not None:
            end = trigger + timedelta(days=self.days + (1 if self.counting == "clear" else 0))
            # "the first day of the month after the sixtieth day"
            return add_months(end.replace(day=1), 1) if self.counting == "month_after" else end
        months = self.months if self.months is not None else None if self.years is None else 12 * self.years
        if months is None:
            raise DateError("a period without days, months or years", remedy="give one of them")
        if self.counting == "first_of_month":
            return add_months(trigger.replace(day=1), months)
        if self.counting == "month_after":
            # a day its month lacks runs out with the month: the month that follows is the same
            return add_months(trigger.replace(day=1), months + 1)
        if self.counting == "quarter_after":
            end = add_months(trigger.replace(day=1), months)
            return add_months(end.replace(month=3 * ((end.month - 1) // 3) + 1), 3)
        return add_months(trigger, months)

    def before(self, effect: date) -> date:
        """The last day on which something may be done that must come this long before `effect`.

        >>> Period(days=90, counting="clear").before(date(1996, 1, 1))
        datetime.date(1995, 10, 2)
        """
        if self.days is not None:
            return effect - timedelta(days=self.days + (1 if self.counting == "clear" else 0))
        if self.months is not None:
            return add_months(effect, -self.months)
        if self.years is not None:
            return add_months(effect, -12 * self.years)
        raise DateError("a period without days, months or years", remedy="give one of them")

    def __str__(self) -> str:
        for unit in ("days", "months", "years"):
            n = getattr(self, unit)
            if n is not None:
                words = f"{n} {'clear ' if self.counting == 'clear' else ''}{unit if n != 1 else unit[:-1]}"
                return words + _FIRST_DAYS.get(self.counting, "")
        return "no period"


def add_months(start: date, months: int) -> date:
    """The same-numbered day `months` later; refused where that month lacks the day (law.md 2)."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    try:
        return date(year, month + 1, start.day)
    except ValueError:
        raise DateError(
            f"{months} months after {start.isoformat()} would be day {start.day} of a month that lacks it",
            remedy="state the clause's rule for month ends, or give the day",
        ) from None


def within(on: date, since: date | None, until: date | None) -> bool:
    """True where `on` lies in the half-open period `[since, until)`; an absent end is open."""
    return (since is None or since <= on) and (until is None or on < until)


def parse_day(text: str, *, what: str = "date") -> date:
    """A calendar day from user input; DateError with a remedy for anything else."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else _bad(text, what)
    except ValueError:
        return _bad(text, what)


def _bad(text: str, what: str) -> date:
    raise DateError(f"{text!r} is not a {what}", remedy="write a calendar day as YYYY-MM-DD")


def long_day(value: date) -> str:
    """A day as in running text: 12 December 2007."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
