"""Verifying a whole ledger from its first entry, and saying where it fails.

Four things are held together: the entries, the hashes kept in tiles, the signed checkpoints (the log's own and any that
others kept), and, statement by statement, the signatures and the declarations committed to. Entries are read 256 at a
time, so that memory stays flat. A fault is reported where it stands and the check goes on with the hash that the tile
keeps, so that one altered entry does not hide another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from servanda.exchange.keys import PublicKey, parse_public
from servanda.exchange.log_entries import KeyRing, commitment, parse_entry
from servanda.exchange.log_tiles import Source
from servanda.exchange.merkle import HASH, Frontier, pair_up
from servanda.exchange.notes import Checkpoint, Note, parse_checkpoint
from servanda.model.errors import InputError

MOST_FAULTS = 200
WIDTH = 256


@dataclass(frozen=True, slots=True)
class LogFault:
    """One thing that is wrong: `code` for programs, `place` (`entry 12`, `checkpoint 40`, `tile 0/0`), and what it is."""

    code: str
    place: str
    message: str
    index: int | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(slots=True)
class Report:
    """What a verification found: how much it checked, and every fault with its place."""

    origin: str
    size: int
    root: bytes = b""
    entries: int = 0
    checkpoints: int = 0
    statements: int = 0
    declarations: int = 0
    faults: list[LogFault] = field(default_factory=list)
    omitted: int = 0

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def add(self, code: str, place: str, message: str, index: int | None = None) -> None:
        """Note a fault; past the two-hundredth they are only counted."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(LogFault(code, place, message, index))
        else:
            self.omitted += 1


@dataclass(slots=True)
class _Mark:
    """A checkpoint to hold the tree against when it has that size."""

    point: Checkpoint
    whose: str
    own: bool


class _Tower:
    """Roots of full tiles, level by level, held against the tiles above as they fill."""

    def __init__(self, source: Source, report: Report) -> None:
        self._source, self._report = source, report
        self._rows: list[list[bytes]] = []
        self._done: list[int] = []

    def add(self, level: int, value: bytes) -> None:
        """Take in the root of a full tile of the level below `level`."""
        while len(self._rows) < level:
            self._rows.append([])
            self._done.append(0)
        row = self._rows[level - 1]
        row.append(value)
        if len(row) == WIDTH:
            self._check(level)
            self.add(level + 1, _up(row))
            row.clear()
            self._done[level - 1] += 1

    def finish(self) -> None:
        """Check what is left in tiles that are not full."""
        for level, row in enumerate(list(self._rows), 1):
            if row:
                self._check(level)

    def _check(self, level: int) -> None:
        index, row = self._done[level - 1], self._rows[level - 1]
        kept = self._source.tile(level, index)
        if kept is None or kept[: len(row) * HASH] != b"".join(row):
            self._report.add(
                "tile", f"tile {level}/{index}", "is missing" if kept is None else "does not give its hashes"
            )


def _up(row: Sequence[bytes]) -> bytes:
    while len(row) > 1:
        row = pair_up(row)
    return row[0]


