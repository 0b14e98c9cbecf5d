"""Sentences as the press writes them, each with a claim it must yield."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.extraction.told import read, told

HERE = Path(__file__).parent


def rows(name):
    """The rows of a file of sentences."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [tuple(p.strip() for p in line.split("|")) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("event", "instrument", "actors", "sentence"), rows("sentences.txt"))
def test_a_sentence_yields_its_claim(event, instrument, actors, sentence):
    found = [(e, i, set(a.split())) for e, i, a in told(sentence, "2026-01-10")]
    assert (event, instrument, set(actors.replace("-", "").split())) in found


@pytest.mark.parametrize(("day", "speaker", "modality", "sentence"), rows("vouched.txt"))
def test_a_sentence_yields_date_speaker_and_modality(day, speaker, modality, sentence):
    found = [(c.date or "-", c.speaker, c.modality) for c in read(sentence, "2026-01-10")]
    assert (day, speaker, modality) in found


# what looks like a claim and is none
NONE = [
    "Moscow's suspension of the CFE Treaty was denounced by the allies.",
    "The two founders accused each other of having broken the agreement of 1998.",
    "The foreign ministry issued a statement on the CFE Treaty.",
    "Finland left the committee of the CFE Treaty for a coffee.",
]


@pytest.mark.parametrize("sentence", NONE)
def test_a_sentence_without_a_step_yields_nothing(sentence):
    assert told(sentence, "2026-01-10") == []


def test_text_wrapped_at_any_width_is_one_paragraph():
    text = (
        "Russia pulled out of the Treaty on Conventional Armed Forces in Europe, and a decree that the president signed in\n"
        "May 2023 ended the treaty, as the ministry of foreign affairs said in the capital on the day before yesterday at\n"
        "noon."
    )
    assert ("domestic_approval", "cfe", "RUS") in told(text, "2023-11-07")
