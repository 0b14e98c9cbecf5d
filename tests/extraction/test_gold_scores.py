"""How well the reader reads the documents beside the gold: floors a little below what was measured, so that no change
lowers them unseen. The figures themselves stand in docs/explanation/how-extraction-works.md.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.extraction.scorer import Score, load_gold, score

from servanda.extraction.extractor import Extractor
from servanda.extraction.screening import prefilter_words
from servanda.model.claims import Document

FOLDER = Path(__file__).parent / "gold"
PAGE = Path(__file__).parents[2] / "docs/explanation/how-extraction-works.md"
FLOORS = {"f1": 0.74, "precision": 0.86, "recall": 0.65}
SHARES = {
    "actors": 0.88,
    "target": 0.94,
    "date": 0.86,
    "date~": 0.86,
    "modality": 0.93,
    "speaker": 0.81,
    "polarity": 0.98,
}
# what a search over bytes sees between two words of a name
BETWEEN = r"[\W_]+"


@pytest.fixture(scope="module")
def read():
    texts = {p.name: p.read_text(encoding="utf-8") for p in sorted(FOLDER.glob("*.txt"))}
    return {n: Extractor.default().read(Document(name=n, text=t)) for n, t in texts.items()}


@pytest.fixture(scope="module")
def result(read) -> Score:
    gold = load_gold(FOLDER / "gold.jsonl")
    assert len(gold) == len(read) == 38
    return score(gold, {n: [c.as_dict() for c in r.claims] for n, r in read.items()})


@pytest.mark.parametrize(("figure", "floor"), FLOORS.items())
def test_events_are_found(result, figure, floor):
    assert getattr(result.overall, figure) >= floor, result.table()


@pytest.mark.parametrize(("attribute", "floor"), SHARES.items())
def test_attributes_agree(result, attribute, floor):
    assert result.overall.shares[attribute] >= floor, result.table()


def test_documents_without_claims_are_left_empty(result):
    """All but one: a fact-check of a withdrawal that is none."""
    assert result.without_claims == 7
    assert result.left_empty >= 6


def test_the_page_tells_these_figures(result):
    overall = result.overall
    told = dict(re.findall(r"^\| ([a-z0-9 ,]+?) +\| ([\d.]+) +\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    measured = {
        "precision": overall.precision,
        "recall": overall.recall,
        "f1": overall.f1,
        **{a: overall.shares[a] for a in ("actors", "target", "date", "modality", "speaker", "polarity")},
    }
    assert told == {name: f"{value:.2f}" for name, value in measured.items()}


def test_no_claim_is_in_a_page_that_the_search_for_words_would_pass_over(read):
    names, words = prefilter_words()
    pattern = "|".join(BETWEEN.join(map(re.escape, re.findall(r"\w+", n))) for n in names)
    name = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
    for document, result in read.items():
        if result.claims:
            text = (FOLDER / document).read_text(encoding="utf-8")
            assert name.search(text), document
            assert any(w in text.lower() for w in words), document


def test_nor_in_one_that_the_screen_passes_over(read):
    screen = pytest.importorskip("servanda.intake.prefilter").Screen.of(prefilter_words)
    for document, result in read.items():
        if result.claims:
            assert screen.passes((FOLDER / document).read_bytes()), document


def test_the_gold_is_read_as_the_command_would_print_it(read):
    for result in read.values():
        for claim in result.claims:
            assert json.loads(json.dumps(claim.as_dict()))["text"] == claim.text
