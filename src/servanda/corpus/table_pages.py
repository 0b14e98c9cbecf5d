"""The tables of a web page as saved from a browser: rows of texts, with cells that span several put where they belong."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from servanda.model.numbers import whole_number

MOST_SPAN = 200  # a cell that claims to span more is taken for a slip
HIDDEN = ("script", "style", "template", "noscript")
Rows = list[tuple[int, list[str]]]


def page_tables(data: bytes) -> list[Rows]:
    """Every table with more than one row that is not empty, in the order they begin; an inner table is one of its own."""
    latin = b"charset=iso-8859-1" in data[:4096].lower() or b"charset=windows-1252" in data[:4096].lower()
    parser = _Tables()
    parser.feed(data.decode("cp1252" if latin else "utf-8", "replace"))
    parser.close()
    tables = [[(n, r) for n, r in t.rows if any(c.strip() for c in r)] for t in parser.tables]
    return [t for t in tables if len(t) > 1]


@dataclass
class _Open:
    """A table that has begun: its rows, the row and cell being read, and cells that reach down into later rows."""

    rows: Rows = field(default_factory=list)
    row: list[str] | None = None
    cell: list[str] | None = None
    spans: tuple[int, int] = (1, 1)  # columns and rows the cell being read covers
    down: dict[int, tuple[int, str]] = field(default_factory=dict)  # column -> rows still covered, text


class _Tables(HTMLParser):
    """The rows of every table of a page, as texts of their cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Open] = []
        self._stack: list[_Open] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, a row or a cell begins; a line break or a raised footnote parts words."""
        if tag == "table":
            self.tables.append(_Open())
            self._stack.append(self.tables[-1])
            return
        if tag in HIDDEN:
            self._hidden += 1
        if not self._stack:
            return
        table = self._stack[-1]
        if tag == "tr":
            self._close_row(table)
            table.row = []
            table.rows.append((self.getpos()[0], table.row))
            self._covered(table)
        elif tag in ("td", "th") and table.row is not None:
            self._close_cell(table)
            self._write("\n", self._stack[:-1])
            told = dict(attrs)
            table.spans = (_span(told.get("colspan")), _span(told.get("rowspan")))
            table.cell = []
        elif tag in ("br", "p", "div", "li"):
            self._write("\n", self._stack)
        elif tag == "sup":
            self._write(" ", self._stack)  # a footnote number stands apart from the word it follows

    def handle_endtag(self, tag: str) -> None:
        """A table, a row or a cell ends."""
        if tag in HIDDEN and self._hidden:
            self._hidden -= 1
        if not self._stack:
            return
        table = self._stack[-1]
        if tag in ("td", "th"):
            self._close_cell(table)
        elif tag == "tr":
            self._close_row(table)
        elif tag == "table":
            self._close_row(table)
            self._stack.pop()

    def handle_data(self, data: str) -> None:
        """Text of every cell it stands in: a day may be laid out in a table within its cell. Line breaks are blanks."""
        if not self._hidden:
            self._write(" ".join(data.split("\n")), self._stack)

    def _write(self, text: str, tables: list[_Open]) -> None:
        for table in tables:
            if table.cell is not None:
                table.cell.append(text)

    def _close_cell(self, table: _Open) -> None:
        if table.cell is None or table.row is None:
            return
        lines = (" ".join(part.split()) for part in "".join(table.cell).split("\n"))
        text = "\n".join(filter(None, lines))
        across, down = table.spans
        for extra in range(across):
            # a cell that spans columns is that of the first; one that spans rows stands in each of them
            if down > 1:
                table.down[len(table.row)] = (down - 1, text if extra == 0 else "")
            table.row.append(text if extra == 0 else "")
        table.cell = None
        self._covered(table)

    def _covered(self, table: _Open) -> None:
        """Put in what reaches down from rows above, up to the next place that is free."""
        assert table.row is not None
        while len(table.row) in table.down and table.down[len(table.row)][0] > 0:
            place = len(table.row)
            left, text = table.down[place]
            table.down[place] = (left - 1, text)
            table.row.append(text)

    def _close_row(self, table: _Open) -> None:
        if table.row is None:
            return
        self._close_cell(table)
        table.row = None


def _span(text: str | None) -> int:
    return min(whole_number(text) or 1, MOST_SPAN) if text else 1
