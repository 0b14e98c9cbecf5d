"""Distances and shares held against pyproj and geodesic circles, at the pole and over the antimeridian too."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from servanda.corpus import Corpus
from servanda.geography import Shape, Shapes
from servanda.geography.reach import (
    DISTANCE_ERROR_KM,
    SHARE_ERROR,
    between,
    counted,
    edge_points,
    home,
    in_space,
    reach,
    sample,
    territory,
)
from servanda.geography.zones import ground_km2
from servanda.model.errors import InputError, UnknownName

GEOD = Geod(ellps="WGS84")


def shape(name, *boxes):
    geometry = shapely.MultiPolygon([shapely.box(*b) for b in boxes])
    return Shape(name, name, name, 0.0, geometry)


def dot(lon, lat, half=0.002):
    """A territory of a few hundred metres."""
    return shape("DOT", (lon - half, lat - half, lon + half, lat + half))


def grid_share(region, lon, lat, range_km, steps=900):
    """The share of a region within a range of one point: a dense grid of equal steps, weighed by the ground each stands
    for on the ellipsoid (near enough cos of latitude), measured one by one with pyproj."""
    west, south, east, north = region.geometry.bounds
    x = west + (np.arange(steps) + 0.5) * (east - west) / steps
    y = south + (np.arange(steps) + 0.5) * (north - south) / steps
    xs, ys = (a.ravel() for a in np.meshgrid(x, y))
    keep = shapely.contains_xy(region.geometry, xs, ys)
    xs, ys = xs[keep], ys[keep]
    weight = np.cos(np.radians(ys))
    _, _, metres = GEOD.inv(xs, ys, np.full(len(xs), lon), np.full(len(xs), lat))
    return float(weight[metres <= range_km * 1000].sum() / weight.sum())


# region, point of the territory: plain, over the antimeridian, at the pole, south, far
WORLDS = {
    "plain": (shape("R", (10, 50, 16, 54)), (5.0, 52.0)),
    "antimeridian": (shape("R", (176, 60, 180, 66), (-180, 60, -174, 66)), (178.0, 70.0)),
    "territory beyond it": (shape("R", (170, 50, 179.5, 55)), (-178.0, 52.0)),
    "at the pole": (shape("R", (-180, 84, 180, 90)), (30.0, 80.0)),
    "across the pole": (shape("R", (-160, 70, -120, 80)), (40.0, 75.0)),
    "southern": (shape("R", (-70, -55, -60, -45)), (-58.0, -51.8)),
    "on the equator": (shape("R", (-5, -4, 6, 5)), (12.0, 0.3)),
    "far": (shape("R", (-100, 30, -90, 40)), (20.0, 52.0)),
}


def reference(name):
    """Least and greatest distance of a world, from a dense edge."""
    region, (lon, lat) = WORLDS[name]
    edge = np.vstack(
        [
            np.column_stack([c.real, c.imag])
            for part in region.geometry.geoms
            for ring in [shapely.get_coordinates(part.exterior)]
            for c in [
                np.concatenate([np.linspace(complex(*a), complex(*b), 4000) for a, b in itertools.pairwise(ring)])
            ]
        ]
    )
    _, _, metres = GEOD.inv(edge[:, 0], edge[:, 1], np.full(len(edge), lon), np.full(len(edge), lat))
    return metres.min() / 1000, metres.max() / 1000


@pytest.mark.parametrize("name", WORLDS)
def test_distances_agree_with_pyproj(name):
    region, point = WORLDS[name]
    least, most = reference(name)
    found = between(100.0, [dot(*point)], [region])[0]
    assert found.least_km == pytest.approx(least, abs=DISTANCE_ERROR_KM)
    # where the edge is cut open (the pole, the antimeridian) the farthest point may lie inside
    assert found.most_km == pytest.approx(most, abs=DISTANCE_ERROR_KM + 2)


@pytest.mark.parametrize("part", [0.25, 0.5, 0.9])
@pytest.mark.parametrize("name", WORLDS)
def test_shares_agree_with_a_dense_grid(name, part):
    region, point = WORLDS[name]
    least, most = reference(name)
    range_km = least + part * (most - least)
    found = between(range_km, [dot(*point)], [region])[0]
    assert found.inside == "part"
    assert found.share == pytest.approx(grid_share(region, *point, range_km), abs=SHARE_ERROR)


@pytest.mark.parametrize("name", WORLDS)
def test_all_and_none_are_decided_by_the_distances(name):
    region, point = WORLDS[name]
    least, most = reference(name)
    told = between([least - 2, most + 3], [dot(*point)], [region])[0]
    assert [(b.inside, b.share) for b in told.bands] == [("none", 0.0), ("all", 1.0)]


def test_a_shape_cut_at_the_antimeridian_touches_what_lies_beyond():
    east, west = shape("E", (170, 60, 180, 65)), shape("W", (-180, 60, -170, 65))
    assert between(10.0, [west], [east])[0].least_km == 0.0
    assert between(10.0, [east], [west])[0].inside == "part"


def test_shapes_that_share_only_the_pole_touch():
    one, two = shape("A", (0, 85, 40, 90)), shape("B", (150, 86, 170, 90))
    assert between(10.0, [one], [two])[0].least_km == 0.0
    below = shape("C", (150, 80, 170, 89.5))
    assert 50 < between(10.0, [one], [below])[0].least_km < 60  # half a degree of latitude


def test_planar_distance_would_be_wrong_here():
    # 60 degrees of longitude apart at 80 N: by the chart 60 * 111 km * cos 80, over the ground by the pole much less
    found = between(100.0, [dot(0.0, 80.0)], [dot(180.0, 80.0)])[0]
    _, _, metres = GEOD.inv(0.0, 80.0, 180.0, 80.0)
    assert found.least_km == pytest.approx(metres / 1000, abs=1)
    assert found.least_km < 2300


@settings(max_examples=40)
@given(
    st.floats(-179, 179),
    st.floats(-80, 80),
    st.floats(-179, 179),
    st.floats(-80, 80),
    st.floats(0.05, 3),
    st.floats(50, 5000),
)
def test_wider_ranges_reach_no_less(lon, lat, x, y, size, range_km):
    region = shape("R", (max(-180, lon - size), lat - size, min(180, lon + size), lat + size))
    found = between([range_km, range_km * 1.5, range_km * 3], [dot(x, y)], [region])[0]
    shares = [b.share for b in found.bands]
    assert shares == sorted(shares)
    assert all(
        (b.inside == "all") == (b.share == 1.0 and found.most_km <= b.range_km + 0.1)
        for b in found.bands
        if b.inside != "part"
    )
    _, _, metres = GEOD.inv(lon, lat, x, y)
    assert found.least_km - DISTANCE_ERROR_KM <= metres / 1000 + 1
    assert metres / 1000 <= found.most_km + DISTANCE_ERROR_KM + 1


@settings(max_examples=20)
@given(st.floats(-170, 170), st.floats(-70, 70), st.floats(100, 3000))
def test_turning_the_globe_changes_nothing(turn, lat, range_km):
    def world(by):
        region = shape("R", (by, lat, by + 4, lat + 5))
        return between(range_km, [dot(by + 9, lat + 1)], [region])[0]

    here, there = world(-5.0), world(turn if turn < 165 else 160.0)
    assert here.least_km == pytest.approx(there.least_km, abs=0.2)
    assert here.share == pytest.approx(there.share, abs=SHARE_ERROR)


def test_an_edge_is_sampled_no_wider_than_two_kilometres():
    for region, _ in WORLDS.values():
        points = edge_points(region.geometry)
        gaps = np.linalg.norm(np.diff(in_space(points), axis=0), axis=1)
        jumps = len(region.geometry.geoms) - 1
        assert (gaps > 2.01).sum() <= jumps


def test_samples_are_even_over_the_ground():
    region = shape("R", (0, 50, 20, 80))
    points, _ = sample(region.geometry, 4000)
    assert len(points) >= 4000
    north = (points[:, 1] > 65).mean()
    box = ground_km2(shapely.box(0, 65, 20, 80).segmentize(0.1)) / ground_km2(region.geometry.segmentize(0.1))
    assert north == pytest.approx(box, abs=0.01)


# ---- the worked case


def outline(code):
    return shapely.get_coordinates(Shapes.load("region").get(code).geometry)


def test_kaliningrad_and_germany():
    found = reach(500, ["DEU"], ["RUS-KGD"])[0]
    assert found.inside == "part"
    assert 330 < found.least_km < 430
    assert 0.55 < found.share < 0.7
    # the corners alone, each against each, cannot be nearer than the outlines, nor much farther
    a, b = outline("RUS-KGD"), outline("DEU")
    a, b = a[a[:, 0] < 20.2], b[b[:, 0] > 13.5]
    xs, ys = np.repeat(a, len(b), axis=0), np.tile(b, (len(a), 1))
    _, _, metres = GEOD.inv(xs[:, 0], xs[:, 1], ys[:, 0], ys[:, 1])
    assert metres.min() / 1000 == pytest.approx(found.least_km, abs=DISTANCE_ERROR_KM)


def test_with_300_km_kaliningrad_is_outside_and_with_600_all_of_it_inside():
    bands = reach([300, 600], ["DEU"], ["RUS-KGD"])[0].bands
    assert [b.inside for b in bands] == ["none", "all"]


def test_against_poland_every_range_is_inside():
    bands = reach([1, 50, 100, 150, 500, 5500], ["POL"], ["RUS-KGD"])[0].bands
    assert all(b.inside != "none" for b in bands)
    assert [b.inside for b in bands[-3:]] == ["all", "all", "all"]
    assert reach(1, ["POL"], ["RUS-KGD"])[0].least_km == 0.0


def test_several_territories_are_the_nearest_of_them():
    alone = {c: reach(500, [c], ["RUS-KGD"])[0] for c in ("DEU", "POL", "SWE")}
    both = reach(500, ["DEU", "SWE"], ["RUS-KGD"])[0]
    assert both.least_km == min(alone["DEU"].least_km, alone["SWE"].least_km)
    assert both.share >= max(alone["DEU"].share, alone["SWE"].share) - SHARE_ERROR
    assert both.to == "SWE"


def test_alaska_and_chukotka_are_neighbours_over_the_antimeridian():
    found = reach(500, ["USA"], ["RUS-CHU"])[0]
    assert found.least_km < 100  # the strait is some 85 km wide; the Diomedes are not in the coarse outline
    assert found.inside == "part"
    assert found.nearest[0] < -160


def test_overseas_land_counts_unless_left_out():
    region = ["RUS-CHU"]
    shapes = Shapes.load("region")
    france = counted(territory(shapes, "FRA"))
    assert any(p[1] < 6 and -55 < p[0] < -51 for p in france.far)  # Guiana
    assert france.km2 == pytest.approx(shapes.get("FRA").km2, rel=0.01)
    assert sum(p[2] for p in france.far) > 80_000
    assert ground_km2(home(territory(shapes, "FRA")).geometry) == pytest.approx(
        france.km2 - sum(p[2] for p in france.far), rel=1e-6
    )
    whole = reach(5000, ["DNK"], region)[0]
    alone = reach(5000, ["DNK"], region, overseas=False)[0]
    assert whole.least_km < alone.least_km - 500  # Greenland is nearer than Jutland
    assert counted(territory(shapes, "POL")).far == ()


def test_land_overseas_is_no_place_to_stand_when_left_out():
    whole = reach(2500, ["DEU"], ["FRA", "RUS-KGD"])
    alone = reach(2500, ["DEU"], ["FRA", "RUS-KGD"], overseas=False)
    assert [r.inside for r in whole] == ["part", "all"]
    assert [r.inside for r in alone] == ["all", "all"]


def test_presets_are_the_ranges_of_the_classes():
    ranges = {r.id: (r.from_km, r.to_km) for r in Corpus.default().dossier("inf").instrument.ranges}
    assert ranges == {"shorter": (500, 1000), "intermediate": (1000, 5500)}


@pytest.mark.parametrize("bad", [0, -1, -0.0, math.nan, math.inf, -math.inf, 20_005, 1e9, True, "500"])
def test_a_range_that_is_none_is_refused(bad):
    with pytest.raises(InputError, match=r"range"):
        between([bad], [dot(0, 0)], [dot(1, 1)])


def test_unknown_regions_and_no_territory_are_refused():
    with pytest.raises(UnknownName, match="RUS-KGD"):
        reach(500, ["DEU"], ["RUS-KGX"])
    with pytest.raises(InputError, match="no territory"):
        reach(500, [], ["RUS-KGD"])
    with pytest.raises(InputError, match="no range"):
        between([], [dot(0, 0)], [dot(1, 1)])
