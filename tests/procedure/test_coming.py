"""What falls due next: counted by the procedures themselves, as known on the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import servanda as sv
from servanda.corpus import Corpus
from servanda.model.dates import Period
from servanda.model.instrument import Clock
from servanda.procedure import coming, deadlines, find

CORPUS = Corpus.default()
CFE = CORPUS.dossier("cfe")


def due(on, known=None, instrument="cfe"):
    found = coming(CORPUS.as_known(known), instrument, on=date.fromisoformat(on))
    return {(c.cite, c.when.isoformat()) for c in found}


def test_at_signature_the_corrections_and_the_first_quotas_and_no_annual_exchange():
    found = due("1990-12-01")
    assert ("IE VII.1(A)", "1991-02-17") in found and ("INSP II.24(A)", "1991-03-19") in found
    assert not any(cite == "IE VII.1(C)" for cite, _ in found)


@pytest.mark.parametrize(
    ("on", "cite", "day"),
    [
        ("1992-07-17", "IE VII.1(B)", "1992-08-16"),
        ("1992-08-16", "CFE VIII.6", "1992-08-16"),
        ("1992-07-17", "IE VII.1(C)", "1992-12-15"),
        ("1992-12-16", "IE VII.1(C)", "1993-12-15"),
        ("1992-12-16", "INSP II.24(C)", "1993-01-15"),
        ("1994-06-01", "INSP II.24(C)", "1995-01-15"),
        ("2010-06-01", "INSP II.24(C)", "2011-01-15"),
        ("1993-11-01", "CFE VIII.4(A)", "1993-11-17"),
        ("1994-11-01", "CFE VIII.4(B)", "1994-11-17"),
        ("1995-11-01", "IE VII.1(D)", "1995-11-17"),
        ("1996-02-01", "CFE XXI.1", "1996-05-17"),
        ("2023-06-09", "CFE XXI.4", "2023-06-30"),
        ("2023-06-30", "CFE XXI.4", "2023-06-30"),
        ("2023-06-15", "CFE XIX.2", "2023-11-07"),
        ("2007-06-01", "CFE XXI.2", "2007-06-12"),
    ],
)
def test_what_is_due(on, cite, day):
    assert (cite, day) in due(on)


@pytest.mark.parametrize(
    ("on", "cite"),
    [
        ("1992-07-16", "IE VII.1(C)"),  # the whole treaty does not apply yet
        ("1992-08-17", "IE VII.1(B)"),  # past
        ("2023-06-08", "CFE XXI.4"),  # no notice given yet
        ("2023-07-01", "CFE XXI.4"),  # past
        ("2023-11-08", "CFE XIX.2"),
    ],
)
def test_what_is_not(on, cite):
    assert cite not in {c for c, _ in due(on)}


def test_it_knows_what_had_been_reported():
    assert ("CFE XXI.4", "2023-06-30") not in due("2023-06-15", known=date(2023, 6, 1))
    suspension = {c.act.id for c in coming(CORPUS, "cfe", on=date(2023, 11, 20)) if c.act}
    assert "usa-suspends-2023" in suspension and "ita-suspends-2023" not in suspension
    assert "prt-suspends-2023" in {c.act.id for c in coming(CORPUS, "cfe", on=date(2023, 11, 24)) if c.act}


def test_a_projected_end_says_so():
    (end,) = [c for c in coming(CORPUS, "cfe", on=date(2023, 7, 1)) if c.projected]
    assert end.act is not None and end.act.id == "rus-notice-2023" and end.when == date(2023, 11, 7)


def test_nothing_is_due_where_nobody_is_bound():
    assert due("2005-01-01", instrument="acfe") == set()
    assert due("2021-12-20", instrument="nato-ru-2021") == set()


@pytest.mark.parametrize("on", ["1990-12-01", "1992-07-20", "1995-01-01", "2007-07-20", "2023-06-15", "2024-03-01"])
def test_a_brief_has_no_list_of_its_own(on):
    page = sv.load("cfe").brief(on=on).data
    lines = next((s["lines"] for s in page["sections"] if s["name"] == "Next"), [])
    every = [n["statement"] for n in sv.load("cfe").coming(on=on).node.as_dict()["because"]]
    told = [line["statement"] for line in lines]
    # effects of one day may share a line; all else is word for word, in the same order
    steps = [t for t in told if t in every]
    assert steps and steps == [e for e in every if e in steps]
    assert all("suspension" in t for t in told if t not in every)


@pytest.mark.parametrize("on", ["1992-07-17", "1993-03-03", "2001-02-28", "2023-06-09"])
def test_each_day_is_one_of_the_procedure_itself(on):
    day = date.fromisoformat(on)
    for item in coming(CORPUS, "cfe", on=day):
        if item.procedure is None or item.step is None:
            continue
        start = item.act.date.day if item.act else None
        counted = deadlines(CFE, item.procedure, start=start, until=date(2040, 1, 1))
        days = [(d.earliest, d.latest) for d in counted if d.step == item.step]
        assert (item.earliest, item.latest) in days and item.when >= day
        assert not any(day <= (b or a) < item.when for a, b in days if a or b)


def exchange(start, clock):
    made = replace(CFE, instrument=replace(CFE.instrument, clock=Clock(start=clock, gist="made up")))
    (first, *_) = deadlines(made, find(made, "annual-exchange"), start=start)
    return first.latest


def test_the_first_exchange_is_passed_over_within_sixty_days_of_entry():
    assert exchange(date(1990, 11, 19), date(1992, 7, 17)) == date(1992, 12, 15)
    assert exchange(date(1992, 11, 9), date(1992, 11, 9)) == date(1993, 12, 15)
    # 16 October is sixty days before 15 December, 15 October sixty-one
    assert exchange(date(1992, 10, 16), date(1992, 10, 16)) == date(1993, 12, 15)
    assert exchange(date(1992, 10, 15), date(1992, 10, 15)) == date(1992, 12, 15)
    assert exchange(date(2000, 1, 1), date(1992, 7, 17)) == date(2000, 12, 15)
    assert Period(days=60).after(date(1992, 10, 16)) == date(1992, 12, 15)
