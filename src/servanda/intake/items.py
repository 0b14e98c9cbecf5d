"""What intake gives: documents taken in, documents that could not be, and the limits it keeps to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from servanda.model.claims import Document

MB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on what one document may cost. Sizes in bytes, times in seconds."""

    # A report has some kilobytes, a book one or two megabytes: ten are no single document.
    document: int = 10 * MB
    # Gzip makes HTML 5 to 20 times smaller and can make zeros 1,030 times smaller; honest archives stay far below 200.
    ratio: int = 200
    # Before so much has come out the ratio says nothing: the first page of an archive may be all blanks.
    ratio_from: int = 32 * MB
    # HTML is cut out in time that grows with the square of its depth: 2,000 levels take 0.2 s, 50,000 a minute. Real
    # pages stay below 100; browsers stop at 512.
    depth: int = 2_000
    # Attributes of one tag, in time that grows with their square: 2,000 take 10 ms, 60,000 eleven seconds.
    attributes: int = 2_000
    # A formatting tag left open is opened again in every block that follows: so many re-openings make a bomb.
    reopened: int = 500_000
    # A long treaty with annexes has some 300 pages.
    pages: int = 2_000
    # What reading one document may take; a news report takes milliseconds.
    seconds: float = 60.0
    # A PDF is parsed by a child process with this much address space.
    pdf_memory: int = 2048 * MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Names of the fields of JSON lines and of the columns of Parquet; None for the usual names."""

    text: str | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to take documents in.

    `dateline` (YYYY-MM-DD) is for all, `datelines` for documents by name (whole, or the file's name with or without its
    ending) and goes before it. `words` is a function that gives the two lists of words of which a page must hold one each;
    without it nothing is screened. Pages of a web archive are screened where there are words, every other container where
    `screened` says so.
    """

    dateline: str | None = None
    datelines: Mapping[str, str] = field(default_factory=dict)
    fields: Fields = field(default_factory=Fields)
    limits: Limits = field(default_factory=Limits)
    screened: bool = False
    words: Callable[[], tuple[Iterable[str], Iterable[str]]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A document taken in.

    `form` is text, html, pdf, jsonl, parquet or warc. `dateline_from` names the clock that gave the dateline. `fetched` is
    the day a crawler came by: the document is no younger, and that is all it says.
    """

    document: Document
    form: str
    dateline_from: str | None = None
    fetched: str | None = None
    url: str | None = None
    title: str | None = None
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """What JSON adds to the document's entry."""
        return {
            "form": self.form,
            "dateline_from": self.dateline_from,
            "fetched": self.fetched,
            "url": self.url,
            "title": self.title,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A document that could not be taken in, and why."""

    name: str
    why: str

    def as_dict(self) -> dict[str, str]:
        """Plain data for JSON."""
        return {"name": self.name, "why": self.why}


@dataclass(slots=True)
class Tally:
    """How far a part has come: documents looked at, those the prefilter rejected, those of no textual kind."""

    seen: int = 0
    screened: int = 0
    other: int = 0


class Refused(Exception):
    """A document is not taken in. The text says why, in one line."""
