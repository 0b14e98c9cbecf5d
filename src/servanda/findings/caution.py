"""When a finding may stand: a report is called wrong, or borne out, only where nothing else can be meant.

`contradicted` needs an instrument and doers that the text names, no law or other instrument the act may have been done to, an
act told as done, and a record that is complete for acts of the kind. `supported` needs the same step of the same instrument, and
any day the text gives beside it must agree. What falls short is `imprecise` where the record has acts to show, else `unknown`,
and says why.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from servanda.findings import words
from servanda.findings.matching import Ruling
from servanda.findings.steps import CONTRADICTED, IMPRECISE, ONE_BY_ONE, SUPPORTED, UNKNOWN
from servanda.model.claims import Claim

# Steps that states take without telling a depositary: the record of them is never complete.
UNCOUNTED = ("domestic_approval", "declare", "object", "reject", "propose", "amend", "resume", "cease_implementation")
OPEN = (None, "*")


def cautious(claim: Claim, ruling: Ruling) -> Ruling:
    """The ruling, or a weaker one with the reason where the claim or the record is not sure enough for it."""
    doubts: tuple[str, ...] = ()
    if ruling.finding == CONTRADICTED:
        doubts = _against_contradiction(claim)
    elif ruling.finding == SUPPORTED:
        doubts = _against_support(claim, ruling)
    if not doubts:
        return ruling
    finding = IMPRECISE if ruling.facts and claim.instrument not in OPEN else UNKNOWN
    return replace(ruling, finding=finding, why=f"{ruling.why}; not {ruling.finding}, because {' and '.join(doubts)}")


def _against_contradiction(claim: Claim) -> tuple[str, ...]:
    doubts = []
    evidence = claim.evidence
    if claim.modality != "done":
        doubts.append(f"the text tells it as {claim.modality.replace('_', ' ')}, not as done")
    if claim.instrument in OPEN or evidence.instrument == "referred":
        doubts.append("the text does not name the instrument there")
    if claim.actors and evidence.actors == "referred":
        doubts.append("the text does not name who did it there")
    if not claim.actors and claim.event in ONE_BY_ONE:
        doubts.append("the text does not say who did it")
    if evidence.rivals:
        doubts.append(f"the text may mean another thing ({', '.join(evidence.rivals[:3])})")
    if claim.event in UNCOUNTED and claim.polarity == "affirmed":
        doubts.append("the record of such steps is not complete")
    return tuple(doubts)


def _against_support(claim: Claim, ruling: Ruling) -> tuple[str, ...]:
    days = {f.done for f in ruling.facts}
    if claim.instrument in OPEN and len(days) > 1:
        return ("the acts found are of different days and instruments, and the text names none",)
    if claim.modality == "planned" and not claim.actors and claim.event in ONE_BY_ONE:
        return ("the text does not say who plans it",)
    if claim.modality != "done" or claim.polarity == "negated" or claim.date is not None or not ruling.facts:
        return ()
    told = [
        w for d in claim.evidence.dates if (w := words.read_date(d)) is not None and w.precision in ("day", "month")
    ]
    spans = [s for f in ruling.facts for s in (f.done, f.effect) if s is not None]
    if told and not any(words.meets(w, s, timedelta()) for w in told for s in spans):
        return (f"the text gives another date beside it ({', '.join(words.date_words(w) for w in told[:2])})",)
    return ()
