"""Read a declaration from an Excel workbook: title in row 1, headings in row 2, entries from row 3 on."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from servanda.exchange.cells import Bad
from servanda.exchange.declaration import MOST_ROWS
from servanda.exchange.formats.assemble import COVER, Assembler, Progress, ReadDeclaration
from servanda.exchange.formats.guard import SheetMarks, check
from servanda.exchange.report import Report
from servanda.model.forms import Form, FormSheet

HEADINGS, FIRST = 2, 3
MOST_COLUMNS = 60
MOST_BLANK = 5_000  # rows in a row that are formatted, not filled: beyond them nothing is looked for


def read_workbook(path: Path, form: Form, *, progress: Progress | None = None) -> ReadDeclaration:
    """The declaration of a workbook, with everything that is wrong with the file. Never raises for its content."""
    report = Report(form, str(path))
    assembler = Assembler(form, report, progress)
    marks = check(path, report)
    if marks is not None:
        import openpyxl

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of styles that do not matter here
                book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
                try:
                    _sheets(book, marks, assembler, report)
                finally:
                    book.close()
        # A damaged part makes the library raise whatever its parsing came upon.
        except Exception as error:
            report.add("file", f"is damaged: it cannot be read as a workbook ({type(error).__name__})")
    return assembler.finish()


def _sheets(book: Any, marks: dict[str, SheetMarks], assembler: Assembler, report: Report) -> None:
    seen_cover = False
    for sheet in book.worksheets:
        name = str(sheet.title)
        hidden = marks.get(str(getattr(sheet, "_worksheet_path", "")).lstrip("/"), SheetMarks())
        known = assembler.form.sheet(name)
        if name == COVER:
            seen_cover = True
            rows = _rows(sheet, FIRST)
            assembler.cover((n, r[0] if r else None, r[1] if len(r) > 1 else None) for n, r in rows)
        elif known is not None:
            _sheet(sheet, known, hidden, assembler, report)
        elif name not in ("help", "report", "lists"):
            assembler.unknown_sheet(name)
        if sheet.sheet_state != "visible" and name != "lists":
            report.add("hidden", f"the sheet {name} is hidden", sheet=name)
        for area in hidden.merged:
            report.add("merged", f"the cells {area} are merged", sheet=name, row=_row_of(area), column=area)
    if not seen_cover:
        report.add("sheet_missing", "the cover is missing", sheet=COVER)


def _row_of(area: str) -> int | None:
    digits = "".join(c for c in area.partition(":")[0] if c.isdigit())
    return int(digits) if digits else None


def _sheet(sheet: Any, known: FormSheet, hidden: SheetMarks, assembler: Assembler, report: Report) -> None:
    rows = _rows(sheet, 1)
    headings: Sequence[Any] = ()
    for number, row in rows:
        if number == HEADINGS:
            headings = row
            break
    while headings and headings[-1] is None:
        headings = headings[:-1]
    if not any(isinstance(h, str) for h in headings):
        report.add("column_missing", "row 2 has no headings", sheet=known.id, row=HEADINGS)
        return

    seen = HEADINGS

    def watched() -> Iterator[tuple[int, Sequence[Any]]]:
        nonlocal seen
        for number, row in rows:
            seen = number
            if number in hidden.rows and any(c is not None for c in row):
                report.add("hidden", f"row {number} is hidden and has entries", sheet=known.id, row=number)
            yield number, row

    assembler.sheet(known, headings, HEADINGS, watched())
    if hidden.far is not None:
        message = f"the cell {hidden.far} has an entry, far outside the table"
        report.add("fields", message, sheet=known.id, row=_row_of(hidden.far))
    if seen < hidden.last <= MOST_ROWS:
        message = f"row {hidden.last} has an entry, more than {MOST_BLANK:,} blank rows below the table"
        report.add("fields", message, sheet=known.id, row=hidden.last)
    names = [c.id for c in known.columns]
    for column in hidden.columns:
        if column <= len(headings):
            name = names[column - 1] if column <= len(names) else str(column)
            report.add("hidden", f"the column {name} is hidden", sheet=known.id, column=name)


def _rows(sheet: Any, first: int) -> Iterator[tuple[int, list[Any]]]:
    """Rows with their numbers. A formula or an error stands as what it is, not as a value; dates stay dates."""
    blank = 0
    last = MOST_ROWS + FIRST + 1_000
    for number, cells in enumerate(sheet.iter_rows(min_row=first, max_row=last, max_col=MOST_COLUMNS), first):
        row = [_value(c) for c in cells]
        blank = blank + 1 if not any(v is not None for v in row) else 0
        if blank > MOST_BLANK:
            return
        yield number, row


def _value(cell: Any) -> Any:
    value = cell.value
    if cell.data_type in ("f", "e"):
        return _bad(cell)
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in cell.number_format:
        return Bad("number", f"is shown as a percentage, {value * 100:.6g} %; the number itself is {value:.6g}")
    return value


def _bad(cell: Any) -> Bad:
    shown = repr(str(getattr(cell.value, "text", cell.value))[:40])
    return (
        Bad("formula", f"holds the formula {shown}") if cell.data_type == "f" else Bad("error_value", f"shows {shown}")
    )
