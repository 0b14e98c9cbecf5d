"""Inspection regimes as data: periods, quotas, caps, kinds of inspection and the course each takes.

One regime is one record of an instrument's `inspections.yaml`. Percentages are of objects of verification;
hours are clock hours. No number of a treaty stands in code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from servanda.model.base import STRICT
from servanda.model.dates import Period, UncertainDate
from servanda.model.vocabulary import Confidence


class QuotaBase(StrEnum):
    """What a percentage is taken of."""

    OWN_OBJECTS = "own_objects"  # the party's own objects in the area, wherever they are
    TERRITORY_INSPECTIONS = "territory_inspections"  # inspections due on its territory, stationed objects included
    FIXED = "fixed"  # a plain number a period
    PER_OBJECTS = "per_objects"  # one for so many of the party's own objects, or a part of so many
    BY_PARTY = "by_party"  # a number of each party, or one that several share


class CapScope(StrEnum):
    """Whom a cap counts together."""

    SAME_INSPECTOR = "same_inspector"  # one inspecting state toward one inspected state
    SAME_GROUP = "same_group"  # likewise, both in one group
    SITE = "site"
    TERRITORY = "territory"
    OWNER = "owner"
    DISTRICT = "district"


class CourseActor(StrEnum):
    """Who takes a step of an inspection."""

    INSPECTING = "inspecting"
    INSPECTED = "inspected"


class StayMark(StrEnum):
    """Where a team's stay in the country begins and ends."""

    BEGINS = "begins"
    ENDS = "ends"


class Charged(StrEnum):
    """Whose quota an inspection is charged to."""

    OWNER = "owner"  # of the object
    TERRITORY = "territory"  # the state on whose ground it is


