"""Generated declarations: sums exact, every rule kept, marked everywhere, the same for the same seed."""

from __future__ import annotations

from collections import Counter

import pytest

from servanda.corpus import Corpus
from servanda.exchange.declaration import MARK
from servanda.model.errors import InputError
from servanda.questions.exchange import leaves
from servanda.questions.synthesize import synthesize
from tests.exchange.samples import all_of_1995, answer_of_1995, form, report_on


def totals(party=None):
    found = Counter()
    for value in all_of_1995():
        if party is None or value.party == party:
            for sheet in form().roles.holdings:
                for row in value.rows(sheet):
                    if "type" in row:
                        found[row["category"]] += row["number"]
    return found


def test_thirty_states_are_valid():
    assert len(all_of_1995()) == 30
    for value in all_of_1995():
        report = report_on(value)
        assert report.findings == [], (value.party, report.findings[:3])


def test_units_add_up_to_every_figure_of_the_record():
    corpus = Corpus.default()
    records = [
        r for r in corpus.dossier("cfe").records if r.snapshot == "forty-months-1995" and r.provenance == "published"
    ]
    assert len(records) > 60
    for record in records:
        sums = totals(None if record.holder == "parties" else record.holder)
        assert sum(sums[c] for c in leaves(corpus, "cfe", record.category)) == record.value, record.id


def test_the_same_seed_makes_the_same_and_another_another():
    answers = [synthesize(Corpus.default(), "cfe", on="2000-01-01", objects=60, seed=s) for s in (3, 3, 4)]
    one, two, three = (a.value for a in answers)
    assert one == two and one != three
    assert one[0].document == "annual"
    assert str(answers[0].node.statement).startswith("SYNTHETIC") and answers[0].data["synthetic"] is True


def test_every_row_and_the_first_line_are_marked():
    for value in all_of_1995():
        assert value.synthetic and value.title.startswith("SYNTHETIC")
        assert all(row[MARK] == MARK for rows in value.tables.values() for row in rows)
    answer = answer_of_1995()
    assert str(answer.node.statement).startswith("SYNTHETIC") and answer.data["synthetic"] is True


def test_it_says_what_it_chose():
    answer = answer_of_1995()
    assert any("RUS" in c and "notified level" in c for c in answer.data["choices"])
    assert any("USA" in c and "without ground" in c for c in answer.data["choices"])


def test_a_scale_multiplies_and_says_so():
    answer = synthesize(Corpus.default(), "cfe", on="1995-11-17", objects=1_667, scale=3)
    value = answer.value
    whole = sum(
        r["number"] for d in value for r in d.rows("IIA") if r["area"] == "IV.1" and r["category"] == "battle_tank"
    )
    assert whole == 3 * 33217
    assert any("3 times" in r for r in value[0].remarks)
    assert 4500 < sum(answer.data["objects"].values()) < 5500


@pytest.mark.parametrize("question", [{"on": "1985-01-01"}, {"on": "1995-11-17", "scale": 0}])
def test_what_cannot_be_made_is_refused(question):
    with pytest.raises(InputError):
        synthesize(Corpus.default(), "cfe", **question)
