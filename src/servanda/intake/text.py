"""Bytes as text, days as ISO days, and the head of a text that says when it was written."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import IO

from servanda.intake.items import Limits, Options, Refused
from servanda.intake.prefilter import two_byte

HEADER = re.compile(r"\ufeff?\s{0,200}#[ \t]*dateline:[ \t]*(\d{4}-\d\d-\d\d)\b", re.IGNORECASE)
ISO = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
CONTROLS = bytes(c for c in range(32) if c not in (9, 10, 12, 13, 27))
CHUNK = 1 << 20
FEW = 0.001  # so few bytes that are no UTF-8 are damage, more are another encoding


def decoded(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of bytes, and notes on what was done to them.

    A mark at the head decides, then UTF-8, then what the document declares, then the encoding its bytes look like. Characters that
    mean nothing become U+FFFD, one for one, so that places in the text stay countable. Refused for what is no text.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _cleaned(data[len(mark) :].decode(encoding, "replace"), ())
    if unmarked := two_byte(data):
        return _cleaned(data.decode(unmarked, "replace"), (f"read as {unmarked}",))
    try:
        return _cleaned(data.decode("utf-8"), ())
    except UnicodeDecodeError:
        pass
    damaged = data.decode("utf-8", "replace")
    bad = damaged.count("\ufffd")
    if bad <= max(FEW * len(data), 3) and len(damaged) < len(data) - bad:  # there is UTF-8 beside the damage
        return _cleaned(damaged, (f"{bad} bytes that are not UTF-8",))
    for guess in (declared, _looks_like(data), "cp1252"):
        encoding = guess or ""
        if not encoding or encoding.lower().replace("-", "") in ("utf8", "ascii", "usascii"):
            continue
        try:
            return _cleaned(data.decode(encoding), (f"read as {encoding.lower()}",))
        except (LookupError, UnicodeError, ValueError):
            continue
    return _cleaned(damaged, (f"{bad} bytes that are not UTF-8",))


def _looks_like(data: bytes) -> str | None:
    from resiliparse.parse.encoding import detect_encoding

    found = detect_encoding(data[: 1 << 17])
    return str(found) if found else None


def _cleaned(text: str, notes: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    nothing = text.count("\0")
    if nothing:
        text = text.replace("\0", "\ufffd")
        notes = (*notes, f"{nothing} NUL characters")
    return text, notes


def is_binary(head: bytes) -> bool:
    """Whether the first bytes are no text in any encoding known here."""
    if head.startswith(b"\xef\xbb\xbf") or two_byte(head):
        return False
    return len(head) - len(head.translate(None, CONTROLS)) > len(head) // 20


def day_of(value: object) -> str | None:
    """A day as YYYY-MM-DD from what a field or a page says, the writer's own day whatever the time zone; else None.

    >>> day_of("2023-11-07T23:30:00-05:00"), day_of("Tue, 07 Nov 2023 10:00:00 GMT"), day_of("soon")
    ('2023-11-07', '2023-11-07', None)
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str) or len(value) > 200:
        return None
    match = ISO.match(value)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    for form in ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(value.strip(), form).date().isoformat()
        except ValueError:
            continue
    return None


def dateline(
    name: str, text: str, options: Options, found: tuple[str, str] | None, fetched: str | None = None
) -> tuple[str | None, str | None, tuple[str, ...]]:
    """A document's dateline, the clock it is from, and notes.

    In order: the user's, by name and then for all; a header line; what the document's own data say (`found`: day and clock). A
    day after the one on which it was fetched cannot be and is dropped; the day of fetching itself is never taken.
    """
    base = re.split(r"[/#]", name)[-1]
    for key in (name, base, base.rsplit(".", 1)[0]):
        if key in options.datelines:
            return options.datelines[key], "option", ()
    if options.dateline:
        return options.dateline, "option", ()
    header = HEADER.match(text)
    day = day_of(header[1]) if header else None
    if day:
        return day, "header", ()
    if found is None:
        return None, None, ()
    day, clock = found
    if fetched is not None and _days(day) > _days(fetched) + 1:  # a day's grace for the time zones
        return None, None, (f"{clock} says {day}, after the page was fetched on {fetched}: not used",)
    return day, clock, ()


def _days(day: str) -> int:
    return date.fromisoformat(day).toordinal()


class Guarded:
    """A compressed stream that stops where it grows beyond reason. Reads like a file; keeps nothing."""

    def __init__(self, file: IO[bytes], limits: Limits) -> None:
        self._file, self._limits = file, limits
        self._inner = zlib.decompressobj(31)
        self._packed = b""
        self._out = bytearray()
        self._begun = False
        self._ended = False
        self.taken = 0  # bytes of the file
        self.given = 0  # bytes made of them

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, fewer only at the end. Refused: damage, an early end, or a bomb."""
        while not self._ended and (size < 0 or len(self._out) < size):
            self._more()
        cut = len(self._out) if size < 0 else size
        piece = bytes(self._out[:cut])
        del self._out[:cut]
        return piece

    def lines(self, most: int) -> Iterator[bytes | None]:
        """Lines without their ends; None in place of one longer than `most` bytes."""
        rest, long = b"", False
        while True:
            piece = self.read(CHUNK)
            if not piece:
                break
            *whole, rest = (rest + piece).split(b"\n")
            for line in whole:
                yield None if long or len(line) > most else line
                long = False
            if len(rest) > most:
                rest, long = b"", True
        if rest or long:
            yield None if long else rest

    def _more(self) -> None:
        if not self._packed:
            self._packed = self._file.read(1 << 16)
            self.taken += len(self._packed)
            if not self._packed:
                if self._begun and not self._inner.eof:
                    raise Refused("its gzip data end early: the file was cut off")
                self._ended = True
                return
        if self._inner.eof:
            if not self._packed.strip(b"\0"):  # padding after the last member
                self._packed = b""
                return
            self._inner, self._begun = zlib.decompressobj(31), False
        try:
            piece = self._inner.decompress(self._packed, CHUNK)
        except zlib.error as error:
            raise Refused(f"its gzip data are damaged ({str(error).split(': ')[-1]})") from None
        self._begun = True
        self._packed = self._inner.unused_data if self._inner.eof else self._inner.unconsumed_tail
        self._out += piece
        self.given += len(piece)
        if self.given > self._limits.ratio_from and self.given > self.taken * self._limits.ratio:
            raise Refused(
                f"it unpacks to more than {self._limits.ratio} times its size, as no honest file does; stopped after "
                f"{self.given // CHUNK} MB"
            )
