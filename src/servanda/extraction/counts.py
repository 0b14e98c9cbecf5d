"""Numbers a text gives beside an event: "signed by 22 states", "eleven accords", so that they can be checked too."""

from __future__ import annotations

from dataclasses import replace

from servanda.extraction.clauses import clause_end, clause_start
from servanda.extraction.scan import Scan
from servanda.extraction.when import NUMBERS
from servanda.extraction.words import wordlist
from servanda.model.claims import Claim, Count

# what is counted, by the word under which it is told
COUNTED = {
    noun: told
    for told, nouns in {
        "states": "states nations governments powers",
        "countries": "countries",
        "members": "members allies",
        "parties": "parties",
        "signatories": "signatories",
        "accords": "accords agreements pacts deals papers",
        "treaties": "treaties",
        "ratifications": "ratifications deposits",
    }.items()
    for noun in nouns.split()
}
BETWEEN = 4  # words that may stand between a number and what it counts ("eleven ministry-level military accords")
REACH = 9  # words between a number and the event it belongs to
TENS = wordlist("counts.TENS")
ROUGH = wordlist("counts.ROUGH")


def _number(scan: Scan, k: int) -> tuple[int, int] | None:
    """The number written at token `k` and the index after it; None for none, and for one told roughly."""
    token = scan.words[k]
    value = token.number if token.number is not None else NUMBERS.get(token.low)
    if value is None or scan.when_at(k) is not None:
        return None
    end = k + 1
    if 0 < NUMBERS.get(scan.low(end), 0) < 10:
        value, end = value + NUMBERS[scan.low(end)], end + 1
    if value < 2:
        return None
    if scan.low(k - 1) in TENS or scan.low(k - 1) in ROUGH or scan.low(end) in ROUGH:
        return None
    return value, end


def counted(scan: Scan) -> list[tuple[int, Count]]:
    """Numbers of states, members, accords in a sentence, each with the token it begins at."""
    found: list[tuple[int, Count]] = []
    for k in range(len(scan.words)):
        number = _number(scan, k)
        if number is None:
            continue
        value, begin = number
        for x in range(begin, min(len(scan.words), begin + 1 + BETWEEN)):
            low = scan.lows[x]
            if not low.isalpha():
                break
            noun = COUNTED.get(low, "")
            if noun and not scan.taken[x]:
                found.append((k, Count(value=value, of=noun, start=scan.words[k].start, end=scan.words[x].end)))
                break
    return found


def _of_some(scan: Scan, k: int) -> bool:
    """Are those counted a part ("sixteen of the 30 members", "16 states of one side and six of the other"), or pointed at?"""
    behind = range(k + 1, min(len(scan.words), k + 1 + REACH))
    summed = any(
        scan.lows[x] == "and" and scan.low(x + 2) == "of" and _number(scan, x + 1)
        for x in behind
        if x + 2 < len(scan.words)
    )
    before = scan.low(k - 1) == "and" and scan.low(k + 1) == "of"
    return summed or before or scan.low(k - 3) in NUMBERS or scan.low(k - 1) in ("of", "these", "those")


def with_counts(scan: Scan, claims: list[Claim]) -> list[Claim]:
    """The claims of a sentence, each number given to the claim in whose clause it stands.

    A number that may belong to something else is given to none: a wrong count would be held against the claim.
    """
    at = {t.start: i for i, t in enumerate(scan.words)}
    kept = list(claims)
    for k, count in counted(scan):
        if _of_some(scan, k):
            continue
        begin, end = clause_start(scan, k), clause_end(scan, k)
        for n, claim in enumerate(kept):
            i = at.get(claim.start, -1)
            if begin <= i < end and abs(i - k) <= REACH:
                kept[n] = replace(claim, counts=(*claim.counts, count))
    return kept
