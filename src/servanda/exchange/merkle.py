"""Merkle trees after RFC 9162 2.1 (RFC 6962 2.1): hashes, roots, proofs, and checking them.

A *node* `(level, index)` is the root of the complete subtree over the `2**level` leaves from `index * 2**level` on.
Those never change once full, so that any store of them can serve proofs for every size of the tree; the few
nodes at the right edge that are not full are hashed from full ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256

HASH = 32
EMPTY_ROOT = sha256(b"").digest()

Node = tuple[int, int]
Reader = Callable[[Sequence[Node]], Sequence[bytes]]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry: SHA-256(0x00 || entry)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def pair_up(hashes: Sequence[bytes]) -> list[bytes]:
    """The level above an even number of hashes."""
    return [sha256(b"\x01" + a + b).digest() for a, b in zip(hashes[::2], hashes[1::2], strict=True)]


class Frontier:
    """The tree seen from its right edge: enough to append leaves and to give the root, in memory of log2(size).

    `peaks` holds the roots of the full subtrees, the largest first, one for each 1 in the binary size.
    """

    __slots__ = ("peaks", "size")

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size, self.peaks = size, list(peaks)
        if len(self.peaks) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} peaks, not {len(self.peaks)}")

    def append(self, leaf: bytes) -> list[tuple[Node, bytes]]:
        """Add a leaf hash; the nodes that became full by it, the leaf first."""
        made: list[tuple[Node, bytes]] = [((0, self.size), leaf)]
        level, index, current = 0, self.size, leaf
        while index & 1:
            current = sha256(b"\x01" + self.peaks.pop() + current).digest()
            level, index = level + 1, index >> 1
            made.append(((level, index), current))
        self.peaks.append(current)
        self.size += 1
        return made

    def append_full(self, level: int, root: bytes) -> None:
        """Add a full subtree of `2**level` leaves; the size must be a multiple of that."""
        if self.size & ((1 << level) - 1):
            raise ValueError(f"a subtree of level {level} cannot follow {self.size} leaves")
        index, current = self.size >> level, root
        while index & 1:
            current = node_hash(self.peaks.pop(), current)
            index >>= 1
        self.peaks.append(current)
        self.size += 1 << level

    def root(self) -> bytes:
        """The root of the tree of this size."""
        if not self.peaks:
            return EMPTY_ROOT
        current = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            current = node_hash(peak, current)
        return current


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def peaks(start: int, end: int) -> list[Node]:
    """The full nodes that together cover the leaves from `start` to `end`, left to right.

    `start` must begin a subtree as large as the whole stretch allows, as it does in every proof.
    """
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        if start:
            level = min(level, (start & -start).bit_length() - 1)
        found.append((level, start >> level))
        start += 1 << level
    return found


def _split(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_stretches(index: int, size: int) -> Iterator[tuple[int, int]]:
    """The stretches of leaves whose hashes make the inclusion proof, from the leaf's sibling to the root's child."""
    if not 0 <= index < size:
        raise ValueError(f"no entry {index} in a tree of {size}")
    low, high, found = 0, size, []
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            found.append((middle, high))
            high = middle
        else:
            found.append((low, middle))
            low = middle
    return reversed(found)


def consistency_stretches(old: int, size: int) -> Iterator[tuple[int, int]]:
    """The stretches whose hashes make the consistency proof from `old` to `size` leaves."""
    if not 0 < old <= size:
        raise ValueError(f"no proof from {old} to {size} entries")
    low, high, found, whole = 0, size, [], True
    while old < high:
        middle = low + _split(high - low)
        if old <= middle:
            found.append((middle, high))
            high = middle
        else:
            found.append((low, middle))
            low, whole = middle, False
    if not whole:
        found.append((low, high))
    return reversed(found)


def _hashes(stretches: Iterable[tuple[int, int]], read: Reader) -> list[bytes]:
    covers = [peaks(a, b) for a, b in stretches]
    known = iter(read([n for c in covers for n in c]))
    proof = []
    for cover in covers:
        parts = [next(known) for _ in cover]
        current = parts.pop()
        while parts:
            current = node_hash(parts.pop(), current)
        proof.append(current)
    return proof


def inclusion_proof(index: int, size: int, read: Reader) -> list[bytes]:
    """The proof that entry `index` is in the tree of `size` leaves. `read` gives the hashes of full nodes."""
    return _hashes(inclusion_stretches(index, size), read)


def consistency_proof(old: int, size: int, read: Reader) -> list[bytes]:
    """The proof that the tree of `size` leaves begins with that of `old`; empty where they are equal or `old` is 0."""
    return [] if old in (0, size) else _hashes(consistency_stretches(old, size), read)


def root_at(size: int, read: Reader) -> bytes:
    """The root of the tree when it had `size` leaves."""
    return Frontier(size, read(peaks(0, size))).root()


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof shows that the leaf hash stands at `index` of the tree of that size and root (RFC 9162 2.1.3.2)."""
    if not 0 <= index < size or any(len(h) != HASH for h in (leaf, root, *proof)):
        return False
    here, last, current = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            current = node_hash(sibling, current)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            current = node_hash(current, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and current == root


def verify_consistency(old: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the tree of `size` leaves begins with that of `old` leaves (RFC 9162 2.1.4.2).

    A tree of no leaves begins every tree; its proof is empty.
    """
    if not 0 <= old <= size or any(len(h) != HASH for h in proof):
        return False
    if old == 0:
        return not proof and old_root == EMPTY_ROOT and (len(root) == HASH if size else root == EMPTY_ROOT)
    if old == size:
        return not proof and old_root == root
    path = list(proof)
    if not old & (old - 1):
        path.insert(0, old_root)
    if not path:
        return False
    here, last = old - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and first == old_root and second == root
