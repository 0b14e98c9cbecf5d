"""Entry into force and other effects; accusations of breach; proposals and their rejection."""

from __future__ import annotations

from servanda.extraction.clauses import clause_start
from servanda.extraction.frames import Extraction, Frame, doers
from servanda.extraction.grammar import ING, LAW
from servanda.extraction.lexicon import ORGANISATION, UNNAMED
from servanda.extraction.links import OBJECT, actors_of, owner
from servanda.extraction.mood import Mood
from servanda.extraction.scan import Hit
from servanda.extraction.verbgroups import NOMINAL, PASSIVE
from servanda.extraction.words import wordlist
from servanda.model.claims import AUTHOR, OTHER

TAKES_EFFECT = frozenset(["withdraw", "suspend", "terminate", "accede", "give_notice", "join_organisation"])
BREACHING = ("violat", "breach", "circumvent", "undermin", "flout", "cheat")
CHANGES = wordlist("effects.CHANGES")
DEPARTURES = wordlist("effects.DEPARTURES")
MEASURES = wordlist("effects.MEASURES")
BREACH = wordlist("effects.BREACH")


def effect(extraction: Extraction, frame: Frame) -> None:
    """Entry into force, or the effect of a withdrawal or suspension, by what the subject is."""
    context, scan, who = extraction.context, extraction.scan, frame.who
    lemma = frame.used.trigger.lemma
    noun = _of_noun(extraction, frame)
    if scan.low(frame.used.start - 1) in ("that", "which") and _law_before(extraction, frame.used.start):
        return  # "a law denouncing the treaty that came into force": the law did
    event, start = "enter_into_force", None
    actors: tuple[str, ...] = ()
    if noun is not None:
        hit, event = noun
        if scan.low(hit.i - 1) in ("a", "an", "any", "such") and frame.when is None and not scan.whens:
            return  # "a withdrawal takes effect after a year": a rule
        event = "withdraw" if event == "give_notice" else event
        actors = owner(scan, context, hit) or context.subjects
        start = hit.i if frame.hit.i - hit.j < 3 else None
        extraction.consumed.add(hit.i)
    elif who.kind in ("pronoun", "other", "missing"):
        told = extraction.last_event or context.last_event
        if who.kind == "other" and who.text not in CHANGES and scan.thing_at(who.at) is None:
            return
        planned = told == "withdraw" and (who.kind != "pronoun" or frame.how.modality == "planned")
        if who.text in DEPARTURES or told == "give_notice" or planned:
            event, actors = "withdraw", context.subjects
    if lemma in ("apply", "bind") and event == "enter_into_force":
        if (scan.whens or frame.how.negated) and (
            who.kind in ("thing", "other") or (lemma == "bind" and who.kind == "pronoun")
        ):
            extraction.put(frame, event, frame.link.ids, _bound(extraction, frame))
        return
    if lemma == "become bound":
        if bound := actors_of(scan, context, who, frame.used):
            extraction.put(frame, "enter_into_force", frame.link.ids, bound)
        return
    if frame.how.modality == "hypothetical" and scan.low(frame.begin - 1) == "before":
        return
    near = range(frame.hit.j, min(len(scan.lows), frame.hit.j + 3))
    if event == "enter_into_force":
        fors = (a for k in near if k < frame.end and scan.lows[k] == "for" and (a := scan.actor_at(k + 1)) is not None)
        actors = next((a.codes for a in fors), ())
    if any(scan.lows[k] in ("until", "before") and scan.when_at(k + 1) is not None for k in near):
        frame.how = Mood("planned", False)
    if frame.how.negated:
        frame.how = Mood("done", True)
    extraction.put(frame, event, frame.link.ids, actors, start=start)


def _of_noun(extraction: Extraction, frame: Frame) -> tuple[Hit, str] | None:
    """The noun for a step that is the subject of a verb of effect ("the withdrawal took effect"), and its event."""
    scan = extraction.scan
    left = clause_start(scan, frame.used.start)
    left -= 4 if scan.low(left - 1) in ("which", "that") else 0
    for hit, used in reversed(extraction.used):
        event = used.trigger.events_of()[0]
        if used.voice == NOMINAL and left <= hit.i < frame.used.start and event in TAKES_EFFECT:
            return hit, event
    return None


