"""Verdicts over time, at the days on which one changes."""

from __future__ import annotations

from datetime import date, timedelta

from servanda.corpus import Corpus
from servanda.limits.assess import assess
from servanda.limits.judge import STALE_DAYS
from servanda.model.errors import InputError
from servanda.model.instrument import Dossier
from servanda.model.question import Question
from servanda.model.results import Verdict
from servanda.standing import applies_from, ledger


def change_days(corpus: Corpus, instrument: str) -> tuple[date, ...]:
    """Every day on which a verdict of the instrument may change: nothing moves between two of them."""
    host = corpus.hosts(instrument)[0].instrument.id
    # what else amends the same host may replace its clauses
    dossiers = {d.instrument.id: d for name in (host, instrument) for d in corpus.family(name)}.values()
    days: set[date | None] = set()
    for dossier in dossiers:
        days |= _of(corpus, dossier)
    for record in (r for d in dossiers for r in d.records):
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


def changes(corpus: Corpus, question: Question) -> tuple[tuple[date, tuple[Verdict, ...]], ...]:
    """The verdicts on the first day of the question's period and on each later day on which one of them differs.

    The age of the figures grows daily and is no change.
    """
    since, until = question.since, question.until
    if since is None or until is None:
        raise InputError("no period to follow", remedy="give its first day and the day after its last")
    days = [since, *(d for d in change_days(corpus, question.instrument) if since < d < until)]
    result: list[tuple[date, tuple[Verdict, ...]]] = []
    last: object = None
    for day in days:
        verdicts = assess(corpus, question, on=day)
        face = tuple(_face(v) for v in verdicts)
        if face != last:
            result.append((day, verdicts))
            last = face
    return tuple(result)


def _face(v: Verdict) -> tuple[object, ...]:
    return (v.id, v.scope, v.posture, v.bound, v.low, v.high, v.verdict, v.snapshot, v.stale, v.deferred, v.members)
