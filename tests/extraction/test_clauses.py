"""Verb groups, clauses and subjects: who does what, through relative clauses, inserted phrases and shared verbs."""

from __future__ import annotations

import pytest
from tests.extraction.told import read, seen, told

from servanda.extraction.clauses import clause_end, clause_start
from servanda.extraction.subjects import subject
from servanda.extraction.verbgroups import controller, verb


def group(text):
    """How the first trigger of a sentence that is a verb or noun is used."""
    scan = seen(text)
    return next(v for h in scan.hits if (v := verb(scan, h)) is not None)


@pytest.mark.parametrize(
    ("text", "voice", "aspect"),
    [
        ("Russia suspended the CFE Treaty", "active", "finite"),
        ("Russia has suspended the CFE Treaty", "active", "perfect"),
        ("Russia is suspending the CFE Treaty", "active", "progressive"),
        ("Russia wants to suspend the CFE Treaty", "active", "infinitive"),
        ("Russia spoke of suspending the CFE Treaty", "active", "gerund"),
        ("the CFE Treaty was suspended", "passive", "finite"),
        ("the CFE Treaty has been suspended", "passive", "perfect"),
        ("the CFE Treaty suspended in 2007 is dead", "passive", "finite"),
        ("the Russian suspension of the CFE Treaty", "nominal", "noun"),
    ],
)
def test_voice_and_aspect(text, voice, aspect):
    used = group(text)
    assert (used.voice, used.aspect) == (voice, aspect)


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Russia has not suspended the CFE Treaty", True),
        ("Russia never suspended the CFE Treaty", True),
        ("Russia didn't suspend the CFE Treaty", True),
        ("Russia formally suspended the CFE Treaty", False),
        ("the CFE Treaty is yet to be suspended", True),
    ],
)
def test_what_negates_a_verb(text, negated):
    assert group(text).negated is negated


def test_a_participle_hung_on_a_noun_is_told_apart_from_the_verb_of_a_clause():
    assert group("the treaty signed in Paris is over").reduced
    assert not group("Belgium signed in Paris").reduced


@pytest.mark.parametrize(
    ("text", "word", "inside"),
    [
        ("Norway said that Sweden left the NPT", "left", "Sweden left the NPT"),
        ("Norway spoke, but Sweden left the NPT", "left", "Sweden left the NPT"),
        ("After Norway spoke, Sweden left the NPT", "left", "Sweden left the NPT"),
        ("Sweden left the NPT; Norway stayed", "left", "Sweden left the NPT"),
        ("Sweden (which left the NPT) spoke", "left", "left the NPT"),
    ],
)
def test_where_a_clause_begins_and_ends(text, word, inside):
    scan = seen(text)
    at = scan.lows.index(word)
    begin, end = clause_start(scan, at), clause_end(scan, at)
    assert " ".join(w.raw for w in scan.words[begin:end]).strip(" ,") == inside


@pytest.mark.parametrize(
    ("text", "word", "kind", "codes"),
    [
        ("Sweden left", "left", "actor", "SWE"),
        ("Sweden and Norway left", "left", "actor", "SWE NOR"),
        ("Sweden, Norway and Peru left", "left", "actor", "SWE NOR PER"),
        ("Sweden, under pressure from Norway, left", "left", "actor", "SWE"),
        ("The foreign minister of Sweden left", "left", "actor", "SWE"),
        ("It left", "left", "pronoun", ""),
        ("They both left", "left", "pronoun", ""),
        ("The parliament left", "left", "institution", ""),
        ("Several countries left", "left", "collective", ""),
        ("A state left", "left", "indefinite", ""),
        ("An analyst left", "left", "person", ""),
        ("The bakery left", "left", "other", ""),
        ("Left", "left", "missing", ""),
        ("In Sweden the bakery left", "left", "other", ""),
    ],
)
def test_subjects(text, word, kind, codes):
    scan = seen(text)
    found = subject(scan, scan.lows.index(word))
    assert (found.kind, " ".join(found.codes)) == (kind, codes)


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("Norway urged Sweden to leave", "urge", "urged"),
        ("Norway threatened to leave", "threaten", "threatened"),
        ("Norway plans to leave", "intend", "plans"),
        ("Norway has yet to leave", "other", "yet"),
    ],
)
def test_what_an_infinitive_hangs_on(text, kind, word):
    scan = seen(text)
    assert controller(scan, scan.lows.index("to")) == (kind, scan.lows.index(word))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Russia suspended and later left the CFE Treaty.",
            [("suspend", "cfe", "RUS"), ("withdraw", "cfe", "RUS")],
        ),
        (
            "The Ottawa Convention, which Poland signed in 1997, was denounced by Estonia.",
            [("sign", "ottawa", "POL"), ("withdraw", "ottawa", "EST")],
        ),
        (
            "The Ottawa Convention was signed by Poland, ratified by Latvia and denounced by Estonia.",
            [("sign", "ottawa", "POL"), ("domestic_approval", "ottawa", "LVA"), ("withdraw", "ottawa", "EST")],
        ),
        (
            "Moscow, under pressure from Beijing, withdrew from the Open Skies Treaty.",
            [("withdraw", "open-skies", "RUS")],
        ),
        ("Sweden met Norway. It left the Ottawa Convention.", [("withdraw", "ottawa", "SWE")]),
        ("Poland and Latvia met. Both left the Ottawa Convention.", [("withdraw", "ottawa", "POL LVA")]),
        (
            "Belgium signed the CFE Treaty. Its parliament ratified the pact.",
            [("sign", "cfe", "BEL"), ("domestic_approval", "cfe", "BEL")],
        ),
        (
            "Iran left the Chemical Weapons Convention and the NPT.",
            [("withdraw", "cwc", "IRN"), ("withdraw", "npt", "IRN")],
        ),
    ],
)
def test_claims_through_a_sentence(text, expected):
    assert told(text) == expected


def test_a_clause_hung_on_a_name_does_not_cut_the_sentence():
    text = "On Tuesday Russia, which had suspended the CFE Treaty in December 2007, left the pact, its foreign ministry said."
    assert [(c.event, c.date, c.speaker) for c in read(text)] == [
        ("suspend", "2007-12", "RUS"),
        ("withdraw", "2024-03-12", "RUS"),
    ]


def test_nor_the_speech_it_stands_in():
    text = "The Kremlin said that Russia, which had suspended the CFE Treaty in 2007, would not return to the pact."
    assert [(c.event, c.modality, c.speaker) for c in read(text)] == [
        ("suspend", "done", "RUS"),
        ("resume", "planned", "RUS"),
    ]
