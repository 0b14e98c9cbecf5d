"""Input that cannot be used: one clear line, and no answer."""

from __future__ import annotations

import pytest

from servanda.corpus import Corpus
from servanda.model.errors import DataError, InputError
from servanda.questions.inspect_design import inspect_design
from servanda.questions.inspect_plan import inspect_plan
from servanda.questions.inspect_quotas import inspect_quotas
from servanda.questions.inspect_simulate import inspect_simulate
from servanda.verification.files import read_objects, targets_of

CORPUS = Corpus.default()
SITES = [{"site": f"POL {i}", "owner": "POL", "territory": "POL"} for i in range(20)]


def plan(rows=SITES, on="2000-06-01", **more):
    return inspect_plan(CORPUS, "cfe", on=on, targets=targets_of(rows), **more)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: inspect_design(objects=100, wrong=1, wanted=0.5, percents=[120]), "outside 0 to 100 per cent"),
        (lambda: inspect_design(objects=0, wrong=1, wanted=0.5), "among 0 objects"),
        (lambda: inspect_design(objects=10, wrong=11, wanted=0.5), "11 violations among 10"),
        (lambda: inspect_design(objects=10, wrong=1, wanted=1.5), "probability"),
        (lambda: plan([]), "holds no rows"),
        (lambda: plan(on="1992-07-16"), "before the first day of inspections"),
        (lambda: plan(on="2000-02-30"), "not a date"),
        (lambda: plan([{"site": "Fort Hood", "owner": "USA", "territory": "USA"}]), "outside the area on 2000-06-01"),
        (lambda: plan([*SITES, {"site": "x", "owner": "SWE", "territory": "POL"}]), "SWE has objects but"),
        (lambda: plan([{**SITES[0], "travel": "-1"}]), "-1 is out of range"),
        (lambda: plan([{**SITES[0], "detect": "1.5"}]), "1.5 is out of range"),
        (lambda: plan([SITES[0], SITES[0]]), "is duplicated"),
        (lambda: plan(by="POL"), "no object of another state"),
        (lambda: plan(most=-1), "-1 inspections"),
        (lambda: plan(wrong=0), "a violation at 0 objects"),
        (lambda: plan(aim="fame"), "aim 'fame' is not known"),
        (lambda: plan(include=["Paris 1"]), "'Paris 1' is not in the list"),
        # 20 objects give a quota of three, and half of it to one state is one: the clauses in conflict are named
        (lambda: plan(include=["POL 1", "POL 2", "POL 3", "POL 4"]), r"4 of POL, at most 3 \(CFE INSP II.10\(D\)"),
        (lambda: plan(by="DEU", include=["POL 1", "POL 2"]), r"2 of POL, at most 1 .*CFE INSP II.23"),
        (lambda: inspect_quotas(CORPUS, "vclt-1969", on="2000-01-01"), "no inspection regime"),
        (lambda: inspect_simulate(CORPUS, "cfe", on="2000-06-01", targets=targets_of(SITES), seasons=0), "0 seasons"),
        (
            lambda: inspect_simulate(CORPUS, "cfe", on="2000-06-01", targets=targets_of(SITES), alarm=2.0),
            "probability",
        ),
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
