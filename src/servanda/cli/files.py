"""Reading options and writing files for commands."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from servanda.model.errors import InputError
from servanda.model.numbers import whole_number


def numbers(pairs: Iterable[str]) -> dict[str, int]:
    """`blank=14` options as a mapping; InputError for anything else."""
    found: dict[str, int] = {}
    for pair in pairs:
        name, mark, number = pair.partition("=")
        value = whole_number(number)
        if not mark or value is None:
            raise InputError(
                f"{pair!r} is not a value for a blank", remedy="write BLANK=NUMBER, for example notice-days=90"
            )
        found[name.strip()] = value
    return found


def check_folder(path: Path) -> None:
    """Refuse a place that cannot be written before long work is done for it. InputError."""
    folder = path.parent if str(path.parent) else Path()
    if not folder.is_dir() or not os.access(folder, os.W_OK) or path.is_dir():
        why = "is a folder" if path.is_dir() else "no such folder" if not folder.is_dir() else "not allowed"
        raise InputError(f"cannot write there ({why})", where=str(path), remedy="name a file in a writable folder")


def write_whole(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file whole or not at all; `private` lets its owner alone read it. InputError where it cannot be written."""
    folder = path.parent if str(path.parent) else Path()
    try:
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{path.name}-")
    except OSError as error:
        raise InputError(
            f"cannot write there ({error.strerror})", where=str(path), remedy="name a writable folder"
        ) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(0o600 if private else 0o644)
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise InputError(
            f"cannot write there ({error.strerror})", where=str(path), remedy="name a writable file"
        ) from None
