"""From verbs to claims: which event a verb tells, of which instrument, by whom, toward whom, when, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from servanda.press import attribution
from servanda.press.attribution import Mood, Report
from servanda.press.claims import AUTHOR, OTHER, Claim
from servanda.press.context import ANY, Context
from servanda.press.grammar import CHAMBER, COLLECTIVE
from servanda.press.lexicon import CAPITAL, ORGANISATION, PERSON
from servanda.press.links import (
    OBJECT,
    TOPIC,
    Link,
    actors_of,
    by_agent,
    doer,
    instruments,
    owner,
    target_after,
    when_of,
)
from servanda.press.objects import STEPS, Object, object_of
from servanda.press.scan import Hit, Scan, groups
from servanda.press.syntax import (
    GERUND,
    INFINITIVE,
    NOMINAL,
    PASSIVE,
    PROGRESSIVE,
    Subject,
    Verb,
    clause_end,
    clause_start,
    verb,
)

# verbs of everyday use: a step in the life of a treaty only where the object or a state as subject says so
PLAIN = frozenset(
    (
        "leave exit quit drop sign end stop approve pass adopt vote agree accept support back clear join enter reject "
        "refuse offer send present submit hand publish give make come return halt freeze break apply lapse expire "
        "receive support advance post table float launch suggest void"
    ).split()
)
NO_PASSIVE = frozenset(
    [
        "leave",
        "quit",
        "exit",
        "join",
        "vote",
        "accede",
        "return",
        "come back",
        "go back",
        "follow",
        "object",
        "come out",
        "bind",
    ]
)
# phrases that hold their own object
COMPLETE = frozenset(
    (
        "notice objection declaration reservation moratorium approval consent assent backing blessing light nod law "
        "decree bill signature party member parties members force effect suspension data information inspections "
        "rights obligations signatures names ratification exit withdrawal departure signing favour favor"
    ).split()
)
EFFECT = frozenset(
    [
        "take effect",
        "become effective",
        "enter into force",
        "come into force",
        "come into effect",
        "go into effect",
        "become operative",
        "apply",
        "enter into effect",
        "become law",
    ]
)
REFUSING = frozenset(
    (
        "failed refused declined neglected fails refuses declines failure refusal refusing failing declining fail "
        "refuse decline"
    ).split()
)
STARTED = ("withdraw", "give_notice", "suspend", "terminate")
LAWLIKE = frozenset(["order", "decree", "law", "resolution", "edict", "bill", "act"])


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


class Reading:
    """One sentence being read in its document."""

    def __init__(self, scan: Scan, context: Context) -> None:
        self.scan, self.context = scan, context
        self.reports = attribution.reports(scan, context)
        self.used: list[tuple[Hit, Verb]] = []
        for hit in scan.hits:
            used = verb(scan, hit)
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
        obj = object_of(scan, hit, used, who, end)
        if used.voice == PASSIVE and obj.thing is not None and obj.mark == "t":
            who = replace(who, negated=who.negated or obj.negated)
        link = instruments(scan, self.context, hit, obj, who, end)
        frame = Frame(hit, used, who, obj, link, begin, end, dated=bool(scan.whens))
        frame.speaker, frame.report = attribution.speaker(scan, self.context, hit.i, self.reports)
        if (
            frame.report is None
            and frame.speaker == AUTHOR
            and self.context.continues
            and ("had" in used.auxiliaries or "would" in used.auxiliaries)
        ):
            frame.speaker = self.context.continues
        frame.how = attribution.mood(scan, self.context, used, who, frame.report, frame.speaker if frame.report else "")
        return frame

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
        """Add a claim for each instrument."""
        scan = self.scan
        first, last = (
            scan.words[frame.hit.i if start is None else start],
            scan.words[(frame.hit.j if stop is None else stop) - 1],
        )
        how = frame.how
        planned = how.modality in ("planned",)
        before = frame.report.at if frame.report is not None and frame.report.at < frame.hit.i else -1
        when = when_of(scan, frame.hit, frame.used, frame.begin, frame.end, self.verbs(), before) if dated else None
        if when is not None and before >= 0 and when.j <= before + 1:
            when = None
        if when is None and dated and attributive:
            when = next((w for w in scan.whens if w.attributive and w.j <= frame.hit.i), None)
        if (
            when is None
            and dated
            and frame.report is not None
            and frame.report.when is not None
            and self._announced(frame, event)
        ):
            when = frame.report.when
        if when is None and dated and self.context.asked is not None and not self.claims:
            when, self.context.asked = self.context.asked, None
        if (
            frame.report is not None
            and frame.report.when is not None
            and how.modality == "planned"
            and not how.negated
            and event in ("suspend", "resume", "cease_implementation")
            and (when is None or when is frame.report.when)
        ):
            own = [c for c in actors if c in frame.report.codes] or not actors
            if own:
                actors = actors or tuple(c for c in frame.report.codes if len(c) == 3)
                how = replace(how, modality="done")
                planned, when = False, frame.report.when
        if (
            frame.used.voice == PASSIVE
            and not actors
            and frame.report is not None
            and event in ("suspend", "terminate", "resume")
        ):
            actors = tuple(c for c in frame.report.codes if len(c) == 3 and c != "UN")[:1]
        if when is None and dated and self.context.opened is not None and modality_of(how) and frame.report is None:
            when = self.context.opened
        value, shape = when.value(planned) if when is not None else (None, "none")
        modality = how.modality
        today = str(self.context.clock.today) if self.context.clock.today else None
        if modality == "done" and not how.negated and when is not None and today:
            present = (
                frame.used.voice != PASSIVE
                and frame.used.trigger.form in ("base", "third")
                and not frame.used.auxiliaries
            )
            if (
                present
                and event != "suspend"
                and when.ahead
                and when.ahead > today
                and when.ahead != when.past
                and scan.low(when.j) != ":"
                and when.i > frame.hit.i
            ):
                value, shape = when.value(True)
            if value and value[: len(today)] > today[: len(value)]:
                modality = "planned" if event != "suspend" or not present else modality
                if event == "suspend" and present:
                    value, shape = when.value(True)
        if (
            event == "suspend"
            and modality == "done"
            and when is not None
            and when.ahead
            and today
            and not how.negated
            and scan.low(when.i - 1) == "from"
            and frame.used.trigger.form == "third"
        ):
            value, shape = when.value(True)
        if modality in ("urged", "hypothetical", "threatened", "reported_opinion") or (
            how.negated and modality in ("done", "denied")
        ):
            if not (how.negated and modality == "done" and event in ("decline_to_ratify",)) and not _keeps_date(
                frame, event, modality
            ):
                value, shape = None, "none"
        speaker = self._speaker(frame, event, actors, modality)
        for name in ids:
            known = self.context.known(name)
            who = actors
            if name != ANY and known is not None and known.bilateral:
                who, target = self._two(known.parties, event, actors, target)
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
                    target=tuple(dict.fromkeys(target)),
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

    def _announced(self, frame: Frame, event: str) -> bool:
        if frame.report is not None and frame.report.kind == "announce" and frame.how.modality == "done":
            return True
        return frame.how.modality == "done" and (
            frame.used.aspect in (PROGRESSIVE,) or "would" in frame.used.auxiliaries
        )

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
            heirs = {"SUN": "RUS"}
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


PROMISING = frozenset(
    (
        "promised pledged vowed promises pledges vows promising pledging intends intended intend plans planned plan "
        "decided decides undertook agreed wants wanted"
    ).split()
)


def modality_of(how: Mood) -> bool:
    """Is an event told as done, so that the date its paragraph opens with is its own?"""
    return how.modality == "done" and not how.negated


def _keeps_date(frame: Frame, event: str, modality: str) -> bool:
    return False


def read_verbs(reading: Reading) -> None:
    """Claims told by the verbs of a sentence."""
    skip = -1
    for n, (hit, used) in enumerate(reading.used):
        if used.voice == NOMINAL or hit.i < skip or hit.i in reading.consumed:
            continue
        frame = reading.frame(hit, used)
        if frame.who.kind == "indefinite":
            continue
        if used.trigger.takes("y"):
            skip = max(skip, _authorise(reading, frame, n))
            if skip > hit.i:
                continue
        _read(reading, frame)


def _read(reading: Reading, frame: Frame) -> None:
    """Pick the event a verb tells here, if any, and put the claim."""
    trigger, obj = frame.used.trigger, frame.obj
    events = trigger.events_of()
    if "enter_into_force" in events:
        _effect(reading, frame)
        return
    if "accuse" in events and _accuse(reading, frame):
        return
    if trigger.takes("w") and "give_notice" in events:
        _notify(reading, frame)
        return
    mark = obj.mark
    if mark == "d" and trigger.takes("d"):
        _deposit(reading, frame)
        return
    if mark in ("n", "d") and "give_notice" in events:
        _notice(reading, frame)
        return
    if trigger.takes("f") and _draft(reading, frame):
        return
    event = trigger.takes(mark)
    if event is None and len(trigger.lemma.split()) > 1 and trigger.lemma.split()[-1] in COMPLETE:
        event = events[0]
    if used_wrongly(frame):
        return
    if event is None and "succeed" in events and obj.preposition == "to":
        event = "succeed"
    if event is None and frame.hit.gap is not None and "provisionally_apply" in events:
        event = "provisionally_apply"
    if event is None and mark == "t" and trigger.takes("b") and _founded(reading, frame):
        event = trigger.takes("b")
    if (
        event is None
        and mark == "p"
        and trigger.takes("t")
        and obj.head in ("implementation", "provisions", "application")
    ):
        event = trigger.takes("t")
    if (event is None and mark == "e") or (
        event is None and mark in ("w", "l", "x") and "object" in events and obj.head in STEPS
    ):
        event = "object"
    if event is None:
        if mark in ("a", "f") and frame.obj.preposition in ("in", "to") and trigger.takes("o"):
            event = trigger.takes("o")
        elif mark == "a" and event is None and frame.used.voice == PASSIVE and trigger.takes("t"):
            return
    if event is None:
        return
    HANDLERS.get(event, _step)(reading, frame, event)


def used_wrongly(frame: Frame) -> bool:
    """A passive of a verb that has none in this sense, or what holds in general rather than happened."""
    if frame.used.voice == PASSIVE and frame.used.trigger.lemma in NO_PASSIVE:
        return True
    thing = frame.obj.thing
    if thing is not None and thing.generic and thing.indefinite and not thing.ids and frame.how.modality != "done":
        return True
    general = (
        frame.used.trigger.form in ("base", "third") and not frame.used.auxiliaries and frame.used.aspect == "finite"
    )
    return general and frame.who.kind in ("collective", "indefinite") and not frame.dated


def _founded(reading: Reading, frame: Frame) -> bool:
    return any((k := reading.context.known(i)) is not None and k.organisation for i in frame.link.ids)


def _acceptable(reading: Reading, frame: Frame) -> bool:
    """Enough to say that a treaty is meant: an instrument in the clause, or a state doing what only states do."""
    if not frame.link.ids:
        return False
    if frame.link.how in (OBJECT,):
        return frame.who.kind not in ("person",) or frame.used.voice == PASSIVE
    kind = frame.who.kind
    lemma = frame.used.trigger.lemma.split()[0]
    if kind in ("person", "other") and frame.used.voice != PASSIVE:
        return False
    if kind == "missing" and frame.link.how == TOPIC and lemma in PLAIN:
        return False
    if frame.used.voice == PASSIVE and frame.obj.mark not in ("t", "p", "l", "s", "n", "d", "o", "f", "w"):
        return False
    return True


def _step(reading: Reading, frame: Frame, event: str) -> None:
    """Withdrawal, suspension, termination, resumption and the like: a state does something to an instrument."""
    context, scan = reading.context, reading.scan
    if not _acceptable(reading, frame):
        return
    if (
        frame.who.text in ("side", "sides")
        and frame.link.ids
        and (known := context.known(frame.link.ids[0])) is not None
        and len(known.parties) == 2
    ):
        frame.who = replace(frame.who, kind="actor", codes=known.parties)
    if frame.used.aspect == GERUND and scan.low(frame.used.start - 1) in ("without", "than"):
        return
    if (
        event == "resume"
        and frame.link.ids
        and (k := context.known(frame.link.ids[0])) is not None
        and k.organisation
        and frame.used.trigger.lemma in ("return", "come back", "go back", "get back")
    ):
        event = "join_organisation"
    if (
        frame.used.aspect == GERUND
        and scan.low(frame.used.start - 1) in ("on", "about", "of")
        and any(w in LAWLIKE for w in scan.lows[max(0, frame.used.start - 3) : frame.used.start])
    ):
        return
    if (
        frame.obj.mark == "o"
        and frame.link.how == TOPIC
        and frame.who.kind not in ("actor", "institution", "pronoun", "collective")
    ):
        if event not in ("terminate",) or frame.used.voice == PASSIVE:
            return
    actors = (
        actors_of(scan, context, frame.who, frame.used)
        if frame.used.voice != PASSIVE
        else (by_agent(scan, frame.hit, frame.end) or ())
    )
    target = target_after(scan, frame.hit, frame.end)
    ids = frame.link.ids
    if event == "withdraw" and _all_bilateral(context, ids) and ids:
        event = "terminate"
    if frame.used.trigger.lemma == "lift" and frame.obj.head not in ("suspension", "moratorium", "freeze"):
        return
    if (
        frame.how.controller is not None and scan.low(frame.how.controller) in ("vote", "votes", "voted", "voting")
    ) or scan.low((frame.used.to or 0) - 1) in ("vote", "votes", "voted"):
        return
    if scan.low(frame.hit.i) in ("walk", "walked", "walks", "walking") and frame.used.trigger.lemma == "walk":
        if frame.obj.mark != "t" or frame.obj.preposition != "from":
            return
    if event == "terminate" and frame.used.trigger.lemma in ("lapse", "expire", "run out"):
        actors = ()
        if frame.who.kind not in ("thing", "pronoun", "collective"):
            return
    if (
        event in ("terminate", "suspend")
        and not actors
        and (frame.who.text in LAWLIKE or (frame.used.voice == PASSIVE and _all_bilateral(context, ids)))
    ):
        anchor = context.anchor()
        known = context.known(ids[0])
        if event == "suspend":
            actors = context.institution(scan, frame.hit.i)
        elif (
            known is not None
            and (
                anchor in known.parties
                or anchor in dict(known.heirs).values()
                or ("SUN" in known.parties and anchor == "RUS")
            )
        ) or ids == (ANY,):
            actors = (anchor,) if anchor else ()
    if (
        event == "terminate"
        and frame.used.voice != PASSIVE
        and not actors
        and frame.who.kind in ("other", "missing", "thing", "person")
    ):
        if frame.used.aspect != GERUND:
            return
    if (
        event == "terminate"
        and not _all_bilateral(context, ids)
        and ids != (ANY,)
        and actors
        and frame.used.trigger.lemma not in ("end",)
    ):
        known = context.known(ids[0])
        if known is not None and not known.parties and len(actors) == 1:
            event = "withdraw" if frame.used.trigger.lemma in ("scrap", "tear up", "rip up", "cancel") else event
    if (
        event == "suspend"
        and frame.obj.mark in ("p",)
        and frame.obj.head in ("implementation", "application", "obligations", "performance")
        and target
    ):
        event = "cease_implementation"
    if event == "dissolve" and frame.used.voice != PASSIVE and frame.used.trigger.lemma == "cease to exist":
        actors = ()
    reading.put(frame, event, ids, actors, target=target)


def _all_bilateral(context: Context, ids: tuple[str, ...]) -> bool:
    return bool(ids) and all(i == ANY or ((k := context.known(i)) is not None and k.bilateral) for i in ids)


def _sign(reading: Reading, frame: Frame, event: str) -> None:
    context, scan = reading.context, reading.scan
    if (
        frame.obj.mark == "o"
        and frame.who.kind == "institution"
        and frame.who.text in ("president", "king", "queen", "monarch", "head")
        and "domestic_approval" in (reading.last_event, context.last_event)
    ):
        if frame.how.modality == "urged":
            frame.how = Mood("planned", frame.how.negated)
        reading.put(frame, "domestic_approval", frame.link.ids, context.institution(scan, frame.who.at))
        return
    if frame.obj.mark == "l" or (
        ("signature" in frame.used.trigger.lemma or "name" in frame.used.trigger.lemma)
        and any(w in LAWLIKE for w in scan.lows[frame.hit.j : frame.hit.j + 4])
    ):
        _approve(reading, frame, "domestic_approval")
        return
    if frame.obj.mark == "s":
        return
    passive = frame.used.voice == PASSIVE
    when = when_of(scan, frame.hit, frame.used, frame.begin, frame.end, reading.verbs())
    year = int(when.past[:4]) if when is not None and when.past else None
    if frame.how.controller is not None and scan.low(frame.how.controller) in (
        "initiative",
        "proposal",
        "plan",
        "plans",
        "idea",
    ):
        return
    if frame.used.trigger.lemma == "date back" and frame.who.kind != "thing":
        return
    signed_with = context.signed_with(scan, frame.hit.j, frame.end, year)
    link = frame.link
    if signed_with and not any(t.partner for t in link.things):
        link = Link(signed_with, OBJECT)
    frame.link = link
    if not _acceptable(reading, frame):
        return
    if passive:
        agent = by_agent(scan, frame.hit, frame.end)
        actors = agent or ()
        if frame.obj.mark not in ("t", "o", "f"):
            if not (frame.obj.mark in ("x", "w") and frame.link.how == OBJECT):
                return
        if frame.obj.mark == "o" and link.how == TOPIC and not signed_with:
            return
    else:
        actors = actors_of(scan, context, frame.who, frame.used)
        if frame.obj.mark in ("o", "a") and not actors and frame.who.kind not in ("collective", "none"):
            return
        if frame.obj.mark == "o" and frame.obj.preposition in ("up", "off"):
            return
        if frame.obj.mark == "x":
            return
    reading.put(frame, "sign", link.ids, actors, attributive=True)


def _approve(reading: Reading, frame: Frame, event: str) -> None:
    """Votes, laws, decrees, bare ratification; refusal and absence of it."""
    context, scan = reading.context, reading.scan
    lemma = frame.used.trigger.lemma
    who = frame.who
    passive = frame.used.voice == PASSIVE
    actors = (by_agent(scan, frame.hit, frame.end) or ()) if passive else actors_of(scan, context, who, frame.used)
    if not frame.link.ids:
        return
    if lemma == "follow":
        if (who.kind == "institution" and reading.context.last_event == "domestic_approval") or (
            reading.last_event == "domestic_approval" and who.kind in ("institution", "actor")
        ):
            reading.put(frame, event, frame.link.ids, actors)
        return
    if (
        frame.used.aspect == GERUND
        and any(w in LAWLIKE for w in scan.lows[max(0, frame.hit.i - 7) : frame.hit.i])
        and not actors
    ):
        actors = context.institution(scan, frame.hit.i)
        chamber_law = True
    else:
        chamber_law = False
    if lemma == "ratify":
        if not _acceptable(reading, frame):
            return
        controlled = frame.how.controller is not None and scan.low(frame.how.controller) in REFUSING
        if (frame.how.negated or controlled) and frame.how.modality in ("done", "planned"):
            frame.how = Mood(frame.how.modality, False, frame.how.speaker, controller=frame.how.controller)
            reading.put(frame, "decline_to_ratify", frame.link.ids, actors, dated=not passive)
            return
        if not actors and scan.low(frame.begin - 1) in ("when", "once", "until", "if", "after"):
            return
        reading.put(frame, event, frame.link.ids, actors)
        return
    if chamber_law:
        reading.put(frame, event, frame.link.ids, actors)
        return
    if (
        passive
        and frame.used.reduced
        and frame.obj.mark in ("t", "l")
        and any(w in CHAMBER for w in scan.lows[frame.begin : frame.obj.i])
    ):
        reading.put(frame, event, frame.link.ids, context.institution(scan, frame.obj.i))
        return
    chamber = who.kind == "institution" or (
        who.kind == "actor"
        and (
            any(a.role in (PERSON, CAPITAL, "body") for a in who.actors)
            or any(w in CHAMBER or w in INSTITUTIONS for w in _subject_words(scan, who, frame.used.start))
        )
    )
    if lemma in (
        "agree",
        "vote",
        "accept",
        "support",
        "back",
        "clear",
        "endorse",
        "pass",
        "adopt",
        "consent",
        "assent",
        "approve",
        "enact",
    ):
        if not passive and not chamber:
            if not (
                frame.obj.mark in ("l", "t", "w")
                and who.kind == "actor"
                and lemma in ("approve", "endorse", "pass", "adopt", "enact")
            ):
                return
        if lemma in ("agree",) and not (
            frame.obj.mark == "o"
            and frame.how.modality in ("hypothetical", "planned", "done")
            and who.kind == "institution"
        ):
            return
        if lemma in ("pass", "adopt", "accept", "support", "enact") and frame.obj.mark not in ("l", "w"):
            pronoun = frame.obj.mark == "t" and frame.obj.thing is None
            laws = (
                any(w in LAWLIKE or w == "document" for w in scan.lows[frame.begin : frame.hit.i])
                or reading.last_event == event
            )
            if not (pronoun or (laws and frame.obj.mark == "o") or (frame.obj.mark == "t" and chamber)):
                return
        if passive and lemma in ("pass", "adopt", "accept", "support", "back", "clear") and frame.obj.mark != "l":
            return
        if frame.obj.mark == "t" and lemma in ("adopt",) and frame.obj.thing is not None and not chamber:
            return
        if lemma == "vote" and frame.obj.preposition == "against":
            return
        if not _about_treaty(reading, frame):
            return
    if frame.obj.mark == "x":
        return
    if passive and frame.obj.mark == "l" and not actors:
        actors = context.institution(scan, frame.hit.i) if frame.obj.actor is None else frame.obj.actor.codes
        owners = owner(scan, context, Hit(frame.obj.j - 1, frame.obj.j, ()))
        actors = owners or actors
    reading.put(frame, event, frame.link.ids, actors)


INSTITUTIONS = frozenset(
    ("president government cabinet chamber chambers parliament house senate assembly council deputies").split()
)


def _subject_words(scan: Scan, who: Subject, start: int) -> list[str]:
    begin = who.actors[0].i if who.actors else who.at
    return scan.lows[max(0, begin - 3) : start]


def _about_treaty(reading: Reading, frame: Frame) -> bool:
    """Is a vote or law about an instrument: named in the sentence, or the document's one matter?"""
    return frame.link.how != TOPIC or bool(reading.context.count)


