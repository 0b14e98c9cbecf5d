"""What depositaries print in a participation table: headings, days with letters, names with footnotes.

A heading lists the acts a column may hold, those told by a letter with the letter in brackets:
`Ratification, Acceptance(A), Accession(a), Succession(d)`. A cell is a day and perhaps one of those letters,
`2 Oct 1995 a`; several stand apart with `;`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from servanda.corpus.headings import Column, folded, heading, meaning
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
CONSENTS = (ActKind.DEPOSIT, ActKind.ACCEDE, ActKind.SUCCEED)
ABSENT = frozenset(
    {"", "-", "–", "—", "NA", "N/A", "n/a", "…", "...", "nan", "NaN", "NaT", "None", "null", "NULL", "<NA>", "#N/A"}
)
# English, French, Spanish, German, Italian and Portuguese; accents are gone when a word is looked up.
_NAMES = (
    "jan january janvier janv ene enero januar janner gennaio genn janeiro",
    "feb february fevrier fev fevr febrero februar febbraio febb fevereiro",
    "mar march mars marzo marz maerz marco",
    "apr april avril avr abr abril aprile",
    "may mai mayo maggio magg maio",
    "jun june juin junio juni giugno giu junho",
    "jul july juillet juil julio juli luglio lug julho",
    "aug august aout ago agosto",
    "sep sept september septembre septiembre setiembre settembre sett setembro",
    "oct october octobre octubre okt oktober ottobre ott outubro out",
    "nov november novembre noviembre novembro",
    "dec december decembre dic diciembre dez dezember dicembre dezembro",
)
MONTHS = {word: number for number, words in enumerate(_NAMES, 1) for word in words.split()}
_WEEKDAYS = (
    "mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday "
    "lundi mardi mercredi jeudi vendredi samedi dimanche"
)
EARLIEST, LATEST = 1600, 2200  # years beyond are marks for something else, or slips

_START = re.compile(r"\d{1,2} [A-Za-z]{3,9}\.? \d{4} |\d{4}-\d\d-\d\d ", re.ASCII)
_CELL = re.compile(r"(.*?)(?:\s+([A-Za-z]{1,2}))?", re.DOTALL)
_WEEKDAY = re.compile(rf"(?:{_WEEKDAYS.replace(' ', '|')})\.?,? (?=\d|[a-z])")
_OF = r"(?:of |de |d')?"
_WORDED = re.compile(
    rf"(?:le |el )?(?:(\d{{1,2}})(?:st|nd|rd|th|er|\.|º|o)?[\s-]+{_OF})?([a-z]{{3,10}})\.?[\s,-]+{_OF}(\d{{4}})",
    re.ASCII,
)
_AMERICAN = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:\s*,\s*|\s+)(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[\s,-]+([a-z]{3,9})\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?", re.ASCII)
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]00:?00)?", re.ASCII)
_COMPACT = re.compile(r"(1[6-9]|2[01])\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", re.ASCII)
_GLUED = re.compile(r"(?<=[A-Za-z.,\s-]\d{4})([aAdscnP]|AA)$", re.ASCII)  # `2 Oct 1995a`
_SIGNS = re.compile(r"\s*(?:[*†‡§#¹²³⁴⁵⁶⁷⁸⁹⁰]+|\(\d{1,3}\)|\[\d{1,3}\])+$")
# footnote numbers behind a whole day, or behind the letter of an act: `2 Oct 1995 a 3, 4`
_NOTED = re.compile(
    r"(?:(?<=[A-Za-z.,\s/-]\d{4})|(?<=\d{4}-\d\d-\d\d)|(?<=\d{8})|(?<=\d\s[A-Za-z])|(?<=\d\s[A-Za-z]{2}))"
    r"(?:\s+\d{1,2}(?:\s*,\s*\d{1,2})*)+$",
    re.ASCII,
)
_NUMBERS = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})", re.ASCII)
_FOOTNOTES = re.compile(r"(?:\s+\d{1,3}(?:\s*,\s*\d{1,3})*)+$", re.ASCII)
_NAME_MARKS = re.compile(r"(?:\s*(?:[*†‡§#¹²³⁴⁵⁶⁷⁸⁹⁰]+|\(\d{1,3}\)|\[\d{1,3}\])|\s+\d{1,3}(?:\s*,\s*\d{1,3})*)+$")
_WORDS_BEHIND = re.compile(r"(.*\d)\s*\(([A-Za-zÀ-ÿ][^()\d]{3,40})\)")


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
    parts = [p for p in (p.strip() for p in re.split(r"[;\n]", text)) if p not in ABSENT]
    for part in parts:
        bare = part if part.startswith("[") else _unmarked(part)
        bare = bare.replace("[", " ").replace("]", " ").strip()
        bare = re.sub(r"\(([A-Za-z]{1,2})\)$", r" \1", bare).strip()
        bare = _GLUED.sub(r" \1", _unmarked(bare)).rstrip(" .,:")
        said = _WORDS_BEHIND.fullmatch(bare)
        if said:
            found.append((_said(part, said[2], column), day(said[1], order)))
            continue
        match = _CELL.fullmatch(bare)
        assert match is not None  # the pattern fits any text
        try:
            when = day(match[1], order)
        except CellError as error:
            how = "cannot be read whole" if _START.match(bare) else "is not a dated act"
            raise CellError(f"{part!r} {how}: {error.message}", error.remedy) from None
        if match[2] == "w" and len(parts) == 1 and "w" not in column.letters:
            raise CellError(f"{part!r} may be the day of consent or of its end", "give the two days")
        found.append((_kind(part, match[2], column), when))
    return found


def _unmarked(text: str) -> str:
    """A cell without the marks and numbers of footnotes behind it, however many there are."""
    while True:
        bare = _NOTED.sub("", _SIGNS.sub("", text))
        # a footnote before the letter: `2 Oct 1995 3 a`
        apart = re.fullmatch(r"(.*\d\s+\d{1,2})(\s+[A-Za-z]{1,2})", bare)
        if apart and _NOTED.search(apart[1]):
            bare = _NOTED.sub("", apart[1]) + apart[2]
        if bare == text:
            return text
        text = bare


def _said(part: str, words: str, column: Column) -> ActKind:
    """The act that words in brackets behind a day name, where it goes with the column's own."""
    named = meaning(words)
    both = {named.kind, column.plain or ActKind.DEPOSIT}
    if named.known and named.kind is not None and not named.parts and (len(both) == 1 or both <= set(CONSENTS)):
        return named.kind
    raise CellError(f"{part!r} cannot be read whole: {words!r} is not understood there", "write the day alone")


