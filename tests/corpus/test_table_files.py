"""Status tables in the files people have them in: workbooks, Parquet, saved pages, text with titles above the heading."""

from __future__ import annotations

import datetime as dt

import pytest

from servanda.questions.table import standing_of_table

RULE = "title: T\nentry: {rule: count, count: 1, period: {days: 30}, per_party: true, cite: Art. 9}\n"


def ask(path, on="2000-01-01"):
    rules = path.parent / "r.yaml"
    rules.write_text(RULE, encoding="utf-8")
    answer = standing_of_table(path, rules, on=on)
    return {p["party"]: (p["standing"], p["since"]) for p in answer.data["parties"]}, answer.data


def test_a_workbook_with_titles_serials_and_another_sheet(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Read me"])
    sheet = book.create_sheet("Data")
    sheet.append(["Status of the treaty"])
    sheet.merge_cells("A1:C1")
    sheet.append(["as at", dt.date(2026, 2, 3)])
    sheet.append(["Country", "Signature", "Ratification"])
    sheet.append(["Poland", dt.date(1990, 1, 1), dt.datetime(1991, 1, 2)])
    sheet.append(["France", 32874, None])
    sheet.append(["Chad", "1990-01-01", "2 Jan 1991 a"])
    book.save(tmp_path / "t.xlsx")
    found, data = ask(tmp_path / "t.xlsx")
    assert found == {
        "POL": ("in_force", "1991-02-01"),
        "FRA": ("signatory", "1990-01-01"),
        "TCD": ("in_force", "1991-02-01"),
    }
    notes = " ".join(n["message"] for n in data["notes"])
    assert "32874" in notes and "'Sheet' left alone" in notes and "'Status of the treaty'" in notes


def test_days_of_parquet(tmp_path):
    pl = pytest.importorskip("polars")
    days = {"Signature": [dt.date(1990, 1, 1), None], "Ratification": [dt.datetime(1991, 1, 2), None]}
    pl.DataFrame({"Participant": ["Poland", "France"], **days}).write_parquet(tmp_path / "t.parquet")
    assert ask(tmp_path / "t.parquet")[0] == {"POL": ("in_force", "1991-02-01")}


PAGE = """<html><style>td{}</style><table><tr><td>nav</td><td><table><tr><th colspan=3>STATUS AS AT : 03-02-2026</th></tr>
<tr><th>Participant</th><th>Signature</th><th>Ratification, Accession(a)</th></tr>
<tr><td>Bolivia<br>(Plurinational State of) <sup><a>3</a></sup></td><td>1 Jan 1990</td><td>2 Jan 1991</td></tr>
<tr><td rowspan=2>Poland</td><td>1 Jan 1990</td><td><table><tr><td>2 Jan 1991</td></tr></table></td></tr>
<tr><td></td><td>3&nbsp;Jan&nbsp;1992 a</td></tr>
<tr><td>[Estonia <sup>4</sup>]</td><td></td><td>[ 2 Jan 1991 a]</td></tr><tr><td>Chad</td><td></td><td>2 Jan 1991 <sup>5, 6</sup></td>
</table></td></tr><tr><td>footer</td><td>x</td></tr></table></html>"""


def test_a_saved_page_with_tables_within_tables(tmp_path):
    (tmp_path / "t.html").write_text(PAGE, encoding="utf-8")
    found, data = ask(tmp_path / "t.html")
    assert found == {
        "BOL": ("in_force", "1991-02-01"),
        "POL": ("in_force", "1991-02-01"),
        "EST": ("unknown", None),
        "TCD": ("in_force", "1991-02-01"),
    }
    assert [u["row"] for u in data["unread"]] == [6]


def test_a_title_above_the_heading_and_lines_below_the_table(tmp_path):
    text = "Status of the Convention, as at 3 Feb 2026;;\n;;\nPays;Signature;Adhésion(a)\n"
    text += "Pays-Bas (Royaume des);1er janv. 1990;2 févr. 1991 a\nTürkiye;;3 août 1992 a\nTotal: 2;;\n"
    (tmp_path / "t.csv").write_text(text, encoding="utf-16")
    found, data = ask(tmp_path / "t.csv")
    assert found == {"NLD": ("in_force", "1991-03-04"), "TUR": ("in_force", "1992-09-02")}
    assert data["strangers"] == ["Total:"] and not data["unread"]


def test_columns_about_another_instrument_or_a_step_at_home_are_told(tmp_path):
    text = "Participant,Signature,Ratification,Ratification of the Protocol\nPoland,1 Jan 1990,2 Jan 1991,\nFrance,1 Jan 1990,,1 Jan 1993\n"
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    found, data = ask(tmp_path / "t.csv")
    assert found["FRA"] == ("signatory", "1990-01-01")
    assert [u["column"] for u in data["unread"]] == ["Ratification of the Protocol"]
    text = "Participant,Ratification,Deposit of ratification\nPoland,2 Jan 1991,1 Jun 1991\n"
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    found, data = ask(tmp_path / "t.csv")
    assert found["POL"] == ("in_force", "1991-07-01")
    assert [u["column"] for u in data["unread"]] == ["Ratification"]
