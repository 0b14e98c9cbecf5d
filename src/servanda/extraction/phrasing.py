"""Where a set phrase stands: its verb group, the instrument it concerns, its speaker."""

from __future__ import annotations

from servanda.extraction.clauses import clause_end, clause_start
from servanda.extraction.frames import Extraction, Frame
from servanda.extraction.grammar import BE, HAVE, MODAL, NEGATOR, adverbial
from servanda.extraction.links import CLAUSE, TOPIC, Link
from servanda.extraction.objects import Object
from servanda.extraction.reports import speaker
from servanda.extraction.scan import Hit
from servanda.extraction.subjects import Subject
from servanda.extraction.triggers import Trigger
from servanda.extraction.verbgroups import ACTIVE, FINITE, Verb


def being(start: int) -> Verb:
    """A verb group that begins at `start` and tells a state of things, or a deed with words of its own."""
    return Verb(Trigger(FINITE, "be", ()), ACTIVE, FINITE, start)


def phrase_frame(
    extraction: Extraction, i: int, j: int, who: Subject, start: int, ids: tuple[str, ...], how: str = TOPIC
) -> Frame:
    """The frame of a phrase at tokens [i, j) whose verb group begins at `start`, said of instruments `ids`."""
    scan = extraction.scan
    hit = Hit(i, j, ())
    frame = Frame(hit, being(start), who, Object("o"), Link(ids, how), clause_start(scan, start), clause_end(scan, j))
    frame.speaker, frame.report = speaker(scan, extraction.context, i, extraction.reports)
    return frame


def phrase_topic(extraction: Extraction, i: int, j: int) -> tuple[tuple[str, ...], str]:
    """The instrument a phrase concerns: in its clause, in the sentence before it, else the topic."""
    scan, context = extraction.scan, extraction.context
    end = clause_end(scan, j)
    behind = [t for t in scan.things if t.ids and j <= t.i < end]
    near = behind[:1] or [t for t in scan.things if t.ids and t.j <= i][-1:]
    if near:
        return near[0].ids, CLAUSE
    return (context.topic,) if context.topic else (), TOPIC


def group_start(extraction: Extraction, k: int) -> int:
    """Where the verb group that leads up to token `k` begins."""
    lows = extraction.scan.lows
    while k > 0 and (lows[k - 1] in BE | HAVE | MODAL | NEGATOR or adverbial(lows[k - 1])):
        k -= 1
    return k


def helpers(extraction: Extraction, start: int, k: int) -> tuple[str, ...]:
    """The forms of be, have and will among tokens [start, k)."""
    return tuple(w for w in extraction.scan.lows[start:k] if w in BE | HAVE | MODAL)
