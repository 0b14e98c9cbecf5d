"""Quota periods to the day, and quotas by hand for chosen numbers of objects."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.corpus import Corpus
from servanda.model.errors import InputError
from servanda.verification.periods import span_on, spans
from servanda.verification.quotas import Objects, Rounding, quotas

REGIME = Corpus.default().dossier("cfe").inspections[0]
START = date(1992, 7, 17)


@pytest.mark.parametrize(
    ("on", "name", "since"),
    [
        ("1992-07-17", "baseline_validation", "1992-07-17"),
        ("1992-11-13", "baseline_validation", "1992-07-17"),
        ("1992-11-14", "reduction, year 1", "1992-11-14"),
        ("1993-11-13", "reduction, year 1", "1992-11-14"),
        ("1995-11-13", "reduction, year 3", "1994-11-14"),
        ("1995-11-14", "residual_level_validation", "1995-11-14"),
        ("1996-03-12", "residual_level_validation", "1995-11-14"),
        ("1996-03-13", "residual, year 1", "1996-03-13"),
        ("2012-06-01", "residual, year 17", "2012-03-13"),
    ],
)
def test_the_period_of_a_day(on: str, name: str, since: str) -> None:
    span = span_on(REGIME, START, date.fromisoformat(on))
    assert (span.name, span.since.isoformat()) == (name, since)


def test_no_inspections_before_the_clock_starts() -> None:
    with pytest.raises(InputError, match="before the first day of inspections"):
        span_on(REGIME, START, date(1992, 7, 16))


@given(st.dates(date(1992, 7, 17), date(2040, 1, 1)))
def test_every_day_lies_in_one_period_and_periods_follow_each_other(on: date) -> None:
    found = list(spans(REGIME, START, on))
    for one, two in pairwise(found):
        assert one.until == two.since
    span = span_on(REGIME, START, on)
    assert span.since <= on < span.until


@pytest.mark.parametrize(
    ("on", "count", "rounding", "declared", "challenge"),
    [
        ("1992-08-01", 100, "nearest", 20, 3),  # 20 per cent; 15 per cent of 20
        ("1992-08-01", 7, "nearest", 1, 1),  # 1.4 -> 1; 0.15 -> at least one (II.12)
        ("1992-08-01", 7, "up", 2, 1),
        ("1993-01-01", 105, "nearest", 11, 2),  # 10.5 -> 11; 1.65 -> 2
        ("1993-01-01", 105, "down", 10, 1),
        ("1995-12-01", 40, "nearest", 8, 1),  # 1.2 -> 1
        ("2000-01-01", 200, "nearest", 30, 7),  # 15 per cent; 23 per cent of 30 is 6.9
        ("2000-01-01", 0, "nearest", 1, 1),  # whatever the per cent, one
        ("2000-01-01", 3, "down", 1, 1),
    ],
)
def test_quotas_by_hand(on: str, count: int, rounding: str, declared: int, challenge: int) -> None:
    span = span_on(REGIME, START, date.fromisoformat(on))
    (found,) = quotas(
        REGIME,
        span,
        (Objects(owner="POL", territory="POL", count=count),),
        ("POL",),
        with_territory=frozenset({"POL"}),
        rounding=Rounding(rounding),
    )
    assert (found.declared, found.challenge) == (declared, challenge)


def test_unknown_numbers_stay_unknown() -> None:
    span = span_on(REGIME, START, date(2000, 1, 1))
    (found,) = quotas(REGIME, span, (), ("POL",), with_territory=frozenset({"POL"}))
    assert found.declared is None and found.challenge is None and found.own is None
    assert dict(found.least) == {"declared": 1, "challenge": 1}


def test_stationed_forces_share_the_inspections_on_their_hosts_ground() -> None:
    span = span_on(REGIME, START, date(2000, 1, 1))
    objects = (
        Objects(owner="DEU", territory="DEU", count=150),
        Objects(owner="USA", territory="DEU", count=50),
    )
    germany, america = quotas(REGIME, span, objects, ("DEU", "USA"), with_territory=frozenset({"DEU"}))
    assert germany.declared == 23  # 15 per cent of its own 150
    assert germany.territory_inspections == 30  # 15 per cent of all 200 on its ground (II.15)
    assert [(s.owner, s.share) for s in germany.stationed] == [("USA", 7)]  # a quarter of 30, rounded down (II.14)
    assert america.declared == 8 and america.challenge == 0  # no territory in the area: no challenge inspections


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_more_objects_never_mean_fewer_inspections(a: int, b: int) -> None:
    span = span_on(REGIME, START, date(2000, 1, 1))

    def of(n: int) -> int:
        (found,) = quotas(
            REGIME, span, (Objects(owner="POL", territory="POL", count=n),), ("POL",), with_territory=frozenset({"POL"})
        )
        assert found.declared is not None
        return found.declared

    low, high = sorted((a, b))
    assert of(low) <= of(high)


@pytest.mark.parametrize("count", [-1, 10_000_000])
def test_impossible_numbers_are_refused(count: int) -> None:
    with pytest.raises(InputError, match="out of range"):
        Objects(owner="POL", territory="POL", count=count)


def test_objects_given_twice_or_of_strangers_are_refused() -> None:
    span = span_on(REGIME, START, date(2000, 1, 1))
    twice = (Objects(owner="POL", territory="POL", count=1), Objects(owner="POL", territory="POL", count=2))
    with pytest.raises(InputError, match="duplicated"):
        quotas(REGIME, span, twice, ("POL",), with_territory=frozenset())
    with pytest.raises(InputError, match="not a party"):
        quotas(REGIME, span, twice[:1], ("DEU",), with_territory=frozenset())
