"""Entry into force and other effects; accusations of breach; proposals and their rejection."""

from __future__ import annotations

from servanda.extraction.clauses import clause_start
from servanda.extraction.frames import Extraction, Frame
from servanda.extraction.grammar import ING, LAW
from servanda.extraction.lexicon import ORGANISATION, UNNAMED
from servanda.extraction.links import OBJECT, actors_of, by_agent, owner
from servanda.extraction.mood import Mood
from servanda.extraction.verbgroups import NOMINAL, PASSIVE
from servanda.extraction.words import wordlist
from servanda.model.claims import AUTHOR, OTHER

CHANGES = wordlist("effects.CHANGES")
DEPARTURES = wordlist("effects.DEPARTURES")
MEASURES = wordlist("effects.MEASURES")
BREACH = wordlist("effects.BREACH")
OTHER_OBJECTS = wordlist("effects.OTHER_OBJECTS")
HANDED_OUT = wordlist("effects.HANDED_OUT")


def effect(extraction: Extraction, frame: Frame) -> None:
    """Entry into force, or the effect of a withdrawal or suspension, by what the subject is."""
    context, scan = extraction.context, extraction.scan
    lemma = frame.used.trigger.lemma
    left = max(0, clause_start(scan, frame.used.start))
    if scan.low(left - 1) in ("which", "that"):
        left = max(0, left - 4)
    region = range(left, frame.used.start)
    noun = next(
        (
            h
            for h, u in reversed(extraction.used)
            if u.voice == NOMINAL
            and h.i in region
            and u.trigger.events_of()[0]
            in ("withdraw", "suspend", "terminate", "accede", "give_notice", "join_organisation")
        ),
        None,
    )
    if scan.low(frame.used.start - 1) in ("that", "which") and _law_before(extraction, frame.used.start):
        return  # "a law denouncing the treaty that came into force": the law did
    event = "enter_into_force"
    start = None
    actors: tuple[str, ...] = ()
    if (noun is None and frame.who.kind == "pronoun") or (frame.who.kind in ("other", "missing") and noun is None):
        told = extraction.last_event or context.last_event
        if frame.who.kind == "other" and frame.who.text not in CHANGES and scan.thing_at(frame.who.at) is None:
            return
        if frame.who.text in DEPARTURES or (
            told in ("withdraw", "give_notice")
            and (frame.who.kind != "pronoun" or told == "give_notice" or frame.how.modality == "planned")
        ):
            event = "withdraw"
        if event != "enter_into_force":
            actors = context.subjects
    elif noun is not None:
        used = next(u for h, u in extraction.used if h is noun)
        event = used.trigger.events_of()[0]
        event = "withdraw" if event == "give_notice" else event
        actors = owner(scan, context, noun) or context.subjects
        start = noun.i if frame.hit.i - noun.j < 3 else None
        extraction.consumed.add(noun.i)
    if lemma in ("apply", "bind") and event == "enter_into_force":
        near = [a for a in scan.actors if a.role != ORGANISATION]
        bound = (
            frame.obj.actor.codes
            if frame.obj.actor is not None
            else (near[-1].codes if near else context.subjects)
            if frame.obj.head == "country"
            else ()
        )
        if frame.who.kind not in ("thing", "other", *(("pronoun",) if lemma == "bind" else ())) or not scan.whens:
            return
        extraction.put(frame, event, frame.link.ids, tuple(c for c in bound if len(c) == 3))
        return
    if frame.how.modality == "hypothetical" and scan.low(frame.begin - 1) == "before":
        return
    if event == "enter_into_force":
        for k in range(frame.hit.j, min(frame.end, frame.hit.j + 3)):
            if scan.lows[k] == "for":
                actor = scan.actor_at(k + 1)
                if actor is not None:
                    actors = actor.codes
    until = next(
        (x for x in range(frame.hit.j, min(len(scan.lows), frame.hit.j + 3)) if scan.lows[x] in ("until", "before")),
        None,
    )
    if until is not None and scan.when_at(until + 1) is not None:
        frame.how = Mood("planned", False)
    if frame.how.negated:
        frame.how = Mood("done", True)
    extraction.put(frame, event, frame.link.ids, actors, start=start)


