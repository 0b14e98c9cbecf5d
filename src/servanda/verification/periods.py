"""The regime's calendar: which quota period a day falls in, and its year where quotas are yearly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from servanda.model.dates import add_months
from servanda.model.errors import InputError
from servanda.model.verification import InspectionRegime, QuotaPeriod


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One quota period in days, half-open `[since, until)`; `year` counts from 1 in yearly periods, else 0."""

    period: QuotaPeriod
    since: date
    until: date
    year: int = 0

    @property
    def name(self) -> str:
        """The period's id, with its year where it has years: `reduction, year 2`."""
        return f"{self.period.id}, year {self.year}" if self.year else self.period.id


def spans(regime: InspectionRegime, start: date, until: date) -> Iterator[Span]:
    """Quota periods from the regime's first day up to `until`.

    "The first N days" include the day itself, so 120 days from 17 July 1992 end with 13 November.
    """
    at = start
    for period in regime.periods:
        if at >= until:
            return
        length = period.length
        end = date.max
        if length is not None:
            end = at + timedelta(days=length.days) if length.days is not None else length.after(at)
        if not period.yearly:
            yield Span(period=period, since=at, until=end)
        else:
            year, first = 1, at
            while first < min(end, until):
                last = min(add_months(at, 12 * year), end)
                yield Span(period=period, since=first, until=last, year=year)
                first, year = last, year + 1
        at = end


def span_on(regime: InspectionRegime, start: date, on: date) -> Span:
    """The quota period of a day. InputError before the regime's first day."""
    if on < start:
        raise InputError(
            f"{on} lies before the first day of inspections under {regime.id}, {start}",
            remedy=f"ask for a day from {start} on",
        )
    for span in spans(regime, start, on + timedelta(days=1)):
        if span.since <= on < span.until:
            return span
    raise InputError(f"{on} lies in no quota period of {regime.id}", remedy="ask for a day inside one")
