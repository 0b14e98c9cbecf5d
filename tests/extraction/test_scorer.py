"""The scorer on a perfect reading, on a spoiled one, and on each of its rules alone."""

from __future__ import annotations

import copy
import doctest
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.extraction import scorer
from tests.extraction.scorer import ATTRIBUTES, GoldDocument, claim, load_gold, score

GOLD = load_gold(Path(__file__).parent / "gold" / "gold.jsonl")
CLAIMS = sum(len(d.required) for d in GOLD.values())
STEPS = ("keep", "drop", "event", "instrument", "apart", "modality", "date", "actors", "add")


def one(*claims, body=0):
    return {"d": GoldDocument("d", body, claims)}


def test_the_example_of_the_page():
    assert doctest.testmod(scorer).failed == 0


def test_a_perfect_reading_has_no_fault():
    result = score(GOLD, {name: document.claims for name, document in GOLD.items()})
    assert (result.overall.matched, result.overall.extra, result.overall.missed) == (CLAIMS, 0, 0)
    assert result.overall.f1 == 1.0
    assert set(result.overall.shares.values()) == {1.0}
    assert result.without_claims == result.left_empty > 0
    assert not result.missed
    assert not result.extra


def test_reading_nothing_misses_everything_and_says_nothing_wrong():
    result = score(GOLD, {})
    assert result.overall.recall == 0.0
    assert result.overall.precision is None
    assert result.overall.f1 is None
    assert len(result.missed) == CLAIMS
    assert result.left_empty == result.without_claims


@given(st.data())
def test_a_spoiled_reading_loses_what_was_spoiled(data):
    spoiled, n = {}, dict.fromkeys(STEPS, 0)
    for name, document in GOLD.items():
        steps = data.draw(
            st.lists(st.sampled_from(STEPS), min_size=len(document.claims), max_size=len(document.claims))
        )
        spoiled[name] = []
        for wanted, step in zip(document.claims, steps, strict=True):
            read = copy.deepcopy(dict(wanted))
            if not wanted.get("optional"):
                if wanted["instrument"] == "*" and step == "instrument":
                    step = "keep"
                n[step] += 1
                if step == "drop":
                    continue
                if step == "apart":
                    read["start"], read["end"] = 10**6, 10**6 + 1
                elif step == "actors":
                    read["actors"] = ["ZZZ"]
                elif step == "date":
                    read["date"] = "0001-01-01"
                elif step in ("event", "instrument", "modality"):
                    read[step] = "zz"
                elif step == "add":
                    spoiled[name].append(claim("zz", "zz", document.body_start, document.body_start + 1))
            spoiled[name].append(read)
    got = score(GOLD, spoiled).overall
    lost = n["drop"] + n["event"] + n["instrument"] + n["apart"]
    # A claim spoiled in its instrument alone may still fit an optional neighbour, which then costs nothing.
    assert got.matched == CLAIMS - lost
    assert got.missed == lost
    assert n["event"] + n["apart"] + n["add"] <= got.extra <= lost - n["drop"] + n["add"]
    if got.matched:
        assert got.shares["modality"] == pytest.approx(1 - n["modality"] / got.matched)
        assert got.shares["date"] == pytest.approx(1 - n["date"] / got.matched)
        assert got.shares["actors"] == pytest.approx(1 - n["actors"] / got.matched)
        assert got.shares["speaker"] == got.shares["polarity"] == got.shares["target"] == 1.0


def test_spans_that_touch_do_not_meet():
    gold = one(claim("sign", "cfe", 10, 16))
    assert score(gold, {"d": [claim("sign", "cfe", 16, 20)]}).overall.matched == 0
    assert score(gold, {"d": [claim("sign", "cfe", 15, 20)]}).overall.matched == 1


def test_one_reading_answers_one_claim():
    gold = one(claim("terminate", "ru-ca-1989", 5, 10), claim("terminate", "ru-fr-1994", 5, 10))
    result = score(gold, {"d": [claim("terminate", "ru-fr-1994", 5, 10)]})
    assert (result.overall.matched, result.overall.missed, result.overall.extra) == (1, 1, 0)
    assert result.missed[0][1]["instrument"] == "ru-ca-1989"


def test_the_wildcard_does_not_take_the_reading_of_a_named_claim():
    gold = one(claim("terminate", "*", 0, 9), claim("terminate", "cfe", 0, 9, actors=["RUS"]))
    read = [claim("terminate", "cfe", 0, 9), claim("terminate", "inf", 0, 9, actors=["RUS"])]
    assert score(gold, {"d": read}).overall.matched == 2


def test_more_pairs_come_before_better_pairs():
    gold = one(claim("sign", "cfe", 0, 10, actors=["RUS"]), claim("sign", "cfe", 8, 20, actors=["USA"]))
    read = [claim("sign", "cfe", 9, 10, actors=["RUS"]), claim("sign", "cfe", 0, 3, actors=["FRA"])]
    assert score(gold, {"d": read}).overall.matched == 2


def test_what_stands_in_the_header_is_not_counted():
    gold = one(claim("sign", "cfe", 50, 56), body=40)
    read = [claim("withdraw", "cfe", 5, 40), claim("sign", "cfe", 50, 56)]
    assert score(gold, {"d": read}).overall.extra == 0
    assert score(gold, {"d": [claim("withdraw", "cfe", 5, 41)]}).overall.extra == 1


def test_an_optional_claim_forgives_one_reading_of_its_event_whatever_the_instrument():
    gold = one(claim("suspend", "cfe", 3, 9, optional=True))
    assert score(gold, {"d": []}).overall.missed == 0
    result = score(gold, {"d": [claim("suspend", "inf", 3, 9), claim("suspend", "cfe", 3, 9)]})
    assert (result.forgiven, result.overall.extra) == (1, 1)
    assert score(gold, {"d": [claim("withdraw", "cfe", 3, 9)]}).overall.extra == 1


@pytest.mark.parametrize(
    ("wanted", "read", "exact", "loose"),
    [
        ("2023-11-07", "2023-11", False, True),
        ("2023", "2023-11-07", False, True),
        ("2023-11-07", None, False, False),
        (None, None, True, True),
        (None, "2023", False, False),
    ],
)
def test_dates_agree_exactly_or_as_far_as_they_go(wanted, read, exact, loose):
    result = score(one(claim("sign", "cfe", 0, 4, date=wanted)), {"d": [claim("sign", "cfe", 0, 4, date=read)]})
    shares = result.overall.shares
    assert (shares["date"], shares["date~"]) == (exact, loose)
    assert shares["date+"] == (exact if wanted else None)


def test_an_attribute_that_was_not_read_is_not_judged_where_the_contract_lets_it_be_absent():
    read = {"start": 0, "end": 4, "event": "sign", "instrument": "CFE"}
    shares = score(one(claim("sign", "cfe", 0, 4)), {"folder/d.txt": [read]}).overall.shares
    assert shares["target"] is None
    assert shares["polarity"] is None
    assert shares["modality"] == 0.0


def test_the_table_has_a_row_for_every_event_and_a_column_for_every_attribute():
    result = score(GOLD, {name: document.claims for name, document in GOLD.items()})
    head, *rows = result.table().splitlines()
    assert [row.split()[0] for row in rows] == ["all", *sorted(result.by_event)]
    assert all(attribute[:6] in head for attribute in ATTRIBUTES)
