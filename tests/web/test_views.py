"""Timeline, articles, parties, sources, search: what a client without script sees."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from servanda.web.app import application
from servanda.web.articles import bare, root_of
from servanda.web.asking import Asking, Kept
from servanda.web.search import index_of

BAD = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(application(answer_seconds=900))


def count(text: str) -> int:
    return int(re.search(r'<p class="answer" aria-live="polite">([\d,]+)', text)[1].replace(",", ""))


def test_the_timeline_holds_every_act_of_every_instrument(client, corpus):
    text = client.get("/timeline").text
    acts = sum(len(corpus.dossier(i).acts) for i in corpus.ids())
    assert count(text) >= acts * 0.9
    assert 'rel="next"' in text


@pytest.mark.parametrize(
    ("query", "needs", "lacks"),
    [
        ("instrument=inf", "INF", "CFE Treaty"),
        ("contested=1&instrument=cfe", "contested", ">deposit<"),
        ("kind=withdraw&instrument=cfe", "withdraw", ">deposit<"),
        ("from=2023-06-01&to=2023-06-30&instrument=cfe", "2023-06-09", "2007-07-14"),
    ],
)
def test_filters_keep_what_they_say(client, query, needs, lacks):
    text = client.get(f"/timeline?{query}").text.split('id="main"')[1].split('class="answer"')[1]
    assert needs in text
    assert lacks not in text


def test_filters_together_keep_less_than_each(client):
    both = count(client.get("/timeline?state=RUS&kind=deposit").text)
    assert 0 < both < count(client.get("/timeline?state=RUS").text)
    assert both < count(client.get("/timeline?kind=deposit").text)


def test_pages_of_the_timeline_hold_everything_once(client):
    found, page = [], 1
    while True:
        text = client.get(f"/timeline?page={page}").text
        found += re.findall(r'<p class="when">', text)
        if 'rel="next"' not in text:
            break
        page += 1
    assert len(found) == count(text)


def test_a_contested_act_shows_both_readings_in_the_list_and_on_its_page(client):
    for address in ("/timeline?contested=1&instrument=cfe&kind=suspend", "/act/cfe/rus-suspends-2007"):
        text = re.sub(r"<[^>]+>", "", client.get(address).text)
        assert re.search(r"by the instrument's own terms:\s*in force", text.replace("&#39;", "'"))
        assert re.search(r"by its own reading:\s*suspended", text)


def test_a_contested_act_toward_some_shows_the_duty_by_each_reading(client):
    text = re.sub(r"<[^>]+>", "", client.get("/act/cfe/blr-suspends-poland-czechia-2023").text).replace("&#39;", "'")
    assert re.search(r"own terms:\s*exchange owed; inspection owed", text)
    assert re.search(r"own reading:\s*exchange not owed; inspection not owed", text)


@pytest.mark.parametrize(
    "query", ["from=yesterday", "kind=dance", "state=Atlantis", "instrument=cfee", "from=2023-02-30"]
)
def test_a_filter_that_means_nothing_is_told_and_the_form_stays(client, query):
    answer = client.get(f"/timeline?{query}")
    assert answer.status_code in (400, 404)
    assert 'class="fault"' in answer.text
    assert 'name="contested"' in answer.text or answer.status_code == 404


def test_every_instrument_has_its_articles_and_every_place_answers(client, corpus):
    for instrument in corpus.ids():
        text = client.get(f"/articles/{instrument}").text
        places = re.findall(rf'href="(/articles/{instrument}/at\?cite=[^"]+)"', text)
        assert len(set(places)) == len({root_of(p.cite) for p in corpus.dossier(instrument).provisions})
        for place in places[::12]:
            assert client.get(place.replace("&amp;", "&")).status_code == 200


def test_an_article_shows_what_rests_on_it(client):
    text = client.get("/articles/cfe/at?cite=CFE+XIX").text
    assert "at least 150 days ahead" in text
    assert "/treaty/cfe/procedure/withdrawal" in text
    assert "/act/cfe/rus-suspends-2007" in text  # the silence that is argued about
    limits = client.get("/articles/cfe/at?cite=CFE+IV.1(A)").text
    assert "/treaty/cfe/limit?limit=CFE+IV.1%28A%29" in limits


def test_a_place_does_not_take_in_its_neighbours(client):
    text = client.get("/articles/cfe/at?cite=CFE+X").text
    assert 'id="cfe-x-1"' in text
    assert "cfe-xix" not in text.split("What rests on it")[0].split("In our words")[1]


@pytest.mark.parametrize(
    ("cite", "root"), [("CFE IV.1(B) (total)", "CFE IV"), ("EST Art. 8 (4)", "EST Art. 8"), ("VCLT 56(2)", "VCLT 56")]
)
def test_articles_from_places(cite, root):
    assert root_of(cite) == root
    assert bare(cite).startswith(root)


def test_links_on_these_pages_lead_somewhere(client):
    first = ["/timeline", "/articles", "/articles/cfe", "/articles/cfe/at?cite=CFE+XXI", "/parties", "/party/RUS", "/party/NATO",
             "/search?q=notice", "/sources/cfe", "/act/cfe/rus-suspends-2007", "/treaty/cfe/procedure/withdrawal"]  # fmt: skip
    ahead = set()
    later = ("/compare", "/whatif", "/read", "/exchange", "/inspect", "/reach")
    for address in first:
        text = client.get(address).text
        ahead |= {a.replace("&amp;", "&") for a in re.findall(r'href="(/[^"#]*)"', text) if not a.startswith(later)}
    assert len(ahead) > 200
    for address in sorted(ahead)[::7]:
        assert client.get(address).status_code == 200, address


def test_a_procedure_counts_from_the_day_given(client):
    text = client.get("/treaty/cfe/procedure/withdrawal?from=2023-06-09").text
    assert "7 November 2023" in text or "2023-11-07" in text
    assert client.get("/treaty/cfe/procedure/withdrawal?from=2023-06-31").status_code == 400


def test_a_party_has_its_standings_on_a_day(client):
    text = re.sub(r"<[^>]+>", " ", client.get("/party/RUS?on=2015-06-01").text)
    assert re.search(r"CFE Treaty\s+in force\s+contested", text)
    assert client.get("/party/Russia").status_code == 200
    assert client.get("/party/Atlantis").status_code == 404


@pytest.mark.parametrize(
    ("query", "title"), [("T-72", "T-72"), ("suspens", "suspend"), ("Türkei", "Turkey"), ("turkei", "Turkey")]
)
def test_search_finds_types_beginnings_and_other_spellings(client, query, title):
    assert title in client.get("/search", params={"q": query}).text


@pytest.mark.parametrize(
    "query", ['"', "a OR b", "NOT", "title:x", "(", "*", "'; DROP TABLE found; --", "x" * 3_000, "\x02y", "é" * 90]
)
def test_search_takes_any_words(client, query):
    assert client.get("/search", params={"q": query}).status_code == 200


def test_search_finds_each_kind_of_thing(corpus):
    index = index_of(Asking(corpus))
    total, hits = index.find("withdrawal notice")
    assert total >= len(hits) > 3
    assert all(part for h in hits for part, _ in h.passage)
    assert index.find("zzzzzz") == (0, ())


@pytest.mark.parametrize(
    "address",
    ["/timeline?state={}", "/timeline?kind={}", "/timeline?from={}", "/articles/{}", "/articles/cfe/at?cite={}", "/act/cfe/{}",
     "/party/{}", "/search?q={}", "/treaty/cfe/limit?limit={}", "/treaty/cfe/procedure/{}", "/treaty/cfe/procedure/withdrawal?from={}"],
)  # fmt: skip
def test_markup_in_an_address_stays_text(client, address):
    from urllib.parse import quote

    assert BAD not in client.get(address.format(quote(BAD, safe=""))).text


def test_a_value_is_made_once_however_many_ask():
    import threading

    kept, made, gate = Kept(9), [], threading.Barrier(6)

    def make():
        made.append(1)
        return 7

    def ask():
        gate.wait()
        assert kept.get("k", make) == 7

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for x in threads:
        x.start()
    for x in threads:
        x.join()
    assert made == [1]


def test_a_value_that_cannot_be_made_is_tried_again():
    kept = Kept(9)

    def fails():
        raise ValueError

    with pytest.raises(ValueError):
        kept.get("k", fails)
    assert kept.get("k", lambda: 3) == 3


def test_kept_answers_are_bounded():
    kept = Kept(3)
    for n in range(10):
        kept.get(n, lambda n=n: n)
    assert kept.get(9, lambda: -1) == 9
    assert kept.get(0, lambda: -1) == -1
