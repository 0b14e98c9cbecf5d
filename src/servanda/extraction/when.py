"""When: expressions of time in a sentence, resolved against the day the document was written.

A day or month without a year, and a weekday, have two values: the last one not after the dateline and the next one
after it; the claim's tense picks. Expressions that lean on another date ("two years later", "that November", "the same
day") are resolved against the last date told.
"""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta

from servanda.extraction.text import Token
from servanda.extraction.words import wordlist

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tue", "wednesday wed", "thursday thu", "friday fri", "saturday", "sunday")
    )
    for name in names.split()
}
NUMBERS = {
    w: n
    for n, w in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen twenty"
        ).split()
    )
} | {
    "a": 1,
    "an": 1,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
    "hundred": 100,
    "dozen": 12,
    "half": 0,
}
ORDINALS = {
    w: n
    for n, w in enumerate(
        (
            "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
            "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ).split()
    )
} | {"thirtieth": 30}
UNITS = {
    "day": "day",
    "days": "day",
    "week": "week",
    "weeks": "week",
    "fortnight": "fortnight",
    "month": "month",
    "months": "month",
    "year": "year",
    "years": "year",
    "decade": "decade",
    "decades": "decade",
}
SEASONS = wordlist("when.SEASONS")
PARTS = wordlist("when.PARTS")
LATER, EARLIER = ("later", "after", "afterwards", "on"), ("earlier", "before", "previously")

EARLIEST, LATEST = 1800, 2100  # four figures are a year between these
LEAP = 2000  # a year that has every day


@dataclass(slots=True)
class When:
    """An expression of time: tokens [i, j), its value looking back and looking ahead, as EDTF and precision."""

    i: int
    j: int
    past: str | None
    ahead: str | None = None
    attributive: bool = False  # says which instrument, not when something happened
    relative: bool = False

    def value(self, planned: bool) -> tuple[str | None, str]:
        """The date and its precision, looking ahead for what is planned."""
        text = (self.ahead or self.past) if planned else self.past
        return text, precision(text)


def precision(text: str | None) -> str:
    """`day`, `month`, `year` or `none` of an EDTF text.

    >>> precision("2023-05")
    'month'
    """
    if not text:
        return "none"
    first = text.split("/")[0]
    return {4: "year", 7: "month", 10: "day"}.get(len(first), "none")


class Clock:
    """What "today", "that year" and "two years later" mean as a document goes on."""

    def __init__(self, dateline: str | None) -> None:
        day = _day(dateline)
        self.today = day if day and EARLIEST <= day.year <= LATEST else None
        self.last: str | None = None  # the last date told
        self.year: int | None = None  # the last year told in so many words

    def told(self, text: str | None) -> None:
        """Remember a date the text has told."""
        if text:
            self.last = text.split("/")[-1]
            if self.last[:4].isdigit():
                self.year = int(self.last[:4])

    def month_day(self, month: int, day: int | None) -> tuple[str | None, str | None]:
        """A month, or a day of one, without its year: the last and the next; a leap day in leap years only."""
        today = self.today
        if today is None:
            return None, None
        if (month, day) == (2, 29):
            return self._leap_day(today)
        if written(LEAP, month, day) is None:
            return None, None
        shape = f"-{month:02d}" if day is None else f"-{month:02d}-{day:02d}"
        at = (month, day or 0)
        now = (today.month, today.day if day is not None else 0)
        last = today.year if at <= now else today.year - 1
        following = today.year if at >= now else today.year + 1
        return f"{last}{shape}", f"{following}{shape}"

    @staticmethod
    def _leap_day(today: date) -> tuple[str | None, str | None]:
        near = [d for y in range(today.year - 8, today.year + 9) if isleap(y) for d in [date(y, 2, 29)]]
        return max((str(d) for d in near if d <= today), default=None), min(
            (str(d) for d in near if d >= today), default=None
        )

    def weekday(self, number: int, strict: bool = False) -> tuple[str | None, str | None]:
        """A weekday: the last one and the next; today counts as both, unless `strict`."""
        if self.today is None:
            return None, None
        back = (self.today.weekday() - number) % 7
        if strict and back == 0:
            back = 7
        ahead = (number - self.today.weekday()) % 7
        if strict and ahead == 0:
            ahead = 7
        return str(self.today - timedelta(back)), str(self.today + timedelta(ahead))

    def shift(self, base: str | None, amount: int, unit: str) -> str | None:
        """A date moved by so many days, weeks, months or years; as coarse as the unit."""
        if base is None:
            return None
        if unit in ("day", "week", "fortnight"):
            day = _day(base) or (self.today if amount < 0 and unit != "day" else None)
            if day is None:
                return None
            days = amount * {"day": 1, "week": 7, "fortnight": 14}[unit]
            try:
                moved = str(day + timedelta(days))
            except OverflowError:
                return None
            return moved[:7] if unit == "week" and abs(amount) > 1 else moved
        year, month = int(base[:4]), int(base[5:7]) if len(base) > 4 else None
        if unit == "month":
            if month is None:
                return None
            at = year * 12 + month - 1 + amount
            year, month = divmod(at, 12)
            return f"{year:04d}-{month + 1:02d}" if 0 < year < 10000 else None
        year += amount * (10 if unit == "decade" else 1)
        return f"{year:04d}" if 0 < year < 10000 else None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text and len(text) == 10 else None
    except ValueError:
        return None


def year_of(token: Token) -> int | None:
    """The year a token writes, where it writes one."""
    return token.number if token.number and EARLIEST <= token.number <= LATEST and len(token.raw) == 4 else None


def day_of(token: Token) -> int | None:
    """The day of a month a token writes: 9, 9th, ninth."""
    if token.number is not None:
        return token.number if 1 <= token.number <= 31 and len(token.raw) <= 4 else None
    return ORDINALS.get(token.low)


def month_of(token: Token) -> int | None:
    """The month a token names; "may" and "march" only with a capital."""
    number = MONTHS.get(token.low)
    return number if number and token.capital else None


def count_of(token: Token) -> int | None:
    """The number a token writes in figures or words."""
    return token.number if token.number is not None else NUMBERS.get(token.low)


def written(year: int | None, month: int | None = None, day: int | None = None) -> str | None:
    """A date as EDTF, None where there is no such day."""
    if year is None:
        return None
    if month is None:
        return f"{year:04d}"
    if day is None:
        return f"{year:04d}-{month:02d}"
    try:
        return str(date(year, month, day))
    except ValueError:
        return None
