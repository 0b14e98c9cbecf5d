"""Answers as tables of cells: the rows every door lays out, built once.

A cell holds plain text, a tone (a verdict's word, `dim`) and notes that hang on it; a door decides how a tone looks
and where notes go. Every figure and word comes from the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from servanda.model.answer import Answer
from servanda.model.results import Verdict
from servanda.model.vocabulary import LimitNature, Scope
from servanda.questions.words import listed

MOST_ROWS = 60
CONTESTED, CAVEAT, NOTE = "contested", "caveat", "note"


@dataclass(frozen=True, slots=True)
class Cell:
    """Text, its tone, and notes as (kind, text): `contested`, `caveat`, `note`."""

    text: str
    tone: str = ""
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A heading; `number` sets figures to the right, `whole` keeps a cell on one line."""

    name: str
    number: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: as many cells in every row as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""


def recalled(v: Verdict) -> bool:
    """True where a verdict leans on a figure, or a ceiling, that is remembered and not sourced."""
    return v.recalled


def verdict_words(v: Verdict) -> str:
    """The verdict with its mark for recalled figures and what qualifies it."""
    words = v.verdict.value.replace("_", " ") + ("*" if recalled(v) else "")
    if v.deferred:
        words += " (deferred)"
    if v.verdict == "not_applicable":
        words += f" before {v.applies_from}" if v.applies_from else ", never in force"
    return words


def least(v: Verdict) -> str:
    """The lower bound; `-` where there is no figure."""
    return "-" if v.low is None else f"{v.low:,}"


def most(v: Verdict) -> str:
    """The upper bound; `-` where there is no figure, `none` where nothing bounds it."""
    return "-" if v.low is None and v.high is None else "none" if v.high is None else f"{v.high:,}"


def held(v: Verdict) -> str:
    """Both bounds in one cell."""
    return least(v) if least(v) == most(v) else f"{least(v)}-{most(v)}"


def short_name(v: Verdict) -> str:
    """A limit as a page has room for: clause and category."""
    return f"{v.limit.cite.split(' ', 1)[-1]} {v.limit.category.replace('_', ' ')}"


_VERDICT: dict[str, tuple[Column, Callable[[Verdict], Cell]]] = {
    "limit": (Column("limit"), lambda v: Cell(v.id)),
    "ceiling on": (Column("ceiling on"), lambda v: Cell(short_name(v))),
    "cite": (Column("ceiling of", whole=True), lambda v: Cell(v.limit.cite)),
    "category": (Column("category"), lambda v: Cell(v.limit.category.replace("_", " "))),
    "zone": (Column("zone"), lambda v: Cell(v.limit.zone)),
    "posture": (Column("posture"), lambda v: Cell(v.posture)),
    "scope": (Column("scope", whole=True), lambda v: Cell(v.scope)),
    "least": (Column("least", True, True), lambda v: Cell(least(v))),
    "most": (Column("most", True, True), lambda v: Cell(most(v))),
    "held": (Column("held", True, True), lambda v: Cell(held(v))),
    "ceiling": (Column("ceiling", True, True), lambda v: Cell(f"{v.bound:,}")),
    "headroom": (Column("headroom", True, True), lambda v: Cell("" if v.headroom is None else f"{v.headroom:,}")),
    "verdict": (Column("verdict"), lambda v: Cell(verdict_words(v), v.verdict.value)),
    "figures of": (Column("figures of", whole=True), lambda v: Cell(str(v.snapshot_date or ""), "dim")),
    "days old": (
        Column("days old", True, True),
        lambda v: Cell("" if v.age_days is None else f"{v.age_days:,}", "dim"),
    ),
}


