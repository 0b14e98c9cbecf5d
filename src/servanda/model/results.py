"""What the rooms compute: standings, and verdicts on limits. `questions` turns them into answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servanda.model.acts import Act
from servanda.model.assessments import Beside
from servanda.model.counts import Count
from servanda.model.limits import Limit
from servanda.model.records import Record
from servanda.model.vocabulary import ANY, Standing, VerdictKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a standing is what it is: a sentence, the act behind it, the clause, the day it took effect.

    `applied` is false for an act that the reading notes but does not apply (law.md 1); `entered` is true where the
    instrument entered into force for the party, which its own act only prepared.
    """

    statement: str
    act: Act | None = None
    cite: str | None = None
    effect: date | None = None
    applied: bool = True
    entered: bool = False
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyStanding:
    """One party's standing on a day, in a reading, as known on a day.

    `since` is the first day of this standing, None where the record does not tell it to the day. `readings`
    pairs every other reading that matters (the party's own, those who contest) with its standing. `projected`
    marks a future effect of an act already done, which may still be revoked (VCLT 68). `position` tells what the
    reading state said of a contested act: `accepted`, `contested`, `not seen`. `took_part` is false for a state that
    never did anything under the instrument.
    """

    party: str
    standing: Standing
    since: date | None
    contested: bool
    because: tuple[Reason, ...] = ()
    readings: tuple[tuple[str, Standing], ...] = ()
    projected: bool = False
    took_part: bool = True
    position: str | None = None
    caveats: tuple[str, ...] = ()

    @property
    def is_party(self) -> bool:
        """True while the bond holds: a suspending state and one under notice stay parties (law.md 4)."""
        return self.standing in (
            Standing.PROVISIONAL,
            Standing.IN_FORCE,
            Standing.NOTICE_GIVEN,
            Standing.SUSPENDED,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A record that does not constrain, and the verdict it would give in place of the preferred one."""

    record: Record
    verdict: VerdictKind
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a scope would hold if named assumptions were true: beside a verdict, never in place of one.

    `low` and `high` as in a verdict; `verdict` what they would give; `inconsistent` where the assumptions contradict
    the record, with the `conflict`, an irreducible set of figures (assumed ones among them) that cannot all be true.
    """

    assumptions: tuple[str, ...]
    low: int | None
    high: int | None
    verdict: VerdictKind
    records: tuple[Record, ...] = ()
    conflict: tuple[Record, ...] = ()
    caveats: tuple[str, ...] = ()


def verdict_id(limit: Limit, posture: str) -> str:
    """The limit's id, with `#active` or `#stored` where the clause bounds more than one posture."""
    if len(limit.at_most) > 1 and posture != ANY:
        return f"{limit.id}{'+' if '#' in limit.id else '#'}{posture}"
    return limit.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A limit held against the records on a day.

    `low` and `high` bound what the scope holds (whole items); `high` None means no upper bound, both None no
    data. `records` are those that bind; `conflict` an irreducible set that cannot all be true. `would_settle`
    says which record would decide an undetermined verdict. `deferred` marks a limit whose full observance was
    put off; `in_law` is false where no article says to count so;
    `excess` is what lies above an allowance and counts under other clauses or, of a limit of those, what was counted in;
    `recalled` is true where the ceiling, a level or a figure it leans on is from memory. `headroom_range` is (bound - high, bound - low).
    """

    limit: Limit
    scope: str  # west, east, nato, a state's code, or a state's code, `:` and its site
    posture: str
    bound: int
    low: int | None
    high: int | None
    verdict: VerdictKind
    applies_from: date | None = None
    snapshot: str | None = None
    snapshot_date: date | None = None
    age_days: int | None = None
    stale: bool = False
    in_law: bool = True
    deferred: bool = False
    excess: tuple[int, int | None] | None = None
    relaxed: bool = False
    recalled: bool = False
    records: tuple[Record, ...] = ()
    conflict: tuple[Record, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    newer_partial: tuple[str, ...] = ()
    would_settle: str | None = None
    test: str | None = None
    members: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    assessments: tuple[Beside, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    counts: tuple[Count, ...] = ()

    @property
    def id(self) -> str:
        """The limit's id, with `#active` or `#stored` where the clause bounds more than one posture."""
        return verdict_id(self.limit, self.posture)

    @property
    def headroom(self) -> int | None:
        """Room left when within, excess (negative) when exceeded, else None."""
        if self.verdict is VerdictKind.WITHIN and self.high is not None:
            return self.bound - self.high
        if self.verdict is VerdictKind.EXCEEDED and self.low is not None:
            return self.bound - self.low
        return None

    @property
    def headroom_range(self) -> tuple[int | None, int | None]:
        """Least and greatest room the bounds allow; None where unbounded or unknown."""
        return (
            None if self.high is None else self.bound - self.high,
            None if self.low is None else self.bound - self.low,
        )
