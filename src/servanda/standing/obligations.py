"""Who owes whom which duty, pair by pair (LAW 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from servanda.corpus import Corpus
from servanda.model.acts import Act
from servanda.model.errors import InputError, UnknownName
from servanda.model.vocabulary import ActKind, ObligationKind
from servanda.standing.effects import effect_days
from servanda.standing.readings import DEPOSITARY, LAW, check
from servanda.standing.status import ledger, parties

# Owed to all or to none (VCLT 60(2)(c), LAW 5).
INTEGRAL = (ObligationKind.LIMITS,)
TOUCHING = (ActKind.SUSPEND, ActKind.CEASE_IMPLEMENTATION, ActKind.CEASE_PARTICIPATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A cell that is not known on the day: the act may or may not have taken effect."""

    obligor: str
    obligee: str
    act: Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligations:
    """`owes[i][j]` tells whether `parties[i]` owes the duty to `parties[j]`: True, False, or None where not known.

    The diagonal is False. `acts` are those that took a duty away, `doubts` those of uncertain day.
    """

    kind: ObligationKind
    reading: str
    parties: tuple[str, ...]
    owes: tuple[tuple[bool | None, ...], ...]
    acts: tuple[Act, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    caveats: tuple[str, ...] = ()

    def row(self, party: str) -> dict[str, bool | None]:
        """What a party owes to each other party."""
        i = self.parties.index(party)
        return {p: v for j, (p, v) in enumerate(zip(self.parties, self.owes[i], strict=True)) if j != i}

    def column(self, party: str) -> dict[str, bool | None]:
        """What each other party owes to a party."""
        j = self.parties.index(party)
        return {p: self.owes[i][j] for i, p in enumerate(self.parties) if i != j}


def kind_of(word: str) -> ObligationKind:
    """The kind of duty of that name; UnknownName with near matches otherwise."""
    try:
        return ObligationKind(word.lower())
    except ValueError:
        names = [k.value for k in ObligationKind]
        near = tuple(get_close_matches(word.lower(), names, 3, 0.5))
        raise UnknownName("kind of duty", word, near, remedy=None if near else f"kinds: {', '.join(names)}") from None


def obligations(
    corpus: Corpus,
    instrument: str,
    *,
    on: date,
    kind: ObligationKind | str,
    reading: str = DEPOSITARY,
    as_known_on: date | None = None,
) -> Obligations:
    """The matrix of one kind of duty on a day; in the reading `self` each row is read by its own obligor."""
    book = ledger(corpus, instrument, as_known_on)
    asked = kind if isinstance(kind, ObligationKind) else kind_of(kind)
    reading = check(reading, corpus.actors)
    laid_down = book.dossier.instrument.duties
    if asked not in laid_down:
        told = ", ".join(laid_down) or "none of these kinds"
        raise InputError(
            f"the {book.dossier.instrument.short} lays down no duty of {asked}", remedy=f"its duties: {told}"
        )
    bound = parties(corpus, instrument, on=on, as_known_on=as_known_on)
    place = {p: i for i, p in enumerate(bound)}
    # a cell once emptied stays empty under a later act of uncertain day; resumption alone fills it again
    owes: list[list[bool | None]] = [[i != j for j in range(len(bound))] for i in range(len(bound))]
    used: dict[str, Act] = {}
    doubts: list[Doubt] = []
    flagged: list[str] = []
    dating = LAW if reading == LAW else DEPOSITARY

    def effect(act: Act) -> tuple[date, bool, str]:
        return effect_days(act, dating)[0] or date.min, act.act is not ActKind.RESUME, act.id

    for act in sorted((a for a in book.acts if a.act in (*TOUCHING, ActKind.RESUME)), key=effect):
        # a targeted act that names no kinds leaves alone what cannot be withheld from some only
        silent = not act.kinds and bool(act.toward) and asked in INTEGRAL
        if act.provisions or silent:
            continue
        if act.kinds and asked not in act.kinds:
            continue
        first, last, _ = effect_days(act, dating)
        if first is None or first > on or (act.until is not None and act.until.surely_by(on)):
            continue
        sure = last is not None and last <= on and act.id not in book.doubtful
        sure = sure and (act.until is None or not act.until.possibly_by(on))
        done = act.date.earliest or first
        toward = set(book.actors.expand(act.toward, done)) if act.toward else set(bound)
        obligors = bound if "parties" in act.actors else book.actors.expand(act.actors, done)
        for obligor in obligors:
            i = place.get(obligor)
            if i is None or not book.applied(act, reading, obligor):
                continue
            cells = [(i, j) for p, j in place.items() if p in toward and j != i]
            if act.releases and act.act is not ActKind.RESUME:
                cells += [(j, i) for j in (place[p] for p in toward if p in place) if j != i]
            for a, b in cells:
                if act.act is ActKind.RESUME:
                    changed = owes[a][b] is not True
                    owes[a][b] = True if sure or owes[a][b] else None
                else:
                    changed = owes[a][b] is not False
                    owes[a][b] = None if not sure and owes[a][b] is not False else False
                if changed and not sure:
                    doubts.append(Doubt(obligor=bound[a], obligee=bound[b], act=act))
            used[act.id] = act
            if asked in INTEGRAL and act.toward:
                flagged.append(
                    f"{act.id} names {asked} toward some states alone: "
                    "an integral duty is owed to all or to none (VCLT 60(2)(c))"
                )
    doubts = [d for d in doubts if owes[place[d.obligor]][place[d.obligee]] is None]
    caveats = list(dict.fromkeys(flagged))
    if asked is ObligationKind.INSPECTION:
        without = _without_territory(corpus, instrument, bound, on)
        if without:
            caveats.append(f"no territory in the area: {', '.join(without)} owe inspection of stationed objects only")
    if not bound:
        caveats.append("nobody is bound on that day")
    return Obligations(
        kind=asked,
        reading=reading,
        parties=bound,
        owes=tuple(tuple(r) for r in owes),
        acts=tuple(used.values()),
        doubts=tuple(doubts),
        caveats=tuple(caveats),
    )


def _without_territory(corpus: Corpus, instrument: str, bound: tuple[str, ...], on: date) -> list[str]:
    index = corpus.places(instrument)
    if not index.all_blocks:
        return []
    held = {index.state(b, on) for b in index.all_blocks}
    return [p for p in bound if p not in held]
