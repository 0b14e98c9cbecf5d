"""A ledger interfered with, as one who holds the database may: found, and found where it is."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.exchange.keys import SecretKey
from servanda.exchange.log import prove_consistency, root_of_size
from servanda.exchange.log_entries import declare
from servanda.exchange.log_tiles import StoreSource
from servanda.exchange.log_verify import verify
from servanda.exchange.merkle import leaf_hash
from servanda.exchange.notes import parse_note
from servanda.exchange.proofs import parse_consistency
from servanda.exchange.store import Store, facts_of
from servanda.exchange.witness import Refused, Witness, compare, compare_with_log
from servanda.model.errors import InputError
from tests.exchange.ledgers import World, document, filled

SIZE = 14


@pytest.fixture
def world(tmp_path):
    found = filled(tmp_path / "x.db", SIZE)
    yield found
    found.store.close()


def raw(world, *statements):
    link = sqlite3.connect(world.store.place)
    with link:
        for text, *values in statements:
            link.execute(text, values)
    link.close()


def faults(world, **how):
    with world.store.transaction() as link:
        return verify(StoreSource(world.store, link), key=world.log.public, **how).faults


def body(world, index):
    return sqlite3.connect(world.store.place).execute("SELECT body FROM entries WHERE idx = ?", (index,)).fetchone()[0]


def set_leaf(world, index, data):
    """Put the hash of other bytes into the tile, as one would who knows how the log works."""
    link = sqlite3.connect(world.store.place)
    tile = bytearray(link.execute("SELECT data FROM tiles WHERE level = 0 AND idx = 0").fetchone()[0])
    link.close()
    tile[index * 32 : index * 32 + 32] = leaf_hash(data)
    raw(world, ("UPDATE tiles SET data = ? WHERE level = 0 AND idx = 0", bytes(tile)))


@pytest.mark.parametrize("index", [0, 1, 6, SIZE - 1])
@pytest.mark.parametrize("covered", [False, True], ids=["entry alone", "tile too"])
def test_one_byte_changed(world, index, covered):
    data = body(world, index)
    changed = data.replace(b"20", b"21", 1)
    assert changed != data
    raw(world, ("UPDATE entries SET body = ? WHERE idx = ?", changed, index))
    if covered:
        set_leaf(world, index, changed)
    found = faults(world)
    assert {"root" if covered else "altered"} <= {f.code for f in found}
    assert {f.index for f in found if f.code in ("root", "altered")} == {index}


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_bit_of_any_record_changed(tmp_path_factory, data):
    world = filled(tmp_path_factory.mktemp("bits") / "x.db", 6)
    table, column, key = data.draw(
        st.sampled_from([("entries", "body", "idx"), ("tiles", "data", "idx"), ("payloads", "data", "idx"),
                         ("payloads", "salt", "idx"), ("checkpoints", "note", "size")])
    )  # fmt: skip
    link = sqlite3.connect(world.store.place)
    rows = link.execute(f"SELECT {key}, {column} FROM {table} ORDER BY {key}").fetchall()
    link.close()
    at, value = data.draw(st.sampled_from(rows))
    blob = bytearray(value.encode() if isinstance(value, str) else value)
    place = data.draw(st.integers(0, len(blob) - 1))
    blob[place] ^= 1 << data.draw(st.integers(0, 7))
    try:
        changed = bytes(blob).decode() if isinstance(value, str) else bytes(blob)
    except UnicodeDecodeError:
        return
    raw(world, (f"UPDATE {table} SET {column} = ? WHERE {key} = ?", changed, at))
    try:
        found = faults(world)
    except InputError:
        found = [table]
    world.store.close()
    assert found, (table, at, place)


def test_a_declaration_behind_an_entry_changed_or_gone(world):
    raw(
        world,
        ("UPDATE payloads SET data = ? WHERE idx = 5", document("POL", "2222-01-01")),
        ("DELETE FROM payloads WHERE idx = 7",),
    )
    assert [(f.code, f.index) for f in faults(world)] == [("declaration", 5), ("declaration", 7)]


def test_one_record_dropped(world):
    raw(world, ("DELETE FROM entries WHERE idx = 6",))
    assert [(f.code, f.index) for f in faults(world)] == [("missing", 6)]


def test_one_record_dropped_and_the_rest_moved_up(world):
    raw(
        world,
        ("DELETE FROM entries WHERE idx = 6",),
        ("UPDATE entries SET idx = -idx WHERE idx > 6",),
        ("UPDATE entries SET idx = -idx - 1 WHERE idx < 0",),
        ("DELETE FROM payloads WHERE idx = 6",),
        ("UPDATE payloads SET idx = -idx WHERE idx > 6",),
        ("UPDATE payloads SET idx = -idx - 1 WHERE idx < 0",),
    )
    found = faults(world)
    assert [(f.code, f.index) for f in found if f.code in ("moved", "missing")] == [
        *(("moved", i) for i in range(6, SIZE - 1)),
        ("missing", SIZE - 1),
    ]


def test_two_records_reordered(world):
    four, nine = body(world, 4), body(world, 9)
    raw(
        world,
        ("UPDATE entries SET body = ? WHERE idx = 4", nine),
        ("UPDATE entries SET body = ? WHERE idx = 9", four),
    )
    assert {(f.code, f.index) for f in faults(world)} >= {("moved", 4), ("moved", 9)}
    set_leaf(world, 4, nine)
    set_leaf(world, 9, four)
    assert {(f.code, f.index) for f in faults(world)} >= {("root", 4)}


def test_an_entry_added_without_the_log(world):
    raw(world, ("INSERT INTO entries (idx, body, synthetic) VALUES (?, ?, 0)", SIZE, b"{}"))
    assert [(f.code, f.index) for f in faults(world)] == [("extra", SIZE)]


def test_a_log_rolled_back(world):
    kept = world.store.checkpoint()
    raw(world, ("DELETE FROM checkpoints WHERE size = ?", SIZE))
    assert [f.code for f in faults(world)] == ["unsigned"]
    # rolled back with care: the database alone shows nothing, a checkpoint that somebody kept shows it
    earlier = Store.open(world.store.place)
    with earlier.transaction() as link:
        peaks = root_peaks(link, SIZE - 3)
    earlier.close()
    tile = sqlite3.connect(world.store.place).execute("SELECT data FROM tiles").fetchone()[0]
    raw(
        world,
        ("DELETE FROM entries WHERE idx >= ?", SIZE - 3),
        ("DELETE FROM payloads WHERE idx >= ?", SIZE - 3),
        ("DELETE FROM checkpoints WHERE size > ?", SIZE - 3),
        ("UPDATE tiles SET data = ?", tile[: 32 * (SIZE - 3)]),
        ("UPDATE log SET size = ?, peaks = ?", SIZE - 3, peaks),
    )
    assert faults(world) == []
    found = faults(world, against=[("kept by POL", kept)])
    assert [(f.code, f.index) for f in found] == [("rolled-back", SIZE - 3)]
    assert "kept by POL" in found[0].place


def root_peaks(link, size):
    from servanda.exchange.log import reader
    from servanda.exchange.merkle import peaks

    return b"".join(reader(link)(peaks(0, size)))


def fork(world, tmp_path, shared=9):
    """A second ledger by the same log's key: the same first entries, then others."""
    other = World.__new__(World)
    other.log, other.keys = world.log, world.keys
    other.store = Store.create(tmp_path / "fork.db", world.log.name, world.log.public)
    for declared in range(shared):
        data = body(world, declared)
        from servanda.exchange.log_entries import parse_entry

        entry = parse_entry(data)
        link = sqlite3.connect(world.store.place)
        kept = link.execute("SELECT salt, data FROM payloads WHERE idx = ?", (declared,)).fetchone()
        link.close()
        signed = (
            entry.signed
            if kept is None
            else type(entry.signed)(entry.signed.statement, entry.signed.signatures, kept[0])
        )
        other.store.submit(signed, kept and kept[1], world.log, received=entry.received)
    for i in range(SIZE - shared):
        other.declare("POL", f"{2050 + i}-01-01")
    return other


