"""Which pages cannot hold a claim: a search for words over bytes, before decoding and before HTML is parsed.

    >>> screen = Screen(("treaty",), ("withdr",))
    >>> screen.passes(b"<p>They WITHDREW from the Treaty.</p>"), screen.passes(b"<p>They withdrew the troops.</p>")
    (True, False)

A text can hold a claim only if it names an instrument and an event. The search errs on the side of reading: words may stand
inside other words (but for those of at most three letters), in any case, in UTF-8, UTF-16 and the common one-byte encodings,
and with letters written as HTML entities. A word that mark-up cuts everywhere on a page (`<b>T</b>reaty`) is not seen.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

# The packed (SIMD) searcher behind leftmost-first matching takes about this many patterns; past it the search falls back
# to an automaton ten times slower, so that several searches with few patterns each are the faster way.
SHARD = 48
SHORT = 3  # a word of so few letters (an abbreviation) must stand alone, or it would be found in half of all words
# upper case to lower, and every ASCII mark to a blank; NUL stays, bytes of other scripts stay
TABLE = bytes(c + 32 if 65 <= c <= 90 else 32 if 0 < c < 128 and not chr(c).isalnum() else c for c in range(256))
GAP = (
    rb"(?:nbsp|br|b|i|em|strong|span|\xc2?\xa0| )+"  # what may stand between the words of a phrase, mark-up made blank
)
# entities that stand for letters, or for nothing at all within a word
ENTITY = re.compile(
    rb"&(?:#0*(?:6[5-9]|[78]\d|90|9[7-9]|1[01]\d|12[0-2]|173|19[2-9]|2\d\d|1[01]\d\d|820[345])"
    rb"|#[xX]0*(?:4[1-9a-fA-F]|5[0-9aA]|6[1-9a-fA-F]|7[0-9aA]|[aA][dD]|[c-fC-F][0-9a-fA-F]|4[0-9a-fA-F]{2}|200[bBcCdD])"
    rb"|shy|zwnj|zwj|ZeroWidthSpace|[A-Za-z]{1,2}(?:acute|grave|circ|uml|cedil|tilde|ring|slash|caron|lig)"
    rb"|[A-Za-z]{1,5}cy);"
)
NOTHING = str.maketrans("", "", "\u00ad\u200b\u200c\u200d")
ONE_BYTE = ("cp1251", "koi8-r", "cp1252", "iso8859-5", "cp1250")
HEAD = 512  # bytes looked at to tell two-byte text
UPPER = bytes(range(5))


class Screen:
    """Words of two kinds, of which a page must have one each. `passes` takes bytes, `passes_text` a text."""

    def __init__(self, instruments: Iterable[str], events: Iterable[str]) -> None:
        self._instruments, self._events = Words(instruments), Words(events)

    @staticmethod
    @cache
    def default() -> Screen:
        """With the words of the packaged lexicon."""
        from importlib import import_module

        return Screen(*import_module("servanda.press.lexicon").prefilter_words())

    def passes(self, data: bytes) -> bool:
        """Whether a page may hold a claim. Linear in its size; a gigabyte a second where no word is found."""
        if encoding := two_byte(data):
            data = data.decode(encoding, "replace").encode("utf-8", "replace")
        if self._has_both(data):
            return True
        if b"&" not in data or ENTITY.search(data) is None:
            return False
        plain = html.unescape(data.decode("utf-8", "replace")).translate(NOTHING)
        return self._has_both(plain.encode("utf-8", "replace"))

    def passes_text(self, text: str) -> bool:
        """The same for a text that was decoded already."""
        return self._has_both(text.translate(NOTHING).encode("utf-8", "replace"))

    def _has_both(self, data: bytes) -> bool:
        page = b" " + data.translate(TABLE) + b" "
        return self._instruments.within(page) and self._events.within(page)


class Words:
    """Words and phrases, to be found in a page that went through TABLE."""

    def __init__(self, words: Iterable[str]) -> None:
        clean = {" ".join(_plain(w).split()) for w in words}
        singles = sorted(w for w in clean if w and " " not in w)
        # whoever looks for a word finds every phrase it is part of
        long = tuple(w for w in singles if len(w) > SHORT)
        phrases = sorted(w for w in clean if " " in w and not any(s in w for s in long))
        patterns = {p for w in singles for p in _spellings(w)}
        self._singles = [_searcher(part) for part in _shards(_least(patterns))]
        anchors = {p for w in phrases for p in _spellings(max(w.split(), key=len))}
        self._anchors = [_searcher(part) for part in _shards(_least(anchors))]
        ways = sorted({GAP.join(re.escape(x) for x in p.split()) for w in phrases for p in _spellings(w)})
        self._phrases = re.compile(b"|".join(ways)) if ways else None

    def within(self, page: bytes) -> bool:
        """Whether one of them is there."""
        if any(s.find_matches_as_indexes(page) for s in self._singles):
            return True
        if self._phrases is None or not any(s.find_matches_as_indexes(page) for s in self._anchors):
            return False
        return self._phrases.search(page) is not None


def _plain(word: str) -> str:
    return "".join(c if c.isalnum() else " " for c in word.lower())


def _spellings(word: str) -> set[bytes]:
    """A word as bytes, as TABLE leaves them: every case of letters outside ASCII, every encoding that has them."""
    found: set[bytes] = set()
    for form in {word, word.upper(), word.title(), word.capitalize()}:
        for encoding in ("utf-8",) if word.isascii() else ("utf-8", *ONE_BYTE):
            try:
                found.add(form.encode(encoding).translate(TABLE))
            except UnicodeEncodeError:
                continue
    if len(word) <= SHORT and word.isascii():
        return {b" " + w + b" " for w in found}
    return found


def _least(patterns: set[bytes]) -> list[bytes]:
    """Without those that contain another: where they are, the other is."""
    kept: list[bytes] = []
    for pattern in sorted(patterns, key=lambda p: (len(p), p)):
        if not any(k in pattern for k in kept):
            kept.append(pattern)
    return kept


def _shards(patterns: list[bytes]) -> list[list[bytes]]:
    return [patterns[i : i + SHARD] for i in range(0, len(patterns), SHARD)]


def _searcher(patterns: list[bytes]) -> Any:
    from ahocorasick_rs import BytesAhoCorasick, MatchKind

    return BytesAhoCorasick(patterns, matchkind=MatchKind.LeftmostFirst)


def two_byte(data: bytes) -> str:
    """`utf-16-le` or `utf-16-be` where the head of a text shows it, with a mark or without, else nothing.

    Without a mark: the upper bytes of Latin, Greek and Cyrillic letters are 0 to 4, which no other text has many of.
    """
    if data[:2] == b"\xff\xfe":
        return "utf-16-le"
    if data[:2] == b"\xfe\xff":
        return "utf-16-be"
    head = data[:HEAD]
    even, odd = (len(h) - len(h.translate(None, UPPER)) for h in (head[::2], head[1::2]))
    if len(head) < 8 or min(even, odd) * 4 > max(even, odd) or max(even, odd) * 10 < len(head) * 4:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"
