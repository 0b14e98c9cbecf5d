"""What stands in the ledger: statements, who signed them, and whose keys were good at which entry.

A statement says one of four things: a party's key is such (`key`), a key counts no more (`revocation`), a party has
declared something (`declaration`), the keeper did something that all may know of (`audit`: a declaration was given to
somebody, a token was made or revoked). The declaration itself is not in the ledger: a commitment to it is, SHA-256 over a
secret salt and its bytes, so that everybody can check the ledger and only those to whom it is owed read what it says.

Keys count by the order of entries, not by a clock: a signature is judged by the keys that were good where it stands.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from servanda.exchange.canonical import canonical, parse_canonical
from servanda.exchange.keys import PublicKey, SecretKey, parse_public
from servanda.model.errors import InputError

SIGNED = b"servanda.ledger/statement/v1\n"
COMMITTED = b"servanda.ledger/commitment/v1\n"
MOST_ENTRY = 65_535  # an entry bundle gives the length in two bytes
FIELDS = {
    "declaration": ("type", "instrument", "party", "document", "as_of", "commitment", "size", "synthetic"),
    "key": ("type", "party", "key", "replaces"),
    "revocation": ("type", "party", "key", "reason"),
    "audit": ("type", "party", "event", "about", "day"),
}


def commitment(salt: bytes, payload: bytes) -> str:
    """What the ledger holds in place of a declaration, as hexadecimal digits."""
    return sha256(COMMITTED + salt + payload).hexdigest()


@dataclass(frozen=True, slots=True)
class Signed:
    """A statement and the signatures on it; `salt` opens the commitment of a declaration and stays out of the ledger."""

    statement: Mapping[str, Any]
    signatures: tuple[tuple[str, bytes], ...] = ()
    salt: bytes = b""

    @property
    def message(self) -> bytes:
        """The bytes that are signed."""
        return SIGNED + canonical(self.statement)

    def signed_with(self, key: SecretKey) -> Signed:
        """The same with a further signature."""
        return Signed(self.statement, (*self.signatures, (key.public.id, key.sign(self.message))), self.salt)

    def as_bytes(self) -> bytes:
        """A signature file: the statement, the signatures and the salt."""
        return canonical({**_plain(self.statement, self.signatures), "salt": self.salt.hex()})


def _plain(statement: Mapping[str, Any], signatures: Sequence[tuple[str, bytes]]) -> dict[str, Any]:
    lines = [{"key": k, "signature": base64.b64encode(s).decode()} for k, s in signatures]
    return {"statement": dict(statement), "signatures": lines}


def declare(facts: Mapping[str, Any], payload: bytes) -> Signed:
    """The statement that a party declared `payload`; `facts`: instrument, party, document, as_of, synthetic."""
    salt = os.urandom(32)
    told = {k: facts[k] for k in ("instrument", "party", "document", "as_of", "synthetic")}
    return Signed(
        {"type": "declaration", **told, "commitment": commitment(salt, payload), "size": len(payload)}, salt=salt
    )


def announce_key(party: str, key: PublicKey, replaces: str | None = None) -> Signed:
    """The statement that a key is a party's, in place of another where `replaces` names one."""
    return Signed({"type": "key", "party": party, "key": str(key), "replaces": replaces})


def revoke_key(party: str, key_id: str, reason: str) -> Signed:
    """The statement that a key counts no more from here on."""
    return Signed({"type": "revocation", "party": party, "key": key_id, "reason": reason})


def record_event(party: str, event: str, what: str, day: str) -> Signed:
    """The statement that the keeper did something (`delivered`, `token-made` ...) for a party on a day."""
    return Signed({"type": "audit", "party": party, "event": event, "about": what, "day": day})


def about(statement: Mapping[str, Any]) -> str:
    """A statement in a few words; one about what is synthetic says so first."""
    if statement["type"] == "audit":
        return f"{statement['event']} {statement['about']} for {statement['party']} on {statement['day']}"
    if statement["type"] != "declaration":
        return f"{statement['type']} of {statement['party']}"
    told = f"{statement['document']} of {statement['party']} as of {statement['as_of']}"
    return f"synthetic {told}" if statement["synthetic"] else told


def _checked(value: Any, where: str | None) -> tuple[dict[str, Any], tuple[tuple[str, bytes], ...]]:
    def wrong(what: str) -> InputError:
        return InputError(what, where=where, remedy="sign the declaration again with `declare()`")

    if not isinstance(value, dict) or not isinstance(value.get("statement"), dict):
        raise wrong("no statement in it")
    statement = value["statement"]
    fields = FIELDS.get(str(statement.get("type")))
    if fields is None or set(statement) != set(fields):
        raise wrong("the statement is of no known form")
    if any(not isinstance(v, str) for k, v in statement.items() if k not in ("size", "synthetic", "replaces")):
        raise wrong("a field of the statement is not text")
    if statement["type"] == "declaration" and not (
        type(statement["size"]) is int and isinstance(statement["synthetic"], bool)
    ):
        raise wrong("size or synthetic of the statement is of the wrong kind")
    lines = value.get("signatures")
    if not isinstance(lines, list) or not 0 < len(lines) <= 8:
        raise wrong("no signatures in it")
    found = []
    for line in lines:
        try:
            found.append((str(line["key"]), base64.b64decode(line["signature"], validate=True)))
        except (TypeError, KeyError, binascii.Error):
            raise wrong("a signature in it cannot be read") from None
    return statement, tuple(found)


