"""How equipment is reduced, as data: phases, methods with their caps, certificates and notices.

One set of rules is one record of an instrument's `reduction.yaml`. Percentages are written as text so that 5.7 stays
exact. No number of a treaty stands in code.
"""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.base import STRICT
from servanda.model.dates import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class ReductionPhase:
    """By its end at least `percent` of each liability has been reduced; `length` runs from the treaty's clock."""

    __pydantic_config__ = STRICT

    id: str
    """Name of the phase."""
    percent: int
    """Least per cent of the liability in each category."""
    length: Period
    """How long after the clock it ends."""
    cite: str
    """The clause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodScope:
    """One category a method is open to, and how many of its items.

    The cap is `percent` of the level notified at signature, itself no more than `percent_at_most`, or `or_items` if
    that is more; or plainly `at_most`. Without any of them there is no cap.
    """

    __pydantic_config__ = STRICT

    category: str
    """The category."""
    cite: str
    """The clause that opens the method to it."""
    mark: str | None = None
    """Only items marked so, such as self_propelled."""
    types: tuple[str, ...] = ()
    """Only these types; empty: all."""
    types_cite: str | None = None
    """The clause that lists them."""
    percent: str | None = None
    """Per cent of the level notified at signature."""
    percent_at_most: int | None = None
    """The most that percentage may come to."""
    or_items: int | None = None
    """This number, if it is more."""
    at_most: int | None = None
    """A plain number."""
    of_type: dict[str, int] | None = None
    """The most of a type."""
    per_type: int | None = None
    """Most items of each type, which has to be given."""
    cap_cite: str | None = None
    """The clause that sets the cap."""
    finish: Period | None = None
    """How long after the clock what is only begun must be finished."""
    finish_cite: str | None = None
    """The clause that says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReductionMethod:
    """A way to reduce: which categories it is open to, what makes an item count, and until when.

    `planned` methods are announced ahead and completed within a reporting period. `doubt_days` is set where the count
    waits that many days for others to raise an ambiguity. `notify_days` is set where an event that nobody planned
    counts only if it is notified so soon; `evidence_days` where evidence must follow.
    """

    __pydantic_config__ = STRICT

    id: str
    """Name of the method."""
    name: str
    """Its name in words."""
    cite: str
    """The clause on the procedure."""
    scopes: tuple[MethodScope, ...]
    """Categories it is open to."""
    planned: bool = True
    """True where notice is given ahead."""
    periods: bool = True
    """True where it runs in reporting periods at reduction sites."""
    completion_cite: str | None = None
    """The clause on its completion notice, where it has one of its own."""
    announce_days: int | None = None
    """Least days of notice ahead."""
    announce_cite: str | None = None
    """The clause that sets them."""
    doubt_days: int | None = None
    """Days in which others may raise an ambiguity."""
    doubt_cite: str | None = None
    """The clause on ambiguities."""
    notify_days: int | None = None
    """Most days between the event and its notice."""
    notify_cite: str | None = None
    """The clause that sets them."""
    evidence_days: int | None = None
    """Most days between the notice and the evidence."""
    evidence_cite: str | None = None
    """The clause that sets them."""
    until: Period | None = None
    """How long after the clock it is open."""
    until_cite: str | None = None
    """The clause that closes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReductionSites:
    """At most so many sites at work at one time; with `length` only so long after the clock."""

    __pydantic_config__ = STRICT

    at_most: int
    """Most sites."""
    cite: str
    """The clause."""
    length: Period | None = None
    """How long after the clock it holds; absent: always."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReductionRules:
    """How a liability is worked off (`reduction.yaml`)."""

    __pydantic_config__ = STRICT

    id: str
    """Name of the rules."""
    gist: str
    """What they are, in our own words."""
    source: tuple[str, ...]
    """Ids of the sources they were seen in."""
    liability_cite: str
    """The clause that sets the liability."""
    counts_cite: str
    """The clause that says when an item counts as reduced."""
    phases: tuple[ReductionPhase, ...]
    """Phases, in order."""
    methods: tuple[ReductionMethod, ...]
    """Methods."""
    sites: tuple[ReductionSites, ...] = ()
    """Caps on sites at work at one time."""
    least_days: int | None = None
    """Least days of a reporting period."""
    most_days: int | None = None
    """Most days of a reporting period."""
    period_cite: str | None = None
    """The clause on reporting periods."""
    completion_days: int | None = None
    """Most days between the end of a period and its completion notice."""
    completion_cite: str | None = None
    """The clause on completion notices."""
    declared_cite: str | None = None
    """The clause by which only what was declared at signature is reduced."""
    revised_cite: str | None = None
    """The clause on later revisions of a liability."""
    notes: tuple[str, ...] = ()
    """Remarks for the reader."""

    def method(self, name: str) -> ReductionMethod | None:
        """The method of that id, or None."""
        return next((m for m in self.methods if m.id == name), None)
