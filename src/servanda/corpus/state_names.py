"""Codes for the names depositaries print: the record's own, ISO 3166 present and historic, in English and French.

Never a guess between two states: a shortened name that fits two is none, and a name in no list is a stranger.
"""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from typing import Any

from servanda.corpus.actors import Actors, fold
from servanda.corpus.cells import participant
from servanda.model.actors import Actor
from servanda.model.vocabulary import ActorKind

# Names depositaries use or used that ISO 3166 writes another way. Folded name -> alpha-3 or withdrawn code.
NAMES = {
    "the former yugoslav republic of macedonia": "MKD",
    "former yugoslav republic of macedonia": "MKD",
    "macedonia": "MKD",
    "republic of korea": "KOR",
    "south korea": "KOR",
    "north korea": "PRK",
    "democratic people s republic of korea": "PRK",
    "democratic republic of the congo": "COD",
    "dr congo": "COD",
    "swaziland": "SWZ",
    "state of palestine": "PSE",
    "palestine": "PSE",
    "cape verde": "CPV",
    "libyan arab jamahiriya": "LBY",
    "libyan arab republic": "LBY",
    "socialist people s libyan arab jamahiriya": "LBY",
    "congo": "COG",
    "republic of the congo": "COG",
    "zaire": "COD",
    "ceylon": "LKA",
    "burma": "MMR",
    "dahomey": "BEN",
    "upper volta": "BFA",
    "southern rhodesia": "ZWE",
    "rhodesia": "ZWE",
    "new hebrides": "VUT",
    "ivory coast": "CIV",
    "cote d ivoire": "CIV",
    "republic of viet nam": "VDR",
    "south vietnam": "VDR",
    "democratic yemen": "YMD",
    "people s democratic republic of yemen": "YMD",
    "united republic of tanzania": "TZA",
    "tanzania": "TZA",
    "united kingdom": "GBR",
    "united kingdom of great britain and northern ireland": "GBR",
    "great britain": "GBR",
    "united states": "USA",
    "united states of america": "USA",
    "russia": "RUS",
    "russian federation": "RUS",
    "turkey": "TUR",
    "turkiye": "TUR",
    "czech republic": "CZE",
    "czechia": "CZE",
    "cabo verde": "CPV",
    "eswatini": "SWZ",
    "vatican": "VAT",
    "vatican city": "VAT",
    "holy see": "VAT",
    "saint siege": "VAT",
    "moldova": "MDA",
    "laos": "LAO",
    "lao people s democratic republic": "LAO",
    "syria": "SYR",
    "brunei": "BRN",
    "east timor": "TLS",
    "kampuchea": "KHM",
    "democratic kampuchea": "KHM",
    "cambodia": "KHM",
    "western samoa": "WSM",
    "ukrainian ssr": "UKR",
    "ukrainian soviet socialist republic": "UKR",
    "byelorussian ssr": "BLR",
    "byelorussian soviet socialist republic": "BLR",
    "byelorussia": "BLR",
    "ussr": "SUN",
    "soviet union": "SUN",
    "federal republic of germany": "DEU",
    "germany federal republic of": "DEU",
    "west germany": "DEU",
    "east germany": "DDR",
    "federal republic of yugoslavia": "YUG",
    "yugoslavia former": "YUG",
    "former yugoslavia": "YUG",
    "socialist federal republic of yugoslavia": "YUG",
    "state union of serbia and montenegro": "SCG",
    "united arab republic": "EGY",
    "tanganyika": "TZA",
    "cook islands": "COK",
    "niue": "NIU",
    "micronesia": "FSM",
    "hong kong": "HKG",
    "macao": "MAC",
    "taiwan": "TWN",
    "china taiwan province of": "TWN",
    "kosovo": "XKX",
    "european union": "EU",
    "european community": "EU",
    "european economic community": "EU",
    "union europeenne": "EU",
}
TITLES = re.compile(
    r"\b(the )?(federal |federated |democratic |islamic |plurinational |bolivarian |socialist |people s |arab |independent |"
    r"co operative |cooperative )*(republic|kingdom|states?|state|principality|commonwealth|grand duchy|sultanate|union)( of( the)?)?\b"
)


