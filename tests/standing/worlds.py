"""Small instruments made by hand or at random, laid over the packaged actors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from servanda.corpus import Corpus
from servanda.corpus.store import DATA
from servanda.model.acts import Act
from servanda.model.dates import Period, UncertainDate
from servanda.model.instrument import Dossier, EntryRule, ExitRule, Instrument
from servanda.model.vocabulary import ActKind, Basis, ObligationKind
from servanda.standing import obligations, standing_of, standings

CORPUS = Corpus(DATA)
STATES = ("FRA", "POL", "UKR")


def act(kind, actors, on, **more):
    """An act of one or several actors; its id tells what it is."""
    actors = (actors,) if isinstance(actors, str) else tuple(actors)
    for name in ("reported", "effective", "until"):
        if isinstance(more.get(name), str):
            more[name] = UncertainDate.parse(more[name])
    kind = ActKind(kind)
    identity = more.pop("id", f"{'-'.join(actors)}-{kind}-{on}".lower())
    return Act(
        id=identity, date=UncertainDate.parse(on), act=kind, actors=actors, gist="made up", source=("test",), **more
    )


def dossier(*acts, **more):
    """An instrument in force once FRA and POL have deposited, left on 30 clear days' notice."""
    entry = more.pop("entry", EntryRule(rule="all", required=("FRA", "POL"), period=Period(days=10), per_party=True))
    leave = more.pop("exit", ExitRule(notice=Period(days=30, counting="clear"), cite="T 9"))
    settings = {"id": "made", "title": "Made up", "short": "Made up", "kind": "treaty", "cite": "T", "gist": "made up"}
    settings["duties"] = tuple(ObligationKind)
    return Dossier(key="made", instrument=Instrument(**{**settings, "entry": entry, "exit": leave, **more}), acts=acts)


def bound(*more, **settings):
    """The same, signed and in force for all three from 11 February 2000."""
    acts = [act("sign", STATES, "2000-01-01"), act("deposit", STATES, "2000-02-01")]
    return dossier(*acts, *more, **settings)


def ask(made, party, on, reading="depositary", known=None):
    """One party's standing under a made-up instrument."""
    return standing_of(
        CORPUS.replace([made]).as_known(date.fromisoformat(known) if known else None),
        "made",
        party,
        on=date.fromisoformat(on),
        reading=reading,
    )


def everybody(made, on, reading="depositary", known=None):
    """Party -> what the answer says, without the order of the record."""
    found = standings(CORPUS.replace([made]).as_known(known), "made", on=on, reading=reading)
    return {s.party: (s.standing, s.since, s.contested, s.projected, dict(s.readings)) for s in found}


def duties(made, on, kind="exchange", reading="self"):
    """The matrix of a kind of duty."""
    return obligations(CORPUS.replace([made]), "made", on=date.fromisoformat(on), kind=kind, reading=reading)


DAYS = st.dates(date(2000, 1, 1), date(2004, 1, 1))


# Few days, so that acts fall on the same one and their order in the file could matter.
ACT_DAYS = st.sampled_from([date(2000, 3, 1), date(2000, 9, 1), date(2001, 2, 1), date(2001, 6, 30), date(2003, 1, 1)])


@st.composite
def dates(draw):
    """A day, or now and then a span of which either end may be the one."""
    first = draw(ACT_DAYS)
    if draw(st.integers(0, 4)):
        return UncertainDate.parse(first)
    return UncertainDate.parse(f"{first}/{date(2004, 6, 1)}")


@st.composite
def random_acts(draw, most=8):
    """Acts of any kind that moves a standing, of any basis, some reported late, some contested, some targeted."""
    kinds = ["sign", "deposit", "accede", "provisionally_apply", "suspend", "resume", "give_notice", "revoke_notice"]
    kinds += ["withdraw", "terminate", "reject", "declare", "cease_implementation"]
    made = []
    for i in range(draw(st.integers(1, most))):
        on = draw(dates())
        late = draw(st.integers(0, 3)) == 0
        moves = draw(st.sampled_from(kinds))
        others = tuple(draw(st.lists(st.sampled_from((*STATES, "NATO")), max_size=2, unique=True)))
        base = Act(
            id=f"act-{i}",
            date=on,
            act=ActKind(moves),
            actors=(draw(st.sampled_from(STATES)),),
            gist="made up",
            source=("test",),
            basis=draw(st.sampled_from(Basis)),
            contested_by=others if draw(st.booleans()) else (),
            reported=UncertainDate.parse(draw(ACT_DAYS)) if late else None,
            effective=draw(dates()) if moves in ("suspend", "give_notice") and draw(st.booleans()) else None,
        )
        if moves in ("suspend", "cease_implementation") and draw(st.integers(0, 2)) == 0:
            base = replace(base, toward=("UKR",), kinds=(ObligationKind.EXCHANGE,))
        made.append(base)
    return tuple(made)