def verdict_grid(verdicts: Iterable[Verdict], columns: Sequence[str]) -> Grid:
    """A row a verdict, with the columns named (keys of the table above)."""
    made = [_VERDICT[name] for name in columns]
    rows = tuple(tuple(cell(v) for _, cell in made) for v in verdicts)
    return Grid(columns=tuple(c for c, _ in made), rows=rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """Verdicts by what a page does with them: shown, only counted, and without any figure."""

    shown: tuple[Verdict, ...]
    folded: tuple[Verdict, ...]
    quiet: tuple[Verdict, ...]


def sort_out(verdicts: Iterable[Verdict], most_rows: int = MOST_ROWS) -> Sorted:
    """All verdicts with a figure where they fit; else those on single states that surprise nobody are counted."""
    every = list(verdicts)
    told = [v for v in every if v.verdict != "no_data"]
    folded = [v for v in told if _folds(v)] if len(told) > most_rows else []
    shown = tuple(v for v in told if v not in folded)
    return Sorted(shown=shown, folded=tuple(folded), quiet=tuple(v for v in every if v.verdict == "no_data"))


def _folds(v: Verdict) -> bool:
    return v.limit.scope == "state" and v.verdict in ("undetermined", "not_applicable", "within")


def folded_words(folded: Sequence[Verdict]) -> str:
    """How many were only counted, and what they are."""
    kinds = ", ".join(dict.fromkeys(v.verdict.value.replace("_", " ") for v in folded))
    return f"{len(folded)} more on single states ({kinds})"


def quiet_words(quiet: Sequence[Verdict], most_ids: int = 12) -> str:
    """Which limits the record has no figure for."""
    ids = list(dict.fromkeys(v.limit.cite for v in quiet))
    return f"no data on {len(quiet)} more: {', '.join(ids[:most_ids])}{' ...' if len(ids) > most_ids else ''}"


def assessed_lines(verdicts: Iterable[Verdict]) -> list[str]:
    """What others found, a line each: beside the verdicts and never part of them."""
    found: dict[str, list[Any]] = {}
    for v in verdicts:
        for b in v.assessments:
            found.setdefault(b.assessment.id, [b.assessment, [], [], False])
            row = found[b.assessment.id]
            row[1] += [v.scope] if v.scope not in row[1] else []
            row[2] += [o for o in b.against if o not in row[2]]
            row[3] = row[3] or b.against_record
    lines = []
    for name, (a, scopes, against, denied) in found.items():
        doubts = [f"contradicted by {', '.join(against)}"] if against else []
        doubts += ["the record proves the opposite"] if denied else []
        told = f" ({'; '.join(doubts)})" if doubts else ""
        result = a.result.value.replace("_", " ")
        lines.append(f"assessed by others: {a.by}: {listed(scopes, 5)} {result}{told} [{name}]")
    return lines


MOST_ESTIMATES = 24


def estimate_lines(verdicts: Iterable[Verdict]) -> list[str]:
    """Estimates that say more than the proved interval, a line each, the last rung of each verdict alone."""
    from servanda.questions.beside import estimate_words

    lines = []
    for v in verdicts:
        told = [e for e in v.estimates if e.conflict or (e.low, e.high) != (v.low, v.high)]
        for e in told[-1:]:
            lines.append(f"{short_name(v)} {v.posture}, {v.scope}, ceiling {v.bound:,}: {estimate_words(e)}")
    over = len(lines) - MOST_ESTIMATES
    return (
        lines
        if over <= 0
        else [*lines[:MOST_ESTIMATES], f"{over} more, all of them in the JSON or by asking for one limit"]
    )


def figure_days(verdicts: Iterable[Verdict]) -> list[tuple[date, int]]:
    """The days the figures are of, and their age in days."""
    found = {(v.snapshot_date, v.age_days or 0) for v in verdicts if v.snapshot_date}
    return sorted((d, n) for d, n in found if d is not None)


def ceilings_by_state(verdicts: Iterable[Verdict], clause: str) -> Grid | None:
    """One clause's ceilings, a row a state (or a territory) and a column a category; None where it is no such table.

    A cell is the ceiling with `*` where it is recalled; its tone tells a breach.
    """
    from servanda.questions.assess import BREACHES

    chosen = [v for v in verdicts if v.limit.cite == clause and v.limit.scope in (Scope.STATE, Scope.TERRITORY)]
    chosen = [v for v in chosen if v.limit.nature is LimitNature.LEGAL and v.posture == "any"]
    kinds = list(dict.fromkeys(v.limit.category for v in chosen))
    several = len({v.scope for v in chosen}) > 1
    by = {(v.scope if several else v.limit.zone, v.limit.category): v for v in chosen}
    scopes = list(dict.fromkeys(scope for scope, _ in by))
    if len(kinds) < 2 or len(scopes) < 3 or len(by) != len(chosen):
        return None
    rows = []
    for scope in scopes:
        cells = [Cell(scope)]
        for kind in kinds:
            v = by.get((scope, kind))
            mark = "*" if v is not None and v.limit.confidence == "recalled" else ""
            cells.append(
                Cell("") if v is None else Cell(f"{v.bound:,}{mark}", v.verdict.value if v.verdict in BREACHES else "")
            )
        rows.append(tuple(cells))
    heads = (Column("state" if several else "territory"), *(Column(k.replace("_", " "), number=True) for k in kinds))
    return Grid(columns=heads, rows=tuple(rows), title=clause)


def standing_grid(answer: Answer[Any]) -> Grid:
    """A row a party: standing, since when, whether contested, and what other readings say."""
    rows = []
    for s in answer.value:
        readings = ", ".join(f"{r}: {v.value.replace('_', ' ')}" for r, v in s.readings)
        if s.caveats and not readings:
            readings = s.caveats[0]
        words = s.standing.value.replace("_", " ") + (" (projected)" if s.projected else "")
        since = s.since.isoformat() if s.since else "not known to the day" if s.standing != "none" else ""
        contested = "yes" if s.contested else ""
        rows.append((Cell(s.party), Cell(words), Cell(since), Cell(contested), Cell(readings, "dim")))
    names = ("party", "standing", "since", "contested", "readings")
    return Grid(columns=tuple(Column(n, whole=n == "party") for n in names), rows=tuple(rows))


def readings_words(readings: Iterable[tuple[str, Any]]) -> str:
    """Standings by whose reading, those that agree together: `suspended: self; in force: depositary, USA`."""
    by: dict[str, list[str]] = {}
    for name, value in readings:
        by.setdefault(value.value.replace("_", " "), []).append(name)
    return "; ".join(f"{k}: {', '.join(dict.fromkeys(who))}" for k, who in by.items())


MARKS: dict[bool | None, tuple[str, str]] = {True: ("■", "owed"), False: ("○", "not_owed"), None: ("?", "unknown")}
MARKS_WORDS = "■ owed   ○ not owed   ? not known for that day"


def matrix_grid(answer: Answer[Any]) -> Grid:
    """The matrix of a duty: rows owe to columns."""
    found = answer.value
    rows = []
    for party, line in zip(found.parties, found.owes, strict=True):
        cells = [Cell(party)]
        for other, value in zip(found.parties, line, strict=True):
            cells.append(Cell("·", "dim") if other == party else Cell(*MARKS[value]))
        rows.append(tuple(cells))
    columns = (Column("owes to", whole=True), *(Column(p, whole=True) for p in found.parties))
    return Grid(columns=columns, rows=tuple(rows))


def timeline_grid(answer: Answer[Any]) -> Grid:
    """A row an act or effect: when, what kind, who, what."""
    rows = []
    for e in answer.value:
        notes = [(CONTESTED, f"contested by {listed(e.contested_by, 5)}")] if e.contested_by else []
        notes += [(CAVEAT, c) for c in e.caveats]
        cells = (Cell(e.when.words), Cell(e.kind.replace("_", " ")), Cell(listed(e.actors, 5)))
        rows.append((*cells, Cell(e.what, notes=tuple(notes))))
    return Grid(
        columns=(Column("date", whole=True), Column("act", whole=True), Column("who"), Column("what")), rows=tuple(rows)
    )


def gaps_grid(answer: Answer[Any]) -> Grid:
    """A row a gap: how much it decides and narrows, whose figure it is, and for which days such a one is known."""
    rows = []
    for g in answer.value:
        what = (
            f"{g.holder}, {g.category.replace('_', ' ')}{'' if g.posture == 'any' else f' ({g.posture})'} in {g.zone}"
        )
        seen = ", ".join(str(d.year) for d in g.seen_for)
        rows.append(tuple(Cell(c) for c in (str(g.decides), f"{g.width:,}", what, str(g.as_of), seen)))
    heads = (("decides", True), ("width", True), ("figure", False), ("of", False), ("known for", False))
    return Grid(columns=tuple(Column(n, number, n == "of") for n, number in heads), rows=tuple(rows))


MOST_GAPS = 20


def provisions_grid(answer: Answer[Any]) -> Grid:
    """A row a provision, in our own words."""
    rows = []
    for p in answer.value:
        notes = [] if p.confidence == "sourced" else [(CAVEAT, f"{p.confidence}, not sourced")]
        if p.note and len(answer.value) <= 12:
            notes.append((NOTE, p.note))
        rows.append((Cell(p.cite), Cell(p.gist, notes=tuple(notes))))
    return Grid(columns=(Column("provision"), Column("in our words")), rows=tuple(rows))


def deadlines_grid(answer: Answer[Any]) -> Grid:
    """A row a step: its days, who acts, what, by which article."""
    from servanda.questions.deadlines import window

    rows = []
    for due, node in zip(answer.value, answer.node.because, strict=True):
        what = Cell(due.step.action, notes=tuple((CAVEAT, c) for c in node.caveats))
        rows.append((Cell(window(due)), Cell(due.step.actor), what, Cell(due.step.cite, "dim")))
    return Grid(columns=tuple(Column(n) for n in ("when", "who", "what", "article")), rows=tuple(rows))


def verdict_line(v: Verdict) -> str:
    """Bounds against the ceiling in words."""
    from servanda.questions.beside import span_words

    return f"{span_words(v.low, v.high)} of {v.bound:,}"
