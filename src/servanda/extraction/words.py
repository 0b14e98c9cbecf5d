"""Classes of words, as `data/words.txt` lists them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from servanda.model.errors import DataError, Fault

WORDS = Path(__file__).parent / "data" / "words.txt"


@cache
def classes() -> dict[str, frozenset[str]]:
    """All classes of words, by name."""
    found: dict[str, list[str]] = {}
    here: list[str] = []
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if not line.startswith(" "):
            name, _, line = line.partition(":")
            here = found.setdefault(name, [])
        here += (w.replace("+", " ") for w in line.split())
    return {name: frozenset(listed) for name, listed in found.items()}


def wordlist(name: str) -> frozenset[str]:
    """The words of a class ("links.RESOLVES"). A class that the table lacks is a fault of the package.

    >>> sorted(wordlist("mood.WAITING"))
    ['remain', 'remains', 'yet']
    """
    found = classes().get(name)
    if not found:
        raise DataError([Fault(file=WORDS.name, message=f"no words of {name}", remedy="see the head of the file")])
    return found
