"""A change of standing: what an act, or the passing of time, does to one party."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servanda.model.acts import Act
from servanda.model.vocabulary import Standing

RAISE, LAPSE, SUSPEND, RESUME = "raise", "lapse", "suspend", "resume"
NOTICE, REVOKE, END = "notice", "revoke", "end"
EVERYBODY = "*"
LADDER = (
    Standing.NONE,
    Standing.PROPOSED,
    Standing.SIGNATORY,
    Standing.CONTRACTING,
    Standing.PROVISIONAL,
    Standing.IN_FORCE,
)
Days = tuple[date, date | None]
RUNG = {standing: i for i, standing in enumerate(LADDER)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """`party` moves to `standing` on a day in `[first, last]`; `last` None: the end is not known.

    `kind` tells how it combines: a rung of the ladder or its lapse, a suspension or its end, a notice, an end.
    `party` is `*` where it moves all.
    """

    party: str
    kind: str
    standing: Standing
    first: date
    last: date | None
    statement: str
    act: Act | None = None
    cite: str | None = None
    caveats: tuple[str, ...] = ()
    projected: bool = False
    entered: bool = False

    @property
    def day(self) -> date | None:
        """The day it takes effect, where only one is possible."""
        return self.first if self.first == self.last else None

    def surely(self, on: date) -> bool:
        """True where it has happened by `on` whatever the day was."""
        return self.last is not None and self.last <= on

    def possibly(self, on: date) -> bool:
        """True where it may have happened by `on`."""
        return self.first <= on
