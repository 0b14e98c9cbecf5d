"""Acts -> changes of standing, each with the days between which it takes effect."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from servanda.corpus import Actors
from servanda.model.acts import Act
from servanda.model.dates import Period
from servanda.model.errors import InputError
from servanda.model.instrument import Dossier, EntryRule, GeneralLaw, GeneralRule, Instrument
from servanda.model.vocabulary import ActKind, Standing, Succession
from servanda.standing.changes import (
    END,
    EVERYBODY,
    LADDER,
    LAPSE,
    NOTICE,
    RAISE,
    RESUME,
    REVOKE,
    RUNG,
    SUSPEND,
    Change,
    Days,
)
from servanda.standing.ends import put_off
from servanda.standing.entry import Entry, days_after
from servanda.standing.readings import LAW, needs_reading, objection_ends


def effect_days(act: Act, reading: str, general: GeneralLaw | None) -> tuple[date | None, date | None, tuple[str, ...]]:
    """First and last possible day an act takes effect, and what to say about it (law.md 1, effect dates).

    `general` gives the time to object, which dates a claim to suspend in the reading `law`.
    """
    caveats: list[str] = []
    first, last = act.date.earliest, act.date.latest
    if act.effective is not None:
        first, last = act.effective.earliest, act.effective.latest
        if last is None:
            caveats.append(f"the day of effect was not seen; not before {first}")
    elif act.effective_after is not None:
        first, last = _after(act.effective_after, first, last)
        caveats.append(f"effect computed: {act.effective_after} after {act.date.words}")
    elif act.act is ActKind.SUSPEND and needs_reading(act):
        caveats.append("effective: assumed from the notice; no day of effect was stated")
    if reading == LAW and act.act is ActKind.SUSPEND and needs_reading(act):
        if general is None:
            raise InputError(
                "the record holds no instrument that states the general law of treaties",
                remedy="choose another reading, or add an instrument with `general_law` to its treaty.yaml",
            )
        first, last, said = _by_law(act, first, last, general.objection)
        caveats.extend(said)
    return first, last, tuple(caveats)


def _by_law(
    act: Act, first: date | None, last: date | None, rule: GeneralRule
) -> tuple[date | None, date | None, list[str]]:
    said: list[str] = []
    start = objection_ends(act.date.earliest, rule.period) if act.date.earliest else None
    end = objection_ends(act.date.latest, rule.period) if act.date.latest else None
    if first and start and first < start:
        said.append(f"irregular: effect claimed for {first}, less than {rule.period} after the notice ({rule.cite})")
    later = max((d for d in (first, start) if d), default=None)
    latest = max(last, end) if last and end else None
    return later, latest, said


def changes(
    dossier: Dossier,
    actors: Actors,
    acts: tuple[Act, ...],
    reading: str,
    entry: Entry,
    general: GeneralLaw | None = None,
) -> list[Change]:
    """Every change of standing that `acts` make or claim, in the reading's way of dating them."""
    found: list[Change] = []
    consents: dict[str, list[Act]] = {}
    instrument = dossier.instrument
    for act in acts:
        if act.provisions or (act.toward and act.act is not ActKind.PROPOSE):
            continue
        on = act.date.earliest or act.date.latest
        if on is None:
            continue
        who = actors.expand([a for a in act.actors if a != "parties"], on)
        if "parties" in act.actors and act.act in FOR_ALL:
            who = (EVERYBODY,)
        if _consents(act):
            for party in who:
                consents.setdefault(party, []).append(act)
        if act.act in (ActKind.TERMINATE, ActKind.EXPIRE):
            who = who or (EVERYBODY,)
        found.extend(_of_act(dossier, actors, act, who, reading, general))
    if instrument.kind == "draft" and not any(a.act is ActKind.PROPOSE for a in acts) and instrument.adopted:
        day = instrument.adopted.earliest
        if day:
            found.extend(
                Change(
                    party=p, kind=RAISE, standing=Standing.PROPOSED, first=day, last=day, statement="named as addressee"
                )
                for p in instrument.addressees
            )
    found.extend(_entries(instrument, actors, acts, entry, consents))
    return put_off(found, instrument.exit)


