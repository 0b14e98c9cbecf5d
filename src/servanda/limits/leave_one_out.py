"""How far the rules that carry figures can be trusted: each figure hidden in turn and estimated from the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from servanda.corpus import Corpus
from servanda.limits.assumptions import BETWEEN, CARRIED
from servanda.limits.carried import Paces, carried, enclosed, series
from servanda.model.records import Record


@dataclass(frozen=True, slots=True)
class Trial:
    """A hidden figure and the interval a rule gives for it without it."""

    record: Record
    assumption: str
    low: int
    high: int

    @property
    def holds(self) -> bool:
        """True where the figure lies in the interval."""
        return self.low <= (self.record.value or 0) <= self.high


def sets_of(corpus: Corpus, instrument: str) -> set[str]:
    """Names of holders that are sums of states."""
    return {"parties", *(g.id for d in corpus.hosts(instrument) for g in d.instrument.groups)}


def trials(corpus: Corpus, instrument: str) -> Iterator[Trial]:
    """A trial for each exact figure that a rule can estimate; the yearly change is measured without the figure too."""
    every = series(r for d in corpus.hosts(instrument) for r in d.records)
    sets = sets_of(corpus, instrument)
    for key, figures in every.items():
        for at, record in enumerate(figures):
            if record.value is None or len(figures) < 2:
                continue
            rest = {**every, key: [r for r in figures if r is not record]}
            paces = Paces(rest, sets)
            found = carried(rest[key], paces, record.as_of)
            if found is not None and found.high is not None:
                yield Trial(record, CARRIED, found.low or 0, found.high)
            pace = paces.of(record.category, paces.several(record.holder))
            if 0 < at < len(figures) - 1 and pace is not None:
                (a, b), (c, d) = figures[at - 1].bounds, figures[at + 1].bounds
                if b is not None and d is not None:
                    sides = (a, b, figures[at - 1].as_of), (c, d, figures[at + 1].as_of)
                    inside = enclosed(*sides, pace, record.as_of)
                    if inside is not None:
                        yield Trial(record, BETWEEN, *inside)
