"""What all documents share: strictness, plain data from them, and the tree of reasons."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from keyword import iskeyword
from typing import Any, TypeVar, get_args, get_type_hints

D = TypeVar("D")


def _name(field: str) -> str:
    """The name in JSON: a word of Python's own, such as `from`, is a field with a line under its end."""
    return field.rstrip("_")


STRICT: dict[str, Any] = {
    "extra": "forbid",
    "use_attribute_docstrings": True,
    "alias_generator": _name,
    "populate_by_name": True,
    "serialize_by_alias": True,
}
Scalar = str | int | float | bool | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A statement with what it rests on (DESIGN 1.5): the same for every question."""

    __pydantic_config__ = STRICT

    statement: str
    """The sentence."""
    template: str
    """The sentence with names in place of its parts."""
    parts: Mapping[str, Scalar | tuple[Scalar, ...]]
    """The parts by name."""
    cite: tuple[str, ...]
    """The articles it rests on."""
    sources: tuple[str, ...]
    """Titles of the sources it was seen in."""
    caveats: tuple[str, ...]
    """What to bear in mind."""
    because: tuple[Tree, ...]
    """What it rests on in turn."""


def plain(document: Any) -> dict[str, Any]:
    """A document as plain data for JSON: days and words of closed lists as text, tuples as lists."""
    import msgspec

    found: dict[str, Any] = _listed(msgspec.to_builtins(document), _renamed(type(document)))
    return found


def typed(kind: type[D], data: Mapping[str, Any]) -> D:
    """Plain data as a document: the inverse of `plain`. msgspec.ValidationError where they are none of that kind."""
    import msgspec

    return msgspec.convert(_fields(data), kind)


def _fields(value: Any) -> Any:
    """Names of fields in place of those in JSON that are words of Python's own."""
    if isinstance(value, list | tuple):
        return [_fields(v) for v in value]
    if isinstance(value, Mapping):
        return {f"{k}_" if iskeyword(k) else k: _fields(v) for k, v in value.items()}
    return value


def _listed(value: Any, renamed: bool) -> Any:
    """Lists in place of tuples, and names without the line under their end where a document has such."""
    if isinstance(value, tuple | list):
        return [_listed(v, renamed) for v in value]
    if isinstance(value, dict):
        return {_name(k) if renamed else k: _listed(v, renamed) for k, v in value.items()}
    return value


_known: dict[type, bool] = {}


def _renamed(kind: type) -> bool:
    """Whether a document has, at any depth, a field whose name in JSON differs."""
    if kind not in _known:
        _known[kind] = _search(kind, set())
    return _known[kind]


def _search(kind: Any, seen: set[Any]) -> bool:
    if not dataclasses.is_dataclass(kind):
        return any(_search(inner, seen) for inner in get_args(kind))
    if kind in seen:
        return False
    seen.add(kind)
    if any(f.name.endswith("_") for f in dataclasses.fields(kind)):
        return True
    return any(_search(hint, seen) for hint in get_type_hints(kind).values())
