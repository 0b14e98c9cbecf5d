"""Acts -> changes of standing, each with the days between which it takes effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from servanda.corpus import Actors
from servanda.model.acts import Act
from servanda.model.dates import Period
from servanda.model.errors import DateError
from servanda.model.instrument import Dossier
from servanda.model.vocabulary import ActKind, Standing
from servanda.standing.entry import Entry
from servanda.standing.readings import LAW, OBJECTION_PERIOD, needs_reading

RAISE, SUSPEND, RESUME, NOTICE, REVOKE, END = "raise", "suspend", "resume", "notice", "revoke", "end"
LADDER = (
    Standing.NONE,
    Standing.PROPOSED,
    Standing.SIGNATORY,
    Standing.CONTRACTING,
    Standing.PROVISIONAL,
    Standing.IN_FORCE,
)
Days = tuple[date, date | None]
RUNG = {standing: i for i, standing in enumerate(LADDER)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """`party` moves to `standing` on a day in `[first, last]`; `last` None: the end is not known.

    `kind` tells how it combines: a rung of the ladder, a suspension or its end, a notice, an end.
    """

    party: str
    kind: str
    standing: Standing
    first: date
    last: date | None
    statement: str
    act: Act | None = None
    cite: str | None = None
    caveats: tuple[str, ...] = ()
    projected: bool = False

    @property
    def day(self) -> date | None:
        """The day it takes effect, where only one is possible."""
        return self.first if self.first == self.last else None

    def surely(self, on: date) -> bool:
        """True where it has happened by `on` whatever the day was."""
        return self.last is not None and self.last <= on

    def possibly(self, on: date) -> bool:
        """True where it may have happened by `on`."""
        return self.first <= on


def effect_days(act: Act, reading: str) -> tuple[date | None, date | None, tuple[str, ...]]:
    """First and last possible day an act takes effect, and what to say about it (LAW 1, effect dates)."""
    caveats: list[str] = []
    first, last = act.date.earliest, act.date.latest
    if act.effective is not None:
        first, last = act.effective.earliest, act.effective.latest
        if last is None:
            caveats.append(f"the day of effect was not seen; not before {first}")
    elif act.effective_after is not None:
        first = act.effective_after.after(first) if first else None
        last = act.effective_after.after(last) if last else None
        caveats.append(f"effect computed: {act.effective_after} after {act.date}")
    elif act.act is ActKind.SUSPEND and needs_reading(act):
        caveats.append("effective: assumed from the notice; no day of effect was stated")
    if reading == LAW and act.act is ActKind.SUSPEND and needs_reading(act):
        first, last, said = _by_law(act, first, last)
        caveats.extend(said)
    return first, last, tuple(caveats)


def _by_law(act: Act, first: date | None, last: date | None) -> tuple[date | None, date | None, list[str]]:
    said: list[str] = []
    start = _not_less_than(act.date.earliest) if act.date.earliest else None
    end = _not_less_than(act.date.latest) if act.date.latest else None
    if first and start and first < start:
        said.append(f"irregular: effect claimed for {first}, less than three months after the notice (VCLT 65(2))")
    later = max((d for d in (first, start) if d), default=None)
    latest = max(last, end) if last and end else None
    return later, latest, said


def _not_less_than(day: date) -> date:
    """Three months on; where that month lacks the day, the first of the next: the period is "not less than"."""
    try:
        return OBJECTION_PERIOD.after(day)
    except DateError:
        return OBJECTION_PERIOD.after(day.replace(day=1) + timedelta(days=32)).replace(day=1)


def changes(dossier: Dossier, actors: Actors, acts: tuple[Act, ...], reading: str, entry: Entry) -> list[Change]:
    """Every change of standing that `acts` make or claim, in the reading's way of dating them."""
    found: list[Change] = []
    parties_of_entry: dict[str, tuple[date | None, date | None, Act]] = {}
    instrument = dossier.instrument
    for act in acts:
        if act.provisions or (act.toward and act.act is not ActKind.PROPOSE):
            continue
        on = act.date.earliest or act.date.latest
        if on is None:
            continue
        who = actors.expand([a for a in act.actors if a != "parties"], on)
        if act.act in (ActKind.DEPOSIT, ActKind.APPROVE, ActKind.ACCEDE):
            for party in who:
                held = parties_of_entry.get(party)
                if held is None or (act.date.latest or date.max) < (held[1] or date.max):
                    parties_of_entry[party] = (act.date.earliest, act.date.latest, act)
        found.extend(_of_act(dossier, actors, act, who, reading))
    if instrument.kind == "draft" and not any(a.act is ActKind.PROPOSE for a in acts) and instrument.adopted:
        day = instrument.adopted.earliest
        if day:
            found.extend(
                Change(
                    party=p, kind=RAISE, standing=Standing.PROPOSED, first=day, last=day, statement="named as addressee"
                )
                for p in instrument.addressees
            )
    found.extend(_entries(dossier, actors, acts, entry, parties_of_entry))
    return found