def _deposit(reading: Reading, frame: Frame) -> None:
    """An instrument of ratification or accession deposited; where the talk is of leaving, a notice."""
    context, scan = reading.context, reading.scan
    window = scan.lows[max(0, frame.begin - 1) : frame.end + 1]
    passive = frame.used.voice == PASSIVE
    if passive:
        actors = _handed(reading, frame)
    else:
        actors = actors_of(scan, context, frame.who, frame.used)
        if frame.used.trigger.lemma == "receive":
            actors = (
                owner(scan, context, Hit(frame.obj.j - 1, frame.obj.j, ()))
                or tuple(
                    c for a in scan.actors if frame.hit.j <= a.i < frame.end and a.role != ORGANISATION for c in a.codes
                )[:1]
            )
    leaving = any(w in window for w in ("withdrawal", "denunciation", "renunciation"))
    joining = any(
        w in window for w in ("ratification", "accession", "acceptance", "approval", "succession", "ratifications")
    )
    if not frame.link.ids:
        return
    if not joining and (leaving or reading.context.leaving):
        reading.put(frame, "give_notice", frame.link.ids, actors)
        return
    if not joining and frame.obj.head in ("papers", "document", "documents"):
        return
    span = next(
        (
            h
            for h, u in reading.used
            if u.voice == NOMINAL and "deposit" in u.trigger.events_of() and h.i >= frame.hit.i
        ),
        None,
    )
    reading.put(
        frame,
        "deposit",
        frame.link.ids,
        actors,
        start=frame.hit.i if span is None or span.i - frame.hit.j < 3 else span.i,
        stop=span.j if span is not None and span.j <= frame.end else None,
    )


