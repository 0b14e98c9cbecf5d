"""One verdict, down to the rows it rests on."""

from __future__ import annotations

from dataclasses import replace

from servanda.corpus import Corpus
from servanda.model.answer import Answer
from servanda.model.documents.figures import ExplainDocument
from servanda.model.question import Question
from servanda.model.results import Verdict
from servanda.questions.assess import assess, bare, is_breach, pick, verdict_node, verdict_row
from servanda.questions.words import asked_day


def explain(
    corpus: Corpus, question: Question, limit: str, *, scope: str | None = None, posture: str | None = None
) -> Answer[Verdict]:
    """The verdict on one limit with its whole tree. UnknownName for a limit or scope that is not there."""
    instrument = question.instrument
    asked = asked_day(corpus, instrument, question.day)
    whole = assess(corpus, replace(question, limits=(bare(corpus, question.instrument, limit),)))
    verdict = pick(whole.value, limit, scope, posture)
    node = verdict_node(corpus, instrument, verdict, asked)
    document = ExplainDocument(
        instrument=instrument,
        on=asked,
        groups=question.groups,
        count=question.count,
        as_known_on=corpus.known_on,
        verdict=verdict_row(verdict),
        tree=node.as_tree(),
    )
    return Answer(
        kind="explain",
        value=verdict,
        document=document,
        node=node,
        breach=is_breach(verdict),
        not_known=whole.not_known,
    )
