"""When an instrument enters into force, computed from its own rule; the record must agree (law.md 3)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from servanda.corpus import Actors
from servanda.model.acts import Act
from servanda.model.dates import Period
from servanda.model.errors import DateError
from servanda.model.instrument import Dossier, EntryRule
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
    it, `missing` the required actors whose act is not in the record. `between` holds the first and last possible
    day where rule and record do not give it to the day.
    """

    computed: date | None
    recorded: date | None
    last: tuple[Act, ...] = ()
    missing: tuple[str, ...] = ()
    between: tuple[date, date] | None = None

    @property
    def day(self) -> date | None:
        """The day used for standings."""
        return self.computed or self.recorded

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last possible day; None where there is none."""
        return (self.day, self.day) if self.day else self.between

    @property
    def agrees(self) -> bool | None:
        """Whether computed and recorded are the same day; None where one is absent."""
        return None if self.computed is None or self.recorded is None else self.computed == self.recorded


def days_after(period: Period, first: date, last: date) -> tuple[date, date]:
    """First and last day a period may lead to from a day in `[first, last]`.

    Months from a 31st may lead to a day its month lacks. Without a stated rule (law.md 2) the effect then lies on the
    last day of that month or the first of the next: both are kept.
    """
    return _edges(period, first)[0], _edges(period, last)[1]


def _edges(period: Period, day: date) -> tuple[date, date]:
    try:
        found = period.after(day)
        return found, found
    except DateError:
        if period.months is None and period.years is None:
            raise
    month = period.after(day.replace(day=1))
    end = month.replace(day=monthrange(month.year, month.month)[1])
    return end, end + timedelta(days=1)


def entry_into_force(dossier: Dossier, actors: Actors, acts: tuple[Act, ...] | None = None) -> Entry:
    """Entry into force by the instrument's own terms, over `acts` (default: all of the record)."""
    rule = dossier.instrument.entry
    known = dossier.acts if acts is None else acts
    recorded, about = _recorded(rule if acts is None else None, known)
    if rule is None:
        return Entry(computed=None, recorded=recorded, between=about)
    if rule.rule == "date" and rule.date is not None and rule.date.exact:
        return Entry(computed=rule.date.day, recorded=recorded)
    if rule.rule == "date" and rule.date is not None and rule.date.earliest and rule.date.latest:
        return Entry(computed=None, recorded=recorded, between=(rule.date.earliest, rule.date.latest))
    done = _done(rule, known, actors)
    if rule.rule == "all":
        missing = tuple(a for a in rule.required if a not in done)
        deciding = {} if missing else {a: done[a] for a in rule.required}
        return _computed(rule, recorded, about, deciding, missing)
    if rule.rule == "count" and (rule.count or rule.share is not None or rule.including or rule.required):
        order = sorted(done.items(), key=lambda x: (x[1][0], x[1][1], x[1][2].id, x[0]))
        missing = tuple(a for a in rule.required if a not in done)
        return _computed(rule, recorded, about, _enough(rule, order), missing)
    if rule.rule == "signature":
        signed = {a.id: (a.date.earliest, a.date.latest, a) for a in known if a.act is ActKind.SIGN}
        first = min(((s[0], s[1], s[2]) for s in signed.values() if s[0] and s[1]), key=_by_day, default=None)
        return _computed(rule, recorded, about, {"": first} if first else {}, ())
    return Entry(computed=None, recorded=recorded, between=about)


Dated = tuple[date, date, Act]


def _enough(rule: EntryRule, order: list[tuple[str, Dated]]) -> dict[str, Dated]:
    """The first acts, in order, that together meet every condition of the rule; none where they never do."""
    met: dict[str, Dated] = {}
    for actor, dated in order:
        met[actor] = dated
        if rule.count is not None and len(met) < rule.count:
            continue
        if any(a not in met for a in rule.required):
            continue
        if rule.share is not None and sum(rule.shares.get(a, 0.0) for a in met) < rule.share:
            continue
        if any(sum(a in met for a in group.of) < group.at_least for group in rule.including):
            continue
        return met
    return {}


def _by_day(dated: Dated) -> tuple[date, date, str]:
    return dated[0], dated[1], dated[2].id


def _recorded(rule: EntryRule | None, known: tuple[Act, ...]) -> tuple[date | None, tuple[date, date] | None]:
    """The day the record gives, or the first and last possible one."""
    given = [rule.recorded] if rule is not None and rule.recorded is not None else []
    # the effect of an instrument's entry for all; a later party's own entry is computed
    entered = [a.effective or a.date for a in known if a.act is ActKind.ENTER_INTO_FORCE]
    given += sorted(entered, key=lambda d: (d.earliest or date.max, d.text))
    exact = next((d for d in given if d.exact), None)
    if exact is not None:
        return exact.day, None
    vague = next((d for d in given if d.earliest and d.latest), None)
    return None, (vague.earliest, vague.latest) if vague and vague.earliest and vague.latest else None


def _done(rule: EntryRule, known: tuple[Act, ...], actors: Actors) -> dict[str, Dated]:
    """Each actor's first act of the kind the rule asks for."""
    kinds = BINDING.get(rule.by, BINDING["deposit"])
    done: dict[str, Dated] = {}
    for act in known:
        first, last = act.date.earliest, act.date.latest
        if act.act not in kinds or act.provisions or first is None or last is None:
            continue
        for actor in actors.expand(act.actors, first):
            if actor in actors and actors.get(actor).part_of is not None:
                continue  # a territory is no party: its entry counts for nobody else's
            mine = (first, last, act)
            if actor not in done or _by_day(mine) < _by_day(done[actor]):
                done[actor] = mine
    return done


def _computed(
    rule: EntryRule,
    recorded: date | None,
    about: tuple[date, date] | None,
    deciding: dict[str, Dated],
    missing: tuple[str, ...],
) -> Entry:
    if not deciding:
        return Entry(computed=None, recorded=recorded, missing=missing, between=about)
    first, last = max(d[0] for d in deciding.values()), max(d[1] for d in deciding.values())
    acts = {d[2].id: d[2] for d in deciding.values() if d[1] == last}
    days = days_after(rule.period, first, last)
    exact = days[0] == days[1]
    return Entry(
        computed=days[0] if exact else None,
        recorded=recorded,
        last=tuple(acts[i] for i in sorted(acts)),
        between=None if exact else days,
    )
