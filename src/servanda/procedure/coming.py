"""What falls due next on a day: the clock's own deadlines, those that acts have started, effects still to come.

One list for every page that says what comes next; it is counted by the same procedures as a single one's deadlines.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from servanda.corpus import Corpus
from servanda.corpus.known import turning_days
from servanda.model.acts import Act
from servanda.model.instrument import Dossier
from servanda.model.procedures import Procedure, Step
from servanda.model.vocabulary import ActKind
from servanda.procedure.deadlines import Due, deadlines
from servanda.standing import effects
from servanda.standing.readings import DEPOSITARY
from servanda.standing.status import Ledger, ledger

# No step of a treaty repeats at longer intervals than review conferences do; twice that finds the next of every step.
HORIZON = timedelta(days=3653)
# An act of these kinds carries out the notice it names: nothing of that notice's course is to come after it.
ENDING = (ActKind.WITHDRAW, ActKind.TERMINATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One thing due on or after the day asked: between `earliest` and `latest`, either of which may be open.

    `procedure` and `step` are None for an effect that an act has fixed; `act` is the act that started the procedure,
    or whose effect it is. `projected` effects may still be revoked (VCLT 68).
    """

    earliest: date | None
    latest: date | None
    actor: str
    action: str
    cite: str | None
    procedure: Procedure | None = None
    step: Step | None = None
    act: Act | None = None
    projected: bool = False

    @property
    def when(self) -> date:
        """The day by which it is sorted: the last possible one, where the text sets one."""
        day = self.latest or self.earliest
        assert day is not None
        return day


@dataclass(frozen=True, slots=True)
class _Known:
    """The ledger as known in the time between two days of news, with what it has ahead."""

    book: Ledger
    revoked: dict[str, date]
    projected: tuple[tuple[str, effects.Change], ...]


def coming(corpus: Corpus, instrument: str, *, on: date) -> tuple[Coming, ...]:
    """All that falls due from `on`, soonest first, as it was known on that day, or on the earlier day the corpus is known on.

    The clock's deadlines run while the instrument binds somebody. Steps without a day, or left blank by a draft, are
    left out.
    """
    known = _known(corpus, instrument, on)
    book = known.book
    found = [*_effects(known, on), *_started(corpus, book, on)]
    if any(book.outcome(p, on, DEPOSITARY)[0].bound for p in book.participants):
        found += _clock(corpus, book.dossier, on)
    kept: dict[tuple[date, str | None], Coming] = {}
    for item in found:
        kept.setdefault((item.when, item.cite), item)
    return tuple(sorted(kept.values(), key=lambda c: (c.when, c.cite or "", c.action)))


def _known(corpus: Corpus, instrument: str, on: date) -> _Known:
    days = corpus.memo.get(("news", instrument))
    if days is None:
        days = corpus.memo.setdefault(("news", instrument), turning_days(corpus, instrument))

    def make() -> _Known:
        book = ledger(corpus.as_known(on), instrument)
        every = [(p, c) for p in book.participants for c in book.changes(p, DEPOSITARY)]
        revoked = {c.party: c.first for _, c in every if c.kind == effects.REVOKE}
        return _Known(book, revoked, tuple((p, c) for p, c in every if c.projected and c.day is not None))

    return corpus.kept.get(("book as known", instrument, bisect_right(days, on)), make)


def _clock(corpus: Corpus, dossier: Dossier, on: date) -> Iterator[Coming]:
    clock = dossier.instrument.clock
    for procedure in dossier.procedures:
        if procedure.from_clock and clock is not None and clock.start <= on:
            yield from _next(corpus, dossier, procedure, clock.start, on)


def _started(corpus: Corpus, book: Ledger, on: date) -> Iterator[Coming]:
    carried_out = {a.target_act for a in book.acts if a.act in ENDING and a.date.surely_by(on)}
    for act in book.acts:
        if not act.date.exact or act.date.day > on or act.id in book.doubtful or act.id in carried_out:
            continue
        for procedure in book.dossier.procedures:
            if act.act in procedure.triggered_by or procedure.id in act.triggers:
                yield from _next(corpus, book.dossier, procedure, act.date.day, on, act)


def _next(
    corpus: Corpus, dossier: Dossier, procedure: Procedure, start: date, on: date, act: Act | None = None
) -> Iterator[Coming]:
    """The first occurrence of each step that is not past."""
    seen: set[str] = set()
    for due in _dues(corpus, dossier, procedure, start, on):
        day = due.latest or due.earliest
        if day is None or day < on or due.step.id in seen or (due.occurrence > 1 and day > on + HORIZON):
            continue
        seen.add(due.step.id)
        yield Coming(
            earliest=due.earliest,
            latest=due.latest,
            actor=due.step.actor,
            action=due.step.action,
            cite=due.step.cite,
            procedure=procedure,
            step=due.step,
            act=act,
        )


def _dues(corpus: Corpus, dossier: Dossier, procedure: Procedure, start: date, on: date) -> tuple[Due, ...]:
    """The procedure's deadlines, far enough ahead for every day of the same ten years; counted once for all of them."""
    decade = on.year // 10 * 10
    until = date(min(decade + 21, date.max.year), 1, 1)
    key = ("dues", dossier.instrument.id, procedure.id, start, decade, dossier.instrument.clock is None)
    return corpus.small.get(key, lambda: deadlines(dossier, procedure, start=start, until=until))


def _effects(known: _Known, on: date) -> Iterator[Coming]:
    """Effects of acts already done, on days still ahead."""
    book, revoked = known.book, known.revoked
    named: dict[str, list[str]] = {}
    projected: dict[str, effects.Change] = {}
    for party, change in known.projected:
        act = change.act
        if change.first <= on or act is None or not act.date.surely_by(on) or revoked.get(party, date.max) <= on:
            continue
        named.setdefault(act.id, []).append(party)
        projected[act.id] = change
    for name, change in projected.items():
        who = ", ".join(book.actors.name(p) for p in named[name])
        yield Coming(
            earliest=change.day,
            latest=change.day,
            actor=who,
            action=change.statement,
            cite=change.cite,
            act=change.act,
            projected=True,
        )
    for act in book.acts:
        if act.id in projected or act.effective is None or not act.effective.exact or not act.date.surely_by(on):
            continue
        if act.effective.day > on:
            who = ", ".join(book.actors.name(a) if a in book.actors else a for a in act.actors[:6])
            who += f" and {len(act.actors) - 6} more" if len(act.actors) > 6 else ""
            day = act.effective.day
            yield Coming(earliest=day, latest=day, actor=who, action=act.gist, cite=act.cite, act=act)
