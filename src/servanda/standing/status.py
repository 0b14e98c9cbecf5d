"""Standings: one party or all, on a day, in a reading, as known on a day (LAW 1 to 3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from servanda.corpus import Actors, Corpus
from servanda.model.acts import Act
from servanda.model.errors import InputError
from servanda.model.instrument import Dossier
from servanda.model.results import PartyStanding, Reason
from servanda.model.vocabulary import Standing
from servanda.standing import effects
from servanda.standing.effects import RUNG, Change
from servanda.standing.entry import Entry, entry_into_force
from servanda.standing.readings import (
    DEPOSITARY,
    GENERAL,
    LAW,
    SELF,
    accepting,
    applies,
    check,
    contesting,
    needs_reading,
)
from servanda.standing.readings import position as position_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one party's changes come to on a day."""

    standing: Standing
    since: date | None
    projected: bool
    suspended: bool


class Ledger:
    """The acts of one instrument as known on a day, turned into changes once and asked many times."""

    def __init__(self, dossier: Dossier, actors: Actors, as_known_on: date | None) -> None:
        self.dossier, self.actors, self.as_known_on = dossier, actors, as_known_on
        known = [a for a in dossier.acts if as_known_on is None or a.known.surely_by(as_known_on)]
        gone = {a.supersedes for a in known}
        self.acts: tuple[Act, ...] = tuple(a for a in known if a.id not in gone)
        self.entry: Entry = entry_into_force(dossier, actors, None if as_known_on is None else self.acts)
        self._changes: dict[str, dict[str, list[Change]]] = {}
        self._contest: dict[str, tuple[str, ...]] = {}
        self._accept: dict[str, tuple[str, ...]] = {}
        self.participants = self._participants()

    def _participants(self) -> tuple[str, ...]:
        named: dict[str, None] = {}
        rule = self.dossier.instrument.entry
        for change in effects.changes(self.dossier, self.actors, self.dossier.acts, DEPOSITARY, self.entry):
            named[change.party] = None
        named.update(dict.fromkeys(rule.required if rule else ()))
        named.update(dict.fromkeys(self.dossier.instrument.addressees))
        named.pop("*", None)
        return tuple(named)

    def contested(self, act: Act) -> tuple[str, ...]:
        """Who contests an act; an organisation stands for its members that took part in the instrument."""
        if act.id not in self._contest:
            on = act.date.earliest or act.date.latest or date.max
            self._contest[act.id] = contesting(act, self.acts, self.actors, on, frozenset(self.participants))
        return self._contest[act.id]

    def accepted(self, act: Act) -> tuple[str, ...]:
        """Who accepted an act."""
        if act.id not in self._accept:
            on = act.date.earliest or act.date.latest or date.max
            self._accept[act.id] = accepting(act, self.acts, self.actors, on)
        return self._accept[act.id]

    def applied(self, act: Act | None, reading: str, party: str) -> bool:
        """Whether `reading` applies the act to `party`."""
        return act is None or applies(act, reading, party, self.contested(act), self.accepted(act))

    def changes(self, party: str, reading: str) -> list[Change]:
        """The party's changes in order of their first possible day, applied or not."""
        dating = LAW if reading == LAW else DEPOSITARY
        if dating not in self._changes:
            table: dict[str, list[Change]] = {}
            for change in effects.changes(self.dossier, self.actors, self.acts, dating, self.entry):
                table.setdefault(change.party, []).append(change)
            for entries in table.values():
                entries.sort(key=lambda c: (c.first, RUNG.get(c.standing, 99)))
            self._changes[dating] = table
        own = self._changes[dating].get(party, [])
        everybody = self._changes[dating].get("*", [])
        return sorted([*own, *everybody], key=lambda c: c.first) if everybody else own

    def outcome(self, party: str, on: date, reading: str) -> tuple[Outcome, list[tuple[Change, bool]], tuple[str, ...]]:
        """Standing, the changes that bear on it with whether the reading applies them, and caveats."""
        bearing = [(c, self.applied(c.act, reading, party)) for c in self.changes(party, reading) if c.possibly(on)]
        sure = [c for c, ok in bearing if ok and c.surely(on)]
        unsure = [c for c, ok in bearing if ok and not c.surely(on)]
        settled = _settle(sure)
        caveats: list[str] = []
        if unsure:
            possible = {settled.standing}
            for change in unsure:
                possible.add(_settle(sorted([*sure, change], key=lambda c: c.first)).standing)
            possible.add(_settle(sorted([*sure, *unsure], key=lambda c: c.first)).standing)
            if len(possible) > 1:
                words = " or ".join(sorted(s.value for s in possible))
                for change in unsure:
                    end = change.last.isoformat() if change.last else "a day not known"
                    caveats.append(f"{words}: {change.statement} between {change.first} and {end}")
                settled = Outcome(Standing.UNKNOWN, None, settled.projected, settled.suspended)
        unseen = self._unseen_succession(party, on)
        if unseen:
            return Outcome(Standing.UNKNOWN, None, False, False), bearing, (unseen,)
        return settled, bearing, tuple(caveats)

    def _unseen_succession(self, party: str, on: date) -> str | None:
        """A predecessor has ceased and the record, as known then, does not say yet who stands in for it."""
        actor = self.actors.get(party) if party in self.actors else None
        old = party if actor and actor.successors else (actor.predecessor if actor else None)
        if old is None or old not in self.participants:
            return None
        end = self.actors.get(old).until
        if end is None or on < end or (self.as_known_on is not None and self.as_known_on < end):
            return None
        if any(a.predecessor == old for a in self.acts):
            return None
        if party != old and not any(party in a.actors for a in self.dossier.acts if a.predecessor == old):
            return None
        return f"{self.actors.name(old)} had ceased on {end}; its succession was not known on {self.as_known_on or on}"


