"""Tables of others, as rows: CSV of any common delimiter and encoding, Excel, Parquet, a saved web page.

Rows are read one by one; nothing is kept of a row that has been passed on.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any, TextIO

from servanda.corpus.files import MOST_BYTES, Raw
from servanda.corpus.table_pages import page_tables
from servanda.model.errors import DataError, Fault

DELIMITERS = ",;\t|"
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
MOST_TABLE = 512 * 1024 * 1024
MOST_FAULTS = 100
ABOVE = 25  # rows in which the heading is looked for: titles and days of printing stand above it
STEP = 50_000  # rows between two reports of progress
EXCEL = (".xlsx", ".xlsm")
PAGES = (".html", ".htm")
_KEEP = "save it as CSV in UTF-8"

Line = tuple[int, list[str]]
Named = Callable[[str], bool]
Progress = Callable[[int, int], None]


@dataclass
class Sheet:
    """A table opened: its heading, its rows as they come, and what is to be said of it.

    `notes` tells of rows above the heading and of other sheets; `lost` of cells that stand in a column without a
    heading, as rows are read. `epoch` is day 0 of a workbook's calendar, by which bare numbers may be days.
    """

    header: list[str]
    rows: Iterator[Raw]
    notes: list[Fault] = field(default_factory=list)
    lost: list[Fault] = field(default_factory=list)
    epoch: date | None = None


def open_table(
    path: Path,
    *,
    named: Named,
    encoding: str | None = None,
    sheet: str | None = None,
    progress: Progress | None = None,
) -> Sheet:
    """The table of a file. Empty cells are absent; columns without heading and empty rows are left out.

    The format is that of the file's ending; `encoding` is needed only for text that is neither UTF-8 nor UTF-16.
    `named` tells whether a heading is the participants'; the first row with such a cell is the heading. DataError where
    the file cannot be used as a whole.
    """
    suffix = path.suffix.lower()
    notes: list[Fault] = []
    epoch = None
    try:
        size = path.stat().st_size
        if size > (MOST_BYTES if suffix in PAGES else MOST_TABLE):
            raise _fault(path, f"is larger than {MOST_TABLE:,} bytes", "split it")
        if suffix in EXCEL:
            rows, epoch = _excel(path, named, sheet, notes)
        elif suffix == ".parquet":
            rows = _parquet(path)
        elif suffix in PAGES:
            rows = _page(path, named, notes)
        else:
            rows = _text(path, encoding, progress)
        header, rest = _heading(path, rows, named, notes)
    except OSError as error:
        raise _fault(path, f"cannot be read ({error.strerror or error})", "check the path") from None
    found = Sheet(header, iter(()), notes, epoch=epoch)
    found.rows = _rows(path, header, rest, found.lost)
    return found


def _clean(row: list[str]) -> list[str]:
    return [" ".join(c.split()) if "\n" not in c else c.strip() for c in row]


def _heading(path: Path, rows: Iterator[Line], named: Named, notes: list[Fault]) -> tuple[list[str], Iterator[Line]]:
    """The heading, and the rows behind it; titles above it are told."""
    first = [(n, _clean(r)) for n, r in islice(rows, ABOVE)]
    first = [(n, r) for n, r in first if any(r) and not r[0].startswith("#")]
    if not first:
        return [], iter(())
    at = next((i for i, (_, r) in enumerate(first) if any(named(c) for c in r if c) and sum(map(bool, r)) > 1), None)
    if at is None:
        at = next((i for i, (_, r) in enumerate(first) if any(named(c) for c in r if c)), 0)
    for line, row in first[:at]:
        words = " ".join(filter(None, row))
        notes.append(
            Fault(file=path.name, line=line, message=f"{words[:80]!r} stands above the heading", remedy="nothing to do")
        )
    line, header = first[at][0], [" ".join(c.split()) for c in first[at][1]]
    double = sorted({h for h in header if h and header.count(h) > 1})
    if double:
        raise _fault(path, f"column {', '.join(double)} is duplicated", "rename one of them", line)
    return header, chain(first[at + 1 :], rows)


def _rows(path: Path, header: list[str], rows: Iterable[Line], lost: list[Fault]) -> Iterator[Raw]:
    faults: list[Fault] = []
    width = len(header)
    for line, row in rows:
        cells = _clean(row)
        if not any(cells):
            continue
        if len(cells) > width and any(cells[width:]):
            message = f"has {len(cells)} cells under {width} columns"
            faults.append(
                Fault(file=path.name, line=line, message=message, remedy="quote cells that hold the delimiter")
            )
            if len(faults) >= MOST_FAULTS:
                break
            continue
        value: dict[str, Any] = {h: c for h, c in zip(header, cells, strict=False) if h and c}
        if len(value) < sum(map(bool, cells)):
            stray = next(c for h, c in zip(header, cells, strict=False) if c and not h)
            message = f"{stray!r} is in a column without a heading"
            lost.append(Fault(file=path.name, line=line, message=message, remedy="give the column a heading"))
        if value:
            yield Raw(value, path.name, line)
    if faults:
        raise DataError(faults)


def _text(path: Path, encoding: str | None, progress: Progress | None) -> Iterator[Line]:
    with path.open("rb") as stream:
        head = stream.read(65536)
    known = next((name for mark, name in MARKS if head.startswith(mark)), None)
    chosen = (
        encoding or known or ("utf-16-le" if head[1:2] == b"\x00" else "utf-16-be" if head[:1] == b"\x00" else "utf-8")
    )
    size = path.stat().st_size
    try:
        with path.open("rb") as stream, io.TextIOWrapper(stream, chosen, newline="") as text:
            delimiter = _delimiter(text)
            text.seek(0)
            reader = csv.reader(text, delimiter=delimiter, strict=True)
            for number, row in enumerate(reader):
                if any("\x00" in c for c in row):
                    raise _fault(path, "holds NUL bytes", _KEEP, reader.line_num)
                if progress is not None and number % STEP == STEP - 1:
                    progress(stream.tell(), size)
                if row:
                    yield reader.line_num, row
    except LookupError:
        raise _fault(path, f"encoding {chosen!r} is not known", "name one such as latin-1") from None
    except UnicodeDecodeError as error:
        message = f"is not {chosen.upper()} at byte {error.start}"
        raise _fault(path, message, "say `encoding: latin-1` under table in the rules, or save it in UTF-8") from None
    except csv.Error as error:
        raise _fault(path, str(error), "check the quotes there") from None


def _delimiter(text: TextIO) -> str:
    """What parts the cells: the mark that most of the first lines have equally often, the heading's where none does."""
    lines = [s for s in islice(text, ABOVE) if s.strip() and not s.startswith("#")]
    if not lines:
        return ","

    def fit(mark: str) -> tuple[int, int]:
        counts = [len(next(csv.reader([line], delimiter=mark), [])) - 1 for line in lines]
        likely = max((c for c in counts if c), key=counts.count, default=0)
        return (counts.count(likely) if likely else 0), likely

    first = max(DELIMITERS, key=lines[0].count)
    best = max(DELIMITERS, key=fit)
    return best if first not in lines[0] or fit(best)[0] > fit(first)[0] else first