def test_a_forked_log(world, tmp_path):
    other = fork(world, tmp_path)
    assert faults(other) == faults(world) == []
    found = faults(world, against=[("kept by DEU", other.store.checkpoint())])
    assert [f.code for f in found] == ["forked"]
    early = faults(world, against=[(f"at {n}", other.store.checkpoint(size=n)) for n in (4, 9, 10, 12)])
    assert [(f.code, f.index) for f in early] == [("forked", 9), ("forked", SIZE - 3)] or [f.code for f in early] == [
        "forked"
    ] * 2
    assert early[0].index == 9
    other.store.close()


def test_a_checkpoint_of_another_key_or_log(world):
    stranger = SecretKey(world.log.name, b"\x05" * 32)
    from servanda.exchange.notes import Checkpoint, sign_checkpoint

    point = world.store.head().checkpoint
    found = faults(world, against=[("x", sign_checkpoint(point, stranger))])
    assert [f.code for f in found] == ["checkpoint-signature"]
    elsewhere = sign_checkpoint(Checkpoint("other", point.size, point.root), world.log)
    assert [f.code for f in faults(world, against=[("x", elsewhere)])] == ["origin"]


def test_a_signature_by_a_revoked_key_slipped_in(world, monkeypatch):
    old = world.keys["POL"]
    world.rotate("POL", 3)
    payload = document("POL", "2030-01-01")
    signed = declare(facts_of(payload), payload).signed_with(old)
    # a keeper of the ledger who does not refuse it
    monkeypatch.setattr("servanda.exchange.log_entries.KeyRing.refuses", lambda *_: None)
    index = world.store.submit(signed, payload, world.log).index
    monkeypatch.undo()
    found = faults(world)
    assert [(f.code, f.index) for f in found] == [("revoked-key", index)]
    assert f"entry {SIZE} revoked or replaced" in found[0].message


