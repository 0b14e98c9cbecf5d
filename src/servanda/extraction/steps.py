"""Steps in the life of an instrument: signing, joining, succeeding, suspending, leaving, ending, objecting."""

from __future__ import annotations

from dataclasses import replace

from servanda.extraction.context import ANY
from servanda.extraction.frames import Extraction, Frame, acceptable, all_bilateral, with_one
from servanda.extraction.grammar import CHAMBER, MODAL, THIRD
from servanda.extraction.lexicon import ORGANISATION, PERSON
from servanda.extraction.links import (
    OBJECT,
    TOPIC,
    Link,
    actors_of,
    by_agent,
    target_after,
    when_of,
)
from servanda.extraction.mood import Mood
from servanda.extraction.objects import EVENTFUL
from servanda.extraction.papers import LAWLIKE, approve
from servanda.extraction.partners import signed_with
from servanda.extraction.scan import Scan, Thing
from servanda.extraction.verbgroups import GERUND, INFINITIVE, PASSIVE
from servanda.extraction.words import wordlist

LAPSES = wordlist("steps.LAPSES")  # what a treaty does by itself
RETURNS = wordlist("steps.RETURNS")
TAKEN_BACK = wordlist("forms.TAKEN_BACK")
TAKING_BACK = frozenset(["suspend", "revoke", "rescind", "take back", "withdraw"])
TOGETHER = 8  # words between instruments that are told of together
UNTIL = wordlist("steps.UNTIL")
BILLS = wordlist("steps.BILLS")
VOTING = wordlist("steps.VOTING")
GATHERINGS = wordlist("steps.GATHERINGS")
PERFORMANCE = wordlist("steps.PERFORMANCE")


def step(extraction: Extraction, frame: Frame, event: str) -> None:
    """Withdrawal, suspension, termination, resumption and the like: a state does something to an instrument."""
    context, scan = extraction.context, extraction.scan
    if not acceptable(extraction, frame):
        return
    lemma = frame.used.trigger.lemma
    first = context.known(frame.link.ids[0])
    if frame.who.text in ("side", "sides") and first is not None and len(first.parties) == 2:
        frame.who = replace(frame.who, kind="actor", codes=first.parties)
    if _no_step(extraction, frame, event):
        return
    if event == "resume":
        event = _resumed(extraction, frame)
        if not event:
            return
    actors = (
        by_agent(scan, frame.hit, frame.end) or ()
        if frame.used.voice == PASSIVE
        else actors_of(scan, context, frame.who, frame.used)
    )
    target = target_after(scan, frame.hit, frame.end)
    if {"member", "members", "membership"} & set(lemma.split()) and frame.link.how != OBJECT:
        founded = context.founding(context.organisation) if context.organisation else None
        frame.link = Link((founded,), OBJECT) if founded is not None else frame.link
    ids = frame.link.ids
    if event == "withdraw" and all_bilateral(context, ids):
        event = "terminate"
    if event == "terminate" and lemma in LAPSES:
        actors = ()
        if frame.who.kind not in ("thing", "pronoun", "collective"):
            return
    if not actors and frame.who.kind == "missing" and frame.used.to and scan.low(frame.used.to - 1) in LAWLIKE:
        actors = context.institution(scan, frame.hit.i)  # "is considering a bill to leave"
    if event in ("terminate", "suspend") and not actors:
        actors = _ended_by(extraction, frame, event)
    ordered = False
    if event == "terminate":
        if (
            not actors
            and not with_one(ids)
            and lemma not in LAPSES
            and frame.used.voice != PASSIVE
            and frame.who.kind in ("other", "missing", "thing", "person")
            and frame.used.aspect != GERUND
        ):
            return
        alone = first is not None and not first.parties and len(actors) == 1
        ordered = frame.used.aspect == GERUND and any(w in LAWLIKE for w in scan.lows[: frame.hit.i])
        by_law = frame.used.voice != PASSIVE and frame.who.kind == "other"  # "a decree ended the treaty"
        if alone and ids != (ANY,) and (ordered or by_law or lemma in ("scrap", "tear up", "rip up", "cancel")):
            event = "withdraw"  # one of many cannot end what all agreed
            if ordered:
                frame.how = Mood("planned", False)  # a decree that is to end it
    if frame.obj.mark == "p":
        extraction.consumed.update(range(frame.hit.j, frame.obj.j))
    if event == "suspend" and _stops(scan, frame, bool(target)):
        event = "cease_implementation"
    if event == "dissolve" and frame.used.voice != PASSIVE and lemma == "cease to exist":
        actors = ()
    extraction.put(frame, event, ids, actors, target=target, dated=not ordered)  # the day told is the decree's


