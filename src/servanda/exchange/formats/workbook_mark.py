"""The same workbook with its faulty cells marked and commented, and a sheet that lists all findings."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from servanda.exchange.formats.assemble import COVER, columns_of, cover_columns, heading_of
from servanda.exchange.formats.guard import check
from servanda.exchange.formats.workbook_read import HEADINGS
from servanda.exchange.formats.workbook_write import printable
from servanda.exchange.report import Finding, Report
from servanda.model.errors import InputError
from servanda.model.forms import Form, Severity

REPORT = "report"
MOST_MARKED = 5_000  # cells: a workbook with more comments is slow to open; the list has all findings
_LEAST_WIDTH = 12


def mark_workbook(source: Path, target: Path, report: Report, form: Form) -> int:
    """Write a copy of `source` with marks to `target`; the number of cells marked. InputError where it is no sound workbook."""
    import openpyxl

    if check(source, Report(form, str(source))) is None:
        raise InputError("a workbook that must not be opened is not copied", where=str(source), remedy="see the report")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(source, keep_links=False)
    # A damaged part makes the library raise whatever its parsing came upon.
    except Exception as error:
        raise InputError(
            f"is damaged: it cannot be read as a workbook ({type(error).__name__})",
            where=str(source),
            remedy="save it again from the form",
        ) from None
    at: dict[tuple[str, int, str | None], list[Finding]] = {}
    for finding in (*report.errors, *report.warnings):
        if finding.sheet is not None and finding.sheet in book.sheetnames:
            at.setdefault((finding.sheet, finding.row or HEADINGS, finding.column), []).append(finding)
    places = {name: _columns(book[name], name, form) for name in book.sheetnames}
    marked = 0
    for (sheet, row, column), found in at.items():
        if marked >= MOST_MARKED:
            break
        _mark(book[sheet].cell(row, places[sheet].get(column or "", 1)), found)
        marked += 1
    _listing(book, report)
    book.save(target)
    return marked


def _columns(page: Any, name: str, form: Form) -> dict[str, int]:
    """Column ids to places, by the headings of the sheet; on the cover every entry is in the second column."""
    if name == COVER:
        return dict.fromkeys((c.id for c in cover_columns(form)), 2)
    sheet = form.sheet(name)
    if sheet is None:
        return {}
    ids = {t: c.id for c in columns_of(sheet) for t in (c.id, c.heading, heading_of(c))}
    return {ids[str(c.value).strip()]: c.column for c in page[HEADINGS] if str(c.value).strip() in ids}


def _mark(cell: Any, found: list[Finding]) -> None:
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    if isinstance(cell, MergedCell):
        return
    worst = any(f.severity is Severity.ERROR for f in found)
    cell.fill = PatternFill("solid", fgColor="FFC7CE" if worst else "FFEB9C")
    text = "\n".join(f"{f.code} ({f.cite}): {f.message}. Remedy: {f.remedy}." for f in found)
    cell.comment = Comment(text[:1000], "servanda", height=110, width=340)


def _listing(book: Any, report: Report) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    if REPORT in book.sheetnames:
        del book[REPORT]
    page = book.create_sheet(REPORT, 0)
    page.freeze_panes = "A2"
    printable(page, "1:1")
    heads = ("Code", "Severity", "Sheet", "Row", "Column", "What is wrong", "Clause", "Remedy")
    for letter, width in zip("ABCDEFGH", (9, 10, 10, 8, 16, 60, 22, 50), strict=True):
        page.column_dimensions[letter].width = max(width, _LEAST_WIDTH)
    page.append(heads)
    for cell in page[1]:
        cell.font = Font(bold=True)
    for f in (*report.errors, *report.warnings):
        row = (f.code, f.severity.value, f.sheet, f.row, f.column, f.message, f.cite, f.remedy)
        cells = [WriteOnlyCell(page, value=v) for v in row]
        page.append(cells)
        for cell in page[page.max_row]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a message may quote a formula
