"""What a document says, held against the record: one document, or many and the stories they tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from servanda.corpus import Corpus
from servanda.findings.hold import Held, hold
from servanda.findings.steps import FINDINGS
from servanda.findings.stories import Story, stories
from servanda.findings.words import STEP
from servanda.model.answer import Answer, Node, Statement
from servanda.model.claims import Document, Read
from servanda.model.documents.base import typed
from servanda.model.documents.news import ReadDocument
from servanda.questions.words import listed, source_names


class Reads(Protocol):
    """Whatever turns a document into claims."""

    def read(self, document: Document) -> Read:
        """The claims of a document in text order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedDocument:
    """A document, what reading it found, and each claim held against the record."""

    document: Document
    read: Read
    held: tuple[Held, ...]
    story: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """One entry of the documents of `read` (architecture.md 5)."""
        return {
            "name": self.read.name,
            "dateline": self.read.dateline,
            "story": self.story,
            "claims": [h.as_dict() for h in self.held],
            "notes": list(self.read.notes),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedDocuments:
    """Documents read together, and the stories among them."""

    documents: tuple[ExtractedDocument, ...]
    stories: tuple[Story, ...] = ()


def reading_of(corpus: Corpus, document: Document, reader: Reads | None = None) -> ExtractedDocument:
    """A document read and held against the record. `reader` stands in for the reader that comes with the package."""
    if reader is None:  # heavy, and not needed by those who bring their own
        from servanda.extraction.extractor import Extractor

        reader = Extractor.default()
    read = reader.read(document)
    return ExtractedDocument(document=document, read=read, held=hold(corpus, read))


def read_document(corpus: Corpus, document: Document, reader: Reads | None = None) -> dict[str, Any]:
    """One document's entry in the JSON of `read`: name, dateline, story (None), claims with findings, notes."""
    return reading_of(corpus, document, reader).as_dict()


def read(corpus: Corpus, documents: Iterable[Document], reader: Reads | None = None) -> Answer[ExtractedDocuments]:
    """Documents read, every claim held against the record, and the stories they tell together (architecture.md 5, `read`)."""
    found = [reading_of(corpus, d, reader) for d in documents]
    told = stories([r.document for r in found], [r.read for r in found])
    return answer(corpus, found, told)


def answer(
    corpus: Corpus, found: Iterable[ExtractedDocument], told: tuple[Story, ...] = ()
) -> Answer[ExtractedDocuments]:
    """The answer made of documents that were read already."""
    belongs = {name: s.id for s in told for name in s.documents}
    documents = tuple(replace(r, story=belongs.get(r.read.name)) for r in found)
    value = ExtractedDocuments(documents=documents, stories=told)
    counts = Counter(h.finding for r in documents for h in r.held)
    total = sum(counts.values())
    words = "{claims} in {documents}"
    parts: dict[str, Any] = {"claims": _number(total, "claim"), "documents": _number(len(documents), "document")}
    tally = [f"{counts[f]} {f}" for f in FINDINGS if counts[f]]
    if tally:
        words += ": {tally}"
        parts["tally"] = ", ".join(tally)
    nodes = (*(_document_node(corpus, r) for r in documents), *(_story_node(s) for s in told))
    data = {"documents": [r.as_dict() for r in documents], "stories": [s.as_dict() for s in told]}
    return Answer(
        kind="read",
        value=value,
        document=typed(ReadDocument, data),
        node=Node(statement=Statement(words, parts), because=nodes),
        not_known=tuple(dict.fromkeys(h.why for r in documents for h in r.held if h.finding == "unknown")),
    )


def _number(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _document_node(corpus: Corpus, reading: ExtractedDocument) -> Node:
    words = "{name}: {claims}"
    parts: dict[str, Any] = {"name": reading.read.name, "claims": _number(len(reading.held), "claim")}
    if reading.read.dateline:
        words = "{name}, {dateline}: {claims}"
        parts["dateline"] = reading.read.dateline
    return Node(
        statement=Statement(words, parts),
        caveats=reading.read.notes,
        because=tuple(_claim_node(corpus, h) for h in reading.held),
    )


def _claim_node(corpus: Corpus, held: Held) -> Node:
    claim = held.claim
    sources = tuple(dict.fromkeys(s for d in held.decided for s in source_names(corpus, d.instrument, d.act.source)))
    caveats = [
        f"{d.act.confidence.value}, not sourced: {d.act.id}" for d in held.decided if d.act.confidence != "sourced"
    ]
    if claim.confidence < 0.5:
        caveats.append(f"read with little confidence ({claim.confidence:.2f})")
    if held.proposal:
        caveats.append("not in the record: an act to propose")
    return Node(
        statement=Statement(
            '{finding}: "{text}" ({what}, {speaker}): {why}',
            {
                "finding": held.finding,
                "text": " ".join(claim.text.split()),
                "what": describe(held),
                "speaker": claim.speaker,
                "why": held.told,
            },
        ),
        citation=held.citations,
        sources=sources,
        caveats=tuple(caveats),
    )


def describe(held: Held) -> str:
    """A claim in a few words: `RUS: withdrawal, cfe, 2023-11-07; planned`."""
    claim = held.claim
    step = STEP.get(claim.event, claim.event.replace("_", " "))
    text = ", ".join(p for p in (step, claim.spoken, claim.date) if p)
    if claim.actors:
        text = f"{listed(claim.actors, 5)}: {text}"
    if claim.target:
        text += f", toward {listed(claim.target, 5)}"
    if claim.polarity == "negated":
        text += "; said not to be so"
    if claim.modality != "done":
        text += f"; {claim.modality.replace('_', ' ')}"
    return text


def _story_node(story: Story) -> Node:
    words = "{id}: {documents}"
    parts: dict[str, Any] = {"id": story.id, "documents": listed(story.documents, 6)}
    if story.since:
        words += ", {days}"
        parts["days"] = story.since if story.since == story.until else f"{story.since} to {story.until}"
    return Node(
        statement=Statement(words, parts),
        because=tuple(
            Node(
                statement=Statement("{topic}: {kind} differs", {"topic": d.topic, "kind": d.kind}),
                because=tuple(
                    Node(
                        statement=Statement(
                            '{document}, {speaker}: {value} ("{text}")',
                            {
                                "document": s.document,
                                "speaker": s.speaker,
                                "value": s.value,
                                "text": " ".join(s.text.split()),
                            },
                        )
                    )
                    for s in d.says
                ),
            )
            for d in story.disagreements
        ),
    )
