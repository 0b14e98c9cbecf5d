"""Claims held against the record: a finding, the acts that decide it, the readings they belong to, and why.

>>> from servanda.corpus import Corpus
>>> from servanda.model.claims import Claim, Read
>>> left = Claim(start=0, end=4, text="left", event="withdraw", instrument="cfe", actors=("RUS",), date="2015")
>>> held = hold(Corpus.default(), Read(name="a", dateline="2024-01-01", claims=(left,)))[0]
>>> held.finding, held.acts[0]
('contradicted', 'rus-leaves-jcg-2015')
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from servanda.corpus import Corpus
from servanda.findings import words
from servanda.findings.absence import declined, not_done
from servanda.findings.caution import cautious
from servanda.findings.facts import Fact, notices_with_effects, resolve, say, shelf
from servanda.findings.figures import figures
from servanda.findings.matching import ZONE, ClaimCheck, Ruling
from servanda.findings.open_claims import accusation, membership, open_instrument, opinion, urged
from servanda.findings.plans import planned
from servanda.findings.steps import (
    CONTRADICTED,
    DIRECT,
    ENDED,
    ENDING,
    IMPRECISE,
    LEAVING,
    OPINION,
    STEPS_INSIDE,
    UNKNOWN,
)
from servanda.model.acts import Act
from servanda.model.answer import Citation
from servanda.model.claims import Claim, Read
from servanda.model.errors import DateError
from servanda.standing.readings import needs_reading

ADJACENT = 24  # characters between a domestic step and the ending it is said to bring


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """An act that decides a finding, and the instrument it belongs to."""

    instrument: str
    act: Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A claim held against the record.

    `finding` is one of FINDINGS; `decided` holds the acts that decide it, `acts` their ids; `readings` pairs a reading
    with what it makes of them (`every reading` for acts that count in all). `why` is a sentence or two. `later` tells what
    the record knows of after the document's day, which is not held against it, `later_acts` by
    which acts. `proposal` marks an act that the record does not hold and may want.
    """

    claim: Claim
    finding: str
    why: str
    decided: tuple[Decided, ...] = ()
    readings: tuple[tuple[str, str], ...] = ()
    citations: tuple[Citation, ...] = ()
    later: str | None = None
    later_acts: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    proposal: bool = False

    @property
    def acts(self) -> tuple[str, ...]:
        """Ids of the acts that decide it, each once."""
        return tuple(dict.fromkeys(d.act.id for d in self.decided))

    @property
    def told(self) -> str:
        """The reason in full: why, what was counted, and what came later."""
        parts = [self.why, *self.counted]
        if self.later:
            parts.append(f"Later: {self.later}")
        return " ".join(words.sentence(p) for p in parts if p)

    @property
    def compared(self) -> dict[str, Any]:
        """What was held against what: the claim's parts as understood, how sure they are, and the days of the acts."""
        claim, evidence = self.claim, self.claim.evidence
        return {
            "instrument": claim.instrument,
            "instrument_by": evidence.instrument,
            "actors_by": evidence.actors,
            "step": claim.event,
            "acts_of": list(DIRECT.get(claim.event, ())),
            "date": claim.date,
            "other_dates": list(evidence.dates),
            "dates_left_open": list(evidence.undated),
            "date_candidates": list(evidence.candidates),
            "may_also_mean": list(evidence.rivals),
            "told_as": list(evidence.marks),
            "record": [{"act": d.act.id, "kind": d.act.act.value, "date": d.act.date.text} for d in self.decided],
        }

    def as_dict(self) -> dict[str, Any]:
        """The claim and its finding as plain data for JSON (architecture.md 5, `read`)."""
        return {
            **self.claim.as_dict(),
            "finding": self.finding,
            "compared": self.compared,
            "acts": list(self.acts),
            "why": self.told,
            "later_acts": list(self.later_acts),
            "later": words.sentence(self.later) if self.later else None,
            "cite": [str(c) for c in self.citations],
            "readings": [{"reading": r, "holds": v} for r, v in self.readings],
            "deciding": [
                {
                    "instrument": d.instrument,
                    "act": d.act.id,
                    "kind": d.act.act.value,
                    "date": d.act.date.text,
                    "cite": d.act.cite,
                    "basis": d.act.basis.value,
                    "confidence": d.act.confidence.value,
                }
                for d in self.decided
            ],
            "proposal": self.proposal,
        }


def hold(corpus: Corpus, read: Read) -> tuple[Held, ...]:
    """Every claim of a document, held against the record as it could be known on the document's day.

    A document without a dateline is held against all the record knows. Never raises for a claim of the vocabulary:
    what cannot be judged is `unknown`, with the reason.
    """
    day = dateline_of(read)
    held = [_held(corpus, c, day) for c in read.claims]
    return tuple(_steps_said_to_end(corpus, held, day))


