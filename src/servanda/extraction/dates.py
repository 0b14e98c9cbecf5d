"""Finding expressions of time in a sentence's tokens. What they mean is told by `when`."""

from __future__ import annotations

from calendar import monthrange
from datetime import timedelta

from servanda.extraction.text import Token
from servanda.extraction.when import (
    EARLIER,
    LATER,
    MONTHS,
    ORDINALS,
    PARTS,
    SEASONS,
    UNITS,
    WEEKDAYS,
    Clock,
    When,
    count_of,
    day_of,
    month_of,
    written,
    year_of,
)
from servanda.extraction.words import wordlist

NOUNS = wordlist("dates.NOUNS")
NEAR = {
    "last": -1,
    "previous": -1,
    "past": -1,
    "preceding": -1,
    "next": 1,
    "following": 1,
    "coming": 1,
    "this": 0,
    "current": 0,
    "same": 0,
    "that": 0,
}
STARTS = wordlist("dates.STARTS")
HINTS = (
    STARTS
    | frozenset(NEAR)
    | frozenset(ORDINALS)
    | frozenset(MONTHS)
    | frozenset(WEEKDAYS)
    | frozenset(UNITS)
    | frozenset(
        ("today yesterday tomorrow tonight midnight now overnight morning evening afternoon night day moment").split()
    )
)
MONTH_BEFORE = wordlist("dates.MONTH_BEFORE")
BEFORE_YEAR = wordlist("dates.BEFORE_YEAR")


def dates(words: list[Token], clock: Clock) -> list[When]:
    """Every expression of time in a sentence, left to right, each resolved with what was told before it."""
    found: list[When] = []
    i, size = 0, len(words)
    while i < size:
        token = words[i]
        when = None
        if token.number is not None or token.capital or token.low in HINTS or token.raw[:1].isdigit():
            when = _at(words, i, clock)
        if when is None:
            i += 1
            continue
        found.append(when)
        if when.past and not when.attributive:
            clock.told(when.past)
        i = max(when.j, i + 1)
    _ranges(words, found)
    return found


def _at(words: list[Token], i: int, clock: Clock) -> When | None:
    for rule in (_iso, _last_day, _full, _ago, _shifted, _month, _weekday, _near, _word, _year):
        when = rule(words, i, clock)
        if when is not None:
            return when
    return None


def _get(words: list[Token], i: int) -> str:
    return words[i].low if 0 <= i < len(words) else ""


def _iso(words: list[Token], i: int, clock: Clock) -> When | None:
    raw = words[i].raw
    if len(raw) == 10 and raw[4] == "-" and raw[7] == "-":
        value = written(*(int(p) for p in raw.split("-")))
        return When(i, i + 1, value, value) if value else None
    if words[i].number and i + 4 < len(words) and words[i + 1].raw == "." and words[i + 3].raw == ".":
        day, month, year = words[i].number, words[i + 2].number, year_of(words[i + 4])
        if day and month and year and day < 32 and month < 13 and words[i + 4].start - words[i].end < 6:
            value = written(year, month, day)
            return When(i, i + 5, value, value) if value else None
    return None


def _year_after(words: list[Token], j: int, clock: Clock) -> tuple[int | None, int]:
    """A year that follows a month or day, in figures or words ("of that year"), and the index after it."""
    k = j
    if _get(words, k) == "." and k < len(words) and words[k].start == words[k - 1].end:
        k += 1
    if _get(words, k) in (",", "of", "in") or (_get(words, k) == "." and k > j):
        k += 1
    if k < len(words) and (year := year_of(words[k])):
        return year, k + 1
    low = _get(words, k)
    if low in ("the", "that", "this", "last", "next"):
        at = k + 1 if low == "the" else k
        turn, noun = _get(words, at), _get(words, at + 1)
        if noun == "year" and turn in NEAR:
            return _turned_year(turn, low, clock), at + 2
    return None, j


def _turned_year(turn: str, determiner: str, clock: Clock) -> int | None:
    """The year meant by "last year", "that year", "the following year"."""
    this = clock.today.year if clock.today else None
    if turn in ("that", "same") or (determiner == "the" and turn in ("next", "following", "previous", "preceding")):
        base = clock.year if clock.year is not None else this
        return None if base is None else base + NEAR[turn]
    return None if this is None else this + NEAR[turn]


