"""The file formats of declarations: workbook (.xlsx), JSON, and folders of CSV or Parquet files.

reading = read(path, form)          # never raises for the content: what is wrong is in reading.report
write(path, declaration, form)      # the format by the name, or by `kind` for a folder
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from servanda.exchange.declaration import Declaration
from servanda.exchange.formats.assemble import Progress, ReadDeclaration
from servanda.model.errors import InputError
from servanda.model.forms import Form

KINDS = ("xlsx", "csv", "json", "parquet")
BOOKS = (".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb")


def kind_of(path: Path, kind: str | None = None) -> str:
    """The format of a path to be written: by `kind`, else by its ending. InputError where neither says it."""
    if kind is not None:
        if kind not in KINDS:
            raise InputError(f"no format {kind!r}", remedy=f"give one of {', '.join(KINDS)}")
        return kind
    if path.suffix in (".xlsx", ".json"):
        return path.suffix[1:]
    raise InputError(
        "which format to write is not clear",
        where=str(path),
        remedy="end the name in .xlsx or .json, or name the format of a folder",
    )


def read(path: Path, form: Form, *, progress: Progress | None = None) -> ReadDeclaration:
    """Read a file or folder. InputError where there is nothing, or nothing of a known format."""
    if path.is_dir():
        if any(path.glob("*.parquet")):
            from servanda.exchange.formats.parquet_folder import read_parquet

            return read_parquet(path, form, progress=progress)
        if any(path.glob("*.csv")):
            from servanda.exchange.formats.csv_folder import read_csv

            return read_csv(path, form, progress=progress)
        raise InputError("the folder holds no CSV or Parquet files", where=str(path), remedy="name another folder")
    if not path.exists():
        raise InputError("no such file", where=str(path), remedy="check the name")
    if path.suffix.lower() == ".json":
        from servanda.exchange.formats.json_file import read_json

        return read_json(path, form, progress=progress)
    if path.suffix.lower() in BOOKS:
        from servanda.exchange.formats.workbook_read import read_workbook

        return read_workbook(path, form, progress=progress)
    raise InputError(
        "not a format of declarations", where=str(path), remedy="give .xlsx, .json, or a folder of CSV or Parquet files"
    )


def write(
    path: Path,
    value: Declaration,
    form: Form,
    *,
    kind: str | None = None,
    types: Iterable[str] = (),
) -> None:
    """Write a declaration, whole or not at all. A folder must be new or empty. InputError where it cannot be written."""
    chosen = kind_of(path, kind)
    if chosen in ("csv", "parquet"):
        _write_folder(path, value, form, chosen)
        return
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=f".{chosen}")
    except OSError as error:
        raise InputError(
            f"cannot write there ({error.strerror})", where=str(path), remedy="name a writable folder"
        ) from None
    os.close(handle)
    part = Path(name)
    try:
        if chosen == "json":
            from servanda.exchange.formats.json_file import json_bytes

            part.write_bytes(json_bytes(value))
        else:
            from servanda.exchange.formats.workbook_write import write_workbook

            write_workbook(part, value, form, types=types)
        part.chmod(0o644)
        part.replace(path)
    except OSError as error:
        raise InputError(
            f"cannot write there ({error.strerror})", where=str(path), remedy="name a writable file"
        ) from None
    finally:
        part.unlink(missing_ok=True)


def _write_folder(path: Path, value: Declaration, form: Form, kind: str) -> None:
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise InputError("there is something already", where=str(path), remedy="name a new folder")
    try:
        part = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}-"))
    except OSError as error:
        raise InputError(
            f"cannot write there ({error.strerror})", where=str(path), remedy="name a writable folder"
        ) from None
    try:
        if kind == "csv":
            from servanda.exchange.formats.csv_folder import write_csv

            write_csv(part, value, form)
        else:
            from servanda.exchange.formats.parquet_folder import write_parquet

            write_parquet(part, value, form)
        part.chmod(0o755)
        if path.exists():
            path.rmdir()
        part.replace(path)
    finally:
        shutil.rmtree(part, ignore_errors=True)
