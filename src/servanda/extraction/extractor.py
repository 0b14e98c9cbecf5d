"""Extraction: from a document's text to the claims in it.

    >>> from servanda.model.claims import Document
    >>> text = "Russia withdrew from the Treaty on Conventional Armed Forces in Europe on Tuesday, its ministry said."
    >>> read = Extractor.default().read(Document(name="a", text=text, dateline="2023-11-07"))
    >>> [(c.event, c.instrument, c.actors, c.date, c.speaker) for c in read.claims]
    [('withdraw', 'cfe', ('RUS',), '2023-11-07', 'RUS')]

A transparent pipeline: names from a gazetteer, verbs and nouns that may carry an event, clauses by the words and marks that
divide them, then rules for subject, object, date, speaker and mood. It downloads and learns nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

from servanda.extraction.candidates import heading
from servanda.extraction.context import Context
from servanda.extraction.counts import with_counts
from servanda.extraction.evidence import with_evidence
from servanda.extraction.frames import Extraction
from servanda.extraction.grammar import FUNCTION_WORDS
from servanda.extraction.lexicon import Lexicon
from servanda.extraction.nouns import read_nouns
from servanda.extraction.phrases import read_phrases
from servanda.extraction.reports import reports
from servanda.extraction.scan import Scan, scan
from servanda.extraction.text import QUOTES, Sentence, damaged, mend, sentences, tokens
from servanda.extraction.triggers import table
from servanda.extraction.verbs import read_verbs
from servanda.extraction.when import Clock
from servanda.extraction.words import wordlist
from servanda.model.claims import AUTHOR, OTHER, Claim, Document, Read

HEADER = re.compile(
    r"\s*#[ \t]*dateline:[ \t]*(\d{4}-\d\d-\d\d)[ \t]*(?:\|[ \t]*([\w-]+))?[ \t]*(?:\|[ \t]*(.*))?(?:\n|$)"
)
MACHINE = wordlist("extractor.MACHINE")
LIMIT = 2_000_000  # characters of one document that are read; a longer one is no report
PLACE_MARKS = wordlist("extractor.PLACE_MARKS")
OFFICE = wordlist("extractor.OFFICE")
ONCE = wordlist("extractor.ONCE")


class Extractor:
    """Reads documents. Holds the lexicon; keeps nothing of a document."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        words = set(lexicon.words) | FUNCTION_WORDS
        for phrases in table().values():
            for phrase, _ in phrases:
                words.update(phrase)
        self.vocabulary = frozenset(words)

    @staticmethod
    @cache
    def default() -> Extractor:
        """The reader with the packaged lexicon, built once."""
        return Extractor(Lexicon.default())

    def read(self, document: Document) -> Read:
        """The claims of a document, in the order of the text."""
        text = document.text
        header = HEADER.match(text)
        start = header.end() if header else 0
        dateline = document.dateline or (header[1] if header else None)
        kind = header[2] if header else None
        notes: list[str] = []
        if len(text) > LIMIT:
            notes.append(f"only the first {LIMIT:,} of {len(text):,} characters were read")
            text = text[:LIMIT]
        found = sentences(text, start)
        if not found:
            return Read(name=document.name, dateline=dateline, notes=tuple(notes))
        scanned = [t for s in found for t in s.tokens]
        hurt = damaged(scanned)
        if hurt:
            for token in scanned:
                token.low = mend(token.low, self.vocabulary)
        clock = Clock(dateline)
        year = clock.today.year if clock.today else None
        if dateline and clock.today is None:
            notes.append(f"{dateline!r} is no day of 1800 to 2100: read without a dateline")
            dateline = None
        title = _title(header, self.lexicon, dateline, year)
        scans: list[Scan] = []
        for sentence in found:
            scans.append(scan(sentence, self.lexicon, clock, year))
            if len(scans) == 1 or sentence.index == 1:
                _placed(scans[-1], clock, document.dateline is None and header is None)
        context = Context(self.lexicon, clock, scans, title)
        context.maybe = heading(scans) if clock.today is None else ()
        context.issuer = _issuer(scans, context, kind)
        answering = _answering(scans, title, kind)
        claims: list[Claim] = []
        blocks: dict[int, list[Scan]] = {}
        for one in scans:
            blocks.setdefault(one.sentence.paragraph, []).append(one)
        paragraph = -1
        for one in scans:
            context.enter(one)
            if one.sentence.paragraph != paragraph:
                paragraph = one.sentence.paragraph
                context.quote_speaker = _quoted(blocks, paragraph, context)
            context.resolve(one)
            turn = _turn(one, context)
            if _asks(one):
                context.asked = next((w for w in one.whens if w.past), None)
                context.note(one)
                continue
            extraction = Extraction(one, context)
            context.voice = extraction.reports[0].speaker if extraction.reports else context.quote_speaker
            read_verbs(extraction)
            read_nouns(extraction)
            read_phrases(extraction)
            if extraction.claims:
                context.last_event, context.last = extraction.last_event, extraction.claims[-1:]
            if answering and turn == "a":
                extraction.claims = [
                    replace(c, speaker=answering) if c.speaker == AUTHOR else c for c in extraction.claims
                ]
            claims += with_evidence(one, context, with_counts(one, extraction.claims))
            led = [
                r for r in extraction.reports if r.end == len(one.lows) and r.speaker != "author" and r.kind == "say"
            ]
            context.continues = (
                led[0].speaker if led and not one.words[-1].quoted else context.continues if extraction.claims else None
            )
            context.note(one)
        factor = 0.7 if hurt or kind in MACHINE else 1.0
        kept = _settled(claims)
        done = tuple(
            replace(c, text=document.text[c.start : c.end], confidence=round(c.confidence * factor, 2)) for c in kept
        )
        if dateline is None and any(c.date is None for c in done):
            notes.append("no dateline: days told by weekday or without a year are left open")
        return Read(name=document.name, dateline=dateline, claims=done, notes=tuple(notes))