class StateNames:
    """Codes of names met in a table; a name in no list becomes an actor of its own, and is told."""

    def __init__(self, actors: Actors) -> None:
        self._actors = actors
        self._known = {fold(n): a.code for a in actors for n in (a.code, a.name, a.formal or "", *a.aliases) if n}
        self._added: dict[str, Actor] = {}
        self.strangers: list[str] = []
        self.used: dict[str, str] = {}
        self.alpha_2 = False
        self._iso: dict[str, tuple[str, str]] | None = None

    def code(self, text: str) -> str:
        """The code of a name; a name in no list becomes an actor of its own, and is told."""
        name = participant(text)
        key = fold(name)
        if key not in self._known or self.alpha_2:
            found = self._lookup(name)
            if found is not None and found[0] in self._actors:
                code, official = found[0], self._actors.name(found[0])
            else:
                code, official = found or ("X-" + key.upper().replace(" ", "-")[:40], name)
            if key in self._known and found is None:
                code, official = self._known[key], name
            elif found is None:
                self.strangers.append(name)
            if code not in self._actors:
                self._added.setdefault(code, Actor(code=code, name=official, aliases=(name,)))
            self._known[key] = code
        code = self.used[key] = self._known[key]
        if self._actors.is_organisation(code) and code not in self._added:
            # it takes part itself: its acts are not those of its members
            self._added[code] = dataclasses.replace(self._actors.get(code), kind=ActorKind.ENTITY, members=())
        return code

    def since(self, code: str) -> date | None:
        """The day a state began, where the record tells."""
        return self._actors.get(code).since if code in self._actors else None

    def _lookup(self, name: str) -> tuple[str, str] | None:
        if self._iso is None:
            self._iso = iso_names(self.alpha_2)
        found = {f for key in _spellings(name) if (f := self._iso.get(key))}
        if not found:
            codes = {self._known[k] for k in _spellings(name) if k in self._known}
            found = {(c, self._actors.name(c)) for c in codes if c in self._actors}
        return next(iter(found)) if len({f[0] for f in found}) == 1 else None

    def all(self) -> Actors:
        """The record's actors and those the table added."""
        return Actors([*(a for a in self._actors if a.code not in self._added), *self._added.values()])


def _spellings(name: str) -> list[str]:
    """Ways a name may stand in a list, the fullest first: `Netherlands (Kingdom of the)` is the Kingdom of the Netherlands."""
    whole = fold(name)
    found = [whole, re.sub(r"\bst\b", "saint", whole)]
    match = re.fullmatch(r"(.*?)\s*\((.*)\)", name)
    if match:
        outer, inner = match[1].strip(), match[2].strip()
        found.append(fold(f"{inner} {outer}"))
        # what stands in brackets may only be a title of the state: `(The)`, `(Kingdom of the)`, `(Plurinational State of)`
        if _only_title(inner):
            found.append(fold(outer))
    if "," in name:
        head, _, tail = name.partition(",")
        found.append(fold(f"{tail.strip()} {head.strip()}"))
        if _only_title(tail):
            found.append(fold(head))
    bare = re.sub(r"^the ", "", whole)
    found.append(bare)
    return list(dict.fromkeys(f for f in found if f))


def _only_title(text: str) -> bool:
    return all(w in ("the", "of") for w in TITLES.sub(" ", fold(text)).split())


def iso_names(alpha_2: bool = False) -> dict[str, tuple[str, str]]:
    """Folded names and codes of ISO 3166, present and historic, in English and French. A whole name goes first."""
    import pycountry

    found: dict[str, tuple[str, str]] = {}
    short: dict[str, set[tuple[str, str]]] = {}
    french = _french()
    for country in [*pycountry.countries, *pycountry.historic_countries]:
        mine = (country.alpha_3, country.name)
        found.setdefault(country.alpha_3.casefold(), mine)
        if alpha_2 and getattr(country, "alpha_2", None):
            found.setdefault(country.alpha_2.casefold(), mine)
        for attribute in ("name", "official_name", "common_name"):
            name = getattr(country, attribute, None)
            for text in filter(None, (name, french(name) if name else None)):
                found.setdefault(fold(text), mine)
                for part in (text.split(",")[0], re.sub(r"\s*\(.*\)", "", text)):
                    short.setdefault(fold(part), set()).add(mine)
    for key, meant in short.items():
        if len(meant) == 1:
            found.setdefault(key, next(iter(meant)))
    for key, code in NAMES.items():
        named = pycountry.countries.get(alpha_3=code) or pycountry.historic_countries.get(alpha_3=code)
        found[key] = (code, named.name if named else key.title())
    return found


def _french() -> Any:
    """French names of ISO 3166, as the list's own package ships them."""
    import gettext

    import pycountry

    parts = [
        gettext.translation(domain, pycountry.LOCALES_DIR, languages=["fr"], fallback=True)
        for domain in ("iso3166-1", "iso3166-3")
    ]

    def french(name: str) -> str | None:
        for part in parts:
            text = part.gettext(name)
            if text != name:
                return text
        return None

    return french
