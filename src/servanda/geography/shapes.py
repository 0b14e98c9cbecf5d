"""The packaged shapes: blocks of zones, and states with their first-level regions, at full detail or for drawing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from servanda.corpus.store import DATA
from servanda.model.errors import UnknownName

FILE = DATA / "geo" / "shapes.npz"
FORMER = DATA / "geo" / "former.json"
CAVEATS = DATA / "geo" / "caveats.json"
FULL, DRAWN = "full", "drawn"


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape: id, name, the state its ground is in, geodesic area at full detail (km2), geometry (degrees, WGS84)."""

    id: str
    name: str
    state: str
    km2: float
    geometry: Any


class Shapes:
    """Shapes of one layer (`block`, or `region` for states and their regions) at one detail, by id."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        self._shapes = {s.id: s for s in shapes}
        self._tree: Any = None

    @staticmethod
    @cache
    def load(layer: str, detail: str = FULL) -> Shapes:
        """The packaged shapes of a layer. Read once a process."""
        import numpy as np
        import shapely

        with np.load(FILE) as arrays:
            told = json.loads(arrays["index"].tobytes())
            moves, rings, parts, wholes = (
                arrays[f"{layer}.{detail}.{k}"] for k in ("moves", "rings", "parts", "wholes")
            )
        xy = np.cumsum(moves, axis=0, dtype=np.int64) * told["grids"][detail]
        geometries = shapely.from_ragged_array(shapely.GeometryType.MULTIPOLYGON, xy, (rings, parts, wholes))
        rows = zip(told["index"][layer], geometries, strict=True)
        return Shapes(Shape(name, label, state, km2, geometry) for (name, label, state, km2), geometry in rows)

    def __iter__(self) -> Iterator[Shape]:
        return iter(self._shapes.values())

    def __contains__(self, name: object) -> bool:
        return name in self._shapes

    def ids(self) -> tuple[str, ...]:
        """Ids of all shapes."""
        return tuple(self._shapes)

    def get(self, name: str) -> Shape:
        """The shape of that id; UnknownName with near matches, by code and by name."""
        found = self._shapes.get(name)
        if found is None:
            near = self.near(name)
            remedy = None if near else "regions go by a state's code and the region's, such as RUS-KGD"
            raise UnknownName("region", name, near, remedy=remedy)
        return found

    def near(self, text: str) -> tuple[str, ...]:
        """Ids that may have been meant: close to the text by code or by name."""
        by_name = {s.name.casefold(): s.id for s in self._shapes.values()}
        near = [by_name[n] for n in get_close_matches(text.casefold(), list(by_name), 2, 0.7)]
        near += get_close_matches(text.upper(), list(self._shapes), 3, 0.6)
        return tuple(dict.fromkeys(near))[:3]

    def at(self, longitude: float, latitude: float, within_km: float) -> list[tuple[float, Shape]]:
        """Shapes within so many kilometres of a point, each with its distance (0 inside), nearest first."""
        import math

        import shapely
        from pyproj import Geod

        point = shapely.Point(longitude, latitude)
        margin = within_km / 110.0
        wide = margin / max(0.02, math.cos(math.radians(latitude)))
        # a box over the antimeridian is asked for on both sides of it
        boxes = [
            shapely.box(longitude - wide + turn, latitude - margin, longitude + wide + turn, latitude + margin)
            for turn in (-360, 0, 360)
        ]
        everything = list(self._shapes.values())
        if self._tree is None:
            self._tree = shapely.STRtree([s.geometry for s in everything])
        hits = sorted({int(i) for b in boxes for i in self._tree.query(b)})
        found = []
        for shape in (everything[i] for i in hits):
            if shape.geometry.covers(point):
                found.append((0.0, shape))
                continue
            best = math.inf
            for turn in (-360, 0, 360):
                # longitude is stretched so that the plane's nearest point is the ground's, near the point asked about
                scale = max(0.02, math.cos(math.radians(latitude)))
                flat = shapely.transform(shape.geometry, lambda xy, k=scale: xy * (k, 1.0))
                near = shapely.shortest_line(shapely.Point((longitude + turn) * scale, latitude), flat)
                x, y = near.coords[-1]
                if abs(y - latitude) <= margin * 1.5:
                    _, _, metres = Geod(ellps="WGS84").inv(longitude, latitude, x / scale, y)
                    best = min(best, metres / 1000)
            if best <= within_km:
                found.append((best, shape))
        return sorted(found, key=lambda pair: (pair[0], pair[1].id))


@cache
def _caveats() -> tuple[tuple[str, frozenset[str] | None], ...]:
    rows = json.loads(CAVEATS.read_text(encoding="utf-8"))
    return tuple((r["text"], frozenset(r["blocks"]) if "blocks" in r else None) for r in rows)


def caveats(blocks: Iterable[str] = ()) -> tuple[str, ...]:
    """What is approximate about the shapes: what holds of all of them, and what concerns these blocks."""
    touched = set(blocks)
    return tuple(text for text, where in _caveats() if where is None or where & touched)


@cache
def _former() -> dict[str, dict[str, str | None]]:
    found: dict[str, dict[str, str | None]] = json.loads(FORMER.read_text(encoding="utf-8"))
    return found


def today(code: str, on: str) -> tuple[str, ...]:
    """Codes of the states that stand today on a state's ground of a day (YYYY-MM-DD): itself, unless it is no more."""
    parts = _former().get(code)
    if parts is None:
        return (code,)
    return tuple(state for state, until in parts.items() if until is None or not on or on < until)