def _settle(changes: list[Change]) -> Outcome:
    rung, rung_since = Standing.NONE, None
    suspended: Change | None = None
    notice: Change | None = None
    end: Change | None = None
    for change in changes:
        if change.kind == effects.RAISE:
            if end is not None and change.first >= end.first:
                end, rung, rung_since, suspended, notice = None, Standing.NONE, None, None, None
            if RUNG[change.standing] > RUNG[rung]:
                rung, rung_since = change.standing, change.day
        elif change.kind == effects.SUSPEND:
            suspended = suspended or change
        elif change.kind == effects.RESUME:
            suspended = None
        elif change.kind == effects.NOTICE:
            notice = change
        elif change.kind == effects.REVOKE:
            notice = None
            if end is not None and end.projected:
                end = None
        elif end is None or (end.projected and not change.projected):
            end = change
    if end is not None and rung is Standing.NONE and end.standing is Standing.TERMINATED:
        end = None
    if end is not None:
        return Outcome(end.standing, end.day, end.projected, False)
    if notice is not None and RUNG[rung] >= RUNG[Standing.PROVISIONAL]:
        return Outcome(Standing.NOTICE_GIVEN, notice.day, False, suspended is not None)
    if suspended is not None and RUNG[rung] >= RUNG[Standing.PROVISIONAL]:
        return Outcome(Standing.SUSPENDED, suspended.day, False, True)
    return Outcome(rung, rung_since, False, False)


_LEDGERS: dict[tuple[int, str, date | None], tuple[Dossier, Ledger]] = {}


def ledger(corpus: Corpus, instrument: str, as_known_on: date | None = None) -> Ledger:
    """The instrument's ledger, kept while its dossier is."""
    dossier = corpus.dossier(instrument)
    key = (id(dossier), instrument, as_known_on)
    held = _LEDGERS.get(key)
    if held is None or held[0] is not dossier:
        if len(_LEDGERS) > 256:
            _LEDGERS.clear()
        held = _LEDGERS[key] = (dossier, Ledger(dossier, corpus.actors, as_known_on))
    return held[1]


