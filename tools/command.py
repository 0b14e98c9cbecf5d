"""Run a `servanda` command in this process: what it prints and its exit code, without the start of a new Python.

A process of its own costs half a second a command, most of it imports; tests of many commands cannot afford that.
What only a process can show (start time, signals, what is imported) is tested by processes elsewhere.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock


@contextlib.contextmanager
def _at(folder: str | os.PathLike[str] | None) -> Iterator[None]:
    if folder is None:
        yield
        return
    with contextlib.chdir(folder):
        yield


def servanda(
    *words: str, cwd: str | Path | None = None, stdin: bytes = b"", **environ: str
) -> subprocess.CompletedProcess[str]:
    """The command's standard output, standard error and exit code, as `subprocess.run` would give them."""
    from servanda.cli.main import main

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    code: int | str | None = 0
    with (
        mock.patch.dict(os.environ, environ),
        mock.patch.multiple(
            sys, argv=["servanda", *words], stdin=io.TextIOWrapper(io.BytesIO(stdin)), stdout=out, stderr=err
        ),
        _at(cwd),
    ):
        try:
            main()
        except SystemExit as left:
            code = left.code
        out.flush()
        err.flush()
    return subprocess.CompletedProcess(
        ["servanda", *words],
        code if isinstance(code, int) else int(code is not None),
        *(s.buffer.getvalue().decode() for s in (out, err)),  # type: ignore[attr-defined]
    )
