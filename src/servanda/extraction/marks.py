"""How a claim stands in its sentence, where that limits what it can be held to: blame, quotation marks, a figure of speech."""

from __future__ import annotations

from servanda.extraction.grammar import BASE, BE, DO, HAVE, ING, LAW, MODAL, NEGATOR, PARTICIPLE, PAST, REFUSING, THIRD
from servanda.extraction.scan import Scan
from servanda.extraction.triggers import figures

BLAMED = "blamed"  # told as somebody's failure or refusal
QUOTED = "quoted"  # the word for it stands in quotation marks of its own
FIGURE = "figure"  # a figure of speech, which names no step
MEANS = "means"  # told by the way, as how something else came about
REASON = "reason"  # told with a reason or as a consequence
ENDING = "ending"  # a law or decree that is said to have ended the treaty
ENDED = "ended"  # an ending that a law or decree before it is said to bring
RATIFIED = "ratified"  # "ratified", which may be the vote or the deposit
ANNOUNCED = "announced"  # the words tell an announcement
EARLIER = "earlier"  # told of a time before, by "had"
PRESENT = "present"  # told in the present tense: done, or about to be, or what one does in general

QUOTE_MARKS = frozenset("\" “ ” ‘ ’ ' '' „ « »".split())
ENDINGS = frozenset("ending terminating scrapping annulling abrogating cancelling canceling quitting tearing".split())
ENDS = frozenset("end ends ended terminate terminates terminated".split())
HELPING = HAVE | BE | DO | MODAL | NEGATOR | {"to"}
RESULTS = frozenset("result consequence outcome response answer reaction product".split())
TELLING = frozenset("announced announces declared declares notified notifies proclaimed decreed".split())
NEAR = 4  # tokens before a word in which failure, refusal or a law governs it
NEXT = 9  # tokens behind a word in which a reason is told


def marks(scan: Scan, event: str, at: int, stop: int) -> tuple[str, ...]:
    """The marks of the claim whose words are tokens [at, stop)."""
    lows, before = scan.lows, scan.lows[max(0, at - NEAR) : at]
    found = []
    if event == "decline_to_ratify" and any(w in REFUSING for w in (*before, *lows[at:stop])):
        found.append(BLAMED)
    if scan.low(at - 1) in QUOTE_MARKS and scan.low(stop) in QUOTE_MARKS:
        found.append(QUOTED)
    hit = next((h for h in scan.hits if h.i == at), None)
    if hit is not None and any(o.lemma in figures() for o in hit.options):
        found.append(FIGURE)
    if hit is not None and any(o.lemma == "ratify" for o in hit.options):
        found.append(RATIFIED)
    if hit is not None and hit.form(THIRD, BASE) and not hit.form(PAST, PARTICIPLE) and scan.low(at - 1) not in HELPING:
        found.append(PRESENT)
    if "had" in scan.lows[max(0, at - NEAR) : at]:
        found.append(EARLIER)
    ing = hit is not None and hit.form(ING) is not None
    if ing and scan.low(at - 1) == "by" and "," in lows[stop:]:
        found.append(MEANS)
    if _reasoned(scan, at, stop):
        found.append(REASON)
    if event == "domestic_approval" and _said_to_end(scan, stop):
        found.append(ENDING)
    if ing and scan.low(at) in ENDINGS and any(w in LAW for w in before):
        found.append(ENDED)
    if any(w in TELLING for w in lows[at:stop]):
        found.append(ANNOUNCED)
    return tuple(found)


def _reasoned(scan: Scan, at: int, stop: int) -> bool:
    """Is it told as the result of something ("was a result of"), or as what something means ("which means it could not")?"""
    after = scan.lows[stop : stop + NEXT]
    result = any(w in RESULTS and after[k - 1] in ("a", "the", "its") for k, w in enumerate(after) if k > 1)
    means = any(scan.low(k) in ("means", "meant") and scan.low(k - 1) == "which" for k in range(max(0, at - 6), at))
    return means or (result and any(w in ("was", "is", "came") for w in after))


def _said_to_end(scan: Scan, stop: int) -> bool:
    """Is a law or decree said to have ended the treaty ("signed an edict ending the pact", not "an edict to end it")?"""
    after = scan.lows[stop : stop + NEAR + 1]
    if "to" in after[:2]:
        return False
    told = ("that", "which", "has", "had")
    return any(w in ENDINGS or (w in ENDS and after[k - 1] in told) for k, w in enumerate(after) if k or w in ENDINGS)
