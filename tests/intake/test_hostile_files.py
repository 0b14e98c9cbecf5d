"""Input made to harm: bounded time and memory, the document named, the rest read."""

from __future__ import annotations

import gzip
import json
import os
import socket
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path

import polars as pl
import pytest
from tests.intake import standin

from servanda.intake.items import MB, Limits, Options, Taken, Tally, Unread
from servanda.intake.take import plan, read_part, take
from servanda.intake.text import Guarded
from servanda.intake.timeguard import OutOfTime, guard

SAID = "Russia withdrew from the treaty on Tuesday, the ministry said."
WRAPPED = "<!doctype html><html><body><p>Russia withdrew from the treaty.</p>"
# takes a folder in with the stand-in words, and tells its greatest size in memory and what it found
CHILD = """
import json, re, sys
sys.path.insert(0, sys.argv[2])
from tests.intake import standin
from servanda.intake.items import Options
from servanda.intake.take import take
from servanda.intake.items import Unread
read, failed = [], {}
for item in take([sys.argv[1]], Options(words=standin.words)):
    if isinstance(item, Unread):
        failed[item.name.rsplit("/", 1)[-1]] = item.why
    else:
        read.append(item.document.name.rsplit("/", 1)[-1])
print(json.dumps({"read": read, "failed": failed, "mb": int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) >> 10}))
"""
MOST_MB, MOST_SECONDS = 400, 60  # far above what it takes (some 100 MB, some seconds), far below what a bomb would

SCREENED = Options(words=standin.words)


@pytest.fixture(autouse=True)
def _words(monkeypatch):
    standin.install(monkeypatch)


def taken_apart(folder):
    """Take a folder in, in a process of its own: what was read, what failed, within the bounds."""
    here = str(Path(standin.__file__).parent)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), here],
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["mb"] < MOST_MB
    return found


def test_sizes(tmp_path):
    line = b"Russia withdrew from the treaty " * (1 << 15)
    with (tmp_path / "a.txt").open("wb") as file:
        for _ in range(100):
            file.write(line)
    with (tmp_path / "b.jsonl").open("wb") as file:
        file.write(json.dumps({"text": SAID}).encode() + b'\n{"text": "')
        for _ in range(100):
            file.write(line)
        file.write(b'"}\n' + json.dumps({"text": SAID}).encode())
    with gzip.open(tmp_path / "c.jsonl.gz", "wb", 1) as file:
        file.write(json.dumps({"text": SAID}).encode() + b'\n{"text": "')
        for k in range(40):
            file.write(os.urandom(1 << 19).hex().encode() + b"%d" % k)
        file.write(b'"}\n' + json.dumps({"text": SAID}).encode())
    (tmp_path / "d.txt").write_text(SAID)
    found = taken_apart(tmp_path)
    last = next(n for n in found["read"] if n.startswith("b.jsonl@"))  # beyond the first stretch the offset is the name
    assert set(found["read"]) == {"b.jsonl:1", last, "c.jsonl.gz:1", "c.jsonl.gz:3", "d.txt"}
    assert set(found["failed"]) == {"a.txt", "b.jsonl:2", "c.jsonl.gz:2"}
    assert "100 MB" in found["failed"]["a.txt"]
    assert "longer than 10 MB" in found["failed"]["b.jsonl:2"]


def test_bombs_in_gzip(tmp_path):
    def bomb(path, head):
        packer = zlib.compressobj(9, wbits=31)
        with path.open("wb") as file:
            file.write(packer.compress(head))
            block = bytes(8 * MB)
            for _ in range(40):  # 320 MB
                file.write(packer.compress(block))
            file.write(packer.flush())

    bomb(tmp_path / "a.txt.gz", b"Russia withdrew from the treaty ")
    bomb(tmp_path / "b.jsonl.gz", b'{"text": "a"}\n{"text": "')
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    record = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
    bomb(tmp_path / "c.warc.gz", record % (2048 * MB) + page)
    bomb(tmp_path / "d.warc.gz", record % (300 * MB) + page)
    good = standin.warc(
        tmp_path / "e.warc.gz", [("https://a.example", "2024-01-01", b"Content-Type: text/html", WRAPPED.encode())]
    )
    inner = gzip.compress(bytes(64 * MB), 9)
    packed = ("https://b.example", "2024-01-01", b"Content-Type: text/html\r\nContent-Encoding: gzip", inner)
    standin.warc(tmp_path / "f.warc.gz", [packed])
    assert good.stat().st_size < 2_000
    found = taken_apart(tmp_path)
    assert found["read"] == ["b.jsonl.gz:1", "e.warc.gz#1"] or found["read"] == ["e.warc.gz#1", "b.jsonl.gz:1"]
    assert "unpacks to more than" in found["failed"]["b.jsonl.gz"]
    assert "2,047 MB" in found["failed"]["c.warc.gz#1"]
    assert "unpacks to more than" in found["failed"]["d.warc.gz"]
    assert "unpacks to more than 10 MB" in found["failed"]["f.warc.gz#1"]
    assert set(found["failed"]) >= {"a.txt.gz", "b.jsonl.gz", "c.warc.gz#1", "d.warc.gz", "f.warc.gz#1"}


