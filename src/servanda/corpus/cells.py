"""What depositaries print in a participation table: headings, days with letters, names with footnotes.

A heading lists the acts a column may hold, those told by a letter with the letter in brackets:
`Ratification, Acceptance(A), Accession(a), Succession(d)`. A cell is a day and perhaps one of those letters,
`2 Oct 1995 a`; several stand apart with `;`.
"""

from __future__ import annotations

import re

from servanda.corpus.headings import Column, folded, heading
from servanda.model.dates import UncertainDate
from servanda.model.errors import DateError
from servanda.model.vocabulary import ActKind

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
    word: number
    for number, words in enumerate(
        (
            "jan january janvier janv",
            "feb february fevrier fev fevr",
            "mar march mars",
            "apr april avril avr",
            "may mai",
            "jun june juin",
            "jul july juillet juil",
            "aug august aout",
            "sep sept september septembre",
            "oct october octobre",
            "nov november novembre",
            "dec december decembre",
        ),
        1,
    )
    for word in words.split()
}
EARLIEST, LATEST = 1600, 2200  # years beyond are marks for something else, or slips

_START = re.compile(r"\d{1,2} [A-Za-z]{3,9}\.? \d{4} |\d{4}-\d\d-\d\d ", re.ASCII)
_CELL = re.compile(r"(.*?)(?:\s+([A-Za-z]{1,2}))?", re.DOTALL)
_WORDED = re.compile(r"(?:le )?(?:(\d{1,2})(?:st|nd|rd|th|er)?[\s-]+(?:of )?)?([a-z]{3,9})\.?[\s,-]+(\d{4})", re.ASCII)
_AMERICAN = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*,\s*(\d{4})", re.ASCII)
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?Z?", re.ASCII)
# footnote numbers behind the letter of an act: `2 Oct 1995 a 3, 4`
_NOTED = re.compile(r"(\d{4}\s+[A-Za-z]{1,2})(?:\s+\d{1,2}(?:\s*,\s*\d{1,2})*)+$", re.ASCII)
_MARKS = re.compile(r"\s*(?:[*†‡§#¹²³⁴⁵⁶⁷⁸⁹⁰]+|\(\d{1,3}\)|\[\d{1,3}\]|(?<=\d{4})\s+\d{1,2}(?:\s*,\s*\d{1,2})*)+$")
_NUMBERS = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})", re.ASCII)
_FOOTNOTES = re.compile(r"(?:\s+\d{1,3}(?:\s*,\s*\d{1,3})*)+$", re.ASCII)


class CellError(ValueError):
    """A cell that cannot be read; says why and what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        self.message, self.remedy = message, remedy
        super().__init__(message)


def cell(text: str, column: Column, order: str | None = None) -> list[tuple[ActKind | None, UncertainDate]]:
    """The acts of a cell, each with its day; the act is None where the column only tells something.

    Raises CellError where the cell is no day, names a letter its heading does not explain, or has a bare day
    under a heading that explains letters alone.
    """
    found: list[tuple[ActKind | None, UncertainDate]] = []
    for part in (p.strip() for p in re.split(r"[;\n]", text)):
        if part in ABSENT:
            continue
        bare = _MARKS.sub("", part) if not part.startswith("[") else part
        bare = bare.replace("[", " ").replace("]", " ").strip()
        bare = re.sub(r"\(([A-Za-z]{1,2})\)$", r" \1", bare).strip()
        bare = _NOTED.sub(r"\1", bare)
        match = _CELL.fullmatch(bare)
        assert match is not None  # the pattern fits any text
        try:
            when = day(match[1], order)
        except CellError as error:
            said = "cannot be read whole" if _START.match(bare) else "is not a dated act"
            raise CellError(f"{part!r} {said}: {error.message}", error.remedy) from None
        found.append((_kind(part, match[2], column), when))
    return found


def _kind(part: str, letter: str | None, column: Column) -> ActKind | None:
    if letter is None:
        if column.plain is None and column.letters and None not in column.letters.values():
            raise CellError(
                f"{part!r} is not a dated act: it names no act", f"add one of the letters {', '.join(column.letters)}"
            )
        return column.plain
    if letter in column.letters:
        return column.letters[letter]
    if letter in LETTERS and not column.letters:
        return LETTERS[letter]
    told = ", ".join(column.letters) or ", ".join(LETTERS)
    raise CellError(f"{part!r} is not a dated act: the heading does not explain {letter!r}", f"letters: {told}")


def day(text: str, order: str | None = None) -> UncertainDate:
    """A printed day: `2 Oct 1995`, `October 1995`, `1995`, EDTF, or digits parted by dots, dashes or strokes.

    Digits that could be read in two orders need `order`: `dmy`, `mdy` or `ymd`. Raises CellError.
    """
    text = " ".join(text.split())
    low = folded(_MARKS.sub("", text))
    worded, american = _WORDED.fullmatch(low), _AMERICAN.fullmatch(low)
    stamp, numbers = _STAMP.fullmatch(text), _NUMBERS.fullmatch(text)
    try:
        if worded or american:
            number, word, year = worded.groups() if worded else (american[2], american[1], american[3])  # type: ignore[index]
            value = f"{year}-{_month(word):02d}" + (f"-{int(number):02d}" if number else "")
            return _sane(UncertainDate.parse(value), text)
        if stamp:
            return _sane(UncertainDate.parse(stamp[1]), text)
        if numbers:
            return _sane(UncertainDate.parse(_numeric(numbers[1], numbers[3], numbers[4], order, text)), text)
        return _sane(UncertainDate.parse(_MARKS.sub("", text)), text)
    except DateError:
        raise CellError(f"{text!r} is not a day", "write it as 2 Oct 1995 or 1995-10-02") from None


def _month(word: str) -> int:
    if word in MONTHS:
        return MONTHS[word]
    raise CellError(f"{word!r} is no month", "write Jan, Feb, Mar ...")


def bracketed(text: str) -> bool:
    """Whether a cell or a name stands between square brackets, as lists print what has been withdrawn."""
    bare = _FOOTNOTES.sub("", " ".join(text.split()))
    return bare.startswith("[") and "]" in bare and not re.fullmatch(r"\[\d{1,3}\].*", bare)


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
    name = re.sub(r"^\[\d{1,3}\]\s*|[*†‡§#]+$|\s*\[\d{1,3}\]$", "", " ".join(text.split()))
    name = re.sub(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+$", "", name)
    name = _FOOTNOTES.sub("", name)
    return name.removeprefix("[").removesuffix("]").strip()


__all__ = ["Column", "bracketed", "cell", "day", "heading", "participant"]
