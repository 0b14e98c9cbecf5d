"""Participation tables: letters, historic names, cells that cannot be read."""

from __future__ import annotations

import pytest

import servanda as sv
from servanda.corpus import Corpus
from servanda.corpus.participation import read_participation
from servanda.corpus.store import DATA
from servanda.model.errors import DataError

CORPUS = Corpus(DATA)
RULES = "title: A convention\nentry: {rule: count, count: 3, period: {days: 30}, per_party: true, cite: Art. 9}\n"
TABLE = """Participant,Signature,"Ratification, Acceptance(A), Accession(a), Succession(d)"
Poland,1 Jan 1980,10 Mar 1981
Union of Soviet Socialist Republics,2 Jan 1980,11 Mar 1981 A
Viet Nam,,12 Mar 1981 a
Bolivia (Plurinational State of),3 Jan 1980,5 May 1990
Slovakia 4,,28 May 1993 d
Atlantis,1 Feb 1980,
"""


def read(tmp_path, table=TABLE, rules=RULES):
    (tmp_path / "table.csv").write_text(table, encoding="utf-8")
    (tmp_path / "convention.yaml").write_text(rules, encoding="utf-8")
    return read_participation(tmp_path / "table.csv", tmp_path / "convention.yaml", CORPUS.actors)


def test_a_table_answers_like_any_treaty(tmp_path):
    table = read(tmp_path)
    assert table.unread == ()
    assert table.strangers == ("Atlantis",)
    treaty = sv.Treaty(CORPUS.replace([table.dossier], table.actors), "convention")
    standings = {p["party"]: p["standing"] for p in treaty.standing(on="1981-04-10").data["parties"]}
    assert standings == {
        "POL": "contracting",
        "SUN": "contracting",
        "VNM": "contracting",
        "BOL": "signatory",
        "SVK": "none",
        "X-ATLANTIS": "signatory",
    }
    later = {p["party"]: (p["standing"], p["since"]) for p in treaty.standing(on="2000-01-01").data["parties"]}
    assert later["POL"] == ("in_force", "1981-04-11")
    assert later["BOL"] == ("in_force", "1990-06-04")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("sometime", "is no dated act"),
        ("31 Feb 1981", "is no dated act"),
        ("10 Mar 1981 z", "is no dated act"),
        ("10 Mar 1981 with reservations", "cannot be read whole"),
        ("10 Foo 1981", "is no dated act"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_with_row_and_column(tmp_path, cell, words):
    table = read(tmp_path, TABLE.replace("Poland,1 Jan 1980,10 Mar 1981", f"Poland,1 Jan 1980,{cell}"))
    (fault,) = table.unread
    assert words in fault.message
    assert fault.line == 2
    assert fault.column
    assert fault.remedy


def test_a_column_that_names_no_act_is_told(tmp_path):
    table = read(tmp_path, "Participant,Weather\nPoland,fine\n")
    assert "names no act" in table.unread[0].message


@pytest.mark.parametrize(
    ("table", "rules", "words"),
    [
        ("", RULES, "holds no rows"),
        ("Wer,Signature\nPoland,1 Jan 1980\n", RULES, "no column of participants"),
        (TABLE, "title: X\nentri: {}\n", "unknown field"),
        (TABLE, "- a\n", "not a record"),
    ],
)
def test_files_that_cannot_be_used_are_refused(tmp_path, table, rules, words):
    with pytest.raises(DataError, match=words):
        read(tmp_path, table, rules)


def test_dates_may_be_iso(tmp_path):
    table = read(tmp_path, "Participant,Signature,Accession(a)\nPoland,1980-01-01,1981-03-10 a\n")
    assert [a.date.text for a in table.dossier.acts] == ["1980-01-01", "1981-03-10"]
    assert table.unread == ()
