"""Ceilings: at most N of a category, in a zone, in a posture, held by a scope, from a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servanda.model.vocabulary import Confidence, LimitNature, Posture, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Applies:
    """From when a limit judges: a fixed day, or so many months after the instrument's clock started (LAW 2).

    The day is computed, never typed, where the clause gives a period. `since_act` names an act from whose
    effect it runs. `until` is the first day it no longer applies.
    """

    __pydantic_config__ = {"extra": "forbid"}

    months: int | None = None
    since: date | None = None
    since_act: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferral:
    """Until when full compliance was put off, for whom, and the second reading (LAW 5)."""

    __pydantic_config__ = {"extra": "forbid"}

    until: date
    since: date | None = None
    states: tuple[str, ...] = ()
    cite: str | None = None
    second_reading: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One clause's ceiling (`limits.yaml`), with a number for each posture it bounds.

    `id` is the citation, with `#` and a qualifier where one clause sets several (`CFE IV.1(B)#aifv+hacv`).
    `scope` says whose holdings are summed; `holders` narrows it to named states or groups. `category` is a
    leaf, a branch or a sum of siblings such as `aifv+hacv`. A limit of scope `territory` counts what all
    holders of one group keep in the zone. `relaxed` names the rule where the clause is not linear and the
    engine gives an interval from both ends.
    """

    __pydantic_config__ = {"extra": "forbid"}

    id: str
    cite: str
    gist: str
    scope: Scope
    category: str
    zone: str
    at_most: dict[Posture, int]
    applies: Applies
    source: tuple[str, ...]
    holders: tuple[str, ...] = ()
    nature: LimitNature = LimitNature.LEGAL
    within: str | None = None  # id of the limit this one is nested in
    temporary: bool = False
    deferred: Deferral | None = None
    relaxed: str | None = None
    readings: tuple[str, ...] = ()
    confidence: Confidence = Confidence.SOURCED
    note: str | None = None
