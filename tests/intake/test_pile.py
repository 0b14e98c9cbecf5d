"""A pile read is the same pile whatever the engine, the parts, the interruptions."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest
from tests.intake import standin

from servanda.intake.bulk import CLAIMS, DOCUMENTS, Work, read_pile
from servanda.intake.engines import run
from servanda.intake.items import Limits, Options, Unread
from servanda.intake.take import plan
from servanda.model.errors import InputError, UnknownName

SAID = "Russia withdrew from the treaty on Tuesday. Canada signed it."
HERE = str(Path(standin.__file__).parent)


@pytest.fixture(autouse=True)
def _words(monkeypatch):
    standin.install(monkeypatch)


@pytest.fixture
def pile(tmp_path, monkeypatch):
    """Files of several forms, in several parts, some of them broken."""
    monkeypatch.setattr("servanda.intake.take.PART_FILES", 3)
    folder = tmp_path / "pile"
    folder.mkdir()
    for i in range(8):
        (folder / f"a{i}.txt").write_text(f"# dateline: 2023-11-{i + 1:02} | wire\n\n{SAID} {i}")
    (folder / "b.jsonl").write_text("\n".join([json.dumps({"text": f"{SAID} {i}"}) for i in range(20)] + ["{broken"]))
    (folder / "c.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (folder / "d.txt").write_text("Sport of the day.")
    pl.DataFrame({"text": [f"{SAID} {i}" for i in range(9)]}).write_parquet(folder / "e.parquet")
    return folder


def read(pile, out, **how):
    how = {"judge": standin.judge, "key": "k", "options": Options(), **how}
    return read_pile([str(pile)], out, **how)


def tables(out):
    return pl.read_parquet(out), pl.read_parquet(
        out.with_name(out.name.removesuffix(".parquet") + ".documents.parquet")
    )


def test_a_row_a_claim_and_a_row_a_document(pile, tmp_path):
    summary = read(pile, tmp_path / "r.parquet", with_text=True)
    claims, documents = tables(tmp_path / "r.parquet")
    assert claims.columns == [n for n, _ in CLAIMS]
    assert documents.columns == [n for n, _ in DOCUMENTS]
    assert (summary.documents, summary.claims, summary.failed) == (38, 74, 2)
    assert documents["status"].value_counts(sort=True).rows() == [("read", 38), ("failed", 2)]
    joined = claims.join(documents.select("document", pl.col("text").alias("whole")), on="document")
    assert joined.height == claims.height == 74
    for start, end, text, whole in joined.select("start", "end", "text", "whole").rows():
        assert whole[start:end] == text
    assert documents.filter(pl.col("dateline_from") == "header")["dateline"].to_list() == [
        f"2023-11-{d:02}" for d in range(1, 9)
    ]
    assert not (tmp_path / "r.parquet.parts").exists()


def test_engines_and_workers_change_nothing(pile, tmp_path):
    read(pile, tmp_path / "one.parquet", workers=1)
    read(pile, tmp_path / "two.parquet", workers=2)
    read(pile, tmp_path / "dask.parquet", engine="dask", workers=2)
    for name in ("two", "dask"):
        for mine, theirs in zip(tables(tmp_path / "one.parquet"), tables(tmp_path / f"{name}.parquet"), strict=True):
            assert mine.equals(theirs)


def test_parts_change_nothing(pile, tmp_path, monkeypatch):
    read(pile, tmp_path / "one.parquet")
    monkeypatch.setattr("servanda.intake.take.PART_FILES", 100)
    monkeypatch.setattr("servanda.intake.tables.PART_ROWS", 2)
    read(pile, tmp_path / "two.parquet")
    for mine, theirs in zip(tables(tmp_path / "one.parquet"), tables(tmp_path / "two.parquet"), strict=True):
        assert mine.equals(theirs)


# reads with a judge that waits after some documents, so that it can be killed in the middle
CHILD = """
import sys, time
sys.path.insert(0, sys.argv[3])
from tests.intake import standin
from servanda.intake.bulk import read_pile
from servanda.intake import take as intake
from servanda.intake.items import Options
intake.PART_FILES = 3
seen = []
def slow(document):
    seen.append(1)
    if len(seen) > 7:
        time.sleep(60)
    return standin.judge(document)