def _law_before(extraction: Extraction, at: int) -> bool:
    """Does a law with a verb in -ing hung on it stand before, so that a relative clause is the law's?"""
    lows = extraction.scan.lows
    return any(
        h.form(ING) is not None and any(w in LAW for w in lows[max(0, h.i - 2) : h.i])
        for h in extraction.scan.hits
        if h.i < at
    )


def accuse(extraction: Extraction, frame: Frame) -> bool:
    """Accusations of breach, in so many words or by "violated". True where the verb was dealt with."""
    context, scan = extraction.context, extraction.scan
    lemma = frame.used.trigger.lemma
    if lemma in ("accuse", "charge"):
        of = next(
            (x for x in range(frame.hit.j, min(len(scan.lows), frame.hit.j + 16)) if scan.low(x) in ("of", "with")),
            None,
        )
        if frame.used.voice == PASSIVE:
            target = actors_of(scan, context, frame.who, frame.used)
            actors = by_agent(scan, frame.hit, frame.end) or ()
        else:
            stop = of if of is not None else frame.end
            target = tuple(
                dict.fromkeys(c for a in scan.actors if frame.hit.j <= a.i < stop for c in a.codes if c != UNNAMED)
            )
            actors = actors_of(scan, context, frame.who, frame.used)
        if of is None or not (actors):
            return True
        rest = scan.lows[of:]
        treaty = any(t.i > of for t in scan.things) or any(
            w in BREACH or w.startswith(("violat", "breach", "circumvent", "undermin", "flout", "cheat")) for w in rest
        )
        if not treaty:
            return True
        for h, _ in extraction.used:
            if h.i > frame.hit.i:
                extraction.consumed.add(h.i) if any("accuse" in o.events_of() for o in h.options) else None
        extraction.put(frame, "accuse", frame.link.ids, actors, target=target)
        return True
    mark = frame.obj.mark
    event = frame.used.trigger.takes(mark) == "accuse"
    about = event or (frame.link.how in (OBJECT, "clause"))
    if lemma in ("contradict", "conflict"):
        about = any(w in scan.lows[frame.hit.j : frame.end] for w in MEASURES)
    if not about:
        return True
    target = (()) if frame.used.voice == PASSIVE else actors_of(scan, context, frame.who, frame.used)
    if not target:
        return True
    accuser = frame.speaker if frame.speaker not in (AUTHOR, OTHER) else None
    actors = (accuser,) if accuser else ()
    if frame.report is not None and frame.report.kind == "deny":
        frame.how = Mood("denied", True, frame.how.speaker)
        actors = ()
    else:
        frame.how = Mood("done", False, frame.how.speaker)
    if frame.report is not None:
        frame.when = frame.report.when
    extraction.put(frame, "accuse", frame.link.ids, actors, target=target, dated=False)
    return True


def draft(extraction: Extraction, frame: Frame) -> bool:
    """Proposals and their rejection."""
    context, scan = extraction.context, extraction.scan
    obj = frame.obj
    drafts = tuple(i for i in frame.link.ids if context.is_draft(i))
    event = frame.used.trigger.takes("f")
    if not drafts:
        if obj.thing is not None and obj.thing.draft:
            return False
        return False
    passive = frame.used.voice == PASSIVE
    actors = (
        (by_agent(scan, frame.hit, frame.end) or ()) if passive else actors_of(scan, context, frame.who, frame.used)
    )
    if not passive and (not actors):
        return True
    if event == "propose":
        by = {c for i in drafts if (k := context.known(i)) is not None for c in k.by}
        if not actors:
            actors = tuple(sorted(by))
        if not set(actors) & by:
            return True
        extraction.put(frame, "propose", drafts, actors)
        return True
    extraction.put(frame, "reject", drafts, actors)
    return True
