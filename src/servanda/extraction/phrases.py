"""Set phrases for deeds: "did so again", "urged to stay", "announced the decision", "the note reached the depositary"."""

from __future__ import annotations

from dataclasses import replace

from servanda.extraction.clauses import clause_end
from servanda.extraction.conditions import (
    BACK_IN,
    became_member,
    called_breach,
    died,
    gone,
    in_breach,
    in_force,
    inside,
    never_party,
    no_longer,
    no_signatory,
    went,
)
from servanda.extraction.ellipsis import left_out
from servanda.extraction.frames import Extraction
from servanda.extraction.grammar import BE, HAVE, MODAL, NEGATOR, STRONG_BREAK, URGES
from servanda.extraction.links import CLAUSE, actors_of, by_agent, owner, target_after
from servanda.extraction.mood import Mood
from servanda.extraction.phrasing import group_start, phrase_frame, phrase_topic
from servanda.extraction.scan import Hit
from servanda.extraction.speakers import speaker_of
from servanda.extraction.subjects import Subject, subject
from servanda.extraction.triggers import Trigger
from servanda.extraction.verbgroups import ACTIVE, FINITE, NOMINAL, Verb, controller
from servanda.extraction.words import wordlist
from servanda.model.claims import AUTHOR, Claim

DECIDED = wordlist("phrases.DECIDED")


STAYING = (
    ("stay",),
    ("remain",),
    ("think", "again"),
    ("think", "better"),
    ("change", "its", "mind"),
    ("change", "their", "mind"),
    ("change", "course"),
)


RETURNING = wordlist("phrases.RETURNING")


REACHED = wordlist("phrases.REACHED")


DATA = wordlist("phrases.DATA")


GIVES = wordlist("phrases.GIVES")


WITHHOLDING = wordlist("phrases.WITHHOLDING")


DOUBT = wordlist("phrases.DOUBT")
SAME: tuple[tuple[str, ...], ...] = (
    ("did", "so"),
    ("done", "so"),
    ("do", "so"),
    ("followed", "suit"),
    ("follow", "suit"),
    ("did", "the", "same"),
    ("took", "the", "same", "step"),
    ("do", "likewise"),
    ("did", "likewise"),
    ("do", "the", "same"),
    ("does", "so"),
    ("does", "the", "same"),
    ("done", "the", "same"),
    ("done", "likewise"),
    ("make", "the", "same"),
    ("made", "the", "same"),
    ("announced", "the", "same"),
    ("decided", "the", "same"),
    ("gone", "the", "same", "way"),
    ("went", "the", "same", "way"),
    ("go", "the", "same", "way"),
    ("take", "the", "same", "step"),
    ("taken", "the", "same", "step"),
    ("took", "a", "similar", "step"),
    ("take", "a", "similar", "step"),
    ("taken", "a", "similar", "step"),
    ("followed", "its", "example"),
    ("follow", "its", "example"),
    ("followed", "their", "example"),
    ("taken", "such", "a", "step"),
    ("took", "such", "a", "step"),
    ("take", "such", "a", "step"),
    ("taken", "that", "step"),
    ("took", "that", "step"),
    ("take", "that", "step"),
    ("shown", "the", "way"),
    ("led", "the", "way"),
    ("met", "the", "same", "fate"),
    ("shared", "the", "same", "fate"),
)


SAME_BY = {first: tuple(p for p in SAME if p[0] == first) for first in {p[0] for p in SAME}}


