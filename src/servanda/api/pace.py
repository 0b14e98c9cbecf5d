"""How often anybody may ask: in one process, or counted by several processes together."""

from __future__ import annotations

import mmap
import os
import struct
import tempfile
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from threading import Lock

MOST_ASKERS = 10_000
PLACES = 4_096  # of a table that several processes share; askers that fall on one place share their pace
_ROW = struct.Struct("=dd")


class Pace:
    """So many requests a minute for each asker, in bursts of at most as many. Safe under threads; memory is bounded."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute, self._clock = per_minute, clock
        self._seen: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, asker: str) -> float:
        """Seconds to wait before the next request of an asker; 0 where it may go on."""
        with self._turn():
            left, now = self._left(asker)
            wait = self._wait(left)
            self._put(asker, left - 1 if wait == 0 else left, now)
        return wait

    def peek(self, asker: str) -> float:
        """Seconds to wait as `take` would say, without counting a request."""
        with self._turn():
            return self._wait(self._left(asker)[0])

    def _wait(self, left: float) -> float:
        return 0.0 if left >= 1 else (1 - left) * 60 / self.per_minute

    def _left(self, asker: str) -> tuple[float, float]:
        """Requests that an asker has left, and the time."""
        now = self._clock()
        left, at = self._get(asker) or (float(self.per_minute), now)
        return min(float(self.per_minute), left + (now - at) * self.per_minute / 60), now

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._lock:
            yield

    def _get(self, asker: str) -> tuple[float, float] | None:
        return self._seen.get(asker)

    def _put(self, asker: str, left: float, now: float) -> None:
        self._seen[asker] = left, now
        self._seen.move_to_end(asker)
        while len(self._seen) > MOST_ASKERS:
            self._seen.popitem(last=False)


class SharedPace(Pace):
    """The same, counted together by all processes that are forked from the one that made it.

    The counts stand in memory that they share; each waits for its turn at a lock of the system's, which lets go of what a
    process held that died.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(per_minute, clock)
        self._table = mmap.mmap(-1, PLACES * _ROW.size)
        self._file, name = tempfile.mkstemp(prefix="servanda-")
        Path(name).unlink()  # it is only what is locked
        weakref.finalize(self, os.close, self._file)
        self._secret = os.urandom(16)  # so that nobody can choose to fall on another's place

    @contextmanager
    def _turn(self) -> Iterator[None]:
        import fcntl

        with self._lock:  # the system's lock is one of processes: their threads take turns here
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)

    def _place(self, asker: str) -> int:
        mark = blake2b(asker.encode(), key=self._secret, digest_size=8).digest()
        return int.from_bytes(mark, "big") % PLACES * _ROW.size

    def _get(self, asker: str) -> tuple[float, float] | None:
        left, at = _ROW.unpack_from(self._table, self._place(asker))
        return (left, at) if at else None

    def _put(self, asker: str, left: float, now: float) -> None:
        _ROW.pack_into(self._table, self._place(asker), left, now)
