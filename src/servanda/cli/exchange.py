"""`servanda exchange`: declarations, how they are signed, submitted and read."""

from __future__ import annotations

import typer

from servanda.cli import declarations, ledger

app = typer.Typer(
    help="Declarations: prepare, validate, compare, sign, submit, keep, and read what one is entitled to.",
    epilog="A document goes: template, validate, sign, submit. Before the first: init, keys new, keys admit.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
declarations.add_to(app)
ledger.add_to(app)
