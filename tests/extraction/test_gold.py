"""The gold says what the guide allows, and its spans are the words of the documents."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from servanda.model.claims import EVENTS, MODALITIES

FOLDERS = [Path(__file__).parent / name for name in ("gold", "blind")]


def lines(folder):
    return [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


ROWS = [{**row, "path": folder / row["name"]} for folder in FOLDERS for row in lines(folder)]
CODE = re.compile(r"[A-Z]{3}|UN|EU|COE|NATO|WTO|CSTO|OSCE")
HEADER = re.compile(r"# dateline: (\d{4}-\d\d-\d\d) \| [a-z-]+ \| \S.*\n")
SHAPE = {"day": r"\d{4}-\d\d-\d\d", "month": r"\d{4}-\d\d", "year": r"\d{4}"}

each = pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_document_is_annotated_once(folder):
    assert sorted(row["name"] for row in lines(folder)) == sorted(p.name for p in folder.glob("*.txt"))


def test_half_of_the_blind_documents_are_held_back():
    held = [row["held"] for row in lines(FOLDERS[1])]
    assert (len(held), sum(held)) == (60, 30)


@each
def test_spans_are_the_words_of_the_document(row):
    text = row["path"].read_text(encoding="utf-8")
    header = HEADER.match(text)
    assert header
    date.fromisoformat(header[1])
    assert row["body_start"] == len(text) - len(text[header.end() :].lstrip("\n"))
    assert row["no_claims"] == (not row["claims"])
    for c in row["claims"]:
        assert row["body_start"] <= c["start"] < c["end"]
        assert text[c["start"] : c["end"]] == c["text"] == c["text"].strip()


@each
def test_claims_use_the_words_of_the_guide(row):
    for c in row["claims"]:
        assert c["event"] in EVENTS
        assert c["modality"] in MODALITIES
        assert c["polarity"] in ("affirmed", "negated")
        assert c["instrument"] is None or re.fullmatch(r"\*|[a-z0-9-]+", c["instrument"])
        assert all(CODE.fullmatch(code) for code in [*c["actors"], *c["target"]])
        assert c["speaker"] in ("author", "other") or CODE.fullmatch(c["speaker"])
        if c["date"] is None:
            assert c["precision"] == "none"
        else:
            assert re.fullmatch(SHAPE[c["precision"]], c["date"])
            date.fromisoformat((c["date"] + "-01-01")[:10])


@each
def test_no_claim_stands_twice(row):
    keys = [(c["start"], c["end"], c["event"], c["instrument"], tuple(c["actors"])) for c in row["claims"]]
    assert len(keys) == len(set(keys))


@each
def test_what_is_done_is_not_dated_after_the_document(row):
    dateline = HEADER.match(row["path"].read_text(encoding="utf-8"))[1]
    for c in row["claims"]:
        if c["date"] and c["modality"] == "done" and c["polarity"] == "affirmed":
            assert c["date"] <= dateline[: len(c["date"])], c
