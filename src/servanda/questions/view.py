"""From a question to the corpus it is asked of."""

from __future__ import annotations

from servanda.corpus import Corpus
from servanda.model.question import Question


def view(corpus: Corpus, question: Question) -> Corpus:
    """The corpus with the question's scenarios laid over, its own records put in, and what was not yet known left out.

    DataError for a faulty scenario, UnknownName for one that is not there.
    """
    if question.scenarios:
        from servanda.scenario import apply, load_scenario

        corpus = apply(corpus, [load_scenario(s) for s in question.scenarios])
    if question.records is not None:
        corpus = corpus.with_records(question.instrument, question.records)
    return corpus.as_known(question.known_on)
