"""The content of a report, built from answers of `questions` and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from servanda.model.answer import Answer, Node
from servanda.model.dates import long_day
from servanda.model.errors import InputError, UnknownName
from servanda.model.results import Verdict
from servanda.questions import Treaty
from servanda.questions.brief import is_main
from servanda.questions.standing import words_for
from servanda.questions.words import Day, asked_day, listed, optional_day, source_names
from servanda.render import tables
from servanda.render.tables import Cell, Column, Grid
from servanda.report.blocks import Block, Line, Lines, Pictures, Points, Report, Section, TableBlock
from servanda.report.disputes import counting, disputes
from servanda.report.duties import duties
from servanda.report.pictures import map_pictures, warm

MOST_TODAY = 5
MOST_VERDICTS = 100
MOST_SETTLE = 6
MOST_PROVISIONS = 30
MOST_HISTORY = 20
TEXT = "the depositary itself takes no position"


class Sources:
    """Numbers for sources, given in the order in which a report first leans on them."""

    def __init__(self, treaty: Treaty) -> None:
        self._treaty = treaty
        self._numbers: dict[str, int] = {}

    def refs(self, ids: Iterable[str]) -> tuple[int, ...]:
        """Numbers of sources given by id or title."""
        titles = source_names(self._treaty.corpus, self._treaty.id, ids)
        return tuple(sorted({self._numbers.setdefault(t, len(self._numbers) + 1) for t in titles}))

    def line(self, node: Node) -> Line:
        """A node's own sentence as a line."""
        return Line(str(node.statement), tuple(str(c) for c in node.citation), node.caveats, self.refs(node.sources))

    @property
    def titles(self) -> tuple[str, ...]:
        """All sources, by number."""
        return tuple(self._numbers)


class Names:
    """What the instrument calls its categories and zones, by id."""

    def __init__(self, treaty: Treaty) -> None:
        own, self._actors = treaty.dossier, treaty.corpus.actors
        amended = own.instrument.amends
        dossiers = [*([treaty.corpus.dossier(amended)] if amended else []), own]
        self._categories = {c.id: c.name for d in dossiers for c in d.instrument.categories}
        self._zones = {z.id: z.name for d in dossiers for z in d.zones}

    def category(self, code: str) -> str:
        """The name of a category, or of a sum of categories."""
        parts = [self._categories.get(c, c.replace("_", " ")) for c in code.replace(" ", "_").split("+")]
        return " and ".join(parts)

    def _state(self, code: str) -> str:
        if code.upper() in self._actors:
            return self._actors.name(code.upper())
        return self._zones.get(code, code)

    def put(self, grid: Grid) -> Grid:
        """A grid with its categories named, in cells and in headings."""
        at = [i for i, c in enumerate(grid.columns) if c.name == "category"]
        rows = tuple(
            tuple(Cell(self.category(c.text)) if i in at else c for i, c in enumerate(row)) for row in grid.rows
        )
        if grid.columns[0].name in ("state", "territory"):
            rows = tuple((Cell(self._state(r[0].text)), *r[1:]) for r in rows)
        known = {c.replace("_", " "): n for c, n in self._categories.items()}
        columns = tuple(
            Column(self.category(c.name) if c.name in known or "+" in c.name else c.name, c.number, c.whole)
            for c in grid.columns
        )
        return Grid(columns=columns, rows=rows, title=grid.title)

    def zones(self, verdicts: Iterable[Verdict]) -> str:
        """What the zones' short names stand for."""
        used = dict.fromkeys(v.limit.zone for v in verdicts)
        return "; ".join(f"{z}: {self._zones[z]}" for z in used if z in self._zones) + "."


def reading_words(treaty: Treaty, reading: str) -> str:
    """A reading as a reader of the report knows it."""
    known = {
        "depositary": "by the instrument's own terms",
        "self": "each state by its own reading",
        "law": "by general law (VCLT 65)",
    }
    if reading.lower() in known:
        return known[reading.lower()]
    return f"in the view of {treaty.corpus.actors.name(reading.upper())}"


