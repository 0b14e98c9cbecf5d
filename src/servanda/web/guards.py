"""What stands between the network and the pages: limits on size and time, headers, and one line of log a request.

Plain ASGI, so that a body is counted as it arrives and never held twice. The log tells method, path, status, bytes and
milliseconds: no query, no header, no cookie, no body, and so no token and nothing of what somebody pasted.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from servanda.model.numbers import whole_number

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_BODY = 20 * 1024 * 1024  # bytes of an upload
BODY_SECONDS = 30.0  # a body must arrive within
ANSWER_SECONDS = 60.0  # an answer must begin within
log = logging.getLogger("servanda.web")


class Refused(Exception):
    """The body is too large or too slow; raised into whoever reads it."""


class JsonLines(logging.Formatter):
    """A record as one line of JSON; what a line says more than its message stands in `record.told`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class Guard:
    """The outermost layer of the server.

    `headers` are put on every answer that does not set them itself. A body beyond `most_body` bytes is refused with 413,
    one that arrives too slowly with 408, and an answer that does not begin within `answer_seconds` is given up with 503.
    """

    def __init__(
        self,
        app: Application,
        *,
        headers: Mapping[str, str],
        most_body: int = MOST_BODY,
        body_seconds: float = BODY_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self.app = app
        self.headers = [(k.lower().encode(), v.encode()) for k, v in headers.items()]
        self.most_body, self.body_seconds, self.answer_seconds = most_body, body_seconds, answer_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        exchange = _Exchange(self, scope, receive, send)
        started = time.perf_counter()
        try:
            await exchange.run()
        finally:
            log.info(
                "request",
                extra={
                    "told": {
                        "method": scope["method"],
                        "path": scope["path"][:300],
                        "status": exchange.status,
                        "bytes": exchange.sent,
                        "ms": round(1000 * (time.perf_counter() - started), 1),
                    }
                },
            )


class _Exchange:
    """One request and its answer, counted."""

    def __init__(self, guard: Guard, scope: Scope, receive: Receive, send: Send) -> None:
        self.guard, self.scope, self._receive, self._send = guard, scope, receive, send
        self.status, self.sent, self.got = 0, 0, 0
        self.until = time.monotonic() + guard.body_seconds
        self.whole, self.dropped = False, False
        self.fault: tuple[int, str] | None = None
        self.begun = asyncio.Event()

    @property
    def too_large(self) -> tuple[int, str]:
        return 413, f"The upload is larger than {self.guard.most_body / 1024 / 1024:,.0f} MB."

    async def run(self) -> None:
        length = dict(self.scope["headers"]).get(b"content-length", b"0")
        if whole_number(length.decode("latin-1"), self.guard.most_body) is None:
            await self.refuse(*self.too_large)
            return
        task = asyncio.ensure_future(self.guard.app(self.scope, self.receive, self.send))
        begun = asyncio.ensure_future(self.begun.wait())
        try:
            await asyncio.wait(
                {task, begun}, timeout=self.guard.answer_seconds, return_when=asyncio.FIRST_COMPLETED
            )  # fmt: skip
            if not task.done() and not self.begun.is_set():
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                await self.refuse(503, "The answer took too long and was given up. Ask for less at once.")
                return
            await task
        except Exception:
            log.exception("failed", extra={"told": {"path": self.scope["path"][:300]}})
            await self.refuse(500, "Something went wrong here. It is in the server's log.")
        finally:
            begun.cancel()
            if not task.done():
                task.cancel()

    async def receive(self) -> Message:
        if self.whole:  # what follows a body is the news that the client has gone; it may take as long as it likes
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), max(0.001, self.until - time.monotonic()))
        except TimeoutError:
            self.fault = (408, "The upload took too long to arrive.")
            raise Refused from None
        self.got += len(message.get("body", b""))
        if self.got > self.guard.most_body:
            self.fault = self.too_large
            raise Refused
        self.whole = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        if self.fault is not None:  # whatever the reader of the body made of it, the reason is told
            fault, self.fault, self.dropped = self.fault, None, True
            await self._refuse(*fault)
            return
        if self.dropped:
            return
        if message["type"] == "http.response.start":
            self.begun.set()
            self.status = message["status"]
            held = list(message.get("headers", ()))
            names = {k.lower() for k, _ in held}
            message = {**message, "headers": held + [(k, v) for k, v in self.guard.headers if k not in names]}
        else:
            self.sent += len(message.get("body", b""))
        await self._send(message)

    async def refuse(self, status: int, said: str) -> None:
        if self.begun.is_set():  # half an answer is out already: nothing can be told any more
            return
        self.fault = None
        await self._refuse(status, said)

    async def _refuse(self, status: int, said: str) -> None:
        body = (said + "\n").encode()
        headers = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ]
        self.begun.set()
        self.status, self.sent = status, len(body)
        await self._send({"type": "http.response.start", "status": status, "headers": headers + self.guard.headers})
        await self._send({"type": "http.response.body", "body": body})
