"""States and organisations: codes, names, membership and succession over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servanda.model.base import STRICT
from servanda.model.dates import within
from servanda.model.vocabulary import ActorKind, Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """`actor` is a member of an organisation in `[since, until)`."""

    __pydantic_config__ = STRICT

    actor: str
    """Code of the member."""
    since: date | None = None
    """First day it holds; absent: from the beginning."""
    until: date | None = None
    """First day it no longer holds; absent: still."""
    note: str | None = None
    """A remark for the reader; no answer depends on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A state (ISO 3166 alpha-3, withdrawn codes too) or an organisation, with the names it goes by."""

    __pydantic_config__ = STRICT

    code: str
    """ISO 3166 alpha-3 code (withdrawn codes too), or the usual abbreviation of an organisation."""
    name: str
    """Common name in English."""
    called: str | None = None
    """What running text calls it, with the article its name takes; absent: its name."""
    kind: ActorKind = ActorKind.STATE
    """State, organisation, or an entity whose statehood is contested."""
    formal: str | None = None
    """Formal name."""
    aliases: tuple[str, ...] = ()
    """Other names, in any language, that a reader may type."""
    since: date | None = None
    """First day it existed, where it began within the record."""
    until: date | None = None
    """First day it no longer existed."""
    successors: tuple[str, ...] = ()
    """Codes of the states that came after it."""
    predecessor: str | None = None
    """Code of the state it came from."""
    members: tuple[Tie, ...] = ()
    """Members of an organisation."""
    part_of: str | None = None
    """Code of the state whose territory it is: what is done for it binds it alone, and counts for no party."""
    source: tuple[str, ...] = ()
    """Ids of the sources it was seen in."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""
    note: str | None = None
    """A remark for the reader; no answer depends on it."""

    def members_on(self, day: date) -> tuple[str, ...]:
        """Member codes on `day`; empty for a state."""
        return tuple(m.actor for m in self.members if within(day, m.since, m.until))
