"""The inspection game: a season's sites against violation hypotheses, as linear and integer programs.

An inspector picks a set of sites within quotas; a violator picks one hypothesis, a set of sites where something
is wrong. Each visit to such a site detects with the hypothesis's probability, visits being independent. The
violator wants not to be caught, so the game is zero-sum in the detection probability, and the value is what the
inspector can be sure of. HiGHS solves it (imported where used).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from servanda.model.errors import InputError

MOST_SETS = 20_000
CELLS = 4_000_000  # of a table of sets by sites, built in parts of this size
SURE = -745.0  # a visit that cannot miss: the logarithm of the least positive number


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One way to violate: the sites where it shows, the chance that one visit there detects it, and a belief weight.

    `chances` gives that chance site by site where they differ. Plans are made with `detect`, the least of them, which
    keeps the program exact and the guarantee safe; what a plan does against a violation is told with `chances`.
    """

    id: str
    sites: tuple[int, ...]
    detect: float = 1.0
    belief: float = 1.0
    chances: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.detect <= 1:
            raise InputError(f"detection chance {self.detect} of {self.id} is not a probability", remedy="give 0 to 1")
        if self.belief < 0:
            raise InputError(f"belief {self.belief} of {self.id} is negative", remedy="give 0 or more")
        if not self.sites:
            raise InputError(f"hypothesis {self.id} names no site", remedy="name at least one")
        if self.chances and len(self.chances) != len(self.sites):
            raise InputError(
                f"{self.id} has {len(self.chances)} chances for {len(self.sites)} sites", remedy="one each"
            )

    def caught(self, hits: int) -> float:
        """Chance of detection when `hits` of its sites are visited."""
        return float(1.0 - (1.0 - self.detect) ** hits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """At most `most` inspections among `sites`; `cite` names the clause."""

    id: str
    sites: tuple[int, ...]
    most: int
    cite: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Game:
    """`sites` numbers them 0 to n-1; budgets bound how many may be visited; hypotheses are what might be wrong.

    `must` are sites that every set visits.
    """

    sites: int
    budgets: tuple[Budget, ...]
    hypotheses: tuple[Hypothesis, ...]
    must: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.sites < 1:
            raise InputError("there are no objects to inspect", remedy="give declarations or numbers of objects")
        if not self.hypotheses:
            raise InputError("there is no violation to look for", remedy="give at least one hypothesis")
        entries: tuple[Budget | Hypothesis, ...] = (*self.budgets, *self.hypotheses)
        for entry in entries:
            if any(not 0 <= s < self.sites for s in entry.sites):
                raise InputError(
                    f"{entry.id} names a site that is not there", remedy=f"sites are 0 to {self.sites - 1}"
                )
        for budget in self.budgets:
            if budget.most < 0:
                raise InputError(f"budget {budget.id} is negative", remedy="give 0 or more")
        tight = [(b, n) for b in self.budgets if (n := len(set(b.sites) & set(self.must))) > b.most]
        if tight:
            words = "; ".join(f"{n} of {b.id}, at most {b.most}" + (f" ({b.cite})" if b.cite else "") for b, n in tight)
            raise InputError(
                f"the sites that must be visited do not fit: {words}", remedy="name fewer of them, or allow more"
            )

    def floor(self, width: int) -> NDArray[np.float64]:
        """Lower bounds of a program's first columns: one for the sites that must be visited."""
        low = np.zeros(width)
        low[list(self.must)] = 1.0
        return low


@dataclass(frozen=True, slots=True, kw_only=True)
class Lottery:
    """A mixed strategy: site sets with their chances; `value` the detection probability it guarantees.

    `violator` is the hypothesis mix that holds the inspector to the value (empty where the program did not give it).
    """

    sets: tuple[tuple[int, ...], ...]
    chances: tuple[float, ...]
    value: float
    coverage: NDArray[np.float64]
    violator: NDArray[np.float64]
    exact: bool = True

    def draw(self, seed: int) -> tuple[int, ...]:
        """One set of sites, drawn by the chances."""
        rng = np.random.default_rng(seed)
        chances = np.asarray(self.chances)
        return self.sets[int(rng.choice(len(self.sets), p=chances / chances.sum()))]


def _program(
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


def feasible(game: Game, chosen: Sequence[int]) -> bool:
    """Whether a set of sites keeps every budget."""
    picked = set(chosen)
    return picked >= set(game.must) and all(len(picked & set(b.sites)) <= b.most for b in game.budgets)


def _log_misses(game: Game, sets: Sequence[Sequence[int]]) -> Any:
    """The logarithm of the chance that a set misses a hypothesis, sets by hypotheses, as a sparse table."""
    from scipy.sparse import csr_array

    def table(groups: Sequence[Sequence[int]], values: NDArray[np.float64]) -> Any:
        flat = np.fromiter((s for g in groups for s in g), dtype=np.int64)
        ends = np.concatenate([[0], np.cumsum([len(g) for g in groups])]).astype(np.int64)
        return csr_array((values, flat, ends), shape=(len(groups), game.sites))

    chances = np.fromiter(
        (c for h in game.hypotheses for c in (h.chances or (h.detect,) * len(h.sites))), dtype=np.float64
    )
    with np.errstate(divide="ignore"):
        weights = np.maximum(np.log1p(-chances), SURE)
    visits = table(sets, np.ones(sum(len(s) for s in sets)))
    return csr_array(visits @ table([h.sites for h in game.hypotheses], weights).T)


def detection(game: Game, sets: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """Chance of detection, sets by hypotheses."""
    return np.asarray(-np.expm1(_log_misses(game, sets).toarray()))


def against(game: Game, lottery: Lottery) -> NDArray[np.float64]:
    """The chance with which a lottery detects each hypothesis."""
    misses = _log_misses(game, lottery.sets).tocoo()
    chances = np.asarray(lottery.chances)
    found = chances[misses.row] * -np.expm1(misses.data)
    total = np.bincount(misses.col, weights=found, minlength=len(game.hypotheses))
    return np.asarray(total / chances.sum(), dtype=np.float64)


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
    found = _program(cost, table, upper, (low, high), equal=equal)
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


def _budget_rows(game: Game, width: int) -> tuple[Any, NDArray[np.float64]]:
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
    budget, most = _budget_rows(game, n + m)
    cost = np.zeros(n + m)
    cost[n:] = -weights[live]
    for j in alone:
        cost[game.hypotheses[j].sites[0]] -= weights[j] * game.hypotheses[j].detect
    integral = np.append(np.ones(n, dtype=int), np.zeros(m, dtype=int))
    found = _program(
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


def single_site(game: Game) -> bool:
    """Whether every hypothesis shows at one site, so that coverage alone decides."""
    return all(len(h.sites) == 1 for h in game.hypotheses)


def laminar(game: Game) -> bool:
    """Whether any two budgets are nested or apart, so that coverage can be turned into a lottery of whole sets."""
    sets = sorted((frozenset(b.sites) for b in game.budgets), key=len)
    owner: dict[int, int] = {}
    for i in reversed(range(len(sets))):  # largest first: each smaller set must lie inside one owner
        owners = {owner.get(s, -1) for s in sets[i]}
        if len(owners) > 1:
            return False
        for s in sets[i]:
            owner[s] = i
    return True


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
    budget, most = _budget_rows(game, n)
    budget = hstack([budget, csr_array((len(game.budgets), 1))])
    cost = np.zeros(n + 1)
    cost[-1] = -1.0
    found = _program(
        cost,
        vstack([table, budget]).tocsr(),
        np.append(np.zeros(m), most),
        (game.floor(n + 1), np.ones(n + 1)),
    )
    if found.status != 0:
        raise InputError("no plan keeps all budgets", remedy="widen one of them")
    coverage = _spread(game, np.clip(found.x[:n], 0.0, 1.0))
    other = np.clip(-found.ineqlin.marginals[:m], 0, None)
    sets, chances = systematic(coverage, _order(game))
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


def _order(game: Game) -> NDArray[np.int64]:
    """Sites in an order in which every budget's sites stand side by side."""
    keys: list[list[int]] = [[] for _ in range(game.sites)]
    for i, budget in sorted(enumerate(game.budgets), key=lambda e: -len(e[1].sites)):
        for site in budget.sites:
            keys[site].append(i)
    return np.array(sorted(range(game.sites), key=lambda s: (keys[s], s)), dtype=np.int64)


def systematic(
    coverage: NDArray[np.float64], order: NDArray[np.int64]
) -> tuple[tuple[tuple[int, ...], ...], tuple[float, ...]]:
    """Coverage as a lottery of whole sets: a comb of unit spacing laid over the running sum, at every distinct offset.

    Each site is in the drawn set with exactly its coverage.
    """
    ends = np.cumsum(coverage[order])
    ends = np.where(np.abs(ends - np.round(ends)) < 1e-9, np.round(ends), ends)
    starts = np.concatenate([[0.0], ends[:-1]])
    cuts = np.unique(np.concatenate([[0.0, 1.0], ends % 1.0]))
    cuts = cuts[np.concatenate([[True], np.diff(cuts) > 1e-12])]
    middles = (cuts[:-1] + cuts[1:]) / 2
    sets: list[tuple[int, ...]] = []
    rows = max(1, CELLS // max(1, len(order)))
    for first in range(0, len(middles), rows):
        offsets = middles[first : first + rows, None]
        hit = np.zeros((len(offsets), len(order)), dtype=bool)
        # the comb hits [start, end) where a whole number plus the offset falls into it
        hit[:, order] = np.ceil(ends - offsets) > np.ceil(starts - offsets)
        sites = np.nonzero(hit)[1].tolist()
        stops = np.cumsum(hit.sum(axis=1)).tolist()
        sets.extend(tuple(sites[i:j]) for i, j in zip([0, *stops[:-1]], stops, strict=True))
    return tuple(sets), tuple(float(w) for w in np.diff(cuts))


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


def guaranteed(game: Game, lottery: Lottery) -> float:
    """The detection probability a lottery is sure of: against the violator's best reply."""
    return float(against(game, lottery).min())


def drawn(game: Game, coverage: NDArray[np.float64], *, seed: int, draws: int = 2000) -> Lottery:
    """Coverage as a lottery of `draws` sets, sites shuffled inside each budget before every draw.

    Shuffling keeps neighbours in the list from being tied together, which matters where a violation shows at
    several sites. The value is what these draws guarantee; it carries their sampling error.
    """
    rng = np.random.default_rng(seed)
    order = _order(game)
    smallest = np.full(game.sites, -1)
    for i, budget in sorted(enumerate(game.budgets), key=lambda e: -len(e[1].sites)):
        smallest[list(budget.sites)] = i
    blocks = np.split(order, np.flatnonzero(np.diff(smallest[order])) + 1)
    sets = []
    for _ in range(draws):
        shuffled = np.concatenate([rng.permutation(b) for b in blocks])
        ends = np.cumsum(coverage[shuffled])
        ends = np.where(np.abs(ends - np.round(ends)) < 1e-9, np.round(ends), ends)
        starts = np.concatenate([[0.0], ends[:-1]])
        offset = rng.random()
        sets.append(tuple(sorted(int(s) for s in shuffled[np.ceil(ends - offset) > np.ceil(starts - offset)])))
    found = Lottery(
        sets=tuple(sets),
        chances=(1.0 / draws,) * draws,
        value=0.0,
        coverage=coverage,
        violator=np.zeros(0),
        exact=False,
    )
    return replace(found, value=guaranteed(game, found))


def even(game: Game, weights: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """Coverage that spends every budget evenly over its sites, or in proportion to `weights` (capped at one)."""
    w = np.ones(game.sites) if weights is None else np.clip(weights.astype(float), 0.0, None)
    x = np.zeros(game.sites)
    inside: set[int] = set()
    for budget in sorted(game.budgets, key=lambda b: len(b.sites)):
        sites = np.array([s for s in budget.sites if s not in inside], dtype=np.int64)
        room = budget.most - sum(x[s] for s in budget.sites if s in inside)
        inside.update(budget.sites)
        open_ = sites
        while room > 1e-12 and len(open_) and w[open_].sum() > 0:
            part = w[open_] * room / w[open_].sum()
            full = part >= 1.0 - x[open_]
            if not full.any():
                x[open_] += part
                break
            room -= float((1.0 - x[open_[full]]).sum())
            x[open_[full]] = 1.0
            open_ = open_[~full]
    return np.clip(x, 0.0, 1.0)
