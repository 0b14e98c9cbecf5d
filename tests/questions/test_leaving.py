"""Why a party left, and what an instrument is tied to."""

from __future__ import annotations

import pytest

import servanda as sv
from servanda.model.errors import UnknownName


def test_the_grounds_russia_stated_and_where():
    data = sv.load("cfe").withdrawal(party="RUS").data
    notice = [g for g in data["grounds"] if g["act"] == "rus-notice-2023"]
    ministry = [g for g in data["grounds"] if g["act"] == "rus-declare-2023-11-07"]
    assert (len(notice), len(ministry)) == (7, 5)
    assert data["clause"]["cite"] == "CFE XIX.2"
    assert all(g["by"] == ["RUS"] and g["source"] and g["stated_in"] and g["reported_by"] for g in data["grounds"])


@pytest.mark.parametrize(
    ("instrument", "party", "words"),
    [
        ("cfe", "USA", "no withdrawal from the CFE Treaty by United States is recorded"),
        ("open-skies", "USA", "no ground of the withdrawal of United States"),
        ("new-start", None, "no withdrawal from New START by anybody is recorded"),
        ("est-2009", None, "is recorded, and no ground of one"),
    ],
)
def test_no_ground_recorded_is_an_answer(instrument, party, words):
    found = sv.load(instrument).withdrawal(party=party)
    assert found.data["grounds"] == [] and words in str(found.node.statement)


def test_an_unknown_party_is_refused():
    with pytest.raises(UnknownName):
        sv.load("cfe").withdrawal(party="Ruritania")


def test_the_preamble_of_the_draft_of_2009_names_five_texts():
    found = sv.load("est-2009").links().data["links"]
    assert [x["year"] for x in found if x["relation"] == "refers_to"] == [1945, 1970, 1975, 1982, 1999]


def test_what_lives_in_the_treaty():
    found = sv.load("cfe").links().data["links"]
    living = {x["from"] for x in found if x["relation"] == "lives_in"}
    assert living == {"budapest-1990", "cfe-1a", "flank-1996", "oslo-1992", "tashkent-1992"}
    assert [x["from"] for x in found if x["relation"] == "adapts"] == ["acfe"]


@pytest.mark.parametrize(
    ("instrument", "act", "concerns"),
    [
        ("cfe", "rus-domestic-approval-2023-05-29", "rus-notice-2023"),
        ("cfe", "rus-leaves-jcg-2015", "rus-announce-2015-03-10"),
        ("cfe", "rus-domestic-approval-2007-11-29", "rus-suspends-2007"),
        ("open-skies", "open-skies-09", "open-skies-10"),
        ("inf", "inf-10", "inf-08"),
    ],
)
def test_a_law_says_what_it_is_about(instrument, act, concerns):
    events = sv.load(instrument).timeline().data["events"]
    assert next(e for e in events if e["act"] == act)["concerns"] == [concerns]
