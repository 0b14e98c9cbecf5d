"""What depositaries print in a participation table: headings, days with letters, names with footnotes.

A heading lists the acts a column may hold, those told by a letter with the letter in brackets:
`Ratification, Acceptance(A), Accession(a), Succession(d)`. A cell is a day and perhaps one of those letters,
`2 Oct 1995 a`; several stand apart with `;`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from servanda.model.dates import UncertainDate
from servanda.model.errors import DateError
from servanda.model.vocabulary import ActKind

# The first pattern that fits the words of a heading decides; the order matters (a succession to a signature signs).
WORDS: tuple[tuple[str, ActKind | None], ...] = (
    (r"non-provisional", None),
    (r"succession to signature", ActKind.SIGN),
    (r"provisional", ActKind.PROVISIONALLY_APPLY),
    (r"succession", ActKind.SUCCEED),
    (r"accession|adhesion", ActKind.ACCEDE),
    (r"ad referendum", ActKind.SIGN),
    (r"definitive|ratification|acceptance|approval|confirmation|consent|participation|simplified", ActKind.DEPOSIT),
    (r"withdraw|denunciation", ActKind.GIVE_NOTICE),
    (r"entry into force|^application$", ActKind.ENTER_INTO_FORCE),
    (r"^signature|^signed", ActKind.SIGN),
)
# Letters whose meaning is the same in every list, for cells under a heading without brackets.
LETTERS = {
    "a": ActKind.ACCEDE,
    "A": ActKind.DEPOSIT,
    "AA": ActKind.DEPOSIT,
    "c": ActKind.DEPOSIT,
    "d": ActKind.SUCCEED,
    "s": ActKind.DEPOSIT,
    "n": ActKind.PROVISIONALLY_APPLY,
    "w": ActKind.GIVE_NOTICE,
}
ABSENT = frozenset({"", "-", "–", "—", "NA", "N/A", "n/a", "…", "..."})
MONTHS = {
    m: i for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
MONTH = re.compile(
    "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?"
)
EARLIEST, LATEST = 1600, 2200  # years beyond are marks for something else, or slips

_START = re.compile(r"\d{1,2} [A-Za-z]{3,9}\.? \d{4} |\d{4}-\d\d-\d\d ", re.ASCII)
_LEGEND = re.compile(r"(.*?)\s*\(([A-Za-z]{1,2})\)\s*")
_CELL = re.compile(r"(.*?)(?:\s+([A-Za-z]{1,2}))?", re.DOTALL)
_WORDED = re.compile(r"(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\.?\s+(\d{4})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})", re.ASCII)
_FOOTNOTES = re.compile(r"(?:\s+\d{1,3}(?:\s*,\s*\d{1,3})*)+$", re.ASCII)


class CellError(ValueError):
    """A cell that cannot be read; says why and what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        self.message, self.remedy = message, remedy
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Column:
    """What a column's cells mean: the act of a bare day (None: not told), and the acts of its letters."""

    name: str
    plain: ActKind | None
    letters: dict[str, ActKind | None]


def heading(name: str) -> Column | None:
    """The column of that heading, or None where no word of it is known as an act."""
    letters: dict[str, ActKind | None] = {}
    plain: list[ActKind] = []
    known = False
    for item in _items(name):
        match = _LEGEND.fullmatch(item)
        kind, told = _act(match[1] if match else item)
        known = known or told
        if match:
            letters[match[2]] = kind
        elif kind is not None:
            plain.append(kind)
    if not known:
        return None
    # where several acts go without a letter and one binds, a bare day binds
    first = next((k for k in plain if k is not ActKind.SIGN), plain[0] if plain else None)
    if first is None and len(set(letters.values())) == 1:
        first = next(iter(letters.values()))
    return Column(name, first, letters)


def _items(name: str) -> list[str]:
    """The parts of a heading; a comma before a small word does not part them (`ratification, accession or ...`)."""
    return [p.strip() for p in re.split(r",\s+(?=[A-Z])", name) if p.strip()]


def _act(words: str) -> tuple[ActKind | None, bool]:
    low = words.strip().lower()
    for pattern, kind in WORDS:
        if re.search(pattern, low):
            return kind, True
    return None, False


