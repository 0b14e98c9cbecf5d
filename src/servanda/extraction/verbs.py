"""From verbs to claims: which event a verb tells here, by its form, its object and the state that acts."""

from __future__ import annotations

from servanda.extraction.effects import accuse, draft, effect
from servanda.extraction.frames import Extraction, Frame, founded
from servanda.extraction.grammar import LAW
from servanda.extraction.objects import STEPS, law_over
from servanda.extraction.papers import approve, authorise, deposit, enacted, notice, notify
from servanda.extraction.steps import (
    HERITAGE,
    TAKING_BACK,
    join,
    objected,
    plain,
    rejected,
    sign,
    step,
    succeed,
)
from servanda.extraction.verbgroups import ACTIVE, NOMINAL, PASSIVE
from servanda.extraction.words import wordlist

NO_PASSIVE = wordlist("verbs.NO_PASSIVE")

CONSENTS = wordlist("verbs.CONSENTS")  # taken back, a withdrawal
PASSES = wordlist("verbs.PASSES")
JOINING = wordlist("verbs.JOINING")
# phrases that hold their own object
PERFORMING = frozenset(["implementation", "provisions", "application"])
COMPLETE = wordlist("verbs.COMPLETE")


def read_verbs(extraction: Extraction) -> None:
    """Claims told by the verbs of a sentence."""
    skip = -1
    for n, (hit, used) in enumerate(extraction.used):
        if used.voice == NOMINAL or hit.i < skip or hit.i in extraction.consumed:
            continue
        frame = extraction.frame(hit, used)
        if frame.who.kind == "indefinite":
            continue
        if used.trigger.takes("y"):
            skip = max(skip, authorise(extraction, frame, n))
            if skip > hit.i:
                continue
        _read(extraction, frame)


def _read(extraction: Extraction, frame: Frame) -> None:
    """Pick what a verb tells here, if anything, and put the claim."""
    trigger, events = frame.used.trigger, frame.used.trigger.events_of()
    if frame.who.text == "i" and extraction.context.issuer is None:
        return  # what the writer does is no act of a state
    obj = frame.obj
    if obj.mark == "t" and obj.thing is None and "give_notice" in events:
        obj.mark = "n" if extraction.context.of_letters(extraction.scan) else "t"  # "has not sent it yet"
    if obj.mark == "d" and obj.head in JOINING and trigger.takes("w") and trigger.takes("d") is None:
        obj.mark = "w"  # "approved the ratification": the step that is approved
    mark = "d" if _joins(extraction, frame) else obj.mark
    if frame.used.voice == PASSIVE and trigger.lemma in NO_PASSIVE:
        return
    if "enter_into_force" in events:
        effect(extraction, frame)
    elif "accuse" in events:
        accuse(extraction, frame)
    elif trigger.takes("w") and "give_notice" in events:
        notify(extraction, frame)
    elif trigger.takes("d") and (mark == "d" or (mark == "t" and _of_instrument(extraction, frame))):
        deposit(extraction, frame)
    elif mark in ("n", "d") and "give_notice" in events:
        notice(extraction, frame)
    elif trigger.lemma in TAKING_BACK and obj.head in CONSENTS:
        extraction.consumed.update(range(frame.hit.j, obj.j + 1))
        step(extraction, frame, "withdraw")
    elif trigger.lemma in PASSES and frame.used.voice == ACTIVE and _law_acts(extraction, frame):
        enacted(extraction, frame)
    elif not (trigger.takes("f") and draft(extraction, frame)) and not general(frame):
        event = _event(extraction, frame, mark)
        if event is not None:
            HANDLERS.get(event, step)(extraction, frame, event)


def _joins(extraction: Extraction, frame: Frame) -> bool:
    """Is a letter handed over the instrument of one who joins?"""
    words = extraction.scan.lows[max(0, min(frame.obj.i, frame.begin)) : frame.hit.j + 8]
    return frame.obj.mark == "n" and frame.used.trigger.takes("d") is not None and any(w in JOINING for w in words)


def _event(extraction: Extraction, frame: Frame, mark: str) -> str | None:
    """The event a verb tells with an object of a kind; None for none."""
    trigger, obj, scan = frame.used.trigger, frame.obj, extraction.scan
    events, words, passive = trigger.events_of(), trigger.lemma.split(), frame.used.voice == PASSIVE
    if (event := trigger.takes(mark)) is not None:
        return event
    if trigger.lemma == "vote" and any(w.number for w in scan.words[frame.hit.j : frame.hit.j + 1]):
        obj.mark = "o"
        return "domestic_approval"  # "voted 413 to 15 to leave"
    if len(words) > 1 and words[-1] in COMPLETE:
        return events[0]
    told = (
        ("cease_implementation", len(words) > 1 and words[0] in ("stop", "cease")),
        ("suspend", mark == "o" and trigger.lemma == "suspend" and _dated(extraction, frame)),
        ("sign", passive and extraction.context.pairs),
        ("dissolve", passive and founded(extraction, frame)),
        ("domestic_approval", trigger.lemma == "ratify" and frame.link.how in ("object", "clause")),
        ("succeed", obj.preposition == "to" or obj.head in HERITAGE),
        ("provisionally_apply", frame.hit.gap is not None),
    )
    if (event := next((e for e, fits in told if fits and e in events), None)) is not None:
        return event
    if mark == "t" and trigger.takes("b") and founded(extraction, frame):
        return trigger.takes("b")
    if mark == "p" and obj.head in PERFORMING and trigger.takes("t"):
        return trigger.takes("t")
    if mark == "e" or (mark in ("w", "l", "x") and "object" in events and obj.head in STEPS):
        return "object"
    return trigger.takes("o") if mark in ("a", "f") and obj.preposition in ("in", "to") else None


def _law_acts(extraction: Extraction, frame: Frame) -> bool:
    """Is it a bill or law that passes ("the bill to leave the pact cleared the senate")?"""
    thing = frame.who.thing
    return frame.who.text in LAW or (thing is not None and law_over(extraction.scan, thing) is not None)


def _dated(extraction: Extraction, frame: Frame) -> bool:
    """Is a day told right behind a verb that leaves its object out ("Denmark suspended from 7 December")?"""
    scan, at = extraction.scan, frame.hit.j
    return (
        frame.who.kind == "actor" and scan.low(at) in ("on", "from", "in", "since") and scan.when_at(at + 1) is not None
    )


def _of_instrument(extraction: Extraction, frame: Frame) -> bool:
    """Is the subject of a passive an instrument deposited ("the instrument of ratification of the treaty was lodged")?"""
    return frame.used.voice == PASSIVE and any(
        u.voice == NOMINAL and "deposit" in u.trigger.events_of() and frame.begin <= h.i < frame.hit.i
        for h, u in extraction.used
    )


def general(frame: Frame) -> bool:
    """Is told what holds in general, or of no instrument in particular, rather than what happened?"""
    thing, used = frame.obj.thing, frame.used
    unknown = thing is not None and thing.generic and thing.indefinite and not thing.ids
    if unknown and frame.how.modality != "done" and used.trigger.lemma != "ratify":
        return True
    present = used.trigger.form in ("base", "third") and not used.auxiliaries and used.aspect == "finite"
    return present and frame.who.kind in ("collective", "indefinite") and not frame.dated


HANDLERS = {
    "sign": sign,
    "domestic_approval": approve,
    "accede": join,
    "join_organisation": join,
    "object": objected,
    "succeed": succeed,
    "decline_to_ratify": rejected,
    "provisionally_apply": plain,
    "amend": plain,
    "declare": plain,
    "dissolve": plain,
}
