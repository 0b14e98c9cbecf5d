"""Counting disputes: a verdict by the count of one reading, every count beside it."""

from __future__ import annotations

from datetime import date

import pytest

from servanda.corpus import Corpus
from servanda.corpus.store import DATA
from servanda.limits import assess
from servanda.model.errors import DataError
from servanda.model.question import Question
from servanda.questions.assess import pick, verdict_data

CORPUS = Corpus(DATA)


def ask(on, scope="USA", reading="depositary", posture="any"):
    found = assess(CORPUS, Question(instrument="new-start", on=date.fromisoformat(on), reading=reading))
    return pick(found, "NST II.1(c)", scope, posture)


@pytest.mark.parametrize(
    ("reading", "low", "verdict"),
    [("depositary", 800, "within"), ("USA", 800, "within"), ("self", 800, "within"), ("RUS", 901, "exceeded")],
)
def test_the_verdict_is_by_the_count_of_the_reading_and_contested_either_way(reading, low, verdict):
    v = ask("2022-03-01", reading=reading)
    assert (v.low, v.high, v.verdict) == (low, low, verdict)
    data = verdict_data(v)
    assert data["contested"]
    assert [(c["by"], c["low"], c["verdict"]) for c in data["counts"]] == [
        (["declared"], 800, "within"),
        (["RUS"], 901, "exceeded"),
    ]


def test_what_nobody_counts_otherwise_is_not_contested():
    deployed = ask("2022-03-01", posture="deployed", reading="RUS")
    for v in (ask("2022-03-01", "RUS", "RUS"), deployed, ask("2020-03-01", reading="RUS")):
        assert v.counts == ()
        assert v.verdict == "within"


def test_the_parts_of_a_dispute_add_up(data):
    path = data / "new-start" / "counting.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("adds: 101", "adds: 102"), encoding="utf-8")
    with pytest.raises(DataError, match="parts add up to 101, not to 102"):
        Corpus(data).dossier("new-start")
