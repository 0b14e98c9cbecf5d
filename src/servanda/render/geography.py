"""Answers of geography on the console: zones as a table, reach as a table of regions."""

from __future__ import annotations

from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from servanda.model.answer import Answer, Node

MOST_REGIONS = 40
NARROW = 90


def _notes(answer: Answer[Any]) -> list[Text]:
    return [Text(f"! {c}", style="yellow") for c in answer.node.caveats]


def _lines(nodes: tuple[Node, ...], depth: int = 0) -> list[RenderableType]:
    found: list[RenderableType] = []
    for node in nodes:
        line = Text("  " * depth + str(node.statement))
        if node.citation:
            line.append("  " + "; ".join(str(c) for c in node.citation), style="cyan")
        found.append(line)
        found += [Text("  " * depth + f"  ! {c}", style="yellow") for c in node.caveats]
        found += [Text("  " * depth + f"  source: {s}", style="dim") for s in node.sources]
        found += _lines(node.because, depth + 1)
    return found


def zones(answer: Answer[Any], width: int) -> RenderableType:
    """The zones, largest first; then what moved; then what is approximate."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    wide = width >= NARROW
    table.add_column("zone", style="cyan", overflow="fold")
    if wide:
        table.add_column("what it is", overflow="fold", ratio=2)
    table.add_column("km2", justify="right", no_wrap=True)
    table.add_column("within", overflow="fold", ratio=1)
    table.add_column("article", style="dim", overflow="fold")
    for z in answer.data["zones"]:
        name = Text(z["name"])
        if z["dropped"]:
            gone = ", ".join(b["name"] for b in z["dropped"][:4]) + (" ..." if len(z["dropped"]) > 4 else "")
            name.append(f"\nnot bound that day, left out: {gone}", style="yellow")
        around = ", ".join(z["within"][:3]) + (" ..." if len(z["within"]) > 3 else "")
        row: list[Any] = [z["zone"], f"{z['km2']:,}", around, z["cite"] or ""]
        if wide:
            row.insert(1, name)
        table.add_row(*row)
    parts: list[RenderableType] = [Text(str(answer.node.statement), style="bold"), Text(""), table]
    if "moved" in answer.data:
        parts += [Text(""), *_lines(answer.node.because[:1])]
    return Group(*parts, Text(""), *_notes(answer))


def reach(answer: Answer[Any], width: int) -> RenderableType:
    """Regions, nearest first, with the share within range and the least distance; then the rest of the tree."""
    from servanda.questions.reach import share_words

    told = answer.value
    ranges = [b.range_km for b in told[0].bands] if told else []
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("region", style="cyan", no_wrap=True)
    table.add_column("name", overflow="fold", ratio=1)
    for r in ranges:
        table.add_column(f"within {r:,.0f} km", no_wrap=True)
    for head in ("least km", "to", "greatest km"):
        table.add_column(head, justify="left" if head == "to" else "right", no_wrap=True)
    nearest = sorted(told, key=lambda r: (r.least_km, r.region))
    for r in nearest[:MOST_REGIONS]:
        shares = [share_words(b.inside, b.share) for b in r.bands]
        table.add_row(r.region, r.name, *shares, f"{r.least_km:,.1f}", r.to, f"{r.most_km:,.1f}")
    cites = "; ".join(str(c) for c in answer.node.citation)
    title = Text(str(answer.node.statement), style="bold")
    parts: list[RenderableType] = [title, Text(cites, style="cyan"), *_notes(answer), Text("")]
    if told:
        parts.append(table)
    if len(told) > MOST_REGIONS:
        parts.append(
            Text(f"and {len(told) - MOST_REGIONS} more, farther off; the JSON and the map have all", style="dim")
        )
    rest = answer.node.because[len(told) :]
    return Group(*parts, *([Text("")] if rest else []), *_lines(rest))
