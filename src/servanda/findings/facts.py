"""What the record holds of an instrument, as facts a claim can be held against.

A fact is an act with its days, or an effect that the engine computes from acts: an entry into force, a withdrawal
that a notice leads to. Facts are made once an instrument and asked many times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from weakref import WeakKeyDictionary

from servanda.corpus import Corpus
from servanda.findings import words
from servanda.findings.steps import LEAVING, SPOKEN, STEPS_INSIDE, SUSPENDING
from servanda.model.acts import Act
from servanda.model.dates import UncertainDate
from servanda.model.vocabulary import ActKind, ObligationKind, Standing
from servanda.standing import effects, ledger
from servanda.standing.readings import DEPOSITARY, needs_reading
from servanda.standing.settle import BOUND
from servanda.standing.status import Ledger

Days = tuple[date | None, date | None]
MANY, SHORT = 5, 48  # more doers are counted, longer gists left out
ALIKE = 0.6  # share of members and participants in common that makes an instrument an organisation's
SLACK = 62  # days between which an uncertain day still tells when it was


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing the record holds: `kind` is an act's word; `done` and `effect` are first and last possible days.

    `who` are the states that did it (organisations expanded to the members of the day), `named` the doers as recorded.
    `computed` marks an effect that the engine draws from acts; `act` is then the act it comes from, if one does.
    """

    instrument: str
    kind: str
    who: frozenset[str]
    named: tuple[str, ...]
    done: Days
    effect: Days | None
    known: UncertainDate
    act: Act | None
    cite: str | None = None
    toward: frozenset[str] = frozenset()
    contested: tuple[str, ...] = ()
    computed: bool = False
    led: Act | None = None  # the act that made it certain before its day came, such as the last deposit
    leaving: bool | None = (
        None  # a step inside a state that was bound already: toward the exit, not toward ratification
    )

    @property
    def first(self) -> date:
        """The first possible day it was done."""
        return self.done[0] or self.done[1] or date.min

    @property
    def takes_effect(self) -> date:
        """The first possible day of its effect."""
        return (self.effect[0] if self.effect and self.effect[0] else None) or self.first

    def acts(self, known_by: date) -> tuple[Act, ...]:
        """The act behind it that was known on a day, if one was."""
        return tuple(a for a in (self.act, self.led) if a is not None and a.known.possibly_by(known_by))[:1]

    @property
    def vague(self) -> bool:
        """True where its day is known so loosely that no date can be held against it."""
        first, last = self.done
        loose = first is None or last is None or (last - first).days > SLACK
        if not loose or self.effect is None:
            return loose
        first, last = self.effect
        return first is None or last is None or (last - first).days > SLACK


