"""`servanda mcp`: the questions as tools for assistants."""

from __future__ import annotations

from typing import Annotated

import typer


def mcp(
    http: Annotated[bool, typer.Option("--http", help="Serve over HTTP at /mcp instead of standard input.")] = False,
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="The port, with --http.")] = 8765,
) -> None:
    """Serve the questions as tools for assistants (Model Context Protocol). Reads only; stops when its input ends."""
    from servanda.mcp import create_server

    server = create_server()
    if http:
        server.run("streamable-http", host="127.0.0.1", port=port)
    else:
        server.run()