def dateline_of(read: Read) -> date | None:
    """The document's day, or None where it has none that means a day."""
    if read.dateline is None:
        return None
    try:
        return date.fromisoformat(read.dateline)
    except ValueError:
        return None


def _held(corpus: Corpus, claim: Claim, day: date | None) -> Held:
    ruling = _ruling(corpus, claim, day)
    ruling, counted = figures(corpus, claim, ruling, day)
    ruling = cautious(corpus, claim, ruling)
    decided = _decided(ruling.facts, day)
    proposal = ruling.missing and claim.modality == "done" and claim.polarity == "affirmed"
    cites = [Citation(f.instrument, f.cite) for f in ruling.facts if f.cite]
    return Held(
        claim=claim,
        finding=ruling.finding,
        why=words.sentence(ruling.why),
        decided=decided,
        readings=_readings(decided),
        citations=tuple(dict.fromkeys(cites)),
        later=ruling.later,
        later_acts=tuple(dict.fromkeys(f.act.id for f in ruling.ahead if f.act is not None)),
        counted=counted,
        proposal=proposal,
    )


def _ruling(corpus: Corpus, claim: Claim, day: date | None) -> Ruling:
    if claim.modality == "hypothetical":
        return Ruling(finding=OPINION, why="a supposition: nothing is said to have happened")
    if claim.instrument is None:
        what = claim.described or "an instrument"
        opinion_only = claim.modality == "reported_opinion"
        finding = OPINION if opinion_only else UNKNOWN
        return Ruling(finding=finding, why=f"the text describes an instrument ({what}) that the record does not hold")
    if claim.instrument == "*":
        return open_instrument(corpus, claim, day)
    instrument = resolve(corpus, claim.instrument)
    if instrument is None:
        if claim.modality == "reported_opinion":
            return Ruling(finding=OPINION, why=f"a view on {claim.instrument}, which the record does not hold")
        return Ruling(finding=UNKNOWN, why=f"the record does not hold {claim.instrument}")
    case = ClaimCheck(corpus, shelf(corpus, instrument), claim, day)
    if claim.date and case.when is None:
        case.claim = claim = replace(claim, date=None)
    if claim.event == "accuse":
        return accusation(case)
    if claim.modality == "reported_opinion":
        return opinion(case)
    if claim.event == "join_organisation":
        return membership(case)
    if claim.modality == "urged":
        return urged(case)
    if claim.modality == "denied":
        return not_done(case) if claim.event != "decline_to_ratify" else _turned(declined(case))
    if claim.event == "decline_to_ratify":
        return declined(case) if claim.polarity == "affirmed" else _turned(declined(case))
    if claim.modality in ("planned", "threatened"):
        return planned(case) if claim.polarity == "affirmed" else not_done(case)
    if claim.polarity == "negated":
        return not_done(case)
    if claim.event == "amend":
        return _amended(case)
    return case.done()


def _turned(ruling: Ruling) -> Ruling:
    """The finding on the contrary."""
    turned = {"supported": "contradicted", "contradicted": "supported"}
    return replace(ruling, finding=turned.get(ruling.finding, ruling.finding), later=None, ahead=())


def _amended(case: ClaimCheck) -> Ruling:
    """An instrument is amended by one that says so: done once that is in force, imprecise while it is only agreed."""
    corpus = case.corpus
    own = case.done()
    if own.finding != UNKNOWN:
        return own
    for other in corpus.amending(case.shelf.id):
        amending = shelf(corpus, other)
        facts = amending.of(("sign", "adopt", "enter_into_force"))
        fit = [f for f in facts if case.fits(f) and case.known(f) and case.happened(f)]
        if not fit:
            continue
        force = amending.book.entry.day
        told = "; ".join(f"{amending.dossier.instrument.called}: {say(corpus, f)}" for f in fit[:2])
        if force is not None and force <= case.day:
            return Ruling(finding="supported", why=told, facts=tuple(fit))
        return Ruling(
            finding="imprecise", why=f"{told}; it was not in force on {words.long_day(case.day)}", facts=tuple(fit)
        )
    return own


