"""Through whom a claim came, each with its name; and what a document tells twice."""

from __future__ import annotations

import pytest
from tests.extraction.told import only, read

CHAINS = [
    ("Russia left the CFE Treaty in 2023, its foreign ministry told the TASS news agency.",
     "agency TASS other; ministry foreign ministry RUS"),
    ("TASS reported, citing the Russian Foreign Ministry, that Russia had left the CFE Treaty.",
     "agency TASS other; ministry Foreign Ministry RUS"),
    ("Foreign Minister Sergei Lavrov told Interfax that Russia would leave the CFE Treaty.",
     "agency Interfax other; person Sergei Lavrov RUS"),
    ("A Finnish newspaper wrote that Norway left the Ottawa Convention.", "outlet newspaper other"),
    ("The White House said the United States would suspend the CFE Treaty.", "ministry White House USA"),
    ("Moscow said it had left the CFE Treaty.", "state Moscow RUS"),
    ("An analyst said Russia had left the CFE Treaty.", "person analyst other"),
    ("Russia left the CFE Treaty in 2023.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), CHAINS)
def test_a_claim_names_those_it_came_through(text, told):
    claim = only(text)
    author, *others = claim.voices
    assert (author.kind, author.name, author.code) == ("author", "author", "author")
    assert "; ".join(f"{v.kind} {v.name} {v.code}" for v in others) == told


@pytest.mark.parametrize(("text", "told"), CHAINS)
def test_the_codes_are_those_of_the_voices_and_the_speaker_is_the_last(text, told):
    claim = only(text)
    assert set(claim.chain) == {v.code for v in claim.voices}
    assert claim.chain[0] == "author"
    assert claim.chain[-1] == claim.speaker
    data = claim.as_dict()
    assert [v["name"] for v in data["attribution"]] == [v.name for v in claim.voices]


@pytest.mark.parametrize(
    ("second", "same"),
    [
        ("Russia has left the CFE Treaty.", 0),
        ("Russia left the CFE Treaty in November 2023.", 0),
        ("Russia left the CFE Treaty in 2021.", None),
        ("Russia left the Open Skies Treaty.", None),
        ("Belarus left the CFE Treaty.", None),
        ("Russia has not left the CFE Treaty.", None),
        ("Russia will leave the CFE Treaty.", None),
        ("Russia suspended the CFE Treaty.", None),
    ],
)
def test_what_is_told_again_points_to_where_it_was_told_first(second, same):
    first, again = read(f"Russia left the CFE Treaty on 7 November 2023. {second}")
    assert (first.repeats, again.repeats) == (None, same)
    assert again.as_dict()["repeats"] == same


def test_a_third_telling_points_to_the_first():
    told = read("Russia left the CFE Treaty. Russia left the CFE Treaty. Russia has left the CFE Treaty.")
    assert [c.repeats for c in told] == [None, 0, 0]
