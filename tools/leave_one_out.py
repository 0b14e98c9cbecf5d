"""Hide each published figure in turn, estimate it from the others, and print how often the interval holds it."""

from __future__ import annotations

import sys
from statistics import median

from servanda.corpus import Corpus
from servanda.limits.assumptions import BETWEEN, CARRIED
from servanda.limits.leave_one_out import trials

HEAD = ("instrument", "assumption", "figures tried", "held", "median width")


def rows(instruments: tuple[str, ...] = ("cfe", "new-start")) -> list[tuple[str, str, str, str, str]]:
    """A row an instrument and assumption; the width is the interval's, as a share of the figure."""
    found = []
    for instrument in instruments:
        every = list(trials(Corpus.default(), instrument))
        for name in (CARRIED, BETWEEN):
            some = [t for t in every if t.assumption == name]
            if not some:
                continue
            held = sum(t.holds for t in some)
            width = median((t.high - t.low) / max(1, t.record.value or 0) for t in some)
            found.append((instrument, name, str(len(some)), f"{held} ({held / len(some):.0%})", f"{width:.2f}"))
    return found


def table() -> str:
    """The rows in Markdown."""
    lines = [HEAD, tuple("---" for _ in HEAD), *rows()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
