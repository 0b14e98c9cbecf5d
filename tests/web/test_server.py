"""The server round the pages: limits, headers, names, health, logs, stopping."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from fastapi import HTTPException, Request
from fastapi.testclient import TestClient

from servanda.web import door
from servanda.web.app import application
from servanda.web.guards import Guard, JsonLines


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(application())


async def answered(app, chunks, headers=(), wait=0.0):
    """Run an ASGI application on a body that arrives in pieces; what it sent."""
    left, sent = list(chunks), []

    async def receive():
        await asyncio.sleep(wait)
        if not left:
            await asyncio.sleep(60)
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/x", "headers": list(headers)}
    await app(scope, receive, send)
    return sent


async def reader(scope, receive, send):
    """Reads the whole body, and hides what went wrong as a framework does."""
    size, more = 0, True
    try:
        while more:
            message = await receive()
            size, more = size + len(message["body"]), message["more_body"]
        status = 200
    except Exception:
        status = 400
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


def guarded(app=reader, **limits):
    return Guard(app, headers={"X-Mark": "yes"}, **limits)


def statuses(sent):
    return [m["status"] for m in sent if m["type"] == "http.response.start"]


def test_a_body_of_the_limit_is_read_and_one_byte_more_is_refused_however_it_is_sent():
    app = guarded(most_body=10)
    assert statuses(asyncio.run(answered(app, [b"12345", b"67890"]))) == [200]
    assert statuses(asyncio.run(answered(app, [b"12345", b"67890", b"1"]))) == [413]
    assert statuses(asyncio.run(answered(app, [b"x"], [(b"content-length", b"11")]))) == [413]
    assert statuses(asyncio.run(answered(app, [b"x"], [(b"content-length", b"-1")]))) == [413]


def test_a_body_that_trickles_is_given_up():
    sent = asyncio.run(answered(guarded(body_seconds=0.05), [b"1", b"2", b"3"], wait=0.04))
    assert statuses(sent) == [408]


def test_an_answer_that_does_not_begin_is_given_up_and_the_work_is_stopped():
    stopped = []

    async def slow(scope, receive, send):
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            stopped.append(True)
            raise

    assert statuses(asyncio.run(answered(guarded(slow, answer_seconds=0.05), [b""]))) == [503]
    assert stopped == [True]


def test_a_failure_is_logged_and_told_without_its_words(caplog):
    async def broken(scope, receive, send):
        raise RuntimeError("inner words")

    with caplog.at_level(logging.INFO, "servanda.web"):
        sent = asyncio.run(answered(guarded(broken), [b""]))
    assert statuses(sent) == [500]
    assert all(b"inner words" not in m.get("body", b"") for m in sent)
    assert any(r.exc_info for r in caplog.records)
    assert (b"x-mark", b"yes") in next(m for m in sent if "status" in m)["headers"]


def test_health_tells_what_is_served_and_fails_when_the_store_does(client, tmp_path):
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json()["instruments"] > 30
    broken = tmp_path / "no-store.db"
    broken.write_bytes(b"this is no database")
    sick = TestClient(application(database=str(broken))).get("/health")
    assert sick.status_code == 503
    assert "no-store" not in sick.text


@pytest.mark.parametrize(
    "path", ["/health", "/treaty/cfe?on=2001-01-01", "/nothing", "/static/x", "/api/v1/x", "/static/servanda.js"]
)
def test_every_answer_forbids_what_is_inline_and_from_elsewhere(client, path):
    held = client.get(path).headers
    assert "default-src 'none'" in held["content-security-policy"]
    assert "unsafe" not in held["content-security-policy"]
    assert held["x-content-type-options"] == "nosniff"


def test_a_name_that_is_not_ours_is_refused(client):
    assert client.get("/health", headers={"Host": "elsewhere.example"}).status_code == 400
    assert client.get("/health", headers={"Host": "127.0.0.1:8000"}).status_code == 200
    assert (
        TestClient(application(hosts=("treaty.example",))).get("/health", headers={"Host": "treaty.example"}).is_success
    )


def test_an_answer_already_held_is_not_sent_again(client):
    first = client.get("/treaty/cfe?on=2001-01-01")
    again = client.get("/treaty/cfe?on=2001-01-01", headers={"If-None-Match": first.headers["etag"]})
    other = client.get("/treaty/cfe?on=2008-01-01", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert other.status_code == 200


def test_programs_have_their_place(client):
    async def api(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": scope["path"].encode()})

    assert TestClient(application(api=api)).get("/api/v1/standing").text == "/api/v1/standing"
    assert client.get("/api/v1/standing").status_code == 404


def request(cookie="", **headers) -> Request:
    held = [(k.encode(), v.encode()) for k, v in headers.items()]
    if cookie:
        held.append((b"cookie", f"{door.COOKIE}={cookie}".encode()))
    return Request(
        {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": held, "scheme": "http"}
    )


def test_a_form_is_taken_from_the_browser_that_was_given_it_and_from_no_other():
    secret = door.form_token(request())
    assert door.form_token(request(secret)) == secret
    one, two = door.form_value(secret), door.form_value(secret)
    assert one != two
    for value in (one, two):
        door.check_post(request(secret, host="a"), value)
        door.check_post(request(secret, host="a", origin="http://a"), value)
    other = door.form_token(request())
    for cookie, value, origin in (
        ("", one, None),
        (other, one, None),
        (secret, door.form_value(other), None),
        (secret, "", None),
        (secret, secret, None),
        (secret, "é", None),
        (secret, one, "http://b"),
        (secret, one, "null"),
    ):
        with pytest.raises(HTTPException):
            door.check_post(request(cookie, host="a", **({"origin": origin} if origin else {})), value)


def test_a_log_line_is_json_and_holds_neither_query_nor_cookie_nor_body(caplog, client):
    with caplog.at_level(logging.INFO, "servanda.web"):
        client.get(
            "/treaty/cfe?on=2001-01-01&reading=sesame",
            headers={"Cookie": "servanda_form=sesame", "Authorization": "Bearer sesame"},
        )
        client.post("/treaty/cfe", content="sesame")
    lines = [JsonLines().format(r) for r in caplog.records if r.name == "servanda.web"]
    assert len(lines) == 2
    assert "sesame" not in "".join(lines)
    told = json.loads(lines[0])
    assert told["path"] == "/treaty/cfe"
    assert {"time", "status", "ms", "bytes", "method"} <= set(told)


@pytest.fixture
def server(tmp_path):
    """`servanda serve` in a process of its own: its address and the process."""
    log = tmp_path / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "servanda", "serve", "--port", "0", "--workers", "2"],
            stdout=subprocess.PIPE,
            stderr=out,
            env={**os.environ},
        )
        try:
            first = process.stdout.readline().decode()
            yield re.search(r"http://\S+", first)[0], process, log
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


def ask(address, path="health"):
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address + path, timeout=120) as answer:
                return answer.status
        except ConnectionError:
            time.sleep(0.05)
        except urllib.error.URLError:
            time.sleep(0.05)
    raise AssertionError("no answer")


def test_one_of_two_processes_may_die_and_told_to_stop_they_stop_in_order(server):
    address, process, log = server
    assert ask(address) == 200
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if children.exists():
        before = children.read_text().split()
        os.kill(int(before[0]), signal.SIGKILL)
        assert [ask(address, "treaty/cfe?on=2001-01-01") for _ in range(8)] == [200] * 8
        assert before[0] not in children.read_text().split()
    process.send_signal(signal.SIGINT)
    assert process.wait(120) == 0
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert lines[-1]["message"] == "stopped"
    assert not children.exists() or [x["level"] for x in lines].count("warning") == 1


def test_an_answer_under_way_is_finished_before_it_stops(server):
    address, process, log = server
    assert ask(address) == 200
    host, port = address.removeprefix("http://").rstrip("/").rsplit(":", 1)
    body = b"text=" + b"x" * 1_000
    head = (
        f"POST /read HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=300) as link:
        link.sendall(head.encode() + body[:500])
        assert ask(address) == 200  # answered after the half was taken
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert process.poll() is None
        link.sendall(body[500:])
        answer = b""
        while piece := link.recv(65_536):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 403")  # not from a form of ours, and told so to the end
    assert b"</html>" in answer
    assert process.wait(120) == 0
    assert json.loads(log.read_text().splitlines()[-1])["message"] == "stopped"


def test_a_port_that_is_taken_is_told_in_one_line():
    held = socket.create_server(("127.0.0.1", 0))
    port = str(held.getsockname()[1])
    again = subprocess.run(
        [sys.executable, "-m", "servanda", "serve", "--port", port], capture_output=True, text=True, timeout=60
    )
    held.close()
    assert again.returncode == 2
    assert port in again.stderr.splitlines()[-1]
    assert "--port" not in again.stderr or "Traceback" not in again.stderr
