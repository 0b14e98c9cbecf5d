"""What states declared as records: unit by unit figures in place of published scraps, so that verdicts are exact.

Every record names the document it comes from and, where it lies in a ledger, its entry. Figures of a generated document
are of provenance `synthetic`, and an answer that leans on one says so first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from servanda.corpus import Corpus
from servanda.exchange.cells import degrees
from servanda.exchange.context import Locate
from servanda.exchange.declaration import Declaration, from_plain
from servanda.exchange.facts import Facts, Line
from servanda.exchange.table import Row, column
from servanda.limits.snapshots import DECLARED
from servanda.model.errors import InputError
from servanda.model.forms import Form
from servanda.model.records import Record
from servanda.model.vocabulary import ANY, Provenance
from servanda.questions.exchange import form_of, leaves, locator, sound

ENDINGS = (".xlsx", ".json")
SQLITE = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Given:
    """A declaration with where it was found: a file, or an entry of a ledger."""

    value: Declaration
    where: str
    entry: int | None = None


def read_declared(corpus: Corpus, instrument: str, place: str | Path) -> tuple[Given, ...]:
    """The declarations of a store, of one file, or of a folder of files. InputError where nothing can be used."""
    path = Path(place)
    if "://" in str(place) or (path.is_file() and path.read_bytes()[:16] == SQLITE):
        return tuple(_of_store(str(place), instrument))
    if not path.exists():
        raise InputError("there are no declarations", where=str(place), remedy="name a store, a file or a folder")
    files = [path]
    if path.is_dir() and not (path / "cover.csv").exists() and not (path / "cover.parquet").exists():
        files = sorted(p for p in path.iterdir() if p.is_dir() or p.suffix.lower() in ENDINGS)
    found = tuple(Given(sound(corpus, f, instrument), f.name) for f in files)
    if not found:
        raise InputError("the folder holds no declarations", where=str(place), remedy="name a folder of .xlsx or .json")
    return found


def _of_store(place: str, instrument: str) -> Iterator[Given]:
    from servanda.exchange.store import Store

    with Store.open(place) as store:
        for held in store.declarations(instrument=instrument):
            if "tables" in held.value:
                where = f"entry {held.index} of the ledger"
                yield Given(from_plain(held.value, where=where), where, held.index)


def in_full(form: Form, given: Iterable[Given]) -> tuple[tuple[Given, ...], tuple[Given, ...]]:
    """The documents that give holdings in full, one a state and day, and the notices beside them.

    A correction takes the place of the document of its state and day, the later of two corrections that of the
    earlier. InputError where two documents of a state and day are neither.
    """
    whole: dict[tuple[str, date], list[Given]] = defaultdict(list)
    notices = []
    for one in given:
        kind = form.document(one.value.document)
        if kind is not None and kind.notice:
            notices.append(one)
        else:
            whole[one.value.party, one.value.as_of].append(one)
    return tuple(_newest(form, several) for several in whole.values()), tuple(notices)


def _newest(form: Form, several: list[Given]) -> Given:
    def corrects(one: Given) -> bool:
        kind = form.document(one.value.document)
        return kind is not None and kind.corrects

    corrections = [g for g in several if corrects(g)]
    usable = corrections or several
    newest = max((g.value.exchanged or date.min, g.entry if g.entry is not None else -1) for g in usable)
    last = [g for g in usable if (g.value.exchanged or date.min, g.entry if g.entry is not None else -1) == newest]
    if len(several) - len(corrections) > 1 or len(last) > 1:
        raise InputError(
            f"{several[0].value.party} as of {several[0].value.as_of} is given more than once",
            where=" and ".join(dict.fromkeys(g.where for g in several)),
            remedy="keep one of them, or give the later one as a correction",
        )
    return last[0]


def records_of(corpus: Corpus, instrument: str, given: Iterable[Given]) -> tuple[Record, ...]:
    """Records of what the declarations give unit by unit: each leaf category by block and posture, and in all.

    The total of a category that a document gives no unit of is zero: a declaration lists all that its state holds. Units
    of forces that the form leaves out of the count are left out here too; what it lists of such forces apart is recorded
    under their force, and what is in permanent storage by site too. Notices give no holdings in full and become
    no records: the totals of their states say how many there are. InputError where there are only notices.
    """
    name, form = form_of(corpus, instrument)
    counted = sorted(limited_leaves(corpus, name))
    whole, notices = in_full(form, given)
    if not whole:
        raise InputError(
            "no document gives holdings in full: there are only notices",
            where=", ".join(n.where for n in notices[:3]) or None,
            remedy="give the annual declarations too",
        )
    since: dict[str, list[date]] = defaultdict(list)
    for notice in notices:
        since[notice.value.party].append(notice.value.as_of)
    found: list[Record] = []
    for one in whole:
        later = sum(day >= one.value.as_of for day in since[one.value.party])
        found.extend(_records(corpus, name, form, one, counted, later))
    return tuple(found)


def limited_leaves(corpus: Corpus, instrument: str) -> frozenset[str]:
    """The leaf categories that a limit of the instrument counts."""
    return frozenset(c for x in corpus.dossier(instrument).limits for c in leaves(corpus, instrument, x.category))


def _records(
    corpus: Corpus, instrument: str, form: Form, given: Given, counted: list[str], later: int
) -> Iterator[Record]:
    value, facts = given.value, Facts(given.value, form)
    area = corpus.dossier(instrument).instrument.area or ANY
    blocks = _blocks(facts, locator(corpus, instrument, value.as_of), area)
    places: dict[str, str] = {}
    totals: _Sums = {(c, area, ANY, ANY, None): _Sum() for c in counted}
    parts: _Sums = {}
    for line in facts.counted():
        stored = line.record in facts.stored
        posture = (form.roles.stored_posture if stored else form.roles.active_posture) or ANY
        if line.record not in places:
            places[line.record] = blocks(facts.unit(line.record))
        place = places[line.record]
        totals.setdefault((line.category, area, ANY, ANY, None), _Sum()).add(line)
        parts.setdefault((line.category, place, posture, ANY, None), _Sum()).add(line)
        if stored:
            parts.setdefault((line.category, place, posture, ANY, line.record), _Sum()).add(line)
    for force, line, place in _beside(facts, blocks):
        totals.setdefault((line.category, area, ANY, force, None), _Sum()).add(line)
        parts.setdefault((line.category, place, ANY, force, None), _Sum()).add(line)
    told = "sum of the units declared"
    if later:
        told += f"; {later} notice{'s' if later > 1 else ''} given since {'are' if later > 1 else 'is'} not counted in"
    for of, sums in ((told, totals), (None, {k: v for k, v in parts.items() if k not in totals})):
        for (category, place, posture, force, site), one in sums.items():
            named = [w for w, there in ((force, force != ANY), (f"at {site}", site is not None)) if there]
            yield Record(
                id=":".join(["declared", str(value.as_of), value.party, category, place, posture, *named]),
                snapshot=DECLARED,
                as_of=value.as_of,
                holder=value.party,
                category=category,
                place=place,
                posture=posture,
                force=force,
                site=site,
                value=one.number,
                source=(f"{value.title} ({given.where})",),
                provenance=Provenance.SYNTHETIC if value.synthetic else Provenance.DECLARED,
                reported=value.exchanged or value.as_of,
                note=of or one.rows(),
                file=given.where,
            )


class _Sum:
    """A number with the rows that it adds up."""

    def __init__(self) -> None:
        self.number = 0
        self._rows: list[str] = []

    def add(self, line: Line) -> None:
        """Add what a row holds."""
        self.number += line.number
        self._rows.append(f"{line.sheet} {line.place + 1}")

    def rows(self) -> str:
        """The first of its rows, in words."""
        more = f" and {len(self._rows) - 4} more" if len(self._rows) > 4 else ""
        return f"rows {', '.join(self._rows[:4])}{more}"


Blocks = Callable[[Row], str]
_Sums = dict[tuple[str, str, str, str, str | None], _Sum]  # by category, place, posture, force and site


def _blocks(facts: Facts, locate: Locate, area: str) -> Blocks:
    """The block at a row's coordinates; the whole area where they do not tell. All points are looked up together."""
    roles = facts.form.roles
    sheets = [roles.places, *([roles.beside.sheet] if roles.beside else [])]
    cells = {str(c) for s in sheets for c in column(facts.value.rows(s), "coordinates") if c}
    grounds = dict(zip(cells, locate([degrees(c) for c in cells]), strict=True))

    def block(row: Row) -> str:
        ground = grounds.get(str(row.get("coordinates") or ""))
        return ground.blocks[0] if ground is not None and ground.blocks else area

    return block


def _beside(facts: Facts, blocks: Blocks) -> Iterator[tuple[str, Line, str]]:
    """What forces outside the count hold: force, row and block."""
    beside = facts.form.roles.beside
    for index, row in enumerate(facts.value.rows(beside.sheet)) if beside else ():
        force = beside.forces.get(str(row.get(beside.column))) if beside else None
        category, number = row.get("category"), row.get("number")
        if beside and force and category is not None and isinstance(number, int):
            yield force, Line(beside.sheet, index, "", str(category), None, number), blocks(row)
