"""Cosignatures of witnesses, what was delivered to whom, and which entries are synthetic."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the tables, and read from each entry whether what it stands for is synthetic."""
    op.create_table(
        "cosignatures",
        sa.Column("size", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("witness", sa.String(200), primary_key=True),
        sa.Column("line", sa.Text, nullable=False),
    )
    op.create_table(
        "deliveries",
        sa.Column("idx", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("recipient", sa.String(20), primary_key=True),
        sa.Column("day", sa.String(10), nullable=False),
    )
    op.add_column("entries", sa.Column("synthetic", sa.Boolean, nullable=False, server_default=sa.false()))
    entries = sa.table(
        "entries",
        sa.column("idx", sa.BigInteger),
        sa.column("body", sa.LargeBinary),
        sa.column("kind", sa.String),
        sa.column("synthetic", sa.Boolean),
    )
    link = op.get_bind()
    stored = link.execute(sa.select(entries.c.idx, entries.c.body).where(entries.c.kind == "declaration"))
    marked = [idx for idx, body in stored if json.loads(bytes(body))["statement"].get("synthetic")]
    for idx in marked:
        link.execute(entries.update().where(entries.c.idx == idx).values(synthetic=True))
