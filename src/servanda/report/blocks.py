"""What a report is made of. Text is plain; a writer escapes it for its own format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from servanda.render.tables import Grid


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, the clauses it cites, what qualifies it, and the numbers of its sources."""

    text: str
    cites: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    refs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines under short names: Bound, Owed, Disputed ..."""

    rows: tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True, slots=True)
class Points:
    """Lines as a list, numbered or not, under a small heading."""

    lines: tuple[Line, ...]
    title: str = ""
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock:
    """A table with a sentence below it; `strips` are (low, high, bound) drawn at the end of each row."""

    grid: Grid
    notes: tuple[str, ...] = ()
    strips: tuple[tuple[int | None, int | None, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing made when a writer wants it: `draw` gives SVG. `words` tell what it shows where it cannot be seen."""

    title: str
    words: str
    draw: Callable[[], str]
    scale: float = 0.5  # points on paper for a pixel of the drawing


@dataclass(frozen=True, slots=True)
class Pictures:
    """One or two pictures side by side, and what holds for both."""

    pictures: tuple[Picture, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """A dispute: what each of two readings says, side by side, and who else reads it how."""

    subject: str
    left: tuple[str, tuple[Line, ...]]
    right: tuple[str, tuple[Line, ...]]
    others: str = ""


Block = Lines | Points | TableBlock | Pictures | Sides


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole: title block, sections, numbered sources. `warning` stands at the head of a report on a scenario."""

    title: str
    day: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    sources: tuple[str, ...] = ()
    warning: str = ""
    foot: str = ""
    short: str = ""
    language: str = field(default="en")
