"""Answers as responses: kept, marked by record and question, and given as 304 to those who have them already."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from fastapi import Request, Response

from servanda import __version__
from servanda.corpus import Corpus
from servanda.corpus.kept import KeptBytes
from servanda.model.answer import Answer

MOST_BYTES = 64 * 2**20
MEDIA = "application/json"


class Answers:
    """The record of one server, and the last answers as bytes: an answer is a pure function of record and question."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._held = KeptBytes(MOST_BYTES)
        self._record: str | None = None

    @property
    def record(self) -> str:
        """The version of record and engine: all files' contents, so that any change of either gives another mark."""
        if self._record is None:
            mark = blake2b(__version__.encode(), digest_size=12)
            for instrument in self.corpus.ids():
                mark.update(f"{instrument}:{self.corpus.dossier(instrument).key}\n".encode())
            mark.update(repr(tuple(self.corpus.actors)).encode())
            self._record = mark.hexdigest()
        return self._record

    def give(self, request: Request, ask: Callable[[], Answer[Any]]) -> Response:
        """The answer to a GET: its document (DESIGN 5) with the tree of reasons as `explanation`."""
        question = request.url.path + "?" + "&".join(sorted(f"{k}={v}" for k, v in request.query_params.multi_items()))
        mark = f'"{blake2b(f"{self.record} {question}".encode(), digest_size=16).hexdigest()}"'
        headers = {"ETag": mark, "Cache-Control": "public, no-cache"}
        body: bytes | None = self._held.get(mark)
        if body is None:
            body = document(ask())
            self._held.put(mark, body, len(body))
        if mark in (m.strip().removeprefix("W/") for m in request.headers.get("if-none-match", "").split(",")):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=MEDIA, headers=headers)


def document(answer: Answer[Any]) -> bytes:
    """An answer's document with its explanation, as JSON."""
    whole = {**answer.data, "explanation": answer.node.as_dict()}
    return json.dumps(whole, ensure_ascii=False, default=str, separators=(",", ":")).encode()
