"""Questions over HTTP: the documents of the command line, with reasons, marks and problems."""

from __future__ import annotations

import pytest

import servanda as sv

CFE = sv.load("cfe")

ASKED = [
    ("standing", {"on": "2015-06-01", "party": "RUS"}, lambda: CFE.standing("RUS", on="2015-06-01")),
    ("standing", {"on": "2024-06-01", "reading": "self"}, lambda: CFE.standing(on="2024-06-01", reading="self")),
    (
        "obligations",
        {"on": "2012-06-01", "kind": "exchange"},
        lambda: CFE.obligations(on="2012-06-01", kind="exchange"),
    ),
    (
        "assess",
        {"on": "1995-11-17", "limit": "CFE IV.1(A)"},
        lambda: CFE.assess(on="1995-11-17", limits=["CFE IV.1(A)"]),
    ),
    (
        "explain",
        {"on": "1995-11-17", "limit": "CFE IV.1(A)", "scope": "east"},
        lambda: CFE.explain("CFE IV.1(A)", on="1995-11-17", scope="east"),
    ),
    ("brief", {"on": "2007-12-12"}, lambda: CFE.brief(on="2007-12-12")),
    ("timeline", {"party": "RUS"}, lambda: CFE.timeline(party="RUS")),
    ("provisions", {"cite": "CFE XIX"}, lambda: CFE.provisions("CFE XIX")),
    ("classify", {"query": "T-72"}, lambda: CFE.classify("T-72")),
    ("coming", {"on": "2023-06-10"}, lambda: CFE.coming(on="2023-06-10")),
    ("withdrawal", {}, CFE.withdrawal),
    ("links", {}, CFE.links),
    ("where", {"on": "1999-11-19", "region": "POL"}, lambda: CFE.where(on="1999-11-19", region="POL")),
]


@pytest.mark.parametrize(("question", "query", "ask"), ASKED, ids=[f"{q} {v}" for q, v, _ in ASKED])
def test_the_document_is_the_one_of_the_library_with_reasons(open_api, question, query, ask):
    import json

    got = open_api.get(f"/cfe/{question}", params=query)
    assert got.status_code == 200, got.text
    body, answer = got.json(), ask()
    explanation = body.pop("explanation")
    assert body == json.loads(json.dumps(answer.data, default=str))
    assert explanation["statement"] == str(answer.node.statement)


def test_was_russia_bound_and_who_says_otherwise(open_api):
    body = open_api.get("/cfe/standing", params={"on": "2015-06-01", "party": "RUS"}).json()
    row = body["parties"][0]
    assert (row["standing"], row["contested"]) == ("in_force", True)


def test_an_answer_is_marked_and_given_once(open_api):
    first = open_api.get("/cfe/brief", params={"on": "2007-12-12"})
    mark = first.headers["etag"]
    again = open_api.get("/cfe/brief", params={"on": "2007-12-12"}, headers={"If-None-Match": f'"x", W/{mark}'})
    assert (again.status_code, again.content) == (304, b"")
    other = open_api.get("/cfe/brief", params={"on": "2007-12-13"})
    assert other.headers["etag"] != mark


def test_a_changed_record_gives_another_mark():
    from fastapi.testclient import TestClient

    from servanda.api import create_api
    from servanda.corpus import Corpus

    corpus = Corpus.default()
    other = corpus.as_known(None).replace([])
    import dataclasses

    changed = other.replace([dataclasses.replace(corpus.dossier("cfe"), key="another")])
    marks = {TestClient(create_api(c)).get("/cfe/links").headers["etag"] for c in (corpus, changed)}
    assert len(marks) == 2


@pytest.mark.parametrize(
    ("path", "status", "kind", "words"),
    [
        ("/cfe/standing?on=2015-06-01&party=Ruritania", 404, "unknown-name", "Ruritania"),
        ("/cfee/standing?on=2015-06-01", 404, "unknown-name", "did you mean cfe"),
        ("/cfe/standing?on=2015-13-01", 400, "unusable", "not a date"),
        ("/cfe/standing", 422, "wrong-arguments", "on"),
        ("/cfe/assess?on=1995-11-17&groups=otan", 422, "wrong-arguments", "groups"),
        ("/cfe/assess?on=1995-11-17&assume=nonsense", 404, "unknown-name", "nonsense"),
        ("/cfe/where?on=1995-11-17", 400, "unusable", "exactly one"),
        ("/cfe/whatif?on=2010-01-01&scenario=/etc/passwd", 404, "unknown-name", "passwd"),
        ("/nothing", 404, "about:blank", "Not Found"),
        ("/ledger", 409, "about:blank", "no store"),
        ("/exchange/declarations", 409, "about:blank", "no store"),
    ],
)
def test_mistakes_are_problem_details(open_api, path, status, kind, words):
    got = open_api.get(path)
    assert got.status_code == status, got.text
    assert got.headers["content-type"] == "application/problem+json"
    body = got.json()
    assert body["status"] == status
    assert kind is None or body["type"] == kind
    assert words in body["detail"]
    assert "Traceback" not in got.text


def test_the_words_are_those_of_the_command_line(open_api):
    with pytest.raises(sv.UnknownName) as told:
        CFE.standing("Ruritania", on="2015-06-01")
    got = open_api.get("/cfe/standing", params={"on": "2015-06-01", "party": "Ruritania"}).json()
    assert got["detail"] == str(told.value)


def test_a_list_comes_in_pages(open_api):
    whole = open_api.get("/instruments", params={"limit": 200}).json()
    found = []
    for offset in range(0, whole["total"], 7):
        found += open_api.get("/instruments", params={"limit": 7, "offset": offset}).json()["instruments"]
    assert found == whole["instruments"]
    assert [i["id"] for i in found] == list(CFE.corpus.ids())


def test_a_text_is_read_and_stays_text(open_api):
    text = "Russia withdrew from the CFE Treaty on 7 November 2023. <script>alert(1)</script>"
    got = open_api.post("/read", json={"text": text, "dateline": "2023-11-07"})
    assert got.status_code == 200
    claims = got.json()["documents"][0]["claims"]
    assert claims[0]["instrument"] == "cfe"
    assert got.headers["content-type"] == "application/json"
    assert open_api.post("/read", json={"text": ""}).status_code == 422
    assert open_api.post("/read", json={"text": "x" * 200_001}).status_code == 422


def test_who_asks_too_often_waits():
    from fastapi.testclient import TestClient

    from servanda.api import create_api

    client = TestClient(create_api(per_minute=5))
    codes = [client.get("/instruments?limit=1").status_code for _ in range(7)]
    assert codes == [200] * 5 + [429] * 2
    assert int(client.get("/instruments").headers["retry-after"]) >= 1


def test_a_pace_gives_back_what_time_gives():
    from servanda.api.pace import Pace

    now = [0.0]
    pace = Pace(60, clock=lambda: now[0])
    assert [pace.take("a") for _ in range(60)] == [0.0] * 60
    assert pace.take("a") > 0
    assert pace.take("b") == 0
    now[0] = 2.0
    assert [pace.take("a") > 0 for _ in range(3)] == [False, False, True]
