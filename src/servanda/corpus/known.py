"""What of the record was known on a day (architecture.md 1: three clocks).

Everything that carries a `reported` day counts from it. Where it gives none: an act from the day it was done; a record
from the end of its sources' year of publication, assumed; a level and a figure on reductions from the earliest day by
which one of their sources was out; a membership, a territorial state and an era of a zone from the day they begin; an
instrument, with its text and its list of types, from its adoption. A day that still lies ahead is not known: what has
begun is then seen without its end.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeVar

from servanda.corpus.actors import Actors
from servanda.model.actors import Actor
from servanda.model.assessments import Assessment
from servanda.model.instrument import Dossier, Group, Instrument
from servanda.model.records import Level, Record, Reduction
from servanda.model.zones import Block, Zone

if TYPE_CHECKING:
    from servanda.corpus.store import Corpus


class _Span(Protocol):
    @property
    def since(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...


S = TypeVar("S", bound=_Span)
Publications = Mapping[str, date]


def _known_by(record: Record, out: Publications, on: date) -> tuple[bool, bool]:
    """Whether a record was known on a day, and whether that is assumed.

    `reported` where it is given; else the last day on which its sources can have been published, but not before the
    end of the year counted, assumed; else its own day.
    """
    if record.reported is not None:
        return record.reported <= on, False
    printed = _printed(out, record.source)
    if printed:
        # a source cannot print a figure of a later day: what it is dated by then is taken as the figure's own year
        return max(*printed, date(record.as_of.year, 12, 31)) <= on, True
    return record.as_of <= on, True


def adopted_by(dossier: Dossier, on: date) -> bool:
    """Whether an instrument was there on a day: adopted, or an act done to it known; without a day of adoption it was."""
    adopted = dossier.instrument.adopted
    return adopted is None or adopted.possibly_by(on) or any(a.known.possibly_by(on) for a in dossier.acts)


def dossier_as_known(dossier: Dossier, on: date, exists: Callable[[str], bool]) -> Dossier:
    """The dossier without what was reported after the day. An act that may have been known stays (decision 0020).

    `exists` tells whether another instrument had been adopted by then: links to those that had not are left out.
    """
    out = _publications(dossier)
    return dataclasses.replace(
        dossier,
        instrument=_instrument(dossier.instrument, on, exists),
        acts=tuple(a for a in dossier.acts if a.known.possibly_by(on)),
        records=tuple(r for r in dossier.records if _known_by(r, out, on)[0]),
        levels=tuple(x for x in dossier.levels if _figure_known(x, dossier, out, on)),
        reductions=tuple(r for r in dossier.reductions if _figure_known(r, dossier, out, on)),
        types=tuple(t for t in dossier.types if t.reported is None or t.reported <= on),
        assessments=tuple(a for a in dossier.assessments if _assessed(a, out, on)),
        counting=_begun((c for c in dossier.counting if _out(c.source, out, on)), on),
        discrepancies=tuple(d for d in dossier.discrepancies if d.reported is None or d.reported <= on),
        blocks=tuple(_block(b, on) for b in dossier.blocks),
        zones=tuple(_zone(z, on) for z in dossier.zones),
    )


def turning_days(corpus: Corpus, instrument: str) -> tuple[date, ...]:
    """Every day on which the instrument, its acts or the actors may be known otherwise than on the day before.

    Those of what it lives in and is linked to count too. Figures are known from days of their own, which are not among these.
    """
    days: set[date | None] = {d for a in corpus.actors for d in (a.until, *_ends(a.members))}
    todo, seen = [instrument, *corpus.lawgivers()], set[str]()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        dossier = corpus.dossier(name)
        own = dossier.instrument
        days |= {d for a in dossier.acts for d in (a.known.earliest, a.known.latest)}
        days |= {d for group in own.groups for d in _ends(group.members)}
        days |= {date(x.year, 1, 1) for x in own.links if x.year is not None}
        days.add(own.adopted.earliest if own.adopted is not None else None)
        days.add(own.entry.recorded.earliest if own.entry is not None and own.entry.recorded is not None else None)
        days |= {own.clock.start, own.clock.rejected} if own.clock is not None else set()
        todo += [x.to for x in own.links if x.to is not None and x.to in corpus.ids()]
    return tuple(sorted(d for d in days if d is not None))


def _ends(spans: Iterable[_Span]) -> Iterable[date | None]:
    return (d for s in spans for d in (s.since, s.until))


def actors_as_known(actors: Actors, on: date) -> Actors:
    """The actors without memberships, ends and successions that had not come by the day."""
    return Actors(_actor(a, on) for a in actors)


def _actor(actor: Actor, on: date) -> Actor:
    lasting = actor.until is None or actor.until <= on
    members = _begun(actor.members, on)
    if lasting and members == actor.members:
        return actor
    return dataclasses.replace(actor, until=actor.until if lasting else None, members=members)


def _instrument(instrument: Instrument, on: date, exists: Callable[[str], bool]) -> Instrument:
    entry, clock = instrument.entry, instrument.clock
    if entry is not None and entry.recorded is not None and not entry.recorded.possibly_by(on):
        entry = dataclasses.replace(entry, recorded=None)
    if clock is not None and clock.start > on:
        clock = None
    elif clock is not None and clock.rejected is not None and clock.rejected > on:
        clock = dataclasses.replace(clock, rejected=None)
    links = tuple(
        x for x in instrument.links if (x.to is None or exists(x.to)) and (x.year is None or x.year <= on.year)
    )
    groups = tuple(_group(g, on) for g in instrument.groups)
    return dataclasses.replace(instrument, entry=entry, clock=clock, links=links, groups=groups)


def _group(group: Group, on: date) -> Group:
    return dataclasses.replace(group, members=_begun(group.members, on))


def _block(block: Block, on: date) -> Block:
    territory = _begun(block.territory, on)
    return block if territory == block.territory else dataclasses.replace(block, territory=territory)


def _zone(zone: Zone, on: date) -> Zone:
    eras = _begun(zone.eras, on)
    return zone if eras == zone.eras else dataclasses.replace(zone, eras=eras)


def _begun(spans: Iterable[S], on: date) -> tuple[S, ...]:
    """Those that have begun by the day, without an end that lies ahead."""
    begun = (s for s in spans if s.since is None or s.since <= on)
    return tuple(s if s.until is None or s.until <= on else _open(s) for s in begun)


def _open(span: S) -> S:
    return dataclasses.replace(span, until=None)  # type: ignore[type-var]


def _figure_known(figure: Level | Reduction, dossier: Dossier, out: Publications, on: date) -> bool:
    """From its `reported` day, else from the earliest day by which one of its sources was out, not before it was counted.

    What was to be reduced follows from holdings up to the day the instrument's clock starts, and is not known before it.
    """
    if figure.reported is not None:
        return figure.reported <= on
    if isinstance(figure, Reduction):
        clock = dossier.instrument.clock
        if figure.as_of is not None and not figure.as_of.surely_by(on):
            return False
        if figure.as_of is None and clock is not None and clock.start > on:
            return False
    return _out(figure.source, out, on)


def _assessed(assessment: Assessment, out: Publications, on: date) -> bool:
    """From its `reported` day, else once its period has begun and one of its sources was out."""
    if assessment.reported is not None:
        return assessment.reported.possibly_by(on)
    return assessment.since <= on and _out(assessment.source, out, on)


def _out(sources: Iterable[str], out: Publications, on: date) -> bool:
    """Whether one of the sources was out by the day; where none tells when it was published, that is not doubted."""
    printed = _printed(out, sources)
    return not printed or min(printed) <= on


def _publications(dossier: Dossier) -> Publications:
    """The last day on which each source can have been published, where that is recorded."""
    found: dict[str, date] = {}
    for source in dossier.instrument.sources:
        if source.published is not None and source.published.latest is not None:
            found.setdefault(source.id, source.published.latest)
    return found


def _printed(out: Publications, sources: Iterable[str]) -> list[date]:
    return [out[s] for s in sources if s in out]