NESTED = {
    "div": "<div>" * 100_000,
    "table": "<table><tr><td>" * 100_000,
    "bold": "".join(f'<b id="{i}">' for i in range(1_000)) + "<p>" * 100_000,
    "attributes": "<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">",
    "spaces": "<p" + " a" * 100_000 + ">",
    "script": '<script type="application/ld+json">' + "[" * 200_000 + "</script>",
    "quotes": "<a href='" * 50_000,
    "less": "<" * 500_000,
    "comments": "<!--" * 200_000,
    "entities": "&amp;" * 1_800_000,
    "unknown": "&" + "a" * 5_000_000,
    "lists": "<li>" * 200_000,
    "meta": '<meta name="a" content="b">' * 100_000,
}
REFUSED = {
    "div": "nested",
    "table": "nested",
    "bold": "re-opened",
    "attributes": "attributes",
    "spaces": "attributes",
    "quotes": "attributes",
}


def test_html_made_to_exhaust(tmp_path):
    for name, tail in NESTED.items():
        (tmp_path / f"{name}.html").write_text(WRAPPED + tail)
    (tmp_path / "zz.txt").write_text(SAID)
    found = taken_apart(tmp_path)
    assert set(found["failed"]) == {f"{n}.html" for n in REFUSED}
    assert all(REFUSED[n.removesuffix(".html")] in why for n, why in found["failed"].items())
    assert set(found["read"]) == {f"{n}.html" for n in NESTED.keys() - REFUSED.keys()} | {"zz.txt"}


def test_broken_gzip_is_named_and_what_went_before_it_read(tmp_path):
    pages = [
        (f"https://a.example/{i}", "2024-01-01", b"Content-Type: text/html", f"{WRAPPED}{i}".encode())
        for i in range(50)
    ]
    whole = standin.warc(tmp_path / "a.warc.gz", pages).read_bytes()
    (tmp_path / "a.warc.gz").write_bytes(whole[: len(whole) * 3 // 4])
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(SAID.encode() * 99)[:-12])
    (tmp_path / "c.txt.gz").write_bytes(b"\x1f\x8b" + b"\xff" * 400)
    damaged = bytearray(gzip.compress(os.urandom(50_000).hex().encode()))
    damaged[20_000] ^= 255
    (tmp_path / "d.txt.gz").write_bytes(bytes(damaged))
    (tmp_path / "e.txt.gz").write_bytes(gzip.compress(SAID.encode()) + gzip.compress(b" More.") + bytes(100))
    items = list(take([str(tmp_path)]))
    failed = {i.name.rsplit("/", 1)[1]: i.why for i in items if isinstance(i, Unread)}
    read = [i.document.name for i in items if isinstance(i, Taken)]
    assert set(failed) == {"a.warc.gz", "b.txt.gz", "c.txt.gz", "d.txt.gz"}
    assert 30 < len(read) < 50
    assert "cut off" in failed["b.txt.gz"]
    assert [i.document.text for i in items if isinstance(i, Taken)][-1] == f"{SAID} More."


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("joined", [True, False])
def test_an_archive_cut_anywhere_is_told(tmp_path, packed, joined):
    pages = [
        (f"https://a.example/{i}", "2024-01-01", b"Content-Type: text/html", f"{WRAPPED}{i}".encode()) for i in range(4)
    ]
    path = standin.warc(tmp_path / "a.warc", pages, packed=packed)
    if packed and joined:
        path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())))
    whole = path.read_bytes()
    assert [type(i) for i in take([str(path)], SCREENED)] == [Taken] * 4
    for cut in range(20, len(whole) - 4, 37):
        path.write_bytes(whole[:cut])
        items = list(take([str(path)], SCREENED))
        read = [i.document.text for i in items if isinstance(i, Taken)]
        assert all(t.startswith("Russia withdrew from the treaty.") and t[-1].isdigit() for t in read)
        # between two members of its own nothing tells a cut from an end
        if packed and not whole[cut:].startswith(b"\x1f\x8b\x08"):
            assert isinstance(items[-1], Unread)
    # where a plain archive ends within the head of a record, nothing tells it from one that ends there
    if not packed:
        path.write_bytes(whole[:-30])
        assert "cut off" in list(take([str(path)], SCREENED))[-1].why


