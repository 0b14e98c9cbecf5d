"""Who speaks: the state, organisation or other that the subject of a reporting verb stands for."""

from __future__ import annotations

from servanda.extraction.clauses import clause_start
from servanda.extraction.context import Context
from servanda.extraction.grammar import INSTITUTION, OFFICIAL, PERSON, QUOTE, STRONG_BREAK
from servanda.extraction.lexicon import ADJECTIVE
from servanda.extraction.scan import Scan
from servanda.extraction.subjects import Subject
from servanda.extraction.words import wordlist
from servanda.model.claims import OTHER

PAPERS = wordlist("speakers.PAPERS")
STATE_BODIES = frozenset(["ministry", "government", "foreign", "defence", "defense"])
SPEAKS_FOR = wordlist("speakers.SPEAKS_FOR")


def speaker_after(scan: Scan, context: Context, k: int) -> tuple[str, tuple[str, ...]]:
    """The speaker named after token `k` ("..., said the Finnish ministry"), as `speaker_of` gives it."""
    inside = [a for a in scan.actors if k < a.i < k + 10]
    words = scan.lows[k + 1 : k + 10]
    return named_speaker(scan, context, [c for a in inside for c in a.codes], words, inside[0].role if inside else "")


def speaker_of(scan: Scan, context: Context, who: Subject) -> tuple[str, tuple[str, ...]]:
    """The code, `other` or `author` for the subject of a reporting verb."""
    words = scan.lows[clause_start(scan, who.at) : who.at + 8] if who.at >= 0 else []
    codes: tuple[str, ...] = ()
    if who.kind == "actor":
        row = who.actors
        near = _near(scan, clause_start(scan, row[0].i), row[0].i, row[-1].j) if row else words
        return named_speaker(scan, context, list(who.codes), near, row[0].role if row else "")
    if who.kind == "pronoun" and who.text in ("we", "i"):
        codes = (context.issuer,) if context.issuer else ()
    elif who.kind == "pronoun":
        office = context.offices.get(who.text) if who.text in ("he", "she") else None
        codes = (office,) if office else context.subjects
    elif who.kind == "institution" and who.text not in PERSON - OFFICIAL:
        named = tuple(c for a in scan.actors if a.j <= who.at + 1 for c in a.codes)[-1:]
        codes = named if who.text in ("officials", "diplomats", "delegates") else context.institution(scan, who.at)
    elif who.kind == "other" and who.text in PAPERS:
        codes = context.subjects
    elif who.kind in ("person", "collective") and who.text in OFFICIAL and STATE_BODIES.intersection(words):
        codes = context.institution(scan, who.at)
    return (codes[0], codes) if codes else (OTHER, ())


def _near(scan: Scan, begin: int, i: int, j: int) -> list[str]:
    """The words round a name that say what its bearer is, up to the next mark."""
    marks = STRONG_BREAK | QUOTE | {",", ""}
    stop = next((k for k in range(j, j + 5) if scan.low(k) in marks), j + 5)
    return scan.lows[max(begin, i - 4) : stop]


def named_speaker(
    scan: Scan, context: Context, codes: list[str], words: list[str], role: str
) -> tuple[str, tuple[str, ...]]:
    """Whom a speaker's words stand for: a state where its officials or it itself speak, `other` for private persons.

    `codes` are the actors named among `words`, `role` how the first of them is named.
    """
    codes = list(context.named(tuple(codes)))
    people = [w for w in words if w in PERSON]
    official = any(w in OFFICIAL or w in SPEAKS_FOR for w in words)
    if people and codes and not official:
        told = ("lawyers", "lawyer") if role == ADJECTIVE else ("lawyers", "report")
        return (codes[0], tuple(codes)) if people[0] in told else (OTHER, ())
    if codes:
        return codes[0], tuple(codes)
    found = context.institution(scan, len(scan.lows)) if official or any(w in INSTITUTION for w in words) else ()
    return (found[0], found) if found and not people else (OTHER, ())
