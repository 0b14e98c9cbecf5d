"""What a sentence leaves out: the same step of others ("Germany on 20 December"), and those who did not take it."""

from __future__ import annotations

from dataclasses import replace

from servanda.extraction.frames import Extraction
from servanda.extraction.grammar import NEGATOR
from servanda.extraction.lexicon import CAPITAL, NAME, ORGANISATION
from servanda.extraction.scan import Scan, groups
from servanda.extraction.when import When, precision
from servanda.extraction.words import wordlist
from servanda.model.claims import Claim

CHAMBERS = wordlist("forms.CHAMBERS")
JOINS = frozenset([",", "and", ";", "then"])
BEFORE_DAY = frozenset(["on", "in", "from", "since", "by", "as", "of"])
ENDS = frozenset([",", ".", ";", "and", ""])


def left_out(extraction: Extraction) -> None:
    """Claims told by what a sentence leaves out, from those it tells in full."""
    scan = extraction.scan
    for claim in [c for c in extraction.claims if c.modality == "done" and c.polarity == "affirmed"]:
        if claim.date and len(claim.actors) <= 1:
            _others(extraction, claim)
        if claim.event == "domestic_approval":
            _chambers(extraction, claim)
        _not_by(extraction, claim)
    if scan.hits:
        _followers(extraction)


def _day(scan: Scan, at: int) -> When | None:
    """The day told at a token, behind "on", "from" and the like, where nothing else follows it."""
    while scan.low(at) in BEFORE_DAY:
        at += 1
    when = scan.when_at(at)
    return when if when is not None and when.past and scan.low(when.j) in ENDS else None


def _verb_between(scan: Scan, i: int, j: int) -> bool:
    return any(i < h.i < j for h in scan.hits)


def _others(extraction: Extraction, claim: Claim) -> None:
    """ "France was out on 8 December, Germany on 20 December", "Denmark from 7 December, and Iceland from 7 February"."""
    scan = extraction.scan
    for actor in scan.actors:
        behind = scan.words[actor.i].start > claim.end
        if not behind or scan.low(actor.i - 1) not in JOINS or actor.role not in (NAME, CAPITAL, ORGANISATION):
            continue
        when = _day(scan, actor.j)
        if when is None or _verb_between(scan, actor.j, when.j):
            continue
        codes = extraction.context.named(actor.codes)
        extraction.claims.append(replace(claim, actors=codes, date=when.past, precision=precision(when.past)))


def _chambers(extraction: Extraction, claim: Claim) -> None:
    """ "Deputies voted for it on Monday, the upper house a day later": the other chamber's step."""
    scan = extraction.scan
    for k, low in enumerate(scan.lows):
        if low not in CHAMBERS or scan.taken[k] or scan.words[k].start < claim.end:
            continue
        begin = k
        while begin > 0 and scan.low(begin - 1) in ("the", "upper", "lower", "second", "other", "its"):
            begin -= 1
        when = _day(scan, k + 1)
        if scan.low(begin - 1) not in JOINS or when is None or _verb_between(scan, k, when.j):
            continue
        span = scan.words[begin].start, scan.words[when.j - 1].end
        told = replace(claim, start=span[0], end=span[1], date=when.past, precision=precision(when.past))
        extraction.claims.append(told)


def _not_by(extraction: Extraction, claim: Claim) -> None:
    """ "Ratified by Spain but by no Baltic state", "but not by Norway": those who did not."""
    scan = extraction.scan
    for k, low in enumerate(scan.lows):
        if low != "by" or scan.words[k].start < claim.end or scan.low(k - 1) not in ("but", "and", "though", "not"):
            continue
        if scan.low(k + 1) not in NEGATOR and scan.low(k - 1) != "not":
            continue
        near = [a for a in scan.actors if k < a.i <= k + 5]
        if not near or _verb_between(scan, k, near[0].i):
            continue
        row = next(g for g in groups(scan.actors, scan) if near[0] in g)
        codes = tuple(dict.fromkeys(c for a in row for c in extraction.context.named(a.codes)))
        absent = replace(claim, actors=codes, date=None, precision="none", polarity="negated")
        if claim.event == "domestic_approval":
            absent = replace(absent, event="decline_to_ratify", polarity="affirmed")
        extraction.claims.append(absent)


def _followers(extraction: Extraction) -> None:
    """ "A left; B followed, C later": the others took the same step."""
    scan, told = extraction.scan, extraction.claims or extraction.context.last
    at = next(
        (k for k, low in enumerate(scan.lows) if low == "followed" and scan.low(k + 1) in (",", ".", ";", "")), None
    )
    if at is None or not told or told[-1].polarity != "affirmed":
        return
    claim = told[-1]
    for actor in scan.actors:
        first = actor.j == at
        later = (
            actor.i > at
            and scan.low(actor.i - 1) in JOINS
            and scan.low(actor.j) in ("later", "soon", "too", "afterwards")
        )
        if not (first or later) or set(actor.codes) & set(claim.actors):
            continue
        span = scan.words[at if first else actor.j]
        codes = extraction.context.named(actor.codes)
        new = replace(claim, start=span.start, end=span.end, actors=codes, date=None, precision="none")
        extraction.claims.append(new)
