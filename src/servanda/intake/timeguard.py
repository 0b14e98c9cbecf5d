"""A bound on the time that one document may take.

>>> with guard(5.0):
...     sum(range(10))
45
"""

from __future__ import annotations

import ctypes
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class OutOfTime(Exception):
    """The time of a document is up."""


@contextmanager
def guard(seconds: float) -> Iterator[None]:
    """OutOfTime inside the block once it has run for so long.

    In the main thread by a timer signal, which interrupts regular expressions too; in others (Dask's workers) by an exception set
    from a second thread, which comes through between two steps of Python code.
    """
    if threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):
        with _by_signal(seconds):
            yield
    else:
        with _by_thread(seconds):
            yield


@contextmanager
def _by_signal(seconds: float) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _by_thread(seconds: float) -> Iterator[None]:
    target, lock, over = threading.get_ident(), threading.Lock(), False

    def stop() -> None:
        with lock:  # never after the block has ended: the exception would strike whatever comes next
            if not over:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(target), ctypes.py_object(OutOfTime))

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            over = True
        timer.cancel()
