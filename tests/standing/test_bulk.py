"""The table of change points answers as the single question does."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.standing.worlds import CORPUS, DAYS, STATES, bound, random_acts

from servanda.model.errors import InputError, UnknownName
from servanda.standing import ledger, standing_of
from servanda.standing.bulk import CODES, NEVER, StandingTable, history

READINGS = st.sampled_from(("depositary", "self", "law", *STATES))
RECORD = StandingTable(CORPUS, ("cfe", "acfe", "flank-1996"), reading="self")


def one(table, instrument, party, on):
    numbers = table.numbers("instrument", [instrument]), table.numbers("party", [party])
    return table.words(table.ask(*numbers, np.array([on], dtype="datetime64[D]")))[0]


@settings(max_examples=40)
@given(random_acts(), st.lists(DAYS, min_size=1, max_size=20), READINGS, st.none() | DAYS)
def test_bulk_answers_equal_single_answers(acts, days, reading, known):
    corpus = CORPUS.replace([bound(*acts)]).as_known(known)
    table = StandingTable(corpus, ["made"], reading=reading)
    for party in table.parties:
        zeros = np.zeros(len(days), dtype=np.int32)
        got = table.ask(zeros, zeros + table.parties.index(party), np.array(days, dtype="datetime64[D]"))
        for day, code in zip(days, got, strict=True):
            single = standing_of(corpus, "made", party, on=day, reading=reading)
            assert CODES[code] is single.standing


@settings(max_examples=15)
@given(st.dates(date(1989, 1, 1), date(2026, 1, 1)))
def test_the_real_record_in_bulk(day):
    for name in RECORD.instruments:
        for party in ledger(CORPUS, name).participants:
            assert one(RECORD, name, party, day) == standing_of(CORPUS, name, party, on=day, reading="self").standing


def test_a_history_is_short_and_in_order():
    found = history(ledger(CORPUS, "cfe"), "RUS", "self")
    assert [(str(d), s.value) for d, s in found] == [
        ("None", "none"),
        ("1991-12-26", "signatory"),
        ("1992-07-17", "provisional"),
        ("1992-11-09", "in_force"),
        ("2007-12-12", "suspended"),
        ("2023-06-09", "notice_given"),
        ("2023-11-07", "withdrawn"),
    ]


def test_who_never_took_part_is_told_apart_from_none():
    table = StandingTable(CORPUS, ("cfe", "flank-1996"))
    assert one(table, "flank-1996", "SUN", date(1990, 1, 1)) == "never took part"
    assert one(table, "cfe", "SUN", date(1980, 1, 1)) == "none"


def test_days_before_and_after_every_change_point():
    for day in (date.min, date(1, 1, 2), date.max):
        assert one(RECORD, "cfe", "USA", day) in ("none", "suspended")


def test_the_intervals_cover_every_day_once():
    held = RECORD.intervals()
    assert (held["since"] < held["until"]).all()
    day = np.int32((date(2015, 6, 1) - date(1970, 1, 1)).days)
    now = (held["since"] <= day) & (day < held["until"])
    assert now.sum() == np.diff(RECORD.starts).size
    codes = RECORD.ask(held["instrument"][now], held["party"][now], np.full(now.sum(), day))
    assert (codes == held["code"][now]).all()


def test_more_questions_than_one_block_keep_their_order():
    count = 100_000
    days = np.datetime64("1990-01-01") + (np.arange(count) * 7919 % 12_000).astype("timedelta64[D]")
    who = np.full(count, RECORD.parties.index("RUS"))
    got = RECORD.ask(np.zeros(count, dtype=np.int64), who, days)
    for k in range(0, count, 9973):
        on = date(1990, 1, 1) + timedelta(k * 7919 % 12_000)
        assert CODES[got[k]] is standing_of(CORPUS, "cfe", "RUS", on=on, reading="self").standing


def test_every_cell_can_be_explained():
    assert RECORD.explain("cfe", "RUS", date(2015, 6, 1)).because


def test_nothing_asked_nothing_answered():
    none = np.zeros(0, dtype=np.int32)
    assert RECORD.ask(none, none, none).size == 0
    assert StandingTable(CORPUS, ()).parties == ()


@pytest.mark.parametrize(
    ("instrument", "party", "days", "says"),
    [
        ([0, 0], [0], [0], "differ in length"),
        ([99], [0], [0], "no instrument of that number"),
        ([0], [-1], [0], "no party of that number"),
        ([0.5], [0], [0], "column is float64"),
        ([0], [0], [0.5], "days are float64"),
        ([0], [0], [2**40], "outside the calendar"),
        ([0], [0], np.array(["NaT"], dtype="datetime64[D]"), "has no day"),
    ],
)
def test_columns_that_cannot_be_used_are_refused(instrument, party, days, says):
    with pytest.raises(InputError, match=says):
        RECORD.ask(np.array(instrument), np.array(party), np.array(days))


def test_names_and_readings_not_known_are_refused():
    with pytest.raises(UnknownName):
        RECORD.numbers("party", ["SWE"])
    with pytest.raises(UnknownName):
        StandingTable(CORPUS, ("cfe",), reading="depository")
    assert NEVER not in range(len(CODES))


def test_the_page_on_bulk_runs(capsys):
    page = Path(__file__).parents[2] / "docs/how-to/ask-in-bulk.md"
    for block in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        exec(block, {})
    told = capsys.readouterr().out
    assert told.startswith("['none', 'none', 'signatory', 'in_force'")
    assert told.rstrip().endswith("'withdrawn']")
    assert "'suspended'" in told
