"""When an instrument enters into force, computed from its own rule; the record must agree (LAW 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servanda.corpus import Actors
from servanda.model.acts import Act
from servanda.model.instrument import Dossier
from servanda.model.vocabulary import ActKind

BINDING = {
    "deposit": (ActKind.DEPOSIT, ActKind.ACCEDE),
    "approve": (ActKind.APPROVE, ActKind.DEPOSIT),
    "sign": (ActKind.SIGN,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Entry into force: `computed` by the rule (None where it cannot be), `recorded` by the record.

    `day` is what the engine uses: the computed day, else the recorded one. `last` names the acts that decided
    it, `missing` the required actors whose act is not in the record to the day.
    """

    computed: date | None
    recorded: date | None
    last: tuple[Act, ...] = ()
    missing: tuple[str, ...] = ()
    projected: bool = False

    @property
    def day(self) -> date | None:
        """The day used for standings."""
        return self.computed or self.recorded

    @property
    def agrees(self) -> bool | None:
        """Whether computed and recorded are the same day; None where one is absent."""
        return None if self.computed is None or self.recorded is None else self.computed == self.recorded


def entry_into_force(dossier: Dossier, actors: Actors, acts: tuple[Act, ...] | None = None) -> Entry:
    """Entry into force by the instrument's own terms, over `acts` (default: all of the record)."""
    rule = dossier.instrument.entry
    known = dossier.acts if acts is None else acts
    recorded = None
    for act in known:
        # the effect of an instrument's entry for all; a later party's own entry is computed
        if act.act is ActKind.ENTER_INTO_FORCE and (act.effective or act.date).exact and recorded is None:
            recorded = (act.effective or act.date).day
    if rule is None:
        return Entry(computed=None, recorded=recorded)
    if rule.recorded is not None and rule.recorded.exact and acts is None:
        recorded = rule.recorded.day
    kinds = BINDING.get(rule.by, BINDING["deposit"])
    done: dict[str, tuple[date, Act]] = {}
    for act in known:
        if act.act in kinds and act.date.exact and not act.provisions:
            on = act.date.day
            for actor in actors.expand(act.actors, on):
                if actor not in done or on < done[actor][0]:
                    done[actor] = (on, act)
    if rule.rule == "all":
        missing = tuple(a for a in rule.required if a not in done)
        if missing or not rule.required:
            return Entry(computed=None, recorded=recorded, missing=missing)
        last = max(done[a][0] for a in rule.required)
        deciding = tuple(dict.fromkeys(done[a][1].id for a in rule.required if done[a][0] == last))
        by_id = {a.id: a for a in known}
        return Entry(
            computed=rule.period.after(last),
            recorded=recorded,
            last=tuple(by_id[i] for i in deciding),
        )
    if rule.rule == "count" and rule.count:
        order = sorted(done.values(), key=lambda x: x[0])
        if len(order) < rule.count:
            return Entry(computed=None, recorded=recorded)
        day, act = order[rule.count - 1]
        return Entry(computed=rule.period.after(day), recorded=recorded, last=(act,))
    if rule.rule == "signature":
        signed = [a for a in known if a.act is ActKind.SIGN and a.date.exact]
        if signed:
            first = min(signed, key=lambda a: a.date.day)
            return Entry(computed=rule.period.after(first.date.day), recorded=recorded, last=(first,))
        return Entry(computed=None, recorded=recorded)
    if rule.rule == "date" and rule.date is not None and rule.date.exact:
        return Entry(computed=rule.date.day, recorded=recorded)
    return Entry(computed=None, recorded=recorded)
