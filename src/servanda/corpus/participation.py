"""Participation tables as depositaries publish them: who signed, ratified, acceded, succeeded, and when.

A table has a column of participants and columns of dated acts, whose kinds the header tells: `Signature`,
`Ratification, Accession(a), Succession(d)`, with the letter after the date saying which. Cells that cannot be read
are returned with their row and column; none is dropped in silence.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from servanda.corpus.actors import Actors
from servanda.corpus.state_names import StateNames
from servanda.corpus.table_files import Progress, open_table
from servanda.corpus.table_layout import layout, named
from servanda.corpus.table_reader import Reader
from servanda.corpus.table_rules import (
    RULES,
    TableRule,
    alike,
    read_rule,
    read_rules,
    ready_rules,
    rule_file,
    rules_schema,
)
from servanda.model.answer import Source
from servanda.model.errors import DataError, Fault
from servanda.model.instrument import Dossier


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
    printed: dict[str, tuple[int, str]] = field(default_factory=dict)  # id of an act -> its line and column


def read_participation(acts: Path, rules: Path, actors: Actors, progress: Progress | None = None) -> Table:
    """A table and its rules as an instrument that can be asked like any other.

    `rules` has the grammar of `treaty.yaml`, and may have a section `table`. `progress` is told now and then how many
    bytes of how many have been read. DataError where either file cannot be used as a whole.
    """
    instrument, rule = read_rules(rules)
    sheet = open_table(acts, named=named(rule), encoding=rule.encoding, sheet=rule.sheet, progress=progress)
    if not sheet.header:
        raise DataError(
            [Fault(file=acts.name, message="holds no rows", remedy="give a table of participants and dates")]
        )
    plan = layout(sheet.header, rule)
    given = (*filter(None, [rule.participant]), *rule.columns, *rule.where)
    missing = [c for c in given if c not in sheet.header]
    if plan is None or missing:
        what = f"column {', '.join(map(repr, missing))}" if missing else "column of participants"
        message = f"has no {what}; columns: {', '.join(filter(None, sheet.header))}"
        raise DataError([Fault(file=acts.name, line=1, message=message, remedy="name one column Participant")])
    names = StateNames(actors)
    names.alpha_2 = rule.alpha_2
    reader = Reader(acts.name, rule, names, instrument, sheet.epoch)
    reader.read(sheet.rows, plan)
    for fault in sheet.lost:
        reader.unread.add(fault)
    if not reader.rows:
        message = "holds no rows that fit `where`" if rule.where else "holds no rows"
        remedy = "check the section table of the rules" if rule.where else "give a table of participants and dates"
        raise DataError([Fault(file=acts.name, message=message, remedy=remedy)])
    source = Source(id="table", title=f"participation table {acts.name}")
    required = tuple(names.code(r) for r in instrument.entry.required) if instrument.entry else ()
    entry = dataclasses.replace(instrument.entry, required=required) if instrument.entry else None
    whole = dataclasses.replace(instrument, sources=(*instrument.sources, source), entry=entry)
    dossier = Dossier(key="", instrument=whole, acts=reader.dated())
    return Table(
        dossier,
        names.all(),
        reader.unread.all(acts.name),
        tuple(names.strangers),
        names=names.used,
        notes=(*sheet.notes, *reader.notes.all(acts.name)),
        counts=(reader.rows, reader.understood),
        printed=reader.printed,
    )


def described(faults: Iterable[Fault]) -> tuple[str, ...]:
    """Faults as caveats of an answer."""
    return tuple(str(f) for f in faults)


__all__ = [
    "RULES",
    "Table",
    "TableRule",
    "alike",
    "described",
    "read_participation",
    "read_rule",
    "ready_rules",
    "rule_file",
    "rules_schema",
]
