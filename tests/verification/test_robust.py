"""Plans made against plain ways of visiting: what they promise holds, and they do well on what they were not made for."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.corpus import Corpus
from servanda.model.errors import InputError
from servanda.questions.inspect_plan import inspect_plan
from servanda.questions.inspect_season import chances, rivals, season
from servanda.questions.inspect_simulate import inspect_simulate
from servanda.questions.inspect_violations import falls, grounds, planned
from servanda.verification.files import targets_of
from servanda.verification.game import Budget, Game, Hypothesis, feasible
from servanda.verification.lotteries import drawn, even, spread
from servanda.verification.robust import Ground, robust

CORPUS = Corpus.default()
CHANCE = np.random.default_rng(19)
SITES = targets_of(
    {"site": f"{o} {i}", "owner": o, "territory": o, "items": int(CHANCE.integers(5, 120)),
     "detect": round(float(CHANCE.uniform(0.3, 1)), 2), "storage": "yes" if i % 9 == 0 else "no"}
    for o, n in (("POL", 60), ("UKR", 90)) for i in range(n)
)  # fmt: skip


def test_on_every_kind_planned_for_the_plan_is_ahead_of_the_plain_way_that_suits_it():
    game, _ = season(CORPUS, "cfe", on="2000-06-01", targets=SITES)
    plan, gains = planned(game, SITES, "robust")
    assert len(gains) == 2 * 7
    assert all(g.chance > 1.01 * g.yardstick for g in gains)
    assert all(feasible(game, s) for s in plan.sets)
    visited = sum(p * np.bincount(s, minlength=game.sites) for s, p in zip(plan.sets, plan.chances, strict=True))
    for owner, each in grounds(game, SITES).items():
        for ground in each:
            told = next(g.chance for g in gains if (g.owner, g.ground) == (owner, ground.id))
            assert ground.noticed(visited, chances(SITES)) == pytest.approx(told)


@pytest.mark.parametrize(
    ("kind", "over"),
    [("many-small", "proportional"), ("random", "uniform"), ("random", "proportional"), ("moved", "uniform"),
     ("moved", "proportional"), ("few-large", "uniform")],
)  # fmt: skip
def test_it_is_ahead_on_kinds_it_was_not_made_for(kind, over):
    game, _ = season(CORPUS, "cfe", on="2000-06-01", targets=SITES)
    plan, _ = planned(game, SITES, "robust")
    what, detect = falls(game, SITES, kind, 4), chances(SITES)
    mine = spread(game, plan.coverage, seed=2, draws=500)
    other = drawn(game, dict(rivals(game, SITES))[over], seed=2, draws=500)
    assert what.noticed(mine, detect) > what.noticed(other, detect) + 0.01


@st.composite
def budgets(draw: st.DrawFn) -> tuple[Game, np.ndarray]:
    n = draw(st.integers(3, 14))
    cut = draw(st.integers(1, n - 1))
    parts = [tuple(range(cut)), tuple(range(cut, n))]
    rows = [Budget(id=f"b{i}", sites=p, most=draw(st.integers(0, len(p)))) for i, p in enumerate(parts)]
    if draw(st.booleans()):
        rows.append(Budget(id="all", sites=tuple(range(n)), most=draw(st.integers(0, n))))
    game = Game(sites=n, budgets=tuple(rows), hypotheses=(Hypothesis(id="x", sites=(0,)),))
    weights = np.array(draw(st.lists(st.floats(0, 5), min_size=n, max_size=n)))
    return game, even(game, weights)


@settings(max_examples=40, deadline=None)
@given(budgets())
def test_sets_that_keep_apart_keep_every_budget_and_every_chance(made):
    game, coverage = made
    assert all(coverage[list(b.sites)].sum() <= b.most + 1e-9 for b in game.budgets)
    found = spread(game, coverage, seed=4, draws=1500)
    assert all(feasible(game, s) for s in found.sets)
    rate = np.bincount([i for s in found.sets for i in s], minlength=game.sites) / 1500
    assert np.abs(rate - coverage).max() < 0.08  # six standard errors of a half
    whole = coverage.sum()
    assert {len(s) for s in found.sets} <= {int(np.floor(whole + 1e-6)), int(np.ceil(whole - 1e-6))}


def test_neighbours_are_seldom_visited_together():
    game = Game(
        sites=12,
        budgets=(Budget(id="a", sites=tuple(range(12)), most=3),),
        hypotheses=(Hypothesis(id="x", sites=(0,)),),
    )
    shares = [
        np.mean([any(b - a == 1 for a, b in pairwise(s)) for s in way(game, even(game), seed=1, draws=2000).sets])
        for way in (spread, drawn)
    ]
    assert shares[0] < 0.35 and shares[1] > 0.4  # 5 in 11 of all triples hold neighbours


def test_a_plan_of_one_ground_is_the_best_for_it():
    game = Game(
        sites=3, budgets=(Budget(id="a", sites=(0, 1, 2), most=1),), hypotheses=(Hypothesis(id="x", sites=(0,)),)
    )
    detect = np.array([0.5, 0.4, 1.0])
    plan, gains = robust(game, detect, [[Ground(id="alike", sites=(0, 1, 2), weights=(1 / 3,) * 3, yardstick=0.2)]])
    assert gains == pytest.approx((1 / 3 / 0.2 - 1,))
    assert plan.coverage == pytest.approx([0, 0, 1])


def test_the_answer_tells_each_kind_planned_for_and_simulation_its_margins():
    data = inspect_plan(CORPUS, "cfe", on="2000-06-01", targets=SITES, aim="robust").data
    assert {g["owner"] for g in data["grounds"]} == {"POL", "UKR"}
    found = inspect_simulate(
        CORPUS, "cfe", on="2000-06-01", targets=SITES, aim="robust", placed="storage", seasons=20_000
    ).data
    assert (found["played"], found["aim"]) == (2, "robust")
    for p in found["plans"]:
        assert p["low"] - 0.01 <= p["computed"] <= p["high"] + 0.01


@pytest.mark.parametrize(
    ("more", "message"),
    [({"aim": "robust", "wrong": 2}, "one object"), ({"placed": "elsewhere"}, "placing"), ({"aim": "expected"}, "aim"),
     ({"placed": "moved", "played": 0}, "0 objects")],
)  # fmt: skip
def test_what_does_not_fit_is_refused(more, message):
    with pytest.raises(InputError, match=message):
        inspect_simulate(CORPUS, "cfe", on="2000-06-01", targets=SITES, **more)


def test_kinds_that_the_list_cannot_tell_are_refused():
    bare = targets_of({"site": f"POL {i}", "owner": "POL", "territory": "POL"} for i in range(9))
    for placed in ("storage", "few-large"):
        with pytest.raises(InputError, match=r"storage site|number of items"):
            inspect_simulate(CORPUS, "cfe", on="2000-06-01", targets=bare, placed=placed)


def test_an_object_without_its_number_of_items_does_not_hold_none():
    game, _ = season(CORPUS, "cfe", on="2000-06-01", targets=SITES)
    assert [name for name, _ in rivals(game, SITES)] == ["uniform", "proportional"]
    some = (dataclasses.replace(SITES[0], items=None), *SITES[1:])
    assert [name for name, _ in rivals(game, some)] == ["uniform"]
    told = inspect_plan(CORPUS, "cfe", on="2000-06-01", targets=some).node.caveats
    assert any("not every object has its number of items" in c for c in told)


def test_no_season_is_planned_where_the_quota_is_not_known():
    with pytest.raises(InputError, match=r"the quota of .+ is not known, so no season can be planned"):
        season(CORPUS, "vienna-document", on="2012-06-01", targets=SITES)
