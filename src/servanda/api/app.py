"""The application: routes, problems, pace. Answers are those of the questions; here they are only put on the wire."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import Depends, FastAPI

from servanda import __version__
from servanda.api import exchange, questions
from servanda.api.access import paced
from servanda.api.answers import Answers
from servanda.api.pace import Pace
from servanda.api.problems import HANDLERS
from servanda.corpus import Corpus

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from servanda.exchange.keys import SecretKey

PER_MINUTE = 6_000  # requests of one host
WRONG_PER_MINUTE = 10  # wrong tokens of one host
ABOUT = """Who is bound to whom, what each may hold, what each holds, is it kept, who may check, what must happen next, who says
otherwise: for any date, from any state's legal point of view. Every answer carries article, evidence and what is not known.

Mistakes come as problem details (RFC 9457). Answers are pure functions of record and question: keep them by their ETag."""


def create_api(
    corpus: Corpus | None = None,
    *,
    database: str | None = None,
    key: SecretKey | None = None,
    read_only: bool = False,
    per_minute: int = PER_MINUTE,
    paces: tuple[Pace, Pace] | None = None,
) -> FastAPI:
    """The API over a record, as an ASGI application.

    `database` is a store of declarations (a file or an address); with the ledger's secret `key` declarations are accepted
    and what is given to whom is entered in the ledger. `read_only` writes nothing. `per_minute`: requests of one host;
    where several processes count together, `paces` are their counts of requests and of wrong tokens.
    """
    from servanda.exchange.store import Store

    store = Store.open(database) if database is not None else None

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        try:
            yield
        finally:
            if store is not None:
                store.close()

    app = FastAPI(
        title="Servanda",
        version=__version__,
        description=ABOUT,
        dependencies=[Depends(paced)],
        exception_handlers=HANDLERS,
        lifespan=life,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    state: Any = app.state
    state.answers, state.store, state.key, state.read_only = Answers(corpus or Corpus.default()), store, key, read_only
    state.pace, state.tries = paces or (Pace(per_minute), Pace(WRONG_PER_MINUTE))
    app.include_router(exchange.open_router)
    app.include_router(exchange.router)
    app.include_router(questions.router)
    return app
