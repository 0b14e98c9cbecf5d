"""Text of unknown origin made fit for a page: one line, no controls, nothing that turns the direction of writing."""

from __future__ import annotations

import unicodedata

# U+202A to U+202E and U+2066 to U+2069 let a name rearrange the words beside it
TURNING = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
UNFIT = "�"

UNFIT_LETTERS = dict.fromkeys((*range(10), *range(11, 32), *range(0x7F, 0xA0), *map(ord, TURNING)), UNFIT)
"""Controls but the newline, and direction marks, for `str.translate`."""


def plain(text: object) -> str:
    """The text on one line: white space folded; controls, lone surrogates and direction marks replaced by U+FFFD."""
    folded = " ".join(str(text).split())
    if folded.isascii() and folded.isprintable():
        return folded
    return "".join(UNFIT if c in TURNING or unicodedata.category(c) in ("Cc", "Cs", "Cn") else c for c in folded)