def read_phrases(extraction: Extraction) -> None:
    """Claims told by set phrases."""
    scan = extraction.scan
    left_out(extraction)
    _listed(extraction)
    for k, low in enumerate(scan.lows):
        if scan.taken[k]:
            continue
        if low in ("out", "gone"):
            gone(extraction, k)
        elif low == "longer" and scan.low(k - 1) == "no":
            no_longer(extraction, k)
        elif low == "force" and scan.low(k - 1) == "in":
            in_force(extraction, k)
        elif low == "member" and scan.low(k - 1)[:1].isdigit():
            became_member(extraction, k)
        elif low in ("declaration", "reservation", "reservations", "objection", "objections"):
            _formal(extraction, k, low)
        elif low in ("declared", "declares") and CONSENTING.intersection(scan.lows):
            _declares(extraction, k)
        elif low in DECIDED and _announces(extraction, k):
            continue
        elif low.removesuffix("s") in ("notification", "notice", "letter", "note", "instrument"):
            _arrived(extraction, k)
        elif (low in ("violation", "breach") and "in" in (scan.low(k - 1), scan.low(k - 2))) or (
            low == "compliance" and any(w in ("not", "non") for w in scan.lows[max(0, k - 4) : k])
        ):
            in_breach(extraction, k)
        elif low in ("followed", "follows") and not any(
            h.i == k
            for h, u in extraction.used
            if u.voice != NOMINAL and extraction.context.last_event == "domestic_approval"
        ):
            if scan.when_at(k + 2) is not None or scan.when_at(k + 1) is not None:
                _same(extraction, k, 1)
        elif low in STATES and _stands(extraction, k, low):
            continue
        elif low in DATA:
            _withheld(extraction, k)
        elif low == "follow" and scan.low(k + 1) in (".", ",", ";", "", "too") and scan.low(k - 1) != "to":
            _same(extraction, k, 1)
        elif low in URGES:
            _stay(extraction, k)
        elif low in ("stay", "remain"):
            _stays(extraction, k)
        elif length := next((len(p) for p in SAME_BY.get(low, ()) if tuple(scan.lows[k : k + len(p)]) == p), 0):
            _same(extraction, k, length)


def _stands(extraction: Extraction, k: int, low: str) -> bool:
    """How things stand, told by words of being: called a breach, in since a day, no party, no signatory. True where they are."""
    scan = extraction.scan
    tells = {
        "called": low in ("violation", "breach", "violations"),
        "inside": low == "in" and scan.low(k - 1) in BACK_IN,
        "unsigned": low in ("signatory", "signatories"),
        "never": low in ("party", "parties") and scan.low(k - 1) in ("a", "state", "never", "not"),
        "died": low == "died",
        "went": low in ("went", "go", "goes") and (scan.when_at(k + 2) is not None or scan.low(k + 1) in ENDS),
    }
    told = next((name for name, fits in tells.items() if fits), None)
    if told is not None:
        STANDING[told](extraction, k)
    return told is not None


STATES = wordlist("phrases.STATES")
ENDS = frozenset([".", ";", ",", ""])
STANDING = {
    "called": called_breach,
    "inside": inside,
    "unsigned": no_signatory,
    "never": never_party,
    "died": died,
    "went": went,
}
CONSENTING = wordlist("phrases.CONSENTING")


def _declares(extraction: Extraction, k: int) -> None:
    """Declared on signing, on ratifying that: a declaration made with consent, not a mere saying."""
    scan = extraction.scan
    start = group_start(extraction, k)
    who = subject(scan, start)
    ids, how = phrase_topic(extraction, k, k + 1)
    frame = phrase_frame(extraction, k, k + 1, who, start, ids, how)
    frame.how = Mood("done", False)
    extraction.put(frame, "declare", ids, who.codes)


LISTED = ("withdraw", "suspend", "accede", "sign")


def _listed(extraction: Extraction) -> None:
    """ "Two have left: America in 2020 and Russia in 2021": each of a list behind a colon, with its own day."""
    scan = extraction.scan
    colon = next((k for k, low in enumerate(scan.lows) if low == ":"), None)
    last = next(
        (p for p in reversed(extraction.used) if p[1].voice == ACTIVE and colon is not None and p[0].j <= colon), None
    )
    if colon is None or last is None:
        return
    hit, used = last
    event = next((e for e in used.trigger.events_of() if e in LISTED), None)
    if event is None or extraction.claims or any(scan.actor_at(x) for x in range(used.start)):
        return
    ids = next((t.ids for t in scan.things if t.ids and t.j <= colon), ())
    ids = ids or ((extraction.context.topic,) if extraction.context.topic else ())
    for actor in [a for a in scan.actors if a.i > colon]:
        when = scan.when_at(actor.j + 1)
        if scan.low(actor.j) not in ("in", "on") or when is None or not ids:
            continue
        frame = phrase_frame(extraction, hit.i, hit.j, Subject("actor"), used.start, ids, CLAUSE)
        frame.when, frame.how = when, Mood("done", False)
        extraction.put(frame, event, ids, actor.codes, dated=False)


