"""What if: the difference a scenario makes, question by question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.record import (
    InstrumentDifferences,
    ObligationDifference,
    StandingDifference,
    VerdictBrief,
    VerdictDifference,
    WhatifDocument,
)
from servanda.model.question import Question
from servanda.model.vocabulary import ObligationKind
from servanda.questions.beside import span_words
from servanda.questions.obligations import summary
from servanda.questions.words import Day, day, listed
from servanda.scenario import Scenario, apply
from servanda.standing import obligations, parties, standings

KINDS = (ObligationKind.EXCHANGE, ObligationKind.INSPECTION, ObligationKind.LIMITS)


def whatif(
    corpus: Corpus, scenarios: Iterable[Scenario], *, on: Day, instruments: Iterable[str] = ()
) -> Answer[Corpus]:
    """Standings, obligations and verdicts that differ between the record and the scenarios on a day, and why.

    `instruments` default to those the scenarios touch and those that they amend or are amended by.
    """
    asked = day(on)
    chosen = tuple(scenarios)
    other = apply(corpus, chosen)
    touched = tuple(instruments) or _touched(corpus, chosen)
    parts = []
    rows = []
    for instrument in touched:
        told, found = _instrument(corpus, other, instrument, asked)
        rows.append(found)
        short = corpus.dossier(instrument).instrument.short
        words = "{treaty}: {n} differences" if told else "{treaty}: nothing differs"
        parts.append(Node(statement=Statement(words, {"treaty": short, "n": len(told)}), because=tuple(told)))
    because = tuple(
        Node(
            statement=Statement("{title}: {gist}", {"title": s.title, "gist": s.gist}),
            because=tuple(
                Node(
                    statement=Statement("{verb} {what} ({place})", {"verb": c.verb, "what": c.target, "place": c.place})
                )
                for c in s.changes
            ),
        )
        for s in chosen
    )
    names = listed(s.title for s in chosen)
    node = Node(
        statement=Statement("what differs on {on} if: {names}", {"on": asked, "names": names}),
        because=(*parts, *because),
    )
    document = WhatifDocument(on=asked, scenarios=tuple(s.id for s in chosen), differences=tuple(rows))
    return Answer(kind="whatif", value=other, document=document, node=node)


def _touched(corpus: Corpus, scenarios: tuple[Scenario, ...]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for change in (c for s in scenarios for c in s.changes):
        if change.instrument:
            found[change.instrument] = None
    for name in list(found):
        amended = corpus.dossier(name).instrument.amends
        if amended:
            found[amended] = None
    return tuple(found) or corpus.ids()


def _instrument(corpus: Corpus, other: Corpus, instrument: str, on: Any) -> tuple[list[Node], InstrumentDifferences]:
    told: list[Node] = []
    moves: list[StandingDifference] = []
    duties_moved: list[ObligationDifference] = []
    verdicts: list[VerdictDifference] = []
    for reading in ("depositary", "self"):
        before = {s.party: s for s in standings(corpus, instrument, on=on, reading=reading)}
        after = {s.party: s for s in standings(other, instrument, on=on, reading=reading)}
        moved: dict[tuple[str, str], list[str]] = {}
        for party in dict.fromkeys((*before, *after)):
            old = before[party].standing.value if party in before else "none"
            new = after[party].standing.value if party in after else "none"
            if old != new:
                moved.setdefault((old, new), []).append(party)
                moves.append(StandingDifference(party=party, reading=reading, record=old, scenario=new))
        for (old, new), who in moved.items():
            words = "standing, reading {reading}: {who}: {old} becomes {new}"
            parts = {"reading": reading, "who": listed(who), "old": old.replace("_", " "), "new": new.replace("_", " ")}
            told.append(Node(statement=Statement(words, parts)))
    if parties(corpus, instrument, on=on) or parties(other, instrument, on=on):
        duties = corpus.dossier(instrument).instrument.duties
        for kind in [k for k in KINDS if k in duties] or duties[:1]:
            old_m = summary(obligations(corpus, instrument, on=on, kind=kind, reading="self"))
            new_m = summary(obligations(other, instrument, on=on, kind=kind, reading="self"))
            if old_m != new_m:
                duties_moved.append(ObligationDifference(kind=kind, record=tuple(old_m), scenario=tuple(new_m)))
                words = "{kind}, each by its own reading: {old} becomes {new}"
                told.append(
                    Node(statement=Statement(words, {"kind": kind, "old": "; ".join(old_m), "new": "; ".join(new_m)}))
                )
    if corpus.dossier(instrument).limits or other.dossier(instrument).limits:
        from servanda.limits import assess

        question = Question(instrument=instrument, on=on)
        old_v = {(v.id, v.scope, v.posture): v for v in assess(corpus, question)}
        new_v = {(v.id, v.scope, v.posture): v for v in assess(other, question)}
        for key in dict.fromkeys((*old_v, *new_v)):
            a, b = old_v.get(key), new_v.get(key)
            if a and b and (a.verdict, a.low, a.high, a.bound) == (b.verdict, b.low, b.high, b.bound):
                continue
            verdicts.append(
                VerdictDifference(id=key[0], scope=key[1], posture=key[2], record=_brief(a), scenario=_brief(b))
            )
            told.append(
                Node(
                    statement=Statement(
                        "{id}, {scope}: {old} becomes {new}",
                        {"id": key[0], "scope": key[1], "old": _words(a), "new": _words(b)},
                    )
                )
            )
    found = InstrumentDifferences(
        instrument=instrument, standings=tuple(moves), obligations=tuple(duties_moved), verdicts=tuple(verdicts)
    )
    return told, found


def _words(v: Any) -> str:
    return (
        "not asked"
        if v is None
        else f"{v.verdict.value.replace('_', ' ')} ({span_words(v.low, v.high)} of {v.bound:,})"
    )


def _brief(v: Any) -> VerdictBrief | None:
    return None if v is None else VerdictBrief(verdict=v.verdict, low=v.low, high=v.high, bound=v.bound)
