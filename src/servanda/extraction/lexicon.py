"""Names: what the press calls states, their capitals, leaders and bodies, organisations and instruments.

Built once from the record (titles, aliases) and from the tables beside this module. Longest name wins.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from servanda.extraction.text import Token, tokens
from servanda.extraction.words import wordlist

DATA = Path(__file__).parent / "data"
KINDS = wordlist("lexicon.KINDS")
ACTOR, INSTRUMENT = "actor", "instrument"
UNNAMED = "*ALLIANCE"  # an alliance spoken of without its name, until the document tells which
NAME, ADJECTIVE, CAPITAL, BODY, PERSON, ORGANISATION = "name", "adjective", "capital", "body", "person", "organisation"


@dataclass(frozen=True, slots=True)
class Entry:
    """A name: what it names (an actor's code or an instrument's id), how, in which years, where bounded, and its office."""

    kind: str
    target: str
    role: str = NAME
    since: str | None = None
    until: str | None = None
    office: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """A common word that means an organisation ("the allies"), in documents of `since` or later."""

    code: str
    since: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An instrument as the press knows it: its parties where they are few, its year, the organisation it founded."""

    id: str
    parties: tuple[str, ...] = ()
    year: int | None = None
    body: tuple[str, ...] = ()
    kind: str = "treaty"
    many: bool = False
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    organisation: bool = False
    background: bool = False
    recorded: bool = False
    words: frozenset[str] = frozenset()
    heirs: tuple[tuple[str, str], ...] = ()
    twin: str | None = None
    version: str | None = None  # the amended or adapted one
    about: frozenset[str] = frozenset()  # words for its matter, where no other has it

    @property
    def bilateral(self) -> bool:
        """Between two, and no treaty the press speaks of as open to all."""
        return len(self.parties) == 2 and not self.many


LOOSE = 3  # words: a longer title is known in any case of letters


