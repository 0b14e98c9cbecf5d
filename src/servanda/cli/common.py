"""What every command shares: options, printing, exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from servanda.model.answer import Answer

BREACH, UNUSABLE = 1, 2

InstrumentArg = Annotated[str, typer.Argument(metavar="INSTRUMENT", help="Id of an instrument, such as cfe.")]
OnOption = Annotated[str, typer.Option("--on", metavar="DATE", help="The day asked about, YYYY-MM-DD or today.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
ReadingOption = Annotated[
    str,
    typer.Option("--reading", metavar="depositary|self|law|ISO3", help="The legal point of view."),
]
FullOption = Annotated[bool, typer.Option("--full", help="Leave nothing out: every line with its reasons.")]
ScenarioOption = Annotated[
    list[str] | None,
    typer.Option("--scenario", metavar="FILE", help="Lay a scenario over the record; may be repeated."),
]


AssumeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--assume", metavar="NAME", help="An assumption for estimates beside the verdict; may be repeated, in order."
    ),
]


DeclarationsOption = Annotated[
    str | None,
    typer.Option(
        "--declarations", metavar="STORE|PATH", help="Declared figures: a store, a file, or a folder of files."
    ),
]


def declared(corpus: Any, instrument: str, place: str) -> Any:
    """The records of declarations."""
    from servanda.questions.declared import read_declared, records_of

    return records_of(corpus, instrument, read_declared(corpus, instrument, place))


def treaty_of(instrument: str, scenarios: list[str] | None = None, declarations: str | None = None) -> Any:
    """The instrument asked about, of the record with the scenarios laid over it, on declared figures where given."""
    from servanda.questions import load

    treaty = load(instrument)
    if scenarios:
        treaty = treaty.with_scenarios(scenarios)
    return treaty if declarations is None else treaty.with_records(declared(treaty.corpus, instrument, declarations))


def put(answer: Answer[Any], as_json: bool, *, breach_exits: bool = False, full: bool = False) -> None:
    """Print an answer and leave with 1 where the command turns a breach into an exit code."""
    if as_json:
        from servanda.render import to_json

        sys.stdout.write(to_json(answer) + "\n")
    else:
        from rich.console import Console

        from servanda.render.console import show

        show(answer, Console(soft_wrap=False, highlight=False), full=full)
    if breach_exits and answer.breach:
        raise typer.Exit(BREACH)


def is_period(on: str) -> bool:
    """Whether a date names a year or a month, of which one asks what changed in it."""
    from servanda.questions.period import period

    return period(on) is not None


def guarded(run: Callable[[], None]) -> int:
    """Run the application; a mistake of the user's becomes lines on standard error and exit code 2."""
    from servanda.model.errors import DataError, InputError, ServandaError

    try:
        run()
    except DataError as error:
        from servanda.cli.spelling import commanded

        for fault in error.faults:
            sys.stderr.write(f"servanda: {commanded(str(fault))}\n")
        return UNUSABLE
    except InputError as error:
        from servanda.cli.main import app
        from servanda.cli.spelling import spelled

        sys.stderr.write(f"servanda: {spelled(str(error), typer.main.get_command(app), sys.argv[1:])}\n")
        return UNUSABLE
    except ServandaError as error:
        from servanda.cli.spelling import commanded

        sys.stderr.write(f"servanda: {commanded(str(error))}\n")
        return UNUSABLE
    except ModuleNotFoundError as error:
        from servanda.cli.extras import missing

        if (line := missing(error)) is None:
            raise
        sys.stderr.write(f"servanda: {line}\n")
        return UNUSABLE
    except BrokenPipeError:
        return 0
    return 0
