"""A treaty one can ask: `cfe = servanda.load("cfe")`, then one method a question."""

from __future__ import annotations

from typing import Any

from servanda.corpus import Corpus
from servanda.model.answer import Answer
from servanda.questions.words import Day


class Treaty:
    """One instrument of a corpus. Every method returns an Answer: value, JSON data and the tree of reasons.

    Dates are `datetime.date` or `YYYY-MM-DD`. Readings: `depositary`, `self`, `law`, or a state's code.
    """

    def __init__(self, corpus: Corpus, instrument: str) -> None:
        self.corpus, self.id = corpus, instrument
        self.dossier = corpus.dossier(instrument)

    def __repr__(self) -> str:
        return f"<Treaty {self.id}: {self.dossier.instrument.title}>"

    def standing(self, party: str | None = None, *, on: Day, **question: Any) -> Answer[Any]:
        """Who is bound; see `questions.standing.standing`."""
        from servanda.questions.standing import standing

        return standing(self.corpus, self.id, on=on, party=party, **question)

    def obligations(self, *, on: Day, kind: str, **question: Any) -> Answer[Any]:
        """Who owes whom; see `questions.obligations.obligations`."""
        from servanda.questions.obligations import obligations

        return obligations(self.corpus, self.id, on=on, kind=kind, **question)

    def assess(self, *, on: Day, **question: Any) -> AssessAnswer:
        """Is it kept; see `questions.assess.assess`. Index the result by limit and scope."""
        from servanda.questions.assess import assess

        return AssessAnswer(self, assess(self.corpus, self.id, on=on, **question), on, question)

    def changes(self, *, since: Day, until: Day, **question: Any) -> Answer[Any]:
        """Verdicts at the days between two dates on which one changes."""
        from servanda.questions.assess import assess_period

        return assess_period(self.corpus, self.id, since=since, until=until, **question)

    def explain(self, limit: str, *, on: Day, **question: Any) -> Answer[Any]:
        """One verdict down to its rows; see `questions.explain.explain`."""
        from servanda.questions.explain import explain

        return explain(self.corpus, self.id, limit, on=on, **question)

    def brief(self, *, on: Day, **question: Any) -> Answer[Any]:
        """One page; see `questions.brief.brief`."""
        from servanda.questions.brief import brief

        return brief(self.corpus, self.id, on=on, **question)

    def provisions(self, cite: str | None = None) -> Answer[Any]:
        """The text in our own words; see `questions.provisions.provisions`."""
        from servanda.questions.provisions import provisions

        return provisions(self.corpus, self.id, cite)

    def classify(self, query: str) -> Answer[Any]:
        """Is a type counted; see `questions.classify.classify`."""
        from servanda.questions.classify import classify

        return classify(self.corpus, query, self.id)

    def timeline(self, *, party: str | None = None) -> Answer[Any]:
        """What happened; see `questions.timeline.timeline`."""
        from servanda.questions.timeline import timeline

        return timeline(self.corpus, self.id, party=party)

    def reductions(self, **question: Any) -> Answer[Any]:
        """What was to be reduced; see `questions.reductions.reductions`."""
        from servanda.questions.reductions import reductions

        return reductions(self.corpus, self.id, **question)

    def deadlines(self, procedure: str, **question: Any) -> Answer[Any]:
        """What must happen next; see `questions.deadlines.deadlines`."""
        from servanda.questions.deadlines import deadlines

        return deadlines(self.corpus, self.id, procedure, **question)

    def zones(self, *, on: Day, since: Day | None = None) -> Answer[Any]:
        """What each zone covers; see `questions.zones.zones`."""
        from servanda.questions.zones import zones

        return zones(self.corpus, self.id, on=on, since=since)

    def where(self, *, on: Day, **place: Any) -> Answer[Any]:
        """In which zones a place lies; see `questions.where.where`."""
        from servanda.questions.where import where

        return where(self.corpus, self.id, on=on, **place)

    def compare(self, other: str, **question: Any) -> Answer[Any]:
        """Side by side with another instrument; see `questions.compare.compare`."""
        from servanda.questions.compare import compare

        return compare(self.corpus, self.id, other, **question)


class AssessAnswer:
    """The answer to `assess`, and by `[limit, scope]` the answer on one verdict."""

    def __init__(self, treaty: Treaty, answer: Answer[Any], on: Day, question: dict[str, Any]) -> None:
        self._treaty, self.answer, self._on, self._question = treaty, answer, on, question

    def __getattr__(self, name: str) -> Any:
        return getattr(self.answer, name)

    def __getitem__(self, key: str | tuple[str, str]) -> Answer[Any]:
        limit, scope = key if isinstance(key, tuple) else (key, None)
        return self._treaty.explain(limit, scope=scope, on=self._on, **self._question)


def load(instrument: str, corpus: Corpus | None = None) -> Treaty:
    """The instrument of that id from the packaged record, or from `corpus`. UnknownName with near matches."""
    return Treaty(corpus or Corpus.default(), instrument)
