"""Numbers told beside an event."""

from __future__ import annotations

import pytest
from tests.extraction.told import only, read, seen

from servanda.extraction.counts import counted


def counts(text):
    return [(c.value, c.of) for c in only(text).counts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eleven states signed the CFE Treaty.", [(11, "states")]),
        ("The CFE Treaty was signed by 22 states.", [(22, "states")]),
        ("Twenty-two countries signed the CFE Treaty.", [(22, "countries")]),
        ("Thirty parties ratified the CFE Treaty.", [(30, "parties")]),
        ("The CFE Treaty was signed in 1990.", []),
        ("About twenty states signed the CFE Treaty.", []),
        ("More than 20 states signed the CFE Treaty.", []),
        ("One state signed the CFE Treaty.", []),
        ("The 22nd state signed the CFE Treaty.", []),
        ("Two of the 30 states signed the CFE Treaty.", []),
        ("After eleven days Norway signed the CFE Treaty.", []),
    ],
)
def test_what_is_counted(text, expected):
    claims = read(text)
    assert [(c.value, c.of) for claim in claims for c in claim.counts] == expected


def test_members_of_an_alliance_are_not_all_that_acted():
    assert counts("Sixteen members of NATO suspended the CFE Treaty.") == []


def test_accords_are_counted_by_their_noun():
    scan = seen("He ended eleven ministry-level military accords")
    assert [(c.value, c.of) for _, c in counted(scan)] == [(11, "accords")]


def test_a_count_points_at_its_words():
    text = "On Monday eleven states signed the CFE Treaty."
    (count,) = only(text).counts
    assert text[count.start : count.end] == "eleven states"


def test_each_number_goes_to_the_event_of_its_own_clause():
    text = "Eleven states signed the CFE Treaty, and nine states ratified the CFE Treaty."
    assert [(c.event, [n.value for n in c.counts]) for c in read(text)] == [("sign", [11]), ("domestic_approval", [9])]


def test_a_number_far_from_any_event_is_given_to_none():
    text = "Norway signed the CFE Treaty after long and patient talks with many friends old and new, among nine states."
    assert counts(text) == []
