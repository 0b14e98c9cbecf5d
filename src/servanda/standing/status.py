"""Standings: one party or all, on a day, in a reading, as known on a day (law.md 1 to 3)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from servanda.corpus import Actors, Corpus
from servanda.model.acts import Act
from servanda.model.instrument import Dossier, GeneralLaw, Provision
from servanda.model.results import PartyStanding, Reason
from servanda.model.vocabulary import ActKind, ObligationKind, Standing, Succession
from servanda.standing import effects
from servanda.standing.effects import Change
from servanda.standing.entry import Entry, entry_into_force
from servanda.standing.readings import (
    DEPOSITARY,
    GENERAL,
    LAW,
    SELF,
    accepting,
    check,
    contesting,
    doing,
    in_time,
    needs_reading,
)
from servanda.standing.readings import position as position_of
from servanda.standing.settle import Outcome, order, possible, settle

K = TypeVar("K")
V = TypeVar("V")
# Outcomes that a ledger keeps: each some kilobytes, and enough for every party in the readings that are asked for.
MOST_KEPT = 8_192
EACH_KEPT = 4  # a party, where there are so many that one question about all would push its own answers out
Settled = tuple[Outcome, list[tuple[Change, bool]], tuple[str, ...]]


class Ledger:
    """The acts of one instrument as known on a day, turned into changes once and asked many times.

    `doubtful` names the acts of which the record does not tell whether they were known on that day. `host` is the
    ledger of the instrument that this one lives in, `general` the general law of treaties.
    """

    def __init__(
        self,
        dossier: Dossier,
        actors: Actors,
        known_on: date | None,
        *,
        general: GeneralLaw | None = None,
        host: Ledger | None = None,
    ) -> None:
        self.dossier, self.actors, self.known_on = dossier, actors, known_on
        self.general, self.host = general, host
        known = dossier.acts
        sure = [a for a in known if known_on is None or a.known.surely_by(known_on)]
        gone = {a.supersedes for a in sure}
        self.acts: tuple[Act, ...] = tuple(a for a in known if a.id not in gone)
        surely = tuple(a for a in sure if a.id not in gone)
        self.doubtful = frozenset(a.id for a in self.acts) - {a.id for a in surely}
        self.entry: Entry = entry_into_force(dossier, actors, None if known_on is None else surely)
        self._changes: dict[str, dict[str, list[Change]]] = {}
        self._contest: dict[str, tuple[str, ...]] = {}
        self._accept: dict[str, tuple[str, ...]] = {}
        self._doers: dict[str, frozenset[str]] = {}
        self.laid_down: dict[tuple[str, ObligationKind], tuple[Provision, ...]] = {}  # by acts that list provisions
        self._turns: dict[tuple[str, str], tuple[date, ...]] = {}
        self._outcomes: dict[tuple[str, str, int], Settled] = {}
        self._standings: dict[tuple[str, str, int, int], PartyStanding] = {}
        self.participants = self._participants()
        self.took_part = frozenset(self.participants)
        self._most = max(MOST_KEPT, EACH_KEPT * len(self.participants))
        self._recognising = tuple(a for a in self.acts if a.act is ActKind.RECOGNISE)

    def _participants(self) -> tuple[str, ...]:
        named: dict[str, None] = {}
        rule = self.dossier.instrument.entry
        for change in effects.changes(
            self.dossier, self.actors, self.dossier.acts, DEPOSITARY, self.entry, self.general
        ):
            named[change.party] = None
        named.update(dict.fromkeys(rule.required if rule else ()))
        named.update(dict.fromkeys(self.dossier.instrument.addressees))
        named.pop(effects.EVERYBODY, None)
        return tuple(named)

    def bound_on(self, on: date) -> frozenset[str]:
        """Parties by the instrument's own terms on a day; before it binds anybody, all that take part in it."""
        found = frozenset(p for p in self.participants if self.outcome(p, on, DEPOSITARY)[0].bound)
        return found or self.took_part

    def _foreign(self, act: Act) -> Ledger | None:
        """The host's ledger for an act that was done to the host, not to this instrument."""
        if self.host is None or any(a is act for a in self.acts):
            return None
        return self.host if any(a is act for a in self.host.acts) else self.host._foreign(act)

    def contested(self, act: Act) -> tuple[str, ...]:
        """Who contests an act; an organisation stands for its members that were parties that day."""
        host = self._foreign(act)
        if host is not None:
            return host.contested(act)
        if act.id not in self._contest:
            on = _day_of(act)
            self._contest[act.id] = contesting(act, self.acts, self.actors, on, self.bound_on(on))
        return self._contest[act.id]

    def accepted(self, act: Act) -> tuple[str, ...]:
        """Who accepted an act."""
        if act.id not in self._accept:
            on = _day_of(act)
            self._accept[act.id] = accepting(act, self.acts, self.actors, on, self.bound_on(on))
        return self._accept[act.id]

    def applied(self, act: Act | None, reading: str, party: str) -> bool:
        """Whether `reading` applies the act to `party`, whose own reading `self` is."""
        if act is None or not needs_reading(act):
            return True
        if reading == DEPOSITARY:
            return False
        if reading == SELF:
            return self.applied(act, party, party)
        host = self._foreign(act)
        if host is not None:
            return host.applied(act, reading, party)
        if reading == LAW and self.general is not None:
            # a claim that somebody contests in time settles nothing (VCLT 65(3))
            timely = (o for o in self.acts if o.target_act != act.id or in_time(act, o, self.general.objection.period))
            on = _day_of(act)
            return not contesting(act, timely, self.actors, on, self.bound_on(on))
        return self.position(act, reading) in ("own act", "accepted")

    def position(self, act: Act, reader: str) -> str:
        """What a state said of an act: its own, accepted, contested or not seen."""
        if act.id not in self._doers:
            on = _day_of(act)
            self._doers[act.id] = doing(act, self.actors, on, self.bound_on(on))
        return position_of(reader, self._doers[act.id], self.contested(act), self.accepted(act))

    def recognitions(self, on: date) -> tuple[Act, ...]:
        """Acts by which somebody recognised a participant of contested statehood as a state, done by that day."""
        return tuple(a for a in self._recognising if a.date.possibly_by(on) and not self.took_part.isdisjoint(a.toward))

    def denied(self, on: date, reading: str) -> Act | None:
        """A recognition that the reading state denies: for it the instrument binds nobody, for want of a second state.

        Who speaks for an organisation speaks for its members, parties to the instrument or not.
        """
        if reading in GENERAL:
            return None
        for act in self.recognitions(on):
            if reading in self.actors.expand(act.contested_by, _day_of(act)):
                return act
        return None

    def changes(self, party: str, reading: str) -> list[Change]:
        """The party's changes in order of their first possible day, applied or not."""
        dating = LAW if reading == LAW else DEPOSITARY
        if dating not in self._changes:
            table: dict[str, list[Change]] = {}
            own_changes = effects.changes(self.dossier, self.actors, self.acts, dating, self.entry, self.general)
            for change in (*own_changes, *self._with_host(dating)):
                if change.act is not None and change.act.id in self.doubtful:
                    said = f"whether {change.act.id} was known by {self.known_on} is not in the record"
                    change = replace(change, last=None, caveats=(*change.caveats, said))
                table.setdefault(change.party, []).append(change)
            for entries in table.values():
                entries.sort(key=order)
            self._changes[dating] = table
        own = self._changes[dating].get(party, [])
        everybody = self._changes[dating].get(effects.EVERYBODY, [])
        return sorted([*own, *everybody], key=order) if everybody else own

    def _with_host(self, dating: str) -> list[Change]:
        """What ends for a party because the instrument that this one lives in ends for it (law.md 5)."""
        link = self.dossier.instrument.lives_in
        if self.host is None or link is None:
            return []
        name = self.host.dossier.instrument.called
        found = []
        for party in self.participants:
            for change in self.host.changes(party, dating):
                if change.kind not in (effects.END, effects.NOTICE, effects.REVOKE):
                    continue
                if change.standing is Standing.SUCCEEDED:
                    continue
                words = f"in {name}: {change.statement}"
                if change.kind == effects.END:
                    words = f"ends with {name}, in which it lives: {change.statement}"
                # a notice to the host is none under this instrument: it only makes the end foreseeable
                standing = change.standing if change.kind == effects.END else Standing.IN_FORCE
                found.append(replace(change, party=party, standing=standing, statement=words))
        return found

    def turns(self, party: str, dating: str) -> tuple[date, ...]:
        """Every day on which something may change for a party by a dating; from one to the next nothing does."""
        held = self._turns.get((party, dating))
        if held is None:
            days = {d for c in self.changes(party, dating) for d in (c.first, c.last)}
            days |= {a.date.earliest for a in self._recognising}
            days.add(self.ceased(party))
            held = self._turns[party, dating] = tuple(sorted(d for d in days if d is not None))
        return held

    def outcome(self, party: str, on: date, reading: str) -> Settled:
        """Standing, the changes that bear on it with whether the reading applies them, and caveats."""
        dating = LAW if reading == LAW else DEPOSITARY
        key = party, reading, bisect_right(self.turns(party, dating), on)
        held = self._outcomes.get(key)
        return held if held is not None else _keep(self._outcomes, key, self._outcome(party, on, reading), self._most)

    def standing(self, party: str, on: date, reading: str) -> PartyStanding:
        """A party's standing with its reasons and the other readings of it."""
        # the other readings that it tells are dated by the general law as well
        era, by_law = (bisect_right(self.turns(party, dating), on) for dating in (DEPOSITARY, LAW))
        key = party, reading, era, by_law
        held = self._standings.get(key)
        return (
            held if held is not None else _keep(self._standings, key, _standing(self, party, on, reading), self._most)
        )

    def _outcome(self, party: str, on: date, reading: str) -> Settled:
        bearing = [(c, self.applied(c.act, reading, party)) for c in self.changes(party, reading) if c.possibly(on)]
        denial = self.denied(on, reading)
        if denial is not None:
            names = ", ".join(self.actors.name(c) for c in denial.toward)
            said = f"{self.actors.name(reading)} does not recognise {names} as a state: no treaty between states"
            return Outcome(Standing.NONE, None, False, False), [(c, False) for c, _ in bearing], (said,)
        sure = [c for c, ok in bearing if ok and c.surely(on)]
        unsure = [c for c, ok in bearing if ok and not c.surely(on)]
        # who stands in for a state that is gone is not settled by a reading that leaves the claim aside
        open_claims = [c for c, ok in bearing if not ok and _open_succession(c)]
        settled = settle(sure)
        caveats: list[str] = []
        if unsure or open_claims or any(c.first != c.last for c in sure):
            found = possible(sure, [*unsure, *open_claims])
            if len(found) > 1:
                words = " or ".join(sorted(s.value for s in found))
                vague = [*unsure, *(c for c in sure if c.first != c.last)] if not open_claims else unsure
                for change in vague:
                    end = change.last.isoformat() if change.last else "a day not known"
                    caveats.append(f"{words}: {change.statement} between {change.first} and {end}")
                caveats += [f"{words}: {c.statement} is a contested succession" for c in open_claims]
                settled = Outcome(Standing.UNKNOWN, None, settled.projected, settled.suspended)
        unseen = self._unseen_succession(party, on)
        if unseen:
            return Outcome(Standing.UNKNOWN, None, False, False), bearing, (unseen,)
        known = self.known_on
        if known is not None and settled.since is not None and known < settled.since <= on:
            settled = replace(settled, projected=True)
        return settled, bearing, tuple(caveats)

    def ceased(self, party: str) -> date | None:
        """The day the party, or the state it came from, ceased to exist, where it took part in the instrument."""
        actor = self.actors.get(party) if party in self.actors else None
        old = party if actor and actor.successors else (actor.predecessor if actor else None)
        return self.actors.get(old).until if old is not None and old in self.took_part else None

    def _unseen_succession(self, party: str, on: date) -> str | None:
        """A predecessor has ceased and the record, as known then, does not say yet who stands in for it."""
        actor = self.actors.get(party) if party in self.actors else None
        old = party if actor and actor.successors else (actor.predecessor if actor else None)
        end = self.ceased(party)
        if old is None or end is None or on < end or (self.known_on is not None and self.known_on < end):
            return None
        if any(a.predecessor == old for a in self.acts):
            return None
        if party != old and party not in self.actors.get(old).successors:
            return None
        told = f"was not known on {self.known_on}" if self.known_on is not None else "is not in the record"
        return f"{self.actors.name(old)} had ceased on {end}; its succession {told}"