def _resumed(extraction: Extraction, frame: Frame) -> str:
    """What it is to return here: to resume, to join anew, or to take a step back; empty for none of them."""
    scan, lemma = extraction.scan, frame.used.trigger.lemma
    first = extraction.context.known(frame.link.ids[0])
    if lemma in TAKING_BACK:
        between = scan.lows[frame.hit.j : frame.obj.j]
        if frame.obj.head not in TAKEN_BACK or any(w in MODAL for w in between):
            return ""
        extraction.consumed.update(range(frame.hit.j, frame.obj.j + 1))
    if frame.obj.mark == "p" and scan.low(frame.begin - 1) in UNTIL:
        frame.how = Mood("hypothetical", False)
    if first is not None and (first.organisation or first.body) and lemma in RETURNS:
        return "join_organisation"
    return "accede" if lemma in RETURNS and _had_left(extraction, frame) else "resume"


def _stops(scan: Scan, frame: Frame, aimed: bool) -> bool:
    """Is performance stopped rather than the treaty suspended: toward somebody, or in the treaty's own bodies?"""
    obj = frame.obj
    if frame.used.trigger.lemma == "stop":
        bodies = any(w in GATHERINGS for w in scan.lows[obj.i : obj.j + 7])
        return bodies or obj.head in PERFORMANCE
    return aimed and obj.mark == "p" and obj.head in PERFORMANCE


def _had_left(extraction: Extraction, frame: Frame) -> bool:
    """Was it told last that who comes back had left, so that it joins anew?"""
    told = extraction.claims or extraction.context.last
    who = actors_of(extraction.scan, extraction.context, frame.who, frame.used)
    last = next((c for c in reversed(told) if c.instrument in frame.link.ids), None)
    return (
        last is not None and last.event == "withdraw" and last.polarity == "affirmed" and set(who) == set(last.actors)
    )


def _no_step(extraction: Extraction, frame: Frame, event: str) -> bool:
    """Is a verb no step after all: told as what did not happen, as a law's subject, as a vote, in a way of speaking?"""
    scan, used, obj = extraction.scan, frame.used, frame.obj
    before = scan.low(used.start - 1)
    if used.aspect == GERUND and before in ("without", "than"):
        return True
    if used.aspect == INFINITIVE and frame.link.how == TOPIC and frame.who.kind in ("other", "missing"):
        return True
    law = any(w in LAWLIKE for w in scan.lows[max(0, used.start - 3) : used.start])
    if used.aspect == GERUND and before in ("on", "about", "of") and law:
        return True
    if event != "suspend" and _of_law(extraction, frame):
        return True
    states = frame.who.kind in ("actor", "institution", "pronoun", "collective")
    if obj.mark == "o" and frame.link.how == TOPIC and not states and (event != "terminate" or used.voice == PASSIVE):
        return True
    lemma = used.trigger.lemma
    named = obj.thing.i if obj.thing is not None else frame.begin
    if lemma == "denounce" and used.voice == PASSIVE and any(w in EVENTFUL for w in scan.lows[frame.begin : named]):
        return True  # blamed, not left: "its suspension of the treaty was denounced"
    if lemma == "lift" and obj.head not in ("suspension", "moratorium", "freeze"):
        return True
    if lemma == "walk" and (obj.mark != "t" or obj.preposition != "from"):
        return True
    voting = frame.how.controller is not None and scan.low(frame.how.controller) in VOTING
    at = (used.to or 0) - 1
    while at > 0 and (scan.when_at(at) or scan.words[at].number is not None or scan.lows[at] in ("-", "–", "to", "by")):
        at -= 1  # "voted 56-32 last Thursday to quit"
    return voting or scan.low(at) in VOTING - {"voting"}


def _of_law(extraction: Extraction, frame: Frame) -> bool:
    """Does a verb only say what a law is about that the sentence tells of ("passed the bill to leave", "the law denouncing it")?"""
    scan, used = extraction.scan, frame.used
    if used.aspect == INFINITIVE and used.to is not None:
        at = used.to - 1
    elif used.aspect == GERUND:
        at = used.start - 1
    elif scan.low(used.start - 1) in ("that", "which") and used.trigger.form == THIRD:
        at = used.start - 2
    else:
        return False
    approved = any("domestic_approval" in u.trigger.events_of() for h, u in extraction.used if h is not frame.hit)
    return scan.low(at) in BILLS and approved


