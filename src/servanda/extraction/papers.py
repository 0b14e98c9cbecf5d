"""Papers: votes, laws and decrees; instruments deposited; notices; leave given to end an accord."""

from __future__ import annotations

from dataclasses import replace

from servanda.extraction.frames import Extraction, Frame, acceptable, doers, with_one
from servanda.extraction.grammar import BASE, CHAMBER, ING, PAST, REFUSING, THIRD, adverbial
from servanda.extraction.lexicon import BODY, CAPITAL, ORGANISATION, PERSON
from servanda.extraction.links import SENTENCE, TOPIC, actors_of, owner
from servanda.extraction.mood import Mood
from servanda.extraction.scan import Hit, Scan, groups
from servanda.extraction.verbgroups import GERUND, INFINITIVE, NOMINAL, PASSIVE
from servanda.extraction.words import wordlist

LAWLIKE = wordlist("papers.LAWLIKE")


MATTERS = wordlist("papers.MATTERS")
FAR = 14  # tokens in which what is notified is told
VERBAL = (ING, PAST, THIRD, BASE)
ORDERS = frozenset(["order", "orders", "instruction"])
SENT_BACK = wordlist("forms.SENT_BACK")
ASSENTING = wordlist("papers.ASSENTING")
INSTITUTIONS = wordlist("papers.INSTITUTIONS")
RECIPIENTS = wordlist("papers.RECIPIENTS")


def _orders_end(extraction: Extraction, frame: Frame) -> bool:
    """Is it an order that ends an accord, or lets it be ended ("signed an order denouncing", "empowering")?"""
    behind = [u for h, u in extraction.used if frame.obj.j <= h.i <= frame.obj.j + 1 and u.aspect == GERUND]
    ends = {"terminate", "withdraw", "authorise_termination", "give_notice"}
    return any(ends & set(u.trigger.events_of()) for u in behind)


ENACTING = frozenset(["approve", "endorse", "pass", "adopt", "enact"])  # what a state may be said to do to a treaty
LEAVING = ("withdraw", "leav", "denounc", "exit", "quit", "pulling", "departure")
SUSPENDING, ENDING = ("suspen", "moratori", "freez"), ("terminat", "cancel")
OPEN_MOODS = frozenset(["hypothetical", "planned", "done"])


def approve(extraction: Extraction, frame: Frame, event: str) -> None:
    """Votes, laws, decrees, bare ratification; refusal and absence of it."""
    context, scan, who, obj = extraction.context, extraction.scan, frame.who, frame.obj
    lemma = frame.used.trigger.lemma
    passive, gerund = frame.used.voice == PASSIVE, frame.used.aspect == GERUND
    if not frame.link.ids or (obj.mark == "l" and obj.head in ORDERS and _orders_end(extraction, frame)):
        return  # an order is the step itself, told by the verb behind it
    if frame.how.modality == "urged" and any(w in ("must", "has", "have") for w in frame.used.auxiliaries):
        frame.how = Mood("planned", frame.how.negated)  # "parliament must still agree": what is yet to come
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
        step = obj.mark == "w" and lemma in ASSENTING and 0 < obj.j - frame.hit.j < 4 and not passive
        extraction.put(
            frame, event, frame.link.ids, actors, stop=obj.j if step else None
        )  # "approved the ratification"


def _ratify(extraction: Extraction, frame: Frame, event: str, actors: tuple[str, ...]) -> None:
    """Bare ratification, refusal and absence of it."""
    scan, how = extraction.scan, frame.how
    if not acceptable(extraction, frame):
        return
    refused = how.controller is not None and scan.low(how.controller) in REFUSING
    told = how.modality in ("done", "planned") or (how.modality == "denied" and frame.used.negated)
    if (how.negated or refused) and told:
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
    if lemma == "vote":
        to = frame.obj.preposition
        if to == "against" or (to == "to" and not _votes_on(extraction, frame)):
            return False
    return _about_treaty(extraction, frame)


def enacted(extraction: Extraction, frame: Frame) -> None:
    """A bill that passes, or clears a chamber: the state's whose it is."""
    scan, context = extraction.scan, extraction.context
    if not frame.link.ids:
        return
    named = [a for a in scan.actors if frame.begin <= a.i < frame.end and a.role != ORGANISATION and len(a.codes) == 1]
    actors = named[0].codes if named else context.institution(scan, frame.hit.i)
    extraction.put(frame, "domestic_approval", frame.link.ids, actors)


def _votes_on(extraction: Extraction, frame: Frame) -> bool:
    """Is what is voted to be done a step of a treaty ("to leave it", "to back the bill"), not any other thing?"""
    scan, at = extraction.scan, frame.hit.j + 1
    while at < len(scan.lows) and adverbial(scan.lows[at]):
        at += 1
    return any(h.i == at for h, _ in extraction.used) or any(at <= t.i < at + 6 for t in scan.things)


def _about_treaty(extraction: Extraction, frame: Frame) -> bool:
    """Is a vote or law about an instrument: named in the sentence, or the document's one matter?"""
    scan, obj = extraction.scan, frame.obj
    at = obj.j
    if scan.when_at(at + 1) is not None:
        at = scan.when_at(at + 1).j  # type: ignore[union-attr]
    if obj.mark == "l" and frame.link.how in (SENTENCE, TOPIC) and scan.low(at) in MATTERS:
        matter = range(at, len(scan.lows))
        if not any(t.i in matter for t in scan.things) and not any(h.i in matter for h, _ in extraction.used):
            return False  # "a law saying that judgments are void"
    return extraction.context.main is not None


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
    scan, hit = extraction.scan, frame.hit
    if frame.used.voice == PASSIVE:
        actors = _handed(extraction, frame)
    elif frame.used.trigger.lemma == "receive":
        actors = tuple(c for a in scan.actors if a.role != ORGANISATION for c in a.codes)[:1]
    else:
        actors = doers(extraction, frame)
    nouns = (h for h, u in extraction.used if u.voice == NOMINAL and "deposit" in u.trigger.events_of())
    span = next((h for h in nouns if h.i >= hit.i), hit)
    start = span.i if span.i - hit.j >= 5 else hit.i
    extraction.put(frame, "deposit", frame.link.ids, actors, start=start, stop=span.j)


