"""Zones on the ground: what a zone covers on a day, how large it is, where a place or a region lies, what moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from servanda.corpus import Corpus
from servanda.geography.shapes import DRAWN, Shape, Shapes
from servanda.model.errors import InputError
from servanda.standing import participating_states

BORDER_KM = 0.05  # outlines are kept to a metre: within 50 m of an edge a point is on it
NEAR_KM = 300.0  # how far the nearest ground is looked for from a point on water
LEAST_SHARE = 0.0005  # of a region: below it two outlines merely differ by rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """A zone on a day: its blocks, those of them whose state takes part, and the geodesic area of the latter (km2).

    `inside` are the other zones that hold it, smallest first; `dropped` the blocks that the text names
    and whose state is not bound that day.
    """

    zone: str
    blocks: tuple[str, ...]
    km2: float
    inside: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A block that holds a place, or some of a region: its territorial state, whether that state takes part on the
    day, the zones that cover it (smallest first), and the share of the asked ground that lies in it.
    """

    block: str
    state: str | None
    bound: bool
    zones: tuple[str, ...]
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a place or region lies. `parts` are the blocks that hold it (several for a point on a shared border).

    `ground` are the states or regions whose shape holds it, `outside` the share in no block. With no part, `near`
    names the nearest block and its distance in kilometres, if one lies within 300.
    """

    parts: tuple[Part, ...]
    ground: tuple[str, ...] = ()
    outside: float = 0.0
    near: tuple[str, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What a zone gained and lost between two days: blocks and square kilometres."""

    zone: str
    joined: tuple[str, ...]
    left: tuple[str, ...]
    joined_km2: float
    left_km2: float


def bound_states(corpus: Corpus, instrument: str, on: date) -> frozenset[str]:
    """States whose ground counts on a day: parties, or before entry into force the signatories."""
    host = corpus.dossier(instrument).instrument.amends or instrument
    return frozenset(participating_states(corpus, host, on=on))


def covered(corpus: Corpus, instrument: str, zone: str, on: date, *, by_parties: bool = True) -> tuple[str, ...]:
    """Blocks that a zone covers on a day. Ground of states that are no party drops out, unless asked by the text alone."""
    index = corpus.places(instrument)
    blocks = sorted(index.blocks(zone, on))
    if not by_parties:
        return tuple(blocks)
    bound = bound_states(corpus, instrument, on)
    return tuple(b for b in blocks if (index.state(b, on) or "") in bound)


def area_km2(corpus: Corpus, instrument: str, zone: str, on: date, *, by_parties: bool = True) -> float:
    """The geodesic area of a zone on a day, in square kilometres, on WGS84."""
    return _km2(covered(corpus, instrument, zone, on, by_parties=by_parties))


def _km2(blocks: tuple[str, ...]) -> float:
    shapes = Shapes.load("block")
    return sum(shapes.get(b).km2 for b in blocks)


def outline(
    corpus: Corpus, instrument: str, zone: str, on: date, *, detail: str = DRAWN, by_parties: bool = True
) -> Any:
    """The zone's shape on a day (degrees, WGS84)."""
    import shapely

    shapes = Shapes.load("block", detail)
    blocks = covered(corpus, instrument, zone, on, by_parties=by_parties)
    return shapely.union_all([shapes.get(b).geometry for b in blocks])


def extents(corpus: Corpus, instrument: str, on: date) -> tuple[Extent, ...]:
    """Every zone that covers something on a day, largest first."""
    zones_of(corpus, instrument)
    index = corpus.places(instrument)
    by_text = {z: index.blocks(z, on) for z in index.zone_ids()}
    by_text = {z: b for z, b in by_text.items() if b}
    sizes = {z: _km2(tuple(sorted(b))) for z, b in by_text.items()}
    order = {z: i for i, z in enumerate(index.zone_ids())}
    bound = bound_states(corpus, instrument, on)
    counts = {z: frozenset(b for b in blocks if (index.state(b, on) or "") in bound) for z, blocks in by_text.items()}
    found = []
    for zone, blocks in by_text.items():
        # by the text, or by the ground that counts; two names for the same ground do not hold each other
        kept = counts[zone]
        around = [z for z in by_text if blocks < by_text[z] or (kept and kept < counts[z])]
        around.sort(key=lambda z: (sizes[z], order[z]))
        found.append(
            Extent(
                zone=zone,
                blocks=tuple(sorted(kept)),
                km2=_km2(tuple(sorted(kept))),
                inside=tuple(around),
                dropped=tuple(sorted(blocks - kept)),
            )
        )
    return tuple(sorted(found, key=lambda e: (-sizes[e.zone], order[e.zone])))


