"""`servanda corpus`: the record itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from servanda.cli.common import JsonOption, put

app = typer.Typer(help="The record: check it, list it, export it.", no_args_is_help=True, rich_markup_mode=None)
DataOption = Annotated[
    Path | None, typer.Option("--data", metavar="FOLDER", help="Another data folder than the packaged one.")
]


def _corpus(data: Path | None) -> Any:
    from servanda.corpus import Corpus

    return Corpus(data) if data else Corpus.default()


@app.command()
def check(
    instruments: Annotated[list[str] | None, typer.Argument(metavar="[INSTRUMENT]...", help="All by default.")] = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check references, sums, periods and entry into force; list recalled values and sources that differ."""
    from servanda.questions.integrity import check as run

    put(run(_corpus(data), instruments or ()), as_json, breach_exits=True)


@app.command("list")
def list_(data: DataOption = None, as_json: JsonOption = False) -> None:
    """The instruments and what is recorded of each."""
    from servanda.questions.integrity import listing

    put(listing(_corpus(data)), as_json)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write the JSON Schemas.")],
) -> None:
    """Write a JSON Schema for each kind of data file, for editors that complete and check."""
    from servanda.cli.files import write_whole
    from servanda.model.errors import InputError
    from servanda.questions.schemas import schemas

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"cannot make the folder ({error.strerror})", where=str(folder), remedy="name another"
        ) from None
    made = schemas()
    for name, text in made.items():
        write_whole(folder / name, text.encode())
    typer.echo(f"{len(made)} schemas in {folder}")
