"""The command `read`: its document, its files, its refusals."""

from __future__ import annotations

import io
import json
import sys

import polars as pl
import pytest
from tests.intake import standin

SAID = "# dateline: 2023-11-07 | wire\n\nRussia withdrew from the treaty on Tuesday, the ministry said."


@pytest.fixture
def servanda(monkeypatch, capsys):
    """The command in this process, with the stand-in reader: (exit code, standard output, standard error)."""
    standin.install(monkeypatch)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*args, stdin=b""):
        from servanda.cli.main import main

        monkeypatch.setattr(sys, "argv", ["servanda", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as left:
            main()
        told = capsys.readouterr()
        return left.value.code or 0, told.out, told.err

    return run


def test_json_is_one_document_in_the_shape_agreed(servanda, tmp_path):
    (tmp_path / "a.txt").write_text(SAID)
    code, out, err = servanda("read", tmp_path / "a.txt", "--json", "--with-text")
    assert (code, err) == (0, "")
    data = json.loads(out)
    (document,) = data["documents"]
    assert (document["dateline"], document["dateline_from"], document["form"]) == ("2023-11-07", "header", "text")
    (claim,) = document["claims"]
    keys = "start end text event instrument actors target date precision speaker modality polarity confidence finding acts why"
    assert set(keys.split()) <= claim.keys()
    assert document["text"][claim["start"] : claim["end"]] == claim["text"] == "withdrew"
    assert (data["failed"], data["counts"]["documents"]) == ([], 1)


def test_standard_input_and_datelines(servanda):
    code, out, _ = servanda(
        "read", "-", "--json", "--dateline", "2020-01-01", "--dateline", "x=2021-01-01", stdin=SAID.encode()
    )
    (document,) = json.loads(out)["documents"]
    assert (code, document["name"], document["dateline"], document["dateline_from"]) == (0, "-", "2020-01-01", "option")


def test_what_cannot_be_read_is_named_and_the_rest_read(servanda, tmp_path):
    (tmp_path / "a.txt").write_text(SAID)
    (tmp_path / "b.gz").write_bytes(b"\x1f\x8b" + b"\xff" * 99)
    code, out, err = servanda("read", tmp_path, "--json")
    data = json.loads(out)
    assert code == 0
    assert [f["name"] for f in data["failed"]] == [f"{tmp_path}/b.gz"]
    assert err.startswith(f"servanda: {tmp_path}/b.gz: ")
    assert len(err.splitlines()) == 1
    (tmp_path / "a.txt").unlink()
    code, out, err = servanda("read", tmp_path, "--json")
    assert (code, out) == (2, "")
    assert "nothing could be read" in err


def test_names_given_twice_are_told_apart(servanda, tmp_path):
    (tmp_path / "a.txt").write_text(SAID)
    _, out, _ = servanda("read", tmp_path / "a.txt", tmp_path / "a.txt", "--json")
    assert [d["name"][-9:] for d in json.loads(out)["documents"]] == [f"{tmp_path}/a.txt"[-9:], "a.txt (2)"[-9:]]


def test_tables_pages_and_proposals(servanda, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(SAID)
    code, out, _ = servanda("read", tmp_path / "in", "--out", tmp_path / "r.parquet", "--json")
    assert (code, json.loads(out)["counts"]["claims"]) == (0, 1)
    assert pl.read_parquet(tmp_path / "r.parquet")["finding"].to_list()[0] in ("supported", "imprecise")
    assert pl.read_parquet(tmp_path / "r.documents.parquet")["claims"].to_list() == [1]
    code, out, _ = servanda("read", tmp_path / "in", "--html", tmp_path / "v.html", "--propose", tmp_path / "p.yaml")
    assert code == 0
    assert "withdrew" in (tmp_path / "v.html").read_text()
    assert (tmp_path / "p.yaml").read_text().startswith("# Acts")
    assert "withdrew" in out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["nowhere.txt"], "nowhere.txt: cannot be read"),
        (["-", "--dateline", "tomorrow"], "'tomorrow' is not a day"),
        (["-", "--dateline", "2020-01-01", "--dateline", "2020-01-02"], "two datelines for all"),
        (["-", "--field", "texts=body"], "names no field"),
        (["-", "--engine", "spark"], "no engine called 'spark'"),
        (["-", "--out", "r.parquet", "--html", "v.html"], "--out streams"),
        (["-", "--address", "127.0.0.1:1"], "only the engine dask takes an address"),
        (["/dev/null"], "neither a file nor a folder"),
    ],
)
def test_refusals_are_one_line_and_exit_2(servanda, tmp_path, monkeypatch, args, words):
    monkeypatch.chdir(tmp_path)
    code, out, err = servanda("read", *args, stdin=SAID.encode())
    assert (code, out) == (2, "")
    assert words in err
    assert len(err.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_too_many_to_show_says_what_to_do(servanda, tmp_path, monkeypatch):
    monkeypatch.setattr("servanda.questions.pile.MOST_SHOWN", 1)
    (tmp_path / "a.jsonl").write_text((json.dumps({"text": SAID}) + "\n") * 3)
    code, _, err = servanda("read", tmp_path)
    assert code == 2
    assert "give --out" in err