def _handed(extraction: Extraction, frame: Frame) -> tuple[str, ...]:
    """Whose paper was deposited, where the verb is passive; "together with those of" adds others."""
    context, scan = extraction.context, extraction.scan
    actors = owner(scan, context, Hit(frame.obj.i, frame.obj.j, ()))
    actors = actors or (context.last[0].actors if context.last else ()) or context.institution(scan, frame.hit.i)
    together = next((i for i in range(frame.hit.j, len(scan.lows)) if scan.lows[i] == "with"), len(scan.lows))
    those = next((i for i in range(together, len(scan.lows)) if scan.lows[i] in ("those", "that")), len(scan.lows))
    row = groups([a for a in scan.actors if a.i > those], scan)
    return (*actors, *(c for a in (row[0] if row else []) for c in a.codes))


def notice(extraction: Extraction, frame: Frame) -> None:
    """A notice handed over, delivered, lodged, received."""
    obj, hit = frame.obj, frame.hit
    if frame.used.voice == PASSIVE:
        actors = _handed(extraction, frame)
    elif frame.used.trigger.lemma == "receive":
        actors = owner(extraction.scan, extraction.context, Hit(obj.j - 1, obj.j, ()))
    else:
        actors = doers(extraction, frame)
    if extraction.context.leaving and (actors or frame.how.negated):
        frame.how.negated = frame.how.negated or obj.negated
        stop = obj.j if 0 < obj.j - hit.j < 5 else None
        start = obj.i if frame.used.voice == PASSIVE and 0 < hit.i - obj.i < 4 else None
        extraction.consumed.update(range(hit.j, frame.end))  # "notice of withdrawal" tells of no withdrawal
        extraction.put(frame, "give_notice", frame.link.ids, actors, start=start, stop=stop)


def notify(extraction: Extraction, frame: Frame) -> None:
    """Somebody notifies the depositary or the others that it withdraws, suspends, terminates."""
    context, scan, hit, obj = extraction.context, extraction.scan, frame.hit, frame.obj
    window = scan.lows[hit.j : frame.end + 14]
    lemma = frame.used.trigger.lemma
    recipient = any(w in RECIPIENTS for w in window[:9]) or any(
        a.role == ORGANISATION for a in scan.actors if hit.j <= a.i < hit.j + 6
    )
    leaves = any(w.startswith(LEAVING) for w in window)
    suspends = any(w.startswith(SUSPENDING) for w in window)
    ends = any(w.startswith(ENDING) or w == "end" for w in window)
    if lemma == "tell" and "writing" not in window[:8] and not (recipient and (leaves or suspends)):
        return
    if not (leaves or suspends or ends or (context.leaving and (lemma != "inform" or recipient))):
        return
    actors = doers(extraction, frame)
    if frame.used.voice == PASSIVE:
        recipient = recipient or frame.who.kind in ("actor", "institution", "other", "collective")
        actors = actors or context.subjects or context.institution(scan, hit.i)
        if frame.who.kind == "actor" and frame.who.codes[0] in actors:
            return
    if not actors or not (recipient or lemma == "notify"):
        return
    if not frame.link.ids and obj.actor is not None and obj.actor.role == ORGANISATION:
        founded = context.founding(obj.actor.codes[0])  # told to the organisation one leaves
        frame.link = replace(frame.link, ids=(founded,) if founded and leaves else ())
    if frame.used.aspect == INFINITIVE and frame.how.modality == "planned" and "told" in scan.lows:
        return
    event = "suspend" if suspends and not leaves else "give_notice"
    extraction.consumed.update(range(hit.j, frame.end))  # what is notified is told by the notice
    own = next((h for h, _ in extraction.used if hit.j <= h.i < hit.j + FAR and h.form(*VERBAL)), None)
    told = own is not None and event == "suspend" and "suspend" in own.options[0].events_of()
    extraction.put(frame, event, frame.link.ids, actors, stop=own.j if told and own is not None else None)


def authorise(extraction: Extraction, frame: Frame, n: int) -> int:
    """Leave to end an accord is not its end. Returns the token after the verb it governs, else the trigger's own."""
    context, scan = extraction.context, extraction.scan
    ends = {"terminate", "withdraw"}
    hit, used = next((p for p in extraction.used[n + 1 :] if ends.intersection(p[1].trigger.events_of())), (None, None))
    acts = frame.who.kind in ("actor", "institution")
    if hit is None or used is None or not (acts or any(w in LAWLIKE for w in scan.lows[: frame.hit.i])):
        return frame.hit.i
    inner = extraction.frame(hit, used)
    actors = tuple(c for c in actors_of(scan, context, frame.who, frame.used) if len(c) == 3) if acts else ()
    if not actors and (near := context.anchor()):
        actors = (near,)
    more = [t for t in scan.things if t.i > hit.i and ((t.partner and not t.generic) or with_one(t.ids))]
    frame.link = inner.link
    frame.end = max(frame.end, inner.end)
    ids = tuple(dict.fromkeys((*inner.link.ids, *(i for t in more for i in t.ids))))
    extraction.put(frame, "authorise_termination", ids, actors)
    return hit.j