def _ended_by(extraction: Extraction, frame: Frame, event: str) -> tuple[str, ...]:
    """Who ended or suspended an accord where a law or order is the subject, or nobody: the state the document is about."""
    context, ids = extraction.context, frame.link.ids
    passive, lows = frame.used.voice == PASSIVE, extraction.scan.lows
    law = frame.who.text in LAWLIKE or (
        not passive and frame.who.kind == "other" and any(w in LAWLIKE for w in lows[frame.begin : frame.begin + 3])
    )
    if not (law or (passive and all_bilateral(context, ids))):
        return ()
    anchor, known = context.anchor(), context.known(ids[0])
    if known is not None and passive and not law and frame.who.actors and _tied(extraction, known.parties):
        return ()
    if event == "suspend" or (law and not passive and known is not None and not known.parties):
        return context.institution(extraction.scan, frame.hit.i)
    heirs = context.lexicon.heirs
    party = known is not None and (
        anchor in known.parties
        or anchor in dict(known.heirs).values()
        or any(heirs.get(p) == anchor for p in known.parties)
    )
    return (anchor,) if anchor and (party or ids == (ANY,)) else ()


def _tied(extraction: Extraction, parties: tuple[str, ...]) -> bool:
    """Is neither side of an accord what the document is about more than the other, so that nobody is told to have ended it?"""
    states, heirs = extraction.context.states, extraction.context.lexicon.heirs
    named = sorted((max(states[p], states[heirs.get(p, p)]) for p in parties), reverse=True)
    return len(named) > 1 and named[0] == named[1]


def _law_before(scan: Scan, frame: Frame) -> bool:
    """Is a verb's object the law or decree its clause hangs on: "a decree that the president signed"?"""
    if frame.used.voice == PASSIVE:
        return False
    back = range(frame.used.start - 1, max(frame.used.start - 9, 0), -1)
    return any(
        scan.lows[k] in ("that", "which", "the") and k < frame.used.start - 1 and scan.lows[k - 1] in LAWLIKE
        for k in back
    )


def _law_meant(scan: Scan, frame: Frame) -> bool:
    """Is "it" a bill or law: named behind it ("signed it, the bill that"), or the last thing spoken of before?"""
    behind = scan.lows[frame.obj.j : frame.obj.j + 4]
    if "what" in scan.lows[max(0, frame.used.start - 4) : frame.used.start]:  # "what he signed today is a law"
        return any(w in LAWLIKE for w in scan.lows[frame.hit.j :])
    if behind[:1] == [","] and any(w in LAWLIKE for w in behind):
        return True
    laws = [k for k in range(frame.used.start) if scan.lows[k] in LAWLIKE]
    return bool(laws) and not any(laws[-1] < t.i < frame.used.start for t in scan.things)


HEADS = wordlist("steps.HEADS")
TIES = wordlist("steps.TIES")


def _bill_passed(extraction: Extraction, frame: Frame) -> bool:
    """Is "it" the bill a chamber has just passed, which the head of state is to sign?"""
    scan, context = extraction.scan, extraction.context
    before = extraction.claims or (context.last if context.now - context.told_at <= 1 else [])
    if not before or before[-1].event != "domestic_approval" or any(t.i < frame.hit.i for t in scan.things):
        return False
    heads = any(w in HEADS for w in scan.lows[max(0, frame.used.start - 6) : frame.used.start])
    person = any(a.role == PERSON for a in frame.who.actors)
    return heads or person or frame.who.text in HEADS


PLANS = wordlist("steps.PLANS")


