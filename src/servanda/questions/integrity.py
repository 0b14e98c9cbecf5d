"""Can the record be trusted: references, sums, entry into force, recalled values, sources that disagree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from servanda.corpus import Corpus
from servanda.limits.assess import Assessor
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.base import plain
from servanda.model.documents.record import (
    CheckDocument,
    CheckRow,
    DiscrepancyRow,
    FaultRow,
    InstrumentRow,
    ListingDocument,
)
from servanda.model.errors import DataError, Fault
from servanda.model.instrument import Dossier
from servanda.model.question import Question
from servanda.model.records import Record
from servanda.model.vocabulary import ActKind, Confidence, RecordStatus
from servanda.standing import entry_into_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What the check of one instrument found."""

    instrument: str
    faults: tuple[Fault, ...]
    recalled: tuple[str, ...]
    discrepancies: tuple[tuple[str, str, str], ...]  # point, size, view
    coverage: dict[str, int]
    entry: str


def check(corpus: Corpus, instruments: Iterable[str] = ()) -> Answer[tuple[Check, ...]]:
    """Read the files anew and check everything that can be checked. `breach` is true where a fault was found."""
    chosen = tuple(instruments) or corpus.ids()
    results = tuple(_check(corpus, i) for i in chosen)
    nodes = []
    for r in results:
        lines = [Node(statement=Statement("fault: {fault}", {"fault": str(f)})) for f in r.faults]
        lines.append(Node(statement=Statement("entry into force: {entry}", {"entry": r.entry})))
        lines += [
            Node(
                statement=Statement(
                    "sources differ: {point}{size}; taken: {view}", {"point": p, "size": s and f" ({s})", "view": v}
                )
            )
            for p, s, v in r.discrepancies
        ]
        lines += [Node(statement=Statement("recalled: {value}", {"value": v})) for v in r.recalled]
        told = ", ".join(f"{n} {k}" for k, n in r.coverage.items() if n)
        words = "{instrument}: {verdict}; {coverage}; {recalled} values recalled, {discrepancies} points on which sources differ"
        parts = {
            "instrument": r.instrument,
            "verdict": f"{len(r.faults)} faults" if r.faults else "sound",
            "coverage": told,
            "recalled": len(r.recalled),
            "discrepancies": len(r.discrepancies),
        }
        nodes.append(Node(statement=Statement(words, parts), because=tuple(lines)))
    bad = sum(len(r.faults) for r in results)
    root = Node(
        statement=Statement("{n} instruments checked, {bad} faults", {"n": len(results), "bad": bad}),
        because=tuple(nodes),
    )
    document = CheckDocument(
        sound=bad == 0,
        instruments=tuple(_row(r) for r in results),
    )
    return Answer(kind="check", value=results, document=document, node=root, breach=bad > 0)


def _row(r: Check) -> CheckRow:
    return CheckRow(
        instrument=r.instrument,
        faults=tuple(
            FaultRow(
                file=f.file,
                line=f.line,
                record=f.record,
                column=f.column,
                message=f.message,
                article=f.article,
                remedy=f.remedy,
            )
            for f in r.faults
        ),
        recalled=r.recalled,
        discrepancies=tuple(DiscrepancyRow(point=p, size=s or None, view=v) for p, s, v in r.discrepancies),
        coverage=r.coverage,
        entry_into_force=r.entry,
    )


def _check(corpus: Corpus, instrument: str) -> Check:
    try:
        dossier = corpus.load(instrument)
    except DataError as error:
        return Check(
            instrument=instrument, faults=error.faults, recalled=(), discrepancies=(), coverage={}, entry="not checked"
        )
    faults: list[Fault] = []
    entry = _entry(corpus, dossier, faults)
    if dossier.records:
        _sums(corpus, dossier, faults)
    _parents(dossier, faults)
    return Check(
        instrument=instrument,
        faults=tuple(faults),
        recalled=tuple(_recalled(dossier)),
        discrepancies=tuple(_discrepancies(dossier)),
        coverage={
            "provisions": len(dossier.provisions),
            "limits": len(dossier.limits),
            "acts": len(dossier.acts),
            "zones": len(dossier.zones),
            "records": len(dossier.records),
            "levels": len(dossier.levels),
            "reductions": len(dossier.reductions),
            "assessments": len(dossier.assessments),
            "types": len(dossier.types),
            "procedures": len(dossier.procedures),
            "sources": len(dossier.instrument.sources),
        },
        entry=entry,
    )


def _entry(corpus: Corpus, dossier: Dossier, faults: list[Fault]) -> str:
    found = entry_into_force(dossier, corpus.actors)
    rule = dossier.instrument.entry
    if rule is None:
        return "no rule recorded"
    if found.agrees is False:
        faults.append(
            Fault(
                file=f"{dossier.instrument.id}/treaty.yaml",
                record="entry",
                message=f"entry into force computed as {found.computed}, recorded as {found.recorded}",
                article=rule.cite,
                remedy="check the deposits, the period and the recorded day",
            )
        )
    recorded_acts = [a for a in dossier.acts if a.act is ActKind.ENTER_INTO_FORCE and a.date.exact]
    for act in recorded_acts:
        day = (act.effective or act.date).day
        if found.computed and day != found.computed:
            faults.append(
                Fault(
                    file=f"{dossier.instrument.id}/acts.yaml",
                    record=act.id,
                    message=f"records entry into force on {day}; the rule gives {found.computed}",
                    article=rule.cite,
                    remedy="check the deposits and the period",
                )
            )
    if found.computed:
        return f"computed {found.computed}" + (", as recorded" if found.agrees else "")
    if found.missing:
        missing = ", ".join(found.missing[:6]) + (" ..." if len(found.missing) > 6 else "")
        tail = f"recorded {found.recorded}, not computable" if found.recorded else "not in force"
        return f"{tail}: no act of {len(found.missing)} required ({missing})"
    return f"recorded {found.recorded}" if found.recorded else "not in force"


