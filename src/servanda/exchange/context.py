"""What validation must know of the treaty and the ground, handed in: rooms do not ask each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from servanda.model.equipment import EquipmentType


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where a point lies: the blocks that hold it, whose ground they are, whether those states are bound that day,
    and the zones that cover it by the text. Empty for a point in no block."""

    blocks: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    bound: bool = False
    zones: frozenset[str] = frozenset()


Locate = Callable[[Sequence[tuple[float, float]]], list[Ground]]  # points by latitude and longitude


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """A number that holdings are held against. `kind` is level, state, group or territory; `categories` are leaves.

    `holder_binds` is False for a territory whose ceiling binds another group. `recalled` marks a number not sourced.
    """

    kind: str
    cite: str
    categories: frozenset[str]
    name: str
    zone: str
    posture: str
    at_most: int
    recalled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The treaty on the day of a document, as far as validation needs it."""

    party: str
    on: date
    today: date
    took_part: bool
    locate: Locate
    """Points by latitude and longitude to the ground at each."""
    fold: Callable[[str], str]
    """A designation without case, spaces and look-alike letters."""
    types: Mapping[str, tuple[EquipmentType, ...]]
    """Folded designations to the listed types."""
    limited: frozenset[str]
    """Leaf categories that the treaty limits in number."""
    ceilings: tuple[Ceiling, ...]
    whole: str
    """The zone that is the whole area."""
