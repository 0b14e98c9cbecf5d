"""Zones nest, are as large as worked out elsewhere, hold the named places, and moved as the text moved them."""

from __future__ import annotations

from datetime import date

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from servanda.geography import Shapes, area_km2, caveats, covered, extents, moved, where, where_region
from servanda.geography.zones import ground_km2, outline
from servanda.model.errors import InputError, UnknownName
from tests.geography.reference import (
    AFTER,
    AREAS,
    BEFORE,
    MOVED,
    PARTIES,
    PLACES,
    REALIGNED_RUSSIA_KM2,
    REALIGNED_UKRAINE_KM2,
    SIGNATURE,
)

NESTED = ("iv.4", "iv.3", "iv.2")
DAYS = (SIGNATURE, PARTIES, BEFORE, AFTER)


def smallest(corpus, point, on):
    """The nested zone or flank of a point, None outside the area; several would be an error."""
    place = where(corpus, "cfe", *point, on)
    zones = [z for part in place.parts if part.bound for z in part.zones if "attu" in part.zones]
    return next((z for z in (*NESTED, "flank") if z in zones), None)


@pytest.mark.parametrize("name", PLACES)
def test_a_named_place_falls_where_it_must(corpus, name):
    point, zone, on = PLACES[name]
    place = where(corpus, "cfe", *point, on)
    if zone is None:
        assert place.parts == ()
        assert place.outside == 1.0
    else:
        assert len(place.parts) == 1
        assert place.parts[0].bound
        assert zone in place.parts[0].zones


@pytest.mark.parametrize("name", PLACES)
def test_a_named_place_before_and_after_the_flank_document(corpus, name):
    point = PLACES[name][0]
    before, after = smallest(corpus, point, BEFORE), smallest(corpus, point, AFTER)
    if name in MOVED:
        assert (before, after) == MOVED[name]
    else:
        assert before == after
    if name == "Riga":
        assert before is None  # no party, and outside the area from 18 October 1991


@pytest.mark.parametrize(("zone", "on"), AREAS, ids=lambda v: str(v))
def test_an_area_agrees_to_one_per_cent(corpus, zone, on):
    assert area_km2(corpus, "cfe", zone, on) == pytest.approx(AREAS[zone, on], rel=0.01)


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_zones_nest_and_the_flank_lies_apart(corpus, on):
    area = {z: set(covered(corpus, "cfe", z, on)) for z in (*NESTED, "flank", "attu")}
    assert area["iv.4"] < area["iv.3"] < area["iv.2"] < area["attu"]
    assert not area["flank"] & area["iv.2"]
    assert area["flank"] | area["iv.2"] == area["attu"]
    inside = {e.zone: e.inside for e in extents(corpus, "cfe", on)}
    assert inside["iv.4"][:2] == ("iv.3", "iv.2")
    assert "attu" in inside["flank"]
    assert "iv.2" not in inside["flank"]
    assert inside["attu"] == ()


@pytest.mark.parametrize("on", [BEFORE, AFTER], ids=str)
def test_the_ground_itself_nests(corpus, on):
    ground = {z: outline(corpus, "cfe", z, on, detail="full") for z in (*NESTED, "flank", "attu")}
    for small, large in (("iv.4", "iv.3"), ("iv.3", "iv.2"), ("iv.2", "attu"), ("flank", "attu")):
        assert ground_km2(ground[small].difference(ground[large])) < 1
    assert ground_km2(ground["iv.2"].intersection(ground["flank"])) < 1


def test_blocks_do_not_overlap_and_every_block_has_a_shape(corpus):
    shapes = Shapes.load("block")
    index = corpus.places("cfe")
    assert index.all_blocks == set(shapes.ids())
    held = list(shapes)
    tree = shapely.STRtree([s.geometry for s in held])
    for i, shape in enumerate(held):
        for j in tree.query(shape.geometry):
            if j > i:
                assert ground_km2(shape.geometry.intersection(held[j].geometry)) < 1, (shape.id, held[j].id)


