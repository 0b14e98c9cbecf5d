"""Write a declaration as an Excel workbook: a form with lists, notes, frozen headings and locked labels."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from servanda.exchange.declaration import MARK, Declaration
from servanda.exchange.formats.assemble import COVER, columns_of, cover_columns, cover_rows, heading_of
from servanda.exchange.formats.workbook_read import FIRST
from servanda.model.forms import CellKind, Form, FormColumn, FormSheet

BLANK_ROWS = 200  # unlocked below the last entry, for what is added by hand
TYPED = 250  # longest list of words that a drop-down of a workbook can hold as text, in characters
_WIDTH = {CellKind.TEXT: 28, CellKind.COORDINATES: 22, CellKind.TYPE: 20, CellKind.CATEGORY: 26}


def write_workbook(path: Path, value: Declaration, form: Form, *, types: Iterable[str] = ()) -> None:
    """Write `value` to `path`. `types` fills the drop-down of types."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    style = _Styles(book)
    _cover(book, value, form, style)
    lists = sorted(set(types))
    for sheet in form.sheets_of(value.document):
        _sheet(book, sheet, value, style, len(lists))
    if lists:
        page = book.create_sheet("lists")
        page.sheet_state = "hidden"
        for name in lists:
            page.append([name])
    _properties(book, value, form)
    book.save(path)


def _properties(book: Any, value: Declaration, form: Form) -> None:
    from datetime import datetime

    fixed = datetime(2000, 1, 1)  # the same document gives the same file
    book.properties.creator = "servanda"
    book.properties.title = value.title
    book.properties.created = book.properties.modified = fixed
    book.properties.description = form.confidential


class _Styles:
    def __init__(self, book: Any) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill, Protection

        self.bold = Font(bold=True)
        self.title = Font(bold=True, size=12)
        self.warn = Font(bold=True, color="9C0006")
        self.head = PatternFill("solid", fgColor="DDE6F0")
        self.free = Protection(locked=False)
        self.wrap = Alignment(wrap_text=True, vertical="top")
        self.text = "@"
        self.day = "yyyy-mm-dd"
        self._made: dict[tuple[bool, str], Any] = {}

    def cell(self, page: Any, value: Any, **parts: Any) -> Any:
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(page, value=value)
        if isinstance(value, str):
            cell.data_type = "s"  # a text that begins with = stays a text
        for name, part in parts.items():
            setattr(cell, name, part)
        return cell

    def entry(self, page: Any, value: Any, kind: CellKind) -> Any:
        """An unlocked cell: its style is made once and shared, for a sheet has many."""
        from openpyxl.cell import WriteOnlyCell

        if kind is CellKind.DAY and isinstance(value, str):
            value = date.fromisoformat(value)
        cell = WriteOnlyCell(page, value=value)
        if isinstance(value, str):
            cell.data_type = "s"
        number_format = self.day if kind is CellKind.DAY else "General" if kind is CellKind.WHOLE else self.text
        key = (True, number_format)
        if key not in self._made:
            cell.protection = self.free
            cell.number_format = number_format
            self._made[key] = copy.copy(cell._style)
        cell._style = self._made[key]
        return cell


def _note(text: str) -> Any:
    from openpyxl.comments import Comment

    return Comment(text[:1000], "servanda", height=90, width=320)


def _cover(book: Any, value: Declaration, form: Form, style: _Styles) -> None:
    page = book.create_sheet(COVER)
    _protect(page)
    printable(page, f"1:{FIRST - 1}")
    page.freeze_panes = f"A{FIRST}"
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 26, 70
    columns = {c.id: c for c in cover_columns(form)}
    page.append([style.cell(page, _titled(form.title, value), font=style.title)])
    page.append([style.cell(page, t, font=style.bold, fill=style.head) for t in ("Field", "Entry")])
    filled = cover_rows(value)
    names = {n for n, _ in filled}
    ordered: list[tuple[str, Any]] = []
    for name in columns:
        ordered += [(n, v) for n, v in filled if n == name] or [(name, None)]
    _choices(page, columns["document"], "B", _row_for(ordered, "document"))
    for name, entry in ordered:
        column = columns[name]
        label = style.cell(page, column.heading, font=style.bold)
        if column.gist:
            label.comment = _note(column.gist)
        cell = style.entry(page, entry, column.kind)
        page.append([label, cell])
    page.append([])
    page.append([style.cell(page, form.confidential, font=style.warn, alignment=style.wrap)])
    if MARK in names:
        page.append(
            [style.cell(page, "SYNTHETIC: generated for demonstration and training; not history.", font=style.warn)]
        )


def _row_for(ordered: list[tuple[str, Any]], name: str) -> int:
    return FIRST + next(i for i, (n, _) in enumerate(ordered) if n == name)


def _titled(title: str, value: Declaration) -> str:
    mark = "SYNTHETIC, not history. " if value.synthetic else ""
    return f"{mark}{title}: {value.party}, valid as of {value.as_of}"


def printable(page: Any, rows: str) -> None:
    """A sheet that prints across one page, lying, with its heading rows (`1:2`) on each."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = rows


def _protect(page: Any) -> None:
    """Labels are locked against slips of the hand, without a password: this is no secret."""
    page.protection.sheet = True
    for right in ("insertRows", "deleteRows", "sort", "autoFilter", "formatColumns", "formatRows", "formatCells"):
        setattr(page.protection, right, False)


def _choices(page: Any, column: FormColumn, letter: str, first: int, last: int | None = None, types: int = 0) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    words = ",".join(column.choices)
    if column.kind is CellKind.TYPE and types:
        formula = f"lists!$A$1:$A${types}"
    elif column.choices and len(words) <= TYPED and not column.several:
        formula = f'"{words}"'
    else:
        return
    rule = DataValidation(type="list", formula1=formula, allow_blank=True)
    rule.error, rule.errorTitle = "Choose a word of the list.", column.heading
    rule.showErrorMessage = column.kind is not CellKind.TYPE
    rule.add(f"{letter}{first}:{letter}{last or first}")
    page.data_validations.append(rule)


def _sheet(book: Any, sheet: FormSheet, value: Declaration, style: _Styles, types: int) -> None:
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(sheet.id)
    _protect(page)
    printable(page, f"1:{FIRST - 1}")
    page.freeze_panes = f"A{FIRST}"
    columns = columns_of(sheet)
    rows = value.rows(sheet.id)
    last = FIRST + len(rows) + BLANK_ROWS
    for place, column in enumerate(columns, 1):
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = max(_WIDTH.get(column.kind, 14), min(40, len(heading_of(column)) + 2))
        _choices(page, column, letter, FIRST, last, types)
    title = style.cell(page, f"{_titled(sheet.title, value)} ({sheet.cite})", font=style.title)
    if sheet.gist:
        title.comment = _note(sheet.gist)
    page.append([title])
    heads = []
    for column in columns:
        head = style.cell(page, heading_of(column), font=style.bold, fill=style.head, alignment=style.wrap)
        asked = "must be filled" if column.required else "may stay empty"
        note = ". ".join(p for p in (column.gist, asked, column.cite) if p)
        head.comment = _note(note)
        heads.append(head)
    page.append(heads)
    kinds = [(c.id, c.kind) for c in columns]
    for row in rows:
        page.append([style.entry(page, row.get(name), kind) for name, kind in kinds])
    for _ in range(BLANK_ROWS if len(rows) < 5_000 else 0):
        page.append([style.entry(page, None, kind) for _, kind in kinds])
