"""Papers: votes, laws and decrees; instruments deposited; notices; leave given to end an accord."""

from __future__ import annotations

from dataclasses import replace

from servanda.extraction.frames import Extraction, Frame, acceptable, all_bilateral, with_one
from servanda.extraction.grammar import CHAMBER, REFUSING
from servanda.extraction.lexicon import BODY, CAPITAL, ORGANISATION, PERSON
from servanda.extraction.links import actors_of, by_agent, owner
from servanda.extraction.mood import Mood
from servanda.extraction.scan import Hit, Scan, groups
from servanda.extraction.verbgroups import GERUND, INFINITIVE, NOMINAL, PASSIVE
from servanda.extraction.words import wordlist

LAWLIKE = wordlist("papers.LAWLIKE")


ORDERS = frozenset(["order", "orders", "instruction"])


def _orders_end(extraction: Extraction, frame: Frame) -> bool:
    """Is it an order that ends an accord, or lets it be ended ("signed an order denouncing", "empowering")?"""
    behind = [u for h, u in extraction.used if frame.obj.j <= h.i <= frame.obj.j + 1 and u.aspect == GERUND]
    ends = {"terminate", "withdraw", "authorise_termination", "give_notice"}
    return any(ends & set(u.trigger.events_of()) for u in behind)


SENT_BACK = wordlist("forms.SENT_BACK")
ASSENTING = wordlist("papers.ASSENTING")
INSTITUTIONS = wordlist("papers.INSTITUTIONS")
RECIPIENTS = wordlist("papers.RECIPIENTS")
ENACTING = frozenset(["approve", "endorse", "pass", "adopt", "enact"])  # what a state may be said to do to a treaty
OPEN_MOODS = frozenset(["hypothetical", "planned", "done"])


def approve(extraction: Extraction, frame: Frame, event: str) -> None:
    """Votes, laws, decrees, bare ratification; refusal and absence of it."""
    context, scan, who, obj = extraction.context, extraction.scan, frame.who, frame.obj
    lemma = frame.used.trigger.lemma
    passive, gerund = frame.used.voice == PASSIVE, frame.used.aspect == GERUND
    if not frame.link.ids or (obj.mark == "l" and obj.head in ORDERS and _orders_end(extraction, frame)):
        return  # an order is the step itself, told by the verb behind it
    actors = doers(extraction, frame)
    if lemma in SENT_BACK:
        frame.how = Mood(frame.how.modality, not frame.how.negated, frame.how.speaker, controller=frame.how.controller)
        if who.kind in ("institution", "actor", "pronoun") or passive:
            extraction.put(frame, event, frame.link.ids, actors)
        return
    if obj.mark == "w" and frame.used.trigger.takes("w"):  # what is approved is not yet done
        extraction.consumed.update(range(frame.hit.j, obj.j))
    if lemma == "follow":
        if (who.kind == "institution" and context.last_event == "domestic_approval") or (
            who.kind in ("institution", "actor") and extraction.last_event == "domestic_approval"
        ):
            extraction.put(frame, event, frame.link.ids, actors)
        return
    if gerund and scan.low(frame.used.start - 1) in ("from", "without", "than", "before"):
        return
    by_law = gerund and not actors and any(w in LAWLIKE for w in scan.lows[max(0, frame.hit.i - 7) : frame.hit.i])
    if by_law:
        actors = context.institution(scan, frame.hit.i)
    if lemma == "ratify":
        _ratify(extraction, frame, event, actors)
    elif by_law or _of_chamber(scan, frame):
        extraction.put(frame, event, frame.link.ids, actors if by_law else context.institution(scan, obj.i))
    elif obj.mark != "x" and (lemma not in ASSENTING or _assents(extraction, frame, event)):
        if passive and obj.mark == "l" and not actors:
            owners = owner(scan, context, Hit(obj.j - 1, obj.j, ()))
            actors = owners or (obj.actor.codes if obj.actor is not None else context.institution(scan, frame.hit.i))
        extraction.put(frame, event, frame.link.ids, actors)


def doers(extraction: Extraction, frame: Frame) -> tuple[str, ...]:
    """Who does what a verb tells: of a passive, those behind "by"."""
    if frame.used.voice == PASSIVE:
        return by_agent(extraction.scan, frame.hit, frame.end) or ()
    return actors_of(extraction.scan, extraction.context, frame.who, frame.used)


