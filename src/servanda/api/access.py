"""Who asks: tokens, what their role allows, and how often anybody may ask.

A token comes as `Authorization: Bearer ...`, never in an address, so that it stands in no log. What a state may *read* is not
decided here: the record's obligations decide (`questions.entitled`).
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from servanda.exchange.store import Store
from servanda.exchange.tokens import Token, Unauthorised, check

bearer = HTTPBearer(auto_error=False, description="A token that the keeper of the store gave you.")
MOST_ASKERS = 10_000


class Pace:
    """So many requests a minute for each asker, in bursts of at most as many. Safe under threads; memory is bounded."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute, self._clock = per_minute, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, asker: str) -> float:
        """Seconds to wait before the next request of an asker; 0 where it may go on."""
        now, rate = self._clock(), self.per_minute / 60
        with self._lock:
            left, at = self._left.pop(asker, (float(self.per_minute), now))
            left = min(float(self.per_minute), left + (now - at) * rate)
            wait = 0.0 if left >= 1 else (1 - left) / rate
            self._left[asker] = (left - 1 if wait == 0 else left, now)
            while len(self._left) > MOST_ASKERS:
                self._left.popitem(last=False)
        return wait

    def peek(self, asker: str) -> float:
        """Seconds to wait as `take` would say, without counting a request."""
        now, rate = self._clock(), self.per_minute / 60
        with self._lock:
            left, at = self._left.get(asker, (float(self.per_minute), now))
        left = min(float(self.per_minute), left + (now - at) * rate)
        return 0.0 if left >= 1 else (1 - left) / rate


def _host(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def paced(request: Request) -> None:
    """Refuse who asks too often: 429 with the seconds to wait."""
    wait = request.app.state.pace.take(_host(request))
    if wait:
        raise HTTPException(429, "too many requests; wait and ask again", headers={"Retry-After": str(int(wait) + 1)})


def store_of(request: Request) -> Store:
    """The store of this server; 409 where it keeps none."""
    store = request.app.state.store
    if store is None:
        raise HTTPException(409, "this server keeps no store of declarations")
    assert isinstance(store, Store)
    return store


def writable(request: Request) -> Store:
    """The store, where this server may write to it."""
    store = store_of(request)
    if request.app.state.read_only or request.app.state.key is None:
        raise HTTPException(409, "this server writes nothing: it was started to read only, or without the ledger's key")
    return store


def holder(
    request: Request,
    store: Annotated[Store, Depends(store_of)],
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> Token:
    """The token that a request came with. Wrong ones are counted against the host, so that nobody tries them all."""
    if given is None:
        raise Unauthorised("a token is needed", remedy="send the header Authorization: Bearer TOKEN")
    wait = request.app.state.tries.peek(_host(request))
    if wait:
        raise HTTPException(429, "too many wrong tokens; wait", headers={"Retry-After": str(int(wait) + 1)})
    try:
        return check(store, given.credentials)
    except Unauthorised:
        request.app.state.tries.take(_host(request))
        raise


Holder = Annotated[Token, Depends(holder)]