read_pile([sys.argv[1]], __import__("pathlib").Path(sys.argv[2]), slow, key="k", options=Options())
"""


def test_a_run_killed_in_the_middle_goes_on_and_gives_the_same(pile, tmp_path):
    read(pile, tmp_path / "whole.parquet")
    out = tmp_path / "r.parquet"
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(pile), str(out), HERE])
    done = tmp_path / "r.parquet.parts" / "000001.json"
    until = time.monotonic() + 30
    while not done.exists() and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    assert done.exists()
    assert not out.exists()
    (tmp_path / "r.parquet.parts" / ".000002.json.1").write_text("half a fi")
    judged = []

    def counting(document):
        judged.append(document.name)
        return standin.judge(document)

    summary = read(pile, out, judge=counting)
    assert summary.resumed == 2
    assert len(judged) == 38 - 6
    for mine, theirs in zip(tables(tmp_path / "whole.parquet"), tables(out), strict=True):
        assert mine.equals(theirs)


@pytest.mark.parametrize("change", ["file", "key", "options"])
def test_a_changed_pile_begins_anew(pile, tmp_path, change):
    def broken(document):
        if "e.parquet" in document.name:
            raise KeyError("stop")
        return standin.judge(document)

    with pytest.raises(KeyError):
        read(pile, tmp_path / "r.parquet", judge=broken)
    how = {"key": {"key": "other"}, "options": {"options": Options(dateline="2020-01-01")}}.get(change, {})
    if change == "file":
        (pile / "a0.txt").write_text("Other.")
    assert read(pile, tmp_path / "r.parquet", **how).resumed == 0


def test_the_prefilter_changes_no_claim(pile, tmp_path):
    read(pile, tmp_path / "all.parquet")
    summary = read(pile, tmp_path / "some.parquet", options=Options(screened=True, words=standin.words))
    assert summary.screened == 1
    assert tables(tmp_path / "all.parquet")[0].equals(tables(tmp_path / "some.parquet")[0])


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_a_document_that_takes_its_process_with_it_is_named(tmp_path, engine):
    folder = tmp_path / "pile"
    folder.mkdir()
    for name, text in (("a.jsonl", SAID), ("b.jsonl", "FATAL"), ("c.jsonl", SAID)):
        (folder / name).write_text(json.dumps({"text": text}))
    summary = read(folder, tmp_path / "r.parquet", judge=standin.fatal, engine=engine, workers=2)
    assert summary.documents == 2
    (failed,) = summary.unread
    assert failed.name.endswith("b.jsonl")
    assert "ended its" in failed.why


def test_a_slow_document_is_given_up_and_the_rest_read(tmp_path):
    folder = tmp_path / "pile"
    folder.mkdir()
    for name, text in (("a.txt", SAID), ("b.txt", "SLOW"), ("c.txt", SAID)):
        (folder / name).write_text(text)

    def judge(document):
        standin.Extractor.default().read(document)
        return standin.judge(document)

    summary = read(folder, tmp_path / "r.parquet", judge=judge, options=Options(limits=Limits(seconds=0.3)))
    assert summary.documents == 2
    assert summary.unread == (Unread(name=f"{folder}/b.txt", why="reading it took more than 0.3 s"),)


def test_results_come_with_their_parts_number(pile):
    parts, _ = plan([str(pile)])
    work = Work(judge=standin.judge, options=Options())
    assert sorted(o.number for o in run(work, parts, workers=2)) == [p.number for p in parts]


def test_refusals(pile, tmp_path):
    with pytest.raises(UnknownName, match="no engine called 'spark'"):
        read(pile, tmp_path / "r.parquet", engine="spark")
    with pytest.raises(InputError, match="only the engine dask takes an address"):
        read(pile, tmp_path / "r.parquet", address="127.0.0.1:1")
    with pytest.raises(InputError, match="name a writable folder"):
        read(pile, Path("/proc/nowhere/r.parquet"))
    (tmp_path / "s.parquet.parts").mkdir()
    (tmp_path / "s.parquet.parts" / "mine.txt").write_text("not yours")
    with pytest.raises(InputError, match="was not written by this command"):
        read(pile, tmp_path / "s.parquet")
    assert (tmp_path / "s.parquet.parts" / "mine.txt").exists()
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(InputError, match="there is no document"):
        read(empty, tmp_path / "t.parquet")
    (empty / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    with pytest.raises(InputError, match="nothing could be read"):
        read(empty, tmp_path / "t.parquet")
    assert not list(tmp_path.glob("t.*"))
