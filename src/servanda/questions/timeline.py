"""What happened, in order."""

from __future__ import annotations

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.standing import TimelineDocument, TimelineEvent
from servanda.model.vocabulary import Confidence
from servanda.questions.deeds import changes_something, predicate
from servanda.questions.words import cites, listed, source_names, subject
from servanda.standing import Event
from servanda.standing import timeline as events_of


def timeline(corpus: Corpus, instrument: str, *, party: str | None = None) -> Answer[tuple[Event, ...]]:
    """Acts and computed effects of an instrument, or those that concern one party."""
    events = events_of(corpus, instrument, party=party)
    nodes = tuple(
        Node(
            statement=Statement(
                "{when}: {actors}: {what}", {"when": e.when, "actors": listed(e.actors), "what": e.what}
            ),
            citation=cites(instrument, e.cite),
            sources=source_names(corpus, instrument, e.act.source) if e.act else (),
            because=_about(corpus, instrument, e),
            caveats=(*e.caveats, *((f"contested by {listed(e.contested_by)}",) if e.contested_by else ())),
        )
        for e in events
    )
    own = corpus.dossier(instrument).instrument
    document = TimelineDocument(
        instrument=instrument,
        party=corpus.actors.find(party).code if party else None,
        as_known_on=corpus.known_on,
        events=tuple(
            TimelineEvent(
                date=e.when.text,
                precision=e.when.precision,
                kind=e.kind,
                actors=tuple(e.actors),
                statement=e.what,
                what=predicate(corpus, own, e.act) if e.act and e.kind != "effect" else e.what,
                weighty=weighty(e),
                act=e.act.id if e.act else None,
                concerns=tuple(e.act.concerns) if e.act else (),
                basis=e.act.basis if e.act else None,
                contested_by=tuple(e.contested_by),
                cite=e.cite,
                source=tuple(e.act.source) if e.act else (),
                confidence=e.act.confidence if e.act else Confidence.DERIVED,
            )
            for e in events
        ),
    )
    words = "{n} acts and effects of {treaty}"
    parts: dict[str, object] = {"n": len(events), "treaty": corpus.dossier(instrument).instrument.called}
    if events:
        words += ", {first} to {last}; {bind} of them bind, release or touch duties"
        bind = sum(map(weighty, events))
        parts |= {"first": events[0].sort.year, "last": str(events[-1].sort.year), "bind": bind}
        parts["first"] = str(events[0].sort.year)
    return Answer(
        kind="timeline", value=events, document=document, node=Node(statement=Statement(words, parts), because=nodes)
    )


def weighty(event: Event) -> bool:
    """Whether an event binds, releases or touches duties; statements, conferences and steps at home do not."""
    return event.kind == "effect" or (event.act is not None and changes_something(event.act))


def _about(corpus: Corpus, instrument: str, event: Event) -> tuple[Node, ...]:
    told = subject(corpus, instrument, event.act) if event.act else None
    return (Node(statement=Statement("concerns {what}", {"what": told})),) if told else ()
