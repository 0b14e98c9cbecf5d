"""Acts: dated things actors did to an instrument. Append only; a correction is a new act that supersedes."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.dates import Period, UncertainDate
from servanda.model.vocabulary import ActKind, Basis, Confidence, ObligationKind, Standing, Succession


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A reason that the actors of an act gave for it: `gist` in our own words, `stated_in` the document that gives it.

    `reported_by` names who tells of it where the statement itself was not seen. A ground is a claim of the actor;
    the record does not say that it is true.
    """

    __pydantic_config__ = {"extra": "forbid"}

    gist: str
    stated_in: str
    source: tuple[str, ...]
    reported_by: str | None = None
    cite: str | None = None
    confidence: Confidence = Confidence.SOURCED


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act (`acts.yaml`).

    `date` is the day it was done; `reported` the day it became known (default: `date`); `effective` its stated
    effect, or `effective_after` a period counted from `date`. With neither, the effect of a notified suspension is
    assumed in the actor's own reading and marked so (LAW 1). `actors` may hold organisation codes (expanded to
    members that are parties that day) and the word `parties` (all parties that day).

    `kinds` names the duties an act touches (empty: all it can touch). `toward` limits it to some states: a
    targeted act changes obligations, not standing. `provisions` limits it to those clauses: such an act changes
    no standing. `concerns` names what it is about: acts of this record, or instruments linked to it. `triggers`
    names procedures of the instrument that run from its day. `grounds` are the reasons its actors gave.
    `successor_standing` is what a successor steps into; `predecessor` whom it succeeds.
    """

    __pydantic_config__ = {"extra": "forbid"}

    id: str
    date: UncertainDate
    act: ActKind
    actors: tuple[str, ...]
    gist: str
    source: tuple[str, ...]
    reported: UncertainDate | None = None
    effective: UncertainDate | None = None
    effective_after: Period | None = None
    until: UncertainDate | None = None
    basis: Basis = Basis.TREATY
    ground: str | None = None
    kinds: tuple[ObligationKind, ...] = ()
    voluntary: tuple[ObligationKind, ...] = ()
    toward: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    releases: bool = False
    contested_by: tuple[str, ...] = ()
    accepted_by: tuple[str, ...] = ()
    target_act: str | None = None  # the act that an objection, acceptance or revocation is about
    concerns: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()
    predecessor: str | None = None
    succession: Succession | None = None
    successor_standing: Standing | None = None
    supersedes: str | None = None
    cite: str | None = None
    place: str | None = None
    confidence: Confidence = Confidence.SOURCED
    locatable: bool = True  # false: seen, but the page's exact address was not kept
    note: str | None = None

    @property
    def known(self) -> UncertainDate:
        """The day from which the act can be known: `reported`, by default the day it was done."""
        return self.reported or self.date
