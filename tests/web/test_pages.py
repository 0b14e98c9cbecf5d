"""The application's pages as a client without script sees them."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from servanda.web import router


@pytest.fixture(scope="module")
def client() -> TestClient:
    app = FastAPI()
    app.include_router(router)
    return TestClient(app)


def test_home_leads_to_the_instrument_with_most_acts(client):
    answer = client.get("/")
    assert answer.status_code == 200
    assert "/treaty/cfe" in str(answer.url)
    assert "<h1" in answer.text


def test_a_day_shows_the_standing_verdicts_and_what_comes_next(client):
    text = client.get("/treaty/cfe?on=2007-12-12&reading=self").text
    assert "29 of 30 participants" in text or "participants" in text
    assert 'id="party-RUS"' in text
    row = text.split('id="party-RUS"')[1].split("</tr>")[0]
    assert "suspended" in row and "contested" in row
    assert "CFE IV.1(A)" in text and "20,000" in text
    assert "15 December 2007" in text  # the annual exchange is due


def test_headers_forbid_everything_from_outside_and_inline(client):
    for path in ("/treaty/cfe", "/treaty/nothing", "/static/servanda.css"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy


def test_pages_hold_no_inline_style_or_script(client):
    for path in ("/treaty/cfe?on=1995-11-17", "/treaty/cfe?show=zones&on=1995-11-17", "/treaty/inf?on=2000-01-01"):
        text = client.get(path).text
        assert "<style" not in text and " style=" not in text and "<script>" not in text and " onclick" not in text


def test_a_day_before_the_record_is_told_with_the_remedy_and_the_form_stays(client):
    answer = client.get("/treaty/cfe?on=1950-01-01")
    assert answer.status_code == 400
    assert "before the record" in answer.text and 'name="on"' in answer.text


def test_unknown_names_are_404_with_near_ones(client):
    answer = client.get("/treaty/cfee")
    assert answer.status_code == 404
    assert "did you mean" in answer.text


def test_markup_in_a_parameter_stays_text(client):
    bad = "<script>alert(1)</script>"
    for name in ("on", "reading", "show", "toward", "since", "kind", "limit"):
        text = client.get("/treaty/cfe", params={"on": "2001-01-01", "show": "duties", name: bad}).text
        assert bad not in text


def test_every_verdict_opens_its_tree_with_article_and_source(client):
    text = client.get("/treaty/cfe/verdict?limit=CFE+IV.1(A)&scope=east&posture=any&on=1995-11-17").text
    assert "undetermined" in text and "/articles/cfe/at?cite=" in text
    assert "33,217" in text


@pytest.mark.parametrize("show", ["standing", "zones", "duties", "verdicts"])
def test_maps_are_drawn(client, show):
    text = client.get(f"/treaty/cfe?on=2012-06-01&show={show}&toward=RUS&reading=self").text
    assert '<svg class="map"' in text and text.count("<path") > 10


def test_what_changed_since_a_day(client):
    text = client.get("/treaty/cfe?on=2007-12-12&since=2007-12-11&reading=RUS").text
    assert "Russia: in force becomes suspended" in text


def test_the_interface_speaks_german_when_asked(client):
    text = client.get("/treaty/cfe?lang=de&on=2001-01-01").text
    assert 'lang="de"' in text and "Zeitleiste" in text and "lang=de" in text
