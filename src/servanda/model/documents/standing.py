"""Documents of who is bound: standings, duties between pairs, and how both came about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 fields named `date` would hide it

from servanda.model.documents.base import STRICT
from servanda.model.vocabulary import (
    ActKind,
    Basis,
    Confidence,
    ObligationKind,
    Standing,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingReason:
    """One act or effect that a standing rests on."""

    __pydantic_config__ = STRICT

    act: str | None
    """Id of the act; null for an effect of the instrument's own terms."""
    date: str | None
    """The day it was done, as an EDTF date, or of its effect."""
    cite: str | None
    """The clause."""
    source: tuple[str, ...]
    """Ids of the sources."""
    statement: str
    """What it did, in words."""
    effect: Day | None
    """The day it took effect, where known."""
    applied: bool
    """False for an act that this reading notes and does not apply."""
    basis: Basis | None
    """What it rests on."""
    caveats: tuple[str, ...]
    """What to bear in mind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingReading:
    """The standing in another reading."""

    __pydantic_config__ = STRICT

    reading: str
    """`depositary`, `self`, `law`, or a state's code."""
    standing: Standing
    """The standing in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedAct:
    """An act that concerns a party, or speaks of its leaving, in short."""

    __pydantic_config__ = STRICT

    act: str
    """Id of the act."""
    date: str
    """The day it was done, as an EDTF date."""
    kind: ActKind
    """What was done."""
    by: tuple[str, ...]
    """Codes of its actors."""
    gist: str
    """What happened, in our own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Termination:
    """The four things that are not one: permitted, ordered, notified, ended."""

    __pydantic_config__ = STRICT

    permitted: str | None
    """The day termination was permitted, as an EDTF date."""
    ordered: str | None
    """The day it was ordered."""
    notified: str | None
    """The day of the notice."""
    ended: Day | None
    """The day it ended for the party."""
    rule: str | None
    """The clause on leaving."""
    fallback: bool
    """True where the clause was not seen and general law stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """One party's standing."""

    __pydantic_config__ = STRICT

    party: str
    """Code of the state."""
    standing: Standing
    """Its standing."""
    since: Day | None
    """First day of this standing; null where not known to the day."""
    contested: bool
    """True where another reading differs."""
    projected: bool
    """True for an effect still ahead of what was known, which may be revoked (VCLT 68)."""
    took_part: bool
    """False for a state that never did anything under the instrument."""
    position: str | None
    """What the reading state said of a contested act: accepted, contested, not seen."""
    because: tuple[StandingReason, ...]
    """What it rests on."""
    readings: tuple[StandingReading, ...]
    """The standing in the readings that matter."""
    caveats: tuple[str, ...]
    """What to bear in mind."""
    noted: tuple[NotedAct, ...]
    """With one party asked for: acts that changed no standing."""
    termination: Termination | None = None
    """With one party asked for, where termination was permitted or ordered: how far it has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingDocument:
    """Who is bound."""

    __pydantic_config__ = STRICT

    instrument: str
    """Id of the instrument."""
    on: Day
    """The day asked about."""
    reading: str
    """The legal point of view."""
    as_known_on: Day | None
    """The day whose knowledge counts; null for all that is recorded."""
    in_force_since: Day | None
    """First day the instrument was in force, where it was on the day asked about."""
    parties: tuple[PartyRow, ...]
    """One row a participant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFault:
    """A cell of a participation table that could not be read, or is to be read with care."""

    __pydantic_config__ = STRICT

    file: str
    """The table."""
    row: int | None
    """Its row, counted from 1."""
    column: str | None
    """The column's heading."""
    message: str
    """What is wrong."""
    remedy: str
    """What to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableStandingDocument:
    """Who is bound by a participation table of the user's own: as in `StandingDocument`, and how the table was read."""

    __pydantic_config__ = STRICT

    instrument: str
    """Id of the instrument."""
    on: Day
    """The day asked about."""
    reading: str
    """The legal point of view."""
    as_known_on: Day | None
    """The day whose knowledge counts; null for all that is recorded."""
    in_force_since: Day | None
    """First day the instrument was in force, where it was on the day asked about."""
    parties: tuple[PartyRow, ...]
    """One row a participant."""
    rows: int
    """Rows of the table."""
    rows_understood: int
    """Rows read whole."""
    unread: tuple[TableFault, ...]
    """Cells that could not be read."""
    notes: tuple[TableFault, ...]
    """Rows or days to be read with care."""
    strangers: tuple[str, ...]
    """Parties in no list of states, taken as they are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """A pair of parties between whom the record does not tell whether a duty is owed."""

    __pydantic_config__ = STRICT

    obligor: str
    """Who would owe it."""
    obligee: str
    """To whom."""
    act: str
    """Id of the act whose day leaves it open."""
    date: str
    """That day, as an EDTF date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voluntary:
    """A party that says it goes on without being bound."""

    __pydantic_config__ = STRICT

    party: str
    """Code of the state."""
    act: str
    """Id of the act by which it said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationsDocument:
    """Who owes whom a kind of duty."""

    __pydantic_config__ = STRICT

    instrument: str
    """Id of the instrument."""
    on: Day
    """The day asked about."""
    kind: ObligationKind
    """The kind of duty."""
    reading: str
    """The legal point of view."""
    as_known_on: Day | None
    """The day whose knowledge counts; null for all that is recorded."""
    parties: tuple[str, ...]
    """Codes, in the order of rows and columns."""
    owes: tuple[tuple[bool | None, ...], ...]
    """Row obligor, column obligee; null where the record does not tell; the diagonal is false."""
    uncertain: tuple[Uncertain, ...]
    """The pairs left open, with the act."""
    acts: tuple[str, ...]
    """Ids of the acts that shaped the matrix."""
    voluntary: tuple[Voluntary, ...]
    """What goes on without a duty."""
    caveats: tuple[str, ...]
    """What to bear in mind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """An act, or an effect computed from one."""

    __pydantic_config__ = STRICT

    date: str
    """Its day, as an EDTF date."""
    precision: str
    """How precise the day is."""
    kind: str
    """The act's word, or `effect`."""
    actors: tuple[str, ...]
    """Codes of who did it, or `parties`."""
    statement: str
    """What happened."""
    what: str
    """What was done, in short, without its subject."""
    weighty: bool
    """True for what binds, releases or touches duties; statements and steps at home do not."""
    act: str | None
    """Id of the act."""
    concerns: tuple[str, ...]
    """What it is about: acts, or instruments."""
    basis: Basis | None
    """What the act rests on."""
    contested_by: tuple[str, ...]
    """Who contests it."""
    cite: str | None
    """The clause."""
    source: tuple[str, ...]
    """Ids of the sources."""
    confidence: Confidence
    """How far it can be trusted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineDocument:
    """What happened, in order."""

    __pydantic_config__ = STRICT

    instrument: str
    """Id of the instrument."""
    party: str | None
    """The party it was asked of, if one."""
    as_known_on: Day | None
    """The day whose knowledge counts; null for all that is recorded."""
    events: tuple[TimelineEvent, ...]
    """Acts and effects, the earliest first."""
