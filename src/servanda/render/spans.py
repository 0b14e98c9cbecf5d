"""A text cut at the ends of its claims: pieces that lie in none, one or several of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Worst first: where claims overlap the piece is shown by the one that most needs a look.
GRAVITY = ("contradicted", "disputed", "imprecise", "unknown", "opinion", "supported")
SIGN = {
    "supported": "✓",
    "contradicted": "✗",
    "disputed": "⇄",
    "imprecise": "≈",
    "unknown": "?",
    "opinion": "“",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `[start, end)` of a text and the numbers of the claims they lie in; `ends` are those that end here."""

    start: int
    end: int
    within: tuple[int, ...]
    ends: tuple[int, ...]


def pieces(spans: Sequence[tuple[int, int]], start: int, end: int) -> list[Piece]:
    """`[start, end)` cut at every end of a span. The pieces follow each other without gap or overlap.

    Spans may nest, overlap, lie outside or be empty; an empty span marks no characters.
    """
    cuts = {start, end}
    for a, b in spans:
        cuts |= {x for x in (a, b) if start < x < end}
    order = sorted(cuts)
    found = []
    for a, b in pairwise(order):
        inside = tuple(i for i, (s, e) in enumerate(spans) if s <= a and b <= e and s < e)
        found.append(Piece(a, b, inside, tuple(i for i in inside if spans[i][1] == b)))
    return found


def worst(findings: Iterable[str]) -> str | None:
    """The finding that most needs a look; None for none."""
    given = set(findings)
    return next((f for f in GRAVITY if f in given), None)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """First and last offset of each line that is not blank."""
    found = []
    at = 0
    for line in text.splitlines(keepends=True):
        bare = line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        if bare.strip():
            found.append((at, at + len(bare)))
        at += len(line)
    return found


def windows(start: int, end: int, spans: Sequence[tuple[int, int]], most: int, around: int) -> list[tuple[int, int]]:
    """The parts of a stretch worth showing: all of a short one, the surroundings of its spans of a long one."""
    if end - start <= most:
        return [(start, end)]
    found: list[tuple[int, int]] = []
    for a, b in sorted(spans):
        one = (max(start, a - around), min(end, b + around))
        if found and one[0] <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], one[1]))
        else:
            found.append(one)
    return found or [(start, min(end, start + around))]


def plain(text: str) -> str:
    """The text with every control character shown as a dot: the same length, and harmless to a terminal or a page."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\n\t" else "·" for c in text)
