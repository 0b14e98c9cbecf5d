"""Answers as Rich renderables. Layout only: every figure and word comes from the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from servanda.model.answer import Answer, Node
from servanda.render import geography

if TYPE_CHECKING:
    from servanda.model.results import Verdict

STYLE = {
    "within": "green",
    "exceeded": "bold red",
    "undetermined": "yellow",
    "inconsistent": "bold magenta",
    "no_data": "dim",
    "not_applicable": "dim",
}
NARROW = 100
MOST_ROWS = 60
MOST_RECALLED = 8


def show(answer: Answer[Any], console: Console) -> None:
    """Print an answer in the layout of its kind."""
    layout = _LAYOUTS.get(answer.kind, _tree_only)
    console.print(layout(answer, console.width))


def tree(node: Node, root: Tree | None = None) -> Tree:
    """A node and all below it, with citations, caveats and sources."""
    label = Text(str(node.statement))
    if node.citation:
        label.append("  " + "; ".join(str(c) for c in node.citation), style="cyan")
    branch = Tree(label, guide_style="dim") if root is None else root.add(label)
    for caveat in node.caveats:
        branch.add(Text(f"! {caveat}", style="yellow"))
    if node.sources:
        branch.add(Text("source: " + "; ".join(node.sources), style="dim"))
    for child in node.because:
        tree(child, branch)
    return branch


def bar(low: int | None, high: int | None, bound: int, width: int = 16) -> Text:
    """Where the sum may lie: solid up to the least, half-tone up to the greatest, a rule at the ceiling.

    The scale runs to the larger of ceiling and greatest value; no upper bound ends in `>`.
    """
    if low is None and high is None:
        return Text("·" * width, style="dim")
    scale = max(bound, high or 0, low or 0, 1)
    if high is None:
        scale = int(scale * 1.25)
    at = min(width - 1, round(bound / scale * width))
    text = Text()
    for i in range(width):
        edge = (i + 0.5) * scale / width
        over = edge > bound
        if edge <= (low or 0):
            text.append("█", style="red" if over else "blue")
        elif high is None or edge <= high:
            text.append("░", style="red" if over else "blue")
        else:
            text.append(" ")
        if i + 1 == at:
            text.append("|", style="bold")
    if high is None:
        text.append(">")
    return text


def _span(v: Verdict) -> str:
    from servanda.questions.assess import span_words

    return span_words(v.low, v.high)


def _notes(node: Node) -> Iterable[Text]:
    for caveat in node.caveats:
        yield Text(f"  ! {caveat}", style="yellow")


def _brief(answer: Answer[Any], width: int) -> RenderableType:
    page = answer.value
    from servanda.questions.words import long_day

    day = f"as of {long_day(page.on)}"
    head = Text(page.title, style="bold")
    gap = width - len(page.title) - len(day)
    head.append(" " * gap + day if gap > 1 else f"\n{day}", style="dim")
    grid = Table.grid(padding=(0, 1), expand=False)
    grid.add_column(width=10, style="bold cyan", no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    for name, nodes in page.sections:
        lines: list[RenderableType] = []
        if name == "Kept":
            lines.append(_verdict_bars(page.kept, width - 12))
        else:
            for node in nodes:
                text = Text(str(node.statement))
                if node.citation:
                    text.append("  " + "; ".join(str(c) for c in node.citation), style="cyan")
                lines.append(text)
                lines.extend(_notes(node))
        grid.add_row(name, Group(*lines))
        grid.add_row("", "")
    asks = Group(*(Text(a, style="green") for a in page.ask))
    grid.add_row("Ask", asks)
    return Group(head, Text(""), grid)


def _verdict_bars(verdicts: Iterable[Verdict], width: int) -> RenderableType:
    held = list(verdicts)
    table = Table.grid(padding=(0, 1))
    wide = width >= NARROW - 24
    for style in ("", "", ""):
        table.add_column(style=style, no_wrap=True)
    table.add_column(overflow="fold")
    for v in held:
        span = Text(f"{_span(v)} of {v.bound:,}")
        span.append(f"  {v.verdict.value.replace('_', ' ')}", style=STYLE[v.verdict])
        name = f"{v.limit.cite.split(' ', 1)[-1]} {v.limit.category.replace('_', ' ')}"
        cells = [Text(name), Text(v.scope), bar(v.low, v.high, v.bound) if wide else Text(""), span]
        table.add_row(*cells)
    dates = sorted({(v.snapshot_date, v.age_days) for v in held if v.snapshot_date}, key=str)
    foot = [Text(f"figures of {d}, {n:,} days old", style="dim") for d, n in dates]
    if wide:
        foot.append(Text("█ held at least   ░ possible   | ceiling", style="dim"))
    settle = dict.fromkeys(v.would_settle for v in held if v.would_settle)
    if settle:
        foot.append(Text(f"would be settled by {next(iter(settle))}", style="dim"))
        if len(settle) > 1:
            foot.append(Text("(and so for the others: ask servanda explain)", style="dim"))
    return Group(table, *foot)


def _standing(answer: Answer[Any], width: int) -> RenderableType:
    held = answer.value
    if len(held) == 1:
        return tree(answer.node)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("party", "standing", "since", "contested", "readings"):
        table.add_column(name, overflow="fold", no_wrap=name == "party")
    for s in held:
        readings = ", ".join(f"{r}: {v.value.replace('_', ' ')}" for r, v in s.readings)
        if s.caveats and not readings:
            readings = s.caveats[0]
        words = s.standing.value.replace("_", " ") + (" (projected)" if s.projected else "")
        since = s.since.isoformat() if s.since else "not known to the day" if s.standing != "none" else ""
        table.add_row(s.party, words, since, "yes" if s.contested else "", Text(readings, style="dim"))
    return Group(Text(str(answer.node.statement), style="bold"), Text(""), table)


def _assess(answer: Answer[Any], width: int) -> RenderableType:
    parts: list[RenderableType] = [Text(str(answer.node.statement), style="bold")]
    held = answer.value
    tests = dict.fromkeys(v.test for v in held if v.test)
    if tests:
        parts.append(Text(f"counted so by no article: {next(iter(tests))}", style="yellow"))
    told = [v for v in held if v.verdict != "no_data"]
    folded = [v for v in told if _folds(v)] if len(told) > MOST_ROWS else []
    parts.append(_verdict_table([v for v in told if v not in folded], width))
    if folded:
        kinds = ", ".join(dict.fromkeys(v.verdict.value.replace("_", " ") for v in folded))
        parts.append(
            Text(f"{len(folded)} more on single states ({kinds}): --limit CITE or --json shows them", style="dim")
        )
    quiet = [v for v in held if v.verdict == "no_data"]
    if quiet:
        ids = list(dict.fromkeys(v.limit.cite for v in quiet))
        parts.append(
            Text(f"no data on {len(quiet)} more: {', '.join(ids[:12])}{' ...' if len(ids) > 12 else ''}", style="dim")
        )
    recalled = sum(any(r.confidence == "recalled" for r in v.records) for v in held)
    if recalled:
        parts.append(Text(f"* {recalled} verdicts lean on recalled figures, not sourced ones", style="yellow"))
    if width >= NARROW:
        parts.append(Text("█ held at least   ░ possible   | ceiling", style="dim"))
    return Group(*parts)


def _folds(v: Verdict) -> bool:
    return v.limit.scope == "state" and v.verdict in ("undetermined", "not_applicable", "within")


def _verdict_table(held: list[Verdict], width: int) -> RenderableType:
    table = Table(box=None, pad_edge=False, header_style="bold")
    wide = width >= NARROW
    rows: list[list[Any]] = []
    for v in held:
        mark = "*" if any(r.confidence == "recalled" for r in v.records) or v.limit.confidence == "recalled" else ""
        words = v.verdict.value.replace("_", " ") + mark
        if v.deferred:
            words += " (deferred)"
        if v.verdict == "not_applicable":
            words += f" before {v.applies_from}" if v.applies_from else ", never in force"
        least = "-" if v.low is None else f"{v.low:,}"
        most = "-" if v.low is None and v.high is None else "none" if v.high is None else f"{v.high:,}"
        room = "" if v.headroom is None else f"{v.headroom:,}"
        figures = (
            [least, most, f"{v.bound:,}", room]
            if wide
            else [least if least == most else f"{least}-{most}", f"{v.bound:,}"]
        )
        row: list[Any] = [v.id, v.scope, *figures, Text(words, style=STYLE[v.verdict])]
        if wide:
            row += [bar(v.low, v.high, v.bound, 12), Text(str(v.snapshot_date or ""), style="dim")]
        rows.append(row)
    heads = ["limit", "scope", "least", "most", "ceiling", "headroom", "verdict", "", "figures of"]
    if not wide:
        heads = ["limit", "scope", "held", "ceiling", "verdict"]
    for i, head in enumerate(heads):
        number = head in ("least", "most", "ceiling", "headroom", "held", "scope")
        longest = max([len(head), *(len(str(r[i])) for r in rows)]) if number else None
        # figures are never cut: only the limit's name and the verdict's words may fold
        table.add_column(
            head,
            justify="right" if number and head != "scope" else "left",
            min_width=longest,
            no_wrap=number or head in ("", "figures of"),
            overflow="fold",
        )
    for row in rows:
        table.add_row(*row)
    return table


def _period(answer: Answer[Any], width: int) -> RenderableType:
    parts: list[RenderableType] = [Text(str(answer.node.statement), style="bold")]
    for step in answer.node.because:
        parts.append(Text(""))
        parts.append(Text(str(step.statement), style="bold cyan"))
        lines = [Text(str(n.statement)) for n in step.because[:40]]
        parts.append(Padding(Group(*lines), (0, 0, 0, 2)))
        if len(step.because) > 40:
            parts.append(Text(f"  and {len(step.because) - 40} more: use --json", style="dim"))
    return Group(*parts)


def _obligations(answer: Answer[Any], width: int) -> RenderableType:
    found = answer.value
    parts: list[RenderableType] = [Text(str(answer.node.statement), style="bold")]
    if width >= 10 + 2 * len(found.parties):
        table = Table.grid(padding=(0, 0))
        table.add_column(no_wrap=True)
        for _ in found.parties:
            table.add_column(width=2, no_wrap=True)
        for level in range(3):
            table.add_row(
                "" if level < 2 else "owes to ", *(Text(p[level : level + 1] + " ", style="dim") for p in found.parties)
            )
        for party, row in zip(found.parties, found.owes, strict=True):
            cells = []
            for other, value in zip(found.parties, row, strict=True):
                mark, style = ("·", "dim") if other == party else _MARKS[value]
                cells.append(Text(mark + " ", style=style))
            table.add_row(Text(f"{party} "), *cells)
        parts += [Text(""), table, Text("■ owed   ○ not owed   ? not known for that day", style="dim"), Text("")]
    parts.append(tree(answer.node))
    return Group(*parts)


_MARKS: dict[bool | None, tuple[str, str]] = {True: ("■", "blue"), False: ("○", "red"), None: ("?", "yellow")}


def _timeline(answer: Answer[Any], width: int) -> RenderableType:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("date", no_wrap=True, style="cyan")
    table.add_column("act", no_wrap=True)
    table.add_column("who", overflow="fold", max_width=24)
    table.add_column("what", overflow="fold", ratio=1)
    from servanda.questions.words import listed

    for e in answer.value:
        what = Text(e.what)
        if e.contested_by:
            what.append(f"  contested by {listed(e.contested_by, 5)}", style="yellow")
        for caveat in e.caveats:
            what.append(f"  ! {caveat}", style="dim")
        table.add_row(e.when.text, e.kind.replace("_", " "), listed(e.actors, 5), what)
    return Group(Text(str(answer.node.statement), style="bold"), Text(""), table)


def _provisions(answer: Answer[Any], width: int) -> RenderableType:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("provision", style="cyan", overflow="fold", max_width=24)
    table.add_column("in our words", overflow="fold", ratio=1)
    for p in answer.value:
        gist = Text(p.gist)
        if p.confidence != "sourced":
            gist.append(f"  ! {p.confidence}, not sourced", style="yellow")
        if p.note and len(answer.value) <= 12:
            gist.append(f"\n{p.note}", style="dim")
        table.add_row(p.cite, gist)
    return Group(Text(str(answer.node.statement), style="bold"), Text(""), table)


def _deadlines(answer: Answer[Any], width: int) -> RenderableType:
    from servanda.questions.deadlines import window

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("when", style="cyan", overflow="fold", max_width=30)
    table.add_column("who", overflow="fold", max_width=24)
    table.add_column("what", overflow="fold", ratio=1)
    table.add_column("article", style="dim", overflow="fold", max_width=18)
    for due, node in zip(answer.value, answer.node.because, strict=True):
        what = Text(due.step.action)
        for caveat in node.caveats:
            what.append(f"\n! {caveat}", style="yellow")
        table.add_row(window(due), due.step.actor, what, due.step.cite)
    return Group(Text(str(answer.node.statement), style="bold"), *_notes(answer.node), Text(""), table)


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
            branch.add(Text(f"and {len(recalled) - MOST_RECALLED} more recalled values: use --json", style="dim"))
    return root


_LAYOUTS: dict[str, Callable[[Answer[Any], int], RenderableType]] = {
    "brief": _brief,
    "standing": _standing,
    "assess": _assess,
    "assess_period": _period,
    "obligations": _obligations,
    "timeline": _timeline,
    "provisions": _provisions,
    "deadlines": _deadlines,
    "check": _check,
    "zones": geography.zones,
    "reach": geography.reach,
}
