"""Whole numbers as people type them."""

from __future__ import annotations

MOST = (
    10**15
)  # more than anybody counts; text of thousands of digits is no number, and Python refuses to read it as one


def whole_number(text: str, most: int = MOST) -> int | None:
    """The number that digits write, from 0 to `most`; None for anything else.

    >>> whole_number(" 42 "), whole_number("4²"), whole_number("9" * 5000), whole_number("-1"), whole_number("12", 11)
    (42, None, None, None, None)
    """
    digits = text.strip()
    if not digits.isdecimal() or len(digits) > len(str(MOST)):
        return None
    number = int(digits)
    return number if number <= most else None
