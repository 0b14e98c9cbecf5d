"""From where a missile of some range can reach a territory: geodesic, right near the poles and over the antimeridian.

How: the territory's outline becomes points at most two kilometres apart, in a tree in three dimensions (which has no seam
and no pole). The nearest few of them are measured on the WGS84 ellipsoid and the least taken. What that costs:

- a distance is too long by at most `EDGE_KM / 2`, and by at most `EDGE_KM ** 2 / 8 / distance` kilometres once the
  distance is much larger than the step (about 2 m at 300 km), since the nearest point found lies across, not behind;
- beyond 5,500 km the nearest in space need not be the nearest over the ground: up to a kilometre more;
- the share of a region is a count of some thousands of points evenly spread over it, with the points within half a
  step of the range counted in part: true to one per cent of the region (tests hold both against shapes that
  are computed another way).

The outlines themselves are true to about a kilometre.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from servanda.geography.shapes import FULL, Shape, Shapes
from servanda.model.errors import InputError
from servanda.model.zones import Inside

EDGE_KM = 2.0
COARSE, FINE = 400, 4_000  # points a region: enough to see all or none; enough for a share
NEIGHBOURS = 8
DEGREE_KM = 111.7  # no degree of latitude, nor of longitude, is longer
MEAN_RADIUS = 6_371.0
EDGE = 1e-9
HALF_ROUND_KM = 20_004  # no two places on earth lie farther apart
OVERSEAS_KM = 1_000.0
SHARE_ERROR = 0.01  # of a region
DISTANCE_ERROR_KM = 1.0


@dataclass(frozen=True, slots=True)
class Band:
    """Of a region, how much lies within one range: `inside` is `all`, `part` or `none`, `share` from 0 to 1."""

    range_km: float
    inside: Inside
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """One region: whether a missile there reaches the territory.

    `bands` has one entry a range asked, in that order; `inside` and `share` are those of the longest. `least_km` is the
    least distance from the region to the territory (0 where they touch), `most_km` the greatest from any place in it,
    `nearest` the point (longitude, latitude) of the territory that is nearest, `to` the state it belongs to.
    """

    region: str
    name: str
    bands: tuple[Band, ...]
    least_km: float
    most_km: float
    nearest: tuple[float, float]
    to: str

    @property
    def inside(self) -> Inside:
        """`all`, `part` or `none`, for the longest range."""
        return self.bands[-1].inside

    @property
    def share(self) -> float:
        """The share of the region within the longest range."""
        return self.bands[-1].share


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What was counted of a state: square kilometres in all, and the pieces far from the main ones.

    `far` gives, of each piece more than 1,000 km from the rest, the middle (longitude, latitude) and its area.
    """

    state: str
    km2: float
    far: tuple[tuple[float, float, float], ...]


def check_range(range_km: float) -> float:
    """The range itself. InputError for one that is no distance on earth."""
    if (
        isinstance(range_km, bool)
        or not isinstance(range_km, int | float)
        or not math.isfinite(range_km)
        or range_km <= 0
    ):
        raise InputError(f"{range_km} km is not a range", remedy="give a number of kilometres above 0")
    if range_km > HALF_ROUND_KM:
        raise InputError(
            f"a range of {range_km:,.0f} km goes more than half round the earth", remedy="give less than 20,004"
        )
    return float(range_km)


def reach(
    ranges: float | Sequence[float],
    of: Sequence[str],
    regions: Iterable[str],
    *,
    overseas: bool = True,
    step: Callable[[], None] = lambda: None,
) -> tuple[Reach, ...]:
    """Which of `regions` lie within each of `ranges` (km) of the territory of any of `of` (codes such as RUS-KGD).

    Without `overseas`, pieces of a state more than 1,000 km from its main ones are not counted, neither as territory
    nor as a place to stand. `step` is called once a region. UnknownName for a region that is not there, InputError for
    a range that is none.
    """
    shapes = Shapes.load("region", FULL)
    targets = [territory(shapes, code) for code in of]
    bases = [shapes.get(code) for code in regions]
    if not overseas:
        targets = [home(t) for t in targets]
        bases = [b if "-" in b.id else home(_ordered(b)) for b in bases]
    return between(ranges, targets, bases, step=step)


