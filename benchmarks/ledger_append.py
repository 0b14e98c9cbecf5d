"""The ledger: a declaration of 100,000 rows appended, beside SQLite inserting the same rows; a log of a million entries.

The answers are compared first: the rows read back from both are the same, and the root of the long log is that of an
independent computation. SERVANDA_LEDGER_ENTRIES sets another length.
"""

from __future__ import annotations

import os
import resource
import sqlite3
import statistics
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.timing import timed
from servanda.exchange import log as ledger
from servanda.exchange.canonical import canonical
from servanda.exchange.keys import SecretKey
from servanda.exchange.log_entries import announce_key, declare
from servanda.exchange.log_tiles import StoreSource
from servanda.exchange.log_verify import verify
from servanda.exchange.merkle import leaf_hash, root_of
from servanda.exchange.proofs import check_inclusion
from servanda.exchange.store import Store, facts_of

ROWS = 100_000
ORIGIN = "example.org/bench"


def rows() -> list[dict[str, Any]]:
    """Rows such as a chart of units has."""
    return [
        {
            "unit": f"{i // 40} Brigade, {i % 40} Battalion", "number": f"PL/{i:06}", "formation": f"PL/{i // 40:04}",
            "site": f"S-{i % 900:03}", "category": "battle_tank", "type": "T-72M1", "count": i % 54, "posture": "active",
        }
        for i in range(ROWS)
    ]  # fmt: skip


def append(folder: Path) -> None:
    """The declaration signed, entered and committed, beside a plain insert of its rows."""
    data = rows()
    log, key = SecretKey.generate(ORIGIN), SecretKey.generate("POL")
    store = Store.create(folder / "append.db", ORIGIN, log.public)
    store.submit(announce_key("POL", key.public).signed_with(key).signed_with(log), None, log)
    turn = iter(range(1000))

    def ours() -> int:
        payload = canonical(
            {
                "instrument": "cfe", "party": "POL", "document": "annual", "as_of": "1996-01-01", "synthetic": True,
                "number": next(turn), "rows": data,
            }
        )  # fmt: skip
        return store.submit(declare(facts_of(payload), payload).signed_with(key), payload, log).index

    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("PRAGMA synchronous = FULL")
    columns = list(data[0])
    plain.execute(f"CREATE TABLE rows (id INTEGER PRIMARY KEY, {', '.join(columns)})")

    def peer() -> None:
        plain.execute("BEGIN")
        plain.executemany(
            f"INSERT INTO rows ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
            [tuple(r.values()) for r in data],
        )
        plain.execute("COMMIT")

    index = ours()
    peer()
    stored = [dict(zip(columns, r, strict=True)) for r in plain.execute(f"SELECT {', '.join(columns)} FROM rows")]
    assert store.declaration(index).value["rows"] == stored == data
    base = timed("SQLite inserts the rows", peer, 5)
    print(base.row(base))
    print(timed("canonical, signed, entered in the ledger, committed", ours, 5).row(base))
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
        print(f"a declaration of {ROWS:,} rows")
        append(Path(name))
        print(f"a log of {count:,} entries")
        long_log(Path(name), count)
        print("signed declarations")
        signatures(Path(name))


if __name__ == "__main__":
    run()