FORMAL = wordlist("phrases.FORMAL")


def _formal(extraction: Extraction, k: int, low: str) -> None:
    """A declaration was lodged, objections were received: formal acts told in the passive or with words between."""
    scan, context = extraction.scan, extraction.context
    event = "object" if low.startswith("objection") else "declare"
    at = next((x for x in range(k + 1, min(len(scan.lows), k + 9)) if scan.lows[x] in FORMAL), None)
    passive = at is not None and any(scan.lows[x] in BE for x in range(k + 1, at))
    if not passive:
        at = next((x for x in range(k - 1, max(-1, k - 7), -1) if scan.lows[x] in FORMAL), None)
        if at is None or scan.low(at - 1) in BE:
            return
    if at is None or any(c.event in (event, "object") for c in extraction.claims):
        return
    if event == "declare" and any(scan.lows[x].startswith("objection") for x in range(max(0, k - 4), k)):
        return  # what is objected to
    ids, how = phrase_topic(extraction, min(k, at), max(k, at) + 1)
    if not ids:
        return
    negated = any(w in ("no", "not", "never") for w in scan.lows[max(0, min(k, at) - 4) : max(k, at)])
    used = Verb(Trigger(FINITE, "do", ()), ACTIVE, FINITE, at)
    if passive:
        hit = Hit(at, at + 1, ())
        actors = by_agent(scan, hit, clause_end(scan, at + 1)) or owner(scan, context, Hit(k, k + 1, ()))
    else:
        actors = actors_of(scan, context, subject(scan, group_start(extraction, at)), used)
    if not actors and not negated:
        return
    frame = phrase_frame(extraction, at, at + 1, Subject("actor"), min(k, at), ids, how)
    frame.how = Mood("done", negated)
    extraction.put(frame, event, ids, actors, start=min(k, at), stop=max(k, at) + 1)


def _announces(extraction: Extraction, k: int) -> bool:
    """Announced the decision, the move: a step that is still to come."""
    scan, context = extraction.scan, extraction.context
    at = next(
        (
            x
            for x in range(k - 1, max(-1, k - 4), -1)
            if scan.lows[x] in ("announced", "announces", "announcing", "confirmed")
        ),
        None,
    )
    if at is None or scan.low(k + 1) in ("to", "of") or not context.leaving:
        return False
    ids, how = phrase_topic(extraction, at, k + 1)
    who = subject(scan, at - 1 if scan.low(at - 1) in HAVE else at)
    actors = actors_of(scan, context, who, Verb(Trigger(FINITE, "be", ()), ACTIVE, FINITE, at))
    frame = phrase_frame(extraction, at, k + 1, who, at, ids, how)
    frame.how = Mood("planned", False, actors[0])
    extraction.put(frame, "withdraw", ids, actors, dated=False)
    return True


