"""Documents on the record itself: what it holds, whether it is sound, its examples, its gaps, what scenarios and days change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 fields named `date` would hide it

from servanda.model.documents.base import STRICT
from servanda.model.vocabulary import Confidence, InstrumentKind, ObligationKind, Standing, VerdictKind


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentRow:
    """An instrument and how much the record holds of it."""

    __pydantic_config__ = STRICT

    instrument: str
    """Its id."""
    title: str
    """Its title."""
    kind: InstrumentKind
    """What it is."""
    provisions: int
    """Number of provisions."""
    limits: int
    """Number of limits."""
    acts: int
    """Number of acts."""
    records: int
    """Number of figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingDocument:
    """The instruments of the record."""

    __pydantic_config__ = STRICT

    instruments: tuple[InstrumentRow, ...]
    """All of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultRow:
    """A fault in a data file."""

    __pydantic_config__ = STRICT

    file: str
    """The file."""
    line: int | None
    """The line."""
    record: str | None
    """The record."""
    column: str | None
    """The field or column."""
    message: str
    """What is wrong."""
    article: str | None
    """The article concerned."""
    remedy: str | None
    """What to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscrepancyRow:
    """A point on which sources differ."""

    __pydantic_config__ = STRICT

    point: str
    """What they differ on."""
    size: str | None
    """By how much."""
    view: str
    """What the record takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """What the check of one instrument found."""

    __pydantic_config__ = STRICT

    instrument: str
    """Its id."""
    faults: tuple[FaultRow, ...]
    """All faults."""
    recalled: tuple[str, ...]
    """Values that are from memory."""
    discrepancies: tuple[DiscrepancyRow, ...]
    """Points on which sources differ."""
    coverage: Mapping[str, int]
    """Number of records of each kind."""
    entry_into_force: str
    """Its entry into force in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDocument:
    """Whether the record is sound."""

    __pydantic_config__ = STRICT

    sound: bool
    """True where no fault was found."""
    instruments: tuple[CheckRow, ...]
    """One row each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleCount:
    """How the examples of an instrument came out."""

    __pydantic_config__ = STRICT

    instrument: str
    """Its id."""
    examples: int
    """How many there are."""
    failed: int
    """How many failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedExample:
    """An example whose answer is not what it expects."""

    __pydantic_config__ = STRICT

    instrument: str
    """Its id."""
    file: str
    """The file it stands in."""
    line: int
    """Its line."""
    ask: str
    """The question in words."""
    question: str
    """The question's name."""
    faults: tuple[str, ...]
    """What differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamplesDocument:
    """How examples came out."""

    __pydantic_config__ = STRICT

    instruments: tuple[ExampleCount, ...]
    """By instrument."""
    failed: tuple[FailedExample, ...]
    """Those that failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """A figure that is not known and what it would decide."""

    __pydantic_config__ = STRICT

    holder: str
    """A state, a group, or a sum of these."""
    category: str
    """A category, or a sum."""
    zone: str
    """The zone."""
    posture: str
    """What state the equipment is in."""
    force: str
    """Which force holds it."""
    as_of: Day
    """The day."""
    snapshot: str
    """The set of figures it belongs to."""
    decides: int
    """Verdicts decided whatever the figure is."""
    width: int
    """Items taken off all open intervals at least."""
    low: int
    """Least possible figure."""
    high: int | None
    """Greatest possible figure; null where nothing bounds it."""
    verdicts: tuple[str, ...]
    """The verdicts it decides."""
    seen_for: tuple[Day, ...]
    """Other days for which such a figure is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsDocument:
    """The unknown figures of a day."""

    __pydantic_config__ = STRICT

    instrument: str
    """Its id."""
    on: Day
    """The day."""
    gaps: tuple[GapRow, ...]
    """Those first that decide most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A ready rule of entry into force and leaving."""

    __pydantic_config__ = STRICT

    id: str
    """Its name."""
    title: str
    """The treaty."""
    entry: str | None
    """Period from the last needed act to entry into force."""
    later: str | None
    """Period for those who join later."""
    count: int | None
    """How many acts are needed."""
    required: int
    """How many named states are needed."""
    notice: str | None
    """Period of notice for leaving."""
    cite: str | None
    """The article."""
    confidence: Confidence | None
    """How far it can be trusted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesDocument:
    """The ready rules for tables of participation."""

    __pydantic_config__ = STRICT

    rules: tuple[RuleRow, ...]
    """All of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDifference:
    """What differs for one party between two copies of a table."""

    __pydantic_config__ = STRICT

    party: str
    """The party."""
    added: tuple[tuple[str, ...], ...]
    """Acts only in the second: kind and date."""
    gone: tuple[tuple[str, ...], ...]
    """Acts only in the first."""
    before: str
    """Its standing by the first."""
    after: str
    """Its standing by the second."""
    since_before: str | None
    """Since when, by the first."""
    since_after: str | None
    """Since when, by the second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDifferencesDocument:
    """What differs between two copies of a table."""

    __pydantic_config__ = STRICT

    on: Day
    """The day of the standings."""
    from_: str
    """The first file."""
    to: str
    """The second file."""
    differences: tuple[TableDifference, ...]
    """One row a party."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingDifference:
    """A standing that a scenario changes."""

    __pydantic_config__ = STRICT

    party: str
    """The party."""
    reading: str
    """The reading of the law."""
    record: str
    """By the record."""
    scenario: str
    """With the scenario."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationDifference:
    """A kind of obligation that a scenario changes."""

    __pydantic_config__ = STRICT

    kind: ObligationKind
    """The kind."""
    record: tuple[str, ...]
    """Who owes whom by the record, in sentences."""
    scenario: tuple[str, ...]
    """The same with the scenario."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictBrief:
    """A verdict in brief."""

    __pydantic_config__ = STRICT

    verdict: VerdictKind
    """The verdict."""
    low: int | None
    """Least possible sum."""
    high: int | None
    """Greatest possible sum."""
    bound: int
    """The limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictDifference:
    """A verdict that a scenario changes."""

    __pydantic_config__ = STRICT

    id: str
    """The limit."""
    scope: str
    """Whom it binds."""
    posture: str
    """What state the equipment is in."""
    record: VerdictBrief | None
    """By the record; null where there is no such limit."""
    scenario: VerdictBrief | None
    """With the scenario."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentDifferences:
    """What scenarios change for one instrument."""

    __pydantic_config__ = STRICT

    instrument: str
    """Its id."""
    standings: tuple[StandingDifference, ...]
    """Standings."""
    obligations: tuple[ObligationDifference, ...]
    """Obligations."""
    verdicts: tuple[VerdictDifference, ...]
    """Verdicts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatifDocument:
    """What differs between the record and scenarios."""

    __pydantic_config__ = STRICT

    on: Day
    """The day."""
    scenarios: tuple[str, ...]
    """Ids of the scenarios."""
    differences: tuple[InstrumentDifferences, ...]
    """By instrument."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingChange:
    """States whose standing changed alike between two days."""

    __pydantic_config__ = STRICT

    old: str
    """The standing before, in words."""
    new: str
    """The standing after, in words."""
    parties: tuple[str, ...]
    """The states."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictChange:
    """A verdict that differs between two days."""

    __pydantic_config__ = STRICT

    id: str
    """The limit."""
    scope: str
    """Whom it binds."""
    cite: str | None
    """The article."""
    old_words: str
    """The verdict before, in words."""
    new_words: str
    """The verdict after, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceDocument:
    """What changed between two days."""

    __pydantic_config__ = STRICT

    instrument: str
    """Its id."""
    since: Day
    """The earlier day."""
    on: Day
    """The later day."""
    reading: str
    """The reading of the law."""
    standings: tuple[StandingChange, ...]
    """Standings that differ."""
    verdicts: tuple[VerdictChange, ...]
    """Verdicts that differ."""
    acts: tuple[str, ...]
    """Ids of the acts done between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotBound:
    """A state that is not bound."""

    __pydantic_config__ = STRICT

    party: str
    """The state."""
    standing: Standing
    """Its standing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementView:
    """What one reading says of a duty to hand over data."""

    __pydantic_config__ = STRICT

    reading: str
    """The depositary, or a state."""
    due: bool | None
    """Whether it is owed; null where the record does not tell."""
    act: str | None
    """The act that ended it."""
    date: str | None
    """The day of that act, as an EDTF date."""
    cite: tuple[str, ...]
    """The articles."""
    not_bound: tuple[NotBound, ...]
    """States without a bond on the day."""
    caveats: tuple[str, ...]
    """What to bear in mind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitledDocument:
    """Whether one party's data is given to another."""

    __pydantic_config__ = STRICT

    instrument: str
    """Its id."""
    on: Day
    """The day."""
    of: str
    """Whose data."""
    to: str
    """Who would read them."""
    given: bool
    """Whether they are given."""
    due: bool | None
    """Whether they are owed in the owner's own reading; null where the record does not tell."""
    act: str | None
    """The act that ended it."""
    cite: tuple[str, ...]
    """The articles."""
    readings: tuple[EntitlementView, ...]
    """The owner's reading, which decides, and those beside it."""
    received_before_stays: bool
    """Whether earlier data stay with the reader."""
