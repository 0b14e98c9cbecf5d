"""Handed in and given out at the pages: a signed declaration becomes an entry, and only who it is owed to reads it."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from servanda.api.pace import Pace
from servanda.exchange.proofs import check_inclusion, parse_inclusion
from servanda.exchange.tokens import issue
from servanda.web.app import application
from tests.exchange.ledgers import World, document

BAD = "<script>alert(1)</script>"


class Desk:
    """The pages over a store with three states' keys and two declarations, and tokens."""

    def __init__(self, folder: Path, **how):
        self.world = World(folder / "x.db")
        for seed, party in enumerate(("USA", "POL", "BEL"), 1):
            self.world.admit(party, seed)
        self.entries = {
            day: self.world.declare("USA", day, synthetic=True).index for day in ("2007-01-01", "2012-01-01")
        }
        self.app = application(database=str(folder / "x.db"), key=self.world.log, answer_seconds=900, **how)
        self.client = TestClient(self.app)

    def token(self, role="officer", party="POL", **how):
        return issue(self.world.store, role, party, **how)[1]

    def form(self, path):
        return re.search(r'name="token" value="([^"]+)"', self.client.get(path).text)[1]

    def submit(self, payload, credential, signature=None, name="d.json"):
        signed = self.world.signed(payload).as_bytes() if signature is None else signature
        files = {"declaration": (name, payload), "signature": ("d.sig", signed)}
        data = {"token": self.form("/exchange"), "credential": credential}
        return self.client.post("/exchange/submit", data=data, files=files)

    def ask(self, entry, credential, **more):
        data = {"token": self.form("/exchange/ledger"), "credential": credential, "entry": str(entry), **more}
        return self.client.post("/exchange/declaration", data=data)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    made = Desk(tmp_path_factory.mktemp("desk"))
    yield made
    made.world.store.close()


def fault(answer) -> str:
    return re.search(r'<p class="fault"[^>]*>(.*?)</p>', answer.text, re.DOTALL)[1].replace("&#39;", "'")


def test_a_signed_declaration_becomes_an_entry_with_its_proof(desk):
    payload = document("POL", "2001-01-01")
    got = desk.submit(payload, desk.token())
    assert got.status_code == 200
    index = int(re.search(r"/exchange/proof/(\d+)", got.text)[1])
    assert desk.world.store.declaration(index).data == payload
    proof = parse_inclusion(desk.client.get(f"/exchange/proof/{index}").content)
    assert check_inclusion(proof, proof.entry, desk.world.log.public) is not None
    again = desk.submit(payload, desk.token())
    assert f"Already there: entry {index}" in again.text
    assert got.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("role", "party", "status", "says"),
    [
        ("officer", "USA", 403, "a token of USA cannot submit for POL"),
        ("reader", "POL", 403, "the role reader may not"),
    ],
)
def test_a_token_of_another_state_or_role_enters_nothing(desk, role, party, status, says):
    size = desk.world.store.head().size
    got = desk.submit(document("POL", "2002-01-01"), desk.token(role, party))
    assert (got.status_code, says in fault(got)) == (status, True)
    assert desk.world.store.head().size == size


def test_a_wrong_spent_or_missing_token_enters_nothing(desk):
    size = desk.world.store.head().size
    once = desk.token(uses=1)
    assert desk.ask(desk.entries["2007-01-01"], once).status_code == 403  # spends it: today nothing is owed
    for credential in ("", "nonsense", once, f"svd_{'0' * 12}_{'x' * 43}"):
        got = desk.submit(document("POL", "2003-01-01"), credential)
        assert got.status_code == 401
        assert "token" in fault(got)
    assert desk.world.store.head().size == size


def test_a_signature_of_something_else_is_refused_and_the_form_is_there_again(desk):
    payload = document("POL", "2004-01-01")
    other = desk.world.signed(document("POL", "2005-01-01")).as_bytes()
    stranger = desk.world.signed(payload, desk.world.keys["USA"]).as_bytes()
    for signature, says in (
        (other, "not of this declaration"),
        (stranger, "no key of POL"),
        (b"", "no signature file"),
        (BAD.encode(), "signature"),
    ):
        got = desk.submit(payload, desk.token(), signature)
        assert got.status_code == 400
        assert says in fault(got)
        assert BAD not in got.text
        assert 'name="signature"' in got.text


def test_who_is_owed_a_declaration_has_it_and_who_is_not_hears_why(desk):
    reader = desk.token("reader", "RUS")
    got = desk.ask(desk.entries["2007-01-01"], reader, on="2007-06-01")
    assert got.content == document("USA", "2007-01-01", synthetic=True)
    assert "attachment" in got.headers["content-disposition"]
    opened = desk.ask(desk.entries["2007-01-01"], reader, on="2007-06-01", give="signature")
    assert b'"salt"' in opened.content
    refused = desk.ask(desk.entries["2012-01-01"], reader, on="2012-06-01")
    assert refused.status_code == 403
    assert "usa-cease" in fault(refused)
    assert "CFE XIII" in fault(refused)
    assert desk.ask("nine", reader).status_code == 400
    assert desk.ask(desk.entries["2012-01-01"], desk.token("auditor", None)).status_code == 403


def test_nothing_is_taken_in_read_only_or_without_a_form_of_ours(desk, tmp_path):
    assert desk.client.post("/exchange/submit", data={"credential": desk.token()}).status_code == 403
    shown = TestClient(application(database=desk.world.store.place, key=desk.world.log, read_only=True))
    assert 'name="credential"' not in shown.get("/exchange").text
    secret = re.search(r'name="token" value="([^"]+)"', shown.get("/exchange").text)[1]
    size = desk.world.store.head().size
    got = shown.post(
        "/exchange/submit",
        data={"token": secret, "credential": desk.token()},
        files={"declaration": ("d.json", b"{}"), "signature": ("d.sig", b"{}")},
    )
    assert got.status_code == 400
    assert "takes no declarations" in fault(got)
    assert desk.world.store.head().size == size
    assert "keeps no ledger" in TestClient(application()).get("/exchange").text


def test_no_credential_is_logged_or_shown(desk, caplog):
    token = desk.token("reader", "POL")
    with caplog.at_level(logging.DEBUG):
        got = desk.submit(document("POL", "2006-01-01"), token)
    assert token not in got.text
    assert token not in "".join(r.getMessage() + str(getattr(r, "told", "")) for r in caplog.records)


def test_who_may_read_is_listed_for_all_at_once(desk):
    text = desk.client.get("/exchange/entitled?of=USA&on=2012-06-01").text
    row = re.search(r"to=RUS&amp;on=2012-06-01.*?</tr>", text, re.DOTALL)[0]
    assert "not given" in row
    assert "/act/cfe/usa-cease" in row
    assert re.search(r"Given to\s+\d+ of\s+3\d", re.sub(r"<[^>]+>", "", text))


def test_wrong_credentials_are_counted_as_those_of_programs_are(tmp_path):
    tries = Pace(3)
    desk = Desk(tmp_path, tries=tries)
    wrong = [desk.ask(desk.entries["2007-01-01"], f"svd_{n:012}_{'x' * 43}").status_code for n in range(5)]
    assert wrong == [401, 401, 401, 429, 429]
    assert desk.ask(desk.entries["2007-01-01"], desk.token()).status_code == 429  # the right one is not tried either
    assert desk.submit(document("POL", "2001-01-01"), desk.token()).status_code == 429
    desk.world.store.close()
