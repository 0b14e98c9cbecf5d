"""`servanda site`: the record as files for any web host."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from servanda.model.errors import InputError


def site(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FOLDER", help="A new or empty folder.")],
    language: Annotated[str, typer.Option("--language", metavar="en|de", help="Of the interface's words.")] = "en",
    every_day: Annotated[
        bool, typer.Option("--every-day/--last-day", help="A page for every day something changed, or the last alone.")
    ] = True,
    show: Annotated[
        Path | None,
        typer.Option("--show", metavar="FILE", help="A list of questions (YAML); each answer becomes a page."),
    ] = None,
) -> None:
    """Write the record as linked pages for any web host: treaties, timeline, articles, parties, sources, search."""
    from servanda.web.shown import read_list
    from servanda.web.site import write
    from servanda.web.words import LANGUAGES

    if language not in LANGUAGES:
        raise InputError(f"no language {language!r}", remedy=f"choose one of {', '.join(LANGUAGES)}")
    from servanda.corpus import Corpus

    files, size = write(
        Corpus.default(), output, days=every_day, language=language, shown=read_list(show) if show else ()
    )
    sys.stdout.write(f"{files:,} files, {size / 1e6:,.1f} MB, in {output}; open {output / 'index.html'}\n")
