"""Estimates under named assumptions: beside the proved verdict, never in its place (DESIGN 9)."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.corpus import Corpus
from servanda.corpus.store import DATA
from servanda.limits import assess
from servanda.limits.assess import Assessor
from servanda.limits.assumptions import ASSUMPTIONS, BETWEEN, CARRIED, NAMES
from servanda.limits.carried import Pace, Paces, carried, enclosed, series
from servanda.limits.estimates import Estimator
from servanda.limits.leave_one_out import trials
from servanda.model.errors import InputError, UnknownName
from servanda.model.question import Question
from servanda.model.records import Record
from servanda.questions.assess import pick

CORPUS = Corpus(DATA)
DECIDED = ("within", "exceeded")
CEILINGS = ("CFE IV.1(A)", "CFE IV.1(D)", "CFE IV.1(E)", "CFE IV.2(A)", "CFE IV.4(A)", "CFE VII.1#battle_tank")


def every(on, assume=(), limits=CEILINGS, corpus=CORPUS, **more):
    return assess(corpus, Question(instrument="cfe", on=on, assume=tuple(assume), limits=limits, **more))


@settings(max_examples=12)
@given(
    on=st.dates(date(1993, 1, 1), date(2012, 1, 1)),
    words=st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True),
    limit=st.sampled_from(CEILINGS),
)
def test_no_assumption_ever_changes_a_proved_verdict(on, words, limit):
    plain, assumed = every(on, limits=(limit,)), every(on, words, limits=(limit,))
    assert len(plain) == len(assumed)
    for one, two in zip(plain, assumed, strict=True):
        assert (one.id, one.scope, one.low, one.high, one.verdict) == (
            two.id,
            two.scope,
            two.low,
            two.high,
            two.verdict,
        )
        for e in two.estimates:
            if one.verdict in DECIDED:
                assert e.verdict in (one.verdict, "inconsistent")
            if e.conflict:
                assert e.verdict == "inconsistent"
                continue
            assert one.low is None or e.low >= one.low
            assert one.high is None or e.high <= one.high


def test_each_rung_of_the_ladder_is_no_wider_than_the_one_before():
    v = pick(every(date(2000, 1, 1), (CARRIED, BETWEEN, "levels-kept")), "CFE IV.1(D)", "west")
    assert [e.assumptions for e in v.estimates] == [
        (CARRIED,),
        (CARRIED, BETWEEN),
        (CARRIED, BETWEEN, "levels-kept"),
    ]
    widths = [e.high - e.low for e in v.estimates]
    assert widths == sorted(widths, reverse=True)
    assert (v.verdict, v.estimates[0].verdict) == ("undetermined", "within")


def test_a_carried_figure_grows_with_age_and_ends_after_five_years():
    figures = series(CORPUS.dossier("cfe").records)
    paces = Paces(figures, {"west", "east", "parties"})
    own = figures["USA", "battle_tank", "attu", "any", "any"]
    widths = []
    for years in (0, 1, 3, 5):
        found = carried(own, paces, own[-1].as_of + timedelta(days=round(365.25 * years)))
        widths.append(found.high - found.low)
    assert widths[0] == 0
    assert widths == sorted(set(widths))
    assert carried(own, paces, own[-1].as_of + timedelta(days=1836)) is None


def test_the_pace_is_the_largest_change_of_its_own_kind():
    def figure(holder, day, value, category="tank"):
        return Record(
            id=f"{holder}{day}", snapshot="s", as_of=date.fromisoformat(day), holder=holder, category=category,
            place="here", source=("x",), value=value,
        )  # fmt: skip

    rows = [figure("A", "2000-01-01", 100), figure("A", "2001-01-01", 80), figure("B", "2000-01-01", 0),
            figure("B", "2002-01-01", 8), figure("all", "2000-01-01", 500), figure("all", "2001-01-01", 490)]  # fmt: skip
    paces = Paces(series(rows), {"all"})
    assert paces.of("tank", False).share == pytest.approx(0.2, rel=0.01)
    assert paces.of("tank", False).from_zero == pytest.approx(4, rel=0.01)
    assert paces.of("tank", True).share == pytest.approx(0.02, rel=0.01)
    assert paces.of("plane", True) == paces.of("tank", True)  # of its kind, though not of its category
    assert Paces({}, ()).of("tank", False) is None


@given(
    low=st.integers(0, 10_000),
    more=st.integers(0, 1_000),
    share=st.floats(0, 3),
    years=st.floats(0, 10),
)
def test_widening_holds_the_interval_and_never_goes_below_zero(low, more, share, years):
    least, most = Pace(share).widened(low, low + more, years)
    assert 0 <= least <= low
    assert most >= low + more


def test_between_needs_both_sides_near_enough():
    pace = Pace(0.1)
    one, two = (50, 60, date(2000, 1, 1)), (20, 30, date(2004, 1, 1))
    low, high = enclosed(one, two, pace, date(2001, 1, 1))
    assert low < 20
    assert high > 60
    assert enclosed(one, two, pace, date(2000, 1, 1)) == (20, 60)
    assert enclosed(one, (20, 30, date(2011, 1, 1)), pace, date(2000, 6, 1)) is None


@pytest.mark.parametrize(("instrument", "least"), [("cfe", 0.9), ("new-start", 0.9)])
def test_hidden_and_estimated_again_at_least_nine_figures_in_ten_lie_in_the_interval(instrument, least):
    found = list(trials(CORPUS, instrument))
    for name in (CARRIED, BETWEEN):
        some = [t for t in found if t.assumption == name]
        assert len(some) >= 10
        assert sum(t.holds for t in some) / len(some) >= least


def test_an_assumption_that_contradicts_the_record_is_a_finding():
    own = CORPUS.dossier("cfe")
    (said,) = [a for a in own.assessments if a.id == "osia-1995"]
    lie = dataclasses.replace(said, id="lie", since=date(2008, 1, 1), until=None, result="exceeded")
    corpus = CORPUS.replace([dataclasses.replace(own, assessments=(lie,))])
    v = pick(every(date(2008, 1, 1), ("assessed:lie",), corpus=corpus), "CFE IV.1(A)", "west")
    assert v.verdict == "within"
    (e,) = v.estimates
    assert e.verdict == "inconsistent"
    assert {r.id.split(":")[0] for r in e.conflict} == {"assessed", "published"}


def test_taking_the_agency_of_1995_as_true_keeps_the_ceiling_and_leaves_the_verdict():
    v = pick(every(date(1995, 11, 17), ("assessed",)), "CFE IV.1(A)", "east")
    assert v.verdict == "undetermined"
    assert [(e.low, e.high, e.verdict) for e in v.estimates] == [
        (33217 - 20000, 20000, "within")
    ]  # said of both groups
    far = pick(every(date(1996, 2, 1), ("assessed",)), "CFE IV.1(A)", "east")
    assert far.estimates[0].verdict == "undetermined"


def test_levels_kept_does_not_answer_what_it_assumes():
    found = every(date(2003, 1, 1), ("levels-kept",))
    own = pick(found, "CFE VII.1#battle_tank", "FRA")
    assert own.estimates[0].verdict == own.verdict == "undetermined"
    assert any("restates the level" in c for c in own.estimates[0].caveats)
    west = pick(found, "CFE IV.1(A)", "west")
    assert (west.verdict, west.estimates[0].verdict, west.estimates[0].high) == ("undetermined", "within", 19142)
    assert any("recalled" in c for c in west.estimates[0].caveats)


def test_levels_kept_gives_way_to_a_source_that_says_otherwise():
    def kept(on):
        room = Assessor(CORPUS, Question(instrument="cfe", on=on), on)
        return {r.id for r, _ in Estimator(room, ("levels-kept",))._levels()}

    level = "levels-kept:AZE:battle_tank:attu:1992-05-15"
    assert level in kept(date(2003, 1, 1))
    assert level not in kept(date(2006, 12, 1))  # a newspaper had 500 tanks there in September 2006
    assert level not in kept(date(2019, 6, 1))  # the United States had totals above the limits, no category named
    assert "levels-kept:ARM:battle_tank:attu:1992-05-15" in kept(date(2019, 6, 1))  # only its fighting vehicles were


@pytest.mark.parametrize(
    ("words", "more", "error"),
    [
        (("carried",), {}, UnknownName),
        (("between:x",), {}, UnknownName),
        (("assessed:nobody",), {}, UnknownName),
        ((CARRIED,), {"count": "levels"}, InputError),
    ],
)
def test_what_is_no_assumption_is_refused(words, more, error):
    with pytest.raises(error):
        every(date(2000, 1, 1), words, **more)


def test_every_assumption_says_what_it_is_what_it_rests_on_and_what_speaks_against_it():
    for a in ASSUMPTIONS:
        assert all(len(x) > 20 for x in (a.definition, a.basis, a.caveat)), a.name
