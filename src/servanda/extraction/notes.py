"""Steps told as in a note, without a verb or without its subject: "Notice on 27 June", "Russia out", "exit due in May".

So timelines, flashes, lists and threads write. What a note leaves out is the state of its label or of the note before.
"""

from __future__ import annotations

from dataclasses import dataclass

from servanda.extraction.frames import Extraction, Frame
from servanda.extraction.grammar import BE, DO, HAVE, MODAL, NOUN, REPORTS, STRONG_BREAK
from servanda.extraction.lexicon import UNNAMED
from servanda.extraction.links import CLAUSE, TOPIC, by_agent, owner
from servanda.extraction.mood import Mood
from servanda.extraction.phrasing import phrase_frame
from servanda.extraction.scan import Actor, Hit, Scan, groups
from servanda.extraction.subjects import COMMON_PAST, Subject
from servanda.extraction.verbgroups import NOMINAL, verb
from servanda.extraction.when import When
from servanda.extraction.words import wordlist

NOTED = wordlist("notes.NOTED")  # events a noun alone may tell in a note
BARE = wordlist("notes.BARE")  # events a participle alone may tell in a note
OUT = wordlist("notes.OUT")
STAYS = wordlist("notes.STAYS")
AHEAD = wordlist("notes.AHEAD")
NONE = wordlist("notes.NONE")
BEFORE_BARE = wordlist("notes.BEFORE_BARE")
ENDS_OUT = wordlist("notes.ENDS_OUT")
FROM = wordlist("notes.FROM")  # "six months after the notice": a day counted, not a step told
NOBODYS = frozenset(["sign", "enter_into_force", "terminate", "dissolve", "amend"])  # need no doer of their own
LONGEST = 30  # words of a sentence that may be a note


@dataclass(slots=True)
class Part:
    """Tokens [i, j) of a note between two marks."""

    i: int
    j: int


def read_notes(extraction: Extraction) -> None:
    """Claims told by notes."""
    scan, context = extraction.scan, extraction.context
    if len(scan.lows) > LONGEST or (not context.topic and not any(t.ids for t in scan.things)):
        return
    label = next((k for k, low in enumerate(scan.lows[:12]) if low in (":", "-", "–", "—", "--", "/")), None)
    headed = label is not None and (
        context.timeline or any(w.j <= label for w in scan.whens) or _only_names(scan, label)
    )
    whole = Part(0, len(scan.lows))
    bare = headed or context.timeline or not _finite(extraction, whole)
    if not bare and not _row(scan):
        return
    said: tuple[str, ...] = _names(scan, 0, label) if headed and label is not None else ()
    for part in _parts(scan, label if headed and label is not None else None):
        if _finite(extraction, part):
            continue
        own = part.j - part.i < 8 and any(
            part.i < w.i and w.j >= part.j for w in scan.whens
        )  # "notified 4 November 2019"
        if not (bare or own):
            continue
        said = _names(scan, part.i, part.j) or said
        _read(extraction, part, said, headed)


def _row(scan: Scan) -> bool:
    """Is a sentence a row of steps with their days?"""
    return sum(1 for w in scan.whens if scan.low(w.j) in (",", ";", ".", "")) > 2


def _parts(scan: Scan, label: int | None) -> list[Part]:
    """The parts of a note behind its label, divided by commas and stronger marks."""
    begin = 0 if label is None else label + 1
    found: list[Part] = []
    for k in range(begin, len(scan.lows) + 1):
        low = scan.low(k)
        inside = scan.when_at(k) is not None or (k < len(scan.lows) and scan.taken[k])
        if k == len(scan.lows) or ((low in STRONG_BREAK or low == ",") and not inside):
            if k > begin:
                found.append(Part(begin, k))
            begin = k + 1
    return found


def _only_names(scan: Scan, label: int) -> bool:
    """Does a label name states and nothing else ("Estonia, Latvia:")?"""
    named = {x for a in scan.actors for x in range(a.i, a.j)}
    words = [k for k in range(label) if scan.lows[k].isalpha() and scan.lows[k] not in ("and", "the")]
    return bool(words) and all(k in named for k in words)


def _finite(extraction: Extraction, part: Part) -> bool:
    """Has a part of a sentence a verb of its own, with its subject?"""
    scan = extraction.scan
    if any(scan.lows[k] in BE | HAVE | MODAL | DO and scan.when_at(k) is None for k in range(part.i, part.j)):
        return True
    for h, u in extraction.used:
        if not part.i <= h.i < part.j or u.voice == NOMINAL or u.reduced:
            continue
        if any(part.i <= a.i and a.j <= u.start for a in scan.actors) or u.start > part.i + 2:
            return True
    known = {x for h, _ in extraction.used for x in range(h.i, h.j)}
    return any(_past(scan, k) for k in range(part.i, part.j) if k not in known)


def _past(scan: Scan, k: int) -> bool:
    """Does a word that carries no event look like a verb in the past ("triggered", "said", "met")?"""
    low = scan.lows[k]
    plain = not scan.taken[k] and not scan.words[k].capital and scan.when_at(k) is None
    return plain and (low in COMMON_PAST or low in REPORTS or (low.endswith("ed") and len(low) > 4))