def sign(extraction: Extraction, frame: Frame, event: str) -> None:
    """Signature: of a treaty by its signatories, of a law by whoever puts it into effect, of an accord by both sides."""
    context, scan = extraction.context, extraction.scan
    if (
        frame.obj.mark == "o"
        and frame.who.kind == "institution"
        and frame.who.text in ("president", "king", "queen", "monarch", "head")
        and "domestic_approval" in (extraction.last_event, context.last_event)
    ):
        if frame.how.modality == "urged":
            frame.how = Mood("planned", frame.how.negated)
        extraction.put(frame, "domestic_approval", frame.link.ids, context.institution(scan, frame.who.at))
        return
    if (frame.obj.head == "it" or "what" in scan.lows[: frame.used.start]) and (
        _law_meant(scan, frame) or _bill_passed(extraction, frame)
    ):
        approve(extraction, frame, "domestic_approval")
        return
    if frame.obj.mark == "l" or (
        (
            ("signature" in frame.used.trigger.lemma or "name" in frame.used.trigger.lemma)
            and any(w in LAWLIKE for w in scan.lows[frame.hit.j : frame.hit.j + 4])
        )
        or (frame.obj.mark == "o" and _law_before(scan, frame))
    ):
        approve(extraction, frame, "domestic_approval")
        return
    passive = frame.used.voice == PASSIVE
    if frame.obj.mark == "s" or (not passive and frame.who.kind == "other" and frame.obj.head in ("it", "them")):
        return  # a person or a pen
    when = when_of(scan, frame.hit, frame.used, frame.begin, frame.end, extraction.verbs())
    year = int(when.past[:4]) if when is not None and when.past else None
    if frame.how.controller is not None and scan.low(frame.how.controller) in PLANS:
        return
    if frame.used.trigger.lemma == "date back" and frame.who.kind != "thing":
        return
    accords = signed_with(context, scan, frame.hit.j, frame.end, year)
    link = frame.link
    if accords and not any(t.partner for t in link.things):
        link = Link(accords, OBJECT)
    frame.link = link
    if not acceptable(extraction, frame):
        return
    if passive:
        agent = by_agent(scan, frame.hit, frame.end)
        actors = agent or ()
        if frame.obj.mark not in ("t", "o", "f") and not (frame.obj.mark in ("x", "w") and frame.link.how == OBJECT):
            return
        if frame.obj.mark == "o" and link.how == TOPIC and not accords:
            return
    else:
        actors = actors_of(scan, context, frame.who, frame.used)
        if (
            frame.used.trigger.lemma != "date back"
            and frame.obj.mark in ("o", "a")
            and not actors
            and frame.who.kind not in ("collective", "none")
        ):
            return
        if frame.obj.mark == "o" and frame.obj.preposition in ("up", "off"):
            return
        if frame.obj.mark == "x":
            return
    ids = _together(scan, frame) if passive and "were" in scan.lows[frame.used.start : frame.hit.i] else ()
    extraction.put(frame, "sign", tuple(dict.fromkeys((*ids, *link.ids))), actors, attributive=True)


def _together(scan: Scan, frame: Frame) -> tuple[str, ...]:
    """Instruments that one verb tells of: "the treaty with one and an identical treaty with the other were signed"."""
    found: list[Thing] = []
    for thing in reversed([t for t in scan.things if t.ids and t.j <= frame.used.start]):
        between = scan.lows[thing.j : found[-1].i if found else frame.used.start]
        apart = len(between) > TOGETHER or any(thing.j <= h.i < frame.used.start for h in scan.hits)
        if (found and "and" not in between) or apart:
            break
        found.append(thing)
    return tuple(i for t in reversed(found) for i in t.ids) if len(found) > 1 else ()


def rejected(extraction: Extraction, frame: Frame, event: str) -> None:
    """A treaty voted down or rejected by a state that might have joined it; a step of another's rejected is an objection."""
    context, scan = extraction.context, extraction.scan
    if not acceptable(extraction, frame) or frame.obj.mark == "c":
        return
    lemma = frame.used.trigger.lemma
    if lemma == "vote":
        return
    tied = None
    if lemma.startswith("make "):  # "made ratification conditional on"
        tied = next((k for k in range(frame.hit.j, frame.end) if scan.lows[k] in TIES), None)
        if tied is None:
            return
    charged = extraction.last_event == "accuse" or (bool(context.last) and context.last[0].event == "accuse")
    chamber = any(w in CHAMBER for w in scan.lows[frame.begin : frame.used.start])
    if charged and frame.obj.thing is None and not chamber:
        return  # it is the charge that is rejected
    passive = frame.used.voice == PASSIVE
    actors = (
        (by_agent(scan, frame.hit, frame.end) or ()) if passive else actors_of(scan, context, frame.who, frame.used)
    )
    if not actors or frame.how.modality in ("hypothetical", "urged"):
        return
    extraction.put(frame, "decline_to_ratify", frame.link.ids, actors, stop=tied + 1 if tied is not None else None)


def objected(extraction: Extraction, frame: Frame, event: str) -> None:
    """An objection to a treaty or to another's step; what is objected to may be told in the sentence before."""
    context, scan = extraction.context, extraction.scan
    if not frame.link.ids or (frame.used.voice == PASSIVE and frame.who.kind == "missing"):
        return
    actors = actors_of(scan, context, frame.who, frame.used)
    if not actors:
        return
    target = tuple(
        dict.fromkeys(
            c
            for a in scan.actors
            if frame.hit.j <= a.i < frame.end + 4 and a.role != ORGANISATION
            for c in a.codes
            if c not in actors
        )
    )
    if not target:
        others = [c for c in context.recent if c not in actors]
        target = tuple(others[-1:])
    extraction.put(frame, "object", frame.link.ids, actors, target=target)