class Shelf:
    """The facts of one instrument, and who takes part in it."""

    def __init__(self, corpus: Corpus, instrument: str) -> None:
        self.corpus, self.id = corpus, instrument
        self.book: Ledger = ledger(corpus, instrument)
        self.dossier = self.book.dossier
        self.participants = frozenset(self.book.participants)
        facts = [f for a in self.book.acts if (f := self._of_act(a)) is not None]
        facts += self._entries()
        facts += self._ends()
        self.facts: tuple[Fact, ...] = tuple(sorted(facts, key=_order))
        self._purposes = [f for f in self.facts if f.kind in ("suspend", "withdraw", "terminate")]

    @property
    def closed(self) -> bool:
        """True where the record names all that may take part: an outsider's act can then be told to be none."""
        rule = self.dossier.instrument.entry
        signed = any(a.act is ActKind.SIGN for a in self.book.acts)
        return rule is not None and signed and (rule.rule == "all" or rule.rule == "signature")

    def organisation(self) -> str | None:
        """The organisation whose members are the instrument's participants, where the record has one."""
        best: tuple[float, str] | None = None
        for actor in self.corpus.actors:
            members = {m.actor for m in actor.members}
            if actor.kind == "organisation" and members:
                shared = len(members & self.participants) / len(members | self.participants)
                if shared > ALIKE and (best is None or (shared, actor.code) > best):
                    best = (shared, actor.code)
        return best[1] if best else None

    def of(self, kinds: tuple[str, ...]) -> list[Fact]:
        """Facts of these kinds in order of time."""
        return [f for f in self.facts if f.kind in kinds]

    def bound(self, on: date) -> tuple[str, ...]:
        """Who is bound by the instrument's own terms on a day; nobody before it binds anybody."""
        return tuple(p for p in self.book.participants if self.standing(p, on) in BOUND)

    def standing(self, party: str, on: date) -> Standing:
        """A party's standing on a day, by the instrument's own terms."""
        if party not in self.participants:
            return Standing.NONE
        return self.book.outcome(party, on, DEPOSITARY)[0].standing

    def purpose(self, fact: Fact) -> str | None:
        """What a step inside a state led to: the next exit or suspension of the same doer to take effect."""
        for other in self._purposes:
            if other.who & fact.who and other.takes_effect >= fact.first:
                return other.kind
        return None

    def _of_act(self, act: Act) -> Fact | None:
        day = act.date.earliest or act.date.latest
        if day is None:
            return None
        if act.act is ActKind.ENTER_INTO_FORCE and act.date.exact and self.book.entry.day == act.date.day:
            return None  # computed with all whom it binds
        named = [a for a in act.actors if a != "parties"]
        who = set(self.corpus.actors.expand(named, day))
        if "parties" in act.actors:
            who |= self.book.bound_on(day)
        effect: Days | None = None
        if act.act in (ActKind.SUSPEND, ActKind.PROVISIONALLY_APPLY, ActKind.CEASE_IMPLEMENTATION, ActKind.RESUME):
            first, last, _ = effects.effect_days(act, DEPOSITARY, self.book.general)
            effect = None if (first, last) == (act.date.earliest, act.date.latest) else (first, last)
        elif act.effective is not None:
            effect = (act.effective.earliest, act.effective.latest)
        leaving = None
        if act.act in STEPS_INSIDE:
            leaving = any(self.standing(p, day) in BOUND for p in who)
        elif act.act in SPOKEN:
            leaving = act.about in (*LEAVING, *SUSPENDING)
        return Fact(
            instrument=self.id,
            kind=act.act.value,
            who=frozenset(who),
            named=act.actors,
            done=(act.date.earliest, act.date.latest),
            effect=effect,
            known=act.known,
            act=act,
            cite=act.cite,
            toward=frozenset(self.corpus.actors.expand(act.toward, day)),
            contested=tuple(dict.fromkeys((*act.contested_by, *self.book.contested(act))))
            if needs_reading(act)
            else (),
            leaving=leaving,
        )

    def _entries(self) -> list[Fact]:
        entry, rule = self.book.entry, self.dossier.instrument.entry
        if entry.days is None:
            return []
        last = entry.last[-1] if entry.last else None
        recorded = next((a for a in self.book.acts if a.act is ActKind.ENTER_INTO_FORCE), None)
        cause = recorded or last
        known = last.known if last else (recorded.known if recorded else UncertainDate.parse(entry.days[0]))
        cite = (recorded.cite if recorded else None) or (rule.cite if rule and rule.rule in ("all", "count") else None)
        facts = [
            Fact(
                instrument=self.id,
                kind="enter_into_force",
                who=frozenset(self.participants),
                named=("parties",),
                done=entry.days,
                effect=None,
                known=known,
                act=cause,
                cite=cite,
                computed=True,
                led=last,
            )
        ]
        for party in self.book.participants:
            for change in self.book.changes(party, DEPOSITARY):
                later = change.first > entry.days[1]
                if change.kind == effects.RAISE and change.standing is Standing.IN_FORCE and later:
                    act = change.act
                    facts.append(
                        Fact(
                            instrument=self.id,
                            kind="enter_into_force",
                            who=frozenset({party}),
                            named=(party,),
                            done=(change.first, change.last),
                            effect=None,
                            known=act.known if act else UncertainDate.parse(change.first),
                            act=act,
                            cite=change.cite,
                            computed=True,
                        )
                    )
        return facts

    def _ends(self) -> list[Fact]:
        """Exits that notices lead to; revoked ones are left out."""
        facts = []
        for party in self.book.participants:
            changes = self.book.changes(party, DEPOSITARY)
            for change in changes:
                if change.kind != effects.END or not change.projected or change.act is None:
                    continue
                if any(c.kind == effects.REVOKE and c.first < change.first for c in changes):
                    continue
                facts.append(
                    Fact(
                        instrument=self.id,
                        kind="withdraw" if change.standing is Standing.WITHDRAWN else "terminate",
                        who=frozenset({party}),
                        named=(party,),
                        done=(change.first, change.last),
                        effect=None,
                        known=change.act.known,
                        act=change.act,
                        cite=change.cite,
                        computed=True,
                    )
                )
        return facts


def _order(fact: Fact) -> tuple[date, date, bool, str, str]:
    return fact.takes_effect, fact.first, fact.computed, fact.kind, fact.act.id if fact.act else ""


_SHELVES: WeakKeyDictionary[Corpus, dict[str, Shelf]] = WeakKeyDictionary()


def shelf(corpus: Corpus, instrument: str) -> Shelf:
    """The facts of an instrument, made once. UnknownName for an instrument outside the record."""
    shelves = _SHELVES.setdefault(corpus, {})
    if instrument not in shelves:
        shelves[instrument] = Shelf(corpus, instrument)
    return shelves[instrument]