class Outcome(StrEnum):
    """How an inspection or a request for one ended."""

    DONE = "done"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    UNDER_WAY = "under_way"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaPeriod:
    """A stretch of the regime's calendar, one after the other from the clock; the last one has no length.

    `yearly` periods give their quota anew each year counted from their first day.
    """

    __pydantic_config__ = STRICT

    id: str
    """Name of the period."""
    cite: str
    """The clause."""
    length: Period | None = None
    """How long it lasts; absent: without end."""
    yearly: bool = False
    """True where its quota is given anew each year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """A number that a party has, or several share."""

    __pydantic_config__ = STRICT

    of: tuple[str, ...]
    """Codes of the parties."""
    number: int
    """The number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRule:
    """A passive quota. `percent` (or `number` for `fixed`) is given for each period; `at_least` whatever the per cent.

    Rules with the ids `declared` and `challenge` are the main quota and the part of it by area; others stand beside them.
    `needs_territory` restricts the rule to parties with territory in the area. A period that neither `percent` nor
    `number` names is one whose quota is not known.
    """

    __pydantic_config__ = STRICT

    id: str
    """Name of the quota."""
    base: QuotaBase
    """What the percentage is taken of."""
    cites: dict[str, str]
    """The clause, period by period."""
    percent: dict[str, int] = field(default_factory=dict)
    """Per cent, period by period."""
    number: dict[str, int] = field(default_factory=dict)
    """Plain number, period by period."""
    name: str | None = None
    """What it counts, in words; by default inspections."""
    per: int | None = None
    """For `per_objects`: how many objects give one inspection."""
    at_most: int | None = None
    """The greatest number, whatever the objects."""
    allocated: tuple[Allocation, ...] = ()
    """For `by_party`: the number of each; `percent` says which part of it holds in a period, rounded down."""
    confidence: Confidence = Confidence.SOURCED
    """How far the rule can be trusted: sourced, derived or recalled."""
    at_least: int | None = None
    """The least number, whatever the per cent."""
    at_least_cite: str | None = None
    """The clause that sets it."""
    needs_territory: bool = False
    """True where only parties with territory in the area have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """A cap on inspections counted together: `at_most` a calendar year, or a per cent of a quota.

    A simultaneous cap counts teams at one time; of `at_most` and `percent` the greater holds.
    """

    __pydantic_config__ = STRICT

    id: str
    """Name of the cap."""
    scope: CapScope
    """Whom it counts together."""
    cite: str
    """The clause."""
    gist: str
    """What it says, in our own words."""
    at_most: int | None = None
    """The number."""
    percent: int | None = None
    """Per cent of a quota."""
    of: str | None = None
    """The quota that the per cent is taken of."""
    simultaneous: bool = False
    """True where it counts teams at one time."""
    kinds: tuple[str, ...] = ()
    """Kinds of inspection it counts; empty: all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """Inspections a state accepts on top of its quota, from `since` on, for objects in one of the zones.

    `adds_to` names the quota and, by its period, the years in which they are counted. Where `matched_cite` is given
    there may be no more of them than inspections within the quota at those objects in the same year.
    """

    __pydantic_config__ = STRICT

    id: str
    """Name of the supplement."""
    party: str
    """The state that accepts them."""
    at_most: int
    """The number a year."""
    zones: tuple[str, ...]
    """Where the objects are."""
    adds_to: str
    """The quota it comes on top of."""
    cite: str
    """The clause."""
    gist: str
    """What it says, in our own words."""
    since: UncertainDate
    """First day."""
    matched_cite: str | None = None
    """The clause that keeps them to the number of inspections within the quota at those objects."""
    source: tuple[str, ...] = ()
    """Ids of the sources it was seen in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Inspections on a state's ground by certain states need its consent."""

    __pydantic_config__ = STRICT

    territory: tuple[str, ...]
    """Codes of the states whose consent is needed."""
    cite: str
    """The clause or statement."""
    gist: str
    """What it says, in our own words."""
    source: tuple[str, ...] = ()
    """Ids of the sources it was seen in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStep:
    """One step of an inspection's course: who does it, after which steps it is permitted, and its clock.

    `within_hours` (or `within_days`) is counted from the latest step of `clock`; `at_least_hours` is the least wait.
    `last` ends the course. `consequence` says what a missed deadline leads to; `duty` marks a step whose actor owes
    it, so that its absence is a missed deadline. `further` steps open one more inspection of the same stay.
    """

    __pydantic_config__ = STRICT

    id: str
    """Name of the step."""
    actor: CourseActor
    """Who does it."""
    gist: str
    """What is done, in our own words."""
    cite: str
    """The clause."""
    after: tuple[str, ...] = ()
    """Steps after which it is permitted."""
    clock: tuple[str, ...] = ()
    """The steps its time is counted from, the latest of them taken."""
    at_least_hours: int | None = None
    """Least wait in hours."""
    within_hours: int | None = None
    """Most hours."""
    within_minutes: int | None = None
    """Most minutes."""
    within_days: int | None = None
    """Most days."""
    consequence: str | None = None
    """What a missed deadline leads to, in words."""
    last: bool = False
    """True where it ends the course."""
    outcome: Outcome | None = None
    """How the inspection ends with it."""
    document: str | None = None
    """The form it is done by, in words."""
    duty: bool = False
    """True where its actor owes it."""
    further: bool = False
    """True where it opens a further inspection of the same stay."""
    stay: StayMark | None = None
    """Whether the stay begins or ends with it."""
    uncounted_after_hours: int | None = None
    """Time from its clock above these hours is not counted against the stay."""
    paused_by: tuple[str, ...] = ()
    """Steps whose time from their clocks is added to its deadline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """One line of the form of a report: a field of the inspection, or the hour at which one of `steps` was last taken."""

    __pydantic_config__ = STRICT

    heading: str
    """What it is called."""
    cite: str
    """The clause that asks for it."""
    field: str | None = None
    """Name of the field, such as site."""
    steps: tuple[str, ...] = ()
    """Steps whose hour it gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionKind:
    """A kind of inspection: may it be refused, which quotas it charges, lead time, team, and its course."""

    __pydantic_config__ = STRICT

    id: str
    """Name of the kind."""
    name: str
    """Its name in words."""
    cite: str
    """The clause."""
    gist: str
    """What it is, in our own words."""
    lead_hours: int
    """Notice in hours."""
    lead_cite: str
    """The clause that sets it."""
    lead_confidence: Confidence = Confidence.SOURCED
    """How far the notice in hours can be trusted."""
    since: UncertainDate | None = None
    """First day on which one may be carried out, where it is later than the regime's."""
    since_cite: str | None = None
    """The clause that sets it."""
    may_refuse: bool | None = False
    """True where it may be refused; null where the record does not say."""
    refusal_cite: str | None = None
    """The clause on refusal."""
    delay_cite: str | None = None
    """The clause on delay."""
    delay_grounds: tuple[str, ...] = ()
    """Grounds of delay, in words."""
    charges: tuple[str, ...] = ()
    """Quotas it is charged to."""
    charged_to: Charged = Charged.OWNER
    """Whose quota it is charged to."""
    charge_cite: str | None = None
    """The clause that charges it to quotas, or to none."""
    team: int | None = None
    """Most inspectors in a team."""
    team_confidence: Confidence = Confidence.SOURCED
    """How far the size of a team can be trusted."""
    team_cite: str | None = None
    """The clause that sets it."""
    subteams: int | None = None
    """Most parts a team may divide into."""
    crew: int | None = None
    """Most members of a transport crew."""
    crew_cite: str | None = None
    """The clause that sets it."""
    nationality_cite: str | None = None
    """The clause on who may be in the team."""
    entry_cite: str | None = None
    """The clause on points of entry."""
    entry_asked_cite: str | None = None
    """The clause by which a border crossing or seaport may be asked for where none is notified."""
    simultaneous_subteams: int | None = None
    """Most parts of a team beside another that divides into the most."""
    most_km2: int | None = None
    """Greatest area in square kilometres."""
    most_km: int | None = None
    """Greatest straight line inside the area, in kilometres."""
    area_cite: str | None = None
    """The clause on its size."""
    announced: str | None = None
    """What the inspected state must have announced for there to be something to inspect, in words after "whether"."""
    announced_cite: str | None = None
    """The clause on it."""
    needs_territory: bool = False
    """True where only parties with territory in the area owe it."""
    course: tuple[CourseStep, ...] = ()
    """Its steps."""
    report: tuple[ReportLine, ...] = ()
    """The lines of its report."""
    report_counts_cite: str | None = None
    """The clause that asks for what was counted."""
    report_cite: str | None = None
    """The clause on reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """How long a team may be in the country: hours for the first and each further inspection, and a ceiling."""

    __pydantic_config__ = STRICT

    first_hours: int
    """Hours for the first inspection."""
    further_hours: int
    """Hours for each further one."""
    most_days: int
    """Most days in all."""
    cite: str
    """The clause."""
    sequential_cite: str
    """The clause on inspections one after the other."""
    sequential_km: int | None = None
    """Greatest distance between them within one military district, in kilometres."""
    sequential_kinds: tuple[str, ...] = ()
    """Kinds of inspection that may follow one another without a notice of their own."""
    abroad_cite: str | None = None
    """The clause on going on to another state's ground."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCount:
    """A number of inspections that a source printed, to hold against quotas; never an input to them."""

    __pydantic_config__ = STRICT

    since: UncertainDate
    """First day it counts from."""
    until: UncertainDate
    """Last day it counts to."""
    count: int
    """The number."""
    kinds: str
    """What is counted, in the source's words."""
    source: tuple[str, ...]
    """Ids of the sources it was seen in."""
    by: str | None = None
    """The inspecting state or group; absent: all."""
    of: str | None = None
    """The inspected state or group; absent: all."""
    quota: str | None = None
    """The quota that it counts against; absent: several, or none."""
    more: bool = False
    """True where printed as more than, over, or at least."""
    note: str | None = None
    """A remark for the reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionRegime:
    """Who may check whom, how often and how (`inspections.yaml`)."""

    __pydantic_config__ = STRICT

    id: str
    """Name of the regime."""
    gist: str
    """What it is, in our own words."""
    source: tuple[str, ...]
    """Ids of the sources it was seen in."""
    periods: tuple[QuotaPeriod, ...]
    """Its calendar, in order."""
    quotas: tuple[QuotaRule, ...]
    """Its quotas."""
    caps: tuple[Cap, ...] = ()
    """Its caps."""
    kinds: tuple[InspectionKind, ...] = ()
    """Its kinds of inspection."""
    supplements: tuple[Supplement, ...] = ()
    """Inspections on top of the quota."""
    consents: tuple[Consent, ...] = ()
    """Where consent is needed."""
    published: tuple[PublishedCount, ...] = ()
    """Numbers of inspections that sources printed."""
    stay: Stay | None = None
    """How long a team may stay."""
    stationed_cite: str | None = None
    """The clause that shares inspections between host and stationing states."""
    stationed_notice_cite: str | None = None
    """The clause by which notice goes to host and stationing state at the same time."""
    territory_cite: str | None = None
    """The clause that counts inspections on a territory by all objects there."""
    joint_cite: str | None = None
    """The clause on who answers for a team of several states."""
    own_group_cite: str | None = None
    """The clause against evading verification by inspecting one's own group."""
    discrepancy_percent: int | None = None
    """Per cent of the notified number from which a difference opens a further site."""
    absent_cite: str | None = None
    """The clause on items that are absent."""
    surplus_cite: str | None = None
    """The clause on items above the notified number."""
    rounding_note: str | None = None
    """How fractions are rounded, in words."""
    since: UncertainDate | None = None
    """First day of the regime, where it has one of its own."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""
    notes: tuple[str, ...] = ()
    """Remarks for the reader."""

    def kind(self, name: str) -> InspectionKind | None:
        """The kind of inspection of that id, or None."""
        return next((k for k in self.kinds if k.id == name), None)
