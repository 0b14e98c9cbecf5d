"""Documents on who is bound and what is owed: standing, obligations, timeline, deadlines, grounds, links, text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 fields named `date` would hide it
from typing import Literal

from servanda.model.documents.base import STRICT
from servanda.model.documents.standing import NotedAct
from servanda.model.vocabulary import (
    BlankUnit,
    Confidence,
    DecisionRule,
    LinkKind,
    Matter,
    ProvisionKind,
    TypeList,
)


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
