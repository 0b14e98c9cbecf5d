"""The static site: every link leads somewhere, nothing comes from elsewhere, pages are light, bytes are the same."""

from __future__ import annotations

import json
import posixpath
import re
from datetime import date
from html import unescape
from urllib.parse import unquote

import pytest

from servanda.model.errors import InputError
from servanda.web.site import Site, write

MOST = 200_000  # bytes of a page


@pytest.fixture(scope="module")
def files(corpus) -> dict[str, bytes]:
    return dict(Site(corpus, days=False).pages())


@pytest.fixture(scope="module")
def pages(files) -> dict[str, str]:
    return {p: data.decode() for p, data in files.items() if p.endswith(".html")}


def test_no_link_is_dead_and_every_anchor_is_there(files, pages):
    anchors = {p: set(re.findall(r'\bid="([^"]+)"', text)) for p, text in pages.items()}
    dead = []
    for path, text in pages.items():
        assert len(re.findall(r'\bid="([^"]+)"', text)) == len(anchors[path]), f"{path} has an id twice"
        for href in re.findall(r'(?:href|src)="([^"]*)"', text):
            target = unescape(href)
            if target.startswith("https://"):
                continue
            where, _, anchor = unquote(target).partition("#")
            whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), where)) if where else path
            if whole not in files or (anchor and whole.endswith(".html") and anchor not in anchors[whole]):
                dead.append(f"{path}: {target}")
    assert not dead, dead[:20]


def test_links_are_relative_so_that_it_opens_from_a_file(pages):
    for path, text in pages.items():
        assert not re.search(r'(?:href|src|action)="/', text), path
        assert not re.search(r'(?:href|src)="http:', text), path
        assert "<form" not in text, path


def test_every_page_is_light(pages):
    heavy = {p: len(text.encode()) for p, text in pages.items() if len(text.encode()) >= MOST}
    assert not heavy


def test_every_page_is_reached_from_the_first(pages):
    seen, todo = set(), ["index.html"]
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        for href in re.findall(r'href="([^"#]+)', pages[path]):
            whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), unescape(href)))
            if whole in pages:
                todo.append(whole)
    assert set(pages) - seen == set()


def test_the_record_is_all_there(pages, corpus):
    for instrument in corpus.ids():
        dossier = corpus.dossier(instrument)
        assert f"treaty/{instrument}/index.html" in pages
        assert f"sources/{instrument}.html" in pages
        text = "".join(t for p, t in pages.items() if p.startswith(f"articles/{instrument}/"))
        for provision in dossier.provisions[::9]:
            assert unescape(text).count(provision.gist) >= 1, provision.cite
    assert (
        sum(p.startswith("act/") for p in pages)
        >= sum(len({a.id for a in corpus.dossier(i).acts}) for i in corpus.ids()) * 0.9
    )
    assert "parties/rus.html" in pages


def test_linked_data_can_be_read(pages):
    found = 0
    for text in pages.values():
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL):
            told = json.loads(block)
            assert told["@context"][0] == "https://schema.org"
            assert told["@type"]
            found += 1
    assert found > 300


def test_the_search_index_leads_to_pages(files, pages):
    rows = json.loads(files["search.json"])
    assert len(rows) > 2_000
    assert files["static/index.js"].decode() == f"window.servandaIndex={files['search.json'].decode().rstrip()};\n"
    for _, _, where, _ in rows[::23]:
        assert where.partition("#")[0] in pages


def test_the_same_record_makes_the_same_bytes_on_any_day(files, corpus, monkeypatch):
    from servanda.web import treaty

    class Later(date):
        @classmethod
        def today(cls):
            return cls(2031, 3, 3)

    monkeypatch.setattr(treaty, "date", Later)
    again = Site(corpus, days=False)
    for path, data in again.pages():
        assert files[path] == data, path
        if path.startswith("timeline"):
            break


def test_every_day_of_change_has_its_page(corpus):
    site = Site(corpus, days=True)
    assert "treaty/cfe/2007-12-12.html" in site.paths
    assert sum(p.startswith("treaty/cfe/") for p in site.paths) > 60


def test_a_folder_with_something_in_it_is_left_alone(corpus, tmp_path):
    (tmp_path / "x").write_text("mine")
    with pytest.raises(InputError, match="something already"):
        write(corpus, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["x"]
