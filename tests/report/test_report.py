"""The report: its content is the answers', its pages hold it, and no text in it is ever markup."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import servanda as sv
from servanda.model.errors import InputError, UnknownName
from servanda.questions.brief import is_main
from servanda.render import tables
from servanda.render.tables import Cell, Column, Grid
from servanda.render.text import plain
from servanda.report import FORMATS, Report, build, written
from servanda.report.as_pdf import compiled, document
from servanda.report.blocks import Line, Lines, Pictures, Points, Section, Sides, TableBlock

MARGIN = 17 / 25.4 * 72  # of the page, in points


def squeezed(text: str) -> str:
    """Without white space and breaks that were added: lines of a page break anywhere."""
    return re.sub(r"[\s\u200b\u00ad\ufffe]+", "", text)


def words_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(pdf) as file:
        return [page.get_textpage().get_text_range() for page in file]


def outside(pdf: bytes) -> list[str]:
    """Characters that stand beyond the margins of their page, or on one another's line end."""
    found = []
    with pypdfium2.PdfDocument(pdf) as file:
        for n, page in enumerate(file, 1):
            width, height = page.get_size()
            text = page.get_textpage()
            for i in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(i)
                if left < MARGIN - 2 or right > width - MARGIN + 2 or bottom < 5 or top > height - 5:
                    found.append(f"page {n}: {text.get_text_bounded(left, bottom, right, top)!r}")
    return found


@pytest.fixture(scope="module")
def cfe(corpus):
    return sv.load("cfe", corpus)


@pytest.fixture(scope="module")
def report(cfe):
    return build(cfe, on="2007-12-12")


@pytest.fixture(scope="module")
def pdf(report):
    return written(report, ".pdf")


CASES = [
    ("cfe", "1990-11-19"),
    ("cfe", "1995-11-17"),
    ("cfe", "2012-06-01"),
    ("cfe", "2023-11-07"),
    ("cfe", "2024-06-01"),
    ("cfe", "2026-01-01"),
    ("vienna-document", "2022-03-01"),
    ("acfe", "2007-12-12"),
    ("est-2009", "2010-01-01"),
    ("inf", "2019-08-02"),
    ("open-skies", "2020-12-01"),
    ("flank-1996", "1997-06-01"),
    ("nato-ru-2021", "2022-01-01"),
]


@pytest.mark.parametrize(("instrument", "on"), CASES)
def test_two_to_eight_pages_and_nothing_beyond_their_margins(corpus, instrument, on):
    made = written(build(sv.load(instrument, corpus), on=on), ".pdf")
    pages = words_of(made)
    assert 2 <= len(pages) <= 8
    assert outside(made) == []
    assert f"{len(pages)} of {len(pages)}" in pages[-1]
    for page in pages:
        assert page.strip()


def test_figures_in_the_pdf_are_the_answers(cfe, pdf):
    answer = cfe.assess(on="2007-12-12")
    text = squeezed("".join(words_of(pdf)))
    kept = [v for v in answer.value if is_main(v)]
    assert len(kept) == 10
    for v in kept:
        room = "" if v.headroom is None else f"{v.headroom:,}"
        row = f"{v.scope}{tables.least(v)}{tables.most(v)}{v.bound:,}{room}{v.verdict.value}"
        assert squeezed(row) in text
    day, age = tables.figure_days(kept)[0]
    assert squeezed(f"{day}, {age:,}") in text


def test_every_verdict_with_figures_is_shown_or_counted(cfe, report):
    verdicts = cfe.assess(on="2007-12-12").value
    block = next(b for s in report.sections if s.title == "Is each ceiling kept" for b in s.blocks)
    shown = len(block.grid.rows)
    folded = int(re.search(r"(\d+) more on single states", " ".join(block.notes))[1])
    quiet = int(re.search(r"(?i)no data on (\d+) more", " ".join(block.notes))[1])
    assert shown + folded + quiet == len(verdicts)


