"""A claim of a thing done, held against the facts: same doer, same step, a day that fits (law.md 1, 2, 8)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from servanda.corpus import Corpus
from servanda.findings import words
from servanda.findings.facts import Fact, Shelf, last_day, notices_with_effects, say
from servanda.findings.steps import (
    ANNOUNCED,
    BOTH_WAYS,
    CONTRADICTED,
    DIRECT,
    DISPUTED,
    IMPRECISE,
    LEAVING,
    NEAR,
    ONE_BY_ONE,
    PARTIES_ONLY,
    RATIFIED,
    REPEATED,
    SPOKEN,
    SPOKEN_OF,
    STEPS_INSIDE,
    SUPPORTED,
    UNKNOWN,
    WHOLE,
)
from servanda.model.claims import Claim

YEAR = timedelta(days=366)
CLOSE = timedelta(days=3)  # a day so near the recorded one is a slip, not another event
ZONE = timedelta(days=1)  # a report may carry the day of another time zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A finding, the facts that decide it, and why. `later` tells what the record knows after the report's day."""

    finding: str
    why: str
    facts: tuple[Fact, ...] = ()
    later: str | None = None
    ahead: tuple[Fact, ...] = ()  # what `later` tells
    missing: bool = False  # the record holds no such act: one to propose


