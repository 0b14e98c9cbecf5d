"""Answers as Rich renderables. Layout only: every figure and word comes from the answer."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from servanda.model.answer import Answer, Node
from servanda.render import short, tables
from servanda.render.strokes import STYLE, bar, tree
from servanda.render.tables import Cell, Grid
from servanda.render.text import UNFIT_LETTERS

if TYPE_CHECKING:
    from servanda.model.results import Verdict

NARROW = 100
Options = Mapping[str, Mapping[str, Any]]  # of a column, by its heading
MOST_RECALLED = 8


def show(answer: Answer[Any], console: Console, *, full: bool = False) -> None:
    """Print an answer in the layout of its kind; `full` leaves nothing out where a layout is short by default."""
    if answer.kind in _SHORT:
        console.print(_Fit(_SHORT[answer.kind](answer, console.width, full)))
        return
    layout = _LAYOUTS.get(answer.kind, _tree_only)
    console.print(_Fit(layout(answer, console.width)))


class _Fit:
    """What is laid out, with controls and direction marks of the texts replaced: a name moves no cursor and sets no colour."""

    def __init__(self, laid_out: RenderableType) -> None:
        self._laid_out = laid_out

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterable[Segment]:
        for segment in console.render(self._laid_out, options):
            yield segment if segment.control else Segment(segment.text.translate(UNFIT_LETTERS), segment.style)


def _notes(node: Node) -> Iterable[Text]:
    for caveat in node.caveats:
        yield Text(f"  ! {caveat}", style="yellow")


def _standing(answer: Answer[Any], width: int, full: bool) -> RenderableType:
    if len(answer.value) == 1:
        return short.party(answer, width, full)
    if not full:
        return short.standings(answer, width)
    foot = tuple(_notes(answer.node))
    table = _table(tables.standing_grid(answer))
    return Group(short.head(answer), Text(""), table, *((Text(""), *foot) if foot else ()), Text(""), tree(answer.node))


def _table(grid: Grid, options: Options | None = None, gap: str = "  ") -> Table:
    """A grid as a table; `options` add to a column's own by its heading, `gap` stands before a cell's notes."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for c in grid.columns:
        chosen: dict[str, Any] = {"overflow": "fold", "no_wrap": c.whole, **(options or {}).get(c.name, {})}
        table.add_column(c.name, justify="right" if c.number else "left", **chosen)
    for row in grid.rows:
        table.add_row(*(_cell(c, gap) for c in row))
    return table


def _cell(cell: Cell, gap: str) -> Text:
    text = Text(cell.text, style=STYLE.get(cell.tone, cell.tone if cell.tone == "dim" else ""))
    for kind, said in cell.notes:
        before = "\n" if kind == tables.NOTE else gap
        mark = "! " if kind == tables.CAVEAT else ""
        text.append(f"{before}{mark}{said}", style="dim" if kind == tables.NOTE else "yellow")
    return text


def _assess(answer: Answer[Any], width: int) -> RenderableType:
    parts: list[RenderableType] = [Text(str(answer.node.statement), style="bold")]
    held = answer.value
    tests = dict.fromkeys(v.test for v in held if v.test)
    if tests:
        parts.append(Text(f"counted so by no article: {next(iter(tests))}", style="yellow"))
    sorted_ = tables.sort_out(held)
    parts.append(_verdict_table(list(sorted_.shown), width))
    if sorted_.folded:
        parts.append(
            Text(
                f"{tables.folded_words(sorted_.folded)}: shown when one limit is asked for, and in the JSON",
                style="dim",
            )
        )
    if sorted_.quiet:
        parts.append(Text(tables.quiet_words(sorted_.quiet), style="dim"))
    recalled = sum(map(tables.recalled, held))
    if recalled:
        parts.append(Text(f"* {recalled} verdicts lean on recalled figures, not sourced ones", style="yellow"))
    estimates = tables.estimate_lines(held)
    if estimates:
        parts += [Text(""), Text("Estimates, which decide nothing:", style="bold"), *map(Text, estimates)]
    elif any(v.estimates for v in held):
        parts.append(Text("the assumptions narrow no interval shown here", style="dim"))
    parts.extend(Text(line, style="cyan") for line in tables.assessed_lines(held))
    for caveat in answer.node.caveats:
        parts.append(Text(caveat, style="yellow"))
    if width >= NARROW:
        parts.append(Text("█ held at least   ░ possible   | ceiling", style="dim"))
    return Group(*parts)


def _gaps(answer: Answer[Any], width: int) -> RenderableType:
    grid = tables.gaps_grid(answer)
    shown = dataclasses.replace(grid, rows=grid.rows[: tables.MOST_GAPS])
    parts: list[RenderableType] = [Text(str(answer.node.statement), style="bold"), _table(shown)]
    over = len(grid.rows) - len(shown.rows)
    if over > 0:
        parts.append(Text(f"{over} more, all of them as CSV or JSON", style="dim"))
    parts += [Text(c, style="dim") for c in answer.node.caveats]
    return Group(*parts)


def _assumptions(answer: Answer[Any], width: int) -> RenderableType:
    parts: list[RenderableType] = [Text(str(answer.node.statement), style="bold")]
    for a in answer.value:
        parts += [Text(""), Text(a.name, style="bold cyan")]
        for name in ("definition", "basis", "caveat"):
            parts.append(Text(f"{name}: {getattr(a, name)}"))
    for caveat in answer.node.caveats:
        parts += [Text(""), Text(caveat, style="dim")]
    return Group(*parts)


