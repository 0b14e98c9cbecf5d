"""Where declarations and the ledger are kept: one SQLite file (write-ahead log), or a PostgreSQL database by URL.

    store = Store.create("exchange.db", "example.org/exchange", log_key)
    receipt = store.submit(signed, payload, log_key)

A submission is one transaction: entry, tiles, declaration and checkpoint are there together or not at all, and the receipt
is returned after the commit. Writers queue; the same bytes again give the entry they have.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, func, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from servanda.exchange import log as ledger
from servanda.exchange.canonical import canonical, parse_canonical
from servanda.exchange.declaration import FACTS, Payload
from servanda.exchange.keys import PublicKey, SecretKey, parse_public
from servanda.exchange.log_entries import Entry, KeyRing, Signed, commitment, now, parse_entry
from servanda.exchange.notes import Note
from servanda.exchange.proofs import ConsistencyProof, InclusionProof
from servanda.exchange.store_schema import HEAD, cosignatures, deliveries, entries, log, metadata, payloads
from servanda.model.errors import InputError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

WAIT = 120.0  # seconds a writer waits for its turn
MOST_PAYLOAD = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the ledger gives back: the entry, the checkpoint that covers it, and whether it was there before."""

    index: int
    note: Note
    again: bool


@dataclass(frozen=True, slots=True)
class Declared:
    """A declaration in the store: its entry's index and what the entry says of it; `data` is its canonical JSON."""

    index: int
    instrument: str
    party: str
    document: str
    as_of: str
    received: str
    synthetic: bool
    data: bytes

    @property
    def value(self) -> Any:
        """The declaration as plain data."""
        return parse_canonical(self.data)


def _engine(place: str) -> Engine:
    try:
        if "://" not in place:
            engine = create_engine(f"sqlite:///{place}", connect_args={"timeout": WAIT})
        elif make_url(place).get_backend_name() in ("sqlite", "postgresql"):
            engine = create_engine(place)
        else:
            raise ArgumentError("neither SQLite nor PostgreSQL")
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError):
        raise InputError(
            "not a database address", remedy="give a file, or postgresql+psycopg://USER@HOST/NAME"
        ) from None
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _connected(link: Any, _: Any) -> None:
            link.isolation_level = None  # the driver would begin transactions too late
            for line in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
                link.execute(f"PRAGMA {line}")

        @event.listens_for(engine, "begin")
        def _begun(link: Connection) -> None:
            writes = link.get_execution_options().get("writes")
            link.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


