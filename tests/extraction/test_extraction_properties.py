"""What holds of every reading, whatever the text: spans, words, dates, purity, order, time."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.extraction.told import TODAY, read

from servanda.extraction import extractor as reader
from servanda.extraction.extractor import Extractor
from servanda.extraction.lexicon import INSTRUMENT, Lexicon
from servanda.extraction.text import sentences
from servanda.extraction.triggers import table
from servanda.model.claims import AUTHOR, EVENTS, MODALITIES, OTHER, PRECISIONS, Document
from servanda.model.dates import UncertainDate

FOLDER = Path(__file__).parent / "gold"
DOCUMENTS = {p.name: p.read_text(encoding="utf-8") for p in sorted(FOLDER.glob("*.txt"))}
BODIES = {name: text.split("\n", 1)[1] for name, text in DOCUMENTS.items()}
WORDS = (
    "Russia Finland NATO allies alliance Minsk Putin parliament it they the a of to from in on by with and , . ; : ( ) “ ” - ? "
    "CFE Treaty treaty pact convention Open Skies accords drafts law notice instrument withdrew suspended suspend signed sign "
    "ratified left has not will would was said denied urged threatened that which who if 1990 2007 12 December Tuesday last "
    "year ago later 31 February 22 states eleven gone out force longer no objection declaration both all Duma again"
).split()
CODE = re.compile(r"[A-Z]{2,4}")
PLAIN = "There was tea, and the room was warm."
PHRASES = sorted(" ".join(phrase) for rows in table().values() for phrase, _ in rows)
NAMES = sorted(Lexicon.default().names(INSTRUMENT))

mixed = st.one_of(st.sampled_from(WORDS), st.sampled_from(PHRASES), st.sampled_from(NAMES))
texts = st.one_of(
    st.text(max_size=400),
    st.lists(mixed, max_size=50).map(" ".join),
    st.lists(mixed, max_size=50).map("\n".join),
)
datelines = st.one_of(st.none(), st.dates().map(str), st.text(max_size=12))


def check(text: str, dateline: str | None) -> None:
    result = Extractor.default().read(Document(name="t", text=text, dateline=dateline))
    starts = [(c.start, c.end) for c in result.claims]
    assert starts == sorted(starts)
    for c in result.claims:
        assert 0 <= c.start < c.end <= len(text)
        assert c.text == text[c.start : c.end]
        assert c.event in EVENTS
        assert c.modality in MODALITIES
        assert c.polarity in ("affirmed", "negated")
        assert c.precision in PRECISIONS
        assert (c.date is None) == (c.precision == "none")
        if c.date is not None:
            assert str(UncertainDate.parse(c.date)) == c.date
        assert c.speaker in (AUTHOR, OTHER) or CODE.fullmatch(c.speaker), c.speaker
        assert all(CODE.fullmatch(code) for code in (*c.actors, *c.target))
        assert len(set(c.actors)) == len(c.actors)
        assert c.instrument in (None, "*") or re.fullmatch(r"[a-z0-9-]+", c.instrument)
        assert (c.instrument is None) == bool(c.described)
        assert 0 < c.confidence <= 1
        for n in c.counts:
            assert 0 <= n.start < n.end <= len(text)
            assert n.value > 1


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(texts, datelines)
def test_any_text_can_be_read(text, dateline):
    check(text, dateline)


@pytest.mark.parametrize(
    "text", ["PROPOSAL", "withdrawal", "member", "suspension of", "0 MEMBERS&1936 TREATY", "1 members left the treaty"]
)
def test_a_word_at_the_very_edge_can_be_read(text):
    """A sentence of one word, and a number that counts nobody: no word is looked for before the first."""
    check(text, None)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_can_be_read(name):
    check(DOCUMENTS[name], None)


@settings(max_examples=40)
@given(st.sampled_from(sorted(BODIES)), st.randoms(use_true_random=False), st.sampled_from([" ", "\n", "\n\n"]))
def test_sentences_in_any_order_can_be_read(name, order, between):
    text = BODIES[name]
    parts = [text[s.start : s.end] for s in sentences(text)]
    order.shuffle(parts)
    check(between.join(parts), TODAY)


@settings(max_examples=30)
@given(st.sampled_from(sorted(DOCUMENTS)), st.data())
def test_a_document_cut_anywhere_can_be_read(name, data):
    text = DOCUMENTS[name]
    check(text[data.draw(st.integers(0, len(text))) :], TODAY)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_same_text_is_read_the_same(name):
    first = Extractor.default().read(Document(name=name, text=DOCUMENTS[name]))
    Extractor.default().read(Document(name="other", text="Chad left the NPT on Monday.", dateline="1999-01-01"))
    assert Extractor.default().read(Document(name=name, text=DOCUMENTS[name])) == first


@pytest.mark.parametrize("name", DOCUMENTS)
def test_blank_lines_change_no_claim(name):
    text = DOCUMENTS[name]
    more = re.sub(r"\n\n+", "\n\n\n\n", text)
    before, after = read(text, None), read(more, None)
    assert [_apart(c) for c in after] == [_apart(c) for c in before]
    assert [c.text for c in after] == [c.text for c in before]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_last_sentence_without_names_changes_no_claim(name):
    text = DOCUMENTS[name].rstrip("\n")
    assert read(f"{text}\n\n{PLAIN}\n", None) == read(text, None)


def _apart(claim):
    fields = "event instrument actors target date precision speaker modality polarity confidence".split()
    return [getattr(claim, f) for f in fields]


def seconds(text: str) -> float:
    best = []
    for _ in range(3):
        start = time.perf_counter()
        read(text, TODAY)
        best.append(time.perf_counter() - start)
    return min(best)


def test_time_grows_with_the_text_and_not_faster():
    names = sorted(BODIES)
    random.Random(1).shuffle(names)
    once = "\n\n".join(BODIES[n] for n in names[:8])
    assert seconds("\n\n".join([once] * 8)) < 8 * 4 * max(seconds(once), 0.005)


def test_nor_with_one_sentence_that_does_not_end():
    clause = "Russia left the CFE Treaty and "
    assert seconds(clause * 160) < 8 * 8 * max(seconds(clause * 20), 0.005)


def test_what_is_beyond_the_limit_is_not_read_and_said(monkeypatch):
    assert reader.LIMIT == 2_000_000
    monkeypatch.setattr(reader, "LIMIT", 1000)
    filler = "The tea was warm and the room was quiet. " * 30
    text = f"Russia left the CFE Treaty.\n\n{filler}\n\nChad left the CFE Treaty.\n"
    result = Extractor.default().read(Document(name="long", text=text))
    assert [c.actors for c in result.claims] == [("RUS",)]
    assert result.notes[0] == f"only the first 1,000 of {len(text):,} characters were read"
