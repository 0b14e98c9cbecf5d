"""Seasons by Monte Carlo: a plan against a violation, vectorised and seeded, and the closed forms it must equal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import comb, sqrt

import numpy as np
from numpy.typing import NDArray

from servanda.model.errors import InputError
from servanda.verification.game import Game, Lottery, against, detection

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Seasons:
    """What many simulated seasons gave: detection with a 95 per cent interval, when, and false alarms."""

    seasons: int
    hypothesis: str
    detected: int
    low: float
    high: float
    expected: float
    mean_place: float | None  # mean place, from 0 to 1, in the season's order of visits at which it was detected
    false_alarms: float  # mean number of alarms a season where nothing was wrong

    @property
    def rate(self) -> float:
        """Share of seasons in which the violation was detected."""
        return self.detected / self.seasons


def interval(hits: int, n: int, z: float = 1.959963984540054) -> tuple[float, float]:
    """Wilson's 95 per cent interval of a proportion.

    >>> low, high = interval(50, 100)
    >>> round(low, 3), round(high, 3)
    (0.404, 0.596)
    """
    p = hits / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def simulate(
    game: Game, lottery: Lottery, *, seasons: int, seed: int, hypothesis: int | None = None, alarm: float = 0.0
) -> Seasons:
    """Play `seasons` seasons of a plan against one hypothesis (by default the violator's best reply).

    Where the chance differs from site to site, the time of detection (not the chance) is told with their mean.

    `alarm` is the chance that counting error at one sound site raises a false alarm. Memory stays flat: seasons run
    in chunks.
    """
    if not 1 <= seasons <= 1_000_000_000:
        raise InputError(f"{seasons:,} seasons", remedy="give 1 to 1,000,000,000")
    if not 0 <= alarm <= 1:
        raise InputError(f"false-alarm chance {alarm} is not a probability", remedy="give 0 to 1")
    chances = np.asarray(lottery.chances)
    chances = chances / chances.sum()
    each = against(game, lottery)
    reply = int(np.argmin(each)) if hypothesis is None else hypothesis
    wrong = frozenset(game.hypotheses[reply].sites)
    hits = np.array([len(wrong & set(s)) for s in lottery.sets])
    sizes = np.array([len(s) for s in lottery.sets])
    one = replace(game, hypotheses=(game.hypotheses[reply],))
    chance = float(np.mean(game.hypotheses[reply].chances or game.hypotheses[reply].detect))
    caught = detection(one, lottery.sets)[:, 0]
    rng = np.random.default_rng(seed)
    edges = np.cumsum(chances)
    edges[-1] = 1.0
    detected, place, alarms = 0, 0.0, 0
    left = seasons
    while left:
        n = min(left, CHUNK)
        picked = np.searchsorted(edges, rng.random(n), side="right")
        found = rng.random(n) < caught[picked]
        detected += int(found.sum())
        place += _places(rng, hits[picked[found]], chance)
        if alarm:
            alarms += int(rng.binomial(sizes[picked] - hits[picked], alarm).sum())
        left -= n
    low, high = interval(detected, seasons)
    return Seasons(
        seasons=seasons,
        hypothesis=game.hypotheses[reply].id,
        detected=detected,
        low=low,
        high=high,
        expected=float(each[reply]),
        mean_place=place / detected if detected else None,
        false_alarms=alarms / seasons,
    )


def compare(one: Seasons, two: Seasons) -> tuple[float, float, float]:
    """How much more often the first detects, with its 95 per cent interval by Newcombe's method.

    >>> a = Seasons(seasons=100, hypothesis="x", detected=60, low=0.5, high=0.69, expected=0, mean_place=None, false_alarms=0)
    >>> b = Seasons(seasons=100, hypothesis="x", detected=40, low=0.31, high=0.5, expected=0, mean_place=None, false_alarms=0)
    >>> [round(v, 3) for v in compare(a, b)]
    [0.2, 0.059, 0.327]
    """
    difference = one.rate - two.rate
    below = sqrt((one.rate - one.low) ** 2 + (two.high - two.rate) ** 2)
    above = sqrt((one.high - one.rate) ** 2 + (two.rate - two.low) ** 2)
    return difference, difference - below, difference + above


def _places(rng: np.random.Generator, hits: NDArray[np.int64], chance: float) -> float:
    """Sum over detected seasons of the place in the season at which the first detecting visit came.

    Visits to the wrong sites lie at random places; given detection, the first detecting one among k visits is a
    truncated geometric draw, and its place the corresponding order statistic of k uniform places (a beta).
    """
    if len(hits) == 0:
        return 0.0
    miss = 1.0 - chance
    if miss <= 0:
        first = np.ones(len(hits))
    else:
        u = rng.random(len(hits)) * (1.0 - miss**hits)
        first = np.clip(np.ceil(np.log1p(-u) / np.log(miss)), 1, hits) if miss < 1 else np.ones(len(hits))
    return float(rng.beta(first, hits - first + 1).sum())


def hypergeometric(objects: int, wrong: int, visits: int, detect: float = 1.0) -> float:
    """Chance that visits drawn at random without replacement detect at least one of `wrong` among `objects`.

    >>> round(hypergeometric(10, 1, 3), 6)
    0.3
    """
    if not 0 <= wrong <= objects or not 0 <= visits <= objects:
        raise InputError(f"{visits} visits and {wrong} violations among {objects} objects", remedy="check the numbers")
    if not 0 <= detect <= 1:
        raise InputError(f"detection chance {detect:g} is not a probability", remedy="give 0 to 1")
    missed = sum(
        comb(wrong, k) * comb(objects - wrong, visits - k) * (1.0 - detect) ** k
        for k in range(max(0, visits - (objects - wrong)), min(wrong, visits) + 1)
    )
    return 1.0 - missed / comb(objects, visits)


def least_quota(objects: int, wrong: int, wanted: float, detect: float = 1.0) -> int | None:
    """The least number of random visits that detects with chance `wanted`; None where even all do not reach it."""
    if not 0 < wanted <= 1:
        raise InputError(f"wanted chance {wanted} is not a probability", remedy="give more than 0, at most 1")
    if hypergeometric(objects, wrong, objects, detect) < wanted - 1e-12:
        return None
    low, high = 0, objects
    while low < high:
        middle = (low + high) // 2
        if hypergeometric(objects, wrong, middle, detect) >= wanted - 1e-12:
            high = middle
        else:
            low = middle + 1
    return low
