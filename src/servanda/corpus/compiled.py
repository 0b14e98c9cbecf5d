"""The compiled corpus: one msgpack file a folder, named by the content it was made from.

A question must start at once, and YAML with pydantic takes seconds. So each folder is compiled when its content,
or the shape of the model, changes; the file's name is the SHA-256 over both. Wheels carry the files; a checkout
keeps them in the user's cache directory. A file is written whole or not at all.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from servanda.model.dates import UncertainDate

T = TypeVar("T")
SHIPPED = Path(__file__).parent / "shipped"


def cache_folder() -> Path:
    """Where compiled files are kept: $SERVANDA_CACHE, else $XDG_CACHE_HOME/servanda, else ~/.cache/servanda."""
    named = os.environ.get("SERVANDA_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "servanda"


@cache
def shape() -> bytes:
    """A digest of the model's and the loader's source: a changed shape makes every compiled file stale."""
    import servanda.model

    digest = hashlib.sha256()
    for folder in (Path(servanda.model.__file__).parent, Path(__file__).parent):
        for path in sorted(folder.glob("*.py")):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.digest()


def content_key(*folders: Path) -> str:
    """The SHA-256 over names and bytes of the data files of folders, and the model's shape."""
    digest = hashlib.sha256(shape())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".yaml", ".csv") and path.name != "examples.yaml" and path.is_file():
                name = path.relative_to(folder).as_posix().encode()
                raw = path.read_bytes()
                digest.update(len(name).to_bytes(4, "big") + name + len(raw).to_bytes(8, "big"))
                digest.update(raw)
    return digest.hexdigest()


def encode(value: Any) -> bytes:
    """Model values as msgpack."""
    return msgspec.msgpack.encode(value, enc_hook=_out)


def decode(raw: bytes, kind: type[T]) -> T:
    """The inverse of `encode`. Raises msgspec.ValidationError where the shape differs."""
    return msgspec.msgpack.decode(raw, type=kind, dec_hook=_in)


def read(name: str, key: str, kind: type[T]) -> T | None:
    """The compiled value of that name and key, or None where there is none that can be read."""
    for folder in (SHIPPED, cache_folder()):
        try:
            return decode((folder / f"{name}-{key[:32]}.msgpack").read_bytes(), kind)
        except (OSError, msgspec.MsgspecError, ValueError):
            continue
    return None


def write(name: str, key: str, value: Any, folder: Path | None = None) -> None:
    """Keep a compiled value. An unwritable cache is no error: the next start compiles again."""
    folder = folder or cache_folder()
    target = folder / f"{name}-{key[:32]}.msgpack"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(encode(value))
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        for old in folder.glob(f"{name}-????????????????????????????????.msgpack"):
            if old != target:
                old.unlink(missing_ok=True)
    except OSError:
        return


def _out(value: Any) -> Any:
    if isinstance(value, UncertainDate):
        return value.text
    raise TypeError(f"{type(value).__name__} has no compiled form")


def _in(kind: type, value: Any) -> Any:
    if kind is UncertainDate:
        return UncertainDate.parse(value)
    raise TypeError(f"{kind.__name__} has no compiled form")