def _handed(reading: Reading, frame: Frame) -> tuple[str, ...]:
    """Whose paper was deposited, where the verb is passive; "together with those of" adds others."""
    context, scan = reading.context, reading.scan
    actors = by_agent(scan, frame.hit, frame.end) or owner(scan, context, Hit(frame.obj.i, frame.obj.j, ()))
    told = reading.claims[-1:] or context.last
    if (
        not actors
        and told
        and told[0].actors
        and told[0].event in ("withdraw", "terminate", "suspend", "domestic_approval", "give_notice")
    ):
        actors = told[0].actors
    actors = actors or context.institution(scan, frame.hit.i)
    those = next(
        (
            i
            for i, w in enumerate(scan.lows)
            if w in ("those", "that") and i > frame.hit.j and "with" in scan.lows[frame.hit.j : i]
        ),
        None,
    )
    if those is not None:
        row = groups([a for a in scan.actors if a.i > those], scan)
        actors += tuple(c for a in (row[0] if row else []) for c in a.codes)
    return actors


def _notice(reading: Reading, frame: Frame) -> None:
    """A notice handed over, delivered, lodged, received."""
    context, scan = reading.context, reading.scan
    window = scan.lows[frame.begin : min(len(scan.lows), frame.end + 6)]
    event = "give_notice"
    if any(w in ("accession", "ratification", "ratified") for w in window):
        return
    if any(w in ("suspension", "suspend", "suspending") for w in window) and not any(
        w in ("withdrawal", "withdraw") for w in window
    ):
        event = "suspend"
    if frame.obj.head in (
        "letter",
        "letters",
        "note",
        "memorandum",
        "communication",
        "instrument",
        "instruments",
    ) and not (context.leaving or any(w.startswith(("withdraw", "denounc", "terminat")) for w in window)):
        return
    if frame.obj.head in ("notice", "notification", "notices") and not (
        context.leaving or any(w.startswith(("withdraw", "denounc", "leav", "terminat")) for w in window)
    ):
        return
    passive = frame.used.voice == PASSIVE
    if passive:
        actors = _handed(reading, frame)
    else:
        actors = actors_of(scan, context, frame.who, frame.used)
        if frame.used.trigger.lemma == "receive":
            actors = owner(scan, context, Hit(frame.obj.j - 1, frame.obj.j, ()))
    if not actors:
        return
    frame.how.negated = frame.how.negated or frame.obj.negated or (frame.obj.head == "none")
    if not frame.link.ids:
        return
    reading.put(
        frame,
        event,
        frame.link.ids,
        actors,
        stop=frame.obj.j
        if frame.used.voice != PASSIVE and frame.obj.j - frame.hit.j < 5 and frame.obj.j > frame.hit.j
        else None,
    )


