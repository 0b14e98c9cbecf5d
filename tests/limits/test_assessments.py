"""What others found stands beside verdicts and never enters one."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from servanda.corpus import Corpus
from servanda.corpus.store import DATA
from servanda.limits import assess
from servanda.limits.assessments import Findings
from servanda.model.errors import DataError
from servanda.model.question import Question
from servanda.questions.assess import pick, verdict_data

CORPUS = Corpus(DATA)


def ask(on: str, limit: str, scope: str, corpus: Corpus = CORPUS):
    return pick(assess(corpus, Question(instrument="cfe", on=date.fromisoformat(on), limits=(limit,))), limit, scope)


def beside(v):
    return {b.assessment.id: b for b in v.assessments}


def test_the_agency_of_1995_is_shown_and_decides_nothing():
    v = ask("1995-11-17", "CFE IV.1(A)", "east")
    assert v.verdict == "undetermined"
    assert beside(v)["osia-1995"].exact
    assert "osia-1995" not in beside(ask("1995-11-17", "CFE IV.2(A)", "east"))
    assert "osia-1995" not in beside(ask("1995-11-18", "CFE IV.1(A)", "east"))


def test_it_is_no_finding_on_a_part_of_the_category_nor_on_active_units():
    every = assess(CORPUS, Question(instrument="cfe", on=date(1995, 11, 17)))
    assert not beside(pick(every, "CFE IV.1(A)", "east", "active"))["osia-1995"].exact
    assert not beside(pick(every, "CFE IV.1(B)#hacv", "east")).get("osia-1995")


def test_a_verdict_is_the_same_without_any_assessment():
    bare = CORPUS.replace([dataclasses.replace(CORPUS.dossier("cfe"), assessments=())])
    for on in ("1995-11-17", "2007-04-30", "2011-06-01", "2019-06-01"):
        question = Question(instrument="cfe", on=date.fromisoformat(on))
        with_them = [(v.id, v.scope, v.low, v.high, v.verdict) for v in assess(CORPUS, question)]
        assert with_them == [(v.id, v.scope, v.low, v.high, v.verdict) for v in assess(bare, question)]


def test_contradictions_name_each_other():
    here = beside(ask("2007-04-30", "CFE VII.1#battle_tank", "AZE"))
    assert here["khramchikhin-2007"].against == ("narodnaya-gazeta-2010",)
    there = beside(ask("2010-10-28", "CFE VII.1#artillery", "AZE"))
    assert there["narodnaya-gazeta-2010"].against == ("khramchikhin-2007",)
    # of another state the two say nothing opposite
    assert beside(ask("2007-04-30", "CFE VII.1#battle_tank", "ARM"))["khramchikhin-2007"].against == ()


def test_a_finding_that_the_figures_deny_says_so():
    own = CORPUS.dossier("cfe")
    (said,) = [a for a in own.assessments if a.id == "osia-1995"]
    lie = dataclasses.replace(said, id="lie", since=date(2008, 1, 1), until=None, result="exceeded")
    corpus = CORPUS.replace([dataclasses.replace(own, assessments=(lie,))])
    west, east = ask("2008-01-01", "CFE IV.1(A)", "west", corpus), ask("2008-01-01", "CFE IV.1(A)", "east", corpus)
    assert (west.verdict, beside(west)["lie"].against_record) == ("within", True)
    assert (east.verdict, beside(east)["lie"].against_record) == ("undetermined", False)


def test_a_state_not_certified_is_not_said_to_be_above_a_limit():
    for b in ask("2012-06-01", "CFE VII.1#battle_tank", "RUS").assessments:
        assert (b.assessment.result, b.exact) == ("not_certified", False)
    data = verdict_data(ask("2012-06-01", "CFE VII.1#battle_tank", "FRA"))["assessments"]
    assert [(a["id"], a["result"], a["period"]) for a in data] == [
        ("usa-2012-certified", "certified", ["2012-01-01", "2013-01-01"])
    ]


def test_all_together_above_is_no_finding_on_one_category():
    found = beside(ask("2019-06-01", "CFE VII.1#artillery", "AZE"))
    assert set(found) == {"usa-2019-aze"}
    assert not found["usa-2019-aze"].exact


def test_findings_of_the_day():
    found = Findings([CORPUS.dossier("cfe")], date(2019, 3, 1), ("ARM",)).of_the_day
    assert {a.id for a in found} == {"usa-2019-aze", "usa-2019-arm", "usa-2019-rus"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("of: [west, east]", "of: [west, esat]", "unknown party 'esat'"),
        ("limits: [CFE IV.1]", "limits: [CFE IV.11]", "unknown limit 'CFE IV.11'"),
        (
            "contradicts: [narodnaya-gazeta-2010]",
            "contradicts: [narodnaya-2010]",
            "unknown assessment 'narodnaya-2010'",
        ),
        ("result: not_certified", "result: kept", "does not go with no limits"),
        ("result: not_certified", "result: breached", "not one of the words"),
        ("until: 2000-10-01", "until: 2000-08-01", "ends on 2000-08-01"),
        ("categories: [aifv]", "categories: [aifvs]", "unknown category 'aifvs'"),
    ],
)
def test_faults_are_told(data, old, new, message):
    path = data / "cfe" / "assessments.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        Corpus(data).dossier("cfe")
    assert any(message in str(f) for f in error.value.faults)
