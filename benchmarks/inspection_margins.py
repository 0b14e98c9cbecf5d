"""How much more a plan notices than plain ways of visiting, on kinds of violation that no plan was made for.

Made-up lists of five states' objects in three worlds. In `mixed` the chance that a visit notices what is wrong has nothing to do with
an object's size; in `large are hard` it falls with size; in `alike` every visit notices. Chances are exact (no seasons are
drawn), so the interval over lists is all there is of chance: how the next list may turn out.
"""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import numpy as np

from servanda.corpus import Corpus
from servanda.questions.inspect_season import chances, rivals, season
from servanda.questions.inspect_violations import falls, planned
from servanda.verification.files import Target, targets_of
from servanda.verification.lotteries import drawn, spread

LISTS, DRAWS, FIRST = 24, 1000, 1_000
STATES = (("POL", 60), ("UKR", 125), ("FRA", 50), ("DEU", 75), ("ITA", 25))
KINDS = (("few-large", 2), ("many-small", 8), ("moved", 4), ("storage", 2), ("random", 4))
WORLDS = ("mixed", "large are hard", "alike")


def made_up(world: str, seed: int) -> tuple[Target, ...]:
    """A list of objects: equipment from 5 to 120 items, one in ten a storage site, chances from 0.3 to 1 by the world."""
    rng = np.random.default_rng(seed)
    number = sum(n for _, n in STATES)
    items = rng.integers(5, 121, number)
    detect = rng.uniform(0.3, 1, number)
    if world == "large are hard":
        detect = np.clip(1.0 - 0.6 * (items - 5) / 115 + rng.uniform(-0.1, 0.1, number), 0.3, 1)
    elif world == "alike":
        detect = np.ones(number)
    owners = [o for o, n in STATES for _ in range(n)]
    marks = np.concatenate([rng.permutation(n) < max(2, n // 10) for _, n in STATES])
    return targets_of(
        {
            "site": f"{o} {i}",
            "owner": o,
            "territory": o,
            "items": int(items[i]),
            "detect": round(float(detect[i]), 3),
            "storage": "yes" if marks[i] else "no",
        }
        for i, o in enumerate(owners)
    )


def margins(world: str, aim: str, seed: int) -> dict[tuple[str, str], float]:
    """On one list: by how much the plan of an aim notices more, by kind of violation and plain way."""
    targets = made_up(world, seed)
    game, _ = season(Corpus.default(), "cfe", on="2000-06-01", targets=targets)
    detect = chances(targets)
    unmarked = tuple(replace(t, storage=False) for t in targets)  # a plan that knew the storage sites would guard them
    plan, _ = planned(game, unmarked, aim)
    mine = spread(game, plan.coverage, seed=seed, draws=DRAWS)
    others = {name: drawn(game, way, seed=seed, draws=DRAWS) for name, way in rivals(game, targets)}
    found = {}
    for kind, number in KINDS:
        what = falls(game, targets, kind, number)
        best = what.noticed(mine, detect)
        for name, other in others.items():
            found[kind, name] = best - what.noticed(other, detect)
    return found


def run() -> None:
    """Print mean margins over the lists in points, with 95 per cent intervals and the lists where the plan is ahead."""
    print(f"margins of plans over plain visits, {LISTS} made-up lists of {sum(n for _, n in STATES)} objects a world")
    for aim in ("robust", "maximin"):
        for world in WORLDS:
            each = [margins(world, aim, FIRST + k) for k in range(LISTS)]
            for name in ("uniform", "proportional"):
                for kind, _ in KINDS:
                    values = 100 * np.array([e[kind, name] for e in each])
                    half = 2.069 * values.std(ddof=1) / sqrt(LISTS)  # Student's t of 23 degrees of freedom
                    print(
                        f"  {aim:8} {world:15} over {name:12} {kind:10} {values.mean():+6.1f} "
                        f"({values.mean() - half:+.1f} to {values.mean() + half:+.1f}), "
                        f"ahead on {int((values > 0).sum())} of {LISTS}"
                    )


if __name__ == "__main__":
    run()
