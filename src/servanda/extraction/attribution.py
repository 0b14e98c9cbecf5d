"""Through whom a claim came: author, outlet, agency, ministry, person, in that order, each with its name as printed.

The words that attribute are those of the sentence outside what is reported, and those behind "citing" or "told".
"""

from __future__ import annotations

from servanda.extraction.grammar import DETERMINER
from servanda.extraction.lexicon import ADJECTIVE, NAME, PERSON
from servanda.extraction.reports import Report
from servanda.extraction.scan import Scan
from servanda.extraction.words import wordlist
from servanda.model.claims import AUTHOR, OTHER, Claim, Voice

AGENCIES = wordlist("attribution.AGENCIES")  # by name
AGENCY = wordlist("attribution.AGENCY")
OUTLET = wordlist("attribution.OUTLET")
BODY = wordlist("attribution.BODY")
HOLDER = wordlist("attribution.HOLDER")  # an office or calling somebody is known by
LED = wordlist("attribution.LED")  # words that stand before a body or office and tell which
CITING = wordlist("attribution.CITING")
ORDER = ("author", "outlet", "agency", "state", "ministry", "person")
REACH = 7  # tokens behind "citing" in which a source is named
WRITER = Voice("author", AUTHOR, AUTHOR)


def voices(scan: Scan, claim: Claim, at: int, told: list[Report]) -> tuple[Voice, ...]:
    """Those a claim came through, the author first and who vouches for it last. `at` is the claim's token."""
    if claim.speaker == AUTHOR:
        return (WRITER,)
    inside = [r for r in told if r.begin <= at < r.end]
    report = max(inside, key=lambda r: (r.begin, r.at)) if inside else None
    region = set(range(len(scan.lows)))
    if report is not None:
        comma = next((x for x in range(report.at - 1, -1, -1) if scan.lows[x] == ","), report.at)
        region -= set(range(report.begin, report.end)) - _cited(scan) - set(range(comma, report.at))
    found = [v for k in sorted(region) if (v := _voice(scan, k, region, claim.speaker)) is not None]
    found = list(dict.fromkeys(found))
    if claim.speaker != OTHER and not any(v.code == claim.speaker for v in found):
        found.append(Voice("state", _called(scan, claim.speaker, region), claim.speaker))
    found.sort(key=lambda v: ORDER.index(v.kind))
    return (WRITER, *(found or [Voice("person", OTHER, OTHER)]))


def codes(chain: tuple[Voice, ...]) -> tuple[str, ...]:
    """The codes of a chain, each once in a row."""
    found: list[str] = []
    for voice in chain:
        if not found or found[-1] != voice.code:
            found.append(voice.code)
    return tuple(found)


def _cited(scan: Scan) -> set[int]:
    """Tokens behind "citing", "told", "according to": sources named inside what is reported."""
    return {x for k, low in enumerate(scan.lows) if low in CITING for x in range(k + 1, k + 1 + REACH)}


def _voice(scan: Scan, k: int, region: set[int], speaker: str) -> Voice | None:
    """The voice named at a token, if one is."""
    low, raw = scan.lows[k], scan.words[k].raw
    official = speaker if speaker != OTHER else OTHER
    if low in AGENCIES and raw[:1].isupper():
        return Voice("agency", raw, OTHER)
    if low in AGENCY or low in OUTLET:
        near = range(max(0, k - 3), min(len(scan.lows), k + 3))
        if any(scan.lows[x] in AGENCIES and scan.words[x].capital for x in near):
            return None  # "the TASS news agency" is told by its name
        return Voice("agency" if low in AGENCY else "outlet", _phrase(scan, k), OTHER)
    actor = next((a for a in scan.actors if a.i == k), None)
    if actor is not None and actor.role == PERSON:
        begin = k
        while (
            begin > 0 and scan.words[begin - 1].capital and scan.lows[begin - 1] not in HOLDER and begin - 1 in region
        ):
            begin -= 1
        name = " ".join(w.raw for w in scan.words[begin : actor.j])
        return Voice("person", name, actor.codes[0] if actor.codes[0] == speaker else official)
    if actor is not None and actor.role == "body" and actor.codes[0] == speaker:
        return Voice("ministry", " ".join(w.raw for w in scan.words[actor.i : actor.j]), speaker)
    if low in BODY:
        return Voice("ministry", _phrase(scan, k), official)
    named = any(a.role == PERSON and 0 < a.i - k < 4 for a in scan.actors)
    if low in HOLDER and not named and scan.low(k + 1) not in BODY:
        return Voice("person", _phrase(scan, k), official)
    return None


def _phrase(scan: Scan, k: int) -> str:
    """A body or office with the words before it that tell which ("foreign ministry")."""
    begin = k
    while begin > 0 and (scan.lows[begin - 1] in LED or (scan.words[begin - 1].capital and begin > 1)):
        if scan.lows[begin - 1] in DETERMINER or scan.actor_at(begin - 1) is not None:
            break
        begin -= 1
    return " ".join(w.raw for w in scan.words[begin : k + 1])


def _called(scan: Scan, code: str, region: set[int]) -> str:
    """What the text calls a state that speaks: its name or capital."""
    near = [a for a in scan.actors if a.i in region and code in a.codes and a.role in (NAME, ADJECTIVE, "capital")]
    return " ".join(w.raw for w in scan.words[near[0].i : near[0].j]) if near else code
