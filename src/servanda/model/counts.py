"""Where states count the same things differently: who counts what on top, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from servanda.model.base import STRICT
from servanda.model.vocabulary import ANY, Confidence, VerdictKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingDispute:
    """Items that some count against a limit and their holder does not (a record of `counting.yaml`).

    Asked by the reading of one of `by`, the sum is the declared one and these items; by every other it is as declared,
    and contested either way. `parts` say of what the items consist; they add up to `adds`.
    """

    __pydantic_config__ = STRICT

    id: str
    """Unique name."""
    by: tuple[str, ...]
    """Codes of the states that count so."""
    holder: str
    """Whose items they are."""
    category: str
    """The category they are counted in."""
    adds: int
    """How many items are counted on top of the declared number."""
    since: date
    """First day of the figures it was said of."""
    gist: str
    """Who counts what and why, in our own words."""
    source: tuple[str, ...]
    """Ids of the sources it was seen in."""
    posture: str = ANY
    """The posture they are counted in."""
    until: date | None = None
    """First day it was no longer said of."""
    parts: dict[str, int] = field(default_factory=dict)
    """What the items are, and how many of each."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""
    note: str | None = None
    """A remark for the reader; no answer depends on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A sum as somebody counts it, and the verdict that gives: `declared`, or the codes of those who count otherwise."""

    by: tuple[str, ...]
    low: int | None
    high: int | None
    verdict: VerdictKind
    dispute: CountingDispute | None = None