class Store:
    """An open store. Make one with `Store.create`, open one with `Store.open`; close it when done."""

    def __init__(self, place: str, engine: Engine) -> None:
        self.place, self._engine = place, engine

    @classmethod
    def create(cls, place: str | Path, origin: str, key: PublicKey) -> Store:
        """A new store with an empty ledger of that name and key. InputError where there is one already."""
        store = cls(str(place), _engine(str(place)))
        with store.transaction(writes=True) as link:
            if inspect(link).has_table("log"):
                raise InputError("a store already exists there", where=store.shown, remedy="name another place")
            _migrate(link, "head")
            link.execute(log.insert().values(id=1, origin=origin, key=str(key), size=0, peaks=b""))
        return store

    @classmethod
    def open(cls, place: str | Path) -> Store:
        """An existing store, brought forward to the newest schema. InputError where there is none."""
        store = cls(str(place), _engine(str(place)))
        if "://" not in store.place and not Path(store.place).is_file():
            raise InputError("no such store", where=store.shown, remedy="make one with `Store.create()`")
        with store.transaction() as link:
            at = _schema_of(link)
        if at is None:
            raise InputError("not a store of declarations", where=store.shown, remedy="give the file of a store")
        if at > HEAD:
            raise InputError(
                f"the store has the schema {at}, newer than {HEAD}", where=store.shown, remedy="use a newer Servanda"
            )
        if at < HEAD:
            with store.transaction(writes=True) as link:
                _migrate(link, "head")
        return store

    @property
    def shown(self) -> str:
        """The place as messages may show it: without a password."""
        return make_url(self.place).render_as_string() if "://" in self.place else self.place

    def close(self) -> None:
        """Let the connections go."""
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self, *, writes: bool = False) -> Iterator[Connection]:
        """A connection in a transaction: committed at the end, or undone whole. InputError where the database refuses."""
        try:
            with self._engine.connect() as link:
                steady = {} if self._engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
                with link.execution_options(writes=writes, **({} if writes else steady)).begin():
                    yield link
        except (DBAPIError, sqlite3.Error) as error:  # what a damaged file raises on the way in comes unwrapped
            cause = str(error.orig if isinstance(error, DBAPIError) else error).strip()
            first = cause.splitlines()[0] if cause else "no answer"
            damaged = "malformed" in first or "not a database" in first
            raise InputError(
                f"the database refuses: {first}",
                where=self.shown,
                remedy="restore it from a backup" if damaged else "check the address",
            ) from None

    def head(self) -> ledger.Head:
        """The ledger's name, key, size and root."""
        with self.transaction() as link:
            return ledger.head(link)

    def ring(self) -> KeyRing:
        """The keys of the parties as the ledger has them now."""
        with self.transaction() as link:
            return _ring(link, ledger.head(link))

    def submit(self, signed: Signed, payload: bytes | None, key: SecretKey, *, received: str | None = None) -> Receipt:
        """Enter a signed statement, and the declaration it commits to. InputError where it may not be entered.

        `key` is the ledger's own, which signs the checkpoint. Returned after the commit: what is acknowledged is kept.
        """
        facts = _checked_payload(signed, payload)
        identity = _identity(signed, payload)
        with self.transaction(writes=True) as link:
            top = ledger.head(link, lock=True)
            known = link.execute(select(entries.c.idx).where(entries.c.identity == identity)).scalar()
            if known is not None:
                return Receipt(known, ledger.publish(link, top, key), True)
            wrong = _ring(link, top).refuses(signed)
            if wrong:
                raise InputError(wrong, remedy="admit its key to the ledger first, or sign with one that is good")
            entry = Entry(received or now(), signed)
            index = top.size
            row = {
                "body": entry.as_bytes(),
                "identity": identity,
                "kind": signed.statement["type"],
                "received": entry.received,
                "synthetic": False,
                "party": signed.statement["party"],
                **dict.fromkeys(("instrument", "document", "as_of")),
                **facts,
            }
            note = ledger.append(link, top, [row], key)
            assert note is not None
            if payload is not None:
                link.execute(payloads.insert().values(idx=index, salt=signed.salt, data=payload))
        return Receipt(index, note, False)

    def checkpoint(self, key: SecretKey | None = None, size: int | None = None) -> Note:
        """The checkpoint of a size or the newest; with the ledger's key the head is signed first."""
        with self.transaction(writes=key is not None) as link:
            if key is not None:
                ledger.publish(link, ledger.head(link, lock=True), key)
            note = ledger.checkpoint_at(link, size)
        if note is None:
            raise InputError("no such checkpoint", where=self.shown, remedy="sign one with the ledger's key")
        return note

    def add_cosignature(self, size: int, witness: PublicKey, line: str) -> None:
        """Keep a witness's line with the checkpoint of a size. InputError where it does not verify."""
        from servanda.exchange.notes import parse_line

        with self.transaction(writes=True) as link:
            note = ledger.checkpoint_at(link, size)
            found = parse_line(line)
            if note is None or Note(note.text, (found,)).cosigned_by(witness) is None:
                raise InputError(
                    f"not a cosignature of {witness.name} on the checkpoint of {size}", remedy="ask the witness again"
                )
            here = (cosignatures.c.size == size) & (cosignatures.c.witness == witness.name)
            link.execute(cosignatures.delete().where(here))
            link.execute(cosignatures.insert().values(size=size, witness=witness.name, line=str(found)))

    def prove(self, index: int, size: int | None = None) -> InclusionProof:
        """The proof that an entry is in the ledger."""
        with self.transaction() as link:
            return ledger.prove_inclusion(link, index, size)

    def declarations(
        self,
        *,
        instrument: str | None = None,
        party: str | None = None,
        document: str | None = None,
        until: str | None = None,
    ) -> Iterator[Declared]:
        """The declarations in the order of entries; `until` leaves out what is valid as of a later day (`YYYY-MM-DD`)."""
        query = select(entries, payloads.c.data).join(payloads, payloads.c.idx == entries.c.idx).order_by(entries.c.idx)
        for column, value in (
            (entries.c.instrument, instrument),
            (entries.c.party, party),
            (entries.c.document, document),
        ):
            if value is not None:
                query = query.where(column == value)
        if until is not None:
            query = query.where(entries.c.as_of <= until)
        with self.transaction() as link:
            for row in link.execute(query.execution_options(yield_per=8)):
                yield _declared(row)

    def entries(self, *, limit: int, offset: int = 0, kind: str | None = None) -> tuple[int, list[tuple[int, bytes]]]:
        """How many entries there are (of a kind), and (index, bytes) of some of them in order."""
        query = select(entries.c.idx, entries.c.body).order_by(entries.c.idx).limit(limit).offset(offset)
        count = select(func.count()).select_from(entries)
        if kind is not None:
            query, count = query.where(entries.c.kind == kind), count.where(entries.c.kind == kind)
        with self.transaction() as link:
            total = link.execute(count).scalar_one()
            return int(total), [(row.idx, bytes(row.body)) for row in link.execute(query)]

    def listing(self, *, limit: int, offset: int = 0) -> tuple[int, list[dict[str, Any]]]:
        """How many declarations there are, and what the ledger says openly of some of them, in order."""
        names = ("instrument", "party", "document", "as_of", "received", "synthetic")
        mine = entries.c.kind == "declaration"
        columns = [entries.c.idx, *(entries.c[n] for n in names)]
        query = select(*columns).where(mine).order_by(entries.c.idx).limit(limit).offset(offset)
        with self.transaction() as link:
            total = link.execute(select(func.count()).select_from(entries).where(mine)).scalar_one()
            rows = [{"entry": r.idx, **{n: getattr(r, n) for n in names}} for r in link.execute(query)]
        return int(total), rows

    def prove_growth(self, since: int, size: int | None = None) -> ConsistencyProof:
        """The proof that the ledger begins with what it was at a size."""
        with self.transaction() as link:
            return ledger.prove_consistency(link, since, size)

    def declaration(self, index: int) -> Declared:
        """The declaration of one entry. InputError where that entry holds none."""
        query = select(entries, payloads.c.data).join(payloads, payloads.c.idx == entries.c.idx)
        with self.transaction() as link:
            row = link.execute(query.where(entries.c.idx == index)).one_or_none()
        if row is None:
            raise InputError(f"entry {index} holds no declaration", where=self.shown, remedy="list them first")
        return _declared(row)

    def signed(self, index: int) -> Signed:
        """The signed statement of a declaration's entry, with the salt that opens its commitment."""
        query = select(entries.c.body, payloads.c.salt).join(payloads, payloads.c.idx == entries.c.idx)
        with self.transaction() as link:
            row = link.execute(query.where(entries.c.idx == index)).one_or_none()
        if row is None:
            raise InputError(f"entry {index} holds no declaration", where=self.shown, remedy="list them first")
        found = parse_entry(bytes(row.body)).signed
        return Signed(found.statement, found.signatures, bytes(row.salt))

    def record_delivery(self, index: int, recipient: str, day: str) -> None:
        """Keep that a declaration was given to a party on a day; the first day stays."""
        with self.transaction(writes=True) as link:
            if _delivered(link, index, recipient) is None:
                link.execute(deliveries.insert().values(idx=index, recipient=recipient, day=day))

    def delivered(self, index: int, recipient: str) -> str | None:
        """The day on which a declaration was given to a party, None if it was not."""
        with self.transaction() as link:
            return _delivered(link, index, recipient)


