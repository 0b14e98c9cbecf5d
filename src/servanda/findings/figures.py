"""Numbers a report gives beside a claim, counted in the record: states, parties, accords."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from servanda.corpus import Corpus
from servanda.findings import words
from servanda.findings.absence import consents
from servanda.findings.facts import Fact, resolve, shelf
from servanda.findings.matching import ClaimCheck, Ruling
from servanda.findings.steps import CONTRADICTED, DIRECT, IMPRECISE, NEAR, SUPPORTED
from servanda.model.claims import Claim, Count

STATES = (
    "state",
    "country",
    "countries",
    "nation",
    "member",
    "signator",
    "part",
    "government",
    "ally",
    "allies",
    "power",
)
ACCORDS = ("accord", "agreement", "treat", "pact", "deal", "memorand", "instrument", "document", "convention")


def figures(corpus: Corpus, claim: Claim, ruling: Ruling, dateline: date | None) -> tuple[Ruling, tuple[str, ...]]:
    """The ruling with the claim's numbers counted, and what was counted in words.

    A number that the record counts otherwise turns `supported` into `contradicted`, or into `imprecise` where it is the right
    number of something near (parties, not signatories). A number the record cannot count changes nothing.
    """
    told: list[str] = []
    for count in claim.counts:
        found = _counted(corpus, claim, count, ruling, dateline)
        if not found:
            continue
        what, number = found[0]
        if number == count.value:
            told.append(f"{number} {what}, as told")
            continue
        other = next((w for w, n in found[1:] if n == count.value), None)
        told.append(f"{number} {what}, not {count.value}" + (f": {count.value} {other}" if other else ""))
        if ruling.finding == SUPPORTED and claim.modality == "done" and claim.polarity == "affirmed":
            ruling = replace(ruling, finding=IMPRECISE if other else CONTRADICTED)
    return ruling, tuple(told)


def _counted(
    corpus: Corpus, claim: Claim, count: Count, ruling: Ruling, dateline: date | None
) -> list[tuple[str, int]]:
    """What may have been counted, the likeliest first: words and number."""
    of = count.of.lower()
    if of.startswith(ACCORDS):
        return _accords(corpus, claim, ruling, dateline)
    if not of.startswith(STATES):
        return []
    instrument = resolve(corpus, claim.instrument)
    if instrument is None:
        if claim.instrument == "*" and ruling.facts:
            return [("other sides", len(_others(corpus, claim, ruling.facts)))]
        return []
    book = shelf(corpus, instrument)
    case = ClaimCheck(corpus, book, claim, dateline)
    day = case.day
    if claim.event == "join_organisation":
        code = next((t for t in claim.target if corpus.actors.is_organisation(t)), None)
        when = case.when.latest if case.when and case.when.latest else day
        return (
            [(f"members of {code} on {words.long_day(when)}", len(corpus.actors.members(code, when)))] if code else []
        )
    at = case.when.latest if case.when is not None and case.when.latest is not None else day
    parties = (f"were bound on {words.long_day(day)}", len(book.bound(day)))
    if claim.event in ("sign", "propose"):
        signed = {s for f in book.of(("sign",)) for s in f.who if case.fits(f)}
        found = [("signed", len(signed))] if signed else []
        return [*found, parties, ("took part in it at some time", len(book.participants))]
    if claim.event in ("deposit", "domestic_approval", "accede", "decline_to_ratify"):
        given = set(consents(book, min(at, day)))
        if claim.event == "decline_to_ratify":
            return [("had not deposited", len(book.participants - given))]
        return [(f"had deposited by {words.long_day(min(at, day))}", len(given))] if claim.date is None else []
    if claim.event in ("enter_into_force", "provisionally_apply"):
        when = min((f.first for f in book.of(("enter_into_force",))), default=day)
        return [(f"were bound on {words.long_day(when)}", len(book.bound(when))), parties]
    if claim.event in ("suspend", "withdraw", "give_notice", "cease_implementation"):
        kinds = DIRECT[claim.event]
        did = {
            s
            for f in book.of(kinds)
            for s in f.who
            if not f.vague and case.known(f) and f.first <= day and case.fits(f)
        }
        vague = [f for f in book.of(kinds) if f.vague and f.first <= day]
        return [("states did so by the record", len(did))] if did and not vague else []
    return []


def _accords(corpus: Corpus, claim: Claim, ruling: Ruling, dateline: date | None) -> list[tuple[str, int]]:
    """Accords touched by the same doers' step of the same day as the one that decides the claim."""
    accords = {f.instrument for f in ruling.facts}
    if claim.instrument == "*":
        return [("accords", len(accords))] if accords else []
    kinds = (*DIRECT.get(claim.event, ()), *NEAR.get(claim.event, {}))
    mine = [f for f in ruling.facts if f.kind in kinds]
    if not mine:
        return []
    day, kind, who = mine[0].first, mine[0].kind, mine[0].named
    same = {
        i for i in corpus.ids() for f in shelf(corpus, i).of((kind,)) if f.first == day and set(f.named) == set(who)
    }
    return [(f"accords on {words.long_day(day)}", len(same))]


def _others(corpus: Corpus, claim: Claim, facts: tuple[Fact, ...]) -> set[str]:
    """The other sides of accords: those that take part, without the claim's doers and the states they succeeded."""
    named = set(claim.actors)
    named |= {corpus.actors.get(a).predecessor or a for a in claim.actors if a in corpus.actors}
    return {s for f in facts for s in shelf(corpus, f.instrument).participants if s not in named}
