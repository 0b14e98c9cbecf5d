"""Documents in: files, folders, web archives and standard input become a stream of documents.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("# dateline: 2023-11-07 | wire\\n\\nRussia withdrew.")
    >>> [(t.document.dateline, t.dateline_from) for t in take([str(folder)])]
    [('2023-11-07', 'header')]

What a file is, is told by its content first and by its name only where that leaves it open. The plan of parts depends on the
files alone, so that a run may be divided among processes and machines, stopped, and taken up again.
"""

from __future__ import annotations

import json
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO

from servanda.intake.html import from_html, looks_like_html
from servanda.intake.items import MB, Options, Refused, Taken, Tally, Unread
from servanda.intake.pdf import from_pdf
from servanda.intake.prefilter import Screen
from servanda.intake.tables import from_lines, from_parquet, stretches
from servanda.intake.text import CHUNK, Guarded, dateline, decoded, is_binary
from servanda.intake.warc import from_warc, member_at
from servanda.model.claims import Document
from servanda.model.errors import InputError

PEEK = 1 << 16
PART_FILES, PART_BYTES = 200, 16 * MB  # of small files in one part
LINES_BYTES = 32 * MB  # of JSON lines in one part
WARC_BYTES = 32 * MB  # of a packed web archive in one part
MOST_FILES = 5_000_000  # entries of folders looked at; more is a mistake in the path
CONTAINERS = ("warc", "jsonl", "parquet")


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to be read: where it is, what it is called, its size and time, what it holds, whether it is packed."""

    path: str
    name: str
    size: int
    changed: int
    form: str
    packed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Files, or a stretch of one container (bytes of JSON lines, rows of Parquet), that are read in one go."""

    number: int
    files: tuple[File, ...]
    start: int = 0
    stop: int | None = None

    @property
    def size(self) -> int:
        """Bytes, about."""
        total = sum(f.size for f in self.files)
        return total if self.stop is None or self.files[0].form == "parquet" else min(total, self.stop - self.start)


Source = str | tuple[str, str]  # a path, or a path and the name to give it


def take(sources: Iterable[Source], options: Options | None = None) -> Iterator[Taken | Unread]:
    """Everything in the sources, in order: documents, and those that could not be read with the reason."""
    options = options or Options()
    parts, unread = plan(sources)
    yield from unread
    for part in parts:
        yield from read_part(part, options, Tally())


def plan(sources: Iterable[Source]) -> tuple[list[Part], list[Unread]]:
    """The parts of a run, and what cannot be read at all. InputError for a source that is not there.

    The same files give the same parts, whatever the machine, the engine and the order a folder lists them in.
    """
    unread: list[Unread] = []
    parts: list[Part] = []
    small: list[File] = []

    def close() -> None:
        if small:
            parts.append(Part(number=len(parts), files=tuple(small)))
            small.clear()

    for path, name in _walk(sources, unread):
        try:
            file = _looked_at(path, name)
        except (Refused, OSError) as error:
            unread.append(Unread(name=name, why=_why(error)))
            continue
        if file.form not in CONTAINERS:
            small.append(file)
            if len(small) >= PART_FILES or sum(f.size for f in small) >= PART_BYTES:
                close()
            continue
        close()
        try:
            for start, stop in _stretches(file):
                parts.append(Part(number=len(parts), files=(file,), start=start, stop=stop))
        except (Refused, OSError) as error:
            unread.append(Unread(name=name, why=_why(error)))
    close()
    return parts, unread


def read_part(part: Part, options: Options, tally: Tally) -> Iterator[Taken | Unread]:
    """The documents of a part. A file that vanished, changed its kind or is broken is told, the others are read."""
    for file in part.files:
        try:
            yield from _read(file, part, options, tally)
        except (Refused, OSError, MemoryError) as error:
            yield Unread(name=file.name, why=_why(error))


def spooled(stream: IO[bytes]) -> str:
    """Standard input as a file that can be looked into; the caller removes it."""
    with tempfile.NamedTemporaryFile(prefix="servanda-", suffix=".in", delete=False) as file:
        while piece := stream.read(CHUNK):
            file.write(piece)
        return file.name


def _why(error: BaseException) -> str:
    if isinstance(error, OSError):
        return f"it cannot be read ({error.strerror or error})"
    return str(error) or "it needs more memory than there is"


def _walk(sources: Iterable[Source], unread: list[Unread]) -> Iterator[tuple[Path, str]]:
    seen: set[tuple[int, int]] = set()
    for source in sources:
        place, name = (source, source) if isinstance(source, str) else source
        path = Path(place)
        try:
            state = path.stat()
        except OSError as error:
            what = f"cannot be read ({error.strerror})"
            raise InputError(what, where=name, remedy="name a file, a folder, or - for standard input") from None
        if stat.S_ISDIR(state.st_mode):
            yield from _folder(path, name.rstrip("/") or "/", unread, seen)
        elif stat.S_ISREG(state.st_mode):
            yield path, name
        else:
            raise InputError("is neither a file nor a folder", where=name, remedy="use - for standard input")


