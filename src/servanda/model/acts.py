"""Acts: dated things actors did to an instrument. Append only; a correction is a new act that supersedes."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.base import STRICT
from servanda.model.dates import Period, UncertainDate
from servanda.model.vocabulary import ActKind, Basis, Confidence, Matter, ObligationKind, Standing, Succession


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A reason that the actors of an act gave for it: `gist` in our own words, `stated_in` the document that gives it.

    `reported_by` names who tells of it where the statement itself was not seen. A ground is a claim of the actor;
    the record does not say that it is true.
    """

    __pydantic_config__ = STRICT

    gist: str
    """The reason, in our own words."""
    stated_in: str
    """The document that gives it."""
    source: tuple[str, ...]
    """Ids of the sources it was seen in."""
    reported_by: str | None = None
    """Who tells of it, where the statement itself was not seen."""
    cite: str | None = None
    """The clause it invokes."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act (`acts.yaml`).

    `date` is the day it was done; `reported` the day it became known (default: `date`); `effective` its stated
    effect, or `effective_after` a period counted from `date`. With neither, the effect of a notified suspension is
    assumed in the actor's own reading and marked so (law.md 1). `actors` may hold organisation codes (expanded to
    members that are parties that day) and the word `parties` (all parties that day).

    `kinds` names the duties an act touches (empty: all it can touch). `toward` limits it to some states: a
    targeted act changes obligations, not standing. `provisions` limits it to those clauses: such an act changes
    no standing. `concerns` names what it is about: acts of this record, or instruments linked to it;
    `about` the step that mere words announce, begin or refuse. `triggers` names procedures of the instrument that
    run from its day. `grounds` are the reasons its actors gave. `successor_standing` is what a successor steps
    into; `predecessor` whom it succeeds.
    """

    __pydantic_config__ = STRICT

    id: str
    """Unique name of the act."""
    date: UncertainDate
    """The day it was done, as an EDTF date (`1992-07-17`, `2011-11~`, `A/B`)."""
    act: ActKind
    """What was done."""
    actors: tuple[str, ...]
    """Codes of who did it; `parties` stands for all parties of that day."""
    gist: str
    """What happened, in our own words."""
    source: tuple[str, ...]
    """Ids of the sources it was seen in."""
    reported: UncertainDate | None = None
    """The day it became known, where later than `date`."""
    effective: UncertainDate | None = None
    """The day it takes effect, where one was stated."""
    effective_after: Period | None = None
    """The period after `date` at whose end it takes effect."""
    until: UncertainDate | None = None
    """The day its effect ends, where one was stated."""
    basis: Basis = Basis.TREATY
    """What it rests on: a clause, the agreement of all, general law, or nothing but the actor's will."""
    ground: str | None = None
    """The ground the actor gave, in words."""
    kinds: tuple[ObligationKind, ...] = ()
    """Duties it touches; empty: all it can touch."""
    voluntary: tuple[ObligationKind, ...] = ()
    """Duties the actor says it will go on performing without being bound."""
    toward: tuple[str, ...] = ()
    """States toward whom alone it is done; such an act changes obligations, not standing."""
    provisions: tuple[str, ...] = ()
    """Clauses it is limited to; such an act changes no standing."""
    releases: bool = False
    """True where it frees the others of their duties toward the actor."""
    contested_by: tuple[str, ...] = ()
    """Who contests it."""
    accepted_by: tuple[str, ...] = ()
    """Who accepted it."""
    target_act: str | None = None
    """Id of the act that an objection, acceptance or revocation is about."""
    concerns: tuple[str, ...] = ()
    """What it is about: acts of this record, or instruments linked to it."""
    about: ActKind | None = None
    """For words said, decided or noted: the step of its own actors that they announce, begin, ask for or refuse."""
    matter: tuple[Matter, ...] = ()
    """Matters of the instrument it is about; what it says of them is told beside the day's limits on the same."""
    triggers: tuple[str, ...] = ()
    """Procedures of the instrument that run from its day."""
    grounds: tuple[Ground, ...] = ()
    """The reasons its actors gave."""
    predecessor: str | None = None
    """Code of the state the actors succeed."""
    succession: Succession | None = None
    """How the successors stand in."""
    successor_standing: Standing | None = None
    """The standing a successor steps into."""
    supersedes: str | None = None
    """Id of the older record that this one corrects."""
    cite: str | None = None
    """The clause it is done under."""
    place: str | None = None
    """Where it was done."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""
    locatable: bool = True
    """False where it was seen but the page's address was not kept."""
    note: str | None = None
    """A remark for the reader; no answer depends on it."""

    @property
    def known(self) -> UncertainDate:
        """The day from which the act can be known: `reported`, by default the day it was done."""
        return self.reported or self.date
