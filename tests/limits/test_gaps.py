"""The figure to look for: what a gap says it decides, it decides, whatever the figure turns out to be."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.corpus import Corpus
from servanda.corpus.store import DATA
from servanda.limits import assess
from servanda.limits.gaps import gaps
from servanda.model.question import Question
from servanda.questions.gaps import as_csv, as_list

CORPUS = Corpus(DATA)
TANKS = ("CFE IV.1(A)", "CFE IV.2(A)", "CFE IV.4(A)", "CFE V.1(A)(1)", "CFE VII.1#battle_tank")


def question(on, limits=TANKS, **more):
    return Question(instrument="cfe", on=date.fromisoformat(on), limits=limits, **more)


def open_(asked, corpus=CORPUS):
    return {f"{v.id} {v.scope}" for v in assess(corpus, asked) if v.verdict == "undetermined"}


def with_figure(gap, value, corpus=CORPUS):
    own = corpus.dossier("cfe")
    found = gap.record(value, own.instrument.sources[0].id)
    return corpus.replace([dataclasses.replace(own, records=(*own.records, found))])


FOUND = {on: gaps(CORPUS, question(on)) for on in ("1995-11-17", "2000-06-01", "2007-06-01")}


@settings(max_examples=10)
@given(data=st.data())
def test_any_value_of_a_gap_decides_as_many_as_said(data):
    on = data.draw(st.sampled_from(sorted(FOUND)))
    gap = data.draw(st.sampled_from(FOUND[on]))
    high = gap.high if gap.high is not None else gap.low + 50_000
    value = data.draw(st.one_of(st.sampled_from([gap.low, high]), st.integers(gap.low, high)))
    asked = question(on)
    before, after = open_(asked), open_(asked, with_figure(gap, value))
    assert set(gap.verdicts) <= before
    assert not set(gap.verdicts) & after
    assert len(before) - len(after) >= gap.decides


def test_the_figure_of_1995_that_decides_most_is_a_total_and_settles_both_groups():
    best = FOUND["1995-11-17"][0]
    assert (best.category, best.zone, best.posture, best.as_of) == ("battle_tank", "attu", "any", date(1995, 11, 17))
    east = next(g for g in FOUND["1995-11-17"] if (g.holder, g.zone, g.posture) == ("east", "attu", "any"))
    assert set(east.verdicts) >= {"CFE IV.1(A) west", "CFE IV.1(A) east"}
    assert (east.low, east.high) == (0, 23135)
    assert east.decides == max(g.decides for g in FOUND["1995-11-17"])


def test_gaps_come_in_the_order_of_what_they_do():
    for found in FOUND.values():
        assert [(g.decides, g.width) for g in found] == sorted(((g.decides, g.width) for g in found), reverse=True)
        assert all(g.decides or g.width for g in found)


def test_a_total_takes_off_its_whole_width():
    west = next(g for g in FOUND["1995-11-17"] if (g.holder, g.zone, g.posture) == ("west", "attu", "any"))
    assert west.width >= 2 * (33217 - 10082)


def test_nothing_is_proposed_where_every_verdict_is_decided():
    assert gaps(CORPUS, question("2008-01-01", ("CFE IV.1(D)",))) != ()
    assert all(g.snapshot != "january-2007" for g in gaps(CORPUS, question("2008-01-01", ("CFE IV.1(D)",))))
    assert gaps(CORPUS, Question(instrument="new-start", on=date(2019, 9, 1))) == ()


def test_a_gap_knows_for_which_days_such_a_figure_is_in_the_record():
    from servanda.questions.gaps import gaps as ask

    answer = ask(CORPUS, question("1995-11-17", ("CFE IV.1(A)",)))
    rows = {(g["holder"], g["zone"], g["posture"]): g for g in answer.data["gaps"]}
    assert rows["east", "attu", "any"]["seen_for"] == ["1990-11-19"]
    table = as_csv(answer.value)
    assert table.splitlines()[0].startswith("holder,category,zone,posture")
    assert len(table.splitlines()) == len(answer.value) + 1
    assert "printed before" in as_list(CORPUS, "cfe", answer.value)


@pytest.mark.parametrize("limit", ["CFE X.7#battle_tank", "CFE V.1(C)(1)"])
def test_what_holdings_do_not_test_has_no_gap(limit):
    assert gaps(CORPUS, question("2000-01-01", (limit,))) == ()
