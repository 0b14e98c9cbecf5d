"""Kinds of violation: those a robust plan is made for, and others that happen without any plan having been made for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from servanda.model.errors import InputError
from servanda.questions.inspect_season import chances, inspected, rivals
from servanda.verification.files import Target
from servanda.verification.game import Game, Lottery
from servanda.verification.robust import Ground, robust
from servanda.verification.solving import solve
from servanda.verification.violations import Falls, scattered

LARGEST = 10  # sites of one state that count as its few large ones
PARTS = 3  # sites are parted by declared equipment into thirds


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What a robust plan does on one kind of violation it was made for, beside what plain ways of visiting do."""

    owner: str
    ground: str
    chance: float
    yardstick: float


def planned(game: Game, targets: tuple[Target, ...], aim: str) -> tuple[Lottery, tuple[Gain, ...]]:
    """The plan of an aim; for a robust one, what it does on each kind of violation it was made for."""
    if aim != "robust":
        return solve(game), ()
    if any(len(h.sites) > 1 for h in game.hypotheses):
        raise InputError("a robust plan is made for violations at one object", remedy="leave `wrong` at 1")
    detect = chances(targets)
    groups = grounds(game, targets)
    lottery, _ = robust(game, detect, tuple(groups.values()))
    gains = tuple(
        Gain(owner=o, ground=g.id, chance=g.noticed(lottery.coverage, detect), yardstick=g.yardstick)
        for o, each in groups.items()
        for g in each
    )
    return lottery, gains


def grounds(game: Game, targets: tuple[Target, ...]) -> dict[str, tuple[Ground, ...]]:
    """What a robust plan is made for, state by state: a violation at one object, wherever it may come to lie.

    Chosen by a violator who knows the plan; falling evenly; falling where the equipment is; falling evenly within each
    third of the objects by equipment and on marked storage sites. Each plain way of visiting is a yardstick on the
    ground that suits it, the better of the two on the first three, even visits on the others.
    """
    detect = chances(targets)
    ways = [way for _, way in rivals(game, targets)]
    found = {}
    for owner, sites in inspected(game, targets).items():
        some = np.array(sites)
        spreads: list[tuple[str, np.ndarray, tuple[float, ...], int]] = [
            ("chosen by a violator who knows the plan", some, (), len(ways)),
            ("at any object alike", some, _alike(len(sites)), len(ways)),
        ]
        items = np.array([float(targets[i].items or 0) for i in sites])
        if len(ways) > 1 and items.sum() > 0:
            share = tuple(float(v) for v in items / items.sum())
            spreads.append(("where equipment is declared", some, share, len(ways)))
            if len(sites) >= PARTS:
                names = ("least", "middle", "most")
                for name, part in zip(
                    names, np.array_split(some[np.argsort(items, kind="stable")], PARTS), strict=True
                ):
                    spreads.append((f"in the third with {name} equipment", part, _alike(len(part)), 1))
        stores = some[[targets[i].storage for i in sites]]
        if len(stores):
            spreads.append(("at a storage site", stores, _alike(len(stores)), 1))
        found[owner] = tuple(
            _against(Ground(id=name, sites=tuple(int(s) for s in part), weights=w, yardstick=0.0), ways[:n], detect)
            for name, part, w, n in spreads
        )
    return found


def _alike(n: int) -> tuple[float, ...]:
    return (1.0 / n,) * n


def _against(ground: Ground, ways: Sequence[np.ndarray], detect: np.ndarray) -> Ground:
    best = max(ground.noticed(way, detect) for way in ways)
    return Ground(id=ground.id, sites=ground.sites, weights=ground.weights, yardstick=best)


Pools = Callable[[dict[str, list[int]], tuple[Target, ...]], list[list[int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A violation that happens at several objects of one state: how many by default, among which, in words."""

    words: str
    number: int
    pools: Pools
    run: bool = False


def _largest(owners: dict[str, list[int]], targets: tuple[Target, ...]) -> list[list[int]]:
    return [_by_items(sites, targets)[-LARGEST:] for sites in owners.values()]


def _smallest(owners: dict[str, list[int]], targets: tuple[Target, ...]) -> list[list[int]]:
    return [_by_items(sites, targets)[: max(1, len(sites) // PARTS)] for sites in owners.values()]


def _by_items(sites: list[int], targets: tuple[Target, ...]) -> list[int]:
    if any(targets[i].items is None for i in sites):
        raise InputError("not every object has its number of items", remedy="fill in the column items")
    return sorted(sites, key=lambda i: (targets[i].items or 0, i))


def _stores(owners: dict[str, list[int]], targets: tuple[Target, ...]) -> list[list[int]]:
    found = [[i for i in sites if targets[i].storage] for sites in owners.values()]
    if not any(found):
        raise InputError("no object is marked as a storage site", remedy="write yes in the column storage")
    return found


def _all(owners: dict[str, list[int]], targets: tuple[Target, ...]) -> list[list[int]]:
    return list(owners.values())


KINDS = {
    "few-large": Kind(
        words="at objects drawn from the ten with the most equipment of a state", number=2, pools=_largest
    ),
    "many-small": Kind(words="at objects drawn from the third with the least equipment", number=8, pools=_smallest),
    "moved": Kind(words="at neighbours in the list, from a random place on", number=4, pools=_all, run=True),
    "storage": Kind(words="at objects drawn from the storage sites", number=2, pools=_stores),
    "random": Kind(words="at any objects of a state", number=1, pools=_all),
}


def falls(game: Game, targets: tuple[Target, ...], kind: str, number: int | None = None) -> Falls:
    """A kind of violation over a season's objects, at `number` of them. InputError for unknown kinds."""
    if kind not in KINDS:
        raise InputError(f"violation {kind!r} is not known", remedy=f"words: {', '.join(KINDS)}")
    if number is not None and number < 1:
        raise InputError(f"a violation at {number} objects", remedy="give 1 or more")
    what = KINDS[kind]
    groups = what.pools(inspected(game, targets), targets)
    return scattered(kind, groups, number or what.number, run=what.run)
