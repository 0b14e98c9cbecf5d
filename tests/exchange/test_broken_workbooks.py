"""Workbooks as people spoil them: each fault is found with its code, place and remedy, none crashes, none passes."""

from __future__ import annotations

from datetime import date

import pytest
from typer.testing import CliRunner

from servanda.cli.main import app
from servanda.corpus import Corpus
from servanda.exchange.formats import write
from servanda.exchange.formats.assemble import columns_of, cover_rows, heading_of
from servanda.model.errors import InputError
from servanda.questions.exchange import blank, form_of, validate
from tests.exchange.samples import TODAY, form, with_rows

openpyxl = pytest.importorskip("openpyxl")
CORPUS = Corpus.default()


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A sound workbook with two formations, kept small so that reading it takes no time."""
    name, made = form_of(CORPUS, "cfe")
    value = blank(made, name, "BEL", date(1996, 1, 1))
    rows = [
        {"line": 1, "listing": "land", "record": "BEL-1", "designation": "First Corps", "level": "brigade"},
        {"line": 2, "listing": "land", "record": "BEL-2", "designation": "Second Battalion", "level": "battalion",
         "superior": "BEL-1"},
    ]  # fmt: skip
    value = with_rows(value, "I", lambda held: held.extend(rows))
    path = tmp_path_factory.mktemp("small") / "small.xlsx"
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, heads, body in _pages(value):
        page = book.create_sheet(title)
        page.append([title])
        page.append(heads)
        for row in body:
            page.append(row)
    book.save(path)
    assert validate(CORPUS, path, today=TODAY).value.valid
    return path


def _pages(value):
    """What the workbook of a form holds, without its looks, so that it is read and written at once."""
    yield "cover", ["Field", "Entry"], cover_rows(value)
    for sheet in form().sheets_of(value.document):
        columns = columns_of(sheet)
        yield (
            sheet.id,
            [heading_of(c) for c in columns],
            [[row.get(c.id) for c in columns] for row in value.rows(sheet.id)],
        )


def column(page, text):
    return next(c.column for c in page[2] if isinstance(c.value, str) and c.value.endswith(text))


def put(text, value, row=3, look=None):
    """One cell of the chart of command changed."""

    def change(book):
        cell = book["I"].cell(row, column(book["I"], text))
        cell.value = value
        if look:
            cell.number_format = look

    return change


def at(row, place, value, sheet="I"):
    return lambda book: book[sheet].cell(row, place).__setattr__("value", value)


def renamed(book):
    book["I"].title = "Chart i"


def heading_twice(book):
    book["I"].cell(2, 4).value = book["I"].cell(2, 3).value


def headings_again(book):
    for place in range(1, 9):
        book["I"].cell(5, place).value = book["I"].cell(2, place).value


def hidden_by_filter(book):
    book["I"].auto_filter.ref = "A2:H4"
    book["I"].row_dimensions[4].hidden = True


NUMBER, RECORD, NAME, ABOVE = (
    "Line number",
    "unit record number",
    "Designation of formation or unit",
    "1st higher echelon",
)
FAULTS = {
    "merged cells": (lambda b: b["I"].merge_cells("C3:C4"), "IE-012", "I", 3),
    "a sheet renamed": (renamed, "IE-006", "Chart i", None),
    "a percentage that is whole": (put(NUMBER, 1.0, look="0%"), "IE-020", "I", 3),
    "a percentage": (put(NUMBER, 0.25, look="0.00%"), "IE-020", "I", 3),
    "a number with a space": (put(NUMBER, "1 234"), "IE-020", "I", 3),
    "a number with a narrow space": (put(NUMBER, "1\u202f234"), "IE-020", "I", 3),
    "a number with a unit": (put(NUMBER, "1 pcs"), "IE-020", "I", 3),
    "a date for a number": (put(NUMBER, date(1996, 1, 1)), "IE-020", "I", 3),
    "German decimals": (put(NUMBER, "1.234,0"), "IE-021", "I", 3),
    "French decimals": (put(NUMBER, "1,0"), "IE-021", "I", 3),
    "a total row": (at(5, 1, "Total"), "IE-020", "I", 5),
    "a total by formula": (at(5, 1, "=SUM(A3:A4)"), "IE-010", "I", 5),
    "a note below": (at(9, 3, "figures provisional"), "IE-024", "I", 9),
    "a note beside": (at(4, 12, "check this"), "IE-016", "I", 4),
    "a note far to the right": (at(4, 80, "check this"), "IE-016", "I", 4),
    "a note far below": (at(6_000, 3, "check this"), "IE-016", "I", 6_000),
    "a row hidden by a filter": (hidden_by_filter, "IE-013", "I", 4),
    "a hidden column": (lambda b: setattr(b["I"].column_dimensions["D"], "hidden", True), "IE-013", "I", None),
    "a heading twice": (heading_twice, "IE-008", "I", 2),
    "the headings again": (headings_again, "IE-020", "I", 5),
    "the title row removed": (lambda b: b["I"].delete_rows(1), "IE-007", "I", 2),
    "a column more": (at(2, 10, "Comment"), "IE-008", "I", 2),
    "a column more in the middle": (lambda b: b["I"].insert_cols(3), "IE-016", "I", None),
    "command in a circle": (put(ABOVE, "BEL-2"), "IE-042", "I", 3),
    "a record by another case": (put(ABOVE, "bel-1", 4), "IE-041", "I", 4),
    "two records that differ by case": (put(RECORD, "bel-1", 4), "IE-040", "I", 4),
    "two records that differ by a blank": (put(RECORD, "BEL-1 ", 4), "IE-040", "I", 4),
    "a record with a character of no width": (put(RECORD, "BEL-2\u200b", 4), "IE-018", "I", 4),
    "a name with a character of no width": (put(NAME, "Sec\u200bond", 4), "IE-018", "I", 4),
    "a record in another alphabet": (put(RECORD, "B\u0415L-2", 4), "IE-027", "I", 4),
    "no cover": (lambda b: b.remove(b["cover"]), "IE-005", "cover", None),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_spoilt_workbook_is_found_out(small, tmp_path, name):
    change, code, sheet, row = FAULTS[name]
    book = openpyxl.load_workbook(small)
    if name == "a column more in the middle":
        book["I"].cell(3, 12).value = "x"
    change(book)
    book.save(tmp_path / "b.xlsx")
    answer = validate(CORPUS, tmp_path / "b.xlsx", today=TODAY)
    assert not answer.value.valid
    found = [f for f in answer.value.errors if f.code == code and f.sheet == sheet]
    assert found, (name, [(f.code, f.place, f.message) for f in answer.value.errors])
    assert row is None or row in {f.row for f in found}
    assert all(f.message and f.remedy and f.cite for f in found)


def test_a_sheet_of_65536_rows_is_read_to_its_end(tmp_path):
    """As many rows as the old format could hold: the last one is judged like the first."""
    name, made = form_of(CORPUS, "cfe")
    rows = [{"line": n, "force": "land", "number": 1} for n in range(1, 65_536)] + [{"line": 65_536, "force": "sea"}]
    value = with_rows(blank(made, name, "BEL", date(1996, 1, 1)), "personnel", lambda held: held.extend(rows))
    write(tmp_path / "b", value, form(), kind="csv")
    found = {(f.code, f.row) for f in validate(CORPUS, tmp_path / "b", today=TODAY).value.errors}
    assert found == {("IE-025", 65_537), ("IE-024", 65_537)}


def test_a_template_names_its_file_and_writes_over_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ask = ["exchange", "template", "cfe", "--party", "POL", "--on", "1996-01-01", "--format", "json"]
    made = CliRunner().invoke(app, ask)
    assert (made.exit_code, "POL-annual-1996-01-01.json" in made.stdout) == (0, True)
    held = (tmp_path / "POL-annual-1996-01-01.json").read_bytes()
    again = CliRunner().invoke(app, ask)
    assert isinstance(again.exception, InputError)
    assert "a file already" in str(again.exception)
    assert (tmp_path / "POL-annual-1996-01-01.json").read_bytes() == held
    answer = validate(CORPUS, tmp_path / "POL-annual-1996-01-01.json", today=TODAY)
    assert answer.node.caveats == ("it has no entries: it declares that there is nothing to report",)
    unsigned = CliRunner().invoke(app, ["exchange", "submit", "POL-annual-1996-01-01.json"])
    assert "servanda exchange sign" in str(unsigned.exception)
