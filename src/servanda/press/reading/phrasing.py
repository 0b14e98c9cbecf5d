"""Where a set phrase stands: its verb group, the instrument it concerns, its speaker."""

from __future__ import annotations

from servanda.press.reading.clauses import clause_end, clause_start
from servanda.press.reading.frames import Frame, Reading
from servanda.press.reading.grammar import ADVERB, BE, HAVE, MODAL, NEGATOR, adverbial
from servanda.press.reading.links import CLAUSE, TOPIC, Link
from servanda.press.reading.objects import Object
from servanda.press.reading.reports import speaker
from servanda.press.reading.scan import Hit
from servanda.press.reading.subjects import Subject
from servanda.press.reading.triggers import Trigger
from servanda.press.reading.verbgroups import ACTIVE, FINITE, Verb


def phrase_frame(
    reading: Reading, i: int, j: int, who: Subject, start: int, ids: tuple[str, ...], how: str = TOPIC
) -> Frame:
    """The frame of a phrase at tokens [i, j) whose verb group begins at `start`, said of instruments `ids`."""
    scan = reading.scan
    hit = Hit(i, j, ())
    used = Verb(Trigger(FINITE, "be", ()), ACTIVE, FINITE, start)
    frame = Frame(hit, used, who, Object("o"), Link(ids, how), clause_start(scan, start), clause_end(scan, j))
    frame.speaker, frame.report = speaker(scan, reading.context, i, reading.reports)
    return frame


def phrase_topic(reading: Reading, i: int, j: int) -> tuple[tuple[str, ...], str]:
    """The instrument a phrase concerns: in its clause, in the sentence before it, else the topic."""
    scan, context = reading.scan, reading.context
    end = clause_end(scan, j)
    near = [t for t in scan.things if t.ids and j <= t.i < end] or [
        t for t in reversed(scan.things) if t.ids and t.j <= i
    ]
    if near:
        return near[0].ids, CLAUSE
    return ((context.topic,), TOPIC) if context.topic else ((), TOPIC)


def group_start(reading: Reading, k: int) -> int:
    """Where the verb group that leads up to token `k` begins."""
    lows = reading.scan.lows
    while k > 0 and (
        lows[k - 1] in BE
        or lows[k - 1] in HAVE
        or lows[k - 1] in MODAL
        or lows[k - 1] in ADVERB
        or lows[k - 1] in NEGATOR
        or adverbial(lows[k - 1])
    ):
        k -= 1
    return k


def helpers(reading: Reading, start: int, k: int) -> tuple[str, ...]:
    """The forms of be, have and will among tokens [start, k)."""
    return tuple(w for w in reading.scan.lows[start:k] if w in BE or w in HAVE or w in MODAL)
