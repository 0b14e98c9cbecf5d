"""What must happen next, and by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement, later
from servanda.model.dates import long_day
from servanda.model.documents.law import Blank, ComingDocument, ComingStep, DeadlinesDocument, Decision, ProcedureStep
from servanda.procedure import Coming, Due, find
from servanda.procedure import coming as what_comes
from servanda.procedure import deadlines as count
from servanda.questions.deeds import sentence
from servanda.questions.words import Day, asked_day, capital, cites, optional_day


def deadlines(
    corpus: Corpus,
    instrument: str,
    procedure: str,
    *,
    start: Day | None = None,
    values: Mapping[str, int] | None = None,
    until: Day | None = None,
) -> Answer[tuple[Due, ...]]:
    """The dated steps of a procedure (architecture.md 5, `deadlines`). `values` fills a draft's blanks by id."""
    dossier = corpus.dossier(instrument)
    found = find(dossier, procedure)
    first = optional_day(start, "trigger date")
    dues = count(dossier, found, start=first, values=values, until=optional_day(until, "end"))
    trigger = first or (dossier.instrument.clock.start if dossier.instrument.clock else None)
    nodes = tuple(_node(instrument, d) for d in dues)
    blanks = tuple(
        Blank(id=b.id, gist=b.gist, cite=b.cite, unit=b.unit, default=b.default, value=(values or {}).get(b.id))
        for b in found.blanks
    )
    document = DeadlinesDocument(
        instrument=instrument,
        procedure=found.id,
        title=found.title,
        cite=found.cite,
        trigger=trigger,
        counted_from=found.trigger,
        as_known_on=corpus.known_on,
        blanks=blanks,
        steps=tuple(
            ProcedureStep(
                step=d.step.id,
                actor=d.step.actor,
                action=d.step.action,
                earliest=d.earliest,
                latest=d.latest,
                cite=d.step.cite,
                unspecified=d.unspecified,
                missing=d.missing,
                optional=d.step.optional,
                condition=d.step.condition,
                decision=_decision(d),
                occurrence=d.occurrence,
                confidence=d.step.confidence,
                note=d.step.note,
            )
            for d in dues
        ),
    )
    words = "{title} under {treaty}, counted from {trigger}: {gist}"
    parts = {"title": found.title, "treaty": dossier.instrument.called, "trigger": trigger, "gist": found.gist}
    node = Node(
        statement=Statement(words, parts),
        citation=cites(instrument, found.cite),
        sources=found.source,
        caveats=tuple(c for c in (found.note,) if c),
        because=nodes,
    )
    return Answer(kind="deadlines", value=dues, document=document, node=node)


def next_deadlines(corpus: Corpus, instrument: str, *, on: Day) -> Answer[tuple[Coming, ...]]:
    """All that falls due on or after a day, soonest first: by the clock, by acts done, and effects still to come."""
    asked = asked_day(corpus, instrument, on)
    found = what_comes(corpus, instrument, on=asked)
    document = later(
        lambda: ComingDocument(
            instrument=instrument,
            on=asked,
            as_known_on=corpus.known_on,
            steps=tuple(
                ComingStep(
                    step=c.step.id if c.step else None,
                    procedure=c.procedure.id if c.procedure else None,
                    actor=c.actor,
                    action=c.action,
                    earliest=c.earliest,
                    latest=c.latest,
                    cite=c.cite,
                    act=c.act.id if c.act else None,
                    projected=c.projected,
                    unspecified=False,
                )
                for c in found
            ),
        )
    )
    words = "{n} days to come under {treaty}, from {on}"
    parts = {"n": len(found), "treaty": corpus.dossier(instrument).instrument.called, "on": asked}
    nodes = tuple(coming_node(corpus, instrument, (c,)) for c in found)
    return Answer(
        kind="coming", value=found, document=document, node=Node(statement=Statement(words, parts), because=nodes)
    )


def coming_node(corpus: Corpus, instrument: str, items: Sequence[Coming], *, short: bool = False) -> Node:
    """One line on a thing to come, or on like effects of one day: by when, who, what, and the act that started it.

    `short` leaves the act out.
    """
    item = items[0]
    when = long_day(item.when)
    if item.latest is None:
        when = f"from {when}"
    elif item.earliest != item.latest:
        when = f"by {when}"
    acts = tuple(i.act for i in items if i.act)
    if item.step is None and acts and not item.projected:
        what = sentence(corpus, corpus.dossier(instrument).instrument, acts, effect=True)
        parts = {"when": capital(when), "what": what}
        return Node(statement=Statement("{when}: {what}", parts), citation=cites(instrument, item.cite))
    caveats = []
    if item.projected:
        caveats.append("projected, revocable until then (VCLT 68)")
    if item.step is not None and item.act is not None and not short:
        caveats.append(f"counted from {item.act.date.words}: {item.act.act.value.replace('_', ' ')}")
    if item.step is not None and item.step.condition:
        caveats.append(f"if {item.step.condition}")
    parts = {"when": capital(when), "actor": item.actor, "action": item.action}
    words = "{when}: {actor}: {action}"
    return Node(statement=Statement(words, parts), citation=cites(instrument, item.cite), caveats=tuple(caveats))


def _decision(due: Due) -> Decision | None:
    rule = due.step.decision
    if rule is None:
        return None
    return Decision(rule=rule.rule, quorum=rule.quorum, binding=rule.binding, gist=rule.gist)


def window(due: Due) -> str:
    """The days of a step in words."""
    if due.missing:
        return f"unspecified: the draft leaves {due.missing} blank"
    if due.unspecified:
        return "unspecified: the text sets no time"
    if due.earliest and due.latest:
        return str(due.latest) if due.earliest == due.latest else f"{due.earliest} to {due.latest}"
    if due.latest:
        return f"no later than {due.latest}"
    return f"from {due.earliest}" if due.earliest else "follows a step without a day"


def _node(instrument: str, due: Due) -> Node:
    said = [c for c in (due.step.condition and f"if {due.step.condition}", due.step.note) if c]
    if due.step.decision:
        rule = due.step.decision
        quorum = f", quorum {rule.quorum}" if rule.quorum else ""
        said.append(f"decides by {rule.rule}{quorum}" + (f"; {rule.gist}" if rule.gist else ""))
    if due.step.confidence != "sourced":
        said.append(f"{due.step.confidence}, not sourced")
    parts = {"window": window(due), "actor": due.step.actor, "action": due.step.action}
    return Node(
        statement=Statement("{window}: {actor}: {action}", parts),
        citation=cites(instrument, due.step.cite),
        caveats=tuple(said),
    )
