"""What a document has told so far: which instrument "the pact" is, which state "the government" is, whose accord is meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from servanda.extraction.grammar import INSTITUTION, PREPOSITION
from servanda.extraction.lexicon import ADJECTIVE, CAPITAL, NAME, ORGANISATION, PERSON, UNNAMED, Known, Lexicon
from servanda.extraction.mentions import other_partner
from servanda.extraction.partners import PAPERS, between, find_partners
from servanda.extraction.scan import Actor, Scan, Thing, groups
from servanda.extraction.when import Clock, When, count_of
from servanda.extraction.words import wordlist
from servanda.model.claims import Claim

if TYPE_CHECKING:
    from servanda.extraction.reports import Report

# nouns that name a kind of instrument; where the last instrument is of another kind, an earlier one is meant
KINDS = wordlist("context.KINDS")
ANY = "*"
TITLES = frozenset(["president", "minister", "premier"])
OWN = frozenset(["its", "their"])
# what a text says where it speaks of accords between two that have no name of their own
CUES = (
    *(
        (adjective, *cooperation, noun)
        for adjective in ("military", "defence", "defense")
        for cooperation in ((), ("cooperation",))
        for noun in ("agreement", "agreements", "accord", "accords", "pact", "pacts", "deal", "deals", "cooperation")
    ),
    *(
        tuple(cue.split())
        for cue in (
            "military technical|friendship treaty|treaty of friendship|defence ministry|defense ministry|ministry agreements"
        ).split("|")
    ),
)
OFFICES = wordlist("context.OFFICES")


SOON = 2  # sentences in which an instrument meant is named
LETTER = wordlist("context.LETTER")
NEWER = wordlist("context.NEWER")
LOOSE_NOUNS = wordlist("context.LOOSE_NOUNS")
MINISTERIAL = wordlist("context.MINISTERIAL")


class Context:
    """A document as read so far."""

    def __init__(self, lexicon: Lexicon, clock: Clock, scans: list[Scan], title: Scan | None = None) -> None:
        self.lexicon, self.clock, self.title = lexicon, clock, title
        self.stack: list[str] = []
        named = {c for a in (title.actors if title else ()) for c in a.codes if a.role != ORGANISATION}
        self.state: str | None = next(iter(named)) if len(named) == 1 else None
        self.subjects: tuple[str, ...] = ()
        self.group: tuple[str, ...] = ()
        self.organisation: str | None = next(
            (a.codes[0] for a in (title.actors if title else ()) if a.role == ORGANISATION and UNNAMED not in a.codes),
            None,
        )
        self.quote_speaker: str | None = None
        self.turn = ""  # whose turn it is in an interview
        self.partners: set[str] = set()
        everything = ([title] if title else []) + scans
        self.count = Counter(
            i
            for s in everything
            for t in s.things
            for i in t.ids
            if not (
                t.generic and any(not o.generic and o.ids == t.ids for o in s.things)
            )  # named once, beside its noun
        )
        self.count.update(i for t in (title.things if title else ()) for i in t.ids * 2)  # a title counts for three
        self.states = Counter(
            c for s in everything for a in s.actors for c in a.codes if a.role != ORGANISATION and len(c) == 3
        )
        self.codes = {c for s in everything for a in s.actors for c in a.codes}
        self.main = self._main(everything) or self._joined(everything)
        self.issuer: str | None = None
        self.timeline = sum(1 for s in scans if _headed(s)) > 2
        heads = title.things if title else []
        self.titled = len(heads) == 1 and heads[0].ids == (
            self.main,
        )  # does the title name the one instrument the document is about?
        self.named_at = next(
            (s.sentence.index for s in scans if any(self.main in t.ids for t in s.things)), 0
        )  # the sentence that names it first
        self.now = self.fresh = -1  # sentence being read, and the one whose subject is remembered
        self.paragraph = -1
        self.last_event: str | None = None
        self.voice: str | None = None  # who is quoted, for "we"
        self.continues: str | None = None  # whose reported speech the last sentence was, within its paragraph
        self.opened: When | None = None  # the date a paragraph opens with
        self.asked: When | None = None  # the date of a question, for its answer
        self.offices: dict[str, str] = {}
        self.mentioned: list[str] = []
        self.last: list[Claim] = []
        self.asking = False  # was the sentence before a question?
        self.told: list[Report] = []  # the reports of the sentence being read
        self.letters = -9  # the last sentence that spoke of a notice
        self.told_at = -9  # the sentence that told it
        self.questioned: list[Claim] = []  # what the question before asked for
        self.pairs = self._pairs(everything)
        self.recent: list[str] = []
        self.lately: set[str] = set()  # who was named in the sentence before
        self.versions = -9  # the last sentence that spoke of an amended version of an instrument
        self.maybe: tuple[str, ...] = ()  # the days a report without a dateline may be of
        self.leaving = any(o.events[0][0] == "withdraw" for s in everything for h in s.hits for o in h.options)

    def _main(self, scans: Iterable[Scan]) -> str | None:
        """The instrument a document is about: the one named most, the first of equals."""
        first = dict.fromkeys(i for s in scans for t in s.things for i in t.ids)
        return max(first, key=lambda i: self.count[i], default=None)

    def _joined(self, scans: list[Scan]) -> str | None:
        """Where no instrument is named: the one that founded the organisation somebody joins."""
        joins = any(e == "join_organisation" for s in scans for h in s.hits for o in h.options for e in o.events_of())
        joins = joins or any(low in ("accession", "member", "membership") for s in scans for low in s.lows)
        named = Counter(c for s in scans for a in s.actors if a.role == ORGANISATION for c in a.codes)
        found = [f for c, _ in named.most_common() if (f := self.founding(c))]
        return found[0] if joins and found else None

    def known(self, name: str) -> Known | None:
        """What the lexicon knows of an instrument."""
        return self.lexicon.known.get(name)

    # instruments

    def note(self, scan: Scan) -> None:
        """Take in a sentence after its claims were read."""
        self.asking = scan.lows[-1:] == ["?"]
        named = [i for t in scan.things for i in t.ids if i != ANY]
        bodies = [i for i in named if (k := self.known(i)) is not None and k.organisation]
        self.stack += [
            *bodies,
            *(i for i in named if i not in bodies),
        ]  # "its members and those of the Warsaw Pact. It"
        if any(w in LETTER for w in scan.lows):
            self.letters = self.now
        if scan.actors:
            self.lately = {c for a in scan.actors for c in a.codes}
        for actor in scan.actors:
            if actor.role == ORGANISATION and UNNAMED not in actor.codes:
                self.organisation = actor.codes[0]
        rows = groups([a for a in scan.actors if a.role in (NAME, CAPITAL)], scan)
        if rows and len(rows[-1]) > 1 and (self.fresh != self.now or len(self.group) < len(rows[-1])):
            self.group = tuple(c for a in rows[-1] for c in a.codes)
        self._offices(scan)
        first = next((a for a in scan.actors if not self.led(scan, a) and UNNAMED not in a.codes), None)
        if first is not None:
            row = next(g for g in groups(scan.actors, scan) if first in g)
            codes = tuple(dict.fromkeys(c for a in row for c in a.codes))
            if self.fresh != self.now:
                self.subjects = codes
            self._spoken_of(codes)

    def label(self, scan: Scan) -> None:
        """A heading ("2. Latvia.") or a label ("Belarus: ...") says whom what follows is about."""
        colon = next((k for k, low in enumerate(scan.lows[:5]) if low == ":"), 0)
        if colon and not any(t.ids for t in scan.things if t.i < colon) and (matter := self._matter(scan, colon)):
            self.stack.append(matter)
        actor = next((a for a in scan.actors if all(not scan.lows[x].isalpha() for x in range(a.i))), None)
        if actor is not None and (scan.low(actor.j) in (":", "") or scan.lows[actor.j :] == ["."]):
            self.acted(actor.codes)

    def _matter(self, scan: Scan, colon: int) -> str | None:
        """The one instrument whose names begin with a heading ("Cluster bombs:", "Test ban:")."""
        words = tuple(scan.lows[:colon])
        if len(words) == 1 and len(words[0]) < 5:
            return None
        if any(scan.taken[k] or scan.when_at(k) is not None for k in range(colon)):
            return None
        found = self.lexicon.headed(words) | self.lexicon.headed((*words[:-1], words[-1].removesuffix("s")))
        return next(iter(found)) if len(found) == 1 else None

    def _offices(self, scan: Scan) -> None:
        """Remember whose ministry, president, parliament a text has spoken of."""
        for actor in scan.actors:
            if len(actor.codes) != 1 or len(actor.codes[0]) != 3:
                continue
            code = actor.codes[0]
            if actor.role == PERSON:
                near = TITLES.intersection(scan.lows[max(0, actor.i - 2) : actor.i])
                self.offices.update(dict.fromkeys({*near, "he", "she", actor.office}, code))
                if "president" in scan.lows:
                    self.offices.setdefault("president", code)
                continue
            for low in scan.lows[actor.j : actor.j + 5]:
                if low in OFFICES:
                    self.offices[low] = code
                if low in OFFICES or (low in PREPOSITION and low != "of") or low in (",", "."):
                    break
        for k, low in enumerate(scan.lows):
            if low in OFFICES and scan.low(k - 1) in MINISTERIAL and (found := self.institution(scan, k)):
                self.offices.setdefault(low, found[0])

    def _pairs(self, scans: list[Scan]) -> bool:
        """Is the document about accords between two: several such nouns, and states between whom the record has some?"""
        if self.main is not None and ((k := self.known(self.main)) is None or not k.bilateral):
            return False
        nouns = sum(1 for s in scans for w in s.lows if w in PAPERS)
        cued = any(
            tuple(s.lows[k : k + len(c)]) == c
            for s in scans
            for c in CUES
            if c[0] in s.lows
            for k in range(len(s.lows))
        )
        return nouns > 1 and cued and any(between(self, c, None, ()) for c in list(self.states)[:12])

    @property
    def topic(self) -> str | None:
        """The instrument spoken of: the last one named, else the document's."""
        return self.stack[-1] if self.stack else self._foreseen()

    def _foreseen(self) -> str | None:
        """The document's instrument before it is named: where it soon is, or more than once."""
        often = self.main is not None and self.count[self.main] > 1
        return self.main if often or self.named_at - self.now <= SOON else None

    def enter(self, scan: Scan) -> None:
        """Begin a sentence; a new paragraph comes back to the document's matter."""
        self.now = scan.sentence.index
        if scan.sentence.paragraph != self.paragraph or (self.timeline and _headed(scan)):
            self.paragraph = scan.sentence.paragraph
            self.continues = None
            self.opened = None
            last = self.stack[-1] if self.stack else None
            unnamed = self.pairs and last in self.partners  # known by its partner alone
            answers = self.turn == "q" or self.asking
            back = self.main and last and self.count[self.main] >= self.count[last] and not answers
            if self.main and back and (self.titled if self.timeline else not unnamed):
                self.stack.append(self.main)
        if self.lexicon.version_words.intersection(scan.lows) or "version" in scan.lows:
            self.versions = self.now
        self.label(scan)
        first = scan.whens[0] if scan.whens else None
        if first is not None and first.i == 0 and len(scan.lows) <= first.j + 1:
            self.opened = first

    def resolve(self, scan: Scan) -> None:
        """Give the nouns of a sentence the instruments they mean; find accords between two by their partners."""
        find_partners(self, scan)
        self._later_version(scan)
        for n, thing in enumerate(scan.things):
            if thing.ids or not thing.generic:
                continue
            other = other_partner(self, scan, thing)
            thing.ids = (other,) if other else self._meant(scan, n, thing)

    def _later_version(self, scan: Scan) -> None:
        """The "newer version" of the instrument spoken of is another one, where the tables know it."""
        known = self.known(self.topic or "")
        if known is None or known.version is None:
            return
        for k, low in enumerate(scan.lows):
            if low == "version" and scan.low(k - 1) in NEWER and scan.thing_at(k) is None:
                scan.things = sorted([*scan.things, Thing(k - 1, k + 1, (known.version,))], key=lambda t: t.i)

    def _meant(self, scan: Scan, n: int, thing: Thing) -> tuple[str, ...]:
        noun = scan.low(thing.i)
        inside = [t for t in scan.things[:n] if t.ids and not t.generic and t.j <= thing.i]
        if (thing.draft or noun in ("initiative", "papers", "drafts")) and (drafts := self._drafts(scan, thing)):
            return drafts
        if thing.plural:
            if self.partners or self.pairs:
                return self.among(scan) or self._titled(scan, thing) or (ANY,)
            return (ANY,) if self._counted(scan, thing) else ()
        if noun in LOOSE_NOUNS and thing.indefinite:
            return ()
        pool = [i for t in inside for i in t.ids] or self.stack
        if noun in KINDS:
            fitting = [i for i in [*self.stack, *pool] if self._of_kind(i, noun) or noun in self.nouns(i)]
            if fitting:
                return (fitting[-1],)
            named = [i for i in self.count if noun in self.nouns(i)]
            if len(named) == 1:
                return (named[0],)
            if noun in ("protocol", "document", "charter", "memorandum"):
                return tuple(pool[-1:]) if noun == "document" else ()
        told = self._of_year(scan, thing) or self._of_matter(scan, thing)
        if told is not None:
            return (told,)
        if thing.indefinite:
            return (main,) if (main := self._foreseen()) and not pool else ()
        if noun in ("accord", "deal", "pact", "agreement", "treaty") and pool and self.nouns(pool[-1]):
            pool = [i for i in pool[-6:] if noun in self.nouns(i)] or pool
        return tuple(pool[-1:]) or ((main,) if (main := self._foreseen()) else ())

    def _counted(self, scan: Scan, thing: Thing) -> bool:
        """Are accords counted, by themselves or by their other sides ("three accords", "accords with eleven states")?"""
        if scan.low(thing.i) not in PAPERS or not self.states:
            return False
        others = scan.words[thing.j + 1 : thing.j + 3] if scan.low(thing.j) == "with" else []
        return any((count_of(w) or 0) > 1 for w in (*scan.words[max(0, thing.i - 3) : thing.i], *others))

    def _of_year(self, scan: Scan, thing: Thing) -> str | None:
        """The instrument of the year told with a noun ("the 1990 treaty", "the accord of 1997"): named before, else known."""
        near = [w for w in scan.whens if w.attributive and (w.j in (thing.i - 1, thing.i) or w.i == thing.j + 1)]
        year = next((int(w.past[:4]) for w in near if w.past), None)
        if year is None:
            return None
        known = self.lexicon.known
        named = [i for i in (*self.count, *self.stack) if i in known and known[i].year == year]
        if named:
            return named[-1]
        found = [k.id for k in self.lexicon.bilateral() if k.year == year and self.codes.issuperset(k.parties)]
        if len(found) > 1:
            found = [i for i in found if scan.low(thing.i - 1) in self.lexicon.spoken.get(i, ())]
        return found[0] if len(found) == 1 else None

    def _of_matter(self, scan: Scan, thing: Thing) -> str | None:
        """What the word before a noun tells apart: "the friendship treaty", "the defence accord"."""
        word, spoken = scan.low(thing.i - 1), self.lexicon.spoken
        if thing.indefinite or len(word) < 5:
            return None
        return next((i for i in [*reversed(self.stack), *reversed(self.count)] if word in spoken.get(i, ())), None)

    def _titled(self, scan: Scan, thing: Thing) -> tuple[str, ...]:
        """Several accords counted but not named: those with the states of the title, where their number agrees."""
        if self.title is None:
            return ()
        counted = next((n for w in scan.words[max(0, thing.i - 5) : thing.i] if (n := count_of(w)) and n > 1), None)
        codes = [c for a in self.title.actors for c in a.codes if a.role != ORGANISATION]
        found = [i for c in dict.fromkeys(codes) if c != self.anchor() for i in between(self, c, None, scan.lows)]
        return tuple(found) if counted == len(found) else ()

    def among(self, scan: Scan) -> tuple[str, ...]:
        """ "Among the accords ended are ...": the accords listed after."""
        partners = (t for t in scan.things if t.partner and scan.lows[0] == "among")
        return tuple(dict.fromkeys(i for t in partners for i in t.ids))

    def nouns(self, name: str) -> frozenset[str]:
        """The kinds of instrument that its names call it: treaty, deal, convention."""
        return self.lexicon.nouns.get(name, frozenset())

    def _of_kind(self, name: str, noun: str) -> bool:
        known = self.known(name)
        return noun in name.split("-") or (known is not None and noun in known.words)

    def _drafts(self, scan: Scan, thing: Thing) -> tuple[str, ...]:
        if thing.plural or scan.low(thing.i) in ("drafts", "texts", "papers"):
            return tuple(i for i in self.count if (k := self.known(i)) is not None and k.twin)
        named = [i for t in scan.things for i in t.ids]
        return tuple([i for i in (self.main, *self.stack, *named) if i and self.is_draft(i)][-1:])

    def is_draft(self, name: str) -> bool:
        """True for an instrument that was proposed and never agreed."""
        known = self.known(name)
        return known is not None and known.kind == "draft"

    # states

    def of_letters(self, scan: Scan) -> bool:
        """Was a notice spoken of in this sentence or the one before, so that "it" may be one?"""
        return self.now - self.letters <= 1 or any(w in LETTER for w in scan.lows)

    def founding(self, code: str) -> str | None:
        """The instrument that founded an organisation."""
        return self.lexicon.founding(code)

    def anchor(self) -> str | None:
        """The state that has a part in most of the accords between two that are named, else the one named most."""
        if len(self.partners) > 1:
            shared = Counter(p for i in self.partners for p in self.lexicon.known[i].parties)
            code = shared.most_common(1)[0][0]
            heir = self.lexicon.heirs.get(code)
            return heir if heir in self.states else code
        return max(self.states, key=lambda c: self.states[c], default=None)

    def named(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Codes with "the alliance" told by name: the organisation named last, else the one the lexicon takes it for."""
        if UNNAMED not in codes:
            return codes
        return (*(c for c in codes if c != UNNAMED), self.organisation or self.lexicon.alliance)

    def joined(self, code: str | None) -> str | None:
        """The organisation joined, where the text says only "the alliance" or nothing at all."""
        if code not in (None, UNNAMED):
            return code
        return self.organisation or (self.lexicon.alliance if self.lexicon.alliance in self.codes else None)

    def acted(self, codes: tuple[str, ...]) -> None:
        """Remember who acted."""
        self.subjects = codes
        self.fresh = self.now
        self._spoken_of(codes)
        if len(codes) > 1:
            self.group = codes

    def _spoken_of(self, codes: tuple[str, ...]) -> None:
        self.recent = [*[c for c in self.recent if c not in codes], *codes]
        if len(codes) == 1 and len(codes[0]) == 3:
            self.state = codes[0]

    def institution(self, scan: Scan, at: int) -> tuple[str, ...]:
        """Whose parliament or government is meant: the state named last before it, else the one that acted last."""
        word = scan.low(at)
        states = [a for a in scan.actors if a.role != ORGANISATION and a.j <= at + 1]
        acting = [a for a in states if a.j <= at and not self.led(scan, a)]
        if acting and OWN.intersection(scan.lows[max(0, at - 3) : at]):
            return acting[0].codes
        near = [a for a in states if at - 4 <= a.i and len(a.codes) == 1]
        if near and (near[-1].role == ADJECTIVE or "'s" in scan.lows[near[-1].j : at]):
            return near[-1].codes
        state = self.lexicon.bodies.get(word)
        party = (k := self.known(self.topic or "")) is not None and state in k.parties
        if state is not None and (state in self.states or party):
            return (state,)
        if word in self.offices and word not in ("parliament", "government"):
            return (self.offices[word],)
        most = [self.state] if self.state else [c for c, _ in self.states.most_common(1)]
        return tuple([a.codes[0] for a in acting if len(a.codes) == 1][-1:] or most)

    def led(self, scan: Scan, actor: Actor) -> bool:
        """Does a preposition make an actor a place or a partner rather than the one who acts?"""
        before = scan.low(actor.i - (2 if scan.low(actor.i - 1) == "the" else 1))
        if before == "in":
            return scan.low(actor.i - 2) not in INSTITUTION
        return before in PREPOSITION and before != "of"


def _headed(scan: Scan) -> bool:
    """Does a sentence open with a day and a mark, as the lines of a timeline do?"""
    first = scan.whens[0] if scan.whens else None
    return first is not None and first.i == 0 and scan.low(first.j) in (":", ".", "", "-", "–", "—", "--")
