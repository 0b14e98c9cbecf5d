"""The page on the public tables of the United Nations Treaty Collection: read them all, hold them against their own days.

    python tools/status_tables.py FOLDER            # print the figures
    python tools/status_tables.py FOLDER --write    # and renew docs/reference/status-tables.md

FOLDER holds `treaties/*.csv` of the data set named on the page.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path

from servanda.corpus import Corpus
from servanda.corpus.participation import RULES, Table, read_participation
from servanda.model.vocabulary import ActKind, Standing
from servanda.standing import ledger
from servanda.standing.bulk import history
from servanda.standing.entry import entry_into_force
from servanda.standing.tables import with_recorded_entry

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "status-tables.md"
MARK = "<!-- figures -->"
# Tables of treaties that a ready rule is shipped for.
READY = {
    "4-5": "individual-complaints",
    "4-11-b": "child-soldiers",
    "4-11-c": "sale-of-children",
    "4-13": "migrant-workers",
    "18-10": "rome-statute",
    "26-2": "conventional-weapons",
    "26-3": "chemical-weapons",
    "26-4": "test-ban",
    "26-5": "mine-ban",
    "26-6": "cluster-munitions",
    "26-8": "arms-trade",
    "27-7-a": "kyoto-protocol",
}


def own_days(table: Table, corpus: Corpus) -> tuple[int, int]:
    """Of a table that prints days of application: how many, and how many of them the engine gives as the day of entry."""
    dossier, _ = with_recorded_entry(table.dossier, table.actors)
    book = ledger(corpus.replace([dossier], table.actors), dossier.instrument.id)
    printed: dict[str, date] = {}
    for act in table.dossier.acts:
        if act.act is ActKind.ENTER_INTO_FORCE and act.date.earliest:
            printed.setdefault(act.actors[0], act.date.earliest)
    same = 0
    for party, day in printed.items():
        bound = [first for first, standing in history(book, party) if standing is Standing.IN_FORCE]
        same += bound[:1] == [day]
    return len(printed), same


def figures(folder: Path) -> str:
    """The part of the page that is computed."""
    corpus = Corpus.default()
    none = folder_rule()
    rows = whole = acts = 0
    told: Counter[tuple[str, str, str]] = Counter()
    forces: list[tuple[str, int, int]] = []
    files = sorted((folder / "treaties").glob("*.csv"))
    for path in files:
        table = read_participation(path, none, corpus.actors)
        rows, whole, acts = rows + table.counts[0], whole + table.counts[1], acts + len(table.dossier.acts)
        for fault in table.unread:
            told[path.stem, fault.column or "", fault.message] += 1
        if any(a.act is ActKind.ENTER_INTO_FORCE for a in table.dossier.acts):
            forces.append((path.stem, *own_days(table, corpus)))
    lines = [
        f"{len(files)} tables, {rows:,} rows, of which {whole:,} are understood whole; {acts:,} acts; "
        f"{sum(told.values())} columns and cells told as not read.",
        "",
        "## What is told",
        "",
        "| table | column | message |",
        "|---|---|---|",
        *(f"| {t} | {c[:70]} | {m} |" for t, c, m in sorted(told)),
        "",
        "## Their own days of entry into force",
        "",
        f"{len(forces)} tables print a day of application for each participant: {sum(n for _, n, _ in forces):,} days, "
        f"of which the engine gives {sum(s for *_, s in forces):,} as the day the participant is bound.",
        "",
        "| table | days printed | agree | disagree |",
        "|---|---|---|---|",
        *(f"| {t} | {n} | {s} | {n - s} |" for t, n, s in forces),
        "",
        "## Ready rules against these tables",
        "",
        "| table | rule | listed acts give | recorded | parties with a day of their own |",
        "|---|---|---|---|---|",
    ]
    for stem, name in READY.items():
        path = folder / "treaties" / f"{stem}.csv"
        if not path.exists():
            lines.append(f"| {stem} | {name} | not among the tables | | |")
            continue
        table = read_participation(path, RULES / f"{name}.yaml", corpus.actors)
        entry = entry_into_force(table.dossier, table.actors)
        dossier, _ = with_recorded_entry(table.dossier, table.actors)
        book = ledger(corpus.replace([dossier], table.actors), dossier.instrument.id)
        bound = sum(any(s is Standing.IN_FORCE for _, s in history(book, p)) for p in book.participants)
        given = entry.computed or ("not in force" if entry.between is None else "no single day")
        lines.append(f"| {stem} | {name} | {given} | {entry.recorded or 'none'} | {bound} |")
    return "\n".join(lines) + "\n"


def folder_rule() -> Path:
    """A rule file that says nothing: the tables' own days alone count."""
    import tempfile

    path = Path(tempfile.mkdtemp()) / "none.yaml"
    path.write_text("title: a table of the Treaty Collection\n", encoding="utf-8")
    return path


def main() -> None:
    """Print the figures, and renew the page where asked."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    text = figures(Path(sys.argv[1]))
    print(text)
    if "--write" in sys.argv:
        head, mark, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
        PAGE.write_text(f"{head}{mark}\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
