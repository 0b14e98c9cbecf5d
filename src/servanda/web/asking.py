"""Answers kept for a while: an answer is a pure function of the record and the question."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock, RLock
from typing import Any, TypeVar

from servanda.corpus import Corpus
from servanda.model.answer import Answer
from servanda.questions.brief import is_main
from servanda.questions.treaty import Treaty

T = TypeVar("T")
MOST = 1_024  # answers kept; some kilobytes each


class Kept:
    """The least recently used values fall out first. Safe under threads, and no value is made twice at once."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._held, self._lock = most, OrderedDict[Any, Any](), Lock()
        self._making: dict[Any, RLock] = {}

    def get(self, key: Any, make: Callable[[], T]) -> T:
        """The value under a key, made where it is not there; who asks for the same meanwhile waits for it."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]  # type: ignore[no-any-return]
            turn = self._making.setdefault(key, RLock())
        with turn:
            with self._lock:
                if key in self._held:
                    return self._held[key]  # type: ignore[no-any-return]
            try:
                value = make()
            finally:
                with self._lock:
                    self._making.pop(key, None)
            with self._lock:
                self._held[key] = value
                while len(self._held) > self._most:
                    self._held.popitem(last=False)
        return value


class Asking:
    """Questions to one corpus, by instrument and name, with the answers kept."""

    def __init__(self, corpus: Corpus | None = None) -> None:
        self.corpus = corpus or Corpus.default()
        self.kept = Kept()

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
    def first(self) -> str:
        """The instrument that opens first: the one of which most is recorded."""
        return self.kept.get("first", lambda: max(self.corpus.ids(), key=lambda i: len(self.corpus.dossier(i).acts)))
