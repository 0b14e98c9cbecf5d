"""Who owes whom which duty, pair by pair (law.md 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from servanda.corpus import Corpus
from servanda.model.acts import Act
from servanda.model.errors import InputError, UnknownName
from servanda.model.vocabulary import ActKind, Confidence, ObligationKind
from servanda.standing.effects import effect_days
from servanda.standing.provisional import Bond, bonds
from servanda.standing.readings import DEPOSITARY, LAW, check
from servanda.standing.status import Ledger, ledger, parties

# Owed to all or to none (VCLT 60(2)(c), law.md 5).
Days = tuple[date | None, date | None]
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

    The diagonal is False. `acts` are those that gave a duty or took it away, `doubts` those of uncertain day;
    `voluntary` pairs a party with the act in which it says that it keeps the duty of its own will, though it owes
    it no more. `groundless` are parties without territory in the area, which owe inspection of stationed objects alone.
    `decided` names the act that left a cell (obligor, obligee) as it is, where an act did.
    """

    kind: ObligationKind
    reading: str
    parties: tuple[str, ...]
    owes: tuple[tuple[bool | None, ...], ...]
    acts: tuple[Act, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    voluntary: tuple[tuple[str, Act], ...] = ()
    caveats: tuple[str, ...] = ()
    groundless: tuple[str, ...] = ()
    decided: Mapping[tuple[str, str], Act] = field(default_factory=dict)

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
) -> Obligations:
    """The matrix of one kind of duty on a day; in the reading `self` each row is read by its own obligor."""
    book = ledger(corpus, instrument)
    asked = kind if isinstance(kind, ObligationKind) else kind_of(kind)
    reading = check(reading, corpus.actors)
    laid_down = book.dossier.instrument.duties
    if asked not in laid_down:
        words = ", ".join(laid_down) or "none of these kinds"
        raise InputError(
            f"{book.dossier.instrument.called} lays down no duty of {asked}", remedy=f"its duties: {words}"
        )
    bound, provisional = parties(corpus, instrument, on=on), bonds(book, asked, on)
    steps = _steps(corpus, book, asked, reading, on)
    all_bound = tuple(dict.fromkeys((*bound, *(m for b in provisional for m in b.members))))
    without = _without_territory(corpus, instrument, all_bound, on) if asked is ObligationKind.INSPECTION else ()
    # all that a matrix is made from: it is the same one on every day on which all of it is
    applied = tuple((b.act.id, b.members, b.obligors, b.unsure, b.sure) for b in provisional)
    undated = on if any(a.date.earliest is None for a, _ in steps) else None
    key = (
        "duties",
        instrument,
        asked,
        reading,
        bound,
        applied,
        tuple((a.id, sure) for a, sure in steps),
        without,
        undated,
    )
    return corpus.small.get(key, lambda: _found(_Matrix(book, asked, reading, on, bound, provisional), steps, without))


def _found(matrix: _Matrix, steps: tuple[tuple[Act, bool], ...], without: tuple[str, ...]) -> Obligations:
    for act, sure in steps:
        matrix.take(act, sure)
    caveats = [*matrix.caveats]
    if without:
        caveats.append(f"no territory in the area: {', '.join(without)} owe inspection of stationed objects only")
    if not matrix.parties:
        caveats.append("nobody is bound on that day")
    return Obligations(
        kind=matrix.kind,
        reading=matrix.reading,
        parties=matrix.parties,
        owes=tuple(tuple(r) for r in matrix.owes),
        acts=tuple(matrix.used.values()),
        doubts=matrix.doubts(),
        voluntary=tuple(matrix.voluntary),
        caveats=tuple(dict.fromkeys(caveats)),
        groundless=without,
        decided=matrix.decided,
    )


def _steps(corpus: Corpus, book: Ledger, kind: ObligationKind, reading: str, on: date) -> tuple[tuple[Act, bool], ...]:
    """The acts that took duties away or gave them back by the day, in the order of their effect; False for perhaps.

    A cell once emptied stays empty under a later act of uncertain day; resumption alone fills it again.
    """
    dating = LAW if reading == LAW else DEPOSITARY

    def find() -> tuple[tuple[Act, Days], ...]:
        found = []
        for act in book.acts:
            # a targeted act that names no kinds leaves alone what cannot be withheld from some only
            silent = not act.kinds and bool(act.toward) and kind in INTEGRAL
            if act.act in (*TOUCHING, ActKind.RESUME) and not (
                act.provisions or silent or (act.kinds and kind not in act.kinds)
            ):
                found.append((act, effect_days(act, dating, book.general)[:2]))
        return tuple(sorted(found, key=lambda x: (x[1][0] or date.min, x[0].act is not ActKind.RESUME, x[0].id)))

    steps = []
    for act, (first, last) in corpus.small.get(("touching", book.dossier.instrument.id, kind, dating), find):
        if first is None or first > on or (act.until is not None and act.until.surely_by(on)):
            continue
        ended = act.until is not None and act.until.possibly_by(on)
        steps.append((act, last is not None and last <= on and not ended and act.id not in book.doubtful))
    return tuple(steps)


