"""Many documents at once: shown together with their stories, or streamed into tables where they are too many to show."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from servanda.corpus import Corpus, compiled
from servanda.intake.bulk import Outcome, Summary, Work, nothing_read, read_pile
from servanda.intake.engines import run
from servanda.intake.items import Options, Taken, Unread
from servanda.intake.take import Source, plan
from servanda.model.answer import Answer, Node, Statement
from servanda.model.claims import Document, Read
from servanda.model.documents.base import typed
from servanda.model.documents.news import ReadDocument
from servanda.model.errors import InputError
from servanda.questions.read import ExtractedDocuments, read, read_document

MOST_SHOWN = 10_000  # documents in one answer; stories are told among all of them, so all are held in memory
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class _Known:
    """A reader of documents that were read already, maybe elsewhere."""

    reads: dict[str, Read]

    def read(self, document: Document) -> Read:
        return self.reads[document.name]


def claims_of(document: Document) -> Read:
    """What the packaged reader finds in a document; the work that an engine spreads out."""
    from servanda.extraction.extractor import Extractor

    found: Read = Extractor.default().read(document)
    return found


def entry_of(document: Document) -> dict[str, Any]:
    """A document's entry in the JSON of `read`, against the packaged record; the work that an engine spreads out."""
    return read_document(Corpus.default(), document)


def read_all(
    sources: Sequence[Source],
    options: Options,
    *,
    corpus: Corpus | None = None,
    engine: str = "local",
    address: str | None = None,
    workers: int | None = None,
    with_text: bool = False,
    progress: Progress | None = None,
) -> Answer[ExtractedDocuments]:
    """Documents of files, folders and archives, read, held against the record and told as stories.

    The data are those of `read`, with `failed` (name and why) and `counts` beside, and for each document its form, the clock its
    dateline is from, the day it was fetched, and with `with_text` the text that the places of its claims refer to. InputError
    where nothing at all could be read, or more documents than can be shown.
    """
    parts, failed = plan(sources)
    total, passed, number = sum(p.size for p in parts), 0, 0
    outcomes: list[Outcome] = []
    work = Work(judge=claims_of, options=with_words(options))
    for outcome in run(work, parts, engine=engine, address=address, workers=workers):
        outcomes.append(outcome)
        passed += parts[outcome.number].size
        number += outcome.documents
        if number > MOST_SHOWN:
            what = f"more than {MOST_SHOWN:,} documents are too many to show"
            raise InputError(what, remedy="give `out`, and tables are written instead")
        if progress is not None:
            progress(passed, total, f"{number:,} read")
    outcomes.sort(key=lambda o: o.number)
    failed += [u for o in outcomes for u in o.unread]
    taken: list[tuple[Taken, Read]] = _unique([pair for o in outcomes for pair in o.read])
    counts = {k: sum(getattr(o, k) for o in outcomes) for k in ("seen", "screened", "other", "documents")}
    if not taken and not counts["screened"] + counts["other"]:
        raise nothing_read(failed)
    known = _Known({r.name: r for _, r in taken})
    answer = read(corpus or Corpus.default(), [t.document for t, _ in taken], known)
    return _with_intake(answer, [t for t, _ in taken], failed, counts, with_text)


def _unique(pairs: Iterable[tuple[Taken, Read]]) -> list[tuple[Taken, Read]]:
    """No two documents of one name: the second becomes `name (2)`."""
    seen: dict[str, int] = {}
    found: list[tuple[Taken, Read]] = []
    for taken, told in pairs:
        name = taken.document.name
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{name} ({seen[name]})"
            taken, told = replace(taken, document=replace(taken.document, name=name)), replace(told, name=name)
        found.append((taken, told))
    return found


def _with_intake(
    answer: Answer[ExtractedDocuments],
    taken: list[Taken],
    failed: list[Unread],
    counts: dict[str, int],
    with_text: bool,
) -> Answer[ExtractedDocuments]:
    entries = []
    for entry, item in zip(answer.data["documents"], taken, strict=True):
        clock = item.dateline_from or ("text" if entry["dateline"] else None)
        notes = [*item.notes, *entry.get("notes", ())]
        told = {**entry, **item.as_dict(), "dateline_from": clock, "notes": notes}
        entries.append({**told, "text": item.document.text} if with_text else told)
    data = {**answer.data, "documents": entries, "failed": [u.as_dict() for u in failed], "counts": counts}
    unread = tuple(f"{u.name}: {u.why}" for u in failed)
    return replace(answer, document=typed(ReadDocument, data), not_known=(*answer.not_known, *unread))


def read_into(
    sources: Sequence[Source], out: Path, options: Options, *, progress: Progress | None = None, **how: Any
) -> Answer[Summary]:
    """The same for piles of any size, into Parquet; see `intake.bulk.read_pile` for `how`, the tables and taking up again."""
    summary = read_pile(sources, out, entry_of, key=standpoint(), options=with_words(options), progress=progress, **how)
    words = "{claims} claims in {documents} documents of {seen}; {screened} without a word of a treaty, {failed} failed"
    parts = {k: f"{getattr(summary, k):,}" for k in ("claims", "documents", "seen", "screened", "failed")}
    files = [Node(statement=Statement("{file}", {"file": f})) for f in (summary.claims_file, summary.documents_file)]
    data = {
        "claims_file": summary.claims_file,
        "documents_file": summary.documents_file,
        "counts": {k: getattr(summary, k) for k in ("seen", "screened", "other", "documents", "claims", "failed")},
        "resumed": summary.resumed,
        "failed": [u.as_dict() for u in summary.unread],
    }
    return Answer(
        kind="read_into", value=summary, data=data, node=Node(statement=Statement(words, parts), because=tuple(files))
    )


def with_words(options: Options) -> Options:
    """The same options with the packaged words by which pages are screened; a list of the caller's own stays."""
    from servanda.extraction.screening import prefilter_words

    return options if options.words else replace(options, words=prefilter_words)


@cache
def standpoint() -> str:
    """What a finding stands on, as a key: the record's content and the reader's code and words. Another key, another run."""
    corpus = Corpus.default()
    made = hashlib.sha256()
    for name in (*corpus.ids(), "actors"):
        made.update(compiled.content_key(corpus.folder(name)).encode())
    for room in ("extraction", "findings"):
        for file in sorted((Path(__file__).parents[1] / room).rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                made.update(file.name.encode() + file.read_bytes())
    return made.hexdigest()
