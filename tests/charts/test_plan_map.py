"""A plan on a map: what is drawn where, and in which words."""

from __future__ import annotations

import json

import pytest

from command import servanda
from servanda.charts.plan_map import ENTRY, MAY, NEVER, VISITED, plan_map
from servanda.corpus import Corpus
from servanda.model.errors import InputError
from servanda.questions.inspect_plan import inspect_plan
from servanda.verification.files import targets_of

CORPUS = Corpus.default()
ROWS = [
    {"site": f"POL {i}", "owner": "POL", "territory": "POL", "latitude": 50.5 + 0.3 * (i % 5), "longitude": 16 + 0.4 * i,
     "points": ["Warsaw" if i % 2 else "Gdansk"], "points_at": ["52.17 20.97" if i % 2 else "54.38 18.47"]}
    for i in range(20)
]  # fmt: skip


def picture(rows=ROWS, **more):
    return plan_map(inspect_plan(CORPUS, "cfe", on="2000-06-01", targets=targets_of(rows), **more))


def test_objects_are_told_apart_and_trips_begin_and_end_where_the_team_arrives():
    found = picture()
    kinds = {m["name"]: m["kind"] for m in found.marks}
    assert sorted(kinds.values()).count(VISITED) == 3 and kinds["Warsaw"] == kinds["Gdansk"] == ENTRY
    assert set(kinds.values()) == {VISITED, MAY, ENTRY}
    for trip in {line["trip"] for line in found.lines}:
        line = sorted((s for s in found.lines if s["trip"] == trip), key=lambda s: s["step"])
        assert (
            (line[0]["lat"], line[0]["lon"]) == (line[-1]["lat"], line[-1]["lon"]) in [(52.17, 20.97), (54.38, 18.47)]
        )
    assert "CFE INSP II.10(D)" in found.foot[1] and "Natural Earth" in found.foot[2]
    assert found.tinted == {"POL"}


def test_what_is_never_visited_and_what_cannot_be_drawn_is_told():
    certain = picture(aim="expected")
    assert sum(m["kind"] == NEVER for m in certain.marks) == 17
    bare = [{k: v for k, v in r.items() if k not in ("latitude", "points_at") or i > 4} for i, r in enumerate(ROWS)]
    assert "5 of 20 objects have no coordinates" in " ".join(picture(bare).subtitle)
    unplaced = [{k: v for k, v in r.items() if k != "points_at"} for r in ROWS]
    assert "points of entry lie is not given" in " ".join(picture(unplaced).subtitle)
    with pytest.raises(InputError, match="no object has coordinates"):
        picture([{k: v for k, v in r.items() if k != "latitude"} for r in ROWS])


def test_the_command_writes_the_figure_beside_its_answer(tmp_path):
    sites, out = tmp_path / "sites.csv", tmp_path / "plan.json"
    lines = [f"{r['site']},POL,POL,{r['latitude']},{r['longitude']},Warsaw,52.17 20.97" for r in ROWS]
    sites.write_text("site,owner,territory,latitude,longitude,points,points_at\n" + "\n".join(lines) + "\n")
    ask = ("inspect", "plan", "cfe", "--on", "2000-06-01", "--sites", str(sites))
    done = servanda(*ask, "-o", str(out), "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["inspections"] == 3
    assert "Plan of inspections" in out.read_text()
    assert servanda(*ask, "-o", str(tmp_path / "plan.gif")).returncode == 2
    sites.write_text("site,owner,territory,latitude,longitude,points,points_at\nA,POL,POL,52,19,Warsaw,here\n")
    done = servanda(*ask)
    assert done.returncode == 2 and "'here' is not a place" in done.stderr
