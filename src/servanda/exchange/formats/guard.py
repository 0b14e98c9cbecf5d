"""What a workbook must pass before any of it is read: size, parts, macros, links, declarations of entities.

A workbook is a zip archive of XML; one of another's making may be a bomb, hold code, or be cut off.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from servanda.exchange.report import Report

MOST_FILE = 64 * 2**20
MOST_UNPACKED = 512 * 2**20
MOST_PARTS = 2_000
MOST_RATIO = 400  # a sheet of like rows packs some eighty to one
SMALL = 4 * 2**20  # below it the ratio does not matter
_OLE = b"\xd0\xcf\x11\xe0"  # the old binary format, and how an encrypted workbook is wrapped
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\bhidden="(?:1|true)"[^>]*>')
_ROW_NUMBER = re.compile(rb'\br="(\d{1,7})"')
_COLUMN = re.compile(rb'<(?:\w+:)?col\b[^>]*?\bhidden="(?:1|true)"[^>]*>')
_COLUMN_FIRST = re.compile(rb'\bmin="(\d{1,5})"')
# A cell with content beyond the sixtieth column.
_FAR = re.compile(rb'\br="((?:B[I-Z]|[C-Z][A-Z]|[A-Z]{3})\d{1,7})"[^>/]*>\s*<(?:\w+:)?(?:v|is|f)\b')
_CELL = re.compile(rb'\br="[A-Z]{1,3}(\d{1,7})"')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z0-9:$]{1,20})"')


@dataclass(slots=True)
class SheetMarks:
    """What is hidden or merged on one sheet: rows and columns from 1, ranges as text.

    `far` is the first cell with content beyond the sixtieth column, `last` the last row with content.
    """

    rows: set[int] = field(default_factory=set)
    columns: list[int] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    far: str | None = None
    last: int = 0


def marks(data: bytes) -> SheetMarks:
    """What is hidden or merged on a sheet, from its XML."""
    found = SheetMarks()
    for tag in _ROW.finditer(data):
        number = _ROW_NUMBER.search(tag[0])
        if number:
            found.rows.add(int(number[1]))
    for tag in _COLUMN.finditer(data):
        first = _COLUMN_FIRST.search(tag[0])
        if first:
            found.columns.append(int(first[1]))
    found.merged = [m.decode() for m in _MERGE.findall(data)]
    far = _FAR.search(data)
    found.far = far[1].decode() if far else None
    end = max(data.rfind(b"v>"), data.rfind(b"is>"))  # of the last value
    cells = _CELL.findall(data, max(0, end - 40_000), max(0, end))
    found.last = int(cells[-1]) if cells else 0
    return found


def check(path: Path, report: Report) -> dict[str, SheetMarks] | None:
    """The hidden and merged parts of each sheet's part; None, with a finding, for what must not be read."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        report.add("file", f"cannot be read ({error.strerror})")
        return None
    if size > MOST_FILE:
        report.add("size", f"{size:,} bytes; at most {MOST_FILE:,} are read")
        return None
    if head.startswith(_OLE):
        report.add("file", "is encrypted or in the old binary format (.xls)")
        return None
    if not head.startswith(b"PK"):
        report.add("file", "is not a workbook (.xlsx)" if head else "is empty")
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            return _parts(archive, report)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        report.add("file", "is cut off or damaged: it cannot be unpacked")
        return None


def _parts(archive: zipfile.ZipFile, report: Report) -> dict[str, SheetMarks] | None:
    parts = archive.infolist()
    names = [p.filename for p in parts]
    total = sum(p.file_size for p in parts)
    if len(parts) > MOST_PARTS or total > MOST_UNPACKED:
        report.add("size", f"unpacks to {len(parts):,} parts and {total:,} bytes; at most {MOST_UNPACKED:,} are read")
        return None
    for part in parts:
        if part.file_size > SMALL and part.file_size > MOST_RATIO * max(1, part.compress_size):
            report.add(
                "size", f"its part {part.filename[:60]!r} unpacks {part.file_size // max(1, part.compress_size):,} to 1"
            )
            return None
    if len(set(names)) != len(names) or any(n.startswith(("/", "\\")) or ".." in n for n in names):
        report.add("file", "is not a sound workbook: the names of its parts are not safe")
        return None
    found: dict[str, SheetMarks] = {}
    sound = "[Content_Types].xml" in names and "xl/workbook.xml" in names
    for part in parts:
        name = part.filename.lower()
        if any(
            word in name for word in ("vbaproject", "macrosheet", "externallink", "embeddings/", "activex", "customui")
        ):
            report.add("macro", f"holds {part.filename[:60]!r}: a macro, a link to another file or an embedded object")
            return None
        if not name.endswith((".xml", ".rels")):
            continue
        data = archive.read(part)
        if (
            b"<!DOCTYPE" in data
            or b"<!ENTITY" in data
            or data[:2] in (b"\xff\xfe", b"\xfe\xff")
            or b"\x00" in data[:64]
        ):
            report.add("file", f"its part {part.filename[:60]!r} declares entities or is not in UTF-8")
            return None
        if name == "[content_types].xml" and b"macroEnabled" in data:
            report.add("macro", "is a workbook with macros")
            return None
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            found[part.filename] = marks(data)
    if not sound:
        report.add("file", "is a zip archive, but no workbook")
        return None
    return found
