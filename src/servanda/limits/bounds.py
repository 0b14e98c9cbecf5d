"""The tightest bounds that records allow on the sum over a box.

`Forest` holds the records of one snapshot. Where they are laminar (nested or apart) and exact, the bounds have a
closed form: a record's residue is its total less those of the records directly inside it; it adds to the lower
bound where all its cells lie in the box, to the upper where some do. A negative residue, or one left over with no
cell to stand in, is a conflict. Overlapping or interval records go to a linear program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from servanda.limits.cells import Box, inside, meet, size
from servanda.model.records import Record


@dataclass(frozen=True, slots=True)
class Bounds:
    """Least and greatest sum; `high` None means no upper bound, both None that no record touches the box.

    `binding` are the records the bounds rest on; `conflict` an irreducible set that cannot all be true.
    """

    low: int | None
    high: int | None
    binding: tuple[Record, ...] = ()
    conflict: tuple[Record, ...] = ()
    exact_method: bool = True

    @property
    def finite(self) -> bool:
        """True where both bounds are numbers."""
        return self.low is not None and self.high is not None


NOTHING = Bounds(None, None)


class _Tree:
    """One connected set of records, nested or apart."""

    def __init__(self, members: list[tuple[Record, Box]]) -> None:
        # larger boxes first; equal boxes nest in the order of the data
        self.nodes = sorted(members, key=lambda m: -size(m[1]))
        self.parent: list[int | None] = []
        self.children: list[list[int]] = [[] for _ in self.nodes]
        self.exact = all(r.value is not None for r, _ in self.nodes)
        self.laminar = True
        for i, (_, box) in enumerate(self.nodes):
            above: int | None = None
            for j in range(i - 1, -1, -1):
                other = self.nodes[j][1]
                if inside(box, other):
                    above = j if above is None else above
                elif meet(box, other):
                    self.laminar = False
            self.parent.append(above)
            if above is not None:
                self.children[above].append(i)
        self.sizes = [size(box) for _, box in self.nodes]
        self.rest = [
            (r.value or 0) - sum(self.nodes[c][0].value or 0 for c in self.children[i])
            for i, (r, _) in enumerate(self.nodes)
        ]
        self.free = [n - sum(self.sizes[c] for c in self.children[i]) for i, n in enumerate(self.sizes)]
        self.broken = next(
            (i for i, rest in enumerate(self.rest) if rest < 0 or (rest > 0 and self.free[i] == 0)), None
        )

    @property
    def closed(self) -> bool:
        """True where the closed form holds."""
        return self.laminar and self.exact

    def touches(self, box: Box) -> bool:
        """True where a record shares a cell with the box."""
        return any(meet(b, box) for i, (_, b) in enumerate(self.nodes) if self.parent[i] is None) or (
            not self.laminar and any(meet(b, box) for _, b in self.nodes)
        )

    def bounds(self, box: Box) -> tuple[int, int, int, list[int]]:
        """Low, high, cells of the box that are covered, and the nodes the bounds rest on.

        A node counts in a bound by its own residue and against it by its parent's: where both stand in, it cancels.
        """
        shared = [meet(b, box) for _, b in self.nodes]
        low = high = covered = 0
        some: set[int | None] = set()
        whole: set[int | None] = set()
        for i, n in enumerate(shared):
            if not n:
                continue
            if self.parent[i] is None:
                covered += n
            in_box = n - sum(shared[c] for c in self.children[i])
            if in_box:
                some.add(i)
                high += self.rest[i]
                if in_box == self.free[i]:
                    whole.add(i)
                    low += self.rest[i]
        used = [
            i
            for i in range(len(self.nodes))
            if (i in some) != (self.parent[i] in some) or (i in whole) != (self.parent[i] in whole)
        ]
        return low, high, covered, used


class Forest:
    """The preferred records of one snapshot, split into connected sets."""

    def __init__(self, members: Sequence[tuple[Record, Box]]) -> None:
        self.members = [m for m in members if size(m[1])]
        self.trees = [_Tree(group) for group in _connected(self.members)]
        self._memo: dict[tuple[Box, tuple[tuple[int, int], ...]], Bounds] = {}

    def touches(self, box: Box) -> bool:
        """True where any record shares a cell with the box."""
        return any(meet(b, box) for _, b in self.members)

    def bounds(self, box: Box, forbidden: Sequence[tuple[int, int]] = ()) -> Bounds:
        """The tightest bounds on the sum over `box`.

        `forbidden` are (holders, blocks) pairs of bit sets whose cells are assumed empty.
        """
        key = (box, tuple(forbidden))
        if key not in self._memo:
            self._memo[key] = self._bounds(box, key[1])
        return self._memo[key]

    def _bounds(self, box: Box, forbidden: tuple[tuple[int, int], ...]) -> Bounds:
        cells = size(box)
        if cells == 0:
            return Bounds(0, 0)
        touched = [t for t in self.trees if t.touches(box)]
        if not touched:
            return NOTHING
        if forbidden or not all(t.closed for t in touched):
            from servanda.limits.program import solve

            return solve([m for t in touched for m in t.nodes], box, forbidden)
        for tree in touched:
            if tree.broken is not None:
                return Bounds(None, None, conflict=self._conflict(tree))
        low = high = covered = 0
        binding: dict[str, Record] = {}
        for tree in touched:
            a, b, c, used = tree.bounds(box)
            low, high, covered = low + a, high + b, covered + c
            for i in used:
                binding[tree.nodes[i][0].id] = tree.nodes[i][0]
        return Bounds(low, high if covered == cells else None, binding=tuple(binding.values()))

    @staticmethod
    def _conflict(tree: _Tree) -> tuple[Record, ...]:
        from servanda.limits.conflict import irreducible

        at = tree.broken if tree.broken is not None else 0
        family = [tree.nodes[i] for i in (at, *tree.children[at])]
        return irreducible(family, lambda some: all(t.broken is None for t in Forest(some).trees))


def _connected(members: list[tuple[Record, Box]]) -> list[list[tuple[Record, Box]]]:
    """Split into sets that share cells, directly or through others."""
    root = list(range(len(members)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for i, (_, a) in enumerate(members):
        for j in range(i):
            if meet(a, members[j][1]):
                root[find(i)] = find(j)
    groups: dict[int, list[tuple[Record, Box]]] = {}
    for i, member in enumerate(members):
        groups.setdefault(find(i), []).append(member)
    return list(groups.values())
