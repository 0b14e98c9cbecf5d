"""What must happen next: ordered steps with trigger, actor, time limit, way of counting and decision rule."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.dates import Period
from servanda.model.vocabulary import ActKind, Confidence

TRIGGER = "trigger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A number the text leaves open: `(...) days`. Without the user's value or a default the step is unspecified.

    `default` is given only where the draft prints a bracketed number. `unit` is days or parties.
    """

    __pydantic_config__ = {"extra": "forbid"}

    id: str
    gist: str
    cite: str
    unit: str = "days"
    default: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """How a body decides. `rule` is consensus, unanimity, majority or each; `quorum` a share of the parties."""

    __pydantic_config__ = {"extra": "forbid"}

    rule: str
    quorum: str | None = None
    binding: bool | None = None
    gist: str | None = None


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

    __pydantic_config__ = {"extra": "forbid"}

    id: str
    actor: str
    action: str
    cite: str
    after: str = TRIGGER
    before: bool = False
    not_before: Period | None = None
    not_after: Period | None = None
    at_once: bool = False
    each_year: str | None = None
    every: Period | None = None
    from_clock: bool = False
    skip_within: Period | None = None
    blank: str | None = None
    blank_bounds: str = "not_after"
    optional: bool = False
    condition: str | None = None
    decision: Decision | None = None
    confidence: Confidence = Confidence.SOURCED
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A procedure of an instrument (`procedures.yaml`). `trigger` says which day to count from.

    Where `from_clock` is true the instrument's own clock gives that day and the user need not. `triggered_by` names
    the kinds of act that start it; an act may start others by name.
    """

    __pydantic_config__ = {"extra": "forbid"}

    id: str
    title: str
    cite: str
    gist: str
    trigger: str
    steps: tuple[Step, ...]
    source: tuple[str, ...]
    from_clock: bool = False
    triggered_by: tuple[ActKind, ...] = ()
    in_brief: bool = False  # its next fixed day belongs on a one-page brief
    blanks: tuple[Blank, ...] = ()
    confidence: Confidence = Confidence.SOURCED
    note: str | None = None
