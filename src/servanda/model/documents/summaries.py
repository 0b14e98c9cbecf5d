"""Documents that draw figures together: the brief, and the register of reductions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 fields named `date` would hide it

from servanda.model.documents.base import STRICT, Tree
from servanda.model.documents.figures import VerdictRow
from servanda.model.vocabulary import (
    Confidence,
    Provenance,
    RecordStatus,
    ReductionFigure,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefSection:
    """A section of the page."""

    __pydantic_config__ = STRICT

    name: str
    """Its name."""
    lines: tuple[Tree, ...]
    """Its lines, each with what it rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRow:
    """A question worth asking next."""

    __pydantic_config__ = STRICT

    question: str
    """Its name."""
    about: tuple[str, ...]
    """What is asked about."""
    arguments: Mapping[str, str]
    """Its arguments by name."""
    full: bool
    """True where everything is asked for that the short form of an answer leaves out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefDocument:
    """One page on an instrument's day."""

    __pydantic_config__ = STRICT

    instrument: str
    """Id of the instrument."""
    on: Day
    """The day asked about."""
    reading: str | None
    """The legal point of view; null: the instrument's own terms, and each state's own where duties are told."""
    title: str
    """The instrument's title."""
    answer: str
    """The page in one sentence."""
    as_known_on: Day | None
    """The day whose knowledge counts; null for all that is recorded."""
    sections: tuple[BriefSection, ...]
    """Bound, Today, Owed, Kept, Disputed, Next, Not known: those that have lines."""
    verdicts: tuple[VerdictRow, ...]
    """The main verdicts."""
    ask: tuple[FollowUpRow, ...]
    """Questions worth asking next."""
    synthetic: bool = False
    """True where it leans on figures that were made up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReductionRow:
    """A printed figure on reductions."""

    __pydantic_config__ = STRICT

    holder: str
    """A state or a group."""
    category: str
    """The category."""
    figure: ReductionFigure
    """What the figure tells."""
    as_of: str | None
    """The day of the count, as an EDTF date; a liability has none."""
    value: int | None
    """The exact number."""
    low: int | None
    """Least possible number."""
    high: int | None
    """Greatest possible number."""
    about: bool
    """True where printed as nearly or about."""
    under: str | None
    """The pledge it counts under, beside the instrument's own liability."""
    provenance: Provenance
    """Where it comes from."""
    status: RecordStatus
    """Whether it is the preferred figure."""
    confidence: Confidence
    """How far it can be trusted."""
    source: tuple[str, ...]
    """Ids of the sources."""
    note: str | None
    """A remark."""
    file: str | None
    """The file it was read from."""
    line: int | None
    """Its line there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiabilityRow:
    """What one holder was to reduce of one category."""

    __pydantic_config__ = STRICT

    holder: str
    """A state or a group."""
    category: str
    """The category."""
    group: bool
    """True for a group."""
    stated: ReductionRow | None
    """The figure a source prints."""
    others: tuple[ReductionRow, ...]
    """What further sources print."""
    level: int | None
    """The level it follows from."""
    low: int | None
    """Least liability that holdings and level give."""
    high: int | None
    """Greatest one; null: no upper bound."""
    recalled: bool
    """True where these rest on a figure from memory."""
    excess: tuple[int | None, int | None]
    """For a group: bounds on what it held above its ceiling at signature."""
    progress: tuple[ReductionRow, ...]
    """What was reduced, or left, and when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReductionsDocument:
    """What was to be reduced."""

    __pydantic_config__ = STRICT

    instrument: str
    """Id of the instrument."""
    as_known_on: Day | None
    """The day whose knowledge counts; null for all that is recorded."""
    signature: Day | None
    """The first day that counts."""
    entry: Day | None
    """The second day that counts."""
    liabilities: tuple[LiabilityRow, ...]
    """Holder by holder, category by category."""
    pledges: tuple[ReductionRow, ...]
    """Pledges beside the instrument's own liability."""
    cite: str | None
    """The clause."""
    synthetic: bool = False
    """True where it leans on figures that were made up."""
