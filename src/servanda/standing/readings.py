"""From whose point of view: which acts count in which reading (law.md 1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from difflib import get_close_matches

from servanda.corpus import Actors
from servanda.model.acts import Act
from servanda.model.dates import Period
from servanda.model.errors import DateError, UnknownName
from servanda.model.vocabulary import ActKind, Basis

DEPOSITARY, SELF, LAW = "depositary", "self", "law"
GENERAL = (DEPOSITARY, SELF, LAW)


def check(reading: str, actors: Actors) -> str:
    """The reading as a known word or state code; UnknownName with near matches otherwise."""
    if reading.lower() in GENERAL:
        return reading.lower()
    code = reading.upper()
    if code in actors and not actors.is_organisation(code):
        return code
    near = (*get_close_matches(reading.lower(), GENERAL, 2), *(n for n in actors.near(reading) if n.upper() != code))
    raise UnknownName(
        "reading", reading, near, remedy=None if near else "readings: depositary, self, law or a state's code"
    )


def needs_reading(act: Act) -> bool:
    """True for acts that do not count in every reading."""
    return act.basis in (Basis.LAW, Basis.UNILATERAL)


def objection_ends(notice: date, period: Period) -> date:
    """The day on which the time to object has run out, counted from the notice (VCLT 65(2)).

    Where the month that is reached lacks the day, it is the first of the next: the period is "not less than".
    """
    try:
        return period.after(notice)
    except DateError:
        return period.after(notice.replace(day=1) + timedelta(days=32)).replace(day=1)


def contesting(act: Act, acts: Iterable[Act], actors: Actors, on: date, bound: frozenset[str]) -> tuple[str, ...]:
    """Who contests an act: those it names, organisations as their members bound that day, and objectors."""
    objections = [o for o in acts if o.act is ActKind.OBJECT and o.target_act == act.id]
    named = dict.fromkeys(_speakers(act.contested_by, actors, on, bound))
    for o in sorted(objections, key=lambda o: (o.date.earliest or date.max, o.id)):
        named.update(dict.fromkeys(_speakers(o.actors, actors, o.date.earliest or on, bound)))
    return tuple(named)


def in_time(act: Act, objection: Act, period: Period) -> bool:
    """Whether an objection may have come before the time to object ran out (VCLT 65(2), (3))."""
    ends = objection_ends(act.date.latest, period) if act.date.latest else None
    return ends is None or objection.date.possibly_by(ends)


def accepting(act: Act, acts: Iterable[Act], actors: Actors, on: date, bound: frozenset[str]) -> tuple[str, ...]:
    """Who accepted an act in words or by acting on it."""
    named = dict.fromkeys(_speakers(act.accepted_by, actors, on, bound))
    for a in acts:
        if a.act is ActKind.ACCEPT and a.target_act == act.id:
            named.update(dict.fromkeys(_speakers(a.actors, actors, a.date.earliest or on, bound)))
    return tuple(sorted(named)) if len(named) > 1 else tuple(named)


def _speakers(codes: Iterable[str], actors: Actors, on: date, bound: frozenset[str]) -> list[str]:
    """States named one by one, whoever they are; of an organisation only its members that are bound that day."""
    named = list(codes)
    return [c for c in actors.expand(named, on) if c in bound or c in named]


def doing(act: Act, actors: Actors, on: date, bound: frozenset[str]) -> frozenset[str]:
    """Whose own act it is: its actors, an organisation's members of that day, all parties, the state succeeded to."""
    everybody = bound if "parties" in act.actors else frozenset()
    return frozenset(actors.expand(act.actors, on)) | everybody | {c for c in (act.predecessor,) if c}


def position(reader: str, doers: frozenset[str], contested: tuple[str, ...], accepted: tuple[str, ...]) -> str:
    """What a state said of another's act. Silence is not consent: it is `not seen`."""
    if reader in doers:
        return "own act"
    if reader in accepted:
        return "accepted"
    if reader in contested:
        return "contested"
    return "not seen"
