"""Declarations over HTTP: the treaty decides who reads, tokens decide who asks, and neither leaks."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.api.conftest import Desk
from tests.exchange.ledgers import document

from servanda.exchange.tokens import issue, listed, revoke
from servanda.questions.ledger import verify_ledger


def bearer(text):
    return {"Authorization": f"Bearer {text}"}


def fetch(desk, party, entry, on, role="reader"):
    return desk.get(f"/exchange/declarations/{entry}", role, party, on=on)


def submit(desk, payload, token, signed=None):
    signed = signed or desk.world.signed(payload)
    files = {"declaration": ("d.json", payload), "signature": ("d.sig", signed.as_bytes())}
    return desk.client.post("/exchange/submit", files=files, headers=bearer(token))


def test_russia_is_refused_in_2012_and_given_what_was_due_in_2007(desk):
    refused = fetch(desk, "RUS", desk.entries["USA", "2012-01-01"], "2012-06-01")
    assert refused.status_code == 403
    body = refused.json()
    assert body["type"] == "not-entitled"
    assert "usa-cease" in body["detail"] and "CFE" in body["detail"]
    given = fetch(desk, "RUS", desk.entries["USA", "2007-01-01"], "2007-01-01")
    assert given.status_code == 200
    assert given.json()["declaration"].encode() == document("USA", "2007-01-01", synthetic=True)
    assert fetch(desk, "DEU", desk.entries["USA", "2012-01-01"], "2012-06-01").status_code == 200


def test_asking_for_an_earlier_day_opens_nothing(desk):
    got = fetch(desk, "RUS", desk.entries["USA", "2012-01-01"], "2007-01-01")
    assert got.status_code == 400
    assert "after 2007-01-01" in got.json()["detail"]
    future = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
    assert fetch(desk, "DEU", desk.entries["USA", "2012-01-01"], future).status_code == 400


def test_what_was_rightly_received_stays_received(desk):
    entry = desk.entries["USA", "2007-01-01"]
    assert fetch(desk, "RUS", entry, "2012-06-01").status_code == 403
    assert fetch(desk, "RUS", entry, "2007-06-01").status_code == 200
    assert fetch(desk, "RUS", entry, "2012-06-01").status_code == 200


def test_every_delivery_is_entered_in_the_ledger(desk):
    entry = desk.entries["USA", "2007-01-01"]
    fetch(desk, "RUS", entry, "2007-06-01")
    fetch(desk, "RUS", entry, "2007-06-01")
    fetch(desk, "RUS", desk.entries["USA", "2012-01-01"], "2012-06-01")
    audit = desk.get("/audit", "auditor").json()["entries"]
    assert [(a["party"], a["event"], a["about"]) for a in audit] == [("RUS", "delivered", f"entry {entry}")]
    assert verify_ledger(desk.path, key=str(desk.world.log.public)).value.holds


def test_a_state_reads_its_own(desk):
    assert fetch(desk, "USA", desk.entries["USA", "2012-01-01"], "2023-12-31", role="officer").status_code == 200


def test_an_officer_submits_for_its_own_state_alone(desk):
    payload = document("DEU", "2013-01-01", synthetic=True)
    wrong = submit(desk, payload, desk.token("officer", "USA"))
    assert (wrong.status_code, wrong.json()["type"]) == (403, "forbidden")
    assert "cannot submit for DEU" in wrong.json()["detail"]
    size = desk.client.get("/ledger").json()["size"]
    done = submit(desk, payload, desk.token("officer", "DEU"))
    assert (done.status_code, done.json()["again"]) == (201, False)
    again = submit(desk, payload, desk.token("officer", "DEU"))
    assert (again.status_code, again.json()["again"], again.json()["entry"]) == (200, True, done.json()["entry"])
    assert desk.client.get("/ledger").json()["size"] == size + 1


def test_a_signature_by_another_state_is_refused(desk):
    payload = document("DEU", "2014-01-01", synthetic=True)
    signed = desk.world.signed(payload, key=desk.world.keys["USA"])
    got = submit(desk, payload, desk.token("officer", "DEU"), signed)
    assert got.status_code == 400
    assert "key of DEU" in got.json()["detail"]


def test_an_altered_declaration_is_refused_and_nothing_is_written(desk):
    payload = document("DEU", "2014-01-01", synthetic=True)
    size = desk.client.get("/ledger").json()["size"]
    got = submit(desk, payload.replace(b"2014", b"2015"), desk.token("officer", "DEU"), desk.world.signed(payload))
    assert got.status_code == 400
    assert desk.client.get("/ledger").json()["size"] == size


ROLES = [
    ("/exchange/declarations", {"officer": 200, "reader": 200, "auditor": 200, "administrator": 403}),
    ("/exchange/declarations/3", {"officer": 200, "reader": 200, "auditor": 403, "administrator": 403}),
    ("/audit", {"officer": 403, "reader": 403, "auditor": 200, "administrator": 200}),
    ("/tokens", {"officer": 403, "reader": 403, "auditor": 200, "administrator": 200}),
]


@pytest.mark.parametrize(("path", "expected"), ROLES)
def test_what_each_role_may(desk, path, expected):
    for role, status in expected.items():
        party = "USA" if role in ("officer", "reader") else None
        assert desk.get(path, role, party).status_code == status, (path, role)
    assert desk.client.get(path).status_code == 401


def test_credentials_that_do_not_count(desk):
    def ask(text):
        return desk.client.get("/exchange/declarations", headers=bearer(text))

    good = issue(desk.world.store, "reader", "DEU")[1]
    assert ask(good).status_code == 200
    expired = issue(desk.world.store, "reader", "DEU", days=1, at=datetime.now(UTC) - timedelta(days=2))[1]
    made, ended = issue(desk.world.store, "reader", "DEU")
    revoke(desk.world.store, made.id)
    once = issue(desk.world.store, "reader", "DEU", uses=1)[1]
    assert ask(once).status_code == 200
    for text, word in (
        (expired, "expired"),
        (ended, "revoked"),
        (once, "used already"),
        (good[:-1], "malformed"),
        (good[:-1] + ("A" if good[-1] != "A" else "B"), "not known"),
        ("svd_000000000000_" + "A" * 43, "not known"),
        ("", "needed"),
    ):
        got = ask(text)
        assert got.status_code == 401, word
        assert word in got.json()["detail"]
        assert got.headers["www-authenticate"].startswith("Bearer")
        assert text == "" or text not in got.text


def test_who_tries_tokens_is_slowed(desk):
    codes = [desk.client.get("/tokens", headers=bearer("svd_000000000000_" + "A" * 43)).status_code for _ in range(12)]
    assert codes[:10] == [401] * 10
    assert codes[10:] == [429] * 2


def test_the_store_keeps_no_secret(desk):
    text = desk.token("administrator")
    secret = text.split("_", 2)[2]
    for path in Path(desk.path).parent.iterdir():
        assert secret.encode() not in path.read_bytes(), path
    assert all(secret not in repr(t) for t in listed(desk.world.store))


def test_nothing_secret_is_logged(desk, caplog):
    caplog.set_level(logging.DEBUG)
    secrets = []
    for role, party in (("reader", "RUS"), ("officer", "DEU"), ("administrator", None)):
        secrets.append(desk.token(role, party))
        desk.get("/exchange/declarations/3", role, party)
    submit(desk, document("DEU", "2015-01-01", synthetic=True), desk.token("officer", "DEU"))
    got = desk.client.post("/tokens", json={"role": "auditor"}, headers=desk.headers("administrator"))
    secrets.append(got.json()["token"])
    told = caplog.text
    assert told, "nothing was logged at all: the test would notice nothing"
    for text in secrets:
        assert text not in told
        assert text.split("_", 2)[2] not in told


def test_an_administrator_makes_and_ends_tokens(desk):
    admin = desk.headers("administrator")
    made = desk.client.post("/tokens", json={"role": "reader", "party": "Germany", "days": 2}, headers=admin)
    assert made.status_code == 201
    assert made.json()["party"] == "DEU"
    got = desk.client.get("/exchange/declarations", headers=bearer(made.json()["token"]))
    assert got.status_code == 200
    assert desk.client.delete(f"/tokens/{made.json()['id']}", headers=admin).json()["revoked"]
    assert desk.client.get("/exchange/declarations", headers=bearer(made.json()["token"])).status_code == 401
    assert desk.client.delete("/tokens/000000000000", headers=admin).status_code == 404
    for wish in ({"role": "reader"}, {"role": "auditor", "party": "DEU"}, {"role": "reader", "party": "Ruritania"}):
        assert desk.client.post("/tokens", json=wish, headers=admin).status_code in (400, 404)
    events = [e["event"] for e in desk.get("/audit", "auditor").json()["entries"]]
    assert events == ["token-made", "token-revoked"]


def test_proofs_and_pages_of_the_ledger(desk):
    from servanda.exchange.keys import parse_public
    from servanda.exchange.proofs import check_inclusion, parse_inclusion

    head = desk.client.get("/ledger").json()
    entries = []
    for offset in range(0, head["size"], 3):
        page = desk.client.get("/ledger/entries", params={"limit": 3, "offset": offset}).json()
        entries += page["entries"]
    assert [e["index"] for e in entries] == list(range(head["size"]))
    for index in range(head["size"]):
        found = parse_inclusion(desk.client.get(f"/ledger/proof/{index}").json()["proof"].encode())
        assert check_inclusion(found, found.entry, parse_public(head["key"])) is not None
    assert desk.client.get(f"/ledger/proof/{head['size']}").status_code == 404
    assert desk.client.get("/ledger/consistency", params={"since": 2}).status_code == 200
    assert desk.client.get("/ledger/consistency", params={"since": 99}).status_code == 404
    text = desk.client.get("/ledger/entries").text
    assert "salt" not in text and "battle_tank" not in text


def test_a_server_that_only_reads_writes_nothing(tmp_path):
    desk = Desk(tmp_path / "x.db", read_only=True)
    size = desk.client.get("/ledger").json()["size"]
    got = submit(desk, document("DEU", "2015-01-01", synthetic=True), desk.token("officer", "DEU"))
    assert got.status_code == 409
    assert (
        desk.client.post("/tokens", json={"role": "auditor"}, headers=desk.headers("administrator")).status_code == 409
    )
    assert desk.client.get("/ledger").json()["size"] == size


def test_a_workbook_is_checked_and_nothing_kept(open_api, tmp_path):
    from tests.exchange.samples import declaration, form, with_rows

    from servanda.exchange.formats import write

    value = with_rows(declaration(), "IIIA", lambda rows: rows[0].__setitem__("number", rows[0]["number"] + 1))
    write(tmp_path / "a.xlsx", value, form())
    got = open_api.post("/exchange/validate", files={"file": ("a.xlsx", (tmp_path / "a.xlsx").read_bytes())})
    assert got.status_code == 200, got.text
    assert got.json()["valid"] is False
    assert got.json()["synthetic"] is True
    assert "/tmp" not in got.text
    bad = open_api.post("/exchange/validate", files={"file": ("a.xlsx", b"PK\x03\x04 broken")})
    assert bad.status_code in (200, 400)
    assert bad.json().get("valid", False) is False
