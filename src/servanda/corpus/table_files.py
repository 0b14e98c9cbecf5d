"""Tables of others, as rows: CSV of any common delimiter and encoding, Excel, Parquet, a saved web page."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from servanda.corpus.files import MOST_BYTES, Raw
from servanda.model.errors import DataError, Fault

DELIMITERS = ",;\t|"
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
MOST_TABLE = 512 * 1024 * 1024
MOST_CELLS = 20_000_000
EXCEL = (".xlsx", ".xlsm")
PAGES = (".html", ".htm")
_KEEP = "save it as CSV in UTF-8"


def read_table(path: Path, encoding: str | None = None) -> list[Raw]:
    """The rows of a table by its heading. Empty cells are absent; columns without heading and empty rows are left out.

    The format is that of the file's ending; `encoding` is needed only for text that is neither UTF-8 nor UTF-16.
    DataError where the file cannot be used as a whole.
    """
    suffix = path.suffix.lower()
    try:
        if path.stat().st_size > (MOST_TABLE if suffix != ".html" else MOST_BYTES):
            raise _fault(path, f"is larger than {MOST_TABLE:,} bytes", "split it")
        if suffix in EXCEL:
            rows: Iterable[tuple[int, list[str]]] = _excel(path)
        elif suffix == ".parquet":
            return _parquet(path)
        elif suffix in PAGES:
            rows = _page(path)
        else:
            rows = _text(path, encoding)
        return _by_heading(path, rows)
    except OSError as error:
        raise _fault(path, f"cannot be read ({error.strerror or error})", "check the path") from None


def _by_heading(path: Path, rows: Iterable[tuple[int, list[str]]]) -> list[Raw]:
    header: list[str] | None = None
    found: list[Raw] = []
    faults: list[Fault] = []
    for line, row in rows:
        cells = [" ".join(c.split()) if "\n" not in c else c.strip() for c in row]
        if not any(cells) or (header is None and cells[0].startswith("#")):
            continue
        if header is None:
            header = cells
            double = sorted({h for h in header if h and header.count(h) > 1})
            if double:
                raise _fault(path, f"column {', '.join(double)} is duplicated", "rename one of them", line)
            continue
        if len(cells) > len(header) and any(cells[len(header) :]):
            message = f"has {len(cells)} cells under {len(header)} columns"
            faults.append(
                Fault(file=path.name, line=line, message=message, remedy="quote cells that hold the delimiter")
            )
            continue
        value: dict[str, Any] = {h: c for h, c in zip(header, cells, strict=False) if h and c}
        lost = [c for h, c in zip(header, cells, strict=False) if c and not h]
        if lost:
            message = f"{lost[0]!r} is in a column without a heading"
            faults.append(Fault(file=path.name, line=line, message=message, remedy="give the column a heading"))
            continue
        found.append(Raw(value, path.name, line))
    if faults:
        raise DataError(faults)
    if header is not None and found:
        # a column that no row fills is still a column
        found[0] = Raw({h: found[0].value.get(h, "") for h in header if h}, path.name, found[0].line)
    return found


def _text(path: Path, encoding: str | None) -> Iterator[tuple[int, list[str]]]:
    with path.open("rb") as stream:
        head = stream.read(65536)
    known = next((name for mark, name in MARKS if head.startswith(mark)), None)
    chosen = (
        encoding or known or ("utf-16-le" if head[1:2] == b"\x00" else "utf-16-be" if head[:1] == b"\x00" else "utf-8")
    )
    try:
        with path.open(encoding=chosen, newline="") as text:
            sample = text.readline()
            while sample.startswith("#") or (sample and not sample.strip()):
                sample = text.readline()
            delimiter = max(DELIMITERS, key=sample.count) if any(d in sample for d in DELIMITERS) else ","
            text.seek(0)
            reader = csv.reader(text, delimiter=delimiter, strict=True)
            for row in reader:
                if any("\x00" in c for c in row):
                    raise _fault(path, "holds NUL bytes", _KEEP, reader.line_num)
                if row:
                    yield reader.line_num, row
    except LookupError:
        raise _fault(path, f"encoding {chosen!r} is not known", "name one such as latin-1") from None
    except UnicodeDecodeError as error:
        message = f"is not {chosen.upper()} at byte {error.start}"
        raise _fault(path, message, "say `encoding: latin-1` under table in the rules, or save it in UTF-8") from None
    except csv.Error as error:
        raise _fault(path, str(error), "check the quotes there") from None


def _excel(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise _fault(path, "needs openpyxl to be read", 'pip install "servanda[tables]"') from None
    import zipfile
    from datetime import date, datetime

    try:
        with zipfile.ZipFile(path) as packed:
            if sum(i.file_size for i in packed.infolist()) > MOST_TABLE:
                raise _fault(path, "unpacks to more than 512 MB", "save only the sheet that is needed")
        book = load_workbook(path, read_only=True, data_only=True)
        for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
            cells = []
            for value in row:
                if isinstance(value, datetime):
                    value = value.date()
                cells.append("" if value is None else value.isoformat() if isinstance(value, date) else str(value))
            if cells:
                yield number, cells
        book.close()
    except DataError:
        raise
    except Exception as error:  # on a damaged workbook openpyxl and what it stands on raise errors of any kind
        raise _fault(path, f"cannot be read as a workbook ({type(error).__name__})", _KEEP) from None


def _parquet(path: Path) -> list[Raw]:
    from servanda.corpus.parquet import read_rows

    found = []
    for line, row in enumerate(read_rows(path, path.name), 1):
        value = {str(k): str(v).strip() for k, v in row.items() if v is not None and str(v).strip()}
        if line == 1:
            value = {str(k): value.get(str(k), "") for k in row}
        found.append(Raw(value, path.name, line))
    return found


class _Tables(HTMLParser):
    """The rows of every table of a page, as texts of their cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[tuple[int, list[str]]]] = []
        self._stack: list[list[tuple[int, list[str]]]] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._hidden = 0
        self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._stack.append([])
            self.tables.append(self._stack[-1])
        elif tag in ("script", "style"):
            self._hidden += 1
        elif tag == "tr" and self._stack:
            self._row = []
            self._stack[-1].append((self.getpos()[0], self._row))
        elif tag in ("td", "th") and self._row is not None:
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("; ")
        elif tag == "sup" and self._cell is not None:
            self._cell.append(" ")  # a footnote number stands apart from the word it follows

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None and self._row is not None:
            self._row.append("".join(self._cell).strip(" ;"))
            self._cell = None
            self.cells += 1
        elif tag == "table" and self._stack:
            self._stack.pop()
        elif tag in ("script", "style") and self._hidden:
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._hidden:
            self._cell.append(data)


def _page(path: Path) -> list[tuple[int, list[str]]]:
    """The table of a page with a column of participants, else the one with most cells."""
    text = path.read_bytes()
    words = (
        text.decode("utf-8", "replace") if b"charset=iso-8859-1" not in text[:4096].lower() else text.decode("latin-1")
    )
    parser = _Tables()
    parser.feed(words)
    parser.close()
    tables = [[(n, r) for n, r in t if any(c.strip() for c in r)] for t in parser.tables]
    tables = [t for t in tables if len(t) > 1]
    if not tables:
        raise _fault(path, "holds no table", "save the page of the status table itself")
    from servanda.corpus.headings import plain_words

    wanted = ("participant", "participants", "state", "country", "party", "states", "parties")
    named = [t for t in tables if t[0][1] and any(plain_words(c) in wanted for c in t[0][1])]
    return max(named or tables, key=lambda t: sum(len(r) for _, r in t))


def _fault(path: Path, message: str, remedy: str, line: int | None = None) -> DataError:
    return DataError([Fault(file=path.name, line=line, message=message, remedy=remedy)])


__all__ = ["read_table"]