def between(
    ranges: float | Sequence[float],
    targets: Sequence[Shape],
    regions: Iterable[Shape],
    *,
    step: Callable[[], None] = lambda: None,
) -> tuple[Reach, ...]:
    """The same for shapes of one's own. Edges are straight in longitude and latitude, as in GeoJSON; a shape over the
    antimeridian is cut there into two."""
    several = [ranges] if isinstance(ranges, int | float) else list(ranges)
    asked = sorted(map(check_range, several))
    if not targets:
        raise InputError("no territory to reach", remedy="name a state, such as DEU")
    if not asked:
        raise InputError("no range", remedy="give a number of kilometres above 0")
    field = _Field(targets)
    found = []
    for region in regions:
        found.append(_region(region, field, asked))
        step()
    return tuple(found)


def territory(shapes: Shapes, code: str) -> Shape:
    """A region, or a state with the land that belongs to it and has a shape of its own (Greenland, Gibraltar)."""
    import shapely

    shape = shapes.get(code)
    others = [s for s in shapes if s.state == code and "-" not in s.id and s.id != code]
    # the largest piece of the state's own shape comes first: what is far is far from that
    parts = [p for s in (shape, *others) for p in sorted(shapely.get_parts(s.geometry), key=lambda p: -p.area)]
    return Shape(shape.id, shape.name, shape.state, shape.km2 + sum(s.km2 for s in others), shapely.MultiPolygon(parts))


def home(shape: Shape) -> Shape:
    """A state without the pieces that lie more than 1,000 km from its first one and what hangs together with it."""
    import shapely

    near, _ = _pieces(shape)
    return Shape(shape.id, shape.name, shape.state, shape.km2, shapely.MultiPolygon(near))


def _ordered(shape: Shape) -> Shape:
    """A shape with its largest piece first."""
    import shapely

    parts = sorted(shapely.get_parts(shape.geometry), key=lambda p: -p.area)
    return Shape(shape.id, shape.name, shape.state, shape.km2, shapely.MultiPolygon(parts))


def counted(shape: Shape) -> Ground:
    """What a state's territory amounts to, and which pieces of it lie far off."""
    from servanda.geography.zones import ground_km2

    near, far = _pieces(shape)
    told = [(p.representative_point(), ground_km2(p)) for p in far]
    kept = sum(map(ground_km2, near)) + sum(size for _, size in told)
    rows = sorted(((p.x, p.y, size) for p, size in told), key=lambda r: -r[2])
    return Ground(state=shape.id, km2=kept, far=tuple(rows))


def _pieces(shape: Shape) -> tuple[list[Any], list[Any]]:
    """Pieces that hang together with the first by gaps of at most 1,000 km, and the others."""
    import numpy as np
    import shapely
    from scipy.spatial import cKDTree

    parts = list(shapely.get_parts(shape.geometry))
    chord = 2 * 6371 * math.sin(OVERSEAS_KM / 6371 / 2)
    clouds = [in_space(shapely.get_coordinates(p)) for p in parts]
    kept, waiting = [0], list(range(1, len(parts)))
    grown = 0
    while grown < len(kept):
        tree = cKDTree(clouds[kept[grown]])
        grown += 1
        joined = [i for i in waiting if float(np.min(tree.query(clouds[i])[0])) <= chord]
        kept += joined
        waiting = [i for i in waiting if i not in joined]
    return [parts[i] for i in kept], [parts[i] for i in waiting]


