"""A verb or noun in its clause, and the claims a sentence yields: instruments, actors, date, speaker put together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from servanda.extraction.clauses import clause_end, clause_start
from servanda.extraction.context import ANY, Context
from servanda.extraction.grammar import BASE, LAW, PARTICIPATION, THIRD
from servanda.extraction.lexicon import ORGANISATION
from servanda.extraction.links import OBJECT, TOPIC, Link, actors_of, by_agent, doer, instruments, when_of
from servanda.extraction.mentions import described
from servanda.extraction.mood import Mood, mood
from servanda.extraction.objects import DUTIES, Object, object_of, relative_object
from servanda.extraction.reports import Report, reports, speaker
from servanda.extraction.scan import Hit, Scan
from servanda.extraction.subjects import Subject
from servanda.extraction.verbgroups import (
    ACTIVE,
    GERUND,
    INFINITIVE,
    NOMINAL,
    PASSIVE,
    PROGRESSIVE,
    Verb,
    verb,
)
from servanda.extraction.when import When
from servanda.extraction.words import wordlist
from servanda.model.claims import AUTHOR, OTHER, Claim

PROMISING = wordlist("frames.PROMISING")

# verbs of everyday use: a step in the life of a treaty only where the object or a state as subject says so
PLAIN = wordlist("frames.PLAIN")
UNDATED = wordlist("frames.UNDATED")


@dataclass(slots=True)
class Frame:
    """A verb in its clause, with all that was found out about it."""

    hit: Hit
    used: Verb
    who: Subject
    obj: Object
    link: Link
    begin: int
    end: int
    event: str = ""
    how: Mood = field(default_factory=lambda: Mood("done", False))
    speaker: str = AUTHOR
    report: Report | None = None
    dated: bool = False
    when: When | None = None  # where it is not the clause that tells it


class Extraction:
    """One sentence being read in its document."""

    def __init__(self, scan: Scan, context: Context) -> None:
        self.scan, self.context = scan, context
        self.reports = reports(scan, context)
        self.used: list[tuple[Hit, Verb]] = []
        for hit in scan.hits:
            used = None if _who_was_it(scan, hit) else verb(scan, hit)
            if used is not None:
                self.used.append((hit, used))
        self.claims: list[Claim] = []
        self.consumed: set[int] = set()
        self.last_event: str | None = None

    def verbs(self) -> list[Hit]:
        """Hits used as verbs, for dividing dates among them."""
        return [h for h, u in self.used if u.voice != NOMINAL]

    def frame(self, hit: Hit, used: Verb) -> Frame:
        """Subject, object and instruments of a verb."""
        scan = self.scan
        begin, end = clause_start(scan, used.start), clause_end(scan, hit.j)
        who = doer(scan, self.context, used, hit)
        if _not_all(scan, who, used):
            if used.trigger.lemma == "ratify":
                who = replace(who, kind="collective", codes=(), negated=True)  # some have not
            else:
                who = replace(who, kind="indefinite")
        obj = object_of(scan, hit, used, who, end)
        open_ = obj.mark == "o" or (obj.mark == "a" and scan.low(hit.j) in ("in", "at", "on", "with"))
        if open_ and used.voice == ACTIVE and used.aspect not in (INFINITIVE, GERUND):
            obj = relative_object(scan, used) or obj
        if obj.mark == "m" and obj.head in PARTICIPATION and used.trigger.takes("m") is None:
            obj.mark = "p"  # "suspended its obligations": what it does under a treaty, not the terms it is held to
        elif obj.mark == "p" and obj.head in DUTIES and used.trigger.takes("p") is None and used.trigger.takes("m"):
            obj.mark = "m"
        if used.voice == PASSIVE and obj.thing is not None and obj.mark == "t":
            who = replace(who, negated=who.negated or obj.negated)
        link = instruments(scan, self.context, hit, obj, who, end)
        if not link.ids and obj.mark == "a" and (body := self._out_of(hit)) is not None:
            link = Link((body,), OBJECT)
        frame = Frame(hit, used, who, obj, link, begin, end, dated=bool(scan.whens))
        frame.speaker, frame.report = speaker(scan, self.context, hit.i, self.reports)
        if (
            frame.report is None
            and frame.speaker == AUTHOR
            and self.context.continues
            and ("had" in used.auxiliaries or "would" in used.auxiliaries)
        ):
            frame.speaker = self.context.continues
        frame.how = mood(scan, self.context, used, who, frame.report, frame.speaker if frame.report else "")
        return frame

    def _out_of(self, hit: Hit) -> str | None:
        """What a state is taken out of, where that is an organisation: the treaty that founded it."""
        actor = self.scan.actor_at(hit.j + 1) or self.scan.actor_at(hit.j + 2)
        if self.scan.low(hit.j) != "of" or actor is None or actor.role != ORGANISATION:
            return None
        return self.context.founding(actor.codes[0])

    def put(
        self,
        frame: Frame,
        event: str,
        ids: tuple[str, ...],
        actors: tuple[str, ...],
        *,
        target: tuple[str, ...] = (),
        start: int | None = None,
        stop: int | None = None,
        dated: bool = True,
        attributive: bool = False,
    ) -> None:
        """Add a claim for each instrument of `ids`.

        Its span is tokens [start, stop), by default the trigger. `dated` false leaves its date open; `attributive` lets the
        date in an instrument's name ("the accord of 1990 was signed") date it.
        """
        scan = self.scan
        first = scan.words[frame.hit.i if start is None else start]
        last = scan.words[(frame.hit.j if stop is None else stop) - 1]
        when = self._date(frame, event, attributive) if dated else frame.when
        how, when, actors = self._in_report(frame, event, when, actors)
        if when is None and dated and self.context.opened is not None and is_done(how) and frame.report is None:
            when = self.context.opened
        modality, value, shape = self._resolved(frame, event, how, when)
        actors = self.context.named(actors)
        speaker = self._speaker(frame, event, actors, modality)
        for name in ids:
            known = self.context.known(name)
            who = actors
            if name != ANY and known is not None and known.bilateral:
                who, target = self._two(known.parties, event, actors, target)
            elif with_one((name,)) and not target:
                target = self._other_side(name)
            confidence = {OBJECT: 0.9, TOPIC: 0.6}.get(frame.link.how, 0.75)
            if frame.who.kind in ("other", "missing") and event not in ("sign", "enter_into_force"):
                confidence -= 0.1
            self.claims.append(
                Claim(
                    start=first.start,
                    end=last.end,
                    text="",
                    event=event,
                    instrument=name,
                    actors=tuple(dict.fromkeys(who)),
                    target=tuple(dict.fromkeys(self.context.named(target))),
                    date=value,
                    precision=shape,
                    speaker=speaker,
                    modality=modality,
                    polarity="negated" if how.negated else "affirmed",
                    confidence=max(confidence, 0.1),
                )
            )
        self.last_event = event
        if actors and frame.used.voice != PASSIVE:
            self.context.acted(actors)

    def _date(self, frame: Frame, event: str, attributive: bool) -> When | None:
        """The date of an event: in its clause, before it, with the report it stands in, or asked for in a question before."""
        scan, told = self.scan, frame.report
        before = told.at if told is not None and told.at < told.begin <= frame.hit.i else -1
        when = when_of(scan, frame.hit, frame.used, frame.begin, frame.end, self.verbs(), before)
        if when is not None and when.j <= before + 1:
            when = None
        to = frame.used.to
        if when is not None and to is not None and when.j <= to and any(h.i < when.i for h in self.verbs()):
            when = None  # "voted on Thursday to leave": the day is the vote's
        when = when or frame.when
        if when is None and attributive:
            when = next((w for w in scan.whens if w.attributive and w.j <= frame.hit.i), None)
        if when is None and told is not None and told.when is not None and self._announced(frame, event):
            when = told.when
        if when is None and self.context.asked is not None and not self.claims:
            when, self.context.asked = self.context.asked, None
        return when

    def _in_report(
        self, frame: Frame, event: str, when: When | None, actors: tuple[str, ...]
    ) -> tuple[Mood, When | None, tuple[str, ...]]:
        """Mood, date and actors where to say so is to do so: a suspension is done by announcing it."""
        how, told = frame.how, frame.report
        if told is None:
            return how, when, actors
        if (
            told.when is not None
            and how.modality == "planned"
            and not how.negated
            and event in ("suspend", "resume", "cease_implementation")
            and (when is None or when is told.when)
            and (not actors or any(c in told.codes for c in actors))
        ):
            actors = actors or self.states(told.codes)
            how, when = replace(how, modality="done"), told.when
        if told.when is not None and how.modality == "planned" and "immediate" in self.scan.lows[frame.hit.j :]:
            how, when = replace(how, modality="done"), told.when
        if frame.used.voice == PASSIVE and not actors and event in ("suspend", "terminate", "resume"):
            actors = self.states(told.codes)[:1]
        return how, when, actors

    def states(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Those of some codes that are states."""
        return tuple(c for c in codes if c in self.context.lexicon.states)

    def _resolved(self, frame: Frame, event: str, how: Mood, when: When | None) -> tuple[str, str | None, str]:
        """Modality, date and precision: what is told as done on a day to come is planned; moods without a date lose it."""
        modality = how.modality
        value, shape = when.value(modality == "planned") if when is not None else (None, "none")
        today = str(self.context.clock.today) if self.context.clock.today else None
        present = (
            frame.used.voice != PASSIVE and frame.used.trigger.form in (BASE, THIRD) and not frame.used.auxiliaries
        )
        if is_done(how) and when is not None and today:
            ahead = bool(when.ahead) and when.ahead != when.past and (when.ahead or "") > today
            if present and event != "suspend" and ahead and self.scan.low(when.j) != ":" and when.i > frame.hit.i:
                value, shape = when.value(True)
            if value and value[: len(today)] > today[: len(value)]:
                modality = "planned" if event != "suspend" or not present else modality
                if event == "suspend" and present:
                    value, shape = when.value(True)
            if (
                event == "suspend"
                and modality == "done"
                and when.ahead
                and self.scan.low(when.i - 1) == "from"
                and frame.used.trigger.form == THIRD
            ):
                value, shape = when.value(True)
        undated = modality in UNDATED or (how.negated and modality in ("done", "denied"))
        if undated and (when is None or when.relative or how.negated or when.j <= frame.hit.i):
            return modality, None, "none"
        return modality, value, shape

    def _announced(self, frame: Frame, event: str) -> bool:
        if frame.report is not None and frame.report.kind == "announce" and frame.how.modality == "done":
            return True
        return frame.how.modality == "done" and (frame.used.aspect == PROGRESSIVE or "would" in frame.used.auxiliaries)

    def _other_side(self, name: str) -> tuple[str, ...]:
        """The state after "with" in the words of an accord that no list knows."""
        other = (described(name) or "").rsplit(" with ", 1)[-1].split()[-1:]
        return next((a.codes for a in self.scan.actors if self.scan.words[a.j - 1].raw in other), ())

    def _two(
        self, parties: tuple[str, ...], event: str, actors: tuple[str, ...], target: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Actors and target of a step between two."""
        if event == "sign":
            return parties, ()
        if (
            event in ("terminate", "give_notice", "authorise_termination", "suspend", "withdraw", "object")
            and len(actors) == 1
        ):
            heirs = self.context.lexicon.heirs
            both = [heirs.get(p, p) if actors[0] != p else p for p in parties]
            other = tuple(p for p in both if p != actors[0])
            return actors, other if len(other) == 1 else target
        return actors, target

    def _speaker(self, frame: Frame, event: str, actors: tuple[str, ...], modality: str) -> str:
        how = frame.how
        if how.speaker:
            return how.speaker
        if event == "accuse" and len(actors) == 1 and frame.speaker in (AUTHOR, OTHER):
            return actors[0]
        if modality == "threatened" and actors and frame.speaker == AUTHOR:
            return actors[0]
        if (
            modality == "planned"
            and how.controller is not None
            and actors
            and len(actors) == 1
            and frame.speaker == AUTHOR
        ):
            word = self.scan.low(how.controller)
            if word in PROMISING:
                return actors[0]
        return frame.speaker


def _who_was_it(scan: Scan, hit: Hit) -> bool:
    """Does "became the first member to leave" tell who left rather than that it joined?"""
    apart = hit.gap is not None and any(w in ("first", "last", "only") for w in scan.lows[hit.gap[0] : hit.gap[1]])
    return apart and scan.low(hit.j) == "to"


def _not_all(scan: Scan, who: Subject, used: Verb) -> bool:
    """Is it said of not all of them ("not all thirty parties ratified it"), so that it is told of none?"""
    if "not" not in scan.lows:
        return False
    begin = max(0, min(who.at if who.at >= 0 else used.start, used.start) - 5)
    pairs = zip(scan.lows[begin : used.start], scan.lows[begin + 1 : used.start], strict=False)
    return any(one == "not" and two in ("all", "every", "each", "everyone", "everybody") for one, two in pairs)


def is_done(how: Mood) -> bool:
    """Is an event told as done, so that the date its paragraph opens with is its own?"""
    return how.modality == "done" and not how.negated


def founded(extraction: Extraction, frame: Frame) -> bool:
    """Did one of a frame's instruments found an organisation, so that leaving one is leaving the other?"""
    return any((k := extraction.context.known(i)) is not None and k.organisation for i in frame.link.ids)


def doers(extraction: Extraction, frame: Frame) -> tuple[str, ...]:
    """Who does what a verb tells: of a passive, those behind "by"."""
    if frame.used.voice == PASSIVE:
        return by_agent(extraction.scan, frame.hit, frame.end) or ()
    return actors_of(extraction.scan, extraction.context, frame.who, frame.used)


PASSIVE_OBJECTS = wordlist("frames.PASSIVE_OBJECTS")


def acceptable(extraction: Extraction, frame: Frame) -> bool:
    """Enough to say that a treaty is meant: an instrument in the clause, or a state doing what only states do."""
    if not frame.link.ids:
        return False
    if frame.link.how == OBJECT:
        return frame.who.kind != "person" or frame.used.voice == PASSIVE
    kind = frame.who.kind
    lemma = frame.used.trigger.lemma.split()[0]
    if kind in ("person", "other") and frame.used.voice != PASSIVE:
        return kind == "other" and frame.obj.mark == "t" and frame.who.text in LAW  # "the decree ended it"
    if kind == "missing" and frame.link.how == TOPIC and lemma in PLAIN:
        return False
    return not (frame.used.voice == PASSIVE and frame.obj.mark not in PASSIVE_OBJECTS)


def with_one(names: tuple[str, ...]) -> bool:
    """Are these accords that no list knows, told by their other side ("agreement with Sweden")?"""
    return bool(names) and all(" with " in (described(n) or "") for n in names)


def all_bilateral(context: Context, ids: tuple[str, ...]) -> bool:
    """Are these accords between two, or left open in a document about such?"""
    return bool(ids) and all(
        i == ANY or with_one((i,)) or ((k := context.known(i)) is not None and k.bilateral) for i in ids
    )
