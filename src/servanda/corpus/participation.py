"""Participation tables as depositaries publish them: who signed, ratified, acceded, succeeded, and when.

A table has a column of participants and columns of dated acts, whose kinds the header tells: `Signature`,
`Ratification, Accession(a), Succession(d)`, with the letter after the date saying which. Cells that cannot be read
are returned with their row and column; none is dropped in silence: the act is taken to be of an unknown day, so that
its party's standing becomes `unknown` and not wrong.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from servanda.corpus.actors import Actors
from servanda.corpus.cells import EARLIEST, CellError, Column, bracketed, cell, day, heading, participant
from servanda.corpus.files import Raw, read_yaml
from servanda.corpus.headings import act as act_of
from servanda.corpus.headings import plain_words
from servanda.corpus.schema import adapter, build, json_schema
from servanda.corpus.state_names import StateNames
from servanda.corpus.table_files import read_table
from servanda.model.acts import Act
from servanda.model.answer import Source
from servanda.model.base import STRICT
from servanda.model.dates import UncertainDate
from servanda.model.errors import DataError, Fault, UnknownName
from servanda.model.instrument import Dossier, Instrument
from servanda.model.vocabulary import ActKind, DigitOrder, Standing

IGNORE = "ignore"
EARLIEST_DAY = date(EARLIEST, 1, 1)
PARTICIPANT = ("participant", "participants", "party", "parties", "state", "states", "country", "name", "etat", "pays")
ACTION = ("action", "act", "event", "type", "status")
WHEN = ("date", "day", "on", "year")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRule:
    """What the rule file says under `table`, for tables that do not say it themselves.

    `participant` names the column of names; `columns` what a column holds: an act's word, or `ignore` (once given,
    the other columns are left alone); `letters` and `names` explain letters and spellings; `absent` lists what stands
    for nothing; `dates` is the order of digits, dmy, mdy or ymd; `where` keeps the rows of one treaty.
    """

    __pydantic_config__ = STRICT

    participant: str | None = None
    """Column of the participants' names."""
    columns: dict[str, ActKind | Literal["ignore"]] = field(default_factory=dict)
    """What each column holds: an act, or `ignore`; where given, columns not named are left alone."""
    letters: dict[str, ActKind] = field(default_factory=dict)
    """The act each letter beside a day stands for."""
    names: dict[str, str] = field(default_factory=dict)
    """Names as printed and the codes or names they stand for."""
    absent: tuple[str, ...] = ()
    """Cells that mean that nothing was done."""
    dates: DigitOrder | None = None
    """In which order the digits of days are printed."""
    where: dict[str, str] = field(default_factory=dict)
    """Keeps the rows that have these values in these columns."""
    encoding: str | None = None
    """Encoding of a text that is neither UTF-8 nor UTF-16, such as latin-1."""
    alpha_2: bool = False
    """True where participants stand by the two letters of ISO 3166."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table read: an instrument of its own, the actors with its participants, and what could not be read."""

    dossier: Dossier
    actors: Actors
    unread: tuple[Fault, ...]
    strangers: tuple[str, ...]  # participants that are in no list of states
    names: dict[str, str] = field(default_factory=dict)  # folded names as printed -> codes
    notes: tuple[Fault, ...] = ()  # read, but worth saying: rows that stand twice, days before a state began
    counts: tuple[int, int] = (0, 0)  # rows, and those of them understood whole


def read_participation(acts: Path, rules: Path, actors: Actors) -> Table:
    """A table and its rules as an instrument that can be asked like any other.

    `rules` has the grammar of `treaty.yaml`, and may have a section `table`. DataError where either file cannot be
    used as a whole.
    """
    instrument, rule = _rules(rules)
    raws = read_table(acts, rule.encoding)
    if not raws:
        raise DataError(
            [Fault(file=acts.name, message="holds no rows", remedy="give a table of participants and dates")]
        )
    header = list(dict.fromkeys(k for r in raws for k in r.value))
    name_column = rule.participant or next((c for c in header if plain_words(c) in PARTICIPANT), None)
    missing = [c for c in (name_column, *rule.columns, *rule.where) if c is not None and c not in header]
    if name_column is None or missing:
        what = f"column {', '.join(map(repr, missing))}" if missing else "column of participants"
        message = f"has no {what}; columns: {', '.join(header)}"
        raise DataError([Fault(file=acts.name, line=1, message=message, remedy="name one column Participant")])
    rows = [r for r in raws if all(r.value.get(k) == v for k, v in rule.where.items())]
    if not rows:
        remedy = "check the section table of the rules"
        raise DataError([Fault(file=acts.name, message="holds no rows that fit `where`", remedy=remedy)])
    reader = _Reader(acts.name, rule, StateNames(actors))
    reader.names.alpha_2 = rule.alpha_2
    by_act = _act_columns(header, name_column) if not rule.columns else None
    if by_act is not None:
        for raw in rows:
            reader.one_act(raw, name_column, by_act)
    else:
        columns = [c for h in header if h != name_column for c in [reader.column(h)] if c is not None]
        for raw in rows:
            reader.row(raw, name_column, columns)
    source = Source(id="table", title=f"participation table {acts.name}")
    required = tuple(reader.names.code(r) for r in instrument.entry.required) if instrument.entry else ()
    entry = dataclasses.replace(instrument.entry, required=required) if instrument.entry else None
    whole = dataclasses.replace(instrument, sources=(*instrument.sources, source), entry=entry)
    dossier = Dossier(key="", instrument=whole, acts=reader.dated(instrument))
    names = reader.names
    counts = (len(rows), len(rows) - len(reader.bad_rows))
    unread, notes = tuple(reader.unread), tuple(reader.notes)
    return Table(dossier, names.all(), unread, tuple(names.strangers), names=names.used, notes=notes, counts=counts)


