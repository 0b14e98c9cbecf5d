"""The corpus as one object: instruments by id, actors, and overlays that leave it untouched."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from servanda.corpus import compiled
from servanda.corpus.actors import Actors
from servanda.corpus.places import PlaceIndex
from servanda.model.actors import Actor
from servanda.model.errors import DataError, Fault, UnknownName
from servanda.model.instrument import Dossier, GeneralLaw

DATA = Path(__file__).parent / "data"
NOT_INSTRUMENTS = ("actors", "geo")
_UNREAD = object()


def _mentions(folder: Path, word: bytes) -> bool:
    """Whether an instrument's own file has the field at all: cheaper than reading every instrument for it."""
    return word in (folder / "treaty.yaml").read_bytes()


class Corpus:
    """Instruments and actors of a data folder, loaded when asked for.

    `Corpus.default()` is the packaged record. A `Corpus` never changes: `replace` makes another one.
    """

    def __init__(self, root: Path | str = DATA) -> None:
        self.root = Path(root)
        if not self.root.is_dir():
            fault = Fault(
                file=str(root), message="is not a folder", remedy="name the folder that holds the instruments"
            )
            raise DataError([fault])
        self._dossiers: dict[str, Dossier] = {}
        self._overlay: dict[str, Dossier] = {}
        self._actors: Actors | None = None
        self._places: dict[str, PlaceIndex] = {}
        self._amending: dict[str, tuple[str, ...]] = {}
        self._general: GeneralLaw | object | None = _UNREAD

    @staticmethod
    @cache
    def default() -> Corpus:
        """The record that comes with the package."""
        return Corpus()

    def ids(self) -> tuple[str, ...]:
        """Ids of all instruments, sorted."""
        found = {p.parent.name for p in self.root.glob("*/treaty.yaml")} - set(NOT_INSTRUMENTS)
        return tuple(sorted(found | set(self._overlay)))

    @property
    def actors(self) -> Actors:
        """States and organisations."""
        if self._actors is None:
            folder = self.root / "actors"
            key = compiled.content_key(folder)
            values = compiled.read("actors", key, tuple[Actor, ...])
            if values is None:
                from servanda.corpus.loader import load_actors

                values = tuple(load_actors(folder))
                compiled.write("actors", key, values)
            self._actors = Actors(values)
        return self._actors

    def dossier(self, instrument: str) -> Dossier:
        """All that is recorded of one instrument. UnknownName with near matches; DataError for faulty files."""
        if instrument in self._overlay:
            return self._overlay[instrument]
        if instrument not in self._dossiers:
            folder = self.root / instrument
            if instrument in NOT_INSTRUMENTS or "/" in instrument or not (folder / "treaty.yaml").is_file():
                ids = self.ids()
                near = get_close_matches(instrument.lower(), ids, 3, 0.4)
                raise UnknownName(
                    "instrument", instrument, tuple(near), remedy=None if near else f"known: {', '.join(ids)}"
                )
            key = compiled.content_key(folder)
            dossier = compiled.read(instrument, key, Dossier)
            if dossier is None:
                dossier = self.load(instrument)
                compiled.write(instrument, key, dossier)
            self._dossiers[instrument] = dossier
        return self._dossiers[instrument]

    def load(self, instrument: str) -> Dossier:
        """Read and check an instrument's files anew, past every cache. DataError with all faults."""
        from servanda.corpus.loader import Places, load_dossier, sorted_faults
        from servanda.corpus.references import References

        folder = self.root / instrument
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
                host = load_dossier(self.root / dossier.instrument.amends, faults=[])
        faults.extend(References(dossier, self.actors, host, places, self.ids()).run())
        if faults:
            raise DataError(sorted_faults(faults))
        return dossier

    def general_law(self) -> GeneralLaw | None:
        """The periods of the general law of treaties, from the instrument of the record that states them, or None."""
        if self._general is _UNREAD:
            stated = [i for i in self.ids() if i in self._overlay or _mentions(self.root / i, b"\ngeneral_law:")]
            rules = (self.dossier(i).instrument.general_law for i in stated)
            self._general = next((r for r in rules if r is not None), None)
        return self._general if isinstance(self._general, GeneralLaw) else None

    def amending(self, instrument: str) -> tuple[str, ...]:
        """Ids of the instruments that amend this one."""
        if instrument not in self._amending:
            found = tuple(i for i in self.ids() if self.dossier(i).instrument.amends == instrument)
            self._amending[instrument] = found
        return self._amending[instrument]

    def places(self, instrument: str) -> PlaceIndex:
        """The zones and blocks of an instrument, those of the one it amends included."""
        if instrument not in self._places:
            own = self.dossier(instrument)
            host = own.instrument.amends
            self._places[instrument] = PlaceIndex(own, self.dossier(host)) if host else PlaceIndex(own)
        return self._places[instrument]

    def replace(self, dossiers: Iterable[Dossier], actors: Actors | None = None) -> Corpus:
        """Another corpus with these dossiers (and actors) laid over; this one stays as it is."""
        other = Corpus(self.root)
        other._dossiers = self._dossiers
        other._overlay = {**self._overlay, **{d.instrument.id: d for d in dossiers}}
        other._actors = actors or self._actors
        return other
