"""Groups on a day, and the first day a limit judges: one small case for each way a clause can say it."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from servanda.corpus import Corpus
from servanda.corpus.store import DATA
from servanda.model.errors import UnknownName
from servanda.model.limits import Applies
from servanda.standing import applies_from, groups, standing_of

CORPUS = Corpus(DATA)
CFE, FLANK = CORPUS.dossier("cfe"), CORPUS.dossier("flank-1996")


def first_day(dossier=CFE, **applies):
    limit = dataclasses.replace(dossier.limits[0], applies=Applies(**applies))
    return applies_from(CORPUS, dossier, limit)


def test_a_limit_judges_from_the_day_its_clause_says():
    assert first_day(since=date(2001, 2, 3)) == date(2001, 2, 3)
    assert first_day(months=0) == date(1992, 7, 17)
    assert first_day(months=40) == date(1995, 11, 17)
    assert first_day() == date(1992, 11, 9)  # no rule of its own: entry into force


def test_an_amendment_counts_months_by_the_clock_of_what_it_amends():
    assert FLANK.instrument.clock is None
    assert first_day(FLANK, months=40) == date(1995, 11, 17)


@pytest.mark.parametrize("changed", [{}, {"effective": None}])
def test_a_limit_that_hangs_on_an_act_judges_from_its_effect(changed):
    act = next(a for a in CFE.acts if a.effective is not None and a.effective.latest != a.date.latest)
    other = next(a for a in CFE.acts if a.id != act.id)
    dossier = dataclasses.replace(CFE, acts=(other, dataclasses.replace(act, **changed)))
    expected = act.date if changed else act.effective
    assert first_day(dossier, since_act=act.id) == expected.latest
    assert first_day(dossier, since_act="nobody-did-it") is None


def test_groups_of_the_treaty_hold_the_parties_of_the_day_alone():
    before, after = (groups(CORPUS, "cfe", on=d) for d in (date(2023, 11, 6), date(2023, 11, 7)))
    assert set(before) == {"west", "east"}
    assert set(before["east"]) - set(after["east"]) == {"RUS"}
    assert before["west"] == after["west"]


def test_groups_by_an_alliance_hold_its_members_that_are_parties():
    found = groups(CORPUS, "cfe", on=date(2007, 11, 7), accounting="NATO")
    assert list(found) == ["nato"]
    assert "POL" in found["nato"]
    assert {"EST", "LVA", "LTU", "RUS"}.isdisjoint(found["nato"])
    for wrong in ("warsaw", "RUS"):
        with pytest.raises(UnknownName, match="accounting of groups"):
            groups(CORPUS, "cfe", on=date(2007, 11, 7), accounting=wrong)


def test_the_readings_told_beside_a_contested_standing_are_those_of_states():
    found = standing_of(CORPUS, "cfe", "RUS", on=date(2015, 6, 1))
    told = dict(found.readings)
    assert {"self": "suspended", "depositary": "in_force", "USA": "in_force", "GEO": "in_force"}.items() <= told.items()
    states = set(told) - {"self", "law", "depositary"}
    assert states
    assert not any(CORPUS.actors.is_organisation(s) for s in states)
    assert standing_of(CORPUS, "cfe", "DEU", on=date(2005, 6, 1)).readings == ()
