"""What an instrument is: its own rules about who is bound, when, and how it ends; its groups and categories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from servanda.model.acts import Act
from servanda.model.answer import Source
from servanda.model.assessments import Assessment
from servanda.model.base import STRICT
from servanda.model.counts import CountingDispute
from servanda.model.dates import Period, UncertainDate, within
from servanda.model.equipment import Category, EquipmentType
from servanda.model.forms import Form
from servanda.model.limits import Limit
from servanda.model.procedures import Procedure
from servanda.model.records import Level, Record, Reduction
from servanda.model.reduction import ReductionRules
from servanda.model.verification import InspectionRegime
from servanda.model.vocabulary import (
    ActKind,
    AxisName,
    Binding,
    Confidence,
    ConsentAct,
    EntryKind,
    InstrumentKind,
    LinkKind,
    Matter,
    ObligationKind,
    ProvisionKind,
    ProvisionRole,
)
from servanda.model.zones import Block, Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """`actor` belongs in the half-open period `[since, until)`."""

    __pydantic_config__ = STRICT

    actor: str
    """Code of the member."""
    since: date | None = None
    """First day it holds; absent: from the beginning."""
    until: date | None = None
    """First day it no longer holds; absent: still."""
    cite: str | None = None
    """The clause or decision."""
    note: str | None = None
    """A remark for the reader; no answer depends on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of states as the instrument itself names it; joining an alliance moves nobody (law.md 4)."""

    __pydantic_config__ = STRICT

    id: str
    """Unique name of the group."""
    name: str
    """Its name in words."""
    members: tuple[Membership, ...]
    """Its members, period by period."""
    alliance: str | None = None
    """Code of the alliance whose members formed it."""
    cite: str | None = None
    """The clause that names it."""
    source: tuple[str, ...] = ()
    """Ids of the sources it was seen in."""

    def on(self, day: date) -> tuple[str, ...]:
        """The members on `day`, in the order of the data."""
        return tuple(m.actor for m in self.members if within(day, m.since, m.until))


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """So many of a group must be among those whose acts are counted."""

    __pydantic_config__ = STRICT

    of: tuple[str, ...]
    """Codes of the group."""
    at_least: int
    """How many of them are needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRule:
    """When the instrument enters into force, by its own terms.

    `rule`: `all` (every required actor has done `by`), `count` (so many have), `signature`, `date`, `none`.
    `recorded` is the date the record gives; the computed date must equal it (`corpus check`).
    `per_party` is true where a late comer is bound so long after its own act.
    """

    __pydantic_config__ = STRICT

    rule: EntryKind
    """How the instrument enters into force."""
    by: ConsentAct = ConsentAct.DEPOSIT
    """The act that expresses consent."""
    period: Period = field(default_factory=lambda: Period(days=0))
    """Time between the last act needed and entry into force."""
    required: tuple[str, ...] = ()
    """Codes of those whose acts are needed."""
    count: int | None = None
    """How many acts are needed."""
    date: UncertainDate | None = None
    """The fixed day."""
    recorded: UncertainDate | None = None
    """The day the record gives; the computed one must equal it."""
    per_party: bool = False
    """True where one that comes later is bound so long after its own act."""
    later_period: Period | None = None
    """The time that runs for one that comes after entry into force, where it is another than `period`."""
    shares: dict[str, float] = field(default_factory=dict)
    """Share of each actor (emissions, tonnage), where the acts must make up a share of the whole."""
    share: float | None = None
    """The share that the acts must make up, in the unit of `shares`."""
    including: tuple[Among, ...] = ()
    """Groups of which so many must be among the acts counted."""
    cite: str | None = None
    """The clause."""
    source: tuple[str, ...] = ()
    """Ids of the sources it was seen in."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """An armed conflict that a party is engaged in, from a day to a day (None: it goes on)."""

    __pydantic_config__ = STRICT

    party: str
    """Code of the party."""
    since: date
    """First day of the conflict."""
    until: date | None = None
    """First day on which it is over; absent while it goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitRule:
    """How a party may leave: the notice the clause asks for. Without a clause, VCLT 56 is the fallback."""

    __pydantic_config__ = STRICT

    notice: Period | None = None
    """Time between notice and end."""
    year_end: bool = False
    """True where it ends with the calendar year in which the time of notice runs out."""
    not_before: Period | None = None
    """Time from entry into force for the party before which no notice can be given."""
    longer_in_conflict: bool = False
    """True where the end waits for the end of an armed conflict the party is engaged in."""
    conflicts: tuple[Conflict, ...] = ()
    """Armed conflicts of parties, for which an end may have to wait."""
    cite: str | None = None
    """The clause."""
    gist: str | None = None
    """What it says, in our own words."""
    fallback: bool = False
    """True where the instrument's own clause was not seen and the general rule stands in."""
    source: tuple[str, ...] = ()
    """Ids of the sources it was seen in."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """From which day the instrument's periods run, and the count that practice rejected (law.md 2)."""

    __pydantic_config__ = STRICT

    start: date
    """The day from which the instrument's periods run."""
    gist: str
    """Why that day, in our own words."""
    cite: str | None = None
    """What it rests on."""
    rejected: date | None = None
    """The other day from which one could count, which practice rejected."""
    source: tuple[str, ...] = ()
    """Ids of the sources it was seen in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisValue:
    """One value of an axis: a posture or a force as the instrument tells them apart."""

    __pydantic_config__ = STRICT

    id: str
    """The word that records and limits use."""
    name: str | None = None
    """Its name in words, where the word itself does not say it."""
    counted: bool = True
    """False where `any` leaves it out: the instrument counts it apart or not at all."""
    cite: str | None = None
    """The clause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellAxis:
    """An axis along which an instrument tells items apart, beside holder, category and place."""

    __pydantic_config__ = STRICT

    axis: AxisName
    """Which axis."""
    values: tuple[AxisValue, ...]
    """Its values, apart from each other; `any` is the sum of those that count."""
    cite: str | None = None
    """The clause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeClass:
    """A class of missiles by range, as an instrument defines it."""

    __pydantic_config__ = STRICT

    id: str
    """The word by which it is asked for."""
    from_km: int
    """Least range in kilometres."""
    to_km: int
    """Greatest range in kilometres."""
    cite: str | None = None
    """The clause that defines it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A tie to another instrument (`to`, its id) or to a text outside the record (`title`, with its `year`)."""

    __pydantic_config__ = STRICT

    relation: LinkKind
    """What the tie is."""
    to: str | None = None
    """Id of the other instrument."""
    title: str | None = None
    """Title of a text outside the record."""
    year: int | None = None
    """Its year."""
    cite: str | None = None
    """The clause that makes the tie."""
    gist: str | None = None
    """What it says, in our own words."""
    source: tuple[str, ...] = ()
    """Ids of the sources it was seen in."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralRule:
    """A period that the general law of treaties sets where an instrument itself says nothing."""

    __pydantic_config__ = STRICT

    period: Period
    """The period."""
    cite: str
    """The clause of the law of treaties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralLaw:
    """What the law of treaties adds to every instrument: `objection`, how long others have to object to a notified
    claim; `notice`, how long a notice of withdrawal runs where no clause says it."""

    __pydantic_config__ = STRICT

    objection: GeneralRule
    """How long others have to object to a notified claim."""
    notice: GeneralRule
    """How long a notice of withdrawal runs where no clause says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something the record does not tell, and the days on which it bears: `[since, until)`."""

    __pydantic_config__ = STRICT

    gist: str
    """What is not known, in our own words."""
    since: date | None = None
    """First day on which an answer may depend on it; absent: always."""
    until: date | None = None
    """First day on which it matters no more; absent: still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    """Acts of which the record holds all that were done: only of these may an act's absence be held against a report."""

    __pydantic_config__ = STRICT

    acts: tuple[ActKind, ...]
    """Kinds of acts that are recorded without a gap."""
    parties: tuple[str, ...] = ()
    """Codes of those of whom it holds; empty: of everybody."""
    until: date | None = None
    """First day of which it no longer holds; absent: it holds to the end of the record."""
    source: tuple[str, ...] = ()
    """Ids of the sources that list them."""

    def covers(self, act: str, party: str | None, day: date | None) -> bool:
        """Whether it holds of an act of this kind by a party (None: by anybody) on a day (None: on any)."""
        known = act in self.acts and (self.until is None or (day is not None and day < self.until))
        return known and (not self.parties or party in self.parties)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One treaty, protocol, amendment, political document or draft (`treaty.yaml`)."""

    __pydantic_config__ = STRICT

    id: str
    """Unique name; also that of its folder."""
    title: str
    """Full title."""
    short: str
    """Short name used in sentences."""
    kind: InstrumentKind
    """What kind of instrument it is."""
    cite: str
    """The abbreviation its citations begin with."""
    gist: str
    """What it is, in our own words."""
    article: bool = True
    """False where its short name takes no article in a sentence: `New START`."""
    binding: Binding = Binding.LEGAL
    """In what way it binds."""
    duties: tuple[ObligationKind, ...] = ()
    """Kinds of duty it lays down between its parties."""
    aliases: tuple[str, ...] = ()
    """Other names."""
    amends: str | None = None
    """Id of the instrument it amends."""
    links: tuple[Link, ...] = ()
    """Ties to other instruments and texts."""
    general_law: GeneralLaw | None = None
    """What the law of treaties adds to every instrument; for the instrument that states that law."""
    adopted: UncertainDate | None = None
    """Day of adoption or signature, as an EDTF date."""
    place: str | None = None
    """Where it was adopted."""
    depositary: tuple[str, ...] = ()
    """Codes of its depositaries."""
    entry: EntryRule | None = None
    """How it enters into force."""
    exit: ExitRule | None = None
    """How a party may leave."""
    suspension_cite: str | None = None
    """The clause a suspension would need, or whose silence matters."""
    suspension_gist: str | None = None
    """What that clause says of suspension, in our own words."""
    clock: Clock | None = None
    """From which day its periods run."""
    area: str | None = None
    """Id of the zone that is its whole area of application."""
    area_of_parties: bool = False
    """True where ground is in the area only while its state is a party."""
    levels_test: str | None = None
    """The clauses that a sum of notified levels tests inside the instrument's own groups."""
    axes: tuple[CellAxis, ...] = ()
    """Postures and forces it tells apart; an axis it does not declare has no values but `any`."""
    ranges: tuple[RangeClass, ...] = ()
    """Classes of missiles it defines by range."""
    map_note: str | None = None
    """What a map of its zones draws only approximately."""
    addressees: tuple[str, ...] = ()
    """Codes of those a draft is addressed to."""
    groups: tuple[Group, ...] = ()
    """Groups of states it names."""
    categories: tuple[Category, ...] = ()
    """What it counts, as a tree."""
    snapshots: tuple[str, ...] = ()
    """Names of the sets of records in holdings/ that may be used together; `declared` needs no mention."""
    sources: tuple[Source, ...] = ()
    """Where its facts were seen; more may stand in sources.yaml."""
    notes: tuple[str, ...] = ()
    """Remarks shown with the instrument."""
    not_known: tuple[str | Gap, ...] = ()
    """What the record does not tell: a sentence, or one with the days on which it bears."""
    complete: tuple[Complete, ...] = ()
    """Acts of which the record holds all, by kind and party."""

    def complete_for(self, acts: Iterable[str], party: str | None, day: date | None) -> bool:
        """Whether the record holds every act of one of these kinds by a party (None: by anybody) on a day (None: any)."""
        return any(c.covers(act, party, day) for act in acts for c in self.complete)

    def group_of(self, actor: str, day: date) -> str | None:
        """The id of the group `actor` belongs to on `day`, or None."""
        return next((g.id for g in self.groups if actor in g.on(day)), None)

    def unknown(self, on: date) -> tuple[str, ...]:
        """What the record does not tell and an answer on that day may depend on."""
        gaps = (Gap(gist=g) if isinstance(g, str) else g for g in self.not_known)
        return tuple(g.gist for g in gaps if within(on, g.since, g.until))

    @property
    def called(self) -> str:
        """What running text calls it: `the CFE Treaty`, `New START`."""
        return f"the {self.short}" if self.article else self.short

    @property
    def lives_in(self) -> Link | None:
        """The link to the instrument with which this one ends for a party, or None."""
        return next((x for x in self.links if x.relation is LinkKind.LIVES_IN), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """An article or paragraph: citation, gist in our own words, kind, and the values it fixes.

    `duties` are the kinds of duty it lays down; `obligors` who owes them, by default every party.
    `replaces` lists clauses of the amended instrument whose limits end once the amendment is in force; a clause
    stands for its paragraphs too (`CFE IV` for `CFE IV.1(A)`).
    """

    __pydantic_config__ = STRICT

    cite: str
    """The place in the text."""
    kind: ProvisionKind
    """What it does."""
    gist: str
    """What it says, in our own words."""
    values: dict[str, Any] = field(default_factory=dict)
    """Numbers and terms it fixes, for reading; no answer is computed from them."""
    matter: tuple[Matter, ...] = ()
    """What it is about; instruments are compared by it."""
    role: ProvisionRole | None = None
    """The part it plays in a computation whose answer cites it."""
    replaces: tuple[str, ...] = ()
    """Clauses of the amended instrument whose limits end once the amendment is in force."""
    duties: tuple[ObligationKind, ...] = ()
    """Kinds of duty it lays down."""
    obligors: tuple[str, ...] = ()
    """Who owes them; empty: every party."""
    source: tuple[str, ...]
    """Ids of the sources it was seen in."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""
    note: str | None = None
    """A remark for the reader; no answer depends on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """Sources that disagree: the point, what each says, the reading the record takes and why."""

    __pydantic_config__ = STRICT

    id: str
    """Unique name."""
    point: str
    """What the sources disagree about."""
    claims: tuple[str, ...]
    """What each says."""
    view: str
    """The reading the record takes, and why."""
    size: str | None = None
    """How large the gap is, in words."""
    source: tuple[str, ...] = ()
    """Ids of the sources it was seen in."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""
    reported: date | None = None
    """The day it became known."""


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
    reduction_rules: tuple[ReductionRules, ...] = ()
    forms: tuple[Form, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    counting: tuple[CountingDispute, ...] = ()

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
