"""From verbs to claims: which event a verb tells here, by its form, its object and the state that acts."""

from __future__ import annotations

from servanda.extraction.effects import accuse, draft, effect
from servanda.extraction.frames import Extraction, Frame, founded
from servanda.extraction.objects import STEPS
from servanda.extraction.papers import approve, authorise, deposit, notice, notify
from servanda.extraction.steps import (
    HERITAGE,
    join,
    objected,
    plain,
    rejected,
    sign,
    step,
    succeed,
)
from servanda.extraction.verbgroups import NOMINAL, PASSIVE
from servanda.extraction.words import wordlist

NO_PASSIVE = wordlist("verbs.NO_PASSIVE")

JOINING = wordlist("verbs.JOINING")
# phrases that hold their own object
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
    """Pick the event a verb tells here, if any, and put the claim."""
    trigger, obj = frame.used.trigger, frame.obj
    if frame.used.voice == PASSIVE and trigger.lemma in NO_PASSIVE:
        return
    if frame.who.text == "i" and extraction.context.issuer is None:
        return  # what the writer does is no act of a state
    events = trigger.events_of()
    if "enter_into_force" in events:
        effect(extraction, frame)
        return
    if "accuse" in events:
        accuse(extraction, frame)
        return
    if trigger.takes("w") and "give_notice" in events:
        notify(extraction, frame)
        return
    mark = obj.mark
    joining = any(w in JOINING for w in extraction.scan.lows[max(0, min(obj.i, frame.begin)) : frame.hit.j + 8])
    if mark == "n" and trigger.takes("d") and joining:
        mark = "d"
    if trigger.takes("d") and (mark == "d" or (mark == "t" and _of_instrument(extraction, frame))):
        deposit(extraction, frame)
        return
    if mark in ("n", "d") and "give_notice" in events:
        notice(extraction, frame)
        return
    if trigger.takes("f") and draft(extraction, frame):
        return
    event = trigger.takes(mark)
    if (
        event is None
        and trigger.lemma == "vote"
        and extraction.scan.words[min(frame.hit.j, len(extraction.scan.words) - 1)].number
    ):
        event, obj.mark = "domestic_approval", "o"  # "voted 413 to 15 to leave"
    if event is None and len(trigger.lemma.split()) > 1 and trigger.lemma.split()[-1] in COMPLETE:
        event = events[0]
    if used_wrongly(frame):
        return
    if (
        event is None
        and trigger.lemma.split()[0] in ("stop", "cease")
        and "cease_implementation" in events
        and len(trigger.lemma.split()) > 1
    ):
        event = "cease_implementation"
    if event is None and mark == "o" and trigger.lemma == "suspend" and _dated(extraction, frame):
        event = "suspend"
    if event is None and "sign" in events and extraction.context.pairs and frame.used.voice == PASSIVE:
        event = "sign"
    if event is None and "dissolve" in events and frame.used.voice == PASSIVE and founded(extraction, frame):
        event = "dissolve"
    if event is None and trigger.lemma == "ratify" and frame.link.how in ("object", "clause"):
        event = "domestic_approval"
    if event is None and "succeed" in events and (obj.preposition == "to" or obj.head in HERITAGE):
        event = "succeed"
    if event is None and frame.hit.gap is not None and "provisionally_apply" in events:
        event = "provisionally_apply"
    if event is None and mark == "t" and trigger.takes("b") and founded(extraction, frame):
        event = trigger.takes("b")
    if (
        event is None
        and mark == "p"
        and trigger.takes("t")
        and obj.head in ("implementation", "provisions", "application")
    ):
        event = trigger.takes("t")
    if (event is None and mark == "e") or (
        event is None and mark in ("w", "l", "x") and "object" in events and obj.head in STEPS
    ):
        event = "object"
    if event is None:
        if mark in ("a", "f") and frame.obj.preposition in ("in", "to") and trigger.takes("o"):
            event = trigger.takes("o")
        elif mark == "a" and event is None and frame.used.voice == PASSIVE and trigger.takes("t"):
            return
    if event is None:
        return
    HANDLERS.get(event, step)(extraction, frame, event)


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


def used_wrongly(frame: Frame) -> bool:
    """A passive of a verb that has none in this sense, or what holds in general rather than happened."""
    if frame.used.voice == PASSIVE and frame.used.trigger.lemma in NO_PASSIVE:
        return True
    thing = frame.obj.thing
    if (
        thing is not None
        and thing.generic
        and thing.indefinite
        and not thing.ids
        and frame.how.modality != "done"
        and frame.used.trigger.lemma != "ratify"
    ):
        return True
    general = (
        frame.used.trigger.form in ("base", "third") and not frame.used.auxiliaries and frame.used.aspect == "finite"
    )
    return general and frame.who.kind in ("collective", "indefinite") and not frame.dated


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
