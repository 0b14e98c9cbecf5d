"""Parquet files of others, read where they can do no harm: a process of its own, bounded in time and memory.

A damaged file can make a reader stop for ever or end the process it runs in; neither can be caught from within.
"""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from servanda.model.errors import DataError, Fault

MOST_ROWS, MOST_COLUMNS = 2_000_000, 64
MOST_BYTES = 512 * 1024 * 1024
MARK = b"PAR1"
MOST_MEMORY = 4 << 30
# A second of work is enough for a few megabytes; more for larger files. Waiting without work is a reader that stopped.
WORK_SECONDS, WAIT_SECONDS, BYTES_A_SECOND = 1, 3, 8 << 20
MOST_WAIT = 60  # seconds by the clock that a reader may wait for its turn

_CHILD = """
import os, sys
os.environ["POLARS_MAX_THREADS"] = "1"
path, rows, columns, memory, seconds = sys.argv[1], *map(int, sys.argv[2:])
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
except (ImportError, ValueError, OSError):
    pass
import polars as pl
schema = pl.read_parquet_schema(path)
if len(schema) > columns:
    sys.exit(f"has {len(schema):,} columns; at most {columns} are read")
frame = pl.read_parquet(path, n_rows=rows + 1)
if frame.height > rows:
    sys.exit(f"has more than {rows:,} rows")
frame.write_ipc(sys.stdout.buffer)
"""


def read_rows(path: Path, name: str) -> Iterator[dict[str, Any]]:
    """The rows of a Parquet file as mappings. DataError, in bounded time, for a file that cannot be read."""
    import polars as pl

    seconds = _check(path, name)
    limits = (MOST_ROWS, MOST_COLUMNS, MOST_MEMORY, WORK_SECONDS + seconds)
    command = [sys.executable, "-I", "-c", _CHILD, str(path.resolve()), *map(str, limits)]
    done = _run(command, WAIT_SECONDS + 4 * seconds)
    if done is None:
        raise _fault(name, "cannot be read as Parquet (reading it does not end)")
    code, told, complained = done
    if code != 0:
        raise _fault(name, _why(complained.decode("utf-8", "replace"), code))
    try:
        frame = pl.read_ipc(io.BytesIO(told))
    except (OSError, pl.exceptions.PolarsError):
        raise _fault(name, "cannot be read as Parquet") from None
    rows: Iterator[dict[str, Any]] = frame.iter_rows(named=True)
    return rows


def _run(command: list[str], wait: float) -> tuple[int, bytes, bytes] | None:
    """Exit code, output and complaints of a reader; None where it stopped without ending.

    Its work is bounded by the reader itself. One that only waits for its turn on a busy machine has not stopped.
    """
    end = time.monotonic() + MOST_WAIT
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reader:  # noqa: S603
        while True:
            try:
                told, complained = reader.communicate(timeout=wait)
            except subprocess.TimeoutExpired:
                if time.monotonic() < end and _waits_its_turn(reader.pid):
                    continue
                reader.kill()
                reader.communicate()
                return None
            return reader.returncode, told, complained


def _waits_its_turn(pid: int) -> bool:
    """True where the system tells that a process would run if it were let, or waits for a disk."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return False
    return state[:1] in (["R"], ["D"])


def _check(path: Path, name: str) -> int:
    """Refuse at once what is no whole Parquet file; seconds its size allows."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4)
            file.seek(max(0, size - 8))
            tail = file.read(8)
    except OSError as error:
        raise _fault(name, f"cannot be read ({error.strerror})", "check the path") from None
    if size > MOST_BYTES:
        raise _fault(name, f"is {size:,} bytes; at most {MOST_BYTES:,} are read", "split the file")
    if size < 12 or head != MARK or tail[4:] != MARK or int.from_bytes(tail[:4], "little") > size - 12:
        raise _fault(name, "is not a whole Parquet file: its first or last bytes are missing")
    return size // BYTES_A_SECOND


def _why(text: str, code: int) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if code == 1 and len(lines) == 1 and lines[0].startswith("has "):
        return lines[0]
    last = lines[-1] if lines and code > 0 else "the reader stopped"
    return f"cannot be read as Parquet ({''.join(c for c in last if c.isprintable())[:160]})"


def _fault(name: str, message: str, remedy: str = "write the file again, or give the figures as CSV") -> DataError:
    return DataError([Fault(file=name, message=message, remedy=remedy)])
