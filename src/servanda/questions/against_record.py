"""Figures that were given, held against those the record has for the same day: where both agree, and by how much not."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from servanda.corpus import Corpus
from servanda.limits.assess import Assessor
from servanda.limits.judge import find
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.figures import AgainstRecord, RecordDifference
from servanda.model.question import Question
from servanda.model.records import Record
from servanda.model.vocabulary import Confidence, Provenance
from servanda.questions.view import view
from servanda.questions.words import source_names

SHOWN = 20  # differences that the tree names; the data has all


@dataclass(frozen=True, slots=True)
class Held:
    """A figure of the record with the bounds that the given figures prove for the same sum."""

    record: Record
    low: int
    high: int | None

    @property
    def agrees(self) -> bool:
        """True where both can be true."""
        low, high = self.record.bounds
        return (self.high is None or low <= self.high) and (high is None or self.low <= high)


def against_record(corpus: Corpus, question: Question) -> tuple[Held, ...]:
    """The record's figures of the days on which the given ones were counted, each with what the given ones prove.

    `corpus` is the record without the given figures. A figure that they say nothing of is left out, and so is one of
    another day: a difference between days is no disagreement.
    """
    given = question.records or ()
    if not given:
        return ()
    days = {r.as_of for r in given}
    plain = view(corpus, dataclasses.replace(question, records=None))
    published = [r for d in plain.hosts(question.instrument) for r in d.records if r.as_of in days]
    found: list[Held] = []
    for day in sorted(days):
        if question.on is not None and day > question.on:
            continue
        own = dataclasses.replace(question, on=day, since=None, until=None, count="holdings", assume=())
        room = Assessor(view(corpus, own), own, day)
        for record in published:
            if record.as_of != day:
                continue
            bounds = find(room.snapshots, room.grid.record_box(record, room.participating_states, room.scene)).bounds
            if bounds.low is not None and bounds.high is not None and not bounds.conflict:
                found.append(Held(record, bounds.low, bounds.high))
    return tuple(found)


def with_record(answer: Answer[Any], corpus: Corpus, question: Question) -> Answer[Any]:
    """The answer with a note on how the given figures stand to those of the record, where there are any."""
    held = against_record(corpus, question)
    if not held:
        return answer
    differing = [h for h in held if not h.agrees]
    shown = tuple(_node(corpus, question.instrument, h) for h in differing[:SHOWN])
    if len(differing) > SHOWN:
        shown += (Node(statement=Statement("and {n} more, in the data", {"n": len(differing) - SHOWN})),)
    words = "held against {n} figures of the record for the same day: {agree} agree, {differ} differ"
    parts = {"n": len(held), "agree": len(held) - len(differing), "differ": len(differing)}
    note = Node(statement=Statement(words, parts), because=shown)
    said = AgainstRecord(
        compared=len(held), agree=len(held) - len(differing), differences=tuple(_row(h) for h in differing)
    )
    document = dataclasses.replace(answer.document, against_record=said)
    told = str(note.statement) + "".join(f"; {n.statement}" for n in shown[:1])
    if len(differing) > 1:
        told += f" (and {len(differing) - 1} more)"
    caveats = (*answer.node.caveats, told)
    node = dataclasses.replace(answer.node, because=(note, *answer.node.because), caveats=caveats)
    return dataclasses.replace(answer, document=document, node=node)


def _span(low: int, high: int | None) -> str:
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _node(corpus: Corpus, instrument: str, held: Held) -> Node:
    r = held.record
    recalled = ("the record's figure is recalled, not sourced",) if r.confidence is Confidence.RECALLED else ()
    return Node(
        statement=Statement(
            "{category} of {holder} in {place} on {on}: the record has {published}{how}, given are {given}",
            {
                "category": r.category,
                "holder": r.holder,
                "place": r.place,
                "on": r.as_of,
                "how": "" if r.provenance is Provenance.PUBLISHED else f" ({r.provenance.value})",
                "published": _span(*r.bounds),
                "given": _span(held.low, held.high),
            },
        ),
        sources=source_names(corpus, instrument, r.source),
        caveats=recalled,
    )


def _row(held: Held) -> RecordDifference:
    r = held.record
    low, high = r.bounds
    return RecordDifference(
        record=r.id,
        holder=r.holder,
        category=r.category,
        place=r.place,
        posture=r.posture,
        as_of=r.as_of,
        status=r.status,
        provenance=r.provenance,
        confidence=r.confidence,
        low=low,
        high=high,
        given_low=held.low,
        given_high=held.high,
        sources=tuple(r.source),
    )