def test_the_brief_is_the_answers(cfe, report):
    brief = cfe.brief(on="2007-12-12")
    told = {
        line.text
        for block in report.sections[0].blocks
        if isinstance(block, Lines)
        for _, ls in block.rows
        for line in ls
    }
    for name, nodes in brief.value.sections:
        if name in ("Bound", "Owed", "Disputed", "Next"):
            assert {str(n.statement) for n in nodes} <= told
    assert sum(len(s.blocks) for s in report.sections) > 10


def test_all_parties_stand_in_the_table_once(cfe, report):
    block = next(b for b in report.sections[1].blocks if isinstance(b, TableBlock))
    count = [c.name for c in block.grid.columns].index("n")
    assert sum(int(row[count].text) for row in block.grid.rows) == len(cfe.standing(on="2007-12-12").value)
    named = ", ".join(row[count + 1].text for row in block.grid.rows).split(", ")
    assert len(named) == len(set(named))


def test_a_dispute_shows_both_readings_side_by_side(report):
    sides = [b for s in report.sections for b in s.blocks if isinstance(b, Sides)]
    assert [s.subject for s in sides] == ["Russia"]
    assert sides[0].left[0].endswith("in force") and sides[0].right[0].endswith("suspended")
    assert any("noted, not applied" in line.text for line in sides[0].left[1])
    assert any("basis unilateral" in n for line in sides[0].right[1] for n in line.notes)
    assert "United States: in force" in sides[0].others


def test_where_nobody_differs_there_is_no_dispute(cfe):
    made = build(cfe, on="1996-06-01")
    assert not [b for s in made.sections for b in s.blocks if isinstance(b, Sides)]
    pictures = [b for s in made.sections for b in s.blocks if isinstance(b, Pictures)]
    assert [len(p.pictures) for p in pictures] == [1, 1]


def test_pictures_show_both_readings_where_they_differ(report):
    pictures = [b for s in report.sections for b in s.blocks if isinstance(b, Pictures)]
    assert [len(p.pictures) for p in pictures] == [2, 2]
    left, right = (p.draw() for p in pictures[0].pictures)
    assert left != right and "suspended" in right and "suspended" not in re.sub("<title>.*?</title>", "", left)


@pytest.mark.parametrize("reading", ["self", "law", "USA", "RUS"])
def test_a_reading_changes_the_content_and_is_named(cfe, report, reading):
    made = build(cfe, on="2007-12-12", reading=reading)
    assert dict(made.facts)["Reading"] != dict(report.facts)["Reading"]
    answer = cfe.standing(on="2007-12-12", reading=reading)
    block = next(b for b in made.sections[1].blocks if isinstance(b, TableBlock))
    russia = next(row for row in block.grid.rows if any("Russia" in c.text for c in row))
    mine = next(s for s in answer.value if s.party == "RUS")
    assert russia[0].text == mine.standing.value.replace("_", " ")
    assert made.foot != report.foot


def test_sources_are_numbered_without_gaps_and_all_are_used(report):
    used: set[int] = set()
    for section in report.sections:
        for block in section.blocks:
            lines: list[Line] = []
            if isinstance(block, Points):
                lines = list(block.lines)
            elif isinstance(block, Lines):
                lines = [x for _, ls in block.rows for x in ls]
            elif isinstance(block, Sides):
                lines = [*block.left[1], *block.right[1]]
            elif isinstance(block, TableBlock):
                texts = [n for n in block.notes if "ources" in n or "[" in n]
                if block.grid.columns[-1].name == "src":
                    texts += [row[-1].text for row in block.grid.rows]
                for first, last in re.findall(
                    r"(\d+)(?:-(\d+))?", " ".join(re.sub(r"\d+ of \d+", "", t) for t in texts)
                ):
                    used |= set(range(int(first), int(last or first) + 1))
            used |= {n for line in lines for n in line.refs}
    assert len(report.sources) == len(set(report.sources))
    assert set(range(1, len(report.sources) + 1)) <= used


