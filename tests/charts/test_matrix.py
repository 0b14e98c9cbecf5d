"""The obligations matrix as chart and CSV."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import servanda as sv
from servanda.charts.files import rendered
from servanda.charts.matrix import as_csv, matrix
from servanda.model.errors import InputError
from tests.charts.specs import tables

ANSWER = sv.load("cfe").obligations(on="2011-11-20", kind="exchange", reading="self")


def test_every_cell_is_in_the_chart():
    spec = json.loads(rendered(matrix(ANSWER), Path("x.json")))
    (cells,) = tables(spec)
    assert len(cells) == len(ANSWER.value.parties) ** 2
    assert {"obligor": "RUS", "obligee": "USA", "duty": "not owed"} in cells
    assert [(c["obligor"], c["obligee"]) for c in cells if c["duty"] == "not known"] == [("MDA", "RUS")]
    assert spec["title"]["subtitle"][-1].startswith("Source")


def test_pictures_are_pictures():
    assert rendered(matrix(ANSWER), Path("x.png")).startswith(b"\x89PNG")
    assert rendered(matrix(ANSWER), Path("x.SVG")).lstrip().startswith(b"<svg")


def test_another_format_is_refused():
    with pytest.raises(InputError, match="not a format"):
        rendered(matrix(ANSWER), Path("x.bmp"))


def test_csv_leaves_the_unknown_empty():
    lines = [line.split(",") for line in as_csv(ANSWER.value).splitlines()]
    head = lines[0]
    by = {line[0]: dict(zip(head, line, strict=True)) for line in lines[1:]}
    assert by["RUS"]["USA"] == "0"
    assert by["USA"]["RUS"] == "1"
    assert by["MDA"]["RUS"] == ""
    assert by["FRA"]["FRA"] == ""
