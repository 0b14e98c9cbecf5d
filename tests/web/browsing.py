"""A real browser on a real server, for tests that click; skipped with a reason where there is no browser."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""


def needed() -> None:
    """Skip where no Chromium is installed; fail where one must be (SERVANDA_NEED_BROWSER, set in CI)."""
    if CHROMIUM:
        return
    if os.environ.get("SERVANDA_NEED_BROWSER"):
        pytest.fail("no chromium, and SERVANDA_NEED_BROWSER is set")
    pytest.skip("no chromium on this machine: apt-get install chromium")


@contextmanager
def served(app: Any, port: int = 0) -> Iterator[str]:
    """The application on loopback, in a thread; its address."""
    import uvicorn

    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 120
    while not server.started:
        assert time.monotonic() < until
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(30)


@contextmanager
def browsing() -> Iterator[Any]:
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright

    needed()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