def build(
    treaty: Treaty,
    *,
    on: Day,
    reading: str = "depositary",
    as_known_on: Day | None = None,
    scenarios: Iterable[str] = (),
) -> Report:
    """The report on a day, in a reading; `scenarios` are the titles of those laid over the record.

    Dates as everywhere; UnknownName for a reading, InputError for a day before the record begins.
    """
    from servanda import __version__

    day = asked_day(treaty.corpus, treaty.id, on)
    known = optional_day(as_known_on, "day of knowledge")
    treaty = treaty.as_known(known)
    known = treaty.corpus.known_on
    standing = treaty.standing(on=day, reading=reading)
    own = treaty.standing(on=day, reading="self")
    terms = standing if standing.data["reading"] == "depositary" else treaty.standing(on=day)
    reading = str(standing.data["reading"])
    words = reading_words(treaty, reading)
    brief = treaty.brief(on=day)
    verdicts: tuple[Verdict, ...] = ()
    if treaty.dossier.limits:
        verdicts = tuple(treaty.assess(on=day).value)
    kept = tuple(v for v in verdicts if is_main(v))
    warm()
    sources = Sources(treaty)
    names = Names(treaty)
    laid = tuple(scenarios)
    left = (terms, reading_words(treaty, "depositary")) if reading == "self" else (standing, words)
    # in the order of reading, so that sources are numbered as they come
    sections = [
        Section("In brief", _brief(treaty, brief, standing, kept, sources, names, reading, words)),
        Section("Who is bound", _bound(treaty, standing, own, day, words)),
        Section("What is owed, and to whom", duties(treaty, day, reading, words, sources)),
        Section("Is each ceiling kept", _kept(verdicts, kept, sources, names)),
        Section(
            "Who says otherwise",
            (*disputes(treaty, left, own, sources), *counting(treaty, day, kept, sources, names)),
        ),
        Section("What comes next", _next(treaty, brief, standing, day, sources)),
        Section("What it says, in our words", _text(treaty, sources) if not verdicts else ()),
        Section("What has been done so far", _history(treaty, day, sources) if not verdicts and known is None else ()),
        Section("What is not known", _not_known(brief, verdicts, kept)),
    ]
    facts = [
        ("Reading", f"{words}; {TEXT}" if reading == "depositary" else words),
        ("As known on", long_day(known) if known else "every record of this version"),
        ("Record", f"Servanda {__version__}, version {treaty.dossier.key[:12] or 'of the user'}"),
        ("Marks", "* leans on a figure that is recalled from memory and not sourced; [n] the source of that number"),
    ]
    if laid:
        facts.insert(1, ("Scenario", "; ".join(laid)))
    title = treaty.dossier.instrument.title
    return Report(
        title=title,
        short=treaty.dossier.instrument.short,
        day=long_day(day),
        facts=tuple(facts),
        sections=tuple(s for s in sections if s.blocks),
        sources=sources.titles,
        warning=f"A scenario is laid over the record: {'; '.join(laid)}. What follows would hold, and does not."
        if laid
        else "",
        foot=f"{treaty.dossier.instrument.short}, {long_day(day)}; {words}; Servanda {__version__}, record {treaty.dossier.key[:12]}",
    )


def _brief(
    treaty: Treaty,
    brief: Answer[Any],
    standing: Answer[Any],
    kept: tuple[Verdict, ...],
    sources: Sources,
    names: Names,
    reading: str,
    words: str,
) -> tuple[Block, ...]:
    rows: list[tuple[str, tuple[Line, ...]]] = []
    for name, nodes in brief.value.sections:
        lines = [sources.line(n) for n in nodes]
        if name == "Bound" and reading != "depositary":
            n = sum(s.is_party for s in standing.value)
            lines.append(Line(f"{words}: {n} of {len(standing.value)} participants are bound"))
        if name == "Today" and len(lines) > MOST_TODAY:
            more = f"and {len(lines) - MOST_TODAY} more acts of that day: servanda timeline {treaty.id}"
            lines = [*lines[:MOST_TODAY], Line(more)]
        if name == "Kept":
            lines = list(_kept_in_brief(kept))
        if name == "Not known":
            lines = [Line(f"gaps in the record that bear on this: {len(nodes)}, see What is not known")]
        if lines:
            rows.append((name, tuple(lines)))
    blocks: list[Block] = [Lines(tuple(rows))]
    if kept:
        columns = ("cite", "category", "scope", "least", "most", "ceiling", "headroom", "verdict")
        strips = tuple((v.low, v.high, v.bound) for v in kept)
        notes = (f"Strip: dark, held at least; pale, possible; line, the ceiling. {_days(kept)}",)
        blocks.append(
            TableBlock(grid=without_empty(names.put(tables.verdict_grid(kept, columns))), notes=notes, strips=strips)
        )
    return tuple(blocks)


