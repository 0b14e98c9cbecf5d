"""Whole numbers for cells of which only sums are known: as near as can be to what is wanted, every sum kept exactly.

A mixed-integer program solved by HiGHS. Sums from the record are kept without exception; ceilings are kept where that is
possible, and those that are not are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from servanda.model.errors import InputError

SECONDS = 60.0  # the solver's limit; the treaty's own programs take about a second
OVER = 1_000.0  # how much dearer an item above a ceiling is than an item off its wanted number


@dataclass(frozen=True, slots=True)
class Sum:
    """Bounds on the sum over cells, by index. A `soft` one may be exceeded where nothing else is possible."""

    cells: tuple[int, ...]
    low: int
    high: int | None
    words: str
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Allotment:
    """The numbers, and the soft sums that could not be kept, each with by how much."""

    numbers: tuple[int, ...]
    broken: tuple[tuple[str, int], ...]


def allot(wanted: Sequence[float], sums: Sequence[Sum]) -> Allotment:
    """Numbers near `wanted` that keep `sums`. InputError where the hard sums contradict each other."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_matrix

    count = len(wanted)
    soft = [s for s in sums if s.soft and s.high is not None]
    width = 3 * count + len(soft)  # number, above wanted, below wanted; excess of each soft sum
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    low: list[float] = []
    high: list[float] = []

    def entry(column: int, value: float) -> None:
        rows.append(len(low))
        columns.append(column)
        values.append(value)

    for i, number in enumerate(wanted):
        entry(i, 1.0)
        entry(count + i, -1.0)
        entry(2 * count + i, 1.0)
        low.append(number)
        high.append(number)
    excess = {id(s): 3 * count + k for k, s in enumerate(soft)}
    for total in sums:
        for i in total.cells:
            entry(i, 1.0)
        if id(total) in excess:
            entry(excess[id(total)], -1.0)
        low.append(float(total.low))
        high.append(np.inf if total.high is None else float(total.high))
    matrix = coo_matrix((values, (rows, columns)), shape=(len(low), width)).tocsr()
    cost = np.concatenate([np.zeros(count), np.ones(2 * count), np.full(len(soft), OVER)])
    whole = np.concatenate([np.ones(count), np.zeros(2 * count + len(soft))])
    found = milp(
        cost,
        constraints=LinearConstraint(matrix, low, high),
        bounds=Bounds(0, np.inf),
        integrality=whole,
        options={"time_limit": SECONDS, "mip_rel_gap": 0.005},
    )
    if found.x is None:
        raise InputError(
            "the figures of the record cannot all hold at once, or no division of them was found",
            remedy="choose another day, or see records in conflict with `assess()`",
        )
    numbers = tuple(round(x) for x in found.x[:count])
    broken = []
    for total in soft:
        over = sum(numbers[i] for i in total.cells) - (total.high or 0)
        if over > 0:
            broken.append((total.words, over))
    return Allotment(numbers, tuple(broken))
