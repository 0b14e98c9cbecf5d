"""Codes for the names depositaries print: the record's own, ISO 3166 present and historic, in English and French.

Never a guess between two states: a shortened name that fits two is none, and a name in no list is a stranger.
"""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from functools import cache
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
    # printed formerly, or in French, where the list of ISO 3166 has another form
    "khmer republic": "KHM",
    "republique khmere": "KHM",
    "malagasy republic": "MDG",
    "republique malgache": "MDG",
    "siam": "THA",
    "persia": "IRN",
    "perse": "IRN",
    "abyssinia": "ETH",
    "muscat and oman": "OMN",
    "federation of malaya": "MYS",
    "malaya": "MYS",
    "yemen arab republic": "YEM",
    "hungarian people s republic": "HUN",
    "polish people s republic": "POL",
    "people s republic of bulgaria": "BGR",
    "romanian people s republic": "ROU",
    "people s republic of albania": "ALB",
    "mongolian people s republic": "MNG",
    "people s republic of china": "CHN",
    "ex republique yougoslave de macedoine": "MKD",
    "l ex republique yougoslave de macedoine": "MKD",
    "federation de russie": "RUS",
    "republique arabe syrienne": "SYR",
    "republique de coree": "KOR",
    "republique populaire democratique de coree": "PRK",
    "republique democratique populaire lao": "LAO",
    "republique democratique allemande": "DDR",
    "saint kitts et nevis": "KNA",
    "union des republiques socialistes sovietiques": "SUN",
    "urss": "SUN",
    "etat de palestine": "PSE",
    "haute volta": "BFA",
    "ceylan": "LKA",
    "souaziland": "SWZ",
    "jamahiriya arabe libyenne": "LBY",
    "republique arabe unie": "EGY",
    "kirghizstan": "KGZ",
    "iles salomon": "SLB",
}
# Withdrawn codes of states that only took another name.
RENAMED = {
    "HVO": "BFA", "DHY": "BEN", "BUR": "MMR", "ZAR": "COD", "RHO": "ZWE", "NHB": "VUT", "BYS": "BLR", "TMP": "TLS",
}  # fmt: skip
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
        if key not in self._known or self.alpha_2 or self._shadowed(name, key):
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
                whole = self._whole(name) if found is None else None
                kind = ActorKind.STATE if whole is None else ActorKind.ENTITY
                self._added.setdefault(code, Actor(code=code, name=official, aliases=(name,), kind=kind, part_of=whole))
            self._known[key] = code
        code = self.used[key] = self._known[key]
        if self._actors.is_organisation(code) and code not in self._added:
            # it takes part itself: its acts are not those of its members
            self._added[code] = dataclasses.replace(self._actors.get(code), kind=ActorKind.ENTITY, members=())
        return code

    def _shadowed(self, name: str, key: str) -> bool:
        """Whether a name is an organisation's letters written as a word: `Guam` is not GUAM."""
        code = self._known[key]
        return fold(code) == key and name != code and code in self._actors and self._actors.is_organisation(code)

    def territory(self, code: str, name: str) -> str:
        """The code of a territory of a state, for which alone something was done."""
        own = f"{code}-{fold(name).upper().replace(' ', '-')[:30]}"
        state = self._actors.name(code) if code in self._actors else code
        self._added.setdefault(own, Actor(code=own, name=f"{name} ({state})", kind=ActorKind.ENTITY, part_of=code))
        return own

    def _whole(self, name: str) -> str | None:
        """The state of which a name like `Netherlands (Aruba)` is a part: both must be in the list, and the state alone."""
        match = re.fullmatch(r"(.+?)\s*[(:–-]\s*(?:in respect of )?(?:the )?(.+?)\)?", name)
        state, part = (self._lookup(match[1].strip()), self._lookup(match[2].strip())) if match else (None, None)
        return state[0] if state and part and state[0] != part[0] else None

    def since(self, code: str) -> date | None:
        """The day a state began, where the record tells."""
        return self._actors.get(code).since if code in self._actors else None

    def _lookup(self, name: str) -> tuple[str, str] | None:
        if self._iso is None:
            self._iso = iso_names(self.alpha_2)
        spellings = _spellings(name)
        for some in (spellings[:1], spellings[1:2], spellings):
            # a whole name goes before a shortened one: `Congo, Democratic Republic of the` is not the Congo
            found = {f for key in some if (f := self._iso.get(key))}
            if not found:
                codes = {self._known[k] for k in some if k in self._known}
                found = {(c, self._actors.name(c)) for c in codes if c in self._actors}
            if found:
                return next(iter(found)) if len({f[0] for f in found}) == 1 else None
        return None

    def all(self) -> Actors:
        """The record's actors and those the table added."""
        return Actors([*(a for a in self._actors if a.code not in self._added), *self._added.values()])


def _spellings(name: str) -> list[str]:
    """Ways a name may stand in a list, the fullest first: `Netherlands (Kingdom of the)` is the Kingdom of the Netherlands."""
    whole = fold(name)
    match = re.fullmatch(r"(.*?)\s*\((.*)\)", name)
    head, comma, tail = name.partition(",")
    found = [whole]
    if match:
        found.append(fold(f"{match[2].strip()} {match[1].strip()}"))
    elif comma:
        found.append(fold(f"{tail.strip()} {head.strip()}"))
    else:
        found.append(re.sub(r"\bst\b", "saint", fold(name.replace("&", " and "))))
    # what stands in brackets may only be a title of the state: `(The)`, `(Kingdom of the)`, `(Plurinational State of)`
    if match and _only_title(match[2]):
        found.append(fold(match[1]))
    if comma and _only_title(tail):
        found.append(fold(head))
    bare = re.sub(r"^the ", "", whole)
    found.append(bare)
    return list(dict.fromkeys(f for f in found if f))


def _only_title(text: str) -> bool:
    return all(w in ("the", "of") for w in TITLES.sub(" ", fold(text)).split())


@cache
def iso_names(alpha_2: bool = False) -> dict[str, tuple[str, str]]:
    """Folded names and codes of ISO 3166, present and historic, in English and French. A whole name goes first."""
    import pycountry

    found: dict[str, tuple[str, str]] = {}
    short: dict[str, set[tuple[str, str]]] = {}
    french = _french()
    for country in [*pycountry.countries, *pycountry.historic_countries]:
        now = pycountry.countries.get(alpha_3=RENAMED.get(country.alpha_3, country.alpha_3)) or country
        mine = (now.alpha_3, now.name)
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
