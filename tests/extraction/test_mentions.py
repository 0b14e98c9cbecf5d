"""Which instrument a mention means: short forms, versions, matters, and instruments that no list knows."""

from __future__ import annotations

import pytest
from tests.extraction.told import read, seen

DISTANT = "The CFE Treaty has been in the news for weeks. Delegates met in Vienna, and nothing was decided. "


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("the Strategic Arms Reduction Treaty (New START)", ["new-start", "new-start"]),
        ("the mine ban treaty (the 'Ottawa Convention')", ["ottawa", "ottawa"]),
        ("the Strategic Arms Reduction Treaty of 1991", ["start-i"]),
        ("the amended Open Skies Treaty", ["?amended Open Skies Treaty"]),
        ("the revised CFE Treaty", ["acfe"]),
        ("the Open Skies Treaty", ["open-skies"]),
        ("an accord on the disposal of plutonium", ["pmda"]),
        ("a pact with Washington on disposing of plutonium", ["pmda"]),
        ("the Barcelona Convention", ["?Barcelona Convention"]),
        ("a treaty on fisheries", []),
    ],
)
def test_a_mention_alone(text, ids):
    assert [i for t in seen(f"They spoke of {text} again.").things for i in t.ids] == ids


@pytest.mark.parametrize(
    ("text", "event", "instrument", "described"),
    [
        ("Moscow suspended its participation in the Strategic Arms Reduction Treaty (New START) in 2023.", "suspend", "new-start", None),
        ("Moscow suspended the Strategic Arms Reduction Treaty (New START).", "suspend", "new-start", None),
        ("Spain ratified the Barcelona Convention in 1999.", "domestic_approval", None, "Barcelona Convention"),
        ("Ministers denounced an agreement with Sweden on visits.", "terminate", None, "agreement with Sweden"),
        ("Ministers denounced the pact with Peru.", "terminate", None, "pact with Peru"),
        ("The accord on the disposal of plutonium was torn up in October 2025.", "terminate", "pmda", None),
        ("NATO states refused to ratify the amended CFE Treaty.", "decline_to_ratify", "acfe", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", DISTANT])
def test_an_instrument_is_never_borrowed_from_a_neighbour(before, text, event, instrument, described):
    found = [(c.event, c.instrument, c.described) for c in read(before + text)]
    assert (event, instrument, described) in found
    assert not any(i == "cfe" for _, i, _ in found)


def test_the_accord_spoken_of_keeps_its_partner():
    claims = read(
        "Russia and Germany signed a military cooperation agreement in 1993. Moscow ended the agreement with Germany."
    )
    assert {c.instrument for c in claims if c.event == "terminate"} == {"ru-de-1993"}


@pytest.mark.parametrize("word", ["neighbours", "allies", "rivals"])
def test_the_others_of_a_state_are_not_the_state(word):
    claims = read(f"Belarus's western {word} notified their withdrawal from the mine ban.")
    assert claims
    assert all("BLR" not in c.actors for c in claims)
