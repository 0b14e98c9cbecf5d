"""Set phrases for how things stand: "is out", "no longer bound", "not in force", "is in breach", "is now a member"."""

from __future__ import annotations

from servanda.extraction.frames import Extraction
from servanda.extraction.grammar import BE, MODAL, NEGATOR
from servanda.extraction.links import OBJECT, actors_of, target_after
from servanda.extraction.mood import Mood
from servanda.extraction.phrasing import being, group_start, helpers, phrase_frame, phrase_topic
from servanda.extraction.scan import groups
from servanda.extraction.subjects import Subject, subject
from servanda.extraction.triggers import Trigger
from servanda.extraction.verbgroups import ACTIVE, FINITE, NOMINAL, Verb
from servanda.extraction.when import When
from servanda.extraction.words import wordlist
from servanda.model.claims import AUTHOR

CARRY = wordlist("conditions.CARRY")
BOUND = frozenset(["bound", "party", "parties", "member"])


INSPECTED = wordlist("conditions.INSPECTED")


AFTER_OUT = wordlist("conditions.AFTER_OUT") | {""}


def gone(extraction: Extraction, k: int) -> None:
    """The state is out; the treaty is gone; they have actually gone."""
    scan, context = extraction.scan, extraction.context
    apposed = scan.actor_at(k - 2) if scan.low(k - 1) in ("(", ",") else None
    if apposed is not None and scan.low(k + 1) in ("since", "from", "on") and context.leaving and context.topic:
        frame = phrase_frame(extraction, k, k + 1, Subject("actor"), k, (context.topic,))
        frame.begin, frame.how = k, Mood("done", False)
        row = next(g for g in groups(scan.actors, scan) if apposed in g)
        extraction.put(frame, "withdraw", (context.topic,), tuple(c for x in row for c in x.codes))
        return
    start = group_start(extraction, k)
    aux = helpers(extraction, start, k)
    after = scan.low(k + 1)
    if not aux or not (context.leaving or (after == "of" and scan.low(k) == "out")):
        return
    if after not in AFTER_OUT and scan.when_at(k + 1) is None:
        return
    if after == "of" and not any(k < t.i < k + 5 for t in scan.things):
        return
    who = subject(scan, start)
    ids, how = phrase_topic(extraction, k, k + 1)
    actors = actors_of(scan, context, who, being(start))
    if who.thing is not None:
        ids, how = who.thing.ids, OBJECT
        noticed = "give_notice" in (context.last_event, extraction.last_event)
        given = [c.actors for c in extraction.claims[-1:] if c.event == "give_notice"]
        actors = given[0] if given else context.subjects if noticed else ()
    if not ids or not actors or any(len(c) > 4 for c in actors):
        return
    frame = phrase_frame(extraction, k, k + 1, who, start, ids, how)
    negated = any(w in NEGATOR for w in scan.lows[start:k])
    planned = any(w in MODAL for w in aux)
    frame.how = Mood("planned" if planned else "done", negated or who.negated)
    extraction.put(frame, "withdraw", ids, actors)


def no_longer(extraction: Extraction, k: int) -> None:
    """No longer bound, a party; no longer carries out, takes part."""
    scan, context = extraction.scan, extraction.context
    start = group_start(extraction, k - 1)
    after = scan.lows[k + 1 : k + 6]
    ids, how = phrase_topic(extraction, k, k + 1)
    who = subject(scan, start)
    actors = actors_of(scan, context, who, being(start))
    aux = helpers(extraction, start, k - 1)
    if after[:1] and after[0] in ("exists", "exist") and who.kind in ("thing", "pronoun") and ids:
        frame = phrase_frame(extraction, k - 1, k + 2, who, start, ids, how)
        frame.how = Mood("reported_opinion", False)
        extraction.put(frame, "terminate", ids, (), dated=False)
        return
    ends = (n for n, w in enumerate(after) if w in BOUND | CARRY or any(x in INSPECTED for x in after[n + 1 :]))
    n = next(ends, None)
    if n is None:
        return
    event, stop = "withdraw" if after[n] in BOUND else "cease_implementation", k + 2 + n
    frame = phrase_frame(extraction, k - 1, stop, who, start, ids, how)
    planned = any(w in ("will", "would", "shall") for w in aux)
    frame.how = Mood("planned" if planned else "done", False)
    extraction.put(frame, event, ids, actors, target=target_after(scan, frame.hit, frame.end))


