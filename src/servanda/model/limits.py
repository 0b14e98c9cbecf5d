"""Ceilings: at most N of a category, in a zone, in a posture, held by a scope, from a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servanda.model.base import STRICT
from servanda.model.vocabulary import ANY, Confidence, LimitNature, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Applies:
    """From when a limit judges: a fixed day, or so many months after the instrument's clock started (law.md 2).

    The day is computed, never typed, where the clause gives a period. `since_act` names an act from whose
    effect it runs. `until` is the first day it no longer applies.
    """

    __pydantic_config__ = STRICT

    months: int | None = None
    """Months after the start of the instrument's clock."""
    since: date | None = None
    """First day it applies."""
    since_act: str | None = None
    """Id of the act from whose effect it applies."""
    until: date | None = None
    """First day it no longer applies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferral:
    """Until when full compliance was put off, for whom, and the second reading (law.md 5)."""

    __pydantic_config__ = STRICT

    until: date
    """Day by which it must be kept in full."""
    since: date | None = None
    """First day of the deferral."""
    states: tuple[str, ...] = ()
    """Codes of the states concerned; empty: all."""
    cite: str | None = None
    """The clause that defers."""
    second_reading: str | None = None
    """The other reading of that clause, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A ceiling that is a share of what is held in another posture, rounded up; the fixed number stands where it is less."""

    __pydantic_config__ = STRICT

    percent: int
    """Hundredths of the number it is a share of."""
    of: str
    """The posture of the items it is a share of."""
    multiple_of: int = 1
    """The share is rounded up to a multiple of this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One clause's ceiling (`limits.yaml`), with a number for each posture it bounds.

    `id` is the citation, with `#` and a qualifier where one clause sets several (`CFE IV.1(B)#aifv+hacv`).
    `scope` says whose holdings are summed; `holders` narrows it to named states or groups. `category` is a
    leaf, a branch or a sum of siblings such as `aifv+hacv`. A limit of scope `territory` counts what all
    holders of one group keep in the zone. `force` narrows the count to one force.
    `relaxed` names the rule where the clause is not linear and the
    engine gives an interval from both ends.
    """

    __pydantic_config__ = STRICT

    id: str
    """The citation, with `#` and a qualifier where one clause sets several."""
    cite: str
    """The clause."""
    gist: str
    """What it limits, in our own words."""
    scope: Scope
    """Whose holdings are summed."""
    category: str
    """A category, or a sum of siblings such as `aifv+hacv`."""
    zone: str
    """The zone or block it applies in."""
    at_most: dict[str, int]
    """The ceiling for each posture; empty: taken from levels.csv."""
    applies: Applies
    """When it applies."""
    source: tuple[str, ...]
    """Ids of the sources it was seen in."""
    holders: tuple[str, ...] = ()
    """States or groups it is narrowed to."""
    nature: LimitNature = LimitNature.LEGAL
    """What kind of ceiling it is; only a legal one can be breached in law."""
    within: str | None = None
    """Id of the limit it is nested in."""
    force: str = ANY
    """Whose items it counts; `any`: the forces that count."""
    share: Share | None = None
    """A share of other holdings that is the ceiling where it is less than the number of `at_most`."""
    excess_counts_in: tuple[str, ...] = ()
    """The clauses under which what is above an allowance counts."""
    temporary: bool = False
    """True where it caps a stay for a time, which no record tells apart."""
    deferred: Deferral | None = None
    """Until when full observance was put off."""
    relaxed: str | None = None
    """The rule, in words, where the clause is not linear and the ceiling is an interval from both ends."""
    readings: tuple[str, ...] = ()
    """Other readings of the clause, in words."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""
    note: str | None = None
    """A remark for the reader; no answer depends on it."""
