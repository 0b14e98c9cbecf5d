"""Is it kept: verdicts as an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from servanda.corpus import Corpus
from servanda.limits.assess import assess as judge_all
from servanda.limits.changes import changes as changes_of
from servanda.model.answer import Answer, Node, Statement, later
from servanda.model.documents.base import plain
from servanda.model.documents.figures import AlternativeRow, AssessDocument, ChangePoint, ChangesDocument, VerdictRow
from servanda.model.errors import UnknownName
from servanda.model.question import Question
from servanda.model.results import Verdict
from servanda.model.vocabulary import ANY, AxisName, Provenance, VerdictKind
from servanda.questions.beside import (
    assessment_row,
    assumption_row,
    beside_node,
    count_node,
    count_row,
    estimate_node,
    estimate_row,
    named,
    record_node,
    record_row,
    span_words,
)
from servanda.questions.made_up import MARK
from servanda.questions.words import asked_day, cites, listed, source_names

BREACHES = (VerdictKind.EXCEEDED, VerdictKind.INCONSISTENT)


class Verdicts(tuple[Verdict, ...]):
    """Verdicts in order; `verdicts["CFE IV.1(A)", "east"]` gives one."""

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, tuple):
            return super().__getitem__(key)
        return pick(self, *key)


def pick(verdicts: Iterable[Verdict], limit: str, scope: str | None = None, posture: str | None = None) -> Verdict:
    """The verdict of that id or citation, scope and posture; the widest posture by default. UnknownName otherwise."""
    found = [v for v in verdicts if limit in (v.id, v.limit.id)] or [v for v in verdicts if v.limit.cite == limit]
    if not found:
        raise UnknownName("verdict", limit, tuple(dict.fromkeys(v.id for v in verdicts))[:3])
    if scope is not None:
        scopes = tuple(dict.fromkeys(v.scope for v in found))
        found = [v for v in found if v.scope.lower() == scope.lower()]
        if not found:
            raise UnknownName(f"scope of {limit}", scope, scopes[:6])
    if posture is not None:
        found = [v for v in found if v.posture == posture] or found
    exact = [v for v in found if v.id == limit]
    return (exact or found)[0]


def assess(corpus: Corpus, question: Question) -> Answer[Verdicts]:
    """Verdicts on every limit on a day (architecture.md 5, `assess`), of a corpus already seen as the question asks."""
    instrument = question.instrument
    asked = asked_day(corpus, instrument, question.day)
    verdicts = Verdicts(judge_all(corpus, question))
    dossier = corpus.dossier(instrument)
    synthetic = leans_on_synthetic(verdicts)

    def node() -> Node:
        tally = {k: sum(v.verdict is k for v in verdicts) for k in VerdictKind}
        told = ", ".join(f"{n} {k.value.replace('_', ' ')}" for k, n in tally.items() if n)
        words = (MARK if synthetic else "") + "{n} verdicts on limits of {treaty} on {on}: {tally}"
        parts = {"n": len(verdicts), "treaty": dossier.instrument.called, "on": asked, "tally": told}
        nodes = tuple(verdict_node(corpus, instrument, v, asked) for v in verdicts)
        return Node(statement=Statement(words, parts), because=nodes)

    def document() -> AssessDocument:
        return AssessDocument(
            instrument=instrument,
            on=asked,
            groups=question.groups,
            count=question.count,
            prospective=question.prospective,
            reading=question.reading,
            assume=tuple(question.assume),
            assumptions=tuple(assumption_row(a) for a in named(question.assume)),
            as_known_on=corpus.known_on,
            synthetic=synthetic,
            verdicts=tuple(verdict_row(v) for v in verdicts),
        )

    return Answer(
        kind="assess",
        value=verdicts,
        document=later(document),
        node=later(node),
        breach=any(is_breach(v) for v in verdicts),
        not_known=dossier.instrument.unknown(asked),
    )


def assess_period(corpus: Corpus, question: Question) -> Answer[tuple[tuple[date, tuple[Verdict, ...]], ...]]:
    """Verdicts at the days of the question's period on which one of them changes."""
    instrument = question.instrument
    found = changes_of(corpus, question)
    first, last = question.since, question.until
    steps = []
    before: dict[tuple[str, str, str], Verdict] = {}
    for on, verdicts in found:
        moved = [v for v in verdicts if _moved(v, before)]
        before = {(v.id, v.scope, v.posture): v for v in verdicts}
        steps.append((on, moved))
    nodes = tuple(
        Node(
            statement=Statement("{on}: {n} verdicts differ", {"on": on, "n": len(moved)}),
            because=tuple(verdict_node(corpus, instrument, v, on) for v in moved),
        )
        for on, moved in steps
    )
    synthetic = leans_on_synthetic(v for _, verdicts in found for v in verdicts)
    words = (MARK if synthetic else "") + "{n} change points of {treaty} from {since} to {until}"
    parts = {"n": len(found), "treaty": corpus.dossier(instrument).instrument.called, "since": first, "until": last}
    document = ChangesDocument(
        instrument=instrument,
        from_=first,
        to=last,
        groups=question.groups,
        count=question.count,
        as_known_on=corpus.known_on,
        synthetic=synthetic,
        changes=tuple(ChangePoint(on=on, verdicts=tuple(verdict_row(v) for v in moved)) for on, moved in steps),
    )
    breach = any(is_breach(v) for _, verdicts in found for v in verdicts)
    node = Node(statement=Statement(words, parts), because=nodes)
    return Answer(kind="assess_period", value=found, document=document, node=node, breach=breach)


