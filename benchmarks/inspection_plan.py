"""A season's plan for 30 states and 5,000 objects, and its simulation, beside PuLP with CBC and a plain NumPy loop.

The peer is installed into an environment of its own, made in a temporary folder; without a network it is left out and the
line says so. Answers are compared first: the guaranteed chance, the best set under beliefs, the simulated rate.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.timing import Timed, timed
from servanda.verification.game import Budget, Game, Hypothesis
from servanda.verification.simulate import interval, simulate
from servanda.verification.solving import greatest_expected, solve

STATES, OBJECTS, SEASONS = 30, 5_000, 4_000_000
PEER = Path(__file__).parent / "peers" / "pulp_plan.py"


def world() -> Game:
    """Objects of 30 states with chances of detection from 0.3 to 1 and beliefs, 15 per cent of them a year; all made up."""
    rng = np.random.default_rng(11)
    cuts = np.sort(rng.choice(np.arange(1, OBJECTS), STATES - 1, replace=False))
    parts = np.split(np.arange(OBJECTS), cuts)
    budgets = tuple(
        Budget(id=f"s{i}", sites=tuple(int(s) for s in p), most=max(1, round(0.15 * len(p))))
        for i, p in enumerate(parts)
    )
    chances, beliefs = rng.uniform(0.3, 1, OBJECTS), rng.uniform(0, 1, OBJECTS)
    hypotheses = tuple(
        Hypothesis(id=str(i), sites=(i,), detect=float(chances[i]), belief=float(beliefs[i])) for i in range(OBJECTS)
    )
    return Game(sites=OBJECTS, budgets=budgets, hypotheses=hypotheses)


def peer(game: Game) -> dict[str, float] | None:
    """What PuLP with CBC finds, and its seconds; None where it cannot be installed."""
    problem = {
        "chances": [h.detect for h in game.hypotheses],
        "beliefs": [h.belief for h in game.hypotheses],
        "budgets": [[list(b.sites), b.most] for b in game.budgets],
    }
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run([sys.executable, "-m", "venv", folder], capture_output=True, check=False)
        python = str(Path(folder, "bin", "python"))
        install = [python, "-m", "pip", "install", "-q", "pulp"]
        if made.returncode or subprocess.run(install, capture_output=True, check=False).returncode:
            return None
        done = subprocess.run(
            [python, str(PEER)], input=json.dumps(problem), capture_output=True, text=True, check=True
        )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def loop(game: Game, lottery, seasons: int, seed: int) -> int:
    """The same seasons by a plain NumPy loop, one at a time."""
    rng = np.random.default_rng(seed)
    chances = np.asarray(lottery.chances) / np.sum(lottery.chances)
    sets = [frozenset(s) for s in lottery.sets]
    wrong, detect = game.hypotheses[0].sites[0], game.hypotheses[0].detect
    found = 0
    for _ in range(seasons):
        if wrong in sets[rng.choice(len(sets), p=chances)] and rng.random() < detect:
            found += 1
    return found


def run() -> None:
    """Compare answers, then print medians, seasons a second and memory."""
    game = world()
    plan = solve(game)
    chosen, value = greatest_expected(game)
    print(f"an inspection plan: {STATES} states, {OBJECTS:,} objects, made up")
    print(f"  sure of {plan.value:.6f}; best expected {value:.6f} with {len(chosen)} inspections")
    other = peer(game)
    mine = timed("maximin plan, with its lottery of whole sets", lambda: solve(game), 3)
    best = timed("greatest expected detection, integer program", lambda: greatest_expected(game), 3)
    print(mine.row())
    print(best.row())
    if other is None:
        print("  PuLP with CBC could not be installed")
    else:
        assert abs(other["maximin"] - plan.value) < 1e-6, (other["maximin"], plan.value)
        assert abs(other["expected"] - value) < 1e-6, (other["expected"], value)
        for name, seconds, base in (
            ("PuLP with CBC: maximin, coverage alone", other["maximin_seconds"], mine),
            ("PuLP with CBC: greatest expected detection", other["expected_seconds"], best),
        ):
            print(Timed(name, seconds, seconds, seconds).row(base))
    few = 2_000
    hits = loop(game, plan, few, 5)
    low, high = interval(hits, few, 4.0)
    quick = simulate(game, plan, seasons=SEASONS, seed=5, hypothesis=0)
    assert low <= quick.rate <= high, (low, quick.rate, high)
    seasons = timed(f"{SEASONS:,} seasons", lambda: simulate(game, plan, seasons=SEASONS, seed=5, hypothesis=0), 3)
    plain = timed("a plain NumPy loop, scaled to as many", lambda: loop(game, plan, few, 5), 3)
    scale = SEASONS / few
    print(seasons.row())
    print(Timed(plain.name, plain.median * scale, plain.least * scale, plain.most * scale).row(seasons))
    begun = time.process_time()
    simulate(game, plan, seasons=SEASONS, seed=5, hypothesis=0)
    spent = time.process_time() - begun
    print(f"  {SEASONS / seasons.median:,.0f} seasons a second; {SEASONS / spent:,.0f} a second of one core's own time")
    for name, call in (("maximin plan", solve), ("greatest expected", greatest_expected)):
        begun = time.process_time()
        call(game)
        print(f"  {name}: {time.process_time() - begun:.2f} s of processor time")
    print(f"  memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    run()
