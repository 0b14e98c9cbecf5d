"""Keys, notes, checkpoints, cosignatures: the published examples, and an independent C2SP reader."""

from __future__ import annotations

import base64
import os
import pickle
import stat

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from proofbundle import checkpoint as peer
from proofbundle import tlogproof as peer_proof

from servanda.exchange.canonical import canonical, parse, parse_canonical
from servanda.exchange.keys import (
    COSIGNATURE,
    PublicKey,
    SecretKey,
    parse_public,
    parse_secret,
    read_public,
    read_secret,
    write_secret,
)
from servanda.exchange.merkle import consistency_proof, inclusion_proof, leaf_hash, root_of
from servanda.exchange.notes import Checkpoint, Note, cosign, parse_checkpoint, parse_note, sign, sign_checkpoint
from servanda.exchange.proofs import (
    ConsistencyProof,
    InclusionProof,
    check_consistency,
    check_inclusion,
    parse_consistency,
    parse_inclusion,
)
from servanda.model.errors import InputError
from tests.exchange.test_merkle import reader

# Keys and signatures of the tests of golang.org/x/mod/sumdb/note.
SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
)

# The example of C2SP tlog-cosignature.
COSIGNED = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""


def test_the_signature_of_the_note_package_is_reproduced():
    key = parse_secret(SECRET)
    assert str(key.public) == PETER
    assert str(Note(TEXT, (sign(TEXT, key),))) == f"{TEXT}\n{PETER_LINE}"


def test_notes_of_two_signers_are_opened():
    note = parse_note(f"{TEXT}\n{PETER_LINE}{ENOCH_LINE}")
    assert note.signed_by(parse_public(PETER))
    assert note.signed_by(parse_public(ENOCH))
    assert not note.signed_by(PublicKey("EnochRoot", parse_public(PETER).raw))
    forged = parse_note(f"{TEXT.replace('your', 'our')}\n{PETER_LINE}")
    with pytest.raises(InputError, match="not of this text"):
        forged.signed_by(parse_public(PETER))


BAD = [
    TEXT,
    f"{TEXT}\n",
    f"{TEXT}\n{PETER_LINE[:-1]}",
    f"\x01{TEXT}\n{PETER_LINE}",
    f"{TEXT}\n— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=",
    f"{TEXT}\n{PETER_LINE}Unexpected line.\n",
    f"{TEXT}\n{PETER_LINE * 101}",
]


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_note_is_refused(text):
    with pytest.raises(InputError, match="not a signed note"):
        parse_note(text)
    with pytest.raises(InputError, match="UTF-8"):
        parse_note(b"\xff" + text.encode())


def test_every_mangled_key_is_refused():
    for text, parsed in ((PETER, parse_public), (SECRET, parse_secret)):
        for i in range(len(text)):
            with pytest.raises(InputError) as error:
                parsed(text[:i] + chr(ord(text[i]) + 1) + text[i + 1 :])
            assert text.split("+")[-1][4:] not in str(error.value)
        for end in range(len(text)):
            with pytest.raises(InputError):
                parsed(text[:end])


def test_the_published_cosignature_is_read():
    note = parse_note(COSIGNED)
    point = parse_checkpoint(note)
    assert (point.origin, point.size) == ("example.com/behind-the-sofa", 20852163)
    assert point.text == note.text
    assert str(note) == COSIGNED
    assert [s.name for s in note.signatures] == ["example.com/behind-the-sofa", "witness.example.com/w1"]
    assert int.from_bytes(note.signatures[1].signature[:8], "big") == 1679315147


BAD_POINTS = [
    "x\n1\n",
    "x\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
    "x\n1\nCsUY\n",
    "x\n-1\nCsUY\n",
    "\n1\nx\n",
]


@pytest.mark.parametrize("text", BAD_POINTS)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(InputError, match="not a checkpoint"):
        parse_checkpoint(Note(text, ()))


def tree(count):
    entries = [b"entry %d" % i for i in range(count)]
    leaves = [leaf_hash(e) for e in entries]
    return entries, leaves, Checkpoint("example.org/ledger", count, root_of(leaves))


def test_an_independent_client_accepts_checkpoint_cosignature_and_proof():
    log, witness = SecretKey.generate("example.org/ledger"), SecretKey.generate("example.org/witness")
    entries, leaves, point = tree(11)
    note = sign_checkpoint(point, log)
    note = note.with_lines([cosign(note.text, witness, 1_700_000_000)])
    assert peer.verify_checkpoint(str(note), str(log.public))["ok"]
    seen = PublicKey(witness.name, witness.public.raw, COSIGNATURE)
    assert peer.verify_cosignature(str(note), str(seen)) | {"root": b""} == {
        "ok": True, "alg": "ed25519-cosignature/v1", "origin": "example.org/ledger", "tree_size": 11, "root": b"",
        "timestamp": 1_700_000_000,
    }  # fmt: skip
    for index in range(11):
        proof = InclusionProof(index, tuple(inclusion_proof(index, 11, reader(leaves))), note)
        found = peer_proof.verify_tlog_proof(
            str(proof), entries[index], str(log.public), [str(seen)], threshold=1, expected_origin="example.org/ledger"
        )
        assert found["ok"]
        wrong = peer_proof.verify_tlog_proof(str(proof), entries[index - 1], str(log.public))
        assert not wrong["ok"]


