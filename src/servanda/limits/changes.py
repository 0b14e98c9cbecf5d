"""Verdicts over time, at the days on which one changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from servanda.corpus import Corpus
from servanda.limits.assess import assess
from servanda.limits.judge import STALE_DAYS
from servanda.model.errors import DateError
from servanda.model.instrument import Dossier
from servanda.model.records import Record
from servanda.model.results import Verdict
from servanda.standing import applies_from, ledger


def change_days(corpus: Corpus, instrument: str, records: Iterable[Record] | None = None) -> tuple[date, ...]:
    """Every day on which a verdict of the instrument may change: nothing moves between two of them."""
    own = corpus.dossier(instrument)
    dossiers = [own, *(corpus.dossier(i) for i in corpus.amending(instrument))]
    if own.instrument.amends:
        dossiers.append(corpus.dossier(own.instrument.amends))
    days: set[date | None] = set()
    for dossier in dossiers:
        days |= _of(corpus, dossier)
    for record in records if records is not None else [r for d in dossiers for r in d.records]:
        days |= {record.as_of, record.as_of + timedelta(days=STALE_DAYS + 1)}
    for actor in corpus.actors:
        for tie in actor.members:
            days |= {tie.since, tie.until}
    return tuple(sorted(d for d in days if d is not None))


def _of(corpus: Corpus, dossier: Dossier) -> set[date | None]:
    days: set[date | None] = set()
    for limit in dossier.limits:
        days |= {applies_from(corpus, dossier, limit), limit.applies.until}
        if limit.deferred:
            days |= {limit.deferred.since, limit.deferred.until}
    for group in dossier.instrument.groups:
        for member in group.members:
            days |= {member.since, member.until}
    for zone in dossier.zones:
        for era in zone.eras:
            days |= {era.since, era.until}
    for block in dossier.blocks:
        for tenure in block.territory:
            days |= {tenure.since, tenure.until}
    for level in dossier.levels:
        days |= {level.since, level.until}
    book = ledger(corpus, dossier.instrument.id)
    days.add(book.entry.day)
    for party in book.participants:
        for change in book.changes(party, "depositary"):
            days |= {change.first, change.last}
    return days


def changes(
    corpus: Corpus, instrument: str, *, since: date, until: date, **question: Any
) -> tuple[tuple[date, tuple[Verdict, ...]], ...]:
    """The verdicts on `since` and on each later day before `until` on which one of them differs.

    Takes the keywords of `assess`. The age of the figures grows daily and is no change.
    """
    if until <= since:
        raise DateError(f"the period ends on {until}, not after its start {since}", remedy="give a later --to")
    days = [since, *(d for d in change_days(corpus, instrument, question.get("records")) if since < d < until)]
    result: list[tuple[date, tuple[Verdict, ...]]] = []
    last: object = None
    for day in days:
        verdicts = assess(corpus, instrument, on=day, **question)
        face = tuple(_face(v) for v in verdicts)
        if face != last:
            result.append((day, verdicts))
            last = face
    return tuple(result)


def _face(v: Verdict) -> tuple[object, ...]:
    return (v.id, v.scope, v.posture, v.bound, v.low, v.high, v.verdict, v.snapshot, v.stale, v.deferred, v.members)
