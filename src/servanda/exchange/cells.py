"""The cells of a form: from what a file holds to values, and what is wrong with them.

clean_column(column, ["7", "1,5"])   # [7, None], [(1, "fraction", "'1,5' has a decimal point or comma ...")]
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, NamedTuple

from servanda.exchange.table import Value
from servanda.model.forms import CellKind, FormColumn

LONGEST = 200
LARGEST = 1_000_000
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/\-]{0,39}")
_PLACE = re.compile(r"(\d{2})(\d{2})(\d{2})([NS]) (\d{3})(\d{2})(\d{2})([EW])")
_DIGITS = re.compile(r"\d{1,12}")
_DECIMAL = re.compile(r"\d[\d .,']*[.,]\d+")
_STATE = re.compile(r"[A-Z]{3}")
# What cannot be seen: control characters, marks of direction and width, hyphens that show only at the end of a line.
_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_OTHER_DIGITS = re.compile(r"\d+")


def degrees(text: str) -> tuple[float, float]:
    """Latitude and longitude in degrees of a cell of coordinates that is sound.

    >>> degrees("521340N 0210030E")
    (52.227777777777774, 21.008333333333333)
    """
    found = _PLACE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    a, b, c, ns, d, e, f, ew = found.groups()
    latitude = int(a) + int(b) / 60 + int(c) / 3600
    longitude = int(d) + int(e) / 60 + int(f) / 3600
    return (-latitude if ns == "S" else latitude), (-longitude if ew == "W" else longitude)


def coordinates(latitude: float, longitude: float) -> str:
    """A cell of coordinates, to the nearest ten seconds.

    >>> coordinates(52.2278, 21.0083)
    '521340N 0210030E'
    """

    def part(value: float, width: int) -> str:
        tens = round(abs(value) * 360)
        return f"{tens // 360:0{width}d}{tens // 6 % 60:02d}{tens % 6 * 10:02d}"

    ns, ew = ("S" if latitude < 0 else "N"), ("W" if longitude < 0 else "E")
    return f"{part(latitude, 2)}{ns} {part(longitude, 3)}{ew}"


@dataclass(frozen=True, slots=True)
class Bad:
    """What a reader found in place of a value: the kind of check it breaks, and what it is."""

    check: str
    message: str


Wrong = Callable[[str, str], None]  # told the kind of check and what is wrong
Fault = tuple[int, str, str]  # place in the column, kind of check, message
# Many cells at once, each with a line feed behind it.
_CODES = re.compile(f"(?:{_CODE.pattern}\n)*")
_PLACES = re.compile("(?:[0-8][0-9][0-5][0-9][0-5]0[NS] (?:0[0-9]{2}|1[0-7][0-9])[0-5][0-9][0-5]0[EW]\n)*")
SHARED = 4  # where a word stands so many times on average, its cells share one object


class Cleaned(NamedTuple):
    """The values of a column, whether some are None, and what is wrong, in order."""

    values: list[Value | None]
    gaps: bool
    faults: list[Fault]


def clean(column: FormColumn, raw: Any) -> tuple[Value | None, list[tuple[str, str]]]:
    """The value of a cell, None where it is empty or wrong, and what is wrong: kinds of checks and messages."""
    found: list[tuple[str, str]] = []

    def wrong(check: str, message: str) -> None:
        found.append((check, message))

    return None if raw is None else _read(column, raw, wrong), found


def clean_column(column: FormColumn, cells: Sequence[Any]) -> Cleaned:
    """The values of the cells of a column, None where one is empty or wrong, and what is wrong, in order.

    A sheet has thousands of rows and few words, and almost all are sound: each word is judged once, and where all
    are sound as they stand they are judged together.
    """
    kinds = set(map(type, cells))
    kinds.discard(type(None))
    if not kinds:
        return Cleaned([None] * len(cells), bool(cells), [])
    if kinds == {str}:
        return _clean_texts(column, cells)
    if kinds == {int} and column.kind is CellKind.WHOLE:
        numbers = [c for c in cells if c is not None]
        if min(numbers) >= 0 and max(numbers) <= LARGEST:
            return Cleaned(list(cells), len(numbers) < len(cells), [])
    faults: list[Fault] = []
    values: list[Value | None] = []
    for place, raw in enumerate(cells):
        value, found = clean(column, None if raw == "" else raw)
        values.append(value)
        faults += [(place, *f) for f in found]
    return Cleaned(values, None in values, faults)


def _clean_texts(column: FormColumn, cells: Sequence[Any]) -> Cleaned:
    words = set(cells)
    gaps = None in words or "" in words
    words -= {None, ""}
    sound = bool(words) and not column.several and _all_sound(column.kind, words)
    whole = column.kind is CellKind.WHOLE
    if sound and len(words) * SHARED > len(cells):
        if whole:
            return Cleaned([int(c) if c else None for c in cells] if gaps else list(map(int, cells)), gaps, [])
        return Cleaned([c or None for c in cells] if gaps else list(cells), gaps, [])
    known: dict[str | None, Value | None] = {None: None, "": None}
    wrong: dict[str, list[tuple[str, str]]] = {}
    if sound:
        known.update(zip(words, map(int, words) if whole else words, strict=True))
    else:
        for word in words:
            known[word], found = clean(column, word)
            gaps |= known[word] is None
            if found:
                wrong[word] = found
    values = list(map(known.__getitem__, cells))
    return Cleaned(values, gaps, [(i, *f) for i, c in enumerate(cells) for f in wrong.get(c, ())] if wrong else [])


def _all_sound(kind: CellKind, words: Collection[str]) -> bool:
    """Whether all words are sound as they stand, so that each would be read as itself. False where that is not certain."""
    if kind is CellKind.WHOLE:
        joined = "".join(words)
        return joined.isascii() and joined.isdigit() and max(map(len, words)) <= 6
    lines = "\n".join(words) + "\n"
    if kind is CellKind.CODE or kind is CellKind.COORDINATES:
        pattern = _CODES if kind is CellKind.CODE else _PLACES
        return lines.count("\n") == len(words) and pattern.fullmatch(lines) is not None
    if kind not in (CellKind.TEXT, CellKind.TYPE) or max(map(len, words)) > LONGEST:
        return False
    # of what is printable only the blank is blank, and nothing is a control character
    edges = "\n " in lines or " \n" in lines or lines.startswith(" ")
    return not edges and "\n=" not in lines and not lines.startswith("=") and "".join(words).isprintable()


def _read(column: FormColumn, raw: Any, wrong: Wrong) -> Value | None:
    if isinstance(raw, Bad):
        wrong(raw.check, raw.message)
        return None
    if column.kind is CellKind.WHOLE:
        return _whole(raw, wrong)
    if column.kind is CellKind.DAY:
        return _day(raw, wrong)
    if isinstance(raw, bool | datetime | date):
        wrong("choice" if column.choices else "code", f"holds {_shown(raw)}, which is not text")
        return None
    if isinstance(raw, int | float):
        raw = str(int(raw)) if float(raw).is_integer() else str(raw)
    text = str(raw).strip()
    if not text:
        return None
    if text.startswith("="):
        wrong("formula", f"holds the formula {_shown(text)}")
        return None
    if len(text) > LONGEST or _ODD.search(text):
        why = f"has {len(text):,} characters" if len(text) > LONGEST else "holds characters that cannot be seen"
        wrong("text_length", why)
        return None
    if column.several:
        parts = [p.strip() for p in text.split(";") if p.strip()]
        kept = [v for p in parts if (v := _text(column, p, wrong)) is not None]
        return "; ".join(kept) if len(kept) == len(parts) and kept else None
    return _text(column, text, wrong)


def _text(column: FormColumn, text: str, wrong: Wrong) -> str | None:
    kind = column.kind
    if kind in (CellKind.CHOICE, CellKind.CATEGORY):
        return _choice(column, text, wrong)
    if kind is CellKind.CODE and not _CODE.fullmatch(text):
        wrong("code", f"{_shown(text)} is not a record number")
        return None
    if kind is CellKind.STATE and not _STATE.fullmatch(text):
        wrong("state", f"{_shown(text)} is not a state's code")
        return None
    if kind is CellKind.COORDINATES:
        return _coordinates(text, wrong)
    return text


def _shown(raw: Any) -> str:
    text = repr(str(raw))
    return text if len(text) <= 42 else f"{text[:38]}...'"


def _whole(raw: Any, wrong: Wrong) -> int | None:
    if isinstance(raw, bool | datetime | date):
        wrong("number", f"holds {_shown(raw)}, which is not a number")
        return None
    if isinstance(raw, float):
        if not math.isfinite(raw) or not raw.is_integer():
            wrong("fraction", f"{raw:g} is not a whole number")
            return None
        raw = int(raw)
    if isinstance(raw, int):
        number = raw
    else:
        text = str(raw).strip()
        if not text:
            return None
        if text.startswith("="):
            wrong("formula", f"holds the formula {_shown(text)}")
            return None
        if _DIGITS.fullmatch(text) and text.isascii():
            number = int(text)
        elif _DECIMAL.fullmatch(text):
            wrong("fraction", f"{_shown(text)} has a decimal point or comma, or parted thousands")
            return None
        elif text[:1] in "-\u2212" and _OTHER_DIGITS.fullmatch(text[1:].strip()):
            wrong("negative", f"{_shown(text)} is less than zero")
            return None
        else:
            wrong("number", f"{_shown(text)} is text, not a number")
            return None
    if number < 0:
        wrong("negative", f"{number} is less than zero")
        return None
    if number > LARGEST:
        wrong("large", f"{number:,} is larger than any holding")
        return None
    return number


def _day(raw: Any, wrong: Wrong) -> str | None:
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    text = str(raw).strip()
    if not text:
        return None
    if text.startswith("="):
        wrong("formula", f"holds the formula {_shown(text)}")
        return None
    try:
        if len(text) != 10 or text[4] != "-":
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError:
        wrong("day", f"{_shown(text)} is not a calendar day")
        return None


def _choice(column: FormColumn, text: str, wrong: Wrong) -> str | None:
    if text in column.choices:
        return text
    folded = {c.lower(): c for c in column.choices}
    near = get_close_matches(text.lower(), folded, 2, 0.6)
    hint = f"; did you mean {' or '.join(folded[n] for n in near)}?" if near else ""
    check = "category" if column.kind is CellKind.CATEGORY else "choice"
    wrong(check, f"{_shown(text)} is not one of the {len(column.choices)} words allowed{hint}")
    return None


def _coordinates(text: str, wrong: Wrong) -> str | None:
    text = " ".join(text.upper().split())
    found = _PLACE.fullmatch(text) if text.isascii() else None
    if found is None:
        wrong("coordinates", f"{_shown(text)} is not written DDMMSSN DDDMMSSE")
        return None
    minutes = [int(found[i]) for i in (2, 3, 6, 7)]
    latitude, longitude = degrees(text)
    if max(minutes) > 59 or abs(latitude) > 90 or abs(longitude) > 180:
        wrong("coordinates", f"{text} is not on the globe")
        return None
    if minutes[1] % 10 or minutes[3] % 10:
        wrong("ten_seconds", f"{text} is finer than 10 seconds")
        return None
    return text
