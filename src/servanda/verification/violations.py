"""Violations that fall by chance on several sites: where they may fall, drawn anew every season, and exact chances.

A plan may have been made without them; what it notices of them tells how well it does on what nobody planned for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from servanda.model.errors import InputError
from servanda.verification.game import Lottery
from servanda.verification.lotteries import CELLS
from servanda.verification.simulate import CHUNK, Seasons, interval

PART = CHUNK // 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Sites among which a violation falls on `number`: any of them, or a run of neighbours in the list's order."""

    sites: tuple[int, ...]
    number: int
    run: bool = False
    weight: float = 1.0

    def __post_init__(self) -> None:
        if not 1 <= self.number <= len(self.sites):
            raise InputError(
                f"a violation at {self.number} of {len(self.sites)} objects", remedy="give at least one, at most all"
            )

    def draw(self, rng: np.random.Generator, times: int) -> NDArray[np.int64]:
        """`times` violations, one a row."""
        pool, k = np.asarray(self.sites, dtype=np.int64), self.number
        if self.run:
            first = rng.integers(len(pool) - k + 1, size=times)
            return np.asarray(pool[first[:, None] + np.arange(k)], dtype=np.int64)
        # the i-th is drawn among those not yet taken: Fisher and Yates, on the first k places alone
        found = np.empty((times, k), dtype=np.int64)
        if 4 * k > len(pool):
            order = np.argpartition(rng.random((times, len(pool))), k - 1, axis=1) if k < len(pool) else None
            return np.broadcast_to(pool, (times, k)) if order is None else pool[order[:, :k]]
        found[:] = rng.integers(len(pool), size=(times, k))
        while True:
            ranked = np.sort(found, axis=1)
            twice = np.flatnonzero((ranked[:, 1:] == ranked[:, :-1]).any(axis=1))
            if not len(twice):
                return pool[found]
            found[twice] = rng.integers(len(pool), size=(len(twice), k))

    def missed(self, misses: NDArray[np.float64]) -> NDArray[np.float64]:
        """Mean chance of missing it, a row each; `misses` gives row by row the chance that each site tells nothing."""
        there = misses[:, list(self.sites)]
        n, k = there.shape[1], self.number
        if self.run:
            return np.asarray(
                np.mean([there[:, i : i + k].prod(axis=1) for i in range(n - k + 1)], axis=0), dtype=np.float64
            )
        # mean over all k of the first m sites of the product of misses, site after site
        means = np.zeros((k + 1, len(there)))
        means[0] = 1.0
        for m in range(1, n + 1):
            for j in range(min(k, m), 0, -1):
                means[j] = ((m - j) * means[j] + j * there[:, m - 1] * means[j - 1]) / m
        return np.asarray(means[k], dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Falls:
    """A kind of violation that falls by chance: on one of the pools by weight, then on sites of it."""

    id: str
    pools: tuple[Pool, ...]

    def noticed(self, lottery: Lottery, detect: NDArray[np.float64]) -> float:
        """The exact chance that a lottery's visits notice it."""
        weights = self._weights()
        rows = max(1, CELLS // len(detect))
        missed = 0.0
        for first in range(0, len(lottery.sets), rows):
            part = lottery.sets[first : first + rows]
            misses = np.ones((len(part), len(detect)))
            for i, chosen in enumerate(part):
                sites = list(chosen)
                misses[i, sites] = 1.0 - detect[sites]
            chances = np.asarray(lottery.chances[first : first + rows])
            missed += float(weights @ np.array([float(chances @ pool.missed(misses)) for pool in self.pools]))
        return 1.0 - missed / float(np.sum(lottery.chances))

    def _weights(self) -> NDArray[np.float64]:
        weights = np.array([p.weight for p in self.pools])
        return np.asarray(weights / weights.sum(), dtype=np.float64)

    def draw(self, rng: np.random.Generator, times: int) -> NDArray[np.int64]:
        """`times` violations, one a row; -1 where one has fewer sites than the widest."""
        which = np.searchsorted(np.cumsum(self._weights())[:-1], rng.random(times), side="right")
        found = np.full((times, max(p.number for p in self.pools)), -1, dtype=np.int64)
        for i, pool in enumerate(self.pools):
            rows = np.flatnonzero(which == i)
            found[rows, : pool.number] = pool.draw(rng, len(rows))
        return found


def fallen(falls: Falls, lottery: Lottery, detect: NDArray[np.float64], *, seasons: int, seed: int) -> Seasons:
    """Seasons of a plan against violations drawn anew every season. Memory stays flat: seasons run in chunks."""
    if not 1 <= seasons <= 1_000_000_000:
        raise InputError(f"{seasons:,} seasons", remedy="give 1 to 1,000,000,000")
    visited = np.zeros((len(lottery.sets), len(detect) + 1), dtype=bool)  # the last column stands for no site
    for i, chosen in enumerate(lottery.sets):
        visited[i, list(chosen)] = True
    chance = np.append(detect, 0.0)
    edges = np.cumsum(lottery.chances) / np.sum(lottery.chances)
    edges[-1] = 1.0
    rng = np.random.default_rng(seed)
    detected, place, left = 0, 0.0, seasons
    while left:
        n = min(left, PART)
        picked = np.searchsorted(edges, rng.random(n), side="right")
        sites = falls.draw(rng, n)
        flags = visited[picked[:, None], sites] & (rng.random(sites.shape) < chance[sites])
        hit = flags.any(axis=1)
        detected += int(hit.sum())
        place += float(np.where(flags[hit], rng.random((int(hit.sum()), sites.shape[1])), 2.0).min(axis=1).sum())
        left -= n
    low, high = interval(detected, seasons)
    return Seasons(
        seasons=seasons,
        hypothesis=falls.id,
        detected=detected,
        low=low,
        high=high,
        expected=falls.noticed(lottery, detect),
        mean_place=place / detected if detected else None,
        false_alarms=0.0,
    )


def scattered(id: str, groups: Sequence[Sequence[int]], number: int, *, run: bool = False) -> Falls:
    """A violation at `number` sites of one group (all of a smaller one), groups as likely as they have sites."""
    return Falls(
        id=id,
        pools=tuple(
            Pool(sites=tuple(g), number=min(number, len(g)), run=run, weight=float(len(g))) for g in groups if g
        ),
    )