def _kept_in_brief(kept: tuple[Verdict, ...]) -> Iterable[Line]:
    tally: dict[str, int] = {}
    for v in kept:
        word = v.verdict.value.replace("_", " ")
        tally[word] = tally.get(word, 0) + 1
    if not kept:
        return
    told = ", ".join(f"{n} {k}" for k, n in tally.items())
    yield Line(f"{len(kept)} ceilings of groups over the whole area: {told}")
    starts = sorted({v.applies_from for v in kept if v.verdict == "not_applicable" and v.applies_from})
    if starts:
        yield Line(f"they judge nobody before {long_day(starts[0])}; the figures stand beside them all the same")
    for v in kept:
        if v.verdict in ("exceeded", "inconsistent"):
            yield Line(f"{v.limit.cite}, {v.scope}: {tables.verdict_line(v)}: {v.verdict.value}")


def _days(verdicts: Iterable[Verdict]) -> str:
    found = tables.figure_days(verdicts)
    if not found:
        return "No figures in the record."
    told = " and ".join(f"{long_day(d)}, {n:,} days old" for d, n in found)
    return f"Figures of {told}."


def _bound(treaty: Treaty, standing: Answer[Any], own: Answer[Any], day: date, words: str) -> tuple[Block, ...]:
    by_own = {s.party: s for s in own.value}
    groups: dict[tuple[str, ...], list[str]] = {}
    for s in standing.value:
        if s.standing == "none":
            continue
        other = by_own[s.party].standing
        key = (
            words_for(s.standing) + (" (projected)" if s.projected else ""),
            s.since.isoformat() if s.since else "not known to the day",
            words_for(other) if other != s.standing else "the same",
            "yes" if s.contested else "",
        )
        groups.setdefault(key, []).append(treaty.corpus.actors.name(s.party))
    alone = all(k[2] == "the same" and not k[3] for k in groups)
    # first the many who read it alike, then who differs
    ordered = sorted(groups.items(), key=lambda item: (item[0][2] != "the same", -len(item[1])))
    rows = [
        (Cell(k[0]), Cell(k[1]), Cell(str(len(who))), Cell(", ".join(who)), Cell(k[2]), Cell(k[3]))
        for k, who in ordered
    ]
    heads = (
        Column("standing"),
        Column("since", whole=True),
        Column("n", number=True, whole=True),
        Column("states"),
        Column("by their own reading"),
        Column("contested"),
    )
    pictures, note = map_pictures(treaty, standing, own, day, words)
    blocks: list[Block] = [Pictures(pictures, note)] if pictures else []
    if rows:
        notes = (f"Standing {words}. Since: first day of that standing in that reading.",)
        end = 4 if alone else 6
        grid = without_empty(Grid(columns=heads[:end], rows=tuple(r[:end] for r in rows)))
        blocks.append(TableBlock(grid=grid, notes=notes))
    return tuple(blocks)


def _kept(
    verdicts: tuple[Verdict, ...], kept: tuple[Verdict, ...], sources: Sources, names: Names
) -> tuple[Block, ...]:
    if not verdicts:
        return (Points((Line("The record holds no numerical limit of this instrument."),)),)
    blocks: list[Block] = []
    rest = verdicts
    if not kept:
        clauses = dict.fromkeys(v.limit.cite for v in verdicts)
        grids = [(c, g) for c in clauses if (g := tables.ceilings_by_state(verdicts, c)) is not None]
        for clause, grid in grids:
            mine = [v for v in verdicts if v.limit.cite == clause]
            refs = sources.refs(dict.fromkeys(s for v in mine for s in v.limit.source))
            notes = [_common(mine), f"Sources: {_numbers(refs)}." if refs else ""]
            blocks.append(TableBlock(grid=names.put(grid), notes=tuple(n for n in notes if n)))
        rest = tuple(v for v in verdicts if v.limit.cite not in [c for c, _ in grids])
    found = tables.sort_out(v for v in rest if v.low is not None or v.high is not None)
    mute = tuple(v for v in rest if v.low is None and v.high is None)
    shown = found.shown[:MOST_VERDICTS]
    # what the page has no room for is counted with the rest
    found = tables.Sorted(shown=shown, folded=(*found.folded, *found.shown[MOST_VERDICTS:]), quiet=mute)
    if shown:
        blocks.append(
            TableBlock(grid=_detailed(shown, sources, names), notes=(_READ, names.zones(shown), *_left_out(found)))
        )
    elif found.folded or found.quiet:
        blocks.append(Points(tuple(Line(t) for t in _left_out(found))))
    return tuple(blocks)


