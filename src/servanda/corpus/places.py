"""What the name of a place covers on a day: blocks, zones, and sums of them."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from difflib import get_close_matches

from servanda.model.errors import InputError
from servanda.model.instrument import Dossier
from servanda.model.zones import Block, Zone


class PlaceError(InputError):
    """A place that the record does not know, or zones that contain each other."""


class PlaceIndex:
    """Blocks and zones of an instrument and of the one it amends."""

    def __init__(self, *dossiers: Dossier) -> None:
        self._blocks = {b.id: b for d in dossiers for b in d.blocks}
        self._zones = {z.id: z for d in reversed(dossiers) for z in d.zones}
        self._memo: dict[tuple[str, int | None], frozenset[str]] = {}
        self._turns = sorted(
            {d for z in self._zones.values() for e in z.eras for d in (e.since, e.until) if d is not None}
        )

    @property
    def all_blocks(self) -> frozenset[str]:
        """Every block's id."""
        return frozenset(self._blocks)

    def zone_ids(self) -> tuple[str, ...]:
        """Every zone's id, in the order of the data."""
        return tuple(self._zones)

    def zones(self) -> tuple[Zone, ...]:
        """Every zone, in the order of the data."""
        return tuple(self._zones.values())

    def all(self) -> tuple[Block, ...]:
        """Every block, in the order of the data."""
        return tuple(self._blocks.values())

    def state(self, block: str, on: date) -> str | None:
        """The territorial state of a block on a day."""
        return self._blocks[block].state(on)

    def block(self, name: str) -> Block:
        """The block of that id. KeyError for an unknown one."""
        return self._blocks[name]

    def redrawn(self, name: str, on: date) -> tuple[date, ...]:
        """The last days before `on` of each earlier drawing of a place, or of a zone it is made of."""
        days: set[date] = set()
        seen: set[str] = set()
        todo = [name]
        while todo:
            zone = self._zones.get(todo.pop())
            if zone is None or zone.id in seen:
                continue
            seen.add(zone.id)
            days |= {e.until - timedelta(days=1) for e in zone.eras if e.until and e.until <= on}
            todo += [part for e in zone.eras for part in e.of]
        return tuple(sorted(days))

    def check(self, name: str) -> None:
        """PlaceError with near matches where no block or zone has that id."""
        if name not in self._blocks and name not in self._zones:
            near = get_close_matches(name, [*self._zones, *self._blocks], 3, 0.5)
            remedy = f"did you mean {' or '.join(near)}?" if near else "add it to zones.yaml or correct the name"
            raise PlaceError(f"unknown place {name!r}", remedy=remedy)

    def blocks(self, name: str, on: date | None) -> frozenset[str]:
        """The blocks `name` covers on `on` (None: on any day of its record). PlaceError for an unknown name."""
        key = name, None if on is None else self.time(on)
        memo = self._memo.get(key)
        if memo is None:
            memo = self._memo[key] = self._expand(name, on, ())
        return memo

    def time(self, on: date) -> int:
        """Which of the times between two days on which a zone is drawn anew a day lies in."""
        return bisect_right(self._turns, on)

    def _expand(self, name: str, on: date | None, path: tuple[str, ...]) -> frozenset[str]:
        if name in path:
            raise PlaceError(f"zone {name!r} contains itself by {' > '.join(path)}", remedy="break the circle")
        if name in self._blocks:
            return frozenset([name])
        self.check(name)
        zone = self._zones[name]
        if on is None:
            parts = {p for era in zone.eras for p in era.of}
        else:
            era = zone.era(on)
            parts = set(era.of) if era else set()
        covered: frozenset[str] = frozenset()
        for part in parts:
            covered |= self._expand(part, on, (*path, name))
        return covered


def expand_place(index: PlaceIndex, expression: str, on: date | None) -> frozenset[str]:
    """The blocks of a sum of places such as `ukr-kiev+ukr-carpathian`."""
    covered: frozenset[str] = frozenset()
    for name in expression.split("+"):
        covered |= index.blocks(name, on)
    return covered
