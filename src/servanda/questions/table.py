"""Standings from a participation table that is not in the corpus."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Citation, Node, Statement
from servanda.model.documents.base import plain
from servanda.model.documents.record import RuleRow, RulesDocument, TableDifference, TableDifferencesDocument
from servanda.model.documents.standing import TableFault, TableStandingDocument
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
    progress: Callable[[int, int], None] | None = None,
) -> Answer[Any]:
    """The answer of `standing` for a table and its rules; cells that could not be read are told in it.

    `progress` is told now and then how many bytes of how many have been read. DataError where a file cannot be used as a
    whole.
    """
    from servanda.corpus.participation import alike, described, read_participation, rule_file
    from servanda.standing.tables import with_recorded_entry

    corpus = Corpus.default()
    rule = rule_file(rules)
    table = read_participation(acts, rule, corpus.actors, progress)
    dossier, said = with_recorded_entry(table.dossier, table.actors)
    other = corpus.replace([dossier], table.actors).as_known(optional_day(known_on, "day of knowledge"))
    if party is not None:
        party = _asked(table.names, party)
    answer = standing(other, dossier.instrument.id, on=on, party=party, reading=reading)
    unread = (*table.unread, *_other_days(other, dossier.instrument.id, table.printed, acts.name))
    rows, whole = table.counts
    caveats = [f"{whole:,} of {rows:,} rows understood whole"]
    caveats += described(unread)
    caveats += filter(None, [said, alike(dossier.instrument, rule)])
    if dossier.instrument.entry is not None and dossier.instrument.entry.confidence != "sourced":
        caveats.append(f"the rule of entry into force is {dossier.instrument.entry.confidence}, not sourced")
    if table.strangers:
        caveats.append(f"in no list of states, taken as they stand: {', '.join(table.strangers)}")
    if table.notes:
        caveats.append(f"{len(table.notes):,} rows or days to be read with care, under notes in JSON")
    node = dataclasses.replace(answer.node, caveats=(*answer.node.caveats, *caveats))
    own = answer.document
    document = TableStandingDocument(
        **{f.name: getattr(own, f.name) for f in dataclasses.fields(own)},
        rows=rows,
        rows_understood=whole,
        unread=tuple(_told(f) for f in unread),
        notes=tuple(_told(f) for f in (*table.notes, *_entry_note(said, acts.name))),
        strangers=tuple(table.strangers),
    )
    return dataclasses.replace(answer, kind="standing", node=node, document=document)


def _other_days(corpus: Corpus, instrument: str, places: dict[str, tuple[int, str]], file: str) -> list[Fault]:
    """Printed days of entry into force that the rules do not give: told, the rules being what the answer follows."""
    from servanda.standing import ledger
    from servanda.standing.tables import printed_entries

    found = []
    for printed in printed_entries(ledger(corpus, instrument)):
        line, column = places.get(printed.act.id, (None, None))
        gives = f"the rules give {printed.computed}, which is used" if printed.computed else "the rules give none"
        message = f"entry into force for {printed.act.actors[0]} is printed as {printed.act.date.words}; {gives}"
        remedy = "check the rule of entry, or leave `entry` out to take the printed days"
        found.append(Fault(file=file, line=line, column=column, message=message, remedy=remedy))
    return found


def _entry_note(said: str | None, file: str) -> tuple[Fault, ...]:
    return (Fault(file=file, message=said, remedy="record the day under entry, or mend the rule"),) if said else ()


def _asked(names: dict[str, str], party: str) -> str:
    """A party asked for as the table prints it; any other name is looked up as ever."""
    from servanda.corpus.actors import fold

    return names.get(fold(party), party)


def _told(fault: Fault) -> TableFault:
    return TableFault(file=fault.file, row=fault.line, column=fault.column, message=fault.message, remedy=fault.remedy)


def rules_listing() -> Answer[Any]:
    """The ready rules: id, treaty, entry into force, end, and how far each can be trusted."""
    from servanda.corpus.participation import RULES, read_rule, ready_rules

    rows = []
    for name in ready_rules():
        rule = read_rule(RULES / f"{name}.yaml")
        entry, leaving = rule.entry, rule.exit
        rows.append(
            RuleRow(
                id=name,
                title=rule.title,
                entry=str(entry.period) if entry else None,
                later=str(entry.later_period) if entry and entry.later_period else None,
                count=entry.count if entry else None,
                required=len(entry.required) if entry else 0,
                notice=str(leaving.notice) if leaving and leaving.notice else None,
                cite=entry.cite if entry else None,
                confidence=entry.confidence if entry else None,
            )
        )
    nodes = tuple(
        Node(
            statement=Statement(
                "{id}: {title}: {need} acts, then {entry}" + ("; {later} for those who come later" if r.later else ""),
                {**plain(r), "need": r.count or r.required},
            ),
            citation=(Citation(r.id, r.cite),) if r.cite else (),
            caveats=() if r.confidence == "sourced" else (f"{r.confidence}, not sourced",),
        )
        for r in rows
    )
    node = Node(statement=Statement("{n} ready rules", {"n": len(rows)}), because=nodes)
    return Answer(kind="rules", value=tuple(rows), document=RulesDocument(rules=tuple(rows)), node=node)


def _asked_table(acts: Path, rules: Path | str) -> tuple[Corpus, str]:
    from servanda.corpus.participation import read_participation, rule_file
    from servanda.standing.tables import with_recorded_entry

    corpus = Corpus.default()
    table = read_participation(acts, rule_file(rules), corpus.actors)
    dossier, _ = with_recorded_entry(table.dossier, table.actors)
    return corpus.replace([dossier], table.actors), dossier.instrument.id


def histories(acts: Path, rules: Path | str, *, reading: str = "depositary") -> str:
    """Every party's standings as CSV: party, name, standing, first day, day after the last."""
    import csv
    import io

    from servanda.standing import ledger
    from servanda.standing.bulk import history

    corpus, instrument = _asked_table(acts, rules)
    book = ledger(corpus, instrument)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["party", "name", "standing", "since", "until"])
    for party in book.participants:
        steps = history(book, party, reading)
        for k, (first, standing_then) in enumerate(steps):
            last = steps[k + 1][0] if k + 1 < len(steps) else None
            if standing_then.value == "none":
                continue
            writer.writerow([party, corpus.actors.name(party), standing_then.value, first or "", last or ""])
    return out.getvalue()


