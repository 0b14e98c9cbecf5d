"""Plans, held against what was planned and what came of it: never contradicted for being plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from servanda.findings import words
from servanda.findings.facts import Fact
from servanda.findings.matching import ClaimCheck, Ruling, few, one_a_day
from servanda.findings.steps import (
    CONTRADICTED,
    IMPRECISE,
    LEAVING,
    PLANS,
    SPOKEN,
    STEPS_INSIDE,
    SUPPORTED,
    SUSPENDING,
    UNKNOWN,
)

SOON = timedelta(
    days=400
)  # a plan comes true within the time of a notice; what happens later need not be the one planned


def planned(case: ClaimCheck) -> Ruling:
    """The finding on an announced, scheduled or threatened thing: borne out where a plan or its fulfilment is recorded."""
    claim = case.claim
    direct = case.direct()
    told = [f for f in direct if case.known(f)]
    later = [f for f in direct if not case.known(f)]
    ahead = [f for f in told if f.takes_effect > case.day or f.first > case.day]
    fit = [f for f in (ahead or told) if case.fits(f)]
    plans = []
    inward = claim.event in LEAVING
    for fact in case.shelf.of(PLANS.get(claim.event, ())):
        if not case.same_doer(fact) or not case.known(fact) or not case.happened(fact):
            continue
        if fact.kind in STEPS_INSIDE and (fact.leaving is not inward or not _leads_to(case, fact)):
            continue
        if fact.kind in SPOKEN and not (case.speaks_of_it(fact) and _leads_to(case, fact)):
            continue
        plans.append(fact)
    before = [f for f in direct if f.takes_effect < case.day] if claim.event in LEAVING else []
    if before and not ahead:  # what led to an earlier exit is no plan for another
        last = max(f.takes_effect for f in before)
        plans = [f for f in plans if f.first > last] or (plans if not later else [])
    soon = one_a_day([f for f in later if f.takes_effect >= case.day or case.fits(f)])
    ends = case.listed(soon[:2], past=True) if soon else None
    if fit:
        chosen = one_a_day(fit)
        why = case.has([*_best_plans(plans)[-1:], *chosen])
        return Ruling(
            finding=SUPPORTED, why=why, facts=few([*_best_plans(plans)[-1:], *chosen]), later=ends, ahead=few(soon[:2])
        )
    if ahead and case.when is not None:
        chosen = one_a_day(ahead)
        why = f"another day was known then: {case.listed(chosen)}"
        return Ruling(finding=IMPRECISE, why=why, facts=few(chosen), later=ends, ahead=few(soon[:2]))
    if claim.event in ("cease_implementation", "suspend") and case.when is not None:
        steps = [f for f in case.steps() if case.known(f) and case.fits(f) and f.kind.startswith("cease")]
        if steps:
            return case.step(steps, told)
    dated = [f for f in plans if case.fits(f)] if case.when is not None else []
    if not dated and case.when is not None:
        steps = [f for f in case.steps() if case.known(f) and case.happened(f) and case.fits(f)]
        if steps:  # told of a past day on which something else was done
            other = case.step(steps, told)
            return replace(other, finding=IMPRECISE) if other.finding == CONTRADICTED else other
    plans = dated or plans
    if plans:
        chosen = _best_plans(plans)[-2:]
        return Ruling(
            finding=SUPPORTED,
            why=f"the plan is recorded: {case.listed(chosen)}",
            facts=few(chosen),
            later=ends,
            ahead=few(soon[:2]),
        )
    true = soon and case.dateline is not None and soon[0].first <= words.shift(case.dateline, SOON)
    if true:
        return Ruling(finding=SUPPORTED, why="a plan that came true", later=ends, ahead=few(soon[:2]))
    why = f"a plan; the record of {case.called} tells nothing of it by {words.long_day(case.day)}"
    return Ruling(finding=UNKNOWN, why=why, later=ends, ahead=few(soon[:2]))


def _leads_to(case: ClaimCheck, fact: Fact) -> bool:
    """Whether a step or a word toward leaving was toward this way of leaving: suspending is not withdrawing."""
    event = case.claim.event
    if event not in LEAVING:
        return True
    suspending = event in ("suspend", "cease_implementation")
    if fact.kind in SPOKEN:
        about = fact.act.about if fact.act is not None else None
        return suspending or about not in SUSPENDING
    purpose = case.shelf.purpose(fact)
    return purpose is None or (purpose == "suspend") is suspending


def _best_plans(plans: list[Fact]) -> list[Fact]:
    return sorted(plans, key=lambda f: (f.first, f.kind))
