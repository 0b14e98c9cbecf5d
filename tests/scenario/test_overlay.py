"""Scenarios leave the corpus untouched, compose, and are refused where they contradict each other."""

from __future__ import annotations

from datetime import date

import pytest

from servanda.corpus import Corpus
from servanda.corpus.store import DATA
from servanda.limits import assess
from servanda.model.errors import DataError, InputError, UnknownName
from servanda.model.question import Question
from servanda.questions.whatif import whatif
from servanda.scenario import apply, compose, load_scenario, shipped
from servanda.standing import obligations, parties, standing_of

CORPUS = Corpus(DATA)


def write(tmp_path, name, changes):
    path = tmp_path / f"{name}.yaml"
    path.write_text(f"id: {name}\ntitle: {name}\ngist: A trial.\nchanges:\n{changes}", encoding="utf-8")
    return load_scenario(path)


def test_five_worked_scenarios_are_shipped_and_apply():
    assert len(shipped()) == 5
    for name in shipped():
        scenario = load_scenario(name)
        assert apply(CORPUS, [scenario]).ids() == CORPUS.ids()


def test_the_record_stays_as_it_was():
    before = {i: CORPUS.dossier(i) for i in CORPUS.ids()}
    other = apply(CORPUS, [load_scenario(n) for n in shipped()])
    assert other is not CORPUS
    for i, dossier in before.items():
        assert CORPUS.dossier(i) is dossier
    assert not parties(CORPUS, "acfe", on=date(2001, 1, 1))
    assert len(parties(other, "acfe", on=date(2001, 1, 1))) == 30


def test_the_adaptation_in_force_judges_by_its_own_rule():
    other = apply(CORPUS, [load_scenario("adaptation-in-force-2000")])
    assert standing_of(other, "acfe", "DEU", on=date(2000, 1, 19)).standing == "contracting"
    assert standing_of(other, "acfe", "DEU", on=date(2000, 1, 20)).standing == "in_force"
    verdicts = assess(other, Question(instrument="acfe", on=date(2001, 1, 1), limits=("ACFE IV#DEU/battle_tank",)))
    assert verdicts[0].applies_from == date(2000, 1, 20)
    assert verdicts[0].verdict != "not_applicable"


def test_accession_adds_rows_and_columns():
    other = apply(CORPUS, [load_scenario("finland-sweden-accede")])
    found = obligations(other, "cfe", on=date(2024, 6, 1), kind="exchange", reading="depositary")
    assert {"FIN", "SWE"} <= set(found.parties)
    assert found.row("FIN")["SWE"] is True
    verdict = next(
        v
        for v in assess(other, Question(instrument="cfe", on=date(2024, 6, 1)))
        if v.id == "CFE IV.1(A)" and v.scope == "west"
    )
    assert {"FIN", "SWE"} <= set(verdict.members)


def test_an_accepted_suspension_counts_in_every_reading():
    other = apply(CORPUS, [load_scenario("suspension-accepted")])
    for reading in ("depositary", "self", "USA", "law"):
        found = standing_of(other, "cfe", "RUS", on=date(2010, 1, 1), reading=reading)
        assert (found.standing, found.contested) == ("suspended", False)


def test_the_draft_of_2009_signed_enters_into_force_with_the_twenty_fifth_deposit():
    other = apply(CORPUS, [load_scenario("est-signed-2010")])
    assert standing_of(other, "est-2009", "FRA", on=date(2010, 6, 19)).standing == "contracting"
    assert standing_of(other, "est-2009", "FRA", on=date(2010, 6, 20)).standing == "in_force"
    assert standing_of(other, "est-2009", "FIN", on=date(2010, 7, 1)).standing == "proposed"


def test_what_differs_is_told_with_the_place_of_the_change():
    answer = whatif(CORPUS, [load_scenario("suspension-accepted")], on="2010-01-01")
    assert answer.data["differences"][0]["standings"] == [
        {"party": "RUS", "reading": "depositary", "record": "in_force", "scenario": "suspended"}
    ]
    assert "suspension-accepted.yaml:" in answer.explain()
    quiet = whatif(CORPUS, [load_scenario("suspension-accepted")], on="2000-01-01")
    assert "nothing differs" in quiet.explain()


REMOVE = "- remove: acts\n  from: cfe\n  id: rus-suspends-2007\n"
CHANGE = "- change: acts\n  in: cfe\n  id: rus-suspends-2007\n  set: {{{0}}}\n"


def test_scenarios_compose(tmp_path):
    one = write(tmp_path, "one", REMOVE)
    other = apply(CORPUS, [one, load_scenario("finland-sweden-accede")])
    assert standing_of(other, "cfe", "RUS", on=date(2010, 1, 1), reading="self").standing == "in_force"
    assert "FIN" in parties(other, "cfe", on=date(2024, 1, 1))
    assert apply(CORPUS, [one, one]).dossier("cfe") == apply(CORPUS, [one]).dossier("cfe")


