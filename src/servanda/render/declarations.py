"""The report on a declaration as one self-contained page."""

from __future__ import annotations

from typing import Any

from servanda.model.answer import Answer
from servanda.render.html import escape

_CSS = """body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1a1a1a}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #ccc}
th{background:#dde6f0}.error td:first-child{border-left:6px solid #9c0006}.warning td:first-child{border-left:6px solid #9c6500}
.mark{font-weight:bold;color:#9c0006}"""


def report_page(answer: Answer[Any]) -> str:
    """The page: verdict first, then like findings together, each with place, clause and remedy."""
    report = answer.value
    rows = []
    for group in (*report.groups(report.errors), *report.groups(report.warnings)):
        first = group.first
        place = ", ".join(p for p in (first.sheet, f"column {first.column}" if first.column else None) if p)
        shown = ", ".join(str(r) for r in group.rows[:20]) + (" ..." if len(group.rows) > 20 else "")
        cells = (
            first.code,
            first.severity.value,
            place,
            shown,
            f"{group.count:,}",
            first.message,
            first.cite,
            first.remedy,
        )
        rows.append(f'<tr class="{first.severity.value}">' + "".join(f"<td>{escape(c)}</td>" for c in cells) + "</tr>")
    heads = ("Code", "Severity", "Place", "Rows", "Count", "What is wrong (first)", "Clause", "Remedy")
    table = "<table><thead><tr>" + "".join(f'<th scope="col">{h}</th>' for h in heads) + "</tr></thead><tbody>"
    body = table + "\n".join(rows) + "</tbody></table>" if rows else "<p>No findings.</p>"
    title = escape(str(answer.node.statement))
    mark = (
        '<p class="mark">SYNTHETIC: made up for demonstration; not history.</p>' if answer.data.get("synthetic") else ""
    )
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{_CSS}</style></head>\n'
        f"<body><h1>{title}</h1>{mark}<p>{escape(report.form.confidential)}</p>{body}</body></html>\n"
    )
