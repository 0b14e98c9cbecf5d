"""`servanda report`: a document for people who read on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from servanda.cli.common import InstrumentArg, JsonOption, OnOption, ReadingOption, ScenarioOption


def report(
    instrument: InstrumentArg,
    on: OnOption,
    out: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=".pdf, .md or .html.")],
    reading: ReadingOption = "depositary",
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """A report of a few pages: the brief, map, duties, verdicts, disputes, deadlines, sources, what is not known."""
    import json

    from servanda.cli.files import check_folder, write_whole
    from servanda.corpus import Corpus
    from servanda.questions import load
    from servanda.report.write import format_of

    form = format_of(out)  # refused before any work
    check_folder(out)
    corpus, laid = Corpus.default(), []
    if scenario:
        from servanda.scenario import apply, load_scenario

        chosen = [load_scenario(s) for s in scenario]
        corpus, laid = apply(corpus, chosen), [s.title for s in chosen]
    treaty = load(instrument, corpus)

    from servanda.report import build, written

    content = build(treaty, on=on, reading=reading, scenarios=laid)
    made = written(content, form)
    write_whole(out, made)
    if as_json:
        told = {
            "instrument": instrument,
            "on": on,
            "reading": reading,
            "file": str(out),
            "bytes": len(made),
            "sections": [s.title for s in content.sections],
            "sources": len(content.sources),
        }
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        typer.echo(f"{out}")
