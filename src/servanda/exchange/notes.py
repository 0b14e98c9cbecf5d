"""Signed notes, checkpoints and cosignatures, after the C2SP specifications of those names.

A note is text that ends in a newline, a blank line, and signature lines. A checkpoint is a note whose text names a log
(`origin`), its size and the root of its tree. A witness adds a cosignature: a line that says when it saw the log to be
consistent with all that it had seen before.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass

from servanda.exchange.keys import COSIGNATURE, NOTE, PublicKey, SecretKey
from servanda.model.errors import InputError

DASH = "\u2014 "
MOST_BYTES, MOST_SIGNATURES = 100_000, 100
_LINE = re.compile(r"^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$")
_SIZE = re.compile(r"^(0|[1-9][0-9]{0,17})$")


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line under a note: the key's name, its four-byte id, and what it signed with it."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{DASH}{self.name} {base64.b64encode(self.key_id + self.signature).decode()}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and the lines that sign it; nothing is believed before `signed_by` says so."""

    text: str
    signatures: tuple[SignatureLine, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{s}\n" for s in self.signatures)

    def signed_by(self, key: PublicKey) -> bool:
        """Whether a line of that key is there and verifies. InputError if such a line is there and does not."""
        lines = [s for s in self.signatures if (s.name, s.key_id) == (key.name, key.key_id(NOTE))]
        for line in lines:
            if not key.verifies(self.text.encode(), line.signature):
                raise InputError(
                    f"the signature of {key.name} is not of this text", remedy="get the note again from its source"
                )
        return bool(lines)

    def cosigned_by(self, key: PublicKey) -> int | None:
        """The second (POSIX time) at which a witness cosigned, None without its line. InputError as `signed_by`."""
        for line in self.signatures:
            if (line.name, line.key_id) != (key.name, key.key_id(COSIGNATURE)):
                continue
            time = int.from_bytes(line.signature[:8], "big")
            if len(line.signature) != 72 or not key.verifies(_cosigned(self.text, time), line.signature[8:]):
                raise InputError(
                    f"the cosignature of {key.name} is not of this text", remedy="get the note again from its source"
                )
            return time
        return None

    def with_lines(self, lines: Iterable[SignatureLine]) -> Note:
        """The same text with further lines; one already there is not added again."""
        return Note(self.text, tuple(dict.fromkeys((*self.signatures, *lines))))


def parse_note(data: bytes | str, *, where: str | None = None) -> Note:
    """A note from its bytes. InputError for anything that is not one."""

    def wrong(what: str) -> InputError:
        return InputError(f"not a signed note: {what}", where=where, remedy="give the file as the log published it")

    if len(data) > MOST_BYTES:
        raise wrong(f"longer than {MOST_BYTES:,} bytes")
    try:
        whole = data if isinstance(data, str) else data.decode("utf-8")
    except UnicodeDecodeError:
        raise wrong("it is not UTF-8") from None
    if any(c < " " and c != "\n" for c in whole):
        raise wrong("it has control characters")
    text, mark, lines = whole.rpartition("\n\n")
    if not mark or not lines.endswith("\n"):
        raise wrong("no blank line followed by signature lines")
    signatures = [_signature_line(line, wrong) for line in lines[:-1].split("\n")]
    if len(signatures) > MOST_SIGNATURES:
        raise wrong(f"more than {MOST_SIGNATURES} signatures")
    return Note(text + "\n", tuple(signatures))


def _signature_line(line: str, wrong: object) -> SignatureLine:
    assert callable(wrong)
    found = _LINE.match(line)
    try:
        blob = base64.b64decode(found[2], validate=True) if found else b""
    except binascii.Error:
        blob = b""
    if not found or len(blob) < 5:
        raise wrong(f"{line[:40]!r} is not a signature line")
    return SignatureLine(found[1], blob[:4], blob[4:])


def parse_line(text: str, *, where: str | None = None) -> SignatureLine:
    """One signature line alone, as a witness returns it. InputError otherwise."""
    return _signature_line(text.strip("\n"), lambda what: InputError(what, where=where, remedy="give the line whole"))


def sign(text: str, key: SecretKey) -> SignatureLine:
    """The line by which a key signs a text."""
    if not text.endswith("\n"):
        raise ValueError("the text of a note ends in a newline")
    return SignatureLine(key.name, key.public.key_id(NOTE), key.sign(text.encode()))


def _cosigned(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def cosign(text: str, key: SecretKey, time: int) -> SignatureLine:
    """The line by which a witness cosigns a checkpoint's text at a second of POSIX time."""
    if not 0 <= time < 2**63:
        raise ValueError("time out of range")
    return SignatureLine(
        key.name, key.public.key_id(COSIGNATURE), time.to_bytes(8, "big") + key.sign(_cosigned(text, time))
    )


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself: its name, how many entries it has, and the root of their tree."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def parse_checkpoint(note: Note, *, where: str | None = None) -> Checkpoint:
    """The checkpoint that a note holds. InputError otherwise; extension lines are allowed and not read."""

    def wrong(what: str) -> InputError:
        return InputError(f"not a checkpoint: {what}", where=where, remedy="give the file as the log published it")

    lines = note.text[:-1].split("\n")
    if len(lines) < 3 or not all(lines):
        raise wrong("it needs three lines: origin, size, root")
    if not _SIZE.match(lines[1]):
        raise wrong(f"{lines[1][:30]!r} is not a size")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except binascii.Error:
        root = b""
    if len(root) != 32 or base64.b64encode(root).decode() != lines[2]:
        raise wrong("the third line is not a root hash")
    return Checkpoint(lines[0], int(lines[1]), root)


def sign_checkpoint(checkpoint: Checkpoint, key: SecretKey) -> Note:
    """The checkpoint signed by its log."""
    return Note(checkpoint.text, (sign(checkpoint.text, key),))