def _kind(part: str, letter: str | None, column: Column) -> ActKind | None:
    if letter is None:
        if column.plain is None and column.letters and None not in column.letters.values():
            raise CellError(
                f"{part!r} is not a dated act: it names no act", f"add one of the letters {', '.join(column.letters)}"
            )
        return column.plain
    if letter in column.letters:
        return column.letters[letter]
    if letter in LETTERS and not column.letters and _fits(LETTERS[letter], letter, column):
        return LETTERS[letter]
    told = ", ".join(column.letters) or ", ".join(LETTERS)
    raise CellError(f"{part!r} is not a dated act: the heading does not explain {letter!r}", f"letters: {told}")


def _fits(kind: ActKind, letter: str, column: Column) -> bool:
    """Whether a letter without a legend goes with what its column is about: an `a` under Withdrawal is a footnote."""
    if column.undoes:
        return False
    if column.plain is ActKind.SIGN:
        return letter == "s"
    return column.plain in (None, kind, *CONSENTS)


@lru_cache(65536)
def day(text: str, order: str | None = None) -> UncertainDate:
    """A printed day: `2 Oct 1995`, `October 1995`, `1995`, EDTF, or digits parted by dots, dashes or strokes.

    Digits that could be read in two orders need `order`: `dmy`, `mdy` or `ymd`. Raises CellError.
    """
    text = " ".join(text.split())
    bare = _unmarked(text)
    low = _WEEKDAY.sub("", folded(bare)) if bare[:1].isalpha() else folded(bare)
    worded, american, year_first = (p.fullmatch(low) for p in (_WORDED, _AMERICAN, _YEAR_FIRST))
    stamp, numbers = _STAMP.fullmatch(text), _NUMBERS.fullmatch(bare)
    try:
        if worded:
            return _dated(worded[3], worded[2], worded[1], text)
        if american:
            return _dated(american[3], american[1], american[2], text)
        if year_first:
            return _dated(year_first[1], year_first[2], year_first[3], text)
        if stamp:
            return _sane(UncertainDate.parse(stamp[1]), text)
        if numbers:
            return _sane(UncertainDate.parse(_numeric(numbers[1], numbers[3], numbers[4], order, text)), text)
        if _COMPACT.fullmatch(bare):
            return _sane(UncertainDate.parse(f"{bare[:4]}-{bare[4:6]}-{bare[6:]}"), text)
        return _sane(UncertainDate.parse(re.sub(r"(-XX)+$|(?<=^\d{4})\.0$", "", bare)), text)
    except DateError:
        raise CellError(f"{text!r} is not a day", "write it as 2 Oct 1995 or 1995-10-02") from None


def _dated(year: str, word: str, number: str | None, text: str) -> UncertainDate:
    value = f"{year}-{_month(word):02d}" + (f"-{int(number):02d}" if number else "")
    return _sane(UncertainDate.parse(value), text)


def joined(parts: Sequence[str]) -> str:
    """A day whose year, month and day stand in cells of their own; blank where all are. CellError where one is missing."""
    year, month, number = (re.sub(r"\.0$", "", p.strip()) for p in parts)
    year, month, number = ("" if p in ABSENT else p for p in (year, month, number))
    if not (year or month or number):
        return ""
    if not re.fullmatch(r"\d{4}", year, re.ASCII) or (number and not month):
        raise CellError(f"{' '.join(parts)!r} is not a day", "give the year, and the month where a day is given")
    if number and not re.fullmatch(r"\d{1,2}", number, re.ASCII):
        raise CellError(f"{number!r} is no day of a month", "write digits")
    if month and not month.isdigit():
        return f"{number} {month} {year}".strip()
    return "-".join(p.zfill(2) for p in (year, month, number) if p)


def _month(word: str) -> int:
    if word in MONTHS:
        return MONTHS[word]
    raise CellError(f"{word!r} is no month", "write Jan, Feb, Mar ...")


def bracketed(text: str) -> bool:
    """Whether a cell or a name stands between square brackets, as lists print what has been withdrawn."""
    if "[" not in text:
        return False
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
    name = re.sub(r"^\[\d{1,3}\]\s*", "", " ".join(text.split()))
    name = _NAME_MARKS.sub("", name)
    if bracketed(name):
        name = _NAME_MARKS.sub("", name.removeprefix("[").removesuffix("]").strip())
    return name.strip()


__all__ = ["Column", "bracketed", "cell", "day", "heading", "joined", "participant"]