def _full(words: list[Token], i: int, clock: Clock) -> When | None:
    """9 June 2023, 9th of June, June 9, 2023, the ninth of June last."""
    day, j = day_of(words[i]), i + 1
    month = None
    if day is not None:
        if _get(words, j) == "of":
            j += 1
        if j < len(words):
            month = month_of(words[j])
            j += 1
    else:
        month = month_of(words[i])
        if month is not None:
            if _get(words, j) == "." and j + 1 < len(words):
                j += 1
            if _get(words, j) == "the":
                j += 1
            if j < len(words):
                following = words[j]
                day = day_of(following) if following.number is not None and year_of(following) is None else None
                j += 1
    if day is None or month is None:
        return None
    if _get(words, j) == "." and j + 1 < len(words) and (year_of(words[j + 1]) or _get(words, j + 1) == ","):
        j += 1
    year, end = _year_after(words, j, clock)
    if _get(words, j) == "last" and _get(words, j + 1) not in UNITS:
        year, end = None, j + 1
    if year is not None:
        value = written(year, month, day)
        return When(i, end, value, value)
    if end > j and clock.today is None:
        return When(i, end, None)
    if _told_here(words, i, clock):
        value = written(clock.year, month, day)
        return When(i, end, value, value, relative=True)
    past, ahead = clock.month_day(month, day)
    return When(i, end, past, ahead)


def _told_here(words: list[Token], i: int, clock: Clock) -> bool:
    """A year was told in this very sentence, before this day: the day is taken to lie in it."""
    if clock.year is None or clock.today is None or clock.year == clock.today.year:
        return False
    return any(year_of(w) == clock.year for w in words[max(0, i - 26) : i])


def _month(words: list[Token], i: int, clock: Clock) -> When | None:
    """June 2023, last June, that November, June of the same year, in June."""
    start = i
    turn = ""
    if words[i].low in NEAR and i + 1 < len(words):
        turn, i = words[i].low, i + 1
    elif words[i].low == "the" and _get(words, i + 1) in NEAR and i + 2 < len(words):
        turn, i = "the " + _get(words, i + 1), i + 2
    month = month_of(words[i]) if i < len(words) else None
    if month is None:
        return None
    year, end = _year_after(words, i + 1, clock)
    if year is not None:
        value = written(year, month)
        return When(start, end, value, value)
    if words[i].low == "may" and not turn and _get(words, i - 1) not in MONTH_BEFORE:
        return None
    if words[i].low in ("mar", "sat", "sun") and not turn:
        return None
    j = i + 1
    if _get(words, j) == "." and words[i].low in MONTHS and len(words[i].low) < 5 and j + 1 < len(words):
        j += 1
    if turn in ("that", "the same"):
        return When(start, j, written(clock.year, month), relative=True)
    if turn in ("the preceding", "the previous", "the following", "the next") and clock.last:
        base = clock.last
        year, told = int(base[:4]), int(base[5:7]) if len(base) > 4 else 13
        if turn in ("the preceding", "the previous"):
            value = written(year if month < told and told != 13 else year - 1, month)
        else:
            value = written(year if told != 13 and month > told else year + 1, month)
        return When(start, j, value, value, relative=True)
    if clock.today is None:
        return When(start, j, None)
    this = clock.today
    if turn == "last" and month >= this.month:
        return When(start, j, written(this.year - 1, month))
    if turn == "next":
        value = written(this.year if month > this.month else this.year + 1, month)
        return When(start, j, value, value)
    if not turn and _told_here(words, start, clock):
        return When(start, j, written(clock.year, month), clock.month_day(month, None)[1], relative=True)
    past, ahead = clock.month_day(month, None)
    if turn == "this" or (not turn and month == this.month):
        past = ahead = written(this.year, month)
    return When(start, j, past, ahead)


def _weekday(words: list[Token], i: int, clock: Clock) -> When | None:
    start, turn = i, ""
    if words[i].low in ("last", "next", "this", "past") and i + 1 < len(words):
        turn, i = words[i].low, i + 1
    number = WEEKDAYS.get(words[i].low)
    if number is None or not words[i].capital or (len(words[i].low) == 3 and _get(words, i + 1) != "."):
        return None
    past, ahead = clock.weekday(number, strict=turn in ("last", "next"))
    return When(start, i + 1, ahead if turn == "next" else past, ahead)


