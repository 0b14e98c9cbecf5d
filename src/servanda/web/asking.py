"""Answers kept for a while: an answer is a pure function of the record and the question."""

from __future__ import annotations

from typing import Any

from servanda.corpus import Corpus
from servanda.corpus.kept import Kept
from servanda.model.answer import Answer
from servanda.questions.brief import is_main
from servanda.questions.treaty import Treaty

MOST = 256  # answers kept; some ten kilobytes each


class Asking:
    """Questions to one corpus, by instrument and name, with the answers kept."""

    def __init__(self, corpus: Corpus | None = None) -> None:
        self.corpus = corpus or Corpus.default()
        self.kept = Kept(MOST)

    def treaty(self, instrument: str) -> Treaty:
        """The instrument of that id; UnknownName with near matches."""
        return Treaty(self.corpus, instrument)

    def ask(self, instrument: str, question: str, **how: Any) -> Answer[Any]:
        """The answer of `Treaty.<question>(**how)`."""
        key = (instrument, question, tuple(sorted(how.items())))
        return self.kept.get(key, lambda: getattr(self.treaty(instrument), question)(**how))

    def main_limits(self, instrument: str) -> tuple[str, ...]:
        """Ids of the limits that a first page has room for."""

        def find() -> tuple[str, ...]:
            days = [a.date.latest or a.date.earliest for a in self.corpus.dossier(instrument).acts]
            last = max((d for d in days if d is not None), default=None)
            if last is None or not self.corpus.dossier(instrument).limits:
                return ()
            held = self.treaty(instrument).assess(on=last, prospective=True).value
            return tuple(dict.fromkeys(v.limit.id for v in held if is_main(v)))

        return self.kept.get(("main limits", instrument), find)

    @property
    def instruments(self) -> list[tuple[str, str]]:
        """Ids of all instruments with the names they go by, for a field to choose from."""
        ids = self.corpus.ids
        return self.kept.get("instruments", lambda: [(i, self.corpus.dossier(i).instrument.short) for i in ids()])

    @property
    def first(self) -> str:
        """The instrument that opens first: the one of which most is recorded."""
        return self.kept.get("first", lambda: max(self.corpus.ids(), key=lambda i: len(self.corpus.dossier(i).acts)))
