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
from itertools import groupby

from servanda.extraction.answers import read_answers
from servanda.extraction.candidates import heading
from servanda.extraction.context import Context
from servanda.extraction.counts import with_counts
from servanda.extraction.evidence import with_evidence
from servanda.extraction.frames import Extraction
from servanda.extraction.grammar import FUNCTION_WORDS
from servanda.extraction.lexicon import Lexicon
from servanda.extraction.notes import read_notes
from servanda.extraction.nouns import read_nouns
from servanda.extraction.phrases import read_phrases
from servanda.extraction.reports import reports
from servanda.extraction.scan import Scan, scan
from servanda.extraction.text import QUOTES, Sentence, Token, damaged, mend, sentences, tokens
from servanda.extraction.triggers import table
from servanda.extraction.verbs import read_verbs
from servanda.extraction.when import Clock, precision
from servanda.extraction.words import wordlist
from servanda.model.claims import AUTHOR, OTHER, Claim, Document, Read

HEADER = re.compile(
    r"(?:\s*#[ \t]*dateline:[ \t]*(\d{4}-\d\d-\d\d)[ \t]*(?:\|[ \t]*([\w-]+))?[ \t]*(?:\|[ \t]*(.*))?(?:\n|$))?"
)
MACHINE = wordlist("extractor.MACHINE")
LIMIT = 2_000_000  # characters of one document that are read; a longer one is no report
AFTER_PLACE = frozenset(["(", ".", "—", "–", "-", "--", ":", ""])
OURS = 3  # times that a statement says "we" or "our" of itself
WEEK = 8  # days, one more than between a day of the week and itself: a line at the head of another day is no dateline
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
        notes: list[str] = []
        text = document.text[:LIMIT]
        if len(document.text) > LIMIT:
            notes.append(f"only the first {LIMIT:,} of {len(document.text):,} characters were read")
        header = HEADER.match(text)
        assert header is not None, "the pattern fits every text"
        dateline, kind = document.dateline or header[1], header[2]
        found = sentences(text, header.end())
        hurt = self._mended(found)
        clock = Clock(dateline)
        if dateline and found and clock.today is None:
            notes.append(f"{dateline!r} is no day of 1800 to 2100: read without a dateline")
            dateline = None
        factor = 0.7 if hurt or kind in MACHINE else 1.0
        done = tuple(
            replace(c, text=document.text[c.start : c.end], confidence=round(c.confidence * factor, 2))
            for c in _repeated(_settled(self._claims(found, clock, kind, tokens(header[3] or ""))))
        )
        if dateline is None and clock.today is not None:
            dateline = str(clock.today)  # from the place-and-day line at the head of the text itself
        if dateline is None and any(c.date is None for c in done):
            notes.append("no dateline: days told by weekday or without a year are left open")
        return Read(name=document.name, dateline=dateline, claims=done, notes=tuple(notes))

    def _mended(self, found: list[Sentence]) -> bool:
        """Mend the words of a scanned text. True for a scan."""
        words = [t for s in found for t in s.tokens]
        hurt = damaged(words)
        for token in words if hurt else ():
            token.low = mend(token.low, self.vocabulary)
        return hurt

    def _claims(self, found: list[Sentence], clock: Clock, kind: str | None, heading_words: list[Token]) -> list[Claim]:
        """The claims of a document's sentences, in the order they were read."""
        year, today = (clock.today.year, str(clock.today)) if clock.today else (None, None)
        titled = [scan(Sentence(heading_words, -1), self.lexicon, Clock(today), year)] if heading_words else []
        scans: list[Scan] = []
        for sentence in found:
            scans.append(scan(sentence, self.lexicon, clock, year))
            if sentence.index <= 1:
                _placed(scans[-1], clock)
        context = Context(self.lexicon, clock, scans, *titled)
        context.maybe = heading(scans) if clock.today is None else ()
        context.issuer = _issuer(scans, context, kind)
        answering = _answering([*titled, *scans[:3]], kind)
        blocks = {n: list(block) for n, block in groupby(scans, key=lambda one: one.sentence.paragraph)}
        claims: list[Claim] = []
        for one in scans:
            opens = one.sentence.paragraph != context.paragraph
            context.enter(one)
            if opens:
                context.quote_speaker = _quoted(blocks, context.paragraph, context)
            context.resolve(one)
            turn = _turn(one, context)
            if _asks(one):
                context.asked = next((w for w in one.whens if w.past), None)
                context.questioned = _questioned(one, context)
            else:
                told = _told(one, context)
                if answering and turn == "a":
                    told = [replace(c, speaker=answering) if c.speaker == AUTHOR else c for c in told]
                claims += with_evidence(one, context, with_counts(one, told))
            context.note(one)
        return claims


