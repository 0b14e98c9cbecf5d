"""Whole numbers as people type them: what is none is None, never an error and never another number."""

from __future__ import annotations

import pytest

from servanda.model.numbers import MOST, whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), (" 7 ", 7), ("007", 7), ("٣", 3), (str(MOST), MOST), (str(MOST + 1), None), ("9" * 5_000, None), ("²", None)]
    + [(bad, None) for bad in ("", " ", "-1", "+1", "1.0", "1e3", "1_000", "1,000", "x")],
)  # fmt: skip
def test_digits_are_a_number_and_all_else_is_none(text, number):
    assert whole_number(text) == number


def test_a_number_above_the_most_is_none():
    assert (whole_number("10", 10), whole_number("11", 10)) == (10, None)
