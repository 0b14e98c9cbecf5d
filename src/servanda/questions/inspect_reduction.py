"""How far each party has worked off its reduction liability by its own register, as an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.errors import InputError, UnknownName
from servanda.model.reduction import ReductionRules
from servanda.model.vocabulary import Confidence, RecordStatus
from servanda.questions.reductions import reductions
from servanda.questions.words import Day, asked_day, cites
from servanda.standing import groups
from servanda.verification.liability import Notice, revised
from servanda.verification.reduction import Entry, Finding, MethodState, PhaseState, Progress, progress, top

Key = tuple[str, str]


def reduction_rules(corpus: Corpus, instrument: str) -> tuple[ReductionRules, date]:
    """An instrument's rules of reduction and the day they run from. InputError where it has none."""
    dossier = corpus.dossier(instrument)
    if not dossier.reduction_rules or dossier.instrument.clock is None:
        having = [i for i in corpus.ids() if corpus.dossier(i).reduction_rules]
        raise InputError(
            f"{dossier.instrument.short} has no rules of reduction in the record",
            remedy=f"those that have: {', '.join(having)}" if having else "none in this corpus has",
        )
    return dossier.reduction_rules[0], dossier.instrument.clock.start


def inspect_reductions(
    corpus: Corpus,
    instrument: str,
    *,
    on: Day,
    register: Iterable[Entry],
    liabilities: Mapping[str, int] | None = None,
    levels: Mapping[str, int] | None = None,
    party: str | None = None,
    notices: Iterable[Notice] = (),
) -> Answer[tuple[Progress, ...]]:
    """Liability, running total, methods with their caps and phases of each party and category of a register.

    `liabilities` and `levels` are given as `{"POL.battle_tank": 1120}`; what is not given is taken from the record,
    and an answer that leans on a recalled figure says so. Levels are those notified at signature. `notices` revise
    liabilities later: a fall counts only with a matching rise in the group.
    """
    asked = asked_day(corpus, instrument, on)
    rules, clock = reduction_rules(corpus, instrument)
    if asked < clock:
        raise InputError(f"{asked} lies before {clock}, when the reductions begin", remedy=f"ask from {clock} on")
    parents = {c.id: c.parent for c in corpus.dossier(instrument).instrument.categories}
    entries = [e for e in register if party is None or e.party == corpus.actors.find(party).code]
    for e in entries:
        corpus.actors.find(e.party)
    given = _keys(corpus, parents, liabilities or {}, "liability")
    own = _keys(corpus, parents, levels or {}, "level")
    keys = dict.fromkeys([*given, *((e.party, top(e.category, parents)) for e in entries if e.category in parents)])
    liability, caveats = _liabilities(corpus, instrument, given, list(keys))
    level, more = _levels(corpus, instrument, own, list(keys))
    told = tuple(notices)
    for n in told:
        corpus.actors.find(n.party)
        if n.category not in parents:
            raise UnknownName("category", n.category, tuple(c for c in parents if parents[c] is None)[:6])
    group_of = {m: g for g, members in groups(corpus, instrument, on=asked).items() for m in members}
    liability, unmatched = revised(liability, told, on=asked, group_of=group_of, cite=rules.revised_cite)
    rows, findings = progress(
        rules,
        clock,
        entries,
        on=asked,
        parents=parents,
        liabilities=liability,
        levels=level,
        declared=_declared(corpus, instrument, keys),
    )
    return _answer(corpus, instrument, rules, asked, rows, (*unmatched, *findings), (*caveats, *more))


def _declared(corpus: Corpus, instrument: str, keys: Iterable[Key]) -> dict[Key, int]:
    """What each party declared in the area at signature, where the record has it to the item."""
    wanted = set(keys)
    return {
        (r.holder, r.category): r.at_signature[1]
        for r in reductions(corpus, instrument).value
        if (r.holder, r.category) in wanted
        and not r.group
        and r.at_signature[1] is not None
        and r.at_signature[0] == r.at_signature[1]
    }


def _keys(corpus: Corpus, parents: Mapping[str, str | None], figures: Mapping[str, int], what: str) -> dict[Key, int]:
    found = {}
    for name, number in figures.items():
        state, dot, category = name.partition(".")
        if not dot:
            raise InputError(f"{name!r} names no category", remedy=f"write the {what} as POL.battle_tank=1120")
        if category not in parents:
            raise UnknownName("category", category, tuple(c for c in parents if parents[c] is None)[:6])
        if number < 0:
            raise InputError(f"a {what} of {number}", remedy="give 0 or more")
        found[corpus.actors.find(state).code, category] = number
    return found


def _liabilities(
    corpus: Corpus, instrument: str, given: Mapping[Key, int], keys: list[Key]
) -> tuple[dict[Key, tuple[int | None, int | None]], tuple[str, ...]]:
    """What each party is to reduce: as given, else as stated in the record, else as bounded from it."""
    found: dict[Key, tuple[int | None, int | None]] = {k: (n, n) for k, n in given.items()}
    missing = [k for k in keys if k not in found]
    if not missing:
        return found, ()
    caveats = []
    for row in reductions(corpus, instrument).value:
        key = (row.holder, row.category)
        if key not in missing:
            continue
        if row.stated is not None:
            found[key] = row.stated.bounds
        elif row.low is not None:
            # no less than this (the clause says "no less"), so what a party notified may be more
            found[key] = (row.low, None)
            if row.recalled:
                caveats.append(f"the liability of {row.holder} in {_words(row.category)} rests on a recalled level")
    for party, category in missing:
        found.setdefault((party, category), (None, None))
    return found, tuple(caveats)


