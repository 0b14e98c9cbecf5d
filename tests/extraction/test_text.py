"""Tokens and sentences: offsets into the text as given, whatever is mended on the way."""

from __future__ import annotations

import pytest

from servanda.extraction.text import damaged, mend, paragraphs, sentences, tokens


def lows(text):
    return [t.low for t in tokens(text)]


def cut(text):
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia's 150-day clock", ["russia", "'s", "150", "day", "clock"]),
        ("It isn't so", ["it", "is", "n't", "so"]),
        ("It isn’t so", ["it", "is", "n't", "so"]),
        ("It's over", ["it", "is", "over"]),
        ("the allies’ plan", ["the", "allies", "'", "plan"]),
        ("33,217 tanks", ["33,217", "tanks"]),
        ("the 9th day", ["the", "9th", "day"]),
        ("on 2023-06-09.", ["on", "2023-06-09", "."]),
        ("U.S. forces", ["u.s.", "forces"]),
    ],
)
def test_words_as_they_are_told_apart(text, expected):
    assert lows(text) == expected


def test_every_token_knows_its_place():
    text = "“Minsk’s envoy – a for-\nmer general – left,” she said… twice."
    for token in tokens(text):
        assert text[token.start : token.end] == token.raw


def test_numbers_have_a_value_times_of_day_have_none():
    by_low = {t.low: t.number for t in tokens("33,217 of 22nd at 12:30")}
    assert by_low == {"33,217": 33217, "of": None, "22nd": 22, "at": None, "12:30": None}


def test_a_word_cut_at_the_end_of_a_line_is_whole_again_and_keeps_its_span():
    text = "the sus-\npension of the treaty"
    word = tokens(text)[1]
    assert word.low == "suspension"
    assert text[word.start : word.end] == "sus-\npension"


def test_hyphens_join_and_are_marked():
    glued = {t.low: t.glued for t in tokens("a long-suspended treaty - almost")}
    assert glued["long"]
    assert glued["suspended"]
    assert not glued["treaty"]
    assert not glued["almost"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("Mr. Smith left. He went.", ["Mr. Smith left.", "He went."]),
        ("See Art. 3 and No. 5 there. Then stop.", ["See Art. 3 and No. 5 there.", "Then stop."]),
        ("U.S. forces left. They came back.", ["U.S. forces left.", "They came back."]),
        ("“We left.” “They did not.”", ["“We left.”", "“They did not.”"]),
        ("Is it over? It is!", ["Is it over?", "It is!"]),
        ("It cost 3.5 billion. No more.", ["It cost 3.5 billion.", "No more."]),
        ("The treaty, signed in Paris\nin 1990, is over.", ["The treaty, signed in Paris\nin 1990, is over."]),
        ("MINSK LEAVES\n\nIt left.", ["MINSK LEAVES", "It left."]),
        ("- one left\n- two stayed", ["- one left", "- two stayed"]),
    ],
)
def test_where_sentences_end(text, expected):
    assert cut(text) == expected


def test_a_line_without_an_end_is_a_title_where_it_stands_alone():
    first, second = sentences("Minsk leaves the pact\n\nIt left on Monday.")
    assert first.title
    assert not second.title
    assert first.paragraph != second.paragraph


def test_wrapped_lines_are_one_paragraph():
    text = "The first line is wrapped\nby a printer.\n\nThe second is apart."
    assert [text[i:j].split()[0] for i, j in paragraphs(text)] == ["The", "The"]
    assert len(list(paragraphs(text))) == 2


def test_what_stands_in_quotes():
    quoted = {t.low for t in tokens_of("He said “we left” and went")}
    assert {"we", "left"} <= quoted
    assert not quoted & {"he", "said", "and", "went"}


def tokens_of(text):
    return [t for s in sentences(text) for t in s.tokens if t.quoted]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("s1gned", "signed"),
        ("trea1y", "trea1y".replace("1", "i")),
        ("rnembers", "members"),
        ("withdrew", "withdrew"),
        ("t0", "to"),
        ("unknown", "unknown"),
        ("1990", "1990"),
    ],
)
def test_letters_a_scan_misread(word, expected):
    assert mend(word, frozenset(["signed", "members", "withdrew", "to"])) == expected


def test_a_scan_is_known_by_several_such_words():
    assert damaged(tokens("The par1ies s1gned the trea1y"))
    assert not damaged(tokens("The parties signed the START3 treaty of 1990"))


@pytest.mark.parametrize("text", ["", " \n\t\n ", "\n\n\n"])
def test_nothing_to_read(text):
    assert sentences(text) == []
