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


class _Index:
    """Boxes found by those they share cells with.

    Most figures are of one holder, often at one place: these are found by their bit, the few wide ones one by one.
    """

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.wide: list[int] = []
        self.all_narrow: list[int] = []
        self.by_holder: dict[int, list[int]] = {}  # one holder, many places
        self.by_place: dict[int, list[int]] = {}  # many holders, one place
        self.narrow_at: dict[tuple[int, int], list[int]] = {}  # one holder at one place
        self.narrow_of: dict[int, list[int]] = {}
        self.narrow_in: dict[int, list[int]] = {}

    def add(self, box: Box) -> None:
        """Take a box in; its number is the order of coming."""
        i = len(self.boxes)
        self.boxes.append(box)
        holder, place = _single(box[0]), _single(box[2])
        if holder and place:
            self.all_narrow.append(i)
            self.narrow_at.setdefault((holder, place), []).append(i)
            self.narrow_of.setdefault(holder, []).append(i)
            self.narrow_in.setdefault(place, []).append(i)
        elif holder:
            self.by_holder.setdefault(holder, []).append(i)
        elif place:
            self.by_place.setdefault(place, []).append(i)
        else:
            self.wide.append(i)

    def meeting(self, box: Box) -> list[tuple[int, int]]:
        """(number, cells shared) of each box that shares cells with this one, in the order of coming."""
        holder, place = _single(box[0]), _single(box[2])
        near = list(self.wide)
        for narrow, table, mask in ((holder, self.by_holder, box[0]), (place, self.by_place, box[2])):
            near += table.get(narrow, ()) if narrow else _of_bits(table, mask)
        if holder and place:
            near += self.narrow_at.get((holder, place), ())
        elif holder:
            near += self.narrow_of.get(holder, ())
        elif place:
            near += self.narrow_in.get(place, ())
        else:
            near += self.all_narrow
        near.sort()
        return [(i, n) for i in near if (n := meet(self.boxes[i], box))]


def _single(mask: int) -> int:
    """The number of the only bit of a mask, counted from one; 0 where there are more or none."""
    return mask.bit_length() if mask and not mask & (mask - 1) else 0


def _of_bits(table: dict[int, list[int]], mask: int) -> list[int]:
    return [i for bit, found in table.items() if mask >> (bit - 1) & 1 for i in found]


class _Tree:
    """One connected set of records, nested or apart; `parent` gives for each node the one directly above."""

    def __init__(self, nodes: list[tuple[Record, Box]], parent: list[int | None], laminar: bool) -> None:
        self.nodes, self.parent, self.laminar = nodes, parent, laminar
        self.children: list[list[int]] = [[] for _ in nodes]
        for i, above in enumerate(parent):
            if above is not None:
                self.children[above].append(i)
        self.exact = all(r.value is not None for r, _ in nodes)
        self.sizes = [size(box) for _, box in nodes]
        self.rest = [
            (r.value or 0) - sum(nodes[c][0].value or 0 for c in self.children[i]) for i, (r, _) in enumerate(nodes)
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
        return any(meet(b, box) for _, b in self.nodes)

    def bounds(self, shared: dict[int, int]) -> tuple[int, int, int, list[int]]:
        """Low, high, cells covered and the nodes the bounds rest on, from the cells each node shares with the box.

        A node counts in a bound by its own residue and against it by its parent's: where both stand in, it cancels.
        """
        low = high = covered = 0
        below: dict[int, int] = {}
        for i, n in shared.items():
            above = self.parent[i]
            if above is None:
                covered += n
            else:
                below[above] = below.get(above, 0) + n
        some: set[int | None] = set()
        whole: set[int | None] = set()
        near: set[int] = set()
        for i, n in shared.items():
            in_box = n - below.get(i, 0)
            if in_box:
                some.add(i)
                near |= {i, *self.children[i]}
                high += self.rest[i]
                if in_box == self.free[i]:
                    whole.add(i)
                    low += self.rest[i]
        used = [
            i
            for i in sorted(near)
            if (i in some) != (self.parent[i] in some) or (i in whole) != (self.parent[i] in whole)
        ]
        return low, high, covered, used


class Forest:
    """The preferred records of one snapshot, split into connected sets."""

    def __init__(self, members: Sequence[tuple[Record, Box]]) -> None:
        # larger boxes first; equal boxes nest in the order of the data
        self.members = sorted((m for m in members if size(m[1])), key=lambda m: -size(m[1]))
        self._index = _Index()
        parent: list[int | None] = []
        root = list(range(len(self.members)))
        overlapping: list[int] = []
        for i, (_, box) in enumerate(self.members):
            above: int | None = None
            for j, _ in self._index.meeting(box):
                if inside(box, self._index.boxes[j]):
                    above = j
                else:
                    overlapping.append(i)
                root[_find(root, i)] = _find(root, j)
            parent.append(above)
            self._index.add(box)
        groups: dict[int, list[int]] = {}
        for i in range(len(self.members)):
            groups.setdefault(_find(root, i), []).append(i)
        crossed = {_find(root, i) for i in overlapping}
        self.trees: list[_Tree] = []
        self._place: list[tuple[int, int]] = [(0, 0)] * len(self.members)  # the tree of each member, its number there
        for top, group in groups.items():
            for number, i in enumerate(group):
                self._place[i] = (len(self.trees), number)
            above_of = [None if parent[i] is None else self._place[parent[i] or 0][1] for i in group]
            self.trees.append(_Tree([self.members[i] for i in group], above_of, top not in crossed))
        self._memo: dict[tuple[Box, tuple[tuple[int, int], ...]], Bounds] = {}
        self._met: dict[Box, list[tuple[int, int]]] = {}

    def touches(self, box: Box) -> bool:
        """True where any record shares a cell with the box."""
        return bool(self._meeting(box))

    def _meeting(self, box: Box) -> list[tuple[int, int]]:
        """(number, cells shared) of each record that shares cells with the box, kept: who asks whether asks how many."""
        held = self._met.get(box)
        if held is None:
            held = self._met[box] = self._index.meeting(box)
        return held

    def bounds(self, box: Box, forbidden: Sequence[tuple[int, int]] = ()) -> Bounds:
        """The tightest bounds on the sum over `box`.

        `forbidden` are (holders, blocks) pairs of bit sets whose cells are assumed empty.
        """
        key = (box, tuple(forbidden))
        held = self._memo.get(key)
        if held is None:
            held = self._memo[key] = self._bounds(box, key[1])
        return held

    def _bounds(self, box: Box, forbidden: tuple[tuple[int, int], ...]) -> Bounds:
        cells = size(box)
        if cells == 0:
            return Bounds(0, 0)
        shared: dict[int, dict[int, int]] = {}
        for i, n in self._meeting(box):
            at, number = self._place[i]
            shared.setdefault(at, {})[number] = n
        if not shared:
            return NOTHING
        touched = [(self.trees[t], some) for t, some in sorted(shared.items())]
        if forbidden or not all(t.closed for t, _ in touched):
            from servanda.limits.program import solve

            return solve([m for t, _ in touched for m in t.nodes], box, forbidden)
        for tree, _ in touched:
            if tree.broken is not None:
                return Bounds(None, None, conflict=self._conflict(tree))
        low = high = covered = 0
        binding: dict[str, Record] = {}
        for tree, some in touched:
            a, b, c, used = tree.bounds(some)
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


def _find(root: list[int], i: int) -> int:
    while root[i] != i:
        root[i] = root[root[i]]
        i = root[i]
    return i
