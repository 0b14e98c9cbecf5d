"""From where a missile of some range can reach a territory: geodesic, right near the poles and over the antimeridian.

Nearest points are found in three dimensions (a tree of points on the unit sphere has no seam and no pole) and the
distance to the best of them is then measured on the WGS84 ellipsoid. The territory's edge is sampled every two
kilometres, so that a distance is at most about a kilometre too long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from servanda.geography.shapes import FULL, Shape, Shapes
from servanda.model.errors import InputError

EDGE_KM = 2.0
SAMPLES = 900
HALF_ROUND_KM = 20_004  # no two places on earth lie farther apart
PRESETS = {"shorter": (500.0, 1000.0), "intermediate": (1000.0, 5500.0)}
SEED = 1987


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """One region: whether a missile there reaches the territory.

    `inside` is `all`, `part` or `none`; `share` the part of the region's area from which it does; `least_km` the least
    distance from the region to the territory (0 where they touch), `most_km` the greatest from any place in it.
    """

    region: str
    name: str
    inside: str
    share: float
    least_km: float
    most_km: float


def reach(range_km: float, of: Sequence[str], regions: Iterable[str]) -> tuple[Reach, ...]:
    """Which of `regions` lie within `range_km` of the territory of any of `of` (regions go by codes such as RUS-KGD).

    UnknownName for a region that is not there, InputError for a range that is none.
    """
    import math

    if not isinstance(range_km, int | float) or not math.isfinite(range_km) or range_km <= 0:
        raise InputError(f"a range of {range_km} km is none", remedy="give a number of kilometres above 0")
    if range_km > HALF_ROUND_KM:
        raise InputError(
            f"a range of {range_km:,.0f} km goes more than half round the earth", remedy="give less than 20,004"
        )
    if not of:
        raise InputError("no territory to reach", remedy="name a state, such as DEU")
    shapes = Shapes.load("region", FULL)
    targets = [shapes.get(code) for code in of]
    field = _Field(targets)
    return tuple(_region(shapes.get(code), field, range_km) for code in regions)


class _Field:
    """Distances to a territory."""

    def __init__(self, targets: list[Shape]) -> None:
        import shapely
        from pyproj import Geod
        from scipy.spatial import cKDTree

        self.geod = Geod(ellps="WGS84")
        self.territory = shapely.union_all([t.geometry for t in targets])
        shapely.prepare(self.territory)
        self.edge = edge_points(self.territory, self.geod)
        self.tree = cKDTree(on_sphere(self.edge))

    def km(self, points: Any) -> Any:
        """Kilometres from each (longitude, latitude) to the territory, 0 inside it."""
        import numpy as np
        import shapely

        inside = shapely.contains_xy(self.territory, points[:, 0], points[:, 1])
        _, near = self.tree.query(on_sphere(points), k=min(4, len(self.edge)))
        near = np.atleast_2d(near.T).T
        best = np.full(len(points), np.inf)
        for column in near.T:
            to = self.edge[column]
            _, _, metres = self.geod.inv(points[:, 0], points[:, 1], to[:, 0], to[:, 1])
            best = np.minimum(best, metres / 1000)
        return np.where(inside, 0.0, best)


def on_sphere(points: Any) -> Any:
    """Unit vectors of (longitude, latitude) in degrees."""
    import numpy as np

    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def edge_points(geometry: Any, geod: Any) -> Any:
    """Points along a shape's edge, no farther apart than the sampling step, as (longitude, latitude)."""
    import numpy as np
    import shapely

    found = []
    for part in shapely.get_parts(geometry):
        for ring in (part.exterior, *part.interiors):
            xy = shapely.get_coordinates(ring)
            _, _, metres = geod.inv(xy[:-1, 0], xy[:-1, 1], xy[1:, 0], xy[1:, 1])
            for i, length in enumerate(metres):
                found.append(xy[i])
                extra = int(length / 1000 / EDGE_KM)
                if extra:
                    found.extend(geod.npts(*xy[i], *xy[i + 1], extra))
    return np.array(found)


def sample(geometry: Any, count: int = SAMPLES) -> Any:
    """Points spread evenly over a shape's area (equal area on the sphere), as (longitude, latitude)."""
    import numpy as np
    import shapely

    rng = np.random.default_rng(SEED)
    west, south, east, north = geometry.bounds
    low, high = np.sin(np.radians(south)), np.sin(np.radians(north))
    found = np.zeros((0, 2))
    for _ in range(60):
        lon = rng.uniform(west, east, count * 4)
        lat = np.degrees(np.arcsin(rng.uniform(low, high, count * 4)))
        keep = shapely.contains_xy(geometry, lon, lat)
        found = np.vstack([found, np.column_stack([lon[keep], lat[keep]])])
        if len(found) >= count:
            return found[:count]
    return found if len(found) else np.array([geometry.representative_point().coords[0]])


def _region(region: Shape, field: _Field, range_km: float) -> Reach:
    edge = field.km(edge_points(region.geometry, field.geod))
    within = field.km(sample(region.geometry))
    touches = region.geometry.intersects(field.territory)
    least = 0.0 if touches else float(min(edge.min(), within.min()))
    most = float(max(edge.max(), within.max()))
    share = float((within <= range_km).mean())
    if most <= range_km:
        inside, share = "all", 1.0
    elif least > range_km:
        inside, share = "none", 0.0
    else:
        inside = "part"
    return Reach(
        region=region.id,
        name=region.name,
        inside=inside,
        share=round(share, 4),
        least_km=round(least, 1),
        most_km=round(most, 1),
    )