def _arrived(extraction: Extraction, k: int) -> None:
    """Its notification reached the depositary; the letter went to New York."""
    scan, context = extraction.scan, extraction.context
    near = range(k + 1, min(len(scan.lows), k + 8))
    stop = next((x for x in near if scan.lows[x] in STRONG_BREAK), len(scan.lows))
    verb_at = next((x for x in near if x < stop and scan.lows[x] in REACHED), None)
    if verb_at is None or any(w in ("by", "with", "of") for w in scan.lows[max(0, k - 2) : k]):
        return
    if any(c.event == "give_notice" and c.end > scan.words[k].start for c in extraction.claims):
        return
    if scan.lows[verb_at] in ("received", "gone") and scan.low(verb_at - 1) not in BE | HAVE | NEGATOR:
        return
    ids, how = phrase_topic(extraction, k, verb_at + 1)
    owned = owner(scan, context, Hit(k, k + 1, ()))
    codes = next((s for x in (owned, context.subjects) if (s := context.lexicon.only_states(x))), ())
    frame = phrase_frame(extraction, k, verb_at + 1, Subject("thing"), k, ids, how)
    around = scan.lows[max(0, k - 3) : verb_at]
    frame.how = Mood("done", any(w in NEGATOR for w in around))
    if any(w in MODAL for w in around):
        frame.how.modality = "planned"
    extraction.put(frame, "give_notice", ids, codes, stop=k + 1 if verb_at - k > 2 else None)


def _withheld(extraction: Extraction, k: int) -> None:
    """Will provide no information, will not receive inspectors: performance withheld."""
    scan, context = extraction.scan, extraction.context
    at = next((x for x in range(k - 1, max(-1, k - 7), -1) if scan.lows[x] in GIVES), None)
    if at is None:
        return
    window = scan.lows[max(0, at - 3) : k]
    if not any(w in WITHHOLDING for w in window):
        return
    start = group_start(extraction, at)
    who = subject(scan, start)
    ids, how = phrase_topic(extraction, at, k + 1)
    actors = actors_of(scan, context, who, Verb(Trigger(FINITE, "be", ()), ACTIVE, FINITE, start))
    if not actors:
        return
    frame = phrase_frame(extraction, at, k + 1, who, start, ids, how)
    frame.how = Mood("done", False)
    extraction.put(frame, "cease_implementation", ids, actors, target=target_after(scan, frame.hit, frame.end))


def _stay(extraction: Extraction, k: int) -> None:
    """Urged to stay, to think again: not to withdraw; urged to reconsider: to resume."""
    scan, context = extraction.scan, extraction.context
    to, staying, returning = -1, None, False
    for x in range(k + 1, min(len(scan.lows), k + 9)):
        if scan.lows[x] != "to":
            continue
        rest = tuple(scan.lows[x + 1 : x + 5])
        staying = next((p for p in STAYING if rest[: len(p)] == p), None)
        returning = rest[0] in RETURNING
        if staying is not None or returning:
            to = x
            break
    if controller(scan, to)[1] != k:
        return
    ids, how = phrase_topic(extraction, k, to + 2)
    who_urges = subject(scan, group_start(extraction, k))
    speaker, _ = speaker_of(scan, context, who_urges)
    doers = tuple(c for a in scan.actors if k < a.i for c in a.codes)
    if not ids:
        return
    stop = to + 1 + (len(staying) if staying else 1)
    frame = phrase_frame(extraction, to + 1, stop, Subject("actor"), k, ids, how)
    event = "withdraw" if staying else "resume"
    frame.how = Mood("urged", bool(staying), speaker if who_urges.kind != "missing" else AUTHOR)
    extraction.put(frame, event, ids, doers, dated=False)


DUE = wordlist("mood.ABOUT_TO") | {"likely", "yet"}
CONDITIONS = wordlist("phrases.CONDITIONS")
STAYED = wordlist("phrases.STAYED")


