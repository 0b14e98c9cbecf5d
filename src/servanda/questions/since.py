"""What changed between two days: acts done, standings and main verdicts that differ."""

from __future__ import annotations

from typing import Any

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.record import SinceDocument, StandingChange, VerdictChange
from servanda.model.errors import DateError
from servanda.model.question import Question
from servanda.questions.assess import assess
from servanda.questions.beside import span_words
from servanda.questions.standing import words_for
from servanda.questions.words import Day, asked_day, cites, listed, source_names
from servanda.standing import standings, timeline


def since(
    corpus: Corpus,
    instrument: str,
    *,
    since: Day,
    on: Day,
    reading: str = "depositary",
    limits: tuple[str, ...] = (),
) -> Answer[SinceDocument]:
    """Acts after one day up to another, standings that differ, and verdicts on `limits` that differ.

    DateError where the earlier day is not the earlier one.
    """
    first, last = asked_day(corpus, instrument, since), asked_day(corpus, instrument, on)
    if first >= last:
        raise DateError(f"{first} is not before {last}", remedy="compare with an earlier day")
    moved = _standings(corpus, instrument, first, last, reading)
    acts = [e for e in timeline(corpus, instrument) if first < e.sort <= last]
    verdicts = _verdicts(corpus, instrument, first, last, limits) if limits else []
    nodes = [
        Node(
            statement=Statement(
                "{who}: {old} becomes {new}",
                {"who": listed(map(corpus.actors.name, m.parties), 40), "old": m.old, "new": m.new},
            )
        )
        for m in moved
    ]
    nodes += [
        Node(
            statement=Statement(
                "{id}, {scope}: {old} becomes {new}",
                {"id": v.id, "scope": v.scope, "old": v.old_words, "new": v.new_words},
            ),
            citation=cites(instrument, v.cite),
        )
        for v in verdicts
    ]
    done = tuple(
        Node(
            statement=Statement("{when}: {who}: {what}", {"when": e.when, "who": listed(e.actors), "what": e.what}),
            citation=cites(instrument, e.cite),
            sources=source_names(corpus, instrument, e.act.source) if e.act else (),
            caveats=(*e.caveats, *((f"contested by {listed(e.contested_by)}",) if e.contested_by else ())),
        )
        for e in acts
    )
    nodes.append(Node(statement=Statement("{n} acts and effects between", {"n": len(acts)}), because=done))
    words = "from {since} to {on}, in the reading {reading}: {standings} standings and {verdicts} verdicts differ"
    parts: dict[str, Any] = {
        "since": first,
        "on": last,
        "reading": reading,
        "standings": sum(len(m.parties) for m in moved),
        "verdicts": len(verdicts),
    }
    document = SinceDocument(
        instrument=instrument,
        since=first,
        on=last,
        reading=reading,
        standings=tuple(moved),
        verdicts=tuple(verdicts),
        acts=tuple(e.act.id for e in acts if e.act),
    )
    node = Node(statement=Statement(words, parts), because=tuple(nodes))
    return Answer(kind="since", value=document, document=document, node=node)


def _standings(corpus: Corpus, instrument: str, first: Any, last: Any, reading: str) -> list[StandingChange]:
    before = {s.party: s.standing for s in standings(corpus, instrument, on=first, reading=reading)}
    after = {s.party: s.standing for s in standings(corpus, instrument, on=last, reading=reading)}
    moved: dict[tuple[str, str], list[str]] = {}
    for party in dict.fromkeys((*before, *after)):
        old = words_for(before[party]) if party in before else "none"
        new = words_for(after[party]) if party in after else "none"
        if old != new:
            moved.setdefault((old, new), []).append(party)
    return [StandingChange(old=old, new=new, parties=tuple(who)) for (old, new), who in moved.items()]


def _verdicts(corpus: Corpus, instrument: str, first: Any, last: Any, limits: tuple[str, ...]) -> list[VerdictChange]:
    def held(on: Any) -> dict[tuple[str, str, str], Any]:
        found = assess(corpus, Question(instrument=instrument, on=on, limits=limits)).value
        return {(v.id, v.scope, v.posture): v for v in found if v.posture == "any"}

    old, new = held(first), held(last)
    found = []
    for key in dict.fromkeys((*old, *new)):
        a, b = old.get(key), new.get(key)
        if a and b and (a.verdict, a.bound, a.low, a.high) == (b.verdict, b.bound, b.low, b.high):
            continue
        found.append(
            VerdictChange(
                id=key[0],
                scope=key[1],
                cite=next(v.limit.cite for v in (b, a) if v is not None),
                old_words=_words(a),
                new_words=_words(b),
            )
        )
    return found


def _words(v: Any) -> str:
    if v is None:
        return "no such limit"
    return f"{span_words(v.low, v.high)} of {v.bound:,}, {v.verdict.value.replace('_', ' ')}"
