"""Clauses of entry into force, groups and clocks, duties by kind, and the order of events (law.md 1 to 6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.standing.worlds import CORPUS, STATES, act, ask, bound, dossier, duties

from servanda.corpus import Corpus
from servanda.corpus.store import DATA
from servanda.model.dates import Period, UncertainDate
from servanda.model.errors import UnknownName
from servanda.model.instrument import Among, EntryRule, Group, Membership
from servanda.model.vocabulary import ActKind, ObligationKind
from servanda.standing import applies_from, groups, ledger, participating_states, timeline
from servanda.standing.entry import days_after, entry_into_force
from servanda.standing.readings import needs_reading, objection_ends, position
from servanda.standing.tables import with_recorded_entry

RECORD = Corpus(DATA)
TEN = Period(days=10)


def entry(rule, *acts):
    made = dossier(*acts, entry=rule)
    return entry_into_force(made, CORPUS.actors)


def deposits(*days, by="deposit"):
    return tuple(act(by, state, on) for state, on in zip(("FRA", "POL", "UKR", "DEU"), days, strict=False))


# --- when an instrument enters into force -----------------------------------------------------------------------


def test_the_last_of_the_required_deposits_decides():
    rule = EntryRule(rule="all", required=("FRA", "POL"), period=TEN)
    found = entry(rule, *deposits("2000-02-01", "2000-03-01", "2000-09-01"))
    assert (found.computed, found.day) == (date(2000, 3, 11), date(2000, 3, 11))
    assert [a.actors for a in found.last] == [("POL",)]
    assert found.missing == ()


def test_without_one_of_them_it_is_in_force_for_nobody():
    found = entry(EntryRule(rule="all", required=("FRA", "DEU"), period=TEN), *deposits("2000-02-01", "2000-03-01"))
    assert (found.computed, found.day, found.days) == (None, None, None)
    assert found.missing == ("DEU",)


def test_the_deposit_that_makes_up_the_number_decides():
    rule = EntryRule(rule="count", count=2, period=TEN)
    assert entry(rule, *deposits("2000-02-01")).day is None
    assert entry(rule, *deposits("2000-02-01", "2000-03-01", "2000-09-01")).day == date(2000, 3, 11)
    assert entry(rule, *deposits("2000-09-01", "2000-03-01", "2000-02-01")).day == date(2000, 3, 11)


def test_a_number_with_certain_states_among_it_waits_for_them():
    rule = EntryRule(rule="count", count=2, required=("UKR",), period=TEN)
    assert entry(rule, *deposits("2000-02-01", "2000-03-01")).missing == ("UKR",)
    assert entry(rule, *deposits("2000-02-01", "2000-03-01", "2000-09-01")).day == date(2000, 9, 11)


def test_a_share_of_contributions_is_reached_or_it_is_not():
    rule = EntryRule(rule="count", count=1, share=0.6, shares={"FRA": 0.3, "POL": 0.3, "UKR": 0.4}, period=TEN)
    assert entry(rule, *deposits("2000-02-01")).day is None
    assert entry(rule, *deposits("2000-02-01", "2000-03-01")).day == date(2000, 3, 11)  # exactly the share
    assert entry(replace(rule, share=0.61), *deposits("2000-02-01", "2000-03-01")).day is None


def test_so_many_out_of_a_list():
    rule = EntryRule(rule="count", count=1, including=(Among(of=("POL", "UKR"), at_least=1),), period=TEN)
    assert entry(rule, *deposits("2000-02-01")).day is None
    assert entry(rule, *deposits("2000-02-01", "2000-03-01")).day == date(2000, 3, 11)


def test_signature_alone_and_a_fixed_day():
    signed = entry(EntryRule(rule="signature"), act("sign", "FRA", "2000-05-05"), act("sign", "POL", "2000-06-06"))
    assert signed.day == date(2000, 5, 5)
    fixed = EntryRule(rule="date", date=UncertainDate.parse("2001-01-01"))
    assert entry(fixed).day == date(2001, 1, 1)
    about = entry(EntryRule(rule="date", date=UncertainDate.parse("2001-01")))
    assert (about.day, about.days) == (None, (date(2001, 1, 1), date(2001, 1, 31)))


def test_approval_counts_only_where_the_instrument_asks_for_it():
    by_deposit = EntryRule(rule="count", count=1, period=TEN)
    assert entry(by_deposit, *deposits("2000-02-01", by="approve")).day is None
    assert entry(replace(by_deposit, by="approve"), *deposits("2000-02-01", by="approve")).day == date(2000, 2, 11)
    assert entry(by_deposit, *deposits("2000-02-01", by="accede")).day == date(2000, 2, 11)


def test_consent_to_some_provisions_is_not_consent_to_the_whole():
    rule = EntryRule(rule="count", count=1, period=TEN)
    assert entry(rule, act("deposit", "FRA", "2000-02-01", provisions=("T 1",))).day is None


def test_the_record_has_to_agree_with_the_rule():
    rule = EntryRule(rule="count", count=1, period=TEN, recorded=UncertainDate.parse("2000-02-11"))
    assert entry(rule, *deposits("2000-02-01")).agrees is True
    assert entry(rule, *deposits("2000-02-02")).agrees is False
    assert entry(rule).agrees is None
    assert entry(rule).day == date(2000, 2, 11)  # what the record says, where nothing can be computed


def test_a_month_that_lacks_the_day_leaves_two_days_possible():
    one = Period(months=1)
    assert days_after(one, date(2001, 1, 31), date(2001, 1, 31)) == (date(2001, 2, 28), date(2001, 3, 1))
    assert days_after(one, date(2001, 1, 30), date(2001, 1, 30)) == (date(2001, 2, 28), date(2001, 3, 1))
    assert days_after(one, date(2001, 1, 28), date(2001, 1, 28)) == (date(2001, 2, 28), date(2001, 2, 28))
    assert objection_ends(date(2001, 11, 30), Period(months=3)) == date(2002, 3, 1)  # "not less than" three months
    assert objection_ends(date(2001, 11, 28), Period(months=3)) == date(2002, 2, 28)


@pytest.mark.parametrize(("deposit", "told"), [("2000-02-01", None), ("2001-06-01", "would give 2001-06-11")])
def test_a_list_that_leaves_out_states_gives_way_to_the_recorded_day(deposit, told):
    rule = EntryRule(rule="count", count=1, period=TEN, recorded=UncertainDate.parse("2000-02-11"))
    made, note = with_recorded_entry(dossier(*deposits(deposit), entry=rule), CORPUS.actors)
    assert (told is None and note is None) or (told in note and "the rules record 2000-02-11, which is used" in note)
    assert entry_into_force(made, CORPUS.actors).day == date(2000, 2, 11)


def test_a_table_without_a_rule_or_without_enough_acts_says_what_follows():
    _, note = with_recorded_entry(dossier(*deposits("2000-02-01"), entry=None), CORPUS.actors)
    assert "consent makes nobody a party" in note
    days = dossier(act("enter_into_force", "FRA", "2000-02-01"), entry=None)
    assert "those alone are bound who have a day of their own" in with_recorded_entry(days, CORPUS.actors)[1]
    few = dossier(*deposits("2000-02-01"), entry=EntryRule(rule="count", count=5, period=TEN))
    assert "do not bring it into force" in with_recorded_entry(few, CORPUS.actors)[1]
    fixed = dossier(entry=EntryRule(rule="date", date=UncertainDate.parse("2001-01-01")))
    assert with_recorded_entry(fixed, CORPUS.actors) == (fixed, None)


# --- readings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("basis", "by_reading"), [("treaty", False), ("agreement", False), ("law", True), ("unilateral", True)]
)
def test_which_acts_depend_on_the_reading(basis, by_reading):
    assert needs_reading(act("suspend", "FRA", "2001-01-01", basis=basis)) is by_reading


def test_what_a_state_said_of_anothers_act():
    doers = frozenset({"FRA"})
    assert position("FRA", doers, ("POL",), ("UKR",)) == "own act"
    assert position("POL", doers, ("POL",), ("UKR",)) == "contested"
    assert position("UKR", doers, ("POL",), ("UKR",)) == "accepted"
    assert position("DEU", doers, ("POL",), ("UKR",)) == "not seen"


def test_consent_after_contesting_is_consent():
    """Who both contested and accepted is taken at its acceptance: it acted on the act."""
    assert position("POL", frozenset({"FRA"}), ("POL",), ("POL",)) == "accepted"


# --- groups, and from when a limit judges --------------------------------------------------------------------------


def test_a_group_has_its_members_of_the_day_that_take_part():
    group = Group(
        id="west",
        name="west",
        members=(
            Membership(actor="FRA", since=date(2000, 1, 1)),
            Membership(actor="POL", since=date(2001, 1, 1)),
            Membership(actor="DEU", since=date(2000, 1, 1)),  # never a party to this one
        ),
    )
    world = CORPUS.replace([bound(groups=(group,))])
    assert groups(world, "made", on=date(2000, 12, 31))["west"] == ("FRA",)
    assert groups(world, "made", on=date(2001, 1, 1))["west"] == ("FRA", "POL")


def test_groups_by_an_alliance_are_its_members_that_are_parties():
    world = CORPUS.replace([bound()])
    assert groups(world, "made", on=date(2005, 1, 1), accounting="nato") == {"nato": ("FRA", "POL")}
    assert groups(world, "made", on=date(2005, 1, 1), accounting="NATO") == {"nato": ("FRA", "POL")}
    with pytest.raises(UnknownName, match="nato"):
        groups(world, "made", on=date(2005, 1, 1), accounting="FRA")


def test_before_entry_into_force_those_take_part_who_signed():
    world = CORPUS.replace([bound()])
    assert participating_states(world, "made", on=date(1999, 12, 31)) == ()
    assert set(participating_states(world, "made", on=date(2000, 1, 15))) == set(STATES)
    left = CORPUS.replace([bound(act("withdraw", "POL", "2002-01-01"))])
    assert set(participating_states(left, "made", on=date(2002, 1, 1))) == {"FRA", "UKR"}
    suspended = CORPUS.replace([bound(act("suspend", "UKR", "2001-01-01", basis="agreement"))])
    assert set(participating_states(suspended, "made", on=date(2002, 1, 1))) == set(STATES)


@pytest.mark.parametrize(
    ("instrument", "limit", "day"),
    [
        ("cfe", "CFE IV.1(A)", date(1995, 11, 17)),  # forty months by the clock of 17 July 1992
        ("flank-1996", "FLANK II.3#battle_tank", date(1996, 5, 31)),
        ("flank-1996", "FLANK II.1#battle_tank", date(1999, 5, 31)),
    ],
)
def test_from_when_a_limit_judges(instrument, limit, day):
    made = RECORD.dossier(instrument)
    found = next(x for x in made.limits if x.id == limit)
    assert applies_from(RECORD, made, found) == day


def test_a_limit_of_an_instrument_that_is_not_in_force_judges_from_no_day():
    made = RECORD.dossier("acfe")
    assert made.limits
    assert all(applies_from(RECORD, made, x) is None for x in made.limits)


# --- duties -----------------------------------------------------------------------------------------------------------


def test_an_act_without_kinds_touches_every_kind_of_duty():
    made = bound(act("suspend", "POL", "2001-01-01", basis="law"))
    for kind in ObligationKind:
        found = duties(made, "2001-06-01", kind)
        assert not any(found.row("POL").values())
        assert found.row("FRA") == {"POL": True, "UKR": True}


def test_what_is_kept_voluntarily_is_told_and_owed_no_more():
    stops = act(
        "suspend", "POL", "2001-01-01", basis="law", kinds=(ObligationKind.LIMITS,), voluntary=(ObligationKind.LIMITS,)
    )
    found = duties(bound(stops), "2001-06-01", "limits")
    assert not any(found.row("POL").values())
    assert [p for p, _ in found.voluntary] == ["POL"]
    assert duties(bound(stops), "2000-12-31", "limits").voluntary == ()
    assert duties(bound(stops), "2001-06-01", "exchange").voluntary == ()


def test_each_cell_names_the_act_that_decided_it():
    stops = act("cease_implementation", "FRA", "2001-01-01", basis="law", toward=("UKR",), id="stops")
    found = duties(bound(stops), "2001-06-01")
    assert {pair: a.id for pair, a in found.decided.items()} == {("FRA", "UKR"): "stops"}
    assert [a.id for a in found.acts] == ["stops"]
    assert duties(bound(stops), "2000-12-31").decided == {}


def test_anothers_reading_leaves_the_row_as_it_was():
    stops = act("suspend", "POL", "2001-01-01", basis="unilateral", contested_by=("FRA",))
    assert not any(duties(bound(stops), "2001-06-01").row("POL").values())
    for reading in ("depositary", "FRA", "UKR"):
        assert all(duties(bound(stops), "2001-06-01", reading=reading).row("POL").values())


def test_the_end_on_an_unknown_day_leaves_the_duty_unknown_and_then_owed():
    stops = act("cease_implementation", "FRA", "2001-01-01", basis="law", toward=("UKR",), until="2001-06")
    assert duties(bound(stops), "2001-05-31").row("FRA")["UKR"] is False
    assert duties(bound(stops), "2001-06-15").row("FRA")["UKR"] is None
    assert duties(bound(stops), "2001-06-30").row("FRA")["UKR"] is True


def test_nobody_owes_anything_before_anybody_is_bound():
    found = duties(bound(), "1999-06-01")
    assert found.parties == ()
    assert "nobody is bound on that day" in found.caveats


# --- the order of events -------------------------------------------------------------------------------------------


def test_the_timeline_tells_acts_and_what_followed_from_them():
    made = bound(act("give_notice", "POL", "2001-01-01", id="notice"))
    events = timeline(CORPUS.replace([made]), "made")
    assert [e.sort for e in events] == sorted(e.sort for e in events)
    entered = [e for e in events if e.kind == "effect" and e.sort == date(2000, 2, 11)]
    assert entered
    left = [e for e in events if e.kind == "effect" and e.act is not None and e.act.id == "notice"]
    assert {e.sort for e in left} >= {date(2001, 2, 1)}  # thirty clear days after the notice
    assert all(e.actors == ("POL",) for e in left)


def test_two_deposits_that_are_needed_make_no_accord_between_two():
    """Others signed it as well: one that leaves does not end it for another."""
    made = bound(act("give_notice", "POL", "2001-01-01"))
    assert ask(made, "POL", "2001-06-01").standing == "withdrawn"
    for other in ("FRA", "UKR"):
        assert ask(made, other, "2001-06-01").standing == "in_force"


def test_a_withdrawal_that_was_done_is_not_told_as_to_come():
    made = bound(act("give_notice", "POL", "2001-01-01", id="notice"), act("withdraw", "POL", "2001-02-01"))
    events = timeline(CORPUS.replace([made]), "made")
    ends = [e for e in events if e.sort == date(2001, 2, 1)]
    assert [e.kind for e in ends] == ["withdraw"]


def test_the_timeline_of_one_party_leaves_out_the_others():
    made = bound(
        act("declare", "UKR", "2001-03-01"),
        act("cease_implementation", "FRA", "2001-04-01", basis="law", toward=("POL",)),
        act("agree", "parties", "2001-05-01"),
    )
    told = {(e.kind, e.sort) for e in timeline(CORPUS.replace([made]), "made", party="POL") if e.act}
    assert ("declare", date(2001, 3, 1)) not in told
    assert ("cease_implementation", date(2001, 4, 1)) in told  # done toward it
    assert ("agree", date(2001, 5, 1)) in told


def test_a_contested_act_is_told_with_those_who_contest_it():
    made = bound(act("suspend", "UKR", "2001-01-01", basis="unilateral", contested_by=("FRA",)))
    told = next(e for e in timeline(CORPUS.replace([made]), "made") if e.kind == ActKind.SUSPEND)
    assert told.contested_by == ("FRA",)
    assert ledger(CORPUS.replace([made]), "made").entry.day == date(2000, 2, 11)
    assert ask(made, "UKR", "2001-06-01").contested


# --- effects, and who is meant ---------------------------------------------------------------------------------------


def test_an_effect_of_which_the_end_was_not_seen_is_said_to_be_open():
    unseen = act("suspend", "UKR", "2001-01-10", effective="2001-02-01/..", basis="agreement")
    told = [c for line in ask(bound(unseen), "UKR", "2001-06-01").because for c in line.caveats]
    assert "the day of effect was not seen; not before 2001-02-01" in told
    assert ask(bound(unseen), "UKR", "2001-06-01").standing == "unknown"
    assert ask(bound(unseen), "UKR", "2001-01-31").standing == "in_force"
    seen = act("suspend", "UKR", "2001-01-10", effective="2001-02-01", basis="agreement")
    told = [c for line in ask(bound(seen), "UKR", "2001-06-01").because for c in line.caveats]
    assert not any("was not seen" in c for c in told)


def test_an_act_of_all_is_done_by_the_states_and_makes_nobody_else_a_party():
    made = bound(act("terminate", "parties", "2003-01-01"))
    assert set(ledger(CORPUS.replace([made]), "made").participants) == set(STATES)


@pytest.mark.parametrize("times", [2, 9])
def test_acts_of_an_uncertain_day_may_all_have_happened_or_none(times):
    """However many there are: inside their days nothing is known, after them all have happened."""
    several = [act("suspend", "UKR", "2001-03/2001-04", basis="agreement", id=f"suspends-{i}") for i in range(times)]
    assert ask(bound(*several), "UKR", "2001-03-15").standing == "unknown"
    assert ask(bound(*several), "UKR", "2001-04-30").standing == "suspended"


def test_an_effect_by_some_day_may_lie_on_any_from_the_act_on():
    by_march = act("suspend", "UKR", "2001-01-10", effective="../2001-03-01", basis="agreement")
    assert ask(bound(by_march), "UKR", "2001-01-09").standing == "in_force"
    assert ask(bound(by_march), "UKR", "2001-02-01").standing == "unknown"
    assert ask(bound(by_march), "UKR", "2001-03-01").standing == "suspended"


def test_a_party_beyond_the_last_is_told_how_many_there_are():
    from servanda.model.errors import InputError
    from servanda.standing.bulk import StandingTable

    table = StandingTable(CORPUS.replace([bound()]), ("made",))
    last = len(table.parties) - 1
    with pytest.raises(InputError, match=f"from 0 to {last}"):
        table.ask([0], [last + 1], [11000])
