"""Documents read and held against the record, as data and as a tree of reasons."""

from __future__ import annotations

import json

from servanda.corpus import Corpus
from servanda.findings.steps import FINDINGS
from servanda.model.claims import Claim, Document, Read
from servanda.questions.read import read, read_document

CORPUS = Corpus.default()
TEXT = "Moscow left the pact in 2015. Ankara may follow, {braces} and all; it has resumed its part."


class Scripted:
    """A reader that finds what it is told to find."""

    def __init__(self, *reads: Read) -> None:
        self.reads = {r.name: r for r in reads}

    def read(self, document: Document) -> Read:
        return self.reads.get(document.name, Read(name=document.name, dateline=document.dateline))


def claim(words: str, **fields) -> Claim:
    at = TEXT.index(words)
    return Claim(start=at, end=at + len(words), text=words, instrument="cfe", **fields)


CLAIMS = (
    claim("left", event="withdraw", actors=("RUS",), date="2015", precision="year", confidence=0.3),
    claim("may follow", event="withdraw", actors=("TUR",), modality="planned"),
    claim("resumed its part", event="resume", actors=("TUR",), date="2024-05-02", precision="day"),
)


def reads(*names: str):
    documents = [Document(name=n, text=TEXT, dateline="2024-05-03") for n in names]
    return documents, Scripted(
        *(Read(name=n, dateline="2024-05-03", claims=CLAIMS, notes=("cut short",)) for n in names)
    )


def test_one_document_has_the_fields_other_programs_rely_on():
    documents, reader = reads("a.txt")
    entry = read_document(CORPUS, documents[0], reader)
    json.dumps(entry)
    assert {"name", "dateline", "story", "claims"} <= set(entry)
    assert (entry["name"], entry["dateline"], entry["story"], entry["notes"]) == (
        "a.txt",
        "2024-05-03",
        None,
        ["cut short"],
    )
    wanted = "start end text event instrument actors target date precision speaker modality polarity confidence finding acts why"
    for one in entry["claims"]:
        assert set(wanted.split()) <= set(one)
        assert TEXT[one["start"] : one["end"]] == one["text"]
        assert one["finding"] in FINDINGS
    assert [c["finding"] for c in entry["claims"]] == ["contradicted", "unknown", "unknown"]
    first = entry["claims"][0]
    assert first["acts"][0] == "rus-leaves-jcg-2015"
    assert first["deciding"][0] == {
        "instrument": "cfe",
        "act": "rus-leaves-jcg-2015",
        "kind": "cease_participation",
        "date": "2015-03-11",
        "cite": None,
        "basis": "unilateral",
        "confidence": "sourced",
    }
    assert [c["proposal"] for c in entry["claims"]] == [False, False, True]


def test_documents_together_tell_a_story():
    documents, reader = reads("a.txt", "b.txt")
    answer = read(CORPUS, [*documents, Document(name="quiet", text="Nothing.")], reader)
    json.dumps(answer.data)
    assert answer.kind == "read"
    assert [d["name"] for d in answer.data["documents"]] == ["a.txt", "b.txt", "quiet"]
    assert [d["story"] for d in answer.data["documents"]] == ["story-1", "story-1", None]
    assert answer.data["stories"][0]["documents"] == ["a.txt", "b.txt"]
    assert str(answer.node.statement) == "6 claims in 3 documents: 2 contradicted, 4 unknown"
    leaves = [n for n in answer.node.walk() if n.citation]
    assert {str(c) for n in leaves for c in n.citation} == {"CFE XIX.2"}
    told = answer.explain()
    assert "read with little confidence (0.30)" in told
    assert "not in the record: an act to propose" in told
    assert "cut short" in told
    assert answer.not_known


def test_nothing_to_read():
    answer = read(CORPUS, [], Scripted())
    assert answer.data == {"documents": [], "stories": [], "failed": [], "counts": None}
    assert str(answer.node.statement) == "0 claims in 0 documents"
