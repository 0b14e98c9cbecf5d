"""The corpus as one object: instruments by id, actors, and overlays that leave it untouched."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from servanda.corpus import compiled
from servanda.corpus.actors import Actors
from servanda.corpus.kept import Kept
from servanda.corpus.places import PlaceIndex
from servanda.model.actors import Actor
from servanda.model.errors import DataError, Fault, InputError, UnknownName
from servanda.model.instrument import Dossier, GeneralLaw
from servanda.model.records import Record

DATA = Path(__file__).parent / "data"
NOT_INSTRUMENTS = ("actors", "geo")
_UNREAD = object()
MOST_KEPT = 256  # times between two days of change; the largest share snapshots of some hundred kilobytes
MOST_SMALL = 4_096  # parts of explanations and calendars that many days share
MOST_VIEWS = 24  # views of a record as known on a day


def _mentions(folder: Path, word: bytes) -> bool:
    """Whether an instrument's own file has the field at all: cheaper than reading every instrument for it."""
    return word in (folder / "treaty.yaml").read_bytes()


def _no_folder(place: Path) -> Fault:
    return Fault(file=str(place), message="is not a folder", remedy="name the folder that holds the instruments")


def instruments_in(place: Path) -> dict[str, Path]:
    """The instruments of a folder by id: its own folder where it has a `treaty.yaml`, else those inside it that have one.

    DataError where there is none, and no actors either.
    """
    if not place.is_dir():
        raise DataError([_no_folder(place)])
    whole = place.resolve()
    if (whole / "treaty.yaml").is_file():
        return {whole.name: whole}
    found = {p.parent.name: p.parent for p in sorted(whole.glob("*/treaty.yaml"))}
    found = {name: folder for name, folder in found.items() if name not in NOT_INSTRUMENTS}
    if not found and not (whole / "actors").is_dir():
        message = "holds no instrument: no folder in it has a treaty.yaml"
        raise DataError([Fault(file=str(place), message=message, remedy="make one with `starter()`")])
    return found


_IN_USE: ContextVar[Corpus | None] = ContextVar("the corpus in use", default=None)


@contextmanager
def using(corpus: Corpus) -> Iterator[Corpus]:
    """While it lasts, `Corpus.default()` gives this corpus, in this thread or task and those it starts."""
    token = _IN_USE.set(corpus)
    try:
        yield corpus
    finally:
        _IN_USE.reset(token)


