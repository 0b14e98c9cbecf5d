"""Reading a pile: a stream of documents to two Parquet tables, in bounded memory, that may be stopped and taken up again.

The claims table has a row a claim, the table of documents a row for each that was read or failed (pages the prefilter left out are
counted, not listed). Both are the same whatever the engine, the number of workers and the number of interruptions.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from servanda.intake.engines import run
from servanda.intake.items import Options, Taken, Tally, Unread
from servanda.intake.take import Part, Source, plan, read_part
from servanda.intake.timeguard import OutOfTime, guard
from servanda.model.claims import Document
from servanda.model.errors import InputError

Judge = Callable[[Document], Any]
CLAIMS = (
    ("document", "str"),
    ("dateline", "str"),
    ("claim", "int"),
    ("start", "int"),
    ("end", "int"),
    ("text", "str"),
    ("event", "str"),
    ("instrument", "str"),
    ("actors", "strs"),
    ("target", "strs"),
    ("date", "str"),
    ("precision", "str"),
    ("speaker", "str"),
    ("modality", "str"),
    ("polarity", "str"),
    ("confidence", "float"),
    ("counts", "json"),
    ("finding", "str"),
    ("acts", "strs"),
    ("why", "str"),
)
DOCUMENTS = (
    ("document", "str"),
    ("status", "str"),
    ("why", "str"),
    ("form", "str"),
    ("dateline", "str"),
    ("dateline_from", "str"),
    ("fetched", "str"),
    ("url", "str"),
    ("title", "str"),
    ("characters", "int"),
    ("claims", "int"),
    ("notes", "strs"),
    ("text", "str"),
)


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What became of a part: documents with what the judge made of each, those unread, and counts."""

    number: int
    read: list[tuple[Taken, Any]] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    seen: int = 0
    screened: int = 0
    other: int = 0
    tables: tuple[bytes, bytes] | None = None
    claims: int = 0
    documents: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Reads a part and puts every document to a judge; with `tables` the outcome is Parquet, else the documents."""

    judge: Judge
    options: Options
    tables: bool = False
    with_text: bool = False

    def __call__(self, part: Part) -> Outcome:
        """The outcome of a part. A document that cannot be judged is told among the unread."""
        tally, outcome = Tally(), Outcome(number=part.number)
        claims, documents = _Rows(CLAIMS), _Rows(DOCUMENTS)
        for item in read_part(part, self.options, tally):
            name = item.name if isinstance(item, Unread) else item.document.name
            if isinstance(item, Taken):
                try:
                    with guard(self.options.limits.seconds):
                        entry = self.judge(item.document)
                except OutOfTime:
                    item = Unread(name=name, why=f"reading it took more than {self.options.limits.seconds:g} s")
                except (MemoryError, RecursionError) as error:
                    item = Unread(name=name, why=f"reading it needs too much of the machine ({type(error).__name__})")
            if isinstance(item, Unread):
                outcome.unread.append(item)
                if self.tables:
                    documents.add({"document": item.name, "status": "failed", "why": item.why, "notes": []})
                continue
            outcome.documents += 1
            if not self.tables:
                outcome.read.append((item, entry))
                continue
            outcome.claims += _rows(item, entry, self.with_text, claims, documents)
        outcome.seen, outcome.screened, outcome.other = tally.seen, tally.screened, tally.other
        if self.tables:
            outcome.tables = (claims.parquet(), documents.parquet())
        return outcome

    def failed(self, part: Part, why: str) -> Outcome:
        """All files of a part that ended its process are unread."""
        unread = [Unread(name=f.name, why=why) for f in part.files]
        documents = _Rows(DOCUMENTS)
        for item in unread:
            documents.add({"document": item.name, "status": "failed", "why": item.why, "notes": []})
        tables = (_Rows(CLAIMS).parquet(), documents.parquet()) if self.tables else None
        return Outcome(number=part.number, unread=unread, tables=tables)


def _rows(taken: Taken, entry: dict[str, Any], with_text: bool, claims: _Rows, documents: _Rows) -> int:
    for number, claim in enumerate(entry["claims"]):
        claims.add({**claim, "document": entry["name"], "dateline": entry["dateline"], "claim": number})
    documents.add(
        {
            "document": entry["name"],
            "status": "read",
            "dateline": entry["dateline"],
            **taken.as_dict(),
            "dateline_from": taken.dateline_from or ("text" if entry["dateline"] else None),
            "characters": len(taken.document.text),
            "claims": len(entry["claims"]),
            "notes": [*taken.notes, *entry.get("notes", ())],
            "text": taken.document.text if with_text else None,
        }
    )
    return len(entry["claims"])


class _Rows:
    """Rows of a table of fixed shape."""

    def __init__(self, shape: Sequence[tuple[str, str]]) -> None:
        self._shape = shape
        self._columns: dict[str, list[Any]] = {name: [] for name, _ in shape}

    def add(self, row: dict[str, Any]) -> None:
        for name, kind in self._shape:
            value = row.get(name)
            if kind == "json" and value is not None:
                value = json.dumps(value, ensure_ascii=False)
            elif kind == "strs" and value is not None:
                value = [str(v) for v in value]
            self._columns[name].append(value)

    def parquet(self) -> bytes:
        import polars as pl

        kinds = {"str": pl.String, "json": pl.String, "int": pl.Int64, "float": pl.Float64, "strs": pl.List(pl.String)}
        frame = pl.DataFrame(self._columns, schema={name: kinds[kind] for name, kind in self._shape})
        out = io.BytesIO()
        frame.write_parquet(out, compression="zstd")
        return out.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a bulk run did: files written, counts, and the first of what could not be read."""

    claims_file: str
    documents_file: str
    claims: int
    documents: int
    seen: int
    screened: int
    other: int
    failed: int
    unread: tuple[Unread, ...]
    resumed: int


