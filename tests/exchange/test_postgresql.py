"""The store on a real PostgreSQL server: what holds on SQLite holds there."""

from __future__ import annotations

import os
import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from servanda.exchange import store as store_module
from servanda.exchange.log_tiles import FolderSource, export
from servanda.exchange.log_verify import verify
from servanda.exchange.proofs import check_inclusion
from servanda.exchange.store import Store, backup, restore
from tests.exchange.ledgers import document, filled
from tests.exchange.postgresql import binaries, server
from tests.exchange.test_store import kill_while_writing, report_of

if binaries() is None and not os.environ.get("CI"):
    pytest.skip("no PostgreSQL server is installed (Debian: postgresql)", allow_module_level=True)


@pytest.fixture(scope="module")
def database():
    with server() as url:
        yield url


def test_what_is_submitted_is_there_proved_and_verified(database, tmp_path):
    place = database("whole")
    world = filled(place, 30)
    assert world.declare("POL", "2300-01-01").index == 30
    payload = document("DEU", "1996-01-01")
    assert world.store.submit(world.signed(payload), payload, world.log).again
    with Store.open(place) as store:
        size = store.head().size
        proof = store.prove(17)
        assert check_inclusion(proof, proof.entry, world.log.public).size == size
        assert report_of(store, key=world.log.public).holds
        assert export(store, tmp_path / "out") == size
        assert verify(FolderSource(tmp_path / "out"), key=world.log.public).holds
        backup(store, tmp_path / "b.db")
        restore(tmp_path / "b.db", database("again"))
        with store.transaction() as link:
            assert compare_metadata(MigrationContext.configure(link), store_module.metadata) == []
        with store.transaction(writes=True) as link:
            link.execute(text("UPDATE entries SET body = overlay(body placing 'x'::bytea from 30) WHERE idx = 9"))
        assert {(f.code, f.index) for f in report_of(store).faults} >= {("altered", 9)}
    world.store.close()


def test_twenty_writers_at_once_lose_nothing(database):
    place = database("writers")
    world = filled(place, 2)
    acknowledged, faults = [], []

    def write(number):
        try:
            with Store.open(place) as store:
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
    world.store.close()


def test_killed_while_writing_nothing_acknowledged_is_lost(database):
    place = database("killed")
    world = filled(place, 2)
    world.store.close()
    told, kept = kill_while_writing(place, world, 3, seed=2)
    assert 3 <= told <= kept <= told + 3
