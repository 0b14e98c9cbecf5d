"""One question as a value: what is asked, of which day, from whose point of view, as known when, on which records.

A door builds it once; everything below reads it. The parts that change what the record is (`known_on`, `scenarios`,
`records`) become a view of the corpus before anything is computed, so that no later step can forget them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servanda.model.errors import DateError, InputError
from servanda.model.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question to an instrument.

    `on` is the day asked about, or `since` and `until` (the day after) a period. `reading` is the legal point of
    view, `known_on` the day whose knowledge counts. `scenarios` are laid over the record, `records` stand in place
    of its holdings. `groups` and `count` say how equipment is added up, `prospective` judges before a limit applies,
    `assume` names assumptions, `include` provenances left out by default, `limits` the only limits asked for.

    Raises DateError for a period that ends before it begins, InputError for a day and a period together.
    """

    instrument: str
    on: date | None = None
    since: date | None = None
    until: date | None = None
    reading: str = "depositary"
    known_on: date | None = None
    scenarios: tuple[str, ...] = ()
    records: tuple[Record, ...] | None = None
    groups: str = "treaty"
    count: str = "holdings"
    prospective: bool = False
    assume: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    limits: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if self.on is not None and (self.since is not None or self.until is not None):
            raise InputError("a day and a period are both given", remedy="give exactly one of them")
        if (self.since is None) != (self.until is None):
            raise InputError("a period needs its first day and the day after its last", remedy="give both")
        if self.since is not None and self.until is not None and self.until <= self.since:
            raise DateError(
                f"the period ends on {self.until}, not after its start {self.since}", remedy="give a later end"
            )

    @property
    def day(self) -> date:
        """The day asked about. InputError where there is none."""
        if self.on is None:
            raise InputError("no day to ask about", remedy="give a day, or the first and last day of a period")
        return self.on
