"""The append-only log in a store: adding entries, its tiles, its proofs.

The functions work inside a transaction that `store` opened; nothing here commits. The tiles hold every hash that a proof
of any size needs, so that a proof reads a handful of rows however long the log is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from servanda.exchange.keys import SecretKey
from servanda.exchange.merkle import (
    HASH,
    Frontier,
    Node,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    pair_up,
    root_at,
)
from servanda.exchange.notes import Checkpoint, Note, parse_line, parse_note, sign_checkpoint
from servanda.exchange.proofs import ConsistencyProof, InclusionProof
from servanda.exchange.store_schema import checkpoints, cosignatures, entries, log, tiles
from servanda.model.errors import InputError

if TYPE_CHECKING:
    from sqlalchemy import Connection

HEIGHT, WIDTH = 8, 256
BLOCK = WIDTH * HASH


class Head:
    """How far a log has come: its name, its own public key, its size and right edge."""

    def __init__(self, row: Any) -> None:
        blob = bytes(row.peaks)
        self.origin, self.key = row.origin, row.key
        try:
            self.frontier = Frontier(row.size, [blob[i : i + HASH] for i in range(0, len(blob), HASH)])
        except ValueError as error:
            raise InputError(
                f"the head of the ledger is damaged: {error}",
                where="table log",
                remedy="see `verify_ledger()`, then restore a backup",
            ) from None

    @property
    def size(self) -> int:
        """The number of entries."""
        return self.frontier.size

    @property
    def checkpoint(self) -> Checkpoint:
        """What the log may say of itself now."""
        return Checkpoint(self.origin, self.size, self.frontier.root())


def head(link: Connection, *, lock: bool = False) -> Head:
    """The log's head; with `lock` other writers wait until this transaction ends."""
    return Head(kept(link, lock=lock))


def kept(link: Connection, *, lock: bool = False) -> Any:
    """What the store keeps of the head, sound or not: `origin`, `key`, `size`, `peaks`. InputError without a ledger."""
    query = log.select().where(log.c.id == 1)
    row = link.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise InputError("the store holds no ledger", remedy="make one with `Store.create()`")
    return row


