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
from pathlib import Path
from typing import Any, Literal

from servanda.corpus.actors import Actors, fold
from servanda.corpus.cells import EARLIEST, CellError, Column, cell, heading, participant
from servanda.corpus.files import Raw, read_csv, read_yaml
from servanda.corpus.schema import adapter, build, json_schema
from servanda.model.actors import Actor
from servanda.model.acts import Act
from servanda.model.answer import Source
from servanda.model.base import STRICT
from servanda.model.dates import UncertainDate
from servanda.model.errors import DataError, Fault
from servanda.model.instrument import Dossier, Instrument
from servanda.model.vocabulary import ActKind, ActorKind, DigitOrder, Standing

# Names the Treaty Collection uses that ISO 3166 writes another way.
NAMES = {
    "the former yugoslav republic of macedonia": "MKD",
    "republic of korea": "KOR",
    "democratic people s republic of korea": "PRK",
    "democratic republic of the congo": "COD",
    "swaziland": "SWZ",
    "state of palestine": "PSE",
    "cape verde": "CPV",
    "libyan arab jamahiriya": "LBY",
    "congo": "COG",
    "zaire": "COD",
    "ceylon": "LKA",
    "burma": "MMR",
    "dahomey": "BEN",
    "upper volta": "BFA",
    "southern rhodesia": "ZWE",
    "new hebrides": "VUT",
    "ivory coast": "CIV",
    "republic of viet nam": "VDR",
    "democratic yemen": "YMD",
    "united republic of tanzania": "TZA",
}
IGNORE = "ignore"
EARLIEST_DAY = date(EARLIEST, 1, 1)
PARTICIPANT = ("participant", "party", "state", "country")


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


@dataclass(frozen=True, slots=True)
class Table:
    """A table read: an instrument of its own, the actors with its participants, and what could not be read."""

    dossier: Dossier
    actors: Actors
    unread: tuple[Fault, ...]
    strangers: tuple[str, ...]  # participants that are in no list of states
    names: dict[str, str] = field(default_factory=dict)  # folded names as printed -> codes
    notes: tuple[Fault, ...] = ()  # read, but worth saying: rows that stand twice, days before a state began


def read_participation(acts: Path, rules: Path, actors: Actors) -> Table:
    """A table and its rules as an instrument that can be asked like any other.

    `rules` has the grammar of `treaty.yaml`, and may have a section `table`. DataError where either file cannot be
    used as a whole.
    """
    instrument, rule = _rules(rules)
    raws = read_csv(acts, acts.name)
    if not raws:
        raise DataError(
            [Fault(file=acts.name, message="holds no rows", remedy="give a table of participants and dates")]
        )
    header = list(dict.fromkeys(k for r in raws for k in r.value))
    name_column = rule.participant or next((c for c in header if c.strip().lower() in PARTICIPANT), None)
    missing = [c for c in (name_column, *rule.columns, *rule.where) if c is not None and c not in header]
    if name_column is None or missing:
        what = f"column {', '.join(map(repr, missing))}" if missing else "column of participants"
        message = f"has no {what}; columns: {', '.join(header)}"
        raise DataError([Fault(file=acts.name, line=1, message=message, remedy="name one column Participant")])
    rows = [r for r in raws if all(r.value.get(k) == v for k, v in rule.where.items())]
    if not rows:
        remedy = "check the section table of the rules"
        raise DataError([Fault(file=acts.name, message="holds no rows that fit `where`", remedy=remedy)])
    reader = _Reader(acts.name, rule, _Names(actors))
    columns = [c for h in header if h != name_column for c in [reader.column(h)] if c is not None]
    for raw in rows:
        reader.row(raw, name_column, columns)
    source = Source(id="table", title=f"participation table {acts.name}")
    required = tuple(reader.names.code(r) for r in instrument.entry.required) if instrument.entry else ()
    entry = dataclasses.replace(instrument.entry, required=required) if instrument.entry else None
    whole = dataclasses.replace(instrument, sources=(*instrument.sources, source), entry=entry)
    dossier = Dossier(key="", instrument=whole, acts=reader.dated(instrument))
    names = reader.names
    unread, notes = tuple(reader.unread), tuple(reader.notes)
    return Table(dossier, names.all(), unread, tuple(names.strangers), names=names.used, notes=notes)