def _notify(reading: Reading, frame: Frame) -> None:
    """Somebody notifies the depositary or the others that it withdraws, suspends, terminates."""
    context, scan = reading.context, reading.scan
    window = scan.lows[frame.hit.j : min(len(scan.lows), frame.end + 14)]
    passive = frame.used.voice == PASSIVE
    lemma = frame.used.trigger.lemma
    recipient = any(
        w in ("depositary", "depositaries", "parties", "secretary", "nations", "signatories", "partners", "side", "un")
        for w in window[:9]
    ) or any(a.role == ORGANISATION for a in scan.actors if frame.hit.j <= a.i < frame.hit.j + 6)
    leaves = any(
        w.startswith(("withdraw", "leav", "denounc", "exit", "quit")) or w in ("pulling", "departure") for w in window
    )
    suspends = any(w.startswith(("suspen", "moratori", "freez")) for w in window)
    ends = any(w.startswith(("terminat", "cancel")) or w == "end" for w in window)
    written = "writing" in window[:8]
    if lemma == "tell" and not (written or (recipient and (leaves or suspends))):
        return
    if lemma == "inform" and not (recipient or leaves or suspends or ends):
        return
    if not (leaves or suspends or ends or context.leaving):
        return
    if passive:
        recipient = recipient or frame.who.kind in ("actor", "institution", "other", "collective")
        actors = by_agent(scan, frame.hit, frame.end) or context.subjects or context.institution(scan, frame.hit.i)
        if frame.who.kind == "actor" and frame.who.codes and frame.who.codes[0] in actors:
            return
    else:
        actors = actors_of(scan, context, frame.who, frame.used)
    if not recipient and lemma != "notify":
        return
    if not frame.link.ids or not actors:
        return
    if frame.used.aspect == INFINITIVE and frame.how.modality == "planned" and "told" in scan.lows:
        return
    event = "give_notice"
    if suspends and not leaves:
        event = "suspend"
    elif ends and not leaves and _all_bilateral(context, frame.link.ids):
        event = "give_notice"
    reading.put(frame, event, frame.link.ids, actors)


