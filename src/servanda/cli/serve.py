"""`servanda serve`: the pages on a port of this machine."""

from __future__ import annotations

import sys
from pathlib import Path
from socket import socket
from typing import Annotated, Any

import typer

from servanda.cli.stores import LogKeyOption, log_key_of
from servanda.model.errors import InputError

MOST_WORKERS = 4  # by default: each holds its own kept pages
GRACE = 15  # seconds that answers under way have left once the server is told to stop


def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="The port; 0 takes a free one.")] = 8000,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where to listen; by default only this machine.")
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name", metavar="HOST", help="A name it is reached by, such as behind a proxy; may be repeated."
        ),
    ] = None,
    database: Annotated[
        str | None, typer.Option("--database", metavar="STORE", help="The store whose ledger is shown, and added to.")
    ] = None,
    log_key: LogKeyOption = None,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Take nothing in: no declaration, key or token.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, max=64, help="Processes that answer; by default one a core, four at most."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Log only warnings.")] = False,
) -> None:
    """Serve the web pages, and the API under /api/v1.

    One line of JSON a request on standard error. Stops on Ctrl-C, answers under way first.
    """
    from servanda.web.app import LOOPBACK
    from servanda.web.workers import able, cores

    if database is not None:
        from servanda.exchange.store import Store

        Store.open(database).close()  # a store that is not there is told at once, not on the first page
    hosts = [*LOOPBACK, *(name or ()), *([host] if host not in ("0.0.0.0", "::") else [])]  # noqa: S104 (compared)
    key = None if database is None or read_only else _key(database, log_key)
    number = (workers or min(MOST_WORKERS, cores())) if able() else 1
    options = {"database": database, "read_only": read_only, "key": key}
    sockets = _listening(host, port, number)
    where, port = sockets[0].getsockname()[:2]
    shown = f"[{where}]" if ":" in where else where
    sys.stdout.write(f"Servanda: http://{shown}:{port}/ (stop with Ctrl-C)\n")
    sys.stdout.flush()
    level = "WARNING" if quiet else "INFO"
    if number == 1:
        from servanda.api.app import PER_MINUTE, WRONG_PER_MINUTE
        from servanda.api.pace import Pace

        _answer(sockets[0], hosts, level, (Pace(PER_MINUTE), Pace(WRONG_PER_MINUTE)), options)
        return
    raise typer.Exit(_watched(sockets, hosts, level, options))


def _watched(sockets: list[socket], hosts: list[str], level: str, options: dict[str, Any]) -> int:
    """Processes of their own for all sockets, with what they share made before they part."""
    import gc
    import logging.config
    from contextlib import suppress

    from servanda.api.app import PER_MINUTE, WRONG_PER_MINUTE
    from servanda.api.pace import SharedPace
    from servanda.corpus import Corpus
    from servanda.model.errors import ServandaError
    from servanda.web.workers import Watch

    logging.config.dictConfig(_logging(level))
    record = Corpus.default()
    for instrument in record.ids():
        with suppress(ServandaError):  # what cannot be read is told on the page that needs it
            record.dossier(instrument)
    paces = SharedPace(PER_MINUTE), SharedPace(WRONG_PER_MINUTE)
    gc.collect()
    gc.freeze()  # what all have in common stays in common
    return Watch(sockets, lambda held: _answer(held, hosts, level, paces, options), GRACE + 10).run()


def _answer(held: socket, hosts: list[str], level: str, paces: Any, options: dict[str, Any]) -> None:
    """Answer on a socket until told to stop."""
    import signal

    import uvicorn

    from servanda.api import create_api
    from servanda.web.app import application

    api = create_api(paces=paces, **options)
    config = uvicorn.Config(
        application(hosts=hosts, api=api, tries=paces[1], **options),
        log_config=_logging(level),
        access_log=False,
        server_header=False,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=GRACE,
        h11_max_incomplete_event_size=16 * 1024,
    )
    # the server hands a signal on after it has shut down in order; being told to stop is no failure
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    uvicorn.Server(config).run(sockets=[held])


def _key(database: str, given: Path | None) -> Any:
    """The ledger's secret key: the file named, or the one beside the store where there is one."""
    if given is None and ("://" in database or not Path(f"{database}.key").is_file()):
        sys.stderr.write(
            "servanda: without the ledger's key nothing is accepted; give --log-key FILE to accept declarations\n"
        )
        return None
    return log_key_of(database, given)


def _listening(host: str, port: int, number: int) -> list[socket]:
    """Bound before anything is printed, so that the address printed is the one that answers."""
    from servanda.web.workers import listening

    try:
        return listening(host, port, number)
    except OSError:
        raise InputError(
            f"port {port} of {host} cannot be used", remedy="name another with --port, or 0 for a free one"
        ) from None


def _logging(level: str) -> dict[str, Any]:
    own = {"handlers": ["lines"], "level": level, "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "servanda.web.guards.JsonLines"}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}},
        "loggers": {"servanda": own, "uvicorn": {**own, "level": "WARNING"}},
    }
