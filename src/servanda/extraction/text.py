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
  | (?P<poss>['’](?:[sS]\b|(?=[ \t\n])))
  | (?P<word>\w+?(?=n['’]t\b)|\w+(?:['’](?!s\b|S\b|t\b|T\b)\w+)?)
  | (?P<end>[.!?…]+)
  | (?<=[^\s])(?P<hyphen>[-‐‑])(?=\w)                         # between two words
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
CLOSING, OPENING = frozenset("\"”’')»"), frozenset("\"“‘'([«")
CLOSERS = ".!?:;\"”»)'’…"
LONGEST_WORD = 16
CUT = re.compile(r"-\s*")
MOST_DIGITS = 12
LONGEST_MENDED = 24
LONGEST_TITLE = 22  # words
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
        if kind == "hyphen":
            glue = bool(found)
            for last in found[-1:]:
                last.glued = True
            continue
        low = CUT.sub("", raw).lower() if kind == "cut" else raw.lower().replace("’", "'")
        token = Token(match.start(), match.end(), low, raw, glued=glue)
        glue = False
        if kind == "num" or raw.isdecimal():
            digits = re.sub(r"\D", "", raw)
            token.number = int(digits) if len(digits) < MOST_DIGITS and ":" not in raw else None
        elif low == "'s" and found and found[-1].low in BEFORE_IS:
            token.low = "is"
        found.append(token)
    return found


def paragraphs(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Stretches of text that belong together: between blank lines, and between lines that a printer did not wrap."""
    begin = start
    width = _width(text, start)
    for match in re.compile(r"\n").finditer(text, start):
        at = match.start()
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
    """Does the end of a line end a paragraph?"""
    line = text[max(text.rfind("\n", 0, at) + 1, begin) : at]
    after = text[at + 1 : at + 60].lstrip(" \t")
    if not line.strip() or after[:1] in ("", "\n"):
        return True
    last = line.rstrip()[-1]
    if last == "-":
        return False
    closed = last in CLOSERS or len(line) > width
    return bool(BULLET.match(after)) or (closed and (after[0].isupper() or after[0] in "\"“'‘("))


LONGEST = 400  # words; what goes on longer is no sentence, and is read in pieces so that time grows with length alone


def sentences(text: str, start: int = 0) -> list[Sentence]:
    """The sentences of a text from an offset on, in order."""
    found: list[Sentence] = []
    for number, (begin, end) in enumerate(paragraphs(text, start)):
        words = tokens(text, begin, end)
        _mark_quotes(words)
        for part in _split(words):
            for k in range(0, len(part), LONGEST):
                found.append(Sentence(part[k : k + LONGEST], number, index=len(found)))
        if words[-1].low[-1] not in ".!?:;\"”'…)":
            found[-1].title = found[-1].tokens[0] is words[0] and len(words) < LONGEST_TITLE
    return found


def _split(words: list[Token]) -> Iterator[list[Token]]:
    """The sentences of a paragraph's words."""
    begin = 0
    for i, token in enumerate(words):
        if token.low[0] not in ".!?…":
            continue
        j = i + 1
        while j < len(words) and words[j].raw in CLOSING and words[j].start == words[j - 1].end:
            j += 1
        before, after = words[i - 1] if i else token, words[j] if j < len(words) else None
        item = before.raw.isdigit() and i - begin <= 1  # the number of an item
        if after is None or item or (token.low[0] == "." and _abbreviated(before, after)):
            continue
        gap = after.start > words[j - 1].end or (after.capital and before.raw.islower() and len(before.raw) > 2)
        if gap and (after.capital or after.raw[0].isdigit() or after.raw in OPENING):
            yield words[begin:j]
            begin = j
    yield words[begin:]


def _abbreviated(before: Token, after: Token) -> bool:
    """Does a full stop belong to the word before it: "Mr.", "No. 5", the initial of a name?"""
    if before.low == "no":
        return after.raw[0].isdigit()
    return before.low in ABBREVIATIONS or (len(before.raw) == 1 and before.raw.isupper() and before.raw != "I")


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
    if low in vocabulary or len(low) > LONGEST_MENDED:
        return low
    options = [""]
    for char in low:
        options = [o + c for o in options for c in MISREAD.get(char, char)][:64]
    known = (o for option in options for o in (option, option.replace("rn", "m")) if o in vocabulary)
    return next(known, options[0] if re.search("[a-z]", low) else low)


# letters round a digit ("par1ies"), or four letters beside one
DAMAGED = re.compile(r"[^\W\d_](?=\w{3})[^\W_]*\d[^\W_]*[^\W\d_]|(?=[^\W_]*\d)(?:\d*[^\W\d_]){4}[^\W_]*")


def damaged(words: Iterable[Token]) -> bool:
    """True where a scan shows: several words with digits among their letters."""
    return sum(bool(DAMAGED.fullmatch(token.raw)) for token in words) >= 3
