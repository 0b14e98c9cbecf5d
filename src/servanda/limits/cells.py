"""The finest cells: holder x leaf category x place block x posture x force, as boxes of bit sets.

A record fixes the sum over a box, a limit bounds the sum over one. A box is a product of five sets, each an
integer bit set over one axis; so containment and overlap of boxes are a few machine words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from servanda.corpus import Actors, PlaceIndex
from servanda.model.instrument import Dossier
from servanda.model.limits import Limit
from servanda.model.records import Record
from servanda.model.vocabulary import ANY, AxisName

AXES = ("holder", "category", "place", "posture", "force")
Box = tuple[int, int, int, int, int]


def size(box: Box) -> int:
    """How many cells a box has."""
    n = 1
    for bits in box:
        n *= bits.bit_count()
    return n


def meet(a: Box, b: Box) -> int:
    """How many cells two boxes share."""
    n = (a[0] & b[0]).bit_count()
    if not n:
        return 0
    n *= (a[2] & b[2]).bit_count()
    if not n:
        return 0
    n *= (a[1] & b[1]).bit_count() * (a[3] & b[3]).bit_count()
    return n * (a[4] & b[4]).bit_count() if n else 0


def inside(a: Box, b: Box) -> bool:
    """True where every cell of `a` is one of `b`."""
    return not (a[0] & ~b[0] or a[1] & ~b[1] or a[2] & ~b[2] or a[3] & ~b[3] or a[4] & ~b[4])


class Axis:
    """Names of one axis and their bits."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names: list[str] = []
        self._bit: dict[str, int] = {}
        for name in names:
            self.bit(name)

    def bit(self, name: str) -> int:
        """The bit of a name, made on first use."""
        bit = self._bit.get(name)
        if bit is None:
            bit = self._bit[name] = 1 << len(self.names)
            self.names.append(name)
        return bit

    def mask(self, names: Iterable[str]) -> int:
        """The union of names."""
        mask = 0
        for name in names:
            mask |= self.bit(name)
        return mask

    def of(self, mask: int) -> tuple[str, ...]:
        """The names in a mask."""
        return tuple(n for i, n in enumerate(self.names) if mask >> i & 1)


@dataclass(slots=True)
class Scene:
    """The day's meaning of names: who is in a group, what a zone covers, who stands in for whom."""

    on: date
    parties: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    heirs: Mapping[str, tuple[str, ...]]  # a predecessor that is gone -> its successors
    # parties of an earlier day: whose ground was inside the area when a figure was counted
    parties_on: Callable[[date], tuple[str, ...]]
    outside: int | None = None  # bits of the ground outside the area, made on first use
    inside: dict[date, frozenset[str]] = field(default_factory=dict)  # blocks in the area, by day


