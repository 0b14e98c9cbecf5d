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
SPEAKS_FOR = wordlist("speakers.SPEAKS_FOR")
OUTLETS = wordlist("speakers.OUTLETS")


def speaker_after(scan: Scan, context: Context, k: int) -> tuple[str, tuple[str, ...]]:
    """The speaker named after token `k` ("..., said the Finnish ministry"), as `speaker_of` gives it."""
    end = k + 1
    while end < len(scan.lows) and end - k < 10:
        end += 1
    inside = [a for a in scan.actors if k < a.i < end]
    words = scan.lows[k + 1 : end]
    return named_speaker(scan, context, [c for a in inside for c in a.codes], words, inside[0].role if inside else "")


def speaker_of(scan: Scan, context: Context, who: Subject) -> tuple[str, tuple[str, ...]]:
    """The code, `other` or `author` for the subject of a reporting verb."""
    begin = clause_start(scan, who.at) if who.at >= 0 else 0
    words = scan.lows[begin : max(who.at + 8, begin)] if who.at >= 0 else []
    if who.kind == "actor":
        row = who.actors
        end = row[-1].j if row else who.at + 1
        near = _near(scan, clause_start(scan, row[0].i), row[0].i, end) if row else words
        return named_speaker(scan, context, list(who.codes), near, row[0].role if row else "")
    if who.kind == "pronoun":
        if who.text in ("we", "i"):
            return (context.issuer or OTHER, (context.issuer,) if context.issuer else ())
        if who.text in ("he", "she") and who.text in context.offices:
            return context.offices[who.text], (context.offices[who.text],)
        codes = context.subjects
        return (codes[0], codes) if codes else (OTHER, ())
    if who.kind == "institution":
        if who.text in PERSON and who.text not in OFFICIAL:
            return OTHER, ()
        if scan.low(who.at).endswith("s") and who.text in ("officials", "diplomats", "delegates"):
            codes = tuple(c for a in scan.actors if a.j <= who.at + 1 for c in a.codes)[-1:]
            return (codes[0], codes) if codes else (OTHER, ())
        codes = context.institution(scan, who.at)
        return (codes[0], codes) if codes else (OTHER, ())
    if who.kind == "other" and who.text in PAPERS:
        return (context.subjects[0], context.subjects) if context.subjects else (OTHER, ())
    if who.kind in ("person", "collective"):
        if who.text in OFFICIAL and any(
            w in ("ministry", "government", "foreign", "defence", "defense") for w in words
        ):
            codes = context.institution(scan, who.at)
            return (codes[0], codes) if codes else (OTHER, ())
        return OTHER, ()
    return OTHER, ()


def _near(scan: Scan, begin: int, i: int, j: int) -> list[str]:
    """The words round a name that say what its bearer is, up to the next mark."""
    stop = j
    while (
        stop < len(scan.lows)
        and stop < j + 5
        and scan.lows[stop] not in STRONG_BREAK
        and scan.lows[stop] not in QUOTE
        and scan.lows[stop] != ","
    ):
        stop += 1
    return scan.lows[max(begin, i - 4) : stop]


def named_speaker(
    scan: Scan, context: Context, codes: list[str], words: list[str], role: str
) -> tuple[str, tuple[str, ...]]:
    """Whom a speaker's words stand for: a state where its officials or it itself speak, `other` for private persons.

    `codes` are the actors named among `words`, `role` how the first of them is named.
    """
    codes = list(context.named(tuple(codes)))
    people = [w for w in words if w in PERSON]
    official = [w for w in words if w in OFFICIAL or w in SPEAKS_FOR]
    if people and not official and codes and role != ADJECTIVE:
        if any(w in OUTLETS for w in people) and role == ADJECTIVE:
            return OTHER, ()
        return (OTHER, ()) if people[0] not in ("lawyers", "report") else (codes[0], tuple(codes))
    if people and codes and role == ADJECTIVE and not official:
        return (codes[0], tuple(codes)) if people[0] in ("lawyers", "lawyer") else (OTHER, ())
    if codes:
        return codes[0], tuple(codes)
    if official or any(w in INSTITUTION for w in words):
        found = context.institution(scan, len(scan.lows))
        if found and not people:
            return found[0], found
    return OTHER, ()
