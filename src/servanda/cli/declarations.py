"""Of `servanda exchange` what concerns forms: templates, validation, rules, generated declarations, comparison."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from servanda.cli.common import InstrumentArg, JsonOption, OnOption, put

InOption = Annotated[
    str | None, typer.Option("--in", metavar="INSTRUMENT", help="Under which instrument's exchange; the only one.")
]
FormatOption = Annotated[
    str | None,
    typer.Option("--format", metavar="xlsx|csv|json|parquet", help="By the ending of the name; for folders."),
]
NoticesOption = Annotated[
    list[Path] | None, typer.Option("--notice", metavar="FILE", help="A notice given since; may be repeated.")
]


def _progress(as_json: bool) -> Any:
    """Rows read, on standard error, where somebody watches."""
    if as_json or not sys.stderr.isatty():
        return None

    def show(rows: int) -> None:
        sys.stderr.write(f"\r{rows:,} rows read")
        sys.stderr.flush()

    return show


def _done() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r" + " " * 30 + "\r")


def written(value: Any, output: Path, line: str, as_json: bool) -> None:
    """Say which document was written where."""
    import json

    data = {
        "file": str(output), "instrument": value.instrument, "party": value.party, "document": value.document,
        "as_of": value.as_of.isoformat(), "synthetic": value.synthetic,
        "rows": {name: len(value.rows(name)) for name in value.tables},
    }  # fmt: skip
    sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n" if as_json else f"{line}\n")


def template(
    instrument: InstrumentArg,
    party: Annotated[str, typer.Option("--party", metavar="STATE", help="Whose document.")],
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day it is valid as of, YYYY-MM-DD.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write it; STATE-KIND-DATE.xlsx.")
    ] = None,
    document: Annotated[str, typer.Option("--document", metavar="KIND", help="annual, a notice, ...")] = "annual",
    last: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="An earlier document of the state, to fill it from.")
    ] = None,
    kind: FormatOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a blank document, or one filled from an earlier one."""
    from servanda.corpus import Corpus
    from servanda.exchange.formats import write
    from servanda.model.errors import InputError
    from servanda.questions.exchange import form_of, sound, types_of
    from servanda.questions.exchange import template as make

    corpus = Corpus.default()
    name, form = form_of(corpus, instrument)
    before = sound(corpus, last, name) if last is not None else None
    made = make(corpus, name, party=party, on=on, document=document, last=before)
    ending = f".{kind or 'xlsx'}" if kind not in ("csv", "parquet") else ""
    path = output or Path(f"{made.party}-{made.document}-{made.as_of}{ending}")
    if path.is_file():  # it may be filled in
        raise InputError("there is a file already", where=str(path), remedy="name another one with -o, or remove it")
    write(path, made, form, kind=kind, types=types_of(corpus, name))
    rows = sum(len(made.rows(s)) for s in made.tables)
    written(made, path, f"{made.title}: {len(made.tables)} sheets, {rows:,} rows, in {path}", as_json)