class Grid:
    """The axes of one instrument, and boxes for its records and limits."""

    def __init__(self, dossiers: tuple[Dossier, ...], actors: Actors, places: PlaceIndex) -> None:
        self.actors, self.places = actors, places
        self.dossiers = dossiers
        categories = {c.id: c for d in dossiers for c in d.instrument.categories}
        parents = {c.parent for c in categories.values() if c.parent}
        self._leaves: dict[str, tuple[str, ...]] = {}
        for name in categories:
            self._leaves[name] = tuple(c for c in categories if c not in parents and name in _ancestry(c, categories))
        self.holder = Axis(a.code for a in actors)
        self.category = Axis(c for c in categories if c not in parents)
        self.place = Axis(sorted(places.all_blocks))
        self.posture, self._any_posture = _declared(dossiers, AxisName.POSTURE)
        self.force, self._any_force = _declared(dossiers, AxisName.FORCE)
        self._groups = {g.id: g for d in dossiers for g in d.instrument.groups}
        self._places: dict[tuple[str, int], int] = {}  # by the times between two drawings of a zone
        self._past: dict[tuple[str, int], int] = {}
        self._ground_of_parties = any(d.instrument.area_of_parties for d in dossiers)
        self._area = next((d.instrument.area for d in dossiers if d.instrument.area), None)

    def categories(self, expression: str) -> int:
        """The leaves of a category or a sum of categories."""
        mask = 0
        for name in expression.split("+"):
            mask |= self.category.mask(self._leaves.get(name, (name,)))
        return mask

    def blocks(self, expression: str, on: date) -> int:
        """The blocks of a place or a sum of places on a day."""
        key = expression, self.places.time(on)
        mask = self._places.get(key)
        if mask is None:
            mask = 0
            for name in expression.split("+"):
                mask |= self.place.mask(self.places.blocks(name, on))
            self._places[key] = mask
        return mask

    def postures(self, posture: str) -> int:
        """`any` is all those that count."""
        return self._any_posture if posture == ANY else self.posture.bit(posture)

    def forces(self, force: str) -> int:
        """`any` is all those that count."""
        return self._any_force if force == ANY else self.force.bit(force)

    def holders(self, expression: str, parties: Iterable[str], on: date, scene: Scene) -> int:
        """States of an expression as of `on`, those gone by the day asked replaced by their heirs."""
        codes: list[str] = []
        for name in expression.split("+"):
            if name == "parties":
                codes.extend(parties)
            elif name in self._groups:
                codes.extend(self._groups[name].on(on))
            else:
                codes.append(name)
        return self.holder.mask(h for c in codes for h in scene.heirs.get(c, (c,)))

    def record_box(self, record: Record, parties: Iterable[str], scene: Scene) -> Box:
        """The cells a record sums. `parties` are those of the record's own day.

        A figure for ground that has since left the area belongs to the ground's own state and to those whose
        equipment there still counts; one counted there after it left counts nothing in the area (an empty box).
        """
        place = self.blocks(record.place, record.as_of)
        holder = self.holders(record.holder, parties, record.as_of, scene)
        outside = self.outside(scene)
        if place and not place & ~outside:
            here = self.place.of(place)
            named = {h for b in here for h in self._still(b, scene)}
            if not any(self.inside_on(b, record.as_of, scene) for b in here) and not holder & self.holder.mask(named):
                place = 0
            named |= {self.places.state(b, scene.on) or "" for b in here}
            holder = holder & self.holder.mask(named) or holder
        elif outside:
            place |= self.ever(record.place, scene.on) & self._left(scene.on)
        return (
            holder,
            self.categories(record.category),
            place,
            self.postures(record.posture),
            self.forces(record.force),
        )

    def limit_box(self, limit: Limit, posture: str, holders: Iterable[str], scene: Scene) -> Box:
        """The cells a limit bounds.

        Ground that has left the area takes with it what its own state holds there, and no party is that state. The
        holders asked about keep nothing there unless a record says so (`Snapshot.stationed`), so that its cells may
        stay in the box: a figure of theirs for the whole area counts whole. Empty where none of the zone is left.
        """
        ground = self.blocks(limit.zone, scene.on)
        kept = ground & ~self.outside(scene)
        return (
            self.holder.mask(holders),
            self.categories(limit.category),
            (ground | self.ever(limit.zone, scene.on) & self._left(scene.on)) if kept else 0,
            self.postures(posture),
            self.forces(limit.force),
        )

    def outside(self, scene: Scene) -> int:
        """Ground that is outside the area on the day: its state takes no part, or the area was redrawn."""
        if scene.outside is None:
            bound = set(scene.parties)
            gone = self.place.mask(
                b for b in self.places.all_blocks if (self.places.state(b, scene.on) or "") not in bound
            )
            scene.outside = (gone if self._ground_of_parties else 0) | self._left(scene.on)
        return scene.outside

    def inside_on(self, block: str, day: date, scene: Scene) -> bool:
        """True where the block was in the area on an earlier day."""
        known = scene.inside.get(day)
        if known is None:
            took_part = set(scene.parties_on(day))
            anybody = not self._ground_of_parties
            area = self.blocks(self._area, day) if self._area else -1
            known = scene.inside[day] = frozenset(
                b
                for b in self.places.all_blocks
                if (anybody or (self.places.state(b, day) or "") in took_part) and area & self.place.bit(b)
            )
        return block in known

    def stationed(self, record: Record, box: Box, scene: Scene) -> bool:
        """True where a record shows forces of others on ground that has since left the area, and that left with it."""
        if not box[2] or box[2] & ~self.outside(scene):
            return False
        here = self.place.of(box[2])
        own = {self.places.state(b, scene.on) or "" for b in here} | {h for b in here for h in self._still(b, scene)}
        return not box[0] & self.holder.mask(own)

    def _still(self, block: str, scene: Scene) -> tuple[str, ...]:
        counted = self.places.block(block).counted_after
        return tuple(h for c in counted for h in (c, *scene.heirs.get(c, ())))

    def _left(self, on: date) -> int:
        """Blocks that an earlier drawing of the area covered and that of the day does not."""
        return self.ever(self._area, on) & ~self.blocks(self._area, on) if self._area else 0

    def ever(self, expression: str, on: date) -> int:
        """The blocks that a place covered on any day up to `on`."""
        key = expression, self.places.time(on)
        mask = self._past.get(key)
        if mask is None:
            mask = 0
            for name in expression.split("+"):
                for day in (*self.places.redrawn(name, on), on):
                    mask |= self.blocks(name, day)
            self._past[key] = mask
        return mask


def _declared(dossiers: tuple[Dossier, ...], name: AxisName) -> tuple[Axis, int]:
    """An axis as the instruments declare it, and the values that `any` sums; undeclared, the axis has one cell."""
    values = {v.id: v for d in dossiers for axis in d.instrument.axes if axis.axis is name for v in axis.values}
    made = Axis(values or (ANY,))
    return made, made.mask([v.id for v in values.values() if v.counted] or (ANY,))


def _ancestry(name: str, categories: Mapping[str, object]) -> set[str]:
    seen = {name}
    at = categories[name]
    while getattr(at, "parent", None) in categories:
        parent = at.parent  # type: ignore[attr-defined]
        if parent in seen:
            break
        seen.add(parent)
        at = categories[parent]
    return seen
