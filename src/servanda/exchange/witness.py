"""Witnesses: other states that sign what they have seen of the ledger, so that it cannot show each a different one.

A witness keeps, for each log, the newest checkpoint that it has seen, and cosigns a newer one only with a proof that the
log still begins with what it has seen (C2SP `tlog-witness`, by files instead of HTTP). Two witnesses that compare what
they keep find a split view.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from servanda.exchange.keys import PublicKey, SecretKey
from servanda.exchange.merkle import verify_consistency
from servanda.exchange.notes import Checkpoint, Note, SignatureLine, cosign, parse_checkpoint, parse_note
from servanda.exchange.proofs import ConsistencyProof, signed_checkpoint
from servanda.model.errors import InputError

try:
    import fcntl
except ImportError:  # pragma: no cover  not on Windows
    fcntl = None  # type: ignore[assignment]


class Refused(InputError):
    """The witness will not cosign: the log contradicts what it has seen. `evidence` holds the two notes."""

    def __init__(self, what: str, evidence: tuple[Note, ...]) -> None:
        self.evidence = evidence
        super().__init__(what, remedy="keep both checkpoints: they are evidence against the ledger")


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness by its key and the file in which it keeps the newest checkpoint of each log."""

    key: SecretKey
    state: Path

    def seen(self, origin: str) -> Note | None:
        """The newest checkpoint that it has cosigned of a log."""
        text = self._read().get(origin)
        return None if text is None else parse_note(text, where=str(self.state))

    def cosign(self, request: ConsistencyProof, log: PublicKey, *, at: int | None = None) -> SignatureLine:
        """Check a newer checkpoint against what was seen, keep it, and sign it. Refused where the two contradict.

        InputError where the proof starts from another size than what was seen: then ask for one from that size.
        """
        point = signed_checkpoint(request.note, log)
        with self._locked():
            known = self._read()
            before = known.get(point.origin)
            old = None if before is None else parse_checkpoint(parse_note(before))
            if before is not None and old is not None and old.size > point.size:
                raise Refused(
                    f"rolled back: this witness has seen {old.size} entries of {point.origin}, and {point.size} are shown",
                    (parse_note(before), request.note),
                )
            if old is not None and old.size == point.size and old.root != point.root:
                raise Refused(
                    f"split view: {point.origin} signed two roots for {point.size} entries",
                    (parse_note(before or ""), request.note),
                )
            start = 0 if old is None else old.size
            if request.old != start:
                raise InputError(
                    f"the proof starts from {request.old} entries, and this witness has seen {start}",
                    remedy=f"ask the ledger for a proof that starts from {start} entries",
                )
            if old is not None and not verify_consistency(old.size, point.size, old.root, point.root, request.hashes):
                raise Refused(
                    f"not shown to be consistent: {point.origin} with {point.size} entries does not begin with the "
                    f"{old.size} that this witness has seen",
                    (parse_note(before or ""), request.note),
                )
            line = cosign(point.text, self.key, int(time.time()) if at is None else at)
            # kept before the line leaves: a witness never signs what it could forget
            self._write({**known, point.origin: str(request.note)})
        return line

    def _read(self) -> dict[str, str]:
        if not self.state.exists():
            return {}
        try:
            found = json.loads(self.state.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            found = None
        if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
            raise InputError(
                "the witness's memory cannot be read", where=str(self.state), remedy="restore it; never start it anew"
            )
        return found

    def _write(self, known: dict[str, str]) -> None:
        handle, name = tempfile.mkstemp(dir=self.state.parent, prefix=f".{self.state.name}-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(known, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(self.state)

    def _locked(self) -> _Lock:
        return _Lock(self.state.with_name(f"{self.state.name}.lock"))


class _Lock:
    def __init__(self, path: Path) -> None:
        self._path, self._handle = path, -1

    def __enter__(self) -> None:
        try:
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise InputError(
                f"cannot write there ({error.strerror})", where=str(self._path.parent), remedy="name a writable folder"
            ) from None
        if fcntl is not None:
            fcntl.flock(self._handle, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        os.close(self._handle)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two views of a log: `verdict` is `same`, `consistent`, `split`, or `unproved` where a proof is wanting."""

    verdict: str
    one: Checkpoint
    two: Checkpoint

    @property
    def split(self) -> bool:
        """Whether the log has shown two histories."""
        return self.verdict == "split"


def compare(one: Note, two: Note, log: PublicKey, proof: ConsistencyProof | None = None) -> Comparison:
    """Hold two checkpoints of one log together. Of different sizes they need a proof from the smaller to the larger.

    A proof that does not hold leaves them `unproved`, not `split`: whoever made the proof may have made it badly.
    """
    first, second = sorted((signed_checkpoint(n, log) for n in (one, two)), key=lambda c: c.size)
    if first.origin != second.origin:
        raise InputError(
            f"checkpoints of two logs, {first.origin} and {second.origin}", remedy="compare two of one log"
        )
    if first.size == second.size:
        return Comparison("same" if first.root == second.root else "split", first, second)
    fits = proof is not None and parse_checkpoint(proof.note) == second and proof.old == first.size
    hashes = proof.hashes if proof is not None else ()
    if fits and verify_consistency(first.size, second.size, first.root, second.root, hashes):
        return Comparison("consistent", first, second)
    return Comparison("unproved", first, second)


def compare_with_log(one: Note, two: Note, log: PublicKey, root_at: dict[int, bytes]) -> Comparison:
    """The same where the log itself is at hand: `root_at` gives the roots of its own tree at the two sizes.

    A checkpoint that the log signed and whose root its tree does not have is a split view.
    """
    found = compare(one, two, log)
    if found.verdict != "unproved":
        return found
    held = all(root_at.get(c.size) == c.root for c in (found.one, found.two))
    return Comparison("consistent" if held else "split", found.one, found.two)
