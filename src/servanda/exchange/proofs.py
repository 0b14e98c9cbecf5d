"""Proofs as files that a third party checks offline: with the proof, the checkpoint in it, and the log's public key.

Inclusion is written as C2SP `tlog-proof` (the entry itself travels as its extra data), consistency as the request of
C2SP `tlog-witness`: the old size, the hashes, and the newer checkpoint.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from servanda.exchange.keys import PublicKey
from servanda.exchange.merkle import HASH, leaf_hash, verify_consistency, verify_inclusion
from servanda.exchange.notes import Checkpoint, Note, parse_checkpoint, parse_note
from servanda.model.errors import InputError

HEAD = "c2sp.org/tlog-proof@v1"
MOST_BYTES, MOST_HASHES = 1_000_000, 63
_NUMBER = re.compile(r"^(0|[1-9][0-9]{0,17})$")


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """That an entry stands at an index of the log of a checkpoint; `entry` is None where it travels apart."""

    index: int
    hashes: tuple[bytes, ...]
    note: Note
    entry: bytes | None = None

    def __str__(self) -> str:
        extra = "" if self.entry is None else f"extra {base64.b64encode(self.entry).decode()}\n"
        return f"{HEAD}\n{extra}index {self.index}\n{_lines(self.hashes)}\n{self.note}"


@dataclass(frozen=True, slots=True)
class ConsistencyProof:
    """That the log of a checkpoint begins with what it was at `old` entries."""

    old: int
    hashes: tuple[bytes, ...]
    note: Note

    def __str__(self) -> str:
        return f"old {self.old}\n{_lines(self.hashes)}\n{self.note}"


def _lines(hashes: Sequence[bytes]) -> str:
    return "".join(base64.b64encode(h).decode() + "\n" for h in hashes)


def _wrong(what: str, where: str | None) -> InputError:
    return InputError(f"not a proof: {what}", where=where, remedy="make one with `prove_inclusion()`")


def _decoded(line: str, where: str | None) -> bytes:
    try:
        found = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        raise _wrong(f"{line[:30]!r} is not base64", where) from None
    if base64.b64encode(found).decode() != line:
        raise _wrong(f"{line[:30]!r} is not base64 in its one form", where)
    return found


def _number(line: str, word: str, where: str | None) -> int:
    name, _, number = line.partition(" ")
    if name != word or not _NUMBER.match(number):
        raise _wrong(f"{line[:30]!r} where `{word} NUMBER` belongs", where)
    return int(number)


def _hashes(lines: Sequence[str], where: str | None) -> tuple[bytes, ...]:
    found = tuple(_decoded(line, where) for line in lines)
    if len(found) > MOST_HASHES or any(len(h) != HASH for h in found):
        raise _wrong("a hash has not 32 bytes, or there are more than 63", where)
    return found


def _halves(data: bytes | str, where: str | None) -> tuple[list[str], Note]:
    if len(data) > MOST_BYTES:
        raise _wrong(f"longer than {MOST_BYTES:,} bytes", where)
    try:
        text = data if isinstance(data, str) else data.decode("utf-8")
    except UnicodeDecodeError:
        raise _wrong("it is not UTF-8", where) from None
    head, mark, rest = text.partition("\n\n")
    if not mark:
        raise _wrong("no checkpoint after a blank line", where)
    return head.split("\n"), parse_note(rest, where=where)


def parse_inclusion(data: bytes | str, *, where: str | None = None) -> InclusionProof:
    """An inclusion proof from its text. InputError otherwise."""
    lines, note = _halves(data, where)
    if lines[0] != HEAD:
        raise _wrong(f"the first line is not {HEAD}", where)
    entry = _decoded(lines.pop(1)[6:], where) if len(lines) > 1 and lines[1].startswith("extra ") else None
    if len(lines) < 2:
        raise _wrong("no index", where)
    return InclusionProof(_number(lines[1], "index", where), _hashes(lines[2:], where), note, entry)


def parse_consistency(data: bytes | str, *, where: str | None = None) -> ConsistencyProof:
    """A consistency proof from its text. InputError otherwise."""
    lines, note = _halves(data, where)
    return ConsistencyProof(_number(lines[0], "old", where), _hashes(lines[1:], where), note)


def signed_checkpoint(note: Note, key: PublicKey, *, where: str | None = None) -> Checkpoint:
    """The checkpoint of a note signed by the log's key. InputError where that key has not signed it."""
    checkpoint = parse_checkpoint(note, where=where)
    if not note.signed_by(key):
        raise InputError(
            f"the checkpoint is not signed by {key.id}", where=where, remedy="give the public key of that log"
        )
    return checkpoint


def check_inclusion(proof: InclusionProof, entry: bytes, key: PublicKey) -> Checkpoint | None:
    """The checkpoint under which the entry is proved to be in the log, None where the proof does not hold."""
    checkpoint = signed_checkpoint(proof.note, key)
    holds = verify_inclusion(leaf_hash(entry), proof.index, checkpoint.size, proof.hashes, checkpoint.root)
    return checkpoint if holds else None


def check_consistency(proof: ConsistencyProof, old: Checkpoint, key: PublicKey) -> Checkpoint | None:
    """The newer checkpoint if its log begins with the older one, None where the proof does not hold."""
    checkpoint = signed_checkpoint(proof.note, key)
    same = checkpoint.origin == old.origin and proof.old == old.size
    holds = same and verify_consistency(old.size, checkpoint.size, old.root, checkpoint.root, proof.hashes)
    return checkpoint if holds else None
