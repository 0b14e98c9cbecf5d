"""Points of a sweep over quotas, each simulated with a seed of its own, so that it does not matter where it is done."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from servanda.model.errors import InputError
from servanda.verification.simulate import interval

CHUNK = 1 << 20
MOST_SEASONS = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One quota of a sweep: `visits` at random among `objects`, `wrong` of them with a violation, over `seasons`."""

    number: int
    objects: int
    wrong: int
    visits: int
    detect: float
    seasons: int
    seed: int
    size: int = 0  # nothing is read

    def __post_init__(self) -> None:
        if not 1 <= self.seasons <= MOST_SEASONS:
            raise InputError(f"{self.seasons:,} seasons", remedy=f"give 1 to {MOST_SEASONS:,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What a point gave: seasons in which the violation was noticed, with a 95 per cent interval."""

    number: int
    detected: int
    seasons: int

    @property
    def rate(self) -> float:
        """Share of seasons in which it was noticed."""
        return self.detected / self.seasons

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of the share."""
        return interval(self.detected, self.seasons)


class Sweep:
    """The work on a point; it holds nothing, and can be sent to another process."""

    def __call__(self, point: Point) -> Played:
        """Play a point's seasons. The same point gives the same numbers anywhere."""
        rng = np.random.default_rng([point.seed, point.number])
        detected, left = 0, point.seasons
        while left:
            n = min(left, CHUNK)
            hits = rng.hypergeometric(point.wrong, point.objects - point.wrong, point.visits, size=n)
            detected += int((rng.random(n) >= (1.0 - point.detect) ** hits).sum())
            left -= n
        return Played(number=point.number, detected=detected, seasons=point.seasons)

    def failed(self, point: Point, why: str) -> Played:
        """A point whose worker was lost leaves no answer: the whole sweep is refused."""
        raise InputError(f"point {point.number} of the sweep was lost: {why}", remedy="play fewer seasons")