def test_the_order_of_independent_scenarios_does_not_matter(tmp_path):
    one, two = write(tmp_path, "one", REMOVE), load_scenario("finland-sweden-accede")
    first, second = apply(CORPUS, [one, two]), apply(CORPUS, [two, one])
    assert set(first.dossier("cfe").acts) == set(second.dossier("cfe").acts)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (REMOVE, CHANGE.format("contested_by: []")),
        (CHANGE.format("contested_by: [USA]"), CHANGE.format("contested_by: []")),
        (CHANGE.format("basis: treaty"), REMOVE),
    ],
)
def test_a_contradiction_is_refused_with_both_places(tmp_path, one, two):
    first, second = write(tmp_path, "first", one), write(tmp_path, "second", two)
    with pytest.raises(InputError) as caught:
        compose([first, second])
    assert "first.yaml:5" in str(caught.value)
    assert "second.yaml:5" in str(caught.value)


def test_two_changes_of_different_fields_agree(tmp_path):
    first = write(tmp_path, "first", CHANGE.format("basis: agreement"))
    second = write(tmp_path, "second", CHANGE.format("contested_by: []"))
    act = next(a for a in apply(CORPUS, [first, second]).dossier("cfe").acts if a.id == "rus-suspends-2007")
    assert (act.basis, act.contested_by) == ("agreement", ())


BAD = [
    ("- remove: acts\n  from: cfe\n  id: rus-suspend-2007\n", "did you mean rus-suspends-2007"),
    ("- remove: acts\n  from: cef\n  id: x\n", "no instrument called 'cef'"),
    ("- remove: facts\n  from: cfe\n  id: x\n", "is not a table"),
    (
        "- add: acts\n  to: cfe\n  value: {id: new, date: 2007-13-01, act: sign, actors: [FIN], gist: g, source: [NL-BWB]}\n",
        "calendar",
    ),
    (
        "- add: acts\n  to: cfe\n  value: {id: new, date: 2007-12-01, act: sign, actors: [FNI], gist: g, source: [NL-BWB]}\n",
        "unknown party",
    ),
    (
        "- add: acts\n  to: cfe\n  value: {id: rus-suspends-2007, date: 2007-12-01, act: sign, actors: [FIN], gist: g, source: [NL-BWB]}\n",
        "already",
    ),
    (
        "- change: acts\n  in: cfe\n  id: rus-suspends-2007\n  set: {contested_bye: [USA]}\n",
        "did you mean contested_by",
    ),
    ("- {join: NATO, actr: FIN}\n", "did you mean actor"),
    ("- {remov: acts, from: cfe, id: x}\n", "did you mean remove"),
    ("- change: acts\n  in: cfe\n  id: rus-suspends-2007\n  set: {basis: agrement}\n", "did you mean agreement"),
    ("- {join: NATA, actor: FIN}\n", "unknown actor"),
    ("- {join: north, in: cfe, actor: FIN}\n", "no group"),
    ("- {join: NATO, actor: FIN, since: never}\n", "YYYY-MM-DD"),
    ("- {wish: peace}\n", "does not say what it changes"),
]


@pytest.mark.parametrize(("changes", "words"), BAD, ids=[w for _, w in BAD])
def test_what_does_not_fit_is_refused_with_its_line(tmp_path, changes, words):
    with pytest.raises(DataError) as caught:
        apply(CORPUS, [write(tmp_path, "trial", changes)])
    assert words in str(caught.value)
    assert all(f.file == "trial.yaml" and f.line and f.remedy for f in caught.value.faults)


def test_all_faults_of_a_scenario_come_at_once(tmp_path):
    with pytest.raises(DataError) as caught:
        apply(CORPUS, [write(tmp_path, "trial", BAD[0][0] + BAD[5][0] + BAD[6][0])])
    assert len(caught.value.faults) == 3


def test_a_file_that_is_no_scenario(tmp_path):
    with pytest.raises(UnknownName, match="did you mean"):
        load_scenario("adaptation-in-force")
    path = tmp_path / "x.yaml"
    path.write_text("- a: 1\n", encoding="utf-8")
    with pytest.raises(DataError, match="is not a scenario"):
        load_scenario(path)


def test_what_a_scenario_makes_up_names_the_scenario_as_its_source(tmp_path):
    path = tmp_path / "mine.yaml"
    body = "{id: OWN 1, cite: OWN 1, gist: Few., scope: group, category: battle_tank, zone: attu, "
    body += "at_most: {any: 9}, applies: {since: 1995-11-17}, source: [mine]}"
    path.write_text(
        f"id: mine\ntitle: My limit\ngist: Few tanks.\nchanges:\n- add: limits\n  to: cfe\n  value: {body}\n",
        encoding="utf-8",
    )
    other = apply(CORPUS, [load_scenario(path)])
    assert other.dossier("cfe").source("mine").title == "scenario: My limit"
    assert CORPUS.dossier("cfe").source("mine") is None
    path.write_text(path.read_text(encoding="utf-8").replace("[mine]", "[elsewhere]"), encoding="utf-8")
    with pytest.raises(DataError, match="unknown source 'elsewhere'"):
        apply(CORPUS, [load_scenario(path)])
