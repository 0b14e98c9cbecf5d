"""Read, exchange, compare, what if, reach, inspect: what a client without script sees, and what it must never see."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from servanda.web import reading
from servanda.web.app import application

ROOT = Path(__file__).parents[2]
BAD = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(application(answer_seconds=900))


@pytest.fixture(autouse=True)
def _time(monkeypatch):
    """A busy machine is no reason to fail."""
    monkeypatch.setattr(reading, "SECONDS", 600.0)


def token(client: TestClient, path: str) -> str:
    return re.search(r'name="token" value="([^"]+)"', client.get(path).text)[1]


def plainly(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).replace("&#39;", "'")


def read(client, text="", files=(), dateline="", **more):
    given = {"token": token(client, "/read"), "text": text, "dateline": dateline, **more}
    return client.post("/read", data=given, files=[("files", f) for f in files] or None)


def test_a_text_is_marked_and_each_claim_has_its_finding(client):
    answer = read(client, (ROOT / "examples/report-2023-11-07.txt").read_text(encoding="utf-8"))
    assert answer.status_code == 200
    marks = re.findall(r'<mark class="(\w+)"', answer.text)
    beside = re.findall(r'<article class="(\w+)" id="d1c\d+"', answer.text)
    assert marks
    assert set(marks) <= set(beside)
    assert 'href="/act/cfe/' in answer.text


def test_several_texts_are_told_as_stories(client):
    text = (ROOT / "examples/report-2023-11-07.txt").read_text(encoding="utf-8")
    other = text.replace("7 November", "9 November")
    answer = read(client, files=[("a.txt", text.encode(), "text/plain"), ("b.txt", other.encode(), "text/plain")])
    assert "They differ on" in answer.text or "tell nothing differently" in answer.text
    assert "a.txt" in answer.text
    assert "b.txt" in answer.text


@pytest.mark.parametrize(
    ("text", "dateline", "says"),
    [
        ("", "", "nothing to read"),
        ("  \n ", "", "nothing to read"),
        ("x", "yesterday", "is not a day"),
        ("x", "2023-02-30", "is not a day"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_form_keeps_the_text(client, text, dateline, says):
    answer = read(client, text, dateline=dateline)
    assert answer.status_code == 400
    assert says in answer.text
    assert "<textarea" in answer.text


def test_a_post_that_is_not_from_our_form_is_refused(client):
    assert client.post("/read", data={"text": "x"}).status_code == 403
    assert client.post("/read", data={"text": "x", "token": "x" * 86}).status_code == 403
    other = TestClient(application())
    assert client.post("/read", data={"text": "x", "token": token(other, "/read")}).status_code == 403
    assert read(client, "x", token="").status_code == 403
    for path in ("/exchange", "/inspect/plan"):
        assert client.post(path, data={}).status_code == 403


def test_the_cookie_is_strict_and_out_of_reach_of_scripts(client):
    held = TestClient(application()).get("/read").headers["set-cookie"]
    assert "SameSite=strict" in held
    assert "HttpOnly" in held


def test_pages_with_a_form_are_kept_by_nobody(client):
    assert client.get("/read").headers["cache-control"] == "no-store"
    assert read(client, "Russia").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\x.txt", "a\x00b.txt", "x" * 400 + ".txt", "", BAD + ".txt"]
)
def test_names_of_files_are_never_paths_and_never_markup(client, name):
    answer = read(client, "Russia suspended the CFE Treaty.", files=[(name, b"Nothing here.", "text/plain")])
    assert answer.status_code == 200
    assert BAD not in answer.text


def test_markup_in_a_text_stays_text(client):
    said = f'Russia {BAD} withdrew from the CFE Treaty on 7 November 2023, said "><img src=x onerror=alert(1)>.'
    answer = read(client, said, dateline="2023-11-08")
    assert BAD not in answer.text
    assert "<img" not in answer.text
    assert "&lt;script&gt;" in answer.text


def check(client, name, data, earlier=None, **more):
    files = [("document", (name, data, "application/octet-stream"))]
    if earlier:
        files.append(("earlier", earlier))
    return client.post("/exchange", data={"token": token(client, "/exchange"), **more}, files=files)


def test_a_sound_declaration_is_valid(client):
    data = (ROOT / "examples/declaration-poland-1996.json").read_bytes()
    answer = check(client, "declaration.json", data)
    assert answer.status_code == 200
    assert "Every rule is kept." in answer.text or "errors" in answer.text


def test_a_blank_document_is_not_praised(client):
    blank = client.get("/exchange/blank?party=POL&on=1996-01-01&kind=json").content
    text = check(client, "blank.json", blank).text
    assert "it declares nothing" in text
    assert "Now sign it" not in text


def test_faults_stand_beside_their_rows_and_come_back_in_the_workbook(client, tmp_path):
    from openpyxl import load_workbook

    blank = client.get("/exchange/blank?party=POL&on=1996-01-01&kind=xlsx")
    assert blank.headers["content-disposition"] == 'attachment; filename="POL-1996-01-01.xlsx"'
    path = tmp_path / "a.xlsx"
    path.write_bytes(blank.content)
    book = load_workbook(path)
    sheet = book["IIA"]
    for column, value in enumerate(("x1", "IV.9", BAD, "T-72", -4), 1):
        sheet.cell(3, column).value = value
    book.save(path)
    answer = check(client, "a.xlsx", path.read_bytes())
    assert answer.status_code == 200
    row = re.search(r'aria-label="Sheet IIA".*?</table>', answer.text, re.DOTALL)[0]
    assert 'class="wrong"' in row
    assert BAD not in answer.text
    assert "&lt;script&gt;" in row
    marked = check(client, "a.xlsx", path.read_bytes(), give="marked")
    assert marked.headers["content-type"].startswith("application/vnd.openxml")
    (tmp_path / "b.xlsx").write_bytes(marked.content)
    assert any(c.comment for r in load_workbook(tmp_path / "b.xlsx")["IIA"].iter_rows() for c in r)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b"PK\x03\x04"),
        ("a.xlsx", b""),
        ("a.json", b"{"),
        ("a.json", b"[]"),
        ("a.txt", b"x"),
        ("a.xlsm", b"x"),
        ("x", b"x"),
    ],
)
def test_a_bad_upload_is_told_in_words(client, name, data):
    answer = check(client, name, data)
    assert answer.status_code in (200, 400)
    assert 'class="fault"' in answer.text or "not valid" in answer.text
    assert "Traceback" not in answer.text
    assert 'name="document"' in answer.text


def test_who_may_read_follows_the_owners_own_reading(client):
    refused = plainly(client.get("/exchange/entitled?of=USA&to=RUS&on=2012-06-01").text)
    given = plainly(client.get("/exchange/entitled?of=USA&to=RUS&on=2007-01-01").text)
    assert "not given refused: Russia may not read" in refused
    assert "November 2011" in refused or "2011-11" in refused
    assert "Russia may read what United States declares" in given
    assert client.get("/exchange/entitled?of=USA&to=RUS&on=1900-01-01").status_code == 400


def test_the_ledger_shows_entries_and_proofs_and_no_declaration(tmp_path):
    import subprocess
    import sys

    def run(*args: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "servanda", *args], cwd=tmp_path, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr

    data = ROOT / "examples/declaration-poland-1996.json"
    run("exchange", "init", "--origin", "ledger.example/1")
    run("exchange", "keys", "new", "POL", "-o", "pol")
    secret = next(p for p in tmp_path.iterdir() if p.name.startswith("pol") and p.suffix != ".pub")
    run("exchange", "keys", "admit", "POL", "--key", str(secret))
    run("exchange", "sign", str(data), "--key", str(secret), "-o", "d.sig")
    run("exchange", "submit", str(data), "--signature", "d.sig")
    shown = TestClient(application(database=str(tmp_path / "exchange.db")))
    text = shown.get("/exchange/ledger?verify=1").text
    entry = re.search(r"/exchange/proof/(\d+)", text)[1]
    assert "POL" in text
    assert 'class="good"' in text
    assert shown.get(f"/exchange/proof/{entry}").text.startswith("c2sp.org/")
    assert shown.get("/exchange/proof/99").status_code == 400
    assert shown.get("/health").json()["entries"] >= 2
    secrets = (tmp_path / "exchange.db.key").read_text() + secret.read_text()
    assert not any(part in text for part in secrets.split() if len(part) > 30)


def test_two_instruments_side_by_side(client):
    text = plainly(client.get("/compare?one=cfe&two=acfe&matter=withdrawal&on=2001-01-01").text)
    assert "CFE Treaty on 2001-01-01" in text
    assert "CFE XIX" in text
    assert client.get("/compare?one=cfe&two=nothing").status_code == 400
    assert client.get("/compare?one=cfe&two=acfe&matter=nothing").status_code == 400


def test_a_shipped_scenario_beside_the_record(client):
    text = plainly(client.get("/whatif?scenario=suspension-accepted&on=2012-01-01").text)
    assert re.search(r"Russia \(depositary\) in force suspended", text)


SUPPOSED = {"scenario": "own-act", "instrument": "cfe", "act": "withdraw", "date": "2001-05-01", "on": "2002-01-01"}


def test_a_scenario_made_in_the_form(client):
    how = SUPPOSED | {"actors": ["TUR", "GRC"]}
    text = plainly(client.get("/whatif", params=how).text)
    assert re.search(r"(Turkey, Greece|Greece, Turkey) \(depositary\) in force withdrawn", text)
    assert "Nothing differs." in client.get("/whatif", params=how | {"on": "2001-04-01"}).text


@pytest.mark.parametrize(
    "query",
    ["scenario=../../../etc/passwd&on=2001-01-01", "scenario=adaptation-in-force-2000.yaml&on=2001-01-01", "scenario=suspension-accepted",
     "scenario=own-act&on=2001-01-01", "scenario=own-act&instrument=cfe&act=dance&actors=RUS&date=2001-01-01&on=2002-01-01",
     "scenario=own-act&instrument=cfe&act=suspend&actors=XXX&date=2001-01-01&on=2002-01-01",
     "scenario=own-act&instrument=cfe&act=suspend&actors=RUS&date=2001-01-01&on=2002-01-01&basis=whim"],
)  # fmt: skip
def test_a_scenario_that_cannot_be_is_told(client, query):
    answer = client.get(f"/whatif?{query}")
    assert answer.status_code == 400
    assert 'class="fault"' in answer.text


def test_markup_in_the_name_of_a_scenario_stays_text(client):
    how = SUPPOSED | {"actors": "TUR", "title": BAD}
    text = client.get("/whatif", params=how).text
    assert "&lt;script&gt;" in text
    assert BAD not in text


def test_quotas_for_numbers_given(client):
    text = plainly(client.get("/inspect?on=1997-06-01&objects=POL=120").text)
    assert re.search(r"Poland 120 18 \? \? 4 \? \?", text)  # 15 per cent of the objects in the residual period
    assert client.get("/inspect?objects=POL").status_code == 400
    assert client.get("/inspect?objects=XXQ=3").status_code == 400


def test_what_is_left_of_quotas(client):
    how = {
        "on": "1999-07-01",
        "objects": "RUS=200",
        "past": "DEU, RUS, declared_site, 1999-05-04, 2\nUSA, Russia, challenge, 1999-06-01",
    }
    text = plainly(client.get("/inspect", params=how).text)
    assert "Russia 200 30 3 27 7 1 6" in text
    assert "Belgium ? ? 0 ≥ 1" in text
    assert "Russia 200 30 0 30 7 0 7" in plainly(client.get("/inspect", params=how | {"past": "none"}).text)
    for wrong in (
        "DEU, RUS",
        "DEU, RUS, dance, 1999-05-04",
        "DEU, RUS, challenge, soon",
        f"{BAD}, RUS, challenge, 1999-05-04",
    ):
        answer = client.get("/inspect", params=how | {"past": wrong})
        assert answer.status_code == 400
        assert 'class="fault"' in answer.text
        assert BAD not in answer.text
    spent = {
        "by": "DEU",
        "of": "RUS",
        "arrive": "1999-07-01T10:00",
        "objects": "RUS=200",
        "past": "GBR, RUS, declared_site, 1999-05-04, 30",
    }
    assert "30 of 30 declared inspections of Russia used" in plainly(client.get("/inspect/may", params=spent).text)


def test_may_one_inspect_is_answered_with_clauses(client):
    text = client.get("/inspect/may?by=USA&of=POL&arrive=1997-06-01T10:00&kind=declared_site&objects=POL=120").text
    assert 'class="answer"' in text
    assert "INSP" in text


def test_an_inspection_is_walked_step_by_step(client):
    text = client.get("/inspect/course?by=USA&of=POL").text
    step = re.search(r'name="step" value="([^"]+)"', text)[1]
    after = client.get(
        "/inspect/course", params={"by": "USA", "of": "POL", "step": step, "when": "1997-06-01T10:00"}
    ).text
    assert "Done" in after
    assert f'value="{step}=1997-06-01T10:00"' in after  # the log goes on in the next step's form
    wrong = client.get(
        "/inspect/course", params={"by": "USA", "of": "POL", "step": "no-such", "when": "1997-06-01T10:00"}
    )
    assert wrong.status_code == 400
    arrived = {"by": "DEU", "of": "RUS", "log": "notice=1999-05-03T09:00", "step": "arrive", "when": "1999-05-04T21:00"}
    counted = re.search(r'href="(/inspect\?[^"]+past[^"]+)"', client.get("/inspect/course", params=arrived).text)[1]
    text = plainly(client.get(counted.replace("&amp;", "&")).text)
    assert re.search(r"Russia \? \? 1 \?", text)  # used: the one that was walked


def test_a_season_is_planned_on_the_map(client):
    text = client.get("/inspect/plan").text
    listed = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", text, re.DOTALL)[1]
    assert "Made-up" in listed
    sent = client.post(
        "/inspect/plan", data={"token": token(client, "/inspect/plan"), "on": "1997-06-01", "list": listed}
    )
    assert sent.status_code == 200, plainly(sent.text)
    assert sent.text.count('class="site"') == 7
    wrong = client.post(
        "/inspect/plan", data={"token": token(client, "/inspect/plan"), "list": "site,owner\na,b\n" + BAD}
    )
    assert wrong.status_code == 400
    assert BAD not in wrong.text


def test_the_sweep_of_quotas(client):
    text = plainly(client.get("/inspect/sweep?objects=100&wrong=1&wanted=0.5").text)
    assert "50 inspections notice a violation" in text
    assert client.get("/inspect/sweep?objects=ten").status_code == 400


def test_reach_shows_regions_and_a_map(client):
    text = client.get("/reach?of=RUS-KGD&range=100").text
    assert '<svg class="map"' in text
    assert "Lithuania" in text
    assert client.get("/reach?of=RUS-KGD&range=far").status_code == 400
    assert client.get("/reach?of=Atlantis&range=100").status_code == 400
    assert client.get("/reach").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/compare?one={}", "/compare?one=cfe&two=acfe&matter={}", "/compare?on={}", "/whatif?scenario={}&on=2001-01-01",
     "/reach?of={}&range=100",
     "/reach?of=DEU&range={}", "/inspect?objects={}", "/inspect?on={}", "/inspect/may?by={}&of=POL&arrive=1997-06-01",
     "/inspect/course?by=USA&of=POL&log={}", "/inspect/sweep?objects={}", "/exchange/entitled?of={}&to=RUS&on=2001-01-01",
     "/exchange/blank?party={}&on=1996-01-01", "/exchange/blank?party=POL&on=1996-01-01&kind={}", "/read?lang={}"],
)  # fmt: skip
def test_markup_in_an_address_stays_text(client, address):
    from urllib.parse import quote

    assert BAD not in client.get(address.format(quote(BAD, safe=""))).text


def test_nothing_pasted_or_secret_is_logged(client, caplog):
    import logging

    with caplog.at_level(logging.DEBUG):
        secret = token(client, "/read")
        client.post("/read", data={"token": secret, "text": "sesame Russia withdrew from the CFE Treaty"})
    said = "\n".join(
        r.getMessage() + str(getattr(r, "told", "")) for r in caplog.records if r.name.startswith("servanda")
    )
    assert secret not in said
    assert "sesame" not in said
    assert client.cookies["servanda_form"] not in said
