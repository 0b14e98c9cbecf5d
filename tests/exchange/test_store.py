"""The store: submissions, keys, the same bytes again, backups, migrations, writers at once, sudden ends."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest
from alembic import command
from alembic.config import Config

from servanda.exchange import store as store_module
from servanda.exchange.keys import SecretKey
from servanda.exchange.log_entries import Signed, announce_key, parse_signed, revoke_key
from servanda.exchange.log_tiles import FolderSource, StoreSource, export, tile_path
from servanda.exchange.log_verify import verify
from servanda.exchange.proofs import check_inclusion
from servanda.exchange.store import Store, backup, restore
from servanda.model.errors import InputError
from tests.exchange.ledgers import ORIGIN, World, document, filled


def report_of(store, **how):
    with store.transaction() as link:
        return verify(StoreSource(store, link), **how)


def test_what_is_submitted_is_there_proved_and_verified(tmp_path):
    world = filled(tmp_path / "x.db", 300)
    receipt = world.declare("POL", "2400-01-01")
    assert (receipt.index, receipt.again) == (300, False)
    world.store.close()
    with Store.open(tmp_path / "x.db") as store:
        kept = store.declaration(300)
        assert (kept.party, kept.as_of, kept.data) == ("POL", "2400-01-01", document("POL", "2400-01-01"))
        assert len(list(store.declarations(party="POL", until="2000-01-01"))) == 2
        for index in (0, 1, 255, 256, 299, 300):
            proof = store.prove(index)
            assert check_inclusion(proof, proof.entry, world.log.public).size == 301
            assert check_inclusion(proof, proof.entry + b" ", world.log.public) is None
        found = report_of(store, key=world.log.public)
        assert (found.holds, found.entries, found.statements, found.declarations) == (True, 301, 301, 299)
        assert found.checkpoints == 301
        assert found.root == store.head().checkpoint.root


def test_the_same_bytes_again_are_the_same_entry(tmp_path):
    world = filled(tmp_path / "x.db", 5)
    payload = document("POL", "1999-01-01")
    signed = world.signed(payload)
    first = world.store.submit(signed, payload, world.log)
    again = world.store.submit(signed, payload, world.log)
    anew = world.store.submit(world.signed(payload), payload, world.log)
    assert [r.index for r in (first, again, anew)] == [5] * 3
    assert [r.again for r in (first, again, anew)] == [False, True, True]
    assert world.store.head().size == 6
    assert world.admit("POL", 1).again


def refused(world, signed, payload=None):
    size = world.store.head().size
    with pytest.raises(InputError) as error:
        world.store.submit(signed, payload, world.log)
    assert world.store.head().size == size
    return str(error.value)


def test_signatures_that_do_not_count_are_refused(tmp_path):
    world = World(tmp_path / "x.db")
    payload, stranger = document("POL"), SecretKey("POL", b"\x07" * 32)
    assert "key of POL" in refused(world, world.signed(payload, stranger), payload)
    unadmitted = announce_key("POL", stranger.public).signed_with(stranger)
    assert "admits" in refused(world, unadmitted)
    unproved = announce_key("POL", stranger.public).signed_with(world.log)
    assert "own announcement" in refused(world, unproved)
    world.admit("POL", 1)
    world.admit("DEU", 2)
    assert "key of POL" in refused(world, world.signed(payload, world.keys["DEU"]), payload)
    good = world.signed(payload)
    assert "false" in refused(
        world, Signed({**good.statement, "party": "POL"}, ((good.signatures[0][0], b"\0" * 64),), good.salt), payload
    )
    assert "not of this declaration" in refused(world, good, document("POL", rows=4))
    other = world.signed(document("POL", "1997-01-01"))
    assert "not of this declaration" in refused(world, other, payload)
    assert "itself is missing" in refused(world, good)
    facts = {**{k: good.statement[k] for k in store_module.FACTS}, "as_of": "1990-01-01"}
    from servanda.exchange.log_entries import declare

    assert "as_of" in refused(world, declare(facts, payload).signed_with(world.keys["POL"]), payload)


def test_keys_are_rotated_and_revoked_by_entries(tmp_path):
    world = World(tmp_path / "x.db")
    world.admit("POL", 1)
    first = world.keys["POL"]
    world.declare("POL")
    with pytest.raises(InputError, match="key of POL"):
        world.rotate("POL", 3, vouched_by=SecretKey("POL", b"\x09" * 32))
    world.rotate("POL", 3)
    payload = document("POL", "1997-01-01")
    assert "entry 2 revoked or replaced" in refused(world, world.signed(payload, first), payload)
    world.declare("POL", "1997-01-01")
    world.revoke("POL")
    assert "entry 4 revoked or replaced" in refused(
        world, world.signed(document("POL", "1998-01-01")), document("POL", "1998-01-01")
    )
    # with no key left the ledger's keeper admits a new one, in the open; an old one never again
    again = announce_key("POL", first.public, "POL+00000000").signed_with(first).signed_with(world.log)
    assert "already a key" in refused(world, again)
    world.admit("POL", 5)
    world.declare("POL", "1998-01-01")
    # a lost key is revoked by the ledger's keeper
    lost = revoke_key("POL", world.keys["POL"].public.id, "lost").signed_with(world.log)
    world.store.submit(lost, None, world.log)
    assert report_of(world.store).holds


def test_the_log_key_must_be_the_ledgers(tmp_path):
    world = filled(tmp_path / "x.db", 4)
    payload = document("POL", "1999-01-01")
    with pytest.raises(InputError, match="not the key of this ledger"):
        world.store.submit(world.signed(payload), payload, SecretKey(ORIGIN, b"\x08" * 32))
    assert world.store.head().size == 4


def test_a_signature_file_survives_being_written(tmp_path):
    world = filled(tmp_path / "x.db", 4)
    signed = world.signed(document())
    assert parse_signed(signed.as_bytes()) == signed
    for data in (
        b"",
        b"[]",
        b'{"statement":{}}',
        signed.as_bytes().replace(b'"size"', b'"sise"'),
        signed.as_bytes()[:-1],
    ):
        with pytest.raises(InputError):
            parse_signed(data)


def test_a_ledger_as_static_files_is_verified_alone(tmp_path):
    world = filled(tmp_path / "x.db", 520)
    assert export(world.store, tmp_path / "out") == 520
    assert (tmp_path / "out/tile/0/001").stat().st_size == 8192
    assert (tmp_path / "out/tile/0/002.p/8").stat().st_size == 256
    assert (tmp_path / "out/tile/1/000.p/2").stat().st_size == 64
    found = verify(FolderSource(tmp_path / "out"), key=world.log.public)
    assert (found.holds, found.entries, found.checkpoints) == (True, 520, 1)
    for path, code in (("tile/entries/001", "altered"), ("tile/0/000", "altered"), ("tile/1/000.p/2", "tile")):
        file = tmp_path / "out" / path
        good = file.read_bytes()
        file.write_bytes(good[:40] + bytes([good[40] ^ 1]) + good[41:])
        assert code in {f.code for f in verify(FolderSource(tmp_path / "out"), key=world.log.public).faults}, path
        file.unlink()
        assert not verify(FolderSource(tmp_path / "out"), key=world.log.public).holds, path
        file.write_bytes(good)
    with pytest.raises(InputError, match="something there"):
        export(world.store, tmp_path / "out")


def test_paths_of_tiles_are_those_of_the_specification():
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert tile_path("entries", 273, 112) == "tile/entries/273.p/112"
    from servanda.exchange.log_tiles import widths

    # the example of C2SP tlog-tiles: a tree of 70,000
    found = list(widths(70_000))
    assert len([1 for level, _, w in found if (level, w) == (0, 256)]) == 273
    assert [t for t in found if t[2] != 256] == [(0, 273, 112), (1, 1, 17), (2, 0, 1)]
    assert list(widths(256)) == [(0, 0, 256), (1, 0, 1)]


def test_backup_and_restore(tmp_path):
    world = filled(tmp_path / "x.db", 30)
    world.store.record_delivery(3, "DEU", "1996-12-15")
    assert backup(world.store, tmp_path / "b.db") == 30
    with pytest.raises(InputError, match="already"):
        backup(world.store, tmp_path / "b.db")
    assert restore(tmp_path / "b.db", str(tmp_path / "y.db")) == 30
    with Store.open(tmp_path / "y.db") as again:
        assert report_of(again, key=world.log.public).holds
        assert list(again.declarations()) == list(world.store.declarations())
        assert again.delivered(3, "DEU") == "1996-12-15"
        assert str(again.checkpoint()) == str(world.store.checkpoint())
    with pytest.raises(InputError, match="already"):
        restore(tmp_path / "b.db", str(tmp_path / "y.db"))
    assert not list(tmp_path.glob(".*part*"))


@pytest.mark.parametrize("content", [b"", b"not a database, but long enough to look like one" * 100])
def test_what_is_no_store_is_refused(tmp_path, content):
    (tmp_path / "x.db").write_bytes(content)
    with pytest.raises(InputError):
        Store.open(tmp_path / "x.db")
    with pytest.raises(InputError, match="no such store"):
        Store.open(tmp_path / "none.db")
    with pytest.raises(InputError, match="address") as error:
        Store.open("mysql://me:hush@localhost/x")
    assert "hush" not in str(error.value)


def old_store(path, monkeypatch):
    """A store as the first schema left it, with entries in it."""
    engine = store_module._engine(str(path))
    config = Config()
    from pathlib import Path

    config.set_main_option("script_location", str(Path(store_module.__file__).parent / "store_migrations"))
    world = filled(path.with_name("new.db"), 8)
    world.declare("POL", "2010-01-01", synthetic=True)
    with engine.connect().execution_options(writes=True) as link, link.begin():
        config.attributes["connection"] = link
        command.upgrade(config, "0001")
    engine.dispose()
    world.store.close()
    with sqlite3.connect(path) as old:
        old.execute("ATTACH ? AS new", (str(path.with_name("new.db")),))
        for table in ("log", "payloads", "tiles", "checkpoints"):
            old.execute(f"INSERT INTO {table} SELECT * FROM new.{table}")
        columns = [r[1] for r in old.execute("PRAGMA main.table_info(entries)")]
        assert "synthetic" not in columns
        old.execute(f"INSERT INTO entries SELECT {', '.join(columns)} FROM new.entries")
    old.close()
    return world


def test_a_store_of_the_first_schema_is_brought_forward_with_its_data(tmp_path, monkeypatch):
    world = old_store(tmp_path / "old.db", monkeypatch)
    with Store.open(tmp_path / "old.db") as store:
        assert report_of(store, key=world.log.public).holds
        assert [d.index for d in store.declarations() if d.synthetic] == [8]
        store.record_delivery(8, "DEU", "2010-12-15")
    with Store.open(tmp_path / "old.db") as again:
        assert again.delivered(8, "DEU") == "2010-12-15"
    with sqlite3.connect(tmp_path / "old.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(InputError, match="newer"):
        Store.open(tmp_path / "old.db")


def test_the_migrations_make_the_tables_that_the_code_expects(tmp_path):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    store = World(tmp_path / "x.db").store
    with store.transaction() as link:
        found = compare_metadata(MigrationContext.configure(link), store_module.metadata)
    assert found == []


def test_twenty_writers_at_once_lose_nothing(tmp_path):
    world = filled(tmp_path / "x.db", 2)
    acknowledged, faults = [], []

    def write(number):
        try:
            with Store.open(tmp_path / "x.db") as store:
                for i in range(3):
                    payload = document("POL", f"{2000 + i}-{number % 12 + 1:02}-{number // 12 + 1:02}")
                    acknowledged.append((store.submit(world.signed(payload), payload, world.log).index, payload))
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert sorted(i for i, _ in acknowledged) == list(range(2, 62))
    assert all(world.store.declaration(i).data == p for i, p in acknowledged)
    assert report_of(world.store, key=world.log.public).holds


WRITER = """
import sys
sys.path.insert(0, {root!r})
from servanda.exchange.keys import SecretKey
from servanda.exchange.store import Store
from tests.exchange.ledgers import ORIGIN, World, document
world = World.__new__(World)
world.log, world.keys = SecretKey(ORIGIN, bytes(range(32))), {{"POL": SecretKey("POL", bytes([1]) * 32)}}
with Store.open({place!r}) as store:
    for i in range(10_000):
        payload = document("POL", "2000-01-01", rows=200, number={start} + i)
        receipt = store.submit(world.signed(payload), payload, world.log)
        print(receipt.index, {start} + i, flush=True)
