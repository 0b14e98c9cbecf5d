"""Zones on the ground: what a zone covers on a day, how large it is, where a place lies, what a change of zones moved."""

from __future__ import annotations

from datetime import date
from typing import Any

from servanda.corpus import Corpus
from servanda.geography.shapes import DRAWN, FULL, Shapes
from servanda.model.errors import InputError
from servanda.standing import parties, takers


def covered(corpus: Corpus, instrument: str, zone: str, on: date, *, by_parties: bool = True) -> tuple[str, ...]:
    """Blocks that a zone covers on a day. Ground of states that are no party drops out, unless asked by the text alone."""
    index = corpus.places(instrument)
    blocks = index.blocks(zone, on)
    host = corpus.dossier(instrument).instrument.amends or instrument
    bound = set(takers(corpus, host, on=on)) if by_parties else set()
    kept = [b for b in sorted(blocks) if not bound or (index.state(b, on) or "") in bound]
    return tuple(kept)


def area_km2(corpus: Corpus, instrument: str, zone: str, on: date, *, by_parties: bool = True) -> float:
    """The geodesic area of a zone on a day, in square kilometres, on WGS84."""
    shapes = Shapes.load("block")
    return sum(shapes.get(b).km2 for b in covered(corpus, instrument, zone, on, by_parties=by_parties))


def outline(corpus: Corpus, instrument: str, zone: str, on: date, *, detail: str = DRAWN) -> Any:
    """The zone's shape on a day (degrees, WGS84)."""
    import shapely

    shapes = Shapes.load("block", detail)
    return shapely.union_all([shapes.get(b).geometry for b in covered(corpus, instrument, zone, on)])


def where(
    corpus: Corpus, instrument: str, longitude: float, latitude: float, on: date
) -> tuple[str | None, tuple[str, ...]]:
    """The block a point lies in (None outside the area) and the zones that cover it on a day, smallest first.

    InputError for a point that is not on the globe.
    """
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise InputError(
            f"({longitude}, {latitude}) is no point on the globe", remedy="give longitude, then latitude, in degrees"
        )
    import shapely

    point = shapely.Point(longitude, latitude)
    block = next((s.id for s in Shapes.load("block", FULL) if s.geometry.contains(point)), None)
    if block is None:
        return None, ()
    index = corpus.places(instrument)
    shapes = Shapes.load("block", FULL)
    bound = set(parties(corpus, corpus.dossier(instrument).instrument.amends or instrument, on=on))
    state = index.state(block, on)
    if bound and state not in bound:
        return block, ()
    zones = [z for z in index.zone_ids() if block in index.blocks(z, on)]
    zones.sort(key=lambda z: sum(shapes.get(b).km2 for b in index.blocks(z, on)))
    return block, tuple(zones)


def moved(
    corpus: Corpus, instrument: str, zone: str, before: date, after: date
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Blocks that left a zone and blocks that joined it between two days."""
    index = corpus.places(instrument)
    old, new = index.blocks(zone, before), index.blocks(zone, after)
    return tuple(sorted(old - new)), tuple(sorted(new - old))
