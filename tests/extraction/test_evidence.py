"""How sure a claim's parts are: names in the sentence, rivals, loose dates, and who passes it on."""

from __future__ import annotations

import pytest
from tests.extraction.told import only, read


def test_names_of_the_sentence():
    claim = only("Russia withdrew from the CFE Treaty in 2023.")
    assert (claim.evidence.instrument, claim.evidence.actors) == ("named", "named")
    assert (claim.evidence.rivals, claim.evidence.dates) == ((), ())


def test_the_only_instrument_of_a_text_is_told_from_one_of_several():
    *_, alone = read("The CFE Treaty is old. Russia left the treaty.")
    assert alone.evidence.instrument == "only"
    *_, several = read("The CFE Treaty and the Open Skies Treaty are old. Russia left the treaty.")
    assert several.evidence.instrument == "referred"


@pytest.mark.parametrize("word", ["law", "bill", "decree"])
def test_a_law_may_be_what_came_into_force(word):
    claims = read(f"The president signed a {word} denouncing the CFE Treaty that came into force on 9 June.")
    assert not any(c.event == "enter_into_force" and c.instrument == "cfe" for c in claims)
    assert all(word in c.evidence.rivals for c in claims if c.event == "withdraw")
    assert any(c.event == "withdraw" for c in claims)


def test_failure_to_ratify_an_enlargement_is_not_of_the_founding_treaty():
    for text in (
        "The United States refused to ratify the enlargement of NATO.",
        "France did not ratify the accession of Sweden to NATO.",
    ):
        assert not any(
            c.event == "decline_to_ratify" and c.instrument == "north-atlantic-treaty" for c in read(text)
        ), text


def test_the_chain_begins_with_the_author_and_ends_with_the_speaker():
    assert only("Russia withdrew from the CFE Treaty in 2023.").chain == ("author",)
    claim = only("Russia withdrew from the CFE Treaty in 2023, its foreign ministry told the TASS news agency.")
    assert (claim.chain[0], claim.chain[-1]) == ("author", claim.speaker)
