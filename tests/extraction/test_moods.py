"""How a claim is made, and who vouches for it."""

from __future__ import annotations

import pytest
from tests.extraction.told import moods, only, read


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("Russia left the CFE Treaty.", ("done", "affirmed", "author")),
        ("Russia left the CFE Treaty, its foreign ministry said.", ("done", "affirmed", "RUS")),
        ("According to Oslo, Russia left the CFE Treaty.", ("done", "affirmed", "NOR")),
        ("“Russia left the CFE Treaty,” said the Finnish minister.", ("done", "affirmed", "FIN")),
        ("The newspaper reported that Russia left the CFE Treaty.", ("done", "affirmed", "other")),
        ("Russia never left the CFE Treaty.", ("done", "negated", "author")),
        ("Russia has yet to leave the CFE Treaty.", ("done", "negated", "author")),
        ("Russia refused to leave the CFE Treaty.", ("done", "negated", "author")),
        ("Russia has not left the CFE Treaty, the Kremlin said.", ("denied", "negated", "RUS")),
        ("Finland denied that it had left the CFE Treaty.", ("denied", "negated", "FIN")),
        ("Russia will leave the CFE Treaty.", ("planned", "affirmed", "author")),
        ("Russia is leaving the CFE Treaty.", ("planned", "affirmed", "author")),
        ("Russia decided to leave the CFE Treaty.", ("planned", "affirmed", "RUS")),
        ("Russia is about to leave the CFE Treaty.", ("planned", "affirmed", "author")),
        ("The White House said it planned to leave the CFE Treaty.", ("planned", "affirmed", "USA")),
        ("An analyst said that Belarus would leave the CFE Treaty.", ("planned", "affirmed", "other")),
        ("Berlin urged Moscow to leave the CFE Treaty.", ("urged", "affirmed", "DEU")),
        ("Russia should leave the CFE Treaty, Belgrade said.", ("urged", "affirmed", "SRB")),
        ("Poland has been asked to leave the CFE Treaty.", ("urged", "affirmed", "author")),
        ("Serbia threatened to leave the CFE Treaty.", ("threatened", "affirmed", "SRB")),
        ("Greece reserved the right to leave the CFE Treaty.", ("threatened", "affirmed", "GRC")),
        ("Turkey warned that it would leave the CFE Treaty.", ("threatened", "affirmed", "TUR")),
        (
            "“We will leave the CFE Treaty if talks fail,” the Turkish ministry warned.",
            ("threatened", "affirmed", "TUR"),
        ),
        ("Russia could leave the CFE Treaty.", ("hypothetical", "affirmed", "author")),
        ("If Norway left the CFE Treaty, trust would go.", ("hypothetical", "affirmed", "author")),
        ("Russia is free to leave the CFE Treaty.", ("hypothetical", "affirmed", "author")),
    ],
)
def test_modality_polarity_and_speaker(text, mood):
    claim = only(text)
    assert (claim.modality, claim.polarity, claim.speaker) == mood
    assert claim.event == "withdraw"


def test_a_view_of_its_fate_is_an_opinion():
    claim = only("In Moscow's view the CFE Treaty is dead.")
    assert (claim.event, claim.modality, claim.actors) == ("terminate", "reported_opinion", ())


def test_the_one_urged_would_do_it():
    assert only("Berlin urged Moscow to return to New START.").actors == ("RUS",)


@pytest.mark.parametrize("text", ["Did Russia leave the CFE Treaty?", "Has the CFE Treaty been suspended? And when?"])
def test_a_question_claims_nothing(text):
    assert read(text) == ()


def test_what_is_announced_for_a_day_to_come_is_planned():
    past, ahead = read("Russia suspended the CFE Treaty on 1 March 2024. Belgium leaves the CFE Treaty on 1 May 2024.")
    assert (past.modality, past.date) == ("done", "2024-03-01")
    assert (ahead.modality, ahead.date) == ("planned", "2024-05-01")


def test_who_is_quoted_speaks_for_the_whole_quotation():
    text = "“Russia left the CFE Treaty. Belarus suspended it,” the Estonian minister said."
    assert [speaker for *_, speaker in moods(text)] == ["EST", "EST"]


def test_a_statement_speaks_for_its_issuer():
    text = (
        "# dateline: 2024-03-15 | statement | Statement of the Ministry of Foreign Affairs of Norway\n\n"
        "Norway has studied the matter. We have decided to suspend the CFE Treaty. Our partners know.\n"
    )
    assert only(text, None).speaker == "NOR"
    assert only(text, None).actors == ("NOR",)


INTERVIEW = """# dateline: 2024-03-15 | interview | {who} on the treaty that was

Q. Is the CFE Treaty dead?
A. Russia left the CFE Treaty in November. That is all.

Q. I read that Belarus has suspended the CFE Treaty. Is it so?
A. It is.
"""


@pytest.mark.parametrize(
    ("who", "speaker"), [("A Czech deputy minister", "CZE"), ("A former Czech minister", "other"), ("A baker", "other")]
)
def test_in_an_interview_the_one_asked_vouches_for_the_answers(who, speaker):
    found = {c.event: c.speaker for c in read(INTERVIEW.format(who=who), None)}
    assert found["withdraw"] == speaker
    assert found["suspend"] == "other"  # what the one who asks has read is not the answer's
