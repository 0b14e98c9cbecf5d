"""Which figure to look for: the unknown figures of a day, by what each would decide."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from servanda.corpus import Corpus
from servanda.limits.gaps import Gap, with_days
from servanda.limits.gaps import gaps as find_gaps
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.base import plain
from servanda.model.documents.record import GapRow, GapsDocument
from servanda.model.question import Question
from servanda.questions.words import asked_day, listed

COLUMNS = ("holder", "category", "zone", "posture", "force", "as_of", "snapshot", "decides", "width", "low", "high")


def gaps(corpus: Corpus, question: Question) -> Answer[tuple[Gap, ...]]:
    """The figures that are not known, those first that decide most whatever their value (DESIGN 9, `gaps`)."""
    instrument = question.instrument
    asked = asked_day(corpus, instrument, question.day)
    found = with_days(corpus, instrument, find_gaps(corpus, question))
    dossier = corpus.dossier(instrument)
    told = "{n} figures would decide or narrow open verdicts of {treaty} on {on}"
    if not found:
        told = "no figure for the sets in the record would decide or narrow a verdict of {treaty} on {on}"
    parts = {"n": len(found), "treaty": dossier.instrument.called, "on": asked}
    return Answer(
        kind="gaps",
        value=found,
        document=GapsDocument(instrument=instrument, on=asked, gaps=tuple(map(gap_row, found))),
        node=Node(
            statement=Statement(told, parts),
            caveats=(
                "decides: verdicts decided whatever the figure is; width: items taken off all open intervals at least",
            ),
            because=tuple(gap_node(corpus, instrument, g) for g in found),
        ),
        not_known=dossier.instrument.unknown(asked),
    )


def gap_row(g: Gap) -> GapRow:
    """A gap as in the outer contract."""
    return GapRow(
        holder=g.holder,
        category=g.category,
        zone=g.zone,
        posture=g.posture,
        force=g.force,
        as_of=g.as_of,
        snapshot=g.snapshot,
        decides=g.decides,
        width=g.width,
        low=g.low,
        high=g.high,
        verdicts=g.verdicts,
        seen_for=g.seen_for,
    )


def gap_words(g: Gap) -> str:
    """A gap in one line."""
    posture = "" if g.posture == "any" else f", {g.posture}"
    return f"{g.holder} in {g.zone}, {g.category.replace('_', ' ')}{posture}, {g.as_of}"


def gap_node(corpus: Corpus, instrument: str, g: Gap) -> Node:
    """A gap in words: what it decides, and where such figures were printed for other days."""
    span = f"{g.low:,} to {g.high:,}" if g.high is not None else f"at least {g.low:,}"
    children = []
    if g.verdicts:
        children.append(Node(statement=Statement("decides {ids}", {"ids": listed(g.verdicts, 6)})))
    places = printed(corpus, instrument, g)
    if places:
        children.append(
            Node(statement=Statement("such figures were printed for other days", {}), sources=tuple(places))
        )
    return Node(
        statement=Statement(
            "{gap}: decides {n}, takes {width} off; it is {span}",
            {"gap": gap_words(g), "n": g.decides, "width": g.width, "span": span},
        ),
        because=tuple(children),
    )


def printed(corpus: Corpus, instrument: str, g: Gap) -> list[str]:
    """Titles of the sources in which figures of that category were printed: of that holder, else of any for that day."""
    titles = {s.id: s.title for d in corpus.hosts(instrument) for s in d.instrument.sources}
    records = [r for d in corpus.hosts(instrument) for r in d.records if r.category == g.category]
    own = [r for r in records if r.holder == g.holder] or [r for r in records if r.snapshot == g.snapshot]
    return list(dict.fromkeys(f"{titles.get(s, s)}: {r.holder}, {r.as_of}" for r in own for s in r.source))[:6]


def as_csv(found: Iterable[Gap]) -> str:
    """The gaps as a table in CSV, with the columns of `holdings/*.csv` to be filled in."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*COLUMNS, "verdicts", "seen_for"))
    for g in found:
        row = plain(gap_row(g))
        writer.writerow((*(row[c] for c in COLUMNS), "|".join(row["verdicts"]), "|".join(row["seen_for"])))
    return out.getvalue()


def as_list(corpus: Corpus, instrument: str, found: Iterable[Gap]) -> str:
    """The gaps as a research list in Markdown: what to look for, why, and where such figures were printed."""
    lines = []
    for g in found:
        lines.append(f"- [ ] {gap_words(g)} (decides {g.decides}, takes {g.width:,} off)")
        lines += [f"  - decides {v}" for v in g.verdicts]
        lines += [f"  - printed before: {p}" for p in printed(corpus, instrument, g)]
    return "\n".join(lines) + ("\n" if lines else "")