def in_force(extraction: Extraction, k: int) -> None:
    """Is not yet in force; has been in force since."""
    scan = extraction.scan
    start = group_start(extraction, k - 1)
    aux = helpers(extraction, start, k - 1)
    negated = any(w in ("not", "n't", "never") for w in scan.lows[start:k])
    since = any(0 <= w.i - k < 4 for w in scan.whens)
    who = subject(scan, start) if aux else Subject("missing")
    ahead = "will" in aux or "shall" in aux
    if not (negated or since or ahead) or who.kind in ("actor", "person", "other"):
        return
    ids, how = (who.thing.ids, OBJECT) if who.thing is not None else phrase_topic(extraction, k - 1, k + 1)
    frame = phrase_frame(extraction, k - 1, k + 1, who, start, ids, how)
    frame.how = Mood("planned" if ahead else "done", negated)
    fronted = scan.actor_at(1) if scan.low(0) == "for" else None  # "for France it has been in force since"
    extraction.put(frame, "enter_into_force", ids, fronted.codes if fronted is not None else ())


def became_member(extraction: Extraction, k: int) -> None:
    """Is now the 32nd member."""
    scan, context = extraction.scan, extraction.context
    i = k - (2 if scan.low(k - 2) in ("the", "its") else 1)
    start = group_start(extraction, i)
    who = subject(scan, start if helpers(extraction, start, i) else i - 1)
    body = context.organisation
    founded = context.founding(body) if body else None
    if founded is None or body is None:
        return
    frame = phrase_frame(extraction, i, k + 1, who, start, (founded,), OBJECT)
    if context.clock.today:
        scan.whens.append(When(k + 1, k + 1, str(context.clock.today)))
    actors = actors_of(scan, context, who, being(start))
    extraction.put(frame, "join_organisation", (founded,), actors, target=(body,))


def in_breach(extraction: Extraction, k: int) -> None:
    """Is in violation, in breach, not in compliance: somebody's charge."""
    scan, context = extraction.scan, extraction.context
    inner = next((x for x in range(k - 1, max(k - 4, 0), -1) if scan.lows[x] == "in"), k - 1)
    start = group_start(extraction, inner)
    told = any(c.end >= scan.words[k].start - 40 for c in extraction.claims)
    if told or not helpers(extraction, start, inner):
        return
    ids, how = phrase_topic(extraction, k - 1, k + 1)
    who = subject(scan, start)
    target = actors_of(scan, context, who, being(start))
    frame = phrase_frame(extraction, k - 1, k + 1, who, start, ids, how)
    frame.how = Mood("done", False)
    actors = (frame.speaker,) if frame.speaker not in (AUTHOR, "other") else ()
    extraction.put(frame, "accuse", ids, actors, target=target, dated=False)


def died(extraction: Extraction, k: int) -> None:
    """The treaty died: a view of its fate."""
    scan = extraction.scan
    who = subject(scan, group_start(extraction, k))
    if who.thing is None:
        return
    frame = phrase_frame(extraction, k, k + 1, who, k, who.thing.ids, OBJECT)
    frame.how = Mood("reported_opinion", False)
    extraction.put(frame, "terminate", who.thing.ids, ())


CALLING = wordlist("conditions.CALLING")
BACK_IN = wordlist("conditions.BACK_IN")


def called_breach(extraction: Extraction, k: int) -> None:
    """Calls the step a violation, describes it as a flagrant breach: a charge against whoever took the step."""
    scan, context = extraction.scan, extraction.context
    at = next((x for x in range(k - 1, max(-1, k - 10), -1) if scan.lows[x] in CALLING), None)
    if at is None or any(h.i < k and h.i > at and u.voice != NOMINAL for h, u in extraction.used):
        return
    if not any(w in ("a", "an", "as", "this") for w in scan.lows[max(at, k - 4) : k]) or context.topic is None:
        return
    start = group_start(extraction, at)
    passive = any(w in BE for w in helpers(extraction, start, at))
    who = subject(scan, start)
    used = Verb(Trigger(FINITE, "be", ()), ACTIVE, FINITE, start)
    actors = () if passive else actors_of(scan, context, who, used)
    named = [a for a in scan.actors if at < a.i < k and a.codes[0] not in actors]
    told = extraction.claims or context.last
    target = named[0].codes if named else told[-1].actors if told else ()
    if any(c in actors for c in target) or not target:
        return
    ids, how = phrase_topic(extraction, k, k + 1)
    frame = phrase_frame(extraction, k, k + 1, who, start, ids, how)
    frame.how = Mood("done", False)
    extraction.put(frame, "accuse", ids, actors, target=target, dated=False)


