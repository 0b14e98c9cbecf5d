"""Plain sentences about acts: dates, names and steps as one reads them aloud."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from servanda.corpus import Actors
from servanda.model.dates import MONTHS, UncertainDate
from servanda.model.dates import long_day as long_day
from servanda.model.errors import DateError

# What a step is called after its doer's name: "Russia's notice of 9 June 2023".
STEP = {
    "sign": "signature",
    "adopt": "adoption of the text",
    "deposit": "deposit of its instrument",
    "approve": "notice of approval",
    "accede": "accession",
    "succeed": "succession",
    "provisionally_apply": "provisional application",
    "enter_into_force": "entry into force",
    "amend": "amendment",
    "propose": "proposal",
    "reject": "rejection",
    "declare": "declaration",
    "object": "objection",
    "accept": "acceptance",
    "announce": "announcement",
    "decide": "decision",
    "agree": "agreement",
    "confer": "conference",
    "note": "noted event",
    "domestic_approval": "approval at home",
    "decree": "decree",
    "suspend": "suspension",
    "resume": "resumption",
    "cease_implementation": "end of performance",
    "cease_participation": "end of participation",
    "give_notice": "notice of withdrawal",
    "withdraw": "withdrawal",
    "terminate": "termination",
    "expire": "expiry",
    "authorise_termination": "permission to terminate",
    "order_termination": "order to terminate",
    "revoke_notice": "revocation of its notice",
    "join_organisation": "membership",
    "dissolve": "dissolution",
    "decline_to_ratify": "no ratification",
    "accuse": "charge of breach",
}
# What a step is not, told where a report takes it for more.
NATURE = {
    "domestic_approval": "a step inside the state",
    "decree": "a step inside the state",
    "announce": "an announcement, which has no effect of its own",
    "declare": "a declaration, which has no effect of its own",
    "authorise_termination": "a permission, which ends nothing",
    "order_termination": "an order inside the state, which ends nothing before it is notified",
    "suspend": "a suspension; the bond remains",
    "cease_implementation": "a measure that withholds performance; the bond remains",
    "cease_participation": "an end of participation in a body; the bond remains",
    "give_notice": "a notice, not its effect",
    "provisionally_apply": "provisional application, not entry into force",
    "sign": "a signature, not entry into force or consent to be bound",
    "deposit": "a deposit by one state",
    "withdraw": "the exit of one party",
    "note": "an event noted in the record, without effect of its own",
    "adopt": "the adoption of a text",
}
_ARTICLE = re.compile(r"^(United|Soviet|Netherlands|Gambia)|(Union|Republic|Organi[sz]ation|Kingdom|States|Nations)$")


def span_words(first: date | None, last: date | None) -> str:
    """The days between which a thing lies, in words."""
    if first is None and last is None:
        return "a day not in the record"
    if first is None or last is None:
        return f"not before {long_day(first)}" if first else f"not after {long_day(last or date.max)}"
    if first == last:
        return long_day(first)
    return f"between {long_day(first)} and {long_day(last)}"


def date_words(value: UncertainDate) -> str:
    """An uncertain date as in running text: `2007-12` reads December 2007."""
    about = "about " if value.approximate else ""
    bare = value.text.rstrip("~?%")
    if value.precision == "day" and re.fullmatch(r"\d{4}-\d\d-\d\d", bare):
        return about + long_day(date.fromisoformat(bare))
    if value.precision == "month" and "/" not in bare:
        return f"{about}{MONTHS[int(bare[5:7]) - 1]} {bare[:4]}"
    if value.precision == "year" and "/" not in bare:
        return about + bare
    return span_words(value.earliest, value.latest)


def read_date(text: str | None) -> UncertainDate | None:
    """A claim's date, or None where there is none or it means nothing."""
    if not text:
        return None
    try:
        return UncertainDate.parse(text)
    except DateError:
        return None


def name(actors: Actors, code: str) -> str:
    """An actor's name, with its article where English wants one."""
    plain = code if actors.is_organisation(code) and len(code) <= 5 else actors.name(code)
    return f"the {plain}" if _ARTICLE.search(plain) else plain


def names(actors: Actors, codes: Iterable[str], most: int = 4) -> str:
    """Names joined for a sentence; long lists end in a count."""
    given = [name(actors, c) for c in dict.fromkeys(codes)]
    if len(given) > most + 1:
        given = [*given[:most], f"{len(given) - most} more"]
    if len(given) < 2:
        return "".join(given)
    return f"{', '.join(given[:-1])} and {given[-1]}"


def of(actors: Actors, codes: Iterable[str]) -> str:
    """Names as owners: `Russia's`."""
    who = names(actors, codes)
    return f"{who}'" if who.endswith("s") else f"{who}'s"


def sentence(text: str) -> str:
    """The text with a capital at its head and a stop at its end."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def meets(when: UncertainDate, days: tuple[date | None, date | None], slack: timedelta) -> bool:
    """Whether a date may be one of the days between two; a day's own ends may be `slack` off."""
    first, last = days
    begin = (when.earliest or date.min) if slack == timedelta() else shift(when.earliest or date.min, -slack)
    end = (when.latest or date.max) if slack == timedelta() else shift(when.latest or date.max, slack)
    if slack != timedelta() and when.precision in ("month", "year"):
        begin, end = when.earliest or date.min, when.latest or date.max
    return (first is None or first <= end) and (last is None or last >= begin)


def shift(day: date, by: timedelta) -> date:
    """The day so much later or earlier; the day itself where the calendar ends before."""
    try:
        return day + by
    except OverflowError:
        return day


def at(when: UncertainDate) -> str:
    """A date after the thing it dates: `of May 2023`, `between ...`."""
    told = date_words(when)
    return told if told.startswith(("between", "not ")) else f"of {told}"