def _verdict_table(held: list[Verdict], width: int) -> RenderableType:
    wide = width >= NARROW
    figures = ("least", "most", "ceiling", "headroom") if wide else ("held", "ceiling")
    grid = tables.verdict_grid(held, ("limit", "scope", *figures, "verdict", *(("figures of",) if wide else ())))
    # figures are never cut: only the limit's name and the verdict's words may fold
    table = Table(box=None, pad_edge=False, header_style="bold")
    for i, c in enumerate(grid.columns):
        longest = max([len(c.name), *(len(r[i].text) for r in grid.rows)])
        if c.name == "figures of":
            table.add_column("", no_wrap=True)
        firm = c.number or c.name == "scope"
        justify: Any = "right" if c.number else "left"
        table.add_column(c.name, justify=justify, min_width=longest if firm else None, no_wrap=c.whole, overflow="fold")
    for v, row in zip(held, grid.rows, strict=True):
        cells = [_cell(c, "  ") for c in row]
        if wide:
            cells.insert(len(cells) - 1, bar(v.low, v.high, v.bound, 12))
        table.add_row(*cells)
    return table


def _period(answer: Answer[Any], width: int) -> RenderableType:
    parts: list[RenderableType] = [Text(str(answer.node.statement), style="bold")]
    for step in answer.node.because:
        parts.append(Text(""))
        parts.append(Text(str(step.statement), style="bold cyan"))
        lines = [Text(str(n.statement)) for n in step.because[:40]]
        parts.append(Padding(Group(*lines), (0, 0, 0, 2)))
        if len(step.because) > 40:
            parts.append(Text(f"  and {len(step.because) - 40} more, all in the JSON", style="dim"))
    return Group(*parts)


def _timeline(answer: Answer[Any], width: int, full: bool) -> RenderableType:
    if not full:
        return short.timeline(answer, width)
    options: Options = {"date": {"style": "cyan"}, "who": {"max_width": 24}, "what": {"ratio": 1}}
    table = _table(tables.timeline_grid(answer), options)
    return Group(Text(str(answer.node.statement), style="bold"), Text(""), table)


def _provisions(answer: Answer[Any], width: int) -> RenderableType:
    options: Options = {"provision": {"style": "cyan", "max_width": 24}, "in our words": {"ratio": 1}}
    table = _table(tables.provisions_grid(answer), options)
    return Group(Text(str(answer.node.statement), style="bold"), Text(""), table)


def _deadlines(answer: Answer[Any], width: int) -> RenderableType:
    options: Options = {
        "when": {"style": "cyan", "max_width": 30},
        "who": {"max_width": 24},
        "what": {"ratio": 1},
        "article": {"max_width": 18},
    }
    table = _table(tables.deadlines_grid(answer), options, "\n")
    return Group(Text(str(answer.node.statement), style="bold"), *_notes(answer.node), Text(""), table)


def _compare(answer: Answer[Any], width: int, full: bool) -> RenderableType:
    return tree(answer.node) if full else short.compare(answer, width)


def _tree_only(answer: Answer[Any], width: int) -> RenderableType:
    return tree(answer.node)


def _check(answer: Answer[Any], width: int) -> RenderableType:
    root = Tree(Text(str(answer.node.statement), style="bold"), guide_style="dim")
    for line in answer.node.because:
        branch = root.add(Text(str(line.statement)))
        recalled = [n for n in line.because if n.statement.template.startswith("recalled")]
        for n in line.because:
            if n not in recalled:
                style = "red" if n.statement.template.startswith("fault") else ""
                branch.add(Text(str(n.statement), style=style))
        for n in recalled[:MOST_RECALLED]:
            branch.add(Text(str(n.statement), style="yellow"))
        if len(recalled) > MOST_RECALLED:
            branch.add(Text(f"and {len(recalled) - MOST_RECALLED} more recalled values, all in the JSON", style="dim"))
    return root


def _brief(answer: Answer[Any], width: int, full: bool) -> RenderableType:
    from servanda.render.brief import layout

    return layout(answer, width, full)


def _zones(answer: Answer[Any], width: int) -> RenderableType:
    from servanda.render.geography import zones

    return zones(answer, width)


def _reach(answer: Answer[Any], width: int) -> RenderableType:
    from servanda.render.geography import reach

    return reach(answer, width)


def _read(answer: Answer[Any], width: int) -> RenderableType:
    from servanda.render.reading import layout

    return layout(answer, width)


_LAYOUTS: dict[str, Callable[[Answer[Any], int], RenderableType]] = {
    "assess": _assess,
    "assess_period": _period,
    "assumptions": _assumptions,
    "gaps": _gaps,
    "provisions": _provisions,
    "deadlines": _deadlines,
    "check": _check,
    "read": _read,
    "zones": _zones,
    "reach": _reach,
}

# layouts that are short by default and tell everything where asked
_SHORT: dict[str, Callable[[Answer[Any], int, bool], RenderableType]] = {
    "brief": _brief,
    "standing": _standing,
    "obligations": short.obligations,
    "timeline": _timeline,
    "compare": _compare,
}
