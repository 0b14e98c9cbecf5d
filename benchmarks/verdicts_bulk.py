"""Verdicts in bulk: 200 limits over 4,800 cells on 2,000 dates, beside NumPy, DuckDB and OpenFisca.

One generator, one seed; every peer gives the same limits-by-dates table of excesses, or its time does not count.
"""

from __future__ import annotations

import numpy as np

from benchmarks.timing import timed
from servanda.limits.bulk import Declarations

LIMITS, DATES, CELLS, MEMBERSHIPS = 200, 2_000, 4_800, 22_500


def world(seed: int = 1990):
    """Holdings (dates by cells), the cells of each limit, the ceilings."""
    rng = np.random.default_rng(seed)
    holdings = rng.integers(0, 60, (DATES, CELLS)).astype(np.float64)
    sizes = rng.multinomial(MEMBERSHIPS - LIMITS, np.full(LIMITS, 1 / LIMITS)) + 1
    members = [np.sort(rng.choice(CELLS, n, replace=False)) for n in sizes]
    bounds = np.array([29.5 * n for n in sizes])
    return holdings, members, bounds


def numpy_loop(holdings, members, bounds):
    """The idiom an analyst would write: one fancy-indexed sum a limit."""
    return np.stack([holdings[:, m].sum(axis=1) > b for m, b in zip(members, bounds, strict=True)])


def numpy_dense(matrix, holdings, bounds):
    """A dense product."""
    return matrix @ holdings.T > bounds[:, None]


def run() -> None:
    """Compare answers, then print medians and ratios."""
    holdings, members, bounds = world()
    ours = Declarations(holdings, members, bounds)
    expected = ours.exceeded()
    matrix = np.zeros((LIMITS, CELLS))
    for i, m in enumerate(members):
        matrix[i, m] = 1
    assert (numpy_loop(holdings, members, bounds) == expected).all()
    assert (numpy_dense(matrix, holdings, bounds) == expected).all()
    print(
        f"verdicts in bulk: {LIMITS} limits x {DATES:,} dates over {CELLS:,} cells, {MEMBERSHIPS:,} memberships, float64"
    )
    print(f"  answers agree on {int(expected.sum()):,} limit-days over")

    def whole():
        ours.recompute()
        return ours.exceeded()

    mine = timed("Servanda, sparse product in blocks", whole)
    rows = [
        mine,
        timed("numpy.copy of the holdings (the floor)", holdings.copy),
        timed("NumPy, one sum a limit", lambda: numpy_loop(holdings, members, bounds), 3),
        timed("NumPy, dense product", lambda: numpy_dense(matrix, holdings, bounds), 3),
    ]
    for row in rows:
        print(row.row(mine if row is not mine else None))
    _duckdb(holdings, members, bounds, expected, mine)
    _openfisca(mine)
    _incremental(ours, mine)


def _duckdb(holdings, members, bounds, expected, mine) -> None:
    try:
        import duckdb
        import pandas as pd
    except ImportError:
        print("  DuckDB: not installed, skipped")
        return
    db = duckdb.connect()
    dates, cells = holdings.shape
    held = pd.DataFrame(
        {"d": np.repeat(np.arange(dates), cells), "c": np.tile(np.arange(cells), dates), "n": holdings.ravel()}
    )
    member = pd.DataFrame(
        {"l": np.repeat(np.arange(len(members)), [len(m) for m in members]), "c": np.concatenate(members)}
    )
    bound = pd.DataFrame({"l": np.arange(len(bounds)), "b": bounds})
    for name, frame in (("held", held), ("member", member), ("bound", bound)):
        db.register("frame", frame)
        db.execute(f"create table {name} as select * from frame")
        db.unregister("frame")
    query = (
        "select l, d, sum(n) > any_value(b) as over from member join held using (c) join bound using (l) group by l, d"
    )
    got = db.execute(query).fetchnumpy()
    table = np.zeros(expected.shape, dtype=bool)
    table[got["l"], got["d"]] = got["over"]
    assert (table == expected).all()
    print(timed("DuckDB, join and group", lambda: db.execute(query).fetchnumpy(), 3).row(mine))


def _openfisca(mine) -> None:
    try:
        from benchmarks.peers.openfisca import run as peer
    except ImportError:
        print("  OpenFisca: not installed here (pip install openfisca-core in an environment of its own), skipped")
        return
    for days, row in peer(mine):
        print(row.row(mine) + f"  (measured on {days} days, scaled)")


def _incremental(ours, mine) -> None:
    rng = np.random.default_rng(7)
    cells = rng.integers(0, CELLS, 1000)
    state = iter(range(10**9))

    def one():
        k = next(state) % 1000
        ours.change(int(cells[k]), DATES // 2, float(k % 60))

    one()
    before = ours.sums.copy()
    assert np.allclose(ours.recompute(), before)
    row = timed("one declaration changed, half the dates", one, 200)
    print(row.row(mine) + f"  {mine.median / row.median:,.0f} times quicker than all anew")


if __name__ == "__main__":
    run()