class Lexicon:
    """All names, by their first word.

    `known` holds the instruments by id; `words` every word of a name; `called` common words that mean an organisation;
    `bodies` common words that mean a body of a state ("the senate") where the document names that state; `heirs` which state
    goes on in place of one that is no more; `groups` states named together ("the Baltic states");
    `alliance` the organisation that "the alliance" means where none was named.
    """

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], Entry]]] = {}
        self.known: dict[str, Known] = {}
        self.words: set[str] = set()
        self.called: dict[str, Called] = {}
        self.bodies: dict[str, str] = {}
        self.heirs: dict[str, str] = {}
        self.groups: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.states: set[str] = set()
        self.alliance = ""
        self.version_words = frozenset(row["word"] for row in rows_of("versions.csv"))
        self._load_states()
        self._load_organisations()
        self._load_groups()
        self._load_people()
        self._load_instruments()
        self.nouns: dict[str, frozenset[str]] = {}
        self.spoken: dict[str, set[str]] = {}  # all words of an instrument's names
        for entries in self._by_first.values():
            for lows, _, entry in entries:
                if entry.kind == INSTRUMENT:
                    self.spoken.setdefault(entry.target, set()).update(lows)
                if entry.kind == INSTRUMENT and (kinds := KINDS.intersection(lows)):
                    self.nouns[entry.target] = self.nouns.get(entry.target, frozenset()) | kinds
        named = [(" ".join(r), e) for rows in self._by_first.values() for _, r, e in rows if e.kind == INSTRUMENT]
        for name, entry in named:
            for other in _by_other_nouns(name):
                if not self._listed(other):
                    self._add(other, entry)
        for entries in self._by_first.values():
            entries.sort(key=lambda e: -len(e[0]))

    @staticmethod
    @cache
    def default() -> Lexicon:
        """The packaged lexicon, built once."""
        return Lexicon()

    def find(self, words: list[Token], i: int) -> tuple[int, Entry] | None:
        """The longest name that begins at token `i`: the index after it, and what it names."""
        entries = self._by_first.get(words[i].low)
        if entries is None:
            return None
        size = len(words)
        for lows, raws, entry in entries:
            end = i + len(lows)
            if end > size:
                continue
            loose = len(lows) > LOOSE
            for k in range(len(lows)):
                token = words[i + k]
                if token.low != lows[k] or not (loose or _cased(raws[k], token.raw)):
                    break
            else:
                return end, entry
        return None

    def same(self, code: str) -> tuple[str, ...]:
        """A state, with the one it goes on in place of or that goes on in its place: both may stand for a party."""
        return (
            code,
            *(h for o, h in self.heirs.items() if o == code),
            *(o for o, h in self.heirs.items() if h == code),
        )

    def founding(self, code: str) -> str | None:
        """The instrument that founded an organisation."""
        return next((k.id for k in self.known.values() if code in k.body), None)

    def only_states(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Of some codes those of states, organisations left out."""
        return tuple(c for c in codes if c in self.states)

    def bilateral(self) -> Iterator[Known]:
        """Instruments between two."""
        return (k for k in self.known.values() if k.bilateral)

    def names(self, kind: str, targets: Iterable[str] | None = None, *, capitals: bool = False) -> Iterator[str]:
        """All names of a kind, of `targets` only where given; lower case, words joined by blanks.

        With `capitals`, names that are found in capitals alone are given in capitals, and a short name with a word in capitals
        ("New START") by that word alone: where the name is, the word is.
        """
        for entries in self._by_first.values():
            for lows, raws, entry in entries:
                if entry.kind == kind and (targets is None or entry.target in targets):
                    if not capitals:
                        yield " ".join(lows)
                    elif _in_capitals(raws):
                        yield " ".join(raws)
                    else:
                        shouted = [r for r in raws if r.isupper() and r.isalpha() and len(r) > 2]
                        yield shouted[0] if shouted and len(raws) <= LOOSE else " ".join(lows)

    def _add(self, name: str, entry: Entry) -> None:
        words = tokens(name)
        if not words:
            return
        lows = tuple(t.low for t in words)
        self.words.update(lows)
        rows = self._by_first.setdefault(lows[0], [])
        raws = tuple(t.raw for t in words)
        for n, row in enumerate(rows):
            if row[0] == lows and row[2].kind == entry.kind:
                if row[2] == entry and raws == lows:
                    rows[n] = (lows, raws, entry)  # known in small letters as well
                return
        rows.append((lows, raws, entry))

    def _load_states(self) -> None:
        columns = (("names", NAME), ("adjectives", ADJECTIVE), ("capitals", CAPITAL), ("bodies", BODY))
        for row in rows_of("states.csv"):
            code = row["code"]
            self.states.add(code)
            for column, role in columns:
                for name in _several(row[column]):
                    self._add(name, Entry(ACTOR, code, role))
            self.bodies.update(dict.fromkeys(_several(row["called"]), code))
            if row["heir"]:
                self.heirs[code] = row["heir"]

    def _load_organisations(self) -> None:
        for row in rows_of("organisations.csv"):
            code, since = row["code"], int(row["since"]) if row["since"] else None
            for column, role in (("names", ORGANISATION), ("seats", CAPITAL)):
                for name in _several(row[column]):
                    self._add(name, Entry(ACTOR, code, role))
            for word in _several(row["called"]):
                self.called[word] = Called(code, since)
            for word in _several(row["unnamed"]):
                self.called[word] = Called(UNNAMED, since)
                self.alliance = code

    def _listed(self, name: str) -> bool:
        words = tuple(t.low for t in tokens(name))
        return any(lows == words for lows, _, _ in self._by_first.get(words[0], ()))

    def headed(self, words: tuple[str, ...]) -> set[str]:
        """The instruments of whose names one begins with these words."""
        rows = self._by_first.get(words[0], ())
        return {e.target for lows, _, e in rows if e.kind == INSTRUMENT and lows[: len(words)] == words}

    def _load_groups(self) -> None:
        for row in rows_of("groups.csv"):
            self.groups[tuple(t.low for t in tokens(row["name"]))] = tuple(_several(row["members"]))

    def _load_people(self) -> None:
        for row in rows_of("people.csv"):
            self._add(
                row["name"],
                Entry(ACTOR, row["code"], PERSON, row["since"] or None, row["until"] or None, row["office"]),
            )

    def _load_instruments(self) -> None:
        for row in _yaml(DATA / "instruments.yaml"):
            heirs = tuple((row.get("heirs") or {}).items())
            self.known[row["id"]] = Known(
                id=row["id"],
                parties=tuple(row.get("parties", ())),
                year=row.get("year"),
                body=tuple(row.get("body", ())),
                kind=row.get("kind", "treaty"),
                many=row.get("many", False),
                by=tuple(row.get("by", ())),
                to=tuple(row.get("to", ())),
                organisation=row.get("organisation", False),
                background=row.get("background", False),
                heirs=heirs,
                twin=row.get("twin"),
                version=row.get("version"),
                about=frozenset(row.get("about", ())),
            )
            for name in row["names"]:
                self._add(name, Entry(INSTRUMENT, row["id"]))
                if (turned := _turned(name)) is not None:
                    self._add(turned, Entry(INSTRUMENT, row["id"]))
        for known, names in recorded():
            old = self.known.get(known.id)
            if old is None:
                self.known[known.id] = known
            for name in names:
                if name.isupper() and len(name) < 4:
                    continue  # two or three letters name too many things
                self._add(name, Entry(INSTRUMENT, known.id))


NOUNS = ("treaty", "pact", "accord", "agreement")  # the press calls one thing by each of them


def _by_other_nouns(name: str) -> list[str]:
    """A name of three words or more by the other nouns ("Washington naval pact"); a place alone is too little to go by."""
    words = name.split()
    if len(words) < 3 or words[-1].lower() not in NOUNS or words[0][0].islower() or "of" in words:
        return []
    lead = " ".join([words[0], *(w if w.isupper() else w.lower() for w in words[1:-1])])
    return [f"{lead} {noun}" for noun in NOUNS if noun != words[-1].lower()]


def _turned(name: str) -> str | None:
    """A title of two words the other way round: "Kyoto Protocol", "Protocol of Kyoto"."""
    words = name.split()
    if len(words) == 2 and words[1].lower() in KINDS and words[0][0].isupper() and not words[0].isupper():
        return f"{words[1]} of {words[0]}"
    if len(words) == 3 and words[1] == "of" and words[0].lower() in KINDS:
        return f"{words[2]} {words[0]}"
    return None


def recorded() -> Iterable[tuple[Known, tuple[str, ...]]]:
    """The instruments of the record with their titles and aliases; those between two with their parties."""
    from servanda.corpus import Corpus

    corpus = Corpus.default()
    for name in corpus.ids():
        dossier = corpus.dossier(name)
        instrument = dossier.instrument
        signers: list[str] = []
        for act in dossier.acts:
            if str(act.act) == "sign":
                signers += [a for a in act.actors if a not in signers]
        two = tuple(signers) if len(signers) == 2 else ()
        adopted = getattr(instrument, "adopted", None)
        words = frozenset(t.low for t in tokens(instrument.title) if len(t.low) > 3 or t.low == "of")
        names = (instrument.title, instrument.short, *instrument.aliases)
        kept = tuple(n for n in names if n and not (two and n == instrument.short))
        yield (
            Known(id=name, parties=two, year=_year(adopted), recorded=True, words=words, kind=str(instrument.kind)),
            kept if len(kept) else (instrument.title,),
        )


def _year(day: Any) -> int | None:
    text = str(day or "")[:4]
    return int(text) if text.isdigit() else None


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the tables in `data/`, by the names of their columns."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _several(text: str) -> list[str]:
    return [name for name in text.split("|") if name]


def _yaml(path: Path) -> list[dict[str, Any]]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with path.open(encoding="utf-8") as file:
        rows: list[dict[str, Any]] = yaml.load(file, loader)  # noqa: S506 a safe loader, in C where there is one
    return rows


def _in_capitals(raws: tuple[str, ...]) -> bool:
    letters = [r for r in raws if r.isalpha()]
    return any(len(r) > 1 for r in letters) and all(r.isupper() and not _cased(r, r.lower()) for r in letters)


def _cased(name: str, written: str) -> bool:
    """Does the case of a written word fit a name's: capitals stand for capitals, a small name for any."""
    if name[0].islower() or not name[0].isalpha() or name.lower() in KINDS:
        return True
    if name.isupper() and len(name) > 1:
        return written.isupper()
    return written[0].isupper()