def test_the_same_question_gives_the_same_bytes(cfe, pdf):
    again = build(cfe, on="2007-12-12")
    for form in FORMATS:
        assert written(again, form) == (pdf if form == ".pdf" else written(again, form))
    other = subprocess.run(
        [
            sys.executable,
            "-c",
            "import servanda as sv, hashlib; from servanda.report import build, written; "
            "print(hashlib.sha256(written(build(sv.load('cfe'), on='2007-12-12'), '.pdf')).hexdigest())",
        ],
        capture_output=True,
        text=True,
        check=True,
        env={**__import__("os").environ, "TZ": "Asia/Tokyo"},
    )
    import hashlib

    assert other.stdout.strip() == hashlib.sha256(pdf).hexdigest()


def test_no_font_of_the_machine_is_used(pdf):
    assert set(re.findall(rb"/FontName\s*/[A-Z]{6}\+(\w+)", pdf)) <= {b"LibertinusSerif"} or b"Libertinus" in pdf
    assert b"CreationDate" not in pdf


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.skip = False

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.skip = tag == "style"
        self.links += [v or "" for k, v in attrs if k in ("src", "href")]

    def handle_endtag(self, tag):
        self.skip = False

    def handle_data(self, data):
        if not self.skip:
            self.words.append(data)


def web(page: bytes) -> _Page:
    made = _Page()
    made.feed(page.decode())
    return made


def test_the_page_fetches_nothing(report):
    page = web(written(report, ".html"))
    assert page.links and all(link.startswith(("data:image/svg+xml;base64,", "#s")) for link in page.links)
    assert not {"script", "iframe", "link", "object"} & set(page.tags)
    assert page.tags.count("img") == 4
    assert "default-src 'none'" in written(report, ".html").decode()


def test_all_three_formats_tell_the_same_words(report, pdf):
    page = squeezed("".join(web(written(report, ".html")).words))
    paper = squeezed("".join(words_of(pdf)))
    text = squeezed(
        "".join(web(MarkdownIt("commonmark").enable("table").render(written(report, ".md").decode()).encode()).words)
    )
    said = [line.text for s in report.sections for b in s.blocks if isinstance(b, Points) for line in b.lines]
    said += [n for s in report.sections for b in s.blocks if isinstance(b, TableBlock) for n in b.notes]
    said += [s.title for s in report.sections]
    assert len(said) > 20
    for sentence in said:
        assert squeezed(sentence) in page and squeezed(sentence) in text, sentence
        # a page's foot may stand between two lines of a sentence
        assert squeezed(sentence)[:25] in paper, sentence


def test_markdown_needs_no_pictures_and_no_typesetter():
    code = (
        "import sys; sys.modules.update(dict.fromkeys(['altair', 'vl_convert', 'typst', 'shapely'])); "
        "import servanda as sv; from servanda.report import build, written; "
        "assert len(written(build(sv.load('cfe'), on='2007-12-12'), '.md')) > 5000"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_missing_package_is_told_in_one_line(report, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(InputError, match=r"PDF needs the library typst; pip install .servanda\[report\]"):
        written(report, ".pdf")
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(InputError, match=r"pictures need the library vl_convert.*servanda\[report\]"):
        written(report, ".html")


def test_a_scenario_is_announced_and_laid(corpus):
    from servanda.scenario import apply, load_scenario

    scenario = load_scenario("suspension-accepted")
    treaty = sv.load("cfe", apply(corpus, [scenario]))
    made = build(treaty, on="2007-12-12", scenarios=[scenario.title])
    assert scenario.title in made.warning
    assert squeezed(made.warning) in squeezed(words_of(written(made, ".pdf"))[0])
    assert plain(made.warning) in "".join(web(written(made, ".html")).words)
    block = next(b for b in made.sections[1].blocks if isinstance(b, TableBlock))
    assert any(row[0].text == "suspended" and "Russia" in row[3].text for row in block.grid.rows)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"on": "1980-01-01"}, "before the record of the CFE Treaty begins"),
        ({"on": "2007-12-32"}, "is not a date"),
        ({"on": "2300-01-01"}, "long after the record"),
        ({"on": "2007-12-12", "reading": "NATO"}, "no reading called 'NATO'"),
        ({"on": "2007-12-12", "as_known_on": "soon"}, "is not a day of knowledge"),
    ],
)
def test_bad_questions_are_refused(cfe, question, said):
    with pytest.raises((InputError, UnknownName), match=said):
        build(cfe, **question)