def _stays(extraction: Extraction, k: int) -> None:
    """Will stay in the treaty, intends to remain a party: does not plan to leave."""
    scan, context = extraction.scan, extraction.context
    start = group_start(extraction, k)
    to = start - 1 if scan.low(start - 1) == "to" else None
    meant = to is not None and controller(scan, to)[0] == "intend"
    if not (meant or any(w in ("will", "shall", "'ll") for w in scan.lows[start:k])):
        return
    after = scan.low(k + 2) if scan.low(k + 1) in ("a", "full") else scan.low(k + 1)
    treaty = any(0 < t.i - k < 6 and t.ids for t in scan.things) or after in STAYED
    if not treaty:
        return
    who = subject(scan, start if to is None else group_start(extraction, controller(scan, to)[1]))
    actors = actors_of(scan, context, who, Verb(Trigger(FINITE, "be", ()), ACTIVE, FINITE, start))
    ids, how = phrase_topic(extraction, k, k + 1)
    if not actors or not ids or "if" in scan.lows[:start]:
        return
    frame = phrase_frame(extraction, k, k + 1, who, start, ids, how)
    negated = any(scan.lows[x] in NEGATOR for x in range(start, k))
    frame.how = Mood("planned", not negated)
    extraction.put(frame, "withdraw", ids, actors, dated=False)


def followed(extraction: Extraction, k: int) -> Claim | None:
    """The step that others take too: the main one told last in the sentence, else the last one told."""
    here = [c for c in extraction.claims if c.start < extraction.scan.words[k].start]
    main = [c for c in here if c.event not in ("give_notice", "accuse")]
    told = main or here or extraction.context.last
    return told[-1] if told else None


def _same(extraction: Extraction, k: int, length: int) -> None:
    """Did so again, followed suit, met the same fate: the last event told, by another."""
    scan, context = extraction.scan, extraction.context
    told = followed(extraction, k)
    start = group_start(extraction, k)
    if (
        told is None
        or any(w in CONDITIONS for w in scan.lows[:start])
        or any(scan.lows[x] in DOUBT for x in range(start, k))
    ):
        return
    to = start - 1 if scan.low(start - 1) == "to" else None
    kind, governs = controller(scan, to) if to is not None else ("", 0)
    urged = kind == "urge"
    alone = to is not None and any(w in ("first", "only", "last") for w in scan.lows[max(0, to - 5) : to])
    due = to is not None and scan.low(to - 1) in DUE
    if to is not None and kind not in ("urge", "threaten", "intend") and not alone and not due:
        return
    who = subject(scan, start if to is None else group_start(extraction, to - 1 if due else governs))
    if alone and to is not None:  # "the only state ever to have done so"
        at = next((x for x in range(to, -1, -1) if scan.lows[x] in ("first", "only", "last")), to)
        who = subject(scan, group_start(extraction, at - 1 if scan.low(at - 1) in ("the", "its") else at))
    negated = any(scan.lows[x] in NEGATOR for x in range(start, k))
    future = any(scan.lows[x] in MODAL for x in range(start, k))
    used = Verb(Trigger(FINITE, "do", ()), ACTIVE, FINITE, start)
    actors = actors_of(scan, context, who, used)
    ids: tuple[str, ...] = (told.instrument,) if told.instrument else ()
    if urged and to is not None:
        at = controller(scan, to)[1]
        actors = tuple(c for a in scan.actors if at < a.i and a.j <= to for c in a.codes)
    if scan.low(k + length - 1) == "fate":
        thing = who.thing or next((t for t in scan.things if t.ids and t.j <= k), None)
        if thing is None or not thing.ids:
            return
        ids, actors = thing.ids, ()
    elif not actors and who.kind not in ("none", "collective"):
        return
    negated = negated or who.negated or who.kind == "none"
    frame = phrase_frame(extraction, k, k + length, who, start, ids, CLAUSE)
    if "would" in scan.lows[start:k] and frame.report is None:
        return  # a supposition
    modality = {"urge": "urged", "threaten": "threatened", "intend": "planned"}.get(
        kind, "planned" if future or due else "done"
    )
    frame.how = Mood(modality, negated)
    follows = scan.low(k).startswith("follow") and (negated or future or to is not None)
    if follows and told.event == "give_notice":
        told = replace(told, event="withdraw")  # who follows one that gave notice leaves
    event = (
        "dissolve"
        if scan.low(k + length - 1) == "fate" and told.event in ("terminate", "dissolve", "withdraw")
        else told.event
    )
    extraction.put(frame, event, ids, actors, target=told.target)
