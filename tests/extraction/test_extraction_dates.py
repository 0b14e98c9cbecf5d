"""Expressions of time: what they mean by the day the document was written, and what they do not mean without it."""

from __future__ import annotations

import pytest
from tests.extraction.told import TODAY, days, read

from servanda.extraction.when import Clock, precision, written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on 9 June 2023", "2023-06-09"),
        ("on the 9th of June 2023", "2023-06-09"),
        ("on the ninth of June, 2023", "2023-06-09"),
        ("on June 9, 2023", "2023-06-09"),
        ("on Sept. 11, 2001", "2001-09-11"),
        ("on 09.06.2023", "2023-06-09"),
        ("on 2023-06-09", "2023-06-09"),
        ("on 29 February 2024", "2024-02-29"),
        ("in June 2023", "2023-06"),
        ("in 2023", "2023"),
        ("early in 2007", "2007"),
        ("in the spring of 2012", "2012"),
        ("the last day of March 2023", "2023-03-31"),
        ("the last day of February 2024", "2024-02-29"),
        ("the first of June 2023", "2023-06-01"),
        ("between 2007 and 2011", "2007/2011"),
        ("from 2007 to 2011", "2007/2011"),
    ],
)
def test_dates_told_in_full_need_no_dateline(text, value):
    assert days(text, None) == days(text) == [(value, value)]


@pytest.mark.parametrize(
    ("text", "past", "ahead"),
    [
        ("today", TODAY, TODAY),
        ("yesterday", "2024-03-14", None),
        ("tomorrow", "2024-03-16", "2024-03-16"),
        ("on Tuesday", "2024-03-12", "2024-03-19"),
        ("on Friday", TODAY, TODAY),
        ("last Friday", "2024-03-08", "2024-03-22"),
        ("next Friday", "2024-03-22", "2024-03-22"),
        ("on 9 June", "2023-06-09", "2024-06-09"),
        ("on 20 March", "2023-03-20", "2024-03-20"),
        ("on 15 March", TODAY, TODAY),
        ("on 29 February", "2024-02-29", "2028-02-29"),
        ("in June", "2023-06", "2024-06"),
        ("in May", "2023-05", "2024-05"),
        ("next June", "2024-06", "2024-06"),
        ("last June", "2023-06", None),
        ("two years ago", "2022", None),
        ("three days ago", "2024-03-12", None),
        ("a week ago", "2024-03-08", None),
        ("last year", "2023", None),
        ("this month", "2024-03", "2024-03"),
        ("last spring", "2023", None),
        ("in exactly one year", None, "2025-03-15"),
        ("in 3 days", None, "2024-03-18"),
    ],
)
def test_dates_told_by_the_dateline(text, past, ahead):
    assert days(text) == [(past, ahead)]


@pytest.mark.parametrize("text", ["on Tuesday", "on 9 June", "in June", "last year", "two years ago", "yesterday"])
def test_without_a_dateline_they_stay_open(text):
    assert days(text, None) == [(None, None)]


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("On 12 December 2007 it stopped. The day after, ", "2007-12-13"),
        ("On 12 December 2007 it stopped; two years later", "2009"),
        ("On 12 December 2007 it stopped; later that year", "2007"),
        ("On 12 December 2007 it stopped; on the same day", "2007-12-12"),
        ("On 12 December 2007 it stopped, and the following November", "2008-11"),
        ("On 12 December 2007 it stopped; a year earlier", "2006"),
    ],
)
def test_dates_told_by_the_date_before(text, past):
    assert days(text, None)[-1][0] == past


@pytest.mark.parametrize("text", ["on 31 February 2023", "on 29 February 2023", "on 31 June 2020", "on 31.02.2023"])
def test_there_is_no_such_day(text):
    assert all(past is None or len(past) < 10 for past, _ in days(text))
    assert all(ahead is None or len(ahead) < 10 for _, ahead in days(text))


@pytest.mark.parametrize("text", ["on 31 February", "on 30 February", "on 31 June"])
def test_nor_without_a_year(text):
    assert days(text) == [(None, None)]


@pytest.mark.parametrize(
    "text",
    ["in 1799", "in 2101", "at 22 states", "1,000 tanks", "2023-02-31", "they may leave", "in the 1990s", "he sat"],
)
def test_these_are_no_dates(text):
    assert days(text) == []


@pytest.mark.parametrize("year", [1800, 2064])
def test_years_within_bounds(year):
    assert days(f"in {year}") == [(str(year), str(year))]


def test_a_year_far_ahead_is_a_number():
    assert days("in 2090") == []


@pytest.mark.parametrize("dateline", ["2023-02-31", "yesterday", "0001-01-01", "9999-12-31", "2024"])
def test_a_dateline_that_is_no_day_is_none(dateline):
    assert Clock(dateline).today is None
    assert [c.date for c in read("Russia left the CFE Treaty on Tuesday.", dateline)] == [None]


@pytest.mark.parametrize(
    ("parts", "text", "shape"),
    [
        ((1990, 11, 19), "1990-11-19", "day"),
        ((1990, 11, None), "1990-11", "month"),
        ((1990, None, None), "1990", "year"),
        ((None, 11, 19), None, "none"),
        ((1900, 2, 29), None, "none"),
    ],
)
def test_dates_as_written(parts, text, shape):
    assert written(*parts) == text
    assert precision(text) == shape


@pytest.mark.parametrize(
    ("base", "amount", "unit", "value"),
    [
        ("2007-12-12", 1, "day", "2007-12-13"),
        ("2007-12-12", -1, "week", "2007-12-05"),
        ("2007-12-12", 150, "day", "2008-05-10"),
        ("2007-12-12", 2, "month", "2008-02"),
        ("2007", 1, "month", None),
        ("2007", 2, "decade", "2027"),
        ("2007", 9000, "year", None),
        ("2007-12-12", 10**11, "day", None),
        (None, 1, "day", None),
    ],
)
def test_moving_a_date(base, amount, unit, value):
    assert Clock(None).shift(base, amount, unit) == value