def validate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A workbook, JSON file, or folder of CSV or Parquet.")],
    instrument: InOption = None,
    last: Annotated[
        Path | None, typer.Option("--last", metavar="FILE", help="The document of the year before.")
    ] = None,
    notice: NoticesOption = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write the report as a page.")] = None,
    marked: Annotated[
        Path | None, typer.Option("--marked", metavar="FILE", help="Write the workbook again with its cells marked.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Hold a document against the rules. Exit code 1 where it is not valid."""
    from servanda.corpus import Corpus
    from servanda.model.errors import InputError
    from servanda.questions.exchange import validate as ask

    if marked is not None and (file.is_dir() or file.suffix.lower() != ".xlsx"):
        raise InputError("only a workbook can be marked", where=str(file), remedy="export it to .xlsx first")
    answer = ask(
        Corpus.default(), file, instrument, last=last, notices=notice or (), progress=_progress(as_json)
    )  # fmt: skip
    _done()
    if html is not None:
        from servanda.cli.files import write_whole
        from servanda.render.declarations import report_page

        write_whole(html, report_page(answer).encode())
    if marked is not None:
        from servanda.exchange.formats.workbook_mark import mark_workbook

        mark_workbook(file, marked, answer.value, answer.value.form)
    put(answer, as_json, breach_exits=True)


def rules(instrument: InOption = None, as_json: JsonOption = False) -> None:
    """The numbered rules, each with its clause, sentence and remedy."""
    from servanda.corpus import Corpus
    from servanda.questions.exchange import rules as ask

    put(ask(Corpus.default(), instrument), as_json)


def synthesize(
    instrument: InstrumentArg,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day they are valid as of, YYYY-MM-DD.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FOLDER", help="A new or empty folder.")],
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="The same seed makes the same declarations.")] = 1,
    objects: Annotated[int, typer.Option("--objects", metavar="N", help="About how many objects in all.")] = 5_000,
    scale: Annotated[int, typer.Option("--scale", metavar="N", help="Multiply everything, for load.")] = 1,
    party: Annotated[
        list[str] | None, typer.Option("--party", metavar="STATE", help="Write only this one; may be repeated.")
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="KIND", help="Kind of document; by the day.")
    ] = None,
    kind: FormatOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make declarations of all parties up, adding up to the record exactly; marked synthetic everywhere."""
    from servanda.corpus import Corpus
    from servanda.exchange.formats import write
    from servanda.model.errors import InputError
    from servanda.questions.exchange import form_of, types_of
    from servanda.questions.synthesize import synthesize as make

    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise InputError("there is something already", where=str(output), remedy="name a new folder")
    corpus = Corpus.default()
    chosen = {corpus.actors.find(p).code for p in party or ()}
    answer = make(corpus, instrument, on=on, seed=seed, objects=objects, scale=scale, document=document)
    name, form = form_of(corpus, instrument)
    output.mkdir(parents=True, exist_ok=True)
    ending = {"xlsx": ".xlsx", "json": ".json", None: ".json"}.get(kind, "")
    for made in answer.value:
        if not chosen or made.party in chosen:
            write(output / f"{made.party}{ending}", made, form, kind=kind, types=types_of(corpus, name))
    put(answer, as_json)


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A workbook, JSON file, or folder of CSV or Parquet.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write it.")],
    instrument: InOption = None,
    kind: FormatOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a document in another format; nothing is lost."""
    from servanda.corpus import Corpus
    from servanda.exchange.formats import write
    from servanda.questions.exchange import form_of, sound, types_of

    corpus = Corpus.default()
    name, form = form_of(corpus, instrument)
    value = sound(corpus, file, name)
    write(output, value, form, kind=kind, types=types_of(corpus, name))
    written(value, output, f"{value.title} in {output}", as_json)


def sites(
    instrument: InstrumentArg,
    on: OnOption,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write the list, CSV.")],
    declarations: Annotated[
        str, typer.Option("--declarations", metavar="STORE|PATH", help="A store, a file, or a folder of files.")
    ] = "exchange.db",
    as_json: JsonOption = False,
) -> None:
    """The declared objects of verification as a list for `servanda inspect`: travel and detection are filled in there."""
    from servanda.cli.files import write_whole
    from servanda.corpus import Corpus
    from servanda.questions.declared import read_declared
    from servanda.questions.declared_sites import csv_of, declared_sites

    corpus = Corpus.default()
    answer = declared_sites(corpus, instrument, read_declared(corpus, instrument, declarations), on=on)
    write_whole(output, csv_of(answer.value).encode())
    put(answer, as_json)


def compare(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="A year or day of the store, a file or a folder.")],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="The later one, likewise.")],
    database: Annotated[
        str | None,
        typer.Option("--database", metavar="STORE", help="Where years, days and notices are looked up; exchange.db."),
    ] = None,
    instrument: InOption = None,
    party: Annotated[
        list[str] | None, typer.Option("--party", metavar="STATE", help="Only this state; may be repeated.")
    ] = None,
    notice: NoticesOption = None,
    as_json: JsonOption = False,
) -> None:
    """What changed between two exchanges, unit by unit, and what should have been notified and was not."""
    from servanda.corpus import Corpus
    from servanda.questions.declared_changes import compare_declarations, declarations_of, notices_between

    corpus = Corpus.default()
    store = database or ("exchange.db" if Path("exchange.db").exists() else None)
    first, second = (declarations_of(corpus, instrument, which, store) for which in (before, after))
    wanted = {corpus.actors.find(p).code for p in party or ()}
    if wanted:
        first, second = (tuple(g for g in side if g.value.party in wanted) for side in (first, second))
    told = notices_between(corpus, instrument, store, notice or ())
    put(compare_declarations(corpus, instrument, first, second, notices=told), as_json)


def add_to(exchange: typer.Typer) -> None:
    """Put these commands into the group `exchange`."""
    for command in (template, validate, rules, synthesize, export, sites, compare):
        exchange.command()(command)