class _Field:
    """Distances to a territory."""

    def __init__(self, targets: Sequence[Shape]) -> None:
        import numpy as np
        import shapely
        from pyproj import Geod
        from scipy.spatial import cKDTree

        self.geod = Geod(ellps="WGS84")
        self.states = [t.id for t in targets]
        self.shapes = [t.geometry for t in targets]
        for shape in self.shapes:
            shapely.prepare(shape)
        edges = [edge_points(s) for s in self.shapes]
        self.edge = np.vstack(edges)
        self.owner = np.repeat(np.arange(len(edges)), [len(e) for e in edges])
        self.tree = cKDTree(in_space(self.edge))

    def rough(self, points: Any) -> Any:
        """Kilometres to the nearest edge, from the chord: true to `_slack`, and much faster than on the ellipsoid."""
        import numpy as np

        chord, _ = self.tree.query(in_space(points))
        return 2 * MEAN_RADIUS * np.arcsin(np.minimum(chord / (2 * MEAN_RADIUS), 1.0))

    def measure(self, points: Any) -> tuple[Any, Any]:
        """Kilometres from each (longitude, latitude) to the nearest edge on the ellipsoid; and which edge point it is."""
        import numpy as np

        count = min(NEIGHBOURS, len(self.edge))
        _, near = self.tree.query(in_space(points), k=count)
        near = near.reshape(len(points), count)
        to = self.edge[near.ravel()]
        start = np.repeat(points, count, axis=0)
        _, _, metres = self.geod.inv(start[:, 0], start[:, 1], to[:, 0], to[:, 1])
        far = metres.reshape(len(points), count) / 1000
        pick = far.argmin(axis=1)
        rows = np.arange(len(points))
        return far[rows, pick], near[rows, pick]

    def within(self, points: Any) -> Any:
        """Which points lie in the territory itself."""
        import numpy as np
        import shapely

        found = np.zeros(len(points), bool)
        for shape in self.shapes:
            found |= shapely.contains_xy(shape, points[:, 0], points[:, 1])
        return found

    def touches(self, geometry: Any) -> int | None:
        """Which of the territories a shape touches or overlaps, if any; also over the antimeridian and at a pole."""
        import numpy as np
        import shapely

        west, _, east, north = geometry.bounds
        south = geometry.bounds[1]
        turned = [geometry]
        for turn in (-360.0, 360.0):
            if west + turn >= -180.0 - EDGE or east + turn <= 180.0 + EDGE:
                turned.append(shapely.transform(geometry, lambda xy, by=turn: xy + np.array([by, 0.0])))
        for i, shape in enumerate(self.shapes):
            low, high = shape.bounds[1], shape.bounds[3]
            if (north >= 90.0 and high >= 90.0) or (south <= -90.0 and low <= -90.0):
                return i  # both hold the pole
            if any(g.intersects(shape) for g in turned):
                return i
        return None


def in_space(points: Any) -> Any:
    """(longitude, latitude) in degrees as places in space on the WGS84 ellipsoid, in kilometres."""
    import numpy as np

    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    e2 = 0.00669437999014
    across = 6378.137 / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    return np.column_stack(
        [across * np.cos(lat) * np.cos(lon), across * np.cos(lat) * np.sin(lon), across * (1 - e2) * np.sin(lat)]
    )


def edge_points(geometry: Any) -> Any:
    """Points along a shape's edge, no farther apart than the step, as (longitude, latitude). Edges are straight there."""
    import numpy as np
    import shapely

    found = []
    for part in shapely.get_parts(geometry):
        for ring in (part.exterior, *part.interiors):
            xy = shapely.get_coordinates(ring)
            start, move = xy[:-1], np.diff(xy, axis=0)
            # the parallel nearer the equator is the longer: never a longer step than asked
            widest = np.cos(np.radians(np.minimum(np.abs(xy[:-1, 1]), np.abs(xy[1:, 1]))))
            widest[xy[:-1, 1] * xy[1:, 1] < 0] = 1.0
            length = DEGREE_KM * np.hypot(move[:, 0] * widest, move[:, 1])
            counts = np.maximum(1, np.ceil(length / EDGE_KM)).astype(np.int64)
            which = np.repeat(np.arange(len(counts)), counts)
            along = (np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)) / counts[which]
            found.append(start[which] + move[which] * along[:, None])
    return np.vstack(found)


