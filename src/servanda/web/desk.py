"""Addresses of the views that take something in: texts to read, documents to check; and the ledger beside them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from servanda.exchange.tokens import NotAllowed, Unauthorised
from servanda.model.errors import ServandaError
from servanda.questions.entitled import NotEntitled
from servanda.web import entering, exchanging, reading
from servanda.web.door import PageRoute, asking_of, check_post, form_token, form_value, query_of, show, with_token

T = TypeVar("T")
desk = APIRouter(route_class=PageRoute, include_in_schema=False)


def with_form(request: Request, template: str, at: str, status: int = 200, **values: Any) -> Response:
    """A page with a form that can be sent from this browser alone."""
    secret = form_token(request)
    return with_token(request, show(request, template, at, status, token=form_value(secret), **values), secret)


@asynccontextmanager
async def sent(request: Request) -> AsyncIterator[FormData]:
    """The form that was sent, once it is known to be ours; its files are gone afterwards."""
    async with request.form(max_files=40, max_fields=40, max_part_size=3 * reading.MOST_TEXT) as form:
        check_post(request, str(form.get("token", "")))
        yield form


async def _files(form: FormData, name: str) -> list[tuple[str, bytes]]:
    return [(f.filename or "", await f.read()) for f in form.getlist(name) if isinstance(f, UploadFile) and f.filename]


@desk.get("/read")
def read_form(request: Request) -> Response:
    """Where a text is pasted or dropped."""
    return with_form(request, "read.html", "Read", **reading.blank())


@desk.post("/read")
async def read_sent(request: Request) -> Response:
    """The text, marked, with what the record says of each claim."""
    async with sent(request) as form:
        text, day = str(form.get("text", ""))[: reading.MOST_TEXT], str(form.get("dateline", ""))
        files = await _files(form, "files")
    try:
        shown = await run_in_threadpool(reading.view, asking_of(request), text, files, day)
    except ServandaError as error:
        shown = reading.blank() | {"error": str(error), "pasted": text, "dateline": day}
    return with_form(request, "read.html", "Read", 400 if shown["error"] else 200, **shown)


def _home(request: Request) -> dict[str, Any]:
    state = request.app.state
    return exchanging.home(asking_of(request), getattr(state, "database", None), entering.accepts(state))


@desk.get("/exchange")
def exchange_form(request: Request) -> Response:
    """Where a document is checked."""
    return with_form(request, "exchange.html", "Exchange", **_home(request))


@desk.post("/exchange")
async def exchange_sent(request: Request) -> Response:
    """The report on a document, or its workbook marked."""
    async with sent(request) as form:
        files, before = await _files(form, "document"), await _files(form, "earlier")
        give = form.get("give")
    shown = await run_in_threadpool(_home, request)
    try:
        name, data = files[0] if files else ("", b"")
        found, marked = await run_in_threadpool(
            exchanging.view, asking_of(request), name, data, before[0] if before else None
        )
    except ServandaError as error:
        return with_form(request, "exchange.html", "Exchange", 400, **(shown | {"error": str(error)}))
    if give == "marked" and marked:
        return _download(marked, exchanging.TEMPLATES["xlsx"], "marked.xlsx")
    return with_form(request, "exchange.html", "Exchange", **(shown | found))


def status_of(error: ServandaError) -> int:
    """The status of a refusal: 401 for a credential that does not count, 403 for one that may not, 400 for a mistake."""
    return 401 if isinstance(error, Unauthorised) else 403 if isinstance(error, NotAllowed | NotEntitled) else 400


def _counted(request: Request, act: Callable[..., T], *given: Any) -> T:
    """Do what needs a credential. Wrong ones are counted against the host, so that nobody tries them all."""
    host, tries = request.client.host if request.client else "unknown", request.app.state.tries
    wait = tries.peek(host) if tries is not None else 0
    if wait:
        raise HTTPException(429, "too many wrong tokens; wait", headers={"Retry-After": str(int(wait) + 1)})
    try:
        return act(*given)
    except Unauthorised:
        if tries is not None:
            tries.take(host)
        raise


@desk.post("/exchange/submit")
async def exchange_submit(request: Request) -> Response:
    """A signed declaration entered in the ledger, with the receipt."""
    async with sent(request) as form:
        credential = str(form.get("credential", ""))
        declared, signed = await _files(form, "declaration"), await _files(form, "signature")
    shown = await run_in_threadpool(_home, request)
    try:
        found, note = await run_in_threadpool(
            _counted,
            request,
            entering.enter,
            asking_of(request),
            request.app.state,
            credential,
            declared[0] if declared else ("", b""),
            signed[0][1] if signed else b"",
        )
    except ServandaError as error:
        shown |= {"refused": str(error)}
        return with_form(request, "exchange.html", "Exchange", status_of(error), **shown)
    return with_form(request, "entered.html", "Exchange", entered=found, note=note)


@desk.post("/exchange/declaration")
async def exchange_declaration(request: Request) -> Response:
    """A declaration, or its signature file, for a state to which it is owed."""
    async with sent(request) as form:
        credential, entry = str(form.get("credential", "")), str(form.get("entry", ""))
        give, on = str(form.get("give", "")), str(form.get("on", ""))
    try:
        data, signature, index = await run_in_threadpool(
            _counted, request, entering.give, asking_of(request), request.app.state, credential, entry, on
        )
    except ServandaError as error:
        shown = await run_in_threadpool(exchanging.ledger, getattr(request.app.state, "database", None), False)
        return with_form(request, "ledger.html", "Exchange", status_of(error), **shown, refused=str(error))
    if give == "signature":
        return _download(signature, "application/octet-stream", f"entry-{index}.json.sig")
    return _download(data, exchanging.TEMPLATES["json"], f"entry-{index}.json")


def _download(data: bytes, kind: str, name: str) -> Response:
    kept = "".join(c for c in name if c.isascii() and (c.isalnum() or c in "-._"))
    headers = {"Content-Disposition": f'attachment; filename="{kept}"', "Cache-Control": "no-store"}
    return Response(data, media_type=kind, headers=headers)


@desk.get("/exchange/blank")
def exchange_blank(request: Request, party: str, on: str, kind: str = "xlsx", filled: bool = False) -> Response:
    """A blank document to fill in, or one of made-up figures to try with."""
    return _download(*exchanging.blank_form(asking_of(request), party, on, kind, filled))


@desk.get("/exchange/entitled")
def exchange_entitled(request: Request) -> Response:
    """Who may read whose declaration, and why."""
    shown = exchanging.entitled(asking_of(request), query_of(request))
    return show(request, "entitled.html", "Exchange", 400 if shown["error"] else 200, **shown)


@desk.get("/exchange/ledger")
def exchange_ledger(request: Request, verify: bool = False) -> Response:
    """The ledger's head, entries and proofs."""
    shown = exchanging.ledger(getattr(request.app.state, "database", None), verify)
    return with_form(request, "ledger.html", "Exchange", **shown, refused=None)


@desk.get("/exchange/proof/{index}")
def exchange_proof(request: Request, index: int) -> Response:
    """A proof as a file."""
    data = exchanging.proof(getattr(request.app.state, "database", None), index)
    return _download(data, "text/plain; charset=utf-8", f"entry-{index}.proof")
