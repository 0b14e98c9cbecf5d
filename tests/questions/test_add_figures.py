"""Figures to be added are held against the record before anything is written."""

from __future__ import annotations

import pytest

from servanda.corpus import Corpus
from servanda.corpus.holdings import read_holdings
from servanda.corpus.store import DATA
from servanda.questions.add_figures import add_figures

CORPUS = Corpus(DATA)
HEAD = "snapshot,as_of,holder,category,place,value,provenance,source\n"


def ask(tmp_path, *rows):
    path = tmp_path / "more.csv"
    path.write_text(HEAD + "".join(f"forty-months-1995,1995-11-17,{r},published,own\n" for r in rows), encoding="utf-8")
    return add_figures(CORPUS, "cfe", read_holdings(path, CORPUS, "cfe"))


def test_a_total_that_fits_shows_the_verdicts_it_would_change(tmp_path):
    answer = ask(tmp_path, "east,battle_tank,attu,19000")
    assert not answer.breach
    changed = {(c["id"], c["scope"]): c["after"]["verdict"] for c in answer.data["changes"]}
    assert changed["CFE IV.1(A)", "east"] == "within"
    assert changed["CFE IV.1(A)", "west"] == "within"


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (("FRA,battle_tank,attu,1289",), "the record has it already"),
        (("FRA,battle_tank,attu,1300",), "the record has 1,289"),
        (("east,battle_tank,attu,24000",), "outside what the record proves"),
        (("RUS,battle_tank,attu,15000", "UKR,battle_tank,attu,12000"), "cannot all be true"),
    ],
)
def test_what_cannot_stand_beside_the_record_is_refused(tmp_path, rows, what):
    answer = ask(tmp_path, *rows)
    assert answer.breach
    assert any(what in f["what"] for f in answer.data["findings"])
    assert answer.data["changes"] == []


def test_a_figure_above_its_level_is_pointed_out_and_not_refused(tmp_path):
    answer = ask(tmp_path, "AZE,battle_tank,attu,300")
    assert not answer.breach
    assert any("above its notified level of 220" in f["what"] for f in answer.data["findings"])