def test_a_size_that_the_kept_root_does_not_fit(world):
    raw(world, ("UPDATE log SET size = ?", SIZE + 1))
    found = {f.code: f for f in faults(world)}
    assert found["head"].place == "ledger"
    assert "not one of" in found["head"].message
    assert "missing" in found, "the entry that the size speaks of is not there"
    with pytest.raises(InputError, match=r"table log.*damaged"):
        world.store.submit(declare(facts_of(document()), document()).signed_with(world.log), document(), world.log)


def request(store, old):
    with store.transaction() as link:
        return prove_consistency(link, old)


def test_witnesses_cosign_what_is_consistent_and_find_a_split_view(world, tmp_path):
    other = fork(world, tmp_path)
    one = Witness(SecretKey("example.org/w-FRA", b"\x21" * 32), tmp_path / "one.json")
    two = Witness(SecretKey("example.org/w-HUN", b"\x22" * 32), tmp_path / "two.json")
    line = one.cosign(request(world.store, 0), world.log.public, at=1_000)
    world.store.add_cosignature(SIZE, one.key.public, str(line))
    assert world.store.checkpoint().cosigned_by(one.key.public) == 1_000
    two.cosign(request(other.store, 0), world.log.public)
    found = compare(one.seen(world.log.name), two.seen(world.log.name), world.log.public)
    assert (found.verdict, found.split) == ("split", True)
    # a witness that has seen one branch refuses the other, whatever proof comes with it
    with pytest.raises(Refused, match="split view"):
        one.cosign(request(other.store, SIZE), world.log.public)
    other.declare("DEU", "2070-01-01")
    with pytest.raises(Refused, match="does not begin with"):
        one.cosign(request(other.store, SIZE), world.log.public)
    world.declare("DEU", "2071-01-01")
    with pytest.raises(InputError, match="starts from 3"):
        one.cosign(request(world.store, 3), world.log.public)
    one.cosign(request(world.store, SIZE), world.log.public)
    with pytest.raises(Refused, match="rolled back"):
        one.cosign(parse_consistency(f"old 0\n\n{world.store.checkpoint(size=SIZE)}"), world.log.public)
    other.store.close()


def test_views_of_different_size_need_a_proof_or_the_log(world, tmp_path):
    other = fork(world, tmp_path)
    small, large, astray = world.store.checkpoint(size=10), world.store.checkpoint(), other.store.checkpoint(size=11)
    key = world.log.public
    assert compare(small, large, key).verdict == "unproved"
    assert compare(large, small, key, request(world.store, 10)).verdict == "consistent"
    assert compare(astray, large, key, request(world.store, 11)).verdict == "unproved"
    with world.store.transaction() as link:
        roots = {n: root_of_size(link, n) for n in (10, 11, SIZE)}
    assert compare_with_log(small, large, key, roots).verdict == "consistent"
    assert compare_with_log(astray, large, key, roots).verdict == "split"
    other.store.close()


def test_a_witness_does_not_start_anew_over_a_damaged_memory(world, tmp_path):
    witness = Witness(SecretKey("w", b"\x21" * 32), tmp_path / "w.json")
    witness.cosign(request(world.store, 0), world.log.public)
    assert parse_note(str(witness.seen(world.log.name))).text == world.store.checkpoint().text
    (tmp_path / "w.json").write_text("{")
    with pytest.raises(InputError, match="memory"):
        witness.cosign(request(world.store, SIZE), world.log.public)
