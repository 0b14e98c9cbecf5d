"""Several processes that answer on one port, and one that watches them.

The watcher binds the sockets and answers nothing. A process that dies is replaced, and what was waiting at its socket meanwhile
is answered by the one that takes its place. Told to stop, the watcher has all of them finish their answers.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence

SOON = 5.0  # seconds: a process that lived for less did not start well
MOST_SOON = 5  # deaths so early, one after the other, before it is given up
LOOK = 0.1  # seconds between two looks at the processes
log = logging.getLogger("servanda.web")
Work = Callable[[socket.socket], None]


def able() -> bool:
    """Whether this system can have several processes answer on one port."""
    return hasattr(os, "fork")


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def listening(host: str, port: int, number: int) -> list[socket.socket]:
    """Sockets bound to one address, one a process; OSError where somebody else listens there.

    Where the system spreads connections over sockets of one port each process has its own; elsewhere they share one.
    """
    first = _bound(host, port, shared=False)
    if sys.platform != "linux" or number == 1:
        return [first] * number
    port = first.getsockname()[1]
    first.close()  # it only showed that the port is free: nobody may share it but those bound here
    return [_bound(host, port, shared=True) for _ in range(number)]


def _bound(host: str, port: int, *, shared: bool) -> socket.socket:
    # asyncio sends at once, without waiting for more to send, only where a socket says that it is one of TCP
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        made.bind((host, port))
        made.listen(2_048)
    except OSError:
        made.close()
        raise
    return made


class Watch:
    """Keeps a process for each socket until told to stop. `work` answers on a socket until it is told to stop by SIGTERM."""

    def __init__(self, sockets: Sequence[socket.socket], work: Work, grace: float) -> None:
        self._sockets, self._work, self._grace = list(sockets), work, grace
        self._running: dict[int, tuple[int, float]] = {}  # process -> which socket, since when
        self._stopping = False
        self._soon = 0

    def run(self) -> int:
        """Until told to stop; 0 where all ended in order, 1 where they do not start or had to be ended."""
        self._alive, self._held = os.pipe()  # read to its end by the others once this process is gone
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told)
        for place in range(len(self._sockets)):
            self._start(place)
        while not self._stopping:
            self._look()
            time.sleep(LOOK)
        return self._stop()

    def _told(self, *_: object) -> None:
        self._stopping = True

    def _start(self, place: int) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        process = os.fork()
        if process == 0:
            self._be(place)
        self._running[process] = place, time.monotonic()

    def _be(self, place: int) -> None:
        """What the new process does, to its end."""
        code = 1
        try:
            os.close(self._held)
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            threading.Thread(target=self._outlive, daemon=True).start()
            self._work(self._sockets[place])
            code = 0
        except BaseException:
            log.exception("failed")
        finally:
            logging.shutdown()
            os._exit(code)

    def _outlive(self) -> None:
        os.read(self._alive, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    def _look(self) -> None:
        """Replace those that died."""
        for process, (place, since) in list(self._running.items()):
            ended, status = os.waitpid(process, os.WNOHANG)
            if not ended or self._stopping:
                continue
            del self._running[process]
            self._soon = self._soon + 1 if time.monotonic() - since < SOON else 0
            log.warning("a process died: %s", os.waitstatus_to_exitcode(status))
            if self._soon >= MOST_SOON:
                log.error("the processes do not start")
                self._stopping = True
                return
            self._start(place)

    def _stop(self) -> int:
        for held in self._sockets:
            held.close()
        for process in self._running:
            os.kill(process, signal.SIGTERM)
        until = time.monotonic() + self._grace
        code = 1 if self._soon >= MOST_SOON else 0
        for process in list(self._running):
            while not (ended := os.waitpid(process, os.WNOHANG))[0] and time.monotonic() < until:
                time.sleep(LOOK / 2)
            if not ended[0]:
                os.kill(process, signal.SIGKILL)
                ended = os.waitpid(process, 0)
            code = code or int(ended[1] != 0)
        return code