__all__ = [
    "END",
    "EVERYBODY",
    "LADDER",
    "LAPSE",
    "NOTICE",
    "RAISE",
    "RESUME",
    "REVOKE",
    "RUNG",
    "SUSPEND",
    "Change",
    "changes",
]

# Acts of which `parties` means every party of that day.
FOR_ALL = (ActKind.SUSPEND, ActKind.RESUME, ActKind.TERMINATE, ActKind.EXPIRE)

DONE = {
    ActKind.SIGN: (Standing.SIGNATORY, "signed"),
    ActKind.DEPOSIT: (Standing.CONTRACTING, "deposited its instrument"),
    ActKind.APPROVE: (Standing.CONTRACTING, "notified its approval"),
    ActKind.ACCEDE: (Standing.CONTRACTING, "acceded"),
}

AS = {Standing.IN_FORCE: "party", Standing.SIGNATORY: "signatory", Standing.CONTRACTING: "contracting state"}


def _consents(act: Act) -> bool:
    """Whether the act binds its actors once the instrument is in force."""
    if act.act is ActKind.SUCCEED:
        # a notice of succession that names no predecessor, as lists of depositaries have them
        return act.predecessor is None and act.successor_standing is Standing.CONTRACTING
    return act.act in (ActKind.DEPOSIT, ActKind.APPROVE, ActKind.ACCEDE)


def _of_act(
    dossier: Dossier, actors: Actors, act: Act, who: tuple[str, ...], reading: str, general: GeneralLaw | None
) -> list[Change]:
    first, last, caveats = effect_days(act, reading, general)
    if first is None:
        first = act.date.earliest
    if first is None:
        return []
    done: Days = (act.date.earliest or first, act.date.latest)
    recalled = () if act.confidence == "sourced" else (f"{act.confidence}: {act.id}",)

    def step(party: str, kind: str, standing: Standing, words: str, days: Days, said: tuple[str, ...] = ()) -> Change:
        return Change(
            party=party,
            kind=kind,
            standing=standing,
            first=days[0],
            last=days[1],
            statement=words,
            act=act,
            cite=act.cite,
            caveats=(*said, *recalled),
        )

    def each(kind: str, standing: Standing, words: str, days: Days, said: tuple[str, ...] = ()) -> list[Change]:
        return [step(p, kind, standing, words, days, said) for p in who]

    taken: Days = (first, last)
    kind = act.act
    if kind is ActKind.PROPOSE:
        targets = act.toward or dossier.instrument.addressees
        return [step(p, RAISE, Standing.PROPOSED, "proposed to it", done) for p in dict.fromkeys((*who, *targets))]
    if kind in DONE:
        return each(RAISE, *DONE[kind], done)
    if kind is ActKind.SUCCEED:
        standing = act.successor_standing or Standing.SIGNATORY
        if act.predecessor is None:
            said = "a succession usually reaches back to independence; the day of its notice is used"
            return each(RAISE, standing, "notified its succession", done, (said,))
        words = f"succeeds to {actors.name(act.predecessor)} as {AS.get(standing, standing.value.replace('_', ' '))}"
        gone = f"its successors stand in: {', '.join(who)}"
        return [*each(RAISE, standing, words, done), step(act.predecessor, END, Standing.SUCCEEDED, gone, done)]
    if kind is ActKind.PROVISIONALLY_APPLY:
        steps = each(RAISE, Standing.PROVISIONAL, "applies the whole instrument provisionally", taken)
        until = _until(act)
        return (
            [*steps, *each(LAPSE, Standing.PROVISIONAL, "its provisional application ends", until)] if until else steps
        )
    if kind is ActKind.SUSPEND:
        steps = each(SUSPEND, Standing.SUSPENDED, "suspends", taken, caveats)
        until = _until(act)
        return [*steps, *each(RESUME, Standing.IN_FORCE, "its suspension ends", until)] if until else steps
    if kind is ActKind.RESUME:
        return each(RESUME, Standing.IN_FORCE, "resumes", taken)
    if kind is ActKind.GIVE_NOTICE:
        return _notice(dossier, act, each(NOTICE, Standing.NOTICE_GIVEN, "gave notice of withdrawal", done), general)
    if kind is ActKind.REVOKE_NOTICE:
        told = [
            step(p, REVOKE, Standing.IN_FORCE, "is told that the notice is revoked", done) for p in _other(dossier, who)
        ]
        return [*each(REVOKE, Standing.IN_FORCE, "revoked its notice", done), *told]
    if kind is ActKind.WITHDRAW:
        return each(END, Standing.WITHDRAWN, "ceases to be a party", taken, caveats)
    if kind in (ActKind.TERMINATE, ActKind.EXPIRE):
        words = f"the instrument {'terminated' if kind is ActKind.TERMINATE else 'expired'}"
        return each(END, Standing.TERMINATED, words, taken, caveats)
    return []