def _of_act(dossier: Dossier, actors: Actors, act: Act, who: tuple[str, ...], reading: str) -> list[Change]:
    first, last, caveats = effect_days(act, reading)
    if first is None:
        first = act.date.earliest
    if first is None:
        return []

    def change(
        party: str, kind: str, standing: Standing, words: str, day: tuple[date, date | None] | None = None
    ) -> Change:
        a, b = day or (first, last)
        said = caveats if kind in (SUSPEND, END) else ()
        if act.confidence != "sourced":
            said = (*said, f"{act.confidence}: {act.id}")
        return Change(
            party=party,
            kind=kind,
            standing=standing,
            first=a,
            last=b,
            statement=words,
            act=act,
            cite=act.cite,
            caveats=said,
        )

    done = (act.date.earliest or first, act.date.latest)
    kind = act.act
    if kind is ActKind.PROPOSE:
        targets = act.toward or dossier.instrument.addressees
        return [change(p, RAISE, Standing.PROPOSED, "proposed to it", done) for p in (*who, *targets)]
    if kind is ActKind.SIGN:
        return [change(p, RAISE, Standing.SIGNATORY, "signed", done) for p in who]
    if kind in (ActKind.DEPOSIT, ActKind.APPROVE, ActKind.ACCEDE):
        words = {"deposit": "deposited its instrument", "approve": "notified its approval"}.get(kind, "acceded")
        return [change(p, RAISE, Standing.CONTRACTING, words, done) for p in who]
    if kind is ActKind.PROVISIONALLY_APPLY:
        return [change(p, RAISE, Standing.PROVISIONAL, "applies the whole instrument provisionally") for p in who]
    if kind is ActKind.SUCCEED and act.predecessor:
        standing = act.successor_standing or Standing.SIGNATORY
        words = f"succeeds to {actors.name(act.predecessor)} as {standing.value}"
        steps = [change(p, RAISE, standing, words, done) for p in who]
        gone = f"its successors stand in: {', '.join(who)}"
        return [*steps, change(act.predecessor, END, Standing.SUCCEEDED, gone, done)]
    if kind is ActKind.SUSPEND:
        return [change(p, SUSPEND, Standing.SUSPENDED, "suspends") for p in who]
    if kind is ActKind.RESUME:
        return [change(p, RESUME, Standing.IN_FORCE, "resumes") for p in who]
    if kind is ActKind.GIVE_NOTICE:
        steps = [change(p, NOTICE, Standing.NOTICE_GIVEN, "gave notice of withdrawal", done) for p in who]
        period = act.effective_after or (dossier.instrument.exit.notice if dossier.instrument.exit else None)
        if act.effective is not None or period is None:
            days = (first, last) if act.effective else None
        else:
            days = _after(period, act)
        if days is not None:
            cite = act.cite or (dossier.instrument.exit.cite if dossier.instrument.exit else None)
            steps += [
                Change(
                    party=p,
                    kind=END,
                    standing=Standing.WITHDRAWN,
                    first=days[0],
                    last=days[1],
                    statement="its notice takes effect",
                    act=act,
                    cite=cite,
                    projected=True,
                    caveats=("projected from the notice; revocable until it takes effect (VCLT 68)",),
                )
                for p in who
            ]
        return steps
    if kind is ActKind.REVOKE_NOTICE:
        return [change(p, REVOKE, Standing.IN_FORCE, "revoked its notice") for p in who]
    if kind is ActKind.WITHDRAW:
        return [change(p, END, Standing.WITHDRAWN, "ceases to be a party") for p in who]
    if kind in (ActKind.TERMINATE, ActKind.EXPIRE):
        words = "terminated" if kind is ActKind.TERMINATE else "expired"
        every = who or ("*",)
        if "parties" in act.actors:
            every = ("*",)
        return [change(p, END, Standing.TERMINATED, f"the instrument {words}") for p in every]
    return []