def odd_report(text: str) -> Report:
    """A report made of one text, in every place that takes text."""
    line = Line(text, (text,), (text,), (1,))
    grid = Grid(
        columns=(Column(text), Column("n", number=True)),
        rows=(
            (Cell(text, notes=(("note", text),)), Cell("1", "within")),
            (Cell("end", "dim"), Cell(text, "undetermined")),
        ),
        title=text,
    )
    blocks = (
        Lines(((text, (line,)),)),
        Points((line, line), text),
        TableBlock(grid=grid, notes=(text,)),
        Sides(subject=text, left=(text, (line,)), right=(text, (line,)), others=text),
    )
    return Report(
        title=text or "t",
        day=text,
        facts=((text, text),),
        sections=(Section(text or "s", blocks),),
        sources=(text,),
        warning=text,
        foot=text,
        short=text,
    )


# letters that the fonts shipped with Typst draw: Latin with its diacritics, Greek, Cyrillic, and every ASCII sign
LETTERS = st.characters(min_codepoint=0x20, max_codepoint=0x7E) | st.sampled_from(
    "ÄäÖößÇçŁłŘřŠšŽžĞğİıÑñØøÆæăâțșΑΩαωЖжЯяЁёЇїЄє№€«»"
)


@settings(max_examples=25)
@given(st.text(LETTERS, max_size=50))
def test_any_text_goes_through_typst_and_comes_back(text):
    made = words_of(compiled(document(odd_report(text))))
    assert squeezed("".join(made)).count(squeezed(plain(text))) >= 1


@settings(max_examples=25)
@given(st.text(max_size=50))
@example(" ")
@example("---")
def test_no_text_breaks_a_writer(text):
    odd, even = odd_report(text), odd_report("even")
    assert compiled(document(odd))[:5] == b"%PDF-"
    tags = web(written(odd, ".html")).tags
    if plain(text):
        assert [t for t in tags if t != "br"] == web(written(even, ".html")).tags
    rendered = web(MarkdownIt("commonmark").enable("table").render(written(odd, ".md").decode()).encode())
    assert not {"script", "a", "img", "code", "pre", "hr"} & set(rendered.tags)


@pytest.mark.parametrize(
    "text",
    [
        "#set page(width: 1cm)",
        "$x^2$",
        "@label",
        "*b* _i_",
        "<tag>",
        "[x]",
        "= h",
        "// c",
        "`r`",
        "\\n",
        '"q"',
        "--flag",
    ],
)
def test_markup_of_typst_is_drawn_as_it_is(text):
    assert squeezed(text) in squeezed("".join(words_of(compiled(document(odd_report(text))))))


def test_names_with_diacritics_and_cyrillic_are_drawn(report):
    names = "Łódź, Győr, Năsăud, Şırnak, Žďár, Київ, Симферополь, Владикавказ, Ґ, Ё"
    made = compiled(document(odd_report(names)))
    assert squeezed(names) in squeezed("".join(words_of(made)))


def test_long_words_and_wide_tables_stay_on_the_page():
    wide = Grid(
        columns=tuple(Column(f"column {i}") for i in range(9)),
        rows=tuple(tuple(Cell("x" * 70) for _ in range(9)) for _ in range(40)),
    )
    long = odd_report("W" * 400)
    made = replace(long, sections=(*long.sections, Section("wide", (TableBlock(grid=wide),))))
    pdf = compiled(document(made))
    assert outside(pdf) == []


def test_a_long_table_goes_on_with_its_headings():
    grid = Grid(
        columns=(Column("heading one"), Column("two")), rows=tuple((Cell(f"row {i}"), Cell("y")) for i in range(300))
    )
    made = Report(title="t", day="d", facts=(), sections=(Section("s", (TableBlock(grid=grid),)),))
    pages = words_of(compiled(document(made)))
    assert len(pages) > 3
    assert all("heading one" in page for page in pages)
    assert "".join(pages).count("row ") == 300
