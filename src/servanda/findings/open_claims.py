"""Claims that no single act can settle: opinions, accusations, calls, memberships, and accords left unnamed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from servanda.corpus import Corpus
from servanda.findings import words
from servanda.findings.facts import Fact, say, shelf
from servanda.findings.matching import ClaimCheck, Ruling
from servanda.findings.plans import planned
from servanda.findings.steps import (
    CONTRADICTED,
    DIRECT,
    DISPUTED,
    IMPRECISE,
    LEAVING,
    NEAR,
    OPINION,
    SUPPORTED,
    UNKNOWN,
)
from servanda.model.claims import Claim
from servanda.standing.settle import BOUND

NEWS = timedelta(days=62)  # an undated step of an unnamed accord is sought in the weeks before the report
SPEAKERS_OF_NO_STATE = ("author", "other")


def opinion(case: ClaimCheck) -> Ruling:
    """A view on law or fact. A party's view that the instrument's own terms do not bear out is disputed among parties."""
    claim, actors, day = case.claim, case.corpus.actors, case.day
    contested = [f for f in case.direct() if f.contested and case.known(f)]
    if claim.event == "suspend" and contested:
        fact = contested[0]
        who = words.names(actors, fact.act.contested_by if fact.act else fact.contested)
        doer = words.names(actors, fact.named)
        why = f"{say(case.corpus, fact, case.dateline)}; {doer} holds that it had the right to, {who} that it had not"
        return Ruling(finding=DISPUTED, why=why, facts=(fact,))
    speaker = claim.speaker
    bound = case.shelf.standing(speaker, day) in BOUND if speaker not in SPEAKERS_OF_NO_STATE else False
    if claim.event in ("terminate", "dissolve") and claim.polarity == "affirmed" and bound:
        parties = case.shelf.bound(day)
        force = [f for f in case.shelf.of(("enter_into_force",)) if f.first <= day][:1]
        if parties:
            who = words.name(actors, speaker)
            why = (
                f"a view; by its own terms {case.called} bound {len(parties)} parties on {words.long_day(day)}, "
                f"{who} among them"
            )
            return Ruling(finding=DISPUTED, why=why, facts=tuple(force))
    said = "" if speaker in SPEAKERS_OF_NO_STATE else f" of {words.name(actors, speaker)}"
    return Ruling(finding=OPINION, why=f"a view{said} on law or fact; the record holds acts, not views")


def accusation(case: ClaimCheck) -> Ruling:
    """A charge of breach: the record tells that it was made, not whether it is true, and between parties it is disputed."""
    claim, actors = case.claim, case.corpus.actors
    accuser = words.names(actors, claim.actors) or "somebody"
    accused = words.names(actors, claim.target) or "others"
    if claim.modality in ("denied", "planned", "urged", "threatened") or claim.polarity == "negated":
        return Ruling(
            finding=DISPUTED, why=f"a charge against {accused}, and an answer to it; the record takes no side"
        )
    sides = frozenset(actors.expand((*claim.actors, *claim.target), case.day))
    if sides and not sides & case.shelf.participants:
        return Ruling(finding=OPINION, why=f"a charge between states that took no part in {case.called}")
    told = [
        f
        for f in case.shelf.of(("declare", "announce", "object"))
        if claim.actors and case.same_doer(f) and case.known(f) and case.fits(f) and (f.toward or f.kind == "object")
    ]
    against = frozenset(actors.expand(claim.target, case.day))
    told = [f for f in told if not against or against & f.toward]
    why = f"a charge by {accuser} against {accused}; the record takes no side in it"
    if told:
        why = f"{say(case.corpus, told[-1], case.dateline)} is in the record; {why}"
    return Ruling(finding=DISPUTED, why=why, facts=tuple(told[-1:]))


def urged(case: ClaimCheck) -> Ruling:
    """A call to act: borne out where the record shows the ground for it, else the record cannot tell."""
    claim = case.claim
    if claim.event == "resume" and claim.polarity == "affirmed":
        held = [
            f
            for f in case.shelf.of(("suspend", "cease_implementation", "cease_participation", "give_notice"))
            if case.same_doer(f) and case.known(f) and f.first <= case.day
        ]
        if held:
            last = held[-2:]
            why = f"what the call is about is in the record: {'; '.join(say(case.corpus, f, case.dateline) for f in last)}"
            return Ruling(finding=SUPPORTED, why=why, facts=tuple(last))
    if claim.event in LEAVING and claim.polarity == "negated":
        plan = planned(
            ClaimCheck(case.corpus, case.shelf, replace(claim, modality="planned", polarity="affirmed"), case.dateline)
        )
        if plan.finding == SUPPORTED and plan.facts:
            return replace(plan, why=f"what the call is about is in the record: {plan.why}")
    return Ruling(finding=UNKNOWN, why="a call to act; the record holds acts, not calls")


def membership(case: ClaimCheck) -> Ruling:
    """Joining an organisation, held against its members over time."""
    claim, actors = case.claim, case.corpus.actors
    codes = [t for t in claim.target if actors.is_organisation(t)] or [
        a for a in claim.actors if actors.is_organisation(a)
    ]
    if not codes:
        codes = [c for c in [case.shelf.organisation()] if c]
    if not codes:
        return Ruling(finding=UNKNOWN, why="the record holds no organisation of that name")
    code = codes[0]
    states = [a for a in claim.actors if a != code]
    if not states:
        return Ruling(finding=UNKNOWN, why=f"the text does not say who joins {words.name(actors, code)}")
    ties = {s: next((m for m in reversed(actors.get(code).members) if m.actor == s), None) for s in states}
    acceded = [f for f in case.shelf.of(("accede",)) if f.who & set(states)]
    outside = [s for s, tie in ties.items() if tie is None]
    day = case.day
    known = {s: t.since for s, t in ties.items() if t is not None and t.since is not None}
    joined = {s: d for s, d in known.items() if d <= case.known_by}
    told = "; ".join(
        f"{words.name(actors, s)} became a member of {words.name(actors, code)} on {words.long_day(d)}"
        for s, d in known.items()
    )
    open_tie = [s for s, t in ties.items() if t is not None and t.since is None]
    facts = tuple(f for f in acceded if f.first <= case.known_by)
    ahead = claim.modality in ("planned", "threatened", "urged")
    if claim.modality == "denied" or claim.polarity == "negated":
        if joined or open_tie:
            return Ruling(finding=CONTRADICTED, why=told or "it is a member", facts=facts)
        why = f"{words.names(actors, states)} was no member on {words.long_day(day)}"
        return Ruling(finding=SUPPORTED, why=why, later=told or None, ahead=tuple(acceded))
    if ahead:
        if joined and claim.modality == "planned" and len(joined) == len(states) and case.when is not None:
            before = all(case.when.earliest is None or case.when.earliest <= d for d in joined.values())
            return Ruling(finding=SUPPORTED if before else IMPRECISE, why=told, facts=facts)
        if joined and len(joined) == len(states):
            return Ruling(finding=IMPRECISE, why=f"no longer ahead: {told}", facts=facts)
        if known:
            return Ruling(
                finding=SUPPORTED, why="a step toward membership that came true", later=told, ahead=tuple(acceded)
            )
        return Ruling(finding=UNKNOWN, why="a plan; the record tells nothing of it")
    if outside and not known and not open_tie:
        who = words.names(actors, outside)
        return Ruling(finding=UNKNOWN, why=f"the record does not have {who} among the members of {code}", missing=False)
    if open_tie:
        return Ruling(
            finding=UNKNOWN, why=f"{words.names(actors, open_tie)} is a member; since when is not in the record"
        )
    if len(joined) < len(states):
        late = {s: d for s, d in known.items() if s not in joined}
        who = words.names(actors, [*late, *outside])
        if not joined:
            why = f"{who} was no member yet on {words.long_day(day)}"
            return Ruling(finding=CONTRADICTED, why=why, later=told, ahead=tuple(acceded))
        return Ruling(finding=IMPRECISE, why=f"{told}; not so {who}", facts=facts)
    if case.when is not None:
        wrong = [d for d in joined.values() if not _within(case, d)]
        if wrong:
            return Ruling(finding=CONTRADICTED, why=f"not {words.date_words(case.when)}: {told}", facts=facts)
    return Ruling(finding=SUPPORTED, why=told, facts=facts)


def _within(case: ClaimCheck, day: date) -> bool:
    when = case.when
    return when is None or (
        (when.earliest is None or when.earliest <= day) and (when.latest is None or day <= when.latest)
    )


def open_instrument(corpus: Corpus, claim: Claim, dateline: date | None) -> Ruling:
    """A claim that leaves the accord open: which recorded acts of the kind, by the same doers, it can mean."""
    if claim.modality == "reported_opinion":
        return Ruling(finding=OPINION, why="a view on law or fact; the record holds acts, not views")
    if claim.event == "accuse":
        return Ruling(finding=OPINION, why="a charge that names no instrument of the record")
    if not claim.actors or claim.event not in DIRECT:
        return Ruling(finding=UNKNOWN, why="the text names no instrument")
    direct, steps = _of_all(corpus, claim, dateline)
    if claim.polarity == "negated" or claim.modality == "denied":
        return Ruling(finding=UNKNOWN, why="the text names no instrument, so that nothing can be told to be absent")
    ahead = claim.modality in ("planned", "threatened")
    if direct:
        return Ruling(finding=SUPPORTED, why="the record has " + _these(corpus, direct, dateline), facts=tuple(direct))
    if steps:
        ordered = claim.event == "terminate" and all(f.kind == "order_termination" for f in steps)
        finding = SUPPORTED if ahead or ordered else NEAR[claim.event][steps[0].kind]
        told = []
        for kind in dict.fromkeys(f.kind for f in steps):
            nature = words.NATURE.get(kind)
            these = _these(corpus, [f for f in steps if f.kind == kind], dateline)
            told.append(f"{these}: {nature}" if nature and not ahead else these)
        return Ruling(finding=finding, why=f"the record has {'; '.join(told)}", facts=tuple(steps))
    return Ruling(finding=UNKNOWN, why="no act of the record is of this kind, by these doers, at that time")


def _of_all(corpus: Corpus, claim: Claim, dateline: date | None) -> tuple[list[Fact], list[Fact]]:
    direct: list[Fact] = []
    steps: list[Fact] = []
    for instrument in corpus.ids():
        case = ClaimCheck(corpus, shelf(corpus, instrument), claim, dateline)
        if not set(corpus.actors.expand(claim.actors, case.day)) & (
            case.shelf.participants | case.kin(case.shelf.participants)
        ):
            continue
        if len(case.shelf.participants) > 3 and claim.event in ("terminate", "sign") and len(claim.actors) < 3:
            continue  # an unnamed accord between a few, not a treaty of many
        wanted = frozenset(corpus.actors.expand(claim.target, case.day)) if claim.target else frozenset()
        if wanted and not wanted & case.shelf.participants:
            continue
        if len(claim.actors) > 1:
            named = frozenset(corpus.actors.expand(claim.actors, case.day))
            if not case.shelf.participants <= named | case.kin(named) | case.kin(case.shelf.participants):
                continue
        mine = [f for f in case.direct() if case.known(f) and case.happened(f) and _in_reach(case, f)]
        direct += mine
        steps += [f for f in case.steps() if case.known(f) and case.happened(f) and _in_reach(case, f)]
    if not direct:
        newest = max((f.first for f in steps), default=None)
        if claim.date is None and newest is not None:
            steps = [f for f in steps if f.first == newest]
    order = list(NEAR.get(claim.event, {}))
    steps.sort(key=lambda f: (order.index(f.kind), f.first, f.instrument))
    if steps:
        severity = NEAR[claim.event][steps[0].kind]
        steps = [f for f in steps if NEAR[claim.event][f.kind] == severity]
    direct.sort(key=lambda f: (f.first, f.instrument))
    return direct, steps


def _in_reach(case: ClaimCheck, fact: Fact) -> bool:
    if case.when is not None:
        return case.fits(fact) and not fact.vague
    if case.claim.event in ("sign", "deposit", "domestic_approval"):
        return True
    return case.dateline is not None and fact.takes_effect >= words.shift(case.dateline, -NEWS)


def _these(corpus: Corpus, facts: list[Fact], dateline: date | None) -> str:
    """Acts of several instruments in words: how many, whose, when."""
    if len(facts) == 1:
        short = corpus.dossier(facts[0].instrument).instrument.short
        return f"{say(corpus, facts[0], dateline)} ({short})"
    first = min(f.first for f in facts)
    last = max(f.first for f in facts)
    accords = list(dict.fromkeys(f.instrument for f in facts))
    shorts = [corpus.dossier(i).instrument.short for i in accords]
    shown = ", ".join(shorts[:4]) + (f" and {len(shorts) - 4} more" if len(shorts) > 4 else "")
    doers = dict.fromkeys(n for f in facts for n in f.named)
    common = [d for d in doers if all(d in f.named for f in facts)]
    step = words.STEP.get(facts[0].kind, facts[0].kind)
    whose = f"{words.of(corpus.actors, common)} {step}" if common else f"the {step}"
    when = f"of {words.long_day(first)}" if first == last else words.span_words(first, last)
    return f"{whose} {when}, {len(accords)} accords ({shown})"