def inside(extraction: Extraction, k: int) -> None:
    """Is in since a day, is back in: has joined, or joined again."""
    scan, context = extraction.scan, extraction.context
    back = scan.low(k - 1) == "back"
    when = scan.when_at(k + 2) if scan.low(k + 1) == "since" else scan.when_at(k + 1)
    if when is None or context.topic is None:
        return
    start = group_start(extraction, k - 1 if back else k)
    if not any(w in BE for w in scan.lows[start:k]):
        return
    who = subject(scan, start)
    actors = actors_of(scan, context, who, Verb(Trigger(FINITE, "be", ()), ACTIVE, FINITE, start))
    known = context.known(context.topic)
    body = known is not None and bool(known.body)
    if not actors:
        return
    frame = phrase_frame(extraction, k - 1 if back else k, k + 1, who, start, (context.topic,))
    frame.how, frame.when = Mood("done", False), when
    extraction.put(frame, "join_organisation" if body else "accede", (context.topic,), actors, dated=False)


def never_party(extraction: Extraction, k: int) -> None:
    """Was never a party: has not joined."""
    scan, context = extraction.scan, extraction.context
    i = k - 1
    while scan.low(i) in ("a", "state", "full"):
        i -= 1
    start = group_start(extraction, i + 1)
    lead = scan.lows[start : i + 1]
    if "never" not in lead or not any(w in BE for w in lead):
        return
    who = subject(scan, start)
    actors = actors_of(scan, context, who, Verb(Trigger(FINITE, "be", ()), ACTIVE, FINITE, start))
    ids, how = phrase_topic(extraction, k, k + 1)
    if not actors or not ids:
        return
    frame = phrase_frame(extraction, i, k + 1, who, start, ids, how)
    frame.how = Mood("done", True)
    extraction.put(frame, "accede", ids, actors, dated=False)


def went(extraction: Extraction, k: int) -> None:
    """ "Canada went in 1982": where leaving was told last, and nothing says whither."""
    scan, context = extraction.scan, extraction.context
    told = extraction.claims or context.last
    start = group_start(extraction, k)
    who = subject(scan, start)
    if not told or told[-1].event not in ("withdraw", "give_notice") or who.kind not in ("actor", "pronoun"):
        return
    actors = actors_of(scan, context, who, Verb(Trigger(FINITE, "be", ()), ACTIVE, FINITE, start))
    name = told[-1].instrument
    aux = helpers(extraction, start, k)
    if not actors or name is None or (scan.low(k) == "go" and not any(w in MODAL for w in aux)):
        return
    frame = phrase_frame(extraction, k, k + 1, who, start, (name,))
    conditional = any(w in ("if", "unless", "would", "could", "might", "may") for w in scan.lows[:k])
    negated = any(w in NEGATOR for w in scan.lows[start:k])
    modality = "hypothetical" if conditional else "planned" if any(w in MODAL for w in aux) else "done"
    frame.how = Mood(modality, negated)
    extraction.put(frame, "withdraw", (name,), actors)


def no_signatory(extraction: Extraction, k: int) -> None:
    """Is not a signatory: has not signed."""
    scan, context = extraction.scan, extraction.context
    i = k - 1
    while scan.low(i) in ("a", "the", "yet"):
        i -= 1
    start = group_start(extraction, i + 1)
    lead = scan.lows[start : i + 1]
    if not any(w in BE for w in lead) or not any(w in ("not", "n't", "never") for w in lead):
        return
    if scan.low(start - 1) in ("that", "which", "who") or any(w in ("if", "unless") for w in scan.lows[:start]):
        return
    who = subject(scan, start)
    actors = actors_of(scan, context, who, Verb(Trigger(FINITE, "be", ()), ACTIVE, FINITE, start))
    ids, how = phrase_topic(extraction, k, k + 1)
    if not actors or not ids:
        return
    frame = phrase_frame(extraction, start, k + 1, who, start, ids, how)
    frame.how = Mood("done", True)
    extraction.put(frame, "sign", ids, actors, dated=False)
