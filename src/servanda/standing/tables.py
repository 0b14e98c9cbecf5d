"""Instruments read from a depositary's table: their entry into force by the acts listed, held against the recorded day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from servanda.corpus import Actors
from servanda.model.acts import Act
from servanda.model.dates import UncertainDate
from servanda.model.instrument import Dossier
from servanda.model.vocabulary import ActKind
from servanda.standing.entry import entry_into_force
from servanda.standing.readings import DEPOSITARY
from servanda.standing.status import Ledger


def with_recorded_entry(dossier: Dossier, actors: Actors) -> tuple[Dossier, str | None]:
    """The dossier to ask, and what to say where the rules record another day than the listed acts give.

    Lists leave out states that are no more and parties that have left, so that a count comes out late. The recorded
    day is then used; each party's own entry is still counted from its own act.
    """
    rule, entry = dossier.instrument.entry, entry_into_force(dossier, actors)
    if rule is None:
        days = any(a.act is ActKind.ENTER_INTO_FORCE for a in dossier.acts)
        bound = "those alone are bound who have a day of their own" if days else "consent makes nobody a party"
        return dossier, f"no rule of entry into force was given: {bound}"
    if rule.rule not in ("all", "count"):
        return dossier, None
    if entry.recorded is None or entry.agrees:
        if entry.days is None:
            return dossier, "the acts listed do not bring it into force, and the rules record no day"
        return dossier, None
    given = f"would give {entry.computed}" if entry.computed else "do not give a day"
    whose = "the rules record" if rule.recorded is not None else "the table prints"
    note = (
        f"entry into force: the acts listed {given}, {whose} {entry.recorded}, which is used; "
        "lists leave out states that are no more"
    )
    act = Act(
        id="entry-recorded",
        date=UncertainDate.parse(entry.recorded),
        act=ActKind.ENTER_INTO_FORCE,
        actors=("parties",),
        gist="Entry into force, as the rules record it.",
        source=("table",),
    )
    changed = replace(dossier.instrument, entry=replace(rule, count=None, required=()))
    return replace(dossier, instrument=changed, acts=(*dossier.acts, act)), note


@dataclass(frozen=True, slots=True)
class Printed:
    """A day of entry into force that a table prints for a party, and the day its own rule gives (None: no day)."""

    act: Act
    computed: date | None


def printed_entries(book: Ledger) -> tuple[Printed, ...]:
    """Days of entry into force printed for single parties that the rule does not give; empty without a rule."""
    rule = book.dossier.instrument.entry
    if rule is None or rule.rule == "none":
        return ()
    found = []
    for act in book.acts:
        if act.act is not ActKind.ENTER_INTO_FORCE or act.actors == ("parties",):
            continue
        when = act.effective or act.date
        for party in act.actors:
            mine = [c for c in book.changes(party, DEPOSITARY) if c.entered]
            if any(
                c.first <= (when.latest or date.max) and when.earliest and (c.last or date.max) >= when.earliest
                for c in mine
            ):
                continue
            found.append(Printed(act, min((c.first for c in mine), default=None)))
    return tuple(found)