def _keep(held: dict[K, V], key: K, value: V, most: int) -> V:
    """The value, kept under its key; where there are too many all others go, since they are soon made again."""
    if len(held) >= most:
        held.clear()
    held[key] = value
    return value


def _day_of(act: Act) -> date:
    return act.date.earliest or act.date.latest or date.max


def _open_succession(change: Change) -> bool:
    act = change.act
    return act is not None and act.act is ActKind.SUCCEED and act.succession is Succession.CONTESTED


def ledger(corpus: Corpus, instrument: str) -> Ledger:
    """The instrument's ledger, made once for a corpus and kept with it."""
    held = corpus.memo.get(("ledger", instrument))
    if held is None:
        dossier = corpus.dossier(instrument)
        link = dossier.instrument.lives_in
        host = ledger(corpus, link.to) if link is not None and link.to else None
        held = Ledger(dossier, corpus.actors, corpus.known_on, general=corpus.general_law(), host=host)
        held = corpus.memo.setdefault(("ledger", instrument), held)
    return held  # type: ignore[no-any-return]


def standings(
    corpus: Corpus,
    instrument: str,
    *,
    on: date,
    reading: str = DEPOSITARY,
    parties: Iterable[str] | None = None,
) -> tuple[PartyStanding, ...]:
    """The standing of every participant (or of `parties`) under an instrument.

    A state that never took part stands at `none` with `took_part` false; UnknownName for a name nobody bears.
    """
    book = ledger(corpus, instrument)
    reading = check(reading, corpus.actors)
    if parties is None:
        chosen = book.participants
    else:
        chosen = tuple(corpus.actors.find(p).code for p in parties)
    return tuple(book.standing(party, on, reading) for party in chosen)


