"""From raw cells with headings to a declaration: what every file format shares.

A reader hands over the cover and each sheet; whatever is wrong is collected, and the sound part is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import compress
from typing import Any

from servanda.exchange.cells import clean, clean_column
from servanda.exchange.declaration import MARK, MOST_ROWS, Declaration
from servanda.exchange.report import Report
from servanda.exchange.table import Table, Value
from servanda.model.forms import CellKind, Form, FormColumn, FormSheet

COVER = "cover"
Progress = Callable[[int], None]
STEP = 2_000  # rows between two calls of `progress`

_MARK = FormColumn(id=MARK, heading="Mark", kind=CellKind.CHOICE, choices=(MARK,))


def columns_of(sheet: FormSheet) -> tuple[FormColumn, ...]:
    """The columns of a sheet with the mark of generated rows at the end."""
    return (*sheet.columns, _MARK)


def heading_of(column: FormColumn) -> str:
    """A heading as the workbook shows it, with the letter of the printed chart."""
    return f"({column.letter}) {column.heading}" if column.letter else column.heading


def _letters(place: int) -> str:
    """The letters of a column as spreadsheets show them; places count from 1."""
    text = ""
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text


def cover_columns(form: Form) -> tuple[FormColumn, ...]:
    """The fields of a cover, in order."""
    text, choice = CellKind.TEXT, CellKind.CHOICE
    return (
        FormColumn(id="form", heading="Form", kind=text, required=True),
        FormColumn(id="version", heading="Version of the form", kind=text, required=True),
        FormColumn(id="instrument", heading="Instrument", kind=text, required=True),
        FormColumn(id="party", heading="State party", kind=CellKind.STATE, required=True),
        FormColumn(
            id="document", heading="Document", kind=choice, required=True, choices=tuple(d.id for d in form.documents)
        ),
        FormColumn(id="as_of", heading="Valid as of", kind=CellKind.DAY, required=True),
        FormColumn(id="exchanged", heading="Exchanged on", kind=CellKind.DAY, required=True),
        FormColumn(id="language", heading="Language", kind=text, required=True),
        FormColumn(id="supersedes", heading="Replaces", kind=text, gist="for a correction: which document, of which day"),
        FormColumn(id=MARK, heading="Mark", kind=choice, choices=(MARK,)),
        FormColumn(id="remark", heading="Remark", kind=text, gist="may be repeated"),
    )  # fmt: skip


def cover_rows(value: Declaration) -> list[tuple[str, Value | date]]:
    """The filled fields of a cover, in order; a remark may come several times."""
    fields: list[tuple[str, Any]] = [
        ("form", value.form), ("version", value.version), ("instrument", value.instrument), ("party", value.party),
        ("document", value.document), ("as_of", value.as_of), ("exchanged", value.exchanged),
        ("language", value.language), ("supersedes", value.supersedes), (MARK, MARK if value.synthetic else None),
        *(("remark", r) for r in value.remarks),
    ]  # fmt: skip
    return [(name, item) for name, item in fields if item is not None]


@dataclass(slots=True)
class ReadDeclaration:
    """What a file gave: the declaration (as far as it is sound), the report, and the file's row of each kept row.

    `day_known` is False where the cover gives no usable day or state: what depends on them cannot be checked.
    """

    declaration: Declaration
    report: Report
    rows: dict[str, list[int]]
    day_known: bool = True

    def row(self, sheet: str, index: int) -> int:
        """The row in the file of a row of the declaration."""
        numbers = self.rows.get(sheet)
        return numbers[index] if numbers is not None else index + 1


class Assembler:
    """Collects the cover and the sheets of one document."""

    def __init__(self, form: Form, report: Report, progress: Progress | None = None) -> None:
        self.form, self.report = form, report
        self.tables: dict[str, Table] = {}
        self.rows: dict[str, list[int]] = {}
        self.header: dict[str, Any] = {}
        self._progress, self._done = progress, 0

    def cover(self, pairs: Iterable[tuple[int, Any, Any]]) -> None:
        """The cover as (row, field, value); a field by its name or its heading."""
        known = {c.id: c for c in cover_columns(self.form)}
        known |= {c.heading: c for c in known.values()}
        remarks: list[str] = []
        at: dict[str, int] = {}
        wrong: set[str] = set()
        for row, name, raw in pairs:
            column = known.get(str(name).strip()) if name is not None else None
            if column is None:
                if name is not None and raw is not None and str(name).strip():
                    near = get_close_matches(str(name), known, 1)
                    hint = f"; did you mean {near[0]}?" if near else ""
                    message = f"unknown field {str(name)[:40]!r}{hint}"
                    self.report.add("column_unknown", message, sheet=COVER, row=row)
                continue
            value, found = clean(column, raw)
            at[column.id] = row
            for check, what in found:
                self.report.add(check, what, sheet=COVER, row=row, column=column.id)
            if found:
                wrong.add(column.id)
            elif column.id == "remark":
                remarks += [str(value)] if value is not None else []
            elif value is not None:
                if column.id in self.header:
                    self.report.add("unique", f"{column.heading} is duplicated", sheet=COVER, row=row, column=column.id)
                self.header[column.id] = value
        for column in cover_columns(self.form):
            if column.required and column.id not in self.header and column.id not in wrong:
                message = f"{column.heading} is missing"
                self.report.add("cover", message, sheet=COVER, row=at.get(column.id), column=column.id)
        self.header["remarks"] = tuple(remarks)
        for name, expected in (("form", self.form.id), ("version", self.form.version)):
            given = self.header.get(name)
            if given is not None and given != expected:
                message = f"{name} {str(given)!r} is not {expected!r}"
                self.report.add("form", message, sheet=COVER, row=at.get(name), column=name)

    def sheet_for(self, name: str) -> FormSheet | None:
        """The sheet of that name, if the form has it."""
        return self.form.sheet(name)

    def unknown_sheet(self, name: str) -> None:
        """Report a sheet that is none of the form's."""
        folded = {s.id.casefold(): s.id for s in self.form.sheets}
        near = get_close_matches(name.casefold(), folded, 1, 0.5)
        hint = f"; did you mean {folded[near[0]]}?" if near else ""
        self.report.add("sheet_unknown", f"{name[:40]!r} is not a sheet of the form{hint}", sheet=name[:40])

    def sheet(
        self, sheet: FormSheet, headings: Sequence[Any], heading_row: int, rows: Iterable[tuple[int, Sequence[Any]]]
    ) -> None:
        """A sheet by rows: its headings and its rows, each with its number in the file."""
        columns = self._headings(sheet, headings, heading_row)
        width = len(headings)
        kept: list[Sequence[Any]] = []
        numbers: list[int] = []
        for number, raw in rows:
            if not any(raw) and all(cell is None or cell == "" for cell in raw):
                continue
            if len(kept) >= MOST_ROWS:
                self.report.add("rows", f"more than {MOST_ROWS:,} rows", sheet=sheet.id, row=number)
                break
            cells = raw
            if len(raw) != width:
                if any(c is not None and c != "" for c in raw[width:]):
                    place, extra = next(
                        (n, c) for n, c in enumerate(raw[width:], width + 1) if c is not None and c != ""
                    )
                    message = f"{str(extra)[:40]!r} stands in column {place} ({_letters(place)}); the sheet has {width} columns"
                    self.report.add("fields", message, sheet=sheet.id, row=number)
                cells = [*raw[:width], *[None] * (width - len(raw))]
            kept.append(cells)
            numbers.append(number)
            self._done += 1
            if self._progress and self._done % STEP == 0:
                self._progress(self._done)
        self._keep(sheet, columns, list(zip(*kept, strict=True)) if kept else [()] * width, numbers)

    def sheet_by_columns(
        self, sheet: FormSheet, headings: Sequence[Any], heading_row: int, cells: Sequence[Sequence[Any]]
    ) -> None:
        """A sheet by columns, one a heading and all of one length; rows are numbered from the one below the headings."""
        columns = self._headings(sheet, headings, heading_row)
        first = heading_row + 1
        numbers = list(range(first, first + len(cells[0]) if cells else first))
        if all(None in column or "" in column for column in cells):
            full = (any(row) or not all(cell is None or cell == "" for cell in row) for row in zip(*cells, strict=True))
            numbers = list(compress(numbers, full))
        if len(numbers) > MOST_ROWS:
            self.report.add("rows", f"more than {MOST_ROWS:,} rows", sheet=sheet.id, row=numbers[MOST_ROWS])
            del numbers[MOST_ROWS:]
        if cells and len(numbers) < len(cells[0]):
            cells = [[column[n - first] for n in numbers] for column in cells]
        self._done += len(numbers)
        if self._progress:
            self._progress(self._done)
        self._keep(sheet, columns, cells, numbers)

    def _keep(
        self,
        sheet: FormSheet,
        columns: Sequence[FormColumn | None],
        cells: Sequence[Sequence[Any]],
        numbers: list[int],
    ) -> None:
        """The rows of a sheet from its columns; what is wrong is told row by row, cells before what is missing."""
        wrong: list[tuple[int, int, str, str, str]] = []
        filled: dict[str, list[Value | None]] = {}
        for place, (column, raw) in enumerate(zip(columns, cells, strict=True)):
            if column is None:
                continue
            values, gaps, faults = clean_column(column, raw)
            wrong += [(i, place, check, what, column.id) for i, check, what in faults]
            if gaps and column.required:
                message = f"{column.heading} is missing"
                wrong += [
                    (i, len(columns) + place, "required", message, column.id)
                    for i, cell in enumerate(raw)
                    if cell is None or (type(cell) is str and not cell.strip())
                ]
            if not gaps or any(v is not None for v in values):
                filled[column.id] = values
        for i, _, check, message, name in sorted(wrong, key=lambda w: w[:2]):
            self.report.add(check, message, sheet=sheet.id, row=numbers[i], column=name)
        self.tables[sheet.id], self.rows[sheet.id] = Table(len(numbers), filled), numbers

    def _headings(self, sheet: FormSheet, headings: Sequence[Any], row: int) -> list[FormColumn | None]:
        known = {c.id: c for c in columns_of(sheet)}
        known |= {heading_of(c): c for c in columns_of(sheet)} | {c.heading: c for c in columns_of(sheet)}
        found: list[FormColumn | None] = []
        if not any(str(h).strip() in known for h in headings):
            message = f"row {row} has none of the headings of the sheet" if row else "has none of the sheet's columns"
            self.report.add("column_missing", message, sheet=sheet.id, row=row or None)
            return [None] * len(headings)
        for place, raw in enumerate(headings, 1):
            name = str(raw).strip() if raw is not None else ""
            column = known.get(name)
            if column is not None and column in found:
                message = f"the heading {name[:40]!r} is duplicated"
                self.report.add("column_unknown", message, sheet=sheet.id, row=row, column=name[:40])
                column = None
            elif column is None and name:
                near = get_close_matches(name, [heading_of(c) for c in sheet.columns], 1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                message = f"unknown heading {name[:40]!r}{hint}"
                self.report.add("column_unknown", message, sheet=sheet.id, row=row, column=name[:40] or str(place))
            found.append(column)
        for column in sheet.columns:
            if column not in found:
                message = f"the column {heading_of(column)!r} is missing"
                self.report.add("column_missing", message, sheet=sheet.id, row=row, column=column.id)
        order = [c for c in found if c is not None]
        expected = [c for c in columns_of(sheet) if c in order]
        if order != expected:
            first = next(a for a, b in zip(order, expected, strict=True) if a != b)
            message = f"{heading_of(first)!r} is not where the form has it"
            self.report.add("column_order", message, sheet=sheet.id, row=row, column=first.id)
        return found

    def finish(self) -> ReadDeclaration:
        """The declaration as far as it is sound, with the sheets that are missing reported."""
        header = self.header
        document = self.form.document(str(header.get("document", "")))
        if document is not None:
            for sheet in self.form.sheets_of(document.id):
                if sheet.needed and sheet.id not in self.tables:
                    self.report.add("sheet_missing", f"the sheet {sheet.id} ({sheet.title}) is missing", sheet=sheet.id)
            for name in self.tables:
                found = self.form.sheet(name)
                if found is not None and document.id not in found.documents and self.tables[name]:
                    self.report.add("sheet_unknown", f"{document.name} has no sheet {name}", sheet=name)
        if self._progress:
            self._progress(self._done)
        known = document is not None and "party" in header and "as_of" in header
        return ReadDeclaration(
            Declaration(
                instrument=str(header.get("instrument", "")),
                form=str(header.get("form", self.form.id)),
                version=str(header.get("version", self.form.version)),
                party=str(header.get("party", "")),
                document=str(header.get("document", "")),
                as_of=date.fromisoformat(str(header["as_of"])) if "as_of" in header else date.min,
                exchanged=date.fromisoformat(str(header["exchanged"])) if "exchanged" in header else None,
                language=header.get("language"),
                supersedes=header.get("supersedes"),
                synthetic=header.get(MARK) == MARK,
                remarks=header.get("remarks", ()),
                tables=self.tables,
            ),
            self.report,
            self.rows,
            known,
        )