class _Matrix:
    """The cells of one kind of duty on a day: first what is owed by the instrument, then what acts took away."""

    def __init__(
        self,
        book: Ledger,
        kind: ObligationKind,
        reading: str,
        on: date,
        bound: tuple[str, ...],
        provisional: tuple[Bond, ...],
    ) -> None:
        self.book, self.kind, self.reading, self.on = book, kind, reading, on
        self.parties = tuple(dict.fromkeys((*bound, *(m for b in provisional for m in b.members))))
        self.place = {p: i for i, p in enumerate(self.parties)}
        fully = {self.place[p] for p in bound}
        size = range(len(self.parties))
        self.owes: list[list[bool | None]] = [[i != j and i in fully and j in fully for j in size] for i in size]
        self.used: dict[str, Act] = {}
        self.caveats: list[str] = []
        self.voluntary: list[tuple[str, Act]] = []
        self.decided: dict[tuple[str, str], Act] = {}
        self._doubts: list[Doubt] = []
        for bond in provisional:
            self._apply(bond)

    def _apply(self, bond: Bond) -> None:
        """What listed provisions lay down between those who apply them provisionally."""
        changed = False
        for obligor in bond.members:
            for obligee in bond.members:
                a, b = self.place[obligor], self.place[obligee]
                if a == b or self.owes[a][b] or obligor not in bond.obligors:
                    continue
                sure = bond.sure and not {obligor, obligee} & bond.unsure
                self.owes[a][b] = True if sure else None
                self.decided[obligor, obligee] = bond.act
                changed = True
                if not sure:
                    self._doubts.append(Doubt(obligor=obligor, obligee=obligee, act=bond.act))
        if not changed:
            return
        self.used[bond.act.id] = bond.act
        cites = ", ".join(p.cite for p in bond.provisions)
        self.caveats.append(f"owed by provisional application of these provisions alone: {cites}")
        recalled = [p.cite for p in bond.provisions if p.confidence is not Confidence.SOURCED]
        if recalled:
            self.caveats.append(f"recalled, not sourced: {', '.join(recalled)}")
        if bond.act.confidence is not Confidence.SOURCED:
            self.caveats.append(f"{bond.act.confidence}, not sourced: {bond.act.id} ({bond.act.gist})")

    def take(self, act: Act, sure: bool) -> None:
        """Take the duties away that an act takes, or give them back: `sure` where it is in effect and not only perhaps."""
        done = act.date.earliest or self.on
        toward = set(self.book.actors.expand(act.toward, done)) if act.toward else set(self.parties)
        obligors = self.parties if "parties" in act.actors else self.book.actors.expand(act.actors, done)
        for obligor in obligors:
            i = self.place.get(obligor)
            if i is None or not self.book.applied(act, self.reading, obligor):
                continue
            cells = [(i, j) for p, j in self.place.items() if p in toward and j != i]
            if act.releases and act.act is not ActKind.RESUME:
                cells += [(b, a) for a, b in cells]
            for a, b in cells:
                self._change(act, a, b, sure)
            self.used[act.id] = act
            if self.kind in act.voluntary and act.act is not ActKind.RESUME:
                self.voluntary.append((obligor, act))
            if self.kind in INTEGRAL and act.toward:
                self.caveats.append(
                    f"{act.id} names {self.kind} toward some states alone: "
                    "an integral duty is owed to all or to none (VCLT 60(2)(c))"
                )

    def _change(self, act: Act, a: int, b: int, sure: bool) -> None:
        before = self.owes[a][b]
        if act.act is ActKind.RESUME:
            changed = before is not True
            self.owes[a][b] = True if sure or before else None
        else:
            changed = before is not False
            self.owes[a][b] = None if not sure and before is not False else False
        if changed:
            self.decided[self.parties[a], self.parties[b]] = act
        if changed and not sure:
            self._doubts.append(Doubt(obligor=self.parties[a], obligee=self.parties[b], act=act))

    def doubts(self) -> tuple[Doubt, ...]:
        """The cells that stayed unknown, each with the acts that made it so."""
        return tuple(d for d in self._doubts if self.owes[self.place[d.obligor]][self.place[d.obligee]] is None)


def _without_territory(corpus: Corpus, instrument: str, bound: tuple[str, ...], on: date) -> tuple[str, ...]:
    index = corpus.places(instrument)
    held = {s for b in index.all_blocks if (s := index.state(b, on)) is not None}
    # an area that names no state's ground, such as the whole world, leaves nobody without
    return tuple(p for p in bound if p not in held) if held else ()
