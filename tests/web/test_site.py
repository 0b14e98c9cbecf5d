"""The static site: every link leads somewhere, nothing comes from elsewhere, pages are light, bytes are the same."""

from __future__ import annotations

import json
import posixpath
import re
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from servanda.model.errors import DataError, InputError
from servanda.web.shown import read_list
from servanda.web.site import Site, write
from tests.web.browsing import browsing, needed

ROOT = Path(__file__).parents[2]
README = re.sub(r"\s+", " ", (ROOT / "README.md").read_text(encoding="utf-8"))
SHOWN = ROOT / "examples/readme-pages.yaml"

MOST = 200_000  # bytes of a page


@pytest.fixture(scope="module")
def files(corpus) -> dict[str, bytes]:
    return dict(Site(corpus, days=False, shown=read_list(SHOWN)).pages())


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
    assert not {p: len(text.encode()) for p, text in pages.items() if len(text.encode()) >= MOST}


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
    again = Site(corpus, days=False, shown=read_list(SHOWN))
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


def plainly(text: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def claims() -> list[str]:
    """What the README says that an answer must bear out: its commands, pictures, questions to the library, and bold claims."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"^\$ (servanda .+)$", text, re.MULTILINE)
    found += re.findall(r"^!\[(.+?)\]", text, re.MULTILINE)
    found += re.findall(r"= (cfe\.assess\(.+\])$", text, re.MULTILINE)
    found += re.findall(r"^- \*\*(.+?)\*\*", text, re.MULTILINE)
    return [*found, "Every figure names its source.", "Reports tell it otherwise.", "And it draws"]


def test_every_claim_of_the_readme_has_a_page(pages):
    told = [(one, s) for one in read_list(SHOWN) for s in one.says]
    assert len(claims()) > 10
    assert [c for c in claims() if not any(s in c or c in s for _, s in told)] == []
    assert [s for _, s in told if s not in README.replace("**", "")] == []
    for one, s in told:
        assert s in plainly(pages[f"shown/{one.name}.html"])
        assert f"shown/{one.name}.html" in pages["index.html"]


def test_the_pages_answer_what_the_readme_prints(pages):
    blocks = re.findall(
        r"```console\n\$ (servanda .+?)\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    compared = 0
    for command, printed in blocks:
        one = next(o for o in read_list(SHOWN) if command in o.says)
        first = re.split(r"\n(?:!|  |\n|[├A-Z])", printed)[0]
        lead = re.search(r'<p class="answer"[^>]*>(.*?)</p>', pages[f"shown/{one.name}.html"], re.DOTALL)[1]
        assert plainly(lead).strip() == re.sub(r"\s+", " ", first).strip()
        compared += 1
    assert compared >= 4
    signature = pages["shown/how-many-tanks-did-the-east-stand-above-its-ceiling-at-signature.html"]
    assert "33,191 of 20,000" in plainly(signature) and "exceeded" in plainly(signature)
    assert "13,191 over" in README
    maps = pages["shown/who-owes-russia-exchange-of-information-on-four-days.html"]
    assert maps.count('<svg class="map"') == 3  # on the fourth day Russia is no party


def test_every_verdict_that_is_shown_opens_its_reasons(pages):
    day = pages["treaty/cfe/index.html"]
    to = re.findall(r'href="\.\./\.\./(verdicts/cfe/[^"#]+)#([^"]+)"', day)
    assert len(to) > 5
    for path, anchor in to:
        part = pages[path].split(f'id="{anchor}"')[1].split("</section>")[0]
        assert 'class="tree"' in part
        assert 'class="cite"' in part


@pytest.mark.parametrize(
    "text",
    ["- title: x\n", "- title: x\n  dance: {}\n", "- title: x\n  read: {}\n  reach: {}\n", "- title: x\n  standing: {}\n  more: 1\n",
     "- {title: x, standing: {}}\n- {title: X, standing: {}}\n"],
)  # fmt: skip
def test_a_list_of_answers_that_means_nothing_is_refused(tmp_path, text):
    (tmp_path / "a.yaml").write_text(text)
    with pytest.raises(DataError, match=r"a\.yaml"):
        read_list(tmp_path / "a.yaml")


def test_a_question_of_the_list_that_cannot_be_asked_names_itself(corpus, tmp_path):
    (tmp_path / "a.yaml").write_text("- title: How so?\n  standing: {instrument: cfe, colour: red, on: 2015-06-01}\n")
    site = Site(corpus, days=False, shown=read_list(tmp_path / "a.yaml"))
    with pytest.raises(InputError, match="How so"):
        site._makers["shown/how-so.html"](None)


def test_it_opens_from_the_disk_in_a_browser(files, tmp_path):
    """Links, search, a verdict's reasons, in both colour schemes; nothing is fetched but files, and the console is still."""
    needed()
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    said, asked = [], []
    with browsing() as browser:
        page = browser.new_context(color_scheme="dark").new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda e: said.append(str(e)))
        page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
        page.on("request", lambda r: asked.append(r.url))
        page.on("requestfailed", lambda r: said.append(r.url) if "ABORTED" not in str(r.failure) else None)
        page.goto((tmp_path / "index.html").as_uri())
        for name in page.locator("header nav a").all_inner_texts():
            page.locator("header nav").get_by_role("link", name=name, exact=True).click()
            assert page.locator("h1").count() == 1
            style = page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert style != "rgba(0, 0, 0, 0)"  # the style sheet came
        page.fill("#words", "extraordinary events withdraw")
        page.locator("#hits a").first.click()
        assert page.url.startswith("file://") and "/articles/" in page.url
        page.goto((tmp_path / "treaty/cfe/index.html").as_uri())
        page.locator("table.verdicts td.n a").first.click()
        page.locator(":target .tree").first.wait_for()
        page.go_back()
        assert "treaty/cfe" in page.url
        page.goto((tmp_path / "shown/index.html").as_uri())
        page.get_by_role("link", name="A report of 7 November 2023, checked").click()
        assert page.locator("mark").count() == 8
    assert not said
    assert all(url.startswith(tmp_path.as_uri()) for url in asked)
