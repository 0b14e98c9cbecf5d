"""A user's register of reductions, checked row by row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from servanda.corpus.files import Raw, read_csv
from servanda.model.errors import DataError, Fault
from servanda.model.numbers import whole_number
from servanda.verification.reduction import Entry

NEEDED = ("party", "category", "method", "items")
DAYS = ("notified", "began", "ended", "completed", "evidence", "doubt", "resolved", "finished")
WORDS = ("type", "mark", "site")
MOST_ROWS = 1_000_000
MOST_ITEMS = 1_000_000


def read_register(path: Path) -> tuple[Entry, ...]:
    """Rows `party, category, method, items` and `type, mark, site`, with days `notified` to `finished`.

    DataError with every fault at its row and column: an empty cell, a day that is none, an end before its beginning.
    """
    raws = read_csv(path, path.name)
    if not raws:
        raise DataError([Fault(file=path.name, message="holds no rows", remedy=f"columns: {', '.join(NEEDED)}")])
    if len(raws) > MOST_ROWS:
        raise DataError([Fault(file=path.name, message=f"has more than {MOST_ROWS:,} rows", remedy="split it")])
    faults: list[Fault] = []
    found = [entry for raw in raws if (entry := _entry(raw, faults)) is not None]
    if faults:
        raise DataError(faults)
    return tuple(found)


def _entry(raw: Raw, faults: list[Fault]) -> Entry | None:
    def say(column: str, message: str, remedy: str) -> None:
        faults.append(Fault(file=raw.file, line=raw.line, column=column, message=message, remedy=remedy))

    before = len(faults)
    for column in raw.value:
        if column not in (*NEEDED, *WORDS, *DAYS):
            say(column, f"column {column!r} is not known", f"columns: {', '.join((*NEEDED, *WORDS, *DAYS))}")
    for column in NEEDED:
        if column not in raw.value:
            say(column, f"{column} is empty", "fill it in")
    items = 0
    if "items" in raw.value:
        text = str(raw.value["items"])
        items = whole_number(text) or 0
        if not 1 <= items <= MOST_ITEMS:
            say("items", f"{text!r} is not a number of items", f"give a whole number from 1 to {MOST_ITEMS:,}")
    days = {c: _day(raw, c, faults) for c in DAYS}
    for first, second in (("began", "ended"), ("ended", "completed"), ("doubt", "resolved")):
        one, two = days[first], days[second]
        if one is not None and two is not None and two < one:
            say(second, f"{second} {two} lies before {first} {one}", "check both days")
    if len(faults) > before:
        return None
    text_of = {c: None if raw.value.get(c) is None else str(raw.value[c]) for c in WORDS}
    return Entry(
        party=str(raw.value["party"]).upper(),
        category=str(raw.value["category"]),
        method=str(raw.value["method"]),
        items=items,
        type=text_of["type"],
        mark=text_of["mark"],
        site=text_of["site"],
        notified=days["notified"],
        began=days["began"],
        ended=days["ended"],
        completed=days["completed"],
        evidence=days["evidence"],
        doubt=days["doubt"],
        resolved=days["resolved"],
        finished=days["finished"],
        line=raw.line,
    )


def _day(raw: Raw, column: str, faults: list[Fault]) -> date | None:
    text = raw.value.get(column)
    if text is None:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        message = f"{text!r} is not a day"
        faults.append(Fault(file=raw.file, line=raw.line, column=column, message=message, remedy="write YYYY-MM-DD"))
        return None
