"""From acts to standings, one rule at a time, on instruments made by hand (law.md 1 to 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.standing.worlds import CORPUS, act, ask, bound, dossier, duties

from servanda.model.actors import Actor
from servanda.model.dates import Period, UncertainDate
from servanda.model.instrument import EntryRule
from servanda.model.vocabulary import ObligationKind, Standing, Succession
from servanda.standing import ledger

NOTICE = act("give_notice", "UKR", "2001-06-09")


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        ("1999-12-31", "none"),
        ("2000-01-01", "signatory"),
        ("2000-02-01", "contracting"),
        ("2000-02-10", "contracting"),
        ("2000-02-11", "in_force"),
    ],
)
def test_toward_being_bound(on, standing):
    assert ask(bound(), "POL", on).standing == standing


def test_a_late_comer_is_bound_so_long_after_its_own_act():
    made = dossier(act("deposit", ["FRA", "POL"], "2000-02-01"), act("accede", "UKR", "2001-01-01"))
    assert ask(made, "UKR", "2001-01-10").standing == "contracting"
    assert ask(made, "UKR", "2001-01-11").standing == "in_force"
    at_once = replace(made.instrument, entry=replace(made.instrument.entry, per_party=False))
    assert ask(replace(made, instrument=at_once), "UKR", "2001-01-01").standing == "in_force"


def test_by_number_of_deposits():
    rule = EntryRule(rule="count", count=2, period=Period(days=90), per_party=True)
    deposits = [act("deposit", s, d) for s, d in (("UKR", "2000-01-30"), ("FRA", "2000-01-01"), ("POL", "2000-01-10"))]
    made = dossier(*deposits, entry=rule)
    assert ledger(CORPUS.replace([made]), "made").entry.computed == date(2000, 4, 9)
    assert ask(made, "FRA", "2000-04-09").standing == "in_force"
    # after the deposit that decides: bound by its own ninety days, not by those of the others
    assert ask(made, "UKR", "2000-04-28").standing == "contracting"
    assert ask(made, "UKR", "2000-04-29").standing == "in_force"


def test_a_signature_after_entry_binds_from_its_own_day():
    rule = EntryRule(rule="date", date=UncertainDate.parse("2000-06-01"))
    made = dossier(act("sign", "FRA", "2000-01-01"), act("sign", "POL", "2001-01-01"), entry=rule)
    assert ask(made, "FRA", "2000-06-01").standing == "in_force"
    assert ask(made, "POL", "2000-12-31").standing == "none"
    assert ask(made, "POL", "2001-01-01").standing == "in_force"


def test_an_entry_known_to_the_month_is_unknown_inside_it():
    rule = EntryRule(rule="signature", recorded=UncertainDate.parse("2000-05"))
    made = dossier(act("sign", ["FRA", "POL"], "2000-05"), entry=rule)
    assert ask(made, "FRA", "2000-04-30").standing == "none"
    assert ask(made, "FRA", "2000-05-15").standing == "unknown"
    assert ask(made, "FRA", "2000-05-31").standing == "in_force"


def test_a_month_without_that_day_is_an_interval_and_no_guess():
    rule = EntryRule(rule="all", required=("FRA",), period=Period(months=3))
    made = dossier(act("deposit", "FRA", "2000-11-30"), entry=rule)
    assert ledger(CORPUS.replace([made]), "made").entry.between == (date(2001, 2, 28), date(2001, 3, 1))
    assert [ask(made, "FRA", d).standing for d in ("2001-02-27", "2001-02-28", "2001-03-01")] == [
        "contracting",
        "unknown",
        "in_force",
    ]


def test_provisional_application_of_some_clauses_changes_no_standing():
    whole = act("provisionally_apply", "FRA", "2000-01-10", until="2000-01-20")
    part = act("provisionally_apply", "POL", "2000-01-10", provisions=("II", "V"))
    made = dossier(act("sign", ["FRA", "POL"], "2000-01-01"), whole, part)
    assert ask(made, "POL", "2000-01-15").standing == "signatory"
    assert ask(made, "FRA", "2000-01-15").standing == "provisional"
    assert ask(made, "FRA", "2000-01-20").standing == "signatory"


def test_words_change_nothing():
    for kind in ("announce", "domestic_approval", "decree", "declare", "order_termination", "authorise_termination"):
        assert ask(bound(act(kind, "UKR", "2001-01-01")), "UKR", "2002-01-01").standing == "in_force"


def test_a_proposal_and_its_rejection():
    made = dossier(
        act("propose", "UKR", "2000-01-01"),
        act("reject", "FRA", "2000-05-01"),
        kind="draft",
        addressees=("FRA", "POL"),
        entry=None,
    )
    found = ask(made, "FRA", "2001-01-01")
    assert found.standing == "proposed"
    assert ask(made, "FRA", "1999-12-31").standing == "none"


SUSPENDS = act(
    "suspend", "UKR", "2001-07-14", effective="2001-12-12", basis="unilateral", contested_by=("NATO",), accepted_by=()
)


@pytest.mark.parametrize(
    ("reading", "standing"),
    [("depositary", "in_force"), ("self", "suspended"), ("UKR", "suspended"), ("FRA", "in_force"), ("law", "in_force")],
)
def test_a_contested_suspension_by_reading(reading, standing):
    found = ask(bound(SUSPENDS), "UKR", "2002-01-01", reading)
    assert (found.standing, found.contested) == (standing, True)
    assert dict(found.readings)["self"] == "suspended"
    assert not ask(bound(SUSPENDS), "UKR", "2001-12-11", reading).contested


def test_an_organisation_speaks_for_its_members_that_are_parties_that_day():
    book = ledger(CORPUS.replace([bound(SUSPENDS)]), "made")
    assert set(book.contested(SUSPENDS)) == {"FRA", "POL"}
    before = act("suspend", "UKR", "2001-07-14", basis="unilateral", contested_by=("NATO",))
    gone = bound(before, act("withdraw", "POL", "2001-01-01"))
    assert set(ledger(CORPUS.replace([gone]), "made").contested(before)) == {"FRA"}


def test_who_accepts_applies_it_and_silence_is_not_consent():
    made = bound(replace(SUSPENDS, accepted_by=("POL",), contested_by=("FRA",)))
    assert ask(made, "UKR", "2002-01-01", "POL").standing == "suspended"
    assert ask(made, "UKR", "2002-01-01", "POL").position == "accepted"
    assert ask(made, "UKR", "2002-01-01", "FRA").position == "contested"
    assert ask(made, "UKR", "2002-01-01", "TUR").position == "not seen"
    assert ask(made, "UKR", "2002-01-01", "TUR").standing == "in_force"


def test_an_act_all_agreed_to_counts_in_every_reading():
    made = bound(replace(SUSPENDS, basis="agreement", contested_by=()))
    for reading in ("depositary", "self", "law", "FRA"):
        assert ask(made, "UKR", "2002-01-01", reading).standing == "suspended"


def test_by_law_a_claim_waits_three_months_for_objections():
    claim = act("suspend", "UKR", "2001-01-10", effective="2001-01-20", basis="law", id="claim")
    assert ask(bound(claim), "UKR", "2001-04-09", "law").standing == "in_force"
    assert ask(bound(claim), "UKR", "2001-04-10", "law").standing == "suspended"
    assert any("irregular" in c for r in ask(bound(claim), "UKR", "2001-05-01", "law").because for c in r.caveats)
    timely = act("object", "POL", "2001-04-10", target_act="claim")
    late = act("object", "POL", "2001-04-11", target_act="claim")
    assert ask(bound(claim, timely), "UKR", "2001-06-01", "law").standing == "in_force"
    assert ask(bound(claim, late), "UKR", "2001-06-01", "law").standing == "suspended"
    assert ask(bound(claim, late), "UKR", "2001-06-01", "POL").position == "contested"


def test_effect_stated_computed_assumed_or_unknown():
    stated = act("suspend", "UKR", "2001-01-10", effective="2001-02-01", basis="unilateral")
    computed = act("suspend", "UKR", "2001-01-10", effective_after=Period(days=10), basis="unilateral")
    assumed = act("suspend", "UKR", "2001-01-10", basis="unilateral")
    unknown = act("suspend", "UKR", "2001-01-10", effective="2001-01-10/..", basis="unilateral")
    assert ask(bound(stated), "UKR", "2001-02-01", "self").since == date(2001, 2, 1)
    assert ask(bound(computed), "UKR", "2001-02-01", "self").since == date(2001, 1, 20)
    found = ask(bound(assumed), "UKR", "2001-02-01", "self")
    assert found.since == date(2001, 1, 10)
    assert any("effective: assumed" in c for r in found.because for c in r.caveats)
    found = ask(bound(unknown), "UKR", "2020-01-01", "self")
    assert found.standing == "unknown"
    assert found.since is None
    assert any("in_force or suspended" in c for c in found.caveats)


def test_notice_then_effect_after_the_period_of_the_clause():
    made = bound(NOTICE)
    assert ask(made, "UKR", "2001-06-08").standing == "in_force"
    assert ask(made, "UKR", "2001-06-09").standing == "notice_given"
    assert ask(made, "UKR", "2001-07-09").is_party
    found = ask(made, "UKR", "2001-07-10")
    assert (found.standing, found.projected, found.is_party) == ("withdrawn", True, False)
    done = bound(NOTICE, act("withdraw", "UKR", "2001-07-10"))
    assert not ask(done, "UKR", "2001-07-10").projected


def test_a_notice_can_be_revoked_until_it_takes_effect_and_not_after():
    early = bound(NOTICE, act("revoke_notice", "UKR", "2001-07-01"))
    assert ask(early, "UKR", "2001-07-02").standing == "in_force"
    found = ask(early, "UKR", "2002-01-01")
    assert found.standing == "in_force"
    assert any("revoked before" in r.statement and not r.applied for r in found.because)
    late = bound(NOTICE, act("revoke_notice", "UKR", "2001-08-01"))
    assert ask(late, "UKR", "2002-01-01").standing == "withdrawn"


def test_without_a_clause_the_general_rule_is_a_fallback_and_says_so():
    found = ask(bound(NOTICE, exit=None), "UKR", "2002-06-09")
    assert found.standing == "withdrawn"
    assert any("VCLT 56(2)" in c and "fallback" in c for r in found.because for c in r.caveats)
    assert ask(bound(NOTICE, exit=None), "UKR", "2002-06-08").standing == "notice_given"


def test_of_two_parties_the_notice_of_one_ends_it_for_both():
    rule = EntryRule(rule="all", required=("FRA", "POL"), period=Period(days=0))
    made = dossier(act("deposit", ["FRA", "POL"], "2000-01-01"), act("give_notice", "POL", "2001-01-01"), entry=rule)
    assert ask(made, "POL", "2001-01-15").standing == "notice_given"
    assert ask(made, "FRA", "2001-01-15").standing == "in_force"
    assert (ask(made, "POL", "2001-03-01").standing, ask(made, "FRA", "2001-03-01").standing) == (
        "withdrawn",
        "terminated",
    )
    accord = replace(made, instrument=replace(made.instrument, kind="agreement"))
    assert {ask(accord, p, "2001-03-01").standing for p in ("FRA", "POL")} == {"terminated"}
    revoked = replace(made, acts=(*made.acts, act("revoke_notice", "POL", "2001-01-10")))
    assert {ask(revoked, p, "2001-03-01").standing for p in ("FRA", "POL")} == {"in_force"}


def test_what_another_does_to_it_is_by_its_own_reading():
    rule = EntryRule(rule="all", required=("FRA", "POL"), period=Period(days=0))
    ends = act("terminate", "POL", "2001-01-01", basis="unilateral", contested_by=("FRA",))
    made = dossier(act("deposit", ["FRA", "POL"], "2000-01-01"), ends, entry=rule)
    assert ask(made, "POL", "2001-03-01", "self").standing == "terminated"
    assert ask(made, "FRA", "2001-03-01", "self").standing == "in_force"
    left = act("give_notice", "POL", "2001-01-01", basis="unilateral")
    made = dossier(act("deposit", ["FRA", "POL"], "2000-01-01"), left, entry=rule)
    assert ask(made, "POL", "2001-03-01", "self").standing == "withdrawn"
    assert ask(made, "FRA", "2001-03-01", "self").standing == "in_force"


def test_a_second_notice_does_not_put_off_the_first():
    made = bound(NOTICE, act("give_notice", "UKR", "2001-06-20"))
    assert ask(made, "UKR", "2001-07-10").standing == "withdrawn"
    assert ask(made, "UKR", "2001-07-09").since == date(2001, 6, 9)


def test_resumption_and_the_end_of_a_stated_time():
    made = bound(replace(SUSPENDS, contested_by=()), act("resume", "UKR", "2002-03-01"))
    assert ask(made, "UKR", "2002-02-28", "self").standing == "suspended"
    assert ask(made, "UKR", "2002-03-01", "self").standing == "in_force"
    ends = bound(replace(SUSPENDS, until=UncertainDate.parse("2002-03-01")))
    assert ask(ends, "UKR", "2002-02-28", "self").standing == "suspended"
    assert ask(ends, "UKR", "2002-03-01", "self").standing == "in_force"


def test_all_parties_may_suspend_together():
    made = bound(act("suspend", "parties", "2001-01-01", basis="agreement"))
    assert {ask(made, p, "2001-01-01").standing for p in ("FRA", "POL", "UKR")} == {"suspended"}


def test_a_targeted_act_and_one_of_listed_clauses_change_no_standing():
    for more in ({"toward": ("POL",)}, {"provisions": ("V",)}):
        made = bound(act("suspend", "UKR", "2001-01-01", basis="law", **more))
        assert ask(made, "UKR", "2001-06-01", "self").standing == "in_force"


def test_a_correction_takes_the_place_of_what_it_corrects_once_known():
    wrong = act("suspend", "UKR", "2001-01-01", basis="treaty", id="wrong")
    right = act("suspend", "UKR", "2001-02-01", basis="treaty", supersedes="wrong", reported="2001-05-01")
    made = bound(wrong, right)
    assert ask(made, "UKR", "2001-01-15").standing == "in_force"
    assert ask(made, "UKR", "2001-01-15", known="2001-04-30").standing == "suspended"


def test_known_later_is_not_known_and_known_at_an_unknown_day_is_unknown():
    secret = act("suspend", "UKR", "2001-01-01", basis="treaty", reported="2001-06-01")
    assert ask(bound(secret), "UKR", "2001-02-01", known="2001-05-31").standing == "in_force"
    assert ask(bound(secret), "UKR", "2001-02-01", known="2001-06-01").standing == "suspended"
    vague = act("suspend", "UKR", "2001-01-01", basis="treaty", reported="2001-06")
    assert ask(bound(vague), "UKR", "2001-02-01", known="2001-06-15").standing == "unknown"


def test_an_effect_after_the_day_of_knowledge_is_projected():
    planned = bound(act("suspend", "UKR", "2001-01-01", effective="2001-03-01", basis="treaty"))
    found = ask(planned, "UKR", "2001-03-01", known="2001-01-15")
    assert (found.standing, found.projected) == ("suspended", True)
    assert not ask(planned, "UKR", "2001-03-01", known="2001-03-01").projected
    entering = ask(bound(), "FRA", "2000-03-01", known="2000-02-05")
    assert (entering.standing, entering.projected) == ("in_force", True)


def test_the_order_of_two_uncertain_days_is_not_guessed():
    made = bound(
        act("suspend", "UKR", "2001-01-01/2001-03-01", basis="treaty"),
        act("resume", "UKR", "2001-02-01", basis="treaty"),
    )
    assert ask(made, "UKR", "2001-06-01").standing == "unknown"


@pytest.mark.parametrize("kind", [Succession.SEPARATION, Succession.CONTINUATION])
def test_a_succession_agreed_passes_the_standing_on(kind):
    step = act(
        "succeed",
        "UKR",
        "2001-01-01",
        basis="agreement",
        predecessor="FRA",
        succession=kind,
        successor_standing=Standing.IN_FORCE,
    )
    made = dossier(act("deposit", ["FRA", "POL"], "2000-01-01"), step)
    assert ask(made, "FRA", "2001-01-01").standing == "succeeded"
    assert ask(made, "UKR", "2000-12-31").standing == "none"
    assert ask(made, "UKR", "2001-01-01").standing == "in_force"


def test_a_contested_succession_is_by_reading():
    step = act(
        "succeed",
        "UKR",
        "2001-01-01",
        basis="unilateral",
        predecessor="FRA",
        succession=Succession.CONTESTED,
        successor_standing=Standing.IN_FORCE,
        contested_by=("POL",),
    )
    made = dossier(act("deposit", ["FRA", "POL"], "2000-01-01"), step)
    found = ask(made, "UKR", "2002-01-01")
    assert (found.standing, found.contested) == ("unknown", True)
    assert any("contested succession" in c for c in found.caveats)
    assert ask(made, "UKR", "2002-01-01", "UKR").standing == "in_force"
    assert ask(made, "FRA", "2002-01-01", "UKR").standing == "succeeded"


def test_other_actors_give_other_answers():
    """A ledger kept for one table of actors is not used for another."""
    from servanda.corpus import Actors

    made = bound(SUSPENDS)
    empty = Actor(code="NATO", name="An alliance without members", kind="organisation")
    other = CORPUS.replace([made], Actors([*(a for a in CORPUS.actors if a.code != "NATO"), empty]))
    assert ledger(CORPUS.replace([made]), "made").contested(SUSPENDS)
    assert not ledger(other, "made").contested(SUSPENDS)


def test_duties_a_release_frees_the_others():
    kinds = (ObligationKind.EXCHANGE,)
    plain = act("suspend", "UKR", "2001-01-01", basis="law", kinds=kinds)
    found = duties(bound(plain), "2001-06-01")
    assert not any(found.row("UKR").values())
    assert all(found.column("UKR").values())
    found = duties(bound(replace(plain, releases=True)), "2001-06-01")
    assert not any(found.column("UKR").values())
    assert found.row("FRA") == {"POL": True, "UKR": False}


def test_duties_of_an_uncertain_day_are_unknown_then_gone():
    made = bound(act("cease_implementation", "FRA", "2001-03/2001-04", basis="law", toward=("UKR",)))
    assert duties(made, "2001-02-28").row("FRA") == {"POL": True, "UKR": True}
    found = duties(made, "2001-03-15")
    assert found.row("FRA") == {"POL": True, "UKR": None}
    assert [(d.obligor, d.obligee) for d in found.doubts] == [("FRA", "UKR")]
    assert duties(made, "2001-04-30").row("FRA") == {"POL": True, "UKR": False}


def test_limits_are_withheld_from_nobody_in_silence():
    silent = act("cease_implementation", "FRA", "2001-01-01", basis="law", toward=("UKR",))
    assert duties(bound(silent), "2001-06-01", "limits").row("FRA")["UKR"] is True
    named = replace(silent, kinds=(ObligationKind.LIMITS,))
    found = duties(bound(named), "2001-06-01", "limits")
    assert found.row("FRA") == {"POL": True, "UKR": False}
    assert any("60(2)(c)" in c for c in found.caveats)


def test_duties_come_back_with_resumption():
    made = bound(
        act("cease_implementation", "FRA", "2001-01-01", basis="law", toward=("UKR",)),
        act("resume", "FRA", "2002-01-01", basis="law", toward=("UKR",)),
    )
    assert duties(made, "2001-12-31").row("FRA")["UKR"] is False
    assert duties(made, "2002-01-01").row("FRA")["UKR"] is True


def test_a_resumption_before_the_effect_does_not_undo_it():
    stops = act("suspend", "UKR", "2001-01-01", effective="2001-12-01", basis="law")
    made = bound(stops, act("resume", "UKR", "2001-06-01", basis="law"))
    assert ask(made, "UKR", "2002-01-01", "self").standing == "suspended"
    assert not any(duties(made, "2002-01-01").row("UKR").values())


def test_an_organisation_acts_through_the_members_of_that_day():
    made = bound(act("cease_implementation", "NATO", "1999-03-11", basis="law", toward=("UKR",)))
    found = duties(made, "2001-06-01")
    assert found.row("FRA")["UKR"] is False
    assert found.row("POL")["UKR"] is True  # it joined a day later


def test_a_draft_without_an_act_of_proposal_is_proposed_to_those_it_names_from_its_day():
    made = dossier(
        kind="draft", adopted=UncertainDate.parse("2001-05-05"), addressees=("FRA", "POL"), entry=None, exit=None
    )
    assert ask(made, "FRA", "2001-05-04").standing == "none"
    assert ask(made, "FRA", "2001-05-05").standing == "proposed"
    assert ask(made, "POL", "2002-01-01").standing == "proposed"


def test_whoever_left_stays_gone_when_the_instrument_ends_later():
    made = bound(act("withdraw", "POL", "2001-05-01"), act("terminate", "parties", "2003-01-01"))
    left = ask(made, "POL", "2004-01-01")
    assert (left.standing, left.since) == ("withdrawn", date(2001, 5, 1))
    assert ask(made, "FRA", "2004-01-01").standing == "terminated"


def test_a_recorded_withdrawal_takes_the_place_of_the_one_projected():
    made = bound(act("give_notice", "POL", "2001-01-01"), act("withdraw", "POL", "2001-03-01"))
    ahead = ask(made, "POL", "2001-02-15")
    assert (ahead.standing, ahead.projected) == ("withdrawn", True)
    done = ask(made, "POL", "2001-03-01")
    assert (done.standing, done.since, done.projected) == ("withdrawn", date(2001, 3, 1), False)
    again = ask(bound(act("withdraw", "POL", "2001-02-01"), act("withdraw", "POL", "2002-02-01")), "POL", "2003-01-01")
    assert again.since == date(2001, 2, 1)
