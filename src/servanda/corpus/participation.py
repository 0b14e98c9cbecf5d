"""Participation tables as depositaries publish them: who signed, ratified, acceded, succeeded, and when.

A table has a column of participants and columns of dated acts, whose kinds the header tells: `Signature`,
`Ratification, Accession(a), Succession(d)`, with the letter after the date saying which. Cells that cannot be read
are returned with their row and column; none is dropped in silence.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from servanda.corpus.actors import Actors, fold
from servanda.corpus.files import Raw, read_csv, read_yaml
from servanda.corpus.schema import build
from servanda.model.actors import Actor
from servanda.model.acts import Act
from servanda.model.answer import Source
from servanda.model.dates import UncertainDate
from servanda.model.errors import DataError, Fault
from servanda.model.instrument import Dossier, Instrument
from servanda.model.vocabulary import ActKind

# The letters of the United Nations Treaty Collection, and what they stand for here.
LETTERS = {
    "a": ActKind.ACCEDE,
    "A": ActKind.DEPOSIT,  # acceptance
    "AA": ActKind.DEPOSIT,  # approval
    "c": ActKind.DEPOSIT,  # formal confirmation
    "s": ActKind.DEPOSIT,  # definitive signature
    "P": ActKind.DEPOSIT,  # consent to be bound
    "d": ActKind.DEPOSIT,  # succession, in its own name
    "n": ActKind.PROVISIONALLY_APPLY,
    "w": ActKind.GIVE_NOTICE,
}
WORDS = {
    "signature": ActKind.SIGN,
    "ratification": ActKind.DEPOSIT,
    "acceptance": ActKind.DEPOSIT,
    "approval": ActKind.DEPOSIT,
    "accession": ActKind.ACCEDE,
    "succession": ActKind.DEPOSIT,
    "definitive signature": ActKind.DEPOSIT,
    "definitive acceptance": ActKind.DEPOSIT,
    "formal confirmation": ActKind.DEPOSIT,
    "consent to be bound": ActKind.DEPOSIT,
    "provisional application": ActKind.PROVISIONALLY_APPLY,
    "withdrawal": ActKind.GIVE_NOTICE,
    "denunciation": ActKind.GIVE_NOTICE,
}
MONTHS = {
    m: i for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
# Names the Treaty Collection uses that ISO 3166 writes another way.
NAMES = {
    "the former yugoslav republic of macedonia": "MKD",
    "republic of korea": "KOR",
    "democratic people s republic of korea": "PRK",
    "democratic republic of the congo": "COD",
    "swaziland": "SWZ",
    "state of palestine": "PSE",
    "cape verde": "CPV",
    "libyan arab jamahiriya": "LBY",
}
CELL = re.compile(r"\[?\s*(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\.?\s+(\d{4})\s*\]?(?:\s*([A-Za-z]{1,2}))?(?![A-Za-z])")
ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*([A-Za-z]{1,2}))?(?![A-Za-z])")
PARTICIPANT = ("participant", "party", "state", "country")


@dataclass(frozen=True, slots=True)
class Table:
    """A table read: an instrument of its own, the actors with its participants, and what could not be read."""

    dossier: Dossier
    actors: Actors
    unread: tuple[Fault, ...]
    strangers: tuple[str, ...]  # participants that are in no list of states


def read_participation(acts: Path, rules: Path, actors: Actors) -> Table:
    """A table and its rules as an instrument that can be asked like any other.

    `rules` has the grammar of `treaty.yaml`. DataError where either file cannot be used as a whole.
    """
    instrument = _rules(rules)
    raws = read_csv(acts, acts.name)
    if not raws:
        raise DataError(
            [Fault(file=acts.name, message="holds no rows", remedy="give a table of participants and dates")]
        )
    header = list(dict.fromkeys(k for r in raws for k in r.value))
    name_column = next((c for c in header if c.strip().lower() in PARTICIPANT), None)
    if name_column is None:
        message = f"has no column of participants; columns: {', '.join(header)}"
        raise DataError([Fault(file=acts.name, line=1, message=message, remedy="name one column Participant")])
    unread: list[Fault] = []
    kinds = {c: _column(c) for c in header if c != name_column}
    for column, kind in kinds.items():
        if kind is None:
            remedy = "name it after an act: Signature, Ratification, Accession(a), Withdrawal ..."
            unread.append(
                Fault(file=acts.name, line=1, column=column, message=f"column {column!r} names no act", remedy=remedy)
            )
    names = _Names(actors)
    found: list[Act] = []
    for raw in raws:
        who = raw.value.get(name_column)
        if not who:
            message = "row without a participant"
            unread.append(Fault(file=raw.file, line=raw.line, message=message, remedy="name the participant"))
            continue
        code = names.code(str(who))
        for column, kind in kinds.items():
            cell = raw.value.get(column)
            if cell and kind is not None:
                found.extend(_acts(raw, column, kind, str(cell), code, unread))
    source = Source(id="table", title=f"participation table {acts.name}")
    sources = (*instrument.sources, source)
    required = tuple(names.code(r) for r in instrument.entry.required) if instrument.entry else ()
    entry = dataclasses.replace(instrument.entry, required=required) if instrument.entry else None
    whole = dataclasses.replace(instrument, sources=sources, entry=entry)
    ordered = tuple(sorted(found, key=lambda a: (a.date.earliest or date.min, a.id)))
    return Table(Dossier(key="", instrument=whole, acts=ordered), names.all(), tuple(unread), tuple(names.strangers))


def _rules(path: Path) -> Instrument:
    raws = read_yaml(path, path.name)
    if len(raws) != 1:
        raise DataError([Fault(file=path.name, message="is not one mapping", remedy="write it as a treaty.yaml")])
    faults: list[Fault] = []
    defaults = {
        "id": path.stem,
        "short": raws[0].value.get("title"),
        "kind": "treaty",
        "cite": path.stem,
        "gist": "From a table.",
    }
    instrument = build(Instrument, Raw({**defaults, **raws[0].value}, path.name, raws[0].line, raws[0].lines), faults)
    if instrument is None or faults:
        raise DataError(faults)
    return instrument


def _column(header: str) -> ActKind | None:
    """The kind of act a column holds where a cell has no letter."""
    plain = [p.strip().lower() for p in header.split(",") if not re.search(r"\(\w{1,2}\)\s*$", p)]
    lettered = [re.sub(r"\(\w{1,2}\)\s*$", "", p).strip().lower() for p in header.split(",")]
    for name in (*plain, *lettered):
        for word, kind in sorted(WORDS.items(), key=lambda w: -len(w[0])):
            if name.startswith(word):
                return kind
    return None


def _acts(raw: Raw, column: str, kind: ActKind, cell: str, code: str, unread: list[Fault]) -> list[Act]:
    result: list[Act] = []
    rest = cell
    for pattern in (ISO, CELL):
        for match in pattern.finditer(rest):
            when = _day(match, pattern)
            letter = match[match.re.groups]
            if when is None or (letter and letter not in LETTERS):
                break
            act = LETTERS[letter] if letter else kind
            result.append(
                Act(
                    id=f"{code.lower()}-{act.value.replace('_', '-')}-{when.text}-r{raw.line}-{len(result)}",
                    date=when,
                    act=act,
                    actors=(code,),
                    gist=f"{column}: {cell}",
                    source=("table",),
                )
            )
            rest = rest.replace(match[0], " ", 1)
    left = re.sub(r"[\s,;\[\]]+", "", rest)
    if left or not result:
        message = f"{cell!r} cannot be read whole" if result else f"{cell!r} is no dated act"
        remedy = "write it as `22 Oct 1985 a` or 1985-10-22, with a letter of the header"
        unread.append(Fault(file=raw.file, line=raw.line, column=column, record=code, message=message, remedy=remedy))
    return result


def _day(match: re.Match[str], pattern: re.Pattern[str]) -> UncertainDate | None:
    try:
        if pattern is ISO:
            return UncertainDate.parse(match[1])
        month = MONTHS[match[2][:3].lower()]
        if match[1] is None:
            return UncertainDate.parse(f"{match[3]}-{month:02d}")
        return UncertainDate.parse(date(int(match[3]), month, int(match[1])))
    except (KeyError, ValueError):
        return None
    except Exception:  # a date the calendar does not have
        return None


class _Names:
    """Codes for the names a depositary uses: the record's own, then ISO 3166 present and historic."""

    def __init__(self, actors: Actors) -> None:
        self._actors = actors
        self._known = {fold(n): a.code for a in actors for n in (a.code, a.name, a.formal or "", *a.aliases) if n}
        self._added: dict[str, Actor] = {}
        self.strangers: list[str] = []
        self._iso: dict[str, tuple[str, str]] | None = None

    def code(self, text: str) -> str:
        """The code of a name; a name in no list becomes an actor of its own, and is told."""
        name = re.sub(r"\s*(\d+\s*,?\s*)+$", "", text).strip()
        key = fold(name)
        if key in self._known:
            return self._known[key]
        found = self._lookup(re.sub(r"^st ", "saint ", key))
        code, official = found or ("X-" + fold(name).upper().replace(" ", "-")[:40], name)
        if found is None:
            self.strangers.append(name)
        if code not in self._actors:
            self._added[code] = Actor(code=code, name=official, aliases=(name,))
        self._known[key] = code
        return code

    def _lookup(self, key: str) -> tuple[str, str] | None:
        if self._iso is None:
            import pycountry

            self._iso = {}
            for country in [*pycountry.countries, *pycountry.historic_countries]:
                for attribute in ("name", "official_name", "common_name"):
                    name = getattr(country, attribute, None)
                    if name:
                        code = country.alpha_3
                        self._iso.setdefault(fold(name), (code, country.name))
                        short = fold(name.split(",")[0])
                        self._iso.setdefault(short, (code, country.name))
                        self._iso.setdefault(fold(re.sub(r"\s*\(.*\)", "", name)), (code, country.name))
        if key in NAMES:
            import pycountry

            known = pycountry.countries.get(alpha_3=NAMES[key])
            return NAMES[key], known.name
        return self._iso.get(key) or self._iso.get(fold(re.sub(r"\s*\(.*\)", "", key)))

    def all(self) -> Actors:
        """The record's actors and those the table added."""
        return Actors([*self._actors, *self._added.values()])


def described(faults: Iterable[Fault]) -> tuple[str, ...]:
    """Faults as caveats of an answer."""
    return tuple(str(f) for f in faults)
