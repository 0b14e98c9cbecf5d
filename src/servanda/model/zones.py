"""Where limits apply: disjoint blocks of ground, and zones that name unions of them, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servanda.model.dates import within
from servanda.model.vocabulary import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """`state` is the territorial state in the half-open period `[since, until)`; `contested_by` others' views."""

    __pydantic_config__ = {"extra": "forbid"}

    state: str
    since: date | None = None
    until: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of ground that no zone cuts. Each has one territorial state a day (depositary view)."""

    __pydantic_config__ = {"extra": "forbid"}

    id: str
    name: str
    territory: tuple[Tenure, ...]
    district: str | None = None
    source: tuple[str, ...] = ()
    confidence: Confidence = Confidence.SOURCED
    note: str | None = None

    def state(self, day: date) -> str | None:
        """The territorial state on `day`, or None."""
        return next((t.state for t in self.territory if within(day, t.since, t.until)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneEra:
    """What a zone covers in `[since, until)`: blocks or other zones by id."""

    __pydantic_config__ = {"extra": "forbid"}

    of: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    cite: str | None = None
    source: tuple[str, ...] = ()
    confidence: Confidence = Confidence.SOURCED
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A named area. What the name covers depends on the day."""

    __pydantic_config__ = {"extra": "forbid"}

    id: str
    name: str
    eras: tuple[ZoneEra, ...]
    cite: str | None = None
    note: str | None = None

    def era(self, day: date) -> ZoneEra | None:
        """The era that holds on `day`, or None."""
        return next((e for e in self.eras if within(day, e.since, e.until)), None)
