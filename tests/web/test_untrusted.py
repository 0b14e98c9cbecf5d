"""Text that others wrote stays text in every output: pages, pictures, reports as PDF, HTML and Markdown, and the terminal.

Where it comes from: the name of a party, the title of a scenario, a claim of a report, a cell of a workbook, an address. That pages
keep claims, cells and addresses as text is tried in test_asks.py; here every source meets the other outputs.
"""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient
from markdown_it import MarkdownIt
from rich.console import Console

import servanda as sv
from servanda.charts import maps
from servanda.charts.map_svg import drawing
from servanda.exchange.formats import write
from servanda.model.actors import Actor
from servanda.model.claims import Document
from servanda.questions.exchange import validate
from servanda.questions.read import read
from servanda.questions.whatif import whatif
from servanda.render.console import show
from servanda.report import build, written
from servanda.scenario import load_scenario
from servanda.web.app import application
from tests.exchange.samples import declaration, form, with_rows
from tests.report.test_report import squeezed, words_of

MARK = "<script>alert(1)</script>"
BAD = f"{MARK}\x1b[31m[a](javascript:b)"  # markup of pages, of terminals, of Markdown
CFE = sv.load("cfe")


class _Page(HTMLParser):
    """The elements of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        assert not any(name.startswith("on") or str(value).startswith("javascript:") for name, value in attrs)

    def handle_data(self, data):
        self.words.append(data)


def is_text(page: str, scripts: int = 0) -> None:
    """The markup is there as text, and nothing of it is an element."""
    held = _Page(page)
    assert held.tags.count("script") == scripts
    assert MARK in "".join(held.words)


def in_terminal(answer) -> str:
    out = io.StringIO()
    show(answer, Console(file=out, width=200, force_terminal=False, color_system=None), full=True)
    return out.getvalue()


def is_plain(text: str) -> None:
    """It stands in the terminal as letters: no control character, so no colour, title or cursor of another's."""
    assert "alert(1)" in text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


def in_reports(report) -> None:
    is_text(written(report, ".html").decode())
    rendered = _Page(MarkdownIt("commonmark").enable("table").render(written(report, ".md").decode()))
    assert not {"script", "a", "img"} & set(rendered.tags)
    assert MARK in "".join(rendered.words)
    assert squeezed(MARK) in squeezed("".join(words_of(written(report, ".pdf"))))


@pytest.fixture
def hostile_party(corpus):
    """Russia by a name that is markup."""
    changed: list[tuple[Actor, str]] = []
    for held in {id(c): c for c in (corpus, CFE.corpus)}.values():
        actor = held.actors.find("RUS")
        changed.append((actor, actor.name))
        object.__setattr__(actor, "name", BAD)
    yield corpus
    for actor, name in changed:
        object.__setattr__(actor, "name", name)


def test_the_name_of_a_party(hostile_party):
    """On a small treaty, so that it is soon told; its pages, map, terminal and reports are those of every other."""
    treaty = sv.load("inf", hostile_party)
    client = TestClient(application(hostile_party, answer_seconds=900))
    for address in ("/treaty/inf?on=2015-06-01", "/timeline?instrument=inf&state=RUS", "/party/RUS?on=2015-06-01"):
        page = client.get(address).text
        is_text(page, scripts=1)
        assert "\x1b" not in page
    duties = treaty.obligations(on="2015-06-01", kind="limits")
    svg = drawing(maps.toward([duties], "RUS", hostile_party.actors.name("RUS")))
    assert "script" not in _Page(svg).tags
    assert "&lt;script&gt;" in svg
    is_plain(in_terminal(treaty.standing("RUS", on="2015-06-01")))
    in_reports(build(treaty, on="2015-06-01"))


def test_the_title_of_a_scenario(tmp_path):
    title = MARK + "[a](javascript:b)"
    path = tmp_path / "own.yaml"
    change = {
        "change": "acts",
        "in": "cfe",
        "id": "rus-suspends-2007",
        "set": {"basis": "agreement", "contested_by": []},
    }
    path.write_text(json.dumps({"id": "own", "title": title, "gist": title, "changes": [change]}), encoding="utf-8")
    is_plain(in_terminal(whatif(CFE.corpus, [load_scenario(path)], on="2012-01-01")))
    in_reports(build(sv.load("inf").with_scenarios([str(path)]), on="2015-06-01", scenarios=[title]))


def test_a_claim_and_a_cell_in_the_terminal(corpus, tmp_path):
    told = f"Russia {BAD} withdrew from the CFE Treaty on 7 November 2023."
    is_plain(in_terminal(read(corpus, [Document(name=BAD, text=told, dateline="2023-11-08")])))
    faulty = with_rows(declaration(), "IIIA", lambda rows: rows[0].__setitem__("type", MARK))
    write(tmp_path / "a.json", faulty, form())
    is_plain(in_terminal(validate(corpus, tmp_path / "a.json")))
