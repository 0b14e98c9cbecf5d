"""A declaration as one JSON document: the plain form of the value."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from servanda.exchange.canonical import parse
from servanda.exchange.declaration import MARK, Declaration, to_plain
from servanda.exchange.formats.assemble import Assembler, Progress, ReadDeclaration
from servanda.exchange.report import Report
from servanda.model.errors import InputError
from servanda.model.forms import Form

MOST_FILE = 256 * 2**20
_CELLS = {str, int, float, bool, type(None)}
_COVER = ("form", "version", "instrument", "party", "document", "as_of", "exchanged", "language", "supersedes")


def json_bytes(value: Declaration) -> bytes:
    """The declaration as JSON in UTF-8, one row a line."""
    plain = to_plain(value)
    tables = plain.pop("tables")
    lines = []
    for name, rows in tables.items():
        body = ",\n".join("   " + json.dumps(row, ensure_ascii=False) for row in rows)
        lines.append(f"  {json.dumps(name)}: [\n{body}\n  ]" if rows else f"  {json.dumps(name)}: []")
    head = json.dumps(plain, ensure_ascii=False, indent=1)[:-2]
    return (head + ',\n "tables": {\n' + ",\n".join(lines) + "\n }\n}\n").encode()


def read_json(path: Path, form: Form, *, progress: Progress | None = None) -> ReadDeclaration:
    """The declaration of a JSON document, with everything that is wrong with it. Rows are counted from 1."""
    report = Report(form, str(path))
    try:
        if path.stat().st_size > MOST_FILE:
            report.add("size", f"more than {MOST_FILE:,} bytes")
            plain: Any = {}
        else:
            data = path.read_bytes()
            if data.startswith(b"\xef\xbb\xbf"):
                report.add("encoding", "begins with a byte order mark")
                data = data[3:]
            plain = parse(data)
    except OSError as error:
        report.add("file", f"cannot be read ({error.strerror})")
        return Assembler(form, report, progress).finish()
    except InputError as error:  # of what cannot be read nothing else is missing
        report.add("file", error.what)
        return Assembler(form, report, progress).finish()
    return read_plain(plain, report, form, progress=progress)


def read_plain(plain: Any, report: Report, form: Form, *, progress: Progress | None = None) -> ReadDeclaration:
    """The declaration of plain data that others made, judged like a file."""
    assembler = Assembler(form, report, progress)
    if not isinstance(plain, dict):
        report.add("file", "is not a JSON object")
        plain = {}
    pairs: list[tuple[str, Any]] = [(n, plain[n]) for n in _COVER if plain.get(n) is not None]
    mark = plain.get(MARK, False)
    if mark is not False:
        pairs.append((MARK, MARK if mark is True else str(mark)))
    remarks = plain.get("remarks", [])
    pairs += [("remark", r) for r in remarks] if isinstance(remarks, list) else [("remark", remarks)]
    for name in sorted(plain.keys() - {*_COVER, MARK, "remarks", "tables"}):
        pairs.append((str(name), plain[name]))
    values = _flat([value for _, value in pairs])
    assembler.cover((n, name, value) for n, ((name, _), value) in enumerate(zip(pairs, values, strict=True), 1))
    tables = plain.get("tables", {})
    if not isinstance(tables, dict):
        report.add("file", "its tables are not a JSON object")
        tables = {}
    for name, rows in tables.items():
        sheet = form.sheet(str(name))
        if sheet is None:
            assembler.unknown_sheet(str(name))
            continue
        if not isinstance(rows, list) or not set(map(type, rows)) <= {dict}:
            report.add("file", "is not a list of rows", sheet=sheet.id)
            continue
        headings = [c.id for c in sheet.columns] + [MARK]
        if not set().union(*rows) <= set(headings):
            headings += list(dict.fromkeys(str(k) for r in rows for k in r if k not in headings))[:20]
        assembler.sheet_by_columns(sheet, headings, 0, [_flat([r.get(h) for r in rows]) for h in headings])
    return assembler.finish()


def _flat(cells: list[Any]) -> list[Any]:
    """Cells of a column: what is neither text nor number is shown as text, and judged as such."""
    if set(map(type, cells)) <= _CELLS:
        return cells
    return [c if c is None or isinstance(c, str | int | float) else json.dumps(c)[:100] for c in cells]