_READ = (
    "least and most: the tightest bounds the published figures allow, not a guess; none: no upper bound. "
    "undetermined: the ceiling lies between the bounds. not before: not applicable before that day. "
    "headroom: room that is left for certain, or (negative) the least excess. active, stored, removed: in active units, "
    "in storage, taken from storage; else all. src: the numbers of the sources."
)


def _detailed(shown: tuple[Verdict, ...], sources: Sources, names: Names) -> Grid:
    columns = ("cite", "category", "zone", "scope", "least", "most", "ceiling", "headroom", "verdict")
    grid = tables.verdict_grid(shown, columns)
    rows = []
    for v, row in zip(shown, grid.rows, strict=True):
        posture = "" if v.posture == "any" else f", {v.posture}"
        cells = list(row)
        cells[1] = Cell(f"{names.category(v.limit.category)}{posture}")
        if v.verdict == "not_applicable" and v.applies_from:
            mark = "*" if tables.recalled(v) else ""
            cells[-1] = Cell(f"not before {v.applies_from}{mark}", v.verdict.value)
        cells.append(Cell("" if v.snapshot_date is None else f"{v.snapshot_date}, {v.age_days or 0:,}", "dim"))
        cells.append(Cell(_numbers(sources.refs(v.sources)), "dim"))
        rows.append(tuple(cells))
    said = [r[-1].text for r in rows]
    added = (Column("figures of, days old", whole=True), Column("src", whole=max(map(len, said)) <= 16))
    whole = [Column(c.name, c.number, c.whole or c.name == "verdict") for c in grid.columns]
    return without_empty(Grid(columns=(*whole, *added), rows=tuple(rows)))


def without_empty(grid: Grid) -> Grid:
    """A grid without the columns in which no row says anything."""
    kept = [i for i in range(len(grid.columns)) if any(r[i].text or r[i].notes for r in grid.rows)]
    columns = tuple(grid.columns[i] for i in kept)
    return Grid(columns=columns, rows=tuple(tuple(r[i] for i in kept) for r in grid.rows), title=grid.title)


def _numbers(refs: Iterable[int]) -> str:
    """Numbers with runs drawn together: 1-3, 7."""
    runs: list[list[int]] = []
    for n in refs:
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return ", ".join(f"{r[0]}-{r[-1]}" if len(r) > 2 else ", ".join(map(str, r)) for r in runs)


def _common(verdicts: list[Verdict]) -> str:
    """What holds for all cells of a table of ceilings."""
    kinds = {tables.verdict_words(v).replace("*", "") for v in verdicts}
    told = f"Ceilings; verdict on each: {kinds.pop()}." if len(kinds) == 1 else "Ceilings, item by item."
    if any(v.limit.confidence == "recalled" for v in verdicts):
        told += " * the ceiling itself is recalled, not sourced."
    return told


def _left_out(found: tables.Sorted) -> tuple[str, ...]:
    said = []
    if len(found.shown) > MOST_VERDICTS:
        said.append(
            f"{len(found.shown) - MOST_VERDICTS} more verdicts are left out here; an assessment of the day lists them."
        )
    if found.folded:
        said.append(f"{tables.folded_words(found.folded)}: the assessment as JSON lists them.")
    if found.quiet:
        said.append(f"{tables.quiet_words(found.quiet)[0].upper()}{tables.quiet_words(found.quiet)[1:]}.")
    return tuple(said)


