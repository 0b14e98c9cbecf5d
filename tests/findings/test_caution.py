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
    found = hold(CORPUS, Extractor.default().read(document))
    assert not [h.told for h in found if h.finding == "contradicted"]


@pytest.mark.parametrize(
    ("marks", "finding"),
    [
        (("figure",), "imprecise"),
        (("means",), "imprecise"),
        (("reason",), "imprecise"),
        (("ratified", "announced"), "supported"),
        ((), "supported"),
    ],
)
def test_how_it_is_told_limits_what_is_borne_out(marks, finding):
    assert held(RIGHT, evidence=Evidence(marks=marks)).finding == finding


def test_a_contested_act_in_quotation_marks_is_disputed():
    freeze = replace(RIGHT, event="suspend", date="2007")
    assert held(freeze).finding == "supported"
    assert held(freeze, evidence=Evidence(marks=("quoted",))).finding == "disputed"
    assert held(RIGHT, evidence=Evidence(marks=("quoted",))).finding == "supported"  # nobody contests the notice


@pytest.mark.parametrize(
    ("candidates", "finding"),
    [((), "imprecise"), (("2017-11-07", "2023-11-07"), "supported"), (("2017-11-06", "2022-11-07"), "imprecise")],
)
def test_a_day_left_open_is_compared_with_what_it_may_be(candidates, finding):
    left = replace(WRONG, date=None, precision="none")
    assert held(left, evidence=Evidence(undated=("tuesday",), candidates=candidates)).finding == finding


def test_a_date_beside_it_that_agrees_keeps_a_report_from_being_called_wrong():
    assert held(WRONG, evidence=Evidence(dates=("2023-11-07",))).finding == "imprecise"
    assert held(WRONG, evidence=Evidence(dates=("2015-03-11",))).finding == "contradicted"  # that is another step's day


@pytest.mark.parametrize(("form", "finding"), [((), "contradicted"), (("present",), "imprecise")])
def test_what_is_told_in_the_present_tense_without_a_day_is_not_called_wrong(form, finding):
    undated = replace(WRONG, actors=("TUR",), date=None, precision="none", evidence=Evidence(marks=form))
    assert held(undated).finding == finding


@pytest.mark.parametrize(("place", "finding"), [("Paris", "supported"), ("Vienna", "imprecise"), (None, "supported")])
def test_the_place_of_a_signature_is_compared(place, finding):
    signed = replace(WRONG, event="sign", actors=(), date="1990", evidence=Evidence(place=place))
    assert held(signed).finding == finding


# --- how much the record holds ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"event": "suspend", "actors": ("NOR",), "date": "2010"}, True),
        ({"event": "suspend", "actors": ("NOR",), "date": "2025"}, False),
        ({"event": "sign", "actors": ("NOR",), "date": "1991"}, True),
        ({"event": "resume", "actors": ("RUS",), "date": "2010"}, False),
        ({"event": "suspend", "instrument": "new-start", "actors": ("RUS",), "date": "2020"}, True),
        ({"event": "suspend", "instrument": "new-start", "actors": ("USA",), "date": "2020"}, False),
        ({"event": "deposit", "instrument": "open-skies", "actors": ("ESP",), "date": "2001"}, False),
    ],
)
def test_a_thing_is_called_wrong_only_where_the_record_has_all_of_its_kind_by_that_party(fields, wrong):
    found = held(WRONG, **fields)
    assert (found.finding == "contradicted") is wrong, found.told


@pytest.mark.parametrize(
    ("fields", "finding"),
    [
        ({"event": "withdraw", "actors": ("NOR",)}, "supported"),
        ({"event": "object", "actors": ("NOR",)}, "unknown"),
        ({"event": "deposit", "instrument": "open-skies", "actors": ("CZE",)}, "unknown"),
    ],
)
def test_absence_tells_only_where_the_record_has_all(fields, finding):
    assert held(replace(WRONG, date=None, precision="none", polarity="negated"), **fields).finding == finding


def test_absence_of_an_instrument_the_text_does_not_name_tells_nothing():
    never = replace(WRONG, actors=("NOR",), date=None, precision="none", polarity="negated")
    assert held(never, evidence=Evidence(instrument="referred")).finding == "unknown"
