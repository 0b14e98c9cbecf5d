"""A brief on a console: the answer, then sections that fit a page; `full` shows every line with its reasons.

Layout only. What does not fit is counted, never dropped in silence; which lines matter most is their order in the answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.text import Text

from servanda.model.answer import Answer, Node
from servanda.model.results import Verdict
from servanda.questions.brief import Ceilings
from servanda.render.commands import command_line
from servanda.render.strokes import MARKS, STYLE, bar, tree
from servanda.render.tables import held

MOST_LINES = 40
GUTTER = 10
WIDEST = 120  # longer lines are hard to read
MOST_ITEM = 3  # lines of one statement before it is cut
# The n-th line of a section weighs this much divided by n; the lightest give way first.
WEIGHT = {"Bound": 16, "Today": 14, "Owed": 20, "Kept": 12, "Disputed": 6, "Next": 7, "Not known": 4}


def layout(answer: Answer[Any], width: int, full: bool = False) -> RenderableType:
    """The page; at most `MOST_LINES` lines unless `full`."""
    page = answer.value
    width = min(width, WIDEST)
    if full:
        return _whole(answer, width)
    head = _wrap(Text(str(page.answer.statement), style="bold"), width)
    inner = width - GUTTER
    table = _table(page.ceilings, inner)
    items: dict[str, list[list[Text]]] = {}
    for name, nodes in page.sections:
        lines = page.ceilings.notes if name == "Kept" else nodes
        items[name] = [_item(n, inner) for n in lines]
        if name == "Kept" and table:
            items[name].insert(0, table)
    asks = [Text(command_line(a), style="green", no_wrap=True, overflow="ignore") for a in page.ask]
    asks = [a for a in asks if len(a) <= inner] or asks[:1]
    used = len(head) + 1 + len(asks)
    hidden = _fit(items, MOST_LINES - used)
    if hidden and asks:
        asks[0].append(f"  ({hidden} more)", style="dim")
    spaced = used + sum(map(_height, items.values())) + len(items) <= MOST_LINES
    body: list[Text] = [*head, Text("")]
    for name, blocks in items.items():
        lines = [line for block in blocks for line in block]
        body += _beside(name, lines)
        if spaced:
            body.append(Text(""))
    body += _beside("Ask", asks)
    return Group(*body)


def _fit(items: dict[str, list[list[Text]]], room: int) -> int:
    """Take last lines away, those that weigh least first, until the page fits; how many went."""
    hidden = 0
    while sum(map(_height, items.values())) > room:
        able = [n for n in items if len(items[n]) > 1]
        if not able:
            break
        name = min(able, key=lambda n: WEIGHT.get(n, 1) / len(items[n]))
        items[name].pop()
        hidden += 1
    return hidden


def _height(blocks: list[list[Text]]) -> int:
    return sum(map(len, blocks))


def _beside(name: str, lines: Iterable[Text]) -> list[Text]:
    made = []
    for i, line in enumerate(lines):
        head = Text(f"{name if i == 0 else '':<{GUTTER}}", style="bold cyan")
        made.append(Text.assemble(head, line, overflow="ignore", no_wrap=True))
    return made


def text_of(node: Node) -> Text:
    """A node on one line: statement, citations, caveats."""
    text = Text(str(node.statement))
    if node.citation:
        text.append(" (" + "; ".join(str(c) for c in node.citation) + ")", style="cyan")
    for caveat in node.caveats:
        text.append(f"; {caveat}", style="yellow")
    return text


def _item(node: Node, width: int) -> list[Text]:
    lines = _wrap(text_of(node), width)
    for line in lines[1:]:
        line.pad_left(1)
    if len(lines) <= MOST_ITEM:
        return lines
    last = lines[MOST_ITEM - 1]
    last.truncate(width - 1)
    last.append("…")
    return [*lines[: MOST_ITEM - 1], last]


def _wrap(text: Text, width: int) -> list[Text]:
    made = list(text.wrap(Console(width=width), width - 1, no_wrap=False))
    for line in made:
        line.rstrip()
    return made


def _table(ceilings: Ceilings, width: int) -> list[Text]:
    """A line a ceiling, the scopes side by side; one cell where all of them say the same."""
    rows = ceilings.rows
    if not rows:
        return []
    merged = len(ceilings.columns) > 1 and all(r.whole for r in rows)
    columns = [" and ".join(ceilings.columns) + ", each"] if merged else list(ceilings.columns)
    name = min(max(len(r.name) for r in rows), 30 if len(columns) < 2 else 24)
    bound = max(len(f"{r.bound:,}") for r in rows)
    cells = [r.cells[:1] if merged else r.cells for r in rows]
    span = max(len(held(c)) for r in cells for c in r if c)
    room = (width - name - bound - 1) // len(columns)  # for a cell and the blank before it
    wide = room >= span + 26
    rest = span + (19 if wide else 5)  # mark or word, blanks, and the rule of the bar
    strip = max(3, min(16, room - rest))
    size = strip + rest - 1
    heads = " ".join(f"{c:<{size}}" for c in columns).rstrip()
    lines = [Text(f"{'at most':>{name + bound + 1}} {heads}", style="dim")]
    for row, some in zip(rows, cells, strict=True):
        title = row.name if len(row.name) <= name else row.name[: name - 1] + "…"
        line = Text(f"{title:<{name}} {row.bound:>{bound},}")
        for c in some:
            line.append(" ")
            line.append_text(_cell(c, strip, span, wide))
        line.rstrip()
        lines.append(line)
    lines.append(_legend([c for r in cells for c in r if c], wide))
    return lines


def _cell(v: Verdict | None, strip: int, span: int, wide: bool) -> Text:
    if v is None:
        return Text(" " * (strip + span + (17 if wide else 3)))
    word = v.verdict.value.replace("_", " ") + ("*" if v.recalled else "")
    text = Text("")
    if not wide:
        text.append(MARKS[v.verdict], style=STYLE[v.verdict])
        text.append("*" if v.recalled else " ")
    text.append_text(bar(v.low, v.high, v.bound, strip))
    text.append(f" {held(v):>{span}}")
    if wide:
        text.append(f" {word:<16}", style=STYLE[v.verdict])
    return text


def _legend(verdicts: list[Verdict], wide: bool) -> Text:
    kinds = dict.fromkeys(v.verdict for v in verdicts)
    words = "" if wide else "  ".join(f"{MARKS[k]} {k.value.replace('_', ' ')}" for k in kinds) + "   "
    return Text(f"{words}█ held  ░ possible  | ceiling", style="dim")


def _whole(answer: Answer[Any], width: int) -> RenderableType:
    page = answer.value
    parts: list[RenderableType] = [Text(str(page.answer.statement), style="bold"), Text("")]
    for name, nodes in page.sections:
        parts.append(Text(name, style="bold cyan"))
        if name == "Kept":
            parts += _table(page.ceilings, width)
        parts += [tree(n) for n in nodes]
        parts.append(Text(""))
    parts += _beside("Ask", [Text(command_line(a), style="green") for a in page.ask])
    return Group(*parts)
