"""Counted or declared numbers, the maximum levels states notified, and what was to be reduced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servanda.model.base import STRICT
from servanda.model.dates import UncertainDate
from servanda.model.vocabulary import ANY, Confidence, Provenance, RecordStatus, ReductionFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One number (a row of `holdings/*.csv`): the sum over a set of cells on one day.

    `holder` is a state, a group id, `parties` (all parties that day) or a sum of these (`west+CZE+HUN+POL`);
    `place` is a zone or block id, or a sum; never the same thing. `value` is exact; where the figure is not,
    `low` and `high` bound it and `value` may be absent. Absent is not zero. A figure with a `site` says what is
    there and no more: wider sums take the sites of a state together as a least number. `snapshot` names the set of records
    that may be used together. `line` is the row's line in its file, set by the loader.
    """

    __pydantic_config__ = STRICT

    id: str
    """Unique name; made from the row where absent."""
    snapshot: str
    """Name of the set of records that may be used together."""
    as_of: date
    """The day counted."""
    holder: str
    """A state, a group, `parties`, or a sum such as `west+CZE`."""
    category: str
    """A category, or a sum of siblings."""
    place: str
    """A zone, a block, or a sum."""
    source: tuple[str, ...]
    """Ids of the sources it was seen in."""
    value: int | None = None
    """The exact number."""
    low: int | None = None
    """Least possible number."""
    high: int | None = None
    """Greatest possible number."""
    posture: str = ANY
    """What state the equipment is in."""
    force: str = ANY
    """Which force holds it."""
    site: str | None = None
    """The site it was counted at, of one state; absent: not counted by site."""
    provenance: Provenance = Provenance.PUBLISHED
    """Where the number comes from."""
    status: RecordStatus = RecordStatus.PREFERRED
    """Whether it is the preferred figure."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""
    reported: date | None = None
    """The day it became known."""
    supersedes: str | None = None
    """Id of the record it replaces."""
    note: str | None = None
    """A remark for the reader; no answer depends on it."""
    file: str | None = None
    """File it was read from; set by the loader."""
    line: int | None = None
    """Line it was read from; set by the loader."""

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

    __pydantic_config__ = STRICT

    id: str
    """Unique name; made from the row where absent."""
    state: str
    """Code of the state."""
    category: str
    """The category."""
    source: tuple[str, ...]
    """Ids of the sources it was seen in."""
    zone: str
    """The zone it is notified for."""
    level: int | None = None
    """The overall maximum level."""
    active: int | None = None
    """The part that may be in active units."""
    since: date | None = None
    """First day it holds; absent: from the beginning."""
    until: date | None = None
    """First day it no longer holds; absent: still."""
    status: RecordStatus = RecordStatus.PREFERRED
    """Whether it is the preferred figure."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""
    reported: date | None = None
    """The day it became known."""
    note: str | None = None
    """A remark for the reader; no answer depends on it."""
    file: str | None = None
    """File it was read from; set by the loader."""
    line: int | None = None
    """Line it was read from; set by the loader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """A figure on reductions (a row of `reductions.csv`): a liability, what of it was reduced, or what was left.

    `holder` is a state or a group id. `as_of` is the day of the count; a liability has none. `about` marks a
    figure printed as nearly or about so much; `low` and `high` bound one that was worked out. `under` names the
    undertaking where it is not the instrument's own liability but a pledge beside it. Absent is not zero.
    """

    __pydantic_config__ = STRICT

    id: str
    """Unique name; made from the row where absent."""
    holder: str
    """A state or a group."""
    category: str
    """The category."""
    figure: ReductionFigure
    """What the figure tells."""
    source: tuple[str, ...]
    """Ids of the sources it was seen in."""
    value: int | None = None
    """The exact number."""
    low: int | None = None
    """Least possible number."""
    high: int | None = None
    """Greatest possible number."""
    about: bool = False
    """True where printed as nearly or about."""
    as_of: UncertainDate | None = None
    """The day of the count, as an EDTF date; a liability has none."""
    under: str | None = None
    """The pledge it counts under, where not the instrument's own liability."""
    provenance: Provenance = Provenance.PUBLISHED
    """Where the number comes from."""
    status: RecordStatus = RecordStatus.PREFERRED
    """Whether it is the preferred figure."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""
    reported: date | None = None
    """The day it became known."""
    note: str | None = None
    """A remark for the reader; no answer depends on it."""
    file: str | None = None
    """File it was read from; set by the loader."""
    line: int | None = None
    """Line it was read from; set by the loader."""

    @property
    def bounds(self) -> tuple[int | None, int | None]:
        """Least and greatest value the row allows; None where it does not bound that end."""
        return (self.value, self.value) if self.value is not None else (self.low, self.high)
