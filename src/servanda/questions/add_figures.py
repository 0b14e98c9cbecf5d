"""Figures somebody wants to add, held against the record before anything is written."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from servanda.corpus import Corpus
from servanda.limits import assess
from servanda.limits.assess import Assessor
from servanda.limits.bounds import Forest
from servanda.limits.cells import size
from servanda.model.answer import Answer, Node, Statement
from servanda.model.question import Question
from servanda.model.records import Record
from servanda.model.results import Verdict
from servanda.model.vocabulary import RecordStatus
from servanda.questions.beside import span_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is to be said of one row: `refused` where it cannot stand beside the record."""

    record: Record
    refused: bool
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A verdict that the figures would change."""

    on: date
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The rows, what is to be said of them, and the verdicts they would change."""

    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]

    @property
    def sound(self) -> bool:
        """True where every row can stand beside the record."""
        return not any(f.refused for f in self.findings)


def add_figures(corpus: Corpus, instrument: str, records: Iterable[Record]) -> Answer[Proposal]:
    """Check figures against the record: duplicates, proved bounds, sums, levels; and which verdicts they would change.

    `breach` is true where a row cannot stand beside the record. Nothing is written.
    """
    rows = tuple(records)
    findings = [f for r in rows for f in _row(corpus, instrument, r)]
    findings += _sums(corpus, instrument, rows)
    sound = not any(f.refused for f in findings)
    made = Proposal(
        records=rows,
        findings=tuple(findings),
        changes=tuple(_changes(corpus, instrument, rows)) if sound else (),
    )
    words = "{n} figures checked: {bad} cannot stand beside the record" if not sound else (
        "{n} figures can stand beside the record and would change {changes} verdicts; nothing was written"
    )  # fmt: skip
    bad = len({f.record.id for f in findings if f.refused})
    parts = {"n": len(rows), "bad": bad, "changes": len(made.changes)}
    nodes = [Node(statement=Statement("{row}: {what}", {"row": _where(f.record), "what": f.what})) for f in findings]
    nodes += [Node(statement=Statement("{change}", {"change": _change_words(c)})) for c in made.changes]
    data = {
        "instrument": instrument,
        "sound": sound,
        "figures": len(rows),
        "findings": [
            {"record": f.record.id, "line": f.record.line, "refused": f.refused, "what": f.what} for f in findings
        ],
        "changes": [_change_data(c) for c in made.changes],
    }
    node = Node(statement=Statement(words, parts), because=tuple(nodes))
    return Answer(kind="add_figures", value=made, data=data, node=node, breach=not sound)


def _where(r: Record) -> str:
    return f"{r.file}:{r.line} {r.holder} {r.category}, {r.as_of}"


def _row(corpus: Corpus, instrument: str, record: Record) -> Iterable[Finding]:
    """What the record says of one row by itself."""
    room = Assessor(corpus, Question(instrument=instrument), record.as_of)
    box = room.grid.record_box(record, room.parties_on(record.as_of), room.scene)
    low, high = record.bounds
    for snapshot in room.snapshots:
        if snapshot.as_of != record.as_of or snapshot.name != record.snapshot:
            continue
        for held, other in snapshot.records:
            if other == box and held.as_of == record.as_of:
                same = held.bounds == record.bounds
                told = "the record has it already" if same else f"the record has {span_words(*held.bounds)}"
                yield Finding(record=record, refused=True, what=f"{told} ({held.file}:{held.line})")
                return
        proved = snapshot.bounds(box)
        if (proved.low is not None and (high is not None and high < proved.low)) or (
            proved.high is not None and low > proved.high
        ):
            yield _outside(record, proved.low, proved.high)
    for level in room.levels_of(record.holder, record.category, record.place):
        if level.level is not None and low > level.level:
            told = f"above its notified level of {level.level:,}: it would be a breach, look at it again"
            yield Finding(record=record, refused=False, what=told)


def _outside(record: Record, low: int | None, high: int | None) -> Finding:
    what = f"lies outside what the record proves: {span_words(low, high)}"
    return Finding(record=record, refused=True, what=what)


def _sums(corpus: Corpus, instrument: str, rows: tuple[Record, ...]) -> list[Finding]:
    """Rows that contradict the record, or each other, only together."""
    found: list[Finding] = []
    known = {r.id for r in rows}
    for day in sorted({r.as_of for r in rows}):
        room = Assessor(_with(corpus, instrument, rows), Question(instrument=instrument), day)
        for snapshot in room.snapshots:
            mine = [m for m in snapshot.records if m[0].id in known]
            if not mine or snapshot.as_of != day:
                continue
            conflict = next(
                (c for _, box in mine if size(box) and (c := Forest(snapshot.records).bounds(box).conflict)), ()
            )
            blamed = [r for r in conflict if r.id in known]
            if blamed:
                told = "; ".join(f"{r.holder} {span_words(*r.bounds)} ({r.file}:{r.line})" for r in conflict)
                found += [Finding(record=r, refused=True, what=f"these cannot all be true: {told}") for r in blamed]
    return found


def _with(corpus: Corpus, instrument: str, rows: tuple[Record, ...]) -> Corpus:
    own = corpus.dossier(instrument)
    return corpus.replace([dataclasses.replace(own, records=(*own.records, *rows))])


def _changes(corpus: Corpus, instrument: str, rows: tuple[Record, ...]) -> Iterable[Change]:
    """The verdicts of the days of the rows that would be others."""
    more = _with(corpus, instrument, tuple(r for r in rows if r.status is RecordStatus.PREFERRED))
    for day in sorted({r.as_of for r in rows}):
        question = Question(instrument=instrument, on=day)
        before = {(v.id, v.scope, v.posture): v for v in assess(corpus, question)}
        for after in assess(more, question):
            old = before.get((after.id, after.scope, after.posture))
            if old is not None and old.verdict is not after.verdict:
                yield Change(on=day, before=old, after=after)


def _change_words(c: Change) -> str:
    old, new = c.before, c.after
    return (
        f"{c.on}, {new.id}, {new.scope}: {span_words(old.low, old.high)}, {old.verdict.value.replace('_', ' ')}"
        f" -> {span_words(new.low, new.high)}, {new.verdict.value.replace('_', ' ')}"
    )


def _change_data(c: Change) -> dict[str, Any]:
    sides = {"before": c.before, "after": c.after}
    told = {k: {"low": v.low, "high": v.high, "verdict": v.verdict.value} for k, v in sides.items()}
    return {"on": c.on.isoformat(), "id": c.after.id, "scope": c.after.scope, "posture": c.after.posture, **told}
