"""The view of what documents say: the text stays the document's own, on the console and on the page."""

from __future__ import annotations

import io
import itertools
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from servanda.corpus import Corpus
from servanda.findings.hold import Held, hold
from servanda.findings.steps import FINDINGS
from servanda.model.claims import Claim, Document, Read
from servanda.questions.read import read
from servanda.render.console import show
from servanda.render.reading import COLOUR
from servanda.render.reading_html import MEANING, marked_text, page
from servanda.render.spans import GRAVITY, SIGN, paragraphs, pieces, plain, windows, worst

CORPUS = Corpus.default()
TEXT = """Moscow <b>left</b> the pact in 2015 & for good.

A paragraph with no claim in it.
\x1b[31mIt suspended the treaty in 2007\x1b[0m, said the ministry; nobody else has.
"""


def claim(words: str, event: str, when: str | None, **fields) -> Claim:
    at = TEXT.index(words)
    given = {"actors": ("RUS",), **fields}
    return Claim(start=at, end=at + len(words), text=words, event=event, instrument="cfe", date=when, **given)


CLAIMS = (
    claim("left</b> the pact", "withdraw", "2015"),
    claim("the pact in 2015", "suspend", "2007", speaker="USA"),
    claim("suspended", "suspend", "2007"),
    claim("nobody else has", "resume", "2024-01-02", actors=("TUR",)),
)


class Scripted:
    def __init__(self, claims: tuple[Claim, ...]) -> None:
        self.claims = claims

    def read(self, document: Document) -> Read:
        return Read(name=document.name, dateline=document.dateline, claims=self.claims, notes=("<i>a note</i>",))


def answer(text: str = TEXT, claims: tuple[Claim, ...] = CLAIMS, names: tuple[str, ...] = ("a.txt",)):
    documents = [Document(name=n, text=text, dateline="2024-05-01") for n in names]
    return read(CORPUS, documents, Scripted(claims))


def shown(width: int, what=None, **options) -> str:
    stream = io.StringIO()
    show(what or answer(), Console(file=stream, width=width, **options))
    return stream.getvalue()


@pytest.mark.parametrize("width", [24, 40, 80, 100, 160])
def test_the_console_fits_and_names_findings_in_words(width):
    told = shown(width)
    assert all(len(line) <= width for line in told.splitlines())
    assert "\x1b" not in told
    for finding in ("contradicted", "disputed", "supported", "unknown"):
        assert finding in told
    for mark in ("[1✗]", "[2⇄]", "[3✓]", "[4?]"):
        assert mark in told.replace("\n", "")


def test_colour_is_only_added(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = shown(120, force_terminal=True, color_system="truecolor")
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == shown(120)


def test_no_colour_is_respected(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", shown(120, force_terminal=True, color_system="truecolor"))


def test_stories_are_shown_with_who_says_what():
    other = (claim("left</b> the pact", "withdraw", "2023-11-07", speaker="RUS"),)
    documents = [Document(name=n, text=TEXT, dateline="2024-05-01") for n in "ab"]

    class Two:
        def read(self, document: Document) -> Read:
            return Read(name=document.name, dateline="2024-05-01", claims=CLAIMS if document.name == "a" else other)

    both = read(CORPUS, documents, Two())
    for width in (60, 140):
        told = shown(width, both)
        assert "story-1" in told and "2023-11-07" in told and "(date)" in told.replace("\n", " ")
    html = page(both)
    assert "They differ on" in html and "cfe: withdraw by RUS" in html


class _Text(HTMLParser):
    """The text of each `p.text` of a page, as a browser has it, and the marks in it."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.depth, self.within, self.deepest = 0, False, 0
        self.tags: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag == "p" and ("class", "text") in attrs:
            self.within = True
            self.texts.append("")
        if tag == "mark":
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)

    def handle_endtag(self, tag):
        if tag == "p":
            self.within = False
        if tag == "mark":
            self.depth -= 1

    def handle_data(self, data):
        if self.within:
            self.texts[-1] += data


def parsed(html: str) -> _Text:
    parser = _Text()
    parser.feed(html)
    parser.close()
    return parser


TAGS = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "ul", "li", "b", "span", "section", "div"}
TAGS |= {"mark", "aside", "article"}


def test_the_page_holds_the_text_and_nothing_of_its_markup():
    html = page(answer())
    found = parsed(html)
    assert found.texts == [plain(TEXT[a:b]) for a, b in paragraphs(TEXT)]
    assert "<b>left" not in html and "<i>a note" not in html
    assert found.tags <= TAGS
    assert found.deepest == 1
    assert "\x1b" not in html
    assert not re.search(r"(src|href)=", html)
    for finding in FINDINGS:
        assert MEANING[finding] in html


HELD = [
    hold(CORPUS, Read(name="a", dateline="2024-05-01", claims=(c,)))[0]
    for c in (*CLAIMS, claim("left", "withdraw", None, modality="hypothetical"))
]
SPANS = st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45), st.sampled_from(HELD)), max_size=7)


@settings(deadline=None, max_examples=300)
@given(text=st.text(max_size=40), spans=SPANS)
def test_marks_never_change_the_text(text, spans):
    ordered = [(min(a, b), max(a, b)) for a, b, _ in spans]
    held: list[Held] = [h for _, _, h in spans]
    html = marked_text(text, 0, len(text), ordered, held, list(range(len(held))))
    found = parsed(f'<p class="text">{html}</p>')
    # a carriage return is a control character, shown as a dot
    assert found.texts == [plain(text)]
    assert found.deepest <= 1
    for piece in pieces(ordered, 0, len(text)):
        for i in piece.within:
            assert ordered[i][0] <= piece.start and piece.end <= ordered[i][1]


@given(text=st.text(max_size=80))
def test_paragraphs_hold_every_character_but_blank_lines_and_ends(text):
    found = paragraphs(text)
    covered = [i for a, b in found for i in range(a, b)]
    assert covered == sorted(set(covered))
    rest = "".join(c for i, c in enumerate(text) if i not in set(covered))
    assert not rest.strip("\x1c\x1d\x1e\x85\u2028\u2029\v\f").strip()
    assert len(plain(text)) == len(text)


@given(
    spans=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 60)).map(lambda p: (p[0], p[0] + p[1])), max_size=6),
    end=st.integers(1, 6000),
)
def test_windows_show_every_span_of_a_long_stretch(spans, end):
    inside = [(a, min(b, end)) for a, b in spans if a < end]
    found = windows(0, end, inside, 300, 50)
    assert all(0 <= a <= b <= end for a, b in found)
    assert all(x[1] < y[0] for x, y in itertools.pairwise(found))
    assert all(any(a <= s and e <= b for a, b in found) for s, e in inside)
    assert sum(b - a for a, b in found) <= max(300, sum(e - s + 100 for s, e in inside), 50)


def test_a_very_long_line_is_cut_round_its_claims():
    text = "x" * 400_000 + " left " + "y" * 400_000
    at = text.index("left")
    one = Claim(start=at, end=at + 4, text="left", event="withdraw", instrument="cfe", actors=("RUS",), date="2015")
    long = answer(text, (one,))
    assert len(shown(100, long)) < 5_000
    assert len(page(long)) < 20_000
    assert "left" in shown(100, long)


def test_every_finding_has_a_sign_a_colour_and_a_meaning():
    assert set(SIGN) == set(COLOUR) == set(MEANING) == set(GRAVITY) == set(FINDINGS)
    assert len(set(SIGN.values())) == len(SIGN)
    assert worst(["supported", "disputed"]) == "disputed"
    assert worst([]) is None
