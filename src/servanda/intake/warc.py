"""Pages of web archives (WARC, WET): screened as bytes, and parsed only if something of a treaty may be in them."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from servanda.intake.html import from_html, looks_like_html
from servanda.intake.items import MB, Options, Refused, Taken, Tally, Unread
from servanda.intake.prefilter import Screen
from servanda.intake.text import dateline, day_of, decoded, is_binary
from servanda.model.claims import Document

HUGE = 1024 * MB  # a record said to be longer than this is no page; skipping it would cost what reading it costs
PROGRESS = 1 << 16
MAGIC = b"\x1f\x8b\x08"
NEAR, STEP, HEAD = (
    16 * MB,
    1 << 18,
    1 << 12,
)  # how far a beginning is looked for, in what steps, how much of it unpacked
CUT = "the archive was cut off"


def member_at(path: Path, offset: int) -> int | None:
    """Where the first record after an offset begins that is packed by itself, within NEAR bytes; None where there is none."""
    with path.open("rb") as file:
        for step in range(0, NEAR, STEP):
            file.seek(offset + step)
            near = file.read(STEP + HEAD)
            at = near.find(MAGIC)
            while 0 <= at < STEP:
                with suppress(zlib.error):
                    if zlib.decompressobj(31).decompress(near[at : at + HEAD], 8).startswith(b"WARC/"):
                        return offset + step + at
                at = near.find(MAGIC, at + 1)
    return None


class _Slice:
    """A stretch of a file as a file."""

    def __init__(self, file: IO[bytes], start: int, stop: int) -> None:
        self._file, self._start, self._size = file, start, stop - start
        file.seek(start)

    def read(self, size: int = -1) -> bytes:
        left = self._size - self.tell()
        return self._file.read(left if size < 0 else min(size, left))

    def seek(self, offset: int, whence: int = 0) -> int:
        base = (0, self.tell(), self._size)[whence]
        return self._file.seek(self._start + base + offset) - self._start

    def tell(self) -> int:
        return self._file.tell() - self._start

    def close(self) -> None:
        """Left to whoever opened the file."""


class Stream:
    """What FastWARC reads from: the file, unpacked where it is packed, and stopped where it grows beyond reason."""

    def __init__(
        self, file: IO[bytes], packed: bool, options: Options, start: int = 0, stop: int | None = None
    ) -> None:
        from fastwarc.stream_io import GzipReader

        self._start = start
        self._stop = os.fstat(file.fileno()).st_size if stop is None else stop
        self._raw = _Slice(file, start, self._stop)
        self._reader = GzipReader(self) if packed else None
        self._limits = options.limits
        self._outer = _Outer(self) if packed else None
        self.taken = 0
        self.given = 0
        self.refused: str | None = None

    def open(self) -> Any:
        """The unpacked side."""
        return self._outer if self._outer is not None else self._raw

    # the packed side, as the unpacker calls it
    def read(self, size: int = -1) -> bytes:
        """Bytes of the file."""
        piece = self._raw.read(size)
        self.taken += len(piece)
        return piece

    def seek(self, offset: int, whence: int = 0) -> int:
        """As a file."""
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        """As a file."""
        return self._raw.tell()

    def close(self) -> None:
        """Left to whoever opened the file."""

    def cut_off(self, path: Path) -> bool:
        """Whether the last member of a packed file, now read through, lacks its end; FastWARC does not say."""
        if self._reader is None:
            return False
        start = self._reader.frame_start_position() or 0
        with path.open("rb") as whole:
            file = _Slice(whole, self._start, self._stop)
            if start == 0:  # one member for all: its last four bytes say how much it holds
                file.seek(max(self._stop - self._start - 4, 0))
                return int.from_bytes(file.read(4), "little") != self.given % (1 << 32)
            file.seek(start)
            member, rest = zlib.decompressobj(31), file.read(PROGRESS)
            while rest:
                member.decompress(rest, MB)
                rest = member.unused_data or member.unconsumed_tail or file.read(PROGRESS)
                if member.eof and not rest.strip(b"\0"):
                    return False
                if member.eof:  # a member begins that was not seen
                    member = zlib.decompressobj(31)
        return True

    def unpacked(self, size: int) -> bytes:
        """Bytes unpacked; none any more once the limit is passed."""
        if self.refused is not None or self._reader is None:
            return b""
        piece: bytes = self._reader.read(size)
        self.given += len(piece)
        if self.given > self._limits.ratio_from and self.given > self.taken * self._limits.ratio:
            self.refused = (
                f"it unpacks to more than {self._limits.ratio} times its size, as no honest archive does; stopped after "
                f"{self.given // MB} MB"
            )
            return b""
        return piece


class _Outer:
    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.unpacked(size if size >= 0 else PROGRESS)
        self._at += len(piece)
        return piece

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError("a packed stream has no places")

    def close(self) -> None:
        pass


def from_warc(
    path: Path, name: str, packed: bool, options: Options, tally: Tally, start: int = 0, stop: int | None = None
) -> Iterator[Taken | Unread]:
    """Documents of an archive, or of the stretch between two places where a record begins.

    Pages that hold no claim are counted and left out; a broken end is named after what went before.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    screen = Screen.of(options.words) if options.words else None
    label = f"{name}@{start}" if start else name  # beyond the first stretch records are counted from its place
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    with path.open("rb") as file:
        stream = Stream(file, packed, options, start, stop)
        number = end = 0
        size = os.fstat(file.fileno()).st_size
        try:
            for record in ArchiveIterator(stream.open(), record_types=kinds, stream_detect=False, auto_decode="none"):
                number += 1
                tally.seen += 1
                end = 0 if packed else record.stream_pos + record.content_length
                if record.content_length > HUGE:
                    told = f"the record is said to have {record.content_length // MB:,} MB; the rest is not read"
                    yield Unread(name=f"{label}#{number}", why=told)
                    return
                data = _body(record, options.limits.document)
                if data is None:
                    tally.other += 1
                    continue
                if isinstance(data, str):
                    yield Unread(name=f"{label}#{number}", why=data)
                    continue
                if screen is not None and not screen.passes(data):
                    tally.screened += 1
                    continue
                yield _page(record, data, f"{label}#{number}", options)
        except Refused as error:
            yield Unread(name=name, why=f"{stream.refused or error} (after {number - 1:,} records)")
            return
        except Exception as error:  # FastWARC's own, and zlib's; whatever it is, the archive ends here
            why = stream.refused or f"the archive is damaged ({str(error).splitlines()[0][:160]})"
            yield Unread(name=name, why=f"{why} (after {number:,} records)")
            return
        if stream.refused:
            yield Unread(name=name, why=f"{stream.refused} (after {number:,} records)")
        elif end > size or _ends_early(stream, path):
            yield Unread(name=name, why=f"{CUT} (after {number:,} records)")
        elif not number:
            yield Unread(name=name, why="the archive holds no page")


