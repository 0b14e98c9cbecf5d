"""What every page of the application is served with: headers, language, errors as pages, tokens against forged posts."""

from __future__ import annotations

import gzip
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Coroutine
from datetime import date
from hashlib import blake2b
from typing import Any
from urllib.parse import urlencode, urlsplit

from anyio import CapacityLimiter, to_thread
from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute

from servanda.corpus.kept import KeptBytes
from servanda.model.errors import DataError, ServandaError, UnknownName
from servanda.web.asking import Asking
from servanda.web.pages import Links, page
from servanda.web.words import LANGUAGES

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
COOKIE = "servanda_form"
SECRET = 32  # bytes
MOST_PAGES = 16 * 2**20  # bytes of pages kept, compressed
MAKERS = 2  # pages made at once in one process
LEVEL = 1  # of compression: a page that is made anew for many a day must not take longer to pack than to make
MOST_ADDRESS = 4_000  # characters of a query
_asking: list[Asking] = []


def asking_of(request: Request) -> Asking:
    """The questions' one desk of this process, on the corpus that the server was started with."""
    held = getattr(request.app.state, "asking", None)
    if held is None:
        corpus = getattr(request.app.state, "corpus", None)
        held = Asking(corpus) if corpus is not None else _shared()
        request.app.state.asking = held
    return held


def _shared() -> Asking:
    if not _asking:
        _asking.append(Asking())
    return _asking[0]


def query_of(request: Request) -> dict[str, str]:
    """The query as plain words; what is empty is left out. The last of several counts."""
    return {k: v.strip()[:MOST_ADDRESS] for k, v in request.query_params.items() if v.strip()}


def links_of(request: Request) -> Links:
    """Addresses in the language that was asked for."""
    made = Links()
    asked = request.query_params.get("lang", "")
    made.lang = asked if asked in LANGUAGES and asked != "en" else None
    return made


def show(request: Request, template: str, at: str = "", status: int = 200, **values: Any) -> HTMLResponse:
    """A page, in the language of the address or of the browser."""
    link = values.pop("link", None) or links_of(request)
    language = link.lang or "en"
    others = []
    for code, name in LANGUAGES.items():
        if code != language:
            query = [(k, v) for k, v in request.query_params.multi_items() if k not in ("lang", "part")] + [
                ("lang", code)
            ]
            others.append((f"{request.url.path}?{urlencode(query)}", (code, name)))
    made = page(template, language, link, at=at, alternates=others, **values)
    return HTMLResponse(made, status_code=status)


def failure(request: Request, error: ServandaError) -> HTMLResponse:
    """A mistake of the asker's as a page: what, where, remedy, and every fault of a file."""
    lines = [str(f) for f in error.faults] if isinstance(error, DataError) else [str(error)]
    status = 404 if isinstance(error, UnknownName) else 400
    return show(request, "error.html", status=status, heading="This cannot be answered", lines=lines)


class PageRoute(APIRoute):
    """A route whose answers carry the page headers and whose faults are pages."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, wrapped."""
        handler = super().get_route_handler()

        async def wrapped(request: Request) -> Response:
            try:
                if len(request.url.query) > MOST_ADDRESS:
                    raise HTTPException(414, "the address is too long")
                response = await handler(request)
            except ServandaError as error:
                response = failure(request, error)
            except RequestValidationError as error:
                said = [f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors()]
                response = show(request, "error.html", status=422, heading="This cannot be answered", lines=said)
            except HTTPException as error:
                response = show(
                    request, "error.html", status=error.status_code, heading="Refused", lines=[str(error.detail)]
                )
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            return tagged(request, response)

        return wrapped


async def kept_page(request: Request, question: tuple[Any, ...], make: Callable[[], Response]) -> Response:
    """The page that answers a question, from those kept where it is there: it follows from record, question and today's date.

    So many are made at once and no more: a page that waits for its turn is there sooner than one of many made together.
    """
    state = request.app.state
    if getattr(state, "pages", None) is None:
        state.pages, state.makers = KeptBytes(MOST_PAGES), CapacityLimiter(MAKERS)
    key = (request.url.path, date.today(), *question)
    held: tuple[str, bytes] | None = state.pages.get(key)
    if held is None:
        response = await to_thread.run_sync(make, limiter=state.makers)
        if response.status_code != 200:
            return response
        body = bytes(response.body)
        held = _mark(body), gzip.compress(body, LEVEL, mtime=0)
        state.pages.put(key, held, len(held[1]))
    mark, packed = held
    headers = {"ETag": mark, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if _has(request, mark):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return HTMLResponse(packed, headers={**headers, "Content-Encoding": "gzip"})
    return HTMLResponse(gzip.decompress(packed), headers=headers)


def _mark(body: bytes) -> str:
    return f'W/"{blake2b(body, digest_size=12).hexdigest()}"'


def _has(request: Request, mark: str) -> bool:
    return mark in (m.strip() for m in request.headers.get("if-none-match", "").split(","))


def tagged(request: Request, response: Response) -> Response:
    """The response with a mark of its content; 304 where the asker has that content already."""
    if request.method != "GET" or response.status_code != 200 or "cache-control" in response.headers:
        return response
    mark = _mark(bytes(response.body))
    response.headers["ETag"], response.headers["Cache-Control"] = mark, "no-cache"
    if _has(request, mark):
        kept = {k: v for k, v in response.headers.items() if k not in ("content-length", "content-type")}
        return Response(status_code=304, headers=kept)
    return response


def form_token(request: Request) -> str:
    """The secret of this browser: that of its cookie, or a new one. It needs no memory, so a restart breaks no form."""
    held = request.cookies.get(COOKIE, "")
    return held if _bytes(held) is not None else secrets.token_urlsafe(SECRET)


def form_value(secret: str) -> str:
    """What a form carries: the secret under a mask of its own, so that it looks different on every page.

    Compressed answers that repeat what was sent would otherwise give the secret away by their length, letter by letter.
    """
    raw, mask = _bytes(secret) or b"", secrets.token_bytes(SECRET)
    return urlsafe_b64encode(mask + bytes(a ^ b for a, b in zip(mask, raw, strict=False))).decode().rstrip("=")


def with_token(request: Request, response: Response, secret: str) -> Response:
    """The response, with the cookie that the form's value is held against, and never kept by anybody between."""
    if request.cookies.get(COOKIE) != secret:
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, secret, httponly=True, samesite="strict", secure=secure, path="/")
    response.headers["Cache-Control"] = "no-store"
    return response


def check_post(request: Request, value: str) -> None:
    """Refuse a post that did not come from a form of ours in the same browser. HTTPException 403."""
    held, given = _bytes(request.cookies.get(COOKIE, "")), _bytes(value, 2 * SECRET)
    if held is None or given is None or not _same(held, given):
        raise HTTPException(403, "the form is not from this browser's page; open the page again and send it from there")
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403, "the form was sent from another site")


def _same(held: bytes, given: bytes) -> bool:
    mask, masked = given[:SECRET], given[SECRET:]
    return hmac.compare_digest(bytes(a ^ b for a, b in zip(mask, masked, strict=True)), held)


def _bytes(text: str, length: int = SECRET) -> bytes | None:
    """The bytes that a token stands for; None where this server did not make it."""
    try:
        raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (ValueError, UnicodeError):
        return None
    return raw if len(raw) == length else None
