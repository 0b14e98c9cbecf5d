"""Documents on what is held and whether it is kept: verdicts, their change over a period, the brief, reductions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 fields named `date` would hide it

from servanda.model.documents.base import STRICT, Tree
from servanda.model.vocabulary import (
    AssessmentResult,
    AssessorKind,
    Confidence,
    LimitNature,
    Provenance,
    RecordStatus,
    VerdictKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """A counted or declared number, with its place in the files."""

    __pydantic_config__ = STRICT

    id: str
    """Its id."""
    holder: str
    """A state, a group, `parties`, or a sum of these."""
    category: str
    """A category, or a sum."""
    place: str
    """A zone, a block, or a sum."""
    posture: str
    """What state the equipment is in."""
    site: str | None
    """The site it was counted at; null: not counted by site."""
    as_of: Day
    """The day counted."""
    snapshot: str
    """The set of figures it belongs to."""
    value: int | None
    """The exact number."""
    low: int | None
    """Least possible number."""
    high: int | None
    """Greatest possible number."""
    status: RecordStatus
    """Whether it is the preferred figure."""
    provenance: Provenance
    """Where it comes from."""
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
class AlternativeRow:
    """A figure that does not constrain, and the verdict it would give."""

    __pydantic_config__ = STRICT

    record: RecordRow
    """The figure."""
    verdict: VerdictKind
    """The verdict with it in place of the preferred one."""
    low: int | None
    """Least sum with it."""
    high: int | None
    """Greatest sum with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRow:
    """What somebody else said of whether a limit was kept; it never enters a verdict."""

    __pydantic_config__ = STRICT

    id: str
    """Its id."""
    by: str
    """Who assessed."""
    kind: AssessorKind
    """In what capacity."""
    of: tuple[str, ...]
    """Whom."""
    period: tuple[Day, Day]
    """First day, and the day after the last."""
    result: AssessmentResult
    """What was said."""
    gist: str
    """In our own words."""
    exact: bool
    """True where it is about this very limit."""
    against: tuple[str, ...]
    """Ids of assessments that contradict it."""
    against_record: bool
    """True where the record proves the opposite."""
    confidence: Confidence
    """How far it can be trusted."""
    source: tuple[str, ...]
    """Ids of the sources."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumptionRow:
    """A named assumption in words."""

    __pydantic_config__ = STRICT

    name: str
    """Its name."""
    definition: str
    """What it says."""
    basis: str
    """What it rests on."""
    caveat: str
    """What speaks against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumptionsDocument:
    """The assumptions that can be asked for."""

    __pydantic_config__ = STRICT

    assumptions: tuple[AssumptionRow, ...]
    """Each in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateRow:
    """What the figures would give under named assumptions; it never enters a verdict."""

    __pydantic_config__ = STRICT

    assumptions: tuple[str, ...]
    """Names of the assumptions."""
    low: int | None
    """Least sum under them."""
    high: int | None
    """Greatest sum under them."""
    verdict: VerdictKind
    """What that would give; `inconsistent` where they contradict the record."""
    records: tuple[RecordRow, ...]
    """The figures it rests on, assumed ones among them."""
    contradicts: tuple[RecordRow, ...]
    """Figures that cannot all be true under the assumptions."""
    caveats: tuple[str, ...]
    """What to bear in mind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """A sum as somebody counts it, where states count the same things differently."""

    __pydantic_config__ = STRICT

    by: tuple[str, ...]
    """`declared`, or the codes of those who count so."""
    low: int | None
    """Least sum."""
    high: int | None
    """Greatest sum."""
    verdict: VerdictKind
    """The verdict it gives."""
    adds: int
    """Items counted on top of the declared number."""
    parts: Mapping[str, int]
    """What these items are, and how many of each."""
    gist: str | None
    """Who counts what and why."""
    source: tuple[str, ...]
    """Ids of the sources."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRow:
    """A limit held against the figures on a day."""

    __pydantic_config__ = STRICT

    id: str
    """The limit's id, with `#active` or `#stored` where the clause bounds more than one posture."""
    cite: str
    """The clause."""
    gist: str
    """What it says, in our own words."""
    scope: str
    """A group, an alliance, a state's code, or a state's code, `:` and the name of its site."""
    category: str
    """What is counted."""
    zone: str
    """Where."""
    posture: str
    """In what state."""
    bound: int
    """The ceiling."""
    low: int | None
    """Least sum that the figures allow; null together with `high`: no figure."""
    high: int | None
    """Greatest sum; null: no upper bound."""
    verdict: VerdictKind
    """The verdict."""
    headroom: int | None
    """Room left when within, excess (negative) when exceeded, else null."""
    headroom_range: tuple[int | None, int | None]
    """Least and greatest room."""
    applies_from: Day | None
    """First day the limit judges; null: it never entered into force."""
    snapshot: str | None
    """The set of figures used."""
    snapshot_date: Day | None
    """Its day."""
    age_days: int | None
    """Its age on the day asked about."""
    stale: bool
    """True past a year."""
    in_law: bool
    """False where no article says to count so."""
    nature: LimitNature
    """Whether the limit is law, politics, a share-out, a permission."""
    test: str | None
    """The name of the count, where it is not in law."""
    deferred: bool
    """True where full observance was put off."""
    excess: tuple[int, int | None] | None
    """What is above an allowance and counts under other clauses or, of a limit of those, what was counted in; null: nothing."""
    relaxed: bool
    """True where a clause that is not linear was taken from both ends."""
    recalled: bool
    """True where the ceiling, a level or a figure is from memory."""
    members: tuple[str, ...]
    """Codes of the states of the scope."""
    records: tuple[RecordRow, ...]
    """The figures that bind."""
    conflict: tuple[RecordRow, ...]
    """Figures that cannot all be true; without any one of them they can."""
    alternatives: tuple[AlternativeRow, ...]
    """Other figures and the verdicts they would give."""
    newer_partial: tuple[str, ...]
    """Newer sets of figures that do not bound the sum."""
    would_settle: str | None
    """What would decide an undetermined verdict."""
    assumptions: tuple[str, ...]
    """What was assumed in the count."""
    assessments: tuple[AssessmentRow, ...]
    """What others said."""
    estimates: tuple[EstimateRow, ...]
    """What named assumptions would give."""
    contested: bool
    """True where states count differently."""
    counts: tuple[CountRow, ...]
    """Where they do: each count."""
    caveats: tuple[str, ...]
    """What to bear in mind."""
    sources: tuple[str, ...]
    """Ids of the sources."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDifference:
    """A figure of the record that given figures contradict."""

    __pydantic_config__ = STRICT

    record: str
    """Its id."""
    holder: str
    """Whose equipment."""
    category: str
    """What is counted."""
    place: str
    """Where."""
    posture: str
    """In what state."""
    as_of: Day
    """The day counted."""
    status: RecordStatus
    """Whether it is the preferred figure."""
    provenance: Provenance
    """Where it comes from."""
    confidence: Confidence
    """How far it can be trusted."""
    low: int
    """Least value in the record."""
    high: int | None
    """Greatest value in the record."""
    given_low: int
    """Least value that the given figures prove."""
    given_high: int | None
    """Greatest value that they prove."""
    sources: tuple[str, ...]
    """Ids of the sources."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainstRecord:
    """How given figures stand to those of the record for the same day."""

    __pydantic_config__ = STRICT

    compared: int
    """Figures compared."""
    agree: int
    """How many agree."""
    differences: tuple[RecordDifference, ...]
    """Those that do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessDocument:
    """Is each limit kept."""

    __pydantic_config__ = STRICT

    instrument: str
    """Id of the instrument."""
    on: Day
    """The day asked about."""
    groups: str
    """Whose groups: `treaty`, or an alliance."""
    count: str
    """What is summed: `holdings` or `levels`."""
    prospective: bool
    """True where limits are judged before the day they apply."""
    reading: str
    """The legal point of view."""
    assume: tuple[str, ...]
    """Assumptions asked for."""
    assumptions: tuple[AssumptionRow, ...]
    """The same in words."""
    as_known_on: Day | None
    """The day whose knowledge counts; null for all that is recorded."""
    synthetic: bool
    """True where a verdict leans on figures that were made up."""
    verdicts: tuple[VerdictRow, ...]
    """A verdict a limit, scope and posture."""
    against_record: AgainstRecord | None = None
    """Where figures were given: how they stand to those of the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePoint:
    """A day on which verdicts change."""

    __pydantic_config__ = STRICT

    on: Day
    """The day."""
    verdicts: tuple[VerdictRow, ...]
    """Those that differ from the day before; on the first day all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesDocument:
    """When a verdict changed within a period."""

    __pydantic_config__ = STRICT

    instrument: str
    """Id of the instrument."""
    from_: Day | None
    """First day of the period."""
    to: Day | None
    """The day after its last."""
    groups: str
    """Whose groups: `treaty`, or an alliance."""
    count: str
    """What is summed: `holdings` or `levels`."""
    as_known_on: Day | None
    """The day whose knowledge counts; null for all that is recorded."""
    synthetic: bool
    """True where a verdict leans on figures that were made up."""
    changes: tuple[ChangePoint, ...]
    """The days, the earliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainDocument:
    """One verdict down to the rows it rests on."""

    __pydantic_config__ = STRICT

    instrument: str
    """Id of the instrument."""
    on: Day
    """The day asked about."""
    groups: str
    """Whose groups: `treaty`, or an alliance."""
    count: str
    """What is summed: `holdings` or `levels`."""
    as_known_on: Day | None
    """The day whose knowledge counts; null for all that is recorded."""
    verdict: VerdictRow
    """The verdict."""
    tree: Tree
    """Why."""
