"""What stands beside a verdict, in words and as data: the records it rests on, assessments of others, estimates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from servanda.corpus import Corpus
from servanda.limits.assumptions import ASSUMPTIONS, Assumption
from servanda.model.answer import Node, Statement
from servanda.model.assessments import Beside
from servanda.model.counts import Count
from servanda.model.documents.figures import AssessmentRow, AssumptionRow, CountRow, EstimateRow, RecordRow
from servanda.model.records import Record
from servanda.model.results import Estimate
from servanda.model.vocabulary import ANY
from servanda.questions.words import listed, source_names


def named(words: Iterable[str]) -> tuple[Assumption, ...]:
    """The assumptions that words name, in their order."""
    names = [w.partition(":")[0] for w in words]
    return tuple(a for n in dict.fromkeys(names) for a in ASSUMPTIONS if a.name == n)


def assumption_row(a: Assumption) -> AssumptionRow:
    """An assumption for documents."""
    return AssumptionRow(name=a.name, definition=a.definition, basis=a.basis, caveat=a.caveat)


def record_row(r: Record) -> RecordRow:
    """A record for documents, with its place in the files."""
    return RecordRow(
        id=r.id,
        holder=r.holder,
        category=r.category,
        place=r.place,
        posture=r.posture,
        site=r.site,
        as_of=r.as_of,
        snapshot=r.snapshot,
        value=r.value,
        low=r.low,
        high=r.high,
        status=r.status,
        provenance=r.provenance,
        confidence=r.confidence,
        source=tuple(r.source),
        note=r.note,
        file=r.file,
        line=r.line,
    )


def span_words(low: int | None, high: int | None) -> str:
    """Bounds in words: exact, between, at least, or no figure."""
    if low is None and high is None:
        return "no figure in the record"
    if high is None:
        return f"at least {low or 0:,}, no upper bound"
    if low == high:
        return f"{low:,}"
    return f"between {low or 0:,} and {high:,}"


def record_node(corpus: Corpus, instrument: str, r: Record) -> Node:
    """One record with its source, line and confidence."""
    low, high = r.bounds
    posture = "" if r.posture == ANY else f" ({r.posture})"
    where = r.id if not r.file else r.file if r.line is None else f"{r.file}:{r.line}"
    caveats = [] if r.confidence == "sourced" else [f"{r.confidence}, not sourced"]
    if r.note:
        caveats.append(r.note)
    return Node(
        statement=Statement(
            "{holder} {site}in {place}, {category}{posture}: {span} on {as_of} ({where})",
            {
                "holder": r.holder,
                "site": f"at {r.site} " if r.site else "",
                "place": r.place,
                "category": r.category.replace("_", " "),
                "posture": posture,
                "span": span_words(low, high),
                "as_of": r.as_of,
                "where": where,
            },
        ),
        sources=source_names(corpus, instrument, r.source),
        caveats=tuple(caveats),
    )


def assessment_row(b: Beside) -> AssessmentRow:
    """An assessment beside a verdict for documents; `period` is its first day and the day after its last."""
    a = b.assessment
    return AssessmentRow(
        id=a.id,
        by=a.by,
        kind=a.kind,
        of=tuple(a.of),
        period=(a.since, a.end),
        result=a.result,
        gist=a.gist,
        exact=b.exact,
        against=tuple(b.against),
        against_record=b.against_record,
        confidence=a.confidence,
        source=tuple(a.source),
    )


def beside_node(corpus: Corpus, instrument: str, b: Beside) -> Node:
    """An assessment in words, with whatever contradicts it."""
    a = b.assessment
    caveats = [] if a.confidence == "sourced" else [f"{a.confidence}, not sourced"]
    if b.against_record:
        caveats.append("the record proves the opposite")
    if b.against:
        caveats.append(f"contradicted by {listed(b.against)}")
    if not b.exact:
        caveats.append("not a finding on this very limit")
    if a.note:
        caveats.append(a.note)
    words = "assessed by others ({id}): {by}: {result} ({period}). {gist}"
    last = a.end - timedelta(days=1)
    parts = {
        "id": a.id,
        "by": a.by,
        "result": a.result.value.replace("_", " "),
        "period": a.since.isoformat() if last == a.since else f"{a.since} to {last}",
        "gist": a.gist,
    }
    return Node(
        statement=Statement(words, parts),
        sources=source_names(corpus, instrument, a.source),
        caveats=tuple(caveats),
    )


def estimate_row(e: Estimate) -> EstimateRow:
    """An estimate as in the outer contract, with what it rests on and what it contradicts."""
    return EstimateRow(
        assumptions=tuple(e.assumptions),
        low=e.low,
        high=e.high,
        verdict=e.verdict,
        records=tuple(record_row(r) for r in e.records),
        contradicts=tuple(record_row(r) for r in e.conflict),
        caveats=tuple(e.caveats),
    )


def estimate_words(e: Estimate) -> str:
    """An estimate in one line."""
    names = " + ".join(e.assumptions)
    if e.conflict:
        told = listed([f"{r.holder} {span_words(*r.bounds)} ({r.as_of})" for r in e.conflict], 4)
        return f"{names} cannot be true beside the record: {told}"
    span = span_words(e.low, e.high)
    if e.low is not None and e.high is not None and e.low != e.high:
        span = f"{e.low:,} to {e.high:,}"
    return f"with {names}: {span}, {e.verdict.value.replace('_', ' ')}"


def estimate_node(corpus: Corpus, instrument: str, e: Estimate) -> Node:
    """An estimate in words, with the figures it rests on or those that contradict it."""
    return Node(
        statement=Statement("{words}", {"words": estimate_words(e)}),
        caveats=e.caveats,
        because=tuple(record_node(corpus, instrument, r) for r in (e.conflict or e.records)),
    )


def count_row(c: Count) -> CountRow:
    """A count for documents: whose it is, what it gives, and what it counts on top of the declared number."""
    d = c.dispute
    return CountRow(
        by=c.by,
        low=c.low,
        high=c.high,
        verdict=c.verdict,
        adds=d.adds if d else 0,
        parts=d.parts if d else {},
        gist=d.gist if d else None,
        source=d.source if d else (),
    )


def count_node(corpus: Corpus, instrument: str, c: Count) -> Node:
    """A count in words."""
    by = listed([corpus.actors.name(x) if x in corpus.actors else x for x in c.by])
    told = {"by": by, "span": span_words(c.low, c.high), "verdict": c.verdict.value.replace("_", " ")}
    if c.dispute is None:
        return Node(statement=Statement("as {by}: {span}, {verdict}", told))
    parts = ", ".join(f"{n} {what}" for what, n in c.dispute.parts.items())
    return Node(
        statement=Statement(
            "by the count of {by}: {span}, {verdict}. {gist} ({parts})",
            {**told, "gist": c.dispute.gist, "parts": parts},
        ),
        sources=source_names(corpus, instrument, c.dispute.source),
    )
