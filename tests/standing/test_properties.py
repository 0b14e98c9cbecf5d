"""What holds of standings whatever the acts (law.md 1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.standing.worlds import CORPUS, DAYS, STATES, act, ask, bound, duties, everybody, random_acts

from servanda.standing import ledger, obligations, standings

READINGS = st.sampled_from(("depositary", "self", "law", *STATES))
ONE_DAY = timedelta(days=1)


@settings(max_examples=40)
@given(random_acts(), READINGS)
def test_standings_change_on_days_of_acts_and_effects_alone(acts, reading):
    made = bound(*acts)
    book = ledger(CORPUS.replace([made]), "made")
    edges = {
        day
        for dating in ("depositary", "law")
        for party in book.participants
        for change in book.changes(party, dating)
        for day in (change.first, change.last)
        if day
    }
    days = sorted({d for e in edges for d in (e - ONE_DAY, e, e + ONE_DAY)} | {date(1995, 1, 1), date(2030, 1, 1)})
    for before, after in pairwise(days):
        if not any(before < e <= after for e in edges):
            assert everybody(made, before, reading) == everybody(made, after, reading)


@given(random_acts(), random_acts(), DAYS, READINGS)
def test_the_acts_of_another_instrument_are_none_of_its_business(acts, others, day, reading):
    made = bound(*acts)
    other = bound(*others)
    other = replace(other, instrument=replace(other.instrument, id="other"))
    alone = standings(CORPUS.replace([made]), "made", on=day, reading=reading)
    beside = standings(CORPUS.replace([made, other]), "made", on=day, reading=reading)
    assert alone == beside


@given(random_acts(), random_acts(), DAYS, DAYS, READINGS)
def test_what_becomes_known_later_never_matters(acts, more, day, known, reading):
    late = tuple(
        replace(a, id=f"late-{i}", reported=type(a.date).parse(known + timedelta(days=1 + i)))
        for i, a in enumerate(more)
    )
    now = everybody(bound(*acts), day, reading, known)
    then = everybody(bound(*acts, *late), day, reading, known)
    for party, answer in now.items():
        assert then[party] == answer


@given(random_acts(), DAYS)
def test_self_is_every_states_own_reading(acts, day):
    made = bound(*acts)
    own = everybody(made, day, "self")
    for party in own:
        mine = everybody(made, day, party)
        assert mine[party][:2] == own[party][:2]


@given(random_acts(), st.randoms(use_true_random=False), DAYS, READINGS)
def test_the_order_of_the_file_does_not_matter(acts, random, day, reading):
    made = bound(*acts)
    mixed = list(made.acts)
    random.shuffle(mixed)
    other = replace(made, acts=tuple(mixed))
    assert everybody(made, day, reading) == everybody(other, day, reading)
    for kind in ("exchange", "limits"):
        cells = []
        for one in (made, other):
            found = obligations(CORPUS.replace([one]), "made", on=day, kind=kind, reading=reading)
            cells.append({(p, q): v for p in found.parties for q, v in found.row(p).items()})
        assert cells[0] == cells[1]


@given(random_acts(), DAYS, READINGS)
def test_acts_of_the_treaty_and_of_all_count_in_every_reading(acts, day, reading):
    plain = tuple(replace(a, basis="treaty") for a in acts)
    made = bound(*plain)
    terms = everybody(made, day)
    assert everybody(made, day, reading) == terms
    assert not any(answer[2] for answer in terms.values())


@given(random_acts(), DAYS)
def test_duties_run_between_parties_and_never_to_oneself(acts, day):
    made = bound(*acts)
    found = obligations(CORPUS.replace([made]), "made", on=day, kind="exchange", reading="self")
    own = everybody(made, day)
    assert set(found.parties) == {
        p for p, a in own.items() if a[0] in ("provisional", "in_force", "notice_given", "suspended")
    }
    assert all(row[i] is False for i, row in enumerate(found.owes))
    assert {(d.obligor, d.obligee) for d in found.doubts} == {
        (p, q) for p in found.parties for q, v in found.row(p).items() if v is None
    }


MOVING = ("provisionally_apply", "suspend", "resume", "give_notice", "revoke_notice", "withdraw", "terminate", "accede")


@pytest.mark.parametrize("pair", list(combinations(MOVING, 2)), ids="-".join)
def test_two_acts_of_one_day_settle_the_same_in_either_order(pair):
    done = [act(kind, "UKR", "2001-06-01") for kind in pair]
    for on in ("2001-06-01", "2001-07-02", "2005-01-01"):
        assert ask(bound(*done), "UKR", on) == ask(bound(*reversed(done)), "UKR", on)


@pytest.mark.parametrize("first", ["2001-06-01", "2001-05-01", "2001-07-01"])
def test_a_duty_ends_as_the_days_have_it_and_not_the_file(first):
    done = [
        act("cease_implementation", "FRA", first, basis="law", toward=("UKR",)),
        act("resume", "FRA", "2001-06-01", basis="law", toward=("UKR",)),
    ]
    there, back = duties(bound(*done), "2002-01-01"), duties(bound(*reversed(done)), "2002-01-01")
    assert there.owes == back.owes
    assert there.row("FRA")["UKR"] is (first == "2001-05-01")
