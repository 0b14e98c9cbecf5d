"""An instrument's inspection regime, its ground on a day, and how percentages are rounded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from servanda.corpus import Corpus
from servanda.model.errors import InputError
from servanda.model.verification import InspectionRegime
from servanda.verification.quotas import Rounding


def regime_of(corpus: Corpus, instrument: str) -> tuple[InspectionRegime, date]:
    """An instrument's inspection regime and its first day. InputError where it has none."""
    dossier = corpus.dossier(instrument)
    if not dossier.inspections:
        having = [i for i in corpus.ids() if corpus.dossier(i).inspections]
        raise InputError(
            f"{dossier.instrument.short} has no inspection regime in the record",
            remedy=f"those that have: {', '.join(having)}" if having else "none in this corpus has",
        )
    regime = dossier.inspections[0]
    if regime.since is not None and regime.since.earliest is not None:
        return regime, regime.since.earliest
    if dossier.instrument.clock is None:
        raise InputError(f"{regime.id} has no first day in the record", remedy="add since to inspections.yaml")
    return regime, dossier.instrument.clock.start


def with_territory(corpus: Corpus, instrument: str, on: date, bound: Iterable[str]) -> frozenset[str]:
    """Parties with ground in the area of application on a day; all parties where the instrument has no area."""
    area = corpus.dossier(instrument).instrument.area
    if area is None:
        return frozenset(bound)
    places = corpus.places(instrument)
    owners = {places.state(b, on) for b in places.blocks(area, on)} - {None}
    if not owners:  # ground that the record does not part by states, such as the whole world
        return frozenset(bound)
    return frozenset(p for p in bound if p in owners)


def rounding_of(word: str) -> Rounding:
    """The rounding of that name; InputError otherwise."""
    try:
        return Rounding(word.lower())
    except ValueError:
        words = ", ".join(r.value for r in Rounding)
        raise InputError(f"rounding {word!r} is not known", remedy=f"words: {words}") from None
