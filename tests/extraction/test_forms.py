"""Forms in which the press tells a step, each in sentences of its kind, alone and inside longer reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda.extraction.extractor import Extractor
from servanda.model.claims import Claim, Document

TABLE = Path(__file__).parent / "forms.txt"
ROWS = [
    tuple(part.strip() for part in line.split("|"))
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
OPENING = "Delegates from forty states met on the lake. Nobody made a speech, and the tea was cold.\n\n"
CLOSING = " A spokesman had nothing to add.\n\nThe weather will stay dry. In the harbour a ferry was late."


def read(text: str, begin: int) -> list[Claim]:
    document = Document(name="a", text=text, dateline="2026-01-10")
    return [c for c in Extractor.default().read(document).claims if c.start >= begin]


@pytest.mark.parametrize("around", [("", ""), (OPENING, CLOSING)], ids=["alone", "within"])
@pytest.mark.parametrize(("after", "event", "instrument", "actors", "day", "modality", "polarity", "sentence"), ROWS)
def test_a_form_gives_its_claim(around, after, event, instrument, actors, day, modality, polarity, sentence):
    before = around[0] + ("" if after == "-" else after + " ")
    found = read(before + sentence + around[1], len(before) - 1 if before else 0)
    told = [
        (
            c.event,
            c.instrument or "-",
            "~" if actors == "~" else " ".join(sorted(c.actors)) or "-",
            "~" if day == "~" else c.date or "-",
            c.modality,
            c.polarity,
        )
        for c in found
    ]
    who = actors if actors in ("~", "-") else " ".join(sorted(actors.split()))
    assert (event, instrument, who, day, modality, polarity) in told


@pytest.mark.parametrize(
    "sentence",
    [
        "In order to take the views of NATO into account, the ministry waited.",
        "A state that withdraws must give notice of half a year.",
        "The president signed the guest book, and the CFE Treaty was not spoken of.",
    ],
)
def test_what_tells_no_step_gives_none(sentence):
    assert read(OPENING + sentence, 0) == []


def test_what_came_into_force_is_the_law_that_is_spoken_of():
    found = read("The president signed a law denouncing the CFE Treaty that came into force on 9 June.", 0)
    assert "enter_into_force" not in {c.event for c in found}