def _moved(v: Verdict, before: dict[tuple[str, str, str], Verdict]) -> bool:
    old = before.get((v.id, v.scope, v.posture))
    return old is None or (old.verdict, old.bound, old.low, old.high) != (v.verdict, v.bound, v.low, v.high)


def bare(corpus: Corpus, instrument: str, limit: str) -> str:
    """A limit's id without the posture that verdict ids carry (`#active`, `+stored`), so that printed ids come back."""
    name, mark, tail = limit.rpartition("+" if "+" in limit.rpartition("#")[2] else "#")
    own = corpus.dossier(instrument).instrument
    both = (own, corpus.dossier(own.amends).instrument) if own.amends else (own,)
    postures = {v.id for i in both for axis in i.axes if axis.axis is AxisName.POSTURE for v in axis.values}
    return name if mark and tail in {ANY, *postures} else limit


def leans_on_synthetic(verdicts: Iterable[Verdict]) -> bool:
    """True where one of them rests on figures that were made up."""
    return any(r.provenance is Provenance.SYNTHETIC for v in verdicts for r in v.records)


def is_breach(v: Verdict) -> bool:
    """A breach in law, or records in law that contradict each other."""
    return v.in_law and v.verdict in BREACHES


def verdict_data(v: Verdict) -> dict[str, Any]:
    """One verdict as plain data, as its document prints it."""
    return plain(verdict_row(v))


def verdict_row(v: Verdict) -> VerdictRow:
    """One verdict as in the outer contract."""
    return VerdictRow(
        id=v.id,
        cite=v.limit.cite,
        gist=v.limit.gist,
        scope=v.scope,
        category=v.limit.category,
        zone=v.limit.zone,
        posture=v.posture,
        bound=v.bound,
        low=v.low,
        high=v.high,
        verdict=v.verdict,
        headroom=v.headroom,
        headroom_range=v.headroom_range,
        applies_from=v.applies_from,
        snapshot=v.snapshot,
        snapshot_date=v.snapshot_date,
        age_days=v.age_days,
        stale=v.stale,
        in_law=v.in_law,
        nature=v.limit.nature,
        test=v.test,
        deferred=v.deferred,
        excess=v.excess,
        relaxed=v.relaxed,
        recalled=v.recalled,
        members=tuple(v.members),
        records=tuple(record_row(r) for r in v.records),
        conflict=tuple(record_row(r) for r in v.conflict),
        alternatives=tuple(
            AlternativeRow(record=record_row(a.record), verdict=a.verdict, low=a.low, high=a.high)
            for a in v.alternatives
        ),
        newer_partial=tuple(v.newer_partial),
        would_settle=v.would_settle,
        assumptions=tuple(v.assumptions),
        assessments=tuple(assessment_row(b) for b in v.assessments),
        estimates=tuple(estimate_row(e) for e in v.estimates),
        contested=len(v.counts) > 1,
        counts=tuple(count_row(c) for c in v.counts),
        caveats=tuple(v.caveats),
        sources=tuple(v.sources),
    )