def _effect(reading: Reading, frame: Frame) -> None:
    """Entry into force, or the effect of a withdrawal or suspension, by what the subject is."""
    context, scan = reading.context, reading.scan
    lemma = frame.used.trigger.lemma
    left = max(0, clause_start(scan, frame.used.start))
    if scan.low(left - 1) in ("which", "that"):
        left = max(0, left - 4)
    region = range(left, frame.used.start)
    noun = next(
        (
            h
            for h, u in reversed(reading.used)
            if u.voice == NOMINAL
            and h.i in region
            and u.trigger.events_of()[0]
            in ("withdraw", "suspend", "terminate", "accede", "give_notice", "join_organisation")
        ),
        None,
    )
    event = "enter_into_force"
    start = None
    actors: tuple[str, ...] = ()
    if (noun is None and frame.who.kind in ("pronoun",)) or (frame.who.kind in ("other", "missing") and noun is None):
        told = reading.last_event or context.last_event
        if frame.who.kind == "other" and frame.who.text not in (
            "decision",
            "move",
            "step",
            "exit",
            "measure",
            "letter",
            "departure",
            "process",
            "denouncement",
            "withdrawals",
            "exits",
            "ban",
            "law",
            "change",
        ):
            if scan.thing_at(frame.who.at) is None:
                return
        if frame.who.kind == "other" and frame.who.text in (
            "denouncement",
            "withdrawals",
            "exits",
            "departure",
            "exit",
        ):
            event = "withdraw"
        elif frame.who.kind == "other" and frame.who.text in ("law", "change"):
            return
        elif told in ("withdraw", "give_notice") and (
            frame.who.kind != "pronoun" or told == "give_notice" or frame.how.modality == "planned"
        ):
            event = "withdraw"
        elif told == "suspend" and frame.who.kind != "pronoun":
            event = "suspend"
        if event != "enter_into_force":
            actors = context.subjects
    elif noun is not None:
        used = next(u for h, u in reading.used if h is noun)
        event = used.trigger.events_of()[0]
        event = "withdraw" if event == "give_notice" else event
        actors = owner(scan, context, noun) or context.subjects
        start = noun.i if frame.hit.i - noun.j < 3 else None
        reading.consumed.add(noun.i)
    if lemma in ("apply", "bind") and event == "enter_into_force":
        bound = (
            frame.obj.actor.codes
            if frame.obj.actor is not None
            else context.subjects
            if frame.obj.head == "country"
            else ()
        )
        if lemma == "apply" or not bound or frame.who.kind not in ("thing", "other") or not scan.whens:
            return
        reading.put(frame, event, frame.link.ids, tuple(c for c in bound if len(c) == 3))
        return
    if (
        lemma in ("become law", "put into force", "bring into force")
        and event == "enter_into_force"
        and frame.who.kind == "other"
    ):
        return
    if frame.who.kind in ("actor", "person") and lemma not in ("put into force", "bring into force") and noun is None:
        if lemma in ("enter into force", "come into force", "take effect") and frame.link.how in (OBJECT, "clause"):
            pass
        else:
            return
    if not frame.link.ids:
        return
    if event == "enter_into_force":
        for k in range(frame.hit.j, min(frame.end, frame.hit.j + 3)):
            if scan.lows[k] == "for":
                actor = scan.actor_at(k + 1) or scan.actor_at(k + 2)
                if actor is not None and actor.role != ORGANISATION:
                    actors = actor.codes
    until = next(
        (x for x in range(frame.hit.j, min(len(scan.lows), frame.hit.j + 3)) if scan.lows[x] in ("until", "before")),
        None,
    )
    if frame.how.negated and until is not None and scan.when_at(until + 1) is not None:
        frame.how = Mood("planned", False)
    if (
        event == "enter_into_force"
        and frame.how.modality == "hypothetical"
        and frame.how.negated
        and scan.low(frame.used.start) in ("could", "cannot", "can")
    ):
        frame.how = Mood("done", True)
    reading.put(frame, event, frame.link.ids, actors, start=start)