def _notice(dossier: Dossier, act: Act, notices: list[Change], general: GeneralLaw | None) -> list[Change]:
    """The notices, and the ends they lead to: as stated, by the clause, or by the general law (VCLT 56(2))."""
    rule = dossier.instrument.exit
    caveats = ["projected from the notice; revocable until it takes effect (VCLT 68)"]
    cite = act.cite or (rule.cite if rule else None)
    period = act.effective_after or (rule.notice if rule else None)
    if act.effective is not None:
        first, last = act.effective.earliest or act.date.earliest, act.effective.latest
    elif period is None and general is None:
        first, last = act.date.earliest, None
        caveats.append("no clause on notice has been seen, and no general law to fall back on")
    else:
        if period is None and general is not None:
            period, cite = general.notice.period, general.notice.cite
            caveats.append(f"no clause on notice has been seen: {period} by {cite}, as a fallback")
        assert period is not None
        first, last = _after(period, act.date.earliest, act.date.latest)
        if rule is not None and act.effective_after is None and rule.year_end:
            first, last = _year_end(first), _year_end(last)
    if first is None:
        return notices
    others = _other(dossier, tuple(n.party for n in notices))
    told = [
        replace(notices[0], party=p, standing=Standing.IN_FORCE, statement="is given notice of its end") for p in others
    ]
    # a treaty's clause speaks of withdrawal, an accord's of termination (law.md 8)
    accord = bool(others) and dossier.instrument.kind == "agreement"
    ends = []
    for notice in notices:
        for party in (notice.party, *others):
            ends.append(
                Change(
                    party=party,
                    kind=END,
                    standing=Standing.TERMINATED if accord or party != notice.party else Standing.WITHDRAWN,
                    first=first,
                    last=last,
                    statement=f"the notice of {notice.party} takes effect" if others else "its notice takes effect",
                    act=act,
                    cite=cite,
                    projected=True,
                    caveats=tuple(caveats),
                )
            )
    return [*notices, *told, *ends]


def _other(dossier: Dossier, who: tuple[str, ...]) -> tuple[str, ...]:
    """The other of two sides, where the instrument was made between two: its end for one is the end of it."""
    rule = dossier.instrument.entry
    signed = dict.fromkeys(p for a in dossier.acts if a.act is ActKind.SIGN for p in a.actors)
    # two whose deposits are needed do not make it an accord between two where others have signed it as well
    sides = {p: {p} for p in dict.fromkeys((*(rule.required if rule else ()), *signed))}
    if len(sides) != 2:
        return ()
    for act in dossier.acts:
        if act.act is ActKind.SUCCEED and act.predecessor in sides and act.succession is not Succession.CONTESTED:
            sides[act.predecessor].update(act.actors)
    mine, theirs = sides.values()
    for one, other in ((mine, theirs), (theirs, mine)):
        # one of several successors that leaves does not end it for the rest of its side
        if set(who) == one:
            return tuple(sorted(other))
    return ()


def _until(act: Act) -> Days | None:
    if act.until is None:
        return None
    first = act.until.earliest or act.date.earliest
    return None if first is None else (first, act.until.latest)


def _year_end(day: date | None) -> date | None:
    return None if day is None else date(day.year, 12, 31)


