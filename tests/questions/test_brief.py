"""Briefs: stored ones word for word, and what must hold for every instrument, day and reading.

The stored ones are renewed by `python tools/briefs.py --write`.
"""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import servanda as sv

ROOT = Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("briefs", ROOT / "tools" / "briefs.py")
assert spec is not None and spec.loader is not None
briefs = importlib.util.module_from_spec(spec)
spec.loader.exec_module(briefs)

IDS = tuple(sv.Corpus.default().ids())
READINGS = (None, "depositary", "self", "law", "USA", "RUS", "POL", "GEO")


@pytest.mark.parametrize("on", briefs.DAYS)
def test_a_stored_brief_is_word_for_word(on):
    assert briefs.page("cfe", on) == briefs.path("cfe", on).read_text(encoding="utf-8")


def holds(instrument: str, on: str, reading: str | None, width: int = 80) -> None:
    text = briefs.page(instrument, on, reading=reading, width=width)
    lines = text.splitlines()
    title = sv.load(instrument).dossier.instrument.title
    # the answer comes first: what it is, on which day, and what holds of it
    assert " ".join(lines[:3]).startswith(title[:60])
    assert ":" in " ".join(lines[:3])
    assert len(lines) <= 40, text
    assert max(map(len, lines)) <= width, text
    said = [line.strip() for line in lines if len(line.strip()) > 12]
    assert len(said) == len(set(said)), text
    assert "None" not in text and "{" not in text


@given(st.sampled_from(IDS), st.dates(date(1990, 1, 1), date(2026, 12, 31)), st.sampled_from(READINGS))
@settings(max_examples=40, deadline=None)
def test_any_brief_answers_first_and_fits_a_page(instrument, on, reading):
    try:
        sv.load(instrument).brief(on=on, reading=reading)
    except sv.InputError:
        assume(False)
    holds(instrument, on.isoformat(), reading)


@pytest.mark.parametrize("instrument", IDS)
def test_every_instrument_has_a_page(instrument):
    acts = sv.load(instrument).dossier.acts
    last = max(d for a in acts if (d := a.date.latest or a.date.earliest))
    for on in {min(last, date(2026, 1, 15)), date(2026, 1, 15)}:
        holds(instrument, on.isoformat(), None)


@pytest.mark.parametrize("on", briefs.DAYS)
@pytest.mark.parametrize("width", [60, 120, 200])
def test_narrow_and_wide_pages_fit_too(on, width):
    lines = briefs.page("cfe", on, width=width).splitlines()
    assert max(map(len, lines)) <= width
    assert len(lines) <= 40


def test_the_whole_page_leaves_nothing_out():
    answer = sv.load("cfe").brief(on="2023-11-07")
    whole = answer.explain()
    for name, nodes in answer.value.sections:
        assert name in whole
        assert all(str(n.statement) in whole for n in nodes)