@dataclass(frozen=True, slots=True)
class _ActColumns:
    """Columns of a table with one row an act: what was done, and the day in one column or in three."""

    action: str
    day: tuple[str, ...]


def _act_columns(header: list[str], name_column: str) -> _ActColumns | None:
    """The columns of a table with one row an act; None where the columns are acts themselves."""
    words = {plain_words(h): h for h in header if h != name_column}
    action = next((words[w] for w in ACTION if w in words), None)
    if action is None:
        return None
    if all(w in words for w in ("year", "month", "day")):
        return _ActColumns(action, (words["year"], words["month"], words["day"]))
    when = next((words[w] for w in WHEN if w in words), None)
    when = when or next((h for w, h in words.items() if re.search(r"\bdate\b", w)), None)
    return None if when is None else _ActColumns(action, (when,))


class _Reader:
    """Rows to acts, with the cells that could not be read and the notes met on the way."""

    def __init__(self, file: str, rule: TableRule, names: StateNames) -> None:
        self.file, self.rule, self.names = file, rule, names
        self.unread: list[Fault] = []
        self.notes: list[Fault] = []
        self.acts: list[Act] = []
        self.unknown: list[tuple[str, ActKind, Raw, str]] = []
        self.seen: dict[str, int] = {}
        self.bad_rows: set[int] = set()
        self.gone: dict[str, tuple[Raw, str]] = {}  # parties printed between brackets: withdrawn on a day not printed

    def one_act(self, raw: Raw, name_column: str, columns: _ActColumns) -> None:
        """A row that holds one act: who, what, when."""
        printed = str(raw.value.get(name_column, ""))
        name = participant(printed)
        if not name:
            self._unread(raw, name_column, "row without a participant", "name the participant")
            return
        code = self.names.code(self.rule.names.get(name, name))
        self.seen.setdefault(code, raw.line)
        action = str(raw.value.get(columns.action, ""))
        kind, known, undoes = act_of(action)
        text = "-".join(str(raw.value.get(c, "")).strip().zfill(2) for c in columns.day if raw.value.get(c))
        if len(columns.day) == 1:
            text = str(raw.value.get(columns.day[0], ""))
        if not known or (kind is None and not undoes):
            self._unread(
                raw, columns.action, f"{action!r} names no act that binds", "write Signature, Ratification ..."
            )
            return
        try:
            when = day(text, self.rule.dates) if text else UncertainDate.parse("../2200")
        except CellError as error:
            self._unread(raw, columns.day[0], error.message, error.remedy)
            self.unknown.append((code, kind or ActKind.WITHDRAW, raw, f"{action}: {text}"))
            return
        if not text:
            self._unread(raw, columns.day[0], "no day is given", "give the day, or leave the row out")
            self.unknown.append((code, kind or ActKind.WITHDRAW, raw, action))
        elif undoes:
            self._undone(code, when, raw, columns.action, action)
        elif kind is not None:
            self._act(code, kind, when, raw, f"{action}: {text}")
            self._early(code, when, raw, columns.day[0])

    def _unread(self, raw: Raw, column: str | None, message: str, remedy: str, record: str | None = None) -> None:
        self.bad_rows.add(raw.line)
        self.unread.append(
            Fault(file=raw.file, line=raw.line, column=column, record=record, message=message, remedy=remedy)
        )

    def _undone(self, code: str, when: UncertainDate, raw: Raw, column: str, text: str) -> None:
        """An act that takes another back leaves the party's standing unknown from its day, and is told."""
        message = f"{text!r} takes back an act; what is left of it is not known from {when}"
        self._unread(raw, column, message, "name the column in the rules after what it means, such as withdraw", code)
        first = (when.earliest or EARLIEST_DAY).isoformat()
        self._act(code, ActKind.WITHDRAW, UncertainDate.parse(f"{first}/.."), raw, text)

    def column(self, head: str) -> Column | None:
        """What a column holds; None where it is not used, and told unless the rules say so."""
        letters: dict[str, ActKind | None] = {**self.rule.letters}
        word = self.rule.columns.get(head)
        if word is not None:
            return None if word == IGNORE else Column(head, ActKind(word), letters)
        if self.rule.columns or head in self.rule.where:
            return None
        found = heading(head)
        if found is None:
            remedy = "name it after an act: Signature, Ratification, Accession(a), Withdrawal ..."
            message = f"column {head!r} names no act that binds"
            self.unread.append(Fault(file=self.file, line=1, column=head, message=message, remedy=remedy))
            return None
        return Column(head, found.plain, {**found.letters, **letters}, found.undoes)

    def row(self, raw: Raw, name_column: str, columns: list[Column]) -> None:
        """A row of one participant, with a column for each kind of act."""
        printed = str(raw.value.get(name_column, ""))
        name = participant(printed)
        if not name:
            self._unread(raw, None, "row without a participant", "name the participant")
            return
        code = self.names.code(self.rule.names.get(name, name))
        if code in self.seen:
            self._note(raw, name_column, f"{name} is duplicated, first at line {self.seen[code]}", "both rows are used")
        self.seen.setdefault(code, raw.line)
        gone = name_column if bracketed(printed) else None
        leaves = False
        for column in columns:
            text = str(raw.value.get(column.name, ""))
            if not text or text in self.rule.absent:
                continue
            leaves = leaves or column.plain in (ActKind.GIVE_NOTICE, ActKind.WITHDRAW)
            if bracketed(text):
                gone = column.name
            self._cell(code, raw, column, text)
        if gone is not None and not leaves:
            self.gone.setdefault(code, (raw, gone))

    def _cell(self, code: str, raw: Raw, column: Column, text: str) -> None:
        try:
            for kind, when in cell(text, column, self.rule.dates):
                if column.undoes:
                    self._undone(code, when, raw, column.name, f"{column.name}: {text}")
                elif kind is not None:
                    self._act(code, kind, when, raw, f"{column.name}: {text}")
                    self._early(code, when, raw, column.name)
        except CellError as error:
            self._unread(raw, column.name, error.message, error.remedy, code)
            self.unknown.append((code, column.plain or ActKind.DEPOSIT, raw, f"{column.name}: {text}"))

    def _withdrawn(self) -> None:
        """Brackets mean that a participant has withdrawn; on which day the list does not print."""
        for code, (raw, column) in self.gone.items():
            own = [a.date.earliest for a in self.acts if code in a.actors and a.date.earliest]
            first = max(own, default=EARLIEST_DAY)
            message = "is in brackets: withdrawn, on a day that is not printed"
            self._unread(raw, column, message, "add a column Withdrawal with its day", code)
            gist = "Printed between brackets: withdrawn, on a day that is not printed."
            self._act(code, ActKind.WITHDRAW, UncertainDate.parse(f"{first.isoformat()}/.."), raw, gist)
        self.gone.clear()

    def dated(self, instrument: Instrument) -> tuple[Act, ...]:
        """All acts in order; one that could not be read may have been done on any day since the treaty was made."""
        self._withdrawn()
        first = min((a.date.earliest for a in self.acts if a.date.earliest), default=EARLIEST_DAY)
        made = instrument.adopted.earliest if instrument.adopted and instrument.adopted.earliest else first
        for code, kind, raw, gist in self.unknown:
            self._act(code, kind, UncertainDate.parse(f"{made.isoformat()}/.."), raw, gist)
        self.unknown.clear()
        return tuple(sorted(self.acts, key=lambda a: (a.date.earliest or date.min, a.id)))

    def _act(self, code: str, kind: ActKind, when: UncertainDate, raw: Raw, gist: str) -> None:
        self.acts.append(
            Act(
                id=f"{code.lower()}-{kind.value.replace('_', '-')}-r{raw.line}-{len(self.acts)}",
                date=when,
                act=kind,
                actors=(code,),
                gist=gist,
                source=("table",),
                successor_standing=Standing.CONTRACTING if kind is ActKind.SUCCEED else None,
            )
        )

    def _early(self, code: str, when: UncertainDate, raw: Raw, column: str) -> None:
        since = self.names.since(code)
        if since and when.latest and when.latest < since:
            message = f"{when} is before {code} became a state of its own ({since})"
            remedy = "lists put to a name what a predecessor did, or the same people before independence"
            self._note(raw, column, message, remedy)

    def _note(self, raw: Raw, column: str, message: str, remedy: str) -> None:
        self.notes.append(Fault(file=raw.file, line=raw.line, column=column, message=message, remedy=remedy))


