"""The notebooks run as they are, draw every figure, and type no number that they could ask."""

from __future__ import annotations

import ast
import importlib.util
import re
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from tests.charts.specs import colours, size

import servanda as sv
from servanda.charts.files import rendered

FOLDER = Path(__file__).parents[2] / "examples"
BOOKS = {"story_in_ten_figures": 10, "counting_dispute_2007": 3, "design_your_own_limit": 3}
# what prose may hold: years and days, headings' own numbers, clauses
PLAIN = re.compile(r"^#+ \d+\.|\b(19|20)\d\d\b|\b\d{1,2} (January|August|November|December)\b|\bIV\.\d\b", re.MULTILINE)


@cache
def run(name):
    """What a notebook shows and defines when it is run from its first cell to its last."""
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    book = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(book)
    outputs, defined = book.app.run()
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", o.text)) for o in outputs if hasattr(o, "text"))
    return re.sub(r"\s+", " ", text), defined


def test_every_notebook_is_tested():
    assert {p.stem for p in FOLDER.glob("*.py")} == set(BOOKS)


@pytest.mark.parametrize("name", BOOKS)
def test_every_figure_is_drawn(name):
    _, defined = run(name)
    assert len(defined["figures"]) == BOOKS[name]
    for figure in defined["figures"].values():
        png = rendered(figure, Path("x.png"), scale=1)
        assert min(size(png)) > 100
        assert colours(png) > 50


@pytest.mark.parametrize("name", BOOKS)
def test_no_number_is_typed_into_the_prose(name):
    tree = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    prose = [
        piece.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "md"
        for piece in ast.walk(call.args[0])
        if isinstance(piece, ast.Constant) and isinstance(piece.value, str) and "\n" in piece.value
    ]
    assert prose
    for text in prose:
        bare = PLAIN.sub("", re.sub(r"^ +", "", text, flags=re.MULTILINE))
        assert not re.search(r"\d", bare), bare


def test_the_story_tells_what_the_record_answers():
    told, _ = run("story_in_ten_figures")
    cfe = sv.load("cfe")
    signed = cfe.assess(on="1990-11-19", prospective=True)
    for scope in ("west", "east"):
        assert f"{-signed['CFE IV.1(A)', scope].value.headroom:,}" in told
    owed = next(x for x in cfe.reductions(party="west", category="battle_tank").value).stated.value
    assert f"the reduction of {owed:,} tanks" in told
    stopped = cfe.obligations(on="2012-06-01", kind="exchange", reading="self").value.column("RUS")
    assert f"{sum(v is False for v in stopped.values())} states stopped toward Russia alone" in told


def test_the_dispute_has_four_counts_and_one_in_law():
    told, defined = run("counting_dispute_2007")
    answer = sv.load("cfe").assess(on="2007-11-07", groups="nato", count="levels")
    for limit, name in defined["ceilings"].items():
        v = answer[limit, "nato"].value
        assert f"{name} {v.low - v.bound:,}" in told
    assert {r["way"] for r in defined["rows"] if r["in law"]} == {"the treaty's groups, holdings"}
    assert all(r["recalled"] for r in defined["rows"] if r["way"] == "the alliance, notified levels")
    assert "recalled from memory" in told


def test_a_limit_of_one_s_own_is_undetermined_until_a_record_settles_it():
    told, defined = run("design_your_own_limit")
    before = {s: v.verdict.value for s, v in defined["groups"].items()}
    after = {v.scope: v.verdict.value for v in defined["settled"].value}
    assert before == {"west": "undetermined", "east": "undetermined"}
    assert after == {"west": "within", "east": "exceeded"}
    assert defined["groups"]["west"].would_settle in told
    assert {v.verdict.value for v in defined["states"]} == {"within", "undetermined"}
    spec = rendered(defined["figures"]["settled"], Path("x.json")).decode()
    assert "SYNTHETIC" in spec
    assert "scenario: A record that settles it" in spec
