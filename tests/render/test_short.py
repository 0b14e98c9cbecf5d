"""Short forms on the console: the answer first, and everything in the full form."""

from __future__ import annotations

import io
from datetime import date

import pytest
from rich.console import Console

import servanda as sv
from servanda.questions.period import period
from servanda.render.console import show

CFE = sv.load("cfe")
ANSWERS = {
    "standings": lambda: CFE.standing(on="2024-06-01"),
    "party": lambda: CFE.standing("RUS", on="2015-06-01"),
    "obligations": lambda: CFE.obligations(on="2012-06-01", kind="exchange", reading="self"),
    "timeline": lambda: CFE.timeline(),
    "compare": lambda: CFE.compare("acfe"),
}


def shown(answer, *, full=False, width=100):
    out = io.StringIO()
    show(answer, Console(file=out, width=width, no_color=True, highlight=False), full=full)
    return out.getvalue()


@pytest.mark.parametrize("name", ANSWERS)
def test_the_answer_is_first_and_the_full_form_longer(name):
    answer = ANSWERS[name]()
    text = shown(answer)
    assert " ".join(text.split()).startswith(" ".join(str(answer.node.statement).split()))
    assert len(shown(answer, full=True).splitlines()) > len(text.splitlines())


def test_parties_of_one_standing_share_a_line():
    text = shown(ANSWERS["standings"]())
    parties = {s.party for s in ANSWERS["standings"]().value}
    assert all(text.count(p) == 1 for p in parties)
    assert len(text.splitlines()) < len(parties)


def test_one_party_is_told_with_its_own_reading():
    first = str(ANSWERS["party"]().node.statement)
    assert "in force on 2015-06-01, by the instrument's own terms" in first
    assert "contested: suspended by its own reading" in first


def test_a_timeline_counts_what_it_leaves_out():
    answer = ANSWERS["timeline"]()
    left = sum(not e["weighty"] for e in answer.data["events"])
    assert f"{left} statements" in shown(answer)


def test_a_year_and_a_month_are_periods():
    assert period("2007") == (date(2007, 1, 1), date(2007, 12, 31))
    assert period("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert period("2007-12-12") is None and period("today") is None
    with pytest.raises(sv.DateError):
        period("2007-13")


def test_of_a_period_one_asks_what_changed():
    data = CFE.changes_in("2007", reading="self").data
    assert (data["since"], data["on"]) == ("2006-12-31", "2007-12-31")
    assert [(m["parties"], m["old"], m["new"]) for m in data["standings"]] == [(["RUS"], "in force", "suspended")]
    assert CFE.changes_in("1990").data["since"] >= "1990-01-01"
    with pytest.raises(sv.DateError):
        CFE.changes_in("2007-12-12")
