"""What one party's changes come to, and in which order deposits are counted: single cases."""

from __future__ import annotations

from datetime import date

from tests.standing.worlds import act

from servanda.model.vocabulary import Standing
from servanda.standing.changes import END, RAISE, Change
from servanda.standing.entry import _by_day
from servanda.standing.settle import settle

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