def differences(
    acts: Path, other: Path, rules: Path | str, *, on: Day, reading: str = "depositary"
) -> Answer[tuple[TableDifference, ...]]:
    """What changed from one copy of a table to another: acts added and gone, and what that did to standings on a day."""
    from servanda.questions.words import day

    asked = day(on)
    (one, name), (two, second) = _asked_table(acts, rules), _asked_table(other, rules)
    old, new = _acts_of(one, name), _acts_of(two, second)
    before = {s["party"]: s for s in standing(one, name, on=asked, reading=reading).data["parties"]}
    after = {s["party"]: s for s in standing(two, second, on=asked, reading=reading).data["parties"]}
    rows = []
    for party in dict.fromkeys((*before, *after)):
        added = sorted(new.get(party, set()) - old.get(party, set()))
        gone = sorted(old.get(party, set()) - new.get(party, set()))
        was = before.get(party, {}).get("standing", "none")
        now = after.get(party, {}).get("standing", "none")
        moved = was != now or before.get(party, {}).get("since") != after.get(party, {}).get("since")
        if added or gone or moved:
            rows.append(
                TableDifference(
                    party=party,
                    added=tuple(added),
                    gone=tuple(gone),
                    before=was,
                    after=now,
                    since_before=before.get(party, {}).get("since"),
                    since_after=after.get(party, {}).get("since"),
                )
            )
    nodes = tuple(_difference_node(two, r) for r in rows)
    words = "{n} parties differ between {one} and {two} on {on}"
    parts = {"n": len(rows), "one": acts.name, "two": other.name, "on": asked}
    document = TableDifferencesDocument(on=asked, from_=acts.name, to=other.name, differences=tuple(rows))
    node = Node(statement=Statement(words, parts), because=nodes)
    return Answer(kind="table_differences", value=tuple(rows), document=document, node=node)


def _acts_of(corpus: Corpus, instrument: str) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for act in corpus.dossier(instrument).acts:
        for actor in act.actors:
            found.setdefault(actor, set()).add((act.act.value, act.date.text))
    return found


def _difference_node(corpus: Corpus, row: TableDifference) -> Node:
    words = "{party}: {before} since {one} becomes {after} since {two}"
    if row.before == row.after and row.since_before == row.since_after:
        words = "{party}: {after}, as before"
    parts = {
        "party": corpus.actors.name(row.party),
        "before": row.before.replace("_", " "),
        "after": row.after.replace("_", " "),
        "one": row.since_before or "no day",
        "two": row.since_after or "no day",
    }
    changes = [("added", a) for a in row.added] + [("gone", a) for a in row.gone]
    because = tuple(
        Node(statement=Statement("{how}: {act}, {day}", {"how": how, "act": act[0].replace("_", " "), "day": act[1]}))
        for how, act in changes
    )
    return Node(statement=Statement(words, parts), because=because)
