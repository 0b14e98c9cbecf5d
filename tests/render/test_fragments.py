"""Answers as HTML and Markdown: every word of unknown origin stays a word, every figure is the answer's."""

from __future__ import annotations

import copy
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import servanda as sv
from servanda.model.answer import Answer, Citation, Node, Statement
from servanda.render import html, markdown, tables
from servanda.render.tables import Cell, Column, Grid
from servanda.render.text import plain

ODD = [
    "#$@*<[_`~|\\&{}]>!",
    "1. a",
    "- x",
    "+ y",
    "= z",
    "<script>alert(1)</script>",
    "[a](b)",
    "![a](b)",
    "a|b",
    "&lt;",
    "$x$",
]
TEXT = st.one_of(
    st.text(max_size=60), st.sampled_from(ODD), st.text(alphabet="#$@*<>[]()_`~|\\&{}!+-=.1 a\n", max_size=40)
)


class _Words(HTMLParser):
    """The text of a page, and the names of its elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.words.append(data)


def read(page: str) -> _Words:
    words = _Words()
    words.feed(page)
    words.close()
    return words


def answer(text: str, kind: str = "odd") -> Answer[None]:
    child = Node(
        statement=Statement("{x}", {"x": text}), citation=(Citation("t", text),), sources=(text,), caveats=(text,)
    )
    root = Node(statement=Statement("{x}", {"x": text}), because=(child,))
    return Answer(kind=kind, value=None, data={}, node=root, not_known=(text,))


@given(TEXT)
def test_any_text_comes_back_from_html_as_the_same_text(text):
    assert "".join(read(f"<p>{html.escape(text)}</p>").words) == plain(text)
    assert read(f'<p title="{html.escape(text)}">').attributes == [("title", plain(text))]


@given(TEXT)
def test_any_text_in_an_answer_adds_no_element_to_its_html(text):
    assert read(html.fragment(answer(text))).tags == read(html.fragment(answer("plain"))).tags


@given(TEXT)
def test_any_text_comes_back_from_markdown_as_the_same_text(text):
    made = MarkdownIt("commonmark").enable("table").render(markdown.escape(text))
    assert "".join(read(made).words).strip() == plain(text)
    assert set(read(made).tags) <= {"p"}


@given(TEXT)
def test_any_text_stays_in_its_cell_and_its_point(text):
    grid = Grid(columns=(Column("a"), Column(text)), rows=((Cell(text), Cell("b")), (Cell("c"), Cell(text))))
    page = read(MarkdownIt("commonmark").enable("table").render(markdown.table(grid)))
    assert page.tags.count("tr") == 3 and page.tags.count("td") == 4 and page.tags.count("th") == 2
    assert set(page.tags) <= {"table", "thead", "tbody", "tr", "th", "td"}
    points = read(MarkdownIt("commonmark").render(markdown.points([text, "end"])))
    assert set(points.tags) <= {"ul", "li", "p"} and points.tags.count("li") == 2


@given(st.text(max_size=80))
def test_plain_text_has_one_line_and_nothing_that_turns_it(text):
    made = plain(text)
    assert made == plain(made)
    assert "\n" not in made and not set(made) & {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


CASES = {
    "brief": lambda t: t.brief(on="2007-12-12"),
    "standing": lambda t: t.standing(on="2023-11-07"),
    "assess": lambda t: t.assess(on="1995-11-17"),
    "explain": lambda t: t.explain("CFE IV.1(A)", on="2007-12-12", scope="east"),
    "obligations": lambda t: t.obligations(on="2012-06-01", kind="exchange", reading="self"),
    "timeline": lambda t: t.timeline(party="RUS"),
    "provisions": lambda t: t.provisions("IV"),
    "deadlines": lambda t: t.deadlines("withdrawal", start="2007-12-12"),
    "compare": lambda t: t.compare("acfe", matter="withdrawal"),
}


@pytest.fixture(scope="module")
def cfe(corpus):
    return sv.load("cfe", corpus)


@pytest.mark.parametrize("kind", CASES)
def test_every_kind_shows_in_a_notebook_and_as_markdown(cfe, kind):
    found = CASES[kind](cfe)
    page = read(found._repr_html_())
    words = " ".join(page.words)
    assert plain(found.node.statement) in words
    assert "script" not in page.tags and not any(k in ("src", "href") for k, _ in page.attributes)
    text = markdown.fragment(getattr(found, "answer", found))
    assert plain(found.node.statement) in "".join(read(MarkdownIt("commonmark").enable("table").render(text)).words)


def test_a_table_of_verdicts_holds_the_answers_figures(cfe):
    found = cfe.assess(on="1995-11-17")
    shown = tables.sort_out(found.value).shown
    words = read(found._repr_html_()).words
    assert len(shown) > 20
    for v in shown:
        assert f"{v.bound:,}" in words and tables.least(v) in words and tables.most(v) in words


def test_the_matrix_has_a_mark_for_every_pair(cfe):
    found = cfe.obligations(on="2012-06-01", kind="exchange", reading="self")
    page = found._repr_html_()
    owed = sum(v is True for row in found.value.owes for v in row)
    pairs = len(found.value.parties) * (len(found.value.parties) - 1)
    assert page.count('class="owed"') == owed
    assert page.count('class="not_owed"') == pairs - owed > 0


def test_an_unknown_cell_is_not_shown_as_one_that_is_not_owed(cfe):
    found = cfe.obligations(on="2023-11-07", kind="exchange", reading="self")
    unknown = sum(v is None for row in found.value.owes for v in row)
    assert unknown and found._repr_html_().count('class="unknown"') == unknown


def test_a_long_tree_is_cut_with_a_count():
    leaf = Node(statement=Statement("leaf"))
    many = Node(statement=Statement("root"), because=(leaf,) * 1000)
    page = html.fragment(Answer(kind="odd", value=None, data={}, node=many))
    assert page.count("<li>leaf") == html.MOST_NODES and f"{1000 - html.MOST_NODES:,} lines more" in page
    text = markdown.fragment(Answer(kind="odd", value=None, data={}, node=many))
    assert text.count("- leaf") == markdown.MOST_NODES and f"{1000 - markdown.MOST_NODES:,} lines more" in text


def test_recalled_figures_are_marked(cfe):
    levels = cfe.assess(on="2007-12-12", groups="nato", count="levels")
    assert any(map(tables.recalled, levels.value))
    assert "undetermined*" in levels._repr_html_() or "exceeded*" in levels._repr_html_()
    assert "lean on recalled figures, not sourced ones" in levels._repr_html_()


def test_the_model_alone_knows_no_layout():
    code = "import sys; import servanda; assert not [m for m in sys.modules if m.startswith('servanda.render')]"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_answer_without_a_layout_shows_plainly(monkeypatch):
    from servanda.model import answer as home

    monkeypatch.setattr(home, "_layouts", {})
    assert answer("x")._repr_html_() is None


def test_an_answer_to_assess_can_be_copied_and_asked_for_what_it_has_not(cfe):
    found = cfe.assess(on="2007-12-12", limits=("CFE IV.1(A)",))
    assert copy.copy(found) == found
    with pytest.raises(AttributeError):
        _ = found._ipython_canary_method_should_not_exist_


def test_a_strip_shows_no_bar_without_figures_and_keeps_inside_its_frame():
    assert html.bar(None, None, 10) == ""
    for low, high, bound in [(0, 5, 10), (20, 30, 10), (3, None, 10), (0, 0, 0)]:
        made = html.bar(low, high, bound)
        widths = [float(v) for k, v in read(made).attributes if k == "width" and v]
        assert all(0 <= w <= 110 for w in widths)
