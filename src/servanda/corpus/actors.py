"""Who can act: states and organisations by code or by any name, on a day."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches

from servanda.model.actors import Actor
from servanda.model.errors import UnknownName


def fold(name: str) -> str:
    """A name without case, accents and punctuation, for comparison."""
    flat = unicodedata.normalize("NFKD", name).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in flat if not unicodedata.combining(c)).split())


class Actors:
    """All actors the corpus knows."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._by_code = {a.code: a for a in actors}
        self._by_name: dict[str, str] | None = None

    def __iter__(self) -> Iterator[Actor]:
        return iter(self._by_code.values())

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __len__(self) -> int:
        return len(self._by_code)

    def get(self, code: str) -> Actor:
        """The actor of that code; UnknownName otherwise."""
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownName("actor", code, self.near(code)) from None

    def name(self, code: str) -> str:
        """The common name of a code, or the code itself where it is not known."""
        actor = self._by_code.get(code)
        return actor.name if actor else code

    def called(self, code: str) -> str:
        """What running text calls an actor (`the United States`); the code itself where it is not known."""
        actor = self._by_code.get(code)
        return (actor.called or actor.name) if actor else code

    def find(self, text: str) -> Actor:
        """The actor of that code, name, formal name or alias; UnknownName with near matches."""
        upper = text.strip().upper()
        if upper in self._by_code:
            return self._by_code[upper]
        code = self._names().get(fold(text))
        if code is None:
            raise UnknownName("state or organisation", text, self.near(text))
        return self._by_code[code]

    def near(self, text: str) -> tuple[str, ...]:
        """Codes of actors whose code or name is close to `text`."""
        names = self._names()
        hits = get_close_matches(fold(text), list(names), 3, 0.72)
        hits += [n for n in get_close_matches(text.strip().upper(), list(self._by_code), 3, 0.6) if n not in hits]
        codes = dict.fromkeys(names.get(h, h) for h in hits)
        return tuple(c for c in codes if c in self._by_code)[:3]

    def members(self, organisation: str, on: date) -> tuple[str, ...]:
        """Codes of an organisation's members on a day."""
        return self.get(organisation).members_on(on)

    def is_organisation(self, code: str) -> bool:
        """True for an organisation the corpus knows."""
        actor = self._by_code.get(code)
        return actor is not None and actor.kind == "organisation"

    def expand(self, codes: Iterable[str], on: date) -> tuple[str, ...]:
        """`codes` with organisations replaced by their members on `on`, in order, each once."""
        result: dict[str, None] = {}
        for code in codes:
            actor = self._by_code.get(code)
            if actor is not None and actor.kind == "organisation":
                result.update(dict.fromkeys(actor.members_on(on)))
            else:
                result[code] = None
        return tuple(result)

    def _names(self) -> dict[str, str]:
        if self._by_name is None:
            names: dict[str, str] = {}
            for actor in self._by_code.values():
                for name in (actor.code, actor.name, actor.formal, *actor.aliases):
                    if name:
                        names.setdefault(fold(name), actor.code)
            self._by_name = names
        return self._by_name
