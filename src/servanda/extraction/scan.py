"""What stands in a sentence: actors, instruments, nouns that mean an instrument, dates, and words that may carry an event."""

from __future__ import annotations

from dataclasses import dataclass, field

from servanda.extraction.dates import dates
from servanda.extraction.grammar import BE, DETERMINER, GENERIC, GENERIC_PLURAL, NOUN, PREPOSITION, STRONG_BREAK
from servanda.extraction.lexicon import (
    ACTOR,
    ADJECTIVE,
    CAPITAL,
    NAME,
    ORGANISATION,
    PERSON,
    UNNAMED,
    Lexicon,
)
from servanda.extraction.mentions import apposed, matters, short_forms, unlisted, versions
from servanda.extraction.text import Sentence, Token
from servanda.extraction.triggers import Trigger, table
from servanda.extraction.when import Clock, When
from servanda.extraction.words import wordlist

LISTED = wordlist("scan.LISTED")
# between the parts of a verb phrase ("turn the offer down") at most so many words stand
GAP = 9
REMEMBERED = 60  # years after an office in which a text still means its holder
NO_PLURAL = wordlist("scan.NO_PLURAL")
JOINING = frozenset(["and", ",", "or", "nor"])
# nouns that, written with a capital, are part of a title
TITLED = wordlist("scan.TITLED")
INSIDE = wordlist("scan.INSIDE")
INDEFINITE = wordlist("scan.INDEFINITE")
PROPOSALS = wordlist("scan.PROPOSALS")
DRAFT_NOUNS = wordlist("scan.DRAFT_NOUNS")
# what one may leave without leaving the treaty
BODIES = wordlist("scan.BODIES")


@dataclass(slots=True)
class Actor:
    """An actor named at tokens [i, j)."""

    i: int
    j: int
    codes: tuple[str, ...]
    role: str
    people: bool = False  # "the Americans"
    office: str = ""  # the office a person is known for

    @property
    def place(self) -> bool:
        """A name that may mean a place as well."""
        return self.role in (CAPITAL, NAME)


@dataclass(slots=True)
class Thing:
    """An instrument named, or a noun that may mean one, at tokens [i, j). `ids` is empty until it is resolved."""

    i: int
    j: int
    ids: tuple[str, ...] = ()
    generic: bool = False
    plural: bool = False
    indefinite: bool = False
    draft: bool = False
    partner: bool = False


@dataclass(slots=True)
class Hit:
    """A word or phrase at tokens [i, j) that may carry an event; `gap` is where an object stands inside it."""

    i: int
    j: int
    options: tuple[Trigger, ...]
    gap: tuple[int, int] | None = None

    def form(self, *names: str) -> Trigger | None:
        """The option with one of these forms."""
        return next((o for o in self.options if o.form in names), None)


@dataclass(slots=True)
class Scan:
    """A sentence with all that was found in it."""

    sentence: Sentence
    words: list[Token]
    actors: list[Actor] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    whens: list[When] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    lows: list[str] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)  # token -> 1 inside a name

    def low(self, i: int) -> str:
        """The lower-case form of a token, empty outside the sentence."""
        return self.lows[i] if 0 <= i < len(self.lows) else ""

    def take(self, i: int, j: int) -> None:
        """Mark tokens [i, j) as inside a name."""
        self.taken[i:j] = [1] * (j - i)

    def actor_at(self, i: int) -> Actor | None:
        """The actor whose name covers a token."""
        return next((a for a in self.actors if a.i <= i < a.j), None)

    def thing_at(self, i: int) -> Thing | None:
        """The instrument, or noun meaning one, that covers a token."""
        return next((t for t in self.things if t.i <= i < t.j), None)

    def when_at(self, i: int) -> When | None:
        """The expression of time that covers a token."""
        return next((w for w in self.whens if w.i <= i < w.j), None)


