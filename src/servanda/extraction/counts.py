"""Numbers a text gives beside an event: "signed by 22 states", "eleven accords", so that they can be checked too."""

from __future__ import annotations

from dataclasses import replace

from servanda.extraction.clauses import clause_end, clause_start
from servanda.extraction.lexicon import ORGANISATION
from servanda.extraction.scan import Scan
from servanda.extraction.when import NUMBERS
from servanda.extraction.words import wordlist
from servanda.model.claims import Claim, Count

# what is counted, and the word under which it is told
COUNTED = {
    "state": "states", "country": "countries", "nation": "states", "government": "states", "power": "states",
    "member": "members", "ally": "members", "party": "parties", "signatory": "signatories",
    "accord": "accords", "agreement": "accords", "pact": "accords", "deal": "accords", "paper": "accords",
    "treaty": "treaties", "ratification": "ratifications", "deposit": "ratifications",
}  # fmt: skip
PLURAL = {
    "countries": "country",
    "allies": "ally",
    "parties": "party",
    "signatories": "signatory",
    "treaties": "treaty",
}
BETWEEN = 4  # words that may stand between a number and what it counts ("eleven ministry-level military accords")
REACH = 9  # words between a number and the event it belongs to
TENS = wordlist("counts.TENS")
PART = wordlist("counts.PART")  # "most of the 30 states"
VAGUE = wordlist("counts.VAGUE")
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
            noun = PLURAL.get(low) or (low[:-1] if low.endswith("s") else "")
            if noun in COUNTED and not scan.taken[x]:
                found.append(
                    (k, Count(value=value, of=COUNTED[noun], start=scan.words[k].start, end=scan.words[x].end))
                )
                break
    return found


def _of_some(scan: Scan, k: int, count: Count) -> bool:
    """Are those counted the members of an organisation ("sixteen members of NATO") rather than all that acted?"""
    noun = next((x for x in range(k, len(scan.words)) if scan.words[x].end == count.end), k)
    near = [a for a in scan.actors if (noun < a.i <= noun + 3)]
    near = [a for a in near if a.role == ORGANISATION]
    part = scan.low(k - 3) in NUMBERS
    return part or scan.low(k - 1) in ("of", "these", "those")


def with_counts(scan: Scan, claims: list[Claim]) -> list[Claim]:
    """The claims of a sentence, each number given to the claim in whose clause it stands.

    A number that may belong to something else is given to none: a wrong count would be held against the claim.
    """
    at = {t.start: i for i, t in enumerate(scan.words)}
    kept = list(claims)
    for k, count in counted(scan):
        begin = clause_start(scan, k)
        end = clause_end(scan, k)
        for n, claim in enumerate(kept):
            i = at.get(claim.start, -1)
            if not (begin <= i < end) or abs(i - k) > REACH or (_of_some(scan, k, count)):
                continue
            kept[n] = replace(claim, counts=(*claim.counts, count))
    return kept
