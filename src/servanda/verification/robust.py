"""Plans that do better than plain ways of visiting on every kind of violation thought of, by as much as can be.

A maximin plan is right against a violator who knows it, and pays for that where a violation merely falls somewhere.
A robust plan is measured against plain plans instead: each kind of violation is a spread of chances over the sites (a
`Ground`) with the chance that plain visits would notice it (its yardstick), and the plan's least gain over the
yardsticks is made as great as it can be. All is linear in the chances of visits, so it is one linear program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from servanda.model.errors import InputError
from servanda.verification.game import Game, Lottery, laminar
from servanda.verification.lotteries import order_of, systematic
from servanda.verification.solving import budget_rows, program


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where a violation at one site may lie: its chance site by site (adding up to one), and the yardstick.

    `weights` empty means a violator who picks among `sites` the one where it is noticed least. `yardstick` is the
    chance with which a plain plan notices it.
    """

    id: str
    sites: tuple[int, ...]
    yardstick: float
    weights: tuple[float, ...] = ()

    def noticed(self, coverage: NDArray[np.float64], detect: NDArray[np.float64]) -> float:
        """The chance that visits with these chances notice it."""
        sites = list(self.sites)
        each = coverage[sites] * detect[sites]
        return float(each @ np.asarray(self.weights)) if self.weights else float(each.min())


def robust(
    game: Game, detect: NDArray[np.float64], groups: Sequence[Sequence[Ground]]
) -> tuple[Lottery, tuple[float, ...]]:
    """The plan whose least gain over all yardsticks is greatest, then the sum of the groups' own least gains.

    A gain of 0.05 is a chance of notice five per cent above the yardstick; it may be negative where the grounds ask for
    more than the budgets hold. Gains are given group by group. InputError where budgets cross.
    """
    if not laminar(game):
        raise InputError("a robust plan needs quotas that nest or lie apart", remedy="ask for a maximin plan")
    rows = _rows(game, detect, groups)
    first = _solved(game, rows, len(groups), least=None)
    coverage, gains = _solved(game, rows, len(groups), least=float(min(first[1])) - 1e-9)
    sets, chances = systematic(coverage, order_of(game))
    value = min((h.detect * float(coverage[h.sites[0]]) for h in game.hypotheses if len(h.sites) == 1), default=0.0)
    lottery = Lottery(sets=sets, chances=chances, value=value, coverage=coverage, violator=np.zeros(0), exact=True)
    return lottery, gains


def _rows(game: Game, detect: NDArray[np.float64], groups: Sequence[Sequence[Ground]]) -> tuple[Any, Any]:
    """Each ground as rows: yardstick x (1 + gain of its group) less what is noticed is at most nothing."""
    from scipy.sparse import csr_array

    data: list[float] = []
    row: list[int] = []
    column: list[int] = []
    upper: list[float] = []
    for g, grounds in enumerate(groups):
        for ground in grounds:
            weights = ground.weights
            entries = [list(zip(ground.sites, weights, strict=True))] if weights else [[(s, 1.0)] for s in ground.sites]
            for entry in entries:
                at = len(upper)
                for site, weight in entry:
                    row.append(at)
                    column.append(site)
                    data.append(-weight * float(detect[site]))
                row.append(at)
                column.append(game.sites + g)
                data.append(ground.yardstick)
                upper.append(-ground.yardstick)
    table = csr_array((data, (row, column)), shape=(len(upper), game.sites + len(groups)))
    return table, np.array(upper)


def _solved(
    game: Game, rows: tuple[Any, Any], groups: int, least: float | None
) -> tuple[NDArray[np.float64], tuple[float, ...]]:
    """Coverage and gains: the greatest least gain, or with `least` given for each group the greatest sum of gains."""
    from scipy.sparse import csr_array, hstack, vstack

    n = game.sites
    width = n + groups + 1  # the last column is the least gain of all
    table = hstack([rows[0], csr_array((rows[0].shape[0], 1))])
    budget, most = budget_rows(game, width)
    # least gain <= gain of each group
    own = csr_array(
        (
            np.concatenate([-np.ones(groups), np.ones(groups)]),
            (np.tile(np.arange(groups), 2), np.concatenate([n + np.arange(groups), np.full(groups, n + groups)])),
        ),
        shape=(groups, width),
    )
    cost = np.zeros(width)
    low, high = game.floor(width), np.ones(width)
    low[n:], high[n:] = -1.0, np.inf
    if least is None:
        cost[-1] = -1.0
    else:
        cost[n : n + groups] = -1.0
        low[-1] = high[-1] = least
    found = program(
        cost,
        vstack([table, budget, own]).tocsr(),
        np.concatenate([rows[1], most, np.zeros(groups)]),
        (low, high),
    )
    if found.status != 0:
        raise InputError("no plan keeps all budgets", remedy="widen one of them")
    return np.clip(found.x[:n], 0.0, 1.0), tuple(float(g) for g in found.x[n : n + groups])
