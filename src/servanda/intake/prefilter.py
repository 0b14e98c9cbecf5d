"""Which pages cannot hold a claim: a search for words over bytes, before decoding and before HTML is parsed.

    >>> screen = Screen(("treaty", "START"), ("withdr",))
    >>> screen.passes(b"<p>They WITHDREW from the Treaty.</p>"), screen.passes(b"<p>They withdrew at the start.</p>")
    (True, False)

A text can hold a claim only if it names an instrument and an event. Names must stand by themselves, in any case of letters unless
they are given in capitals, which are looked for in capitals; words of events may stand inside other words. Both are found in UTF-8,
UTF-16 and the common one-byte encodings, with letters written as HTML entities, and with whatever lies between two words in
print. A name that mark-up or a hyphen at the end of a line cuts everywhere on a page is not seen.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

# The packed (SIMD) searcher behind leftmost-first matching takes about this many patterns; past it the search falls back
# to an automaton ten times slower, so that several searches with few patterns each are the faster way.
SHARD = 48
LENGTHS = (8, 5, 0)  # shortest words of the searches, longest first
# What may stand between the words of a name: marks, quotes, dashes, blanks, entities and mark-up. Two ways: in a page as it is
# and in a folded one.
GAP = rb"(?:nbsp|rsquo|#8217|#0?39|b|br|i|em|strong|span|[^0-9A-Za-z\x80-\xff]|\xc2?\xa0|\xe2\x80[\x80-\xbf]|\x92)+"
FOLDED_GAP = rb"(?:nbsp|rsquo|#8217|#0?39|b|br|i|em|strong|span|[^0-9a-z\x80-\xff]|\xe2?\xa0|\xe2\xa0[\xa0-\xbf]|\xb2)+"
FOLD = 0x20  # the bit that makes a capital a small letter; set in every byte, in pages and words alike, at 10 GB/s
AROUND = 256  # bytes on either side of one word of a name in which the others are looked for
WORD = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
# words that most pages have somewhere: a name is searched by another of its words where it can be
COMMON = frozenset(
    "about act against agreement american area articles between black ban board business cable care central change"
    " charter child china city code common community company conduct conference control cooperation council country"
    " court deal development document economic energy european exchange federation food force forces foreign free"
    " friendship general government group health house human information international join land law level member"
    " members money mutual national new news north office open organisation organization people plan policy power"
    " president program protection public report rights river rule russian safety school sea secretary section"
    " security september service site south space standard start state states statute strategic support system team"
    " test trade trading training transfer travel union united version water west white with women work world the of"
    " on in to and for all its by from un us eu uk a an s".split()
)
# beginnings of entities that may be such as ENTITY describes; found many times faster than those themselves
MAYBE = (
    *(b"&#%d" % n for n in (0, 2, 6, 7, 9, 10, 11, 12, 17, 19, 820)),
    *(b"&#%d;" % n for n in range(80, 91)),
    *(b"&#x", b"&#X", b"&shy;", b"&zwnj;", b"&zwj;", b"&ZeroWidthSpace;"),
)
# entities that stand for letters, or for nothing at all within a word
ENTITY = re.compile(
    rb"&(?:#0*(?:6[5-9]|[78]\d|90|9[7-9]|1[01]\d|12[0-2]|173|19[2-9]|2\d\d|1[01]\d\d|820[345])"
    rb"|#[xX]0*(?:4[1-9a-fA-F]|5[0-9aA]|6[1-9a-fA-F]|7[0-9aA]|[aA][dD]|[c-fC-F][0-9a-fA-F]|4[0-9a-fA-F]{2}|200[bBcCdD])"
    rb"|shy|zwnj|zwj|ZeroWidthSpace);"
)
NOTHING = str.maketrans("", "", "\u00ad\u200b\u200c\u200d")
ONE_BYTE = ("cp1251", "koi8-r", "cp1252", "iso8859-5", "cp1250")
HEAD = 512  # bytes looked at to tell two-byte text
UPPER = bytes(range(5))


class Screen:
    """Words of two kinds, of which a page must have one each. `passes` takes bytes, `passes_text` a text."""

    def __init__(self, instruments: Iterable[str], events: Iterable[str]) -> None:
        self._instruments, self._events = Names(instruments), Stems(events)
        self._entities = _searcher(list(MAYBE))

    @staticmethod
    @cache
    def of(words: Callable[[], tuple[Iterable[str], Iterable[str]]]) -> Screen:
        """The screen of a list of words, made once. `words` gives the names and the words for events."""
        return Screen(*words())

    def passes(self, data: bytes) -> bool:
        """Whether a page may hold a claim. Linear in its size; a gigabyte a second where no word is found."""
        if encoding := two_byte(data):
            data = data.decode(encoding, "replace").encode("utf-8", "replace")
        if self._has_both(data):
            return True
        if not self._entities.find_matches_as_indexes(data) or ENTITY.search(data) is None:
            return False
        plain = html.unescape(data.decode("utf-8", "replace")).translate(NOTHING)
        return self._has_both(plain.encode("utf-8", "replace"))

    def passes_text(self, text: str) -> bool:
        """The same for a text that was decoded already."""
        return self._has_both(text.translate(NOTHING).encode("utf-8", "replace"))

    def _has_both(self, data: bytes) -> bool:
        page = np.frombuffer(data, np.uint8) | FOLD
        return self._instruments.within(data, page) and self._events.within(page)


class Stems:
    """Words that may stand inside others, to be found in a folded page."""

    def __init__(self, words: Iterable[str]) -> None:
        patterns = {_folded(p) for w in words for p in _spellings(_plain(w))}
        self._searchers = [_searcher(part) for part in _shards(_least(patterns))]

    def within(self, page: Any) -> bool:
        """Whether one of them is there."""
        return any(s.find_matches_as_indexes(page) for s in self._searchers)


class Names:
    """Names of one word or more, each standing by itself: those in capitals in a page as it is, the others in a folded one."""

    def __init__(self, names: Iterable[str]) -> None:
        names = set(names)
        capitals = {n for n in names if n.isupper() and n.isascii()}
        self._capitals = _Whole({_plain(n, lower=False) for n in capitals}, folded=False)
        self._others = _Whole({_plain(n) for n in names - capitals if n.isascii()})
        self._foreign = _Whole({_plain(n) for n in names if not n.isascii()})

    def within(self, data: bytes, page: Any) -> bool:
        """Whether one of them is there."""
        if self._capitals.within(data) or self._others.within(page):
            return True
        return not data.isascii() and self._foreign.within(page)


class _Whole:
    """Names as the page has them. One word of a name is searched, the others looked for only on a page that has it."""

    def __init__(self, names: set[str], *, folded: bool = True) -> None:
        fold, gap = (_folded, FOLDED_GAP) if folded else (bytes, GAP)
        singles = {n for n in names if n and " " not in n}
        # whoever looks for a word finds every name it is part of
        longer = {n for n in names if " " in n and not singles & set(n.split())}
        longer -= {n for n in longer if any(f" {o} " in f" {n} " for o in longer if o != n and len(o) < len(n))}
        ways: dict[bytes, set[tuple[bytes, bytes]]] = {p: set() for n in singles for p in map(fold, _spellings(n))}
        for name, anchor in _anchored(longer).items():
            words = name.split()
            for spelled in _all_spellings(words):
                at = fold(spelled[words.index(anchor)])
                other = max((fold(w) for w in spelled if fold(w) != at), key=len, default=b"")
                ways.setdefault(at, set()).add((other, gap.join(re.escape(fold(w)) for w in spelled)))
        # each by itself: a pattern that begins with a letter is looked for many times faster than a choice of them
        self._ways = {p: [(o, re.compile(x + rb"(?![0-9A-Za-z])")) for o, x in sorted(w)] for p, w in ways.items()}
        self._shards = []
        # the longest first: of two that begin together the longer one is the word that stands there
        ordered = sorted(ways, key=lambda p: (-len(p), p))
        # the searcher looks at as many first letters as its shortest word has: short words are kept apart
        for most, least in pairwise((1 << 16, *LENGTHS)):
            for part in _shards([p for p in ordered if least <= len(p) < most]):
                self._shards.append((_searcher(part), part))

    def within(self, page: Any) -> bool:
        size = len(page)
        for searcher, patterns in self._shards:
            for number, start, end in searcher.find_matches_as_indexes(page):
                if (start and page[start - 1] in WORD) or (end < size and page[end] in WORD):
                    continue
                ways = self._ways[patterns[number]]
                if not ways:
                    return True
                near = bytes(page[max(start - AROUND, 0) : end + AROUND])
                if any(other in near and _stands(way, near) for other, way in ways):
                    return True
        return False


# words that most names of instruments have and few pages: one of them stands for all those names
HUBS = ("treaty", "convention", "pact", "accord", "accords", "protocol", "statute", "covenant", "charter", "memorandum")


def _anchored(names: set[str]) -> dict[str, str]:
    """For each name one of its words: a rare one where there is one, and the same for many names, so that few are searched."""
    found: dict[str, str] = {}
    left = set(names)
    for hub in HUBS:
        taken = {n for n in left if hub in n.split()}
        found.update(dict.fromkeys(taken, hub))
        left -= taken
    while left:
        counts = Counter(w for n in left for w in set(n.split()))
        word = max(counts, key=lambda w: (w not in COMMON, counts[w], len(w), w))
        taken = {n for n in left if word in n.split()}
        found.update(dict.fromkeys(taken, word))
        left -= taken
    return found


def _folded(word: bytes) -> bytes:
    return bytes(c | FOLD for c in word)


def _stands(way: re.Pattern[bytes], near: bytes) -> bool:
    return any(not m.start() or near[m.start() - 1] not in WORD for m in way.finditer(near))


def _all_spellings(words: list[str]) -> list[list[bytes]]:
    """A name of several words, each spelled alike."""
    if all(w.isascii() for w in words):
        return [[w.encode() for w in words]]
    found = []
    for case in (str.lower, str.upper, str.title, str.capitalize):
        for encoding in ("utf-8", *ONE_BYTE):
            try:
                found.append([case(w).encode(encoding) for w in words])
            except UnicodeEncodeError:
                continue
    return found


def _plain(word: str, *, lower: bool = True) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in (word.lower() if lower else word)).split())


def _spellings(word: str) -> set[bytes]:
    """A word as bytes: ASCII as it is, else every case of its letters in every encoding that has them."""
    return {b" ".join(s) for s in _all_spellings(word.split())} - {b""}


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
    if len(head.translate(None, UPPER)) == len(head):
        return ""
    even, odd = (len(h) - len(h.translate(None, UPPER)) for h in (head[::2], head[1::2]))
    if len(head) < 8 or min(even, odd) * 4 > max(even, odd) or max(even, odd) * 10 < len(head) * 4:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"
