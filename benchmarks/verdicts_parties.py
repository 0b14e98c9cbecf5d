"""A verdict for each of many parties, each with a figure of its own, beside DuckDB, pandas and plain Python.

A small treaty is written with so many parties; the answers are compared before a time is printed.
"""

from __future__ import annotations

import random
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.timing import timed
from servanda.corpus import Corpus
from servanda.limits import assess
from servanda.model.question import Question
from servanda.model.records import Record
from servanda.questions.view import view

SIZES, CEILING, ON = (1_000, 3_000, 10_000), 90, date(2002, 6, 1)
TREATY = """\
id: many
title: Agreement of many
short: Agreement of many
kind: agreement
cite: AM
gist: Each party keeps few tanks.
duties: [limits]
adopted: 2001-03-01
entry: {{rule: all, by: deposit, required: [{codes}], cite: AM 7, recorded: 2001-06-01}}
area: ground
categories: [{{id: battle_tank, name: battle tanks, cite: AM 1}}]
axes:
- {{axis: posture, cite: AM 1, values: [{{id: active}}, {{id: stored}}]}}
snapshots: [declared]
sources: [{{id: TEXT, title: The text, published: 2001}}]
"""
ACTS = """\
- {{id: signed, date: 2001-03-01, act: sign, actors: [{codes}], gist: Signed., source: [TEXT]}}
- {{id: deposits, date: 2001-06-01, act: deposit, actors: [{codes}], gist: Deposits., source: [TEXT]}}
"""
LIMITS = """\
- id: AM 2
  cite: AM 2
  gist: At most so many tanks.
  scope: state
  category: battle_tank
  zone: ground
  at_most: {{any: {ceiling}}}
  applies: {{since: 2001-07-01}}
  source: [TEXT]
"""
ZONES = """\
blocks: [{{id: plain, name: the plain, territory: [{{state: {first}}}], source: [TEXT]}}]
zones: [{{id: ground, name: the ground, eras: [{{of: [plain], source: [TEXT]}}], cite: AM 1}}]
"""


def world(folder: Path, count: int, seed: int = 2002) -> tuple[Corpus, tuple[Record, ...]]:
    """A treaty with so many parties, and a figure of each."""
    rng = random.Random(seed)
    codes = [f"P{n:05d}" for n in range(count)]
    values = {"codes": ", ".join(codes), "ceiling": CEILING, "first": codes[0]}
    own = folder / "many"
    own.mkdir()
    for name, text in (("treaty", TREATY), ("acts", ACTS), ("limits", LIMITS), ("zones", ZONES)):
        (own / f"{name}.yaml").write_text(text.format(**values))
    (own / "provisions.yaml").write_text(
        "- {cite: AM 2, kind: numerical_limit, gist: At most so many., source: [TEXT]}\n"
    )
    (folder / "actors").mkdir()
    states = "\n".join(f"- {{code: {c}, name: Land {c}}}" for c in codes)
    (folder / "actors" / "states.yaml").write_text(f"{states}\n")
    records = tuple(
        Record(
            id=f"r{c}", snapshot="declared", as_of=date(2002, 1, 1), holder=c, category="battle_tank", place="ground",
            source=("own",), value=rng.randint(0, 100),
        )
        for c in codes
    )  # fmt: skip
    return Corpus(folder), records


def ours(corpus: Corpus, records: tuple[Record, ...]) -> dict[str, tuple[int | None, bool]]:
    """The sum of each party, and whether it is over."""
    asked = Question(instrument="many", on=ON, records=records)
    return {v.scope: (v.low, v.verdict == "exceeded") for v in assess(view(corpus, asked), asked)}


def plain(records: tuple[Record, ...]) -> dict[str, tuple[int | None, bool]]:
    """The loop that needs no library, no law and no reasons."""
    sums: dict[str, int] = {}
    for r in records:
        sums[r.holder] = sums.get(r.holder, 0) + (r.value or 0)
    return {h: (n, n > CEILING) for h, n in sums.items()}


def duck(records: tuple[Record, ...]) -> Any:
    """A grouped sum in SQL, from the rows to the answer."""
    import duckdb

    query = (
        f"select holder, sum(value), sum(value) > {CEILING} from (select unnest(?) holder, unnest(?) value) group by 1"
    )
    found = duckdb.execute(query, [[r.holder for r in records], [r.value for r in records]]).fetchall()
    return {h: (int(n), bool(over)) for h, n, over in found}


def run() -> None:
    """Compare answers, then print times by the number of parties."""
    print("a verdict for each party, a figure each, with law, bounds and reasons; after load")
    for count in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            corpus, records = world(Path(folder), count)
            assert ours(corpus, records) == plain(records)
            print(f"  {count:,} parties: answers agree")
            rows = [timed("Servanda", lambda c=corpus, r=records: ours(c, r), 3)]
            rows.append(timed("plain Python, sums alone", lambda r=records: plain(r), 3))
            try:
                assert duck(records) == plain(records)
                rows.append(timed("DuckDB, sums alone", lambda r=records: duck(r), 3))
            except ImportError:
                print("    DuckDB is not installed")
            for row in rows:
                print(f"  {row.row()}")


if __name__ == "__main__":
    run()
