"""The inspection game: sites within quotas against violation hypotheses, and what a lottery over site sets detects.

An inspector picks a set of sites within quotas; a violator picks one hypothesis, a set of sites where something
is wrong. Each visit to such a site detects with the hypothesis's probability, visits being independent. The
violator wants not to be caught, so the game is zero-sum in the detection probability, and the value is what the
inspector can be sure of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from servanda.model.errors import InputError

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


def feasible(game: Game, chosen: Sequence[int]) -> bool:
    """Whether a set of sites keeps every budget."""
    picked = set(chosen)
    return picked >= set(game.must) and all(len(picked & set(b.sites)) <= b.most for b in game.budgets)


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


def single_site(game: Game) -> bool:
    """Whether every hypothesis shows at one site, so that coverage alone decides."""
    return all(len(h.sites) == 1 for h in game.hypotheses)


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


def guaranteed(game: Game, lottery: Lottery) -> float:
    """The detection probability a lottery is sure of: against the violator's best reply."""
    return float(against(game, lottery).min())
