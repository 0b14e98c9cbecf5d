"""`map`, `zones`, `where`, `reach`: files of every format; what cannot be used is one line, exit 2, and no file left."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from command import servanda


def run(*args, **environ):
    return servanda(*args, **{"COLUMNS": "100", **environ})


MAP = ("map", "cfe", "--on", "1997-05-15")


@pytest.mark.parametrize("ending", ["png", "svg", "json", "html", "geojson"])
def test_a_map_in_every_format(tmp_path, ending):
    path = tmp_path / f"zones.{ending}"
    done = run(*MAP, "-o", str(path))
    assert done.returncode == 0, done.stderr
    content = path.read_bytes()
    if ending == "png":
        assert content.startswith(b"\x89PNG")
    elif ending in ("json", "geojson"):
        assert json.loads(content)["$schema" if ending == "json" else "features"]
    else:
        assert b"Zones of the CFE Treaty, 1997-05-15" in content
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_json_of_a_map_is_one_document(tmp_path):
    days = ("--on", "2007-01-01", "--on", "2012-06-01")
    done = run("map", "cfe", *days, "--show", "standing", "-o", str(tmp_path / "x.svg"), "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [a["on"] for a in told["answers"]] == ["2007-01-01", "2012-06-01"]


def test_reach_of_kaliningrad():
    done = run("reach", "--range-km", "500", "--of", "DEU", "--from", "RUS-KGD", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["range_km"], told["of"]) == (500, ["DEU"])
    region = told["regions"][0]
    assert region["region"] == "RUS-KGD"
    assert region["inside"] in ("all", "part")
    assert 0 < region["share"] <= 1
    assert 330 < region["least_km"] < 430
    assert "NATO-2021 Art. 5" in told["cite"]
    assert told["caveats"]


def test_reach_of_an_alliance_by_a_class_of_range(tmp_path):
    path = tmp_path / "nato.geojson"
    args = ("--preset", "shorter", "--of", "NATO", "--on", "2021-12-17", "--from", "RUS-KGD", "--from", "RUS-MOW")
    done = run("reach", *args, "-o", str(path), "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert len(told["of"]) == 30
    assert (told["from_km"], told["range_km"]) == (500, 1000)
    assert any("assumption" in c for c in told["caveats"])
    by = {r["region"]: [b["inside"] for b in r["bands"]] for r in told["regions"]}
    assert by == {"RUS-KGD": ["all", "all"], "RUS-MOW": ["none", "all"]}
    assert {"FRA", "USA"} <= {p["state"] for p in told["far_pieces"]}
    assert len(json.loads(path.read_text())["features"]) == 32


def test_members_change_with_the_day():
    def count(day):
        return len(
            json.loads(
                run("reach", "--range-km", "500", "--of", "NATO", "--on", day, "--from", "RUS-PSK", "--json").stdout
            )["of"]
        )

    assert (count("1998-01-01"), count("2005-01-01"), count("2024-04-01")) == (16, 26, 32)


def test_where_and_zones():
    done = run("where", "cfe", "--at", "28.33,57.82", "--on", "1997-05-14", "--json")
    assert json.loads(done.stdout)["parts"][0]["block"] == "rus-leningrad-pskov"
    done = run("where", "cfe", "--region", "RUS-KGD", "--on", "2007-01-01", "--json")
    assert "iv.3" in json.loads(done.stdout)["parts"][0]["zones"]
    done = run("zones", "cfe", "--on", "1997-05-15", "--since", "1997-05-14", "--json")
    told = json.loads(done.stdout)
    assert {z["zone"] for z in told["zones"]} >= {"attu", "iv.2", "iv.3", "iv.4", "flank", "md-kiev"}
    assert {m["zone"] for m in told["moved"]} >= {"flank", "iv.2", "iv.3"}


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("4,56", "lies on water"),
        ("8.5,47", "lies in Switzerland (CHE), outside the area"),
        ("40.23,37.91", "outside the area"),
        ("14.28,53.91", "in the area"),
    ],
)
def test_where_says_water_and_outside_plainly(place, words):
    done = run("where", "cfe", "--at", place, "--on", "1997-05-15")
    assert done.returncode == 0, done.stderr
    assert words in " ".join(done.stdout.split())


def test_ground_of_a_state_no_longer_bound():
    done = run("where", "cfe", "--at", "37.62,55.75", "--on", "2023-11-08", "--json")
    told = json.loads(done.stdout)
    assert told["in_area"] is False
    assert told["parts"][0]["zones"] == []
    assert "iv.2" in told["parts"][0]["zones_by_text"]


def test_narrow_terminals_lose_no_figure():
    done = run("zones", "cfe", "--on", "1997-05-15", COLUMNS="60")
    assert "9,373,263" in done.stdout
    done = run("reach", "--range-km", "500", "--of", "DEU", "--from", "RUS-KGD", COLUMNS="60")
    assert "357" in done.stdout


REACH = ("reach", "--of", "DEU")
KGD = ("--from", "RUS-KGD")
BAD = [
    ((*REACH, "--range-km", "500", "--from", "RUS-KGX"), "did you mean RUS-KG"),
    ((*REACH, "--range-km", "500", "--from", "Atlantis"), "no state or region"),
    (("reach", "--of", "Germny", "--range-km", "500"), "DEU"),
    (("reach", "--of", "SUN", "--range-km", "500"), "no shape of Soviet Union"),
    (("reach", "--of", "NATO", "--range-km", "500"), "with --on"),
    (("reach", "--of", "WTO", "--on", "2000-01-01", "--range-km", "500"), "no members"),
    ((*REACH, *KGD, "--range-km", "-5"), "above 0"),
    ((*REACH, *KGD, "--range-km", "0"), "above 0"),
    ((*REACH, *KGD, "--range-km", "nan"), "above 0"),
    ((*REACH, *KGD, "--range-km", "inf"), "above 0"),
    ((*REACH, *KGD, "--range-km", "99999"), "half round"),
    ((*REACH, *KGD, "--range-km", "far"), "'far' is not a range"),
    ((*REACH, *KGD), "give exactly one"),
    ((*REACH, *KGD, "--range-km", "5", "--preset", "shorter"), "give exactly one"),
    ((*REACH, *KGD, "--preset", "long"), "shorter, intermediate"),
    (("where", "cfe", "--on", "1997-05-15"), "either --at"),
    (("where", "cfe", "--on", "1997-05-15", "--at", "here"), "not a point"),
    (("where", "cfe", "--on", "1997-05-15", "--at", "1,2,3"), "not a point"),
    (("where", "cfe", "--on", "1997-05-15", "--at", "nan,5"), "not a point"),
    (("where", "cfe", "--on", "1997-05-15", "--at", "500,5"), "globe"),
    (("where", "cfe", "--on", "1997-05-15", "--region", "RUS-KGX"), "did you mean"),
    (("where", "cfe", "--on", "1985-01-01", "--at", "20,50"), "before the record"),
    (("zones", "open-skies", "--on", "2005-01-01"), "no zones"),
    (("zones", "cfe", "--on", "1985-01-01"), "before the record"),
]


@pytest.mark.parametrize(("args", "words"), BAD, ids=[" ".join(b[0]) for b in BAD])
def test_unusable_input_is_one_line(args, words):
    done = run(*args)
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


BAD_MAPS = [
    (("--on", "1997-05-15"), "x.bmp", "not a format"),
    (("--on", "1997-05-15"), "x", "not a format"),
    (("--on", "1997-05-15"), "no/such/x.png", "no such folder"),
    (("--on", "1985-01-01"), "x.png", "before the record"),
    (("--on", "1997-13-15"), "x.png", "YYYY-MM-DD"),
    (("--on", "1997-05-15", "--show", "moods"), "x.png", "zones, standing"),
    (("--on", "1997-05-15", "--show", "obligations"), "x.png", "--toward STATE"),
    (("--on", "1997-05-15", "--show", "obligations", "--toward", "SWE"), "x.png", "not a party"),
    (("--on", "1997-05-15", "--show", "obligations", "--toward", "Ruritania"), "x.png", "Ruritania"),
    (("--on", "1997-05-15", "--show", "obligations", "--toward", "RUS", "--kind", "tea"), "x.png", "tea"),
    (("--on", "1997-05-15", "--show", "standing", "--reading", "nobody"), "x.png", "reading"),
    (("--on", "1997-05-15", "--show", "verdict"), "x.png", "--limit"),
    (("--on", "1997-05-15", "--show", "verdict", "--limit", "CFE XCIX"), "x.png", "XCIX"),
    (("--on", "1997-05-15", "--show", "headroom", "--limit", "CFE VII.1"), "x.png", "--category"),
    (("--on", "1997-05-15", "--scale", "99"), "x.png", "scale"),
    (("--on", "1997-05-15", "--scale", "nan"), "x.png", "scale"),
    (("--on", "1997-05-15", "--scale", "big"), "x.png", "scale"),
]


@pytest.mark.parametrize(("args", "name", "words"), BAD_MAPS, ids=[f"{' '.join(b[0])} {b[1]}" for b in BAD_MAPS])
def test_a_map_that_cannot_be_leaves_no_file(tmp_path, args, name, words):
    done = run("map", "cfe", *args, "-o", str(tmp_path / name))
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_file(tmp_path):
    folder = tmp_path / "maps.png"
    folder.mkdir()
    for args in (MAP, ("reach", "--range-km", "500", "--of", "DEU", *KGD)):
        done = run(*args, "-o", str(folder))
        assert done.returncode == 2
        assert "is a folder" in done.stderr
        assert done.stdout == ""
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_not_writable(tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    done = run(*MAP, "-o", str(folder / "x.png"))
    assert done.returncode == 2
    assert "writable" in done.stderr
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no such file system")
def test_a_place_that_takes_no_files():
    done = run(*MAP, "-o", "/proc/zones.png")  # not even the superuser writes there
    assert done.returncode == 2
    assert "writable" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_failed_map_leaves_the_old_one_alone(tmp_path):
    path = tmp_path / "x.png"
    path.write_bytes(b"old")
    assert run("map", "cfe", "--on", "1985-01-01", "-o", str(path)).returncode == 2
    assert path.read_bytes() == b"old"
