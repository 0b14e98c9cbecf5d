"""The application: pages, health, and room for the programs' door, behind one guard."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from servanda.corpus import Corpus
from servanda.model.errors import ServandaError
from servanda.web.asking import Asking
from servanda.web.door import HEADERS, show
from servanda.web.guards import ANSWER_SECONDS, BODY_SECONDS, MOST_BODY, Guard
from servanda.web.routes import router

API = "/api/v1"  # where programs ask; `application(api=...)` puts it there
LOOPBACK = ("localhost", "127.0.0.1", "::1", "[::1]", "testserver")


def application(
    corpus: Corpus | None = None,
    *,
    database: str | None = None,
    read_only: bool = False,
    key: Any | None = None,
    api: Any | None = None,
    tries: Any | None = None,
    hosts: Sequence[str] = LOOPBACK,
    most_body: int = MOST_BODY,
    body_seconds: float = BODY_SECONDS,
    answer_seconds: float = ANSWER_SECONDS,
) -> Any:
    """The ASGI application over a record.

    `database` is the store of declarations whose ledger is shown; with the ledger's secret `key` signed declarations are
    accepted, with `read_only` none. `api` is an ASGI application put under `/api/v1`, and `tries` the count of wrong
    credentials that it shares with the pages (without it they are not counted). `hosts` are the names it answers to:
    any other is refused, so that a page from elsewhere cannot reach a server on loopback under a name of its own. The
    other limits are those of `Guard`.
    """
    pages = FastAPI(
        title="Servanda", openapi_url=None, docs_url=None, redoc_url=None, lifespan=_life, redirect_slashes=False
    )
    pages.state.asking = Asking(corpus)
    pages.state.database, pages.state.read_only, pages.state.key = database, read_only, key
    pages.state.tries = tries
    if api is not None:
        pages.mount(API, api)
    pages.add_api_route("/health", health, include_in_schema=False)
    pages.include_router(router)
    pages.add_exception_handler(AnyHTTPException, _refused)
    pages.add_exception_handler(Exception, _failed)
    pages.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)
    if "*" not in hosts:
        pages.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    return Guard(pages, headers=HEADERS, most_body=most_body, body_seconds=body_seconds, answer_seconds=answer_seconds)


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    """Make what every asker needs before anybody asks: imports, the map's outlines, all acts, the search index."""

    def first() -> None:
        from servanda.web import timeline, treaty
        from servanda.web.pages import Links, page
        from servanda.web.search import index_of

        asking = app.state.asking
        with suppress(ServandaError):  # a record that cannot be read says so on the page that needs it
            shown = treaty.view(asking, asking.first, {}, Links())
            page("treaty.html", links=Links(), at="Treaty", **shown)
            timeline.view(asking, {})
            index_of(asking)

    record: Corpus = app.state.asking.corpus
    for (
        instrument
    ) in record.ids():  # here and not in a thread: a file not compiled yet is parsed, which threads may not share
        with suppress(ServandaError):
            record.dossier(instrument)
    warm = asyncio.create_task(asyncio.to_thread(first))
    try:
        yield
    finally:
        await asyncio.gather(warm, return_exceptions=True)
        logging.getLogger("servanda.web").info("stopped")


def health(request: Request) -> Response:
    """Whether the record and the store can be asked; 503 where one cannot."""
    from servanda import __version__

    state = request.app.state
    told: dict[str, Any] = {"status": "ok", "version": __version__, "read_only": state.read_only}
    status = 200
    try:
        told["instruments"] = len(state.asking.corpus.ids())
        if state.database:
            from servanda.exchange.store import Store

            with Store.open(state.database) as store:
                told["entries"] = store.head().size
    except Exception as error:  # whatever it is, a balancer must hear of it; the log has the rest
        logging.getLogger("servanda.web").warning("not well: %s", type(error).__name__)
        told, status = {"status": "failing", "version": __version__, "read_only": state.read_only}, 503
    return JSONResponse(told, status_code=status, headers={"Cache-Control": "no-store"})


async def _refused(request: Request, error: Exception) -> Response:
    """What no route answers, as a page; for programs as text."""
    status = getattr(error, "status_code", 500)
    detail = str(getattr(error, "detail", "")) or "refused"
    if request.url.path.startswith(API):
        return PlainTextResponse(detail + "\n", status_code=status)
    said = "this page does not exist" if status == 404 and detail == "Not Found" else detail
    headers = getattr(error, "headers", None) or {}
    made = show(request, "error.html", status=status, heading="Not found" if status == 404 else "Refused", lines=[said])
    made.headers.update(headers)
    return made


async def _failed(request: Request, error: Exception) -> Response:
    """Our own mistake, as a page; the guard logs it."""
    return show(request, "error.html", status=500, heading="Something went wrong", lines=["It is in the server's log."])


__all__ = ["API", "application"]