def test_a_folder_full_of_traps(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "self").symlink_to("self")
    (tmp_path / "b.txt").write_text(SAID)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)
    (tmp_path / "nul.txt").write_bytes(SAID.encode() + b"\0 and more")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4\n" + os.urandom(5_000))
    (tmp_path / "no.pdf").write_bytes(b"hello")
    (tmp_path / "bad.parquet").write_bytes(b"PAR1" + os.urandom(5_000) + b"PAR1")
    (tmp_path / "no.warc").write_bytes(b"hello")
    (tmp_path / os.fsdecode(b"\xff\xfe.txt")).write_text(SAID)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "socket"))
        items = list(take([str(tmp_path)]))
    failed = {i.name.rsplit("/", 1)[1]: i.why for i in items if isinstance(i, Unread)}
    read = {i.document.name.rsplit("/", 1)[1]: i for i in items if isinstance(i, Taken)}
    assert set(read) == {"b.txt", "empty.txt", "nul.txt", "\ufffd\ufffd.txt"}
    assert set(failed) == {
        "self",
        "gone.txt",
        "pipe.txt",
        "zero.txt",
        "picture.png",
        "bad.pdf",
        "no.pdf",
        "bad.parquet",
        "no.warc",
        "socket",
    }
    assert "\ufffd and more" in read["nul.txt"].document.text
    assert all("\n" not in why for why in failed.values())


def test_a_file_that_vanishes_or_turns_into_a_pipe_midway(tmp_path):
    for name in "abcd":
        (tmp_path / f"{name}.txt").write_text(SAID)
    parts, unread = plan([str(tmp_path)])
    assert not unread
    (tmp_path / "a.txt").unlink()
    (tmp_path / "b.txt").unlink()
    os.mkfifo(tmp_path / "b.txt")
    items = list(read_part(parts[0], Options(), Tally()))
    assert [type(i) for i in items] == [Unread, Unread, Taken, Taken]
    assert "a.txt" in items[0].name


@pytest.mark.parametrize(
    "content", [b"PAR1", b"PAR1PAR1", b"PAR1" + b"\xff" * 64 + b"PAR1", b"PAR1\x00\x00\x00\x00PAR1"]
)
def test_parquet_of_nothing(tmp_path, content):
    (tmp_path / "a.parquet").write_bytes(content)
    (item,) = take([str(tmp_path / "a.parquet")])
    assert "Parquet" in item.why


def test_parquet_with_values_of_other_kinds(tmp_path):
    pl.DataFrame({"text": [b"\xff\xfe", None]}, schema={"text": pl.Binary}).write_parquet(tmp_path / "a.parquet")
    (item,) = take([str(tmp_path / "a.parquet")])
    assert "text (binary)" in item.why


def test_a_locked_or_endless_pdf_is_left_to_its_child(tmp_path):
    # pages that are their own parents
    body = (
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 999999999>>endobj\n"
    )
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF")
    start = time.monotonic()
    (item,) = take([str(tmp_path / "a.pdf")], Options(limits=Limits(seconds=20)))
    assert isinstance(item, Unread)
    assert time.monotonic() - start < 30


def test_guarded_gives_what_gzip_gives(tmp_path):
    plain = b"".join(b"line %d\n" % i for i in range(50_000))
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(plain[:100_000]) + gzip.compress(plain[100_000:]))
    with path.open("rb") as file:
        assert b"\n".join(Guarded(file, Limits()).lines(1_000)) + b"\n" == plain


def test_the_guard_of_time_strikes_inside_and_never_after():
    def endless():
        with pytest.raises(OutOfTime), guard(0.2):
            while True:
                pass
        told.append(True)

    told: list[bool] = []
    endless()
    thread = threading.Thread(target=endless)
    thread.start()
    thread.join(10)
    assert told == [True, True]
    with guard(0.05):
        pass
    time.sleep(0.1)