def scan(sentence: Sentence, lexicon: Lexicon, clock: Clock, year: int | None = None) -> Scan:
    """Find names, dates and triggers in a sentence. `year` is the document's, for people who held office then."""
    words = sentence.tokens
    found = Scan(sentence, words, lows=[w.low for w in words], taken=[0] * len(words))
    _names(found, lexicon, year)
    short_forms(found)
    versions(found, lexicon)
    _generic(found)
    apposed(found)
    matters(found, lexicon)
    found.whens = dates(words, clock)
    _hits(found)
    return found


def _names(found: Scan, lexicon: Lexicon, year: int | None) -> None:
    words, i = found.words, 0
    size = len(words)
    while i < size:
        group = next((g for g in lexicon.groups if tuple(found.lows[i : i + len(g)]) == g), None)
        if group is not None:
            found.actors.append(Actor(i, i + len(group), lexicon.groups[group], NAME))
            i += len(group)
            continue
        hit = lexicon.find(words, i)
        if hit is None:
            called = lexicon.called.get(found.lows[i])
            if called is not None and not (year and called.since and year < called.since) and found.low(i - 1) != "an":
                found.actors.append(Actor(i, i + 1, (called.code,), ORGANISATION))
            i += 1
            continue
        j, entry = hit
        if entry.role == PERSON and not _in_office(entry.since, entry.until, year):
            i += 1
            continue
        founded = lexicon.founding(entry.target) if entry.role == ORGANISATION else None
        if founded is not None and found.low(j) in ("treaty", "pact", "charter", "agreement"):
            j += 1
            found.things.append(Thing(i, j, (founded,)))
        elif entry.kind == ACTOR:
            last = found.lows[j - 1]
            people = entry.role == ADJECTIVE and j - i <= 2 and last.endswith("s") and last not in NO_PLURAL
            found.actors.append(Actor(i, j, (entry.target,), NAME if people else entry.role, people, entry.office))
        else:
            known = lexicon.known[entry.target]
            ids = () if known.background else (entry.target,)
            found.things.append(Thing(i, j, ids, draft=known.kind == "draft"))
        found.take(i, j)
        i = j
    _unknown(found)
    named: tuple[str, ...] = (UNNAMED,)  # the organisation that "the alliance" behind it means
    for actor in found.actors:
        if actor.codes == (UNNAMED,):
            actor.codes = named
        elif actor.role == ORGANISATION:
            named = actor.codes


MOST = 9  # words of a title that are taken into its name


def _unknown(found: Scan) -> None:
    """Instruments that no list knows, by a title written in capitals ("the Barcelona Convention", "Treaty of Nice").

    They are told apart so that what is said of them is not taken for another instrument's; see `mentions`.
    """
    words, size = found.words, len(found.words)
    for i, token in enumerate(words):
        if token.raw not in TITLED or found.taken[i]:
            continue
        begin = i
        while begin > 0 and words[begin - 1].capital and not found.taken[begin - 1] and words[begin - 1].raw.isalpha():
            begin -= 1
        while begin < i and (words[begin].low in DETERMINER or (begin == 0 and words[begin].low in INSIDE)):
            begin += 1
        end = i + 1
        if found.low(end) in ("of", "on", "for", "against", "concerning", "relating"):
            k = end
            while k < min(size, i + MOST) and (words[k].capital or words[k].low in INSIDE):
                k += 1
            while k > end and words[k - 1].low in INSIDE:
                k -= 1
            end = k if any(w.capital and w.low not in INSIDE for w in words[end:k]) else end
        named = [w.low for w in words[begin:end] if w.low not in INSIDE and w.low.isalnum()]
        if len(named) < 2 or end - begin > MOST + 3 or any(found.taken[begin:end]):
            continue
        found.things.append(Thing(begin, end, (unlisted(" ".join(w.raw for w in words[begin:end] if w.low != "the")),)))
        found.take(begin, end)


def _in_office(since: str | None, until: str | None, year: int | None) -> bool:
    """Is a person one of whom a document of a year may speak?"""
    return year is None or int((since or "0")[:4]) <= year <= int((until or "9999")[:4]) + REMEMBERED


