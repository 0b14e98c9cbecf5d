"""Every chart shows what its answer says, and nothing it does not say."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import servanda as sv
from servanda.charts import DRAWS, headroom, holdings, matrix, reductions, timeline
from servanda.charts.files import rendered
from servanda.charts.parts import VERDICTS
from servanda.model.answer import Answer, Node, Statement
from servanda.model.vocabulary import VerdictKind
from servanda.standing import Event
from tests.charts.specs import assessments, colours, parts, periods, size, tables, uncertain

CFE = sv.load("cfe")
ANSWERS = {
    "assess_period": CFE.changes(since="1990-11-19", until="2012-01-01", limits=("CFE IV.1(A)",)),
    "obligations": CFE.obligations(on="2011-11-20", kind="exchange", reading="self"),
    "timeline": CFE.timeline(),
    "reductions": CFE.reductions(),
    "assess": CFE.assess(on="1999-06-01"),
}
# width over height, from the panels each is made of
ASPECT = {
    "assess_period": (0.6, 1.1),
    "obligations": (0.8, 1.25),
    "timeline": (0.5, 1.5),
    "reductions": (1.4, 3),
    "assess": (0.7, 1.6),
}


def spec_of(answer, **how):
    return json.loads(rendered(sv.chart(answer, **how), Path("x.json")))


def events_of(spec):
    return next(t for t in tables(spec) if "spot" in t[0])


def numbers(v):
    return (v.id, v.scope, v.posture, v.low, v.high, v.bound, v.verdict.value.replace("_", " "))


def drawn(r):
    return (r["id"], r["scope"], r["posture"], r["low"], r["high"], r["bound"], r["verdict"])


@pytest.mark.parametrize("kind", DRAWS)
def test_a_specification_is_valid_altair(kind):
    sv.chart(ANSWERS[kind]).to_dict(validate=True)


@pytest.mark.parametrize("kind", DRAWS)
def test_a_picture_is_not_empty_and_has_the_shape_expected(kind):
    png = rendered(sv.chart(ANSWERS[kind]), Path("x.png"), scale=1)
    width, height = size(png)
    least, most = ASPECT[kind]
    assert least < width / height < most
    assert colours(png) > 50


@pytest.mark.parametrize("kind", DRAWS)
def test_every_chart_has_title_source_and_subject(kind):
    title = spec_of(ANSWERS[kind])["title"]
    assert "CFE Treaty" in " ".join(title["text"])
    assert any(line.startswith("Source") for line in title["subtitle"])


@pytest.mark.parametrize("kind", DRAWS)
def test_nothing_is_fetched(kind):
    assert not any("url" in p for p in parts(spec_of(ANSWERS[kind])))


# --- holdings ------------------------------------------------------------------------------------------------


def test_every_verdict_of_the_period_is_drawn_once():
    answer = ANSWERS["assess_period"]
    asked = [(on.isoformat(), *numbers(v)) for on, verdicts in answer.value for v in verdicts]
    table = [r for t in tables(spec_of(answer)) for r in t]
    unique = {(r["on"], *drawn(r)) for r in table}
    assert unique == set(asked)
    assert len(asked) == len(holdings.rows(answer)) == len(set(asked))


def test_a_ceiling_is_drawn_from_the_day_it_applies():
    table = holdings.rows(ANSWERS["assess_period"])
    assert {r["ceiling"] for r in table if r["on"] < "1995-11-17"} == {"ceiling, not yet applying"}
    assert {r["ceiling"] for r in table if r["on"] >= "1995-11-17"} == {"ceiling"}


def test_old_figures_are_marked_stale_and_dated():
    table = [r for r in holdings.rows(ANSWERS["assess_period"]) if r["on"] == "2011-01-02"]
    assert table
    assert all(r["age"].startswith("stale") and r["as_of"] == "2010-01-01" for r in table)


@given(periods())
def test_stretches_meet_and_bands_never_turn_over(answer):
    table = holdings.rows(answer)
    for (on, verdicts), nxt in zip(answer.value, [*(d for d, _ in answer.value[1:]), date(2011, 1, 1)], strict=True):
        mine = [r for r in table if r["on"] == on.isoformat()]
        assert [drawn(r) for r in mine] == [numbers(v) for v in verdicts]
        assert {r["until"] for r in mine} == {nxt.isoformat()}
    for r in table:
        assert r["low"] is None or r["high"] is None or r["low"] <= r["high"]
        assert r["gap"] == (r["low"] is None and r["high"] is None)
        assert r["open"] == (r["low"] is not None and r["high"] is None)


@settings(max_examples=10)
@given(periods())
def test_what_is_not_known_reaches_no_axis(answer):
    """A mark on a bound is drawn only where a filter before it asks that the bound be there."""
    spec = spec_of(answer)
    for part in parts(spec):
        y = part.get("encoding", {}).get("y", {})
        field = y.get("field") if isinstance(y, dict) else None
        if field in ("low", "high", "middle"):
            asked = json.dumps(part.get("transform", []))
            assert "isValid(datum." in asked or "datum.open" in asked


def test_scopes_and_postures_can_be_kept():
    table = tables(spec_of(ANSWERS["assess_period"], scopes=["East"], postures=["any"]))
    assert {(r["scope"], r["posture"]) for t in table for r in t} == {("east", "any")}


def test_recalled_figures_are_named_in_the_picture():
    levels = CFE.changes(since="2000-01-01", until="2001-01-01", limits=("CFE IV.1(A)",), count="levels", groups="nato")
    told = spec_of(levels)["title"]["subtitle"]
    assert any(line.startswith("RECALLED") for line in told)
    assert any("no article says so" in line for line in told)


# --- headroom ------------------------------------------------------------------------------------------------


def test_every_ceiling_of_a_group_has_its_bar():
    answer = ANSWERS["assess"]
    asked = {
        numbers(v)
        for v in answer.value
        if v.limit.scope == "group" and v.limit.nature == "legal" and not v.limit.temporary
    }
    table = [r for t in tables(spec_of(answer)) for r in t]
    assert {drawn(r) for r in table} == asked
    assert len(headroom.rows(answer)) == len(asked)


def test_nested_zones_stand_below_each_other():
    east = [r for r in headroom.rows(ANSWERS["assess"]) if (r["category"], r["scope"]) == ("artillery", "east")]
    assert list(dict.fromkeys(r["zone"] for r in east)) == ["attu", "iv.2", "iv.3", "iv.4", "flank"]


@given(assessments())
def test_room_is_the_ceiling_less_the_bounds(answer):
    table = headroom.rows(answer)
    assert sorted(map(str, map(drawn, table))) == sorted(map(str, map(numbers, answer.value)))
    for r in table:
        if r["gap"]:
            assert r["room"] == "no figure"
        elif r["low"] == r["high"]:
            assert f"{abs(r['bound'] - r['low']):,}" in r["room"]
            assert ("over" in r["room"]) == (r["low"] > r["bound"])
        elif r["open"]:
            assert r["low"] > r["bound"] or r["room"].startswith("no upper bound")


def test_words_of_all_verdicts_have_colour_and_shape():
    assert {k.value.replace("_", " ") for k in VerdictKind} == set(VERDICTS)
    assert len({c for c, _ in VERDICTS.values()}) == len({s for _, s in VERDICTS.values()}) == len(VERDICTS)


# --- timeline ------------------------------------------------------------------------------------------------


def test_every_act_is_on_the_line_once_and_contested_ones_are_marked():
    answer = ANSWERS["timeline"]
    table = events_of(spec_of(answer))
    assert [r["n"] for r in table] == list(range(len(answer.value)))
    for e, r in zip(answer.value, table, strict=True):
        assert (r["when"], r["what"]) == (e.when.text, e.what)
        assert (r["mark"] == timeline.CONTESTED) == bool(e.contested_by)
        assert r["effect"] == (e.kind == "effect")
    assert sum(r["contested"] for r in table) == 4


def test_an_open_end_is_drawn_open():
    table = events_of(spec_of(ANSWERS["timeline"]))
    hungary = next(r for r in table if r["when"] == "2023-11-07/..")
    assert hungary["open"]
    assert hungary["last"] is None
    assert hungary["from"] == "2023-11-07" < hungary["to"]


def test_party_and_period_choose():
    table = events_of(spec_of(CFE.timeline(party="RUS"), since="2007-01-01", until="2008-01-01"))
    assert table
    assert all(r["last"] is None or r["last"] >= "2007-01-01" for r in table)
    assert all(r["first"] < "2008-01-01" for r in table)
    assert "2007-12-12" in {r["when"] for r in table}


@pytest.mark.parametrize("by", timeline.BY)
def test_a_timeline_can_be_grouped(by):
    answer = CFE.timeline(party="BLR")
    assert len(events_of(spec_of(answer, by=by))) == len(answer.value)


@given(st.lists(st.tuples(uncertain(), st.sampled_from("ab")), min_size=1, max_size=40))
def test_no_event_hides_another(events):
    value = tuple(
        sorted(
            (Event(when=w, sort=w.earliest or w.latest, what=k, actors=("POL",), kind=k) for w, k in events),
            key=lambda e: e.sort,
        )
    )
    child = Node(statement=Statement("an act"))
    node = Node(statement=Statement("acts"), because=(child,) * len(value))
    answer = Answer(kind="timeline", value=value, data={"instrument": "t", "party": None}, node=node)
    table = events_of(json.loads(timeline.timeline(answer, by="kind").to_json(validate=False)))
    assert len(table) == len(value)
    lanes: dict[float, list[dict]] = {}
    for r in table:
        assert r["from"] <= r["to"]
        assert r["from"] <= r["spot"] <= r["to"]
        lanes.setdefault(r["y"], []).append(r)
    for lane in lanes.values():
        lane.sort(key=lambda r: r["from"])
        assert len({r["kind"] for r in lane}) == 1
        for one, two in pairwise(lane):
            assert one["to"] < two["from"]


# --- reductions ----------------------------------------------------------------------------------------------


def test_liabilities_of_groups_are_not_their_excess():
    table = {(r["holder"], r["category"], r["mark"]): r["number"] for r in reductions.rows(ANSWERS["reductions"])}
    for category, liability, excess in (
        ("battle_tank", 5949, 5091),
        ("acv", 4631, 4453),
        ("artillery", 2334, 620),
    ):
        assert table["west", category, reductions.STATED] == liability
        assert table["west", category, reductions.EXCESS] == excess


def test_what_holdings_do_not_show_is_not_drawn_at_zero():
    zero = [r for r in reductions.rows(ANSWERS["reductions"]) if r["number"] == 0]
    assert zero
    assert all(r["low"] == 0 == r["high"] for r in zero)


def test_bounds_on_recalled_levels_say_so():
    marks = {(x.holder, x.category): x for x in ANSWERS["reductions"].value}
    for r in reductions.rows(ANSWERS["reductions"]):
        if r["mark"] in (reductions.LEAST, reductions.RECALLED):
            assert (r["mark"] == reductions.RECALLED) == marks[r["holder"], r["category"]].recalled
    assert any(line.startswith("RECALLED") for line in spec_of(ANSWERS["reductions"])["title"]["subtitle"])


# --- matrix --------------------------------------------------------------------------------------------------


def test_uncertain_pairs_name_their_act():
    found = ANSWERS["obligations"].value
    cells = {(r["obligor"], r["obligee"]): r for r in matrix.rows(found)}
    assert found.doubts
    for d in found.doubts:
        assert d.act.gist in cells[d.obligor, d.obligee]["doubt"]
    assert [p for p, r in cells.items() if r["duty"] == "not known"] == [("MDA", "RUS")]


# --- refusals ------------------------------------------------------------------------------------------------


def test_an_answer_without_a_chart_is_refused():
    with pytest.raises(sv.InputError, match="no chart draws an answer of kind standing"):
        sv.chart(CFE.standing(on="2007-12-12"))
    with pytest.raises(sv.InputError, match="str, since it is not an answer"):
        sv.chart("CFE")


@pytest.mark.parametrize("kind", DRAWS)
def test_a_word_that_a_chart_does_not_take_is_refused(kind):
    with pytest.raises(sv.InputError, match="takes no 'colour'"):
        sv.chart(ANSWERS[kind], colour="red")


@pytest.mark.parametrize("draw", [holdings.holdings, headroom.headroom, timeline.timeline, reductions.reductions])
def test_the_wrong_answer_is_refused_with_the_question_to_ask(draw):
    with pytest.raises(sv.InputError, match=r"not obligations; ask treaty\."):
        draw(ANSWERS["obligations"])


@pytest.mark.parametrize(
    ("kind", "how", "words"),
    [
        ("assess_period", {"scopes": ["north"]}, "no scope called 'north'"),
        ("assess_period", {"postures": ["hidden"]}, "no posture called 'hidden'"),
        ("assess", {"categories": ["submarine"]}, "no category called 'submarine'"),
        ("assess", {"scopes": ["north"]}, "no scope called 'north'"),
        ("reductions", {"categories": ["submarine"]}, "no category called 'submarine'"),
        ("timeline", {"by": "moon"}, "no way to group a timeline called 'moon'"),
        ("timeline", {"since": "1900-01-01", "until": "1901-01-01"}, "no event in that period"),
        ("timeline", {"since": "2001-01-01", "until": "2000-01-01"}, "not after its start"),
        ("timeline", {"since": "yesterday"}, "yesterday"),
    ],
)
def test_names_and_days_that_mean_nothing_are_refused(kind, how, words):
    with pytest.raises(sv.InputError, match=words):
        sv.chart(ANSWERS[kind], **how)


def test_too_many_panels_are_refused():
    many = CFE.changes(since="1999-01-01", until="1999-02-01", limits=("CFE VI(A)",))
    with pytest.raises(sv.InputError, match="limits and scopes to draw, 8 at most"):
        sv.chart(many)


def test_an_answer_without_ceilings_of_groups_is_refused():
    answer = ANSWERS["assess"]
    states = tuple(v for v in answer.value if v.limit.scope == "state")
    with pytest.raises(sv.InputError, match="no ceiling of a group"):
        sv.chart(dataclasses.replace(answer, value=states))


def test_the_notebook_page_is_true(tmp_path, monkeypatch):
    """The Python of the how-to runs, and the keywords it lists are those the charts take."""
    import re
    from importlib import import_module
    from inspect import signature

    page = Path(__file__).parents[2] / "docs" / "how-to" / "use-in-a-notebook.md"
    text = page.read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    scope: dict = {}
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(block, scope)
    assert (tmp_path / "russia-2007.svg").read_text(encoding="utf-8").startswith("<svg")
    assert scope["chart"].datasets["rows"]
    told = re.findall(r"^\| `cfe\.(\w+)\(.*\)` \|[^|]*\|([^|]*)\|$", text, re.MULTILINE)
    asked = {"changes": "assess_period"}
    assert len(told) == len(DRAWS)
    for question, words in told:
        module, name = DRAWS[asked.get(question, question)]
        draw = getattr(import_module(f"servanda.charts.{module}"), name)
        assert re.findall(r"`(\w+)`", words) == [p for p in signature(draw).parameters if p != "answer"]


@settings(max_examples=15)
@given(periods())
def test_an_open_band_is_said_to_be_open(answer):
    told = json.loads(holdings.holdings(answer).to_json(validate=False))["title"]["subtitle"]
    is_open = any(v.low is not None and v.high is None for _, verdicts in answer.value for v in verdicts)
    assert any(line.startswith("open:") for line in told) == is_open