class ClaimCheck:
    """One claim before one instrument's facts, as known on the report's day."""

    def __init__(self, corpus: Corpus, shelf: Shelf, claim: Claim, dateline: date | None) -> None:
        self.corpus, self.shelf, self.claim = corpus, shelf, claim
        self.dateline = dateline
        self.known_by = date.max if dateline is None else words.shift(dateline, ZONE)
        self.when = words.read_date(claim.date)
        self.called = shelf.dossier.instrument.called

    # --- what to look at ---------------------------------------------------------------------------------

    @property
    def day(self) -> date:
        """The day to judge on: the report's, else the end of the claimed date, else the last day the whole record knows."""
        if self.dateline is not None:
            return self.dateline
        if self.when is not None and self.when.latest is not None:
            return self.when.latest
        return last_day(self.corpus)

    def known(self, fact: Fact) -> bool:
        """Whether the fact could be known when the report was written."""
        return fact.known.possibly_by(self.known_by)

    def doers(self, fact: Fact) -> frozenset[str]:
        """The claim's actors on the fact's day, as states; empty where the claim names nobody."""
        return frozenset(self.corpus.actors.expand(self.claim.actors, fact.first))

    def same_doer(self, fact: Fact) -> bool:
        """Whether the fact was done by one the claim names, or by the state it came from or the one that came of it."""
        if not self.claim.actors:
            return fact.kind != "enter_into_force" or "parties" in fact.named
        if set(self.claim.actors) & set(fact.named) or self.doers(fact) & fact.who:
            return True
        whole = self.claim.event in WHOLE and self.claim.event not in ("propose", "succeed")
        if whole and "parties" in fact.named and self.doers(fact) & self.shelf.participants:
            return True
        return bool(self.kin(self.doers(fact)) & fact.who)

    def kin(self, states: frozenset[str]) -> set[str]:
        actors = self.corpus.actors
        kin = set()
        for state in states:
            if state in actors:
                found = actors.get(state)
                kin |= {found.predecessor} if found.predecessor else set()
                kin |= set(found.successors)
        return kin

    def aimed(self, fact: Fact) -> bool:
        """Whether the fact is aimed at whom the claim says, where both say it."""
        if not fact.toward or not self.claim.target:
            return True
        return bool(frozenset(self.corpus.actors.expand(self.claim.target, fact.first)) & fact.toward)

    def fits(self, fact: Fact, slack: timedelta = timedelta()) -> bool:
        """Whether the claim's date meets the day the thing was done or took effect; true where it gives none."""
        if self.when is None:
            return True
        return any(words.meets(self.when, d, slack) for d in (fact.done, fact.effect) if d is not None)

    def happened(self, fact: Fact) -> bool:
        """Whether it had been done, and for an exit had taken effect, by the report's day."""
        return fact.first <= self.known_by

    def direct(self) -> list[Fact]:
        """Facts that are the event, by the same doer, known then or later."""
        return [f for f in self.shelf.of(DIRECT.get(self.claim.event, ())) if self.same_doer(f) and self.aimed(f)]

    def steps(self) -> list[Fact]:
        """Facts that are another step of the same way, by the same doer."""
        event = self.claim.event
        near = NEAR.get(event, {})
        found = []
        for fact in self.shelf.of(tuple(near)):
            if not self.same_doer(fact):
                continue
            if fact.kind in STEPS_INSIDE and event != "give_notice" and fact.leaving is not (event in LEAVING):
                continue
            if fact.kind in STEPS_INSIDE and event == "give_notice" and not fact.leaving:
                continue
            if fact.kind in SPOKEN and not self.speaks_of_it(fact):
                continue
            if event == "sign" and fact.kind in ("agree", "terminate") and not self._to_the_day():
                continue
            found.append(fact)
        return found

    def _to_the_day(self) -> bool:
        return self.when is not None and self.when.precision == "day"

    def speaks_of_it(self, fact: Fact) -> bool:
        """Whether words said are about the event: by whom the claim names, and of leaving, proposing or answering."""
        event = self.claim.event
        if event not in LEAVING and self.claim.actors and not set(self.claim.actors) & set(fact.named):
            return False
        if event in SPOKEN_OF:
            return fact.act is not None and fact.act.about in SPOKEN_OF[event]
        if event in ("object", "reject"):
            return self.when is not None or fact.first >= words.shift(self.day, -YEAR)
        return True

    # --- the ruling --------------------------------------------------------------------------------------

    def done(self) -> Ruling:
        """The finding on a claim that the thing was done."""
        direct = self.direct()
        told = [f for f in direct if self.known(f)]
        past = [f for f in told if self.happened(f)]
        fit = [f for f in past if self.fits(f)]
        if self.claim.target and self.claim.event in ("suspend", "cease_implementation"):
            fit = [f for f in fit if f.toward] or fit
        elif self.claim.event in ("suspend", "cease_implementation"):
            fit = [f for f in fit if not f.toward] or fit
        if fit:
            return self._fit(fit)
        steps = [f for f in self.steps() if self.known(f) and self.happened(f)]
        fit_steps = [f for f in steps if self.fits(f)]
        same = [f for f in fit_steps if self._near(f.kind) == SUPPORTED]
        if same and self.when is not None:
            return self.step(same, told)
        close = [f for f in past if self.fits(f, CLOSE)]
        if close:
            told_words = self.listed(close)
            return Ruling(finding=IMPRECISE, why=f"the record gives another day: {told_words}", facts=few(close))
        if self.when is not None and fit_steps:
            return self.step(fit_steps, told)
        if self.when is not None and past and self._another(past):
            why = f"the record has no such act {words.at(self.when)}; it has {self.listed(past)}"
            return Ruling(finding=UNKNOWN, why=why, facts=few(past[:3]), missing=True)
        if self.when is not None and past:
            return Ruling(
                finding=CONTRADICTED,
                why=f"not {words.date_words(self.when)}: {self.has(past)}",
                facts=few(past),
            )
        pending = [f for f in told if not self.happened(f)]
        if pending:
            chain = [*(f for f in steps if f.kind == "give_notice" and self.claim.event in LEAVING), *pending]
            finding = IMPRECISE if self.when is None else CONTRADICTED
            said = "it had not taken effect when this was written"
            return Ruling(finding=finding, why=f"{said}: {self.listed(chain)}", facts=few(chain))
        if fit_steps:
            return self.step(fit_steps, [])
        return self._absent(direct, steps)

    def _another(self, past: list[Fact]) -> bool:
        """Whether it may have been another act than those recorded: one of a kind done again, or a later protocol."""
        if self.claim.event in REPEATED:
            return True
        entry = self.shelf.book.entry.day
        late = (
            self.when is not None
            and self.when.earliest is not None
            and entry is not None
            and self.when.earliest > entry
        )
        return self.claim.event == "sign" and late and self._to_the_day()

    def _fit(self, fit: list[Fact]) -> Ruling:
        claim = self.claim
        fit = one_a_day(fit)
        if self.when is not None and all(f.vague and not self._inside(f) for f in fit):
            why = f"the record has it, but not its day: {self.listed(fit)}"
            return Ruling(finding=UNKNOWN, why=why, facts=few(fit))
        short = self._coverage(fit)
        chosen = self._chosen(fit)
        told = self.has(chosen)
        contested = [f for f in chosen if f.contested]
        if contested and claim.speaker in contested[0].contested:
            speaker = words.names(self.corpus.actors, [claim.speaker])
            why = f"{told}; contested by {speaker}, who speaks here ({self._why_contested(contested[0])})"
            return Ruling(finding=DISPUTED, why=why, facts=few(chosen))
        announced = self._only_announced(chosen)
        if announced:
            return Ruling(finding=IMPRECISE, why=f"it was announced on another day: {told}", facts=few(chosen))
        if claim.event == "reject" and claim.speaker in self._proposers():
            why = f"{told}; how the others answered is told by the side whose proposal it was"
            return Ruling(finding=DISPUTED, why=why, facts=few(chosen))
        if short:
            return Ruling(finding=IMPRECISE, why=f"{told}; {short}", facts=few(chosen))
        loose = [f for f in chosen if f.toward and not claim.target and f.kind in ("suspend", "cease_implementation")]
        if loose and len(loose) == len(chosen):
            toward = words.names(self.corpus.actors, sorted(frozenset().union(*(f.toward for f in loose))))
            return Ruling(finding=IMPRECISE, why=f"{told}: toward {toward} alone", facts=few(chosen))
        why = told
        if contested:
            why += f"; done by its own account, contested by {words.names(self.corpus.actors, _short(contested[0], self.corpus))}"
        return Ruling(finding=SUPPORTED, why=why, facts=few(chosen))

    def _inside(self, fact: Fact) -> bool:
        """Whether all the days the fact may have lie within the claim's date."""
        when, (first, last) = self.when, fact.done
        return (
            when is not None
            and first is not None
            and last is not None
            and (when.earliest is None or when.earliest <= first)
            and (when.latest is None or last <= when.latest)
        )

    def _proposers(self) -> set[str]:
        return {p for f in self.shelf.of(("propose",)) for p in (*f.named, *f.who)}

    def _why_contested(self, fact: Fact) -> str:
        instrument = self.shelf.dossier.instrument
        rule = instrument.exit
        clause = (
            f"; the treaty's own clause, {rule.cite}, is on withdrawal"
            if rule and rule.cite and fact.kind == "suspend"
            else ""
        )
        ground = fact.act.ground if fact.act and fact.act.ground else "no ground given"
        return f"the ground named: {ground}{clause}"

    def _only_announced(self, chosen: list[Fact]) -> bool:
        if self.when is None or ANNOUNCED not in self.claim.evidence.marks:
            return False
        spoken = [f for f in chosen if f.effect is not None]
        return bool(spoken) and all(not words.meets(self.when, f.done, timedelta()) for f in spoken)

    def _coverage(self, fit: list[Fact]) -> str | None:
        """What is missing where not all that the claim names did it; None where all did."""
        actors, claim = self.corpus.actors, self.claim
        if claim.event in WHOLE and claim.event != "succeed":
            return None
        did = frozenset().union(*(f.who | set(f.named) for f in fit))
        if not claim.actors:
            if len(self.shelf.participants) <= 2 or claim.event not in ONE_BY_ONE or self._to_the_day():
                return None
            others = self.shelf.participants - did - self.kin(did)
            if others and len(did & self.shelf.participants) < len(self.shelf.participants) / 2:
                who = words.names(actors, sorted(did & self.shelf.participants))
                return f"the text names nobody; the record has it of {who} alone among {len(self.shelf.participants)}"
            return None
        gaps = []
        for code in claim.actors:
            if code in did:
                continue
            if actors.is_organisation(code):
                members = frozenset(actors.members(code, fit[0].first))
                apart = members - did
                if apart and members:
                    told = f"{len(members & did)} of {len(members)} members of {code}, each as a state"
                    gaps.append(f"{told}; {code} is not a party")
            elif not self.kin(frozenset({code})) & did:
                gaps.append(f"the record does not have it of {words.name(actors, code)}")
        return "; ".join(gaps) or None

    def _chosen(self, fit: list[Fact]) -> list[Fact]:
        """The facts to show: with a date all that fit it, without one the newest of each doer."""
        if self.when is not None or self.claim.event in ("sign", "succeed", "enter_into_force"):
            return fit if self.claim.event != "enter_into_force" else fit[:1] if not self.claim.actors else fit
        newest: dict[frozenset[str], Fact] = {}
        for fact in fit:
            newest[fact.who] = fact
        return list(newest.values())

    def _near(self, kind: str) -> str:
        """What a report is found to be that tells its event where the record has another step.

        "Ratified" may be the vote or the deposit; an approval is not a deposit.
        """
        finding = NEAR[self.claim.event][kind]
        if (
            finding == SUPPORTED
            and self.claim.event == "domestic_approval"
            and RATIFIED not in self.claim.evidence.marks
        ):
            return IMPRECISE
        return finding

    def step(self, steps: list[Fact], told: list[Fact]) -> Ruling:
        """Another step was done then: say which, and what became of it."""
        event = self.claim.event
        best = _best(steps, event)
        first = best[0]
        finding = self._near(first.kind)
        if event == "suspend" and first.kind in STEPS_INSIDE and self.shelf.purpose(first) in ("withdraw", "terminate"):
            finding = CONTRADICTED
        if first.kind in SPOKEN and first.act is not None and first.act.about == event:
            finding = IMPRECISE  # told of the day it was announced
        if event == "terminate" and first.kind == "order_termination" and self.doers(first) & first.who:
            # the state's own act of ending it; that the accord has ended would be another claim, and has no doer
            until = f"; {self._after_notice()}"
            return Ruling(finding=SUPPORTED, why=self.has([first]) + until, facts=few([first]))
        shown = [f for f in best if f.kind == first.kind][-2:] if first.kind in STEPS_INSIDE else best[:2]
        if finding == SUPPORTED:
            return Ruling(finding=SUPPORTED, why=self.has(shown), facts=few(shown))
        chain = [f for f in self._sequel(shown, told) if f not in shown]
        nature = words.NATURE.get(first.kind)
        alike = [f for f in shown if f.kind == first.kind]
        text = f"{'what the record has then is' if self.when else 'the record has'} {self.listed(alike)}"
        text += f": {nature}" if nature else ""
        if shown != alike:
            text += f"; {self.listed([f for f in shown if f not in alike])}"
        if chain:
            text += (
                f"; there is also {self.listed(chain)}"
                if not self.listed(chain).startswith("it ")
                else f"; {self.listed(chain)}"
            )
        if event == "terminate" and first.kind == "withdraw":
            left = len(self.shelf.bound(self.day))
            text += f"; {left} remained bound" if left else ""
        elif event in BOTH_WAYS and self.claim.actors and not chain:
            text += self.still()
        return Ruling(finding=finding, why=text, facts=few([*shown, *chain], 6))

    def _after_notice(self) -> str:
        rule = self.shelf.dossier.instrument.exit
        if rule is None or rule.notice is None:
            return "an order ends nothing before it is notified"
        cite = f" ({rule.cite})" if rule.cite else ""
        return (
            f"ordered by its government, not ended: that takes notice and {rule.notice}{cite}, and no notice was seen"
        )

    def _sequel(self, shown: list[Fact], told: list[Fact]) -> list[Fact]:
        """What the step led to: the notice and the effect that were known when the report was written."""
        if self.claim.event in ("suspend", "cease_implementation"):
            until = min(self.day, self.when.latest if self.when and self.when.latest else self.day)
            whole = [f for f in self.shelf.of(("suspend",)) if self.same_doer(f) and self.known(f) and not f.toward]
            return [f for f in whole if f.first <= until][-1:]
        if self.claim.event not in LEAVING:
            return told[:2]
        start = min(f.first for f in shown)
        if shown[0].kind in (*STEPS_INSIDE, *SPOKEN) and self.shelf.purpose(shown[0]) == "suspend":
            led = [
                f
                for f in self.shelf.of(("suspend",))
                if self.same_doer(f) and self.known(f) and f.takes_effect >= start
            ]
            if led:
                return led[:1]
        notices = [
            f for f in self.shelf.of(("give_notice",)) if self.same_doer(f) and self.known(f) and f.first >= start
        ]
        ends = [f for f in told if f.first >= start or f.takes_effect >= start]
        return [*notices[:1], *one_a_day(ends)[:1]]

    def still(self) -> str:
        parties = [a for a in self.claim.actors if a in self.shelf.participants]
        if len(parties) != 1:
            return ""
        at = self.when.latest if self.when is not None and self.when.latest is not None else self.day
        at = min(at, self.day)
        standing = self.shelf.standing(parties[0], at).value.replace("_", " ")
        who = words.name(self.corpus.actors, parties[0])
        return f"; by the treaty's own terms the standing of {who} on {words.long_day(at)} was: {standing}"

    def _absent(self, direct: list[Fact], steps: list[Fact]) -> Ruling:
        """Nothing of the kind was known then."""
        claim, actors = self.claim, self.corpus.actors
        later = [f for f in direct if not self.known(f) or not self.happened(f)]
        who = words.names(actors, claim.actors) if claim.actors else "anybody"
        if claim.actors and self.shelf.closed and claim.event in PARTIES_ONLY:
            named = frozenset(actors.expand(claim.actors, self.day))
            kin = named | self.kin(named)
            if not kin & self.shelf.participants:
                some = words.names(actors, self.shelf.book.participants)
                return Ruling(
                    finding=CONTRADICTED, why=f"{who} never took part in {self.called}; those that did: {some}"
                )
        member = self._still_member()
        if member:
            return Ruling(finding=CONTRADICTED, why=member)
        bound = self._acted_since()
        if bound:
            why = f"no such act of {who} is recorded, and later, as a state still bound, it did this: {self.listed(bound)}"
            return Ruling(finding=CONTRADICTED, why=why, facts=few(bound))
        at = f" {words.at(self.when)}" if self.when is not None else ""
        why = f"the record of {self.called} holds no such act of {who}{at}"
        if steps:
            why += f"; of another kind: {self.listed(_best(steps, claim.event)[:2])}"
        return Ruling(
            finding=UNKNOWN,
            why=why,
            facts=few(steps[:2]),
            later=self.listed(later[:2], past=True) if later else None,
            ahead=few(later[:2]),
            missing=not later,
        )

    def _still_member(self) -> str | None:
        """An exit from an organisation's treaty is refuted by membership on and after the day."""
        code = self.shelf.organisation() if self.claim.event == "withdraw" and self.claim.actors else None
        if code is None or not all(a in self.corpus.actors.members(code, self.day) for a in self.claim.actors):
            return None
        who = words.names(self.corpus.actors, self.claim.actors)
        return f"no such act of {who} is recorded, and {who} was a member of {code} on {words.long_day(self.day)}"

    def _acted_since(self) -> list[Fact]:
        """An exit is refuted by what only a state still bound does later: suspending, giving notice, leaving."""
        claim = self.claim
        if claim.event not in ("withdraw", "terminate") or not claim.actors or self.when is None:
            return []
        told = self.when.latest
        if told is None:
            return []
        acts = self.shelf.of(("suspend", "give_notice", "withdraw"))
        return [f for f in acts if self.same_doer(f) and self.known(f) and f.act and f.first > told][:2]

    def has(self, facts: list[Fact]) -> str:
        """A clause that says the record has these facts."""
        told = self.listed(facts)
        return told if told.startswith("it ") else f"the record has {told}"

    def listed(self, facts: list[Fact], past: bool = False) -> str:
        """Facts in words; many of one kind on one day are told as one. `past`: told from today, not from the report's day."""
        groups: dict[tuple[object, ...], list[Fact]] = {}
        for fact in notices_with_effects(facts):
            groups.setdefault((fact.kind, fact.done, fact.effect, fact.cite, fact.computed, fact.toward), []).append(
                fact
            )
        told = []
        for group in groups.values():
            one = group[0]
            if len(group) > 1 and one.kind != "enter_into_force" and not one.computed:
                named = tuple(dict.fromkeys(n for f in group for n in f.named))
                one = replace(one, named=named)
            told.append(say(self.corpus, one, None if past else self.dateline))
        if len(told) > 3:
            told = [*told[:3], f"{len(told) - 3} more"]
        return "; ".join(told)