def _after(period: Period, first: date | None, last: date | None) -> tuple[date | None, date | None]:
    return (
        days_after(period, first, first)[0] if first else None,
        days_after(period, last, last)[1] if last else None,
    )


def _asks_consent(rule: EntryRule | None) -> bool:
    """Whether a signature alone binds nobody: so too with a known day where late comers have a day of their own."""
    if rule is None or rule.by not in ("deposit", "approve"):
        return False
    return rule.rule in ("all", "count") or (rule.rule == "date" and rule.per_party)


def _own_entry(rule: EntryRule, entry: date, first: date, last: date | None) -> tuple[date | None, date | None]:
    """When a party is bound after its own act: by the later period where one that comes after entry has another."""
    if rule.later_period is None:
        return _after(rule.period, first, last)
    if last is not None and last <= entry:
        return first, last
    return _after(rule.later_period, first, last)


def _entries(
    instrument: Instrument, actors: Actors, acts: tuple[Act, ...], entry: Entry, consents: dict[str, list[Act]]
) -> list[Change]:
    """Entry into force for each party that has expressed its consent, or for all where the rule asks no deposit."""
    rule, days = instrument.entry, entry.days
    if days is None:
        return []
    words = f"entered into force on {entry.day}" if entry.day else f"entered into force between {days[0]} and {days[1]}"
    if entry.last and rule and str(rule.period) != "0 days":
        lasts = ", ".join(sorted({p for a in entry.last for p in a.actors}))
        words += f", {rule.period} after the last act required ({entry.last[0].date.words}: {lasts})"

    def bound(party: str, first: date, last: date | None, words: str, act: Act | None, *said: str) -> Change:
        return Change(
            party=party,
            kind=RAISE,
            standing=Standing.IN_FORCE,
            first=max(days[0], first),
            last=None if last is None else max(days[1], last),
            statement=words,
            act=act,
            cite=rule.cite if rule else None,
            caveats=said,
            entered=True,
        )

    found: list[Change] = []
    asks_consent = _asks_consent(rule)
    # without a rule to compute by, a day recorded for a party itself is that party's and nobody else's
    ruled = rule is not None and rule.rule != "none"
    entered = [a for a in acts if a.act is ActKind.ENTER_INTO_FORCE]
    recorded = set() if ruled else {p for a in entered for p in a.actors}
    if not asks_consent and not recorded:
        # no consent beyond signature is asked for: signatories are bound from the day, late ones from theirs; in place of
        # one that was succeeded before, its successors
        gone = {a.predecessor for a in acts if a.act is ActKind.SUCCEED and a.date.surely_by(days[0])}
        for act in acts:
            if act.act is ActKind.SIGN and not act.provisions and act.date.earliest:
                for party in actors.expand([a for a in act.actors if a != "parties"], act.date.earliest):
                    if party not in gone:
                        found.append(bound(party, act.date.earliest, act.date.latest, words, None))
    for party, given in consents.items():
        for act in given if not recorded else ():
            first, last = act.date.earliest, act.date.latest
            if first is None:
                continue
            counts = rule is not None and rule.per_party and act.act is not ActKind.SUCCEED
            if rule and counts and (rule.rule == "count" or last is None or last > days[1]):
                start, end = _own_entry(rule, days[1], first, last)
            else:
                start, end = first, last
            if start is not None:
                found.append(bound(party, start, end, words, act))
    if entry.computed is None or not asks_consent:
        # the record gives the day though not every act that led to it: those named in the act are bound
        for act in entered:
            first, last = (act.effective or act.date).earliest, (act.effective or act.date).latest
            if first is None:
                continue
            # what an organisation adopts binds its members of that day, not itself
            for party in actors.expand([a for a in act.actors if a != "parties"], first):
                if party in consents and party not in recorded:
                    continue
                if party in recorded:
                    found.append(bound(party, first, last, "entered into force for it, by the record", act))
                else:
                    told = f"{words}; its own act of approval was not seen"
                    found.append(bound(party, first, last, told, act, "day of its own approval not in the record"))
    return found