def test_what_the_flank_document_moved(corpus):
    by = {m.zone: m for m in moved(corpus, "cfe", BEFORE, AFTER)}
    assert by["iv.3"].joined == ("ukr-odessa-oblast",)
    assert by["iv.3"].joined_km2 == pytest.approx(REALIGNED_UKRAINE_KM2, rel=0.01)
    both = REALIGNED_RUSSIA_KM2 + REALIGNED_UKRAINE_KM2
    assert by["flank"].left == by["iv.2"].joined
    assert by["flank"].left_km2 == pytest.approx(both, rel=0.01)
    assert by["russia-flank"].left_km2 == pytest.approx(REALIGNED_RUSSIA_KM2, rel=0.01)
    assert "iv.4" not in by
    assert "attu" not in by  # the area as a whole stayed
    assert "original_flank" not in by  # frozen
    assert moved(corpus, "cfe", AFTER, date(2007, 1, 1)) == ()


def test_soviet_districts_are_zones_and_cover_soviet_ground(corpus):
    districts = [z for z in corpus.places("cfe").zone_ids() if z.startswith("md-") and z != "md-leningrad-south"]
    blocks = [b for z in districts for b in covered(corpus, "cfe", z, SIGNATURE)]
    assert len(blocks) == len(set(blocks))
    soviet = {b for b in corpus.places("cfe").all_blocks if corpus.places("cfe").state(b, SIGNATURE) == "SUN"}
    assert set(blocks) == soviet


def test_the_ground_of_a_state_that_is_bound_no_more_drops_out(corpus):
    extent = {e.zone: e for e in extents(corpus, "cfe", date(2023, 11, 8))}
    assert "rus-moscow" in extent["iv.2"].dropped
    assert all(not b.startswith("rus-") for b in extent["attu"].blocks)
    place = where(corpus, "cfe", 37.62, 55.75, date(2023, 11, 8))
    assert [(p.block, p.state, p.bound) for p in place.parts] == [("rus-moscow", "RUS", False)]
    assert where(corpus, "cfe", 37.62, 55.75, date(2023, 11, 6)).parts[0].bound


def shared_points():
    """Points on edges that two blocks share: middles of pieces of the common line."""
    held = [
        s for s in Shapes.load("block") if s.id in ("deu", "pol", "cze", "rus-leningrad-pskov", "rus-leningrad-south")
    ]
    held += [s for s in Shapes.load("block") if s.id.startswith("rus-ncaucasus-rostov")]
    found = []
    for i, one in enumerate(held):
        for two in held[i + 1 :]:
            line = one.geometry.intersection(two.geometry)
            if line.length > 0.2:
                found += [
                    (one.id, two.id, line.interpolate(k / 7, normalized=True))
                    for k in range(1, 7)
                    if line.geom_type == "LineString"
                ] or [
                    (one.id, two.id, part.interpolate(0.5, normalized=True))
                    for part in sorted(shapely.get_parts(line), key=lambda p: -p.length)[:6]
                    if part.length > 0.01
                ]
    return found


def test_a_point_on_a_shared_border_lies_in_both_blocks(corpus):
    points = shared_points()
    assert len({(a, b) for a, b, _ in points}) >= 3
    for one, two, point in points:
        blocks = {p.block for p in where(corpus, "cfe", point.x, point.y, AFTER).parts}
        assert {one, two} <= blocks, (one, two, point)


@given(st.floats(0, 1), st.floats(-3e-4, 3e-4), st.floats(-3e-4, 3e-4))
def test_no_point_near_a_border_falls_between_the_cracks(along, east, north):
    from servanda.corpus import Corpus

    line = Shapes.load("block").get("pol").geometry.intersection(Shapes.load("block").get("deu").geometry)
    point = shapely.line_merge(line).interpolate(along, normalized=True)
    place = where(Corpus.default(), "cfe", point.x + east, point.y + north, AFTER)
    assert {p.block for p in place.parts} & {"pol", "deu"}