def sample(geometry: Any, count: int) -> tuple[Any, float]:
    """At least `count` points spread evenly over a shape, and half the distance between them in kilometres.

    A lattice, every other row shifted, in longitude and the sine of latitude, where equal areas are equal.
    """
    import numpy as np
    import shapely

    west, south, east, north = geometry.bounds
    low, high = np.sin(np.radians(south)), np.sin(np.radians(north))
    middle = math.cos(math.asin((low + high) / 2)) or 1e-6
    boxed = math.radians(east - west) * (high - low)
    share = 0.5
    for _ in range(8):
        cell = math.sqrt(boxed * share / count)  # of the sphere's radius
        rows = max(1, math.ceil((high - low) / (cell * middle)))
        columns = max(1, math.ceil(math.radians(east - west) / (cell / middle)))
        y = np.degrees(np.arcsin(low + (np.arange(rows) + 0.5) * (high - low) / rows))
        x = (np.arange(columns)[None, :] + np.where(np.arange(rows) % 2, 0.25, 0.75)[:, None]) / columns
        lon = (west + x * (east - west)).ravel()
        lat = np.repeat(y, columns)
        keep = shapely.contains_xy(geometry, lon, lat)
        if keep.sum() >= count:
            break
        share = max(share / 8, min(share * 0.7, share * keep.sum() / count))
    found = np.column_stack([lon[keep], lat[keep]])
    if not len(found):
        found = np.array([geometry.representative_point().coords[0]])
    return found, cell * 6371 / 2


def _region(region: Shape, field: _Field, ranges: Sequence[float]) -> Reach:
    import numpy as np

    edge = edge_points(region.geometry)
    rough = field.rough(edge)
    close = edge[rough <= rough.min() + 2 * _slack(rough.min())]
    exact, nearest = field.measure(close)
    at = int(exact.argmin())
    least, to = float(exact[at]), int(nearest[at])
    owner, point = int(field.owner[to]), field.edge[to]
    touched = field.touches(region.geometry)
    if touched is not None:
        least, owner = 0.0, touched
    points, half = sample(region.geometry, COARSE)
    far = _inner(field, points, touched)
    most = _most(field, edge, rough, points, far, touched)
    if any(least <= r < most for r in ranges):
        points, half = sample(region.geometry, FINE)
        far = _inner(field, points, touched)
        most = _most(field, edge, rough, points, far, touched)
        for r in ranges:
            unsure = np.flatnonzero(np.abs(far - r) < half + _slack(r))
            if len(unsure):
                far[unsure] = field.measure(points[unsure])[0]
    bands = []
    for r in ranges:
        if most <= r:
            bands.append(Band(r, "all", 1.0))
        elif least > r:
            bands.append(Band(r, "none", 0.0))
        else:
            # a point stands for the ground round it: near the range part of that lies within
            share = float(np.clip((r - far) / (2 * half) + 0.5, 0.0, 1.0).mean())
            bands.append(Band(r, "part", round(share, 4)))
    return Reach(
        region=region.id,
        name=region.name,
        bands=tuple(bands),
        least_km=round(least, 1),
        most_km=round(most, 1),
        nearest=(round(float(point[0]), 3), round(float(point[1]), 3)),
        to=field.states[owner],
    )


def _slack(km: float) -> float:
    """By how many kilometres a distance from the chord may differ: more beyond a quarter of the way round."""
    return 0.5 + km * (0.003 if km < 10_000 else 0.03)


def _inner(field: _Field, points: Any, touched: int | None) -> Any:
    """Rough distances of points of a region, below 0 where they lie in the territory itself: within any range."""
    far = field.rough(points)
    if touched is not None:
        far[field.within(points)] = -HALF_ROUND_KM
    return far


def _most(field: _Field, edge: Any, rough: Any, points: Any, far: Any, touched: int | None) -> float:
    """The greatest distance of any point of a region, which may lie inside it; measured on the ellipsoid."""
    import numpy as np

    held = np.vstack([edge, points])
    known = np.concatenate([rough, far])
    if touched is not None:
        inside = field.within(edge)
        known[: len(edge)][inside] = -HALF_ROUND_KM
    top = known.max()
    if top <= 0:
        return 0.0
    return float(field.measure(held[known >= top - 2 * _slack(top)])[0].max())
