"""A plan made for one violation against others: better where the violator chooses, not where chance places it."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from servanda.corpus import Corpus
from servanda.model.errors import InputError
from servanda.questions.inspect_simulate import inspect_simulate
from servanda.verification.files import targets_of
from servanda.verification.game import Budget, Game, Hypothesis, against, detection
from servanda.verification.lotteries import drawn, even
from servanda.verification.simulate import simulate
from servanda.verification.solving import by_coverage
from servanda.verification.violations import Falls, Pool, fallen

CHANCE = np.random.default_rng(7)
SITES = targets_of(
    {"site": f"{o} {i}", "owner": o, "territory": o, "items": int(CHANCE.integers(5, 120)),
     "detect": round(float(CHANCE.uniform(0.3, 1)), 2)}
    for o, n in (("POL", 40), ("UKR", 80), ("FRA", 50)) for i in range(n)
)  # fmt: skip


def margins(**more):
    answer = inspect_simulate(Corpus.default(), "cfe", on="2000-06-01", targets=SITES, seasons=60_000, **more)
    for p in answer.data["plans"]:
        assert p["low"] - 0.004 <= p["computed"] <= p["high"] + 0.004
    return {m["over"]: m for m in answer.data["margins"]}


@pytest.mark.parametrize(("played", "placed"), [(2, "neighbours"), (4, "neighbours"), (4, "anywhere"), (8, "anywhere")])
def test_a_plan_for_one_object_beats_the_others_where_the_violator_chooses_how_to_violate(played, placed):
    for over in margins(played=played, placed=placed).values():
        assert over["low"] > 0


def test_where_chance_places_the_violation_the_plan_pays_for_its_guarantee():
    """Even visits notice with the arithmetic mean of the sites' chances, the plan with the harmonic one, which is less."""
    assert margins(played=4, placed="random")["uniform"]["high"] < 0
    chances = [0.3, 0.5, 0.9, 1.0]
    game = Game(
        sites=4,
        budgets=(Budget(id="all", sites=(0, 1, 2, 3), most=1),),
        hypotheses=tuple(Hypothesis(id=str(i), sites=(i,), detect=d) for i, d in enumerate(chances)),
    )
    plan, plain = by_coverage(game), drawn(game, even(game), seed=1, draws=4000)
    assert against(game, plan).mean() == pytest.approx(1 / sum(1 / d for d in chances))
    assert against(game, plain).mean() == pytest.approx(np.mean(chances) / 4, abs=0.01)
    assert against(game, plan).min() > against(game, plain).min()


def test_chances_that_differ_from_site_to_site_multiply():
    h = Hypothesis(id="x", sites=(0, 1, 2), detect=0.2, chances=(0.2, 0.5, 1.0))
    game = Game(sites=4, budgets=(), hypotheses=(h,))
    sets = [c for k in range(5) for c in combinations(range(4), k)]
    by_hand = [1 - np.prod([1 - (0.2, 0.5, 1.0)[i] for i in s if i < 3]) for s in sets]
    assert detection(game, sets)[:, 0] == pytest.approx(by_hand)


def test_seasons_agree_with_the_mean_over_all_violations():
    game = Game(
        sites=7,
        budgets=(Budget(id="a", sites=tuple(range(7)), most=2),),
        hypotheses=tuple(
            Hypothesis(id=str(i), sites=(i, (i + 1) % 6), detect=0.5, chances=(0.5, 0.9)) for i in range(6)
        ),
    )
    plan = drawn(game, even(game), seed=2)
    one = simulate(game, plan, seasons=200_000, seed=4)
    assert one.low <= one.expected <= one.high
    detect = np.array([0.5, 0.9, 0.2, 1.0, 0.7, 0.4, 0.6])
    for pool in (Pool(sites=(1, 2, 4, 5, 6), number=3), Pool(sites=tuple(range(7)), number=2, run=True)):
        ways = list(combinations(pool.sites, 3)) if not pool.run else [(i, i + 1) for i in range(6)]
        listed = tuple(
            Hypothesis(id=str(w), sites=w, detect=0.1, chances=tuple(float(detect[i]) for i in w)) for w in ways
        )
        by_hand = against(Game(sites=7, budgets=game.budgets, hypotheses=listed), plan).mean()
        found = fallen(Falls(id="x", pools=(pool,)), plan, detect, seasons=200_000, seed=3)
        assert found.expected == pytest.approx(by_hand)
        assert found.low - 0.002 <= by_hand <= found.high + 0.002  # four standard errors in all


def test_spare_visits_raise_the_least_chance_inside_each_budget():
    game = Game(
        sites=4,
        budgets=(Budget(id="hard", sites=(0, 1), most=1), Budget(id="easy", sites=(2, 3), most=1)),
        hypotheses=tuple(Hypothesis(id=str(i), sites=(i,), detect=d) for i, d in enumerate((0.2, 0.2, 0.5, 1.0))),
    )
    plan = by_coverage(game)
    assert plan.value == pytest.approx(0.1)  # set by the hard budget: one visit over two sites at 0.2
    assert plan.coverage[2:] == pytest.approx([2 / 3, 1 / 3])  # equal chances of a third each


def test_an_unknown_placing_is_refused():
    with pytest.raises(InputError, match="placing"):
        margins(placed="nowhere")