class Corpus:
    """Instruments and actors of a data folder, loaded when asked for.

    `beside` names further folders whose instruments and actors are laid beside those of `root`; one of the same id or
    code takes the place of the other. Each is a folder of instruments or one instrument's own folder.
    `Corpus.default()` is the record in use: the packaged one unless a door laid more beside it. A `Corpus` never
    changes: `replace` makes another one. DataError for a folder that is not there or holds no instrument.
    """

    def __init__(self, root: Path | str = DATA, beside: Iterable[Path | str] = ()) -> None:
        self.root = Path(root)
        self.beside = tuple(Path(b) for b in beside)
        if not self.root.is_dir():
            raise DataError([_no_folder(self.root)])
        self._own: dict[str, Path] = {}
        for place in self.beside:
            self._own |= instruments_in(place)
        self._dossiers: dict[str, Dossier] = {}
        self._overlay: dict[str, Dossier] = {}
        self._actors: Actors | None = None
        self._places: dict[str, PlaceIndex] = {}
        self._amending: dict[str, tuple[str, ...]] = {}
        self._known_on: date | None = None
        self._whole_record: Corpus | None = None  # what a view as known on a day is a view of
        self._ids: tuple[str, ...] | None = None
        self._seen: dict[str, Dossier] = {}
        self.memo: dict[Any, Any] = {}  # what rooms compute from this corpus once; it lives as long as the corpus
        # what they compute for a time between two days of change, and views as known on a day: the newest alone
        self.kept, self._views = Kept(MOST_KEPT), Kept(MOST_VIEWS)
        self.small = Kept(MOST_SMALL)
        self._general: GeneralLaw | object | None = _UNREAD
        self._lawgivers: tuple[str, ...] | None = None

    @staticmethod
    def default() -> Corpus:
        """The record in use: what a door has put in use (`using`), else the record that comes with the package."""
        return _IN_USE.get() or Corpus.shipped()

    @staticmethod
    @cache
    def shipped() -> Corpus:
        """The record that comes with the package."""
        return Corpus()

    @property
    def own(self) -> tuple[str, ...]:
        """Ids of the instruments that were laid beside the record of `root`."""
        return tuple(sorted(self._own))

    def folder(self, instrument: str) -> Path:
        """The folder of an instrument's files, whether or not it is there."""
        return self._own.get(instrument, self.root / instrument)

    def ids(self) -> tuple[str, ...]:
        """Ids of all instruments, sorted; in a view as known on a day, of those adopted by then."""
        if self._whole_record is not None:
            if self._ids is None:
                every = {*self._whole_record.ids(), *self._overlay}
                self._ids = tuple(sorted(filter(self._adopted, every)))
            return self._ids
        found = {p.parent.name for p in self.root.glob("*/treaty.yaml")} - set(NOT_INSTRUMENTS)
        return tuple(sorted(found | set(self._own) | set(self._overlay)))

    def _adopted(self, instrument: str) -> bool:
        """Whether the instrument was there on the day the corpus is a view of."""
        from servanda.corpus.known import adopted_by

        return self._known_on is None or adopted_by(self._whole(instrument), self._known_on)

    @property
    def actors(self) -> Actors:
        """States and organisations."""
        if self._actors is None:
            folders = [f for f in (self.root / "actors", *(b / "actors" for b in self.beside)) if f.is_dir()]
            name = "actors" if len(folders) < 2 else "own-actors"
            key = compiled.content_key(*folders)
            values = compiled.read(name, key, tuple[Actor, ...])
            if values is None:
                from servanda.corpus.loader import load_actors

                values = tuple(load_actors(*folders))
                compiled.write(name, key, values)
            self._actors = Actors(values)
        return self._actors

    @property
    def known_on(self) -> date | None:
        """The day whose knowledge this corpus is a view of; None where it holds the whole record."""
        return self._known_on

    def dossier(self, instrument: str) -> Dossier:
        """All that is recorded of one instrument, as known on the corpus's day.

        UnknownName with near matches; DataError for faulty files.
        """
        whole = self._whole(instrument)
        if self._known_on is None:
            return whole
        seen = self._seen.get(instrument)
        if seen is None:
            from servanda.corpus.known import dossier_as_known

            if not self._adopted(instrument):
                called, adopted = whole.instrument.called, whole.instrument.adopted
                raise InputError(
                    f"{called} was adopted on {adopted}: nobody knew it on {self._known_on}",
                    remedy="ask with the knowledge of a later day",
                )
            known = dossier_as_known(whole, self._known_on, self._adopted)
            seen = self._seen.setdefault(instrument, known)
        return seen

    def _whole(self, instrument: str) -> Dossier:
        if instrument in self._overlay:
            return self._overlay[instrument]
        if self._whole_record is not None:
            return self._whole_record._whole(instrument)
        if instrument not in self._dossiers:
            folder = self.folder(instrument)
            if instrument in NOT_INSTRUMENTS or "/" in instrument or not (folder / "treaty.yaml").is_file():
                ids = self.ids()
                near = get_close_matches(instrument.lower(), ids, 3, 0.4)
                raise UnknownName(
                    "instrument", instrument, tuple(near), remedy=None if near else f"known: {', '.join(ids)}"
                )
            key = compiled.content_key(folder)
            name = f"own-{instrument}" if instrument in self._own else instrument
            dossier = compiled.read(name, key, Dossier)
            if dossier is None:
                dossier = self.load(instrument)
                compiled.write(name, key, dossier)
            self._dossiers[instrument] = dossier
        return self._dossiers[instrument]

    def load(self, instrument: str) -> Dossier:
        """Read and check an instrument's files anew, past every cache. DataError with all faults."""
        from servanda.corpus.loader import Places, load_dossier, sorted_faults
        from servanda.corpus.references import References

        folder = self.folder(instrument)
        faults: list[Fault] = []
        places: Places = {}
        dossier = load_dossier(folder, compiled.content_key(folder), places=places, faults=faults)
        host = None
        if dossier.instrument.amends:
            if dossier.instrument.amends not in self.ids() or dossier.instrument.amends == instrument:
                message = f"amends an unknown instrument {dossier.instrument.amends!r}"
                near = get_close_matches(dossier.instrument.amends, [i for i in self.ids() if i != instrument], 3, 0.5)
                remedy = f"did you mean {' or '.join(near)}?" if near else "name the folder of an instrument"
                file, line = places["treaty", "amends"]
                faults.append(Fault(file=file, line=line, column="amends", message=message, remedy=remedy))
            else:
                host = load_dossier(self.folder(dossier.instrument.amends), faults=[])
        faults.extend(References(dossier, self.actors, host, places, self.ids()).run())
        if faults:
            raise DataError(sorted_faults(faults))
        return dossier

    def general_law(self) -> GeneralLaw | None:
        """The periods of the general law of treaties, from the instrument of the record that states them, or None."""
        if self._general is _UNREAD:
            rules = (self.dossier(i).instrument.general_law for i in self.lawgivers())
            self._general = next((r for r in rules if r is not None), None)
        return self._general if isinstance(self._general, GeneralLaw) else None

    def lawgivers(self) -> tuple[str, ...]:
        """Ids of the instruments that may state the general law; in a view as known on a day, of those there by then."""
        if self._lawgivers is None:
            if self._whole_record is None:
                found = tuple(i for i in self.ids() if self._may_state(i))
            else:
                every = dict.fromkeys((*self._whole_record.lawgivers(), *self._overlay))
                found = tuple(i for i in sorted(every) if self._adopted(i))
            self._lawgivers = found
        return self._lawgivers

    def _may_state(self, instrument: str) -> bool:
        """Whether an instrument may state the general law: told without reading it where it is a folder."""
        return instrument in self._overlay or _mentions(self.folder(instrument), b"\ngeneral_law:")

    def amending(self, instrument: str) -> tuple[str, ...]:
        """Ids of the instruments that amend this one."""
        if instrument not in self._amending:
            found = tuple(i for i in self.ids() if self.dossier(i).instrument.amends == instrument)
            self._amending[instrument] = found
        return self._amending[instrument]

    def places(self, instrument: str) -> PlaceIndex:
        """The zones and blocks of an instrument, those of the one it amends included."""
        if instrument not in self._places:
            self._places[instrument] = PlaceIndex(*reversed(self.hosts(instrument)))
        return self._places[instrument]

    def family(self, instrument: str) -> tuple[Dossier, ...]:
        """The instrument this one amends (if any), the instrument itself, then those that amend it."""
        return (*self.hosts(instrument), *(self.dossier(i) for i in self.amending(instrument)))

    def hosts(self, instrument: str) -> tuple[Dossier, ...]:
        """The instrument this one amends (if any), then the instrument itself."""
        own = self.dossier(instrument)
        return (self.dossier(own.instrument.amends), own) if own.instrument.amends else (own,)

    def replace(self, dossiers: Iterable[Dossier], actors: Actors | None = None) -> Corpus:
        """Another corpus with these dossiers (and actors) laid over; this one stays as it is."""
        other = self._twin()
        other._overlay = {**self._overlay, **{d.instrument.id: d for d in dossiers}}
        other._actors = actors or self._actors
        if actors is not None and self._known_on is not None:
            from servanda.corpus.known import actors_as_known

            other._actors = actors_as_known(actors, self._known_on)
        return other

    def as_known(self, on: date | None) -> Corpus:
        """A view of this corpus as known on a day: what was reported later is not in it. None gives this one."""
        if on is None or (self._known_on is not None and self._known_on <= on):
            return self
        return self._views.get(on, lambda: self._as_known(on))

    def _as_known(self, on: date) -> Corpus:
        from servanda.corpus.known import actors_as_known

        made = self._twin()
        made._known_on = on
        made._whole_record = self._whole_record or self
        made._overlay = self._overlay if self._whole_record is not None else {}
        made._actors = actors_as_known(self.actors, on)
        return made

    def with_records(self, instrument: str, records: Iterable[Record]) -> Corpus:
        """A view in which these records stand in place of the instrument's own and those of the one it amends."""
        hosts = [self._whole(d.instrument.id) for d in self.hosts(instrument)]
        given = tuple(records)
        return self.replace(
            dataclasses.replace(d, records=given if d.instrument.id == instrument else ()) for d in hosts
        )

    def _twin(self) -> Corpus:
        other = Corpus(self.root, self.beside)
        other._dossiers, other._actors, other._known_on = self._dossiers, self.actors, self._known_on
        other._whole_record = self._whole_record
        return other
