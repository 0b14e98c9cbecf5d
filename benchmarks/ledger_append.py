"""The ledger: a declaration of 100,000 rows validated and appended, beside SQLite inserting the same rows of the same file;
a log of a million entries.

The answers are compared first: the rows read back from both are the same, and the root of the long log is that of an
independent computation. SERVANDA_LEDGER_ENTRIES sets another length, 0 leaves the long log out.
"""

from __future__ import annotations

import csv
import dataclasses
import json
import os
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.timing import timed
from servanda.corpus import Corpus
from servanda.exchange import log as ledger
from servanda.exchange.canonical import canonical
from servanda.exchange.declaration import MARK, Declaration, from_plain, payload
from servanda.exchange.formats import read, write
from servanda.exchange.keys import SecretKey
from servanda.exchange.log_entries import announce_key, declare
from servanda.exchange.log_tiles import StoreSource
from servanda.exchange.log_verify import verify
from servanda.exchange.merkle import leaf_hash, root_of
from servanda.exchange.proofs import check_inclusion
from servanda.exchange.store import Store, facts_of
from servanda.model.forms import Form
from servanda.questions.exchange import form_of, judge
from servanda.questions.synthesize import synthesize

OBJECTS = 97_000  # of all parties: the largest of them then has about as many rows as asked
ORIGIN = "example.org/bench"


def declaration() -> Declaration:
    """A sound declaration of one state with about a hundred thousand rows, made up."""
    made = synthesize(Corpus.default(), "cfe", on="1995-11-17", objects=OBJECTS).value
    return max(made, key=_size)


def _size(value: Declaration) -> int:
    return sum(len(value.rows(sheet)) for sheet in value.tables)


def _tables(path: Path, form: Form) -> Iterator[tuple[str, list[str], Iterable[Sequence[Any]]]]:
    """What a plain program takes from a file: sheet, columns, rows, with nothing looked at."""
    if path.is_dir():
        for sheet in form.sheets:
            if (path / f"{sheet.id}.csv").exists():
                with (path / f"{sheet.id}.csv").open(encoding="utf-8", newline="") as file:
                    lines = csv.reader(file)
                    yield sheet.id, next(lines), lines
        return
    for name, rows in json.loads(path.read_bytes())["tables"].items():
        sheet = form.sheet(name)
        columns = [*(c.id for c in sheet.columns), MARK] if sheet else []
        yield name, columns, ([row.get(c) for c in columns] for row in rows)


def append(folder: Path) -> None:
    """A file read, held against every rule, signed, entered and committed, beside a program that inserts its rows.

    Both read the same file, and both have written to the disk when they are done. What the ledger holds is compared
    with what the database holds, row by row, first.
    """
    corpus, value = Corpus.default(), declaration()
    _, form = form_of(corpus, "cfe")
    log, key = SecretKey.generate(ORIGIN), SecretKey.generate(value.party)
    store = Store.create(folder / "append.db", ORIGIN, log.public)
    store.submit(announce_key(value.party, key.public).signed_with(key).signed_with(log), None, log)
    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("PRAGMA synchronous = FULL")
    for sheet in form.sheets_of(value.document):
        columns = ", ".join([*(c.id for c in sheet.columns), MARK])
        plain.execute(f'CREATE TABLE "{sheet.id}" (id INTEGER PRIMARY KEY, {columns})')
    turn = iter(range(1000))

    def ours(path: Path) -> int:
        reading = read(path, form)
        report = judge(corpus, reading, "cfe", today=date(1996, 1, 1))
        assert report.valid, report.errors[:3]
        # the same bytes again would be the same entry
        content = payload(dataclasses.replace(reading.declaration, remarks=(f"run {next(turn)}",)))
        return store.submit(declare(content.facts, content).signed_with(key), content, log).index

    def peer(path: Path) -> None:
        plain.execute("BEGIN")
        for name, columns, rows in _tables(path, form):
            places = ", ".join("?" * len(columns))
            plain.executemany(f'INSERT INTO "{name}" ({", ".join(columns)}) VALUES ({places})', rows)
        plain.execute("COMMIT")

    print(f"a declaration of {_size(value):,} rows")
    for kind, name in (("csv", "a folder of CSV files"), ("json", "a JSON document")):
        path = folder / ("d.json" if kind == "json" else "d")
        write(path, value, form, kind=kind)
        for table in value.tables:
            plain.execute(f'DELETE FROM "{table}"')
        index = ours(path)
        peer(path)
        kept = from_plain(store.declaration(index).value)
        for table in value.tables:
            names = [*(c.id for c in form.sheet(table).columns), MARK]  # type: ignore[union-attr]
            found = plain.execute(f'SELECT {", ".join(names)} FROM "{table}" ORDER BY id')
            there = [{n: str(v) for n, v in zip(names, r, strict=True) if v not in (None, "")} for r in found]
            assert there == [{n: str(v) for n, v in row.items()} for row in kept.rows(table)]
        assert kept.tables == value.tables
        base = timed(f"{name}: SQLite inserts its rows", lambda path=path: peer(path), 7)
        print(base.row(base))
        print(timed("  read, all rules, signed, entered, committed", lambda path=path: ours(path), 7).row(base))
    plain.close()
    store.close()


