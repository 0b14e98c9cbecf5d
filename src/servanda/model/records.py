"""Counted or declared numbers, the maximum levels states notified, and what was to be reduced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servanda.model.dates import UncertainDate
from servanda.model.vocabulary import Confidence, Force, Posture, Provenance, RecordStatus, ReductionFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One number (a row of `holdings/*.csv`): the sum over a set of cells on one day.

    `holder` is a state, a group id, `parties` (all parties that day) or a sum of these (`west+CZE+HUN+POL`);
    `place` is a zone or block id, or a sum; never the same thing. `value` is exact; where the figure is not,
    `low` and `high` bound it and `value` may be absent. Absent is not zero. `snapshot` names the set of records
    that may be used together. `line` is the row's line in its file, set by the loader.
    """

    __pydantic_config__ = {"extra": "forbid"}

    id: str
    snapshot: str
    as_of: date
    holder: str
    category: str
    place: str
    source: tuple[str, ...]
    value: int | None = None
    low: int | None = None
    high: int | None = None
    posture: Posture = Posture.ANY
    force: Force = Force.ANY
    provenance: Provenance = Provenance.PUBLISHED
    status: RecordStatus = RecordStatus.PREFERRED
    confidence: Confidence = Confidence.SOURCED
    reported: date | None = None
    supersedes: str | None = None
    note: str | None = None
    file: str | None = None
    line: int | None = None

    @property
    def bounds(self) -> tuple[int, int | None]:
        """Least and greatest value the record allows; None for no upper value."""
        if self.value is not None:
            return self.value, self.value
        return self.low or 0, self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A maximum level for holdings that a state notified (a row of `levels.csv`), in `[since, until)`.

    `level` is the overall number, `active` the part that may be in active units where it is notified apart.
    """

    __pydantic_config__ = {"extra": "forbid"}

    id: str
    state: str
    category: str
    source: tuple[str, ...]
    zone: str
    level: int | None = None
    active: int | None = None
    since: date | None = None
    until: date | None = None
    status: RecordStatus = RecordStatus.PREFERRED
    confidence: Confidence = Confidence.SOURCED
    reported: date | None = None
    note: str | None = None
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """A figure on reductions (a row of `reductions.csv`): a liability, what of it was reduced, or what was left.

    `holder` is a state or a group id. `as_of` is the day of the count; a liability has none. `about` marks a
    figure printed as nearly or about so much; `low` and `high` bound one that was worked out. `under` names the
    undertaking where it is not the instrument's own liability but a pledge beside it. Absent is not zero.
    """

    __pydantic_config__ = {"extra": "forbid"}

    id: str
    holder: str
    category: str
    figure: ReductionFigure
    source: tuple[str, ...]
    value: int | None = None
    low: int | None = None
    high: int | None = None
    about: bool = False
    as_of: UncertainDate | None = None
    under: str | None = None
    provenance: Provenance = Provenance.PUBLISHED
    status: RecordStatus = RecordStatus.PREFERRED
    confidence: Confidence = Confidence.SOURCED
    note: str | None = None
    file: str | None = None
    line: int | None = None

    @property
    def bounds(self) -> tuple[int | None, int | None]:
        """Least and greatest value the row allows; None where it does not bound that end."""
        return (self.value, self.value) if self.value is not None else (self.low, self.high)