RULES = Path(__file__).parent / "rules"


def ready_rules() -> tuple[str, ...]:
    """Ids of the rules that come with the package, for the best-known treaties of depositaries."""
    return tuple(sorted(p.stem for p in RULES.glob("*.yaml")))


def rule_file(name: Path | str) -> Path:
    """The file of a rule: a path of the user's, or the id of a ready rule. UnknownName with near matches."""
    path = Path(name)
    if path.suffix or path.exists():
        return path
    known = ready_rules()
    if str(name) not in known:
        near = tuple(get_close_matches(str(name), known, 3, 0.4))
        raise UnknownName("ready rule", str(name), near, remedy=None if near else f"rules: {', '.join(known)}")
    return RULES / f"{name}.yaml"


def read_rule(path: Path) -> Instrument:
    """The rule of a file as the instrument it describes."""
    return _rules(path)[0]


def alike(instrument: Instrument, path: Path) -> str | None:
    """What to say where a ready rule for a treaty of that title sets another time of entry than the rules given."""
    from servanda.corpus.actors import fold

    if path.parent == RULES or instrument.entry is None:
        return None
    wanted = fold(instrument.title)
    for name in ready_rules():
        ready = read_rule(RULES / f"{name}.yaml")
        if wanted not in {fold(t) for t in (ready.title, *ready.aliases)} or ready.entry is None:
            continue
        mine, theirs = instrument.entry, ready.entry
        if (mine.period, mine.later_period) != (theirs.period, theirs.later_period):
            later = f", {theirs.later_period} for those who come later" if theirs.later_period else ""
            return (
                f"the ready rule {name} for this treaty counts {theirs.period}{later} ({theirs.cite}, recalled), "
                f"the rules given {mine.period}: days of entry may differ"
            )
    return None


