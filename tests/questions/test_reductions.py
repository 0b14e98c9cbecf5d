"""What was to be reduced: stated figures, bounds from holdings and levels, the excess of a group."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.charts.specs import LIMITS

import servanda as sv
from servanda.model.results import Verdict
from servanda.model.vocabulary import ANY, VerdictKind
from servanda.questions.integrity import check
from servanda.questions.reductions import Liability, _computed

CFE = sv.load("cfe")
FOUND = {(x.holder, x.category): x for x in CFE.reductions().value}


@pytest.mark.parametrize(
    ("category", "liability", "excess"),
    [("battle_tank", 5949, 5091), ("acv", 4631, 4453), ("artillery", 2334, 620)],
)
def test_a_group_s_liability_is_more_than_its_excess(category, liability, excess):
    west = FOUND["west", category]
    assert west.stated.value == liability
    assert west.excess == (excess, excess)


def test_the_western_liability_is_the_holdings_less_the_sum_of_the_levels():
    """Two roads to one figure: the printed table, and the record's holdings and levels."""
    levels = CFE.assess(on="1990-11-19", count="levels", prospective=True)["CFE IV.1(A)", "west"].value
    held = CFE.assess(on="1990-11-19", prospective=True)["CFE IV.1(A)", "west"].value
    assert held.low - levels.low == FOUND["west", "battle_tank"].stated.value


def test_every_liability_of_the_east_is_its_excess():
    for category in ("battle_tank", "acv", "artillery", "combat_aircraft", "attack_helicopter"):
        east = FOUND["east", category]
        assert east.excess == (east.stated.value, east.stated.value)


def test_a_stated_liability_is_not_below_the_least_that_follows():
    both = [x for x in FOUND.values() if x.stated and x.low and not x.recalled]
    assert both
    for x in both:
        assert x.stated.bounds[1] >= x.low


def test_what_is_left_is_not_more_than_a_stated_liability():
    for x in FOUND.values():
        top = x.stated.bounds[1] if x.stated else None
        for r in x.progress:
            if top is not None and r.figure == "remaining":
                assert r.value <= top


def test_bounds_on_recalled_levels_say_so():
    assert FOUND["DEU", "battle_tank"].recalled
    assert not FOUND["USA", "battle_tank"].recalled
    answer = CFE.reductions(party="DEU")
    assert any("recalled" in c for c in answer.node.caveats)


def test_pledges_stand_beside_the_treaty_s_own_liability():
    data = CFE.reductions(party="RUS").data
    assert {(p["holder"], p["category"], p["value"]) for p in data["pledges"] if p["figure"] == "liability"} >= {
        ("RUS", "battle_tank", 6000)
    }
    assert all(x["stated"] is None for x in data["liabilities"] if x["category"] == "battle_tank")


def _verdict(low, high, bound):
    kind = VerdictKind.NO_DATA if low is None else VerdictKind.UNDETERMINED
    return Verdict(limit=LIMITS["whole"], scope="POL", posture=ANY, bound=bound, low=low, high=high, verdict=kind)


BOUNDS = st.none() | st.integers(0, 300).flatmap(lambda n: st.tuples(st.just(n), st.none() | st.integers(n, 400)))


@given(BOUNDS, BOUNDS, st.integers(0, 200))
def test_a_liability_is_bounded_by_every_pair_of_holdings_that_fits(first, second, level):
    one = None if first is None else _verdict(*first, level)
    two = _verdict(*(second or (None, None)), level)
    got = _computed(Liability(holder="POL", category="tank"), one, two)
    lows = [b[0] for b in (first, second) if b]
    assert (got.low is None) == (not lows)
    if got.low is not None:
        assert got.low == max(0, max(lows) - level)
        assert got.high is None or got.low <= got.high
    if None in (first, second) or None in (first[1], second[1]):
        assert got.high is None
    else:
        for a in (first[0], first[1]):
            for b in (second[0], second[1]):
                assert got.low <= max(0, max(a, b) - level) <= got.high


def test_names_that_are_not_there_are_refused():
    with pytest.raises(sv.UnknownName, match="submarine"):
        CFE.reductions(category="submarine")
    with pytest.raises(sv.UnknownName, match="Mars"):
        CFE.reductions(party="Mars")
    with pytest.raises(sv.InputError, match="no reductions in the record; those that do: cfe"):
        sv.load("abm").reductions()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"category": "submarine"}, "unknown category 'submarine'"),
        ({"holder": "XXX"}, "unknown party 'XXX'"),
        ({"value": "-3"}, "negative count -3"),
        ({"value": ""}, "has no number"),
        ({"figure": "remaining", "as_of": ""}, "does not say of which day"),
        ({"value": "", "low": "9", "high": "3"}, "lower value 9 is above the upper 3"),
        ({"figure": "hope"}, "is not one of the words allowed"),
        ({"source": "nowhere"}, "unknown source 'nowhere'"),
    ],
)
def test_a_damaged_row_is_told_with_its_line(data, change, words):
    path = data / "cfe" / "reductions.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    start = next(i for i, x in enumerate(lines) if not x.startswith("#"))
    rows = list(csv.DictReader(lines[start:]))
    rows[0] |= change
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    faults = check(sv.Corpus(data), ["cfe"]).value[0].faults
    assert any(words in f.message and f.file == "cfe/reductions.csv" and f.line == 2 for f in faults), faults
