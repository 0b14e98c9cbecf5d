"""Who asks: tokens, what their role allows, and how often anybody may ask.

A token comes as `Authorization: Bearer ...`, never in an address, so that it stands in no log. What a state may *read* is not
decided here: the record's obligations decide (`questions.entitled`).
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from servanda.exchange.store import Store
from servanda.exchange.tokens import Token, Unauthorised, check

bearer = HTTPBearer(auto_error=False, description="A token that the keeper of the store gave you.")


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