def zones_of(corpus: Corpus, instrument: str) -> tuple[str, ...]:
    """Ids of an instrument's zones. InputError where it has none, or none with shapes."""
    index = corpus.places(instrument)
    ids, shapes = index.zone_ids(), Shapes.load("block")
    called = corpus.dossier(instrument).instrument.called
    if not ids:
        known = [i for i in corpus.ids() if corpus.dossier(i).zones]
        raise InputError(f"{called} has no zones", remedy=f"with zones: {', '.join(known)}")
    bare = [b for b in index.all_blocks if b not in shapes]
    if bare:
        raise InputError(
            f"no shapes are packaged for the zones of {called}",
            remedy=f"blocks without: {', '.join(sorted(bare)[:5])}",
        )
    return ids


def where(corpus: Corpus, instrument: str, longitude: float, latitude: float, on: date) -> Place:
    """Where a point lies on a day. A point on a shared border, to 50 m, lies in both blocks.

    InputError for a point that is not on the globe.
    """
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise InputError(
            f"({longitude}, {latitude}) is not a point on the globe", remedy="give longitude, then latitude, in degrees"
        )
    zones_of(corpus, instrument)
    hits = Shapes.load("block").at(longitude, latitude, BORDER_KM)
    ground = tuple(_finest([s for _, s in Shapes.load("region").at(longitude, latitude, BORDER_KM)]))
    if hits:
        parts = tuple(_part(corpus, instrument, s.id, on) for _, s in hits)
        return Place(parts=parts, ground=ground)
    near = Shapes.load("block").at(longitude, latitude, NEAR_KM)
    return Place(parts=(), ground=ground, outside=1.0, near=(near[0][1].id, near[0][0]) if near else None)


def where_region(corpus: Corpus, instrument: str, region: str, on: date) -> Place:
    """Which blocks hold a state or region on a day, and how much of it. UnknownName with near matches."""
    import shapely

    zones_of(corpus, instrument)
    shape = Shapes.load("region").get(region)
    parts = []
    for block in Shapes.load("block"):
        if not shapely.box(*shape.geometry.bounds).intersects(shapely.box(*block.geometry.bounds)):
            continue
        share = ground_km2(shape.geometry.intersection(block.geometry)) / shape.km2
        if share > LEAST_SHARE:
            parts.append(_part(corpus, instrument, block.id, on, min(1.0, share)))
    parts.sort(key=lambda p: -p.share)
    outside = 1.0 - sum(p.share for p in parts)
    return Place(parts=tuple(parts), ground=(region,), outside=outside if outside > LEAST_SHARE else 0.0)


def _part(corpus: Corpus, instrument: str, block: str, on: date, share: float = 1.0) -> Part:
    index = corpus.places(instrument)
    state = index.state(block, on)
    found = [e for e in index.zone_ids() if block in index.blocks(e, on)]
    found.sort(key=lambda z: _km2(tuple(index.blocks(z, on))))
    bound = state in bound_states(corpus, instrument, on)
    return Part(block=block, state=state, bound=bound, zones=tuple(found), share=share)


def _finest(shapes: list[Shape]) -> list[str]:
    """Regions where there are any, else states."""
    regions = [s for s in shapes if "-" in s.id]
    divided = {s.state for s in regions}
    return [s.id for s in regions] + [s.id for s in shapes if "-" not in s.id and s.state not in divided]


def ground_km2(geometry: Any) -> float:
    """The geodesic area of any shape, in square kilometres."""
    import shapely
    from pyproj import Geod

    geod = Geod(ellps="WGS84")
    total = 0.0
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            # rings count by themselves, whichever way they run
            total += abs(geod.polygon_area_perimeter(*part.exterior.coords.xy)[0])
            total -= sum(abs(geod.polygon_area_perimeter(*ring.coords.xy)[0]) for ring in part.interiors)
    return total / 1e6


def moved(corpus: Corpus, instrument: str, before: date, after: date) -> tuple[Move, ...]:
    """What the text moved between two days, zone by zone; zones that kept their blocks are left out."""
    index = corpus.places(instrument)
    found = []
    for zone in zones_of(corpus, instrument):
        old, new = index.blocks(zone, before), index.blocks(zone, after)
        joined, left = tuple(sorted(new - old)), tuple(sorted(old - new))
        if joined or left:
            found.append(Move(zone=zone, joined=joined, left=left, joined_km2=_km2(joined), left_km2=_km2(left)))
    return tuple(found)