class _Reader:
    """Rows to acts, with the cells that could not be read and the notes met on the way."""

    def __init__(self, file: str, rule: TableRule, names: _Names) -> None:
        self.file, self.rule, self.names = file, rule, names
        self.unread: list[Fault] = []
        self.notes: list[Fault] = []
        self.acts: list[Act] = []
        self.unknown: list[tuple[str, ActKind, Raw, str]] = []
        self.seen: dict[str, int] = {}

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
            message = f"column {head!r} names no act"
            self.unread.append(Fault(file=self.file, line=1, column=head, message=message, remedy=remedy))
            return None
        return Column(head, found.plain, {**found.letters, **letters})

    def row(self, raw: Raw, name_column: str, columns: list[Column]) -> None:
        printed = str(raw.value.get(name_column, ""))
        name = participant(printed)
        if not name:
            message = "row without a participant"
            self.unread.append(Fault(file=raw.file, line=raw.line, message=message, remedy="name the participant"))
            return
        code = self.names.code(self.rule.names.get(name, name))
        if code in self.seen:
            self._note(raw, name_column, f"{name} is duplicated, first at line {self.seen[code]}", "both rows are used")
        self.seen.setdefault(code, raw.line)
        for column in columns:
            text = str(raw.value.get(column.name, ""))
            if not text or text in self.rule.absent:
                continue
            try:
                for kind, when in cell(text, column, self.rule.dates):
                    if kind is not None:
                        self._act(code, kind, when, raw, f"{column.name}: {text}")
                        self._early(code, when, raw, column.name)
            except CellError as error:
                self.unread.append(
                    Fault(
                        file=raw.file,
                        line=raw.line,
                        column=column.name,
                        record=code,
                        message=error.message,
                        remedy=error.remedy,
                    )
                )
                self.unknown.append((code, column.plain or ActKind.DEPOSIT, raw, f"{column.name}: {text}"))

    def dated(self, instrument: Instrument) -> tuple[Act, ...]:
        """All acts in order; one that could not be read may have been done on any day since the treaty was made."""
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


class _Names:
    """Codes for the names a depositary uses: the record's own, then ISO 3166 present and historic."""

    def __init__(self, actors: Actors) -> None:
        self._actors = actors
        self._known = {fold(n): a.code for a in actors for n in (a.code, a.name, a.formal or "", *a.aliases) if n}
        self._added: dict[str, Actor] = {}
        self.strangers: list[str] = []
        self.used: dict[str, str] = {}
        self._iso: dict[str, tuple[str, str]] | None = None

    def code(self, text: str) -> str:
        """The code of a name; a name in no list becomes an actor of its own, and is told."""
        name = participant(text)
        key = fold(name)
        if key not in self._known:
            found = self._lookup(re.sub(r"^st ", "saint ", key))
            code, official = found or ("X-" + key.upper().replace(" ", "-")[:40], name)
            if found is None:
                self.strangers.append(name)
            if code not in self._actors:
                self._added[code] = Actor(code=code, name=official, aliases=(name,))
            self._known[key] = code
        code = self.used[key] = self._known[key]
        if self._actors.is_organisation(code) and code not in self._added:
            # it takes part itself: its acts are not those of its members
            self._added[code] = dataclasses.replace(self._actors.get(code), kind=ActorKind.ENTITY, members=())
        return code

    def since(self, code: str) -> date | None:
        """The day a state began, where the record tells."""
        return self._actors.get(code).since if code in self._actors else None

    def _lookup(self, key: str) -> tuple[str, str] | None:
        if self._iso is None:
            self._iso = _iso()
        return self._iso.get(key) or self._iso.get(fold(re.sub(r"\s*\(.*\)", "", key)))

    def all(self) -> Actors:
        """The record's actors and those the table added."""
        return Actors([*(a for a in self._actors if a.code not in self._added), *self._added.values()])


def _iso() -> dict[str, tuple[str, str]]:
    """Folded names and codes of ISO 3166, present and historic. A whole name goes before a shortened one."""
    import pycountry

    found: dict[str, tuple[str, str]] = {}
    short: dict[str, set[tuple[str, str]]] = {}
    for country in [*pycountry.countries, *pycountry.historic_countries]:
        mine = (country.alpha_3, country.name)
        found.setdefault(country.alpha_3.casefold(), mine)
        for attribute in ("name", "official_name", "common_name"):
            name = getattr(country, attribute, None)
            if name:
                found.setdefault(fold(name), mine)
                for part in (name.split(",")[0], re.sub(r"\s*\(.*\)", "", name)):
                    short.setdefault(fold(part), set()).add(mine)
    for key, meant in short.items():
        if len(meant) == 1:
            found.setdefault(key, next(iter(meant)))
    for key, code in NAMES.items():
        named = pycountry.countries.get(alpha_3=code) or pycountry.historic_countries.get(alpha_3=code)
        found[key] = (code, named.name)
    return found


def described(faults: Iterable[Fault]) -> tuple[str, ...]:
    """Faults as caveats of an answer."""
    return tuple(str(f) for f in faults)
