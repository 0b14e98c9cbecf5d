"""Which records may be used together: snapshots (architecture.md 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from servanda.limits.bounds import Bounds, Forest
from servanda.limits.by_site import implied, standing, together
from servanda.limits.cells import Box, Grid, Scene
from servanda.model.records import Record
from servanda.model.vocabulary import Provenance, RecordStatus

DECLARED = "declared"
# Left out unless asked for: what a newspaper or an estimate says is no count under the treaty.
ON_REQUEST = {"press": Provenance.PRESS, "estimated": Provenance.ESTIMATED}


@dataclass(slots=True)
class Snapshot:
    """Records that hold together, with the forest of the preferred ones."""

    name: str
    as_of: date
    records: tuple[tuple[Record, Box], ...]
    others: tuple[tuple[Record, Box], ...]
    stationed: tuple[Box, ...] = ()  # forces shown on ground that has left the area: they left with it
    sites: Mapping[tuple[str, str], tuple[tuple[Record, Box], ...]] = field(default_factory=dict)  # by state and site
    _forest: Forest | None = None
    _instead: dict[tuple[str, Box], Forest] = field(default_factory=dict)

    @property
    def forest(self) -> Forest:
        """The preferred records, arranged; made on first use."""
        if self._forest is None:
            self._forest = Forest(self.records)
        return self._forest

    def bounds(self, box: Box, forbidden: Sequence[tuple[int, int]] = (), forest: Forest | None = None) -> Bounds:
        """The bounds on a box. What is shown stationed on ground that left the area is outside it."""
        empty = list(forbidden)
        for holder, _, place, _, _ in self.stationed:
            gone = place & box[2]
            if not holder & box[0] or not gone:
                continue
            if box[0] & ~holder:
                empty.append((box[0] & ~holder, gone))  # the other holders keep nothing there: their figures stay whole
            box = (box[0], box[1], box[2] & ~gone, box[3], box[4])
        return (forest or self.forest).bounds(box, empty)

    def instead(self, record: Record, box: Box) -> Forest:
        """The forest with `record` in place of the preferred ones over the same cells."""
        held = self._instead.get((record.id, box))
        if held is None:
            kept = [m for m in self.records if m[1] != box]
            held = self._instead[record.id, box] = Forest([*kept, (record, box)])
        return held


def snapshots(
    grid: Grid,
    records: Iterable[Record],
    scene: Scene,
    parties_on: Callable[[date], tuple[str, ...]],
    *,
    include: Iterable[str] = (),
    until: date | None = None,
) -> list[Snapshot]:
    """Snapshots not after the scene's day (or not after `until`), newest first.

    Records of provenance `press` and `estimated` count only where `include` names them. Declared records stay in
    force, state by state, until that state's next declaration, because a treaty obliges to notify changes.
    """
    wanted = {ON_REQUEST[i] for i in include if i in ON_REQUEST}
    skipped = set(ON_REQUEST.values()) - wanted
    usable = [r for r in records if r.as_of <= (until or scene.on) and r.provenance not in skipped]
    replaced = {r.supersedes for r in usable if r.supersedes}
    usable = [r for r in usable if r.id not in replaced]
    pools: dict[str, list[Record]] = {}
    located: dict[str, list[Record]] = {}
    for record in usable:
        if record.site is None:
            pools.setdefault(record.snapshot, []).append(record)
        elif record.status is RecordStatus.PREFERRED:
            located.setdefault(record.snapshot, []).append(record)
    if DECLARED in pools:
        newest: dict[str, date] = {}
        for record in pools[DECLARED]:
            newest[record.holder] = max(newest.get(record.holder, record.as_of), record.as_of)
        pools[DECLARED] = [r for r in pools[DECLARED] if r.as_of == newest[r.holder]]
    result = []

    def boxed(some: Iterable[Record]) -> list[tuple[Record, Box]]:
        return [(r, grid.record_box(r, parties_on(r.as_of), scene)) for r in some]

    for name in dict.fromkeys((*pools, *located)):
        pool = pools.get(name, [])
        main = boxed(r for r in pool if r.status is RecordStatus.PREFERRED)
        rest = boxed(r for r in pool if r.status is not RecordStatus.PREFERRED)
        sites: dict[tuple[str, str], tuple[tuple[Record, Box], ...]] = {}
        if name in located:
            stands = standing(located[name], name == DECLARED)
            sums = together(stands, {r.holder: r.as_of for r in pool})
            main += [m for m in boxed(sums) if not implied(*m, main)]
            by_site: dict[tuple[str, str], list[tuple[Record, Box]]] = {}
            for record, box in boxed(stands):
                by_site.setdefault((record.holder, record.site or ""), []).append((record, box))
            sites = {key: tuple(members) for key, members in by_site.items()}
        days = [r.as_of for r in pool] + [r.as_of for r, _ in main] or [r.as_of for r in located[name]]
        left = tuple(b for r, b in main if grid.stationed(r, b, scene))
        result.append(Snapshot(name, max(days), tuple(main), tuple(rest), left, sites))
    return sorted(result, key=lambda s: (s.as_of, s.name), reverse=True)
