"""Instruments read from a depositary's table: their entry into force by the acts listed, held against the recorded day."""

from __future__ import annotations

from dataclasses import replace

from servanda.corpus import Actors
from servanda.model.acts import Act
from servanda.model.dates import UncertainDate
from servanda.model.instrument import Dossier
from servanda.model.vocabulary import ActKind
from servanda.standing.entry import entry_into_force


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
        if entry.day is None:
            return dossier, "the acts listed do not bring it into force, and the rules record no day"
        return dossier, None
    given = f"would give {entry.computed}" if entry.computed else "do not give a day"
    note = (
        f"entry into force: the acts listed {given}, the rules record {entry.recorded}, which is used; "
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
