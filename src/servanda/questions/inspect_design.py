"""The least quota that notices a violation with a wanted chance, as an answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from servanda.model.answer import Answer, Node, Statement
from servanda.model.errors import InputError
from servanda.verification.simulate import hypergeometric, least_quota
from servanda.verification.sweep import Played, Point, Sweep


def inspect_design(
    *,
    objects: int,
    wrong: int,
    wanted: float,
    detect: float = 1.0,
    percents: Iterable[int] = (),
    seasons: int | None = None,
    seed: int = 1,
    engine: str = "local",
    address: str | None = None,
    workers: int | None = None,
) -> Answer[tuple[tuple[int, int, float], ...]]:
    """The least number of random inspections that notices a violation with a wanted chance, and a sweep of quotas.

    With `seasons` each quota of the sweep is simulated too, in this process, in `workers` beside it, or on a Dask cluster
    (`engine`, `address`): the numbers are the same, since each quota has a seed of its own.
    """
    if objects < 1 or not 1 <= wrong <= objects:
        raise InputError(
            f"{wrong} violations among {objects} objects", remedy="give at least one object, and no more violations"
        )
    chosen = tuple(percents) or (5, 10, 15, 20, 25, 30, 40, 50, 75, 100)
    if any(not 0 <= p <= 100 for p in chosen):
        raise InputError("a quota lies outside 0 to 100 per cent", remedy="give per cents from 0 to 100")
    least = least_quota(objects, wrong, wanted, detect)
    sweep = []
    for percent in chosen:
        visits = min(objects, -(-objects * percent // 100))
        sweep.append((percent, visits, hypergeometric(objects, wrong, visits, detect)))
    played = _played(
        [
            Point(number=k, objects=objects, wrong=wrong, visits=v, detect=detect, seasons=seasons, seed=seed)
            for k, (_, v, _) in enumerate(sweep)
        ]
        if seasons is not None
        else [],
        engine,
        address,
        workers,
    )
    words = "{least} inspections notice a violation at {wrong} of {objects} objects with a chance of {wanted}"
    parts: dict[str, Any] = {"least": least, "wrong": wrong, "objects": objects, "wanted": f"{wanted:.0%}"}
    if least is None:
        words = "even inspecting all {objects} objects does not reach a chance of {wanted}"
    else:
        words += ": a quota of {percent} per cent"
        parts["percent"] = -(-least * 100 // objects)
    nodes = tuple(
        Node(
            statement=Statement(
                "quota {percent} per cent: {visits} inspections, chance {chance}",
                {"percent": p, "visits": v, "chance": f"{c:.1%}"},
            ),
            because=_played_node(played.get(k)),
        )
        for k, (p, v, c) in enumerate(sweep)
    )
    data = {
        "objects": objects,
        "wrong": wrong,
        "detect": detect,
        "wanted": wanted,
        "least": least,
        "sweep": [
            {"percent": p, "inspections": v, "chance": c} | _played_data(played.get(k))
            for k, (p, v, c) in enumerate(sweep)
        ],
    }
    return Answer(
        kind="inspect_design",
        value=tuple(sweep),
        data=data,
        node=Node(statement=Statement(words, parts), because=nodes),
    )


def _played(points: list[Point], engine: str, address: str | None, workers: int | None) -> dict[int, Played]:
    """What the points gave, by number."""
    from servanda.intake.engines import run

    done = run(Sweep(), points, engine=engine, address=address, workers=workers) if points else ()
    return {p.number: p for p in done}


def _played_node(played: Played | None) -> tuple[Node, ...]:
    if played is None:
        return ()
    low, high = played.interval
    words = "noticed in {rate} of {n} seasons (95 per cent interval {low} to {high})"
    parts = {"rate": f"{played.rate:.2%}", "n": played.seasons, "low": f"{low:.2%}", "high": f"{high:.2%}"}
    return (Node(statement=Statement(words, parts)),)


def _played_data(played: Played | None) -> dict[str, Any]:
    if played is None:
        return {}
    low, high = played.interval
    return {"seasons": played.seasons, "detected": played.detected, "low": low, "high": high}