def _delivered(link: Connection, index: int, recipient: str) -> str | None:
    here = (deliveries.c.idx == index) & (deliveries.c.recipient == recipient)
    found = link.execute(select(deliveries.c.day).where(here)).scalar()
    return None if found is None else str(found)


def _declared(row: Any) -> Declared:
    return Declared(
        row.idx, row.instrument, row.party, row.document, row.as_of, row.received, bool(row.synthetic), bytes(row.data)
    )


def _ring(link: Connection, top: ledger.Head) -> KeyRing:
    """The keys, replayed from the entries about keys alone: their order is all that counts."""
    ring = KeyRing(parse_public(top.key))
    query = select(entries.c.idx, entries.c.body).where(entries.c.kind.in_(("key", "revocation")))
    for idx, body in link.execute(query.order_by(entries.c.idx)):
        ring.take(idx, parse_entry(bytes(body)).signed)
    return ring


def _identity(signed: Signed, payload: bytes | None) -> str:
    """What makes two submissions the same: the declaration's bytes and party, not the salt and time of signing."""
    if payload is None:
        return sha256(canonical(signed.statement)).hexdigest()
    return sha256(b"declaration\n" + signed.statement["party"].encode() + b"\n" + payload).hexdigest()


def facts_of(payload: bytes) -> dict[str, Any]:
    """What the ledger says openly of a declaration, read from its canonical JSON. InputError where it does not say it."""
    return dict(payload.facts if isinstance(payload, Payload) else _facts_of(payload))