def _names(scan: Scan, i: int, j: int) -> tuple[str, ...]:
    """The states that a part names before all else."""
    inside = [a for a in scan.actors if i <= a.i < j and UNNAMED not in a.codes]
    rows = groups(inside, scan)
    free = [r for r in rows if r[0].i - i < 3 and not _led(scan, r[0])]
    return tuple(c for a in free[0] for c in a.codes) if free else ()


def _led(scan: Scan, actor: Actor) -> bool:
    before = scan.low(actor.i - 1) if scan.low(actor.i - 1) != "the" else scan.low(actor.i - 2)
    return before in ("in", "at", "from", "to", "with", "for", "toward", "towards", "against", "on")


def _read(extraction: Extraction, part: Part, said: tuple[str, ...], headed: bool) -> None:
    """The claim a part of a note makes, if any."""
    scan = extraction.scan
    when = _when(scan, part)
    told = {k for c in extraction.claims for k, w in enumerate(scan.words) if c.start <= w.start < c.end}
    free = [k for k in range(part.i, part.j) if k not in told and k not in extraction.consumed and not scan.taken[k]]
    if when is not None or headed:
        for hit in [h for h in scan.hits if h.i in free]:
            event = _named(scan, hit, part) or _bare(scan, hit, part)
            if event is not None:
                actors = by_agent(scan, hit, part.j) or owner(scan, extraction.context, hit) or said
                _put(extraction, part, (hit.i, hit.j), event, actors, when)
                return
    for k in free:
        if _out(extraction, k, part):
            _put(extraction, part, (k, k + 1), "withdraw", said, when)
            return
        if said and scan.lows[k] in STAYS and _ends(scan, k, part) and extraction.context.leaving:
            frame = _frame(extraction, (k, k + 1), when)
            frame.how = Mood("planned", True)
            extraction.put(frame, "withdraw", frame.link.ids, said, dated=False)
            return


def _named(scan: Scan, hit: Hit, part: Part) -> str | None:
    """The event a noun tells by itself ("notice on 27 June"), unless a day is counted from it."""
    noun, used = hit.form(NOUN), verb(scan, hit)
    if noun is None or (used is not None and used.voice != NOMINAL):
        return None
    if any(scan.lows[x] in FROM for x in range(max(part.i, hit.i - 4), hit.i)):
        return None
    event = noun.events_of()[0]
    return event if event in NOTED else None


def _bare(scan: Scan, hit: Hit, part: Part) -> str | None:
    """The event a verb tells that opens a part without its subject ("signed at Helsinki")."""
    opens = all(scan.lows[x] in BEFORE_BARE or scan.thing_at(x) for x in range(part.i, hit.i))
    used = verb(scan, hit)
    if not opens or used is None or used.voice == NOMINAL:
        return None
    return next((e for e in used.trigger.events_of() if e in BARE), None)


def _ends(scan: Scan, k: int, part: Part) -> bool:
    """Does a word end its part but for a day, behind a name or nothing?"""
    alone = k == part.i or scan.actor_at(k - 1) is not None
    return alone and (k + 1 >= part.j or scan.when_at(k + 1) is not None or scan.low(k + 1) in ENDS_OUT)


def _out(extraction: Extraction, k: int, part: Part) -> bool:
    """ "Russia out", "out on 27 December": where leaving is spoken of, or what is left is named."""
    scan, context = extraction.scan, extraction.context
    named = scan.low(k + 1) == "of" and any(0 < t.i - k < 5 for t in scan.things)
    return scan.lows[k] in OUT and _ends(scan, k, part) and (named or context.leaving)


def _when(scan: Scan, part: Part) -> When | None:
    """The day told in a part, else the one the note opens with."""
    inside = next((w for w in scan.whens if part.i <= w.i < part.j and not w.attributive), None)
    return inside or next((w for w in scan.whens if w.i < 3 and w.past), None)


def _frame(extraction: Extraction, span: tuple[int, int], when: When | None) -> Frame:
    scan, context = extraction.scan, extraction.context
    near = [t for t in scan.things if t.ids]
    ids, how = (near[0].ids, CLAUSE) if near else (((context.topic,), TOPIC) if context.topic else ((), TOPIC))
    frame = phrase_frame(extraction, *span, Subject("missing"), span[0], ids, how)
    frame.when = when
    return frame


def _put(
    extraction: Extraction,
    part: Part,
    span: tuple[int, int],
    event: str,
    actors: tuple[str, ...],
    when: When | None,
) -> None:
    scan, context = extraction.scan, extraction.context
    frame = _frame(extraction, span, when or context.opened)
    if not frame.link.ids or (not actors and event not in NOBODYS and not context.subjects):
        return
    words = scan.lows[part.i : part.j]
    today = str(context.clock.today) if context.clock.today else ""
    ahead = any(w in AHEAD for w in words)
    if frame.when is not None and today and not ahead:
        value = frame.when.past or ""
        ahead = value[: len(today)] > today[: len(value)]
    negated = any(w in NONE for w in words)
    if "without" in words:
        return
    frame.how = Mood("planned" if ahead and not negated else "done", negated)
    actors = actors or (() if event in NOBODYS else context.subjects)
    extraction.put(frame, event, frame.link.ids, actors, dated=False)
