"""The course of an inspection from its log: what was done, what was missed, what may come next; the log as a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.errors import InputError
from servanda.model.verification import InspectionRegime
from servanda.questions.inspect_regime import regime_of
from servanda.questions.inspect_request import time_of
from servanda.questions.words import cites
from servanda.verification.course import Count, Course, Due, Missed
from servanda.verification.course_log import FIELDS, CourseLog, parse_log

Step = tuple[str, str, str | None]  # step, time, remark


def begun(corpus: Corpus, instrument: str, *, kind: str, by: str, of: str, synthetic: bool = False) -> CourseLog:
    """An inspection without any step yet. InputError for a kind the record has no course of."""
    regime, _ = regime_of(corpus, instrument)
    found = regime.kind(kind)
    if found is None:
        names = ", ".join(k.id for k in regime.kinds)
        raise InputError(f"{kind!r} is not a kind of inspection of {regime.id}", remedy=f"kinds: {names}")
    if not found.course:
        raise InputError(f"the course of a {found.name} is not in the record", remedy="ask for another kind")
    inspecting, inspected = corpus.actors.find(by).code, corpus.actors.find(of).code
    if inspecting == inspected:
        raise InputError(f"{inspecting} does not inspect itself", remedy="name two states")
    course = Course(kind=found, inspecting=inspecting, inspected=inspected, stay=regime.stay)
    return CourseLog(instrument=instrument, party=inspecting, course=course, synthetic=synthetic)


def read_log(corpus: Corpus, data: bytes, *, where: str) -> CourseLog:
    """A log from its file, every step taken again. InputError for one that is not whole."""
    regimes = {i: corpus.dossier(i).inspections[0] for i in corpus.ids() if corpus.dossier(i).inspections}
    found = parse_log(data, regimes, where=where)
    for name in (found.course.inspecting, found.course.inspected, found.party):
        corpus.actors.find(name)
    return found


def continued(
    log: CourseLog,
    *,
    steps: Iterable[Step] = (),
    counts: Iterable[Count] = (),
    fields: Mapping[str, str] | None = None,
) -> CourseLog:
    """The log with further steps, counts and fields; nothing that stands in it is changed.

    InputError, with the clause, for a step that is not permitted; for a field that stands there with another value.
    """
    course = log.course
    for name, when, remark in steps:
        course = course.then(name, time_of(when, f"time of {name}"), remark=remark)
    own = dict(log.fields)
    for name, text in (fields or {}).items():
        if name not in FIELDS:
            raise InputError(f"{name!r} is not a field of a report", remedy=f"fields: {', '.join(FIELDS)}")
        if own.get(name, text) != text:
            raise InputError(f"{name} is {own[name]!r} in the log already", remedy="a log is only added to")
        own[name] = text
    return CourseLog(
        instrument=log.instrument,
        party=log.party,
        course=course,
        fields=own,
        counts=(*log.counts, *counts),
        synthetic=log.synthetic,
    )


def inspect_course(corpus: Corpus, log: CourseLog, *, at: str | None = None) -> Answer[CourseLog]:
    """An inspection as far as its log goes: what was done, missed as of a time, counted, and what may come next."""
    regime, _ = regime_of(corpus, log.instrument)
    now = time_of(at, "time asked about") if at else None
    if now is not None and log.course.log and now < log.course.log[-1].at:
        raise InputError(f"{at} lies before the last step of the log", remedy="ask for a later time")
    missed = log.course.missed(now) if now is not None else ()
    return _answer(corpus, regime, log, now, missed)


def _answer(
    corpus: Corpus, regime: InspectionRegime, log: CourseLog, now: datetime | None, missed: tuple[Missed, ...]
) -> Answer[CourseLog]:
    course, instrument = log.course, log.instrument
    cite_of = {s.id: s.cite for s in course.kind.course}
    done = tuple(
        Node(
            statement=Statement(
                "{at}: {step} ({actor})"
                + (": {remark}" if e.remark else "")
                + ("; late by {late}: {consequence}" if e.late else ""),
                {
                    "at": e.at.isoformat(" ", timespec="minutes"),
                    "step": e.step.replace("_", " "),
                    "actor": corpus.actors.name(e.actor),
                    "remark": e.remark or "",
                    "late": str(e.late or ""),
                    "consequence": e.consequence or "the text names no consequence",
                },
            ),
            citation=cites(instrument, cite_of[e.step]),
        )
        for e in course.log
    )
    over = tuple(
        Node(
            statement=Statement(
                "missed by {actor}: {step}, due by {latest}: {consequence}",
                {
                    "actor": corpus.actors.name(m.actor),
                    "step": m.step.replace("_", " "),
                    "latest": m.latest.isoformat(" ", timespec="minutes"),
                    "consequence": m.consequence or "the text names no consequence",
                },
            ),
            citation=cites(instrument, m.cite),
        )
        for m in missed
    )
    due = course.due()
    ahead = tuple(
        Node(
            statement=Statement(
                "next, {actor}: {step}: {gist}{bounds}",
                {
                    "actor": corpus.actors.name(d.actor),
                    "step": d.step.replace("_", " "),
                    "gist": d.gist,
                    "bounds": _bounds(d),
                },
            ),
            citation=cites(instrument, d.cite),
        )
        for d in due
    )
    end = course.stay_until()
    stay: tuple[Node, ...] = ()
    if end is not None and course.stay is not None and not course.ended:
        ends = Statement("the stay ends by {end}", {"end": end.isoformat(" ", timespec="minutes")})
        stay = (Node(statement=ends, citation=cites(instrument, course.stay.cite)),)
    data = {
        "instrument": instrument,
        **course.as_plain(),
        "fields": dict(log.fields),
        "synthetic": log.synthetic,
        "digest": log.digest if course.log else None,
        "as_of": None if now is None else now.isoformat(timespec="minutes"),
        "missed": [
            {
                "step": m.step,
                "actor": m.actor,
                "latest": m.latest.isoformat(timespec="minutes"),
                "cite": m.cite,
                "consequence": m.consequence,
            }
            for m in missed
        ],
        "next": [_due_data(d) for d in due],
        "counts": [_count_data(c, regime) for c in log.counts],
    }
    words = "{kind} of {of} by {by}: {state}"
    parts = {
        "kind": course.kind.name.capitalize(),
        "of": corpus.actors.name(course.inspected),
        "by": corpus.actors.name(course.inspecting),
        "state": course.outcome.value.replace("_", " "),
    }
    caveats = ("this inspection is made up",) if log.synthetic else ()
    node = Node(
        statement=Statement(words, parts),
        citation=cites(instrument, course.kind.cite),
        caveats=caveats,
        because=(*done, *over, *(_count_node(instrument, c, regime) for c in log.counts), *ahead, *stay),
    )
    return Answer(kind="inspect_course", value=log, data=data, node=node)


def count_words(c: Count) -> str:
    """What a count is of: the category, and the type where it is told."""
    return c.category.replace("_", " ") + (f" {c.type}" if c.type else "")


def _count_node(instrument: str, c: Count, regime: InspectionRegime) -> Node:
    opens = c.opens(regime)
    further: tuple[Node, ...] = ()
    if opens is not None:
        further = (Node(statement=Statement("{words}", {"words": opens[0]}), citation=cites(instrument, opens[1])),)
    return Node(
        statement=Statement(
            "{what}: {counted} counted, {declared} declared, difference {difference}",
            {
                "what": count_words(c),
                "counted": c.counted,
                "declared": c.declared,
                "difference": f"{c.difference:+d}" if c.difference else "none",
            },
        ),
        because=further,
    )


def _count_data(c: Count, regime: InspectionRegime) -> dict[str, Any]:
    opens = c.opens(regime)
    return {
        "category": c.category,
        "type": c.type,
        "object": c.object,
        "declared": c.declared,
        "counted": c.counted,
        "difference": c.difference,
        "opens": None if opens is None else {"statement": opens[0], "cite": opens[1]},
    }


def _due_data(d: Due) -> dict[str, Any]:
    return {
        "step": d.step,
        "actor": d.actor,
        "gist": d.gist,
        "cite": d.cite,
        "earliest": d.earliest.isoformat(timespec="minutes") if d.earliest else None,
        "latest": d.latest.isoformat(timespec="minutes") if d.latest else None,
        "consequence": d.consequence,
    }


def _bounds(due: Due) -> str:
    words = ""
    if due.earliest is not None:
        words += f", not before {due.earliest:%Y-%m-%d %H:%M}"
    if due.latest is not None:
        words += f", by {due.latest:%Y-%m-%d %H:%M}"
    return words