def _ratify(extraction: Extraction, frame: Frame, event: str, actors: tuple[str, ...]) -> None:
    """Bare ratification, refusal and absence of it."""
    scan, how = extraction.scan, frame.how
    if not acceptable(extraction, frame):
        return
    refused = how.controller is not None and scan.low(how.controller) in REFUSING
    if (how.negated or refused) and how.modality in ("done", "planned"):
        frame.how = Mood(how.modality, False, how.speaker, controller=how.controller)
        extraction.put(frame, "decline_to_ratify", frame.link.ids, actors, dated=frame.used.voice != PASSIVE)
    elif actors or scan.low(frame.begin - 1) not in ("when", "once", "until", "if", "after"):
        extraction.put(frame, event, frame.link.ids, actors)


def _of_chamber(scan: Scan, frame: Frame) -> bool:
    """Does a participle hang on what a chamber did it to: "the Senate's treaty approved"?"""
    before = scan.lows[frame.begin : max(frame.obj.i, frame.begin)]
    return frame.used.reduced and frame.obj.mark in ("t", "l") and any(w in CHAMBER for w in before)


def _assents(extraction: Extraction, frame: Frame, event: str) -> bool:
    """Is a verb of assent (approve, pass, back, vote) a step of a state toward an instrument here?"""
    scan, who, mark, lemma = extraction.scan, frame.who, frame.obj.mark, frame.used.trigger.lemma
    passive, chamber = frame.used.voice == PASSIVE, _chamber(scan, frame)
    if not passive and not chamber and (mark not in ("l", "t", "w") or who.kind != "actor" or lemma not in ENACTING):
        return False
    if lemma == "agree" and (mark != "o" or frame.how.modality not in OPEN_MOODS or who.kind != "institution"):
        return False
    if lemma in ("pass", "adopt", "accept", "support", "enact") and mark not in ("l", "w"):
        law = any(w in LAWLIKE or w == "document" for w in scan.lows[frame.begin : frame.hit.i])
        meant = (mark == "t" and (chamber or frame.obj.thing is None)) or (
            mark == "o" and (law or extraction.last_event == event)
        )
        if not meant:
            return False
    if passive and lemma in ("pass", "adopt", "accept", "support", "back", "clear") and mark != "l":
        return False
    if mark == "t" and lemma == "adopt" and frame.obj.thing is not None and not chamber:
        return False
    against = lemma == "vote" and frame.obj.preposition == "against"
    return not against and extraction.context.main is not None


def _chamber(scan: Scan, frame: Frame) -> bool:
    """Does a parliament or government act, by its own name or by that of a state, a capital, a person?"""
    who = frame.who
    if who.kind != "actor":
        return who.kind == "institution"
    begin = who.actors[0].i if who.actors else who.at
    words = scan.lows[max(0, begin - 3) : frame.used.start]
    return any(a.role in (PERSON, CAPITAL, BODY) for a in who.actors) or any(w in CHAMBER | INSTITUTIONS for w in words)


def deposit(extraction: Extraction, frame: Frame) -> None:
    """An instrument of ratification or accession deposited; where the talk is of leaving, a notice."""
    context, scan = extraction.context, extraction.scan
    scan.lows[max(0, frame.begin - 1) : frame.end + 1]
    passive = frame.used.voice == PASSIVE
    if passive:
        actors = _handed(extraction, frame)
    else:
        actors = actors_of(scan, context, frame.who, frame.used)
        if frame.used.trigger.lemma == "receive":
            actors = tuple(c for a in scan.actors if a.role != ORGANISATION for c in a.codes)[:1]
    if not frame.link.ids:
        return
    span = next(
        (
            h
            for h, u in extraction.used
            if u.voice == NOMINAL and "deposit" in u.trigger.events_of() and h.i >= frame.hit.i
        ),
        None,
    )
    extraction.put(
        frame,
        "deposit",
        frame.link.ids,
        actors,
        start=frame.hit.i if span is None or span.i - frame.hit.j < 3 else span.i,
        stop=span.j if span is not None else None,
    )


def _handed(extraction: Extraction, frame: Frame) -> tuple[str, ...]:
    """Whose paper was deposited, where the verb is passive; "together with those of" adds others."""
    context, scan = extraction.context, extraction.scan
    owned = owner(scan, context, Hit(frame.obj.i, frame.obj.j, ()))
    () if frame.used.trigger.lemma == "receive" else by_agent(scan, frame.hit, frame.end)
    actors = owned
    told = context.last
    if not actors and told:
        actors = told[0].actors
    actors = actors or context.institution(scan, frame.hit.i)
    those = next(
        (i for i, w in enumerate(scan.lows) if w in ("those", "that") and "with" in scan.lows[frame.hit.j : i]),
        None,
    )
    if those is not None:
        row = groups([a for a in scan.actors if a.i > those], scan)
        actors += tuple(c for a in (row[0] if row else []) for c in a.codes)
    return actors


