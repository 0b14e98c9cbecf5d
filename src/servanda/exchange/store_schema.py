"""The tables of a store, as the newest migration leaves them (see `store_migrations`)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, MetaData, String, Table, Text

HEAD = "0003"  # the migration that leaves the tables as they are here

metadata = MetaData()

# One row: what the log is and how far it has come. It is what writers queue for.
log = Table(
    "log",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("origin", String(200), nullable=False),
    Column("key", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("peaks", LargeBinary, nullable=False),
)

entries = Table(
    "entries",
    metadata,
    Column("idx", BigInteger, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
    # what makes two submissions the same one; None for entries that carry none
    Column("identity", String(64), unique=True),
    Column("kind", String(20)),
    Column("instrument", String(60), index=True),
    Column("party", String(20), index=True),
    Column("document", String(40)),
    Column("as_of", String(10)),
    Column("received", String(20)),
    Column("synthetic", Boolean, nullable=False, default=False),
)

# What the commitment of an entry stands for. Not public.
payloads = Table(
    "payloads",
    metadata,
    Column("idx", BigInteger, primary_key=True, autoincrement=False),
    Column("salt", LargeBinary, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

# Hashes of full subtrees of height 0, 8, 16 ..., 256 a row, as in C2SP tlog-tiles.
tiles = Table(
    "tiles",
    metadata,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("idx", BigInteger, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False),
)

cosignatures = Table(
    "cosignatures",
    metadata,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("witness", String(200), primary_key=True),
    Column("line", Text, nullable=False),
)

# Which declaration was given to whom, and on which day: what was rightly received stays received.
deliveries = Table(
    "deliveries",
    metadata,
    Column("idx", BigInteger, primary_key=True, autoincrement=False),
    Column("recipient", String(20), primary_key=True),
    Column("day", String(10), nullable=False),
)

# Credentials of the programs' door. The secret itself is kept nowhere: its hash is.
tokens = Table(
    "tokens",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("hash", String(64), nullable=False),
    Column("role", String(20), nullable=False),
    Column("party", String(20)),
    Column("made", String(20), nullable=False),
    Column("expires", String(20), nullable=False),
    Column("revoked", String(20)),
    # how often it may still be used; None for as often as one likes
    Column("uses_left", Integer),
)