def _best(steps: list[Fact], event: str) -> list[Fact]:
    """Steps with the one nearest to the event first, in the order the table names them."""
    order = list(NEAR.get(event, {}))
    return sorted(steps, key=lambda f: (order.index(f.kind), f.first))


def one_a_day(facts: list[Fact]) -> list[Fact]:
    """A recorded act and the same effect computed from its notice are one: the recorded one stays."""
    recorded = {(f.kind, p, f.takes_effect) for f in facts if not f.computed for p in f.who}
    kept = []
    for fact in facts:
        same = fact.computed and fact.kind != "enter_into_force"
        if same and all((fact.kind, p, fact.takes_effect) in recorded for p in fact.who):
            continue
        kept.append(fact)
    return kept


def few(facts: list[Fact] | tuple[Fact, ...], most: int = 40) -> tuple[Fact, ...]:
    seen: dict[tuple[str, str | None], Fact] = {}
    for fact in facts:
        seen.setdefault((fact.instrument, fact.act.id if fact.act else None), fact)
    return tuple(seen.values())[:most]


def _short(fact: Fact, corpus: Corpus) -> tuple[str, ...]:
    """Those who contest as the record names them, the members an organisation stands for left out."""
    named = fact.act.contested_by if fact.act else ()
    covered = {m for n in named if corpus.actors.is_organisation(n) for m in corpus.actors.members(n, fact.first)}
    return tuple(
        n for n in fact.contested if n in named and (n not in covered or not corpus.actors.is_organisation(n))
    ) or (fact.contested)
