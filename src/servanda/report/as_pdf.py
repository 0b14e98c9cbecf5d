"""The report as PDF by Typst. The template is fixed; the content goes to it as JSON, so that no text is ever markup."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from servanda.model.errors import InputError
from servanda.render.tables import Grid
from servanda.render.text import plain
from servanda.report.blocks import Block, Line, Lines, Pictures, Points, Report, Sides, TableBlock

SHORT = 16  # characters; a column no longer than that keeps one line a cell
LONGEST = 34  # no cell is kept on one line beyond this
TEMPLATE = Path(__file__).with_name("report.typ")


def pdf(report: Report) -> bytes:
    """The report as PDF, the same bytes for the same report: no clock and no font of the machine is used."""
    return bytes(compiled(document(report)))


def compiled(content: dict[str, Any], form: str = "pdf") -> Any:
    """The template with a content, as bytes; for `png` and `svg` a list of pages where there are several."""
    try:
        import typst
    except ImportError:
        raise InputError(
            "PDF needs the library typst", remedy='pip install "servanda[report]", or write the report as .md'
        ) from None
    text = json.dumps(content, ensure_ascii=False)
    run: Any = typst.compile  # its overloads do not know a format given by name
    return run(
        TEMPLATE.read_bytes(),
        format=form,
        sys_inputs={"report": text},
        ignore_system_fonts=True,
        timestamp=0,
    )


def document(report: Report) -> dict[str, Any]:
    """The content as plain data for the template."""
    return {
        "title": plain(report.title),
        "head": _cut(report.title, 90),
        "edge": _cut(report.day, 24),
        "day": plain(report.day),
        "warning": plain(report.warning),
        "foot": _cut(report.foot, 140),
        "lang": report.language,
        "facts": [[plain(a), plain(b)] for a, b in report.facts],
        "sections": [{"title": plain(s.title), "blocks": [_block(b) for b in s.blocks]} for s in report.sections],
        "sources": [plain(s) for s in report.sources],
    }


def _cut(text: str, most: int) -> str:
    """A text for the edge of a page, which has room for a line or two."""
    made = plain(text)
    return made if len(made) <= most else f"{made[: most - 1]}…"


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Lines):
        return {"kind": "lines", "rows": [[plain(name), [_line(x) for x in lines]] for name, lines in block.rows]}
    if isinstance(block, Points):
        return {"kind": "points", "title": plain(block.title), "lines": [_line(x) for x in block.lines]}
    if isinstance(block, TableBlock):
        return {
            "kind": "table",
            **_grid(block.grid),
            "notes": [plain(n) for n in block.notes],
            "strips": [_strip(*s) for s in block.strips],
        }
    if isinstance(block, Pictures):
        made = []
        for p in block.pictures:
            drawn = p.draw()
            made.append({"title": plain(p.title), "words": plain(p.words), "svg": drawn, "pt": p.scale * _width(drawn)})
        return {"kind": "pictures", "pictures": made, "note": plain(block.note)}
    return _sides(block)


def _sides(block: Sides) -> dict[str, Any]:
    sides = [{"head": plain(head), "lines": [_line(x) for x in lines]} for head, lines in (block.left, block.right)]
    return {"kind": "sides", "subject": plain(block.subject), "sides": sides, "others": plain(block.others)}


def _line(line: Line) -> dict[str, Any]:
    return {
        "text": plain(line.text),
        "cites": plain("; ".join(line.cites)),
        "notes": [plain(n) for n in line.notes],
        "refs": ", ".join(map(str, line.refs)),
    }


def _grid(grid: Grid) -> dict[str, Any]:
    columns = []
    for i, c in enumerate(grid.columns):
        longest = max((len(r[i].text) for r in grid.rows), default=0)
        # figures keep their width; words share what is left, long columns more of it
        word = max((len(w) for r in grid.rows for w in r[i].text.split()), default=0)
        weight = max(
            min(max(longest, len(c.name) // 2, 5), 90) ** 0.8, 1.1 * min(max(word, *map(len, c.name.split()), 1), 22)
        )
        firm = (longest <= SHORT and len(c.name) <= 24) or ((c.number or c.whole) and longest <= LONGEST)
        weight = 0.0 if firm else round(weight, 2)
        columns.append({"name": plain(c.name), "number": c.number, "weight": weight})
    rows = [
        [{"text": plain(c.text), "tone": c.tone, "notes": [plain(n) for _, n in c.notes]} for c in row]
        for row in grid.rows
    ]
    return {"title": plain(grid.title), "columns": columns, "rows": rows}


def _strip(low: int | None, high: int | None, bound: int) -> dict[str, float]:
    scale = max(bound, high or 0, low or 0, 1) * (1.0 if high is not None else 1.25)
    most = scale if high is None else high
    return {
        "low": (low or 0) / scale,
        "high": 0.0 if low is None and high is None else most / scale,
        "at": bound / scale,
    }


def _width(drawn: str) -> float:
    found = re.search(r'<svg[^>]*?\bwidth="([\d.]+)', drawn)
    return float(found[1]) if found else 600.0
