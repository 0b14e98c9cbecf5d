"""Documents on what is handed over and inspected: a declaration held against rules, quotas, requests to inspect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from servanda.model.documents.base import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """What is wrong or doubtful in a declaration."""

    __pydantic_config__ = STRICT

    code: str
    """Number of the rule."""
    sheet: str | None
    """The sheet or file of the form."""
    row: int | None
    """The row, counted from 1."""
    column: str | None
    """The column's name."""
    cite: str | None
    """The article the rule rests on."""
    message: str
    """What is wrong."""
    remedy: str
    """What to do."""
    file: str | None
    """The file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidateDocument:
    """A declaration held against the rules of its form."""

    __pydantic_config__ = STRICT

    valid: bool
    """True where there is no error."""
    file: str | None
    """The file."""
    errors: tuple[FindingRow, ...]
    """What must be corrected."""
    warnings: tuple[FindingRow, ...]
    """What to look at again."""
    left_out: Mapping[str, int]
    """How many more findings of a rule there are than are listed."""
    synthetic: bool
    """True where the figures are made up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedClause:
    """A clause that decides a request."""

    __pydantic_config__ = STRICT

    cite: str | None
    """The article."""
    statement: str
    """What it says of this request."""
    ok: bool | None
    """Whether it allows it; null where the record does not tell."""
    remedy: str | None
    """What would make it allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """Whether inspection is owed in a reading."""

    __pydantic_config__ = STRICT

    reading: str
    """The depositary, or a state."""
    owes: bool | None
    """Whether it is owed; null where the record does not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MayDocument:
    """Whether one state may inspect another."""

    __pydantic_config__ = STRICT

    instrument: str
    """Id of the instrument."""
    by: str
    """The inspecting state."""
    of: str
    """The inspected state."""
    kind: str
    """The kind of inspection."""
    site: str
    """The site asked for."""
    notice: str
    """When notice is given, to the minute."""
    arrive: str
    """When the team arrives, to the minute."""
    period: str
    """The quota period."""
    reading: str
    """The reading that decides."""
    allowed: bool
    """The answer."""
    because: tuple[CheckedClause, ...]
    """Clauses, those that forbid first."""
    readings: tuple[Owing, ...]
    """The duty in the readings beside it."""
    synthetic: bool = False
    """True where it rests on figures that were made up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaPeriod:
    """The quota period of a day."""

    __pydantic_config__ = STRICT

    id: str
    """Its name."""
    year: int | None
    """Which year of it, where it is told by years."""
    from_: str
    """First day."""
    to: str | None
    """First day after it; null where it is open."""
    cite: str | None
    """The article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StationedShare:
    """What may be used up on forces stationed on a state's ground."""

    __pydantic_config__ = STRICT

    owner: str
    """Whose forces."""
    objects: int
    """How many objects they have there."""
    at_most: int | None
    """At most so many inspections."""
    cite: str | None
    """The article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaBeside:
    """A quota of another kind."""

    __pydantic_config__ = STRICT

    quota: str
    """Its name."""
    number: int | None
    """How many; null where it is not known."""
    confidence: str
    """How far it can be trusted."""
    shared_with: tuple[str, ...]
    """Who shares it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpentRow:
    """What was used of a quota."""

    __pydantic_config__ = STRICT

    quota: str
    """Its name."""
    of: int | None
    """How many there are; null where it is not known."""
    used: int
    """How many were used."""
    left: int | None
    """How many are left; null where it is not known."""
    surely: int | None
    """How many are left at least."""
    cite: str | None
    """The article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRow:
    """What a party must accept."""

    __pydantic_config__ = STRICT

    party: str
    """The party."""
    oov: int | None
    """Its objects of verification."""
    oov_on_territory: int | None
    """Objects on its territory, those of others included."""
    passive: int | None
    """Declared-site inspections."""
    challenge: int | None
    """Challenge inspections."""
    territory_inspections: int | None
    """Inspections on its territory."""
    at_least: Mapping[str, int]
    """The least number of each kind."""
    stationed: tuple[StationedShare, ...]
    """Forces of others on its ground."""
    cite: tuple[str, ...]
    """The articles."""
    beside: tuple[QuotaBeside, ...]
    """Quotas of other kinds."""
    shared_with: tuple[str, ...]
    """Who shares its quota."""
    caveats: tuple[str, ...]
    """What to bear in mind."""
    spent: tuple[SpentRow, ...] | None
    """What was used; null where it was not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapRow:
    """A rule that caps inspections."""

    __pydantic_config__ = STRICT

    id: str
    """Its name."""
    cite: str | None
    """The article."""
    gist: str
    """In words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRow:
    """Inspections on top of the quota."""

    __pydantic_config__ = STRICT

    party: str
    """Who accepts them."""
    at_most: int | None
    """At most so many a year."""
    zones: tuple[str, ...]
    """Where."""
    cite: str | None
    """The article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRow:
    """A published number of inspections."""

    __pydantic_config__ = STRICT

    by: str | None
    """Who inspected."""
    of: str | None
    """Who was inspected."""
    from_: str
    """First day, as an EDTF date."""
    to: str
    """Last day, as an EDTF date."""
    kinds: str
    """What was counted."""
    count: int
    """How many."""
    more: bool
    """True where there were more."""
    quota: int | None
    """The quota it counts against."""
    within_quota: bool | None
    """Whether it is within it; null where that is not known."""
    source: tuple[str, ...]
    """Ids of the sources."""
    note: str | None
    """A remark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotasDocument:
    """What each party must accept in the quota period of a day."""

    __pydantic_config__ = STRICT

    instrument: str
    """Id of the instrument."""
    on: str
    """The day."""
    period: QuotaPeriod
    """Its quota period."""
    rounding: str
    """How percentages are rounded."""
    rounding_note: str | None
    """What the text says of rounding."""
    parties: tuple[QuotaRow, ...]
    """A row each."""
    caps: tuple[CapRow, ...]
    """Rules that cap inspections."""
    supplements: tuple[SupplementRow, ...]
    """Inspections on top of quotas."""
    published: tuple[PublishedRow, ...] | None
    """Published numbers, where the record has no quotas."""
    synthetic: bool = False
    """True where it rests on figures that were made up."""
