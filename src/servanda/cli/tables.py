"""Participation tables of a user's own: asked on a day, written as a table of days, held against another copy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import typer

from servanda.cli.common import JsonOption, put

app = typer.Typer(help="Ready rules for the best-known treaties of depositaries.", no_args_is_help=True)


@app.command("list")
def list_(as_json: JsonOption = False) -> None:
    """The rules that come with Servanda; use one with `servanda standing --acts FILE --rules ID`."""
    from servanda.questions.table import rules_listing

    put(rules_listing(), as_json)


def _progress(as_json: bool) -> Callable[[int, int], None] | None:
    """How much of a large table has been read, on standard error, where somebody watches."""
    if as_json or not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        sys.stderr.write(f"\r{done / 1e6:,.0f} of {total / 1e6:,.0f} MB read")
        sys.stderr.flush()

    return show


def table_question(
    acts: Path,
    rules: Path,
    *,
    on: str,
    party: str | None,
    reading: str,
    table: Path | None,
    diff: Path | None,
    full: bool,
    as_json: bool,
) -> None:
    """Ask a table of the user's own, and write or compare where that is wanted."""
    from servanda.questions.table import differences, histories, standing_of_table

    if diff is not None:
        put(differences(acts, diff, rules, on=on, reading=reading), as_json)
        return
    answer = standing_of_table(acts, rules, on=on, party=party, reading=reading, progress=_progress(as_json))
    if table is not None:
        from servanda.cli.files import write_whole

        write_whole(table, histories(acts, rules, reading=reading).encode())
    put(answer, as_json, full=full)
