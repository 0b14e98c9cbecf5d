"""Ed25519 keys, and files of them in the text forms of C2SP `signed-note`.

    public:  POL+1b2c3d4e+AU...         name, key id, type and key
    secret:  PRIVATE+KEY+POL+1b2c3d4e+AU...

A file of a secret key is made for its owner alone (0600) and refused when others may read it. A secret never shows:
not in a representation, not in a message.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from servanda.model.errors import InputError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

NOTE, COSIGNATURE = 1, 4  # signature types of C2SP signed-note
_NAME = re.compile(r"[^\s+]{1,200}")
_SECRET = "PRIVATE+KEY+"  # noqa: S105  the mark at the head of such a file, no secret


class PublicKey:
    """A named Ed25519 public key. Equal keys have the same name and the same 32 bytes."""

    def __init__(self, name: str, raw: bytes, kind: int = NOTE) -> None:
        if not _NAME.fullmatch(name):
            raise InputError(f"{name[:40]!r} cannot name a key", remedy="no spaces and no plus sign")
        if len(raw) != 32:
            raise InputError(f"the key of {name} is not 32 bytes long", remedy="give an Ed25519 public key")
        self.name, self.raw, self.kind = name, raw, kind

    @cached_property
    def _key(self) -> Ed25519PublicKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        return Ed25519PublicKey.from_public_bytes(self.raw)

    def key_id(self, kind: int = NOTE) -> bytes:
        """Four bytes that tell keys of one name apart: SHA-256(name, newline, type, key), cut."""
        return sha256(self.name.encode() + b"\n" + bytes([kind]) + self.raw).digest()[:4]

    @property
    def id(self) -> str:
        """Name and key id, such as `POL+1b2c3d4e`."""
        return f"{self.name}+{self.key_id().hex()}"

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Whether the signature is this key's over the message."""
        from cryptography.exceptions import InvalidSignature

        try:
            self._key.verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    def __str__(self) -> str:
        blob = base64.b64encode(bytes([self.kind]) + self.raw).decode()
        return f"{self.name}+{self.key_id(self.kind).hex()}+{blob}"

    def __repr__(self) -> str:
        return f"<PublicKey {self.id}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PublicKey) and (self.name, self.raw) == (other.name, other.raw)

    def __hash__(self) -> int:
        return hash((self.name, self.raw))


class SecretKey:
    """A named Ed25519 secret key. Signs; never shows itself."""

    def __init__(self, name: str, seed: bytes) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._key: Ed25519PrivateKey = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = PublicKey(name, self._key.public_key().public_bytes_raw())

    @classmethod
    def generate(cls, name: str) -> SecretKey:
        """A fresh key of that name."""
        return cls(name, os.urandom(32))

    @property
    def name(self) -> str:
        """The key's name."""
        return self.public.name

    def sign(self, message: bytes) -> bytes:
        """64 bytes of signature."""
        return self._key.sign(message)

    def _text(self) -> str:
        blob = base64.b64encode(bytes([NOTE]) + self._key.private_bytes_raw()).decode()
        return f"{_SECRET}{self.public.id}+{blob}"

    def __repr__(self) -> str:
        return f"<SecretKey {self.public.id}>"

    def __reduce__(self) -> str:
        raise TypeError("a secret key is not copied or stored but by `write_secret`")


def _wrong(what: str, where: str | None) -> InputError:
    return InputError(what, where=where, remedy="make one with `write_secret()`")


def _parse(text: str, what: str, where: str | None, kinds: tuple[int, ...]) -> tuple[str, bytes, int]:
    parts = text.strip().split("+", 2)
    if len(parts) != 3 or not _NAME.fullmatch(parts[0]) or not re.fullmatch("[0-9a-f]{8}", parts[1]):
        raise _wrong(f"not a {what}", where)
    try:
        blob = base64.b64decode(parts[2], validate=True)
    except (binascii.Error, ValueError):
        blob = b""
    if len(blob) != 33 or blob[0] not in kinds or base64.b64encode(blob).decode() != parts[2]:
        raise _wrong(f"not a {what} of Ed25519", where)
    return parts[0], blob[1:], blob[0]


def parse_public(text: str, *, where: str | None = None) -> PublicKey:
    """A public key from its text. InputError for anything else, and where the key id is not that of the key."""
    name, raw, kind = _parse(text, "public key", where, (NOTE, COSIGNATURE))
    key = PublicKey(name, raw, kind)
    if key.key_id(kind).hex() != text.strip().split("+", 2)[1]:
        raise _wrong("the key id is not that of the key", where)
    return key


def parse_secret(text: str, *, where: str | None = None) -> SecretKey:
    """A secret key from its text. InputError otherwise; the message never quotes the text."""
    if not text.startswith(_SECRET):
        raise _wrong("not a secret key", where)
    name, seed, _ = _parse(text[len(_SECRET) :], "secret key", where, (NOTE,))
    key = SecretKey(name, seed)
    if key.public.id != "+".join(text.strip()[len(_SECRET) :].split("+", 2)[:2]):
        raise _wrong("the key id is not that of the key", where)
    return key


def write_secret(path: Path, key: SecretKey) -> None:
    """Write a secret key for its owner alone, and its public key beside it as `.pub`. Never over an existing file."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise InputError(
            "there is a file already", where=str(path), remedy="keys are not overwritten; name another"
        ) from None
    except OSError as error:
        raise InputError(
            f"cannot write there ({error.strerror})", where=str(path), remedy="name a writable folder"
        ) from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        os.fchmod(handle, 0o600)
        file.write(key._text() + "\n")
        file.flush()
        os.fsync(handle)
    Path(f"{path}.pub").write_text(f"{key.public}\n", encoding="ascii")


def read_secret(path: Path) -> SecretKey:
    """The secret key of a file. InputError where it is missing, none, or open to others than its owner."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii") if path.stat().st_size < 2000 else ""
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not text"
        raise _wrong(f"cannot read the key ({why})", str(path)) from None
    if os.name == "posix" and mode & 0o077:
        raise InputError("others may read this secret key", where=str(path), remedy=f"chmod 600 {path.name}")
    return parse_secret(text, where=str(path))


def read_public(source: Path | str) -> PublicKey:
    """A public key from its text or from a file of it."""
    text = str(source)
    if "+" in text and not Path(text).exists():
        return parse_public(text)
    try:
        return parse_public(Path(text).read_text(encoding="ascii")[:2000], where=text)
    except (OSError, ValueError) as error:
        raise _wrong(f"cannot read the key ({getattr(error, 'strerror', None) or 'not text'})", text) from None
