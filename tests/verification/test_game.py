"""Optimal strategies against exhaustive listing, an independent equilibrium solver, and closed forms."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.model.errors import InputError
from servanda.verification.game import Budget, Game, Hypothesis, against, detection, feasible, guaranteed
from servanda.verification.lotteries import drawn, even
from servanda.verification.simulate import hypergeometric, interval, least_quota, simulate
from servanda.verification.solving import by_columns, exhaustive, greatest_expected, solve


@st.composite
def games(draw: st.DrawFn, *, single: bool = False) -> Game:
    n = draw(st.integers(2, 6))
    cut = draw(st.integers(1, n))
    parts = [p for p in (tuple(range(cut)), tuple(range(cut, n))) if p]
    budgets = tuple(Budget(id=f"b{i}", sites=p, most=draw(st.integers(0, len(p)))) for i, p in enumerate(parts))
    width = 1 if single else 3
    hypotheses = tuple(
        Hypothesis(
            id=f"h{i}",
            sites=tuple(draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=width, unique=True))),
            detect=draw(st.integers(1, 10)) / 10,
            belief=draw(st.integers(1, 5)),
        )
        for i in range(draw(st.integers(1, 5)))
    )
    return Game(sites=n, budgets=budgets, hypotheses=hypotheses)


@settings(max_examples=60, deadline=None)
@given(st.one_of(games(), games(single=True)))
def test_the_value_is_that_of_listing_every_set(game: Game) -> None:
    exact, found, columns = exhaustive(game), solve(game), by_columns(game)
    assert found.value == pytest.approx(exact.value, abs=1e-6)
    assert columns.value == pytest.approx(exact.value, abs=1e-6)
    assert guaranteed(game, found) == pytest.approx(exact.value, abs=1e-6)
    assert all(feasible(game, s) for s in found.sets)
    assert sum(found.chances) == pytest.approx(1)


@settings(max_examples=25, deadline=None)
@given(games())
def test_no_permitted_set_beats_the_violators_mix(game: Game) -> None:
    found = solve(game)
    sets = [c for k in range(game.sites + 1) for c in combinations(range(game.sites), k) if feasible(game, c)]
    assert (detection(game, sets) @ found.violator).max() <= found.value + 1e-6


def test_the_value_is_the_equilibrium_an_independent_solver_finds() -> None:
    nashpy = pytest.importorskip("nashpy")
    rng = np.random.default_rng(5)
    for _ in range(5):
        game = Game(
            sites=4,
            budgets=(Budget(id="all", sites=(0, 1, 2, 3), most=2),),
            hypotheses=tuple(
                Hypothesis(id=str(i), sites=(i,), detect=float(d)) for i, d in enumerate(rng.uniform(0.3, 1, 4))
            ),
        )
        payoff = detection(game, list(combinations(range(4), 2)))
        row, column = next(iter(nashpy.Game(payoff).support_enumeration(tol=1e-9)), (None, None))
        if row is None:
            row, column = nashpy.Game(payoff).linear_program()
        assert solve(game).value == pytest.approx(float(row @ payoff @ column), abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(games())
def test_the_best_set_under_beliefs_is_the_best_of_all(game: Game) -> None:
    beliefs = np.array([h.belief for h in game.hypotheses], dtype=float)
    sets = [c for k in range(game.sites + 1) for c in combinations(range(game.sites), k) if feasible(game, c)]
    chosen, value = greatest_expected(game)
    assert feasible(game, chosen)
    assert value == pytest.approx((detection(game, sets) @ (beliefs / beliefs.sum())).max(), abs=1e-6)


def test_even_visits_are_the_hypergeometric_closed_form() -> None:
    game = Game(
        sites=20,
        budgets=(Budget(id="a", sites=tuple(range(20)), most=5),),
        hypotheses=(Hypothesis(id="x", sites=(1, 2, 3)),),
    )
    lottery = drawn(game, even(game), seed=3, draws=4000)
    low, high = interval(round(lottery.value * 4000), 4000)
    assert low <= hypergeometric(20, 3, 5) <= high


def test_simulation_agrees_with_the_plan_within_its_interval() -> None:
    game = Game(
        sites=6,
        budgets=(Budget(id="a", sites=tuple(range(6)), most=2),),
        hypotheses=tuple(Hypothesis(id=str(i), sites=(i,), detect=0.5 + i / 12) for i in range(6)),
    )
    plan = solve(game)
    found = simulate(game, plan, seasons=200_000, seed=11)
    assert found.low <= plan.value <= found.high
    assert simulate(game, plan, seasons=1000, seed=4) == simulate(game, plan, seasons=1000, seed=4)
    assert (against(game, plan) >= plan.value - 1e-9).all()


def test_the_least_quota_is_least() -> None:
    n = least_quota(100, 3, 0.5)
    assert n is not None
    assert hypergeometric(100, 3, n) >= 0.5 > hypergeometric(100, 3, n - 1)
    assert least_quota(10, 1, 0.9, detect=0.5) is None


@pytest.mark.parametrize(
    "make",
    [
        lambda: Game(sites=0, budgets=(), hypotheses=(Hypothesis(id="x", sites=(0,)),)),
        lambda: Game(sites=1, budgets=(), hypotheses=()),
        lambda: Game(
            sites=1, budgets=(Budget(id="b", sites=(0,), most=-1),), hypotheses=(Hypothesis(id="x", sites=(0,)),)
        ),
        lambda: Hypothesis(id="x", sites=(0,), detect=1.5),
        lambda: hypergeometric(3, 4, 1),
        lambda: least_quota(3, 1, 0.0),
    ],
)
def test_impossible_games_are_refused(make: object) -> None:
    with pytest.raises(InputError):
        make()  # type: ignore[operator]
