"""Short forms of answers on a console: the answer first, the lines that carry it below; `full` has everything else.

Layout only: which acts weigh is decided by the questions, and what is left out is counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from servanda.model.answer import Answer, Node
from servanda.model.dates import UncertainDate
from servanda.questions.words import in_short, listed
from servanda.render import tables
from servanda.render.strokes import tree

MOST = 16  # reasons of one party
MOST_ACTS = 8
MOST_CITES = 3
MARK_STYLE = {"owed": "blue", "not_owed": "red", "unknown": "yellow"}


def head(answer: Answer[Any]) -> Text:
    """The answer's own sentence."""
    return Text(str(answer.node.statement), style="bold")


def more(n: int, what: str) -> list[Text]:
    """How many lines were left out, and how to see them."""
    return [Text(f"{n} {what}: the full form has them", style="dim")] if n > 0 else []


def notes(node: Node) -> list[Text]:
    """Caveats of a node, a line each."""
    return [Text(f"! {c}", style="yellow") for c in node.caveats]


def lines_of(nodes: Iterable[Node]) -> list[RenderableType]:
    """Nodes a paragraph each, with citations and caveats."""
    made: list[RenderableType] = []
    for node in nodes:
        text = Text(str(node.statement))
        if node.citation:
            text.append(" (" + "; ".join(map(str, node.citation)) + ")", style="cyan")
        for caveat in node.caveats:
            text.append(f"; {caveat}", style="yellow")
        made.append(indented(text))
    return made


def indented(text: Text) -> Padding:
    """A paragraph set in by two columns."""
    return Padding(text, (0, 0, 0, 2))


def party(answer: Answer[Any], width: int, full: bool) -> RenderableType:
    """One party's standing and why."""
    if full:
        return tree(answer.node)
    readings = answer.value[0].readings
    because = answer.node.because[: len(answer.node.because) - len(readings)]
    hidden = len(because) - MOST
    return Group(
        head(answer),
        *notes(answer.node),
        *lines_of(because[:MOST]),
        *([indented(Text(f"Readings: {tables.readings_words(readings)}"))] if readings else []),
        *more(hidden, "more reasons" if hidden != 1 else "more reason"),
    )


def standings(answer: Answer[Any], width: int) -> RenderableType:
    """All parties: those of one standing, day and reading share a line."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for s, row in zip(answer.value, tables.standing_grid(answer).rows, strict=True):
        odd = tuple(r for r in s.readings if r[1] is not s.standing)
        key = (*(c.text for c in row[1:4]), tables.readings_words(odd))
        groups.setdefault(key, []).append(s.party)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("n", "standing", "since", "contested", "other readings", "parties"):
        table.add_column(name, justify="right" if name == "n" else "left", overflow="fold", no_wrap=name == "since")
    for key, who in sorted(groups.items(), key=lambda g: -len(g[1])):
        standing, since, contested, readings = key
        cells = (str(len(who)), standing, since, contested, readings, " ".join(who))
        table.add_row(*(Text(c, style="dim" if i == 4 else "") for i, c in enumerate(cells)))
    return Group(head(answer), *notes(answer.node), Text(""), table)


def obligations(answer: Answer[Any], width: int, full: bool) -> RenderableType:
    """The answer, the matrix, and the acts behind it, alike ones together."""
    parts: list[RenderableType] = [head(answer), *notes(answer.node)]
    parties = answer.value.parties
    if len(parties) > 1 and width >= 10 + 2 * len(parties):
        parts += [Text(""), _matrix(answer), Text(tables.MARKS_WORDS, style="dim")]
    if full:
        return Group(*parts, Text(""), *(tree(n) for n in answer.node.because))
    acts: dict[tuple[str, str], list[str]] = {}
    for act in answer.value.acts:
        when = (act.effective or act.date).words
        acts.setdefault((when, in_short(act.gist)), []).extend(act.actors)
    few = list(acts.items())[:MOST_ACTS]
    shown = [indented(Text(f"{when}: {listed(who, 6)}: {gist}")) for (when, gist), who in few]
    return Group(*parts, *([Text("")] if shown else []), *shown, *more(len(acts) - MOST_ACTS, "more acts"))


def _matrix(answer: Answer[Any]) -> Table:
    table = Table.grid(padding=(0, 0))
    table.add_column(no_wrap=True)
    found = answer.value
    for _ in found.parties:
        table.add_column(width=2, no_wrap=True)
    for level in range(3):
        start = "" if level < 2 else "owes to "
        table.add_row(start, *(Text(p[level : level + 1] + " ", style="dim") for p in found.parties))
    for first, *cells in tables.matrix_grid(answer).rows:
        marks = (Text(c.text + " ", style=MARK_STYLE.get(c.tone, "dim")) for c in cells)
        table.add_row(Text(f"{first.text} "), *marks)
    return table


def timeline(answer: Answer[Any], width: int) -> RenderableType:
    """What binds, releases or touches duties; like things of one day share a line, the rest is counted."""
    rows: dict[tuple[str, str], list[str]] = {}
    events = answer.data["events"]
    shown = [e for e in events if e["weighty"]] or events
    for event in shown:
        when = UncertainDate.parse(event["date"]).words
        rows.setdefault((when, event["what"]), []).extend(event["actors"])
    left_out = len(events) - len(shown)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("date", style="cyan", max_width=18)
    table.add_column("who", max_width=22, overflow="fold")
    table.add_column("what", ratio=1, overflow="fold")
    for (when, what), who in rows.items():
        table.add_row(when, listed(dict.fromkeys(who), 4), what)
    said = "statements, conferences and steps at home besides"
    return Group(head(answer), Text(""), table, *more(left_out, said))


def compare(answer: Answer[Any], width: int) -> RenderableType:
    """A line a matter: how many provisions each has on it, and where the first stand."""
    parts: list[RenderableType] = [head(answer)]
    matters = answer.data["matters"]
    parts += lines_of(answer.node.because[: len(answer.node.because) - len(matters)])
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("matter", answer.data["one"], answer.data["two"]):
        table.add_column(name, overflow="fold", no_wrap=name == "matter")
    alone: dict[str, list[str]] = {}
    for row in matters:
        if row["one"] and row["two"]:
            table.add_row(row["matter"].replace("_", " "), _cited(row["one"]), _cited(row["two"]))
        else:
            alone.setdefault("one" if row["one"] else "two", []).append(row["matter"].replace("_", " "))
    if table.row_count:
        parts += [Text(""), table]
    for side, names in alone.items():
        parts.append(Text(f"only in {answer.data[side]}: {', '.join(names)}"))
    return Group(*parts)


def _cited(provisions: list[dict[str, Any]]) -> Text:
    bare = [p["cite"].split(" ", 1)[-1] for p in provisions]
    return Text(f"{len(bare)}: {listed(bare, MOST_CITES)}" if len(bare) > 1 else bare[0])
