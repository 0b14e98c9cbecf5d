"""The least quota that notices a violation with a wanted chance, as an answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from servanda.model.answer import Answer, Node, Statement
from servanda.model.errors import InputError
from servanda.verification.simulate import hypergeometric, least_quota


def inspect_design(
    *, objects: int, wrong: int, wanted: float, detect: float = 1.0, percents: Iterable[int] = ()
) -> Answer[tuple[tuple[int, int, float], ...]]:
    """The least number of random inspections that notices a violation with a wanted chance, and a sweep of quotas."""

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
            )
        )
        for p, v, c in sweep
    )
    data = {
        "objects": objects,
        "wrong": wrong,
        "detect": detect,
        "wanted": wanted,
        "least": least,
        "sweep": [{"percent": p, "inspections": v, "chance": c} for p, v, c in sweep],
    }
    return Answer(
        kind="inspect_design",
        value=tuple(sweep),
        data=data,
        node=Node(statement=Statement(words, parts), because=nodes),
    )
