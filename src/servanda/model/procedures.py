"""What must happen next: ordered steps with trigger, actor, time limit, way of counting and decision rule."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.base import STRICT
from servanda.model.dates import Period
from servanda.model.vocabulary import ActKind, BlankUnit, Confidence, DecisionRule, StepBound

TRIGGER = "trigger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A number the text leaves open: `(...) days`. Without the user's value or a default the step is unspecified.

    `default` is given only where the draft prints a bracketed number. `unit` is days or parties.
    """

    __pydantic_config__ = STRICT

    id: str
    """Name by which a user gives the number."""
    gist: str
    """What the number is, in our own words."""
    cite: str
    """The clause that leaves it open."""
    unit: BlankUnit = BlankUnit.DAYS
    """What it counts."""
    default: int | None = None
    """The number printed in brackets, where there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """How a body decides. `rule` is consensus, unanimity, majority or each; `quorum` a share of the parties."""

    __pydantic_config__ = STRICT

    rule: DecisionRule
    """How the body decides."""
    quorum: str | None = None
    """Share of the parties that must be present, such as `4/5 of the parties`."""
    binding: bool | None = None
    """Whether the decision binds."""
    gist: str | None = None
    """What else the clause says, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. It counts from `after` (the trigger or an earlier step), forwards or `before` that day.

    `not_before` and `not_after` bound the day; `at_once` means immediately, without a number; `each_year` is a
    fixed month and day (`12-15`), the first on or after the day counted from; `every` repeats the step. A fixed day
    marked `from_clock` does not fall due before the instrument's own clock starts, nor within `skip_within` after
    that start. A step
    that names a `blank` takes its number of days from there, for the bound named in `blank_bounds`.
    A step with no bound at all is `unspecified`: the text sets no time.
    """

    __pydantic_config__ = STRICT

    id: str
    """Name of the step within its procedure."""
    actor: str
    """Who acts, in words."""
    action: str
    """What is done, in words."""
    cite: str
    """The clause."""
    after: str = TRIGGER
    """The trigger, or the earlier step, from which it counts."""
    before: bool = False
    """True where it counts back from that day."""
    not_before: Period | None = None
    """Period before whose end it may not be done."""
    not_after: Period | None = None
    """Period by whose end it must be done."""
    at_once: bool = False
    """True where the text says immediately, without a number."""
    each_year: str | None = None
    """A fixed month and day, `MM-DD`."""
    every: Period | None = None
    """Period after which the step repeats."""
    from_clock: bool = False
    """True where it counts from the instrument's clock."""
    skip_within: Period | None = None
    """A repetition this close to the trigger is left out."""
    blank: str | None = None
    """Id of the blank its number is taken from."""
    blank_bounds: StepBound = StepBound.NOT_AFTER
    """Which end of its time the blank sets."""
    optional: bool = False
    """True where it need not be done."""
    condition: str | None = None
    """When it applies, in words."""
    decision: Decision | None = None
    """How it is decided, where a body decides."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""
    note: str | None = None
    """A remark for the reader; no answer depends on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A procedure of an instrument (`procedures.yaml`). `trigger` says which day to count from.

    Where `from_clock` is true the instrument's own clock gives that day and the user need not. `triggered_by` names
    the kinds of act that start it; an act may start others by name.
    """

    __pydantic_config__ = STRICT

    id: str
    """Unique name of the procedure."""
    title: str
    """Its title."""
    cite: str
    """The clause."""
    gist: str
    """What it is, in our own words."""
    trigger: str
    """Which day to count from, in words."""
    steps: tuple[Step, ...]
    """Its steps, in order."""
    source: tuple[str, ...]
    """Ids of the sources it was seen in."""
    from_clock: bool = False
    """True where the instrument's clock gives the trigger day."""
    triggered_by: tuple[ActKind, ...] = ()
    """Kinds of act that start it."""
    blanks: tuple[Blank, ...] = ()
    """Numbers the text leaves open."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""
    note: str | None = None
    """A remark for the reader; no answer depends on it."""
