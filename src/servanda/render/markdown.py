"""An Answer as Markdown (CommonMark with tables): escaped, with the same tables and the same tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from servanda.model.answer import Answer, Node
from servanda.render import tables
from servanda.render.tables import Cell, Grid
from servanda.render.text import plain

MOST_NODES = 300
# what may open markup anywhere; `@` and `#` also call people and issues where Markdown is shown on a forge
_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~$&#@{}])")
_AT_START = re.compile(r"^(?:([-+=])|(\d+)([.)]))")
_LINK = re.compile(r"(?i)(https?|ftp|mailto)(?=:)|\bwww(?=\.)")


def escape(text: object) -> str:
    """Text as text: nothing in it is markup, wherever in a line it stands."""
    made = _ANYWHERE.sub(r"\\\1", plain(text))
    return _AT_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", made)


def fragment(answer: Answer[Any]) -> str:
    """The answer as Markdown: headline, tables of its kind, the tree as nested points, what is not known."""
    parts = [f"**{escape(answer.node.statement)}**", *_notes(answer.node)]
    layout = _LAYOUTS.get(answer.kind)
    if layout is not None:
        parts += layout(answer)
    if answer.node.because and answer.kind not in _WHOLE:
        parts.append(tree(answer.node.because))
    if answer.not_known and answer.kind != "brief":  # a brief tells it in its own place
        parts.append("Not known:\n\n" + points(answer.not_known))
    return "\n\n".join(p for p in parts if p) + "\n"


def table(grid: Grid) -> str:
    """A grid as a table of pipes; notes of a cell follow its text after a dot."""
    named = escape(grid.title)
    title = f"**{named}**\n\n" if named else ""
    heads = [escape(c.name) or " " for c in grid.columns]
    rule = ["---:" if c.number else "---" for c in grid.columns]
    rows = [heads, rule, *([_cell(c) for c in row] for row in grid.rows)]
    return title + "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(cell: Cell) -> str:
    return " · ".join(escape(t) for t in (cell.text, *(said for _, said in cell.notes)) if t)


def points(lines: Iterable[str]) -> str:
    """Lines as points, escaped."""
    return "\n".join(f"- {escape(line)}" for line in lines)


def statement(node: Node) -> str:
    """A node's own line: statement and citations."""
    cite = f" _{escape('; '.join(map(str, node.citation)))}_" if node.citation else ""
    return escape(node.statement) + cite


def tree(nodes: Iterable[Node], budget: int = MOST_NODES) -> str:
    """Nodes as nested points; beyond the budget a line says how many more there are."""
    lines: list[str] = []
    hidden = 0

    def put(node: Node, depth: int) -> None:
        nonlocal hidden
        if len(lines) >= budget:
            hidden += 1 + sum(1 for child in node.because for _ in child.walk())
            return
        pad = "  " * depth
        lines.append(f"{pad}- {statement(node)}")
        lines.extend(f"{pad}  - {escape(said)}" for said in _said(node))
        for child in node.because:
            put(child, depth + 1)

    for node in nodes:
        put(node, 0)
    if hidden:
        lines.append(f"- and {hidden:,} lines more")
    return "\n".join(lines)


def _said(node: Node) -> list[str]:
    return [*(f"caveat: {c}" for c in node.caveats), *(["source: " + "; ".join(node.sources)] if node.sources else [])]


def _notes(node: Node) -> list[str]:
    return [escape(s) for s in _said(node)]


def _brief(answer: Answer[Any]) -> list[str]:
    page = answer.value
    parts = []
    for name, nodes in page.sections:
        parts.append(f"**{escape(name)}**")
        if name == "Kept" and page.kept:
            parts.append(bars(page.kept))
        parts.append(tree(page.ceilings.notes if name == "Kept" else nodes))
    return parts


def bars(verdicts: Sequence[Any]) -> str:
    """Verdicts as a table and the days of the figures."""
    columns = ("ceiling on", "scope", "held", "ceiling", "headroom", "verdict")
    made = [table(tables.verdict_grid(verdicts, columns))]
    made += [escape(f"figures of {d}, {n:,} days old") for d, n in tables.figure_days(verdicts)]
    if any(map(tables.recalled, verdicts)):
        made.append(escape("* leans on a recalled figure, not a sourced one"))
    return "\n\n".join(made)


def _assess(answer: Answer[Any]) -> list[str]:
    columns = ("limit", "scope", "least", "most", "ceiling", "headroom", "verdict", "figures of", "days old")
    found = tables.sort_out(answer.value)
    parts = [table(tables.verdict_grid(found.shown, columns))] if found.shown else []
    parts += [escape(tables.folded_words(found.folded))] if found.folded else []
    parts += [escape(tables.quiet_words(found.quiet))] if found.quiet else []
    recalled = sum(map(tables.recalled, answer.value))
    if recalled:
        parts.append(escape(f"* {recalled} verdicts lean on recalled figures, not sourced ones"))
    return parts


def _obligations(answer: Answer[Any]) -> list[str]:
    return [table(tables.matrix_grid(answer)), escape(tables.MARKS_WORDS)] if len(answer.value.parties) > 1 else []


def _one(grid: Callable[[Answer[Any]], Grid]) -> Callable[[Answer[Any]], list[str]]:
    return lambda answer: [table(grid(answer))]


_LAYOUTS: dict[str, Callable[[Answer[Any]], list[str]]] = {
    "brief": _brief,
    "standing": _one(tables.standing_grid),
    "assess": _assess,
    "explain": lambda answer: [bars((answer.value,))],
    "obligations": _obligations,
    "timeline": _one(tables.timeline_grid),
    "provisions": _one(tables.provisions_grid),
    "deadlines": _one(tables.deadlines_grid),
}
# kinds whose tables tell everything that the tree would
_WHOLE = ("brief", "timeline", "provisions", "deadlines")
