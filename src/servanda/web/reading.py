"""The view that reads: texts pasted or dropped, every claim held against the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from markupsafe import Markup

from servanda.findings.hold import Held
from servanda.model.errors import InputError
from servanda.questions.read import ExtractedDocument, describe
from servanda.render.reading_html import MEANING, marked_text
from servanda.render.spans import SIGN, paragraphs
from servanda.render.text import plain
from servanda.web.asking import Asking

MOST_FILES = 20
MOST_TEXT = 2 * 1024 * 1024  # characters pasted
SECONDS = 30.0  # for one document
MOST_CLAIMS = 400  # findings shown of one document
PASTED = "pasted text"


def blank() -> dict[str, Any]:
    """The view before anything was sent."""
    return {"answer": None, "documents": (), "stories": (), "failed": (), "proposals": "", "dateline": "", "error": None,
            "pasted": "", "meaning": MEANING, "signs": SIGN}  # fmt: skip


def view(asking: Asking, text: str, files: Iterable[tuple[str, bytes]], dateline: str) -> dict[str, Any]:
    """What the texts say and what the record says of it. InputError where there is nothing to read."""
    from servanda.extraction.extractor import Extractor
    from servanda.findings.propose import as_yaml, proposals
    from servanda.intake.items import Limits, Options
    from servanda.questions.pile import read_all

    given = [(name, data) for name, data in files if data]
    if text.strip():
        given.insert(0, (PASTED, text.encode("utf-8", "replace")))
    if not given:
        raise InputError("there is nothing to read", remedy="paste a text, or choose a file")
    if len(given) > MOST_FILES:
        raise InputError(f"more than {MOST_FILES} texts at once", remedy="use `servanda read` for piles")
    options = Options(dateline=_day(dateline), limits=Limits(seconds=SECONDS))
    Extractor.default()  # made once; its making is not the time of a document
    with TemporaryDirectory(prefix="servanda-") as folder:
        sources = [_kept(Path(folder), n, name, data) for n, (name, data) in enumerate(given)]
        answer = read_all(sources, options, corpus=asking.corpus, workers=1)
    told = [(r.read.name, r.read.dateline, r.held) for r in answer.value.documents]
    proposed = proposals(asking.corpus, told)
    return blank() | {
        "answer": answer,
        "documents": [_document(n, r) for n, r in enumerate(answer.value.documents, 1)],
        "stories": answer.value.stories,
        "failed": answer.data["failed"],
        "proposals": as_yaml(proposed) if proposed else "",
        "dateline": dateline,
        "pasted": text,
        "meaning": MEANING,
        "signs": SIGN,
    }


def _day(text: str) -> str | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise InputError(f"{text!r} is not a day", where="dateline", remedy="write YYYY-MM-DD") from None


def _kept(folder: Path, number: int, name: str, data: bytes) -> tuple[str, str]:
    """The file under a name of our own, and the name to show: what a browser calls a file is no path of ours."""
    shown = plain(name).replace("/", "_").replace("\\", "_")[:120] or "file"
    ending = Path(shown).suffix.lower()
    path = folder / f"{number}{ending if ending[1:].isalnum() and len(ending) < 9 else ''}"
    path.write_bytes(data)
    return str(path), shown


def _document(number: int, reading: ExtractedDocument) -> dict[str, Any]:
    """A document's paragraphs, each marked, with the findings that begin in it."""
    text, held = reading.document.text, reading.held[:MOST_CLAIMS]
    spans = [(h.claim.start, h.claim.end) for h in held]
    shown: set[int] = set()
    rows = []
    for start, end in paragraphs(text):
        mine = [i for i, (a, b) in enumerate(spans) if a < end and b > start and a < b]
        fresh = [i for i in mine if i not in shown]
        shown |= set(fresh)
        marked = marked_text(text, start, end, [spans[i] for i in mine], [held[i] for i in mine], mine, number)
        rows.append((Markup(marked), [_finding(number, i, held[i]) for i in fresh], bool(mine)))  # noqa: S704 (escaped there)
    left = [_finding(number, i, held[i]) for i in range(len(held)) if i not in shown]
    return {
        "number": number,
        "name": reading.read.name,
        "dateline": reading.read.dateline,
        "story": reading.story,
        "notes": reading.read.notes,
        "rows": _folded(rows),
        "left": left,
        "claims": len(reading.held),
        "more": len(reading.held) - len(held),
    }


def _folded(rows: Sequence[tuple[Markup, list[Any], bool]]) -> list[tuple[Markup, list[Any], bool]]:
    """All paragraphs of a short text; of a long one those with claims and their neighbours."""
    if len(rows) <= 80:
        return list(rows)
    near = {j for i, (_, _, mine) in enumerate(rows) if mine for j in (i - 1, i, i + 1)}
    return [r for i, r in enumerate(rows) if i in near or i < 3]


def _finding(document: int, number: int, held: Held) -> dict[str, Any]:
    notes = ["not in the record: an act to propose"] if held.proposal else []
    unsourced = [d.act.id for d in held.decided if d.act.confidence != "sourced"]
    if unsourced:
        notes.append("not sourced: " + ", ".join(unsourced[:3]))
    return {
        "id": f"d{document}c{number + 1}",
        "number": number + 1,
        "finding": held.finding,
        "what": describe(held),
        "speaker": "" if held.claim.speaker == "author" else held.claim.speaker,
        "told": held.told,
        "acts": [(d.instrument, d.act.id) for d in held.decided],
        "citations": held.citations,
        "notes": notes,
    }
