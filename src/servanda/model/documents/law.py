"""Documents on who is bound and what is owed: standing, obligations, timeline, deadlines, grounds, links, text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 fields named `date` would hide it
from typing import Literal

from servanda.model.documents.base import STRICT
from servanda.model.vocabulary import (
    ActKind,
    Basis,
    BlankUnit,
    Confidence,
    DecisionRule,
    LinkKind,
    Matter,
    ObligationKind,
    ProvisionKind,
    Standing,
    TypeList,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A number that a draft leaves open."""

    __pydantic_config__ = STRICT

    id: str
    """Its name."""
    gist: str
    """What it would say."""
    cite: str | None
    """Where it stands."""
    unit: BlankUnit
    """Days, months or years."""
    default: int | None
    """The number printed in brackets, where there is one."""
    value: int | None
    """The number the asker gave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """How a body decides."""

    __pydantic_config__ = STRICT

    rule: DecisionRule
    """The majority."""
    quorum: str | None
    """How many must be there."""
    binding: bool | None
    """Whether the decision binds."""
    gist: str | None
    """In words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureStep:
    """A dated step of a procedure."""

    __pydantic_config__ = STRICT

    step: str
    """Id of the step."""
    actor: str
    """Who acts."""
    action: str
    """What is to be done."""
    earliest: Day | None
    """Not before this day."""
    latest: Day | None
    """Not after this day."""
    cite: str | None
    """The clause."""
    unspecified: bool
    """True where the text leaves the time open or blank."""
    missing: str | None
    """The blank that would have to be filled."""
    optional: bool
    """True where it need not be done."""
    condition: str | None
    """When it applies."""
    decision: Decision | None
    """How a body decides on it."""
    occurrence: int
    """Which occurrence of a repeated step, from 1."""
    confidence: Confidence
    """How far it can be trusted."""
    note: str | None
    """A remark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinesDocument:
    """The dated steps of a procedure."""

    __pydantic_config__ = STRICT

    instrument: str
    """Id of the instrument."""
    procedure: str
    """Id of the procedure."""
    title: str
    """Its title."""
    cite: str | None
    """The clause."""
    trigger: Day | None
    """The day it was counted from."""
    counted_from: str
    """What that day is, in words."""
    as_known_on: Day | None
    """The day whose knowledge counts; null for all that is recorded."""
    blanks: tuple[Blank, ...]
    """Numbers that a draft leaves open."""
    steps: tuple[ProcedureStep, ...]
    """The steps in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingStep:
    """Something that falls due."""

    __pydantic_config__ = STRICT

    step: str | None
    """Id of the step; null for an effect already fixed."""
    procedure: str | None
    """Id of the procedure."""
    actor: str
    """Who acts."""
    action: str
    """What is to be done, or happens."""
    earliest: Day | None
    """Not before this day."""
    latest: Day | None
    """Not after this day."""
    cite: str | None
    """The clause."""
    act: str | None
    """Id of the act that started it."""
    projected: bool
    """True for an effect that may still be revoked (VCLT 68)."""
    unspecified: bool
    """Always false: what has no day does not come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingDocument:
    """All that falls due from a day on."""

    __pydantic_config__ = STRICT

    instrument: str
    """Id of the instrument."""
    on: Day
    """The day asked about."""
    as_known_on: Day | None
    """The day whose knowledge counts; null for all that is recorded."""
    steps: tuple[ComingStep, ...]
    """What comes, the soonest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause and what it says."""

    __pydantic_config__ = STRICT

    cite: str | None
    """The clause."""
    gist: str | None
    """What it says, in our own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundRow:
    """A ground of withdrawal, as its speaker's claim."""

    __pydantic_config__ = STRICT

    by: tuple[str, ...]
    """Who stated it."""
    gist: str
    """The ground, in our own words."""
    stated_in: str
    """The document that gives it."""
    reported_by: str | None
    """Who tells of it, where the statement was not seen."""
    act: str
    """Id of the act."""
    date: str
    """Its day, as an EDTF date."""
    cite: str | None
    """The clause it invokes."""
    source: tuple[str, ...]
    """Ids of the sources."""
    confidence: Confidence
    """How far it can be trusted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundsDocument:
    """Why parties left."""

    __pydantic_config__ = STRICT

    instrument: str
    """Id of the instrument."""
    topic: Literal["withdrawal"]
    """What was asked."""
    party: str | None
    """Whose grounds, if of one."""
    as_known_on: Day | None
    """The day whose knowledge counts; null for all that is recorded."""
    clause: Clause | None
    """The clause on leaving."""
    acts: tuple[NotedAct, ...]
    """The acts of leaving and those that speak of them."""
    grounds: tuple[GroundRow, ...]
    """The grounds stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A tie between two instruments."""

    __pydantic_config__ = STRICT

    from_: str
    """Id of the one that has it."""
    relation: LinkKind
    """What ties it."""
    to: str | None
    """Id of the other, where the record has it."""
    title: str | None
    """Title of the other, where it has not."""
    year: int | None
    """Its year."""
    cite: str | None
    """Where it says so."""
    gist: str | None
    """In words."""
    source: tuple[str, ...]
    """Ids of the sources."""
    confidence: Confidence
    """How far it can be trusted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksDocument:
    """What an instrument is tied to."""

    __pydantic_config__ = STRICT

    instrument: str
    """Id of the instrument."""
    topic: Literal["links"]
    """What was asked."""
    as_known_on: Day | None
    """The day whose knowledge counts; null for all that is recorded."""
    links: tuple[LinkRow, ...]
    """Its own links, then those of others to it."""


