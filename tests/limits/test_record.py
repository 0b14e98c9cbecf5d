"""Verdicts on the real record (law.md 5): golden cases, refusals, and change points against single days."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.corpus import Corpus
from servanda.corpus.store import DATA
from servanda.limits import assess, change_days, changes
from servanda.limits.changes import _face
from servanda.model.errors import DateError, InputError, UnknownName
from servanda.model.question import Question
from servanda.model.vocabulary import RecordStatus
from servanda.questions.assess import pick
from servanda.questions.view import view

CORPUS = Corpus(DATA)
CATEGORIES = {"A": "battle_tank", "B": "acv", "C": "artillery", "D": "combat_aircraft", "E": "attack_helicopter"}


def ask(on, limit=None, scope=None, posture="any", corpus=CORPUS, instrument="cfe", **question):
    asked = Question(
        instrument=instrument, on=date.fromisoformat(on), limits=None if limit is None else (limit,), **question
    )
    found = assess(view(corpus, asked), asked)
    return found if limit is None else pick(found, limit, scope, posture)


def by_letter(on, scope, **question):
    return {x: ask(on, f"CFE IV.1({x})", scope, **question) for x in CATEGORIES}


def test_at_signature_the_east_stood_far_above_its_ceilings():
    found = by_letter("1990-11-19", "east", prospective=True)
    assert {x: v.headroom for x, v in found.items()} == {"A": -13191, "B": -12949, "C": -6953, "D": -1572, "E": 299}
    assert (found["A"].low, found["A"].high, found["A"].bound, found["A"].verdict) == (33191, 33191, 20000, "exceeded")
    assert found["E"].verdict == "within"


def test_and_the_west_above_three_of_them():
    found = by_letter("1990-11-19", "west", prospective=True)
    assert {x: v.headroom for x, v in found.items()} == {"A": -5091, "B": -4453, "C": -620, "D": 861, "E": 264}


def test_before_its_day_a_limit_judges_nobody():
    for on in ("1990-11-19", "1992-11-09", "1995-11-16"):
        v = ask(on, "CFE IV.1(A)", "east")
        assert v.verdict == "not_applicable"
        assert v.applies_from == date(1995, 11, 17)
        assert v.headroom is None


def test_partial_tables_give_the_tightest_bounds_and_what_would_settle_them():
    west, east = ask("1995-11-17", "CFE IV.1(A)", "west"), ask("1995-11-17", "CFE IV.1(A)", "east")
    assert (west.low, west.high, west.verdict) == (10082, 33217, "undetermined")
    assert (east.low, east.high, east.verdict) == (0, 23135, "undetermined")
    assert "PRT, ESP, TUR, GBR" in west.would_settle
    assert "east" in east.would_settle
    assert {"USA", "parties"} <= {r.holder for r in west.records}


def test_figures_of_different_days_are_never_added_up():
    for v in ask("2007-12-12"):
        assert len({r.snapshot for r in v.records}) <= 1
        assert len({r.as_of for r in v.records}) <= 1


def test_the_count_of_2007_by_levels_and_alliance():
    found = by_letter("2007-11-07", "nato", groups="nato", count="levels")
    assert {CATEGORIES[x]: -v.headroom for x, v in found.items()} == {
        "battle_tank": 5992,
        "acv": 9822,
        "artillery": 5111,
        "combat_aircraft": 1512,
        "attack_helicopter": 500,
    }
    for v in found.values():
        assert not v.in_law
        assert "no article" not in (v.test or "")
        assert "groups redrawn" in v.test
        assert len(v.records) >= 14
        assert any(r.confidence == "recalled" for r in v.records)


def test_the_same_question_on_holdings_has_another_answer():
    v = ask("2007-11-07", "CFE IV.1(A)", "nato", groups="nato")
    assert (v.verdict, v.low, v.high, v.in_law) == ("within", 13514, 13514, False)
    assert v.snapshot == "january-2007"
    treaty = ask("2007-11-07", "CFE IV.1(A)", "west", count="levels")
    assert (treaty.low, treaty.high, treaty.in_law) == (19142, 19142, False)


def test_after_the_withdrawal_the_ceiling_stands_for_thirteen():
    v = ask("2023-12-01", "CFE IV.1(A)", "east")
    assert v.bound == 20000
    assert len(v.members) == 13
    assert "RUS" not in v.members


@pytest.mark.parametrize(
    ("on", "flank", "two_three", "two_one"),
    [
        ("1996-05-01", False, False, False),
        ("1996-06-15", True, True, False),
        ("1997-05-15", True, True, False),
        ("1999-05-31", False, False, True),
    ],
)
def test_the_flank_document_through_the_years(on, flank, two_three, two_one):
    found = ask(on)
    assert any(v.deferred and v.limit.id == "CFE V.1(A)(1)" for v in found) == flank
    assert any(v.limit.id == "FLANK II.3#battle_tank" and v.bound == 1897 for v in found) == two_three
    assert any(v.limit.id == "FLANK II.1#battle_tank" and v.bound == 1800 for v in found) == two_one
    deferred = [v for v in found if v.deferred]
    assert all(any("second reading" in c for c in v.caveats) for v in deferred)


def test_what_is_no_ceiling_is_not_judged_by_holdings():
    found = {v.limit.id: v for v in ask("1996-01-01")}
    for name in ("CFE IV.6#battle_tank", "CFE IX.1(B)", "CFE X.7#acv", "CFE V.1(B)(1)"):
        assert found[name].verdict == "no_data"
        assert found[name].caveats
    assert not found["DECL naval#group"].in_law
    assert not found["Tashkent flank#battle_tank"].in_law


def test_the_adaptation_judges_nobody():
    assert {v.verdict for v in ask("2010-01-01", instrument="acfe")} == {"not_applicable"}


def spoiled(change):
    dossier = CORPUS.dossier("cfe")
    return CORPUS.replace([dataclasses.replace(dossier, records=tuple(change(list(dossier.records))))])


def total_east(records):
    return next(i for i, r in enumerate(records) if r.holder == "east" and r.category == "battle_tank")


def test_two_preferred_records_that_contradict_make_it_inconsistent():
    def change(records):
        i = total_east(records)
        return [*records, dataclasses.replace(records[i], id="other", value=records[i].value + 9)]

    v = ask("1990-11-19", "CFE IV.1(A)", "east", corpus=spoiled(change), prospective=True)
    assert v.verdict == "inconsistent"
    assert "other" in {r.id for r in v.conflict}
    assert len(v.conflict) == 2
    assert v.low is None


def test_an_alternative_record_is_shown_with_the_verdict_it_would_give():
    def change(records):
        i = total_east(records)
        lower = dataclasses.replace(records[i], id="lower", value=15000, status=RecordStatus.ALTERNATIVE)
        return [*records, lower]

    def drop_parties(records):
        return [r for r in change(records) if r.holder in ("east", "west")]

    v = ask("1990-11-19", "CFE IV.1(A)", "east", corpus=spoiled(drop_parties), prospective=True)
    assert (v.verdict, v.low) == ("exceeded", 33191)
    (other,) = v.alternatives
    assert (other.record.id, other.verdict, other.low) == ("lower", "within", 15000)


def test_no_record_is_no_data_never_zero():
    v = ask("1995-11-17", "CFE IV.1(A)", "east", corpus=spoiled(lambda records: []))
    assert (v.verdict, v.low, v.high) == ("no_data", None, None)


def test_press_figures_count_only_when_asked_for():
    quiet = ask("2007-11-07", "CFE VII.1#battle_tank", "AZE")
    loud = ask("2007-11-07", "CFE VII.1#battle_tank", "AZE", include=("press",))
    assert quiet.snapshot != loud.snapshot
    assert all(r.provenance == "press" for r in loud.records)


def test_what_was_not_published_yet_is_not_used():
    early = ask("2007-11-07", "CFE IV.1(A)", "east", known_on=date(2007, 11, 7))
    late = ask("2007-11-07", "CFE IV.1(A)", "east")
    assert early.snapshot != late.snapshot  # the yearbook that prints the total of 2000 came later


def test_home_stationed_is_an_assumption_whose_estimate_stands_beside_the_verdict():
    v = ask("1996-01-01", "CFE V.1(A)(1)", "west", posture="active", assume=("home-stationed",))
    free = ask("1996-01-01", "CFE V.1(A)(1)", "west", posture="active")
    assert (v.low, v.high, v.verdict) == (free.low, free.high, free.verdict)
    (e,) = v.estimates
    assert e.assumptions == ("home-stationed",)
    assert e.high < free.high


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: ask("2000-01-01", "CFE IV.9(A)"), UnknownName),
        (lambda: ask("2000-01-01", "CFE IV.1(A)", "north"), UnknownName),
        (lambda: ask("2000-01-01", count="guesses"), UnknownName),
        (lambda: ask("2000-01-01", groups="nata"), UnknownName),
        (lambda: ask("2000-01-01", assume=("nothing-moved",)), UnknownName),
        (lambda: ask("2000-01-01", include=("rumours",)), UnknownName),
        (lambda: Question(instrument="cfe", since=date(2000, 1, 1), until=date(1999, 1, 1)), DateError),
    ],
)
def test_refusals_name_what_may_have_been_meant(call, error):
    with pytest.raises(error) as caught:
        call()
    assert isinstance(caught.value, InputError)
    assert caught.value.remedy


@given(st.dates(min_value=date(1994, 1, 1), max_value=date(2000, 6, 1)))
@settings(max_examples=12)
def test_change_points_give_the_answer_of_every_day(day):
    since = day - timedelta(days=40)
    steps = changes(CORPUS, Question(instrument="cfe", since=since, until=day + timedelta(days=1)))
    held = [verdicts for on, verdicts in steps if on <= day][-1]
    assert tuple(map(_face, held)) == tuple(map(_face, assess(CORPUS, Question(instrument="cfe", on=day))))


def test_the_period_of_the_forty_months_has_its_change_point():
    days = [on for on, _ in changes(CORPUS, Question(instrument="cfe", since=date(1995, 1, 1), until=date(1997, 1, 1)))]
    assert date(1995, 11, 17) in days
    assert date(1996, 5, 31) in days
    assert set(days[1:]) <= set(change_days(CORPUS, "cfe"))
