"""The shapes other programs rely on, and the tree every door renders."""

from __future__ import annotations

import json
from datetime import date

import pytest
from rich.console import Console

import servanda as sv
from servanda.model.answer import Answer
from servanda.render import to_json
from servanda.render.console import show
from servanda.render.strokes import bar

CFE = sv.load("cfe")

ANSWERS = {
    "brief": lambda: CFE.brief(on="2007-12-12"),
    "standing": lambda: CFE.standing(on="2015-06-01"),
    "standing of one": lambda: CFE.standing("Russia", on="2015-06-01"),
    "obligations": lambda: CFE.obligations(on="2012-06-01", kind="exchange", reading="self"),
    "assess": lambda: CFE.assess(on="1995-11-17"),
    "period": lambda: CFE.changes(since="1995-11-01", until="1995-12-01"),
    "explain": lambda: CFE.explain("CFE IV.1(A)", on="1995-11-17", scope="east"),
    "provisions": lambda: CFE.provisions("IV.1"),
    "classify": lambda: CFE.classify("T-72"),
    "timeline": lambda: CFE.timeline(party="RUS"),
    "deadlines": lambda: CFE.deadlines("withdrawal", start="2023-06-09"),
}

SHAPES = {
    "standing": {"instrument", "on", "reading", "parties"},
    "obligations": {"instrument", "on", "kind", "reading", "parties", "owes", "uncertain"},
    "assess": {"instrument", "on", "groups", "count", "verdicts"},
    "deadlines": {"instrument", "procedure", "trigger", "steps"},
    "classify": {"query", "matches"},
}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_is_a_tree_and_a_document(name):
    answer = ANSWERS[name]()
    assert isinstance(answer, Answer)
    assert str(answer.node.statement)
    for node in answer.node.walk():
        text = str(node.statement)
        assert "{" not in text
        assert "None" not in text, text
    assert json.loads(to_json(answer)) == json.loads(json.dumps(answer.data, default=str))
    assert answer.explain()


@pytest.mark.parametrize("name", SHAPES)
def test_the_contract_of_the_documents(name):
    assert SHAPES[name] <= set(ANSWERS[name]().data)


def test_the_contract_of_a_verdict():
    fields = set(ANSWERS["assess"]().data["verdicts"][0])
    wanted = "id cite scope category zone posture bound low high verdict headroom headroom_range applies_from snapshot"
    wanted += " age_days stale in_law deferred records would_settle sources"
    assert set(wanted.split()) <= fields


def test_the_contract_of_a_standing():
    party = ANSWERS["standing of one"]().data["parties"][0]
    assert {"party", "standing", "since", "contested", "because", "readings"} <= set(party)
    assert {"act", "date", "cite", "source"} <= set(party["because"][0])
    assert {"reading": "self", "standing": "suspended"} in party["readings"]


@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_fits_the_terminal(name, width):
    console = Console(width=width, record=True, force_terminal=False, no_color=True)
    with console.capture() as captured:
        show(ANSWERS[name](), console)
    lines = captured.get().splitlines()
    assert lines
    assert max(map(len, lines)) <= width


def test_figures_are_never_cut():
    console = Console(width=60, force_terminal=False, no_color=True)
    with console.capture() as captured:
        show(CFE.assess(on="1995-11-17", limits=["CFE IV.1(A)"]), console)
    assert "10,082-33,217" in captured.get()
    assert "…" not in captured.get()


@pytest.mark.parametrize(
    ("low", "high", "bound"),
    [(0, 0, 10), (3, 7, 10), (12, 15, 10), (3, None, 10), (None, None, 10), (0, 0, 0), (5, 5, 0)],
)
def test_a_bar_has_its_width(low, high, bound):
    assert len(bar(low, high, bound, 16).plain) in (16, 17, 18)


def test_a_bar_shows_at_least_and_at_most():
    assert bar(10, 10, 20, 10).plain.count("█") == 5
    assert "░" in bar(5, 10, 20, 10).plain
    assert bar(None, None, 20, 10).plain == "·" * 10


