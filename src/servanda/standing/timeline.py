"""What was done to an instrument, and what took effect, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servanda.corpus import Corpus
from servanda.model.acts import Act
from servanda.model.dates import UncertainDate
from servanda.standing import effects
from servanda.standing.readings import DEPOSITARY
from servanda.standing.status import ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An act, or an effect computed from one. `sort` is its first possible day."""

    when: UncertainDate
    sort: date
    what: str
    actors: tuple[str, ...]
    kind: str  # the act's word, or `effect`
    act: Act | None = None
    cite: str | None = None
    contested_by: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()


def timeline(corpus: Corpus, instrument: str, *, party: str | None = None) -> tuple[Event, ...]:
    """All acts and computed effects, or those that concern one party. UnknownName for an unknown one."""
    book = ledger(corpus, instrument)
    code = corpus.actors.find(party).code if party else None
    events: list[Event] = []
    for act in book.acts:
        first = act.date.earliest or act.date.latest
        if first is None or not _concerns(act, code, corpus, first):
            continue
        events.append(
            Event(
                when=act.date,
                sort=first,
                what=act.gist,
                actors=act.actors,
                kind=act.act.value,
                act=act,
                cite=act.cite,
                contested_by=book.contested(act),
                caveats=() if act.confidence == "sourced" else (act.confidence.value,),
            )
        )
    for party_code in book.participants:
        if code is not None and party_code != code:
            continue
        for change in book.changes(party_code, DEPOSITARY):
            cause = change.act
            later = cause is None or cause.date.earliest != change.first
            told = change.projected and _done(book.acts, cause)
            if later and not told and change.kind != effects.RAISE and change.last is not None:
                events.append(
                    Event(
                        when=UncertainDate.parse(
                            change.first if change.first == change.last else f"{change.first}/{change.last}"
                        ),
                        sort=change.first,
                        what=f"{change.statement} (computed)",
                        actors=(party_code,),
                        kind="effect",
                        act=cause,
                        cite=change.cite,
                        contested_by=book.contested(cause) if cause else (),
                        caveats=change.caveats,
                    )
                )
    if book.entry.day and not any(e.kind == "enter_into_force" and e.sort == book.entry.day for e in events):
        events.append(
            Event(
                when=UncertainDate.parse(book.entry.day),
                sort=book.entry.day,
                what="entry into force (computed)",
                actors=("parties",),
                kind="effect",
                cite=book.dossier.instrument.entry.cite if book.dossier.instrument.entry else None,
            )
        )
    return tuple(sorted(events, key=lambda e: (e.sort, e.kind == "effect")))


def _done(acts: tuple[Act, ...], notice: Act | None) -> bool:
    return notice is not None and any(a.act.value == "withdraw" and set(a.actors) & set(notice.actors) for a in acts)


def _concerns(act: Act, code: str | None, corpus: Corpus, on: date) -> bool:
    if code is None:
        return True
    named = corpus.actors.expand([*act.actors, *act.toward], on)
    return code in named or "parties" in act.actors or act.predecessor == code
