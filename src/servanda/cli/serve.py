"""`servanda serve`: the pages on a port of this machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from servanda.cli.stores import LogKeyOption, log_key_of
from servanda.model.errors import InputError

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
    quiet: Annotated[bool, typer.Option("--quiet", help="Log only warnings.")] = False,
) -> None:
    """Serve the web pages, and the API under /api/v1.

    One line of JSON a request on standard error. Stops on Ctrl-C, answers under way first.
    """
    import uvicorn

    from servanda.api import create_api
    from servanda.web.app import LOOPBACK, application

    if database is not None:
        from servanda.exchange.store import Store

        Store.open(database).close()  # a store that is not there is told at once, not on the first page
    hosts = [*LOOPBACK, *(name or ()), *([host] if host not in ("0.0.0.0", "::") else [])]  # noqa: S104 (compared)
    key = None if database is None or read_only else _key(database, log_key)
    api = create_api(database=database, key=key, read_only=read_only)
    app = application(database=database, read_only=read_only, key=key, hosts=hosts, api=api)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=_logging("WARNING" if quiet else "INFO"),
        access_log=False,
        server_header=False,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=GRACE,
        h11_max_incomplete_event_size=16 * 1024,
    )
    _run(uvicorn.Server(config), config)


def _key(database: str, given: Path | None) -> Any:
    """The ledger's secret key: the file named, or the one beside the store where there is one."""
    if given is None and ("://" in database or not Path(f"{database}.key").is_file()):
        sys.stderr.write(
            "servanda: without the ledger's key nothing is accepted; give --log-key FILE to accept declarations\n"
        )
        return None
    return log_key_of(database, given)


def _run(server: Any, config: Any) -> None:
    """Bind first, so that the address printed is the one that answers; then serve until told to stop."""
    import signal

    try:
        socket = config.bind_socket()
    except SystemExit:
        raise InputError(
            f"port {config.port} of {config.host} cannot be used",
            remedy="name another with --port, or 0 for a free one",
        ) from None
    where, port = socket.getsockname()[:2]
    shown = f"[{where}]" if ":" in where else where
    sys.stdout.write(f"Servanda: http://{shown}:{port}/ (stop with Ctrl-C)\n")
    sys.stdout.flush()
    # the server hands a signal on after it has shut down in order; being told to stop is no failure
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    server.run(sockets=[socket])


def _logging(level: str) -> dict[str, Any]:
    own = {"handlers": ["lines"], "level": level, "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "servanda.web.guards.JsonLines"}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}},
        "loggers": {"servanda": own, "uvicorn": {**own, "level": "WARNING"}},
    }
