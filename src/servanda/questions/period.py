"""Dates as people say them: a year or a month is a period, and what is asked of one is what changed in it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from servanda.corpus import Corpus
from servanda.model.answer import Answer
from servanda.model.dates import UncertainDate

if TYPE_CHECKING:
    from servanda.model.documents.record import SinceDocument

_PERIOD = re.compile(r"\d{4}(-\d\d)?", re.ASCII)


def period(text: str) -> tuple[date, date] | None:
    """First and last day of a year or a month; None for anything else. DateError for a month there is not.

    >>> period("2007-12")
    (datetime.date(2007, 12, 1), datetime.date(2007, 12, 31))
    """
    text = text.strip()
    if not _PERIOD.fullmatch(text):
        return None
    whole = UncertainDate.parse(text)
    return (whole.earliest, whole.latest) if whole.earliest and whole.latest else None


def changes_in(corpus: Corpus, instrument: str, text: str, *, reading: str = "depositary") -> Answer[SinceDocument]:
    """What changed in a year or a month: standings, the widest ceilings of groups, acts.

    The day before it begins is compared with its last day.

    DateError where the text is no period, InputError where the record begins only after it.
    """
    from servanda.model.errors import DateError
    from servanda.questions.since import since
    from servanda.questions.words import asked_day

    found = period(text)
    if found is None:
        raise DateError(f"{text!r} is not a year or a month", remedy="write YYYY or YYYY-MM")
    first, last = found
    acts = corpus.dossier(instrument).acts
    begins = min((d for a in acts if (d := a.date.earliest or a.date.latest)), default=first)
    before = max(first - timedelta(days=1), min(begins, last - timedelta(days=1)))
    asked_day(corpus, instrument, last)
    return since(corpus, instrument, since=before, on=last, reading=reading, limits=_widest(corpus, instrument))


def _widest(corpus: Corpus, instrument: str) -> tuple[str, ...]:
    """Ceilings that are nested in no other, over the whole area."""
    dossier = corpus.dossier(instrument)
    area = dossier.instrument.area
    return tuple(
        x.id
        for x in dossier.limits
        if x.within is None
        and not x.temporary
        and x.scope == "group"
        and (area is None or x.zone == area)
        and "any" in x.at_most
    )
