"""The form of an information exchange as data: documents, sheets, columns, areas, and the rules a document must keep.

One form is one record of an instrument's `exchange.yaml`. Code knows kinds of cells and kinds of checks; which sheets,
columns, clauses, days and numbers there are is told here alone, so that another treaty's exchange is another file.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from servanda.model.base import STRICT
from servanda.model.vocabulary import Confidence


class CellKind(StrEnum):
    """What a cell of a form holds."""

    TEXT = "text"  # any short text
    CODE = "code"  # a record number: letters, digits, . - / _
    WHOLE = "whole"  # a whole number, zero or more
    DAY = "day"  # a calendar day, YYYY-MM-DD
    COORDINATES = "coordinates"  # latitude and longitude, DDMMSSN DDDMMSSE
    CHOICE = "choice"  # one of the column's words
    CATEGORY = "category"  # one of the column's words, a category of the instrument or one that is only reported
    TYPE = "type"  # a designation of the instrument's list of types
    STATE = "state"  # a state's code


class Severity(StrEnum):
    """Whether a broken rule makes a document invalid."""

    ERROR = "error"
    WARNING = "warning"


class NoticeSide(StrEnum):
    """On which side of the event a notice is due."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormColumn:
    """One column of a sheet."""

    __pydantic_config__ = STRICT

    id: str
    """Name of the column in files of data."""
    heading: str
    """Its heading on the sheet."""
    kind: CellKind
    """What its cells hold."""
    letter: str | None = None
    """The letter the printed form gives it."""
    required: bool = False
    """True where every row must fill it."""
    unique: bool = False
    """True where no two rows may have the same value."""
    several: bool = False
    """True where a cell may hold several values, parted by semicolons."""
    choices: tuple[str, ...] = ()
    """The words allowed, for a choice or a category."""
    refers: tuple[str, ...] = ()
    """Columns (`sheet.column`), in one of which the value must stand."""
    gist: str | None = None
    """What to write, for the note on the heading."""
    cite: str | None = None
    """The clause that asks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheet:
    """One sheet: a chart, a section, or the list of a notice."""

    __pydantic_config__ = STRICT

    id: str
    """Name of the sheet and of its file."""
    title: str
    """Its title in words."""
    cite: str
    """The clause."""
    columns: tuple[FormColumn, ...]
    """Its columns in order."""
    documents: tuple[str, ...]
    """Ids of the documents it belongs to."""
    needed: bool = False
    """True where it must be there, even if empty."""
    gist: str | None = None
    """How rows are written: what is a choice of this form and not printed by the treaty."""

    def column(self, name: str) -> FormColumn | None:
        """The column of that id, or None."""
        return next((c for c in self.columns if c.id == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A kind of document: an annual exchange, an event notice, a correction."""

    __pydantic_config__ = STRICT

    id: str
    """Name of the kind."""
    name: str
    """Its name in words."""
    cite: str
    """The clause."""
    notice: bool = False
    """True for an event notice."""
    corrects: bool = False
    """True where it names an earlier document that it replaces."""
    valid_on: str | None = None
    """The day of each year it is valid as of, MM-DD."""
    due_on: str | None = None
    """The day it is to be exchanged by, MM-DD, of the year before where that day falls later in the year."""
    days: int | None = None
    """Days between the notice and the event."""
    side: NoticeSide | None = None
    """Whether the notice comes before or after the event."""
    event: str | None = None
    """The day counted from or to: `sheet.column`."""
    explains: tuple[str, ...] = ()
    """What changes between two annual documents this notice accounts for."""
    note: str | None = None
    """Other readings of the term, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormArea:
    """A word of the form for a zone of the instrument."""

    __pydantic_config__ = STRICT

    id: str
    """The word on the form."""
    zone: str
    """Id of the zone."""
    within: str | None = None
    """The area that holds it; absent for the one that holds all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRule:
    """One numbered rule: a kind of check with its sheets, columns, words and number."""

    __pydantic_config__ = STRICT

    code: str
    """Its number, such as IE-017."""
    check: str
    """The kind of check, a name the engine knows."""
    gist: str
    """What must hold, in one plain sentence."""
    remedy: str
    """What to do where it does not."""
    cite: str
    """The clause it rests on."""
    severity: Severity = Severity.ERROR
    """Whether breaking it makes the document invalid."""
    sheets: tuple[str, ...] = ()
    """Sheets it reads, in the order the check asks for."""
    columns: tuple[str, ...] = ()
    """Columns it reads, in the order the check asks for."""
    values: tuple[str, ...] = ()
    """Words it needs: choices, zones, categories."""
    number: int | None = None
    """A number it needs: a most, a percentage, days or kilometres."""
    documents: tuple[str, ...] = ()
    """Documents it applies to; empty: all."""
    needs_last: bool = False
    """True where it compares with the document before."""
    confidence: Confidence = Confidence.SOURCED
    """How far the rule can be trusted; `derived` for a choice of this form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormBeside:
    """A sheet of items that are held by forces outside the count, and the word that tells which."""

    __pydantic_config__ = STRICT

    sheet: str
    """The sheet."""
    column: str
    """The column with the word."""
    forces: dict[str, str]
    """The force of the instrument that each word means; items under other words are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRoles:
    """Where the numbers stand that other questions need: counted holdings, what is stored, places, sites, totals."""

    __pydantic_config__ = STRICT

    command: str
    """Sheet of the command organisation."""
    places: str
    """Sheet of units and installations with their places."""
    holdings: tuple[str, ...]
    """Sheets of holdings by unit and type."""
    totals: tuple[str, ...]
    """Sheets of totals by type: those with areas first."""
    sites: str
    """Sheet of declared sites."""
    objects: str
    """Sheet of objects of verification."""
    object_holdings: str
    """Sheet of holdings by object."""
    points: str
    """Sheet of points of entry and exit."""
    stored: tuple[str, ...]
    """Words of `site_kind` that mean designated permanent storage."""
    installations: tuple[str, ...]
    """Words of `site_kind` for what has no place in the command organisation."""
    total_levels: tuple[str, ...]
    """Levels of command that show totals of their subordinates."""
    uncounted: tuple[str, ...]
    """Words of `force` whose equipment is not counted against limits."""
    areas_for: tuple[str, ...]
    """Categories whose totals are given by area."""
    stored_posture: str
    """Name of the posture of what is stored."""
    active_posture: str
    """Name of the posture of everything else."""
    beside: FormBeside | None = None
    """Where items of forces outside the count are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form of one exchange."""

    __pydantic_config__ = STRICT

    id: str
    """Unique name of the form."""
    title: str
    """Its name in words."""
    cite: str
    """The protocol or annex it follows."""
    version: str
    """Version of the form, written into every file."""
    source: tuple[str, ...]
    """Ids of the sources it was seen in."""
    confidential: str
    """The clause on confidentiality, in words, printed on every cover."""
    languages: tuple[str, ...]
    """Languages in which it may be given."""
    documents: tuple[Document, ...]
    """The kinds of documents."""
    sheets: tuple[FormSheet, ...]
    """The sheets in order."""
    areas: tuple[FormArea, ...]
    """Its words for zones, innermost first."""
    roles: FormRoles
    """Where the numbers stand."""
    rules: tuple[FormRule, ...]
    """The numbered rules."""

    def sheet(self, name: str) -> FormSheet | None:
        """The sheet of that id, or None."""
        return next((s for s in self.sheets if s.id == name), None)

    def document(self, name: str) -> Document | None:
        """The kind of document of that id, or None."""
        return next((d for d in self.documents if d.id == name), None)

    def sheets_of(self, document: str) -> tuple[FormSheet, ...]:
        """The sheets of a kind of document, in order."""
        return tuple(s for s in self.sheets if document in s.documents)

    def rule(self, check: str) -> FormRule | None:
        """The first rule of a kind of check, or None."""
        return next((r for r in self.rules if r.check == check), None)
