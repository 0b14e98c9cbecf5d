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
    assert {c.event for c in claims} == {"domestic_approval"} | ({"withdraw"} if word == "decree" else set())


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


# pairs in which one word decides: the marks of each claim of a sentence
MARKS = {
    "Russia declined to ratify the CFE Treaty.": ["blamed ratified"],
    "Russia never ratified the CFE Treaty.": ["ratified"],
    "Russia approved the CFE Treaty.": [""],
    'Russia "suspended" the CFE Treaty.': ["quoted"],
    '"Russia suspended the CFE Treaty," the ministry said.': [""],
    'Russia "suspended the CFE Treaty" then.': [""],
    "Russia washed its hands of the CFE Treaty.": ["figure"],
    "Russia leaves the CFE Treaty.": ["present"],
    "Russia may leave the CFE Treaty.": [""],
    "Russia left the CFE Treaty.": [""],
    "Enlargement, which means Russia left the CFE Treaty, went on.": ["reason"],
    "Enlargement, which followed, means Russia left the CFE Treaty.": [""],
    "Putin signed an edict ending the CFE Treaty.": ["ending", "ended"],
    "Putin signed an edict to end the CFE Treaty.": ["", ""],
    "Putin signed a law that ended the CFE Treaty.": ["ending", ""],
}


@pytest.mark.parametrize(("sentence", "marks"), MARKS.items())
def test_marks_of_how_a_claim_stands(sentence, marks):
    assert [" ".join(c.evidence.marks) for c in read(sentence)] == marks


@pytest.mark.parametrize(
    ("sentence", "rivals"),
    [
        ("Putin signed a decree terminating the CFE Treaty.", ("decree",)),
        ("Russia left the CFE Treaty by decree.", ()),
        ("Russia left the CFE Treaty under a law.", ()),
        ("Russia left the CFE Treaty after a law was passed.", ("law",)),
        ("Russia left the CFE Treaty, not the Open Skies Treaty.", ()),
        ("After the Open Skies Treaty was read out, the CFE Treaty was signed.", ("Open Skies Treaty",)),
    ],
)
def test_what_else_the_act_may_have_been_done_to(sentence, rivals):
    assert read(sentence)[0].evidence.rivals == rivals


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        ("Russia left the CFE Treaty.", "named"),
        ("Russia announced its withdrawal from the CFE Treaty.", "only"),
        ("The CFE Treaty was signed by 22 states.", "referred"),
        ("Russia met Finland. It left the CFE Treaty.", "referred"),
        ("Russia spoke. It left the CFE Treaty.", "only"),
    ],
)
def test_how_sure_the_doers_are(sentence, actors):
    assert read(sentence)[0].evidence.actors == actors


@pytest.mark.parametrize(
    ("sentence", "chain"),
    [
        ("The agency said that Russia left the CFE Treaty.", ("author", "other")),
        ("Russia left the CFE Treaty, TASS reported, citing the foreign ministry.", ("author", "other", "RUS")),
        ("Moscow, its agency reports, left the CFE Treaty.", ("author",)),
        ("Russia left the CFE Treaty, its foreign ministry said.", ("author", "RUS")),
    ],
)
def test_who_passes_a_claim_on(sentence, chain):
    assert only(sentence).chain == chain


def test_the_name_of_an_owner_is_not_the_doers():
    assert only("Belarus's western neighbours left the Ottawa Convention.").actors == ()
    assert only("Belarus's parliament left the Ottawa Convention.").actors == ("BLR",)


@pytest.mark.parametrize(
    ("text", "undated", "first"),
    [
        ("Russia left the CFE Treaty on Tuesday, Nov 7.", ("tuesday", "nov 7"), "1995-11-07"),
        ("Russia left the CFE Treaty in November.", ("november",), "1990-11"),
        ("MOSCOW, Nov 7. Russia left the CFE Treaty on Tuesday.", ("tuesday",), "1995-11-07"),
        ("MOSCOW, Nov 7. Russia left the CFE Treaty on Monday.", ("monday",), "1994-11-07"),
        ("MOSCOW, Nov 7. Russia left the CFE Treaty today.", ("today",), "1990-11-07"),
        ("Russia left the CFE Treaty in 2023.", (), ""),
    ],
)
def test_days_that_stay_open_carry_what_they_may_mean(text, undated, first):
    evidence = read(text, None)[-1].evidence
    assert (evidence.undated, "".join(evidence.candidates[:1])) == (undated, first)
