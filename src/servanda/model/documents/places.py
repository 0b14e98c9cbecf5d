"""Documents on places: zones and their size, where a place lies, what a missile reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 fields named `date` would hide it

from servanda.model.documents.base import STRICT
from servanda.model.zones import Inside


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockName:
    """A block of territory."""

    __pydantic_config__ = STRICT

    block: str
    """Its id."""
    name: str
    """Its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneRow:
    """A zone on a day."""

    __pydantic_config__ = STRICT

    zone: str
    """Its id."""
    name: str
    """Its name."""
    cite: str | None
    """The article that draws it."""
    km2: int
    """Geodesic area in square kilometres of the blocks whose state takes part."""
    within: tuple[str, ...]
    """Zones round it."""
    blocks: tuple[BlockName, ...]
    """Blocks that count."""
    dropped: tuple[BlockName, ...]
    """Blocks whose state takes no part on the day."""
    map_order: int | None
    """In which order maps draw it."""
    note: str | None
    """A remark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedBlocks:
    """What the text moved into and out of a zone between two days."""

    __pydantic_config__ = STRICT

    zone: str
    """The zone."""
    joined: tuple[str, ...]
    """Blocks that came in."""
    left: tuple[str, ...]
    """Blocks that went out."""
    joined_km2: int
    """Their area in square kilometres."""
    left_km2: int
    """Their area in square kilometres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZonesDocument:
    """The zones of an instrument on a day."""

    __pydantic_config__ = STRICT

    instrument: str
    """Its id."""
    on: Day
    """The day."""
    zones: tuple[ZoneRow, ...]
    """Largest first."""
    map_note: str | None
    """What a map of them must say."""
    caveats: tuple[str, ...]
    """What to bear in mind of the shapes."""
    since: Day | None
    """The earlier day compared with, if asked."""
    moved: tuple[MovedBlocks, ...] | None
    """What the text moved since that day; null where not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePart:
    """A block that holds the place, or some of the region."""

    __pydantic_config__ = STRICT

    block: str
    """Its id."""
    name: str
    """Its name."""
    state: str | None
    """The state whose territory it is."""
    bound: bool
    """Whether that state takes part on the day."""
    zones: tuple[str, ...]
    """Zones that cover it on the day."""
    zones_by_text: tuple[str, ...]
    """Zones that cover it by the text alone."""
    share: float
    """Share of the region's area, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestBlock:
    """The nearest block of a place outside."""

    __pydantic_config__ = STRICT

    block: str
    """Its id."""
    km: float
    """Distance in kilometres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereDocument:
    """Where a place or region lies on a day."""

    __pydantic_config__ = STRICT

    instrument: str
    """Its id."""
    on: Day
    """The day."""
    place: str
    """The place as asked."""
    ground: tuple[str, ...]
    """Codes of the states and regions whose land it is."""
    in_area: bool
    """Whether it lies in the area of application."""
    outside_share: float
    """Share of the region that lies outside, 0 to 1."""
    parts: tuple[PlacePart, ...]
    """The blocks that hold it."""
    nearest: NearestBlock | None
    """The nearest block, where it lies in none."""
    caveats: tuple[str, ...]
    """What to bear in mind of the shapes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachBand:
    """What one range reaches."""

    __pydantic_config__ = STRICT

    range_km: float
    """The range in kilometres."""
    inside: Inside
    """How much of the region can reach."""
    share: float
    """Share of its area, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachRow:
    """A region from which a target is or is not reached."""

    __pydantic_config__ = STRICT

    region: str
    """Its code."""
    name: str
    """Its name."""
    inside: Inside
    """How much of it can reach with the longest range."""
    share: float
    """Share of its area, 0 to 1."""
    least_km: float
    """Least distance to a target in kilometres."""
    most_km: float
    """Distance in kilometres from its farthest point."""
    nearest: tuple[float, ...]
    """Longitude and latitude of its nearest point, in degrees."""
    to: str
    """The target that is nearest."""
    bands: tuple[ReachBand, ...]
    """Each range asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FarPieces:
    """Territory far from a state's main land."""

    __pydantic_config__ = STRICT

    state: str
    """Its code."""
    pieces: int
    """How many pieces."""
    km2: int
    """Their area in square kilometres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachAccuracy:
    """How exact the geometry is."""

    __pydantic_config__ = STRICT

    share: float
    """Largest error of a share."""
    distance_km: float
    """Largest error of a distance in kilometres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachDocument:
    """From which regions targets can be reached."""

    __pydantic_config__ = STRICT

    range_km: float
    """The longest range in kilometres."""
    from_km: float | None
    """The shortest, where a class of ranges was asked about."""
    preset: str | None
    """The class of ranges asked about."""
    of: tuple[str, ...]
    """Codes of the targets."""
    on: Day | None
    """The day on which groups of states are taken."""
    overseas: bool
    """Whether land far from a state's main land counts."""
    regions: tuple[ReachRow, ...]
    """Nearest first."""
    far_pieces: tuple[FarPieces, ...]
    """Land far from main lands, counted or left out."""
    cite: tuple[str, ...]
    """The clauses on range."""
    accuracy: ReachAccuracy
    """How exact shares and distances are."""
    caveats: tuple[str, ...]
    """What to bear in mind."""