def _next(treaty: Treaty, brief: Answer[Any], standing: Answer[Any], day: date, sources: Sources) -> tuple[Block, ...]:
    blocks: list[Block] = []
    rows = []
    for name, nodes in brief.value.sections:
        for node in nodes if name == "Next" else ():
            parts = node.statement.parts
            rest = str(node.statement).removeprefix(f"{parts['when']}: ")
            rows.append((Cell(str(parts["when"])), Cell(rest), Cell("; ".join(map(str, node.citation)), "dim")))
    heads = (Column("when"), Column("what"), Column("article"))
    if rows:
        blocks.append(TableBlock(grid=Grid(columns=heads, rows=tuple(rows), title="Coming days")))
    if any(s.is_party for s in standing.value):
        try:
            leave = treaty.deadlines("withdrawal", start=day)
        except (UnknownName, InputError):
            return tuple(blocks)
        grid = tables.deadlines_grid(leave)
        title = f"Were notice of withdrawal given on {long_day(day)}"
        notes = (_sentence(str(leave.node.statement.parts["gist"]), sources.refs(leave.node.sources)),)
        blocks.append(TableBlock(grid=Grid(columns=grid.columns, rows=grid.rows, title=title), notes=notes))
    return tuple(blocks)


def _text(treaty: Treaty, sources: Sources) -> tuple[Block, ...]:
    """The provisions of an instrument without ceilings, which a table of verdicts would otherwise stand for."""
    answer = treaty.provisions()
    rows = tables.provisions_grid(answer)
    if not rows.rows:
        return ()
    refs = sources.refs(dict.fromkeys(s for n in answer.node.because[:MOST_PROVISIONS] for s in n.sources))
    notes = [f"Sources: {_numbers(refs)}."] if refs else []
    if len(rows.rows) > MOST_PROVISIONS:
        more = len(rows.rows) - MOST_PROVISIONS
        notes.append(f"{more} more provisions: servanda provisions {treaty.id}.")
    grid = Grid(columns=rows.columns, rows=rows.rows[:MOST_PROVISIONS])
    return (TableBlock(grid=grid, notes=tuple(notes)),)


def _history(treaty: Treaty, day: date, sources: Sources) -> tuple[Block, ...]:
    """The latest acts up to the day."""
    answer = treaty.timeline()
    past = [(e, n) for e, n in zip(answer.value, answer.node.because, strict=True) if e.sort <= day]
    shown = past[-MOST_HISTORY:]
    grid = tables.timeline_grid(answer)
    start = len(past) - len(shown)
    rows = []
    for row, (_, node) in zip(grid.rows[start : len(past)], shown, strict=True):
        rows.append((*row, Cell(_numbers(sources.refs(node.sources)), "dim")))
    notes = (f"{start} earlier acts: servanda timeline {treaty.id}.",) if start else ()
    columns = (*grid.columns, Column("src"))
    return (TableBlock(grid=without_empty(Grid(columns=columns, rows=tuple(rows))), notes=notes),) if rows else ()


def _sentence(text: str, refs: tuple[int, ...]) -> str:
    return f"{text} [{_numbers(refs)}]" if refs else text


def _not_known(brief: Answer[Any], verdicts: tuple[Verdict, ...], kept: tuple[Verdict, ...]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if brief.not_known:
        blocks.append(Points(tuple(Line(g) for g in brief.not_known), "Gaps in the record"))
    settle: dict[str, list[str]] = {}
    for v in kept or verdicts:
        if v.would_settle:
            settle.setdefault(v.would_settle, []).append(f"{v.limit.cite} {v.scope}")
    lines = [Line(f"{listed(who, 4)}: {what}") for what, who in settle.items()]
    if len(lines) > MOST_SETTLE:
        lines = [*lines[:MOST_SETTLE], Line(f"and {len(lines) - MOST_SETTLE} more, each told by its explanation")]
    if lines:
        blocks.append(Points(tuple(lines), "What would settle an undetermined verdict"))
    recalled = sum(map(tables.recalled, verdicts))
    if recalled:
        words = f"{recalled} of {len(verdicts)} verdicts lean on a figure recalled from memory and not sourced"
        blocks.append(Points((Line(words),), "Recalled, not sourced"))
    return tuple(blocks)