def join(extraction: Extraction, frame: Frame, event: str) -> None:
    """Joining a treaty, or the organisation it founded."""
    context, scan = extraction.context, extraction.scan
    actors = (
        actors_of(scan, context, frame.who, frame.used)
        if frame.used.voice != PASSIVE or frame.who.kind == "actor"
        else ()
    )
    body = frame.obj.actor
    if frame.used.trigger.lemma == "admit":
        if frame.used.voice != PASSIVE or scan.low(frame.hit.j) not in ("to", "into"):
            return
        body = next((a for a in scan.actors if 0 < a.i - frame.hit.j < 3 and a.role == ORGANISATION), None)
        if body is None:
            return
    if event == "join_organisation" or body is not None:
        code = context.joined(body.codes[0] if body is not None else None)
        founded = context.founding(code) if code else None
        if founded is None:
            return
        if actors and code not in actors:
            frame.link = Link((founded,), OBJECT)
            extraction.put(frame, "join_organisation", (founded,), actors, target=(code,) if code else ())
        return
    if not frame.link.ids or not acceptable(extraction, frame):
        return
    if frame.used.aspect == GERUND and scan.low(frame.used.start - 1) in ("without", "than"):
        return
    if (known := context.known(frame.link.ids[0])) is not None and known.organisation:
        event = "join_organisation"
    if frame.obj.mark == "o" and frame.used.trigger.lemma == "join" and frame.link.how == TOPIC and not actors:
        return
    if frame.obj.mark in ("x", "a"):
        return
    if frame.how.negated and frame.how.modality == "planned" and "become" in frame.used.trigger.lemma:
        frame.how = Mood("planned", False, frame.how.speaker, controller=frame.how.controller)
        event = "decline_to_ratify"
    if event == "accede" and any(w in ("successor", "successors") for w in scan.lows[frame.hit.j : frame.end]):
        event = "succeed"
    extraction.put(frame, event, frame.link.ids, actors)


HERITAGE = wordlist("steps.HERITAGE")


def succeed(extraction: Extraction, frame: Frame, event: str) -> None:
    """Succession of one state to the rights and duties of another."""
    context, scan = extraction.context, extraction.scan
    window = scan.lows[frame.begin : frame.end + 1]
    if not frame.link.ids or (not any(w in window for w in HERITAGE) and frame.link.how == TOPIC):
        return
    if (
        frame.obj.mark == "o"
        and frame.used.trigger.lemma == "succeed"
        and "in" in scan.lows[frame.hit.j : frame.hit.j + 2]
    ):
        return
    actors = actors_of(scan, context, frame.who, frame.used)
    if actors:
        extraction.put(frame, event, frame.link.ids, actors)


def _founding(extraction: Extraction, frame: Frame) -> None:
    """What ends with an organisation is the treaty that founded it ("the organisation ceased to exist")."""
    bodies = [a for a in frame.who.actors if a.role == ORGANISATION]
    founded = extraction.context.founding(bodies[0].codes[0]) if bodies else None
    if founded is not None:
        frame.link = Link((founded,), OBJECT)


def plain(extraction: Extraction, frame: Frame, event: str) -> None:
    """Provisional application, amendment, declarations, dissolution: actors as the subject has them."""
    context, scan = extraction.context, extraction.scan
    if event == "dissolve" and not frame.link.ids:
        _founding(extraction, frame)
    if not acceptable(extraction, frame):
        return
    passive = frame.used.voice == PASSIVE
    actors = (
        (by_agent(scan, frame.hit, frame.end) or ()) if passive else actors_of(scan, context, frame.who, frame.used)
    )
    if event == "dissolve" and frame.used.trigger.lemma == "cease to exist":
        if frame.who.kind == "pronoun" and any(a.j <= frame.used.start and a.role != ORGANISATION for a in scan.actors):
            return  # a state that ceased to exist
        actors = ()
    if event == "amend" and frame.used.aspect == GERUND:
        return
    if event == "amend" and not passive:
        if frame.obj.mark not in ("t", "m"):
            return
        if frame.who.kind == "thing" or frame.who.kind == "other":
            known = context.known(frame.link.ids[0])
            actors = (
                tuple(dict(known.heirs).get(p, p) for p in known.parties) if known is not None and known.heirs else ()
            )
    if (
        event == "dissolve"
        and not passive
        and frame.used.trigger.lemma != "cease to exist"
        and frame.obj.mark == "o"
        and frame.who.kind != "actor"
    ):
        return
    if event == "amend" and passive and frame.used.reduced and scan.low(frame.used.start - 1) != "and":
        return
    extraction.put(frame, event, frame.link.ids, actors)
