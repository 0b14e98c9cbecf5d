"""Standings from a participation table that is not in the corpus."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from servanda.corpus import Corpus
from servanda.model.answer import Answer
from servanda.model.errors import Fault
from servanda.questions.standing import standing
from servanda.questions.words import Day, optional_day


def standing_of_table(
    acts: Path,
    rules: Path | str,
    *,
    on: Day,
    party: str | None = None,
    reading: str = "depositary",
    known_on: Day | None = None,
) -> Answer[Any]:
    """The answer of `standing` for a table and its rules; cells that could not be read are told in it.

    DataError where a file cannot be used as a whole.
    """
    from servanda.corpus.participation import alike, described, read_participation, rule_file
    from servanda.standing.tables import with_recorded_entry

    corpus = Corpus.default()
    rule = rule_file(rules)
    table = read_participation(acts, rule, corpus.actors)
    dossier, said = with_recorded_entry(table.dossier, table.actors)
    other = corpus.replace([dossier], table.actors).as_known(optional_day(known_on, "day of knowledge"))
    if party is not None:
        party = _asked(table.names, party)
    answer = standing(other, dossier.instrument.id, on=on, party=party, reading=reading)
    rows, whole = table.counts
    caveats = [f"{whole:,} of {rows:,} rows understood whole"]
    caveats += described(table.unread)
    caveats += filter(None, [said, alike(dossier.instrument, rule)])
    if dossier.instrument.entry is not None and dossier.instrument.entry.confidence != "sourced":
        caveats.append(f"the rule of entry into force is {dossier.instrument.entry.confidence}, not sourced")
    if table.strangers:
        caveats.append(f"in no list of states, taken as they stand: {', '.join(table.strangers)}")
    if table.notes:
        caveats.append(f"{len(table.notes):,} rows or days to be read with care, under notes in JSON")
    node = dataclasses.replace(answer.node, caveats=(*answer.node.caveats, *caveats))
    data = {
        **answer.data,
        "rows": rows,
        "rows_understood": whole,
        "unread": [_told(f) for f in table.unread],
        "notes": [_told(f) for f in table.notes],
        "strangers": list(table.strangers),
    }
    return dataclasses.replace(answer, node=node, data=data)


def _asked(names: dict[str, str], party: str) -> str:
    """A party asked for as the table prints it; any other name is looked up as ever."""
    from servanda.corpus.actors import fold

    return names.get(fold(party), party)


def _told(fault: Fault) -> dict[str, Any]:
    return {
        "file": fault.file,
        "row": fault.line,
        "column": fault.column,
        "message": fault.message,
        "remedy": fault.remedy,
    }
