"""The page put together, every line computed from the record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.dates import long_day
from servanda.model.documents.summaries import BriefDocument, BriefSection
from servanda.model.question import Question
from servanda.model.results import Verdict
from servanda.model.vocabulary import ObligationKind, VerdictKind
from servanda.questions.assess import assess, verdict_node, verdict_row
from servanda.questions.brief.ahead import ahead, counting, disputed, unknown
from servanda.questions.brief.bound import bound, own_words, status
from servanda.questions.brief.duties import owed
from servanda.questions.brief.kept import ceilings, verdict_sentence
from servanda.questions.brief.page import Brief, Ceilings, FollowUp, View
from servanda.questions.brief.today import moved_today, today
from servanda.questions.words import Day, asked_day, capital, reading_words
from servanda.standing import ledger, standings

OWED = (ObligationKind.EXCHANGE, ObligationKind.INSPECTION, ObligationKind.LIMITS)


def brief(corpus: Corpus, instrument: str, *, on: Day, reading: str | None = None) -> Answer[Brief]:
    """The state of an instrument on a day.

    Without a `reading` standings are by the instrument's own terms and duties by each party's own reading; with one,
    both are by it.
    """
    asked = asked_day(corpus, instrument, on)
    view = _view(corpus, instrument, asked, reading)
    verdicts: tuple[Verdict, ...] = ()
    if view.dossier.limits:
        verdicts = tuple(assess(corpus, Question(instrument=instrument, on=asked)).value)
    table = ceilings(view, verdicts)
    kept = tuple(c for r in table.rows for c in r.cells if c)
    sections = _sections(view, table, verdicts, kept)
    answer = _answer(view, table, verdicts)
    ask = _ask(view, kept)
    page = Brief(
        title=view.dossier.instrument.title,
        on=asked,
        answer=answer,
        sections=sections,
        ceilings=table,
        kept=kept,
        ask=ask,
    )
    document = BriefDocument(
        instrument=instrument,
        on=asked,
        reading=reading,
        title=view.dossier.instrument.title,
        answer=str(answer.statement),
        as_known_on=corpus.known_on,
        sections=tuple(BriefSection(name=n, lines=tuple(x.as_tree() for x in nodes)) for n, nodes in sections),
        verdicts=tuple(verdict_row(v) for v in kept),
        ask=tuple(f.row() for f in ask),
    )
    root = Node(
        statement=answer.statement,
        because=tuple(Node(statement=Statement("{name}", {"name": name}), because=nodes) for name, nodes in sections),
    )
    gaps = view.dossier.instrument.unknown(asked)
    return Answer(kind="brief", value=page, document=document, node=root, not_known=gaps)


def _view(corpus: Corpus, instrument: str, asked: Any, reading: str | None) -> View:
    return View(
        corpus=corpus,
        id=instrument,
        on=asked,
        reading=reading,
        dossier=corpus.dossier(instrument),
        book=ledger(corpus, instrument),
        found=standings(corpus, instrument, on=asked, reading=reading or "depositary"),
        own={s.party: s for s in standings(corpus, instrument, on=asked, reading="self")},
    )


def _sections(
    view: View, table: Ceilings, verdicts: tuple[Verdict, ...], kept: tuple[Verdict, ...]
) -> tuple[tuple[str, tuple[Node, ...]], ...]:
    disputes = [*disputed(view), *(counting(view) if kept else ())]
    lines = tuple(verdict_node(view.corpus, view.id, v, view.on) for v in kept)
    made: list[tuple[str, Iterable[Node]]] = [
        ("Bound", bound(view)),
        ("Today", today(view, verdicts)),
        ("Owed", owed(view, kept)),
        ("Kept", (*lines, *table.notes)),
        ("Disputed", disputes),
        ("Next", ahead(view)),
        ("Not known", unknown(view)),
    ]
    # what the first sentences tell is not told again
    seen = {str(n.statement) for n in moved_today(view)[:1]}
    sections = []
    for name, nodes in made:
        fresh = []
        for node in nodes:
            if str(node.statement) not in seen:
                seen.add(str(node.statement))
                fresh.append(node)
        if fresh:
            sections.append((name, tuple(fresh)))
    return tuple(sections)


def _answer(view: View, table: Ceilings, verdicts: tuple[Verdict, ...]) -> Node:
    """Who is bound, what changed that day or who reads it otherwise, and whether it is kept."""
    words = "{title}, {on}: {status}."
    parts: dict[str, Any] = {
        "title": view.dossier.instrument.title,
        "on": long_day(view.on),
        "status": status(view),
    }
    if view.reading:
        words = "{title}, {on}, {reading}: {status}."
        parts["reading"] = reading_words(view.corpus, view.reading)
    moved = moved_today(view)
    if moved:
        words += " {today}."
        parts["today"] = str(moved[0].statement)
        if moved[0].caveats:
            words = words[:-1] + ", which is contested."
        own = ""
    else:
        own = "" if view.reading else own_words(view)
    if own:
        words += " {own}."
        parts["own"] = own
    kept = verdict_sentence(view, table, verdicts) if view.parties or table.rows else ""
    if kept:
        words += " {kept}."
        parts["kept"] = capital(kept)
    return Node(statement=Statement(words, parts), citation=moved[0].citation if moved else ())


def _ask(view: View, kept: tuple[Verdict, ...]) -> tuple[FollowUp, ...]:
    on = {"on": str(view.on)}
    asks = [FollowUp("brief", (view.id,), on, full=True)]
    if kept:
        open_ = (VerdictKind.EXCEEDED, VerdictKind.UNDETERMINED)
        v = next((k for k in kept if k.verdict in open_), kept[0])
        asks.append(FollowUp("explain", (view.id, v.id), {**on, "scope": v.scope}))
    odd = next((s.party for s in view.found if s.contested), None)
    if odd:
        asks.append(FollowUp("standing", (view.id,), {"party": odd, **on}))
    return tuple(asks)
