"""Who may read what: a party's data goes to those to whom it owes `exchange` that day, in its own reading.

There is no second rule here. The matrix of obligations answers; this module puts the question and names what decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from servanda.corpus import Corpus
from servanda.model.acts import Act
from servanda.model.errors import InputError
from servanda.model.instrument import Provision
from servanda.model.results import PartyStanding
from servanda.model.vocabulary import ObligationKind
from servanda.standing import obligations, standing_of


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What one reading says: `due` True, False, or None where the record does not tell; the act that decided, if one did.

    `unbound` are those of the two who are not among the parties of the matrix that day.
    """

    reading: str
    due: bool | None
    act: Act | None = None
    unbound: tuple[PartyStanding, ...] = ()
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    """Whether `owner` gives its data to `recipient` on a day: `own` decides, the other views are shown beside it.

    `provisions` lay the duty down. `given` is True only where it is surely owed: where the record does not tell,
    nothing is given.
    """

    instrument: str
    owner: str
    recipient: str
    on: date
    own: View
    beside: tuple[View, ...]
    provisions: tuple[Provision, ...]

    @property
    def given(self) -> bool:
        """Whether the data is given."""
        return self.own.due is True


def _view(corpus: Corpus, instrument: str, owner: str, recipient: str, on: date, reading: str) -> View:
    matrix = obligations(corpus, instrument, on=on, kind=ObligationKind.EXCHANGE, reading=reading)
    unbound = tuple(
        standing_of(corpus, instrument, p, on=on, reading=reading)
        for p in (owner, recipient)
        if p not in matrix.parties
    )
    if unbound:
        return View(reading=reading, due=False, unbound=unbound)
    pair = (owner, recipient)
    doubt = next((d.act for d in matrix.doubts if (d.obligor, d.obligee) == pair), None)
    due = matrix.row(owner)[recipient]
    return View(reading=reading, due=due, act=matrix.decided.get(pair) or doubt, caveats=matrix.caveats)


def entitlement(corpus: Corpus, instrument: str, *, owner: str, recipient: str, on: date) -> Entitlement:
    """Whether `owner` gives its data to `recipient` on a day. Codes of states. InputError for a state and itself."""
    if owner == recipient:
        raise InputError(f"{owner} needs no entitlement to its own data", remedy="name two states")
    own = _view(corpus, instrument, owner, recipient, on, owner)
    beside = tuple(_view(corpus, instrument, owner, recipient, on, reading) for reading in ("depositary", recipient))
    lay_down = tuple(p for p in corpus.dossier(instrument).provisions if ObligationKind.EXCHANGE in p.duties)
    return Entitlement(
        instrument=instrument,
        owner=owner,
        recipient=recipient,
        on=on,
        own=own,
        beside=beside,
        provisions=lay_down,
    )