"""


def kill_while_writing(place, world, rounds, seed):
    """Writers ended at random moments; what they had been told is there whole, and nothing is there half."""
    rng = random.Random(seed)
    root = os.fspath(__import__("pathlib").Path(__file__).parents[2])
    told = {}
    for turn in range(rounds):
        code = WRITER.format(root=root, place=str(place), start=turn * 10_000)
        writer = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        first = writer.stdout.readline()
        assert first, "the writer did not start"
        time.sleep(rng.random() * 0.05)
        os.kill(writer.pid, signal.SIGKILL)
        lines = (first + writer.stdout.read()).split("\n")[:-1]
        writer.wait()
        writer.stdout.close()
        told.update(tuple(map(int, line.split())) for line in lines)
        with Store.open(place) as store:
            found = report_of(store, key=world.log.public)
            assert found.holds, [str(f) for f in found.faults]
            for index, number in list(told.items())[-len(lines) :]:
                assert store.declaration(index).value["number"] == number
    with Store.open(place) as store:
        kept = {d.index: d.value.get("number") for d in store.declarations()}
    assert all(kept[i] == n for i, n in told.items())
    return len(told), len(kept)


def test_killed_while_writing_nothing_acknowledged_is_lost(tmp_path):
    world = filled(tmp_path / "x.db", 2)
    world.store.close()
    told, kept = kill_while_writing(tmp_path / "x.db", world, 5, seed=1)
    assert told >= 5
    assert told <= kept <= told + 5


def test_a_damaged_file_is_refused_in_one_line(tmp_path):
    """The database finds the damage on the way in, before anything of ours is asked of it."""
    path = tmp_path / "x.db"
    filled(path, 3).store.close()
    data = bytearray(path.read_bytes())
    data[100:4096] = bytes(3996)  # the page that says which tables there are
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"restore it from a backup|not a store") as refused, Store.open(path):
        pass
    assert len(str(refused.value).splitlines()) == 1
