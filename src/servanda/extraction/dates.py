"""Finding expressions of time in a sentence's tokens, by a table of patterns. What they mean is told by `when`.

The patterns are matched against the sentence written as its lower-case tokens with a blank behind each; months and weekdays
written with a capital have "^" before them. The first rule that gives a value wins.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import timedelta

from servanda.extraction.text import Token
from servanda.extraction.when import (
    LATER,
    MONTHS,
    NUMBERS,
    ORDINALS,
    PARTS,
    SEASONS,
    UNITS,
    WEEKDAYS,
    Clock,
    When,
    count_of,
    written,
    year_of,
)
from servanda.extraction.words import wordlist

NOUNS = wordlist("dates.NOUNS")
MONTH_BEFORE = wordlist("dates.MONTH_BEFORE")
BEFORE_YEAR = wordlist("dates.BEFORE_YEAR")
NEAR = {
    word: step
    for step, words in (
        (-1, "last previous past preceding"),
        (0, "this current same that"),
        (1, "next following coming"),
    )
    for word in words.split()
}
STARTS = wordlist("dates.STARTS").union(NEAR, ORDINALS, MONTHS, WEEKDAYS, UNITS, ["today", "yesterday", "tomorrow"]) | {
    "tonight",
    "midnight",
    "within",
}
HERE = 26  # tokens before a day in which a year told is taken to be its own
AHEAD = 40  # years: a number further on is no year


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(words))}) "


YEAR = r"(?:1[89]\d\d|20\d\d|2100) "
MONTH = r"\^" + _any(MONTHS)
DAY = rf"(?:\d\d?(?:st|nd|rd|th)? |{_any(ORDINALS)})"
COUNT = rf"(?:[\d,]+ |{_any(NUMBERS)})"
UNIT = _any(UNITS)
TURN = _any(NEAR)
YEARLY = rf"(?:\. )?(?:[,.] |of |in )?(?:(?P<year>{YEAR})|(?P<turned>the {TURN}|that |this |last |next )year )"
CLOSE = r"(?:[,.] |$)"
Rule = Callable[["_Line", "re.Match[str]", Clock], When | None]
RULES: list[tuple[re.Pattern[str], Rule]] = []


class _Line:
    """A sentence as a line of text, and the token that begins at each of its places."""

    def __init__(self, words: list[Token]) -> None:
        self.words = words
        parts = [_shape(w) for w in words]
        self.places = [0]
        for part in parts:
            self.places.append(self.places[-1] + len(part))
        self.text = "".join(parts)
        self.index = {place: k for k, place in enumerate(self.places)}

    def low(self, i: int) -> str:
        return self.words[i].low if 0 <= i < len(self.words) else ""

    def span(self, match: re.Match[str], group: str | int = 0) -> tuple[int, int]:
        return self.index[match.start(group)], self.index[match.end(group)]


def _shape(token: Token) -> str:
    low = token.low if token.number is None else token.raw.lower()
    return f"^{low} " if token.capital and (low in MONTHS or low in WEEKDAYS) else f"{low} "


def _rule(pattern: str) -> Callable[[Rule], Rule]:
    def add(rule: Rule) -> Rule:
        RULES.append((re.compile(pattern), rule))
        return rule

    return add


def dates(words: list[Token], clock: Clock) -> list[When]:
    """Every expression of time in a sentence, left to right, each resolved with what was told before it."""
    found: list[When] = []
    line, i = _Line(words), 0
    while i < len(words):
        when = _at(line, i, clock) if words[i].low in STARTS or words[i].raw[:1].isdigit() else None
        if when is None:
            i += 1
            continue
        found.append(when)
        if not when.attributive:
            clock.told(when.past)
        i = when.j
    _ranges(line, found)
    return found


def _at(line: _Line, i: int, clock: Clock) -> When | None:
    for pattern, rule in RULES:
        match = pattern.match(line.text, line.places[i])
        when = rule(line, match, clock) if match is not None else None
        if when is not None:
            return when
    return None


@_rule(r"(?:(\d{4})-(\d\d)-(\d\d)|(\d\d?) \. (\d\d?) \. (\d{4})) ")
def _iso(line: _Line, match: re.Match[str], clock: Clock) -> When | None:
    """2023-06-09, 09.06.2023."""
    year, month, day = match.groups()[:3] if match[1] else match.groups()[:2:-1]
    value = written(int(year), int(month), int(day))
    return When(*line.span(match), value, value) if value else None


@_rule(
    rf"the (?:(?P<last>last)|first) (?P<day>day )?of (?P<rest>(?P<year>{YEAR})|(?:the )?(?:{TURN})?(?:{MONTH}|year ))"
)
def _edge(line: _Line, match: re.Match[str], clock: Clock) -> When | None:
    """The last day of 2020, of March, of next year; the first of June."""
    if match["last"] and not match["day"]:
        return None
    at = line.index[match.start("rest")]
    inner = _at(line, at, clock)
    if inner is None or not inner.past or len(inner.past) == len("2023-06-09"):
        return None
    year, month = int(inner.past[:4]), int(inner.past[5:] or (12 if match["last"] else 1))
    value = written(year, month, monthrange(year, month)[1] if match["last"] else 1)
    return When(line.index[match.start()], inner.j, value, value)


@_rule(
    rf"(?:(?P<day>{DAY})(?:of )?(?P<month>{MONTH})|(?P<first>{MONTH})(?:\. )?(?:the )?(?P<second>\d\d?(?:st|nd|rd|th)? ))"
    rf"(?:(?P<past>(?:\. )?last (?!{UNIT}))|{YEARLY})?"
)
def _full(line: _Line, match: re.Match[str], clock: Clock) -> When | None:
    """9 June 2023, 9th of June, June 9, 2023, the ninth of June last."""
    told = (match["day"] or match["second"]).strip()
    day = ORDINALS.get(told) or int(told.rstrip("stndrh"))
    month = MONTHS[(match["month"] or match["first"])[1:-1]]
    i, j = line.span(match)
    if not 1 <= day <= 31:
        return None
    year = _year_told(match, clock)
    if year is not None:
        value = written(year, month, day)
        return When(i, j, value, value)
    if clock.today is not None and _told_here(line.words, i, clock):
        value = written(clock.year, month, day)
        return When(i, j, value, value, relative=True)
    return When(i, j, *clock.month_day(month, day))


def _year_told(match: re.Match[str], clock: Clock) -> int | None:
    """The year told behind a month or day, in figures or words ("of that year")."""
    if match["year"]:
        return int(match["year"])
    words = (match["turned"] or "").split()
    return _turned_year(words[-1], words[0], clock) if words else None


def _turned_year(turn: str, determiner: str, clock: Clock) -> int | None:
    """The year meant by "last year", "that year", "the following year"."""
    base = clock.today.year if clock.today else None
    if turn in ("that", "same") or (determiner == "the" and turn in ("next", "following", "previous", "preceding")):
        base = base if clock.year is None else clock.year
    return None if base is None else base + NEAR[turn]


def _told_here(words: list[Token], i: int, clock: Clock) -> bool:
    """A year other than the present was told in this very sentence, before this day: the day is taken to lie in it."""
    if clock.year is None or clock.today is None or clock.year == clock.today.year:
        return False
    return any(year_of(w) == clock.year for w in words[max(0, i - HERE) : i])


@_rule(rf"(?P<amount>{COUNT})(?P<unit>{UNIT})(?:ago|back) (?P<month>(?:last |this |next ){MONTH})?")
def _ago(line: _Line, match: re.Match[str], clock: Clock) -> When | None:
    """Two years ago; five years ago last January; a year ago today."""
    i, j = line.span(match)
    amount, unit = count_of(line.words[i]) or 0, UNITS[match["unit"].strip()]
    tens = count_of(line.words[i - 1]) if i and line.words[i].glued else None
    amount += tens if tens and tens % 10 == 0 else 0  # "thirty-five"
    if match["month"]:
        month = _at(line, line.index[match.start("month")], clock)
        if month is not None and month.past and unit == "year":
            return When(i, month.j, f"{int(month.past[:4]) - amount:04d}{month.past[4:]}")
        j = line.index[match.start("month")]
    return When(i, j, clock.shift(_today(clock), -amount, unit))


def _today(clock: Clock) -> str | None:
    return str(clock.today) if clock.today else None


@_rule(r"(?:the|that|a|one|on) (same|very|following|next|first|previous) day ")
def _that_day(line: _Line, match: re.Match[str], clock: Clock) -> When | None:
    """The following day, that very day."""
    step = {"following": 1, "next": 1, "previous": -1}.get(match[1], 0)
    return When(*line.span(match), clock.shift(clock.last, step, "day") if step else clock.last, relative=True)


@_rule(rf"that day |the day (?P<turn>after|before) (?={CLOSE}|(?:and|or|;) )")
def _day_after(line: _Line, match: re.Match[str], clock: Clock) -> When | None:
    """That day, the day after."""
    step = {"after": 1, "before": -1}.get(match["turn"] or "")
    return When(*line.span(match), clock.shift(clock.last, step, "day") if step else clock.last, relative=True)


@_rule(rf"(?:in|exactly) (?:exactly )?(?P<amount>{COUNT})(?P<unit>{UNIT})(?!(?:later|of|before|after|ago) )")
def _ahead(line: _Line, match: re.Match[str], clock: Clock) -> When | None:
    """In exactly one year."""
    amount, unit = count_of(line.words[line.index[match.start("amount")]]), UNITS[match["unit"].strip()]
    base = clock.last or _today(clock)
    value = clock.shift(base, amount, unit) if amount else None
    if not amount:
        return None
    if value and base and len(base) == len("2023-06-09"):
        value += base[len(value) :] if unit in ("year", "month") else ""
    return When(*line.span(match), None, value, relative=True)


@_rule(
    rf"(?P<amount>{COUNT})(?P<unit>{UNIT})"
    rf"(?P<turn>(?:later|earlier|afterwards|previously) |(?:after|before|on) (?={CLOSE}))"
)
def _shifted(line: _Line, match: re.Match[str], clock: Clock) -> When | None:
    """Two years later, a week earlier, three days before."""
    i, j = line.span(match)
    amount, turn = count_of(line.words[i]), match["turn"].strip()
    if not amount:
        return None
    base = clock.last or _today(clock)
    return When(
        i, j, clock.shift(base, amount if turn in LATER else -amount, UNITS[match["unit"].strip()]), relative=True
    )


@_rule(rf"(?P<turn>(?:the )?{TURN})?(?P<month>{MONTH})(?:{YEARLY})?")
def _month(line: _Line, match: re.Match[str], clock: Clock) -> When | None:
    """June 2023, last June, that November, June of the same year, in June."""
    i, j = line.span(match)
    name, turn = match["month"][1:-1], (match["turn"] or "").strip()
    month, today = MONTHS[name], clock.today
    year = _year_told(match, clock)
    if year is not None:
        value = written(year, month)
        return When(i, j, value, value)
    if not turn and (name == "mar" or (name == "may" and line.low(i - 1) not in MONTH_BEFORE)):
        return None
    j = line.index[match.end("month")]
    j += line.low(j) == "." and len(name) < 5 and j + 1 < len(line.words)  # "Nov."
    if turn in ("that", "the same"):
        return When(i, j, written(clock.year, month), relative=True)
    if turn in ("the preceding", "the previous", "the following", "the next") and clock.last:
        value = written(_beside(clock.last, month, NEAR[turn.split()[1]]), month)
        return When(i, j, value, value, relative=True)
    past, ahead = clock.month_day(month, None)
    if today is None:
        return When(i, j, None)
    if turn == "last" and month >= today.month:
        return When(i, j, written(today.year - 1, month))
    if turn == "next":
        past = ahead = written(today.year + (month <= today.month), month)
    elif turn == "this":
        past = ahead = written(today.year, month)
    elif not turn and _told_here(line.words, i, clock):
        return When(i, j, written(clock.year, month), ahead, relative=True)
    return When(i, j, past, ahead)


def _beside(told: str, month: int, step: int) -> int:
    """The year of the month that comes before or after a date told: of a year alone, in the year before or after it."""
    year, other = int(told[:4]), int(told[5:7]) if len(told) > 4 else month
    return year if (month - other) * step > 0 else year + step


@_rule(r"(?:(?P<turn>last|next|this|past) )?\^(?P<day>\w{4,}|\w{3}(?= \.)) ")
def _weekday(line: _Line, match: re.Match[str], clock: Clock) -> When | None:
    """On Tuesday, last Tuesday, Tue."""
    if match["day"] not in WEEKDAYS:
        return None
    past, ahead = clock.weekday(WEEKDAYS[match["day"]], strict=match["turn"] in ("last", "next"))
    return When(*line.span(match), ahead if match["turn"] == "next" else past, ahead)


@_rule(rf"(?P<the>the )?(?P<turn>{TURN})(?:year|(?P<month>month)) ")
def _near(line: _Line, match: re.Match[str], clock: Clock) -> When | None:
    """Last year, this month, the following year, that year; early in 2007 goes by the year."""
    i, j = line.span(match)
    turn, determiner = match["turn"].strip(), (match["the"] or "").strip()
    if not match["month"]:
        return When(i, j, written(_turned_year(turn, determiner, clock)), relative=True)
    if clock.today is None:
        return None
    if turn in ("that", "same"):
        return When(i, j, clock.last[:7] if clock.last and len(clock.last) > 4 else None, relative=True)
    value = clock.shift(clock.last if determiner else _today(clock), NEAR[turn], "month")
    return When(i, j, value, value, relative=True)


@_rule(rf"(?:the )?(?P<turn>this|last|that) (?P<season>{_any(SEASONS)})|(?:the )?(?:last|this|next) (?:week|weekend) ")
def _season(line: _Line, match: re.Match[str], clock: Clock) -> When | None:
    """Last summer; "last week" stays open."""
    i, j = line.span(match)
    if match["turn"] == "that":
        return When(i, j, written(clock.year), relative=True)
    if clock.today is None:
        return When(i, j, None) if match["turn"] else None
    if not match["turn"]:
        return When(i, j, None, None, relative=True)
    over = clock.today.month >= (4 if match["season"] == "spring " else 9)
    return When(i, j, str(clock.today.year - (match["turn"] == "last" and not over)), relative=True)


@_rule(
    r"(?P<day>today|tonight|yesterday|tomorrow|last night|this(?= (?:morning|evening|afternoon))|midnight(?! (?:on|of) )) "
)
def _word(line: _Line, match: re.Match[str], clock: Clock) -> When | None:
    """Today, yesterday, tomorrow, at midnight."""
    i, j = line.span(match)
    if match["day"] == "midnight" and line.low(i - 1) not in ("at", "from", "by", "since"):
        return None
    step = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(match["day"], 0)
    value = str(clock.today + timedelta(step)) if clock.today else None
    return When(i, j, value, value if step >= 0 else None)


@_rule(YEAR)
def _year(line: _Line, match: re.Match[str], clock: Clock) -> When | None:
    """A year in figures; attributive where it says which instrument ("the 1990 treaty", "the agreement of 1996")."""
    i, j = line.span(match)
    if clock.today is not None and int(match[0]) > clock.today.year + AHEAD:
        return None
    before, after = line.low(i - 1), line.low(j)
    noun = line.low(i - 2).rstrip("s") in NOUNS
    attributive = (
        before == "the"
        or (before == "of" and (noun or _is_name(line.words, i - 2)))
        or (before == "from" and noun)
        or (before not in BEFORE_YEAR and (after in NOUNS or (i > 0 and after not in ("", ",", ".", ":", ")", ";"))))
    )
    value = match[0].strip()
    return When(i, j, value, value, attributive=attributive)


def _is_name(words: list[Token], i: int) -> bool:
    return i >= 0 and words[i].capital and words[i].low not in PARTS | SEASONS and words[i].low not in MONTHS


def _ranges(line: _Line, found: list[When]) -> None:
    """Between 1989 and 2000: one expression, an interval."""
    for one, two in zip(found[::-1][1:], found[::-1], strict=False):
        joined = two.i - one.j == 1 and line.low(one.j) in ("and", "to", "–", "—")
        if joined and line.low(one.i - 1) in ("between", "from") and "" < (one.past or "") < (two.past or ""):
            at = found.index(one)
            found[at : at + 2] = [When(one.i, two.j, f"{one.past}/{two.past}", f"{one.past}/{two.past}")]
