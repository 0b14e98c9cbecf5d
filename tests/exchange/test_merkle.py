"""Hashing and proofs: the known vectors, an independent implementation, and every small tree."""

from __future__ import annotations

import base64
import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from proofbundle import merkle as peer

from servanda.exchange.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_at,
    root_of,
    verify_consistency,
    verify_inclusion,
)

VECTORS = json.loads((Path(__file__).parent / "vectors" / "merkle.json").read_text(encoding="utf-8"))


def b64(text):
    return base64.b64decode(text)


def reader(leaves):
    """Full nodes by the definition of RFC 9162 2.1.1, without the code under test."""

    def node(level, index):
        if level == 0:
            return leaves[index]
        return node_hash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1))

    return lambda nodes: [node(*n) for n in nodes]


def test_the_roots_known_from_certificate_transparency():
    leaves = [leaf_hash(bytes.fromhex(x)) for x in VECTORS["leaves"]]
    assert [root_of(leaves[:n]).hex() for n in range(9)] == VECTORS["roots"]
    assert [root_at(n, reader(leaves)).hex() for n in range(9)] == VECTORS["roots"]


@pytest.mark.parametrize("case", VECTORS["inclusion"], ids=lambda c: c["desc"])
def test_inclusion_vectors(case):
    proof = [b64(h) for h in case["proof"] or []]
    held = verify_inclusion(b64(case["leafHash"]), case["leafIdx"], case["treeSize"], proof, b64(case["root"]))
    assert held is not case["wantErr"]


@pytest.mark.parametrize("case", VECTORS["consistency"], ids=lambda c: c["desc"])
def test_consistency_vectors(case):
    proof = [b64(h) for h in case["proof"] or []]
    held = verify_consistency(case["size1"], case["size2"], b64(case["root1"]), b64(case["root2"]), proof)
    assert held is not case["wantErr"]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 21, 32, 33])
def test_an_independent_implementation_makes_and_accepts_the_same_proofs(size):
    data = [b"entry %d" % i for i in range(size)]
    leaves = [leaf_hash(d) for d in data]
    root = root_of(leaves)
    assert root == peer.merkle_tree_hash(data)
    for index in range(size):
        ours, theirs = inclusion_proof(index, size, reader(leaves)), peer.inclusion_proof(data, index)
        assert ours == theirs
        assert peer.verify_inclusion(data[index], index, size, ours, root)
        assert verify_inclusion(leaves[index], index, size, theirs, root)
    for old in range(1, size + 1):
        ours, theirs = consistency_proof(old, size, reader(leaves)), peer.consistency_proof(data, old)
        assert ours == theirs
        old_root = root_of(leaves[:old])
        assert peer.verify_consistency(old, size, ours, old_root, root)
        assert verify_consistency(old, size, old_root, root, theirs)


@settings(max_examples=150, deadline=None)
@given(size=st.integers(1, 70), data=st.data())
def test_a_proof_with_anything_changed_is_refused(size, data):
    leaves = [leaf_hash(b"%d" % i) for i in range(size)]
    root, index = root_of(leaves), data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, reader(leaves))
    assert verify_inclusion(leaves[index], index, size, proof, root)
    other = data.draw(st.integers(0, size - 1).filter(lambda i: i != index)) if size > 1 else None
    if other is not None:
        assert not verify_inclusion(leaves[index], other, size, proof, root)
        assert not verify_inclusion(leaves[other], index, size, proof, root)
    assert not verify_inclusion(leaves[index], index, size, [*proof, root], root)
    for k in range(len(proof)):
        changed = bytearray(proof[k])
        changed[data.draw(st.integers(0, 31))] ^= 1 << data.draw(st.integers(0, 7))
        assert not verify_inclusion(leaves[index], index, size, [*proof[:k], bytes(changed), *proof[k + 1 :]], root)
        assert not verify_inclusion(leaves[index], index, size, proof[:k] + proof[k + 1 :], root)


def test_subtrees_appended_whole_give_the_root_of_their_leaves():
    rng = random.Random(1)
    leaves = [rng.randbytes(32) for _ in range(200)]
    frontier = Frontier()
    for start in range(0, 192, 64):
        frontier.append_full(6, root_of(leaves[start : start + 64]))
    for leaf in leaves[192:]:
        frontier.append(leaf)
    assert frontier.root() == root_of(leaves)
    with pytest.raises(ValueError, match="cannot follow"):
        frontier.append_full(6, leaves[0])


def test_a_tree_of_nothing_begins_every_tree():
    root = root_of([leaf_hash(b"x")])
    assert verify_consistency(0, 1, EMPTY_ROOT, root, [])
    assert not verify_consistency(0, 1, root, root, [])
    assert not verify_consistency(2, 1, root, root, [])
