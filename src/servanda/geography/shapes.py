"""The packaged shapes: blocks of zones, states and regions, at full detail or for drawing."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from servanda.corpus.store import DATA
from servanda.model.errors import UnknownName

FILE = DATA / "geo" / "shapes.parquet"
FULL, DRAWN = "full", "drawn"
CAVEATS = (
    "shapes: Natural Earth, public domain; the line in the Ural mountains is placed by hand, the Turkish line is recalled, "
    "some district lists are general knowledge; present-day borders stand in for those of 1990 and 1996",
)


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape: id, name, the state its ground is in, geodesic area at full detail, geometry (degrees, WGS84)."""

    id: str
    name: str
    state: str
    km2: float
    geometry: Any


class Shapes:
    """Shapes of one layer (`block` or `region`) at one detail, by id."""

    def __init__(self, shapes: dict[str, Shape]) -> None:
        self._shapes = shapes

    @staticmethod
    @cache
    def load(layer: str, detail: str = FULL) -> Shapes:
        """The packaged shapes of a layer; geometry is parsed when a shape is first asked for."""
        import polars as pl
        import shapely

        frame = (
            pl.scan_parquet(FILE)
            .filter((pl.col("layer") == layer) & (pl.col("detail") == detail))
            .select("id", "name", "state", "km2", "wkb")
            .collect()
        )
        geometries = shapely.from_wkb(frame["wkb"].to_list())
        rows = zip(frame["id"], frame["name"], frame["state"], frame["km2"], geometries, strict=True)
        return Shapes({row[0]: Shape(*row) for row in rows})

    def __iter__(self) -> Any:
        return iter(self._shapes.values())

    def __contains__(self, name: object) -> bool:
        return name in self._shapes

    def ids(self) -> tuple[str, ...]:
        """Ids of all shapes."""
        return tuple(self._shapes)

    def get(self, name: str) -> Shape:
        """The shape of that id; UnknownName with near matches."""
        found = self._shapes.get(name)
        if found is None:
            by_name = {s.name.casefold(): s.id for s in self._shapes.values()}
            near = get_close_matches(name.upper(), list(self._shapes), 3, 0.6)
            near += [by_name[n] for n in get_close_matches(name.casefold(), list(by_name), 2, 0.7)]
            remedy = None if near else "regions go by a state's code and the region's, such as RUS-KGD"
            raise UnknownName("region", name, tuple(dict.fromkeys(near)), remedy=remedy)
        return found
