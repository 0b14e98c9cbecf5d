"""A document's text as tokens and sentences, every token with its place in the original.

Damage is mended in the token's `low` form alone (letters a scan read as digits, words cut at line ends), so that offsets
always point into the text as it was given.

    >>> [t.low for t in tokens("Russia's 150-day clock")]
    ['russia', "'s", '150', 'day', 'clock']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

TOKEN = re.compile(
    r"""
    (?P<cut>[A-Za-z0-9]{2,30}-[ \t]*\n[ \t]*[a-z0-9]{2,30})  # a word cut at a line's end
  | (?P<abbr>(?:[A-Z]\.){2,6})                               # U.S.
  | (?P<iso>\d{4}-\d\d-\d\d)
  | (?P<num>\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:st|nd|rd|th)\b|\d{1,2}:\d\d)
  | (?P<neg>n['’]t\b)
  | (?P<poss>['’](?:s\b|(?=[ \t\n])))
  | (?P<word>\w+?(?=n['’]t\b)|\w+(?:['’](?!s\b|t\b)\w+)?)
  | (?P<end>[.!?…]+)
  | (?P<other>[^\s\w])
    """,
    re.VERBOSE,
)
# words after which a full stop ends no sentence
ABBREVIATIONS = frozenset(
    (
        "jan feb mar apr jun jul aug sept sep oct nov dec mr mrs ms dr prof st sen rep gen lt col maj capt gov pres "
        "no art arts para paras vs etc cf pp vol ed inc ltd co messrs hon rev approx dept min amb adm sgt cont"
    ).split()
)
QUOTES = {'"': 0, "“": 1, "”": -1, "„": 1, "«": 1, "»": -1, "‟": 1}
BULLET = re.compile(r"\s*(?:[-*•–]|\d{1,3}[.)]|\(?[a-z]\)|\d{1,2}[:.]\d\d)\s")
CLOSERS = ".!?:;\"”»)'’…"
LONGEST_WORD = 16
WRAP = 100  # a line longer than this was not wrapped by a printer


@dataclass(slots=True)
class Token:
    """A word, number or mark: its place, its lower-case form, and how it is written."""

    start: int
    end: int
    low: str
    raw: str
    quoted: bool = False
    glued: bool = False  # joined to its neighbour by a hyphen
    number: int | None = None

    @property
    def capital(self) -> bool:
        """Written with a capital first letter."""
        return self.raw[:1].isupper()


@dataclass(slots=True)
class Sentence:
    """Tokens of one sentence, the paragraph it stands in, and whether it opens it."""

    tokens: list[Token]
    paragraph: int
    title: bool = False
    index: int = 0

    @property
    def start(self) -> int:
        """Offset of its first character."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.tokens[-1].end


BEFORE_IS = frozenset("it that he she there what who here".split())


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Tokens of a stretch of text; hyphens are dropped, the words they join are marked `glued`."""
    found: list[Token] = []
    glue = False
    for match in TOKEN.finditer(text, start, len(text) if end is None else end):
        kind, raw = match.lastgroup, match.group()
        if kind == "other" and raw in "-‐‑" and found and found[-1].end == match.start():
            glue = _joins(text, match.end())
            if glue:
                found[-1].glued = True
                continue
        if kind == "cut":
            head, tail = raw.split("-", 1)
            low = (head + tail.strip()).lower()
        else:
            low = raw.lower().replace("’", "'")
        token = Token(match.start(), match.end(), low, raw)
        if kind == "iso":
            token.low = raw
        elif kind == "num" or (kind == "word" and raw.isdigit()):
            digits = re.sub(r"\D", "", raw)
            token.number = int(digits) if 0 < len(digits) < 12 and ":" not in raw else None
        elif low == "'s" and found and found[-1].low in BEFORE_IS:
            token.low = "is"
        if glue:
            token.glued, glue = True, False
        found.append(token)
    return found


def _joins(text: str, at: int) -> bool:
    return at < len(text) and text[at].isalnum()


def paragraphs(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Stretches of text that belong together: between blank lines, and between lines that a printer did not wrap."""
    begin = start
    width = _width(text, start)
    for match in re.finditer(r"\n", text[start:]):
        at = start + match.start()
        if _breaks(text, begin, at, width):
            if text[begin:at].strip():
                yield begin, at
            begin = at + 1
    if text[begin:].strip():
        yield begin, len(text)


def _width(text: str, start: int) -> int:
    """The width that a text of long lines was wrapped at, or WRAP: no line is longer, and several come close to it."""
    lengths = [len(line.rstrip()) for line in text[start:].splitlines()]
    longest = max(lengths, default=0)
    close = sum(longest - n < LONGEST_WORD for n in lengths)
    return longest if WRAP < longest <= 2 * WRAP and close >= 2 else WRAP


def _breaks(text: str, begin: int, at: int, width: int) -> bool:
    after = text[at + 1 : at + 60]
    if not after.strip(" \t") or after.lstrip(" \t").startswith("\n"):
        return True
    line_start = max(text.rfind("\n", 0, at) + 1, begin)
    line = text[line_start:at].rstrip()
    if not line:
        return True
    if line[-1] == "-":
        return False
    if line[-1] in CLOSERS or at - line_start > width:
        return after.lstrip()[:1].isupper() or after.lstrip()[:1] in "\"“'‘(" or bool(BULLET.match(after))
    return bool(BULLET.match(after))


LONGEST = 400  # words; what goes on longer is no sentence, and is read in pieces so that time grows with length alone


def sentences(text: str, start: int = 0) -> list[Sentence]:
    """The sentences of a text from an offset on, in order."""
    found: list[Sentence] = []
    for number, (begin, end) in enumerate(paragraphs(text, start)):
        words = tokens(text, begin, end)
        _mark_quotes(words)
        for part in _split(words, text):
            for k in range(0, len(part), LONGEST):
                found.append(Sentence(part[k : k + LONGEST], number, index=len(found)))
        if found and found[-1].paragraph == number and words and words[-1].low[-1:] not in ".!?:;\"”'…)":
            alone = found[-1].tokens[0] is words[0]
            found[-1].title = alone and len(words) < 22
    return found


def _split(words: list[Token], text: str) -> Iterator[list[Token]]:
    begin = 0
    size = len(words)
    for i, token in enumerate(words):
        mark = token.low[0]
        if mark not in ".!?…" or i + 1 >= size:
            continue
        j = i + 1
        while j < size and words[j].raw in "\"”’')»" and words[j].start == words[j - 1].end:
            j += 1
        if j >= size:
            break
        after, before = words[j], words[i - 1] if i else token
        gap = after.start > words[j - 1].end
        if mark == "." and before.end == token.start:
            if before.low in ABBREVIATIONS and (before.low != "no" or after.raw[:1].isdigit()):
                continue
            if len(before.raw) == 1 and before.raw.isupper() and before.raw != "I":
                continue
        if before.raw.isdigit() and i - begin <= 1:
            continue  # the number of an item
        if not gap and not (after.capital and before.raw.islower() and len(before.raw) > 2):
            continue
        if not (after.capital or after.raw[:1].isdigit() or after.raw in "\"“‘'([«"):
            continue
        yield words[begin:j]
        begin = j
    if begin < size:
        yield words[begin:]


def _mark_quotes(words: Iterable[Token]) -> None:
    inside = False
    for token in words:
        turn = QUOTES.get(token.raw)
        if turn is None:
            token.quoted = inside
            continue
        inside = not inside if turn == 0 else turn > 0
        token.quoted = True


# what a scan makes of letters, and the letters
MISREAD = {"1": "il", "0": "o", "5": "s", "8": "b", "6": "b", "|": "il"}


def mend(low: str, vocabulary: frozenset[str]) -> str:
    """A scanned word with digits or `rn` for letters, as the word of the vocabulary it stands for; else as it is.

    >>> mend("s1gned", frozenset({"signed"}))
    'signed'
    """
    if len(low) > 24 or low in vocabulary:
        return low
    options = [""]
    for char in low:
        letters = MISREAD.get(char, char)
        options = [o + c for o in options for c in letters][:64]
    for option in options:
        if option in vocabulary:
            return option
        if "rn" in option and option.replace("rn", "m") in vocabulary:
            return option.replace("rn", "m")
    return options[0] if any(c.isalpha() for c in low) and any(c.isdigit() for c in low) else low


def damaged(words: Iterable[Token]) -> bool:
    """True where a scan shows: several words with digits among their letters."""
    count = 0
    for token in words:
        raw = token.raw
        if (len(raw) > 3 and raw.isalnum() and not raw.isalpha() and not raw[0].isdigit() and raw[-1:].isalpha()) or (
            len(raw) > 4 and raw.isalnum() and sum(c.isalpha() for c in raw) > 3 and any(c.isdigit() for c in raw)
        ):
            count += 1
        if count >= 3:
            return True
    return False
