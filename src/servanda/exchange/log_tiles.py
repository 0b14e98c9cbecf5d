"""A ledger as a folder of static files after C2SP `tlog-tiles`, which any client of that form can read and check.

    checkpoint                      the newest signed checkpoint, with cosignatures
    tile/0/x001/x234/067            256 hashes; .p/N behind the name where the last tile holds N
    tile/entries/x001/x234/067      the same entries, each behind its length in two bytes

Declarations are not in it: entries carry commitments only. `log.vkey` is added for convenience; who checks has the key
from elsewhere.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from servanda.exchange import log as ledger
from servanda.exchange.log import BLOCK, WIDTH
from servanda.exchange.merkle import HASH
from servanda.exchange.notes import Note, parse_checkpoint, parse_note
from servanda.model.errors import InputError

if TYPE_CHECKING:
    from servanda.exchange.store import Store

BUNDLES = "entries"


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """The path of a tile (or, with level `entries`, of a bundle): `tile/0/x001/x234/067.p/8`."""
    digits = f"{index % 1000:03}"
    while index >= 1000:
        index //= 1000
        digits = f"x{index % 1000:03}/{digits}"
    return f"tile/{level}/{digits}" + ("" if width == WIDTH else f".p/{width}")


def widths(size: int) -> Iterator[tuple[int, int, int]]:
    """(level, index, width) of every tile of a tree of that size."""
    level, count = 0, size
    while count:
        for index in range((count + WIDTH - 1) // WIDTH):
            yield level, index, min(WIDTH, count - index * WIDTH)
        level, count = level + 1, count // WIDTH


def bundle(entries: list[bytes]) -> bytes:
    """Entries as a bundle: each behind its length, two bytes, the larger first."""
    return b"".join(len(e).to_bytes(2, "big") + e for e in entries)


def unbundle(data: bytes, where: str) -> list[bytes]:
    """The entries of a bundle. InputError where a length does not fit."""
    found, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 2], "big")
        entry = data[at + 2 : at + 2 + length]
        if at + 2 > len(data) or len(entry) != length:
            raise InputError("the bundle is cut short", where=where, remedy="export the ledger again")
        found.append(entry)
        at += 2 + length
    return found


def export(store: Store, folder: Path) -> int:
    """Write the ledger up to its newest checkpoint as static files; the number of entries. Whole or not at all."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("there is something there already", where=str(folder), remedy="name a new folder")
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        with store.transaction() as link:
            note = ledger.checkpoint_at(link)
            if note is None:
                raise InputError("no checkpoint yet", where=store.shown, remedy="make one with `Store.checkpoint()`")
            size = parse_checkpoint(note).size
            read = StoreSource(store, link)
            for level, index, width in widths(size):
                data = read.tile(level, index) or b""
                _put(part / tile_path(level, index, width), data[: width * HASH])
            for start, bodies in read.chunks(size):
                _put(part / tile_path(BUNDLES, start // WIDTH, len(bodies)), bundle([b or b"" for b in bodies]))
            _put(part / "log.vkey", f"{read.key}\n".encode())
            _put(part / "checkpoint", str(note).encode())
        if folder.exists():
            folder.rmdir()
        part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return size


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


class StoreSource:
    """What `verify` reads, out of a store. `chunks` gives 256 entries at a time, None for a missing one."""

    stretch = 16 * WIDTH  # rows fetched at once: memory stays flat however long the log is

    def __init__(self, store: Store, link: object) -> None:
        from sqlalchemy import Connection

        assert isinstance(link, Connection)
        self._link, self.where = link, store.shown
        row = ledger.kept(link)
        self.origin, self.key, self.size = row.origin, str(row.key), row.size
        try:
            self.root: bytes | None = ledger.Head(row).checkpoint.root
        except InputError:
            self.root = None

    def checkpoints(self) -> list[Note]:
        """All signed heads, the smallest first."""
        from servanda.exchange.store_schema import checkpoints

        rows = self._link.execute(checkpoints.select().order_by(checkpoints.c.size))
        return [parse_note(r.note) for r in rows]

    def beyond(self) -> list[int]:
        """Entries that stand past the end of the log."""
        from servanda.exchange.store_schema import entries

        idx = entries.c.idx
        query = entries.select().with_only_columns(idx).where((idx >= self.size) | (idx < 0))
        return [row.idx for row in self._link.execute(query.order_by(idx).limit(5))]

    def _cursor(self, query: str) -> list[tuple[int, bytes]]:
        # the driver's own rows: ten times quicker than SQLAlchemy's, and all that is asked for is whole numbers
        raw = self._link.connection.cursor()
        try:
            raw.execute(query)
            return list(raw.fetchall())
        finally:
            raw.close()

    def chunks(self, size: int) -> Iterator[tuple[int, list[bytes | None]]]:
        """(index of the first, entries) of every 256 entries up to a size."""
        for start in range(0, size, self.stretch):
            end = min(start + self.stretch, size)
            query = f"SELECT idx, body FROM entries WHERE idx >= {start} AND idx < {end} ORDER BY idx"  # noqa: S608
            rows = self._cursor(query)
            if len(rows) == end - start:
                bodies: list[bytes | None] = [body for _, body in rows]
            else:
                found = dict(rows)
                bodies = [found.get(i) for i in range(start, end)]
            for at in range(start, end, WIDTH):
                yield at, bodies[at - start : at - start + WIDTH]

    def tile(self, level: int, index: int) -> bytes | None:
        """The hashes of a tile as far as they are there."""
        from servanda.exchange.store_schema import tiles

        here = (tiles.c.level == level) & (tiles.c.idx == index)
        data = self._link.execute(tiles.select().where(here).with_only_columns(tiles.c.data)).scalar()
        return None if data is None else bytes(data)

    def payload(self, index: int) -> tuple[bytes, bytes] | None:
        """Salt and bytes of the declaration of an entry."""
        from servanda.exchange.store_schema import payloads

        row = self._link.execute(payloads.select().where(payloads.c.idx == index)).one_or_none()
        return None if row is None else (bytes(row.salt), bytes(row.data))

    keeps_payloads = True


class FolderSource:
    """What `verify` reads, out of a folder of static files."""

    keeps_payloads = False

    def __init__(self, folder: Path) -> None:
        self._folder, self.where = folder, str(folder)
        try:
            self._note = parse_note((folder / "checkpoint").read_bytes(), where=str(folder / "checkpoint"))
            vkey = folder / "log.vkey"
            self.key = vkey.read_text(encoding="ascii").strip() if vkey.is_file() else ""
        except (OSError, ValueError):
            raise InputError("no ledger in this folder", where=str(folder), remedy="export one first") from None
        head = parse_checkpoint(self._note, where=str(folder / "checkpoint"))
        self.origin, self.size = head.origin, head.size
        self.root: bytes | None = head.root

    def checkpoints(self) -> list[Note]:
        """The one checkpoint that the folder holds."""
        return [self._note]

    def beyond(self) -> list[int]:
        """Nothing: a folder ends with its checkpoint."""
        return []

    def _read(self, path: str, most: int) -> bytes | None:
        file = self._folder / path
        try:
            return file.read_bytes() if file.stat().st_size <= most else None
        except OSError:
            return None

    def chunks(self, size: int) -> Iterator[tuple[int, list[bytes | None]]]:
        """(index of the first, entries) of every 256 entries up to a size."""
        for start in range(0, size, WIDTH):
            width = min(WIDTH, size - start)
            path = tile_path(BUNDLES, start // WIDTH, width)
            data = self._read(path, WIDTH * 65_537)
            found: list[bytes | None] = []
            if data is not None:
                found += unbundle(data, f"{self.where}/{path}")[:width]
            yield start, found + [None] * (width - len(found))

    def tile(self, level: int, index: int) -> bytes | None:
        """The hashes of a tile."""
        count = self.size >> (8 * level)
        return self._read(tile_path(level, index, min(WIDTH, count - index * WIDTH)), BLOCK)

    def payload(self, index: int) -> tuple[bytes, bytes] | None:
        """None: declarations are not public."""
        return None


Source = StoreSource | FolderSource
