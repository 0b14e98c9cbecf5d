"""What an instrument is: its own rules about who is bound, when, and how it ends; its groups and categories."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from servanda.model.acts import Act
from servanda.model.answer import Source
from servanda.model.dates import Period, UncertainDate, within
from servanda.model.equipment import Category, EquipmentType
from servanda.model.limits import Limit
from servanda.model.procedures import Procedure
from servanda.model.records import Level, Record, Reduction
from servanda.model.verification import InspectionRegime
from servanda.model.vocabulary import Confidence, LinkKind, ObligationKind
from servanda.model.zones import Block, Zone

_FORBID = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """`actor` belongs in the half-open period `[since, until)`."""

    __pydantic_config__ = _FORBID

    actor: str
    since: date | None = None
    until: date | None = None
    cite: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of states as the instrument itself names it; joining an alliance moves nobody (LAW 4)."""

    __pydantic_config__ = _FORBID

    id: str
    name: str
    members: tuple[Membership, ...]
    alliance: str | None = None
    cite: str | None = None
    source: tuple[str, ...] = ()

    def on(self, day: date) -> tuple[str, ...]:
        """The members on `day`, in the order of the data."""
        return tuple(m.actor for m in self.members if within(day, m.since, m.until))


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRule:
    """When the instrument enters into force, by its own terms.

    `rule`: `all` (every required actor has done `by`), `count` (so many have), `signature`, `date`, `none`.
    `recorded` is the date the record gives; the computed date must equal it (`corpus check`).
    `per_party` is true where a late comer is bound so long after its own act.
    """

    __pydantic_config__ = _FORBID

    rule: str
    by: str = "deposit"
    period: Period = field(default_factory=lambda: Period(days=0))
    required: tuple[str, ...] = ()
    count: int | None = None
    date: UncertainDate | None = None
    recorded: UncertainDate | None = None
    per_party: bool = False
    cite: str | None = None
    source: tuple[str, ...] = ()
    confidence: Confidence = Confidence.SOURCED


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitRule:
    """How a party may leave: the notice the clause asks for. Without a clause, VCLT 56 is the fallback."""

    __pydantic_config__ = _FORBID

    notice: Period | None = None
    cite: str | None = None
    gist: str | None = None
    source: tuple[str, ...] = ()
    confidence: Confidence = Confidence.SOURCED


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """From which day the instrument's periods run, and the count that practice rejected (LAW 2)."""

    __pydantic_config__ = _FORBID

    start: date
    gist: str
    cite: str | None = None
    rejected: date | None = None
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A tie to another instrument (`to`, its id) or to a text outside the record (`title`, with its `year`)."""

    __pydantic_config__ = _FORBID

    relation: LinkKind
    to: str | None = None
    title: str | None = None
    year: int | None = None
    cite: str | None = None
    gist: str | None = None
    source: tuple[str, ...] = ()
    confidence: Confidence = Confidence.SOURCED


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralRule:
    """A period that the general law of treaties sets where an instrument itself says nothing."""

    __pydantic_config__ = _FORBID

    period: Period
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralLaw:
    """What the law of treaties adds to every instrument: `objection`, how long others have to object to a notified
    claim; `notice`, how long a notice of withdrawal runs where no clause says it."""

    __pydantic_config__ = _FORBID

    objection: GeneralRule
    notice: GeneralRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One treaty, protocol, amendment, political document or draft (`treaty.yaml`)."""

    __pydantic_config__ = _FORBID

    id: str
    title: str
    short: str
    kind: str  # treaty, protocol, amendment, agreement, political, draft
    cite: str  # the abbreviation its citations begin with, e.g. CFE
    gist: str
    binding: str = "legal"  # legal, political, none (a draft)
    duties: tuple[ObligationKind, ...] = ()  # kinds of duty it lays down between its parties
    aliases: tuple[str, ...] = ()
    amends: str | None = None
    links: tuple[Link, ...] = ()
    general_law: GeneralLaw | None = None  # for the instrument that states the law of treaties itself
    adopted: UncertainDate | None = None
    place: str | None = None
    depositary: tuple[str, ...] = ()
    entry: EntryRule | None = None
    exit: ExitRule | None = None
    suspension_cite: str | None = None
    suspension_gist: str | None = None
    clock: Clock | None = None
    area: str | None = None  # the zone that is its whole area of application
    addressees: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    categories: tuple[Category, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()
    not_known: tuple[str, ...] = ()

    def group_of(self, actor: str, day: date) -> str | None:
        """The id of the group `actor` belongs to on `day`, or None."""
        return next((g.id for g in self.groups if actor in g.on(day)), None)

    @property
    def lives_in(self) -> Link | None:
        """The link to the instrument with which this one ends for a party, or None."""
        return next((x for x in self.links if x.relation is LinkKind.LIVES_IN), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """An article or paragraph: citation, gist in our own words, kind, and the values it fixes.

    `duties` are the kinds of duty it lays down; `obligors` who owes them, by default every party.
    """

    __pydantic_config__ = _FORBID

    cite: str
    kind: str
    gist: str
    values: dict[str, Any] = field(default_factory=dict)
    matter: tuple[str, ...] = ()
    duties: tuple[ObligationKind, ...] = ()
    obligors: tuple[str, ...] = ()
    source: tuple[str, ...]
    confidence: Confidence = Confidence.SOURCED
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """Sources that disagree: the point, what each says, the reading the record takes and why."""

    __pydantic_config__ = _FORBID

    id: str
    point: str
    claims: tuple[str, ...]
    view: str
    size: str | None = None
    source: tuple[str, ...] = ()
    confidence: Confidence = Confidence.SOURCED


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Everything the corpus holds about one instrument. `key` is the content key of its files."""

    key: str
    instrument: Instrument
    provisions: tuple[Provision, ...] = ()
    limits: tuple[Limit, ...] = ()
    acts: tuple[Act, ...] = ()
    blocks: tuple[Block, ...] = ()
    zones: tuple[Zone, ...] = ()
    levels: tuple[Level, ...] = ()
    records: tuple[Record, ...] = ()
    types: tuple[EquipmentType, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    reductions: tuple[Reduction, ...] = ()
    inspections: tuple[InspectionRegime, ...] = ()

    def source(self, source_id: str) -> Source | None:
        """The source of that id, or None."""
        return next((s for s in self.instrument.sources if s.id == source_id), None)


def within_place(entry: str, cite: str, prefix: str) -> bool:
    """Whether the place `entry` holds the provision `cite`: XVI.2 holds XVI.2(F), not XVI.20.

    `prefix` is the abbreviation that the instrument's citations begin with; an entry may leave it out.

    >>> within_place("XVI.2", "CFE XVI.2(F)", "CFE"), within_place("XVI.2", "CFE XVI.20", "CFE")
    (True, False)
    """
    starts = (entry, f"{prefix} {entry}")
    return any(cite == s or (cite.startswith(s) and not cite[len(s)].isalnum()) for s in starts)