def _bound(extraction: Extraction, frame: Frame) -> tuple[str, ...]:
    """Whom a treaty binds or applies to."""
    if frame.obj.actor is not None:
        codes = frame.obj.actor.codes
    else:
        near = [a for a in extraction.scan.actors if a.role != ORGANISATION]
        codes = (near[-1].codes if near else extraction.context.subjects) if frame.obj.head == "country" else ()
    return tuple(c for c in codes if len(c) == 3)


def _law_before(extraction: Extraction, at: int) -> bool:
    """Does a law with a verb in -ing hung on it stand before, so that a relative clause is the law's?"""
    lows = extraction.scan.lows
    return any(
        h.form(ING) is not None and any(w in LAW for w in lows[max(0, h.i - 2) : h.i])
        for h in extraction.scan.hits
        if h.i < at
    )


def accuse(extraction: Extraction, frame: Frame) -> None:
    """Accusations of breach, in so many words or by "violated"."""
    context, scan, how = extraction.context, extraction.scan, frame.how
    lemma = frame.used.trigger.lemma
    if lemma in ("accuse", "charge"):
        _charge(extraction, frame)
        return
    about = frame.used.trigger.takes(frame.obj.mark) == "accuse" or frame.link.how in (OBJECT, "clause")
    if lemma in ("contradict", "conflict"):
        about = any(w in MEASURES for w in scan.lows[frame.hit.j : frame.end])
    target = () if frame.used.voice == PASSIVE else actors_of(scan, context, frame.who, frame.used)
    if not about or not target:
        return
    denied = frame.report is not None and frame.report.kind == "deny"
    frame.how = Mood("denied" if denied else "done", denied, how.speaker)
    actors = () if denied or frame.speaker in (AUTHOR, OTHER) else (frame.speaker,)
    if frame.report is not None:
        frame.when = frame.report.when
    extraction.put(frame, "accuse", frame.link.ids, actors, target=target, dated=False)


def _charge(extraction: Extraction, frame: Frame) -> None:
    """ "Accused of", "charged with" a breach: by whom, and whom."""
    context, scan, hit = extraction.context, extraction.scan, frame.hit
    of = next((x for x in range(hit.j, hit.j + 16) if scan.low(x) in ("of", "with")), None)
    if of is None:
        return
    actors = doers(extraction, frame)
    if frame.used.voice == PASSIVE:
        target = actors_of(scan, context, frame.who, frame.used)
    else:
        accused = (c for a in scan.actors if hit.j <= a.i < of for c in a.codes if c != UNNAMED)
        target = tuple(dict.fromkeys(accused))
    breach = any(t.i > of for t in scan.things) or any(w in BREACH or w.startswith(BREACHING) for w in scan.lows[of:])
    if not actors or not breach:
        return
    extraction.consumed.update(
        h.i for h, u in extraction.used if h.i > hit.i and any("accuse" in o.events_of() for o in h.options)
    )
    extraction.put(frame, "accuse", frame.link.ids, actors, target=target)


def draft(extraction: Extraction, frame: Frame) -> bool:
    """Proposals and their rejection. True where the verb was dealt with."""
    context = extraction.context
    drafts = tuple(i for i in frame.link.ids if context.is_draft(i))
    if not drafts:
        return False
    actors = doers(extraction, frame)
    passive = frame.used.voice == PASSIVE
    if frame.used.trigger.takes("f") != "propose":
        if actors or passive:
            extraction.put(frame, "reject", drafts, actors)
        return True
    by = {c for i in drafts if (k := context.known(i)) is not None for c in k.by}
    actors = actors or (tuple(sorted(by)) if passive else ())
    if by.intersection(actors):
        extraction.put(frame, "propose", drafts, actors)
    return True
