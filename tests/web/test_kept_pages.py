"""Pages kept, parts of pages kept, and the part that a change of date swaps: each the same as a page made anew."""

from __future__ import annotations

import json
import random
import re
from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient

from servanda.corpus import Corpus
from servanda.limits.changes import change_days
from servanda.web import pages
from servanda.web.app import application


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(application())


@pytest.fixture(scope="module")
def other() -> TestClient:
    return TestClient(application())


def forget(client: TestClient) -> None:
    """Let go of all pages and parts of pages."""
    client.app.app.state.pages, client.app.app.state.asking = None, None
    pages.PARTS.clear()


def live(html: str) -> str:
    """The part that a change of date swaps."""
    return html[html.index('<div id="live">') : html.index("<footer")].replace("</main>", "").rstrip()


def days(chance: random.Random) -> list[str]:
    """Days on which something changes, days beside them, and others."""
    turns = [d for d in change_days(Corpus.default(), "cfe") if date(1990, 11, 19) < d < date(2026, 1, 1)]
    near = [d + timedelta(n) for d in chance.sample(turns, 3) for n in (-1, 0, 1)]
    return [d.isoformat() for d in (*near, date(1999, 3, 1) + timedelta(chance.randrange(4_000)))]


@pytest.mark.parametrize(
    "query", ["", "&reading=self&show=zones", "&reading=RUS&show=duties&toward=GEO", "&lang=de&kind=inspection"]
)
def test_a_page_is_the_same_whatever_was_asked_before(client, other, query):
    chance = random.Random(query)
    for on in chance.sample(days(chance), 3):
        neighbours = [(date.fromisoformat(on) + timedelta(n)).isoformat() for n in (-1, 1)]
        for day in neighbours:
            client.get(f"/treaty/cfe?on={day}{query}")
        warm = client.get(f"/treaty/cfe?on={on}{query}")
        forget(other)
        assert warm.text == other.get(f"/treaty/cfe?on={on}{query}").text
        assert pages.NO_DAY not in warm.text


def test_the_part_that_is_swapped_is_that_of_the_page_with_outlines_named(client):
    for on in ("2012-06-01", "1990-11-19"):
        whole = client.get(f"/treaty/cfe?on={on}").text
        part = client.get(f"/treaty/cfe?on={on}&part=live").text
        assert len(part) < len(whole) / 2
        shapes = client.get(re.search(r'data-outlines="([^"]+)"', part)[1]).json()
        for key, line in shapes.items():
            part = part.replace(f'data-shape="{key}"', f'd="{line}"')
        part = re.sub(r' data-outlines="[^"]+"', "", part)
        assert live(part) == live(whole)
        assert re.search("<title>.*</title>", part)[0] == re.search("<title>.*</title>", whole)[0]
        assert (
            re.search("<footer.*</footer>", part, re.DOTALL)[0].split()
            == re.search("<footer.*</footer>", whole, re.DOTALL)[0].split()
        )


def test_a_page_kept_is_made_once_and_told_apart_by_all_that_was_asked(client, monkeypatch):
    from servanda.web import routes

    made = []
    real = routes.treaty.view
    monkeypatch.setattr(routes.treaty, "view", lambda *a, **k: made.append(a[2]) or real(*a, **k))
    asked = [
        "on=2003-03-03",
        "on=2003-03-03&reading=RUS",
        "on=2003-03-03&lang=de",
        "on=2003-03-03&part=live",
        "on=2003-03-04",
    ]
    first = [client.get(f"/treaty/cfe?{q}") for q in asked]
    again = [client.get(f"/treaty/cfe?{q}") for q in asked]
    assert len(made) == len(asked)
    assert [r.content for r in first] == [r.content for r in again]
    assert len({r.headers["etag"] for r in first}) == len(asked)
    plain = client.get(f"/treaty/cfe?{asked[0]}", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == first[0].content


def test_what_was_refused_is_not_kept(client):
    client.get("/treaty/cfe?on=2001-01-01")
    before = client.app.app.state.pages.bytes
    assert client.get("/treaty/cfe?on=1890-01-01").status_code == 400
    refused = client.get("/treaty/cfe?on=1890-01-01&part=live")
    assert refused.status_code == 400
    assert 'role="alert"' in live(refused.text)
    assert client.app.app.state.pages.bytes == before > 0


def test_outlines_are_those_of_the_map_and_of_no_other_layer(client):
    answer = client.get("/outlines/region")
    assert "RUS" in json.loads(answer.content)
    assert "max-age" in answer.headers["cache-control"]
    assert client.get("/outlines/../x").status_code == 404
    assert client.get("/outlines/nothing").status_code == 404