def _steps_said_to_end(corpus: Corpus, held: list[Held], day: date | None) -> list[Held]:
    """A domestic step that the text says ended the treaty: the step is imprecise, the ending told as done contradicted.

    The text says so where an ending by the same doer, told as done or under way and with no day of its own, follows
    the step at once ("issued an edict ending the accord"; not "an edict to leave").
    """
    order = sorted(range(len(held)), key=lambda i: (held[i].claim.start, held[i].claim.end))
    result = list(held)
    for at, i in enumerate(order):
        step = held[i].claim
        instrument = resolve(corpus, step.instrument)
        if (
            step.event != "domestic_approval"
            or step.polarity != "affirmed"
            or step.modality != "done"
            or not instrument
        ):
            continue
        said = [j for j in order[at + 1 : at + 2] if _ended_by(step, held[j].claim)]
        if not said and ENDING not in step.evidence.marks:
            continue
        exit_of = replace(step, event="withdraw", date=None)
        case = ClaimCheck(corpus, shelf(corpus, instrument), exit_of, day)
        on_the_day = ClaimCheck(corpus, case.shelf, replace(exit_of, date=step.date), day)
        inside = [f for f in case.shelf.of(STEPS_INSIDE) if f.leaving and case.same_doer(f) and case.known(f)]
        fit = [f for f in inside if on_the_day.fits(f)] or inside
        if not fit:
            continue
        law = fit[-1]
        notices = [f for f in case.shelf.of(("give_notice",)) if case.same_doer(f) and case.known(f)]
        ends = [f for f in case.direct() if case.known(f) and f.takes_effect >= law.first]
        chain = [law, *[f for f in notices if f.first >= law.first][:1], *ends[:1]]
        decided = _decided(tuple(chain), day)
        for k in (i, *said):
            result[k] = replace(
                result[k],
                finding=CONTRADICTED if k != i and _told_as_done(held[k].claim) else IMPRECISE,
                why=_told_apart(corpus, chain, case.shelf.dossier.instrument.exit, day),
                later=None,
                later_acts=(),
                decided=decided,
                readings=_readings(decided),
                citations=tuple(dict.fromkeys(Citation(f.instrument, f.cite) for f in chain if f.cite)),
                proposal=False,
            )
    return result


def _told_as_done(end: Claim) -> bool:
    """Whether the ending is told as done, of an instrument and by doers the text names: then it can be called wrong."""
    sure = "referred" not in (end.evidence.instrument, end.evidence.actors)
    return end.modality == "done" and sure


def _ended_by(step: Claim, end: Claim) -> bool:
    """Whether the second claim is an ending that the first is said to bring about."""
    return (
        end.event in ("withdraw", "terminate")
        and step.instrument == end.instrument
        and (not end.actors or set(end.actors) == set(step.actors))
        and end.polarity == "affirmed"
        and end.modality in ("done", "planned")
        and end.date in (None, step.date)
        and 0 <= end.start - step.end <= ADJACENT
        and ENDED in end.evidence.marks
    )


def _told_apart(corpus: Corpus, chain: list[Fact], rule: Any, day: date | None) -> str:
    law, *rest = chain
    doers = [a for a in law.named if a != "parties"]
    gist = f" ({law.act.gist.rstrip('.')})" if law.act else ""
    when = words.date_words(law.act.date) if law.act else words.span_words(*law.done)
    step = words.STEP[law.kind]
    first = f"{words.of(corpus.actors, doers)} {step} of {when}{gist} is a step inside the state and ended nothing"
    if not rest:
        clause = f" ({rule.cite})" if rule and rule.cite else ""
        return words.sentence(f"{first}; an end needs notice{clause}, and none was known then")
    return words.sentence(f"{first}; " + "; ".join(say(corpus, f, day) for f in notices_with_effects(rest)))


def _decided(facts: tuple[Fact, ...], day: date | None) -> tuple[Decided, ...]:
    known_by = date.max if day is None else words.shift(day, ZONE)
    found: dict[tuple[str, str], Decided] = {}
    for fact in facts:
        for act in fact.acts(known_by):
            found.setdefault((fact.instrument, act.id), Decided(instrument=fact.instrument, act=act))
    return tuple(found.values())


def _readings(decided: tuple[Decided, ...]) -> tuple[tuple[str, str], ...]:
    """Which readings the deciding acts belong to (law.md 1)."""
    found: dict[str, str] = {}
    for one in decided:
        act = one.act
        if not needs_reading(act) or act.act.value not in LEAVING:
            found.setdefault("every reading", "counts")
            continue
        found.setdefault("depositary", "noted, not applied")
        for code in act.actors:
            found[code] = "applied"
        for code in act.contested_by:
            found.setdefault(code, "contested")
        for code in act.accepted_by:
            found.setdefault(code, "accepted")
    return tuple(found.items())


__all__ = ["DateError", "Decided", "Held", "dateline_of", "hold"]
