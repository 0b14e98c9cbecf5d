"""Declarations made up so that they add up to the record: which figures bind, where something had to be chosen."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from servanda.corpus import Corpus
from servanda.exchange.allot import Sum, allot
from servanda.exchange.declaration import Declaration
from servanda.exchange.synthesize import Cell, Site
from servanda.exchange.synthesize import synthesize as make
from servanda.model.answer import Answer, Node, Statement
from servanda.model.errors import InputError
from servanda.model.forms import Form
from servanda.model.records import Record
from servanda.model.vocabulary import ANY, Provenance, RecordStatus, Scope
from servanda.questions.exchange import _judging, blank, form_of, leaves
from servanda.questions.words import Day, day
from servanda.standing import groups, participating_states

OBJECTS = 5_000
STORED_SHARE = 0.08  # of ground equipment where the treaty allows storage, a choice
ABROAD = 2  # blocks of others on which a state without ground of its own stands, a choice
MOST_SCALE = 10_000

Key = tuple[str, str, str, bool]  # holder, leaf category, block, stored


@dataclass(slots=True)
class _Scene:
    """The day: who takes part, in which groups, on which ground; which cells there may be; what was chosen."""

    corpus: Corpus
    instrument: str
    on: date
    form: Form
    rng: random.Random
    choices: list[str] = field(default_factory=list)
    cells: dict[Key, int] = field(default_factory=dict)

    def holders(self, expression: str, as_of: date) -> frozenset[str]:
        """The states of an expression such as `parties` or `west+CZE`."""
        known = groups(self.corpus, self.instrument, on=as_of)
        found: set[str] = set()
        for name in expression.split("+"):
            everyone = participating_states(self.corpus, self.instrument, on=as_of)
            found.update(everyone if name == "parties" else known.get(name, (name,)))
        return frozenset(found)

    def blocks(self, expression: str, on: date) -> frozenset[str]:
        """The blocks of a place or a sum of places."""
        index = self.corpus.places(self.instrument)
        return frozenset(b for name in expression.split("+") for b in index.blocks(name, on))


def _figures(corpus: Corpus, instrument: str, on: date, category: str, wanted: frozenset[str]) -> list[Record]:
    """Published figures of the newest set that gives a total for the category, the day asked or before."""
    usable = [
        r
        for r in corpus.dossier(instrument).records
        if r.as_of <= on
        and r.status is RecordStatus.PREFERRED
        and r.provenance in (Provenance.PUBLISHED, Provenance.DECLARED)
        and r.force == ANY
        and leaves(corpus, instrument, r.category) & wanted
    ]
    group_names = {g.id for g in corpus.dossier(instrument).instrument.groups}
    whole = [r for r in usable if r.holder == "parties" or set(r.holder.split("+")) & group_names]
    if not whole:
        raise InputError(
            f"no total of {category} is published for {on} or before", remedy="choose a day with a published total"
        )
    newest = max(whole, key=lambda r: (r.as_of, r.snapshot))
    return [r for r in usable if r.snapshot == newest.snapshot]


def synthesize(
    corpus: Corpus,
    instrument: str | None = None,
    *,
    on: Day,
    seed: int = 1,
    objects: int = OBJECTS,
    scale: int = 1,
    document: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> Answer[tuple[Declaration, ...]]:
    """Declarations of all parties of a day that add up to the published totals, levels and zones of the record.

    `scale` multiplies items and objects alike, for load: sums are then that many times the record's. Every document
    is marked synthetic and says what was chosen. InputError where no totals are published for the day.
    """
    name, form = form_of(corpus, instrument)
    asked = day(on)
    if not 1 <= scale <= MOST_SCALE:
        raise InputError(f"a scale of {scale} is not possible", remedy=f"give 1 to {MOST_SCALE:,}")
    parties = sorted(participating_states(corpus, name, on=asked))
    if not parties:
        raise InputError(f"nobody takes part in {name} on {asked}", remedy="choose another day")
    scene = _Scene(corpus, name, asked, form, random.Random(f"{seed}:{asked}"))  # noqa: S311
    ground = _candidates(scene, parties)
    sums, wanted, sources = _program(scene, parties, ground)
    found = allot(wanted, sums)
    scene.choices += [f"could not keep: {words}, by {over:,}" for words, over in found.broken]
    numbers = dict(zip(scene.cells, found.numbers, strict=True))
    kind = document or _document(form, asked)
    site = _site(scene)
    everything = sum(numbers.values()) or 1
    made = []
    for party in parties:
        own = [
            Cell(category=c, block=b, stored=s, number=n * scale) for (h, c, b, s), n in numbers.items() if h == party
        ]
        share = sum(c.number for c in own) / scale / everything
        base = blank(form, name, party, asked, kind)
        made.append(
            make(
                form,
                instrument=name,
                party=party,
                document=kind,
                as_of=asked,
                exchanged=base.exchanged or asked,
                cells=own,
                objects=max(1, round(objects * scale * share)),
                site=site,
                seed=seed,
                remarks=(
                    *(() if scale == 1 else (f"all numbers are {scale:,} times those of the record",)),
                    *scene.choices,
                ),
            )
        )
        if progress:
            progress(party)
    return _answer(scene, tuple(made), sources, seed, scale)


def _document(form: Form, on: date) -> str:
    full = [d for d in form.documents if not d.notice and not d.corrects]
    yearly = next((d for d in full if d.valid_on == f"{on:%m-%d}"), None)
    return (yearly or [d for d in full if d.valid_on is None][-1]).id


def _candidates(scene: _Scene, parties: list[str]) -> dict[str, list[str]]:
    """On which blocks each party may stand: its own ground; a state without any, on ground of its group."""
    index = scene.corpus.places(scene.instrument)
    area = scene.corpus.dossier(scene.instrument).instrument.area
    inside = sorted(scene.blocks(area, scene.on)) if area else sorted(index.all_blocks)
    ground: dict[str, list[str]] = defaultdict(list)
    for block in inside:
        state = index.state(block, scene.on)
        if state in parties:
            ground[state].append(block)
    inner = scene.blocks(scene.form.areas[0].zone, scene.on)
    for members in groups(scene.corpus, scene.instrument, on=scene.on).values():
        hosts = [b for m in members for b in ground.get(m, ()) if b in inner]
        for state in members:
            if state in parties and not ground.get(state) and hosts:
                ground[state] = sorted(scene.rng.sample(hosts, min(ABROAD, len(hosts))))
                scene.choices.append(f"{state}, without ground in the area, stands on {', '.join(ground[state])}")
    return ground


def _program(
    scene: _Scene, parties: list[str], ground: dict[str, list[str]]
) -> tuple[list[Sum], list[float], list[Record]]:
    """The cells, their wanted numbers, and the sums they must keep."""
    corpus, name = scene.corpus, scene.instrument
    dossier = corpus.dossier(name)
    listed = {t.category for t in dossier.types if t.limited}
    tops = [c.id for c in dossier.instrument.categories if c.parent is None and leaves(corpus, name, c.id) <= listed]
    storage = next((r.values for r in scene.form.rules if r.check == "storage_ground"), ())
    index = corpus.places(name)
    may_store = {b for v in storage for b in ([v] if v in index.all_blocks else scene.blocks(v, scene.on))}
    by_area = set(scene.form.roles.areas_for)
    figures: list[Record] = []
    wanted: list[float] = []
    for top in tops:
        kinds = leaves(corpus, name, top)
        found = _figures(corpus, name, scene.on, top, kinds)
        figures += found
        weights = _weights(scene, parties, top, found)
        parts = {k: scene.rng.uniform(0.5, 1.5) for k in sorted(kinds)}
        extra = {
            (h, b) for r in found for h in scene.holders(r.holder, r.as_of) for b in scene.blocks(r.place, r.as_of)
        }
        for party in parties:
            places = {b: scene.rng.uniform(0.5, 1.5) for b in ground.get(party, ())}
            for holder, block in sorted(extra):
                if holder == party and _single(found, party, block):
                    places.setdefault(block, 0.05)
            for kind in sorted(kinds):
                for block, weight in places.items():
                    share = weights[party] * parts[kind] / sum(parts.values()) * weight / sum(places.values())
                    postures = (False, True) if kind in by_area and block in may_store else (False,)
                    for stored in postures:
                        part = STORED_SHARE if stored else 1 - STORED_SHARE if len(postures) == 2 else 1.0
                        scene.cells[party, kind, block, stored] = len(scene.cells)
                        wanted.append(share * part)
    scene.choices.append("how sums divide among leaf categories, blocks, storage and units is chosen at random")
    sums = [_sum_of(scene, r) for r in figures] + _ceilings(scene, parties)
    return [s for s in sums if s is not None], wanted, figures


def _single(found: Iterable[Record], party: str, block: str) -> bool:
    """True where a figure of this one holder is for a place smaller than the area."""
    return any(r.holder == party and r.place == block for r in found)


def _weights(scene: _Scene, parties: list[str], top: str, found: list[Record]) -> dict[str, float]:
    """What each party is wanted to hold: its own figure, else a share of what is left by its notified level."""
    kinds = leaves(scene.corpus, scene.instrument, top)
    area = scene.corpus.dossier(scene.instrument).instrument.area
    own = {
        r.holder: r.value
        for r in found
        if r.holder in parties
        and r.value is not None
        and r.place == area
        and leaves(scene.corpus, scene.instrument, r.category) == kinds
    }
    level: dict[str, int] = {}
    for item in scene.corpus.dossier(scene.instrument).levels:
        since, until = item.since or date.min, item.until or date.max
        if item.category == top and since <= scene.on < until and item.status is RecordStatus.PREFERRED:
            level[item.state] = item.level or 0
    total = max((r.value or 0 for r in found if r.holder == "parties"), default=0)
    if not total:
        total = sum(r.value or 0 for r in found if "+" not in r.holder and r.holder not in parties)
    rest = [p for p in parties if p not in own]
    left = max(0, total - sum(own.values()))
    weight = sum(level.get(p, 0) for p in rest) or 1
    chosen = [p for p in rest if level.get(p)]
    if chosen:
        scene.choices.append(f"{top} of {', '.join(chosen)}: no figure of their own, shared out by notified level")
    return {p: float(own[p]) if p in own else left * level.get(p, 0) / weight for p in parties}


def _select(
    scene: _Scene, who: Iterable[str], kinds: frozenset[str], where: frozenset[str], stored: bool | None
) -> tuple[int, ...]:
    holders = set(who)
    return tuple(
        i
        for (h, c, b, s), i in scene.cells.items()
        if h in holders and c in kinds and b in where and (stored is None or s is stored)
    )


def _sum_of(scene: _Scene, record: Record) -> Sum | None:
    kinds = leaves(scene.corpus, scene.instrument, record.category)
    chosen = _select(
        scene, scene.holders(record.holder, record.as_of), kinds, scene.blocks(record.place, record.as_of), None
    )
    low, high = record.bounds
    if not chosen and low == 0:
        return None
    return Sum(chosen, low, high, f"{record.category} of {record.holder} in {record.place}")


def _ceilings(scene: _Scene, parties: list[str]) -> list[Sum]:
    """Limits that judge on the day, and notified levels: kept where the figures allow it."""
    corpus, name, roles = scene.corpus, scene.instrument, scene.form.roles
    known = groups(corpus, name, on=scene.on)
    found: list[Sum] = []
    for limit in _judging(corpus, name, scene.on):
        kinds, where = leaves(corpus, name, limit.category), scene.blocks(limit.zone, scene.on)
        scopes: list[tuple[str, tuple[str, ...]]] = []
        if limit.scope in (Scope.GROUP, Scope.TERRITORY):
            scopes = [(g, m) for g, m in known.items() if not limit.holders or g in limit.holders]
        elif limit.scope is Scope.STATE:
            scopes = [(p, (p,)) for p in parties if not limit.holders or p in limit.holders]
        for scope, members in scopes:
            for posture, number in limit.at_most.items():
                if posture not in (ANY, roles.stored_posture, roles.active_posture):
                    continue
                stored = None if posture == ANY else posture == roles.stored_posture
                cells = _select(scene, members, kinds, where, stored)
                if cells:
                    found.append(
                        Sum(cells, 0, number, f"{limit.cite} for {scope}: {number:,} {limit.category}", soft=True)
                    )
    for level in corpus.dossier(name).levels:
        since, until = level.since or date.min, level.until or date.max
        if level.state not in parties or level.level is None or not since <= scene.on < until:
            continue
        if level.status is RecordStatus.PREFERRED:
            cells = _select(
                scene, [level.state], leaves(corpus, name, level.category), scene.blocks(level.zone, scene.on), None
            )
            if cells:
                words = f"notified level of {level.state}: {level.level:,} {level.category} ({level.confidence.value})"
                found.append(Sum(cells, 0, level.level, words, soft=True))
    return found


def _site(scene: _Scene) -> Site:
    """The ground and the form as the generator needs them."""
    index = scene.corpus.places(scene.instrument)
    dossier = scene.corpus.dossier(scene.instrument)
    areas: dict[str, str] = {}
    for area in reversed(scene.form.areas):
        areas |= dict.fromkeys(scene.blocks(area.zone, scene.on), area.id)
    order = {a.id: n for n, a in enumerate(scene.form.areas)}
    for area in scene.form.areas:
        for block in scene.blocks(area.zone, scene.on):
            if order[area.id] < order[areas[block]]:
                areas[block] = area.id
    types: dict[str, list[str]] = defaultdict(list)
    often: dict[str, set[str]] = defaultdict(set)
    for kind in dossier.types:
        often[kind.designation].add(kind.category)
    for kind in dossier.types:
        if kind.limited and len(often[kind.designation]) == 1:
            types[kind.category].append(kind.designation)
    column = scene.form.sheet(scene.form.roles.totals[1])
    choices = column.column("category") if column else None
    return Site(
        areas=areas,
        states={b: state for b in index.all_blocks if (state := index.state(b, scene.on))},
        point=_point,
        types={k: sorted(set(v)) for k, v in types.items()},
        air=frozenset(choices.choices if choices else ()),
        by_area=frozenset(scene.form.roles.areas_for),
    )


_PARTS: dict[str, Any] = {}


def _point(block: str, rng: random.Random) -> tuple[float, float]:
    """A point well inside the largest piece of a block, to ten seconds."""
    import shapely

    from servanda.geography import Shapes

    if block not in _PARTS:
        geometry = Shapes.load("block").get(block).geometry
        part = max(getattr(geometry, "geoms", [geometry]), key=lambda g: g.area)
        inner = part.buffer(-0.03)
        part = part if inner.is_empty else max(getattr(inner, "geoms", [inner]), key=lambda g: g.area)
        shapely.prepare(part)
        _PARTS[block] = part
    part = _PARTS[block]
    west, south, east, north = part.bounds
    for _ in range(10_000):
        latitude = round(rng.uniform(south, north) * 360) / 360
        longitude = round(rng.uniform(west, east) * 360) / 360
        if part.covers(shapely.Point(longitude, latitude)):
            return latitude, longitude
    middle = part.representative_point()
    return middle.y, middle.x


def _answer(
    scene: _Scene, made: tuple[Declaration, ...], figures: list[Record], seed: int, scale: int
) -> Answer[tuple[Declaration, ...]]:
    objects = {d.party: len(d.rows(scene.form.roles.objects)) for d in made}
    nodes = [
        Node(
            statement=Statement(
                "figure of the record: {words}",
                {
                    "words": f"{r.category} of {r.holder} in {r.place}, {r.value if r.value is not None else 'interval'} ({r.snapshot})"
                },
            )
        )
        for r in figures
    ]
    chosen = tuple(Node(statement=Statement("chosen: {what}", {"what": c})) for c in dict.fromkeys(scene.choices))
    words = (
        "SYNTHETIC: {n} declarations for {on} with {objects} objects of verification, seed {seed}; made up, not history"
    )
    return Answer(
        kind="exchange_synthesize",
        value=made,
        data={
            "synthetic": True,
            "instrument": scene.instrument,
            "on": scene.on.isoformat(),
            "seed": seed,
            "scale": scale,
            "objects": objects,
            "records": [r.id for r in figures],
            "choices": list(dict.fromkeys(scene.choices)),
        },
        node=Node(
            statement=Statement(
                words, {"n": len(made), "on": scene.on, "objects": sum(objects.values()), "seed": seed}
            ),
            because=(
                Node(
                    statement=Statement("{n} figures of the record are kept exactly", {"n": len(figures)}),
                    because=tuple(nodes),
                ),
                *chosen,
            ),
        ),
    )
