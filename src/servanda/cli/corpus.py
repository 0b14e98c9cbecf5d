"""`servanda corpus` and `servanda new`: the record itself, and treaties of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from servanda.cli.common import JsonOption, put

app = typer.Typer(
    help="The record: check it, test it, list it, export its schemas.", no_args_is_help=True, rich_markup_mode=None
)


@app.command()
def check(
    instruments: Annotated[
        list[str] | None, typer.Argument(metavar="[INSTRUMENT]...", help="All by default; with --data those in it.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Check references, sums, periods and entry into force; list recalled values and sources that differ."""
    from servanda.corpus import Corpus
    from servanda.questions.integrity import check as run

    corpus = Corpus.default()
    put(run(corpus, instruments or corpus.own), as_json, breach_exits=True)


@app.command("test")
def test(
    instruments: Annotated[
        list[str] | None, typer.Argument(metavar="[INSTRUMENT]...", help="All by default; with --data those in it.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Ask the questions of an instrument's examples.yaml and hold the answers against those it expects."""
    from servanda.corpus import Corpus
    from servanda.questions.examples import run_examples

    corpus = Corpus.default()
    put(run_examples(corpus, instruments or corpus.own), as_json, breach_exits=True)


@app.command("list")
def list_(as_json: JsonOption = False) -> None:
    """The instruments and what is recorded of each."""
    from servanda.corpus import Corpus
    from servanda.questions.integrity import listing

    put(listing(Corpus.default()), as_json)


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


def new(
    instrument: Annotated[str, typer.Argument(metavar="ID", help="Id of your treaty, such as border-2001.")],
    within: Annotated[Path, typer.Option("--in", metavar="FOLDER", help="Where to make its folder.")] = Path(),
    as_json: JsonOption = False,
) -> None:
    """Make a folder for a treaty of your own: a small one that works, with comments that say how to make it yours."""
    import json

    from servanda.cli.files import write_whole
    from servanda.corpus import Corpus
    from servanda.model.errors import InputError
    from servanda.questions.new import starter

    files = starter(Corpus.default(), instrument)
    folder = within / instrument
    if folder.exists():
        raise InputError("is there already", where=str(folder), remedy="choose another id, or move it away")
    try:
        for name in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"cannot make the folder ({error.strerror})", where=str(folder), remedy="name another with --in"
        ) from None
    for name, text in files.items():
        write_whole(folder / name, text.encode())
    shown = [name for name in files if not name.startswith(".")]
    if as_json:
        told = {"instrument": instrument, "folder": str(folder), "files": list(files)}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    typer.echo(f"{folder}: {', '.join(shown)}")
    typer.echo(f"Next: servanda corpus check {instrument} --data {within}")
    typer.echo(f"      servanda corpus test {instrument} --data {within}")
    typer.echo(f"      servanda brief {instrument} --on 2002-06-01 --data {within}")


def schema(
    question: Annotated[
        str | None, typer.Argument(metavar="[QUESTION]", help="Such as standing or assess; left out: all of them.")
    ] = None,
) -> None:
    """The JSON Schema of what a question prints with --json."""
    import json

    from servanda.questions.schemas import answer_schema, answer_schemas

    made = answer_schemas() if question is None else answer_schema(question)
    typer.echo(json.dumps(made, ensure_ascii=False, indent=2))


@app.command("add-figures")
def add_figures(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Figures as CSV or Parquet, in the columns of holdings.")
    ],
    instrument: Annotated[str, typer.Option("--in", metavar="INSTRUMENT", help="Whose record they belong to.")],
    as_json: JsonOption = False,
) -> None:
    """Hold figures against the record before adding them: duplicates, bounds, sums, levels, verdicts. Writes nothing."""
    from servanda.corpus import Corpus
    from servanda.corpus.holdings import read_holdings
    from servanda.questions.add_figures import add_figures as run

    corpus = Corpus.default()
    put(run(corpus, instrument, read_holdings(file, corpus, instrument)), as_json, breach_exits=True)
