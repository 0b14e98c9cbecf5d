"""A wish to inspect, what it is judged in, and what is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from servanda.model.errors import InputError
from servanda.model.verification import Outcome
from servanda.verification.periods import Span
from servanda.verification.quotas import PartyQuota

ENTRIES = ("border_crossing", "seaport")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place to be inspected: whose objects stand there, on whose ground, in which district, by which entry points.

    `points_at` gives latitude and longitude of the points of entry in their order, None where not known.
    """

    id: str
    owner: str
    territory: str
    district: str | None = None
    points: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    in_area: bool = True
    points_at: tuple[tuple[float, float] | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """An inspection already carried out, refused, cancelled or under way. Only done and running ones count."""

    by: str
    site: str
    owner: str
    territory: str
    kind: str
    began: datetime
    ended: datetime | None = None
    outcome: Outcome = Outcome.DONE
    district: str | None = None
    supplementary: bool = False

    @property
    def counts(self) -> bool:
        """Whether it uses quota: a refused or cancelled one does not."""
        return self.outcome in (Outcome.DONE, Outcome.UNDER_WAY)

    def running(self, at: datetime) -> bool:
        """Whether the team is still there at that hour."""
        return self.counts and self.began <= at and (self.ended is None or at < self.ended)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A wish to inspect, as the notice puts it.

    `after` is the site just inspected, for a further inspection of the same stay. `entry_by` says what kind of point of
    entry is asked for where it is none that serves the site. `km2` and `across_km` are the size of an area.
    """

    by: str
    of: str
    kind: str
    site: Site
    notice: datetime
    arrive: datetime
    point_of_entry: str | None = None
    team: int | None = None
    crew: int | None = None
    subteams: int | None = None
    nationalities: tuple[str, ...] = ()
    further: int = 0  # sequential inspections meant to follow
    after: Site | None = None
    entry_by: str | None = None
    km2: float | None = None
    across_km: float | None = None

    def __post_init__(self) -> None:
        if self.arrive <= self.notice:
            raise InputError(
                f"the team would arrive at {self.arrive:%Y-%m-%d %H:%M}, not after the notice",
                remedy="check both times",
            )
        for name in ("team", "crew", "subteams", "further", "km2", "across_km"):
            value = getattr(self, name)
            if value is not None and value < 0:
                raise InputError(f"{name} of {value} is negative", remedy="give a number of 0 or more")
        if self.entry_by is not None and self.entry_by not in ENTRIES:
            raise InputError(
                f"{self.entry_by!r} is not a kind of point of entry", remedy=f"words: {', '.join(ENTRIES)}"
            )
        if self.by == self.of:
            raise InputError(f"{self.by} does not inspect itself", remedy="name two states")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One clause held against the request."""

    cite: str
    statement: str
    ok: bool | None
    remedy: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """Inspections on top of a quota that a site is open to: how many were used, and within the quota at such sites.

    `within_quota` is None where nothing binds them to inspections within the quota.
    """

    adds_to: str
    cite: str
    at_most: int
    used: int
    within_quota: int | None = None
    matched_cite: str | None = None

    @property
    def left(self) -> bool:
        """Whether one more may be asked for."""
        return self.used < self.at_most and (self.within_quota is None or self.used < self.within_quota)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the request is judged in: the period and its quotas, who is in whose group, past inspections, duty owed.

    `owes` maps a reading to whether the inspected state owes the inspecting one to accept; `reading` is the one that
    decides; `host_owes` says the same of the state whose ground it is, where that is another (None: not known).
    `quota_of` gives each party's quotas, where known. `extras` are inspections on top of them that the site is open
    to. `districts` gives the military district of each place that sites name, where the treaty names districts.
    """

    span: Span
    reading: str
    owes: Mapping[str, bool | None]
    because: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # reading -> (cite, statement)
    quota_of: Mapping[str, PartyQuota] = field(default_factory=dict)
    group_of: Mapping[str, str] = field(default_factory=dict)
    parties: frozenset[str] = frozenset()
    past: tuple[Past, ...] = ()
    consents_given: frozenset[str] = frozenset()
    host_owes: bool | None = True
    extras: tuple[Extra, ...] = ()
    districts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Yes or no, with every clause that was looked at. `unknown` names what could not be told."""

    allowed: bool
    checks: tuple[Check, ...]

    @property
    def forbidding(self) -> tuple[Check, ...]:
        """The clauses that forbid."""
        return tuple(c for c in self.checks if c.ok is False)

    @property
    def unknown(self) -> tuple[Check, ...]:
        """The clauses that could not be judged."""
        return tuple(c for c in self.checks if c.ok is None)
