"""What is counted: the tree of categories, and the existing types a protocol lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servanda.model.base import STRICT
from servanda.model.vocabulary import Confidence, CountUnit, TypeList


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A kind of equipment or personnel. `parent` makes a tree; a leaf has no children."""

    __pydantic_config__ = STRICT

    id: str
    """Unique name of the category."""
    name: str
    """Its name in words."""
    short: str | None = None
    """A shorter name for tables, where the name is long."""
    parent: str | None = None
    """Id of the category it is part of."""
    limited: bool = True
    """False where it is reported but not limited."""
    cite: str | None = None
    """The clause that defines it."""
    subcategories: tuple[str, ...] = ()
    """Names of the kinds within it that a list of types may give."""
    unit: CountUnit = CountUnit.ITEMS
    """What is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentType:
    """A designation as an existing-types list prints it (a row of `types.csv`).

    `limited` tells treaty-limited equipment from look-alikes and others that are only reported. `list` is the
    part of the list it stands in; `aliases` are other spellings of the same designation.
    """

    __pydantic_config__ = STRICT

    designation: str
    """The designation as printed."""
    category: str
    """Its category."""
    limited: bool
    """True for treaty-limited equipment."""
    cite: str
    """Where the list prints it."""
    source: tuple[str, ...]
    """Ids of the sources it was seen in."""
    subcategory: str | None = None
    """Its kind within the category, one of those the category declares."""
    list: TypeList | None = None
    """The part of the list it is printed in."""
    aliases: tuple[str, ...] = ()
    """Other spellings."""
    version_of: str | None = None
    """The designation of the type that this one is a version of, where the list says so."""
    confidence: Confidence = Confidence.SOURCED
    """How far the record can be trusted: sourced, derived or recalled."""
    reported: date | None = None
    """The day it was added to the list; absent: it is in the list as adopted."""
    note: str | None = None
    """A remark for the reader; no answer depends on it."""
