"""Loading the compiled corpus: every instrument and all actors, from files already compiled."""

from __future__ import annotations

from benchmarks.timing import timed
from servanda.corpus import Corpus
from servanda.corpus.store import DATA


def load() -> int:
    """Everything, content keys checked."""
    corpus = Corpus(DATA)
    return sum(len(corpus.dossier(i).provisions) for i in corpus.ids()) + len(corpus.actors)


def run() -> None:
    """Load once to compile, then time."""
    load()
    print("load the compiled corpus, keys checked against the files' content")
    print(timed("all instruments and actors", load).row())
    print(timed("the reference treaty alone", lambda: Corpus(DATA).dossier("cfe")).row())


if __name__ == "__main__":
    run()
