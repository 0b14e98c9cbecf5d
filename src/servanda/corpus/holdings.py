"""A user's own figures, checked as strictly as ours."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from servanda.corpus.files import Raw, read_csv
from servanda.corpus.loader import Places, record_id, sorted_faults
from servanda.corpus.references import References
from servanda.corpus.schema import build, list_columns
from servanda.corpus.store import Corpus
from servanda.model.answer import Source
from servanda.model.errors import DataError, Fault
from servanda.model.records import Record

NEEDED = ("holder", "category", "as_of")
DEFAULTS = {"snapshot": "declared", "source": ["own"], "provenance": "declared"}


def read_holdings(path: Path, corpus: Corpus, instrument: str) -> tuple[Record, ...]:
    """Records of a CSV or Parquet file with the columns of `holdings/*.csv`.

    A row with a `site` says what is at that site of its state, and no more.

    `holder`, `category`, `as_of` and a number (`value`, or `low` and `high`) are needed; `place` defaults to the
    whole area, `snapshot` and `provenance` to `declared`, so that each state's newest declaration stands. DataError with
    every fault: row, column, article, remedy.
    """
    name = path.name
    if path.suffix.lower() == ".parquet":
        raws = _parquet(path, name)
    elif path.suffix.lower() in (".csv", ""):
        raws = read_csv(path, name, lists=list_columns(Record))
    else:
        fault = Fault(
            file=name, message=f"{path.suffix} is not a format for holdings", remedy="give a .csv or .parquet file"
        )
        raise DataError([fault])
    return check_holdings(raws, name, corpus, instrument, stem=path.stem)


def check_holdings(
    raws: Sequence[Raw], name: str, corpus: Corpus, instrument: str, *, stem: str = "own"
) -> tuple[Record, ...]:
    """Records of rows however they came; `name` says in messages where from, `stem` begins the ids that are made."""
    *hosts, own = corpus.hosts(instrument)
    host = hosts[0] if hosts else None
    area = own.instrument.area or (host.instrument.area if host else None)
    defaults = {**DEFAULTS, "place": area} if area else DEFAULTS
    faults: list[Fault] = []
    if not raws:
        raise DataError(
            [Fault(file=name, message="holds no rows", remedy=f"columns needed: {', '.join(NEEDED)}, value")]
        )
    missing = [c for c in NEEDED if all(c not in r.value for r in raws)]
    if missing:
        message = f"column {', '.join(missing)} is missing"
        raise DataError(
            [Fault(file=name, line=1, message=message, remedy=f"columns needed: {', '.join(NEEDED)}, value")]
        )
    records: list[Record] = []
    places: Places = {}
    for raw in raws:
        filled = Raw({**defaults, **raw.value}, raw.file, raw.line, raw.lines)
        extra: dict[str, Any] = {"file": name, "line": raw.line}
        if "id" not in filled.value:
            extra["id"] = "-"
        record = build(Record, filled, faults, **extra)
        if record is None:
            continue
        if record.id == "-":
            record = dataclasses.replace(record, id=record_id(stem, record))
        at = places.get(("holdings", record.id))
        if at is not None:
            message = f"{record.id} is duplicated, first at line {at[1]}"
            faults.append(Fault(file=name, line=raw.line, message=message, remedy="keep one row"))
            continue
        places["holdings", record.id] = (name, raw.line)
        records.append(record)
    only = dataclasses.replace(
        own,
        instrument=dataclasses.replace(
            own.instrument,
            sources=(*own.instrument.sources, Source(id="own", title=f"your file {name}")),
        ),
        records=tuple(records),
        levels=(),
    )
    checks = References(only, corpus.actors, host, places)
    checks.numbers()
    faults.extend(checks.faults)
    if faults:
        raise DataError(sorted_faults(faults))
    return tuple(records)


def _parquet(path: Path, name: str) -> list[Raw]:
    from servanda.corpus.parquet import read_rows

    lists = list_columns(Record)
    raws = []
    for number, row in enumerate(read_rows(path, name), 1):
        value = {
            k: (v.split("|") if k in lists and isinstance(v, str) else v)
            for k, v in row.items()
            if v is not None and not (isinstance(v, str) and v == "")
        }
        raws.append(Raw(value, name, number))
    return raws