def _rules(path: Path) -> tuple[Instrument, TableRule]:
    raws = read_yaml(path, path.name)
    if len(raws) != 1:
        raise DataError([Fault(file=path.name, message="is not one mapping", remedy="write it as a treaty.yaml")])
    faults: list[Fault] = []
    value = dict(raws[0].value)
    section = value.pop("table", None) or {}
    if not isinstance(section, dict):
        section = {}
        faults.append(_wrong(path, raws[0], "is not a mapping", "write fields as `name: value`"))
    lines = {k[1:]: v for k, v in raws[0].lines.items() if k[0] == "table" and len(k) > 1}
    rule = build(TableRule, Raw(section, path.name, raws[0].line_of(("table",)), lines), faults)
    defaults = {
        "id": path.stem,
        "short": value.get("title"),
        "kind": "treaty",
        "cite": path.stem,
        "gist": "From a table.",
    }
    instrument = build(Instrument, Raw({**defaults, **value}, path.name, raws[0].line, raws[0].lines), faults)
    if instrument is None or rule is None or faults:
        raise DataError(faults)
    if instrument.entry is not None and instrument.entry.rule == "date" and instrument.entry.by != "sign":
        # in a table who has consented is printed: a signature alone binds nobody
        instrument = dataclasses.replace(instrument, entry=dataclasses.replace(instrument.entry, per_party=True))
    return instrument, rule


def rules_schema() -> dict[str, Any]:
    """The JSON Schema of a rule file: a `treaty.yaml` of which nothing is required, and the section `table`."""
    whole = json_schema("treaty")
    section = adapter(TableRule).json_schema()
    definitions = {**whole.pop("$defs"), **section.pop("$defs", {}), "TableRule": section}
    table = {"$ref": "#/$defs/TableRule", "description": "What the table itself does not say."}
    properties = {**whole["properties"], "table": table}
    return {
        **whole,
        "title": "rules of a participation table",
        "properties": properties,
        "required": [],
        "$defs": definitions,
    }


def _wrong(path: Path, raw: Raw, message: str, remedy: str) -> Fault:
    return Fault(file=path.name, line=raw.line_of(("table",)), column="table", message=message, remedy=remedy)


def described(faults: Iterable[Fault]) -> tuple[str, ...]:
    """Faults as caveats of an answer."""
    return tuple(str(f) for f in faults)