def _accuse(reading: Reading, frame: Frame) -> bool:
    """Accusations of breach, in so many words or by "violated". True where the verb was dealt with."""
    context, scan = reading.context, reading.scan
    lemma = frame.used.trigger.lemma
    if lemma in ("accuse", "charge"):
        of = next(
            (x for x in range(frame.hit.j, min(len(scan.lows), frame.hit.j + 16)) if scan.low(x) in ("of", "with")),
            None,
        )
        if frame.used.voice == PASSIVE:
            target = actors_of(scan, context, frame.who, frame.used)
            actors = by_agent(scan, frame.hit, frame.end) or ()
        else:
            stop = of if of is not None else frame.end
            target = tuple(
                dict.fromkeys(c for a in scan.actors if frame.hit.j <= a.i < stop for c in a.codes if c != "*ALLIES")
            )
            actors = actors_of(scan, context, frame.who, frame.used)
        if not frame.link.ids or of is None or not (target or actors):
            return True
        rest = scan.lows[of:]
        treaty = any(t.i > of for t in scan.things) or any(
            w in BREACH or w.startswith(("violat", "breach", "circumvent", "undermin", "flout", "cheat")) for w in rest
        )
        if not treaty and frame.link.how == TOPIC:
            return True
        if not treaty:
            return True
        for h, _ in reading.used:
            if h.i > frame.hit.i:
                reading.consumed.add(h.i) if h.i > of and any("accuse" in o.events_of() for o in h.options) else None
        reading.put(frame, "accuse", frame.link.ids, actors, target=target)
        return True
    if frame.used.voice == PASSIVE and frame.used.reduced:
        return True
    if lemma in ("honour", "honor", "comply") and not frame.how.negated:
        return True
    if frame.how.modality in ("urged", "planned", "hypothetical") and lemma not in ("contradict", "conflict"):
        return True
    mark = frame.obj.mark
    event = frame.used.trigger.takes(mark) == "accuse"
    about = (
        event
        or (
            mark == "x"
            and frame.link.how in (OBJECT, "clause")
            and lemma in ("circumvent", "violate", "flout", "breach")
        )
        or (mark == "x" and frame.link.how in (OBJECT, "clause") and frame.obj.head in BREACH)
        or (mark == "m")
    )
    if lemma in ("contradict", "conflict"):
        about = any(
            w in scan.lows[frame.hit.j : frame.end]
            for w in ("goals", "aims", "spirit", "purpose", "letter", "terms", "objectives")
        )
    if not about or not frame.link.ids:
        return True
    target = (
        (by_agent(scan, frame.hit, frame.end) or ())
        if frame.used.voice == PASSIVE
        else actors_of(scan, context, frame.who, frame.used)
    )
    if frame.who.kind in ("thing", "person", "indefinite"):
        return True
    if frame.who.kind == "other" and not target:
        target = tuple(dict.fromkeys(c for a in scan.actors if frame.begin <= a.i < frame.used.start for c in a.codes))
    if not target:
        return True
    accuser = frame.speaker if frame.speaker not in (AUTHOR, OTHER) else None
    actors = (accuser,) if accuser and accuser not in target else ()
    if frame.report is not None and frame.report.kind == "deny":
        frame.how = Mood("denied", True, frame.how.speaker)
        actors = ()
    else:
        frame.how = Mood("done", False, frame.how.speaker)
    reading.put(frame, "accuse", frame.link.ids, actors, target=target, dated=False)
    return True


