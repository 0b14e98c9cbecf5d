"""A declaration as a folder of Parquet files: `cover.parquet` and one file a sheet; numbers are numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from servanda.exchange.declaration import Declaration
from servanda.exchange.formats.assemble import COVER, Assembler, Progress, ReadDeclaration, columns_of, cover_rows
from servanda.exchange.report import Report
from servanda.model.errors import DataError
from servanda.model.forms import CellKind, Form


def write_parquet(folder: Path, value: Declaration, form: Form) -> None:
    """Write the files into `folder`, which must be there."""
    import polars as pl

    cover = cover_rows(value)
    pl.DataFrame(
        {"field": [n for n, _ in cover], "entry": [str(v) for _, v in cover]},
        schema={"field": pl.String, "entry": pl.String},
    ).write_parquet(folder / f"{COVER}.parquet")
    for sheet in form.sheets_of(value.document):
        rows = value.rows(sheet.id)
        columns: dict[str, list[Any]] = {c.id: [r.get(c.id) for r in rows] for c in columns_of(sheet)}
        schema = {c.id: pl.Int64 if c.kind is CellKind.WHOLE else pl.String for c in columns_of(sheet)}
        pl.DataFrame(columns, schema=schema).write_parquet(folder / f"{sheet.id}.parquet")


def read_parquet(folder: Path, form: Form, *, progress: Progress | None = None) -> ReadDeclaration:
    """The declaration of a folder of Parquet files, with everything that is wrong with them."""
    from servanda.corpus.parquet import read_rows

    report = Report(form, str(folder))
    assembler = Assembler(form, report, progress)
    seen_cover = False
    for path in sorted(folder.glob("*.parquet")):
        sheet = form.sheet(path.stem)
        if path.stem != COVER and sheet is None:
            assembler.unknown_sheet(path.stem)
            continue
        seen_cover |= path.stem == COVER
        try:
            found = list(read_rows(path, path.name))
        except DataError as error:
            report.add("file", error.faults[0].message, sheet=path.stem)
            continue
        if sheet is None:
            assembler.cover((n, r.get("field"), r.get("entry")) for n, r in enumerate(found, 1))
            continue
        headings: Sequence[Any] = list(found[0]) if found else [c.id for c in columns_of(sheet)]
        assembler.sheet(sheet, headings, 0, ((n, list(r.values())) for n, r in enumerate(found, 1)))
    if not seen_cover:
        report.add("sheet_missing", "the cover is missing", sheet=COVER)
    return assembler.finish()
