"""From whose point of view: which acts count in which reading (LAW 1)."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches

from servanda.corpus import Actors
from servanda.model.acts import Act
from servanda.model.dates import Period
from servanda.model.errors import UnknownName
from servanda.model.vocabulary import ActKind, Basis

DEPOSITARY, SELF, LAW = "depositary", "self", "law"
GENERAL = (DEPOSITARY, SELF, LAW)

# VCLT 65(2): a notified claim takes effect after three months if nobody objects.
OBJECTION_PERIOD = Period(months=3)


def check(reading: str, actors: Actors) -> str:
    """The reading as a known word or state code; UnknownName with near matches otherwise."""
    if reading.lower() in GENERAL:
        return reading.lower()
    code = reading.upper()
    if code in actors and not actors.is_organisation(code):
        return code
    near = (*get_close_matches(reading.lower(), GENERAL, 2), *actors.near(reading))
    raise UnknownName(
        "reading", reading, near, remedy=None if near else "readings: depositary, self, law or a state's code"
    )


def needs_reading(act: Act) -> bool:
    """True for acts that do not count in every reading."""
    return act.basis in (Basis.LAW, Basis.UNILATERAL)


def contesting(act: Act, acts: tuple[Act, ...], actors: Actors, on: date, bound: frozenset[str]) -> tuple[str, ...]:
    """Who contests an act: those it names, organisations as their members bound that day, and objectors."""
    named = [c for c in actors.expand(act.contested_by, on) if c in bound or c in act.contested_by]
    objectors = [a for o in acts if o.act is ActKind.OBJECT and o.target_act == act.id for a in o.actors]
    return tuple(dict.fromkeys((*named, *objectors)))


def accepting(act: Act, acts: tuple[Act, ...], actors: Actors, on: date) -> tuple[str, ...]:
    """Who accepted an act in words or by acting on it."""
    named = actors.expand(act.accepted_by, on)
    spoken = [a for o in acts if o.act is ActKind.ACCEPT and o.target_act == act.id for a in o.actors]
    return tuple(dict.fromkeys((*named, *spoken)))


def position(act: Act, reader: str, contested: tuple[str, ...], accepted: tuple[str, ...]) -> str:
    """What a state said of another's act. Silence is not consent: it is `not seen`."""
    if reader in act.actors:
        return "own act"
    if reader in accepted:
        return "accepted"
    if reader in contested:
        return "contested"
    return "not seen"


def applies(act: Act, reading: str, actor: str, contested: tuple[str, ...], accepted: tuple[str, ...]) -> bool:
    """Whether the reading applies the act of `actor` to its standing or duties."""
    if not needs_reading(act):
        return True
    if reading == DEPOSITARY:
        return False
    if reading == SELF:
        return True
    if reading == LAW:
        # a claim that somebody contests in time settles nothing (VCLT 65(3))
        return not contested
    return reading == actor or position(act, reading, contested, accepted) == "accepted"
