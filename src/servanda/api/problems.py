"""Mistakes of the asker's as problem details (RFC 9457), in the words of the command line."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from servanda.exchange.tokens import NotAllowed, Unauthorised
from servanda.model.errors import DataError, ServandaError, UnknownName
from servanda.questions.entitled import NotEntitled

MEDIA = "application/problem+json"


class Problem(BaseModel):
    """What went wrong: RFC 9457, with the parts of a message apart."""

    type: str = Field(description="The kind of problem: a word of ours, or about:blank.")
    title: str = Field(description="The kind in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What is wrong, where, and what to do, in one line.")
    remedy: str | None = Field(None, description="What to do.")
    near: list[str] = Field(default_factory=list, description="Names that may have been meant.")
    faults: list[str] = Field(default_factory=list, description="All that is wrong with a file or a query.")


_KINDS: dict[type[Exception], tuple[int, str, str]] = {
    UnknownName: (404, "unknown-name", "No such name"),
    Unauthorised: (401, "unauthorised", "The credential does not count"),
    NotEntitled: (403, "not-entitled", "Not owed to this state"),
    NotAllowed: (403, "forbidden", "Not allowed to this role"),
    DataError: (400, "faulty-file", "A file that cannot be used"),
}


def problem(
    status: int, kind: str, title: str, detail: str, headers: dict[str, str] | None = None, **more: Any
) -> JSONResponse:
    """A problem as a response."""
    body = Problem(type=kind, title=title, status=status, detail=detail, **more).model_dump(exclude_none=True)
    made = {"Cache-Control": "no-store", **(headers or {})}
    if status == 401:
        made["WWW-Authenticate"] = 'Bearer realm="servanda"'
    return JSONResponse(body, status_code=status, media_type=MEDIA, headers=made)


async def of_error(_: Request, error: Exception) -> JSONResponse:
    """The problem that an error is."""
    status, kind, title = next(
        (v for k, v in _KINDS.items() if isinstance(error, k)), (400, "unusable", "Unusable input")
    )
    faults = [str(f) for f in error.faults] if isinstance(error, DataError) else []
    near = list(error.near) if isinstance(error, UnknownName) else []
    detail = faults[0] if faults else str(error)
    return problem(status, kind, title, detail, remedy=getattr(error, "remedy", None), near=near, faults=faults)


async def of_query(_: Request, error: Exception) -> JSONResponse:
    """Arguments of the wrong form."""
    assert isinstance(error, RequestValidationError)
    told = [f"{'.'.join(str(x) for x in e['loc'][1:]) or e['loc'][0]}: {e['msg']}" for e in error.errors()]
    return problem(422, "wrong-arguments", "Arguments of the wrong form", told[0], faults=told)


async def of_http(_: Request, error: Exception) -> JSONResponse:
    """What no route answers."""
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    return problem(error.status_code, "about:blank", str(error.detail), str(error.detail), headers)


HANDLERS: dict[Any, Any] = {
    ServandaError: of_error,
    RequestValidationError: of_query,
    HTTPException: of_http,
}

RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": words, "content": {MEDIA: {}}}
    for status, words in (
        (400, "What is asked means nothing, or a file cannot be used."),
        (404, "A name that the record does not know."),
        (422, "Arguments of the wrong form."),
        (429, "Too many requests."),
    )
}
GUARDED: dict[int | str, dict[str, Any]] = {
    **RESPONSES,
    401: {"model": Problem, "description": "The token is missing or does not count.", "content": {MEDIA: {}}},
    403: {
        "model": Problem,
        "description": "Not owed to this state, or not allowed to this role.",
        "content": {MEDIA: {}},
    },
    409: {"model": Problem, "description": "This server keeps no store, or writes nothing.", "content": {MEDIA: {}}},
}

__all__ = ["GUARDED", "HANDLERS", "MEDIA", "RESPONSES", "Problem", "problem"]
