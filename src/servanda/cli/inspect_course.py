"""`servanda inspect reductions`: a register of reductions held against the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from servanda.cli.common import InstrumentArg, JsonOption, OnOption, ScenarioOption, put, treaty_of
from servanda.cli.inspect import app

Figures = list[str] | None


def _figures(entries: Figures, name: str) -> dict[str, int]:
    """`POL.battle_tank=1120` entries as a mapping."""
    from servanda.model.errors import InputError

    found = {}
    for entry in entries or ():
        key, _, number = entry.partition("=")
        try:
            found[key.strip()] = int(number.replace(",", ""))
        except ValueError:
            raise InputError(f"{entry!r} is no {name}", remedy="write POL.battle_tank=1120") from None
    return found


@app.command()
def reductions(
    instrument: InstrumentArg,
    register: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="CSV of reductions: party, category, type, method, items and their days."),
    ],
    on: OnOption,
    party: Annotated[str | None, typer.Option("--party", metavar="STATE", help="Only one party.")] = None,
    liability: Annotated[
        Figures,
        typer.Option("--liability", metavar="STATE.CATEGORY=N", help="What is to be reduced; may be repeated."),
    ] = None,
    level: Annotated[
        Figures,
        typer.Option("--level", metavar="STATE.CATEGORY=N", help="Level notified at signature; may be repeated."),
    ] = None,
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """How far each party has worked off its reduction liability: methods, caps, phases, certificates, notices."""
    from servanda.questions.inspect_reduction import inspect_reductions
    from servanda.verification.register import read_register

    treaty = treaty_of(instrument, scenario)
    answer = inspect_reductions(
        treaty.corpus,
        instrument,
        on=on,
        register=read_register(register),
        liabilities=_figures(liability, "liability"),
        levels=_figures(level, "level"),
        party=party,
    )
    put(answer, as_json)


__all__ = ["app"]