BREACH = frozenset(
    (
        "breach violation violations obligations limits ceilings restrictions commitments terms provisions treaty "
        "pact accord agreement compliance non spirit rules cheating"
    ).split()
)


def _draft(reading: Reading, frame: Frame) -> bool:
    """Proposals and their rejection."""
    context, scan = reading.context, reading.scan
    obj = frame.obj
    drafts = tuple(i for i in frame.link.ids if context.is_draft(i))
    lemma = frame.used.trigger.lemma
    event = frame.used.trigger.takes("f") or ""
    if not drafts:
        topic = context.topic
        offered = obj.mark == "f" or (obj.thing is not None and obj.thing.draft)
        if (
            obj.mark in ("t", "f", "o", "x")
            and topic
            and context.is_draft(topic)
            and (offered or (obj.mark == "t" and obj.thing is None))
        ):
            drafts = (topic,) if not (obj.thing and obj.thing.ids) else obj.thing.ids
        elif (
            offered
            and obj.thing is not None
            and obj.thing.ids
            and obj.thing.generic
            and event == "propose"
            and obj.thing.draft
        ):
            return False
        else:
            return False
    if obj.mark in ("c", "a", "b", "p", "m", "s", "w", "n"):
        return False
    if obj.mark == "x" and frame.link.how != OBJECT:
        return False
    if frame.how.modality in ("hypothetical",):
        return True
    passive = frame.used.voice == PASSIVE
    actors = (
        (by_agent(scan, frame.hit, frame.end) or ()) if passive else actors_of(scan, context, frame.who, frame.used)
    )
    if not passive and not actors and frame.who.kind not in ("collective", "none"):
        return True
    if event == "propose":
        if lemma in (
            "present",
            "submit",
            "hand",
            "send",
            "publish",
            "post",
            "float",
            "draft",
            "prepare",
            "advance",
            "launch",
            "offer",
            "hand over",
        ) and obj.mark not in ("t", "f"):
            return True
        by = {c for i in drafts if (k := context.known(i)) is not None for c in k.by}
        if passive and not actors:
            actors = tuple(sorted(by))
        if actors and by and not set(actors) & by:
            return True
        reading.put(frame, "propose", drafts, actors)
        return True
    addressees = [c for i in drafts if (k := context.known(i)) is not None for c in k.to]
    if set(actors) and len(drafts) > 1 and addressees:
        for name in drafts:
            known = context.known(name)
            to = known.to if known is not None else ()
            reading.put(frame, "reject", (name,), tuple(c for c in actors if c in to) or actors)
        return True
    reading.put(frame, "reject", drafts, actors)
    return True


def _rejected(reading: Reading, frame: Frame, event: str) -> None:
    """A treaty voted down or rejected by a state that might have joined it; a step of another's rejected is an objection."""
    context, scan = reading.context, reading.scan
    if not _acceptable(reading, frame) or frame.obj.mark == "c":
        return
    if frame.used.trigger.lemma == "vote":
        return
    passive = frame.used.voice == PASSIVE
    actors = (
        (by_agent(scan, frame.hit, frame.end) or ()) if passive else actors_of(scan, context, frame.who, frame.used)
    )
    if not actors or frame.how.modality in ("hypothetical", "urged"):
        return
    reading.put(frame, "decline_to_ratify", frame.link.ids, actors)


def _object(reading: Reading, frame: Frame, event: str) -> None:
    context, scan = reading.context, reading.scan
    if not frame.link.ids or (frame.used.voice == PASSIVE and frame.who.kind == "missing"):
        return
    actors = actors_of(scan, context, frame.who, frame.used)
    if not actors:
        return
    target = tuple(
        dict.fromkeys(
            c
            for a in scan.actors
            if frame.hit.j <= a.i < frame.end + 4 and a.role != ORGANISATION
            for c in a.codes
            if c not in actors
        )
    )
    if not target:
        others = [c for c in context.recent if c not in actors]
        target = tuple(others[-1:])
    reading.put(frame, "object", frame.link.ids, actors, target=target)


