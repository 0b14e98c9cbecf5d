"""The prefilter never rejects what holds the words, however written; and rejects what does not."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.intake.prefilter import SHARD, Screen

SCREEN = Screen(
    ("treaty", "CFE", "START II", "open skies", "довсе", "medvedev's draft", "vienna document"), ("withdr", "вышла")
)


@pytest.mark.parametrize(
    "page",
    [
        b"They WITHDREW from the TREATY",
        b"(CFE) withdrawal",
        "“CFE’s” withdrawal".encode(),
        "CFE’s withdrawal".encode("cp1252"),
        "START\u00a0II withdrawal".encode(),
        b"START-II withdrawal",
        "Medvedev’s draft withdrawn".encode(),
        b"Medvedev&rsquo;s draft withdrawn",
        b"Open&nbsp;Skies: withdrawn",
        b"open\r\n     skies ... withdrew",
        b"<b>Open</b> <i>Skies</i>, withdrew",
        b"tr&#101;aty withdr&#x65;w",
        b"Tre&shy;aty withdrew",
        "Treaty\u00ad withdrew".encode(),
        "Tre\u00adaty, they withdrew".replace("\u00ad", "&#173;").encode(),
        "Россия вышла из ДОВСЕ".encode(),
        "РОССИЯ ВЫШЛА ИЗ ДОВСЕ".encode("cp1251"),
        "Вышла из довсе".encode("koi8-r"),
        b"&#1044;&#1054;&#1042;&#1057;&#1045; &#1074;&#1099;&#1096;&#1083;&#1072;",
        "the treaty they withdrew from".encode("utf-16"),
        "the treaty they withdrew from".encode("utf-16-le"),
        "the treaty they withdrew from".encode("utf-16-be"),
        b"\x80\xff\xfe treaty \x00 withdrew",
    ],
)
def test_words_are_found_however_written(page):
    assert SCREEN.passes(page)


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"they withdrew the troops",
        b"the treaty of old",
        b"the start II withdrew",
        b"START III withdrew",
        b"Vienna documents withdrew",
        b"the cfe, withdrew",
        b"the sCFEd, withdrew",  # an abbreviation inside a word is none
        b"open-ended blue skies, withdrew",
        b"a document of Vienna, withdrew",
        "они вышли из дома".encode(),
        b"&#116;&#114;&#101;&#101; withdrew",
    ],
)
def test_pages_without_both_are_rejected(page):
    assert not SCREEN.passes(page)


texts = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=60)
# no letters beside the words: they would make others of them
around = texts.map(lambda t: f"{t} ")


@given(around, around, st.sampled_from(["treaty", "Treaty", "TREATY", "CFE", "ДОВСЕ", "Довсе"]), st.booleans())
def test_nothing_around_the_words_hides_them(before, between, word, two_byte):
    text = f"{before}{word} {between} withdrew"
    assert SCREEN.passes_text(text)
    assert SCREEN.passes(text.encode())
    if two_byte:
        assert SCREEN.passes(b"\xff\xfe" + text.encode("utf-16-le"))


@given(st.lists(st.booleans(), min_size=14, max_size=14), st.booleans())
def test_letters_as_entities_are_letters(which, hexadecimal):
    letters = "treaty withdrew"
    form = "&#x{:x};" if hexadecimal else "&#{};"
    page = "".join(form.format(ord(c)) if w and c != " " else c for c, w in zip(letters, [*which, False], strict=True))
    assert html.unescape(page) == letters
    assert SCREEN.passes(page.encode())


@given(st.binary(max_size=300))
def test_any_bytes_are_looked_at_without_a_fall(data):
    assert SCREEN.passes(data) in (True, False)


@given(st.lists(st.text(alphabet="abcdefgh", min_size=4, max_size=8), min_size=1, max_size=3 * SHARD), st.data())
def test_many_words_are_searched_as_each_alone(words, data):
    screen = Screen(words, ("withdr",))
    page = data.draw(st.text(alphabet="abcdefgh ", max_size=80))
    assert screen.passes_text(page + ". withdrew") == any(w in page.split() for w in words)


READING = Path(__file__).parents[1] / "extraction" / "gold"


@pytest.mark.parametrize("path", sorted(READING.rglob("*.txt")), ids=lambda p: p.stem)
def test_no_document_with_a_claim_is_rejected(path):
    """With the packaged words and the packaged reader."""
    from servanda.extraction.extractor import Extractor
    from servanda.extraction.screening import prefilter_words
    from servanda.model.claims import Document

    text = path.read_text(encoding="utf-8")
    if Extractor.default().read(Document(name=path.stem, text=text)).claims:
        screen = Screen.of(prefilter_words)
        assert screen.passes_text(text)
        assert screen.passes(text.encode("utf-16"))
        assert screen.passes("".join(f"&#{ord(c)};" if c.isalpha() else html.escape(c) for c in text).encode())