def test_checkpoints_and_cosignatures_of_an_independent_log_are_accepted():
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    log, witness = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    entries, leaves, point = tree(6)
    text = peer.sign_checkpoint(point.origin, 6, point.root, log, point.origin)
    text = text + peer.cosign_checkpoint(text, witness, "w", 1_700_000_001).removeprefix(text)
    note = parse_note(text)
    key = PublicKey(point.origin, log.public_key().public_bytes_raw())
    assert note.signed_by(key)
    assert parse_checkpoint(note) == point
    assert note.cosigned_by(PublicKey("w", witness.public_key().public_bytes_raw())) == 1_700_000_001
    theirs = peer_proof.format_tlog_proof(3, inclusion_proof(3, 6, reader(leaves)), text)
    assert check_inclusion(parse_inclusion(theirs), entries[3], key) == point
    assert check_inclusion(parse_inclusion(theirs), entries[2], key) is None


def test_proofs_survive_being_written_and_read():
    log = SecretKey.generate("example.org/ledger")
    entries, leaves, point = tree(9)
    _, _, old = tree(4)
    note = sign_checkpoint(point, log)
    proof = InclusionProof(4, tuple(inclusion_proof(4, 9, reader(leaves))), note, entries[4])
    assert parse_inclusion(str(proof)) == proof
    assert check_inclusion(proof, entries[4], log.public) == point
    longer = ConsistencyProof(4, tuple(consistency_proof(4, 9, reader(leaves))), note)
    assert parse_consistency(str(longer)) == longer
    assert check_consistency(longer, old, log.public) == point
    assert check_consistency(longer, Checkpoint(old.origin, 4, leaves[0]), log.public) is None
    assert check_consistency(longer, Checkpoint("another", 4, old.root), log.public) is None
    with pytest.raises(InputError, match="not signed by"):
        check_inclusion(proof, entries[4], SecretKey.generate("example.org/ledger").public)
    for text in (
        "",
        "x\n\n" + str(note),
        str(proof).replace("index 4", "index 04"),
        str(proof).replace("\n\n", "\n", 1),
    ):
        with pytest.raises(InputError):
            parse_inclusion(text)


def test_a_key_file_is_for_its_owner_and_a_secret_never_shows(tmp_path):
    path, key = tmp_path / "POL.key", SecretKey.generate("POL")
    old = os.umask(0)
    try:
        write_secret(path, key)
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_secret(path).public == key.public == read_public(tmp_path / "POL.key.pub")
    secret = path.read_text().strip().split("+", 4)[-1]
    assert len(base64.b64decode(secret)) == 33
    assert secret not in repr(key) + str(key) + str(key.public)
    with pytest.raises(TypeError):
        pickle.dumps(key)
    with pytest.raises(InputError, match="already"):
        write_secret(path, key)
    path.chmod(0o640)
    with pytest.raises(InputError, match="chmod 600"):
        read_secret(path)
    with pytest.raises(InputError, match="cannot read"):
        read_secret(tmp_path / "none.key")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None, "\u20ac\u0001\n"]}, '{"a":[true,null,"\u20ac\\u0001\\n"],"b":1}'),
        # RFC 8785 3.2.2: numbers
        ([333333333.33333329, 1e30, 4.50, 2e-3, 1e-27], "[333333333.3333333,1e+30,4.5,0.002,1e-27]"),
        # RFC 8785 3.2.3: keys are ordered as UTF-16
        ({"\U0001f600": 1, "\ufb33": 2}, '{"\U0001f600":1,"\ufb33":2}'),
    ],
)
def test_canonical_json(value, text):
    import rfc8785

    assert canonical(value).decode() == text == rfc8785.dumps(value).decode()
    assert parse_canonical(text.encode()) == value


KEYS = st.text(st.characters(codec="utf-8"), max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | KEYS | st.floats(-1e15, 1e15),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(value=VALUES)
@example(value={"a": [":1.0,", "x:12345678901234567", '\x7f\x00\u2028\b\f\t\r\n/\\"']})
def test_the_quick_way_writes_what_the_library_writes(value):
    import rfc8785

    text = canonical(value)
    assert text == rfc8785.dumps(value)
    assert canonical(parse_canonical(text)) == text


@pytest.mark.parametrize(
    "data",
    [
        b"1.0",
        b"[1E2]",
        b'{"b":1,"a":2}',
        b"[1, 2]",
        b'["\\u0041"]',
        b'{"a":1,"a":1}',
        b"[9007199254740993]",
        b"[-0]",
        b"{",
        b"\xff",
        b"",
        b"[NaN]",
    ],
)
def test_what_is_not_canonical_is_refused(data):
    with pytest.raises(InputError):
        parse_canonical(data)


@pytest.mark.parametrize("value", [float("nan"), 2**53, {1: 2}, b"x", {"a": "\ud800"}, object()])
def test_what_json_cannot_hold_is_refused(value):
    with pytest.raises(InputError, match="canonical"):
        canonical(value)


@pytest.mark.parametrize("data", [b'{"a":1,"a":2}', b"[NaN]", b"\xff", b"[1] x", b"[" * 100_000])
def test_json_is_read_strictly(data):
    with pytest.raises(InputError):
        parse(data)
    with pytest.raises(InputError):
        parse_canonical(b'{"a": 1}')