def _after(period: Period, act: Act) -> Days | None:
    try:
        first = period.after(act.date.earliest) if act.date.earliest else None
        last = period.after(act.date.latest) if act.date.latest else None
    except DateError:
        return None
    return None if first is None else (first, last)


def _entries(
    dossier: Dossier,
    actors: Actors,
    acts: tuple[Act, ...],
    entry: Entry,
    deposits: dict[str, tuple[date | None, date | None, Act]],
) -> list[Change]:
    """Entry into force for each party that has expressed its consent, or for all where the rule asks no deposit."""
    rule = dossier.instrument.entry
    if entry.day is None:
        return []
    cite = rule.cite if rule else None
    words = f"entered into force on {entry.day}"
    if entry.last and rule and str(rule.period) != "0 days":
        lasts = ", ".join(sorted({p for a in entry.last for p in a.actors}))
        words += f", {rule.period} after the last act required ({entry.last[0].date}: {lasts})"
    found: list[Change] = []
    asks_consent = rule is not None and rule.rule in ("all", "count") and rule.by in ("deposit", "approve")
    whole = [a for a in acts if a.act is ActKind.ENTER_INTO_FORCE and set(a.actors) - {"parties"}]
    if not asks_consent:
        # the instrument asks for no consent beyond signature: signatories are bound from the day, late ones from theirs
        for act in acts:
            if act.act is not ActKind.SIGN or act.provisions or act.date.earliest is None:
                continue
            for party in actors.expand([a for a in act.actors if a != "parties"], act.date.earliest):
                found.append(
                    Change(
                        party=party,
                        kind=RAISE,
                        standing=Standing.IN_FORCE,
                        first=max(entry.day, act.date.earliest),
                        last=None if act.date.latest is None else max(entry.day, act.date.latest),
                        statement=words,
                        cite=cite,
                    )
                )
    for party, (first, last, act) in deposits.items():
        if first is None:
            continue
        late = last is None or last > entry.day
        step = rule.period if rule and late else None
        start = max(entry.day, step.after(first) if step else first)
        end = None if last is None else max(entry.day, step.after(last) if step else last)
        found.append(
            Change(
                party=party,
                kind=RAISE,
                standing=Standing.IN_FORCE,
                first=start,
                last=end,
                statement=words,
                act=act,
                cite=cite,
            )
        )
    if entry.computed is None or not asks_consent:
        # the record gives the day though not every act that led to it: those named in the act are bound
        for act in whole:
            for party in act.actors:
                if party not in deposits:
                    found.append(
                        Change(
                            party=party,
                            kind=RAISE,
                            standing=Standing.IN_FORCE,
                            first=entry.day,
                            last=entry.day,
                            statement=f"{words}; its own act of approval was not seen",
                            act=act,
                            cite=cite,
                            caveats=("day of its own approval not in the record",),
                        )
                    )
    return found