def _levels(
    corpus: Corpus, instrument: str, given: Mapping[Key, int], keys: list[Key]
) -> tuple[dict[Key, int], tuple[str, ...]]:
    """Levels notified at signature: as given, else from the record."""
    dossier = corpus.dossier(instrument)
    signed = dossier.instrument.adopted.day if dossier.instrument.adopted else None
    found, caveats = dict(given), []
    for x in dossier.levels:
        key = (x.state, x.category)
        if key not in keys or key in found or signed is None or x.zone != dossier.instrument.area:
            continue
        if x.status is not RecordStatus.PREFERRED or x.level is None:
            continue
        if (x.since is not None and x.since > signed) or (x.until is not None and x.until <= signed):
            continue
        found[key] = x.level
        if x.confidence is Confidence.RECALLED:
            caveats.append(f"the level of {x.state} in {_words(x.category)}, {x.level:,}, is recalled, not sourced")
    return found, tuple(caveats)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _span(bounds: tuple[int | None, int | None]) -> str:
    low, high = bounds
    if low is None and high is None:
        return "not known"
    if low == high:
        return f"{low:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low or 0:,} to {high:,}"


def _answer(
    corpus: Corpus,
    instrument: str,
    rules: ReductionRules,
    on: date,
    rows: tuple[Progress, ...],
    findings: tuple[Finding, ...],
    caveats: tuple[str, ...],
) -> Answer[tuple[Progress, ...]]:
    parties = tuple(dict.fromkeys(r.party for r in rows))
    short = sum(p.verdict == "short" for r in rows for p in r.phases)
    words = "{n} parties by their registers on {on}: {short} phases not met, {findings} findings"
    parts = {"n": len(parties), "on": on, "short": short, "findings": len(findings)}
    nodes = tuple(
        Node(
            statement=Statement("{party}", {"party": corpus.actors.name(p)}),
            because=(
                *(_row_node(instrument, rules, r) for r in rows if r.party == p),
                *(_finding_node(instrument, f) for f in findings if f.party == p),
            ),
        )
        for p in parties
    )
    data = {
        "instrument": instrument,
        "on": on.isoformat(),
        "parties": [{"party": p, "categories": [_row_data(r) for r in rows if r.party == p]} for p in parties],
        "findings": [
            {
                "party": f.party,
                "line": f.line,
                "cite": f.cite,
                "statement": f.statement,
                "bars": f.bars,
                "remedy": f.remedy,
            }
            for f in findings
        ],
    }
    node = Node(
        statement=Statement(words, parts),
        citation=cites(instrument, rules.counts_cite),
        caveats=caveats,
        because=nodes,
    )
    return Answer(kind="inspect_reductions", value=rows, data=data, node=node, not_known=rules.notes)


def _row_node(instrument: str, rules: ReductionRules, r: Progress) -> Node:
    return Node(
        statement=Statement(
            "{category}: {reduced} of {liability} reduced",
            {"category": _words(r.category), "reduced": _span(r.reduced), "liability": _span(r.liability)},
        ),
        citation=cites(instrument, rules.liability_cite),
        because=(
            *(_method_node(instrument, rules, m) for m in r.methods),
            *(_phase_node(instrument, p) for p in r.phases),
        ),
    )


def _method_node(instrument: str, rules: ReductionRules, m: MethodState) -> Node:
    method = rules.method(m.method)
    words = "{method}: {counted} of {items} items count"
    parts: dict[str, Any] = {
        "method": method.name if method else m.method,
        "counted": _span(m.counted),
        "items": m.items,
    }
    if m.open:
        words += ", {open} still open"
        parts["open"] = m.open
    if m.cap != (None, None):
        words += "; at most {cap} may be so reduced"
        parts["cap"] = _span(m.cap)
    return Node(statement=Statement(words, parts), citation=cites(instrument, m.cite))


def _phase_node(instrument: str, p: PhaseState) -> Node:
    said = {"met": "met", "short": "not met", "open": "not yet due", "unknown": "cannot be told"}[p.verdict.value]
    return Node(
        statement=Statement(
            "{phase}, to {last}: {required} due, {reduced} reduced: {said}",
            {
                "phase": p.phase,
                "last": p.last,
                "required": _span(p.required),
                "reduced": _span(p.reduced),
                "said": said,
            },
        ),
        citation=cites(instrument, p.cite),
    )


def _finding_node(instrument: str, f: Finding) -> Node:
    where = "" if f.line is None else f"line {f.line}: "
    bars = "; these items do not count" if f.bars else ""
    return Node(
        statement=Statement("{where}{what}{bars}", {"where": where, "what": f.statement, "bars": bars}),
        citation=cites(instrument, f.cite),
        because=() if f.remedy is None else (Node(statement=Statement("remedy: {remedy}", {"remedy": f.remedy})),),
    )


def _row_data(r: Progress) -> dict[str, Any]:
    return {
        "category": r.category,
        "liability": list(r.liability),
        "level": r.level,
        "reduced": list(r.reduced),
        "methods": [
            {
                "method": m.method,
                "category": m.category,
                "items": m.items,
                "counted": list(m.counted),
                "open": m.open,
                "cap": list(m.cap),
                "cite": m.cite,
            }
            for m in r.methods
        ],
        "phases": [
            {
                "phase": p.phase,
                "last": p.last.isoformat(),
                "required": list(p.required),
                "reduced": list(p.reduced),
                "verdict": p.verdict.value,
                "cite": p.cite,
            }
            for p in r.phases
        ],
    }
