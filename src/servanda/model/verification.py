"""Inspection regimes as data: periods, quotas, caps, kinds of inspection and the course each takes.

One regime is one record of an instrument's `inspections.yaml`. Percentages are of objects of verification;
hours are clock hours. No number of a treaty stands in code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from servanda.model.dates import Period, UncertainDate
from servanda.model.vocabulary import Confidence

_FORBID = {"extra": "forbid"}


class QuotaBase(StrEnum):
    """What a percentage is taken of."""

    OWN_OBJECTS = "own_objects"  # the party's own objects in the area, wherever they are
    TERRITORY_INSPECTIONS = "territory_inspections"  # inspections due on its territory, stationed objects included
    FIXED = "fixed"  # a plain number a period


class CapScope(StrEnum):
    """Whom a cap counts together."""

    SAME_INSPECTOR = "same_inspector"  # one inspecting state toward one inspected state
    SAME_GROUP = "same_group"  # likewise, both in one group
    SITE = "site"
    TERRITORY = "territory"
    OWNER = "owner"
    DISTRICT = "district"


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

    __pydantic_config__ = _FORBID

    id: str
    cite: str
    length: Period | None = None
    yearly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRule:
    """A passive quota. `percent` (or `number` for `fixed`) is given for each period; `at_least` whatever the per cent.

    `needs_territory` restricts the rule to parties with territory in the area.
    """

    __pydantic_config__ = _FORBID

    id: str
    base: QuotaBase
    cites: dict[str, str]
    percent: dict[str, int] = field(default_factory=dict)
    number: dict[str, int] = field(default_factory=dict)
    at_least: int | None = None
    at_least_cite: str | None = None
    needs_territory: bool = False
    ceiling_for: tuple[str, ...] = ()  # quotas whose sum, this one included, it bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """A cap on inspections counted together: `at_most` a calendar year, or a per cent of a quota.

    A simultaneous cap counts teams at one time; of `at_most` and `percent` the greater holds.
    """

    __pydantic_config__ = _FORBID

    id: str
    scope: CapScope
    cite: str
    gist: str
    at_most: int | None = None
    percent: int | None = None
    of: str | None = None
    simultaneous: bool = False
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """Inspections a state accepts on top of its quota, from `since` on, for objects in a zone."""

    __pydantic_config__ = _FORBID

    id: str
    party: str
    at_most: int
    zone: str
    cite: str
    gist: str
    since: UncertainDate
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Inspections on a state's ground by certain states need its consent."""

    __pydantic_config__ = _FORBID

    territory: tuple[str, ...]
    cite: str
    gist: str
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStep:
    """One step of an inspection's course: who does it, after which steps it is permitted, and its clock.

    `within_hours` (or `within_days`) is counted from `clock` (a step id); `at_least_hours` the least wait. `last`
    ends the course. `consequence` says what a missed deadline leads to.
    """

    __pydantic_config__ = _FORBID

    id: str
    actor: str  # inspecting, inspected, both
    gist: str
    cite: str
    after: tuple[str, ...] = ()
    clock: str | None = None
    at_least_hours: int | None = None
    within_hours: int | None = None
    within_minutes: int | None = None
    within_days: int | None = None
    consequence: str | None = None
    last: bool = False
    outcome: Outcome | None = None
    document: str | None = None
    repeats: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionKind:
    """A kind of inspection: may it be refused, which quotas it charges, lead time, team, and its course."""

    __pydantic_config__ = _FORBID

    id: str
    name: str
    cite: str
    gist: str
    lead_hours: int
    lead_cite: str
    may_refuse: bool = False
    refusal_cite: str | None = None
    delay_cite: str | None = None
    delay_grounds: tuple[str, ...] = ()
    charges: tuple[str, ...] = ()
    charged_to: str = "owner"  # owner of the object, or territory
    team: int | None = None
    team_cite: str | None = None
    subteams: int | None = None
    crew: int | None = None
    crew_cite: str | None = None
    nationality_cite: str | None = None
    entry_cite: str | None = None
    needs_territory: bool = False
    course: tuple[CourseStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """How long a team may be in the country: hours for the first and each further inspection, and a ceiling."""

    __pydantic_config__ = _FORBID

    first_hours: int
    further_hours: int
    most_days: int
    cite: str
    sequential_cite: str
    sequential_km: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionRegime:
    """Who may check whom, how often and how (`inspections.yaml`)."""

    __pydantic_config__ = _FORBID

    id: str
    gist: str
    source: tuple[str, ...]
    periods: tuple[QuotaPeriod, ...]
    quotas: tuple[QuotaRule, ...]
    caps: tuple[Cap, ...] = ()
    kinds: tuple[InspectionKind, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    consents: tuple[Consent, ...] = ()
    stay: Stay | None = None
    stationed_cite: str | None = None  # the clause that shares inspections between host and stationing states
    territory_cite: str | None = None
    joint_cite: str | None = None
    purpose_cite: str | None = None
    one_object_cite: str | None = None
    rounding_note: str | None = None
    since: UncertainDate | None = None  # where the regime has a first day of its own, not the instrument's clock
    confidence: Confidence = Confidence.SOURCED
    notes: tuple[str, ...] = ()

    def kind(self, name: str) -> InspectionKind | None:
        """The kind of inspection of that id, or None."""
        return next((k for k in self.kinds if k.id == name), None)
