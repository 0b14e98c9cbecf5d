"""When a finding may stand: a report is called wrong, or borne out, only where nothing else can be meant.

`contradicted` needs an instrument and doers that the text names, no law or other instrument the act may have been done to, an
act told as done, and a record that is complete for acts of the kind by the party (`complete` in `treaty.yaml`). `supported` needs
the same step of the same instrument, and any day the text gives beside it must agree. What falls short is `imprecise` where the
record has acts to show, else `unknown`, and says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from servanda.corpus import Corpus
from servanda.findings import words
from servanda.findings.completeness import complete
from servanda.findings.facts import Fact
from servanda.findings.matching import Ruling
from servanda.findings.steps import CONTRADICTED, DIRECT, DISPUTED, IMPRECISE, ONE_BY_ONE, SUPPORTED, UNKNOWN
from servanda.model.claims import Claim
from servanda.model.dates import UncertainDate

OPEN = (None, "*")
# What a claim's marks (see `extraction.marks`) keep it from being called, and why.
WEAKER = {
    "figure": "the words are a figure of speech and name no step",
    "means": "the text tells it by the way, as how something else came about",
    "reason": "the text tells why, which no record of acts bears out",
}
SHOWN = 3  # days that are named where more may be meant


def cautious(corpus: Corpus, claim: Claim, ruling: Ruling) -> Ruling:
    """The ruling, or a weaker one with the reason where the claim or the record is not sure enough for it."""
    doubts: tuple[str, ...] = ()
    if ruling.finding == CONTRADICTED:
        doubts = tuple(_against_contradiction(corpus, claim, ruling))
    elif ruling.finding == SUPPORTED:
        disputed = _disputed(corpus, claim, ruling)
        if disputed is not None:
            return disputed
        doubts = tuple(_against_support(corpus, claim, ruling))
    if not doubts:
        return ruling
    finding = IMPRECISE if ruling.facts and claim.instrument not in OPEN else UNKNOWN
    return replace(ruling, finding=finding, why=f"{ruling.why}; not {ruling.finding}, because {' and '.join(doubts)}")


def _against_contradiction(corpus: Corpus, claim: Claim, ruling: Ruling) -> Iterator[str]:
    evidence = claim.evidence
    if claim.modality != "done":
        yield f"the text tells it as {claim.modality.replace('_', ' ')}, not as done"
    if claim.instrument in OPEN or evidence.instrument == "referred":
        yield "the text does not name the instrument there"
    if claim.actors and evidence.actors == "referred":
        yield "the text does not name who did it there"
    if not claim.actors and claim.event in ONE_BY_ONE:
        yield "the text does not say who did it"
    if "present" in evidence.marks and claim.date is None:
        yield "the text tells it in the present tense and gives no day"
    if "earlier" in evidence.marks and claim.date is None and claim.event == "decline_to_ratify":
        yield "the text tells how it had been before"
    told = [w for d in evidence.dates if (w := words.read_date(d)) is not None]
    if _meet(told, tuple(f for f in ruling.facts if f.kind in DIRECT.get(claim.event, ()))):
        yield "another date beside it would agree"
    if evidence.rivals:
        yield f"the text may mean another thing ({', '.join(evidence.rivals[:SHOWN])})"
    if not _shown(corpus, claim, ruling):
        yield "the record of such steps is not complete"


def _shown(corpus: Corpus, claim: Claim, ruling: Ruling) -> bool:
    """Whether the record can show it to be wrong: by an act or membership it has, or by one it lacks where it has all."""
    if claim.polarity == "negated" or claim.event in ("join_organisation", "decline_to_ratify"):
        return True
    return complete(corpus, claim, max((f.takes_effect for f in ruling.facts), default=None))


def _disputed(corpus: Corpus, claim: Claim, ruling: Ruling) -> Ruling | None:
    """An act that others contest, told in quotation marks of its own ("the so-called 'suspension'"), is told as disputed."""
    contested = [f for f in ruling.facts if f.contested]
    if "quoted" not in claim.evidence.marks or not contested:
        return None
    others = words.names(corpus.actors, contested[0].contested[:SHOWN])
    why = f"{ruling.why}; the text puts the word in quotation marks, and {others} contest the act"
    return replace(ruling, finding=DISPUTED, why=why)


def _against_support(corpus: Corpus, claim: Claim, ruling: Ruling) -> Iterator[str]:
    evidence = claim.evidence
    for mark in evidence.marks:
        if mark in WEAKER:
            yield WEAKER[mark]
    if not ruling.facts and claim.polarity == "negated" and evidence.instrument == "referred":
        yield "the text does not name the instrument there"
    if "present" in evidence.marks and evidence.actors != "named" and claim.modality == "done" and claim.date is None:
        yield "the text tells in the present tense what one does, and does not name who did it there"
    place = evidence.place
    known = [p for f in ruling.facts if (p := f.act.place if f.act else None)]
    known = known or [p for i in {f.instrument for f in ruling.facts} if (p := corpus.dossier(i).instrument.place)]
    if place and known and not any(place.lower() in k.lower() for k in known):
        yield f"the text tells it of {place}, the record of {known[0]}"
    if claim.instrument in OPEN and not _one_act(ruling.facts):
        yield "the acts found are of different days and instruments, and the text names none"
    if claim.modality == "planned" and not claim.actors and claim.event in ONE_BY_ONE:
        yield "the text does not say who plans it"
    if claim.modality != "done" or claim.polarity == "negated" or claim.date is not None or not ruling.facts:
        return
    yield from _other_days(claim, ruling.facts)


def _meet(days: list[UncertainDate], facts: tuple[Fact, ...]) -> bool:
    """Whether one of some days may be that on which one of the acts was done or took effect."""
    spans = [s for f in facts for s in (f.done, f.effect) if s is not None]
    return any(words.meets(w, s, timedelta()) for w in days for s in spans)


def _one_act(facts: tuple[Fact, ...]) -> bool:
    """Whether facts are one act: the same kind of step by the same doers on one day, if of several accords."""
    return len({(f.kind, f.done, f.named) for f in facts}) <= 1


def _other_days(claim: Claim, facts: tuple[Fact, ...]) -> Iterator[str]:
    """Days the text gives beside an undated claim that do not agree with those of the acts."""
    evidence = claim.evidence
    loose = [w for d in evidence.dates if (w := words.read_date(d)) is not None]
    told = [w for w in loose if w.precision in ("day", "month")]
    if told and not _meet(told, facts):
        yield f"the text gives another date beside it ({', '.join(words.date_words(w) for w in told[:2])})"
    if not evidence.undated:
        return
    days = [w for d in evidence.candidates if (w := words.read_date(d)) is not None]
    if not days:
        yield f"the text dates it ('{evidence.undated[0]}') and does not say of which year or day it speaks"
    elif not _meet(days, facts):
        yield f"none of the days it may mean by '{evidence.undated[0]}' is that of the act"
