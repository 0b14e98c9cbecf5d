"""Sums of full declarations: the same as plain addition, all anew or one declaration at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.limits.bulk import BLOCK, Declarations


@st.composite
def cases(draw):
    dates, cells = draw(st.integers(1, 2 * BLOCK + 3)), draw(st.integers(1, 9))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    holdings = rng.integers(0, 50, (dates, cells)).astype(float)
    members = [np.flatnonzero(rng.random(cells) < 0.5) for _ in range(draw(st.integers(1, 5)))]
    return holdings, members, rng.integers(0, 200, len(members)).astype(float)


def plainly(holdings, members):
    return np.stack([holdings[:, m].sum(axis=1) for m in members])


@given(cases())
def test_sums_are_plain_sums(case):
    holdings, members, bounds = case
    found = Declarations(holdings, members, bounds)
    assert np.array_equal(found.sums, plainly(holdings, members))
    assert np.array_equal(found.exceeded(), plainly(holdings, members) > bounds[:, None])


@given(cases(), st.data())
def test_one_change_equals_all_anew(case, data):
    holdings, members, bounds = case
    found = Declarations(holdings, members, bounds)
    _ = found.sums
    cell = data.draw(st.integers(0, holdings.shape[1] - 1))
    since = data.draw(st.integers(0, holdings.shape[0] - 1))
    touched = found.change(cell, since, 7.0)
    changed = holdings.copy()
    changed[since:, cell] = 7.0
    assert np.array_equal(found.sums, plainly(changed, members))
    assert set(touched) == {i for i, m in enumerate(members) if cell in m}
    assert np.array_equal(found.recompute(), plainly(changed, members))


def test_what_is_not_there_is_refused():
    with pytest.raises(ValueError, match="cell"):
        Declarations(np.zeros((2, 2)), [np.array([5])], np.array([1.0]))
    found = Declarations(np.zeros((2, 2)), [np.array([0])], np.array([1.0]))
    with pytest.raises(ValueError, match="no such"):
        found.change(0, 9, 1.0)
