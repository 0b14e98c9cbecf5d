"""Disputes: what each reading says of the same state, side by side; and the same ceilings counted two ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from servanda.model.answer import Answer
from servanda.model.errors import ServandaError
from servanda.model.results import PartyStanding, Reason, Verdict
from servanda.questions import Treaty
from servanda.questions.beside import span_words
from servanda.questions.brief import is_main
from servanda.questions.standing import words_for
from servanda.questions.words import listed
from servanda.render.tables import Cell, Column, Grid
from servanda.report.blocks import Block, Line, Sides, TableBlock

if TYPE_CHECKING:
    from servanda.report.content import Names, Sources

MOST_LINES = 8


def disputes(treaty: Treaty, left: tuple[Answer[Any], str], own: Answer[Any], sources: Sources) -> Iterable[Block]:
    """One block for each set of states whose standing is read alike: the reading asked for against their own."""
    answer, words = left
    by_own = {s.party: s for s in own.value}
    alike: dict[tuple[Any, ...], list[PartyStanding]] = {}
    for s in answer.value:
        mine = by_own[s.party]
        if s.contested or mine.standing != s.standing:
            alike.setdefault((s.standing, mine.standing, s.readings), []).append(s)
    for (theirs, mine_standing, readings), parties in alike.items():
        names = [treaty.corpus.actors.name(s.party) for s in parties]
        seen: list[tuple[str, Line]] = []
        done: list[tuple[str, Line]] = []
        for s, name in zip(parties, names, strict=True):
            noted = [r for r in s.because if not r.applied]
            acts = {r.act.id for r in noted if r.act}
            mine = by_own[s.party]
            chosen = [r for r in mine.because if r.act and r.act.id in acts] or list(mine.because[-1:])
            seen += [(name, _reason(r, sources)) for r in noted[-2:]] or [(name, Line("; ".join(s.caveats)))]
            done += [(name, _reason(r, sources, gist=True)) for r in chosen[-2:]]
        others = ", ".join(
            f"{treaty.corpus.actors.name(r) if r in treaty.corpus.actors else _GENERAL.get(r, r)}: {words_for(v)}"
            for r, v in readings
            if r not in ("self", answer.data["reading"])
        )
        yield Sides(
            subject=listed(names, 12),
            left=(f"{words}: {words_for(theirs)}", _alike(seen, len(parties))),
            right=(
                f"by {'its' if len(parties) == 1 else 'their'} own reading: {words_for(mine_standing)}",
                _alike(done, len(parties)),
            ),
            others=f"In other readings: {others}" if others else "",
        )


_GENERAL = {"depositary": "the instrument's own terms", "law": "general law (VCLT 65)"}


def _alike(told: list[tuple[str, Line]], parties: int) -> tuple[Line, ...]:
    """Lines that say the same of several states drawn together; names only where there are several."""
    groups: dict[tuple[str, tuple[str, ...], tuple[str, ...]], tuple[list[str], list[int]]] = {}
    for name, line in told:
        if line.text:
            names, refs = groups.setdefault((line.text, line.cites, line.notes), ([], []))
            names.append(name)
            refs += line.refs
    lines = [
        Line(
            f"{', '.join(dict.fromkeys(names))}: {text}" if parties > 1 else text,
            cites,
            notes,
            tuple(sorted(set(refs))),
        )
        for (text, cites, notes), (names, refs) in groups.items()
    ]
    if len(lines) > 1:
        shared = [n for n in lines[0].notes if all(n in line.notes for line in lines)]
        lines = [replace(line, notes=tuple(n for n in line.notes if n not in shared)) for line in lines]
        lines += [Line(f"each of them: {n}") for n in shared]
    if len(lines) <= MOST_LINES:
        return tuple(lines)
    return (*lines[:MOST_LINES], Line(f"and {len(lines) - MOST_LINES} more: the standing of each party tells them"))


def _reason(r: Reason, sources: Sources, *, gist: bool = False) -> Line:
    when = r.act.date.text if r.act else str(r.effect or "day not known")
    effect = f", effect {r.effect}" if r.act and r.effect and r.act.date.text != r.effect.isoformat() else ""
    text = f"{when}{effect}: {r.statement}"
    if gist and r.act:
        text += f". {r.act.gist}"
    basis: tuple[str, ...] = ()
    if r.act is not None and gist:
        ground = f": {r.act.ground}" if r.act.ground else ""
        basis = (f"basis {r.act.basis.value}{ground}",)
    return Line(text, (r.cite,) if r.cite else (), (*r.caveats, *basis), sources.refs(r.act.source) if r.act else ())


def counting(treaty: Treaty, day: date, kept: tuple[Verdict, ...], sources: Sources, names: Names) -> Iterable[Block]:
    """Where an alliance has outgrown its group: the group's ceilings by holdings and by notified levels."""
    asked = tuple(dict.fromkeys(v.limit.id for v in kept))
    for group in treaty.dossier.instrument.groups if asked else ():
        code = (group.alliance or "").lower()
        if not code or not treaty.corpus.actors.members(code.upper(), day):
            continue
        try:
            levels = treaty.assess(on=day, groups=code, count="levels", limits=asked).value
            holdings = treaty.assess(on=day, groups=code, limits=asked).value
        except ServandaError:
            continue
        main = [v for v in levels if is_main(v) and v.low is not None and not set(v.members) <= set(group.on(day))]
        if not main:
            continue
        in_law = {v.id: v for v in kept if v.scope == group.id}
        by_holdings = {v.id: v for v in holdings}
        rows = []
        for v in main:
            law, held = in_law.get(v.id), by_holdings.get(v.id)
            over = "" if v.low is None or v.low <= v.bound else f"{v.low - v.bound:,} over"
            rows.append(
                (
                    Cell(f"{v.limit.cite} {names.category(v.limit.category)}"),
                    Cell(f"{v.bound:,}"),
                    Cell("" if law is None else span_words(law.low, law.high)),
                    Cell("" if held is None else span_words(held.low, held.high)),
                    Cell(span_words(v.low, v.high), notes=(("note", over),) if over else ()),
                )
            )
        alliance = group.alliance or code
        heads = (
            Column("ceiling on"),
            Column("ceiling", number=True, whole=True),
            Column(f"holdings, {group.name}"),
            Column(f"holdings, {alliance} members that are parties"),
            Column(f"notified levels, {alliance} members that are parties"),
        )
        recalled = sum(r.confidence == "recalled" for r in main[0].records)
        notes = [f"No article says to count by alliance or by levels; {len(main[0].members)} members are counted so."]
        if recalled:
            notes.append(f"{recalled} of {len(main[0].records)} levels are recalled, not sourced*.")
        refs = sources.refs(dict.fromkeys(s for v in main for s in v.sources))
        notes.append(f"Sources: {', '.join(map(str, refs))}.")
        title = f"Group ceilings after the enlargement of {alliance}: two ways to count"
        yield TableBlock(grid=Grid(columns=heads, rows=tuple(rows), title=title), notes=tuple(notes))
