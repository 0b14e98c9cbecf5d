"""Standings in bulk: 1,000,000 questions over 560 generated instruments and 200 parties, beside DuckDB and pandas.

The peers get the table's own intervals: they are compared on finding the right one, as an analyst would who has the
intervals already. Every answer is compared before anything is timed; a sample is held against single answers too.
"""

from __future__ import annotations

import random
import time
from datetime import date, timedelta

import numpy as np

from benchmarks.timing import timed
from servanda.corpus import Actors, Corpus
from servanda.model.actors import Actor
from servanda.model.acts import Act
from servanda.model.dates import Period, UncertainDate
from servanda.model.instrument import Dossier, EntryRule, ExitRule, Instrument
from servanda.model.vocabulary import ActKind, Basis
from servanda.standing.bulk import CODES, StandingTable

INSTRUMENTS, PARTIES, QUESTIONS = 560, 200, 1_000_000
FIRST, DAYS = date(1950, 1, 1), 27_000


def world(seed: int = 1969) -> Corpus:
    """Instruments with signatures, deposits, suspensions, notices and withdrawals of 200 made-up states."""
    rng = random.Random(seed)
    states = [f"S{i:03d}" for i in range(PARTIES)]
    dossiers = [_dossier(f"made-{k:03d}", states, rng) for k in range(INSTRUMENTS)]
    record = Corpus()
    # the record's own actors too: the general law of treaties is read with them
    return record.replace(dossiers, Actors([*record.actors, *(Actor(code=s, name=f"State {s}") for s in states)]))


def _dossier(name: str, states: list[str], rng: random.Random) -> Dossier:
    acts: list[Act] = []

    def act(kind: ActKind, state: str, on: date, basis: Basis = Basis.TREATY) -> None:
        day = UncertainDate.parse(on)
        identity = f"{state}-{kind}-{len(acts)}"
        acts.append(Act(id=identity, date=day, act=kind, actors=(state,), gist="made", source=("made",), basis=basis))

    opened = FIRST + timedelta(days=rng.randrange(20_000))
    for state in states:
        signed = opened + timedelta(days=rng.randrange(400))
        if rng.random() < 0.7:
            act(ActKind.SIGN, state, signed)
        if rng.random() < 0.85:
            bound = signed + timedelta(days=rng.randrange(30, 4_000))
            act(ActKind.DEPOSIT, state, bound)
            if rng.random() < 0.05:
                act(
                    ActKind.SUSPEND, state, bound + timedelta(days=rng.randrange(1_000, 4_000)), rng.choice(list(Basis))
                )
            if rng.random() < 0.08:
                act(ActKind.GIVE_NOTICE, state, bound + timedelta(days=rng.randrange(1_000, 6_000)))
    entry = EntryRule(rule="count", count=20, period=Period(days=90), per_party=True)
    leave = ExitRule(notice=Period(days=365))
    made = Instrument(id=name, title=name, short=name, kind="treaty", cite="T", gist="made", entry=entry, exit=leave)
    return Dossier(key=name, instrument=made, acts=tuple(acts))


def questions(table: StandingTable, seed: int = 7):
    """Pairs that took part, on random days."""
    rng = np.random.default_rng(seed)
    held = table.intervals()
    rows = rng.integers(0, held["code"].size, QUESTIONS)
    first = (FIRST - date(1970, 1, 1)).days
    days = rng.integers(first, first + DAYS, QUESTIONS).astype(np.int32)
    return held["instrument"][rows], held["party"][rows], days


def run() -> None:
    """Compare answers, then print medians and ratios."""
    corpus = world()
    start = time.perf_counter()
    table = StandingTable(corpus, [f"made-{k:03d}" for k in range(INSTRUMENTS)], reading="self")
    built = time.perf_counter() - start
    instrument, party, days = questions(table)
    answers = table.ask(instrument, party, days)
    print(
        f"standings in bulk: {QUESTIONS:,} questions over {INSTRUMENTS} instruments x {len(table.parties)} parties, "
        f"{table.points.size:,} intervals (built from the acts in {built:.1f} s)"
    )
    counts = np.bincount(answers, minlength=len(CODES))
    print("  answers: " + ", ".join(f"{n:,} {s.value}" for s, n in zip(CODES, counts, strict=True) if n))
    _against_single_answers(table, instrument, party, days, answers)
    mine = timed("Servanda, binary search in the change points", lambda: table.ask(instrument, party, days))
    print(mine.row())
    _duckdb(table, instrument, party, days, answers, mine)
    _pandas(table, instrument, party, days, answers, mine)
    i, p, d = table.instruments[instrument[0]], table.parties[party[0]], date(1970, 1, 1) + timedelta(int(days[0]))
    print(timed("one answer with its reasons, after the first", lambda: table.explain(i, p, d)).row())


def _against_single_answers(table, instrument, party, days, answers) -> None:
    for k in range(0, QUESTIONS, QUESTIONS // 500):
        name, who = table.instruments[instrument[k]], table.parties[party[k]]
        single = table.explain(name, who, date(1970, 1, 1) + timedelta(int(days[k])))
        assert CODES[answers[k]] is single.standing
    print("  a sample of 500 agrees with single answers")


def _duckdb(table, instrument, party, days, answers, mine) -> None:
    try:
        import duckdb
        import pandas as pd
    except ImportError:
        print("  DuckDB: not installed, skipped")
        return
    db = duckdb.connect()
    asked = pd.DataFrame({"row": np.arange(days.size), "instrument": instrument, "party": party, "day": days})
    for name, frame in (("held", pd.DataFrame(table.intervals())), ("asked", asked)):
        db.register("frame", frame)
        db.execute(f"create table {name} as select * from frame")
        db.unregister("frame")
    joins = {
        "DuckDB, interval join": "select row, code from asked a join held h on a.instrument = h.instrument "
        "and a.party = h.party and a.day >= h.since and a.day < h.until",
        "DuckDB, as-of join": "select row, code from asked a asof join held h on a.instrument = h.instrument "
        "and a.party = h.party and a.day >= h.since",
    }
    for name, query in joins.items():
        got = db.execute(query).fetchnumpy()
        theirs = np.full(days.size, -2, dtype=np.int8)
        theirs[got["row"]] = got["code"]
        assert (theirs == answers).all(), name
        print(timed(name, lambda query=query: db.execute(query).fetchnumpy(), 5).row(mine))


def _pandas(table, instrument, party, days, answers, mine) -> None:
    try:
        import pandas as pd
    except ImportError:
        print("  pandas: not installed, skipped")
        return
    held = pd.DataFrame(table.intervals()).astype({"since": "int64"}).sort_values("since")
    asked = pd.DataFrame({"row": np.arange(days.size), "instrument": instrument, "party": party, "since": days})
    asked = asked.astype({"since": "int64"}).sort_values("since")  # outside the clock, as its input must be sorted

    def join():
        return pd.merge_asof(asked, held, on="since", by=["instrument", "party"])

    got = join()
    theirs = np.empty(days.size, dtype=np.int8)
    theirs[got["row"]] = got["code"]
    assert (theirs == answers).all()
    print(timed("pandas merge_asof, sorted beforehand", join, 3).row(mine))


if __name__ == "__main__":
    run()
