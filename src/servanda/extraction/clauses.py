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


def says(scan: Scan, k: int) -> bool:
    """Is a token a reporting verb, rather than part of a name ("the United States")?"""
    return scan.low(k) in REPORTS and not scan.taken[k]


def clause_start(scan: Scan, at: int) -> int:
    """The first token of the clause that a token stands in."""
    k = at - 1
    depth = 0
    while k >= 0:
        low = scan.lows[k]
        if scan.taken[k]:
            k -= 1
            continue
        if low in ")]":
            depth += 1
        elif low in STRONG_BREAK or low in QUOTE:
            return k + 1
        elif low in SUBORDINATOR and not _lists(scan, k):
            if low in ("after", "before", "since", "until") and not _clausal(scan, k):
                k -= 1
                continue
            return k + 1
        elif (low == "," and _breaks(scan, k, at)) or (
            scan.words[k].low in CLAUSE_VERBS and k + 1 < at and _reporting(scan, k)
        ):
            return k + 1
        k -= 1
    return 0


POINTED_AT = wordlist("clauses.POINTED_AT")


def _demonstrative(scan: Scan, k: int) -> bool:
    return scan.low(k + 1) in POINTED_AT


def _lists(scan: Scan, k: int) -> bool:
    """Does an "and" join names rather than clauses?"""
    one, two = scan.actor_at(k - 1), scan.actor_at(k + 1) or scan.actor_at(k + 2)
    if one is not None and two is not None:
        done_to = any(h.j in (one.i, one.i - 1) for h in scan.hits)
        return not (done_to)  # "Norway left the alliance and Sweden joined it"
    return scan.thing_at(k - 1) is not None and scan.thing_at(k + 1) is not None


def _clausal(scan: Scan, k: int) -> bool:
    """Is a preposition-like word followed by a clause of its own (an actor and a verb) rather than a noun?"""
    for x in range(k + 1, min(len(scan.lows), k + 9)):
        low = scan.lows[x]
        if low == ",":
            return False
        if low in BE or low in MODAL:
            return True
        if any(h.i == x for h in scan.hits):
            return True
        if says(scan, x):
            return True
    return False


def _reporting(scan: Scan, k: int) -> bool:
    """A reporting verb used as one, with what is reported after it."""
    return scan.low(k - 1) not in DETERMINER


OPENS_CLAUSE = wordlist("clauses.OPENS_CLAUSE")


def _breaks(scan: Scan, k: int, at: int) -> bool:
    """Does a comma divide clauses rather than names in a list or an inserted phrase?"""
    scan.low(k + 1)
    if scan.actor_at(k - 1) is not None and scan.actor_at(k + 1) is not None:
        return False
    # an inserted phrase: ", under John Kerry," ", John Sullivan," -- the clause goes on after its second comma
    close = next((x for x in range(k + 1, min(at, k + 14)) if scan.lows[x] == "," and scan.when_at(x) is None), None)
    open_ = next(
        (x for x in range(k - 1, max(-1, k - 14), -1) if scan.lows[x] == "," and scan.when_at(x) is None), None
    )
    if close is not None:
        return False
    begun = open_ is not None and any(h.i == open_ + 1 for h in scan.hits)
    if open_ is not None and not begun and not verbal(scan, open_ + 1, k):
        return False
    if verbal(scan, clause_left(scan, k), k):
        return True
    return any(a.i > k and a.i < at for a in scan.actors) or scan.low(k + 1) in PRONOUN or scan.low(k + 1) in DETERMINER


def clause_left(scan: Scan, k: int) -> int:
    """The token after the last strong mark before `k`."""
    while k > 0 and scan.lows[k - 1] not in STRONG_BREAK:
        k -= 1
    return k


def verbal(scan: Scan, i: int, j: int) -> bool:
    """Does a verb stand among tokens [i, j), a reporting verb or trigger at their head aside?"""
    return any(scan.lows[x] in BE or scan.lows[x] in MODAL or (says(scan, x)) for x in range(i, j)) or any(
        i < h.i < j and h.form(PAST, THIRD) for h in scan.hits
    )


ENDS_CLAUSE = wordlist("clauses.ENDS_CLAUSE")


AFTER_COMMA = wordlist("clauses.AFTER_COMMA")


def clause_end(scan: Scan, at: int) -> int:
    """The token after the last one of the clause that begins at or before `at`."""
    for k in range(at, len(scan.lows)):
        low = scan.lows[k]
        if (
            low in STRONG_BREAK
            or (low in ENDS_CLAUSE)
            or (low == "and" and _joins_clauses(scan, k))
            or (low == "," and scan.low(k + 1) in AFTER_COMMA)
        ):
            return k
    return len(scan.lows)


NEXT_VERB = wordlist("clauses.NEXT_VERB")


def _joins_clauses(scan: Scan, k: int) -> bool:
    return _clausal(scan, k)


def finite(scan: Scan, begin: int, end: int) -> bool:
    """Does a finite verb group stand among tokens [begin, end): is, has, will, or a trigger in the past or third person?"""
    return any(scan.lows[x] in BE or scan.lows[x] in HAVE or scan.lows[x] in MODAL for x in range(begin, end))
