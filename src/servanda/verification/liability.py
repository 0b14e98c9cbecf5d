"""A liability revised by later notices: a fall counts only with a matching rise elsewhere in the group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from servanda.corpus.files import Raw, read_csv
from servanda.model.errors import DataError, Fault
from servanda.verification.reduction import Finding

NEEDED = ("party", "category", "notified", "what", "change")
MOST_ROWS = 100_000
MOST_ITEMS = 1_000_000

Key = tuple[str, str]
Bounds = tuple[int | None, int | None]


class Revised(StrEnum):
    """What a notice revises."""

    LIABILITY = "liability"
    HOLDINGS = "holdings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notified change of a party's liability or of its holdings in a category, in items; a fall is negative."""

    party: str
    category: str
    notified: date
    what: Revised
    change: int
    line: int | None = None


def revised(
    liabilities: Mapping[Key, Bounds],
    notices: Iterable[Notice],
    *,
    on: date,
    group_of: Mapping[str, str],
    cite: str | None,
) -> tuple[dict[Key, Bounds], tuple[Finding, ...]]:
    """Liabilities with the notices up to a day, and falls that nothing matched, which are left out.

    A rise of liability counts at once. A fall has to be preceded or accompanied by rises of holdings or liability, of the
    same size together, in the same category and group; each rise matches once. Notices of one day accompany each other.
    """
    found = dict(liabilities)
    spare: dict[Key, int] = {}
    findings = []
    known = [n for n in notices if n.notified <= on]
    for notice in sorted(known, key=lambda n: (n.notified, n.change < 0, n.line or 0)):
        key = (notice.party, notice.category)
        shared = (group_of.get(notice.party, notice.party), notice.category)
        if notice.change >= 0:
            spare[shared] = spare.get(shared, 0) + notice.change
        elif notice.what is Revised.LIABILITY:
            needed, left = -notice.change, spare.get(shared, 0)
            if left < needed:
                words = f"the liability falls by {needed:,}, and rises of {left:,} in its group are there to match it"
                findings.append(
                    Finding(
                        party=notice.party,
                        cite=cite or "",
                        statement=words,
                        line=notice.line,
                        bars=True,
                        remedy="notify the rise of another state's holdings or liability first, or with it",
                    )
                )
                continue
            spare[shared] = left - needed
        if notice.what is Revised.LIABILITY:
            low, high = found.get(key, (None, None))
            found[key] = (
                None if low is None else max(0, low + notice.change),
                None if high is None else max(0, high + notice.change),
            )
    return found, tuple(findings)


def read_notices(path: Path) -> tuple[Notice, ...]:
    """Rows `party, category, notified, what, change`; DataError with every fault at its row and column."""
    raws = read_csv(path, path.name)
    if not raws:
        raise DataError([Fault(file=path.name, message="holds no rows", remedy=f"columns: {', '.join(NEEDED)}")])
    if len(raws) > MOST_ROWS:
        raise DataError([Fault(file=path.name, message=f"has more than {MOST_ROWS:,} rows", remedy="split it")])
    faults: list[Fault] = []
    found = [n for raw in raws if (n := _notice(raw, faults)) is not None]
    if faults:
        raise DataError(faults)
    return tuple(found)


def _notice(raw: Raw, faults: list[Fault]) -> Notice | None:
    def say(column: str, message: str, remedy: str) -> None:
        faults.append(Fault(file=raw.file, line=raw.line, column=column, message=message, remedy=remedy))

    missing = [c for c in NEEDED if c not in raw.value]
    for column in missing:
        say(column, f"{column} is empty", "fill it in")
    if missing:
        return None
    text = {c: str(raw.value[c]) for c in NEEDED}
    before = len(faults)
    day, change = date.min, 0
    try:
        day = date.fromisoformat(text["notified"])
    except ValueError:
        say("notified", f"{text['notified']!r} is not a day", "write YYYY-MM-DD")
    try:
        change = int(text["change"])
    except ValueError:
        say("change", f"{text['change']!r} is not a number of items", "write a whole number, with - for a fall")
    if not -MOST_ITEMS <= change <= MOST_ITEMS:
        say("change", f"{change} is out of range", f"give at most {MOST_ITEMS:,} either way")
    if text["what"] not in [w.value for w in Revised]:
        say("what", f"{text['what']!r} is not known", f"words: {', '.join(w.value for w in Revised)}")
    if len(faults) > before:
        return None
    return Notice(
        party=text["party"].upper(),
        category=text["category"],
        notified=day,
        what=Revised(text["what"]),
        change=change,
        line=raw.line,
    )
