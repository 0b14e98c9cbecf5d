"""Documents in JSON lines and Parquet, a part of a file at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from servanda.intake.items import Fields, Options, Refused, Taken, Tally, Unread
from servanda.intake.prefilter import Screen
from servanda.intake.text import Guarded, dateline, day_of, decoded
from servanda.model.claims import Document

# usual names of a field, the first that is there counts
TEXT = ("text", "body", "content", "raw_content", "article", "maintext", "article_text", "document")
TITLE = ("title", "headline")
DATE = ("date", "dateline", "published", "date_published", "datePublished", "published_at", "date_publish", "pubdate")
URL = ("url", "link", "source_url", "uri")
ROWS = 256  # rows of Parquet made Python objects at a time
MOST_TEXTLESS = 10_000
PART_ROWS, PART_BYTES = 50_000, 16 << 20  # of Parquet in one part, bytes as they are packed


def from_lines(
    file: IO[bytes], name: str, start: int, stop: int | None, packed: bool, options: Options, tally: Tally
) -> Iterator[Taken | Unread]:
    """Documents of the lines that begin between two offsets. A line that is no object with a text is named, the rest read."""
    most = options.limits.document
    screen = Screen.of(options.words) if options.screened and options.words else None
    number = 0
    textless: list[Unread] | None = []  # lines without a text, until one with a text shows that the file has some
    for offset, line in _packed_lines(file, options) if packed else _plain_lines(file, start, stop, most):
        number += 1
        # a line's number is known only where the file is read from its head; elsewhere the offset is its name
        where = f"{name}:{number}" if start == 0 else f"{name}@{offset}"
        if line is None:
            tally.seen += 1
            yield Unread(name=where, why=f"the line is longer than {most >> 20} MB")
            continue
        if not line.strip():
            continue
        tally.seen += 1
        try:
            row = json.loads(decoded(line)[0])
        except (ValueError, RecursionError) as error:
            why = getattr(error, "msg", None) or "nested too deep"
            at = f" at column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
            yield Unread(name=where, why=f"the line is not JSON ({why}{at})")
            continue
        if not isinstance(row, dict):
            yield Unread(name=where, why="the line is not a JSON object; write one object with a text a line")
            continue
        for item in _row(row, where, "jsonl", options, screen, tally):
            if textless is None:
                yield item
            elif isinstance(item, Taken):
                yield from textless
                textless = None
                yield item
            else:
                textless.append(item)
                if len(textless) > MOST_TEXTLESS:
                    yield from textless
                    textless = None
        if textless is not None and tally.screened:
            yield from textless
            textless = None
    if textless and len(textless) > 1:
        yield Unread(name=name, why=f"none of its {len(textless):,} lines can be used: {textless[0].why}")
    else:
        yield from textless or ()


def _plain_lines(file: IO[bytes], start: int, stop: int | None, most: int) -> Iterator[tuple[int, bytes | None]]:
    at = start
    if start:
        file.seek(start - 1)
        at += _skip(file) - 1  # the line that began before belongs to the part before
    while stop is None or at < stop:
        line = file.readline(most + 2)
        if not line:
            return
        begin, size = at, len(line)
        if size > most and not line.endswith(b"\n"):
            size += _skip(file)
            yield begin, None
        else:
            yield begin, line
        at += size


def _skip(file: IO[bytes]) -> int:
    size = 0
    while piece := file.readline(1 << 20):
        size += len(piece)
        if piece.endswith(b"\n"):
            break
    return size


def _packed_lines(file: IO[bytes], options: Options) -> Iterator[tuple[int, bytes | None]]:
    yield from enumerate(Guarded(file, options.limits).lines(options.limits.document))


def _row(
    row: dict[str, Any], where: str, form: str, options: Options, screen: Screen | None, tally: Tally
) -> Iterator[Taken | Unread]:
    fields = options.fields
    text = _field(row, fields.text, TEXT)
    if text is None or not isinstance(text, str):
        told = f"a field {fields.text!r}" if fields.text else f"a text ({', '.join(TEXT[:3])} ...)"
        had = ", ".join(sorted(map(str, row))[:8]) or "nothing"
        yield Unread(name=where, why=f"the line has not {told}; it has {had}")
        return
    if len(text) > options.limits.document:
        yield Unread(name=where, why=f"its text is longer than {options.limits.document >> 20} million characters")
        return
    if screen is not None and not screen.passes_text(text):
        tally.screened += 1
        return
    text = text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")  # lone surrogates are no text
    named = row.get(fields.name) if fields.name else None
    name = str(named)[:500] if named not in (None, "") else where
    day = day_of(_field(row, fields.date, DATE))
    line, clock, notes = dateline(name, text, options, (day, "field") if day else None)
    said = (_field(row, fields.title, TITLE), _field(row, fields.url, URL))
    title, url = (str(s)[:2000] if s not in (None, "") else None for s in said)
    document = Document(name=name, text=text, dateline=line)
    yield Taken(document=document, form=form, dateline_from=clock, url=url, title=title, notes=notes)


def _field(row: dict[str, Any], chosen: str | None, usual: tuple[str, ...]) -> Any:
    if chosen is not None:
        return row.get(chosen)
    return next((row[k] for k in usual if row.get(k) is not None), None)


def stretches(path: Path) -> list[tuple[int, int]]:
    """(first row, row after the last) of stretches that one part may read. Refused for what is no Parquet."""
    import polars as pl

    try:
        rows = pl.scan_parquet(path).select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise Refused(f"it is not a readable Parquet file ({_short(error)})") from None
    size = max(path.stat().st_size, 1)
    step = max(1, min(PART_ROWS, rows * PART_BYTES // size))
    return [(i, min(i + step, rows)) for i in range(0, rows, step)]


def from_parquet(
    path: Path, name: str, start: int, stop: int | None, options: Options, tally: Tally
) -> Iterator[Taken | Unread]:
    """Documents of the rows from `start` on, before `stop`. Refused where no column holds a text."""
    import polars as pl

    fields = options.fields
    try:
        frame = pl.scan_parquet(path)
        columns = _columns(dict(frame.collect_schema()), fields)
        screen = Screen.of(options.words) if options.screened and options.words else None
        rows = frame.select(columns).slice(start, None if stop is None else stop - start).collect()
        for offset, row in enumerate(rows.iter_rows(named=True, buffer_size=ROWS)):
            tally.seen += 1
            yield from _row(row, f"{name}:{start + offset + 1}", "parquet", options, screen, tally)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise Refused(f"it is not a readable Parquet file ({_short(error)})") from None


def _columns(schema: dict[str, Any], fields: Fields) -> list[str]:
    import polars as pl

    texts = [c for c, kind in schema.items() if kind == pl.String]
    chosen = [fields.text] if fields.text else [c for c in TEXT if c in texts][:1]
    have = ", ".join(f"{c} ({str(t).lower()})" for c, t in list(schema.items())[:12])
    if not chosen or chosen[0] not in texts:
        asked = f"no text column {fields.text!r}" if fields.text else "no column that is known to hold a text"
        raise Refused(f"it has {asked}; it has {have}: name the one that holds the text")
    for other in (fields.title, fields.date, fields.url, fields.name):
        if other is not None and other not in schema:
            raise Refused(f"it has no column {other!r}; it has {have}")
    extra = [c for c in (*TITLE, *DATE, *URL) if c in schema]
    named = [c for c in (fields.title, fields.date, fields.url, fields.name) if c]
    return list(dict.fromkeys([*chosen, *named, *extra]))


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:160]
