"""Maps say what the answers say: every state in the colour of its word, titles, legends, foot; projected equal-area."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import servanda as sv
from servanda.charts import maps
from servanda.charts.files import rendered
from servanda.geography.zones import ground_km2
from servanda.model.errors import InputError
from servanda.questions.reach import geojson, reach

CFE = sv.load("cfe")
STORY = ("2007-01-01", "2008-06-01", "2012-06-01", "2023-11-08")


def duties(reading="self", days=STORY):
    return maps.toward([CFE.obligations(on=d, kind="exchange", reading=reading) for d in days], "RUS", "Russia")


def spec(picture):
    return json.loads(rendered(picture.chart(), Path("x.json")))


def test_the_story_of_2007_to_2023_in_the_reading_of_each():
    told = {p.on: p.words for p in duties().panels}
    before, suspended, answered, gone = (told[d] for d in STORY)
    assert before["RUS"] == maps.SELF
    assert {w for k, w in before.items() if k != "RUS"} == {maps.OWES}
    # Russia stops; the others go on sending
    assert suspended["RUS"] == maps.SELF_NOT
    assert {w for k, w in suspended.items() if k != "RUS"} == {maps.OWES}
    # the allies and Georgia stop toward Russia, the rest of the east goes on
    assert {k for k, w in answered.items() if w == maps.OWES} >= {"BLR", "KAZ", "ARM", "UKR"}
    assert {k for k, w in answered.items() if w == maps.NOT_OWED} >= {"USA", "DEU", "FRA", "POL", "TUR", "GEO", "GBR"}
    # and it leaves
    assert gone == {"RUS": maps.SELF_OUT}


def test_the_four_panels_differ_only_in_the_reading_self():
    own = [p.words for p in duties().panels]
    assert all(a != b for a, b in itertools.pairwise(own))
    instrument = [p.words for p in duties("depositary").panels]
    assert instrument[0] == instrument[1]  # the instrument's own terms know no suspension: the story is not in them


def test_words_are_the_matrix():
    answer = CFE.obligations(on="2012-06-01", kind="inspection", reading="self")
    words = maps.toward([answer], "RUS").panels[0].words
    column = answer.value.column("RUS")
    names = {True: maps.OWES, False: maps.NOT_OWED, None: maps.NOT_KNOWN}
    assert {k: w for k, w in words.items() if k != "RUS"} == {k: names[v] for k, v in column.items() if k != "RUS"}


def test_a_state_that_is_never_a_party_is_refused():
    with pytest.raises(InputError, match="not a party"):
        maps.toward([CFE.obligations(on="2007-01-01", kind="exchange")], "SWE")


def test_zones_before_and_after():
    picture = maps.zones([CFE.zones(on="1997-05-14"), CFE.zones(on="1997-05-15")])
    before, after = (p.words for p in picture.panels)
    assert {k for k in before if before[k] != after[k]} == {
        "ukr-odessa-oblast",
        "rus-leningrad-pskov",
        "rus-ncaucasus-volgograd",
        "rus-ncaucasus-astrakhan",
        "rus-ncaucasus-rostov-east",
        "rus-ncaucasus-kushchevskaya",
    }
    assert (after["deu"], after["fra"], after["esp"], after["tur"]) == ("iv.4", "iv.3", "iv.2", "flank")
    assert "est" not in before


def test_zones_of_other_names_are_coloured_by_size():
    from dataclasses import replace

    answer = CFE.zones(on="1997-05-15")
    rows = [
        {**z, "zone": f"z-{z['zone']}", "map_order": None}
        for z in answer.data["zones"]
        if z["zone"] in ("iv.4", "iv.2", "attu")
    ]
    picture = maps.zones([replace(answer, document=None, data={**answer.data, "zones": rows})])
    assert list(picture.colours) == ["z-iv.4", "z-iv.2", "z-attu"]
    words = picture.panels[0].words
    assert (words["deu"], words["fra"], words["tur"]) == ("z-iv.4", "z-iv.2", "z-attu")


def test_pictures_of_the_pages_are_small():
    docs = Path(__file__).parents[2] / "docs"
    pictures = sorted((docs / "pictures").glob("*.png"))
    assert len(pictures) >= 4
    for picture in pictures:
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_size < 200_000, picture.name


def test_standing_words_are_the_standings():
    answer = CFE.standing(on="2024-02-01", reading="self")
    words = maps.standing([answer]).panels[0].words
    assert words["RUS"] == "withdrawn"
    for row in answer.data["parties"]:
        if row["standing"] in ("none", "succeeded"):
            assert row["party"] not in words
        else:
            assert words[row["party"]] == row["standing"].replace("_", " ")


def test_a_state_that_is_no_more_is_drawn_on_its_ground():
    words = maps.standing([CFE.standing(on="1991-06-01")]).panels[0].words
    assert "SUN" not in words
    assert {words[c] for c in ("RUS", "UKR", "EST", "UZB", "CZE")} == {"signatory"}
    later = maps.standing([CFE.standing(on="1991-12-01")]).panels[0].words
    assert "EST" not in later
    assert later["RUS"] == "signatory"


def test_verdicts_and_headroom_by_state():
    answer = CFE.assess(on="1995-11-17", limits=("CFE VII.1",))
    with pytest.raises(InputError, match="give `category`"):
        maps.verdicts([answer])
    verdicts = maps.verdicts([answer], category="battle_tank").panels[0]
    room = maps.headroom([answer], category="battle_tank").panels[0]
    rows = {v["scope"]: v for v in answer.data["verdicts"] if v["category"] == "battle_tank" and v["posture"] == "any"}
    assert len(rows) == len(verdicts.words) == 30
    for scope, row in rows.items():
        assert verdicts.words[scope] == row["verdict"].replace("_", " ")
        if row["headroom"] is None:
            assert room.words[scope] == "not known"
        else:
            assert (row["headroom"] < 0) == (room.words[scope] == "over the ceiling")
    assert "DEU: " in room.told["DEU"]


def test_members_of_a_group_wear_the_verdict_of_the_group():
    answer = CFE.assess(on="1990-11-19", prospective=True, limits=("CFE IV.1(A)",))
    picture = maps.verdicts([answer])
    words = picture.panels[0].words
    assert {words["USA"], words["POL"], words["RUS"]} == {"exceeded"}
    assert any("before the day" in line for line in picture.subtitle)


def test_a_limit_must_be_one():
    answer = CFE.assess(on="1995-11-17")
    with pytest.raises(InputError, match="give `limit`"):
        maps.verdicts([answer], category="battle_tank")
    with pytest.raises(InputError, match="categories"):
        maps.verdicts([answer], category="submarine")


def test_reach_shows_every_region_of_the_answer():
    answer = reach(CFE.corpus, 500, ["DEU"], ["RUS-KGD", "RUS-PSK", "POL"])
    picture = maps.reached(answer)
    assert picture.panels[0].words == {"RUS-KGD": "part", "RUS-PSK": "none", "POL": "part", "DEU": "the territory"}
    assert any("NATO-2021 Art. 5" in line for line in picture.foot)
    features = geojson(answer)["features"]
    assert {f["properties"]["region"]: f["properties"]["inside"] for f in features}["DEU"] == "target"
    assert geojson(answer)["caveats"]


PICTURES = {
    "zones": lambda: maps.zones([CFE.zones(on="1997-05-15")]),
    "standing": lambda: maps.standing([CFE.standing(on="2024-02-01", reading="self")]),
    "obligations": duties,
    "reach": lambda: maps.reached(reach(CFE.corpus, 500, ["DEU"], ["RUS-KGD"])),
    "verdict": lambda: maps.verdicts([CFE.assess(on="1995-11-17", limits=("CFE IV.1(A)",))]),
}


@pytest.mark.parametrize("name", PICTURES)
def test_every_map_has_title_date_legend_source(name):
    picture = PICTURES[name]()
    drawn = spec(picture)
    text = json.dumps({k: v for k, v in drawn.items() if k != "datasets"})
    assert drawn["title"]["text"] == picture.title
    assert picture.legend in text
    assert "Natural Earth" in text
    days = [p.on for p in picture.panels if p.on]
    assert all(d in text for d in days)
    if name in ("standing", "obligations"):
        assert "reading: self" in text
    if name == "zones":
        assert "Urals" in text
        assert "recalled" in text
    shown = {f["properties"]["word"] for k, v in drawn["datasets"].items() if k != "ground" for f in v}
    assert shown <= set(picture.colours)
    assert len(drawn["datasets"]) == 1 + len(picture.panels)


@pytest.mark.parametrize(
    "colours", [dict(enumerate(maps.OTHERS[:4])), maps.STANDINGS, maps.DUTY, maps.VERDICTS, maps.ROOM, maps.REACHED]
)
def test_no_two_words_of_a_legend_share_a_colour(colours):
    assert len(set(colours.values())) == len(colours)
    assert maps.LAND not in colours.values()


def test_parties_outside_the_frame_are_named_at_the_side():
    text = json.dumps(spec(duties(days=("2012-06-01",))))
    assert '"text": "USA"' in text
    assert '"text": "CAN"' in text
    soviet = json.dumps(spec(maps.standing([CFE.standing(on="1991-06-01")])))
    assert '"text": "TJK"' not in soviet


def test_too_many_days_are_refused():
    answer = CFE.zones(on="1997-05-15")
    with pytest.raises(InputError, match="too many"):
        maps.zones([answer] * 13).chart()


def test_geojson_has_a_feature_a_shape_and_day():
    found = duties().geojson()
    assert {f["properties"]["on"] for f in found["features"]} == set(STORY)
    names = {f["properties"]["id"]: f["properties"]["name"] for f in found["features"]}
    assert names["DEU"] == "Germany"
    for feature in found["features"][:20]:
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.is_valid
        west, south, east, north = shape.bounds
        assert -180 <= west <= east <= 180
        assert -90 <= south <= north <= 90


def test_the_quick_specification_is_the_chart():
    picture = PICTURES["zones"]()
    assert json.loads(json.dumps(picture.spec())) == json.loads(picture.chart().to_json(validate=False))


@given(st.floats(-20, 60), st.floats(32, 78), st.floats(0.2, 3))
def test_the_projection_keeps_areas(lon, lat, size):
    box = shapely.segmentize(shapely.box(lon, lat, lon + size, lat + size), 0.02)
    flat = shapely.transform(box, lambda xy: maps.projected(xy, 620, 540))
    # square kilometres of a square pixel, from the radius of the sphere of equal area
    scale = (6371.0072 / (620 * 1.12)) ** 2
    assert flat.area * scale == pytest.approx(ground_km2(box), rel=2e-3)


def test_the_projection_keeps_north_up_and_east_right():
    centre, north, east = maps.projected(np.array([[22.0, 54.0], [22.0, 60.0], [30.0, 54.0]]), 620, 540)
    assert north[1] < centre[1]
    assert abs(north[0] - centre[0]) < 1e-6
    assert east[0] > centre[0]