def standings(
    corpus: Corpus,
    instrument: str,
    *,
    on: date,
    reading: str = DEPOSITARY,
    as_known_on: date | None = None,
    parties: Iterable[str] | None = None,
) -> tuple[PartyStanding, ...]:
    """The standing of every participant (or of `parties`) under an instrument.

    Raises UnknownName for an unknown instrument, reading or actor, InputError for a state that never took part.
    """
    book = ledger(corpus, instrument, as_known_on)
    reading = check(reading, corpus.actors)
    if parties is None:
        chosen = book.participants
    else:
        chosen = tuple(_participant(book, corpus, p) for p in parties)
    return tuple(_standing(book, party, on, reading) for party in chosen)


def standing_of(
    corpus: Corpus,
    instrument: str,
    party: str,
    *,
    on: date,
    reading: str = DEPOSITARY,
    as_known_on: date | None = None,
) -> PartyStanding:
    """One party's standing; see `standings`."""
    return standings(corpus, instrument, on=on, reading=reading, as_known_on=as_known_on, parties=(party,))[0]


def parties(
    corpus: Corpus, instrument: str, *, on: date, reading: str = DEPOSITARY, as_known_on: date | None = None
) -> tuple[str, ...]:
    """Codes of those whose bond holds on a day: provisional, in force, under notice or suspended."""
    found = standings(corpus, instrument, on=on, reading=reading, as_known_on=as_known_on)
    return tuple(s.party for s in found if s.is_party)


def _participant(book: Ledger, corpus: Corpus, party: str) -> str:
    code = corpus.actors.find(party).code
    if code not in book.participants:
        raise InputError(
            f"{corpus.actors.name(code)} ({code}) never took part in {book.dossier.instrument.short}",
            remedy=f"those that did: {', '.join(book.participants)}",
        )
    return code


def _standing(book: Ledger, party: str, on: date, reading: str) -> PartyStanding:
    outcome, bearing, caveats = book.outcome(party, on, reading)
    reasons: list[Reason] = []
    disputed: list[Act] = []
    shown_readings: dict[str, Standing] = {}
    for change, applied in bearing:
        act = change.act
        words = change.statement
        notes = change.caveats
        if act is not None and needs_reading(act) and change.kind in (effects.SUSPEND, effects.RESUME):
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
                applied=applied and not (change.last is None or change.last > on),
                caveats=notes,
            )
        )
    own = book.outcome(party, on, SELF)[0]
    terms = book.outcome(party, on, DEPOSITARY)[0]
    still_bound = terms.standing in (Standing.PROVISIONAL, Standing.IN_FORCE, Standing.NOTICE_GIVEN, Standing.SUSPENDED)
    differs = own.suspended != terms.suspended or own.standing != terms.standing
    contested = bool(disputed) and still_bound and differs
    if differs or contested:
        shown_readings[DEPOSITARY] = terms.standing
        shown_readings[SELF] = own.standing
        for act in disputed:
            for code in act.contested_by:
                if not book.actors.is_organisation(code):
                    shown_readings[code] = book.outcome(party, on, code)[0].standing
        shown_readings[LAW] = book.outcome(party, on, LAW)[0].standing
    place = None
    if reading not in GENERAL:
        claims = [c.act for c, _ in bearing if c.act is not None and needs_reading(c.act) and party in c.act.actors]
        if claims:
            place = position_of(claims[-1], reading, book.contested(claims[-1]), book.accepted(claims[-1]))
    if outcome.standing is Standing.NOTICE_GIVEN and outcome.suspended:
        caveats = (*caveats, "suspended as well, in this reading")
    if reading == DEPOSITARY and differs:
        caveats = (*caveats, "the instrument's own terms; the depositary itself takes no position")
    return PartyStanding(
        party=party,
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
