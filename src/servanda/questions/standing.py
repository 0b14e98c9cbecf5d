"""Who is bound: the question, its answer and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from servanda.corpus import Corpus
from servanda.model.acts import Act
from servanda.model.answer import Answer, Node, Statement, later
from servanda.model.documents.standing import (
    NotedAct,
    PartyRow,
    StandingDocument,
    StandingReading,
    StandingReason,
    Termination,
)
from servanda.model.results import PartyStanding, Reason
from servanda.model.vocabulary import ActKind, Standing
from servanda.questions.words import Day, asked_day, cites, listed, reading_words, source_names, subject
from servanda.standing import ledger, standings
from servanda.standing.status import Ledger

SHOWN_FIRST = ("depositary", "self", "law")


def standing(
    corpus: Corpus,
    instrument: str,
    *,
    on: Day,
    party: str | None = None,
    reading: str = "depositary",
) -> Answer[tuple[PartyStanding, ...]]:
    """The standing of all participants, or of one, on a day (architecture.md 5, `standing`)."""
    asked = asked_day(corpus, instrument, on)
    found = standings(corpus, instrument, on=asked, reading=reading, parties=None if party is None else (party,))
    dossier = corpus.dossier(instrument)
    book = ledger(corpus, instrument)
    noted = {s.party: _noted(book, corpus, s.party, asked) for s in found} if party is not None else {}
    children = tuple(_node(corpus, instrument, s, asked, reading, noted.get(s.party, ())) for s in found)
    bound = sum(s.is_party for s in found)
    if party is not None:
        root = children[0]
    else:
        words = "{n} of {all} participants of {treaty} are bound on {on}, {reading}"
        parts: dict[str, Any] = {"n": bound, "all": len(found), "treaty": dossier.instrument.called, "on": asked}
        parts["reading"] = reading_words(corpus, reading)
        odd = [s for s in found if any(name == "self" and v is not s.standing for name, v in s.readings)]
        if odd:
            words += "; {differ} of them read their own standing otherwise"
            parts["differ"] = len(odd)
        root = Node(statement=Statement(words, parts), because=children)

    def document() -> StandingDocument:
        return StandingDocument(
            instrument=instrument,
            on=asked,
            reading=reading,
            as_known_on=corpus.known_on,
            in_force_since=book.entry.day if book.entry.day and book.entry.day <= asked else None,
            parties=tuple(
                _row(corpus, instrument, s, noted[s.party]) if noted.get(s.party) else _told(corpus, instrument, s).row
                for s in found
            ),
        )

    return Answer(
        kind="standing", value=found, document=later(document), node=root, not_known=dossier.instrument.unknown(asked)
    )


def _row(corpus: Corpus, instrument: str, s: PartyStanding, noted: tuple[Act, ...]) -> PartyRow:
    return PartyRow(
        party=s.party,
        standing=s.standing,
        since=s.since,
        contested=s.contested,
        projected=s.projected,
        took_part=s.took_part,
        position=s.position,
        because=tuple(_reason(r) for r in s.because),
        readings=tuple(StandingReading(reading=name, standing=value) for name, value in s.readings),
        caveats=tuple(s.caveats),
        noted=tuple(NotedAct(act=a.id, date=a.date.text, kind=a.act, by=a.actors, gist=a.gist) for a in noted),
        termination=_termination(corpus, instrument, noted, s),
    )


def _reason(r: Reason) -> StandingReason:
    act = r.act
    return StandingReason(
        act=act.id if act else None,
        date=act.date.text if act else (r.effect.isoformat() if r.effect else None),
        cite=r.cite,
        source=tuple(act.source) if act else (),
        statement=r.statement,
        effect=r.effect,
        applied=r.applied,
        basis=act.basis if act else None,
        caveats=tuple(r.caveats),
    )


def _node(
    corpus: Corpus, instrument: str, s: PartyStanding, on: date, reading: str, noted: tuple[Act, ...] = ()
) -> Node:
    name = corpus.actors.name(s.party)
    words = "{party} ({code}): {standing} on {on}, {reading}"
    parts: dict[str, Any] = {
        "party": name,
        "code": s.party,
        "standing": words_for(s.standing),
        "on": on,
        "reading": reading_words(corpus, reading),
    }
    if s.since:
        words += ", since {since}"
        parts["since"] = s.since
    if s.projected:
        words += " (projected from its notice)"
    if s.contested:
        own = next((v for name, v in s.readings if name == "self"), s.standing)
        words += "; contested" + (": {own} by its own reading" if own is not s.standing else "")
        parts["own"] = words_for(own)
    if not s.took_part:
        words = "{party} ({code}) never took part in {treaty}: none on {on}"
        parts["treaty"] = corpus.dossier(instrument).instrument.called
        return Node(statement=Statement(words, parts), caveats=s.caveats, because=_who_did(corpus, instrument))
    told = _told(corpus, instrument, s)
    steps = tuple(_noted_node(corpus, instrument, a) for a in noted)
    caveats = s.caveats
    if s.is_party and any(a.act in TOWARD_THE_END for a in noted):
        caveats = (*caveats, _not_ended(corpus, instrument, noted))
    return Node(statement=Statement(words, parts), caveats=caveats, because=(*told.reasons, *steps, *told.readings))


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of a standing alike on all days that it is the same on."""

    of: PartyStanding  # kept with it, so that no other can come to bear its address
    reasons: tuple[Node, ...]
    readings: tuple[Node, ...]
    row: PartyRow


