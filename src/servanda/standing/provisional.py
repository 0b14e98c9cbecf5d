"""Who is bound by listed provisions alone, before the whole instrument binds anybody (law.md 3; VCLT 25).

An act of provisional application that lists provisions changes no standing; it binds those who did it, and who stands
in for them, in the kinds of duty that those provisions lay down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from servanda.model.acts import Act
from servanda.model.instrument import Provision, within_place
from servanda.model.vocabulary import ActKind, ObligationKind, Standing
from servanda.standing.effects import effect_days
from servanda.standing.readings import DEPOSITARY
from servanda.standing.status import Ledger

# A state that has gone, or that left, is bound by nothing any more.
GONE = (Standing.SUCCEEDED, Standing.WITHDRAWN, Standing.TERMINATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """One act of provisional application, in force on a day for one kind of duty.

    `provisions` are those that lay the duty down. `members` are bound, `obligors` owe; `unsure` are members of whom
    the record does not tell. `sure` is false where the act itself may not be in effect that day.
    """

    act: Act
    provisions: tuple[Provision, ...]
    members: tuple[str, ...]
    obligors: frozenset[str]
    unsure: frozenset[str]
    sure: bool


def listed(act: Act, provisions: Iterable[Provision], prefix: str) -> tuple[Provision, ...]:
    """The provisions that an act lists."""
    return tuple(p for p in provisions if any(within_place(e, p.cite, prefix) for e in act.provisions))


def bonds(book: Ledger, kind: ObligationKind, on: date) -> tuple[Bond, ...]:
    """Every act of provisional application by listed provisions that is in effect, or may be, for that kind of duty."""
    found = []
    for act in book.acts:
        if act.act is not ActKind.PROVISIONALLY_APPLY or not act.provisions:
            continue
        first, last, _ = effect_days(act, DEPOSITARY, book.general)
        if first is None or first > on or (act.until is not None and act.until.surely_by(on)):
            continue
        dossier = book.dossier
        lay_down = book.laid_down.get((act.id, kind))
        if lay_down is None:
            lay_down = tuple(p for p in listed(act, dossier.provisions, dossier.instrument.cite) if kind in p.duties)
            book.laid_down[act.id, kind] = lay_down
        if not lay_down:
            continue
        members, unsure = _members(book, act, on)
        every = any(not p.obligors for p in lay_down)
        obligors = frozenset(members if every else (o for p in lay_down for o in p.obligors if o in members))
        ended = act.until is not None and act.until.possibly_by(on)
        sure = last is not None and last <= on and not ended and act.id not in book.doubtful
        found.append(Bond(act=act, provisions=lay_down, members=members, obligors=obligors, unsure=unsure, sure=sure))
    return tuple(found)


def _members(book: Ledger, act: Act, on: date) -> tuple[tuple[str, ...], frozenset[str]]:
    """Who did the act or stands in for one who did, and of whom among them the record does not tell."""
    done = act.date.earliest or on
    named = list(book.participants if "parties" in act.actors else book.actors.expand(act.actors, done))
    heirs = {a.predecessor: a.actors for a in book.dossier.acts if a.act is ActKind.SUCCEED and a.predecessor}
    members: dict[str, None] = {}
    unsure: set[str] = set()
    while named:
        party = named.pop(0)
        standing = book.outcome(party, on, DEPOSITARY)[0].standing
        ended = book.ceased(party)
        if standing is Standing.UNKNOWN and ended is not None and ended <= on and party not in heirs:
            # the state is gone and nobody knew yet who would stand in for it
            heirs[party] = book.actors.get(party).successors
        if standing in GONE or (standing is Standing.UNKNOWN and heirs.get(party)):
            named = [*(h for h in heirs.get(party, ()) if h not in members), *named]
            continue
        if standing is Standing.UNKNOWN:
            unsure.add(party)
        members[party] = None
    return tuple(members), frozenset(unsure)