def read_pile(
    sources: Sequence[Source],
    out: Path,
    judge: Judge,
    *,
    key: str,
    options: Options,
    engine: str = "local",
    address: str | None = None,
    workers: int | None = None,
    with_text: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> Summary:
    """Read everything into `out` (claims) and its neighbour `*.documents.parquet`.

    Finished parts are kept in the folder `<out>.parts` until all are there: a run that was stopped, however hard, goes on from them
    if the files, the options and `key` (what the judge stands on) are the same, and begins anew if not. `progress` is told bytes
    done, bytes in all, and a word. InputError where nothing can be written, or nothing at all could be read.
    """
    parts, unread = plan(sources)
    folder = out.with_name(out.name + ".parts")
    _prepare(folder, _fingerprint(parts, key, options, with_text))
    done = {p.number for p in parts if (folder / f"{p.number:06d}.json").is_file()}
    total = sum(p.size for p in parts)
    passed = sum(p.size for p in parts if p.number in done)
    sizes = {p.number: p.size for p in parts}
    if progress is not None:
        progress(passed, total, "")
    work = Work(judge=judge, options=options, tables=True, with_text=with_text)
    waiting = [p for p in parts if p.number not in done]
    for outcome in run(work, waiting, engine=engine, address=address, workers=workers):
        _keep(folder, outcome)
        passed += sizes[outcome.number]
        if progress is not None:
            progress(passed, total, f"{outcome.documents:,} read")
    return _finish(folder, out, parts, unread, len(done))


def _fingerprint(parts: Sequence[Part], key: str, options: Options, with_text: bool) -> str:
    what = [[asdict(p) for p in parts], key, asdict(options), with_text, CLAIMS, DOCUMENTS]
    return hashlib.sha256(json.dumps(what, default=str, sort_keys=True).encode()).hexdigest()


def _prepare(folder: Path, fingerprint: str) -> None:
    plan_file = folder / "plan.json"
    try:
        if folder.exists():
            if not plan_file.is_file() and any(folder.iterdir()):
                what = "already exists and was not written by this command"
                raise InputError(what, where=str(folder), remedy="move it away, or give another `out`")
            if plan_file.is_file() and plan_file.read_text(encoding="utf-8") == fingerprint:
                return
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        _whole(plan_file, fingerprint.encode())
    except OSError as error:
        what = f"cannot write there ({error.strerror})"
        raise InputError(what, where=str(folder), remedy="name a writable folder") from None


def _whole(path: Path, content: bytes) -> None:
    """Written under another name, made sure of, then renamed: a file of that name is a whole one."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _keep(folder: Path, outcome: Outcome) -> None:
    claims, documents = outcome.tables or (b"", b"")
    name = f"{outcome.number:06d}"
    _whole(folder / f"{name}.claims.parquet", claims)
    _whole(folder / f"{name}.documents.parquet", documents)
    counts = {k: getattr(outcome, k) for k in ("seen", "screened", "other", "claims", "documents")}
    told = {**counts, "unread": [u.as_dict() for u in outcome.unread]}
    _whole(
        folder / f"{name}.json", json.dumps(told, ensure_ascii=False).encode()
    )  # last: it says that the part is done


def _finish(folder: Path, out: Path, parts: Sequence[Part], unread: list[Unread], resumed: int) -> Summary:
    counts = dict.fromkeys(("seen", "screened", "other", "claims", "documents"), 0)
    failed = list(unread)
    for part in parts:
        told = json.loads((folder / f"{part.number:06d}.json").read_text(encoding="utf-8"))
        for name in counts:
            counts[name] += told[name]
        failed += [Unread(**u) for u in told["unread"]]
    if not counts["documents"] + counts["screened"] + counts["other"]:
        shutil.rmtree(folder)
        raise nothing_read(failed)
    first = _Rows(DOCUMENTS)
    for item in unread:
        first.add({"document": item.name, "status": "failed", "why": item.why, "notes": []})
    _whole(folder / "unread.documents.parquet", first.parquet())
    _whole(folder / "none.claims.parquet", _Rows(CLAIMS).parquet())
    beside = out.with_name(out.name.removesuffix(".parquet") + ".documents.parquet")
    numbers = [f"{p.number:06d}" for p in parts]
    made = [
        (_joined(folder, ["none.claims.parquet", *(f"{n}.claims.parquet" for n in numbers)], out), out),
        (_joined(folder, ["unread.documents.parquet", *(f"{n}.documents.parquet" for n in numbers)], beside), beside),
    ]
    for temporary, target in made:
        temporary.replace(target)
    shutil.rmtree(folder)
    return Summary(
        claims_file=str(out),
        documents_file=str(beside),
        failed=len(failed),
        unread=tuple(failed),
        resumed=resumed,
        **counts,
    )


def nothing_read(failed: Sequence[Unread]) -> InputError:
    """The error where no document could be read at all; it gives the first reason."""
    what = f"nothing could be read: {failed[0].why}" if failed else "there is no document"
    return InputError(what, where=failed[0].name if failed else None, remedy="name files or folders with documents")


def _joined(folder: Path, names: Iterable[str], target: Path) -> Path:
    import polars as pl

    temporary = folder / f"joined-{target.name}"
    pl.scan_parquet([folder / n for n in names]).sink_parquet(temporary, compression="zstd", maintain_order=True)
    return temporary
