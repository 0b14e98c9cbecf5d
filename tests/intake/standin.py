"""A reader of one sentence, in place of the real one: intake is tested apart from what is found in the text."""

from __future__ import annotations

import re
import sys
import time
import types
from functools import cache

from servanda.model.claims import Claim, Document, Read

WORDS = (("treaty", "CFE", "open skies", "довсе"), ("withdr", "sign", "вышла"))
SENTENCE = re.compile(r"(Russia|Canada) (withdrew|signed)")


class Extractor:
    @staticmethod
    @cache
    def default():
        return Extractor()

    def read(self, document: Document) -> Read:
        if "SLOW" in document.text:
            while True:
                time.sleep(0.01)
        claims = tuple(
            Claim(
                start=m.start(2),
                end=m.end(2),
                text=m[2],
                event="withdraw" if m[2] == "withdrew" else "sign",
                instrument="cfe",
                actors=("RUS" if m[1] == "Russia" else "CAN",),
            )
            for m in SENTENCE.finditer(document.text)
        )
        return Read(name=document.name, dateline=document.dateline, claims=claims)


def judge(document: Document):
    read = Extractor.default().read(document)
    found = {"finding": "supported", "acts": ["made"], "why": "so"}
    return {
        "name": read.name,
        "dateline": read.dateline,
        "story": None,
        "claims": [{**c.as_dict(), **found} for c in read.claims],
    }


def fatal(document: Document):
    """A judge that takes its process with it."""
    if "FATAL" in document.text:
        import os

        os._exit(9)
    return judge(document)


def words():
    return WORDS


def install(monkeypatch):
    """Put the stand-ins in the place of reader and lexicon."""
    reader, lexicon = (
        types.ModuleType("servanda.extraction.extractor"),
        types.ModuleType("servanda.extraction.screening"),
    )
    reader.Extractor = Extractor
    lexicon.prefilter_words = lambda: WORDS
    monkeypatch.setitem(sys.modules, "servanda.extraction.extractor", reader)
    monkeypatch.setitem(sys.modules, "servanda.extraction.screening", lexicon)


def warc(path, pages, *, packed=True):
    """A web archive of (url, day, headers, body) pages."""
    import gzip
    import io

    from fastwarc.warc import WarcRecord, WarcRecordType

    with path.open("wb") as file:
        for url, day, headers, body in pages:
            record = WarcRecord()
            record.init_headers(WarcRecordType.response)
            record.is_http = True
            record.headers.append("WARC-Target-URI", url)
            record.headers["WARC-Date"] = f"{day}T10:00:00Z"
            record.set_bytes_content(b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n\r\n" + body)
            plain = io.BytesIO()
            record.write(plain)
            file.write(gzip.compress(plain.getvalue(), 6) if packed else plain.getvalue())  # a member a record
    return path
