"""Charts as files: the format by the ending; a page that fetches nothing and lets no text of the data run."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import altair as alt
import pytest

from servanda.charts.files import FORMATS, checked, rendered
from servanda.model.errors import InputError

HOSTILE = "</script><script>alert('x')</script><img src=http://example.org/x.png>"


def chart(title="Plain title"):
    values = alt.Data(values=[{"a": HOSTILE, "b": 1}, {"a": "x", "b": 2}])
    return alt.Chart(values, title=title).mark_bar().encode(x="a:N", y="b:Q")


class Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def page(title="Plain title"):
    return rendered(chart(title), Path("x.html")).decode()


def test_each_format_is_what_its_ending_says():
    assert rendered(chart(), Path("x.png")).startswith(b"\x89PNG")
    assert rendered(chart(), Path("x.svg")).lstrip().startswith(b"<svg")
    assert json.loads(rendered(chart(), Path("x.json")))["title"] == "Plain title"
    assert page().startswith("<!DOCTYPE html>")


def test_a_larger_scale_makes_a_larger_picture():
    def width(content):
        return int.from_bytes(content[16:20], "big")

    one, two = (width(rendered(chart(), Path("x.png"), scale=s)) for s in (1, 2))
    assert two == 2 * one


def test_the_page_names_nothing_that_is_fetched():
    parser = Elements()
    parser.feed(page())
    fetched = [(t, a) for t, a in parser.found if a.get("src") or t in ("link", "iframe", "img", "object", "embed")]
    assert fetched == []
    assert "cdn" not in page().split("<script>")[0]


def test_the_page_forbids_the_network_to_the_browser():
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page())[1]
    assert policy.startswith("default-src 'none'")
    assert "http" not in policy
    assert "connect-src" not in policy


def test_text_of_the_data_stays_text():
    text = page()
    assert text.count("<script") == len(re.findall(r"<script(?: type=\"application/json\" id=\"spec\")?>", text)) == 2
    held = re.search(r'id="spec">(.*?)</script>', text, re.DOTALL)[1]
    assert json.loads(held)["data"]["values"][0]["a"] == HOSTILE


def test_a_title_of_several_lines_is_escaped():
    assert "<title>A &lt;b&gt; and more</title>" in page(alt.Title(text=["A <b>", "and more"]))


@pytest.mark.parametrize("name", ["x.bmp", "x", "x.png.exe", "x.geojson"])
def test_another_format_is_refused(name):
    with pytest.raises(InputError, match=r"not a format.*\.png, \.svg, \.json, \.html") as caught:
        rendered(chart(), Path(name))
    assert "\n" not in str(caught.value)


def test_the_ending_may_be_in_capitals():
    assert {checked(Path(f"X{f.upper()}")) for f in FORMATS} == set(FORMATS)
