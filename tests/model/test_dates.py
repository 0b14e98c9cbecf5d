"""Days, uncertain dates and the counting rules of treaties."""

from __future__ import annotations

import doctest
from datetime import date, timedelta

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.model import answer, dates
from servanda.model.dates import Period, UncertainDate, add_months, parse_day, within
from servanda.model.errors import DateError

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))


@pytest.mark.parametrize("module", [dates, answer])
def test_the_docstrings_are_runnable(module):
    assert doctest.testmod(module, optionflags=doctest.ELLIPSIS).failed == 0


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2007-12-12", "2007-12-12", "2007-12-12", "day"),
        ("2007-12", "2007-12-01", "2007-12-31", "month"),
        ("2007", "2007-01-01", "2007-12-31", "year"),
        ("2011-11~", "2011-10-01", "2011-12-31", "month"),
        ("2011~", "2010-01-01", "2012-12-31", "year"),
        ("2023-06-09~", "2023-06-08", "2023-06-10", "day"),
        ("2011-11~/2011-12~", "2011-10-01", "2012-01-31", "range"),
        ("1995-11-16/1995-11-17", "1995-11-16", "1995-11-17", "range"),
        ("2023/2024-02-29", "2023-01-01", "2024-02-29", "range"),
    ],
)
def test_what_a_written_date_may_mean(text, first, last, precision):
    parsed = UncertainDate.parse(text)
    assert (parsed.earliest, parsed.latest) == (date.fromisoformat(first), date.fromisoformat(last))
    assert parsed.precision == precision
    assert str(parsed) == text


def test_open_ends():
    assert UncertainDate.parse("../2007").earliest is None
    assert UncertainDate.parse("2007/..").latest is None
    assert UncertainDate.parse("2007?").uncertain


@pytest.mark.parametrize(
    "text",
    ["", "2007-13", "2007-02-30", "12 Dec 2007", "2007-12-12/2007-07-13", "a/b/c", "../..", "2007-1-1", "0000", "٢٠٠٧"],
)
def test_dates_that_mean_nothing_are_refused_with_a_remedy(text):
    with pytest.raises(DateError) as caught:
        UncertainDate.parse(text)
    assert caught.value.remedy


@given(DAYS)
def test_a_day_is_itself(day):
    parsed = UncertainDate.parse(day)
    assert parsed.exact
    assert parsed.day == day
    assert UncertainDate.parse(day.isoformat()) == parsed


@given(st.integers(1901, 2099), st.integers(1, 12), st.booleans())
def test_months_agree_with_the_edtf_package(year, month, about):
    text = f"{year}-{month:02d}"
    ours = UncertainDate.parse(text + ("~" if about else ""))
    theirs = edtf.parse_edtf(text)
    low = date(*theirs.lower_strict()[:3])
    high = date(*theirs.upper_strict()[:3])
    if about:  # that package widens `~` by a year; here it is one unit of the stated precision
        assert ours.earliest == add_months(low, -1)
        assert ours.latest == add_months(high + timedelta(days=1), 1) - timedelta(days=1)
    else:
        assert (ours.earliest, ours.latest) == (low, high)


@given(DAYS, DAYS)
def test_a_range_holds_its_ends_or_is_refused(a, b):
    text = f"{a}/{b}"
    if a <= b:
        parsed = UncertainDate.parse(text)
        assert (parsed.earliest, parsed.latest) == (a, b)
        assert parsed.surely_by(b)
        assert parsed.possibly_by(a)
        assert parsed.surely_by(a) == (a == b)
    else:
        with pytest.raises(DateError):
            UncertainDate.parse(text)


@pytest.mark.parametrize(
    ("trigger", "period", "result"),
    [
        ("2007-07-14", Period(days=150, counting="clear"), "2007-12-12"),
        ("2023-06-09", Period(days=150, counting="clear"), "2023-11-07"),
        ("1992-10-30", Period(days=10), "1992-11-09"),
        ("2023-06-09", Period(days=21), "2023-06-30"),
        ("1992-07-17", Period(months=40), "1995-11-17"),
        ("2019-02-02", Period(months=6), "2019-08-02"),
        ("2020-05-22", Period(months=6), "2020-11-22"),
        ("2001-12-13", Period(months=6), "2002-06-13"),
        ("2024-02-29", Period(years=4), "2028-02-29"),
    ],
)
def test_periods_as_treaties_count_them(trigger, period, result):
    assert period.after(date.fromisoformat(trigger)) == date.fromisoformat(result)


def test_a_missing_day_is_refused_not_rounded():
    with pytest.raises(DateError, match="lacks it"):
        add_months(date(2023, 8, 31), 6)
    with pytest.raises(DateError):
        Period(years=1).after(date(2024, 2, 29))


def test_a_period_without_length_is_refused():
    with pytest.raises(DateError):
        Period().after(date(2000, 1, 1))


@given(DAYS, st.integers(0, 400))
def test_clear_days_are_one_more_than_days_within(start, n):
    assert Period(days=n, counting="clear").after(start) - Period(days=n).after(start) == timedelta(days=1)


@given(DAYS, DAYS, DAYS)
def test_periods_are_half_open(day, since, until):
    assert within(day, since, until) == (since <= day < until)
    assert within(day, None, None)


@pytest.mark.parametrize("text", ["yesterday", "2023-6-9", "2023-02-30", "20230609", "2023"])
def test_a_question_needs_a_calendar_day(text):
    with pytest.raises(DateError, match="YYYY-MM-DD"):
        parse_day(text)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2011-11-22", "2011-11-22"), ("2022-08", "2022-08"), ("2011-11-22~", "about 2011-11-22"),
        ("1999?", "1999 (uncertain)"), ("2023-11-07/..", "2023-11-07 or later"), ("../1992", "1992 or earlier"),
        ("2023-06-29/2023-06-30", "2023-06-29 or 2023-06-30"), ("2023-03/2023-04", "between 2023-03 and 2023-04"),
        ("2015-01~/2015-03~", "between about 2015-01 and about 2015-03"), ("2024-04-05/2024-04-05", "2024-04-05"),
    ],
)  # fmt: skip
def test_a_date_in_words_has_no_signs(written, words):
    assert UncertainDate.parse(written).words == words
