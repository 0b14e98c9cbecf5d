"""One verdict, down to the rows it rests on."""

from __future__ import annotations

from dataclasses import replace

from servanda.corpus import Corpus
from servanda.model.answer import Answer
from servanda.model.question import Question
from servanda.model.results import Verdict
from servanda.questions.assess import assess, bare, is_breach, pick, verdict_data, verdict_node
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
    data = {
        "instrument": instrument,
        "on": asked.isoformat(),
        "groups": whole.data["groups"],
        "count": whole.data["count"],
        "verdict": verdict_data(verdict),
        "tree": node.as_dict(),
    }
    return Answer(
        kind="explain", value=verdict, data=data, node=node, breach=is_breach(verdict), not_known=whole.not_known
    )
