"""Optimal strategies of the inspection game as linear and integer programs, solved by HiGHS (imported where used)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from servanda.model.errors import InputError
from servanda.verification.game import Game, Lottery, detection, feasible, laminar, single_site
from servanda.verification.lotteries import order_of, systematic

MOST_SETS = 20_000


def program(
    cost: NDArray[np.float64],
    rows: Any,
    upper: NDArray[np.float64],
    bounds: tuple[NDArray[np.float64], NDArray[np.float64]],
    integral: NDArray[np.int_] | None = None,
    equal: tuple[Any, NDArray[np.float64]] | None = None,
) -> Any:
    """Minimise `cost` over rows <= upper (and equalities) by HiGHS; the solved result."""
    from scipy.optimize import Bounds, LinearConstraint, linprog, milp

    if integral is None:
        return linprog(
            cost,
            A_ub=rows,
            b_ub=upper,
            A_eq=None if equal is None else equal[0],
            b_eq=None if equal is None else equal[1],
            bounds=np.column_stack(bounds),
            method="highs",
        )
    return milp(
        cost,
        constraints=LinearConstraint(rows, -np.inf, upper),
        bounds=Bounds(*bounds),
        integrality=integral,
        options={"mip_rel_gap": 0.0},
    )


def matrix_game(payoff: NDArray[np.float64]) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Value and both optimal mixes of a zero-sum game whose row player maximises."""
    rows, columns = payoff.shape
    cost = np.zeros(rows + 1)
    cost[-1] = -1.0
    upper = np.zeros(columns)
    table = np.hstack([-payoff.T, np.ones((columns, 1))])
    equal = (np.hstack([np.ones((1, rows)), np.zeros((1, 1))]), np.ones(1))
    low = np.append(np.zeros(rows), -1.0)
    high = np.ones(rows + 1)
    found = program(cost, table, upper, (low, high), equal=equal)
    if found.status != 0:
        raise InputError("the game has no solution", remedy="check the numbers given")
    mix = np.clip(found.x[:-1], 0, None)
    other = np.clip(-found.ineqlin.marginals, 0, None)
    return float(-found.fun), mix / mix.sum(), other / max(other.sum(), 1e-300)


def exhaustive(game: Game) -> Lottery:
    """The exact solution by listing every largest permitted set; for small games (InputError past 20,000 sets)."""
    size = min(game.sites, sum(b.most for b in game.budgets) if game.budgets else game.sites)
    if sum(comb(game.sites, k) for k in range(size + 1)) > MOST_SETS:
        raise InputError(f"more than {MOST_SETS:,} sets of sites", remedy="solve it by columns instead")
    sets = [c for k in range(size + 1) for c in combinations(range(game.sites), k) if feasible(game, c)]
    largest = [c for c in sets if not any(feasible(game, (*c, s)) for s in range(game.sites) if s not in c)]
    payoff = detection(game, largest)
    value, mix, other = matrix_game(payoff)
    return _lottery(game, largest, mix, value, other)


def _lottery(
    game: Game,
    sets: Sequence[Sequence[int]],
    mix: NDArray[np.float64],
    value: float,
    other: NDArray[np.float64],
    exact: bool = True,
) -> Lottery:
    kept = [(tuple(s), float(p)) for s, p in zip(sets, mix, strict=True) if p > 1e-12]
    coverage = np.zeros(game.sites)
    for chosen, p in kept:
        coverage[list(chosen)] += p
    return Lottery(
        sets=tuple(s for s, _ in kept),
        chances=tuple(p for _, p in kept),
        value=value,
        coverage=coverage,
        violator=other,
        exact=exact,
    )


def budget_rows(game: Game, width: int) -> tuple[Any, NDArray[np.float64]]:
    from scipy.sparse import csr_array

    columns = np.array([s for b in game.budgets for s in b.sites], dtype=np.int64)
    rows = np.repeat(np.arange(len(game.budgets)), [len(b.sites) for b in game.budgets])
    table = csr_array((np.ones(len(columns)), (rows, columns)), shape=(len(game.budgets), width))
    return table, np.array([float(b.most) for b in game.budgets])


def best_set(game: Game, weights: NDArray[np.float64]) -> tuple[tuple[int, ...], float]:
    """The permitted set with the greatest weighted detection chance, and that chance: an integer program.

    The chance grows with the number of hits and bends downwards, so the lines through neighbouring whole numbers
    of hits bound it from above and meet it at every whole number: the program is exact.
    """
    from scipy.sparse import csr_array, vstack

    # one site's chance is straight in its visit; only several sites need a column of their own
    alone = [j for j in range(len(game.hypotheses)) if weights[j] > 1e-15 and len(game.hypotheses[j].sites) == 1]
    live = [j for j in range(len(game.hypotheses)) if weights[j] > 1e-15 and len(game.hypotheses[j].sites) > 1]
    n, m = game.sites, len(live)
    data: list[float] = []
    rows: list[int] = []
    columns: list[int] = []
    upper: list[float] = []
    for z, j in enumerate(live):
        h = game.hypotheses[j]
        for hits in range(len(h.sites)):
            slope = h.caught(hits + 1) - h.caught(hits)
            if hits and slope < 1e-9:
                break
            # z <= caught(hits) + slope * (sum x - hits)
            row = len(upper)
            rows.append(row)
            columns.append(n + z)
            data.append(1.0)
            for site in h.sites:
                rows.append(row)
                columns.append(site)
                data.append(-slope)
            upper.append(h.caught(hits) - slope * hits)
    table = csr_array((data, (rows, columns)), shape=(len(upper), n + m))
    budget, most = budget_rows(game, n + m)
    cost = np.zeros(n + m)
    cost[n:] = -weights[live]
    for j in alone:
        cost[game.hypotheses[j].sites[0]] -= weights[j] * game.hypotheses[j].detect
    integral = np.append(np.ones(n, dtype=int), np.zeros(m, dtype=int))
    found = program(
        cost,
        vstack([table, budget]).tocsr() if len(game.budgets) else table,
        np.append(np.array(upper), most),
        (game.floor(n + m), np.ones(n + m)),
        integral=integral,
    )
    if found.x is None:
        raise InputError("no set of sites keeps all budgets", remedy="widen one of them")
    chosen = tuple(int(i) for i in np.flatnonzero(found.x[:n] > 0.5))
    visited = set(chosen)
    value = float(
        sum(
            weights[j] * game.hypotheses[j].caught(len(visited & set(game.hypotheses[j].sites)))
            for j in (*alone, *live)
        )
    )
    return chosen, value


