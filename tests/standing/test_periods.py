"""Properties of periods, readings and targeted acts over random records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.standing.worlds import CORPUS, STATES, act, bound, dossier

from servanda.model.dates import Period
from servanda.model.instrument import GeneralLaw, GeneralRule, Instrument, Link, Provision
from servanda.model.vocabulary import Basis, LinkKind, ObligationKind, Standing
from servanda.standing import obligations, standing_of
from servanda.standing.readings import objection_ends

DAYS = st.dates(date(2001, 1, 1), date(2004, 12, 31))
LENGTHS = st.integers(1, 700)
KINDS = st.sampled_from([k for k in ObligationKind if k is not ObligationKind.LIMITS])


def world(*made):
    return CORPUS.replace(list(made))


def cell(corpus, on, kind, obligor, obligee, reading="self"):
    return obligations(corpus, "made", on=on, kind=kind, reading=reading).row(obligor)[obligee]


@given(DAYS, LENGTHS, DAYS)
def test_a_suspension_holds_from_its_first_day_up_to_the_day_it_ends(first, length, asked):
    end = first + timedelta(days=length)
    made = bound(act("suspend", "POL", str(first), basis=Basis.UNILATERAL, until=str(end)))
    found = standing_of(world(made), "made", "POL", on=asked, reading="self").standing
    assert (found is Standing.SUSPENDED) == (first <= asked < end)


@given(DAYS, LENGTHS, DAYS, KINDS)
def test_a_withheld_duty_comes_back_on_the_day_the_act_ends(first, length, asked, kind):
    end = first + timedelta(days=length)
    made = bound(
        act("cease_implementation", "POL", str(first), basis=Basis.LAW, toward=("UKR",), kinds=(kind,), until=str(end))
    )
    assert cell(world(made), asked, kind, "POL", "UKR") is (not first <= asked < end)


@given(DAYS, DAYS, KINDS, KINDS)
def test_a_targeted_act_touches_one_row_toward_its_target_in_its_kinds_and_no_standing(first, asked, kind, other):
    made = bound(act("suspend", "POL", str(first), basis=Basis.LAW, toward=("UKR",), kinds=(kind,)))
    corpus = world(made)
    found = obligations(corpus, "made", on=asked, kind=other, reading="self")
    gone = {(p, o) for p in found.parties for o, v in found.row(p).items() if v is not True}
    assert gone == ({("POL", "UKR")} if asked >= first and other is kind else set())
    assert standing_of(corpus, "made", "POL", on=asked, reading="self").standing is Standing.IN_FORCE


@given(DAYS, DAYS, KINDS)
def test_a_targeted_act_that_names_no_kinds_leaves_limits_alone(first, asked, kind):
    corpus = world(bound(act("suspend", "POL", str(first), basis=Basis.LAW, toward=("UKR",))))
    assert cell(corpus, asked, "limits", "POL", "UKR") is True
    assert cell(corpus, asked, kind, "POL", "UKR") is (asked < first)


@given(DAYS, DAYS)
def test_an_act_of_release_frees_the_others_too(first, asked):
    made = bound(
        act("suspend", "POL", str(first), basis=Basis.LAW, toward=("UKR",), kinds=("exchange",), releases=True)
    )
    corpus = world(made)
    assert cell(corpus, asked, "exchange", "UKR", "POL") is (asked < first)
    assert cell(corpus, asked, "exchange", "UKR", "POL", "depositary") is True
    assert cell(corpus, asked, "exchange", "UKR", "FRA") is True
    assert cell(corpus, asked, "exchange", "POL", "UKR") is (asked < first)


@given(DAYS, DAYS, st.sampled_from(["depositary", "self", "law", *STATES]))
def test_a_reading_applies_an_act_by_what_its_state_said(first, asked, reading):
    claim = act("suspend", "POL", str(first), basis=Basis.LAW, contested_by=("FRA",), accepted_by=("UKR",))
    corpus = world(bound(claim))
    found = standing_of(corpus, "made", "POL", on=asked, reading=reading)
    applied = {"depositary": False, "self": True, "law": False, "POL": True, "UKR": True, "FRA": False}[reading]
    assert (found.standing is Standing.SUSPENDED) == (applied and asked >= first)
    assert found.contested == (asked >= first)


@given(DAYS, st.integers(1, 18), DAYS)
def test_the_time_to_object_is_what_the_general_law_says(first, months, asked):
    rule = GeneralRule(period=Period(months=months), cite="L 1")
    law = dossier(id="law", general_law=GeneralLaw(objection=rule, notice=rule))
    made = bound(act("suspend", "POL", str(first), basis=Basis.LAW), exit=None)
    # the overlay holds another general law than the record; the first in the order of ids is taken
    corpus = world(made, replace(law, instrument=replace(law.instrument, id="aaa-law")))
    found = standing_of(corpus, "made", "POL", on=asked, reading="law").standing
    assert (found is Standing.SUSPENDED) == (asked >= objection_ends(first, rule.period))


@given(DAYS, DAYS, st.integers(0, 3))
def test_what_lives_in_another_ends_with_it_on_the_day_and_for_its_party_alone(first, asked, more):
    host = bound(act("withdraw", "POL", str(first)))
    link = Link(relation=LinkKind.LIVES_IN, to="made")
    guest = bound(id="guest", links=(link,))
    corpus = world(host, guest)
    found = {p: standing_of(corpus, "guest", p, on=asked).standing for p in STATES}
    assert (found["POL"] is Standing.WITHDRAWN) == (asked >= first)
    assert found["FRA"] is found["UKR"] is Standing.IN_FORCE


@given(DAYS, LENGTHS, DAYS, KINDS, KINDS)
def test_listed_provisions_bind_in_their_kinds_and_for_their_time_alone(first, length, asked, kind, other):
    end = first + timedelta(days=length)
    made = dossier(
        act("sign", STATES, "2000-01-01"),
        act("provisionally_apply", STATES[:2], str(first), provisions=("II.2",), until=str(end), basis=Basis.AGREEMENT),
    )
    text = (
        Provision(cite="T II.2(A)", kind="principle", gist="made up", duties=(kind,), source=("test",)),
        Provision(cite="T II.20", kind="principle", gist="made up", duties=tuple(ObligationKind), source=("test",)),
    )
    corpus = world(replace(made, provisions=text))
    found = obligations(corpus, "made", on=asked, kind=other)
    owed = first <= asked < end and other is kind
    assert set(found.parties) == (set(STATES[:2]) if owed else set())
    assert all(v is True for p in found.parties for v in found.row(p).values())
    assert standing_of(corpus, "made", "FRA", on=asked).standing is Standing.SIGNATORY


def test_without_a_general_law_a_notice_without_a_clause_has_no_known_effect(monkeypatch):
    from servanda.standing.status import Ledger

    made = bound(act("give_notice", "POL", "2001-01-01"), exit=None)
    book = Ledger(made, CORPUS.actors, None)
    assert book.outcome("POL", date(2001, 6, 1), "depositary")[0].standing is Standing.UNKNOWN
    assert isinstance(made.instrument, Instrument)


@pytest.mark.parametrize(("notice", "ends"), [("2001-11-30", "2002-03-01"), ("2001-11-28", "2002-02-28")])
def test_not_less_than_three_months(notice, ends):
    assert objection_ends(date.fromisoformat(notice), Period(months=3)) == date.fromisoformat(ends)
