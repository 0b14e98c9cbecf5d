"""What is owed: pictures of one duty, all duties in words by two readings, and the acts that took duties away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from servanda.model.acts import Act
from servanda.model.answer import Answer
from servanda.questions import Treaty
from servanda.questions.brief import OWED
from servanda.questions.obligations import summary
from servanda.questions.words import listed
from servanda.render.tables import Cell, Column, Grid
from servanda.report.blocks import Block, Line, Pictures, Points, TableBlock
from servanda.report.pictures import matrix_pictures

if TYPE_CHECKING:
    from servanda.report.content import Sources

MOST_ACTS = 10
WORDS = {"ntm": "no interference with national technical means"}


def duties(treaty: Treaty, day: date, reading: str, words: str, sources: Sources) -> tuple[Block, ...]:
    """The section's blocks; one line where nobody owes anybody anything."""
    kinds = treaty.dossier.instrument.duties
    if not kinds:
        return ()

    def ask(kind: str, by: str) -> Answer[Any]:
        return treaty.obligations(on=day, kind=kind, reading=by)

    asked = {k: ask(k.value, reading) for k in kinds}
    own = asked if reading == "self" else {k: ask(k.value, "self") for k in kinds}
    if len(asked[kinds[0]].value.parties) < 2:
        return (Points((Line("No two states are bound that day: nobody owes anybody a duty under it."),)),)
    main = next((k for k in OWED if k in kinds), kinds[0])
    pictures, note = matrix_pictures(asked[main], own[main], words)
    blocks: list[Block] = [Pictures(pictures, note)]
    rows = []
    alone = reading == "self" or all(asked[k].value.owes == own[k].value.owes for k in kinds)
    for k in kinds:
        cells = [Cell(WORDS.get(k.value, k.value)), Cell("; ".join(summary(asked[k].value)))]
        if not alone:
            same = asked[k].value.owes == own[k].value.owes
            cells.append(Cell("the same" if same else "; ".join(summary(own[k].value))))
        notes = tuple(("caveat", c) for c in dict.fromkeys((*asked[k].value.caveats, *own[k].value.caveats)))
        cells[1] = Cell(cells[1].text, notes=notes)
        rows.append(tuple(cells))
    both = words if reading == "self" or not alone else f"{words}, and so each state by its own reading"
    heads = [Column("duty"), Column(both), Column("each state by its own reading")]
    blocks.append(TableBlock(grid=Grid(columns=tuple(heads[: len(rows[0])]), rows=tuple(rows))))
    acts = {a.id: a for answers in (asked, own) for a_ in answers.values() for a in a_.value.acts}
    lines = _acts(treaty, list(acts.values()), sources)
    if lines:
        blocks.append(Points(lines, "Acts behind it"))
    return tuple(blocks)


def _acts(treaty: Treaty, acts: list[Act], sources: Sources) -> tuple[Line, ...]:
    """Acts that took duties away, those alike drawn together, by day."""
    alike: dict[tuple[str, str, tuple[str, ...]], list[Act]] = {}
    for a in acts:
        notes = [f"ground: {a.ground}" if a.ground else ""]
        notes.append(f"contested by {listed(a.contested_by)}" if a.contested_by else "")
        notes.append(f"keeps voluntarily: {listed(a.voluntary)}" if a.voluntary else "")
        key = ((a.effective or a.date).text, a.gist, tuple(n for n in notes if n))
        alike.setdefault(key, []).append(a)
    lines: list[Line] = []
    for (when, gist, said), group in sorted(alike.items(), key=lambda item: item[0][0]):
        who = dict.fromkeys(treaty.corpus.actors.name(x) for a in group for x in a.actors)
        refs = sources.refs(dict.fromkeys(s for a in group for s in a.source))
        cites = tuple(dict.fromkeys(a.cite for a in group if a.cite))
        lines.append(Line(f"{when}: {listed(who, 30)}: {gist}", cites, said, refs))
    if len(lines) > MOST_ACTS:
        more = Line(f"{len(lines) - MOST_ACTS} earlier ones: servanda timeline {treaty.id}")
        lines = [more, *lines[-MOST_ACTS:]]
    return tuple(lines)