def _sums(corpus: Corpus, dossier: Dossier, faults: list[Fault]) -> None:
    """State figures against printed totals: records of one snapshot that cannot all be true."""
    for day in sorted({r.as_of for r in dossier.records}):
        assessor = Assessor(corpus, Question(instrument=dossier.instrument.id), day)
        for snapshot in assessor.snapshots:
            if snapshot.as_of != day:
                continue
            for tree in snapshot.forest.trees:
                conflict: tuple[Record, ...] = ()
                if tree.closed and tree.broken is not None:
                    conflict = snapshot.forest.bounds(tree.nodes[tree.broken][1]).conflict
                elif not tree.closed:
                    conflict = snapshot.forest.bounds(tree.nodes[0][1]).conflict
                if conflict:
                    first = conflict[0]
                    told = "; ".join(f"{r.holder} {r.bounds[0]:,} ({r.file}:{r.line})" for r in conflict)
                    faults.append(
                        Fault(
                            file=first.file or dossier.instrument.id,
                            line=first.line,
                            record=first.id,
                            message=f"preferred records of {snapshot.name} cannot all be true: {told}",
                            remedy="correct one, or mark it alternative or disputed",
                        )
                    )


def _parents(dossier: Dossier, faults: list[Fault]) -> None:
    """Sub-ceilings of one clause never exceed the ceiling of the category above."""
    by_id = {x.id: x for x in dossier.limits}
    for limit in dossier.limits:
        outer = by_id.get(limit.within or "")
        if outer is None:
            continue
        for posture, number in limit.at_most.items():
            above = outer.at_most.get(posture)
            if above is not None and number > above:
                faults.append(
                    Fault(
                        file=f"{dossier.instrument.id}/limits.yaml",
                        record=limit.id,
                        message=f"{number:,} is above the {above:,} of {outer.id}",
                        article=limit.cite,
                        remedy="check both numbers",
                    )
                )


def _recalled(dossier: Dossier) -> Iterable[str]:
    recalled = Confidence.RECALLED
    for act in dossier.acts:
        if act.confidence is recalled:
            yield f"act {act.id} ({act.date.words})"
    for limit in dossier.limits:
        if limit.confidence is recalled:
            yield f"limit {limit.id}"
    for record in dossier.records:
        if record.confidence is recalled:
            yield f"record {record.id}"
    for level in dossier.levels:
        if level.confidence is recalled:
            yield (
                f"level {level.state} {level.category} {level.level:,}"
                if level.level is not None
                else f"level {level.id}"
            )
    for row in dossier.reductions:
        if row.confidence is recalled:
            yield f"reduction {row.id}"
    for provision in dossier.provisions:
        if provision.confidence is recalled:
            yield f"provision {provision.cite}"
    for block in dossier.blocks:
        if block.confidence is recalled:
            yield f"block {block.id}"


def _discrepancies(dossier: Dossier) -> Iterable[tuple[str, str, str]]:
    for d in dossier.discrepancies:
        yield d.point, d.size or "", d.view
    for level in dossier.levels:
        if level.status is RecordStatus.PREFERRED or level.level is None:
            continue
        main = next(
            (
                x
                for x in dossier.levels
                if x.status is RecordStatus.PREFERRED
                and (x.state, x.category, x.zone) == (level.state, level.category, level.zone)
                and (x.until or date.max) > (level.since or date.min)
            ),
            None,
        )
        if main is not None and main.level is not None:
            point = f"level of {level.state}, {level.category}: {main.level:,} or {level.level:,}"
            yield point, f"{abs(main.level - level.level):,}", f"{main.level:,} ({main.confidence})"


def listing(corpus: Corpus) -> Answer[tuple[str, ...]]:
    """What the record holds: instruments, their standing as data, counts."""
    rows = []
    for i in corpus.ids():
        d = corpus.dossier(i)
        rows.append(
            InstrumentRow(
                instrument=i,
                title=d.instrument.title,
                kind=d.instrument.kind,
                provisions=len(d.provisions),
                limits=len(d.limits),
                acts=len(d.acts),
                records=len(d.records),
            )
        )
    nodes = tuple(
        Node(
            statement=Statement(
                "{instrument}: {title} ({kind}): {provisions} provisions, {limits} limits, {acts} acts, {records} records",
                plain(r),
            )
        )
        for r in rows
    )
    node = Node(statement=Statement("{n} instruments", {"n": len(rows)}), because=nodes)
    return Answer(kind="listing", value=corpus.ids(), document=ListingDocument(instruments=tuple(rows)), node=node)