def notice(extraction: Extraction, frame: Frame) -> None:
    """A notice handed over, delivered, lodged, received."""
    context, scan = extraction.context, extraction.scan
    event = "give_notice"
    if not (context.leaving):
        return
    passive = frame.used.voice == PASSIVE
    if passive:
        actors = _handed(extraction, frame)
    else:
        actors = actors_of(scan, context, frame.who, frame.used)
        if frame.used.trigger.lemma == "receive":
            actors = owner(scan, context, Hit(frame.obj.j - 1, frame.obj.j, ()))
    if not actors and not (frame.how.negated):
        return
    frame.how.negated = frame.how.negated or frame.obj.negated
    if not frame.link.ids:
        return
    extraction.put(
        frame,
        event,
        frame.link.ids,
        actors,
        stop=frame.obj.j if frame.obj.j - frame.hit.j < 5 and frame.obj.j > frame.hit.j else None,
    )


def notify(extraction: Extraction, frame: Frame) -> None:
    """Somebody notifies the depositary or the others that it withdraws, suspends, terminates."""
    context, scan = extraction.context, extraction.scan
    window = scan.lows[frame.hit.j : min(len(scan.lows), frame.end + 14)]
    passive = frame.used.voice == PASSIVE
    lemma = frame.used.trigger.lemma
    recipient = any(w in RECIPIENTS for w in window[:9]) or any(
        a.role == ORGANISATION for a in scan.actors if frame.hit.j <= a.i < frame.hit.j + 6
    )
    leaves = any(
        w.startswith(("withdraw", "leav", "denounc", "exit", "quit")) or w in ("pulling", "departure") for w in window
    )
    suspends = any(w.startswith(("suspen", "moratori", "freez")) for w in window)
    ends = any(w.startswith(("terminat", "cancel")) or w == "end" for w in window)
    written = "writing" in window[:8]
    if lemma == "tell" and not (written or (recipient and (leaves or suspends))):
        return
    if lemma == "inform" and not (recipient or leaves or suspends or ends):
        return
    if not (leaves or suspends or ends or context.leaving):
        return
    if passive:
        recipient = recipient or frame.who.kind in ("actor", "institution", "other", "collective")
        actors = by_agent(scan, frame.hit, frame.end) or context.subjects or context.institution(scan, frame.hit.i)
        if frame.who.kind == "actor" and frame.who.codes and frame.who.codes[0] in actors:
            return
    else:
        actors = actors_of(scan, context, frame.who, frame.used)
    if not recipient and lemma != "notify":
        return
    if not frame.link.ids and frame.obj.actor is not None and frame.obj.actor.role == ORGANISATION:
        founded = context.founding(frame.obj.actor.codes[0])  # told to the organisation one leaves
        frame.link = replace(frame.link, ids=(founded,) if founded and leaves else ())
    if not frame.link.ids or not actors:
        return
    if frame.used.aspect == INFINITIVE and frame.how.modality == "planned" and "told" in scan.lows:
        return
    event = "give_notice"
    if suspends and not leaves:
        event = "suspend"
    elif ends and not leaves and all_bilateral(context, frame.link.ids):
        event = "give_notice"
    extraction.put(frame, event, frame.link.ids, actors)


def authorise(extraction: Extraction, frame: Frame, n: int) -> int:
    """Leave to end an accord is not its end. Returns the token after the verb it governs, else the trigger's own."""
    context, scan = extraction.context, extraction.scan
    for hit, used in extraction.used[n + 1 :]:
        if "terminate" not in used.trigger.events_of() and "withdraw" not in used.trigger.events_of():
            continue
        inner = extraction.frame(hit, used)
        ids = inner.link.ids
        if not any(w in LAWLIKE for w in scan.lows[: frame.hit.i]) and frame.who.kind not in ("actor", "institution"):
            break
        actors = (
            tuple(c for c in actors_of(scan, context, frame.who, frame.used) if len(c) == 3)
            if frame.who.kind in ("actor", "institution")
            else ()
        )
        if not actors:
            near = context.anchor()
            actors = (near,) if near else ()
        more = [t for t in scan.things if t.i > hit.i and ((t.partner and not t.generic) or with_one(t.ids))]
        ids = tuple(dict.fromkeys((*ids, *(i for t in more for i in t.ids))))
        frame.link = inner.link
        frame.end = max(frame.end, inner.end)
        extraction.put(frame, "authorise_termination", ids, actors)
        return hit.j
    return frame.hit.i