def by_columns(game: Game, tolerance: float = 1e-9, most: int = 400) -> Lottery:
    """The exact mixed strategy by generating site sets one by one: the best answer to the violator's current mix.

    Ends when no set improves on the value by more than `tolerance`; `exact` is false where `most` rounds did not
    suffice, and the value is then what the lottery guarantees, a lower bound.
    """
    weights = np.full(len(game.hypotheses), 1.0 / len(game.hypotheses))
    sets: list[tuple[int, ...]] = []
    value, mix = 0.0, np.ones(0)
    exact = False
    for _ in range(most):
        chosen, bound = best_set(game, weights)
        if sets and (bound <= value + tolerance or chosen in sets):
            exact = bound <= value + max(tolerance, 1e-7)
            break
        sets.append(chosen)
        value, mix, weights = matrix_game(detection(game, sets))
    return _lottery(game, sets, mix, value, weights, exact)


def by_coverage(game: Game) -> Lottery:
    """The exact strategy where each hypothesis shows at one site and budgets nest: a linear program on coverage.

    Coverage turns into a lottery by systematic sampling in the order of the budgets' tree: each draw then visits of
    every budget's sites its expected number rounded up or down, so no budget is overrun.
    """
    n, m = game.sites, len(game.hypotheses)
    from scipy.sparse import coo_array, csr_array, hstack, vstack

    index = np.arange(m)
    at = np.array([h.sites[0] for h in game.hypotheses])
    chance = np.array([h.detect for h in game.hypotheses])
    # v - detect * x[site] <= 0
    table = csr_array(coo_array((-chance, (index, at)), shape=(m, n)))
    table = hstack([table, csr_array(np.ones((m, 1)))])
    budget, most = budget_rows(game, n)
    budget = hstack([budget, csr_array((len(game.budgets), 1))])
    cost = np.zeros(n + 1)
    cost[-1] = -1.0
    found = program(
        cost,
        vstack([table, budget]).tocsr(),
        np.append(np.zeros(m), most),
        (game.floor(n + 1), np.ones(n + 1)),
    )
    if found.status != 0:
        raise InputError("no plan keeps all budgets", remedy="widen one of them")
    coverage = _spread(game, np.clip(found.x[:n], 0.0, 1.0))
    other = np.clip(-found.ineqlin.marginals[:m], 0, None)
    sets, chances = systematic(coverage, order_of(game))
    return Lottery(
        sets=sets,
        chances=chances,
        value=float(-found.fun),
        coverage=coverage,
        violator=other / max(other.sum(), 1e-300),
        exact=True,
    )


def _spread(game: Game, coverage: NDArray[np.float64]) -> NDArray[np.float64]:
    """Coverage with what the guarantee leaves unused, spent inside each budget so that its own least chance is greatest.

    The guarantee is set by the hardest budget; the others have visits to spare. Each is filled like vessels that
    communicate: the sites where a violation would be found with the least chance rise first.
    """
    x = coverage.copy()
    detect = np.full(game.sites, np.inf)
    for h in game.hypotheses:
        for site in h.sites:
            detect[site] = min(detect[site], h.detect)
    detect[~np.isfinite(detect)] = 1.0
    for budget in sorted(game.budgets, key=lambda b: len(b.sites)):
        sites = np.fromiter(budget.sites, dtype=np.int64)
        room = budget.most - x[sites].sum()
        outer = [
            b for b in game.budgets if b is not budget and len(b.sites) > len(sites) and budget.sites[0] in b.sites
        ]
        for b in outer:
            room = min(room, b.most - x[np.fromiter(b.sites, dtype=np.int64)].sum())
        if room > 1e-9 and len(sites):
            x[sites] = _filled(x[sites], detect[sites], room)
    return np.clip(x, 0.0, 1.0)


def _filled(x: NDArray[np.float64], detect: NDArray[np.float64], room: float) -> NDArray[np.float64]:
    """Coverage raised by `room` in all so that the least of coverage times chance is greatest; no site above one."""
    safe = np.maximum(detect, 1e-12)

    def at(level: float) -> NDArray[np.float64]:
        return np.maximum(x, np.minimum(1.0, level / safe))

    low, high, goal = 0.0, 1.0, float(x.sum() + room)
    if at(high).sum() <= goal:
        return at(high)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if at(middle).sum() <= goal else (low, middle)
    return at(low)


def solve(game: Game) -> Lottery:
    """The optimal mixed strategy, by the quickest exact way that fits the game."""
    if single_site(game) and laminar(game):
        return by_coverage(game)
    return by_columns(game)


def greatest_expected(game: Game) -> tuple[tuple[int, ...], float]:
    """The one set of sites with the greatest expected detection under the hypotheses' beliefs (an integer program)."""
    beliefs = np.array([h.belief for h in game.hypotheses])
    if beliefs.sum() <= 0:
        raise InputError("all beliefs are zero", remedy="give one hypothesis a weight")
    return best_set(game, beliefs / beliefs.sum())
