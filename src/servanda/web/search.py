"""Search over everything the record holds, by SQLite's full-text index (FTS5), made in memory when first asked."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

from servanda.questions.words import listed
from servanda.web.asking import Asking

MOST_WORDS = 12  # of a query; more make it no better
A_PAGE = 40
OPEN, CLOSE = "\x02", "\x03"  # round a hit, in text that can hold neither
WORD = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: its kind, where it stands, a title and its words."""

    kind: str  # instrument, article, limit, procedure, act, party, type, source, dispute
    instrument: str
    key: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found, with a passage cut into (text, whether it is a word that was asked)."""

    entry: Entry
    passage: tuple[tuple[str, bool], ...]


def entries(asking: Asking) -> Iterator[Entry]:
    """Everything there is to find, instrument by instrument."""
    known = asking.corpus.actors
    for instrument in asking.corpus.ids():
        dossier = asking.corpus.dossier(instrument)
        own = dossier.instrument
        words = " ".join((own.gist, *own.aliases, own.short, *own.notes))
        yield Entry("instrument", instrument, instrument, own.title, words)
        for p in dossier.provisions:
            yield Entry("article", instrument, p.cite, p.cite, " ".join(filter(None, (p.gist, p.note))))
        for limit in dossier.limits:
            yield Entry("limit", instrument, limit.cite, limit.id, limit.gist)
        for procedure in dossier.procedures:
            steps = " ".join(s.action for s in procedure.steps)
            yield Entry("procedure", instrument, procedure.cite, procedure.title, f"{procedure.gist} {steps}")
        for act in dossier.acts:
            who = listed(map(known.name, act.actors), 40)
            kind = act.act.value.replace("_", " ")
            yield Entry(
                "act",
                instrument,
                act.id,
                f"{act.date.words}: {listed(map(known.name, act.actors), 3)}: {kind}",
                f"{act.gist} {who}",
            )
        for found in dossier.types:
            yield Entry(
                "type", instrument, found.designation, found.designation, " ".join((found.category, *found.aliases))
            )
        for d in dossier.discrepancies:
            yield Entry("dispute", instrument, d.id, d.point, f"{d.view} {' '.join(d.claims)}")
        for source in own.sources:
            yield Entry("source", instrument, source.id, source.title, source.note or "")
    for actor in known:
        words = " ".join(filter(None, (actor.formal, *actor.aliases, actor.note)))
        yield Entry("party", "", actor.code, f"{actor.name} ({actor.code})", words)


class Index:
    """The index of one record. Queries are plain words: all must occur, the last may be the beginning of one."""

    def __init__(self, asking: Asking) -> None:
        self._entries = tuple(entries(asking))
        self._lock = Lock()
        self._link = sqlite3.connect(":memory:", check_same_thread=False)
        self._link.execute(
            "CREATE VIRTUAL TABLE found USING fts5(title, body, tokenize = 'unicode61 remove_diacritics 2')"
        )
        self._link.executemany(
            "INSERT INTO found (rowid, title, body) VALUES (?, ?, ?)",
            ((n, _clean(e.title), _clean(e.body)) for n, e in enumerate(self._entries)),
        )

    def find(self, query: str, page: int = 1) -> tuple[int, tuple[Hit, ...]]:
        """How many entries hold the words, and one page of them, best first. A title weighs more than a body."""
        words = WORD.findall(query)[:MOST_WORDS]
        if not words:
            return 0, ()
        # each word is a quoted string, so that no word of the asker's is an operator of the index
        match = " ".join(f'"{w}"' for w in words[:-1]) + f' "{words[-1]}"*'
        with self._lock:
            (total,) = self._link.execute("SELECT count(*) FROM found WHERE found MATCH ?", (match,)).fetchone()
            rows = self._link.execute(
                "SELECT rowid, snippet(found, 1, ?, ?, '…', 32) FROM found WHERE found MATCH ? "
                "ORDER BY bm25(found, 6.0, 1.0), rowid LIMIT ? OFFSET ?",
                (OPEN, CLOSE, match, A_PAGE, A_PAGE * (page - 1)),
            ).fetchall()
        return total, tuple(Hit(self._entries[n], _cut(text)) for n, text in rows)


def index_of(asking: Asking) -> Index:
    """The record's index, made once."""
    return asking.kept.get("search index", lambda: Index(asking))


def _clean(text: str) -> str:
    return text.replace(OPEN, "").replace(CLOSE, "")


def _cut(text: str) -> tuple[tuple[str, bool], ...]:
    parts: list[tuple[str, bool]] = []
    for n, piece in enumerate(text.split(OPEN)):
        inside, _, after = piece.partition(CLOSE) if n else ("", "", piece)
        parts += [(inside, True)] if inside else []
        parts += [(after, False)] if after else []
    return tuple(parts)
