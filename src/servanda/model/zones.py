"""Where limits apply: disjoint blocks of ground, and zones that name unions of them, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from servanda.model.base import STRICT
from servanda.model.dates import within
from servanda.model.vocabulary import Confidence

Inside = Literal["none", "part", "all"]
"""How much of a region lies within something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """`state` is the territorial state in the half-open period `[since, until)`; `contested_by` others' views."""

    __pydantic_config__ = STRICT

    state: str
    """Code of the territorial state."""
    since: date | None = None
    """First day it holds; absent: from the beginning."""
    until: date | None = None
    """First day it no longer holds; absent: still."""
    note: str | None = None
    """A remark for the reader; no answer depends on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of ground that no zone cuts. Each has one territorial state a day (depositary view).

    `counted_after` names states whose equipment here still counts once the ground has left the area.
    """

    __pydantic_config__ = STRICT

    id: str
    """Unique name of the block."""
    name: str
    """Its name in words."""
    territory: tuple[Tenure, ...]
    """Its territorial state, period by period (depositary view)."""
    district: str | None = None
    """The military district it belonged to."""
    counted_after: tuple[str, ...] = ()
    """States whose equipment here still counts once the ground has left the area."""
    source: tuple[str, ...] = ()
    """Ids of the sources it was seen in."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""
    note: str | None = None
    """A remark for the reader; no answer depends on it."""

    def state(self, day: date) -> str | None:
        """The territorial state on `day`, or None."""
        return next((t.state for t in self.territory if within(day, t.since, t.until)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneEra:
    """What a zone covers in `[since, until)`: blocks or other zones by id."""

    __pydantic_config__ = STRICT

    of: tuple[str, ...]
    """Ids of the blocks or zones it covers."""
    since: date | None = None
    """First day it holds; absent: from the beginning."""
    until: date | None = None
    """First day it no longer holds; absent: still."""
    cite: str | None = None
    """The clause that draws it."""
    source: tuple[str, ...] = ()
    """Ids of the sources it was seen in."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""
    note: str | None = None
    """A remark for the reader; no answer depends on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A named area. What the name covers depends on the day."""

    __pydantic_config__ = STRICT

    id: str
    """Unique name of the zone."""
    name: str
    """Its name in words."""
    eras: tuple[ZoneEra, ...]
    """What it covers, period by period."""
    cite: str | None = None
    """The clause that draws it."""
    map_order: int | None = None
    """Its place, smallest zone first, among those with a colour of their own on maps."""
    note: str | None = None
    """A remark for the reader; no answer depends on it."""

    def era(self, day: date) -> ZoneEra | None:
        """The era that holds on `day`, or None."""
        return next((e for e in self.eras if within(day, e.since, e.until)), None)
