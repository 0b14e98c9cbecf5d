"""What every command takes beside its own options: further data, and the day whose knowledge counts.

Both say which record is asked, not what. They are declared here once, given to every command of the application when it
is put together, and become the corpus in use before the command runs; no command hands them on, so none can lose them.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

DataOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--data", metavar="DIR", help="Treaties of your own, beside the record that comes along; may be repeated."
    ),
]
KnownOption = Annotated[
    str | None,
    typer.Option("--as-known-on", metavar="DATE", help="Use only what was known on that day."),
]
# Commands that ask the record without an option for scenarios; the others that ask it have one.
ASKS_THE_RECORD = {"classify", "whatif", "reach", "entitled"}
_MARK = "takes_layers"


def lay_over(app: typer.Typer) -> None:
    """Give every command of the application the shared options. To be called once all commands are there."""
    for command in app.registered_commands:
        if command.callback is not None and not hasattr(command.callback, _MARK):
            command.callback = _with_layers(command.callback)
    for group in app.registered_groups:
        if group.typer_instance is not None:
            lay_over(group.typer_instance)


def _with_layers(command: Callable[..., Any]) -> Callable[..., Any]:
    signature = inspect.signature(command, eval_str=True)
    own = list(signature.parameters.values())
    asks = "scenario" in signature.parameters or command.__name__ in ASKS_THE_RECORD
    more = [_parameter("data", DataOption)]
    if asks:
        more.insert(0, _parameter("as_known_on", KnownOption))
    # `--json` comes last in every command's help
    last = [p for p in own if p.name == "as_json"]
    laid = [p for p in own if p not in last] + more + last

    @functools.wraps(command)
    def run(**given: Any) -> Any:
        from servanda.corpus.store import using

        data, known = given.pop("data", None), given.pop("as_known_on", None)
        if not data and known is None:
            return command(**given)
        with using(_record(data or (), known)):
            return command(**given)

    run.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in laid]
    )
    run.__annotations__ = {p.name: p.annotation for p in laid}
    setattr(run, _MARK, True)
    return run


def _parameter(name: str, annotation: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


def _record(data: Any, known: str | None) -> Any:
    """The record with further data beside it, as known on the day."""
    from servanda.corpus import Corpus
    from servanda.questions.words import optional_day

    corpus = Corpus.default()
    if data:
        corpus = Corpus(corpus.root, (*corpus.beside, *data))
    return corpus.as_known(optional_day(known, "day of knowledge"))
