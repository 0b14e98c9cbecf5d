"""What layouts of the console share: tones and marks of verdicts, trees of reasons, bars of bounds."""

from __future__ import annotations

from rich.text import Text
from rich.tree import Tree

from servanda.model.answer import Node

STYLE = {
    "within": "green",
    "exceeded": "bold red",
    "undetermined": "yellow",
    "inconsistent": "bold magenta",
    "no_data": "dim",
    "not_applicable": "dim",
}
MARKS = {
    "within": "✓",
    "exceeded": "✗",
    "undetermined": "?",
    "inconsistent": "≠",
    "no_data": "·",
    "not_applicable": "·",
}


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
