"""`servanda inspect course`, `report` and `reductions`: an inspection step by step, its form, registers of reductions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from servanda.cli.common import InstrumentArg, JsonOption, OnOption, ScenarioOption, put, treaty_of
from servanda.cli.inspect import app
from servanda.model.numbers import whole_number

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


LogOption = Annotated[
    Path | None,
    typer.Option(
        "--log", metavar="FILE", help="The log as a file: read where it exists, added to, ready to be signed."
    ),
]


def _steps(entries: list[str] | None) -> list[tuple[str, str, str | None]]:
    """`STEP=TIME` or `STEP=TIME;REMARK` entries."""
    found = []
    for entry in entries or ():
        name, _, rest = entry.partition("=")
        when, _, remark = rest.partition(";")
        found.append((name.strip(), when.strip(), remark.strip() or None))
    return found


def _counts(entries: list[str] | None) -> list[Any]:
    """`CATEGORY=COUNTED/DECLARED` or `CATEGORY:TYPE=COUNTED/DECLARED` entries."""
    from servanda.model.errors import InputError
    from servanda.verification.course import Count

    found = []
    for entry in entries or ():
        name, _, numbers = entry.partition("=")
        category, _, kind = name.partition(":")
        counted, _, declared = numbers.partition("/")
        counts = whole_number(counted), whole_number(declared)
        if counts[0] is None or counts[1] is None:
            raise InputError(f"{entry!r} is not a count", remedy="write battle_tank=31/30, or battle_tank:T-72=31/30")
        found.append(Count(category=category.strip(), type=kind.strip() or None, counted=counts[0], declared=counts[1]))
    return found


def _fields(entries: list[str] | None) -> dict[str, str]:
    from servanda.model.errors import InputError

    found = {}
    for entry in entries or ():
        name, mark, text = entry.partition("=")
        if not mark:
            raise InputError(f"{entry!r} is not a field", remedy="write site=Tver 1")
        found[name.strip()] = text.strip()
    return found


def _log(corpus: Any, path: Path) -> Any:
    from servanda.questions.inspect_course import read_log
    from servanda.questions.ledger import file_bytes

    return read_log(corpus, file_bytes(path), where=str(path))


@app.command()
def course(
    instrument: InstrumentArg,
    by: Annotated[str | None, typer.Option("--by", metavar="STATE", help="The inspecting state.")] = None,
    of: Annotated[str | None, typer.Option("--of", metavar="STATE", help="The inspected state.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Such as declared_site (default).")] = None,
    step: Annotated[
        list[str] | None,
        typer.Option("--step", metavar="STEP=TIME[;REMARK]", help="A step taken; may be repeated, in order."),
    ] = None,
    count: Annotated[
        list[str] | None,
        typer.Option("--count", metavar="CATEGORY[:TYPE]=COUNTED/DECLARED", help="What was counted; may be repeated."),
    ] = None,
    field: Annotated[
        list[str] | None,
        typer.Option(
            "--field", metavar="NAME=TEXT", help="site, object, point_of_entry, serials, procedures, comments."
        ),
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="TIME", help="Name deadlines that were missed by this time.")
    ] = None,
    log: LogOption = None,
    made_up: Annotated[bool, typer.Option("--made-up", help="Mark a new log as made up.")] = False,
    copy_of: Annotated[
        str | None, typer.Option("--copy-of", metavar="STATE", help="Write the copy of this state (default: as it is).")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the log there instead of to --log.")
    ] = None,
    ics: Annotated[
        Path | None, typer.Option("--ics", metavar="FILE", help="Write steps and deadlines as a calendar.")
    ] = (None),
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """An inspection step by step: what was done, what may come next, and by when."""
    from servanda.cli.files import check_folder, write_whole
    from servanda.model.errors import InputError
    from servanda.questions.inspect_course import begun, continued, inspect_course

    corpus = treaty_of(instrument, scenario).corpus
    if log is not None and log.exists():
        held = _log(corpus, log)
        given = {"instrument": instrument, "kind": kind, "by": by and corpus.actors.find(by).code}
        given["of"] = of and corpus.actors.find(of).code
        stands = {"instrument": held.instrument, "kind": held.course.kind.id}
        stands |= {"by": held.course.inspecting, "of": held.course.inspected}
        for name, value in given.items():
            if value is not None and value != stands[name]:
                raise InputError(f"the log is of {name} {stands[name]}, not {value}", where=str(log), remedy="check it")
    elif by is None or of is None:
        raise InputError("the two states are not named", remedy="give --by and --of, or --log with a log that exists")
    else:
        held = begun(corpus, instrument, kind=kind or "declared_site", by=by, of=of, synthetic=made_up)
    held = continued(held, steps=_steps(step), counts=_counts(count), fields=_fields(field))
    if copy_of is not None:
        held = held.copy_for(corpus.actors.find(copy_of).code)
    answer = inspect_course(corpus, held, at=at)
    target = output or log
    if target is not None and held.course.log and (output is not None or step or count or field or copy_of):
        check_folder(target)
        write_whole(target, held.as_bytes())
    if ics is not None:
        from servanda.verification.calendar import ics as calendar

        check_folder(ics)
        names = [corpus.actors.name(s) for s in (held.course.inspected, held.course.inspecting)]
        write_whole(ics, calendar(held.course, f"{held.course.kind.name} of {names[0]} by {names[1]}"))
    put(answer, as_json)


@app.command()
def report(
    instrument: InstrumentArg,
    log: Annotated[Path, typer.Argument(metavar="LOG", help="The log of an inspection.")],
    out: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=".pdf, .md or .html.")],
) -> None:
    """The report of an inspection as a form to print: counted against declared, the differences, two signatures."""
    from servanda.cli.files import check_folder, write_whole
    from servanda.model.errors import InputError
    from servanda.report.inspection import build_inspection
    from servanda.report.write import format_of, written

    form = format_of(out)
    check_folder(out)
    corpus = treaty_of(instrument).corpus
    held = _log(corpus, log)
    if held.instrument != instrument:
        raise InputError(f"the log is of {held.instrument}, not {instrument}", where=str(log), remedy="check it")
    write_whole(out, written(build_inspection(corpus, held), form))
    typer.echo(f"{out}")


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
    notices: Annotated[
        Path | None,
        typer.Option(
            "--notices", metavar="FILE", help="CSV of later revisions: party, category, notified, what, change."
        ),
    ] = None,
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """How far each party has worked off its reduction liability: methods, caps, phases, certificates, notices."""
    from servanda.questions.inspect_reduction import inspect_reductions
    from servanda.verification.liability import read_notices
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
        notices=read_notices(notices) if notices is not None else (),
    )
    put(answer, as_json)


__all__ = ["app"]