def parse_signed(data: bytes, *, where: str | None = None) -> Signed:
    """A signature file. InputError for anything else."""
    if len(data) > MOST_ENTRY:
        raise InputError("too long for a signature file", where=where, remedy="give the file that `sign` wrote")
    value = parse_canonical(data.strip(), where=where)
    statement, signatures = _checked(value, where)
    try:
        salt = bytes.fromhex(value.get("salt", ""))
    except (TypeError, ValueError):
        raise InputError("the salt cannot be read", where=where, remedy="give the file that `sign` wrote") from None
    return Signed(statement, signatures, salt)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the ledger: what was signed, and the second at which the ledger received it."""

    received: str
    signed: Signed

    def as_bytes(self) -> bytes:
        """The entry as it is hashed into the tree. InputError where it is too long."""
        data = canonical({"received": self.received, **_plain(self.signed.statement, self.signed.signatures)})
        if len(data) > MOST_ENTRY:
            raise InputError("the statement is too long for an entry", remedy=f"at most {MOST_ENTRY:,} bytes")
        return data


def now() -> str:
    """This second in UTC, such as `1996-12-15T09:00:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_entry(data: bytes, *, where: str | None = None) -> Entry:
    """An entry from its bytes. InputError for anything else."""
    value = parse_canonical(data, where=where)
    statement, signatures = _checked(value, where)
    received = value.get("received")
    if not isinstance(received, str) or set(value) != {"received", "statement", "signatures"}:
        raise InputError("not an entry of a ledger", where=where, remedy="restore it from a backup")
    return Entry(received, Signed(statement, signatures))


@dataclass(slots=True)
class KeyRing:
    """The keys of the parties as the entries so far made them. `log` is the ledger's own key.

    The first key of a party is admitted by the ledger's signature beside that of the key itself: the parties made it
    known to the ledger's keeper on paper. Every later one is vouched for by a key of the party that is good.
    """

    log: PublicKey
    good: dict[str, dict[str, PublicKey]] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)

    def take(self, index: int, signed: Signed) -> str | None:
        """Take in the statement at an entry: None if its signatures are in order, else what is wrong with them."""
        wrong = self.refuses(signed)
        if wrong is None:
            self._enter(index, signed.statement)
        return wrong

    def refuses(self, signed: Signed) -> str | None:
        """What is wrong with the signatures on a statement that would stand next, None if nothing is."""
        statement = signed.statement
        party = statement["party"]
        own = self.good.get(party, {})
        vouching: dict[str, PublicKey] = dict(own)
        kind = statement["type"]
        if kind == "audit":
            return self._vouched(signed, "the ledger", {self.log.id: self.log})
        if kind == "revocation" or (kind == "key" and not own):
            vouching[self.log.id] = self.log
        if kind == "key":
            if not own and self.log.id not in {k for k, _ in signed.signatures}:
                return f"the first key of {party} lacks the signature of the ledger that admits it"
            wrong = self._proves_possession(signed, own)
            if wrong:
                return wrong
        elif kind == "revocation" and statement["key"] not in own:
            return f"{statement['key']} is not a key of {party} that is good here"
        return self._vouched(signed, party, vouching)

    def signed_by_ended(self, signed: Signed) -> bool:
        """Whether a statement is signed by a key that counts no more, and by no key of its party that is good."""
        names = {name for name, _ in signed.signatures}
        good = {self.log.id, *self.good.get(signed.statement["party"], {})}
        return bool(names & self.ended.keys()) and not names & good

    def _proves_possession(self, signed: Signed, own: Mapping[str, PublicKey]) -> str | None:
        statement = signed.statement
        try:
            key = parse_public(statement["key"])
        except InputError as error:
            return str(error)
        if key.id in self.ended or any(key.raw == k.raw for keys in self.good.values() for k in keys.values()):
            return f"{key.id} is already a key of this ledger"
        if statement["replaces"] is not None and statement["replaces"] not in own:
            return f"it replaces {statement['replaces']}, which is not a key of {statement['party']} that is good here"
        mine = dict(signed.signatures).get(key.id)
        return None if mine and key.verifies(signed.message, mine) else f"{key.id} has not signed its own announcement"

    def _vouched(self, signed: Signed, party: str, vouching: Mapping[str, PublicKey]) -> str | None:
        ended = [k for k, _ in signed.signatures if k in self.ended and k not in vouching]
        for name, signature in signed.signatures:
            if name in vouching:
                return (
                    None if vouching[name].verifies(signed.message, signature) else f"the signature of {name} is false"
                )
        if ended:
            return f"signed by {ended[0]}, which entry {self.ended[ended[0]]} revoked or replaced"
        return f"signed by no key of {party} that is good here"

    def _enter(self, index: int, statement: Mapping[str, Any]) -> None:
        party = statement["party"]
        if statement["type"] == "key":
            key = parse_public(statement["key"])
            self.good.setdefault(party, {})[key.id] = key
            if statement["replaces"]:
                self._end(party, statement["replaces"], index)
        elif statement["type"] == "revocation":
            self._end(party, statement["key"], index)

    def _end(self, party: str, key_id: str, index: int) -> None:
        del self.good[party][key_id]
        self.ended[key_id] = index