def _last_day(words: list[Token], i: int, clock: Clock) -> When | None:
    """The last day of 2020, of March, of next year; the first of June."""
    if words[i].low != "the" or _get(words, i + 1) not in ("last", "first"):
        return None
    first = _get(words, i + 1) == "first"
    j = i + 2
    if _get(words, j) == "day":
        j += 1
    elif not first:
        return None
    if _get(words, j) != "of" or j + 1 >= len(words):
        return None
    year, month, end = year_of(words[j + 1]), month_of(words[j + 1]), j + 2
    if month is not None:
        inner = _month(words, j + 1, clock)
        if inner is None or not inner.past or len(inner.past) != 7:
            return None
        year, month, end = int(inner.past[:4]), int(inner.past[5:7]), inner.j
        if not first and inner.ahead and inner.ahead != inner.past:
            year = int(inner.past[:4])
    elif year is None:
        near = _near(words, j + 1, clock)
        if near is None or not near.past or len(near.past) != 4:
            return None
        year, end = int(near.past), near.j
    if first:
        value = written(year, month or 1, 1)
    elif month is None:
        value = written(year, 12, 31)
    else:
        value = written(year, month, monthrange(year, month)[1])
    return When(i, end, value, value)


def _ago(words: list[Token], i: int, clock: Clock) -> When | None:
    """Two years ago; five years ago last January; a year ago today."""
    amount = count_of(words[i])
    unit = UNITS.get(_get(words, i + 1))
    if amount is None or unit is None or _get(words, i + 2) not in ("ago", "back"):
        return None
    tens = count_of(words[i - 1]) if i else None
    if amount < 10 and tens in range(20, 100, 10) and words[i].glued:
        amount += tens or 0  # "thirty-five"
    today = str(clock.today) if clock.today else None
    if i + 4 < len(words) and unit == "year" and _get(words, i + 3) in ("last", "this", "next"):
        month = _month(words, i + 3, clock)
        if month is not None and month.past:
            return When(i, month.j, clock.shift(month.past, -amount, "year") and _years(month.past, -amount))
    return When(i, i + 3, clock.shift(today, -amount, unit))


def _years(text: str, amount: int) -> str:
    return f"{int(text[:4]) + amount:04d}{text[4:]}"


def _shifted(words: list[Token], i: int, clock: Clock) -> When | None:
    """Two years later, a week earlier, the day after, in exactly one year, three days before."""
    low = words[i].low
    if (
        low in ("the", "that", "a", "one", "on")
        and _get(words, i + 1) in ("same", "very", "following", "next", "first", "previous")
        and _get(words, i + 2) == "day"
    ):
        step = {"following": 1, "next": 1, "previous": -1}.get(_get(words, i + 1), 0)
        return When(i, i + 3, clock.shift(clock.last, step, "day") if step else clock.last, relative=True)
    if low == "that" and _get(words, i + 1) == "day":
        return When(i, i + 2, clock.last, relative=True)
    if low == "the" and _get(words, i + 1) == "day" and _get(words, i + 2) in ("after", "before"):
        if _get(words, i + 3) in (",", ".", "", "and", ";", "or"):
            return When(
                i, i + 3, clock.shift(clock.last, 1 if _get(words, i + 2) == "after" else -1, "day"), relative=True
            )
        return None
    if low in ("in", "exactly", "within"):
        j = i + 1
        if _get(words, j) == "exactly":
            j += 1
        amount = count_of(words[j]) if j < len(words) else None
        unit = UNITS.get(_get(words, j + 1))
        if low != "within" and amount and unit and _get(words, j + 2) not in ("later", "of", "before", "after", "ago"):
            base = clock.last or (str(clock.today) if clock.today else None)
            value = clock.shift(base, amount, unit)
            if value and base and unit in ("year", "month") and len(base) == 10:
                value = value + base[len(value) :]
            return When(i, j + 2, None, value, relative=True)
        return None
    amount = count_of(words[i])
    unit = UNITS.get(_get(words, i + 1))
    if amount is None or amount == 0 or unit is None:
        return None
    after = _get(words, i + 2)
    if after in ("later", "earlier", "afterwards", "previously") or (
        after in ("after", "before", "on") and _get(words, i + 3) in (",", ".", "")
    ):
        sign = 1 if after in LATER else -1
        base = clock.last if clock.last or after not in EARLIER else None
        base = base or (str(clock.today) if clock.today else None)
        return When(i, i + 3, clock.shift(base, sign * amount, unit), relative=True)
    return None


