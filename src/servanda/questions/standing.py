"""Who is bound: the question, its answer and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.results import PartyStanding, Reason
from servanda.model.vocabulary import Standing
from servanda.questions.words import Day, cites, day, optional_day, source_names
from servanda.standing import ledger, standings

SHOWN_FIRST = ("depositary", "self", "law")


def standing(
    corpus: Corpus,
    instrument: str,
    *,
    on: Day,
    party: str | None = None,
    reading: str = "depositary",
    as_known_on: Day | None = None,
) -> Answer[tuple[PartyStanding, ...]]:
    """The standing of all participants, or of one, on a day (DESIGN 5, `standing`)."""
    asked, known = day(on), optional_day(as_known_on, "day of knowledge")
    found = standings(
        corpus, instrument, on=asked, reading=reading, as_known_on=known, parties=None if party is None else (party,)
    )
    dossier = corpus.dossier(instrument)
    book = ledger(corpus, instrument, known)
    children = tuple(_node(corpus, instrument, s, asked, reading) for s in found)
    bound = sum(s.is_party for s in found)
    if party is not None:
        root = children[0]
    else:
        words = "{n} of {all} participants of the {treaty} are bound on {on}, in the reading {reading}"
        parts = {"n": bound, "all": len(found), "treaty": dossier.instrument.short, "on": asked, "reading": reading}
        root = Node(statement=Statement(words, parts), because=children)
    data = {
        "instrument": instrument,
        "on": asked.isoformat(),
        "reading": reading,
        "as_known_on": known.isoformat() if known else None,
        "in_force_since": book.entry.day.isoformat() if book.entry.day and book.entry.day <= asked else None,
        "parties": [_json(s) for s in found],
    }
    return Answer(kind="standing", value=found, data=data, node=root, not_known=dossier.instrument.not_known)


def _json(s: PartyStanding) -> dict[str, Any]:
    return {
        "party": s.party,
        "standing": s.standing.value,
        "since": s.since.isoformat() if s.since else None,
        "contested": s.contested,
        "projected": s.projected,
        "position": s.position,
        "because": [_reason(r) for r in s.because],
        "readings": [{"reading": name, "standing": value.value} for name, value in s.readings],
        "caveats": list(s.caveats),
    }


def _reason(r: Reason) -> dict[str, Any]:
    act = r.act
    return {
        "act": act.id if act else None,
        "date": act.date.text if act else (r.effect.isoformat() if r.effect else None),
        "cite": r.cite,
        "source": list(act.source) if act else [],
        "statement": r.statement,
        "effect": r.effect.isoformat() if r.effect else None,
        "applied": r.applied,
        "basis": act.basis.value if act else None,
        "caveats": list(r.caveats),
    }


def _node(corpus: Corpus, instrument: str, s: PartyStanding, on: date, reading: str) -> Node:
    name = corpus.actors.name(s.party)
    words = "{party} ({code}): {standing} on {on}, in the reading {reading}"
    parts: dict[str, Any] = {
        "party": name,
        "code": s.party,
        "standing": words_for(s.standing),
        "on": on,
        "reading": reading,
    }
    if s.since:
        words += ", since {since}"
        parts["since"] = s.since
    if s.projected:
        words += " (projected from its notice)"
    if s.contested:
        words += "; contested"
    reasons = tuple(_reason_node(corpus, instrument, r) for r in s.because)
    readings = tuple(
        Node(statement=Statement("in the reading {reading}: {standing}", {"reading": r, "standing": words_for(v)}))
        for r, v in s.readings
    )
    return Node(statement=Statement(words, parts), caveats=s.caveats, because=(*reasons, *readings))


def _reason_node(corpus: Corpus, instrument: str, r: Reason) -> Node:
    act = r.act
    own = act is not None and not (act.act in ("deposit", "approve", "accede") and r.statement.startswith("entered"))
    when = act.date.text if act and own else str(r.effect or "day not known")
    if act and own and r.effect and act.date.text != str(r.effect):
        when += f", effect {r.effect}"
    return Node(
        statement=Statement("{when}: {what}", {"when": when, "what": r.statement}),
        citation=cites(instrument, r.cite),
        sources=source_names(corpus, instrument, act.source) if act else (),
        caveats=r.caveats,
        because=(Node(statement=Statement("{gist}", {"gist": act.gist})),) if act and own else (),
    )


def words_for(value: Standing) -> str:
    """A standing as words: `in_force` reads `in force`."""
    return value.value.replace("_", " ")
