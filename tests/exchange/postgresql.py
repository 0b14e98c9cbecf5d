"""A real PostgreSQL server on loopback for tests: made in a passing folder, by another user than root, and stopped."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path


def binaries() -> Path | None:
    """The folder of the newest server's programs, None where none is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    here = shutil.which("initdb")
    return Path(here).parent if here else None


def _user() -> str | None:
    """Who runs the server: this user, or where that is root one that is not, since PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise LookupError("no user but root")


@contextlib.contextmanager
def server():
    """`url(name)` makes a fresh database and gives its address; the server is stopped at the end."""
    programs, user = binaries(), _user()
    folder = Path(tempfile.mkdtemp(prefix="servanda-pg-"))
    as_user = {} if user is None else {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
    if user is not None:
        shutil.chown(folder, user)
    folder.chmod(0o700)

    def run(program, *args):
        subprocess.run(
            [programs / program, *args], check=True, cwd=folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120, **as_user,
        )  # fmt: skip

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    try:
        run("initdb", "-D", data, "-U", "servanda", "-A", "trust", "-E", "UTF8", "--no-locale")
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c max_connections=60"
        )
        run("pg_ctl", "-D", data, "-w", "-t", "60", "-o", options, "-l", folder / "log", "start")
        try:

            def url(name):
                run("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "servanda", name)
                return f"postgresql+psycopg://servanda@127.0.0.1:{port}/{name}"

            yield url
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
