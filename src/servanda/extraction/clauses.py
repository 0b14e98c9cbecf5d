"""Where clauses begin and end.

There is no parser here: English news marks clauses with a small set of words and commas. Where those do not decide, the
clause runs on, and the extraction goes on with less confidence.
"""

from __future__ import annotations

from servanda.extraction.grammar import (
    BE,
    DETERMINER,
    HAVE,
    MODAL,
    PAST,
    PRONOUN,
    QUOTE,
    REPORTS,
    STRONG_BREAK,
    SUBORDINATOR,
    THIRD,
    URGES,
)
from servanda.extraction.scan import Scan
from servanda.extraction.words import wordlist

CLAUSE_VERBS = frozenset(REPORTS) | frozenset(URGES)
TEMPORAL = frozenset(["after", "before", "since", "until"])  # open a clause or only a phrase
ENDS_CLAUSE = wordlist("clauses.ENDS_CLAUSE")
AFTER_COMMA = wordlist("clauses.AFTER_COMMA")
INSERTED = 14  # tokens: a longer stretch between commas is no inserted phrase


def says(scan: Scan, k: int) -> bool:
    """Is a token a reporting verb, rather than part of a name ("the United States")?"""
    return scan.low(k) in REPORTS and not scan.taken[k]


def clause_start(scan: Scan, at: int) -> int:
    """The first token of the clause that a token stands in."""
    for k in range(at - 1, -1, -1):
        low = scan.lows[k]
        if scan.taken[k] or low in (")", "]"):
            continue
        if low in STRONG_BREAK or low in QUOTE:
            return k + 1
        if low in SUBORDINATOR:
            if not _lists(scan, k) and (low not in TEMPORAL or _clausal(scan, k)):
                return k + 1
        elif (low == "," and _breaks(scan, k, at)) or (
            low in CLAUSE_VERBS and k + 1 < at and scan.low(k - 1) not in DETERMINER
        ):
            return k + 1
    return 0


def _lists(scan: Scan, k: int) -> bool:
    """Does an "and" join names rather than clauses?"""
    one, two = scan.actor_at(k - 1), scan.actor_at(k + 1) or scan.actor_at(k + 2)
    if one is not None and two is not None:
        return not any(h.j in (one.i, one.i - 1) for h in scan.hits)  # "Norway left the alliance and Sweden joined it"
    return scan.thing_at(k - 1) is not None and scan.thing_at(k + 1) is not None


def _clausal(scan: Scan, k: int) -> bool:
    """Is a preposition-like word followed by a clause of its own (an actor and a verb) rather than a noun?"""
    for x in range(k + 1, min(len(scan.lows), k + 9)):
        low = scan.lows[x]
        if low == ",":
            return False
        if low in BE or low in MODAL or says(scan, x) or any(h.i == x for h in scan.hits):
            return True
    return False


def _breaks(scan: Scan, k: int, at: int) -> bool:
    """Does a comma divide clauses rather than names in a list or an inserted phrase?"""
    if scan.actor_at(k - 1) is not None and scan.actor_at(k + 1) is not None:
        return False
    # an inserted phrase: ", under John Kerry," ", John Sullivan," -- the clause goes on after its second comma
    if _comma(scan, range(k + 1, min(at, k + INSERTED))) is not None:
        return False
    opened = _comma(scan, range(k - 1, max(-1, k - INSERTED), -1))
    if opened is not None and not any(h.i == opened + 1 for h in scan.hits) and not verbal(scan, opened + 1, k):
        return False
    if verbal(scan, clause_left(scan, k), k):
        return True
    return any(k < a.i < at for a in scan.actors) or scan.low(k + 1) in PRONOUN or scan.low(k + 1) in DETERMINER


def _comma(scan: Scan, places: range) -> int | None:
    """The first comma of some places that stands inside no date."""
    return next((x for x in places if scan.lows[x] == "," and scan.when_at(x) is None), None)


def clause_left(scan: Scan, k: int) -> int:
    """The token after the last strong mark before `k`."""
    while k > 0 and scan.lows[k - 1] not in STRONG_BREAK:
        k -= 1
    return k


def verbal(scan: Scan, i: int, j: int) -> bool:
    """Does a verb stand among tokens [i, j), a reporting verb or trigger at their head aside?"""
    return any(scan.lows[x] in BE or scan.lows[x] in MODAL or says(scan, x) for x in range(i, j)) or any(
        i < h.i < j and h.form(PAST, THIRD) for h in scan.hits
    )


def clause_end(scan: Scan, at: int) -> int:
    """The token after the last one of the clause that begins at or before `at`."""
    for k in range(at, len(scan.lows)):
        low = scan.lows[k]
        if (
            low in STRONG_BREAK
            or low in ENDS_CLAUSE
            or (low == "and" and _clausal(scan, k))
            or (low == "," and scan.low(k + 1) in AFTER_COMMA)
        ):
            return k
    return len(scan.lows)


def finite(scan: Scan, begin: int, end: int) -> bool:
    """Does a finite verb group stand among tokens [begin, end): is, has, will?"""
    return any(scan.lows[x] in BE | HAVE | MODAL for x in range(begin, end))
