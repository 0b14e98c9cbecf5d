"""What is counted: the tree of categories, and the existing types a protocol lists."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.vocabulary import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A kind of equipment or personnel. `parent` makes a tree; a leaf has no children."""

    __pydantic_config__ = {"extra": "forbid"}

    id: str
    name: str
    parent: str | None = None
    limited: bool = True
    cite: str | None = None
    unit: str = "items"


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentType:
    """A designation as an existing-types list prints it (a row of `types.csv`).

    `limited` tells treaty-limited equipment from look-alikes and others that are only reported. `list` is the
    part of the list it stands in; `aliases` are other spellings of the same designation.
    """

    __pydantic_config__ = {"extra": "forbid"}

    designation: str
    category: str
    limited: bool
    cite: str
    source: tuple[str, ...]
    subcategory: str | None = None
    list: str | None = None
    aliases: tuple[str, ...] = ()
    confidence: Confidence = Confidence.SOURCED
    note: str | None = None
