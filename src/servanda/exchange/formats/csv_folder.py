"""A declaration as a folder of CSV files: `cover.csv` and one file a sheet, in UTF-8, headings in the first row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from operator import methodcaller
from pathlib import Path
from typing import Any

from servanda.exchange.declaration import Declaration
from servanda.exchange.formats.assemble import COVER, Assembler, Progress, ReadDeclaration, columns_of, cover_rows
from servanda.exchange.report import Report
from servanda.model.forms import Form

MOST_FILE = 128 * 2**20
BOM = b"\xef\xbb\xbf"
MOST_FIELD = 2**17
csv.field_size_limit(MOST_FIELD)


def write_csv(folder: Path, value: Declaration, form: Form) -> None:
    """Write the files into `folder`, which must be there."""
    _write(folder / f"{COVER}.csv", [["field", "entry"], *([n, str(v)] for n, v in cover_rows(value))])
    for sheet in form.sheets_of(value.document):
        names = [c.id for c in columns_of(sheet)]
        rows = ([row.get(n, "") for n in names] for row in value.rows(sheet.id))
        _write(folder / f"{sheet.id}.csv", [names, *rows])


def _write(path: Path, rows: list[list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def read_csv(folder: Path, form: Form, *, progress: Progress | None = None) -> ReadDeclaration:
    """The declaration of a folder of CSV files, with everything that is wrong with them."""
    report = Report(form, str(folder))
    assembler = Assembler(form, report, progress)
    seen_cover = False
    for path in sorted(folder.glob("*.csv")):
        name = path.stem
        sheet = form.sheet(name)
        if name != COVER and sheet is None:
            assembler.unknown_sheet(name)
            continue
        seen_cover |= name == COVER
        text = _text(path, name, report)
        if text is None:
            continue
        delimiter = _delimiter(text)
        if delimiter != ",":
            shown = "a tab" if delimiter == "\t" else repr(delimiter)
            report.add("delimiter", f"its fields are parted by {shown}", sheet=name, row=1)
        columns = plain_columns(text, delimiter)
        if sheet is not None and columns is not None:
            assembler.sheet_by_columns(sheet, [c[0] for c in columns], 1, [c[1:] for c in columns])
            continue
        rows = _parsed(text, delimiter, name, report)
        first = next(rows, None)
        if first is None:
            report.add("column_missing", "the headings are missing", sheet=name, row=1)
        elif sheet is None:
            assembler.cover((n, r[0] if r else None, r[1] if len(r) > 1 else None) for n, r in rows)
        else:
            assembler.sheet(sheet, first[1], 1, rows)
    if not seen_cover:
        report.add("sheet_missing", "the cover is missing", sheet=COVER)
    return assembler.finish()


def plain_columns(text: str, delimiter: str) -> list[list[str]] | None:
    """The columns of a text without quotes whose lines all have as many fields; None for one that is read with care."""
    if '"' in text:
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            return None
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    if not lines or max(map(len, lines)) >= MOST_FIELD:
        return None
    width = lines[0].count(delimiter) + 1
    if width == 1 or set(map(methodcaller("count", delimiter), lines)) != {width - 1}:
        return None
    cells = delimiter.join(lines).split(delimiter)
    return [cells[i::width] for i in range(width)]


def _text(path: Path, name: str, report: Report) -> str | None:
    """The text of a file; None, with a finding, for one that cannot be used."""
    try:
        if path.stat().st_size > MOST_FILE:
            report.add("size", f"{path.name} has more than {MOST_FILE:,} bytes", sheet=name)
            return None
        data = path.read_bytes()
    except OSError as error:
        report.add("file", f"{path.name} cannot be read ({error.strerror})", sheet=name)
        return None
    if data.startswith(BOM):
        report.add("encoding", "begins with a byte order mark", sheet=name, row=1)
        data = data[len(BOM) :]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        report.add("encoding", "is in UTF-16", sheet=name, row=1)
        data = data[: len(data) // 2 * 2].decode("utf-16", "replace").encode()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        report.add("encoding", f"is not in UTF-8 (byte {error.start:,})", sheet=name, row=row)
        text = data.decode("utf-8", "replace")
    if "\x00" in text:
        report.add("file", f"{path.name} is not a text file", sheet=name)
        return None
    return text


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    counts = {d: first.count(d) for d in (",", ";", "\t", "|")}
    best = max(counts, key=lambda d: counts[d])
    return best if counts[best] > counts[","] else ","


def _parsed(text: str, delimiter: str, name: str, report: Report) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the record in the file, as far as they can be told apart."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            report.add("fields", f"cannot be read from here on ({error})", sheet=name, row=number)
            return
        yield number, row
