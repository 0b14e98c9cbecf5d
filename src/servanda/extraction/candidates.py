"""Which days a day without its year may be: "Tuesday, Nov 7" in a report that has no dateline.

Nothing is chosen among them. A claim keeps its date open and carries the candidates, so that a finding can say which of them the
record knows.
"""

from __future__ import annotations

from datetime import date

from servanda.extraction.scan import Scan
from servanda.extraction.when import WEEKDAYS, When, day_of, month_of, written

SPAN = (1990, 2029)  # years that are thought of
HEAD = 7  # tokens in which a report's own day stands
TODAY = frozenset("today tonight midnight".split())


def days(scan: Scan, when: When, weekday: int | None) -> tuple[str, ...]:
    """The days of SPAN that a month and day (or months that a month) may be, on a weekday (0 for Monday) where one is told beside it."""
    words = scan.words[when.i : when.j]
    month = next((m for w in words if (m := month_of(w))), None)
    day = next((d for w in words if w.low not in WEEKDAYS and (d := day_of(w))), None)
    if month is None:
        return ()
    if day is None:
        return tuple(text for y in range(SPAN[0], SPAN[1] + 1) if (text := written(y, month)))
    every = [text for y in range(SPAN[0], SPAN[1] + 1) if (text := written(y, month, day))]
    return tuple(d for d in every if weekday is None or date.fromisoformat(d).weekday() == weekday)


def weekday_near(scan: Scan, when: When) -> int | None:
    """The weekday told right before or behind a day ("Tuesday, Nov 7")."""
    for k in (*range(max(0, when.i - 2), when.i), *range(when.j, when.j + 2)):
        if scan.low(k) in WEEKDAYS:
            return WEEKDAYS[scan.low(k)]
    return None


def heading(scans: list[Scan]) -> tuple[str, ...]:
    """The days that a report without a dateline may be of: by the day at its head and the first weekday it tells.

    The words at the head date the report and no claim of it: they are taken out.
    """
    for one in scans[:2]:
        for when in one.whens:
            if when.past is None and when.i < HEAD and any(len(d) > len("2023-11") for d in days(one, when, None)):
                told = (WEEKDAYS[w] for s in scans[:3] for w in s.lows if w in WEEKDAYS)
                beside = weekday_near(one, when)
                one.whens.remove(when)
                return days(one, when, next(told, None) if beside is None else beside)
    return ()


def undated(scan: Scan, reports: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words for days of a sentence that could not be resolved, and the days they may mean; `reports` are those of its head."""
    words: list[str] = []
    found: list[str] = []
    for when in scan.whens:
        if when.past or when.ahead or when.attributive:
            continue
        told = scan.lows[when.i : when.j]
        words.append(" ".join(told))
        numbers = [WEEKDAYS[w] for w in told if w in WEEKDAYS]
        if numbers and len(told) == 1:
            found += [d for d in reports if date.fromisoformat(d).weekday() == numbers[0]]
        elif TODAY.intersection(told):
            found += reports
        else:
            found += days(scan, when, weekday_near(scan, when))
    return tuple(dict.fromkeys(words)), tuple(dict.fromkeys(found))