def _join(reading: Reading, frame: Frame, event: str) -> None:
    """Joining a treaty, or the organisation it founded."""
    context, scan = reading.context, reading.scan
    actors = (
        actors_of(scan, context, frame.who, frame.used)
        if frame.used.voice != PASSIVE or frame.who.kind == "actor"
        else ()
    )
    body = frame.obj.actor
    if event == "join_organisation" or body is not None:
        code = body.codes[0] if body is not None else None
        if code == "*ALLIES" or code is None:
            code = context.organisation or ("NATO" if "NATO" in context.codes else None)
        founded = context.founding(code) if code else None
        if founded is None:
            return
        if actors and code not in actors:
            frame.link = Link((founded,), OBJECT)
            reading.put(frame, "join_organisation", (founded,), actors, target=(code,) if code else ())
        return
    if not frame.link.ids or not _acceptable(reading, frame):
        return
    if frame.used.aspect == GERUND and scan.low(frame.used.start - 1) in ("without", "than"):
        return
    if frame.obj.mark == "o" and frame.used.trigger.lemma == "join" and frame.link.how == TOPIC and not actors:
        return
    if frame.obj.mark in ("x", "a"):
        return
    if frame.how.negated and frame.how.modality == "planned" and "become" in frame.used.trigger.lemma:
        frame.how = Mood("planned", False, frame.how.speaker, controller=frame.how.controller)
        event = "decline_to_ratify"
    reading.put(frame, event, frame.link.ids, actors)


def _succeed(reading: Reading, frame: Frame, event: str) -> None:
    context, scan = reading.context, reading.scan
    window = scan.lows[frame.begin : frame.end + 1]
    if not frame.link.ids or (
        not any(
            w in window
            for w in (
                "rights",
                "obligations",
                "duties",
                "successor",
                "successors",
                "signature",
                "treaty",
                "convention",
                "statute",
                "pact",
                "agreement",
                "conventions",
                "treaties",
                "membership",
                "place",
                "seat",
            )
        )
        and frame.link.how == TOPIC
    ):
        return
    if (
        frame.obj.mark == "o"
        and frame.used.trigger.lemma == "succeed"
        and "in" in scan.lows[frame.hit.j : frame.hit.j + 2]
    ):
        return
    actors = actors_of(scan, context, frame.who, frame.used)
    if actors:
        reading.put(frame, event, frame.link.ids, actors)


def _plain(reading: Reading, frame: Frame, event: str) -> None:
    """Provisional application, amendment, declarations, dissolution: actors as the subject has them."""
    context, scan = reading.context, reading.scan
    if not _acceptable(reading, frame):
        return
    passive = frame.used.voice == PASSIVE
    actors = (
        (by_agent(scan, frame.hit, frame.end) or ()) if passive else actors_of(scan, context, frame.who, frame.used)
    )
    if event == "amend" and frame.used.aspect == GERUND:
        return
    if event == "amend" and not passive:
        if frame.obj.mark != "t":
            return
        if frame.who.kind == "thing" or frame.who.kind == "other":
            known = context.known(frame.link.ids[0])
            actors = (
                tuple(dict(known.heirs).get(p, p) for p in known.parties) if known is not None and known.heirs else ()
            )
    if (
        event == "dissolve"
        and not passive
        and frame.used.trigger.lemma != "cease to exist"
        and frame.obj.mark == "o"
        and frame.who.kind != "actor"
    ):
        return
    if event == "amend" and passive and frame.used.reduced and scan.low(frame.used.start - 1) != "and":
        return
    reading.put(frame, event, frame.link.ids, actors)


def _authorise(reading: Reading, frame: Frame, n: int) -> int:
    """Leave to end an accord is not its end. Returns the token after the verb it governs, else the trigger's own."""
    context, scan = reading.context, reading.scan
    for hit, used in reading.used[n + 1 :]:
        if hit.i > frame.hit.j + 12:
            break
        if "terminate" not in used.trigger.events_of() and "withdraw" not in used.trigger.events_of():
            continue
        if used.aspect not in (INFINITIVE, GERUND) and used.voice != NOMINAL and used.trigger.form != "base":
            continue
        inner = reading.frame(hit, used)
        ids = inner.link.ids
        if not ids:
            break
        if not any(
            w in LAWLIKE or w in ("government", "cabinet", "ministry") for w in scan.lows[: frame.hit.i]
        ) and frame.who.kind not in ("actor", "institution"):
            break
        actors = (
            tuple(c for c in actors_of(scan, context, frame.who, frame.used) if len(c) == 3)
            if frame.who.kind in ("actor", "institution")
            else ()
        )
        if not actors:
            near = context.anchor()
            actors = (near,) if near else ()
        if frame.used.trigger.lemma in ("instruct",):
            break
        more = [t for t in scan.things if t.partner and t.i > hit.i and not t.generic]
        ids = tuple(dict.fromkeys((*ids, *(i for t in more for i in t.ids))))
        frame.link = inner.link
        frame.end = max(frame.end, inner.end)
        reading.put(frame, "authorise_termination", ids, actors)
        return hit.j
    return frame.hit.i


HANDLERS = {
    "sign": _sign,
    "domestic_approval": _approve,
    "accede": _join,
    "join_organisation": _join,
    "object": _object,
    "succeed": _succeed,
    "decline_to_ratify": _rejected,
    "provisionally_apply": _plain,
    "amend": _plain,
    "declare": _plain,
    "dissolve": _plain,
}
__all__ = ["COLLECTIVE", "Frame", "Reading", "read_verbs"]