def cell(text: str, column: Column, order: str | None = None) -> list[tuple[ActKind | None, UncertainDate]]:
    """The acts of a cell, each with its day; the act is None where the column only tells something.

    Raises CellError where the cell is no day, names a letter its heading does not explain, or has a bare day
    under a heading that explains letters alone.
    """
    found: list[tuple[ActKind | None, UncertainDate]] = []
    for part in (p.strip() for p in re.split(r"[;\n]", text)):
        if part in ABSENT:
            continue
        bare = part.replace("[", " ").replace("]", " ").strip()
        match = _CELL.fullmatch(bare)
        assert match is not None  # the pattern fits any text
        try:
            when = day(match[1], order)
        except CellError as error:
            said = "cannot be read whole" if _START.match(bare) else "is no dated act"
            raise CellError(f"{part!r} {said}: {error.message}", error.remedy) from None
        found.append((_kind(part, match[2], column), when))
    return found


def _kind(part: str, letter: str | None, column: Column) -> ActKind | None:
    if letter is None:
        if column.plain is None and column.letters and None not in column.letters.values():
            raise CellError(
                f"{part!r} is no dated act: it names none", f"add one of the letters {', '.join(column.letters)}"
            )
        return column.plain
    if letter in column.letters:
        return column.letters[letter]
    if letter in LETTERS and not column.letters:
        return LETTERS[letter]
    told = ", ".join(column.letters) or ", ".join(LETTERS)
    raise CellError(f"{part!r} is no dated act: the heading does not explain {letter!r}", f"letters: {told}")


def day(text: str, order: str | None = None) -> UncertainDate:
    """A printed day: `2 Oct 1995`, `October 1995`, `1995`, EDTF, or digits parted by dots, dashes or strokes.

    Digits that could be read in two orders need `order`: `dmy`, `mdy` or `ymd`. Raises CellError.
    """
    text = " ".join(text.split())
    worded = _WORDED.fullmatch(text)
    numbers = _NUMBERS.fullmatch(text)
    try:
        if worded:
            month = _month(worded[2])
            value = f"{worded[3]}-{month:02d}" + (f"-{int(worded[1]):02d}" if worded[1] else "")
            return _sane(UncertainDate.parse(value), text)
        if numbers:
            return _sane(UncertainDate.parse(_numeric(numbers[1], numbers[3], numbers[4], order, text)), text)
        return _sane(UncertainDate.parse(text), text)
    except DateError:
        raise CellError(f"{text!r} is no day", "write it as 2 Oct 1995 or 1995-10-02") from None


def _month(word: str) -> int:
    low = word.lower()
    if MONTH.fullmatch(low):
        return MONTHS[low[:3]]
    raise CellError(f"{word!r} is no month", "write Jan, Feb, Mar ...")


def _numeric(a: str, b: str, c: str, order: str | None, text: str) -> str:
    if len(a) == 4 and len(c) <= 2:
        return f"{a}-{int(b):02d}-{int(c):02d}"
    if len(c) != 4 or len(a) > 2:
        raise CellError(f"{text!r} has no year of four digits", "write it as 1995-10-02")
    first, second = int(a), int(b)
    if order is None:
        if first <= 12 and second <= 12 and first != second:
            raise CellError(f"{text!r} can be read in two ways", "say dates: dmy or dates: mdy in the rules")
        order = "dmy" if first > 12 or first == second else "mdy"
    if order == "mdy":
        first, second = second, first
    return f"{c}-{second:02d}-{first:02d}"


def _sane(found: UncertainDate, text: str) -> UncertainDate:
    years = [d.year for d in (found.earliest, found.latest) if d]
    if any(not EARLIEST <= y <= LATEST for y in years):
        raise CellError(f"{text!r} lies outside {EARLIEST} to {LATEST}", "leave it empty, or list it under absent")
    return found


def participant(text: str) -> str:
    """A name without the footnote numbers and brackets lists put to it: `[Canada] 3, 4` is Canada."""
    name = _FOOTNOTES.sub("", " ".join(text.split()))
    return name.removeprefix("[").removesuffix("]").strip()