def memory() -> int:
    """Megabytes that this process has had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def long_log(folder: Path, count: int) -> None:
    """A log of `count` entries: proofs, and the verification of the whole."""
    log = SecretKey.generate(ORIGIN)
    store = Store.create(folder / "long.db", ORIGIN, log.public)
    body = b'{"received":"1996-12-15T09:00:00Z","signatures":[],"statement":{"commitment":"%s","number":%d}}'

    def entry(i: int) -> bytes:
        return body % (sha256(b"%d" % i).hexdigest().encode(), i)

    start = time.perf_counter()
    for first in range(0, count, 20_000):
        with store.transaction(writes=True) as link:
            top = ledger.head(link, lock=True)
            batch = [{"body": entry(i), "synthetic": False} for i in range(first, min(first + 20_000, count))]
            ledger.append(link, top, batch, log)
    spent = time.perf_counter() - start
    print(f"  {count:,} entries appended in batches: {count / spent:,.0f} a second")
    assert store.head().checkpoint.root == root_of(leaf_hash(entry(i)) for i in range(count))
    times = []
    for i in range(400):
        index = i * 7919 * 31 % count
        begun = time.perf_counter()
        proof = store.prove(index)
        times.append(time.perf_counter() - begun)
        assert proof.entry == entry(index)
        assert check_inclusion(proof, entry(index), log.public) is not None
    print(f"  inclusion proof, median of 400: {statistics.median(times) * 1e3:.2f} ms, worst {max(times) * 1e3:.2f} ms")
    marks: list[int] = []
    begun = time.perf_counter()
    with store.transaction() as link:
        before = memory()
        report = verify(
            StoreSource(store, link),
            key=log.public,
            statements=False,
            progress=lambda done: marks.append(memory()) if done % 102_400 == 0 else None,
        )
    spent = time.perf_counter() - begun
    assert report.holds
    assert report.entries == count
    print(f"  the whole log verified in {spent:.2f} s: {count / spent:,.0f} entries a second (hashes and checkpoints)")
    if marks:
        print(f"  memory: {before} MB before, {marks[0]} MB after 102,400 entries, {marks[-1]} MB at the end")
    store.close()


def signatures(folder: Path) -> None:
    """What signatures and declarations cost on top: a store of signed declarations verified whole."""
    log, key = SecretKey.generate(ORIGIN), SecretKey.generate("POL")
    store = Store.create(folder / "signed.db", ORIGIN, log.public)
    store.submit(announce_key("POL", key.public).signed_with(key).signed_with(log), None, log)
    for i in range(500):
        payload = canonical(
            {"instrument": "cfe", "party": "POL", "document": "notice", "as_of": "1996-01-01", "number": i}
        )
        store.submit(declare(facts_of(payload), payload).signed_with(key), payload, log)

    def whole() -> None:
        with store.transaction() as link:
            assert verify(StoreSource(store, link), key=log.public).holds

    spent = timed("501 entries, each under a checkpoint, with signatures", whole, 5)
    print(spent.row() + f"  {501 / spent.median:,.0f} entries a second")
    store.close()


def run() -> None:
    """Print the figures."""
    count = int(os.environ.get("SERVANDA_LEDGER_ENTRIES", "1000000"))
    with tempfile.TemporaryDirectory() as name:
        append(Path(name))
        if not count:
            return
        print(f"a log of {count:,} entries")
        long_log(Path(name), count)
        print("signed declarations")
        signatures(Path(name))


if __name__ == "__main__":
    run()
