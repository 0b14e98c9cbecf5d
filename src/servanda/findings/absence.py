"""Claims that a thing was not done, or that consent was not given, held against the record."""

from __future__ import annotations

from datetime import date

from servanda.findings import words
from servanda.findings.completeness import complete
from servanda.findings.facts import Fact, Shelf
from servanda.findings.matching import ClaimCheck, Ruling, few, one_a_day
from servanda.findings.steps import BLAMED, BOTH_WAYS, CONTRADICTED, DISPUTED, IMPRECISE, SUPPORTED, UNKNOWN, WHOLE
from servanda.standing.settle import BOUND


def not_done(case: ClaimCheck) -> Ruling:
    """The finding on a claim that the thing was not done (not by the day given, else by the report's day)."""
    claim, actors = case.claim, case.corpus.actors
    direct = [f for f in case.direct() if case.aimed(f)]
    until = case.when.latest if case.when is not None and case.when.latest is not None else case.day
    known = [f for f in direct if case.known(f) and f.takes_effect <= until and case.fits(f)]
    later = [f for f in direct if f not in known and (case.when is None or case.fits(f))]
    noticed = [f for f in known if not f.vague or (f.done[1] is not None and f.done[1] <= until)]
    if known and not noticed:
        return Ruling(finding=UNKNOWN, why=f"it may have been: {case.listed(known)}", facts=few(known))
    if claim.event in ("suspend", "cease_implementation"):
        known = [f for f in known if not f.toward or claim.target]
    known = one_a_day(known)
    if known and (claim.actors or claim.event in WHOLE):
        return Ruling(finding=CONTRADICTED, why=f"the record has it: {case.listed(known)}", facts=few(known))
    told = f"by {words.long_day(until)} the record of {case.called} holds no such act"
    if claim.event != "enter_into_force" and not known and not complete(case.corpus, claim, until):
        return Ruling(finding=UNKNOWN, why=f"{told}, but its record of such acts is not complete")
    if claim.event == "enter_into_force":
        told = f"by {words.long_day(until)} it had not entered into force{_wanting(case, until)}"
    if known:
        did = words.names(actors, sorted(frozenset().union(*(f.who for f in known)) & case.shelf.participants))
        told = f"the text names nobody; the record has it of {did}, of no other by {words.long_day(until)}"
    elif claim.actors and claim.event in BOTH_WAYS:
        told += case.still().replace("; by", ", and by", 1)
    ahead = case.listed(one_a_day(later)[:2], past=True) if later else None
    return Ruling(finding=SUPPORTED, why=told, facts=few(known), later=ahead, ahead=few(later[:2]))


def _wanting(case: ClaimCheck, until: date) -> str:
    rule = case.shelf.dossier.instrument.entry
    if rule is None or rule.rule != "all" or not rule.required:
        return ""
    given = consents(case.shelf, until)
    wanting = [p for p in rule.required if p not in given]
    if not wanting:
        return ""
    cite = f" ({rule.cite})" if rule.cite else ""
    return f": {len(rule.required)} must deposit{cite}, {len(wanting)} had not"


def declined(case: ClaimCheck) -> Ruling:
    """The finding on "has not ratified": holds of those whose consent was not deposited by the day."""
    claim, actors = case.claim, case.corpus.actors
    until = case.when.latest if case.when is not None and case.when.latest is not None else case.day
    until = min(until, case.day)
    given = consents(case.shelf, until)
    involved = case.shelf.participants
    bound = [a for a in claim.actors if case.shelf.standing(a, until) in BOUND]
    if bound and len(bound) == len(claim.actors):
        who = words.names(actors, bound)
        why = f"by its own terms {case.called} bound {who} on {words.long_day(until)}"
        return Ruling(finding=CONTRADICTED, why=why, facts=few([given[b] for b in bound if b in given]))
    rule = case.shelf.dossier.instrument.entry
    if rule is not None and rule.rule in ("signature", "date", "none"):
        return Ruling(finding=UNKNOWN, why=f"{case.called} asks no deposit that the record could tell of")
    named = frozenset(actors.expand(claim.actors, until)) & involved if claim.actors else involved
    who = words.names(actors, claim.actors) if claim.actors else "some"
    if not named:
        return Ruling(finding=UNKNOWN, why=f"{who} took no part in {case.called} that the record tells of")
    did = sorted(s for s in named if s in given)
    wanting = sorted(named - set(did))
    cites = few([given[s] for s in did])
    if claim.actors and (
        not wanting or (len(claim.actors) == 1 and did and not actors.is_organisation(claim.actors[0]))
    ):
        return Ruling(finding=CONTRADICTED, why=f"consent was given: {case.listed(list(cites)[:2])}", facts=cites)
    if not wanting:
        return Ruling(finding=CONTRADICTED, why=f"all had consented by {words.long_day(until)}", facts=cites[:2])
    total = len(involved - set(given))
    if not complete(case.corpus, claim, until):
        return Ruling(finding=UNKNOWN, why=f"the record of consents to {case.called} is not complete")
    told = f"no deposit of {who} is recorded by {words.long_day(until)}"
    if not claim.actors:
        told = f"{total} of {len(involved)} had not deposited by {words.long_day(until)}"
    if did and claim.actors:
        some = words.names(actors, did)
        return Ruling(finding=IMPRECISE, why=f"{some} had deposited, {len(wanting)} had not", facts=cites)
    conditions = _conditions(case, until)
    others = total - len(wanting)
    if BLAMED in claim.evidence.marks and conditions:
        tied = case.listed(conditions[:1])
        gist = conditions[0].act.gist.rstrip(".") if conditions[0].act else ""
        if claim.speaker not in ("author", "other") and claim.speaker not in claim.actors:
            return Ruling(finding=DISPUTED, why=f"{told}; why is disputed: {tied}: {gist}", facts=few(conditions))
        declared = frozenset(actors.expand(conditions[0].named, until)) & involved
        if others and not declared <= named:
            alone = f", and not alone: {others} others had not either"
            return Ruling(finding=IMPRECISE, why=f"{told}{alone}; {tied}: {gist}", facts=few(conditions))
    alone = f"; nor of {others} others" if others and claim.actors else ""
    later = [f for s, f in consents(case.shelf, date.max).items() if s in wanting and f.first > until]
    ahead = case.listed(later[:1], past=True) if later else None
    return Ruling(finding=SUPPORTED, why=f"{told}{alone}", facts=few(conditions[:1]), later=ahead, ahead=few(later[:1]))


def _conditions(case: ClaimCheck, until: date) -> list[Fact]:
    """What those who did not ratify declared of it."""
    return [
        f
        for f in case.shelf.of(("declare",))
        if f.act is not None
        and f.act.about in ("deposit", "domestic_approval")
        and f.first <= until
        and (not case.claim.actors or set(f.named) & set(case.claim.actors) or f.who & case.doers(f))
    ]


def consents(shelf: Shelf, until: date) -> dict[str, Fact]:
    """Who had deposited, approved, acceded or succeeded to a consent by a day, and by which fact."""
    found: dict[str, Fact] = {}
    for fact in shelf.of(("deposit", "approve", "accede", "succeed")):
        act = fact.act
        if fact.kind == "succeed" and (
            act is None or act.successor_standing is None or act.successor_standing == "signatory"
        ):
            continue
        if fact.first <= until:
            for state in fact.who:
                found.setdefault(state, fact)
    return found