def test_the_brief_computes_what_it_says():
    text = CFE.brief(on="2007-12-12").explain()
    for words in (
        "in force among 30 states",
        "9 November 1992",
        "25,992 tanks",
        "as no article says",
        "15 December 2007",
    ):
        assert words in text
    early = CFE.brief(on="1992-08-01").explain()
    assert "applied provisionally as a whole by 29 states" in early
    late = CFE.brief(on="2023-12-01").explain()
    assert "Russia: withdrawn since 7 November 2023" in late


def test_answers_are_indexed_by_limit_and_scope():
    one = CFE.assess(on="1990-11-19", prospective=True)["CFE IV.1(A)", "east"]
    assert one.value.headroom == -13191
    assert "exceeded, 13,191 over" in one.explain()


def test_provisions_are_found_under_their_article():
    assert {p.cite for p in CFE.provisions("IV.2").value} >= {"CFE IV.2(A)", "CFE IV.2(B)"}
    assert not any(p.cite.startswith("CFE IV.10") for p in CFE.provisions("IV.1").value)
    with pytest.raises(sv.UnknownName):
        CFE.provisions("XXX")


def test_a_withdrawal_has_its_days():
    steps = {s["step"]: s for s in ANSWERS["deadlines"]().data["steps"]}
    assert steps["convene"]["latest"] == "2023-06-30"
    assert steps["effect"]["earliest"] == "2023-11-07"


def test_days_may_be_dates_or_text():
    assert CFE.standing("RUS", on=date(2015, 6, 1)).data == CFE.standing("RUS", on="2015-06-01").data
    with pytest.raises(sv.DateError):
        CFE.standing("RUS", on="1 June 2015")


def test_the_public_surface():
    assert sv.__all__ == [
        "Answer",
        "Corpus",
        "DataError",
        "DateError",
        "InputError",
        "ServandaError",
        "Treaty",
        "UnknownName",
        "__version__",
        "chart",
        "load",
    ]
    for name in sv.__all__:
        assert getattr(sv, name) is not None
    with pytest.raises(AttributeError):
        _ = sv.nothing


@pytest.mark.parametrize("instrument", sv.Corpus.default().ids())
def test_every_instrument_has_a_brief_and_a_timeline(instrument):
    treaty = sv.load(instrument)
    acts = treaty.dossier.acts
    last = max(d for a in acts if (d := a.date.latest or a.date.earliest))
    answer = treaty.brief(on=min(last, date(2026, 1, 15)))
    assert answer.value.sections
    assert "None" not in answer.explain()
    assert treaty.timeline().value


def test_an_order_a_notice_and_an_end_are_told_apart():
    data = sv.load("ru-no-1995").standing("RUS", on="2026-01-15").data["parties"][0]
    assert data["standing"] == "in_force"
    steps = data["termination"]
    assert (steps["permitted"], steps["ordered"], steps["notified"], steps["ended"]) == ("2025-12-19", None, None, None)
    assert steps["fallback"] is True
    ordered = sv.load("ru-ca-1989").standing("RUS", on="2026-01-15").data["parties"][0]["termination"]
    assert (ordered["permitted"], ordered["ordered"]) == (None, "2025-12-05")


def test_who_rejected_the_draft_and_when():
    data = sv.load("est-2009").standing("FRA", on="2022-01-01").data["parties"][0]
    assert data["standing"] == "proposed"
    assert [(n["kind"], n["by"], n["date"]) for n in data["noted"]] == [
        ("reject", ["USA"], "2010-01-29"),
        ("reject", ["USA"], "2010-02-22"),
    ]


@pytest.mark.parametrize("day", ["1850-01-01", "2300-01-01"])
def test_a_day_outside_the_record_is_refused(day):
    with pytest.raises(sv.InputError, match="record"):
        CFE.standing("RUS", on=day)


def test_a_duty_the_instrument_does_not_lay_down_is_refused():
    with pytest.raises(sv.InputError, match="lays down no duty"):
        sv.load("est-2009").obligations(on="2010-01-01", kind="exchange")


def test_instruments_side_by_side():
    answer = CFE.compare("est-2009", matter="withdrawal", on="2022-01-01")
    assert {m["matter"] for m in answer.data["matters"]} == {"withdrawal"}
    assert answer.data["matters"][0]["one"]
    assert answer.data["matters"][0]["two"]
    with pytest.raises(sv.UnknownName, match="matter"):
        CFE.compare("est-2009", matter="withdrawing-room")
