"""Canonical JSON (RFC 8785): one value, one sequence of bytes, so that a hash or a signature means one thing.

>>> canonical({"b": 1, "a": ["x", None]})
b'{"a":["x",null],"b":1}'
"""

from __future__ import annotations

import json
import re
from typing import Any

from servanda.model.errors import InputError

SAFE = 2**53 - 1  # RFC 8785 3.2.2.3: beyond it a reader that holds numbers as doubles would change them
MOST_DEPTH = 64
_OUTSIDE_BMP = re.compile("[\U00010000-\U0010ffff]")


def canonical(value: Any) -> bytes:
    """The value as canonical JSON. InputError for what JSON cannot hold exactly (NaN, numbers past 2^53, bytes).

    The quick way is taken where msgspec writes the same bytes: no fractions, no numbers past 2^53, and no key outside
    the basic plane (within it the order of UTF-8 is that of UTF-16 units).
    """
    try:
        if _simple(value, 0):
            import msgspec

            return msgspec.json.encode(value, order="sorted")
        import rfc8785

        return rfc8785.dumps(value)
    except (ValueError, TypeError, RecursionError) as error:
        raise InputError(
            f"no canonical JSON for it ({error})", remedy="use text, whole numbers, lists, objects"
        ) from None


def _simple(value: Any, depth: int) -> bool:
    if depth > MOST_DEPTH:
        raise ValueError(f"nested more than {MOST_DEPTH} deep")
    kind = type(value)
    if kind is dict:
        for key, item in value.items():
            if type(key) is not str or _OUTSIDE_BMP.search(key):
                return False
            what = type(item)
            if what is str or item is None or what is bool:
                continue
            if what is int:
                if -SAFE <= item <= SAFE:
                    continue
                return False
            if not _simple(item, depth + 1):
                return False
        return True
    if kind is list or kind is tuple:
        return all(_simple(item, depth + 1) for item in value)
    return kind is str or kind is bool or value is None or (kind is int and -SAFE <= value <= SAFE)


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs more than once in one object")
    return found


def _refused(text: str) -> Any:
    raise ValueError(f"{text} is not JSON")


def parse(data: bytes, *, where: str | None = None) -> Any:
    """The value of JSON text, read strictly: UTF-8, no key twice in one object, no NaN. InputError otherwise."""
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_no_twins, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"not usable as JSON ({error})", where=where, remedy="give one JSON document in UTF-8"
        ) from None


# Digits as one digit, and the first bytes of characters outside the basic plane as one: what may need the slower way is
# then found by a plain search. In text it only costs that way.
_FOLD = bytes(0x30 if 0x30 <= b <= 0x39 else 0xF0 if 0xF0 <= b <= 0xF4 else b for b in range(256))


def _fraction(text: str) -> float:
    raise ValueError(f"{text} may have another form")


def _quick(data: bytes) -> Any:
    import msgspec

    folded = data.translate(_FOLD)
    if b"0" * 16 in folded or b"\xf0" in folded:
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