def verify(
    source: Source,
    *,
    key: PublicKey | None = None,
    against: Iterable[tuple[str, Note]] = (),
    statements: bool = True,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Check a ledger whole. `key` is the log's public key as the checker knows it (by default the one kept with it),
    `against` are checkpoints that others kept, each with whose it is; `statements=False` checks hashes alone.
    """
    report = Report(source.origin, source.size)
    trusted = key or parse_public(source.key, where=source.where)
    if key is not None and source.key and str(key) != source.key:
        report.add("key", "ledger", f"its key is not {key.id}, by which it is checked")
    marks = _marks(source, trusted, against, report)
    ring = KeyRing(trusted) if statements else None
    frontier, tower = Frontier(), _Tower(source, report)
    walk = _Walk(source, report, frontier, marks)
    walk.hold()
    for start, bodies in source.chunks(source.size):
        walk.chunk(start, bodies)
        if len(bodies) == WIDTH:
            tower.add(1, walk.last)
        if ring is not None:
            for i, body in enumerate(bodies):
                if body is not None:
                    _statement(report, ring, source, start + i, body)
        if progress is not None:
            progress(start + len(bodies))
    tower.finish()
    report.entries, report.root = frontier.size, frontier.root()
    for index in source.beyond():
        report.add("extra", f"entry {index}", "is past the end of the ledger", index)
    if source.root is None:
        report.add("head", "ledger", f"the root kept is not one of {source.size} entries")
    elif frontier.size == source.size and report.root != source.root:
        report.add("head", "ledger", f"the root kept for {source.size} entries is not the root of its entries")
    return report


def _marks(source: Source, key: PublicKey, against: Iterable[tuple[str, Note]], report: Report) -> list[_Mark]:
    marks: list[_Mark] = []
    noted = [("", n) for n in source.checkpoints()] + list(against)
    for whose, note in noted:
        place = f"checkpoint {whose}".strip() if whose else "checkpoint"
        try:
            point = parse_checkpoint(note)
            place = f"checkpoint of {point.size}" + (f" ({whose})" if whose else "")
            if not note.signed_by(key):
                report.add("checkpoint-signature", place, f"is not signed by {key.id}")
                continue
        except InputError as error:
            report.add("checkpoint-signature", place, str(error))
            continue
        if point.origin != source.origin:
            report.add("origin", place, f"is of another log, {point.origin}")
        elif point.size > source.size:
            report.add(
                "rolled-back", place,
                f"the log signed {point.size} entries, and {source.size} are here: entries {source.size} to "
                f"{point.size - 1} are gone", source.size,
            )  # fmt: skip
        else:
            marks.append(_Mark(point, whose, not whose))
            report.checkpoints += 1
    newest = max((m.point.size for m in marks if m.own), default=None)
    if source.size and newest != source.size and not any(f.code == "rolled-back" for f in report.faults):
        report.add(
            "unsigned", "ledger", f"its last {source.size - (newest or 0)} entries are under no signed checkpoint"
        )
    return sorted(marks, key=lambda m: m.point.size, reverse=True)


class _Walk:
    """The pass over the entries: leaves against tiles, roots against checkpoints."""

    def __init__(self, source: Source, report: Report, frontier: Frontier, marks: list[_Mark]) -> None:
        self._source, self._report, self._frontier, self._marks = source, report, frontier, marks
        self._good = 0  # the largest size at which a checkpoint held
        self._forked: set[tuple[str, bool]] = set()
        self.last = b""

    def chunk(self, start: int, bodies: Sequence[bytes | None]) -> None:
        """Take in up to 256 entries."""
        tile = self._source.tile(0, start // WIDTH)
        leaves = [sha256(b"\x00" + b).digest() if b is not None else b"" for b in bodies]
        if tile is None or None in bodies or tile[: len(leaves) * HASH] != b"".join(leaves):
            leaves = self._differ(start, bodies, leaves, tile or b"")
        marks = self._marks
        if len(leaves) == WIDTH and not (marks and marks[-1].point.size < start + WIDTH):
            self.last = _up(leaves)
            self._frontier.append_full(8, self.last)
            self.hold()
            return
        for leaf in leaves:
            self._frontier.append(leaf)
            if marks and marks[-1].point.size == self._frontier.size:
                self.hold()
        if len(leaves) == WIDTH:
            self.last = _up(leaves)

    def hold(self) -> None:
        """Hold the tree as it is against the checkpoints of its size."""
        size = self._frontier.size
        here = []
        while self._marks and self._marks[-1].point.size == size:
            here.append(self._marks.pop())
        if not here:
            return
        root = self._frontier.root()
        for mark in here:
            if mark.point.root == root:
                self._good = size
                continue
            kind = (mark.whose, mark.own)
            if kind in self._forked:
                continue
            self._forked.add(kind)
            place = f"checkpoint of {size}" + (f" ({mark.whose})" if mark.whose else "")
            span = f"entry {size - 1}" if size - self._good <= 1 else f"entries {self._good} to {size - 1}"
            if mark.own:
                told = f"its root is not that of the entries: {span} differ from what was signed"
                self._report.add("root", place, told, self._good)
            else:
                told = f"forked: the log signed another root for {size} entries; the two part at {span}"
                self._report.add("forked", place, told, self._good)

    def _differ(self, start: int, bodies: Sequence[bytes | None], leaves: list[bytes], tile: bytes) -> list[bytes]:
        kept = [tile[i : i + HASH] for i in range(0, len(tile) - HASH + 1, HASH)]
        kept += [b""] * (len(leaves) - len(kept))
        if not any(kept):
            self._report.add("tile", f"tile 0/{start // WIDTH}", "is missing or empty")
            for index in (start + i for i, body in enumerate(bodies) if body is None):
                self._report.add("missing", f"entry {index}", "is missing", index)
            return [x or sha256(b"").digest() for x in leaves]
        where = {h: start + i for i, h in enumerate(kept) if h}
        for i, (leaf, hash_) in enumerate(zip(leaves, kept, strict=False)):
            index, place = start + i, f"entry {start + i}"
            if bodies[i] is None:
                self._report.add("missing", place, "is missing", index)
            elif leaf == hash_:
                continue
            elif leaf in where:
                told = f"holds what was logged as entry {where[leaf]}: entries were moved"
                self._report.add("moved", place, told, index)
            elif not hash_:
                self._report.add("tile", f"tile 0/{start // WIDTH}", f"has no hash of entry {index}", index)
            else:
                self._report.add("altered", place, "was altered: its bytes do not give the hash that was logged", index)
        return [h or leaf or sha256(b"").digest() for h, leaf in zip(kept, leaves, strict=False)]


def _statement(report: Report, ring: KeyRing, source: Source, index: int, body: bytes) -> None:
    place = f"entry {index}"
    try:
        signed = parse_entry(body).signed
    except InputError as error:
        report.add("entry", place, str(error), index)
        return
    report.statements += 1
    wrong = ring.take(index, signed)
    if wrong:
        report.add("revoked-key" if ring.signed_by_ended(signed) else "signature", place, wrong, index)
    if signed.statement["type"] != "declaration" or not source.keeps_payloads:
        return
    kept = source.payload(index)
    if kept is None:
        report.add("declaration", place, "the declaration that it commits to is missing", index)
    elif commitment(*kept) != signed.statement["commitment"]:
        report.add("declaration", place, "the declaration kept for it is not the one that was signed", index)
    else:
        report.declarations += 1
