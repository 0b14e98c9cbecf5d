"""The report as one HTML page: pictures and style inside, nothing fetched."""

from __future__ import annotations

from base64 import b64encode

from servanda.render.html import STYLE, bar, escape, table
from servanda.report.blocks import Block, Line, Lines, Pictures, Points, Report, Sides, TableBlock

# the page asks nobody for anything, and a browser is told to let it ask nobody
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
PAGE = """
:root{color-scheme:light}
body{margin:2em auto;max-width:62em;padding:0 1em;background:#fff;color:#111;font:15px/1.5 system-ui,sans-serif}
.servanda{max-width:none;font-size:15px}
h1{font-size:1.6em;margin:0}h2{font-size:1.2em;margin:1.6em 0 .4em;border-bottom:2px solid #0072b2}
h3{font-size:1em;margin:1em 0 .2em}
.day{font-size:1.1em;margin:.2em 0 1em}
.warning{background:#f0e442;padding:.5em .8em;font-weight:600}
.pictures,.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(20em,1fr));gap:1.2em}
.pictures img{max-width:100%;height:auto}
figure{margin:0}figcaption{font-size:.9em}
.sides>div{border-left:3px solid #0072b2;padding-left:.8em}
.sides>div+div{border-color:#e69f00}
.servanda li{overflow-wrap:anywhere}
.servanda ol{list-style:decimal;padding-left:2em}
@media print{body{margin:0;max-width:none}thead{display:table-header-group}tr{break-inside:avoid}}
"""


def page(report: Report) -> str:
    """The whole report as one document."""
    parts = [f"<h1>{escape(report.title)}</h1>", f'<p class="day">Report as of {escape(report.day)}</p>']
    if report.warning:
        parts.append(f'<p class="warning">{escape(report.warning)}</p>')
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in report.facts)
    parts.append(f"<dl>{facts}</dl>")
    for n, section in enumerate(report.sections, 1):
        body = "".join(map(_block, section.blocks))
        parts.append(f"<section><h2>{n}. {escape(section.title)}</h2>{body}</section>")
    if report.sources:
        items = "".join(f'<li id="s{n}">{escape(s)}</li>' for n, s in enumerate(report.sources, 1))
        parts.append(f"<section><h2>{len(report.sections) + 1}. Sources</h2><ol>{items}</ol></section>")
    parts.append(f'<p class="note">{escape(report.foot)}</p>')
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>{escape(report.title)}, {escape(report.day)}</title><style>{STYLE}{PAGE}</style>"
    )
    body = "\n".join(parts)
    return f'<!doctype html>\n<html lang="{report.language}"><head>{head}</head><body class="servanda">\n{body}\n</body></html>\n'


def _block(block: Block) -> str:
    if isinstance(block, Lines):
        rows = (f"<dt>{escape(name)}</dt><dd>{''.join(map(_div, lines))}</dd>" for name, lines in block.rows)
        return f"<dl>{''.join(rows)}</dl>"
    if isinstance(block, Points):
        title = f"<h3>{escape(block.title)}</h3>" if block.title else ""
        return f"{title}<ul>{''.join(f'<li>{_line(x)}</li>' for x in block.lines)}</ul>"
    if isinstance(block, TableBlock):
        strips = [bar(*s) for s in block.strips]
        notes = "".join(f'<span class="note">{escape(n)}</span>' for n in block.notes)
        return table(block.grid, strips=strips) + notes
    if isinstance(block, Pictures):
        made = []
        for p in block.pictures:
            data = b64encode(p.draw().encode()).decode()
            image = f'<img alt="{escape(p.words)}" src="data:image/svg+xml;base64,{data}">'
            made.append(
                f"<figure>{image}<figcaption><b>{escape(p.title)}</b><br>{escape(p.words)}</figcaption></figure>"
            )
        note = f'<span class="note">{escape(block.note)}</span>' if block.note else ""
        return f'<div class="pictures">{"".join(made)}</div>{note}'
    return _sides(block)


def _sides(block: Sides) -> str:
    made = [f"<div><b>{escape(head)}</b>{''.join(map(_div, lines))}</div>" for head, lines in (block.left, block.right)]
    others = f'<span class="note">{escape(block.others)}</span>' if block.others else ""
    return f'<h3>{escape(block.subject)}</h3><div class="sides">{"".join(made)}</div>{others}'


def _div(line: Line) -> str:
    return f"<div>{_line(line)}</div>"


def _line(line: Line) -> str:
    text = escape(line.text)
    if line.cites:
        text += f' <span class="cite">{escape("; ".join(line.cites))}</span>'
    if line.refs:
        text += " [" + ", ".join(f'<a href="#s{n}">{n}</a>' for n in line.refs) + "]"
    return text + "".join(f'<span class="note">! {escape(n)}</span>' for n in line.notes)
