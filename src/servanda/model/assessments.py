"""What others found: who assessed whom, over which period, with what result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from servanda.model.base import STRICT
from servanda.model.dates import UncertainDate
from servanda.model.vocabulary import ANY, AssessmentResult, AssessorKind, Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Somebody's finding on whether holders kept an instrument's limits (a record of `assessments.yaml`).

    It is shown beside a verdict and never enters one: whoever assessed may have been wrong, or interested. `limits`
    are the clauses it is about (a clause stands for its paragraphs); empty: the instrument as a whole, shown beside
    every limit and never taken as a statement on one; so too where it is not about `each`. `posture` is what of a clause it is about.
    """

    __pydantic_config__ = STRICT

    id: str
    """Unique name."""
    by: str
    """Who assessed, by name: a state's office, an author, a paper."""
    kind: AssessorKind
    """What kind of assessor it is."""
    of: tuple[str, ...]
    """States or groups assessed; `parties`: every party of the day."""
    result: AssessmentResult
    """What was found."""
    since: date
    """First day of the period assessed."""
    gist: str
    """The finding in our own words."""
    source: tuple[str, ...]
    """Ids of the sources it was seen in."""
    actor: str | None = None
    """Code of the state or organisation that speaks; absent where none does."""
    until: date | None = None
    """Day after the period; absent: that one day."""
    limits: tuple[str, ...] = ()
    """Clauses it is about; empty: the instrument as a whole."""
    categories: tuple[str, ...] = ()
    """Categories it is about; empty: all of the clauses named."""
    posture: str = ANY
    """The posture it is about."""
    each: bool = True
    """False: found of all that is named together, so that it is a statement on none of it alone."""
    reported: UncertainDate | None = None
    """The day it became known."""
    contradicts: tuple[str, ...] = ()
    """Ids of assessments it cannot stand beside, where their periods do not show it."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""
    note: str | None = None
    """A remark for the reader; no answer depends on it."""

    @property
    def end(self) -> date:
        """The day after the period."""
        return self.until or self.since + timedelta(days=1)

    def covers(self, day: date) -> bool:
        """True on the days of its period."""
        return self.since <= day < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """An assessment beside a verdict: whether it is about that very limit, and what it cannot stand with.

    `against` are ids of other assessments; `against_record` is true where the proved verdict says the opposite.
    """

    assessment: Assessment
    exact: bool
    against: tuple[str, ...] = ()
    against_record: bool = False
