"""What is kept between two days of change is what would be found anew on each of them."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.standing.readings import DEPOSITARY, LAW, SELF
from servanda.standing.status import Ledger, _standing, ledger


def days_of(book: Ledger, party: str, chance: random.Random) -> list[date]:
    """Days of change, the days before and after, and some between."""
    turns = [d for r in (DEPOSITARY, LAW) for d in book.turns(party, r) if d > date.min + timedelta(2)]
    near = {d + timedelta(n) for d in turns for n in (-1, 0, 1) if d < date(2100, 1, 1)}
    some = chance.sample(sorted(near), min(18, len(near)))
    return [*some, *(date(1990, 1, 1) + timedelta(chance.randrange(13_000)) for _ in range(4))]


@pytest.mark.parametrize("instrument", ["cfe", "abm", "open-skies", "inf"])
@pytest.mark.parametrize("known", [None, date(2007, 9, 1)])
def test_a_kept_standing_is_the_one_of_the_day(instrument, known):
    chance = random.Random(f"{instrument} {known}")
    corpus = Corpus().as_known(known)
    book = ledger(corpus, instrument)
    parties = chance.sample(book.participants, 2)
    for party in parties:
        days = days_of(book, party, chance)
        for reading in (DEPOSITARY, SELF, LAW, "RUS"):
            chance.shuffle(days)  # so that another day of the same time is asked first
            for on in days:
                assert book.outcome(party, on, reading) == book._outcome(party, on, reading), (party, on, reading)
                assert book.standing(party, on, reading) == _standing(book, party, on, reading), (party, on, reading)


def test_a_day_of_change_is_told_from_the_day_before():
    book = ledger(Corpus.default(), "cfe")
    before, after = (book.standing("RUS", on, "RUS").standing for on in (date(2007, 12, 11), date(2007, 12, 12)))
    assert before is not after


def test_the_data_of_an_answer_are_made_when_they_are_asked_for():
    from servanda.questions import load

    answer = load("cfe").standing("RUS", on="2015-06-01")
    assert "data" not in vars(answer)
    assert answer.data["parties"][0]["party"] == "RUS"
    assert answer.data is answer.data
    plain = Answer(kind="x", value=1, node=Node(statement=Statement("x")), data={"a": 1})
    assert plain.data == {"a": 1}
    with pytest.raises(AttributeError):
        plain.other  # noqa: B018
