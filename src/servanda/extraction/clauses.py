"""Where clauses begin and end.

There is no parser here: English news marks clauses with a small set of words and commas. Where those do not decide, the
clause runs on, and the extraction goes on with less confidence.
"""

from __future__ import annotations

from servanda.extraction.grammar import (
    BE,
    DETERMINER,
    DO,
    HAVE,
    INSTITUTION,
    MODAL,
    PARTICIPLE,
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
        elif low in "([":
            if not depth:
                return k + 1
            depth -= 1
        elif depth:
            pass
        elif low in STRONG_BREAK or low in QUOTE:
            return k + 1
        elif low in SUBORDINATOR and not _lists(scan, k):
            if low in ("as", "than", "so", "or", "nor") and not _clausal(scan, k):
                k -= 1
                continue
            if low in ("after", "before", "since", "until") and not _clausal(scan, k):
                k -= 1
                continue
            if low == "that" and _demonstrative(scan, k):
                k -= 1
                continue
            return k + 1
        elif (low == "," and _breaks(scan, k, at)) or (
            scan.words[k].low in CLAUSE_VERBS and not scan.taken[k] and k + 1 < at and _reporting(scan, k)
        ):
            return k + 1
        k -= 1
    return 0


POINTED_AT = frozenset("year month day november july treaty pact accord notice march june step time country".split())


def _demonstrative(scan: Scan, k: int) -> bool:
    return scan.low(k + 1) in POINTED_AT


def _lists(scan: Scan, k: int) -> bool:
    """Does an "and" join names rather than clauses?"""
    if scan.lows[k] not in ("and", "or", "nor"):
        return False
    one, two = scan.actor_at(k - 1), scan.actor_at(k + 1) or scan.actor_at(k + 2)
    if one is not None and two is not None:
        done_to = any(h.j in (one.i, one.i - 1) and h.form(PAST, THIRD) for h in scan.hits)
        does = any(h.i == two.j and h.form(PAST, THIRD) for h in scan.hits)
        return not (done_to and does)  # "Norway left the alliance and Sweden joined it"
    if scan.low(k - 1) in INSTITUTION and scan.low(k + 1) in INSTITUTION | DETERMINER:
        return True
    return scan.thing_at(k - 1) is not None and scan.thing_at(k + 1) is not None


def _clausal(scan: Scan, k: int) -> bool:
    """Is a preposition-like word followed by a clause of its own (an actor and a verb) rather than a noun?"""
    for x in range(k + 1, min(len(scan.lows), k + 9)):
        low = scan.lows[x]
        if low == "," or low in STRONG_BREAK:
            return False
        if low in BE or low in HAVE or low in MODAL or low in DO:
            return True
        if any(h.i == x and h.form(PAST, THIRD) for h in scan.hits) and x > k + 1:
            return True
        if says(scan, x) and x > k + 1:
            return True
    return False


def _reporting(scan: Scan, k: int) -> bool:
    """A reporting verb used as one, with what is reported after it."""
    return scan.low(k + 1) not in ("by", "of", ",") and scan.low(k - 1) not in DETERMINER


OPENS_CLAUSE = frozenset("which who whom whose when where while although because but if so though".split())


def _breaks(scan: Scan, k: int, at: int) -> bool:
    """Does a comma divide clauses rather than names in a list or an inserted phrase?"""
    after = scan.low(k + 1)
    if after in OPENS_CLAUSE:
        return True
    if scan.actor_at(k - 1) is not None and scan.actor_at(k + 1) is not None and after != "the":
        return False
    if after == "and":
        return scan.actor_at(k + 2) is None or _clausal(scan, k + 1)
    # an inserted phrase: ", under John Kerry," ", John Sullivan," -- the clause goes on after its second comma
    close = next((x for x in range(k + 1, min(at, k + 14)) if scan.lows[x] == "," and scan.when_at(x) is None), None)
    open_ = next(
        (x for x in range(k - 1, max(-1, k - 14), -1) if scan.lows[x] == "," and scan.when_at(x) is None), None
    )
    if close is not None and close < at:
        return False
    begun = open_ is not None and any(h.i == open_ + 1 and h.form(PAST, THIRD) for h in scan.hits)
    if open_ is not None and not begun and not verbal(scan, open_ + 1, k):
        return False
    if verbal(scan, 0, k) or verbal(scan, clause_left(scan, k), k):
        return True
    return any(a.i > k and a.i < at for a in scan.actors) or scan.low(k + 1) in PRONOUN or scan.low(k + 1) in DETERMINER


def clause_left(scan: Scan, k: int) -> int:
    """The token after the last strong mark before `k`."""
    while k > 0 and scan.lows[k - 1] not in STRONG_BREAK:
        k -= 1
    return k


def verbal(scan: Scan, i: int, j: int) -> bool:
    """Does a verb stand among tokens [i, j), a reporting verb or trigger at their head aside?"""
    return any(
        scan.lows[x] in BE or scan.lows[x] in HAVE or scan.lows[x] in MODAL or (says(scan, x) and x > i)
        for x in range(i, j)
    ) or any(i < h.i < j and h.form(PAST, THIRD) for h in scan.hits)


ENDS_CLAUSE = frozenset("which who because although while but whose though when if unless".split())


AFTER_COMMA = frozenset("and but said according a an the he she it which who".split())


def clause_end(scan: Scan, at: int) -> int:
    """The token after the last one of the clause that begins at or before `at`."""
    depth = 0
    for k in range(at, len(scan.lows)):
        low = scan.lows[k]
        if low == "(":
            depth += 1
        elif low == ")":
            if not depth:
                return k
            depth -= 1
        elif depth:
            continue
        elif (
            low in STRONG_BREAK
            or (low in QUOTE and k > at + 1)
            or (low in ENDS_CLAUSE and k > at)
            or (low == "and" and k > at and _joins_clauses(scan, k))
        ):
            return k
        elif low == "," and scan.low(k + 1) in AFTER_COMMA and k > at:
            if scan.low(k + 1) == "and" and not _joins_clauses(scan, k + 1):
                continue
            return k
    return len(scan.lows)


NEXT_VERB = frozenset("said is was has had will would".split())


def _joins_clauses(scan: Scan, k: int) -> bool:
    if scan.low(k + 1) in NEXT_VERB or says(scan, k + 1):
        return True
    if any(h.i in (k + 1, k + 2, k + 3) and h.form(PAST, THIRD, PARTICIPLE) and not scan.taken[h.i] for h in scan.hits):
        return True
    return not _lists(scan, k) and _clausal(scan, k)


def finite(scan: Scan, begin: int, end: int) -> bool:
    """Does a finite verb group stand among tokens [begin, end): is, has, will, or a trigger in the past or third person?"""
    return any(scan.lows[x] in BE or scan.lows[x] in HAVE or scan.lows[x] in MODAL for x in range(begin, end)) or any(
        begin <= h.i < end and h.form(PAST, THIRD) for h in scan.hits
    )
