"""Short ways to read a sentence in a test."""

from __future__ import annotations

from servanda.extraction.dates import dates
from servanda.extraction.extractor import Extractor
from servanda.extraction.lexicon import Lexicon
from servanda.extraction.scan import Scan, scan
from servanda.extraction.text import sentences, tokens
from servanda.extraction.when import Clock
from servanda.model.claims import Claim, Document

TODAY = "2024-03-15"  # a Friday


def read(text: str, dateline: str | None = TODAY) -> tuple[Claim, ...]:
    """The claims of a text."""
    return Extractor.default().read(Document(name="t", text=text, dateline=dateline)).claims


def only(text: str, dateline: str | None = TODAY) -> Claim:
    """The one claim of a text."""
    claims = read(text, dateline)
    assert len(claims) == 1, [(c.event, c.text) for c in claims]
    return claims[0]


def told(text: str, dateline: str | None = TODAY) -> list[tuple[str, str, str]]:
    """Event, instrument and actors of each claim of a text."""
    return [(c.event, c.instrument, " ".join(c.actors)) for c in read(text, dateline)]


def moods(text: str) -> list[tuple[str, str, str, str]]:
    """Event, modality, polarity and speaker of each claim of a text."""
    return [(c.event, c.modality, c.polarity, c.speaker) for c in read(text)]


def seen(text: str, dateline: str | None = TODAY) -> Scan:
    """The first sentence of a text with all that stands in it."""
    year = int(dateline[:4]) if dateline else None
    return scan(sentences(text)[0], Lexicon.default(), Clock(dateline), year)


def days(text: str, dateline: str | None = TODAY) -> list[tuple[str | None, str | None]]:
    """The value looking back and the value looking ahead of each expression of time in a text."""
    return [(w.past, w.ahead) for w in dates(tokens(text), Clock(dateline))]