def _told(one: Scan, context: Context) -> list[Claim]:
    """The claims of a sentence; the context takes in what the next one must know of it."""
    extraction = Extraction(one, context)
    context.told = extraction.reports
    context.voice = extraction.reports[0].speaker if extraction.reports else context.quote_speaker
    read_verbs(extraction)
    read_nouns(extraction)
    read_phrases(extraction)
    read_notes(extraction)
    read_answers(extraction)
    claims = extraction.claims
    if claims:
        context.last_event, context.last = extraction.last_event, claims[-1:]
        context.told_at, context.questioned = context.now, []
    leading = [r.speaker for r in extraction.reports if r.end == len(one.lows) and r.kind == "say"]
    speaker = None if one.words[-1].quoted else next((s for s in leading if s != AUTHOR), None)
    context.continues = speaker or (context.continues if claims else None)
    return claims


def _questioned(one: Scan, context: Context) -> list[Claim]:
    """The steps a question asks for ("Has any state left?"), which its answer may tell by "one has" alone."""
    extraction = Extraction(one, context)
    read_verbs(extraction)
    if extraction.claims or extraction.verbs():
        return extraction.claims[-1:]
    return context.questioned or context.last[-1:]


def _asks(one: Scan) -> bool:
    """A question claims nothing."""
    return one.lows[-1] == "?" or any(w.low == "?" and not w.quoted for w in one.words[-2:])


def _placed(one: Scan, clock: Clock) -> None:
    """A place-and-day line at the head ("PRAGUE, July 1.") goes before the dateline; its words are no claim's."""
    for when in one.whens:
        lead = one.words[: when.i]
        day = date.fromisoformat(when.past) if when.past and precision(when.past) == "day" else None
        if day is None or not 0 < len(lead) < (6 if lead[0].raw.isupper() else 4):
            continue
        ends = one.low(when.j) in AFTER_PLACE or one.low(when.j - 1) == "."
        if ends and all(w.capital or w.low in PLACE_MARKS for w in lead):
            if clock.today is None or abs((day - clock.today).days) < WEEK:
                clock.today = day
            one.whens = [w for w in one.whens if w is not when]
            one.actors = [a for a in one.actors if a.i >= when.i]
            return


def _issuer(scans: list[Scan], context: Context, kind: str | None) -> str | None:
    """In a statement the speaker is who issues it: text that says "we" of itself, or is said to be a statement."""
    ours = sum(w.low in ("we", "our") and not w.quoted for s in scans for w in s.words)
    if ours < OURS if kind is None else "statement" not in kind:
        return None
    opening = (s for s in scans[:4] if not s.sentence.title)
    first = next((a for s in opening for a in s.actors if not context.led(s, a)), None)
    return context.named(first.codes)[0] if first is not None else None


def _answering(scans: list[Scan], kind: str | None) -> str | None:
    """Who answers in an interview: the state whose office the one asked holds, by the title and the lead; else `other`."""
    if "interview" not in (kind or ""):
        return None
    for one in scans:
        for k, low in enumerate(one.lows):
            named = [a for a in one.actors if k - 5 <= a.i < k and len(a.codes) == 1]
            if low in OFFICE and named and not ONCE.intersection(one.lows[max(0, k - 5) : k]):
                return named[-1].codes[0]
    return OTHER


def _turn(one: Scan, context: Context) -> str:
    """Whose turn it is where questions and answers are marked by a letter: `q` or `a`."""
    if one.low(1) in (".", ":") and one.low(0) in ("q", "a"):
        context.turn = one.low(0)
    return context.turn


def _quoted(blocks: dict[int, list[Scan]], paragraph: int, context: Context) -> str | None:
    """Who is quoted in a paragraph: the speaker of its first reporting verb, or of the next paragraph's where it has none."""
    quoting = [s for s in blocks[paragraph] if any(w.quoted for w in s.words)]
    last = blocks[paragraph][-1].words[-1]
    unclosed = last.quoted and last.raw not in QUOTES
    following = blocks.get(paragraph + 1, ()) if unclosed else ()
    return next((found[0].speaker for one in (*quoting, *following) if (found := reports(one, context))), None)


def _settled(claims: list[Claim]) -> list[Claim]:
    """Each claim once, in text order."""
    kept: dict[tuple[object, ...], Claim] = {}
    for c in claims:
        kept.setdefault((c.start, c.end, c.event, c.spoken, c.actors), c)
    return sorted(kept.values(), key=lambda c: (c.start, c.end))


def _repeated(claims: list[Claim]) -> list[Claim]:
    """The claims, those that tell what one before them tells marked by its place."""
    first: dict[tuple[object, ...], list[int]] = {}
    found: list[Claim] = []
    for n, claim in enumerate(claims):
        key = (claim.event, claim.spoken, claim.modality, claim.polarity, claim.actors, claim.target)
        same = next((k for k in first.get(key, ()) if _one_day(claims[k].date, claim.date)), None)
        first.setdefault(key, []).extend([] if same is not None else [n])
        found.append(claim if same is None else replace(claim, repeats=same))
    return found


def _one_day(one: str | None, other: str | None) -> bool:
    """May two dates be one: is either open, or a month or year that holds the other?"""
    return one is None or other is None or one.startswith(other) or other.startswith(one)
