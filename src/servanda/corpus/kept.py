"""Values kept for a while, so many and no more."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock, RLock
from typing import Any, TypeVar

T = TypeVar("T")


class Kept:
    """At most `most` values; the least recently used fall out first. Safe under threads; no value is made twice at once.

    >>> kept = Kept(1)
    >>> kept.get("a", lambda: 1), kept.get("a", lambda: 2), kept.get("b", lambda: 3), kept.get("a", lambda: 4)
    (1, 1, 3, 4)
    """

    def __init__(self, most: int) -> None:
        self._most, self._held, self._lock = most, OrderedDict[Any, Any](), Lock()
        self._making: dict[Any, RLock] = {}

    def get(self, key: Any, make: Callable[[], T]) -> T:
        """The value under a key, made where it is not there; who asks for the same meanwhile waits for it."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]  # type: ignore[no-any-return]
            turn = self._making.setdefault(key, RLock())
        with turn:
            with self._lock:
                if key in self._held:
                    return self._held[key]  # type: ignore[no-any-return]
            try:
                value = make()
            finally:
                with self._lock:
                    self._making.pop(key, None)
            with self._lock:
                self._held[key] = value
                while len(self._held) > self._most:
                    self._held.popitem(last=False)
        return value

    def clear(self) -> None:
        """Let go of all."""
        with self._lock:
            self._held.clear()


class KeptBytes:
    """Values with the bytes they take, at most so many bytes of them in all; the least recently used fall out first.

    >>> kept = KeptBytes(3)
    >>> kept.put("a", "first", 2); kept.put("b", "second", 2)
    >>> kept.get("a"), kept.get("b")
    (None, 'second')
    """

    def __init__(self, most_bytes: int) -> None:
        self._most, self._held, self._lock = most_bytes, OrderedDict[Any, tuple[Any, int]](), Lock()
        self.bytes = 0

    def get(self, key: Any) -> Any:
        """The value under a key, None where there is none."""
        with self._lock:
            if key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key][0]

    def put(self, key: Any, value: Any, size: int) -> None:
        """Keep a value that takes so many bytes; what is larger than all may be is not kept."""
        if size > self._most:
            return
        with self._lock:
            self.bytes += size - self._held.pop(key, (None, 0))[1]
            self._held[key] = value, size
            while self.bytes > self._most:
                self.bytes -= self._held.popitem(last=False)[1][1]
