"""`servanda gaps`: which figure to look for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from servanda.cli.common import InstrumentArg, JsonOption, OnOption, ScenarioOption, put, treaty_of


def gaps(
    instrument: InstrumentArg,
    on: OnOption,
    limit: Annotated[
        list[str] | None, typer.Option("--limit", metavar="CITE", help="Only this limit; may be repeated.")
    ] = None,
    prospective: Annotated[bool, typer.Option("--prospective", help="Judge before the day the limit applies.")] = False,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write them as CSV too.")] = None,
    research: Annotated[
        Path | None,
        typer.Option("--list", metavar="FILE", help="Write a list for research, with where such figures were printed."),
    ] = None,
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """Which unknown figures would decide most verdicts, whatever they are."""
    treaty = treaty_of(instrument, scenario)
    answer = treaty.gaps(on=on, limits=limit, prospective=prospective)
    if csv is not None or research is not None:
        from servanda.cli.files import write_whole
        from servanda.questions.gaps import as_csv, as_list

        if csv is not None:
            write_whole(csv, as_csv(answer.value).encode())
        if research is not None:
            write_whole(research, as_list(treaty.corpus, treaty.id, answer.value).encode())
    put(answer, as_json)
