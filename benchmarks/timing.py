"""Timing of one call: a warm-up, then the median of several runs, with the spread."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Timed:
    """Seconds: median, least and greatest."""

    name: str
    median: float
    least: float
    most: float

    def row(self, base: Timed | None = None) -> str:
        """A line of the table; with a base the ratio of this to it."""
        ratio = f"{self.median / base.median:9.2f}x" if base else ""
        return f"  {self.name:<52} {_unit(self.median):>10}  ({_unit(self.least)} to {_unit(self.most)}) {ratio}"


def _unit(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.2f} {unit}"
    return f"{seconds / 1e-9:.0f} ns"


def timed(name: str, call: Callable[[], Any], runs: int = 7) -> Timed:
    """The call's times over `runs` runs after one warm-up."""
    call()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return Timed(name, statistics.median(times), min(times), max(times))