def _generic(found: Scan) -> None:
    for i, low in enumerate(found.lows):
        if found.taken[i]:
            continue
        plural = low in GENERIC_PLURAL
        if not plural and low not in GENERIC and low not in PROPOSALS:
            continue
        if found.words[i].glued and found.low(i + 1) != "'s" and low not in GENERIC:
            continue
        k = i - 1
        while k >= 0 and i - k < 7 and found.lows[k] not in DETERMINER and (found.lows[k].isalpha() or found.taken[k]):
            if found.lows[k] in PREPOSITION or found.lows[k] in BE or found.lows[k] in STRONG_BREAK:
                break
            k -= 1
        indefinite, draft = found.low(k) in INDEFINITE, low in DRAFT_NOUNS
        found.things.append(Thing(i, i + 1, generic=True, plural=plural, indefinite=indefinite, draft=draft))
    found.things.sort(key=lambda t: t.i)


def _command(found: Scan, i: int) -> bool:
    """Is a body left rather than a treaty ("left the integrated command")?"""
    for k in range(i + 1, min(len(found.lows), i + 7)):
        if found.lows[k] in BODIES:
            return True
        if found.lows[k] in PREPOSITION or found.lows[k] in STRONG_BREAK or found.lows[k] == ",":
            return False
    return False


def _hits(found: Scan) -> None:
    rows = table()
    words, lows, size = found.words, found.lows, len(found.lows)
    i = 0
    while i < size:
        phrases = rows.get(lows[i])
        if phrases is None or found.taken[i] or lows[i] == "following" or (lows[i] == "left" and _command(found, i)):
            i += 1
            continue
        fitting = [(p, t) for p, t in phrases if tuple(lows[i : i + len(p)]) == p]
        length = len(fitting[0][0]) if fitting else 0  # the longest come first
        best = [t for p, t in fitting if len(p) == length]
        gap = None
        end = i + length
        split = _separated(found, i, phrases) if length <= 1 else None
        if split is not None:
            best, gap, end = [split[0]], (i + 1, split[1]), split[2]
        joined = _joined(words, i - 1) and length == 1  # "right-left", "long-suspended"
        if best and not joined and (all(o.form == NOUN for o in best) or not _joined(words, i)):
            found.hits.append(Hit(i, end, tuple(best), gap))
        i += length if length and gap is None and not joined else 1


def _joined(words: list[Token], i: int) -> bool:
    """Does a hyphen join a token to the next?"""
    pair = words[max(i, 0) : i + 2]
    return len(pair) == 2 and all(w.glued for w in pair) and pair[0].end + 1 == pair[1].start


def _separated(found: Scan, i: int, phrases: list[tuple[tuple[str, ...], Trigger]]) -> tuple[Trigger, int, int] | None:
    lows, size = found.lows, len(found.lows)
    for phrase, trigger in phrases:
        if len(phrase) < 2 or not trigger.separable:
            continue
        tail = phrase[1:]
        for k in range(i + 2, min(size, i + 1 + GAP)):
            if lows[k - 1] in STRONG_BREAK or lows[k - 1] == ",":
                break
            if tuple(lows[k : k + len(tail)]) == tail:
                return trigger, k, k + len(tail)
    return None


def groups(actors: list[Actor], found: Scan) -> list[list[Actor]]:
    """Actors that are listed together ("Latvia, Estonia and Lithuania"), left to right."""
    rows: list[list[Actor]] = []
    for actor in actors:
        last = rows[-1][-1] if rows else actor
        begin = actor.i
        while actor.role == PERSON and last.j < begin - 1 and found.words[begin - 1].capital:
            begin -= 1  # a first name: "Barack Obama and Dmitry Medvedev"
        between = found.lows[last.j : begin]
        alike = (actor.role == ADJECTIVE) == (last.role == ADJECTIVE)
        if alike and LISTED.issuperset(between) and JOINING.intersection(between):
            rows[-1].append(actor)
        else:
            rows.append([actor])
    return rows