_LAST: WeakKeyDictionary[Corpus, date] = WeakKeyDictionary()


def last_day(corpus: Corpus) -> date:
    """The newest day of an act in the whole record: how far it reaches, for a report that tells no day of its own."""
    if corpus not in _LAST:
        days = (a.date.earliest for i in corpus.ids() for a in corpus.dossier(i).acts)
        _LAST[corpus] = max((d for d in days if d is not None and d <= date.today()), default=date.today())
    return _LAST[corpus]


_NAMES: WeakKeyDictionary[Corpus, dict[frozenset[str], str]] = WeakKeyDictionary()


def resolve(corpus: Corpus, instrument: str | None) -> str | None:
    """The record's id of an instrument, also where its parts are written in another order; None outside the record."""
    if instrument is None:
        return None
    table = _NAMES.get(corpus)
    if table is None:
        table = {frozenset(i.split("-")): i for i in corpus.ids()}
        _NAMES[corpus] = table
    key = str(instrument).lower().replace("_", "-")
    return key if key in table.values() else table.get(frozenset(key.split("-")))


def say(corpus: Corpus, fact: Fact, day: date | None = None) -> str:
    """A fact in words: whose step, of which day, with its effect and clause; `day` tells past from future."""
    actors = corpus.actors
    act = fact.act
    kind = fact.kind
    cite = f" ({fact.cite})" if fact.cite else ""
    when = words.span_words(*fact.done)
    if act is not None and not fact.computed:
        when = words.date_words(act.date)
    if kind == "enter_into_force":
        verb = "enters" if day and fact.first > day else "entered"
        own = "" if fact.named == ("parties",) else f" for {words.names(actors, sorted(fact.who))}"
        return f"it {verb} into force{own} {_on(when)}{cite}"
    if fact.computed and act is not None and act.act is ActKind.GIVE_NOTICE:
        return f"the effect of the notice of {words.date_words(act.date)}, {_on(when)}{cite}"
    doers = [a for a in fact.named if a != "parties"]
    step = words.STEP.get(kind, kind.replace("_", " "))
    if kind == "cease_participation" and act is not None and ObligationKind.CONSULTATION in act.kinds:
        step = "end of its part in the consultative group"
    whose = f"{words.of(actors, doers)} {step}" if doers else f"the {step}"
    if len(doers) > MANY:
        whose = f"the {step} of {len(doers)} states"
    if kind in ("terminate", "expire") and not doers:
        whose = f"the {step} of the instrument"
    if not _stretch(when):
        text = f"{whose} of {when}"
    else:
        text = f"{whose} ({when})"
    if kind in (*STEPS_INSIDE, *SPOKEN) and act is not None and len(act.gist) <= SHORT and len(doers) <= MANY:
        text += f" ({act.gist.rstrip('.')})"
    if fact.toward and kind in ("suspend", "cease_implementation"):
        text += f" toward {words.names(actors, sorted(fact.toward))}"
    if fact.effect is not None and fact.effect[0] is not None and fact.effect != fact.done:
        verb = "takes" if day and fact.takes_effect > day else "took"
        first, last = fact.effect
        told = words.span_words(first, last)
        text += f", which {verb} effect {_on(told)}" if last else ", its day of effect not in the record"
    return text + cite


def notices_with_effects(facts: list[Fact]) -> list[Fact]:
    """Facts with each notice and the exit it led to told as one: the notice, with the day of its effect."""
    merged, gone = list(facts), set()
    for i, notice in enumerate(facts):
        if notice.kind != "give_notice" or notice.act is None:
            continue
        for j, end in enumerate(facts):
            led = end.act is notice.act or (end.act is not None and end.act.target_act == notice.act.id)
            if (
                j != i
                and end.kind in ("withdraw", "terminate")
                and end.who & notice.who
                and (led or _next(notice, end, facts))
            ):
                merged[i] = replace(merged[i], effect=end.done, cite=notice.cite or end.cite)
                gone.add(j)
    return [f for k, f in enumerate(merged) if k not in gone]


def _next(notice: Fact, end: Fact, facts: list[Fact]) -> bool:
    """Whether the exit is the first to follow the notice."""
    after = [f for f in facts if f.kind == end.kind and f.who & notice.who and f.first > notice.first]
    return bool(after) and min(after, key=lambda f: f.first) is end


def _stretch(when: str) -> bool:
    """True for days told as a stretch, which read badly after `of`."""
    return when.startswith(("between", "not ", "a day"))


def _on(when: str) -> str:
    if _stretch(when):
        return when
    return f"on {when}" if re.match(r"(about )?\d+ ", when) else f"in {when}"