def test_a_cut_region_lies_in_both_parts(corpus):
    place = where_region(corpus, "cfe", "RUS-ROS", AFTER)
    shares = {p.block: p.share for p in place.parts}
    assert set(shares) == {"rus-ncaucasus-rostov-west", "rus-ncaucasus-rostov-east"}
    assert sum(shares.values()) == pytest.approx(1, abs=1e-3)
    assert [z for z in place.parts[1].zones if z in ("iv.2", "flank")] == ["iv.2"]
    assert [z for z in place.parts[0].zones if z in ("iv.2", "flank")] == ["flank"]


@pytest.mark.parametrize(("region", "least", "most"), [("TUR", 0.15, 0.35), ("KAZ", 0.9, 0.97), ("RUS-SVE", 0.8, 1.0)])
def test_ground_beyond_the_line_is_outside(corpus, region, least, most):
    assert least < where_region(corpus, "cfe", region, AFTER).outside < most


@pytest.mark.parametrize("region", ["CHE", "USA", "RUS-CHU", "IRL"])
def test_a_region_with_no_block_lies_outside(corpus, region):
    place = where_region(corpus, "cfe", region, AFTER)
    assert place.parts == ()
    assert place.outside == pytest.approx(1.0)


@pytest.mark.parametrize("point", [(200, 0), (0, 91), (-181, 10), (0, -90.1)])
def test_a_point_off_the_globe_is_refused(corpus, point):
    with pytest.raises(InputError, match="not a point on the globe"):
        where(corpus, "cfe", *point, AFTER)


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_every_point_of_the_globe_gets_an_answer(longitude, latitude):
    from servanda.corpus import Corpus

    place = where(Corpus.default(), "cfe", longitude, latitude, AFTER)
    assert bool(place.parts) == (place.outside == 0.0)


def test_an_instrument_without_zones_is_refused(corpus):
    with pytest.raises(InputError, match="no zones"):
        extents(corpus, "open-skies", date(2005, 1, 1))


def test_an_unknown_region_gets_near_matches():
    with pytest.raises(UnknownName, match="RUS-KGD"):
        Shapes.load("region").get("RUS-KGX")
    with pytest.raises(UnknownName, match="RUS-KGD"):
        Shapes.load("region").get("Kaliningrat")


def test_codes_that_a_city_shares_with_its_district_are_one_region():
    shapes = Shapes.load("region")
    shared = {s.id for s in shapes if s.name.endswith("(district and city)") or " with " in s.name}
    assert {i.split("-")[0] for i in shared} == {"AZE", "KAZ", "LVA", "MDA"}
    divided = {s.state for s in shapes if "-" in s.id}
    assert len(divided) == 12
    for state in divided:
        parts = sum(s.km2 for s in shapes if s.state == state and "-" in s.id)
        assert parts == pytest.approx(shapes.get(state).km2, rel=1e-4)  # nothing lost by merging


def test_caveats_come_with_the_blocks_they_concern():
    assert any("Ural" in c for c in caveats(["kaz"]))
    assert not any("Ural" in c for c in caveats(["bel"]))
    assert any("Turkey" in c for c in caveats(["tur"]))
    assert all(c in caveats(["tur"]) for c in caveats())


def test_every_block_of_a_caveat_is_a_block(corpus):
    import json

    from servanda.geography.shapes import CAVEATS, FORMER

    named = {b for row in json.loads(CAVEATS.read_text()) for b in row.get("blocks", [])}
    assert named <= corpus.places("cfe").all_blocks
    former = json.loads(FORMER.read_text())
    assert {s for parts in former.values() for s in parts} <= set(Shapes.load("region").ids())


def test_drawing_shapes_fit_each_other():
    blocks, regions = Shapes.load("block", "drawn"), Shapes.load("region", "drawn")
    assert blocks.ids() == Shapes.load("block").ids()
    assert regions.ids() == Shapes.load("region").ids()
    for shape in (*blocks, *regions):
        assert shape.geometry.is_valid
        assert not shape.geometry.is_empty
    pair = blocks.get("deu").geometry, blocks.get("pol").geometry
    assert ground_km2(pair[0].intersection(pair[1])) < 5
    gap = shapely.union_all(pair).buffer(0.02).buffer(-0.02).difference(shapely.union_all(pair).buffer(1e-3))
    assert ground_km2(gap.intersection(shapely.box(14, 51, 15, 54))) < 20
