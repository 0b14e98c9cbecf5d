"""Random worlds of equipment, observed through random totals."""

from __future__ import annotations

from datetime import date
from itertools import product

from hypothesis import strategies as st

from servanda.limits.bounds import Forest
from servanda.limits.cells import Box, size
from servanda.model.records import Record

DAY = date(2000, 1, 1)
AXES = (3, 2, 2, 2, 1)


def record(name: str, value: int | None, low: int | None = None, high: int | None = None) -> Record:
    return Record(
        id=name,
        snapshot="s",
        as_of=DAY,
        holder="X",
        category="c",
        place="p",
        source=("S",),
        value=value,
        low=low,
        high=high,
    )


CELLS = list(product(*[range(n) for n in AXES]))


def holds(box: Box, cell: tuple[int, ...]) -> bool:
    return all(bits >> i & 1 for bits, i in zip(box, cell, strict=True))


worlds = st.lists(st.integers(0, 9), min_size=len(CELLS), max_size=len(CELLS)).map(
    lambda counts: dict(zip(CELLS, counts, strict=True))
)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    a, b, c, d, e = (draw(st.integers(1, 2**n - 1)) for n in AXES)
    return a, b, c, d, e


def total(world: dict[tuple[int, ...], int], box: Box) -> int:
    return sum(n for cell, n in world.items() if holds(box, cell))


def observe(world: dict[tuple[int, ...], int], seen: list[Box], slack: int = 0) -> list[tuple[Record, Box]]:
    """True records of a world; with slack they are intervals that hold the truth."""
    found = []
    for i, box in enumerate(seen):
        n = total(world, box)
        if slack and i % 2:
            found.append((record(f"r{i}", None, max(0, n - slack), n + slack), box))
        else:
            found.append((record(f"r{i}", n), box))
    return found


def laminar(draw_boxes: list[Box]) -> list[Box]:
    """Those of the boxes that nest or stand apart, in order."""
    from servanda.limits.cells import inside, meet

    kept: list[Box] = []
    for box in draw_boxes:
        if all(inside(box, k) or inside(k, box) or not meet(box, k) for k in kept):
            kept.append(box)
    return kept


__all__ = ["AXES", "CELLS", "DAY", "Forest", "boxes", "laminar", "observe", "record", "size", "total", "worlds"]
