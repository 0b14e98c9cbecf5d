"""Chances of visits turned into lotteries over whole sets of sites, each set within every budget."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from servanda.verification.game import Game, Lottery, guaranteed

CELLS = 4_000_000  # of a table of sets by sites, built in parts of this size


def order_of(game: Game) -> NDArray[np.int64]:
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


def drawn(game: Game, coverage: NDArray[np.float64], *, seed: int, draws: int = 2000) -> Lottery:
    """Coverage as a lottery of `draws` sets, sites shuffled inside each budget before every draw.

    Shuffling keeps neighbours in the list from being tied together, which matters where a violation shows at
    several sites. The value is what these draws guarantee; it carries their sampling error.
    """
    rng = np.random.default_rng(seed)
    order = order_of(game)
    smallest = np.full(game.sites, -1)
    for i, budget in sorted(enumerate(game.budgets), key=lambda e: -len(e[1].sites)):
        smallest[list(budget.sites)] = i
    blocks = np.split(order, np.flatnonzero(np.diff(smallest[order])) + 1)
    sets: list[tuple[int, ...]] = []
    rows = max(1, CELLS // max(1, len(order)))
    while len(sets) < draws:
        n = min(rows, draws - len(sets))
        shuffled = np.hstack([rng.permuted(np.broadcast_to(b, (n, len(b))), axis=1) for b in blocks])
        ends = np.cumsum(coverage[shuffled], axis=1)
        ends = np.where(np.abs(ends - np.round(ends)) < 1e-9, np.round(ends), ends)
        starts = np.hstack([np.zeros((n, 1)), ends[:, :-1]])
        offsets = rng.random((n, 1))
        hit = np.ceil(ends - offsets) > np.ceil(starts - offsets)
        sets.extend(tuple(sorted(row[flags].tolist())) for row, flags in zip(shuffled, hit, strict=True))
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
        if room < 0:  # a budget over others that allows less than they do together
            x[list(budget.sites)] *= budget.most / (budget.most - room)
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


def spread(game: Game, coverage: NDArray[np.float64], *, seed: int, draws: int = 2000) -> Lottery:
    """Coverage as a lottery of `draws` sets that keep apart: neighbours in the list are seldom visited together.

    The ordered pivotal method of survey sampling: two neighbours compete, one of them takes the chance of both as far
    as it goes, and the rest competes with the next. Each site keeps its chance exactly, and a run of neighbours is
    visited by its expected number rounded up or down or nearly so, so a violation that shows at several of them is
    seldom missed whole. What a budget leaves over competes in the next wider one, so no budget is overrun. For
    budgets that nest or lie apart. The value is what these draws guarantee; it carries their sampling error.
    """
    rng = np.random.default_rng(seed)
    chosen = np.zeros((draws, game.sites), dtype=bool)
    left, over = _contest(game, _children(game), -1, coverage, chosen, rng)
    rows = np.flatnonzero(rng.random(draws) < over)
    chosen[rows, left[rows]] = True
    sets = tuple(tuple(int(s) for s in np.flatnonzero(row)) for row in chosen)
    found = Lottery(
        sets=sets,
        chances=(1.0 / draws,) * draws,
        value=0.0,
        coverage=coverage,
        violator=np.zeros(0),
        exact=False,
    )
    return replace(found, value=guaranteed(game, found))


def _children(game: Game) -> dict[int, list[tuple[int, int]]]:
    """What each budget holds in the list's order: (0, site) of its own, (1, budget) inside it; -1 is the whole."""
    by_size = sorted(range(len(game.budgets)), key=lambda i: len(game.budgets[i].sites))
    owner = np.full(game.sites, -1)
    for i in reversed(by_size):
        owner[list(game.budgets[i].sites)] = i
    parents = {}
    for place, i in enumerate(by_size):
        mine = set(game.budgets[i].sites)
        parents[i] = next((j for j in by_size[place + 1 :] if mine <= set(game.budgets[j].sites)), -1)
    found: dict[int, list[tuple[int, int]]] = {i: [] for i in (-1, *by_size)}
    for site, i in enumerate(owner.tolist()):
        found[i].append((0, site))
    for i in range(len(game.budgets)):
        found[parents[i]].append((1, i))
    return found


def _contest(
    game: Game,
    children: dict[int, list[tuple[int, int]]],
    node: int,
    coverage: NDArray[np.float64],
    chosen: NDArray[np.bool_],
    rng: np.random.Generator,
) -> tuple[NDArray[np.int64], float]:
    """Settle a budget's sites draw by draw; the one site of each draw that is left over, and its chance."""
    draws = len(chosen)
    everyone = np.arange(draws)
    holder, held = np.zeros(draws, dtype=np.int64), 0.0
    for kind, which in children[node]:
        if kind:
            rival, chance = _contest(game, children, which, coverage, chosen, rng)
        else:
            rival, chance = np.full(draws, which, dtype=np.int64), float(coverage[which])
        if chance < 1e-9:
            continue
        if chance > 1 - 1e-9:
            chosen[everyone, rival] = True
            continue
        total = held + chance
        if total < 1 - 1e-9:
            taken = rng.random(draws) < chance / total
            holder, held = np.where(taken, rival, holder), total
            continue
        # one of them is visited; the other keeps what is above one
        first = rng.random(draws) < (1 - chance) / (2 - total)
        chosen[everyone, np.where(first, holder, rival)] = True
        holder, held = np.where(first, rival, holder), max(0.0, total - 1)
        if held < 1e-9:
            held = 0.0
    return holder, held
