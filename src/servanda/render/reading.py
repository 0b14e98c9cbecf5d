"""What a document says, on the console: the text marked up, and the finding beside each claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from servanda.model.answer import Answer
from servanda.questions.read import describe
from servanda.questions.words import listed
from servanda.render.spans import SIGN, paragraphs, pieces, plain, windows, worst

if TYPE_CHECKING:
    from servanda.findings.hold import Held
    from servanda.findings.stories import Story
    from servanda.questions.read import ExtractedDocument

COLOUR = {
    "supported": "green",
    "contradicted": "red",
    "disputed": "magenta",
    "imprecise": "yellow",
    "unknown": "blue",
    "opinion": "cyan",
}
BESIDE = 100  # columns from which findings stand beside the text
LONG, AROUND = 1200, 240  # characters of a paragraph shown whole, and round a claim in a longer one
MOST_SAYS = 12  # documents named on one topic
QUIET = 300  # characters of text without a claim that are folded


def layout(answer: Answer[Any], width: int) -> RenderableType:
    """The documents one after the other, then the stories and what their documents tell differently."""
    value = answer.value
    parts: list[RenderableType] = [Text(str(answer.node.statement), style="bold")]
    silent = [r.read.name for r in value.documents if not r.held and not r.read.notes]
    for reading in value.documents:
        if reading.held or reading.read.notes:
            parts += [Text(""), *_document(reading, width)]
    if silent:
        some = ", ".join(plain(n) for n in silent[:6]) + (f" and {len(silent) - 6} more" if len(silent) > 6 else "")
        parts += [Text(""), Text(f"no claim about a treaty: {some}", style="dim")]
    for story in value.stories:
        parts += [Text(""), *_story(story, width)]
    if any(r.held for r in value.documents):
        parts += [Text(""), _legend()]
    return Group(*parts)


def _legend() -> Text:
    text = Text()
    for finding, sign in SIGN.items():
        text.append(f"{sign} {finding}   ", style=COLOUR[finding])
    return text


def _document(reading: ExtractedDocument, width: int) -> list[RenderableType]:
    head = Text(plain(reading.read.name), style="bold")
    told = [reading.read.dateline or "no dateline: held against all the record knows"]
    if reading.story:
        told.append(reading.story)
    head.append(f"  {'  '.join(told)}", style="dim")
    parts: list[RenderableType] = [Rule(head, align="left", style="dim")]
    parts += [Text(f"! {plain(n)}", style="yellow") for n in reading.read.notes]
    text, held = reading.document.text, reading.held
    spans = [(h.claim.start, h.claim.end) for h in held]
    shown: set[int] = set()
    quiet = 0
    for start, end in paragraphs(text):
        mine = [i for i, (a, b) in enumerate(spans) if a < end and b > start and a < b]
        if not mine:
            if end - start + quiet > QUIET:
                quiet += end - start
                continue
            quiet += end - start
            parts.append(Text(plain(text[start:end]), style="dim"))
            continue
        if quiet > QUIET:
            parts.append(Text("[…]", style="dim"))
        quiet = 0
        fresh = [i for i in mine if i not in shown]
        shown |= set(fresh)
        marked = _marked(text, start, end, spans, held, mine)
        beside = [_finding(i, held[i]) for i in fresh]
        parts.append(Text(""))
        if width >= BESIDE and beside:
            grid = Table.grid(padding=(0, 2), expand=True)
            grid.add_column(ratio=5, overflow="fold")
            grid.add_column(ratio=6, overflow="fold")
            grid.add_row(marked, Group(*beside))
            parts.append(grid)
        else:
            parts.append(marked)
            for text_of in beside:
                grid = Table.grid(padding=(0, 1))
                grid.add_column(width=1)
                grid.add_column(ratio=1, overflow="fold")
                grid.add_row("", text_of)
                parts.append(grid)
    left = [i for i in range(len(held)) if i not in shown]
    parts += [_finding(i, held[i]) for i in left]
    return parts


def _marked(
    text: str, start: int, end: int, spans: list[tuple[int, int]], held: tuple[Held, ...], mine: list[int]
) -> Text:
    marked = Text()
    here = [(max(a, start), min(b, end)) for a, b in (spans[i] for i in mine)]
    for n, (first, last) in enumerate(windows(start, end, here, LONG, AROUND)):
        if n or first > start:
            marked.append(" […] ", style="dim")
        for piece in pieces([spans[i] for i in mine], first, last):
            inside = [held[mine[i]].finding for i in piece.within]
            finding = worst(inside)
            part = plain(text[piece.start : piece.end])
            marked.append(part, style=f"bold underline {COLOUR[finding]}" if finding else "")
            for i in piece.ends:
                own = held[mine[i]].finding
                marked.append(f"[{mine[i] + 1}{SIGN[own]}]", style=COLOUR[own])
    if last < end:
        marked.append(" […]", style="dim")
    return marked


def _finding(number: int, held: Held) -> Text:
    colour = COLOUR[held.finding]
    text = Text(f"[{number + 1}{SIGN[held.finding]}] {held.finding}", style=f"bold {colour}")
    text.append(f"  {plain(describe(held))}", style="default not bold")
    if held.claim.speaker != "author":
        text.append(f" (says {plain(held.claim.speaker)})", style="dim not bold")
    text.append(f"\n{plain(held.told)}", style="default not bold")
    if held.proposal:
        text.append("\nnot in the record: an act to propose", style="yellow not bold")
    recalled = [d.act.id for d in held.decided if d.act.confidence != "sourced"]
    if recalled:
        some = ", ".join(recalled[:3]) + (f" and {len(recalled) - 3} more" if len(recalled) > 3 else "")
        text.append(f"\n! not sourced: {some}", style="yellow not bold")
    return text


def _story(story: Story, width: int) -> list[RenderableType]:
    days = story.since or "no day"
    if story.until and story.until != story.since:
        days += f" to {story.until}"
    head = Text(story.id, style="bold")
    head.append(f"  {days}, {len(story.documents)} documents", style="dim")
    parts: list[RenderableType] = [Rule(head, align="left", style="dim")]
    parts.append(Text(listed([plain(d) for d in story.documents], MOST_SAYS), style="dim"))
    if story.topics:
        parts.append(Text("told by more than one: " + "; ".join(story.topics)))
    for copies in story.copies:
        parts.append(Text("nearly the same text: " + listed([plain(c) for c in copies], MOST_SAYS)))
    if not story.disagreements:
        parts.append(Text("they tell nothing differently", style="dim"))
        return parts
    table = Table(box=None, pad_edge=False, header_style="bold", expand=width < BESIDE)
    wide = width >= BESIDE
    for name in ("they differ on", "value", "who says so") if wide else ("they differ on", "who says what"):
        table.add_column(name, overflow="fold", ratio=1 if not wide else None)
    for d in story.disagreements:
        first = f"{d.topic} ({d.kind})"
        for say in d.says[:MOST_SAYS]:
            who = f"{plain(say.document)}, {say.speaker}"
            cells = (say.value, f'{who}: "{plain(say.text)}"') if wide else (f"{say.value}: {who}",)
            table.add_row(Text(first), *(Text(c) for c in cells))
            first = ""
        if len(d.says) > MOST_SAYS:
            table.add_row(
                "", *([""] if wide else []), Text(f"and {len(d.says) - MOST_SAYS} more, all in the JSON", style="dim")
            )
    parts.append(table)
    return parts