def _folder(path: Path, name: str, unread: list[Unread], seen: set[tuple[int, int]]) -> Iterator[tuple[Path, str]]:
    """Files below a folder in the order of their names. A folder is entered once, however many links lead to it."""
    queue = [(path, name)]
    count = 0
    while queue:
        here, called = queue.pop()
        try:
            state = here.stat()
            if (state.st_dev, state.st_ino) in seen:
                continue  # a link that leads back, or a second way to the same folder
            seen.add((state.st_dev, state.st_ino))
            entries = sorted(e.name for e in here.iterdir())
        except OSError as error:
            unread.append(Unread(name=called, why=_why(error)))
            continue
        below: list[tuple[Path, str]] = []
        for entry in entries:
            if entry.startswith("."):
                continue
            count += 1
            if count > MOST_FILES:
                raise InputError(f"more than {MOST_FILES:,} files", where=name, remedy="name folders further down")
            child = here / entry
            label = f"{called.rstrip('/')}/{_printable(entry)}"
            try:
                mode = child.stat().st_mode
            except OSError as error:
                unread.append(Unread(name=label, why=_why(error)))
                continue
            if stat.S_ISDIR(mode):
                below.append((child, label))
            elif stat.S_ISREG(mode):
                yield child, label
            else:
                unread.append(
                    Unread(name=label, why="it is neither a file nor a folder (a pipe, a socket or a device)")
                )
        queue += reversed(below)


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in os.fsencode(name).decode("utf-8", "replace"))


def _open(path: str | Path) -> IO[bytes]:
    """A regular file, opened so that a pipe put in its place meanwhile blocks nobody."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Refused("the file has disappeared")
    return os.fdopen(handle, "rb")


def _looked_at(path: Path, name: str) -> File:
    with _open(path) as file:
        state = os.fstat(file.fileno())
        head = file.read(PEEK)
    packed = head[:2] == b"\x1f\x8b"
    if packed:
        try:
            head = _unpacked_head(path)
        except Refused:
            head = b""
    form = form_of(head, name.lower().removesuffix(".gz") if packed else name.lower())
    if packed and form in ("parquet", "pdf"):
        raise Refused(f"it is {form.upper() if form == 'pdf' else 'Parquet'} in gzip; unpack it first")
    changed = state.st_mtime_ns
    return File(path=str(path), name=name, size=state.st_size, changed=changed, form=form, packed=packed)


def _unpacked_head(path: Path) -> bytes:
    import zlib

    with _open(path) as file:
        inner = zlib.decompressobj(31)
        try:
            return inner.decompress(file.read(PEEK), PEEK)
        except zlib.error:
            return b""


def form_of(head: bytes, name: str) -> str:
    """What a file holds, by its first bytes: warc, parquet, pdf, html, jsonl or text. Refused for anything else."""
    if head.startswith((b"WARC/0.", b"WARC/1.")):
        return "warc"
    if head.startswith(b"PAR1"):
        return "parquet"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if looks_like_html(head):
        return "html"
    if name.endswith((".jsonl", ".ndjson", ".jl")):
        return "jsonl"
    for ending, form in ((".warc", "warc"), (".wet", "warc"), (".parquet", "parquet"), (".pdf", "pdf")):
        if name.endswith(ending):
            if form != "warc" or not head:
                return form
            raise Refused("its name says archive, but its content is not one")
    if head[:4] == b"\x28\xb5\x2f\xfd":
        raise Refused("it is packed with zstd; unpack it first")
    if is_binary(head):
        raise Refused("it is neither text, HTML, PDF, JSON lines, Parquet nor a web archive")
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0].strip()
    if first.startswith(b"{"):
        try:
            if isinstance(json.loads(first), dict):
                return "jsonl"
        except (ValueError, RecursionError):
            pass
    if name.endswith(".json"):
        raise Refused("it is JSON, not JSON lines; write one object a line")
    return "html" if name.endswith((".html", ".htm", ".xhtml")) else "text"


def _stretches(file: File) -> Iterator[tuple[int, int | None]]:
    if file.form == "parquet":
        yield from stretches(Path(file.path))
    elif file.form == "jsonl" and not file.packed and file.size > LINES_BYTES:
        for start in range(0, file.size, LINES_BYTES):
            yield start, min(start + LINES_BYTES, file.size)
    elif file.form == "warc" and file.packed and file.size > WARC_BYTES:
        path = Path(file.path)
        found = {m for at in range(WARC_BYTES, file.size, WARC_BYTES) if (m := member_at(path, at)) is not None}
        yield from pairwise([0, *sorted(found), file.size])
    else:
        yield 0, None


def _read(file: File, part: Part, options: Options, tally: Tally) -> Iterator[Taken | Unread]:
    if file.form == "warc":
        yield from from_warc(Path(file.path), file.name, file.packed, options, tally, part.start, part.stop)
    elif file.form == "parquet":
        yield from from_parquet(Path(file.path), file.name, part.start, part.stop, options, tally)
    elif file.form == "jsonl":
        with _open(file.path) as stream:
            yield from from_lines(stream, file.name, part.start, part.stop, file.packed, options, tally)
    else:
        tally.seen += 1
        taken = _document(file, options)
        screen = Screen.of(options.words) if options.screened and options.words else None
        if screen is not None and not screen.passes_text(taken.document.text):
            tally.screened += 1
            return
        yield taken


def _document(file: File, options: Options) -> Taken:
    limits = options.limits
    title: str | None = None
    found: tuple[str, str] | None = None
    if file.form == "pdf":
        text, notes = from_pdf(Path(file.path), limits)
    else:
        with _open(file.path) as stream:
            data = (Guarded(stream, limits) if file.packed else stream).read(limits.document + 1)
        if len(data) > limits.document:
            size = "more" if file.packed else f"{file.size // MB:,} MB"
            raise Refused(f"it has {size}; a document may have {limits.document // MB} MB")
        if file.form == "html":
            text, title, found, notes = from_html(data, limits)
        else:
            if is_binary(data[:PEEK]):
                raise Refused("it is not a text")
            text, notes = decoded(data)
    line, clock, more = dateline(file.name, text, options, found)
    document = Document(name=file.name, text=text, dateline=line)
    return Taken(document=document, form=file.form, dateline_from=clock, title=title, notes=(*notes, *more))
