"""Credentials for programs: who holds one, what for, until when; hashed, expiring, revocable, countable.

A token is `svd_<id>_<secret>`. The store keeps the id and a SHA-256 of the secret: a secret of 32 random bytes needs no
slow hash, and nobody who reads the store can use it. A token made for a number of uses is refused once they are used up,
so that one that was overheard cannot be played again.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import select

from servanda.exchange.store_schema import tokens
from servanda.model.errors import InputError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from servanda.exchange.store import Store

_FORM = re.compile(r"svd_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_TIME = "%Y-%m-%dT%H:%M:%SZ"
MOST_DAYS = 366


class Role(StrEnum):
    """What the holder of a token may do."""

    OFFICER = "officer"
    """Submits for one state, and reads what that state may read."""
    READER = "reader"
    """Reads what one state may read."""
    AUDITOR = "auditor"
    """Reads the list of declarations and the record of who read what; no declaration."""
    ADMINISTRATOR = "administrator"
    """Makes and revokes tokens and admits keys; reads no declaration."""


OF_A_STATE = (Role.OFFICER, Role.READER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A credential as the store knows it."""

    id: str
    role: Role
    party: str | None
    made: str
    expires: str
    revoked: str | None = None
    uses_left: int | None = None


class Unauthorised(InputError):
    """A credential that does not count: missing, malformed, unknown, expired, revoked or used up."""


class NotAllowed(InputError):
    """The holder of a credential that counts may not do this."""


def need(token: Token, *roles: Role) -> None:
    """Refuse with NotAllowed unless the token has one of these roles."""
    if token.role not in roles:
        raise NotAllowed(f"the role {token.role} may not do this; it takes {' or '.join(roles)}")


def issue(
    store: Store,
    role: str,
    party: str | None = None,
    *,
    days: int = 30,
    uses: int | None = None,
    at: datetime | None = None,
) -> tuple[Token, str]:
    """A new token and the text of it, which is told once and kept nowhere.

    InputError for an unknown role, a state where the role has none (or the reverse), or days or uses out of range.
    """
    if role not in list(Role):
        raise InputError(f"no role {role!r}", remedy=f"give one of {', '.join(Role)}")
    kind = Role(role)
    if (kind in OF_A_STATE) != (party is not None):
        raise InputError(
            f"the role {role} is {'of a state' if kind in OF_A_STATE else 'of no state'}",
            remedy="name the state" if kind in OF_A_STATE else "leave the state out",
        )
    if not 1 <= days <= MOST_DAYS:
        raise InputError(f"a token lasts 1 to {MOST_DAYS} days, not {days}", remedy="give another number of days")
    if uses is not None and not 1 <= uses <= 1_000_000:
        raise InputError(f"a token has 1 to 1,000,000 uses, not {uses}", remedy="give another number of uses")
    now = at or datetime.now(UTC)
    name, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    made = Token(
        id=name,
        role=kind,
        party=party,
        made=now.strftime(_TIME),
        expires=(now + timedelta(days=days)).strftime(_TIME),
        uses_left=uses,
    )
    with store.transaction(writes=True) as link:
        link.execute(
            tokens.insert().values(
                id=name, hash=_hash(secret), role=kind.value, party=party, made=made.made, expires=made.expires,
                revoked=None, uses_left=uses,
            )
        )  # fmt: skip
    return made, f"svd_{name}_{secret}"


def check(store: Store, text: str, *, at: datetime | None = None) -> Token:
    """The token of a text, one use of it counted. Unauthorised where it does not count."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise Unauthorised("the token is malformed", remedy="send the token as it was given to you")
    name, secret = found.groups()
    now = (at or datetime.now(UTC)).strftime(_TIME)
    with store.transaction() as link:
        row = _row(link, name)
    if row is None or not hmac.compare_digest(row.hash, _hash(secret)):
        raise Unauthorised("the token is not known here", remedy="ask the keeper of the store for one")
    if row.revoked is not None:
        raise Unauthorised(
            f"the token was revoked on {row.revoked}", remedy="ask the keeper of the store for a new one"
        )
    if row.expires <= now:
        raise Unauthorised(f"the token expired on {row.expires}", remedy="ask the keeper of the store for a new one")
    if row.uses_left is not None:
        _use(store, name)
    return _token(row)


def _use(store: Store, name: str) -> None:
    """Count one use: two at once cannot both have the last one."""
    left = tokens.c.uses_left
    with store.transaction(writes=True) as link:
        done = link.execute(tokens.update().where((tokens.c.id == name) & (left > 0)).values(uses_left=left - 1))
        if done.rowcount != 1:
            raise Unauthorised("the token was used already", remedy="ask the keeper of the store for a new one")


def revoke(store: Store, name: str, *, at: datetime | None = None) -> Token:
    """Revoke a token. InputError where no token has that id."""
    now = (at or datetime.now(UTC)).strftime(_TIME)
    with store.transaction(writes=True) as link:
        row = _row(link, name)
        if row is None:
            raise InputError(f"no token {name!r}", remedy="list them first")
        if row.revoked is None:
            link.execute(tokens.update().where(tokens.c.id == name).values(revoked=now))
        return _token(_row(link, name) or row)


def listed(store: Store) -> tuple[Token, ...]:
    """All tokens that were ever made, the oldest first."""
    with store.transaction() as link:
        return tuple(_token(r) for r in link.execute(select(tokens).order_by(tokens.c.made, tokens.c.id)))


def _row(link: Connection, name: str) -> Row[tuple[object, ...]] | None:
    return link.execute(select(tokens).where(tokens.c.id == name)).one_or_none()


def _token(row: object) -> Token:
    names = ("id", "party", "made", "expires", "revoked", "uses_left")
    return Token(role=Role(row.role), **{n: getattr(row, n) for n in names})  # type: ignore[attr-defined]


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
