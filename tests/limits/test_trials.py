"""Which figures a rule is tried on, and when a notified level is taken as kept: small cases, each side of each line."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from servanda.limits.assumptions import BETWEEN, CARRIED
from servanda.limits.estimates import Estimator
from servanda.limits.leave_one_out import Trial, sets_of, trials
from servanda.limits.worlds import Worlds
from servanda.model.records import Record
from servanda.model.vocabulary import Provenance


def figure(value, year, holder="AAA", category="tank", **more):
    settings = {"provenance": Provenance.PUBLISHED, "source": ("s",), "snapshot": str(year), "place": "here", **more}
    return Record(
        id=f"{holder}-{category}-{year}-{value}", as_of=date(year, 1, 1), holder=holder, category=category, value=value,
        **settings,
    )  # fmt: skip


def record_of(*figures):
    instrument = SimpleNamespace(groups=[SimpleNamespace(id="west")])
    dossier = SimpleNamespace(records=figures, instrument=instrument)
    return SimpleNamespace(hosts=lambda name: (dossier,))


def tried(*figures):
    return [(t.record.as_of.year, t.assumption, t.low, t.high) for t in trials(record_of(*figures), "x")]


def test_sets_are_parties_and_the_groups():
    assert sets_of(record_of(), "x") == {"parties", "west"}


def test_a_figure_between_two_others_is_tried_by_both_rules_and_the_ends_by_one_at_most():
    found = tried(figure(100, 2000), figure(110, 2001), figure(120, 2002))
    assert [f[:2] for f in found] == [(2001, CARRIED), (2001, BETWEEN), (2002, CARRIED)]
    carried_to = {f[:2]: f[2:] for f in found}
    # without 2001 the change is 20 per cent in two years; with half as much again, a little over 15 a year
    assert carried_to[2001, CARRIED] == (84, 116)
    # without 2002 it is ten per cent in a year
    assert carried_to[2002, CARRIED] == (93, 127)


def test_one_figure_alone_and_one_that_is_not_exact_are_not_tried():
    assert tried(figure(100, 2000)) == []
    vague = figure(None, 2001, low=90, high=130)
    found = tried(figure(100, 2000), vague, figure(120, 2002))
    assert {f[0] for f in found} <= {2000, 2002}


def test_of_four_figures_the_two_inside_are_tried_between_their_neighbours():
    found = tried(*(figure(100 + 10 * n, 2000 + n) for n in range(4)))
    assert [f[0] for f in found if f[1] == BETWEEN] == [2001, 2002]


def test_a_trial_holds_where_the_figure_lies_in_the_interval_ends_included():
    for value, holds in ((85, True), (84, False)):
        assert Trial(figure(value, 2001), CARRIED, 85, 115).holds is holds
    assert Trial(figure(115, 2001), CARRIED, 85, 115).holds
    assert not Trial(figure(116, 2001), CARRIED, 85, 115).holds


# --- levels kept ---------------------------------------------------------------------------------------


ON = date(2005, 1, 1)


def above(*figures, assessed=False):
    made = Estimator.__new__(Estimator)
    made.on, made._records = ON, list(figures)
    made.room = SimpleNamespace(findings=SimpleNamespace(said_above=lambda state, category: assessed))
    return made._said_above(figure(100, 2003))


@pytest.mark.parametrize(
    ("figures", "is_above"),
    [
        ((), False),
        ((figure(101, 2004),), True),
        ((figure(100, 2004),), False),  # full to the last item is kept
        ((figure(101, 2004, holder="BBB"),), False),
        ((figure(101, 2004, category="gun"),), False),
        ((figure(101, 2004, provenance=Provenance.SYNTHETIC),), False),
        ((figure(101, 2004, provenance=Provenance.PRESS),), True),
        ((figure(101, 2005),), True),  # of the day itself
        ((figure(101, 2006),), False),  # later than the day
        ((figure(101, 2000),), True),  # five years are not too old
        ((figure(101, 1999),), False),
        ((figure(None, 2004, low=101),), True),
        ((figure(None, 2004, low=90, high=300),), False),  # may be above, need not
    ],
)
def test_a_level_is_not_taken_as_kept_where_a_figure_of_its_time_lies_above_it(figures, is_above):
    assert above(*figures) is is_above


def test_an_assessment_is_enough():
    assert above(assessed=True)


# --- worlds --------------------------------------------------------------------------------------------


def test_a_figure_narrows_a_sum_by_what_worlds_that_share_it_can_no_longer_differ():
    one, two = (1, 1, 1, 1, 1), (2, 1, 1, 1, 1)
    both = (3, 1, 1, 1, 1)
    worlds = Worlds([(figure(10, 2000), both)], [one, two, both])  # ten in all, and how many each has is open
    assert worlds.narrowed(1, 0, 10.0) == 10  # the other's figure tells this one's
    assert worlds.narrowed(2, 0, 10.0) == 0  # the total is known already
    assert worlds.narrowed(0, 0, 10.0) == 10
    assert [worlds.end(0, greatest=g)[0] for g in (False, True)] == [0, 10]