@lru_cache(maxsize=1)
def _facts_of(payload: bytes) -> tuple[tuple[str, Any], ...]:
    # whoever signs a declaration and then submits it has the same bytes read twice; one is kept, not more
    return tuple(facts_in(parse_canonical(payload)).items())


def facts_in(value: Any) -> dict[str, Any]:
    """The same of a declaration as plain data."""
    if not isinstance(value, Mapping):
        raise InputError("a declaration is one JSON object", remedy="give the declaration as the forms write it")
    facts = {k: value.get(k, False if k == "synthetic" else None) for k in FACTS}
    missing = [k for k in FACTS if not isinstance(facts[k], bool if k == "synthetic" else str)]
    if missing:
        raise InputError(
            f"the declaration does not say its {', '.join(missing)}",
            remedy="give the declaration as the forms write it",
        )
    return facts


def _checked_payload(signed: Signed, payload: bytes | None) -> dict[str, Any]:
    statement = signed.statement
    if statement["type"] != "declaration":
        if payload is not None:
            raise InputError("only a declaration comes with a document", remedy="submit the statement alone")
        return {}
    if payload is None:
        raise InputError("the declaration itself is missing", remedy="submit it together with its signature")
    if len(payload) > MOST_PAYLOAD:
        raise InputError(f"the declaration is longer than {MOST_PAYLOAD:,} bytes", remedy="divide it")
    if commitment(signed.salt, payload) != statement["commitment"] or len(payload) != statement["size"]:
        raise InputError(
            "the signature is not of this declaration", remedy="sign it again, or give the file that was signed"
        )
    facts = facts_of(payload)
    wrong = [k for k in FACTS if facts[k] != statement[k]]
    if wrong:
        raise InputError(
            f"the signed statement and the declaration differ in {', '.join(wrong)}",
            remedy="sign the declaration again",
        )
    return facts


def _schema_of(link: Connection) -> str | None:
    if not inspect(link).has_table("alembic_version") or not inspect(link).has_table("log"):
        return None
    found = link.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _migrate(link: Connection, to: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "store_migrations").replace("%", "%%"))
    config.attributes["connection"] = link
    command.upgrade(config, to)


def copy(source: Store, target: Store) -> int:
    """Copy a store into an empty one of the same schema, in one reading of the source; the number of entries."""
    with source.transaction() as out, target.transaction(writes=True) as into:
        for table in metadata.sorted_tables:
            rows = out.execution_options(yield_per=500).execute(table.select())
            for part in rows.mappings().partitions(500):
                into.execute(table.insert(), [dict(r) for r in part])
        return ledger.head(into).size


def backup(store: Store, path: Path) -> int:
    """Write the store, SQLite or PostgreSQL, into one new SQLite file, whole or not at all; the number of entries."""
    if path.exists():
        raise InputError("there is a file already", where=str(path), remedy="name a new one")
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        with _blank(str(part)) as target:
            count = copy(store, target)
        with sqlite3.connect(part) as link:  # one file, with no log beside it
            link.execute("PRAGMA journal_mode = DELETE")
        link.close()
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return count


def restore(path: Path, place: str) -> int:
    """Put a backup into a new store; the number of entries. InputError where there is a store already."""
    with Store.open(path) as source, _blank(place) as target:
        return copy(source, target)


def _blank(place: str) -> Store:
    store = Store(place, _engine(place))
    with store.transaction(writes=True) as link:
        if inspect(link).has_table("log"):
            raise InputError("a store already exists there", where=store.shown, remedy="name another place")
        _migrate(link, "head")
    return store
