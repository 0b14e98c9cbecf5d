"""The tables of docs/explanation/evidence.md, computed from the record: `python tools/evidence_tables.py [--write]`.

Each stands between `<!-- table NAME -->` and `<!-- end -->`; a test holds the page against them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from servanda.corpus import Corpus
from servanda.limits import assess
from servanda.limits.assumptions import BETWEEN, CARRIED
from servanda.model.question import Question
from servanda.model.results import Verdict
from servanda.questions.assess import pick

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "explanation" / "evidence.md"
YEARS = range(1992, 2012)
# proved, undetermined, no figure, not yet applicable: counted on the record of commit 1cd4ceb
BEFORE = {
    1992: (0, 0, 0, 66),
    **dict.fromkeys((1993, 1994, 1995), (0, 6, 2, 58)),
    **dict.fromkeys((1996, 1997, 1998), (0, 56, 10, 0)),
    1999: (7, 49, 10, 0),
    **dict.fromkeys(range(2000, 2010), (0, 56, 10, 0)),
    **dict.fromkeys((2010, 2011), (4, 52, 10, 0)),
}
DECIDED = ("within", "exceeded")


def _markdown(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(r)} |" for r in (head, tuple("---" for _ in head), *rows))


def counted(year: int, corpus: Corpus) -> dict[str, int]:
    """The verdicts on limits of groups on 1 January by kind; what an assumption decides counts apart, first rung first."""
    limits = tuple(x.id for x in corpus.dossier("cfe").limits if x.scope == "group" and x.nature == "legal")
    question = Question(instrument="cfe", on=date(year, 1, 1), assume=(CARRIED, BETWEEN), limits=limits)
    found = dict.fromkeys(("proved", CARRIED, BETWEEN, "undetermined", "no_data", "not_applicable"), 0)
    for v in assess(corpus, question):
        found[_kind(v)] += 1
    return found


def _kind(v: Verdict) -> str:
    if v.verdict in DECIDED:
        return "proved"
    for name, e in zip((CARRIED, BETWEEN), v.estimates, strict=False):
        if e.verdict in DECIDED:
            return name
    return v.verdict.value


def years(corpus: Corpus) -> str:
    """The verdicts on limits of groups on 1 January of each year, before and after."""
    rows = []
    total = [0] * 9
    for year in YEARS:
        now, old = counted(year, corpus), BEFORE[year]
        cells = (*old[:3], now["proved"], now[CARRIED], now[BETWEEN], now["undetermined"], now["no_data"], old[3])
        total = [a + b for a, b in zip(total, cells, strict=True)]
        rows.append((str(year), *(str(c) if c else "" for c in cells)))
    rows.append(("all", *(str(c) for c in total)))
    head = ("1 January", "proved before", "open before", "no figure before", "proved", "by carried-forward",
            "by between as well", "open", "no figure", "not yet due")  # fmt: skip
    return _markdown(head, rows)


CENTRAL = (("NST II.1(c)", "deployed"), ("NST II.1(b)", "deployed"), ("NST II.1(c)", "any"))


def new_start(corpus: Corpus) -> str:
    """Every published figure of New START against its ceiling: a row a date, both sides."""
    records = corpus.dossier("new-start").records
    rows = []
    for day in sorted({r.as_of for r in records}):
        verdicts = assess(corpus, Question(instrument="new-start", on=day, prospective=True))
        cells = []
        for scope in ("RUS", "USA"):
            for limit, posture in CENTRAL:
                v = pick(verdicts, limit, scope, posture)
                ours = v.snapshot_date == day and v.low is not None
                mark = " above" if ours and v.verdict == "exceeded" else ""
                cells.append(f"{v.low:,}{mark}" if ours and v.low == v.high else "-")
        due = next(v.applies_from for v in verdicts)
        rows.append((str(day), *cells, "yes" if due is not None and due <= day else "not yet"))
    head = (
        "day",
        *(f"{s} {what}" for s in ("RUS", "USA") for what in ("of 700", "of 1,550", "of 800")),
        "ceilings due",
    )
    return _markdown(head, rows)


def trials(corpus: Corpus) -> str:
    """How often the carried interval holds a figure that was hidden."""
    from leave_one_out import table

    return table()


TABLES: dict[str, Callable[[Corpus], str]] = {"years": years, "leave-one-out": trials, "new-start": new_start}


def place(name: str) -> re.Pattern[str]:
    """Where a table stands in the page."""
    return re.compile(rf"(<!-- table {name} -->\n).*?(<!-- end -->)", re.DOTALL)


def main() -> int:
    """Print the tables, or put them into the page."""
    corpus = Corpus.default()
    text = PAGE.read_text(encoding="utf-8")
    for name, make in TABLES.items():
        made = make(corpus)
        sys.stdout.write(made + "\n\n")
        text = place(name).sub(lambda m, made=made: m.group(1) + made + "\n" + m.group(2), text)
    if "--write" in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
