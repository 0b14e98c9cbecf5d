"""Bounds by linear program, for records that overlap or give intervals. HiGHS is imported only here."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from servanda.limits.bounds import Bounds
from servanda.limits.cells import Box
from servanda.limits.conflict import Member, irreducible

SLACK = 1e-6
MOST_CELLS = 2_000_000


def solve(members: Sequence[Member], box: Box, forbidden: Sequence[tuple[int, int]] = ()) -> Bounds:
    """The least and greatest sum over `box` that all `members` allow, rounded inward to whole numbers."""
    problem = _Problem(members, box, forbidden)
    answer = problem.optimum(greatest=False)
    if answer is None:
        conflict = irreducible(members, lambda some: _Problem(some, box, forbidden).feasible())
        return Bounds(None, None, conflict=conflict, exact_method=False)
    low, low_rows = answer
    high, high_rows = problem.optimum(greatest=True) or (None, set())
    rows = sorted(low_rows | high_rows)
    binding = tuple(members[i][0] for i in rows)
    return Bounds(_up(low), None if high is None else _down(high), binding=binding, exact_method=False)


def _up(value: float | None) -> int:
    import math

    return 0 if value is None else math.ceil(value - SLACK * max(1.0, abs(value)))


def _down(value: float) -> int:
    import math

    return math.floor(value + SLACK * max(1.0, abs(value)))


def atoms(boxes: Sequence[Box], forbidden: Sequence[tuple[int, int]] = ()) -> tuple[Any, Any]:
    """Cells merged by which boxes they lie in: (boxes x atoms) membership, and which atoms are not forbidden.

    Each axis is cut by the sets that occur; equal columns are merged.
    """
    import numpy as np

    parts: list[list[int]] = []
    for axis in range(5):
        sets = {b[axis] for b in boxes}
        if axis == 0:
            sets |= {h for h, _ in forbidden}
        if axis == 2:
            sets |= {p for _, p in forbidden}
        whole = 0
        for s in sets:
            whole |= s
        cut = [whole] if whole else []
        for s in sets:
            cut = [p for c in cut for p in (c & s, c & ~s) if p]
        parts.append(cut)
    shape = tuple(len(p) for p in parts)
    if any(n == 0 for n in shape):
        return np.zeros((len(boxes), 0), dtype=bool), np.zeros(0, dtype=bool)
    columns = int(np.prod(shape))
    if columns * max(1, len(boxes)) > MOST_CELLS * 64:
        raise MemoryError(f"{columns:,} cells under {len(boxes):,} records; ask about fewer records at a time")
    table = np.empty((len(boxes) + 1, columns), dtype=bool)
    for i, box in enumerate(boxes):
        mask = np.ones(shape, dtype=bool)
        for axis in range(5):
            hit = np.array([bool(p & box[axis]) for p in parts[axis]])
            mask &= hit.reshape([-1 if k == axis else 1 for k in range(5)])
        table[i] = mask.ravel()
    open_ = np.ones(shape, dtype=bool)
    for holders, blocks in forbidden:
        h = np.array([bool(p & holders) for p in parts[0]]).reshape(-1, 1, 1, 1, 1)
        b = np.array([bool(p & blocks) for p in parts[2]]).reshape(1, 1, -1, 1, 1)
        open_ &= ~(h & b)
    table[-1] = open_.ravel()
    # equal columns merged: as packed bytes they compare in one step
    packed = np.ascontiguousarray(np.packbits(table, axis=0).T)
    _, first = np.unique(packed.view(np.dtype((np.void, packed.shape[1]))).ravel(), return_index=True)
    merged = table[:, first]
    return merged[:-1], merged[-1]


@cache
def _banner_taken() -> None:
    """Make the first solver with standard output turned away: HiGHS prints a banner there, past every option.

    A door that promises one JSON document and nothing else cannot have it.
    """
    import highspy

    sys.stdout.flush()
    kept = os.dup(1)
    try:
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            highspy.Highs()
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _new_solver() -> Any:
    import highspy

    _banner_taken()
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    return solver


class _Problem:
    """Variables are merged cells, constraints the records, the objective a box."""

    def __init__(self, members: Sequence[Member], box: Box, forbidden: Sequence[tuple[int, int]]) -> None:
        import numpy as np

        self.members = members
        self._solver: Any = None
        table, open_ = atoms([*(b for _, b in members), box], forbidden)
        keep = open_ & table.any(axis=0)
        table = table[:, keep]
        self.rows, self.target = table[:-1], table[-1]
        self.low = np.array([r.bounds[0] for r, _ in members], dtype=float)
        self.high = np.array([np.inf if r.bounds[1] is None else r.bounds[1] for r, _ in members], dtype=float)

    def _highs(self) -> Any:
        """The solver with the model in it; both optima share it, the second starting from the first."""
        if self._solver is None:
            self._solver = self._made()
        return self._solver

    def _made(self) -> Any:
        import highspy
        import numpy as np

        solver = _new_solver()
        if self.rows.size < 20_000:
            solver.setOptionValue("presolve", "off")  # costs more than it saves on tiny programs
        n = self.rows.shape[1]
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = n, len(self.members)
        model.col_cost_ = np.zeros(n)
        model.col_lower_ = np.zeros(n)
        model.col_upper_ = np.full(n, highspy.kHighsInf)
        model.row_lower_ = self.low
        model.row_upper_ = np.where(np.isinf(self.high), highspy.kHighsInf, self.high)
        starts, index = [0], []
        for row in self.rows:
            index.extend(np.flatnonzero(row).tolist())
            starts.append(len(index))
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array(starts, dtype=np.int32)
        model.a_matrix_.index_ = np.array(index, dtype=np.int32)
        model.a_matrix_.value_ = np.ones(len(index))
        solver.passModel(model)
        return solver

    def feasible(self) -> bool:
        """Whether any world satisfies all records."""
        import highspy

        if self.rows.shape[1] == 0:
            return bool((self.low <= 0).all())
        solver = self._highs()
        solver.run()
        return bool(solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def optimum(self, *, greatest: bool) -> tuple[float | None, set[int]] | None:
        """The optimum over the target (None where unbounded) and the rows with a non-zero dual.

        None in place of both where no world satisfies all records.
        """
        import highspy
        import numpy as np

        n = self.rows.shape[1]
        if n == 0 or not self.target.any():
            return (0.0, set()) if self.feasible() else None
        if greatest and bool((self.target & ~self.rows[np.isfinite(self.high)].any(axis=0)).any()):
            return None, set()
        solver = self._highs()
        cost = np.where(self.target, 1.0, 0.0)
        solver.changeColsCost(n, np.arange(n, dtype=np.int32), cost)
        sense = highspy.ObjSense.kMaximize if greatest else highspy.ObjSense.kMinimize
        solver.changeObjectiveSense(sense)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return None, set()
        duals = np.array(solver.getSolution().row_dual)
        return float(solver.getInfo().objective_function_value), set(np.flatnonzero(np.abs(duals) > SLACK).tolist())