def _ends_early(stream: Stream, path: Path) -> bool:
    try:
        return stream.cut_off(path)
    except (OSError, zlib.error):
        return True


CODED = frozenset(["content-encoding", "transfer-encoding"])


def _body(record: Any, most: int) -> bytes | str | None:
    """A record's content; None where it is no text; a sentence where it cannot be read."""
    headers = record.http_headers if record.is_http_parsed else None
    if headers is not None:
        kind = (record.http_content_type or "text/html").lower()
        if not (kind.startswith("text/") or "html" in kind or "xml" in kind) or kind.startswith(
            ("text/css", "text/java")
        ):
            return None
        if any(name.lower() in CODED for name, _ in headers.items()):
            return _unpacked(record, headers, most)
    return _read(record, most)


def _read(record: Any, most: int) -> bytes | str:
    length = record.content_length
    data: bytes = record.reader.read(most + 1)
    if len(data) > most:
        return f"the page is longer than {most // MB} MB"
    if len(data) < length:
        raise Refused(CUT)
    return data


def _unpacked(record: Any, headers: Any, most: int) -> bytes | str:
    """A body that was sent packed. Crawlers often store it plain and keep the header: then it is taken as it is."""
    from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader

    data = _read(record, most)
    if isinstance(data, str):
        return data
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower() and data[:1] in b"0123456789abcdefABCDEF":
        with suppress(Exception):  # whatever the reader of chunks says no to was stored plain
            data = bytes(ChunkedReader(io.BytesIO(data)).read(most + 1)) or data
    how = (headers.get("Content-Encoding") or "").lower()
    try:
        if "gzip" in how and data[:2] == b"\x1f\x8b":
            data = bytes(GzipReader(io.BytesIO(data)).read(most + 1))
        elif how == "br" and not looks_like_html(data):
            data = bytes(BrotliReader(io.BytesIO(data)).read(most + 1))
    except Exception as error:
        return f"its content cannot be unpacked ({str(error).splitlines()[0][:120]})"
    if len(data) > most:
        return f"the page unpacks to more than {most // MB} MB"
    return data


def _page(record: Any, data: bytes, name: str, options: Options) -> Taken | Unread:
    headers = record.headers
    url = headers.get("WARC-Target-URI")
    fetched = day_of(headers.get("WARC-Date"))
    declared = record.http_charset if record.is_http_parsed else None
    try:
        if is_binary(data[:4096]):
            raise Refused("it is not a text")
        if looks_like_html(data) or (record.is_http_parsed and "html" in (record.http_content_type or "html")):
            text, title, found, notes = from_html(data, options.limits, declared)
        else:
            text, notes = decoded(data, declared)
            title = found = None
    except Refused as error:
        return Unread(name=f"{name} ({url})" if url else name, why=str(error))
    line, clock, more = dateline(name, text, options, found, fetched)
    if line is None and url in options.datelines:
        line, clock = options.datelines[url], "option"
    document = Document(name=name, text=text, dateline=line)
    notes = (*notes, *more)
    return Taken(
        document=document, form="warc", dateline_from=clock, fetched=fetched, url=url, title=title, notes=notes
    )
