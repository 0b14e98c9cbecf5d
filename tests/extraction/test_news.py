"""Sentences of news with all that must be read in them, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.extraction.told import read

ROWS = [
    tuple(part.strip() for part in line.split("=>"))
    for table in ("news.txt", "pairs.txt")
    for line in (Path(__file__).parent / table).read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("sentence", "claims"), ROWS)
def test_a_sentence_yields_these_claims_and_no_others(sentence, claims):
    told = [
        " ".join(
            [
                c.event,
                c.instrument or "?",
                "+".join(c.actors) or "-",
                "+".join(c.target) or "-",
                c.date or "-",
                c.speaker,
                c.modality,
                c.polarity,
            ]
        )
        for c in read(sentence, "2026-01-10")
    ]
    assert told == [c.strip() for c in claims.split(";") if c.strip()]
