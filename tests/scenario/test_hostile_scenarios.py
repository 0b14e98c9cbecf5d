"""Damaged files of a user's own: one clear line each, no traceback, no hang."""

from __future__ import annotations

import importlib.util
import os
import time
from pathlib import Path

import pytest

from servanda.corpus import Corpus
from servanda.corpus.holdings import read_holdings
from servanda.model.errors import DataError
from servanda.scenario import apply, load_scenario

CORPUS = Corpus.default()
TOOL = Path(__file__).parents[2] / "tools" / "fuzz_inputs.py"
HEAD = "id: s\ntitle: T\ngist: G\nchanges:\n"


def fuzz():
    spec = importlib.util.spec_from_file_location("fuzz_inputs", TOOL)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


KINDS = {
    "scenario": 200, "csv": 200, "parquet": 12, "acts": 60, "tables": 12, "corpus": 20, "json": 6, "csv-declaration": 6,
    "xlsx": 3, "parquet-declaration": 1, "ledger": 300, "store": 8, "documents": 6, "words": 60, "sites": 200,
    "past": 60, "register": 60, "course": 40,
}  # fmt: skip


def test_every_kind_of_file_is_tried():
    assert set(fuzz().KINDS) == set(KINDS)


@pytest.mark.parametrize(("kind", "count"), KINDS.items())
def test_mutated_inputs_give_a_result_or_a_clear_message(kind, count, tmp_path):
    count = int(os.environ.get("SERVANDA_FUZZ", count))
    faults = [(n, fault) for n, fault, _ in fuzz().run(kind, count, tmp_path, seed=7) if fault]
    assert faults == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("- join: west\n  in: 1000000000000000000000000000000\n  actor: FIN\n", "in is 1000000"),
        ("- add: {a: 1}\n  to: cfe\n  value: {id: x}\n", "a mapping is not a table"),
        ("- add: [acts]\n  to: cfe\n  value: {id: x}\n", "a list is not a table"),
        ("- join: [west]\n  in: cfe\n  actor: FIN\n", "join is a list"),
        ("- remove: acts\n  from: cfe\n  id: {a: b}\n", "a mapping is not the name of a record"),
        ("- remove: acts\n  from: " + "x" * 5000 + "\n  id: a\n", "is not the id of an instrument"),
        ("- add: acts\n  to: cfe\n  value: 3\n", "adds nothing"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named_with_its_line(change, said, tmp_path):
    file = tmp_path / "s.yaml"
    file.write_text(HEAD + change)
    with pytest.raises(DataError) as error:
        apply(CORPUS, [load_scenario(file)])
    assert said in str(error.value)
    assert "s.yaml:5" in str(error.value)
    assert len(str(error.value)) < 400


def parquet(tmp_path, **columns):
    import polars as pl

    path = tmp_path / "h.parquet"
    base = {"holder": ["DEU"], "category": ["battle_tank"], "as_of": ["1995-11-17"], "value": [2500]}
    pl.DataFrame({**base, **columns}).write_parquet(path)
    return path


def test_a_whole_parquet_file_is_read(tmp_path):
    (record,) = read_holdings(parquet(tmp_path), CORPUS, "cfe")
    assert (record.holder, record.value) == ("DEU", 2500)


@pytest.mark.parametrize("cut", [0, 3, 11, -1, -8, -200])
def test_a_cut_parquet_file_is_refused_at_once(cut, tmp_path):
    path = parquet(tmp_path)
    path.write_bytes(path.read_bytes()[:cut])
    start = time.monotonic()
    with pytest.raises(DataError, match=r"h\.parquet: is not a whole Parquet file"):
        read_holdings(path, CORPUS, "cfe")
    assert time.monotonic() - start < 1


def test_a_footer_that_lies_about_its_length_is_refused(tmp_path):
    path = parquet(tmp_path)
    raw = bytearray(path.read_bytes())
    raw[-8:-4] = (2**31).to_bytes(4, "little")
    path.write_bytes(raw)
    with pytest.raises(DataError, match="not a whole Parquet file"):
        read_holdings(path, CORPUS, "cfe")


def test_too_many_columns_are_refused(tmp_path):
    path = parquet(tmp_path, **{f"c{i}": [1] for i in range(100)})
    with pytest.raises(DataError, match="has 104 columns; at most 64 are read"):
        read_holdings(path, CORPUS, "cfe")


def test_a_reader_that_does_not_end_is_stopped(tmp_path, monkeypatch):
    from servanda.corpus import parquet as module

    monkeypatch.setattr(module, "_CHILD", "import time; time.sleep(60)")
    monkeypatch.setattr(module, "WAIT_SECONDS", 0.2)
    with pytest.raises(DataError, match="does not end"):
        read_holdings(parquet(tmp_path), CORPUS, "cfe")


def test_a_reader_that_only_waits_its_turn_is_waited_for(tmp_path, monkeypatch):
    from servanda.corpus import parquet as module

    monkeypatch.setattr(module, "WAIT_SECONDS", 0.02)
    asked = []
    monkeypatch.setattr(module, "_waits_its_turn", lambda pid: not asked.append(pid))
    assert len(read_holdings(parquet(tmp_path), CORPUS, "cfe")) > 0
    assert asked
    monkeypatch.setattr(module, "MOST_WAIT", 0)
    with pytest.raises(DataError, match="does not end"):
        read_holdings(parquet(tmp_path), CORPUS, "cfe")


def test_whether_a_process_waits_its_turn_is_told_by_the_system():
    import subprocess

    from servanda.corpus.parquet import _waits_its_turn

    with subprocess.Popen(["sleep", "30"]) as sleeper:
        time.sleep(0.05)
        assert not _waits_its_turn(sleeper.pid)
        sleeper.kill()
    assert not _waits_its_turn(2**22 + 1)