def _excel(path: Path, named: Named, sheet: str | None, notes: list[Fault]) -> tuple[Iterator[Line], date | None]:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise _fault(path, "needs openpyxl to be read", 'pip install "servanda[tables]"') from None
    import zipfile

    try:
        with zipfile.ZipFile(path) as packed:
            if sum(i.file_size for i in packed.infolist()) > MOST_TABLE:
                raise _fault(path, "unpacks to more than 512 MB", "save only the sheet that is needed")
        book = load_workbook(path, read_only=True, data_only=True)
        sheets = {s.title: s for s in book.worksheets}
        if sheet is not None and sheet not in sheets:
            raise _fault(path, f"has no sheet {sheet!r}", f"sheets: {', '.join(sheets)}")
        chosen = sheets[sheet] if sheet else next((s for s in book.worksheets if _holds(s, named)), book.worksheets[0])
        rest = [name for name, s in sheets.items() if s is not chosen and any(_values(s, 1))]
        if rest and sheet is None:
            message = f"sheet {chosen.title!r} is read; {', '.join(map(repr, rest))} left alone"
            notes.append(Fault(file=path.name, message=message, remedy="name another under table, sheet"))
        epoch = book.epoch.date() if isinstance(book.epoch, datetime) else book.epoch
        return iter(list(_values(chosen))), epoch
    except DataError:
        raise
    except Exception as error:  # on a damaged workbook openpyxl and what it stands on raise errors of any kind
        raise _fault(path, f"cannot be read as a workbook ({type(error).__name__})", _KEEP) from None


def _holds(sheet: Any, named: Named) -> bool:
    return any(named(c) for _, row in islice(_values(sheet), ABOVE) for c in row if c)


def _values(sheet: Any, most: int | None = None) -> Iterator[Line]:
    """Rows of a sheet as text; days of the calendar in ISO form."""
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_row=most), 1):
        cells = []
        for value in row:
            if isinstance(value, datetime):
                value = value.date()
            cells.append("" if value is None else value.isoformat() if isinstance(value, date) else str(value))
        if any(cells):
            yield number, cells


def _parquet(path: Path) -> Iterator[Line]:
    from servanda.corpus.parquet import read_rows

    for line, row in enumerate(read_rows(path, path.name), 1):
        if line == 1:
            yield 0, [str(k) for k in row]
        yield line, ["" if v is None else str(v).strip() for v in row.values()]


def _page(path: Path, named: Named, notes: list[Fault]) -> Iterator[Line]:
    """The table of a page with a column of participants, else the one with most cells."""
    tables = page_tables(path.read_bytes())
    if not tables:
        raise _fault(path, "holds no table", "save the page of the status table itself")
    fitting = [t for t in tables if any(len(r) > 1 and any(named(c) for c in r if c) for _, r in t[:ABOVE])]
    chosen = max(fitting or tables, key=lambda t: sum(len(r) for _, r in t))
    others = [t for t in fitting if t is not chosen]
    if others:
        message = f"the largest of {len(fitting)} tables with participants is read; the others are left alone"
        notes.append(
            Fault(file=path.name, line=others[0][0][0], message=message, remedy="save the table that is meant")
        )
    return iter(chosen)


def _fault(path: Path, message: str, remedy: str, line: int | None = None) -> DataError:
    return DataError([Fault(file=path.name, line=line, message=message, remedy=remedy)])


__all__ = ["Sheet", "open_table"]
