"""Several processes on one port: whoever dies is replaced, nobody is left behind, and what they count they count together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time

import pytest

from servanda.api.pace import Pace, SharedPace
from servanda.web import workers

pytestmark = pytest.mark.skipif(not workers.able(), reason="this system has no fork")
SCRIPT = """
import os, signal, sys, time
from servanda.web.workers import Watch, listening

def answer(held):
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    while True:
        link, _ = held.accept()
        if link.recv(1) == b"f":
            time.sleep(0.2)
        link.sendall(str(os.getpid()).encode())
        link.close()

def fail(held):
    raise RuntimeError("inner")

sockets = listening("127.0.0.1", 0, 2)
print(sockets[0].getsockname()[1], flush=True)
sys.exit(Watch(sockets, {work}, 5).run())
"""


def watcher(work: str = "answer") -> tuple[subprocess.Popen[str], int]:
    """A watcher with two processes that tell their numbers; its port."""
    script = textwrap.dedent(SCRIPT.replace("{work}", work))
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    return process, int(process.stdout.readline())


def ask(port: int) -> int:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as link:
        link.sendall(b"x")
        return int(link.recv(20))


def until(said) -> None:
    end = time.monotonic() + 60
    while not said():
        assert time.monotonic() < end
        time.sleep(0.01)


def dead(process: int) -> bool:
    """Whether a process is gone, or waits to be told so."""
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True).stdout.strip()
    return not told or told.startswith("Z")


def test_a_process_that_dies_is_replaced_and_no_question_is_lost():
    watch, port = watcher()
    try:
        both: set[int] = set()
        until(lambda: both.add(ask(port)) or len(both) == 2)
        killed = both.pop()
        os.kill(killed, signal.SIGKILL)
        until(lambda: dead(killed))
        answered = {ask(port) for _ in range(40)}  # those that come to the dead one's socket wait for the next
        assert killed not in answered
        until(lambda: ask(port) not in {killed, *both})
        watch.send_signal(signal.SIGTERM)
        _, err = watch.communicate(timeout=60)
        assert watch.returncode == 0
        assert "Traceback" not in err
    finally:
        watch.kill()
        watch.wait()


def test_processes_end_with_the_one_that_watches_them():
    watch, port = watcher()
    both: set[int] = set()
    until(lambda: both.add(ask(port)) or len(both) == 2)
    watch.kill()
    watch.communicate()
    until(lambda: all(map(dead, both)))


def test_processes_that_do_not_start_are_given_up():
    watch, _ = watcher("fail")
    _, err = watch.communicate(timeout=60)
    assert watch.returncode == 1
    assert "do not start" in err


def test_a_port_is_shared_by_nobody_else():
    held = workers.listening("127.0.0.1", 0, 2)
    port = held[0].getsockname()[1]
    assert {h.getsockname()[1] for h in held} == {port}
    assert {h.proto for h in held} == {socket.IPPROTO_TCP}  # else each answer is held back some 40 ms
    for number in (1, 2):
        with pytest.raises(OSError, match="use"):
            workers.listening("127.0.0.1", port, number)
    for h in held:
        h.close()


def forked(work) -> int:
    process = os.fork()
    if process == 0:
        try:
            os._exit(work())
        finally:
            os._exit(99)
    return process


def test_processes_count_the_requests_of_a_host_together():
    pace = SharedPace(6)

    def several() -> int:
        return sum(pace.take("somebody") == 0 for _ in range(5))

    processes = [forked(several) for _ in range(3)]
    granted = [os.waitstatus_to_exitcode(os.waitpid(p, 0)[1]) for p in processes]
    assert sum(granted) == 6
    assert pace.peek("somebody") > 0
    assert pace.peek("somebody else") == 0


def test_a_process_that_dies_in_its_turn_stops_nobody():
    pace = SharedPace(6)

    def die() -> int:
        with pace._turn():
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    assert os.waitstatus_to_exitcode(os.waitpid(forked(die), 0)[1]) == -signal.SIGKILL
    assert pace.take("somebody") == 0


@pytest.mark.parametrize("kind", [Pace, SharedPace])
def test_who_waits_may_go_on(kind):
    now = [100.0]
    pace = kind(60, clock=lambda: now[0])
    assert all(pace.take("a") == 0 for _ in range(60))
    assert pace.take("a") == pytest.approx(1)
    assert pace.take("b") == 0
    now[0] += 2
    assert [pace.take("a") == 0 for _ in range(3)] == [True, True, False]