def _told(corpus: Corpus, instrument: str, s: PartyStanding) -> _Told:
    def make() -> _Told:
        words = "in the reading {reading}: {standing}"
        readings = (Statement(words, {"reading": r, "standing": words_for(v)}) for r, v in s.readings)
        return _Told(
            of=s,
            reasons=tuple(_reason_node(corpus, instrument, r) for r in s.because),
            readings=tuple(Node(statement=r) for r in readings),
            row=_row(corpus, instrument, s, ()),
        )

    return corpus.small.get(("told", instrument, id(s)), make)


def _who_did(corpus: Corpus, instrument: str) -> tuple[Node, ...]:
    names = [corpus.actors.name(p) for p in ledger(corpus, instrument).participants]
    if not names:
        return ()
    return (Node(statement=Statement("those that did: {names}", {"names": listed(names, 60)})),)


def _reason_node(corpus: Corpus, instrument: str, r: Reason) -> Node:
    act = r.act
    own = act is not None and not (act.act in ("deposit", "approve", "accede") and r.entered)
    when = act.date.words if act and own else str(r.effect or "day not known")
    if act and own and r.effect and act.date.text != str(r.effect):
        when += f", effect {r.effect}"
    return Node(
        statement=Statement("{when}: {what}", {"when": when, "what": r.statement}),
        citation=cites(instrument, r.cite),
        sources=source_names(corpus, instrument, act.source) if act else (),
        caveats=r.caveats,
        because=(Node(statement=Statement("{gist}", {"gist": act.gist})),) if act and own else (),
    )


# Steps that change no standing, told because they are so easily taken for ones that do (law.md 1 and 8).
TOWARD_THE_END = (ActKind.AUTHORISE_TERMINATION, ActKind.ORDER_TERMINATION)
NOTED = (*TOWARD_THE_END, ActKind.REJECT, ActKind.NOTE, ActKind.CEASE_IMPLEMENTATION, ActKind.CEASE_PARTICIPATION)


def _noted(book: Ledger, corpus: Corpus, party: str, on: date) -> tuple[Act, ...]:
    """Acts up to the day that concern a party and change no standing; what others rejected concerns the addressees."""
    found = []
    for act in book.acts:
        if act.act not in NOTED or not act.date.possibly_by(on):
            continue
        if act.act is ActKind.NOTE and not act.concerns:
            continue  # an event beside the instrument's own course
        named = corpus.actors.expand(act.actors, on)
        if act.act is ActKind.REJECT or act.act in TOWARD_THE_END or party in named:
            found.append(act)
    return tuple(found)


def _noted_node(corpus: Corpus, instrument: str, act: Act) -> Node:
    words = "{when}: {who}: {kind}: {gist} (changes no standing)"
    about = subject(corpus, instrument, act)
    parts = {"when": act.date, "who": listed(act.actors), "kind": act.act.value.replace("_", " "), "gist": act.gist}
    return Node(
        statement=Statement(words, parts),
        citation=cites(instrument, act.cite),
        sources=source_names(corpus, instrument, act.source),
        caveats=() if act.confidence == "sourced" else (f"{act.confidence}, not sourced",),
        because=(Node(statement=Statement("concerns {what}", {"what": about})),) if about else (),
    )


def _not_ended(corpus: Corpus, instrument: str, noted: tuple[Act, ...]) -> str:
    rule = corpus.dossier(instrument).instrument.exit
    kinds = " and ".join(
        dict.fromkeys("permitted" if a.act is ActKind.AUTHORISE_TERMINATION else "ordered" for a in noted)
    )
    told = f"{kinds}, not notified as far as the record tells, and so not ended"
    if rule is None:
        return told
    period = f"{rule.notice} after notice" if rule.notice else "at a day of its own"
    return f"{told}; it would end {period} by {rule.cite} ({rule.gist})"


def _termination(corpus: Corpus, instrument: str, noted: tuple[Act, ...], s: PartyStanding) -> Termination | None:
    """The four things that are not one: permitted, ordered, notified, ended. None where neither of the first two was."""
    if not any(a.act in TOWARD_THE_END for a in noted):
        return None

    def when(kind: ActKind) -> str | None:
        return next((a.date.text for a in noted if a.act is kind), None)

    rule = corpus.dossier(instrument).instrument.exit
    return Termination(
        permitted=when(ActKind.AUTHORISE_TERMINATION),
        ordered=when(ActKind.ORDER_TERMINATION),
        notified=next((r.act.date.text for r in s.because if r.act and r.act.act is ActKind.GIVE_NOTICE), None),
        ended=s.since if s.standing in (Standing.TERMINATED, Standing.WITHDRAWN) else None,
        rule=rule.cite if rule else None,
        fallback=rule is not None and rule.fallback,
    )


def words_for(value: Standing) -> str:
    """A standing as words: `in_force` reads `in force`."""
    return value.value.replace("_", " ")
