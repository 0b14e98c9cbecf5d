"""A report is called wrong, or borne out, only where nothing else can be meant."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from servanda.corpus import Corpus
from servanda.extraction.extractor import Extractor
from servanda.findings.hold import Held, hold
from servanda.model.claims import Claim, Document, Evidence, Read

CORPUS = Corpus.default()
WRONG = Claim(
    start=0, end=4, text="left", event="withdraw", instrument="cfe", actors=("RUS",), date="2015", precision="year"
)
RIGHT = replace(WRONG, event="give_notice", date=None, precision="none", text="gave notice")


def held(claim: Claim, **fields: Any) -> Held:
    return hold(CORPUS, Read(name="a", dateline="2024-01-01", claims=(replace(claim, **fields),)))[0]


def test_a_sure_claim_is_contradicted():
    assert held(WRONG).finding == "contradicted"


@pytest.mark.parametrize(
    "fields",
    [
        {"evidence": Evidence(instrument="referred")},
        {"evidence": Evidence(actors="referred")},
        {"evidence": Evidence(rivals=("law",))},
        {"actors": ()},
        {"modality": "planned"},
        {"modality": "denied", "date": None},
    ],
)
def test_an_unsure_one_is_not(fields):
    found = held(WRONG, **fields)
    assert found.finding in ("imprecise", "unknown", "supported")


def test_why_it_is_not_is_said():
    told = held(WRONG, evidence=Evidence(rivals=("law",), actors="referred")).told
    assert "not contradicted" in told
    assert "law" in told
    assert "who did it" in told


def test_an_approval_at_home_is_never_refuted_by_a_record_that_does_not_count_them():
    assert (
        held(WRONG, event="domestic_approval", instrument="open-skies", actors=("ESP",), date=None).finding
        != "contradicted"
    )


@pytest.mark.parametrize(
    ("day", "finding"), [("2023-05-29", "imprecise"), ("2023-06-09", "supported"), ("2023-06", "supported")]
)
def test_a_date_beside_an_act_is_compared(day, finding):
    assert held(RIGHT, evidence=Evidence(dates=(day,))).finding == finding
    assert held(RIGHT).finding == "supported"


def test_acts_of_several_instruments_and_days_support_nothing():
    assert held(RIGHT, event="domestic_approval", instrument="*").finding not in ("supported", "contradicted")


def test_an_instrument_only_described_is_unknown():
    found = held(WRONG, instrument=None, described="agreement with Sweden")
    assert found.finding == "unknown"
    assert "agreement with Sweden" in found.why


def test_each_finding_carries_what_it_compared():
    compared = held(WRONG).compared
    assert compared["instrument"] == "cfe"
    assert compared["date"] == "2015"
    assert [r["act"] for r in compared["record"]] == list(held(WRONG).acts)


@pytest.mark.parametrize(
    "text",
    [
        "The president signed a law denouncing the CFE Treaty that came into force on 9 June.",
        "The Open Skies Treaty has been ratified by Spain but by no Baltic state.",
        "The state's failure to ratify the enlargement of NATO was cited.",
        "The promise to get on with ratifying the amended agreement was not kept.",
        "There is no chance of reviving the treaty, the minister said.",
        "The prime minister signed a decree ordering the end of accords with eleven states.",
        "Ministers signed an order denouncing an agreement with Sweden on visits.",
        "The treaty was signed in the capital of the Czech Republic, Prague, and suspended by Russia in 2023.",
    ],
)
@pytest.mark.parametrize(
    "before", ["", "Talks on the CFE Treaty and on Open Skies went on in Vienna. Nothing came of them.\n\n"]
)
def test_no_report_is_called_wrong_for_how_it_is_put(before, text):
    document = Document(name="a", text=before + text, dateline="2026-01-10")
    found = hold(CORPUS, Extractor.default().read(document), document.text)
    assert not [h.told for h in found if h.finding == "contradicted"]
