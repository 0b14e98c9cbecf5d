"""Bounds from the published record: the whole treaty on one date, closed form and linear program, after load."""

from __future__ import annotations

from datetime import date

from benchmarks.timing import timed
from servanda.corpus import Corpus
from servanda.limits import assess
from servanda.limits.assess import Assessor
from servanda.limits.program import solve
from servanda.model.question import Question

DAYS = (date(1990, 11, 19), date(1995, 11, 17), date(2007, 12, 12))


def compare(corpus: Corpus) -> int:
    """Closed form and linear program give the same bounds on every group limit of every snapshot."""
    checked = 0
    for on in DAYS:
        assessor = Assessor(corpus, Question(instrument="cfe"), on)
        for _, limit in assessor.limits():
            if limit.scope != "group":
                continue
            for case in assessor.cases(limit):
                for snapshot in assessor.snapshots:
                    touched = [t for t in snapshot.forest.trees if t.touches(case.box)]
                    if not touched or not all(t.closed for t in touched):
                        continue
                    closed = snapshot.forest.bounds(case.box)
                    program = solve([m for t in touched for m in t.nodes], case.box)
                    assert (closed.low, closed.high) == (program.low, program.high), (
                        limit.id,
                        case.scope,
                        snapshot.name,
                    )
                    checked += 1
    return checked


def run() -> None:
    """Compare answers, then print medians."""
    corpus = Corpus.default()
    print("bounds from the published record: every limit of the treaty on one date, after load")
    print(f"  closed form and linear program agree on {compare(corpus)} bounds")
    for on in DAYS:
        count = len(assess(corpus, Question(instrument="cfe", on=on)))
        print(
            timed(
                f"{on}: {count} verdicts, laminar", lambda on=on: assess(corpus, Question(instrument="cfe", on=on))
            ).row()
        )
    for on in DAYS[1:]:
        call = lambda on=on: assess(corpus, Question(instrument="cfe", on=on, assume=("home-stationed",)))  # noqa: E731
        print(timed(f"{on}: the same by linear program (home-stationed)", call, 3).row())


if __name__ == "__main__":
    run()
