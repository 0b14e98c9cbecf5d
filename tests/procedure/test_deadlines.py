"""Deadlines from procedures: counting, blanks, chains, calendars, refusals."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.model.dates import Period
from servanda.model.errors import DateError, InputError, UnknownName
from servanda.model.instrument import Clock, Dossier, Instrument
from servanda.model.procedures import Blank, Procedure, Step
from servanda.procedure.calendar import ics
from servanda.procedure.deadlines import deadlines, find

START = date(2023, 6, 9)
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2080, 1, 1))


def step(id_="a", **changes):
    return Step(**{"id": id_, "actor": "party", "action": "act", "cite": "T 1", **changes})


def procedure(*steps, **changes):
    fields = {"id": "p", "title": "P", "cite": "T 1", "gist": "g", "trigger": "the day it starts", "source": ("S",)}
    return Procedure(**{**fields, "steps": steps, **changes})


def dossier(*procedures, clock=None):
    instrument = Instrument(id="t", title="Treaty", short="T", kind="treaty", cite="T", gist="g", clock=clock)
    return Dossier(key="k", instrument=instrument, procedures=procedures)


def due(*steps, start=START, values=None, until=None, **changes):
    p = procedure(*steps, **changes)
    return deadlines(dossier(p), p, start=start, values=values, until=until)


def test_no_later_than_and_at_least():
    conference, effect = due(
        step("conference", not_after=Period(days=21)),
        step("effect", not_before=Period(days=150, counting="clear")),
    )
    assert (conference.earliest, conference.latest) == (START, date(2023, 6, 30))
    assert (effect.earliest, effect.latest) == (date(2023, 11, 7), None)


def test_a_step_counts_from_the_latest_day_of_the_one_before():
    _, close = due(step("open", not_after=Period(days=15)), step("close", after="open", not_after=Period(days=21)))
    assert close.latest == START + timedelta(days=36)


def test_notice_before_an_effect():
    (notice,) = due(step(before=True, not_after=Period(days=90, counting="clear")), start=date(1996, 1, 1))
    assert notice.earliest is None
    assert (date(1996, 1, 1) - notice.latest).days == 91


def test_a_fixed_day_of_the_year_is_the_next_one():
    (first,) = due(step(each_year="12-15"), start=date(2007, 12, 15))
    (after,) = due(step(each_year="12-15"), start=date(2007, 12, 16))
    assert (first.latest, after.latest) == (date(2007, 12, 15), date(2008, 12, 15))


def test_repeats_unroll_only_as_far_as_asked():
    review = step(not_before=Period(months=46), not_after=Period(months=46), every=Period(years=5))
    assert len(due(review, start=date(1992, 7, 17))) == 1
    dates = [d.latest for d in due(review, start=date(1992, 7, 17), until=date(2012, 1, 1))]
    assert dates == [date(1996, 5, 17), date(2001, 5, 17), date(2006, 5, 17), date(2011, 5, 17)]


def test_a_blank_stays_unspecified_until_the_user_fills_it():
    blank = Blank(id="days", gist="how long", cite="T 5")
    open_step = step(blank="days")
    (left,) = due(open_step, blanks=(blank,))
    assert left.unspecified
    assert left.missing == "days"
    (filled,) = due(open_step, blanks=(blank,), values={"days": 14})
    assert filled.latest == date(2023, 6, 23)
    (printed,) = due(open_step, blanks=(Blank(id="days", gist="g", cite="T", default=30),))
    assert printed.latest == date(2023, 7, 9)


def test_what_follows_an_unspecified_step_has_no_day_either():
    _, after = due(step("one"), step("two", after="one", not_after=Period(days=5)))
    assert (after.earliest, after.latest) == (None, None)


def test_the_instruments_clock_stands_in_for_the_trigger_only_where_the_procedure_says_so():
    clock = Clock(start=date(1992, 7, 17), gist="provisional application")
    counted = procedure(step(not_after=Period(months=40)), from_clock=True)
    assert deadlines(dossier(counted, clock=clock), counted, start=None)[0].latest == date(1995, 11, 17)
    other = procedure(step(not_after=Period(months=40)))
    with pytest.raises(InputError, match=r"no trigger date.*`start`"):
        deadlines(dossier(other, clock=clock), other, start=None)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: due(step(), values={"nights": 3}), "no blank called 'nights'"),
        (lambda: due(step(blank="x"), blanks=(Blank(id="x", gist="g", cite="c"),), values={"x": -1}), "negative"),
        (lambda: due(step(after="later")), "does not come before"),
        (lambda: due(step(blank="ghost")), "unknown blank"),
        (lambda: due(step(), until=date(2000, 1, 1)), "before the trigger"),
    ],
)
def test_refusals(call, message):
    with pytest.raises((InputError, DateError), match=message):
        call()


def test_an_unknown_procedure_names_those_there_are():
    with pytest.raises(UnknownName, match="withdrawal"):
        find(dossier(procedure(step(), id="withdrawal")), "withdrawl")


@given(DAYS, st.integers(0, 1000), st.integers(0, 1000))
def test_more_days_never_come_earlier(start, a, b):
    few, many = sorted((a, b))
    (one,) = due(step(not_after=Period(days=few)), start=start)
    (two,) = due(step(not_after=Period(days=many)), start=start)
    assert one.latest <= two.latest
    assert one.earliest == start


@given(DAYS, st.integers(1, 400))
def test_counting_back_and_forth_meet(day, n):
    period = Period(days=n, counting="clear")
    assert period.after(period.before(day)) == day


def test_the_calendar_file_is_read_back_by_a_calendar_parser():
    from icalendar import Calendar

    p = procedure(step("one", not_after=Period(days=21)), step("none"), step("two", not_before=Period(days=150)))
    d = dossier(p)
    raw = ics(d, p, deadlines(d, p, start=START))
    events = list(Calendar.from_ical(raw).walk("VEVENT"))
    assert [e["dtstart"].dt for e in events] == [date(2023, 6, 30), date(2023, 11, 6)]
    assert str(events[0]["summary"]).startswith("no later than: ")
    assert str(events[1]["summary"]).startswith("from: ")
    assert raw == ics(d, p, deadlines(d, p, start=START))
