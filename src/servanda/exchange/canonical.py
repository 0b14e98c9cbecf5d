"""Canonical JSON (RFC 8785): one value, one sequence of bytes, so that a hash or a signature means one thing.

>>> canonical({"b": 1, "a": ["x", None]})
b'{"a":["x",null],"b":1}'
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from servanda.model.errors import InputError

SAFE = 2**53 - 1  # RFC 8785 3.2.2.3: beyond it a reader that holds numbers as doubles would change them
MOST_DEPTH = 64
_OUTSIDE_BMP = re.compile("[\U00010000-\U0010ffff]")
# Digits as one digit, and the first bytes of characters outside the basic plane as one: what may need the slower way is
# then found by a plain search. In text it only costs that way.
_FOLD = bytes(0x30 if 0x30 <= b <= 0x39 else 0xF0 if 0xF0 <= b <= 0xF4 else b for b in range(256))
_LONG = b"0" * 16  # so many digits may be a number past 2^53


def canonical(value: Any) -> bytes:
    """The value as canonical JSON. InputError for what JSON cannot hold exactly (NaN, numbers past 2^53, bytes).

    The quick way is taken where msgspec writes the same bytes: no fractions, no numbers past 2^53, and no key outside
    the basic plane (within it the order of UTF-8 is that of UTF-16 units).
    """
    try:
        if _simple(value, 0):
            import msgspec

            data = msgspec.json.encode(value, order="sorted")
            if _LONG not in data.translate(_FOLD) or _all_safe(value):
                return data
        import rfc8785

        return rfc8785.dumps(value)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise InputError(
            f"no canonical JSON for it ({error})", remedy="use text, whole numbers, lists, objects"
        ) from None


def canonical_of_columns(
    head: Mapping[str, Any], name: str, tables: Mapping[str, tuple[int, Mapping[str, Sequence[Any]]]]
) -> bytes | None:
    """The canonical JSON of `head` with an object of tables under `name`; a table is its number of rows and its columns.

    It is that of the rows as objects without empty cells, written without making them. None where only `canonical` can
    tell: for numbers past 2^53 and what is neither text nor a whole number.
    """
    import msgspec

    if not _simple(dict(head), 0) or not _all_safe(dict(head)):
        return None
    whole: dict[str, Any] = {}
    for table, (count, columns) in tables.items():
        if not all(map(_plain_column, columns.values())) or any(map(_OUTSIDE_BMP.search, (table, *columns))):
            return None
        whole[table] = list(map(_row_type(tuple(columns)), *columns.values())) if columns else [{}] * count
    try:
        data: bytes = msgspec.json.encode({**head, name: whole}, order="sorted")
    except (ValueError, OverflowError):
        return None
    return data


def _plain_column(cells: Sequence[Any]) -> bool:
    """Whether cells are text, whole numbers below 2^53 or empty."""
    kinds = set(map(type, cells))
    if int in kinds:
        numbers = cells if kinds == {int} else [c for c in cells if type(c) is int]
        if max(numbers) > SAFE or min(numbers) < -SAFE:
            return False
    return kinds <= _CELLS


@lru_cache(maxsize=256)
def _row_type(names: tuple[str, ...]) -> Any:
    """A type of rows with those fields, whatever their names are; an empty one is left out."""
    import msgspec

    fields = [(f"c{i}", Any, None) for i in range(len(names))]
    rename = {f"c{i}": name for i, name in enumerate(names)}
    return msgspec.defstruct("Row", fields, rename=rename, omit_defaults=True, gc=False)


_CELLS = {str, int, type(None)}
_PLAIN = {str, int, bool, type(None)}


def _simple(value: Any, depth: int) -> bool:
    """Whether a value is made of text, whole numbers, truths, lists and objects with plain keys alone."""
    if depth > MOST_DEPTH:
        raise ValueError(f"nested more than {MOST_DEPTH} deep")
    kind = type(value)
    if kind is dict:
        items: Collection[Any] = value.values()
        keys: Iterable[Any] = value
    elif kind is list or kind is tuple:
        items, keys = value, ()
        if depth < MOST_DEPTH and items and set(map(type, items)) == {dict}:  # rows of a table: all cells at once
            keys = set().union(*items)
            if set(map(type, chain.from_iterable(map(dict.values, items)))) <= _PLAIN:
                items = ()
    else:
        return kind in _PLAIN
    if not all(type(k) is str and not _OUTSIDE_BMP.search(k) for k in keys):
        return False
    return all(type(item) in _PLAIN or _simple(item, depth + 1) for item in items)


def _all_safe(value: Any) -> bool:
    """Whether no number in it lies past 2^53."""
    if type(value) is dict:
        return all(map(_all_safe, value.values()))
    if type(value) is list or type(value) is tuple:
        return all(map(_all_safe, value))
    return type(value) is not int or -SAFE <= value <= SAFE


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs more than once in one object")
    return found


def _refused(text: str) -> Any:
    raise ValueError(f"{text} is not JSON")


def _parse_quick(data: bytes) -> Any:
    """The value of JSON text without long numbers. A key that occurs twice is seen by its colon, which is lost.

    ValueError where that cannot be told, and for what is no JSON.
    """
    import msgspec

    if _LONG in data.translate(_FOLD) or b"\\u003" in data:
        raise ValueError("may hold what has to be read with care")
    try:
        value = msgspec.json.decode(data)
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from None
    if msgspec.json.encode(value).count(b":") != data.count(b":"):
        raise ValueError("a key occurs more than once in one object")
    return value


def parse(data: bytes, *, where: str | None = None) -> Any:
    """The value of JSON text, read strictly: UTF-8, no key twice in one object, no NaN. InputError otherwise."""
    try:
        return _parse_quick(data)
    except (ValueError, ImportError, RecursionError):
        pass  # the strict way finds out what is wrong, if anything
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_no_twins, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"not usable as JSON ({error})", where=where, remedy="give one JSON document in UTF-8"
        ) from None


def _fraction(text: str) -> float:
    raise ValueError(f"{text} may have another form")


def _quick(data: bytes) -> Any:
    import msgspec

    folded = data.translate(_FOLD)
    if _LONG in folded or b"\xf0" in folded:
        raise ValueError("may have another form")
    value = msgspec.json.Decoder(float_hook=_fraction).decode(data)
    if msgspec.json.encode(value, order="sorted") != data:
        raise ValueError("has another form")
    return value


def parse_canonical(data: bytes, *, where: str | None = None) -> Any:
    """The value of canonical JSON. InputError if the bytes are not the canonical form of what they say."""
    import msgspec

    try:
        return _quick(data)
    except (ValueError, msgspec.MsgspecError, RecursionError):
        pass  # the strict way finds out what is wrong, if anything
    value = parse(data, where=where)
    if canonical(value) != data:
        raise InputError("the JSON is not in canonical form", where=where, remedy="write it by RFC 8785")
    return value
