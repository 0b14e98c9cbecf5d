"""What one party's changes come to, and in which order deposits are counted: single cases."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

from tests.standing.worlds import CORPUS, act, bound

from servanda.model.dates import Period
from servanda.model.vocabulary import Standing
from servanda.standing import ledger
from servanda.standing.changes import END, RAISE, Change
from servanda.standing.effects import _by_law, _year_end
from servanda.standing.entry import _by_day
from servanda.standing.readings import objection_ends
from servanda.standing.settle import settle
from servanda.standing.status import _some

DAY = date(2001, 1, 1)


def change(kind, standing, party="POL", day=DAY):
    return Change(party=party, kind=kind, standing=standing, first=day, last=day, statement="made up")


def test_the_end_of_the_instrument_does_not_touch_who_never_took_part():
    over = change(END, Standing.TERMINATED, "*", date(2002, 1, 1))
    assert settle([over]).standing is Standing.NONE
    found = settle([change(RAISE, Standing.SIGNATORY), over])
    assert (found.standing, found.since) == (Standing.TERMINATED, date(2002, 1, 1))


def test_one_that_left_by_itself_has_left_whatever_it_was():
    left = change(END, Standing.WITHDRAWN, day=date(2002, 1, 1))
    assert settle([left]).standing is Standing.WITHDRAWN


def test_deposits_are_counted_by_first_possible_day_then_by_last_then_by_name():
    early, late = date(2000, 1, 1), date(2000, 3, 1)
    one, two = act("deposit", "FRA", "2000-01-01", id="b"), act("deposit", "POL", "2000-01-01", id="a")
    found = sorted([(late, late, one), (early, late, one), (early, late, two), (early, early, one)], key=_by_day)
    assert [(a, b, c.id) for a, b, c in found] == [
        (early, early, "b"), (early, late, "a"), (early, late, "b"), (late, late, "b")
    ]  # fmt: skip


def test_a_clause_that_waits_for_the_end_of_the_year_waits_for_its_last_day():
    assert _year_end(date(2001, 5, 3)) == date(2001, 12, 31)
    assert _year_end(date(2001, 12, 31)) == date(2001, 12, 31)
    assert _year_end(None) is None


def test_an_effect_claimed_before_objections_have_ended_is_irregular_and_one_on_that_day_is_not():
    rule, claim = SimpleNamespace(period=Period(months=3), cite="VCLT 65"), act("suspend", "POL", "2001-01-10")
    ends = objection_ends(date(2001, 1, 10), rule.period)
    for first, irregular in ((ends - timedelta(days=1), True), (ends, False), (ends + timedelta(days=1), False)):
        effect, latest, said = _by_law(claim, first, first, rule)
        assert (effect, latest, bool(said)) == (max(first, ends), max(first, ends), irregular)


def test_a_recognition_counts_from_its_day_and_of_participants_alone():
    other = act("recognise", "FRA", "2001-03-01", id="r1", toward=("UKR",))
    stranger = act("recognise", "FRA", "2001-03-01", id="r2", toward=("SWE",))
    book = ledger(CORPUS.replace([bound(other, stranger)]), "made")
    assert book.recognitions(date(2001, 2, 28)) == ()
    assert [a.id for a in book.recognitions(date(2001, 3, 1))] == ["r1"]


def test_of_many_names_five_are_told_and_the_rest_counted():
    assert _some(tuple("abcdef")) == "a, b, c, d, e, f"
    assert _some(tuple("abcdefg")) == "a, b, c, d, e and 2 more"