def _near(words: list[Token], i: int, clock: Clock) -> When | None:
    """Last year, this month, the following year, that year, next week; early in 2007 goes by the year."""
    low = words[i].low
    determiner = ""
    j = i
    if low == "the" and _get(words, i + 1) in NEAR:
        determiner, j = "the", i + 1
    turn = _get(words, j)
    if turn not in NEAR:
        return None
    noun = _get(words, j + 1)
    if noun == "year":
        return When(i, j + 2, written(_turned_year(turn, determiner, clock)), relative=True)
    if noun in SEASONS and turn in ("this", "last", "that"):
        if turn == "that":
            return When(i, j + 2, written(clock.year), relative=True)
        if clock.today is None:
            return When(i, j + 2, None)
        year = clock.today.year
        if (turn == "last" and noun in ("autumn", "fall", "winter", "summer") and clock.today.month < 9) or (
            turn == "last" and noun == "spring" and clock.today.month < 4
        ):
            year -= 1
        return When(i, j + 2, str(year), relative=True)
    if clock.today is None:
        return None
    if noun == "month":
        if turn in ("that", "same"):
            return When(i, j + 2, clock.last[:7] if clock.last and len(clock.last) > 4 else None, relative=True)
        base = clock.last if determiner else str(clock.today)
        value = clock.shift(base, NEAR[turn], "month")
        return When(i, j + 2, value, value, relative=True)
    if noun in ("week", "weekend") and turn in ("last", "this", "next"):
        return When(i, j + 2, None, None, relative=True)
    return None


def _word(words: list[Token], i: int, clock: Clock) -> When | None:
    low = words[i].low
    today = clock.today
    if low in ("today", "tonight", "now") or (
        low == "this" and _get(words, i + 1) in ("morning", "evening", "afternoon")
    ):
        if low == "now":
            return None
        return When(i, i + 1, str(today) if today else None, str(today) if today else None)
    if low == "yesterday" or (low == "last" and _get(words, i + 1) == "night"):
        return When(i, i + (1 if low == "yesterday" else 2), str(today - timedelta(1)) if today else None)
    if low == "tomorrow":
        value = str(today + timedelta(1)) if today else None
        return When(i, i + 1, value, value)
    if (
        low == "midnight"
        and _get(words, i - 1) in ("at", "from", "by", "since")
        and _get(words, i + 1) not in ("on", "of")
    ):
        value = str(today) if today else None
        return When(i, i + 1, value, value)
    return None


def _year(words: list[Token], i: int, clock: Clock) -> When | None:
    """A year in figures; attributive where it says which instrument ("the 1990 treaty", "the agreement of 1996")."""
    year = year_of(words[i])
    if year is None:
        return None
    if clock.today is not None and year > clock.today.year + 40:
        return None
    before, after = _get(words, i - 1), _get(words, i + 1)
    plain = before in BEFORE_YEAR
    attributive = (
        before in ("of", "from")
        and i > 1
        and (_is_thing(words, i - 2) if before == "of" else words[i - 2].low.rstrip("s") in NOUNS)
    )
    if before == "the" or (not plain and after in NOUNS) or (before in ("a", "an") and not plain):
        attributive = True
    if not plain and not attributive and i > 0 and after and after not in (",", ".", ":", ")", ";"):
        attributive = True
    value = written(year)
    return When(i, i + 1, value, value, attributive=attributive)


def _is_thing(words: list[Token], i: int) -> bool:
    return words[i].low.rstrip("s") in NOUNS or (
        words[i].capital and words[i].low not in PARTS and words[i].low not in SEASONS and words[i].low not in MONTHS
    )


def _ranges(words: list[Token], found: list[When]) -> None:
    """Between 1989 and 2000: one expression, an interval."""
    k = 0
    while k + 1 < len(found):
        one, two = found[k], found[k + 1]
        joined = two.i - one.j == 1 and _get(words, one.j) in ("and", "to", "–", "—")
        if joined and _get(words, one.i - 1) in ("between", "from") and one.past and two.past and one.past < two.past:
            found[k : k + 2] = [When(one.i, two.j, f"{one.past}/{two.past}", f"{one.past}/{two.past}")]
        k += 1
