"""Existing types: every designation is known, look-alikes told apart, the unknown said to be unknown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.corpus import Corpus
from servanda.corpus.store import DATA
from servanda.model.errors import InputError
from servanda.questions.classify import classify, fold

CORPUS = Corpus(DATA)
TYPES = CORPUS.dossier("cfe").types


def ask(query):
    return classify(CORPUS, query).data


@pytest.mark.parametrize("listed", TYPES, ids=lambda t: f"{t.cite} {t.designation}")
def test_every_designation_is_known(listed):
    matches = ask(listed.designation)["matches"]
    found = [m for m in matches if m["type"] == listed.designation and m["cite"] == listed.cite]
    assert found
    assert found[0]["limited"] == listed.limited


def test_the_list_is_whole():
    assert len(TYPES) == 510
    assert sum(t.limited for t in TYPES) == 259


@pytest.mark.parametrize(
    ("query", "category", "subcategory", "limited"),
    [
        ("T-72", "battle_tank", None, True),
        ("t 72", "battle_tank", None, True),
        ("Т-72", "battle_tank", None, True),  # Cyrillic
        ("BMP-2", "acv", "aifv", True),
        ("BMP-1 KSh", "aifv_look_alike", None, False),
        ("BTR-60 R-145", "apc_look_alike", None, False),
        ("MT-LB", "acv", "apc", True),
        ("Mi-24", "attack_helicopter", "specialised_attack", True),
        ("Alouette II", "unarmed_transport_helicopter", "unarmed_transport", False),
    ],
)
def test_look_alikes_and_transports_are_told_apart(query, category, subcategory, limited):
    found = {(m["category"], m["subcategory"], m["limited"]) for m in ask(query)["matches"]}
    assert (category, subcategory, limited) in found
    assert {m["limited"] for m in ask(query)["matches"]} == {limited}


def test_a_type_in_two_lists_is_shown_in_both():
    cites = {m["cite"] for m in ask("Mi-2")["matches"]}
    assert len(cites) == 2


def test_a_limited_type_tells_of_its_listed_variants():
    data = ask("MT-LB")
    assert data["matches"][0]["limited"]
    assert any("MT-LB" in v for v in data["variants"])


@pytest.mark.parametrize("query", ["T-99", "Panther", "F-117", "Leopard 9"])
def test_the_unknown_is_said_to_be_unknown(query):
    answer = classify(CORPUS, query)
    assert not answer.data["known"]
    assert answer.data["matches"] == []
    assert "not among the 510" in str(answer.node.statement)


def test_near_matches_are_offered_but_are_no_match():
    data = ask("Mi-24K")
    assert data["matches"] == []
    assert data["near"][0]["type"] == "Mi-24"


@pytest.mark.parametrize("query", ["", "   ", "---"])
def test_nothing_is_no_question(query):
    with pytest.raises(InputError):
        classify(CORPUS, query)


def test_an_instrument_without_a_list_is_refused():
    with pytest.raises(InputError, match="lists no existing types"):
        classify(CORPUS, "T-72", "acfe")


@given(
    st.sampled_from(TYPES), st.sampled_from([str.lower, str.upper, lambda s: s.replace("-", " "), lambda s: f" {s} "])
)
def test_spelling_does_not_matter(listed, change):
    assert any(m["type"] == listed.designation for m in ask(change(listed.designation))["matches"])


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(min_size=1, max_size=30))
def test_any_text_gets_an_answer_or_a_refusal(text):
    try:
        data = ask(text)
    except InputError:
        return
    assert data["known"] == bool(data["matches"])
