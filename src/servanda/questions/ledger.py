"""Is the ledger whole: the verification of a ledger, or of one proof, as an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from servanda.corpus import Corpus
from servanda.exchange.canonical import canonical, parse
from servanda.exchange.formats import BOOKS
from servanda.exchange.keys import PublicKey, read_public
from servanda.exchange.log_entries import about, commitment, parse_entry, parse_signed
from servanda.exchange.log_verify import LogFault, Report
from servanda.exchange.notes import Note, parse_note
from servanda.exchange.proofs import check_inclusion, parse_inclusion
from servanda.model.answer import Answer, Node, Statement
from servanda.model.errors import InputError

MOST_FILE = 300 * 2**20


def file_bytes(path: Path) -> bytes:
    """A file's bytes. InputError where it cannot be read or is larger than a declaration may be."""
    try:
        if path.stat().st_size > MOST_FILE:
            raise InputError(f"larger than {MOST_FILE:,} bytes", where=str(path), remedy="give the right file")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(path), remedy="name a file") from None


def payload_of(corpus: Corpus, path: Path) -> bytes:
    """The canonical bytes of a declaration's file: a JSON document as it stands, a workbook or a folder as read.

    What is signed is these bytes, so a workbook and the JSON exported from it are the same declaration. InputError
    where the file cannot be read, or a workbook or folder cannot be read without errors.
    """
    from servanda.exchange import declaration
    from servanda.questions.exchange import sound

    if not path.is_dir() and path.suffix.lower() not in BOOKS:
        return canonical(parse(file_bytes(path), where=str(path)))
    return declaration.payload(sound(corpus, path))


def note_of(path: Path) -> Note:
    """The signed note of a file: a checkpoint, alone or at the end of a proof."""
    data = file_bytes(path)
    if data.startswith((b"c2sp.org/", b"old ")):
        data = data.partition(b"\n\n")[2]
    return parse_note(data, where=str(path))


def verify_ledger(
    place: str | Path,
    *,
    key: str | Path | None = None,
    against: Sequence[Path] = (),
    statements: bool = True,
    progress: Callable[[int], None] | None = None,
) -> Answer[Report]:
    """Check a ledger from its first entry: a store (file or URL), or a folder of static files.

    `key` is the log's public key, a text or a file; without it the key kept with the ledger is used, and the answer
    says so. `against` are files of checkpoints that others kept. The answer is a breach where anything is wrong.
    """
    from servanda.exchange.log_tiles import FolderSource, StoreSource
    from servanda.exchange.log_verify import verify

    trusted = None if key is None else read_public(key)
    kept = [(path.name, note_of(path)) for path in against]
    if "://" not in str(place) and Path(place).is_dir():
        report = verify(FolderSource(Path(place)), key=trusted, against=kept, statements=statements, progress=progress)
    else:
        from servanda.exchange.store import Store

        with Store.open(place) as store, store.transaction() as link:
            report = verify(
                StoreSource(store, link), key=trusted, against=kept, statements=statements, progress=progress
            )
    return _verified(report, trusted, statements)


def _verified(report: Report, trusted: PublicKey | None, statements: bool) -> Answer[Report]:
    words = "the ledger {origin} holds: {n} entries, {c} checkpoints, {s} signed statements, {d} declaration"
    words += "s" * (report.declarations != 1)
    if not report.holds:
        words = "the ledger {origin} does not hold: {f} faults in {n} entries"
    parts = {
        "origin": report.origin, "n": report.entries, "c": report.checkpoints, "s": report.statements,
        "d": report.declarations, "f": len(report.faults) + report.omitted,
    }  # fmt: skip
    caveats = []
    if trusted is None:
        caveats.append("checked by the key kept with it; to rely on it, give the ledger's public key from elsewhere")
    if not statements:
        caveats.append("only hashes and checkpoints were checked, not signatures and declarations")
    if report.omitted:
        caveats.append(f"{report.omitted} more faults are not listed")
    node = Node(
        statement=Statement(words, parts),
        caveats=tuple(caveats),
        because=tuple(_fault(f) for f in report.faults),
    )
    data = {
        "origin": report.origin,
        "holds": report.holds,
        "size": report.size,
        "root": report.root.hex(),
        "entries": report.entries,
        "checkpoints": report.checkpoints,
        "statements": report.statements,
        "declarations": report.declarations,
        "faults": [{"code": f.code, "place": f.place, "index": f.index, "message": f.message} for f in report.faults],
        "omitted": report.omitted,
    }
    return Answer(kind="ledger", value=report, data=data, node=node, breach=not report.holds)


def _fault(fault: LogFault) -> Node:
    return Node(statement=Statement("{place}: {message}", {"place": fault.place, "message": fault.message}))


def verify_proof(
    proof: Path,
    *,
    key: str | Path,
    declaration: Callable[[], bytes] | None = None,
    signature: Path | None = None,
    witnesses: Sequence[str | Path] = (),
) -> Answer[bool]:
    """Check one proof offline: that its entry is in the ledger of its checkpoint, by the log's public key alone.

    With a declaration and its signature file: that the entry commits to that very declaration. `witnesses` are public
    keys whose cosignature is asked for.
    """
    found = parse_inclusion(file_bytes(proof), where=str(proof))
    if found.entry is None:
        raise InputError("the proof holds no entry", where=str(proof), remedy="make one with `prove_inclusion()`")
    trusted = read_public(key)
    point = check_inclusion(found, found.entry, trusted)
    lines, held = [], point is not None
    entry = parse_entry(found.entry, where=str(proof))
    told = entry.signed.statement
    if point is None:
        lines.append(Node(statement=Statement("the hashes do not lead from the entry to the signed root")))
    else:
        words = "entry {index} of {size} under the checkpoint of {origin}, signed by {key}"
        parts: dict[str, Any] = {"index": found.index, "size": point.size, "origin": point.origin, "key": trusted.id}
        lines.append(Node(statement=Statement(words, parts)))
    for name in witnesses:
        witness = read_public(name)
        at = found.note.cosigned_by(witness)
        held = held and at is not None
        told_at = f"cosigned by {witness.name}" if at is not None else f"not cosigned by {witness.name}"
        lines.append(Node(statement=Statement("{line}", {"line": told_at})))
    if declaration is not None:
        if signature is None:
            raise InputError("a declaration is checked together with its signature file", remedy="give `signature` too")
        signed = parse_signed(file_bytes(signature), where=str(signature))
        same = commitment(signed.salt, declaration()) == told.get("commitment")
        held = held and same
        line = "the entry commits to this declaration" if same else "the entry does not commit to this declaration"
        lines.append(Node(statement=Statement(line)))
    words = "proved: {about}, received {received}" if held else "not proved: {about}"
    parts = {"about": about(told), "received": entry.received}
    node = Node(statement=Statement(words, parts), because=tuple(lines))
    data = {
        "proved": held,
        "index": found.index,
        "size": point.size if point else None,
        "origin": point.origin if point else None,
        "received": entry.received,
        "statement": dict(told),
        "because": [str(n.statement) for n in lines],
    }
    return Answer(kind="proof", value=held, data=data, node=node, breach=not held)
