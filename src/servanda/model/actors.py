"""States and organisations: codes, names, membership and succession over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servanda.model.dates import within
from servanda.model.vocabulary import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """`actor` is a member of an organisation in `[since, until)`."""

    __pydantic_config__ = {"extra": "forbid"}

    actor: str
    since: date | None = None
    until: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A state (ISO 3166 alpha-3, withdrawn codes too) or an organisation, with the names it goes by."""

    __pydantic_config__ = {"extra": "forbid"}

    code: str
    name: str
    kind: str = "state"  # state, organisation, entity (statehood contested)
    formal: str | None = None
    aliases: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    successors: tuple[str, ...] = ()
    predecessor: str | None = None
    members: tuple[Tie, ...] = ()  # of an organisation
    source: tuple[str, ...] = ()
    confidence: Confidence = Confidence.SOURCED
    note: str | None = None

    def members_on(self, day: date) -> tuple[str, ...]:
        """Member codes on `day`; empty for a state."""
        return tuple(m.actor for m in self.members if within(day, m.since, m.until))