def standing_of(
    corpus: Corpus,
    instrument: str,
    party: str,
    *,
    on: date,
    reading: str = DEPOSITARY,
) -> PartyStanding:
    """One party's standing; see `standings`."""
    return standings(corpus, instrument, on=on, reading=reading, parties=(party,))[0]


def parties(corpus: Corpus, instrument: str, *, on: date, reading: str = DEPOSITARY) -> tuple[str, ...]:
    """Codes of those whose bond holds on a day: provisional, in force, under notice or suspended."""
    book = ledger(corpus, instrument)
    reading = check(reading, corpus.actors)
    # the reasons of a standing cost more than the standing, and nobody asks for them here
    return tuple(p for p in book.participants if book.outcome(p, on, reading)[0].bound)


def _standing(book: Ledger, party: str, on: date, reading: str) -> PartyStanding:
    outcome, bearing, caveats = book.outcome(party, on, reading)
    reasons: list[Reason] = []
    disputed: list[Act] = []
    shown_readings: dict[str, Standing] = {}
    for change, applied in bearing:
        act = change.act
        words = change.statement
        notes = change.caveats
        undone = change.projected and any(
            c.kind == effects.REVOKE and ok and c.first < change.first for c, ok in bearing
        )
        if undone:
            words = f"{words}: revoked before it did (VCLT 68)"
        if act is not None and needs_reading(act):
            against = book.contested(act)
            if against:
                disputed.append(act)
                notes = (*notes, f"contested by {_some(against)}")
            if not applied:
                words = f"{words}: noted, not applied in the reading {reading}"
        reasons.append(
            Reason(
                statement=words,
                act=act,
                cite=change.cite,
                effect=change.last if change.last == change.first else None,
                applied=applied and not undone and change.surely(on),
                entered=change.entered,
                caveats=notes,
            )
        )
    # the general law dates a claim later than its author does: that it is contested does not wait for that
    for change in book.changes(party, DEPOSITARY) if reading == LAW else ():
        act = change.act
        if act is not None and change.possibly(on) and needs_reading(act) and book.contested(act):
            disputed.append(act)
    claimed = [a for a in book.recognitions(on) if a.contested_by]
    for act in claimed:
        disputed.append(act)
        reasons.append(
            Reason(
                statement=f"{_some(tuple(map(book.actors.name, act.actors)))} recognised "
                f"{_some(tuple(map(book.actors.name, act.toward)))} as a state",
                act=act,
                cite=act.cite,
                applied=book.denied(on, reading) is None,
                caveats=(f"contested by {_some(act.contested_by)}",),
            )
        )
    own = book.outcome(party, on, SELF)[0]
    terms = book.outcome(party, on, DEPOSITARY)[0]
    differs = own.suspended != terms.suspended or own.standing != terms.standing
    contested = bool(disputed) and (differs or bool(claimed))
    if contested or differs:
        shown_readings[DEPOSITARY] = terms.standing
        shown_readings[SELF] = own.standing
        for act in disputed:
            for code in (*act.contested_by, *act.accepted_by):
                if not book.actors.is_organisation(code):
                    shown_readings[code] = book.outcome(party, on, code)[0].standing
        shown_readings[LAW] = book.outcome(party, on, LAW)[0].standing
    place = None
    if reading not in GENERAL:
        claims = [c.act for c, _ in bearing if c.act is not None and needs_reading(c.act)]
        if claims:
            place = book.position(claims[-1], reading)
    if outcome.standing is Standing.NOTICE_GIVEN and outcome.suspended:
        caveats = (*caveats, "suspended as well, in this reading")
    if reading == DEPOSITARY and differs:
        caveats = (*caveats, "the instrument's own terms; the depositary itself takes no position")
    return PartyStanding(
        party=party,
        took_part=party in book.took_part or outcome.standing is not Standing.NONE,
        standing=outcome.standing,
        since=outcome.since,
        contested=contested,
        because=tuple(reasons),
        readings=tuple(shown_readings.items()),
        projected=outcome.projected,
        position=place,
        caveats=caveats,
    )


def _some(codes: tuple[str, ...]) -> str:
    return ", ".join(codes) if len(codes) <= 6 else f"{', '.join(codes[:5])} and {len(codes) - 5} more"
