"""Input that cannot be used: one clear line, and no answer. The command line's table is in tests/cli/test_inspection_input.py."""

from __future__ import annotations

import pytest

from servanda.corpus import Corpus
from servanda.model.errors import DataError, InputError
from servanda.questions.inspect_plan import inspect_plan
from servanda.questions.inspect_simulate import inspect_simulate
from servanda.verification.files import read_objects, targets_of

CORPUS = Corpus.default()
SITES = [{"site": f"POL {i}", "owner": "POL", "territory": "POL"} for i in range(20)]


def plan(rows=SITES, on="2000-06-01", **more):
    return inspect_plan(CORPUS, "cfe", on=on, targets=targets_of(rows), **more)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: plan(on="2000-02-30"), "not a date"),
        (lambda: plan([*SITES, {"site": "x", "owner": "SWE", "territory": "POL"}]), "SWE has objects but"),
        (lambda: plan([{**SITES[0], "detect": "1.5"}]), "1.5 is out of range"),
        (lambda: plan(wrong=0), "a violation at 0 objects"),
        (lambda: plan(aim="fame"), "aim 'fame' is not known"),
        (lambda: inspect_simulate(CORPUS, "cfe", on="2000-06-01", targets=targets_of(SITES), seasons=0), "0 seasons"),
    ],
)
def test_it_is_refused_in_one_line(ask, message):
    with pytest.raises((InputError, DataError), match=message):
        ask()


def test_a_site_that_must_be_visited_is_in_every_plan_drawn():
    for aim in ("maximin", "expected"):
        answer = plan(include=["POL 7"], aim=aim)
        assert all("POL 7" in s["sites"] for s in answer.data["lottery"])
        assert answer.data["inspections"] <= 3


def test_a_file_without_rows_is_refused(tmp_path):
    path = tmp_path / "sites.csv"
    path.write_text("site,owner,territory\n")
    with pytest.raises(DataError, match="holds no rows"):
        read_objects(path)