def verdict_node(corpus: Corpus, instrument: str, v: Verdict, on: date) -> Node:
    """The tree of one verdict: ceiling, bounds, the records that bind, what would settle it."""
    scope = corpus.actors.name(v.scope) if v.scope in corpus.actors else v.scope
    made_up = any(r.provenance is Provenance.SYNTHETIC for r in v.records)
    words = ("SYNTHETIC: " if made_up else "") + "{id}, {scope}: {span} of {bound} {category}: {verdict}"
    parts = {
        "id": v.id,
        "scope": scope,
        "span": span_words(v.low, v.high),
        "bound": v.bound,
        "category": v.limit.category.replace("_", " "),
        "verdict": v.verdict.value.replace("_", " "),
    }
    if v.headroom is not None:
        words += ", {room} {which}"
        parts |= {"room": abs(v.headroom), "which": "over" if v.headroom < 0 else "of headroom"}
    children: list[Node] = [
        Node(
            statement=Statement("{gist}", {"gist": v.limit.gist}),
            citation=cites(instrument, v.limit.cite),
            sources=source_names(corpus, instrument, v.limit.source),
            caveats=_applies_words(v, on),
        )
    ]
    if v.members and v.scope not in v.members:
        children.append(
            Node(statement=Statement("{scope} that day: {members}", {"scope": scope, "members": listed(v.members, 40)}))
        )
    if v.test:
        children.append(Node(statement=Statement("test: {test}; no article says to count so", {"test": v.test})))
    if v.snapshot:
        told = "figures: snapshot {name} of {date}, {age} days old"
        children.append(
            Node(
                statement=Statement(told, {"name": v.snapshot, "date": v.snapshot_date, "age": v.age_days}),
                caveats=(f"newer but partial: {', '.join(v.newer_partial)}",) if v.newer_partial else (),
                because=tuple(record_node(corpus, instrument, r) for r in v.records),
            )
        )
    if v.conflict:
        children.append(
            Node(
                statement=Statement(
                    "these {n} records cannot all be true; without any one they can", {"n": len(v.conflict)}
                ),
                because=tuple(record_node(corpus, instrument, r) for r in v.conflict),
            )
        )
    for other in v.alternatives:
        children.append(
            Node(
                statement=Statement(
                    "with the {status} figure {value} of {holder} instead: {span}, {verdict}",
                    {
                        "status": other.record.status.value,
                        "value": other.record.value if other.record.value is not None else "(interval)",
                        "holder": other.record.holder,
                        "span": span_words(other.low, other.high),
                        "verdict": other.verdict.value.replace("_", " "),
                    },
                ),
                sources=source_names(corpus, instrument, other.record.source),
            )
        )
    children += [count_node(corpus, instrument, c) for c in v.counts]
    children += [estimate_node(corpus, instrument, e) for e in v.estimates]
    children += [beside_node(corpus, instrument, b) for b in v.assessments]
    if v.would_settle:
        children.append(Node(statement=Statement("would be settled by {what}", {"what": v.would_settle})))
    return Node(statement=Statement(words, parts), caveats=v.caveats, because=tuple(children))


def _applies_words(v: Verdict, on: date) -> tuple[str, ...]:
    if v.applies_from is None:
        return ("it never entered into force, so the limit judges nobody",)
    if v.applies_from > on:
        return (f"the limit judges only from {v.applies_from}",)
    return ()


__all__ = [
    "Verdicts",
    "assess",
    "assess_period",
    "bare",
    "is_breach",
    "leans_on_synthetic",
    "pick",
    "record_row",
    "span_words",
    "verdict_data",
    "verdict_node",
    "verdict_row",
]
