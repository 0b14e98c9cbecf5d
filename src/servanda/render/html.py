"""An Answer as an HTML fragment: escaped, with its own few rules of style, readable on light and dark ground.

`fragment` is what a notebook shows (`Answer._repr_html_`); `table`, `tree` and `escape` also serve the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape as _escape
from typing import Any

from servanda.model.answer import Answer, Node
from servanda.render import tables
from servanda.render.commands import command_line
from servanda.render.tables import Grid
from servanda.render.text import plain

MOST_NODES = 300  # a tree of thousands of lines would freeze a notebook; `explain()` has them all

# Tones carry their own ground and ink, so that they hold on any page; the palette is Okabe and Ito's, darkened to
# a contrast of 4.5 with white ink.
STYLE = """
.servanda{font:14px/1.45 system-ui,sans-serif;color:inherit;max-width:72em}
.servanda h4{font-size:1.05em;margin:.3em 0 .6em}
.servanda .wide{overflow-x:auto;margin:.5em 0}
.servanda table{border-collapse:collapse;font-size:.92em}
.servanda th,.servanda td{text-align:left;vertical-align:top;padding:.18em .7em .18em 0;border:0;background:none;
border-bottom:1px solid rgba(128,128,128,.35);white-space:normal}
.servanda th{font-weight:600}
.servanda .n{text-align:right;font-variant-numeric:tabular-nums}
.servanda .w{white-space:nowrap}
.servanda .dim{opacity:.72}
.servanda .t{padding:.05em .45em;border-radius:.3em;white-space:nowrap}
.servanda .within{background:#00664b;color:#fff}
.servanda .exceeded{background:#b34700;color:#fff}
.servanda .inconsistent{background:#8a3b6e;color:#fff}
.servanda .undetermined{background:#f0e442;color:#000}
.servanda .no_data,.servanda .not_applicable{background:#666;color:#fff}
.servanda .owed{color:#fff;background:#0072b2}
.servanda .not_owed{color:#000;background:#e69f00}
.servanda .unknown{color:#fff;background:#666}
.servanda .matrix td,.servanda .matrix th{padding:.05em .25em;font-size:.82em;text-align:center}
.servanda .matrix thead th:not(:first-child){writing-mode:vertical-rl}
.servanda .note{display:block;font-size:.92em;opacity:.85}
.servanda .cite{opacity:.8;font-style:italic}
.servanda ul{margin:.15em 0;padding-left:1.2em;list-style:none}
.servanda summary{cursor:pointer}
.servanda dl{display:grid;grid-template-columns:max-content 1fr;gap:.35em 1em;margin:.4em 0}
.servanda dt{font-weight:600}
.servanda dd{margin:0}
"""


def escape(text: object) -> str:
    """Text as text: nothing in it is markup."""
    return _escape(plain(text), quote=True)


def fragment(answer: Answer[Any]) -> str:
    """The answer as one `<div>`: headline, tables of its kind, the tree folded, and what is not known."""
    tabular = _LAYOUTS.get(answer.kind)
    body = [f"<style>{STYLE}</style>", f"<h4>{escape(answer.node.statement)}</h4>"]
    body += _notes(answer.node)
    if tabular is not None:
        body += tabular(answer)
    body.append(_why(answer.node, opened=tabular is None))
    if answer.not_known and answer.kind != "brief":  # a brief tells it in its own place
        items = "".join(f"<li>{escape(g)}</li>" for g in answer.not_known)
        body.append(f"<details><summary>not known ({len(answer.not_known)})</summary><ul>{items}</ul></details>")
    return f'<div class="servanda">{"".join(body)}</div>'


def table(grid: Grid, css: str = "", strips: Sequence[str] = ()) -> str:
    """A grid as a table that scrolls where it is wider than the page; `strips` are drawings (HTML), one a row."""
    heads = "".join(f"<th{_css(c)}>{escape(c.name)}</th>" for c in grid.columns) + ("<th></th>" if strips else "")
    rows = []
    for i, row in enumerate(grid.rows):
        cells = []
        for column, cell in zip(grid.columns, row, strict=True):
            text = escape(cell.text)
            if cell.tone in ("owed", "not_owed", "unknown"):
                cells.append(f'<td class="{cell.tone}">{text}</td>')
                continue
            if cell.tone and text:
                text = f'<span class="{"" if cell.tone == "dim" else "t "}{cell.tone}">{text}</span>'
            text += "".join(_note(said, kind == tables.CAVEAT) for kind, said in cell.notes)
            cells.append(f"<td{_css(column)}>{text}</td>")
        cells += [f'<td class="w">{strips[i]}</td>'] if strips else []
        rows.append(f"<tr>{''.join(cells)}</tr>")
    title = f"<caption>{escape(grid.title)}</caption>" if grid.title else ""
    head = f"<thead><tr>{heads}</tr></thead>"
    return f'<div class="wide"><table class="{css}">{title}{head}<tbody>{"".join(rows)}</tbody></table></div>'


def _css(column: tables.Column) -> str:
    names = [n for n, on in (("n", column.number), ("w", column.whole)) if on]
    return f' class="{" ".join(names)}"' if names else ""


def _note(text: str, caveat: bool) -> str:
    return f'<span class="note">{"! " if caveat else ""}{escape(text)}</span>'


def statement(node: Node) -> str:
    """A node's own line: statement and citations."""
    cite = f' <span class="cite">{escape("; ".join(map(str, node.citation)))}</span>' if node.citation else ""
    return f"{escape(node.statement)}{cite}"


def _notes(node: Node) -> list[str]:
    said = [_note(c, True) for c in node.caveats]
    if node.sources:
        said.append(_note("source: " + "; ".join(node.sources), False))
    return said


def tree(nodes: Iterable[Node], budget: int = MOST_NODES) -> str:
    """Nodes as a list that unfolds; beyond the budget a line says how many more there are."""
    left = [budget, 0]
    made = _branches(nodes, left)
    more = f'<p class="note">{left[1]:,} lines more: explain() has them</p>' if left[1] else ""
    return made + more


def _branches(nodes: Iterable[Node], left: list[int]) -> str:
    items = []
    for node in nodes:
        if left[0] <= 0:
            left[1] += sum(1 for _ in node.walk())
            continue
        left[0] -= 1
        line = statement(node) + "".join(_notes(node))
        if node.because:
            line = f"<details><summary>{line}</summary>{_branches(node.because, left)}</details>"
        items.append(f"<li>{line}</li>")
    return f"<ul>{''.join(items)}</ul>" if items else ""


def _why(node: Node, *, opened: bool) -> str:
    if not node.because:
        return ""
    count = sum(1 for _ in node.walk()) - 1
    mark = " open" if opened else ""
    return f"<details{mark}><summary>why ({count:,} lines)</summary>{tree(node.because)}</details>"


def bar(low: int | None, high: int | None, bound: int) -> str:
    """Where the sum may lie, as a strip: solid up to the least, pale up to the greatest, a rule at the ceiling."""
    if low is None and high is None:
        return ""
    scale = max(bound, high or 0, low or 0, 1) * (1 if high is not None else 1.25)
    least, most, at = (min(100.0, 100 * n / scale) for n in (low or 0, scale if high is None else high, bound))
    return (
        '<svg width="110" height="12" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" '
        'aria-label="bounds and ceiling">'
        '<rect width="100" height="10" fill="#888" opacity=".15"/>'
        f'<rect width="{most:.1f}" height="10" fill="#56b4e9" opacity=".6"/>'
        f'<rect width="{least:.1f}" height="10" fill="#0072b2"/>'
        f'<rect x="{max(0.0, at - 1):.1f}" width="1.6" height="10" fill="currentColor"/></svg>'
    )


def _brief(answer: Answer[Any]) -> list[str]:
    page = answer.value
    rows = []
    for name, nodes in page.sections:
        shown = page.ceilings.notes if name == "Kept" else nodes
        table_ = bars(page.kept) if name == "Kept" and page.kept else ""
        rows.append((name, table_ + "".join(f"<div>{statement(n)}{''.join(_notes(n))}</div>" for n in shown)))
    inner = "".join(f"<dt>{escape(name)}</dt><dd>{body}</dd>" for name, body in rows)
    asks = "".join(f"<div><code>{escape(command_line(a))}</code></div>" for a in page.ask)
    return [f"<dl>{inner}<dt>Ask</dt><dd>{asks}</dd></dl>"]


def bars(verdicts: Sequence[Any]) -> str:
    """Verdicts with a strip each, and the days of the figures."""
    columns = ("ceiling on", "scope", "held", "ceiling", "headroom", "verdict")
    strips = [bar(v.low, v.high, v.bound) for v in verdicts]
    made = table(tables.verdict_grid(verdicts, columns), strips=strips)
    days = [f"figures of {d}, {n:,} days old" for d, n in tables.figure_days(verdicts)]
    marks = ["* leans on a recalled figure, not a sourced one"] if any(map(tables.recalled, verdicts)) else []
    return made + "".join(_note(t, False) for t in (*days, *marks))


def _standing(answer: Answer[Any]) -> list[str]:
    return [table(tables.standing_grid(answer))]


def _assess(answer: Answer[Any]) -> list[str]:
    held = answer.value
    columns = ("limit", "scope", "least", "most", "ceiling", "headroom", "verdict", "figures of", "days old")
    found = tables.sort_out(held)
    parts = []
    test = next((v.test for v in held if v.test), None)
    if test:
        parts.append(_note(f"counted so by no article: {test}", True))
    if found.shown:
        parts.append(table(tables.verdict_grid(found.shown, columns)))
    if found.folded:
        parts.append(_note(tables.folded_words(found.folded), False))
    if found.quiet:
        parts.append(_note(tables.quiet_words(found.quiet), False))
    recalled = sum(map(tables.recalled, held))
    if recalled:
        parts.append(_note(f"* {recalled} verdicts lean on recalled figures, not sourced ones", False))
    return parts


def _explain(answer: Answer[Any]) -> list[str]:
    return [bars((answer.value,))]


def _obligations(answer: Answer[Any]) -> list[str]:
    if len(answer.value.parties) < 2:
        return []
    return [table(tables.matrix_grid(answer), "matrix"), _note(tables.MARKS_WORDS, False)]


def _one(grid: Callable[[Answer[Any]], Grid]) -> Callable[[Answer[Any]], list[str]]:
    return lambda answer: [table(grid(answer))]


_LAYOUTS: dict[str, Callable[[Answer[Any]], list[str]]] = {
    "brief": _brief,
    "standing": _standing,
    "assess": _assess,
    "explain": _explain,
    "obligations": _obligations,
    "timeline": _one(tables.timeline_grid),
    "provisions": _one(tables.provisions_grid),
    "deadlines": _one(tables.deadlines_grid),
}