Value = str | int | float | bool | None
Item = Value | tuple[Value, ...]
Values = Item | Mapping[str, Item] | tuple[Mapping[str, Item], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionRow:
    """An article or paragraph."""

    __pydantic_config__ = STRICT

    cite: str
    """Where it stands."""
    kind: ProvisionKind
    """What kind of provision it is."""
    gist: str
    """What it says, in our own words."""
    values: Mapping[str, Values]
    """Numbers, days and names it prints, by name."""
    matter: tuple[Matter, ...]
    """What it is about."""
    confidence: Confidence
    """How far it can be trusted."""
    source: tuple[str, ...]
    """Ids of the sources."""
    note: str | None
    """A remark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionsDocument:
    """The text, article by article."""

    __pydantic_config__ = STRICT

    instrument: str
    """Id of the instrument."""
    cite: str | None
    """The article asked for, if one."""
    provisions: tuple[ProvisionRow, ...]
    """Its provisions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A provision in a comparison."""

    __pydantic_config__ = STRICT

    cite: str
    """Where it stands."""
    gist: str
    """What it says, in our own words."""
    confidence: Confidence
    """How far it can be trusted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterRow:
    """What two instruments say of one matter."""

    __pydantic_config__ = STRICT

    matter: Matter
    """The matter."""
    one: tuple[Compared, ...]
    """Provisions of the first."""
    two: tuple[Compared, ...]
    """Provisions of the second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareDocument:
    """Two instruments side by side."""

    __pydantic_config__ = STRICT

    one: str
    """Id of the first."""
    two: str
    """Id of the second."""
    as_known_on: Day | None
    """The day whose knowledge counts; null for all that is recorded."""
    matters: tuple[MatterRow, ...]
    """Matter by matter, those in both first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeMatch:
    """A type as the list prints it."""

    __pydantic_config__ = STRICT

    type: str
    """The designation."""
    category: str
    """Its category."""
    subcategory: str | None
    """Its kind within the category."""
    limited: bool
    """True where the treaty limits it."""
    cite: str
    """Where the list prints it."""
    list: TypeList | None
    """The part of the list."""
    note: str | None
    """A remark."""
    source: tuple[str, ...]
    """Ids of the sources."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifyDocument:
    """Is a type counted, and as what."""

    __pydantic_config__ = STRICT

    query: str
    """The designation asked for."""
    instrument: str
    """Whose list."""
    known: bool
    """Whether it is listed."""
    matches: tuple[TypeMatch, ...]
    """The types of that designation."""
    near: tuple[TypeMatch, ...]
    """Where none is: those nearest."""
    variants: tuple[str, ...]
    """Versions of it that are listed apart."""