def append(link: Connection, top: Head, rows: Sequence[Mapping[str, Any]], key: SecretKey | None) -> Note | None:
    """Add entries (columns of `entries` without `idx`) and, with a key, the signed checkpoint after them."""
    first = top.size
    fresh: dict[tuple[int, int], list[bytes]] = {}
    for row in rows:
        for (level, index), value in top.frontier.append(leaf_hash(row["body"])):
            if level % HEIGHT == 0:
                place = (level // HEIGHT, index >> HEIGHT)
                fresh.setdefault(place, []).append(value)
    link.execute(entries.insert(), [{"idx": first + i, **row} for i, row in enumerate(rows)])
    made = []
    for (level, index), values in fresh.items():
        data = b"".join(values)
        here = (tiles.c.level == level) & (tiles.c.idx == index)
        if len(data) < BLOCK:
            begun = link.execute(tiles.select().where(here).with_only_columns(tiles.c.data)).scalar()
            if begun is not None:
                link.execute(tiles.update().where(here).values(data=bytes(begun) + data))
                continue
        made.append({"level": level, "idx": index, "data": data})
    if made:
        link.execute(tiles.insert(), made)
    link.execute(log.update().where(log.c.id == 1).values(size=top.size, peaks=b"".join(top.frontier.peaks)))
    return None if key is None else publish(link, top, key)


def publish(link: Connection, top: Head, key: SecretKey) -> Note:
    """Sign the head and keep the checkpoint; one of that size that is there already is kept as it is."""
    if str(key.public) != top.key:
        raise InputError(
            f"{key.public.id} is not the key of this ledger", remedy="give the key that the ledger was made with"
        )
    known = checkpoint_at(link, top.size)
    if known is not None:
        return known
    note = sign_checkpoint(top.checkpoint, key)
    link.execute(checkpoints.insert().values(size=top.size, note=str(note)))
    return note


def checkpoint_at(link: Connection, size: int | None = None) -> Note | None:
    """The checkpoint of a size, or the newest, with the cosignatures that witnesses gave it."""
    query = checkpoints.select().order_by(checkpoints.c.size.desc()).limit(1)
    row = link.execute(query if size is None else query.where(checkpoints.c.size == size)).one_or_none()
    if row is None:
        return None
    lines = link.execute(cosignatures.select().where(cosignatures.c.size == row.size).order_by(cosignatures.c.witness))
    return parse_note(row.note).with_lines(parse_line(line.line) for line in lines)


class TileReader:
    """Hashes of full nodes out of tiles; each tile is read once and hashed up once."""

    def __init__(self, read: Any) -> None:
        self._read = read
        self._levels: dict[tuple[int, int], list[list[bytes]]] = {}

    def __call__(self, nodes: Sequence[Node]) -> list[bytes]:
        return [self._node(level, index) for level, index in nodes]

    def _node(self, level: int, index: int) -> bytes:
        tile_level, up = divmod(level, HEIGHT)
        place = (tile_level, (index << up) >> HEIGHT)
        if place not in self._levels:
            data = self._read(*place)
            if data is None:
                raise InputError(f"tile {place[0]}/{place[1]} is missing", remedy="run `verify_ledger()`")
            rows = [[data[i : i + HASH] for i in range(0, len(data), HASH)]]
            while len(rows[-1]) > 1:
                row = rows[-1]
                rows.append(pair_up(row[: len(row) & ~1]))
            self._levels[place] = rows
        rows = self._levels[place]
        at = index - ((place[1] << HEIGHT) >> up)
        if up >= len(rows) or at >= len(rows[up]):
            raise InputError(f"tile {place[0]}/{place[1]} is too short", remedy="run `verify_ledger()`")
        return rows[up][at]


def reader(link: Connection) -> TileReader:
    """A reader of the nodes of the log in a store."""

    def tile(level: int, index: int) -> bytes | None:
        here = (tiles.c.level == level) & (tiles.c.idx == index)
        data = link.execute(tiles.select().where(here).with_only_columns(tiles.c.data)).scalar()
        return None if data is None else bytes(data)

    return TileReader(tile)


def _point(link: Connection, size: int | None) -> tuple[Note, int]:
    note = checkpoint_at(link, size)
    if note is None:
        raise InputError(
            "no checkpoint of that size" if size is not None else "the ledger has no checkpoint yet",
            remedy="make one with `Store.checkpoint()`",
        )
    return note, int(note.text.split("\n")[1])


def prove_inclusion(link: Connection, index: int, size: int | None = None) -> InclusionProof:
    """The proof that entry `index` is in the log of the newest checkpoint, or of the one of a size."""
    note, at = _point(link, size)
    if not 0 <= index < at:
        raise InputError(f"no entry {index} under a checkpoint of {at}", remedy=f"entries run from 0 to {at - 1}")
    body = link.execute(entries.select().where(entries.c.idx == index).with_only_columns(entries.c.body)).scalar()
    if body is None:
        raise InputError(f"entry {index} is missing", remedy="run `verify_ledger()`")
    return InclusionProof(index, tuple(inclusion_proof(index, at, reader(link))), note, bytes(body))


def prove_consistency(link: Connection, old: int, size: int | None = None) -> ConsistencyProof:
    """The proof that the log of the newest checkpoint (or of the one of a size) begins with that of `old` entries."""
    note, at = _point(link, size)
    if not 0 <= old <= at:
        raise InputError(f"no proof from {old} to {at} entries", remedy=f"give a size from 0 to {at}")
    return ConsistencyProof(old, tuple(consistency_proof(old, at, reader(link))), note)


def root_of_size(link: Connection, size: int) -> bytes:
    """The root of the log when it had `size` entries, from its tiles."""
    return root_at(size, reader(link))