def _asks(one: Scan) -> bool:
    """A question claims nothing."""
    return one.lows[-1] == "?" or (len(one.lows) > 1 and one.lows[-2] == "?" and not one.words[-2].quoted)


def _title(header: re.Match[str] | None, lexicon: Lexicon, dateline: str | None, year: int | None) -> Scan | None:
    if header is None or not header[3]:
        return None
    words = tokens(header[3])
    return scan(Sentence(words, -1), lexicon, Clock(dateline), year) if words else None


AFTER_PLACE = frozenset(["(", ".", "—", "–", "-", "--", ":", ""])


def _placed(one: Scan, clock: Clock, free: bool) -> None:
    """A place-and-day line at the head ("PRAGUE, July 1.") goes before the dateline; its words are no claim's."""
    for when in one.whens:
        if when.i > 6 or when.past is None or len(when.past) != 10:
            continue
        if not one.words[0].raw.isupper() and when.i > 3:
            continue
        lead = one.lows[: when.i]
        if all(w in PLACE_MARKS or one.words[n].capital for n, w in enumerate(lead)) and len(lead) < 6 and lead:
            after = one.low(when.j)
            if after in AFTER_PLACE or one.low(when.j - 1) == ".":
                if clock.today is None or abs((date.fromisoformat(when.past) - clock.today).days) < 8:
                    clock.today = date.fromisoformat(when.past)
                one.whens = [w for w in one.whens if w is not when]
                one.actors = [a for a in one.actors if a.i >= when.i]
                return


def _issuer(scans: list[Scan], context: Context, kind: str | None) -> str | None:
    """In a statement the speaker is who issues it: text that says "we" of itself, or is said to be a statement."""
    first_person = sum(1 for s in scans for n, w in enumerate(s.lows) if w in ("we", "our") and not s.words[n].quoted)
    if kind is not None and "statement" not in kind:
        return None
    if kind is None and first_person < 3:
        return None
    for one in scans[:4]:
        first = next((a for a in one.actors if not context.led(one, a)), None)
        if first is not None and not one.sentence.title:
            return context.named(first.codes)[0]
    return None


def _answering(scans: list[Scan], title: Scan | None, kind: str | None) -> str | None:
    """Who answers in an interview: the state whose office the one asked holds, by the title and the lead; else `other`."""
    if kind is None or "interview" not in kind:
        return None
    for one in ([title] if title else []) + scans[:3]:
        for k, low in enumerate(one.lows):
            lead = one.lows[max(0, k - 5) : k]
            named = [a for a in one.actors if k - 5 <= a.i < k and len(a.codes) == 1]
            if low in OFFICE and named and not any(w in ONCE for w in lead):
                return named[-1].codes[0]
    return OTHER


def _turn(one: Scan, context: Context) -> str:
    """Whose turn it is where questions and answers are marked by a letter: `q` or `a`."""
    if one.low(1) in (".", ":") and one.low(0) in ("q", "a"):
        context.turn = one.low(0)
    return context.turn


def _quoted(blocks: dict[int, list[Scan]], paragraph: int, context: Context) -> str | None:
    """Who is quoted in a paragraph: the speaker of its first reporting verb, or of the next paragraph's where it has none."""
    if not any(w.quoted for s in blocks[paragraph] for w in s.words):
        return None
    unclosed = (
        any(w.quoted for w in blocks[paragraph][-1].words[-1:]) and blocks[paragraph][-1].words[-1].raw not in QUOTES
    )
    for number in (paragraph, paragraph + 1) if unclosed else (paragraph,):
        for one in blocks.get(number, ()):
            found = reports(one, context) if number > paragraph or any(w.quoted for w in one.words) else []
            if found:
                return found[0].speaker
    return None


def _settled(claims: list[Claim]) -> list[Claim]:
    """Each claim once, in text order."""
    kept: dict[tuple[object, ...], Claim] = {}
    for c in claims:
        key = (c.start, c.end, c.event, c.spoken, c.actors)
        kept.setdefault(key, c)
    return sorted(kept.values(), key=lambda c: (c.start, c.end))
