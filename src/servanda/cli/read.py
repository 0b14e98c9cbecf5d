"""`servanda read`: documents, web archives and piles of both, held against the record."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servanda.cli.common import JsonOption, put

if TYPE_CHECKING:
    from servanda.intake.items import Options

MOST_TOLD = 50  # documents that failed told on standard error; the tables and the JSON name all


def read(
    sources: Annotated[
        list[str], typer.Argument(metavar="FILE|DIR|-...", help="Documents, folders, web archives; - for input.")
    ],
    dateline: Annotated[
        list[str] | None,
        typer.Option(
            "--dateline", metavar="DATE|NAME=DATE", help="The day written, of all or of one; may be repeated."
        ),
    ] = None,
    engine: Annotated[str, typer.Option("--engine", metavar="local|dask", help="Where the work is done.")] = "local",
    address: Annotated[
        str | None,
        typer.Option("--address", metavar="HOST:PORT", help="Of a Dask scheduler; without it a local cluster."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", metavar="N", min=1, help="Processes; as many as cores.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE.parquet", help="Stream claims and documents into tables; goes on where it stopped."
        ),
    ] = None,
    propose: Annotated[
        Path | None, typer.Option("--propose", metavar="FILE.yaml", help="Write acts not in the record, for review.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE.html", help="Write the marked-up texts as a page.")
    ] = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Give the text that the places of claims refer to.")
    ] = False,
    field: Annotated[
        list[str] | None,
        typer.Option(
            "--field", metavar="ROLE=NAME", help="Field or column of text, title, date, url or name; may be repeated."
        ),
    ] = None,
    column: Annotated[
        str | None, typer.Option("--column", metavar="NAME", help="The same as --field text=NAME.")
    ] = None,
    max_mb: Annotated[int, typer.Option("--max-mb", min=1, help="Largest document that is read.")] = 10,
    max_seconds: Annotated[float, typer.Option("--max-seconds", min=0.1, help="Longest time for one document.")] = 60.0,
    as_json: JsonOption = False,
) -> None:
    """Find what documents say of treaties and hold it against the record."""
    from servanda.intake.take import spooled
    from servanda.model.errors import InputError

    options = _options(dateline, field, column, max_mb, max_seconds, screened=out is not None)
    if out is not None and (propose is not None or html is not None):
        raise InputError(
            "--out streams documents one by one, but --propose and --html need all of them together",
            remedy="leave out --out, or the other two",
        )
    with ExitStack() as stack:
        named: list[Any] = []
        for source in sources:
            if source != "-":
                named.append(source)
                continue
            path = Path(spooled(sys.stdin.buffer))
            stack.callback(path.unlink, missing_ok=True)
            named.append((str(path), "-"))
        how: dict[str, Any] = {"engine": engine, "address": address, "workers": workers, "with_text": with_text}
        how["progress"] = stack.enter_context(_bar())
        _answered(named, options, how, out, propose, html, as_json, stack)


def _answered(
    sources: list[Any],
    options: Options,
    how: dict[str, Any],
    out: Path | None,
    propose: Path | None,
    html: Path | None,
    as_json: bool,
    stack: ExitStack,
) -> None:
    from servanda.cli.files import write_whole
    from servanda.questions import pile

    if out is not None:
        answer: Any = pile.read_into(sources, out, options, **how)
    else:
        answer = pile.read_all(sources, options, **how)
    stack.close()  # the bar ends before anything is printed
    for failed in answer.data["failed"][:MOST_TOLD]:
        sys.stderr.write(f"servanda: {failed['name']}: {failed['why']}\n")
    if (more := len(answer.data["failed"]) - MOST_TOLD) > 0:
        sys.stderr.write(f"servanda: and {more:,} more that could not be read\n")
    if propose is not None:
        from servanda.corpus import Corpus
        from servanda.findings.propose import as_yaml, proposals

        told = [(r.read.name, r.read.dateline, r.held) for r in answer.value.documents]
        write_whole(propose, as_yaml(proposals(Corpus.default(), told)).encode())
    if html is not None:
        from servanda.render.reading_html import page

        write_whole(html, page(answer).encode())
    put(answer, as_json)


def _options(
    dateline: list[str] | None,
    field: list[str] | None,
    column: str | None,
    max_mb: int,
    max_seconds: float,
    *,
    screened: bool,
) -> Options:
    from servanda.intake.items import MB, Fields, Limits, Options
    from servanda.model.errors import InputError

    common, by_name = None, {}
    for text in dateline or ():
        name, _, day = text.rpartition("=")
        try:
            written = date.fromisoformat(day).isoformat()
        except ValueError:
            raise InputError(
                f"{day!r} is not a day", where="--dateline", remedy="write YYYY-MM-DD or NAME=YYYY-MM-DD"
            ) from None
        if name:
            by_name[name] = written
        elif common is not None:
            raise InputError(
                "two datelines for all", where="--dateline", remedy="give one, and NAME=DATE for the others"
            )
        else:
            common = written
    fields: dict[str, str] = {"text": column} if column else {}
    for text in field or ():
        role, mark, name = text.partition("=")
        if not mark or not name or role not in Fields.__dataclass_fields__:
            what = f"{text!r} names no field"
            raise InputError(what, where="--field", remedy="write ROLE=NAME; roles are text, title, date, url, name")
        fields[role] = name
    return Options(
        dateline=common,
        datelines=by_name,
        fields=Fields(**fields),
        limits=Limits(document=max_mb * MB, seconds=max_seconds),
        screened=screened,
    )


@contextmanager
def _bar() -> Iterator[Callable[[int, int, str], None] | None]:
    """A progress bar on standard error, where that is a terminal."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("reading"),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[word]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("reading", total=None, word="")
        yield lambda done, total, word: progress.update(task, completed=done, total=total, word=word)
