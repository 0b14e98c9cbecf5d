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
from servanda.model.errors import InputError

SLACK = 1e-6
MOST_PAIRS = 3_000_000
MOST_ENTRIES = 60_000_000  # records times kinds of cell: what a program takes in about a second


def solve(members: Sequence[Member], box: Box, forbidden: Sequence[tuple[int, int]] = ()) -> Bounds:
    """The least and greatest sum over `box` that all `members` allow, rounded inward to whole numbers."""
    problem = _Problem(members, box, forbidden)
    answer = problem.optimum(greatest=False)
    if answer is None:
        suspects = problem.contradicting() or list(members)
        if len(suspects) < len(members) and _Problem(suspects, box, forbidden).feasible():
            suspects = list(members)
        conflict = irreducible(suspects, lambda some: _Problem(some, box, forbidden).feasible())
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

    A cell's signature is the set of boxes it lies in: the intersection of those of its five coordinates. Equal
    signatures are merged axis by axis, so that the product of the axes is never laid out. InputError where more
    kinds of cell remain than a program can take.
    """
    import numpy as np

    closed = [(h, -1, p, -1, -1) for h, p in forbidden]
    last = len(boxes)
    shut = sum(1 << (last + k) for k in range(len(closed)))
    signatures: set[int] | None = None
    for axis in range(5):
        kinds = _coordinates([*(b[axis] for b in boxes), *(c[axis] for c in closed)])
        if len(kinds) * len(signatures or ()) > MOST_PAIRS:
            raise _too_many(last, len(signatures or ()))
        signatures = kinds if signatures is None else {a & b for a in signatures for b in kinds}
        signatures = {s for s in signatures if s & ~shut}  # a cell in no box is of no interest
        if len(signatures) * max(1, last) > MOST_ENTRIES:
            raise _too_many(last, len(signatures))
    ordered = sorted(signatures or ())
    table = np.zeros((last, len(ordered)), dtype=bool)
    for column, signature in enumerate(ordered):
        rest = signature & ~shut
        while rest:
            low = rest & -rest
            table[low.bit_length() - 1, column] = True
            rest ^= low
    return table, np.array([not s & shut for s in ordered], dtype=bool)


def _too_many(records: int, ways: int) -> InputError:
    return InputError(
        f"{records:,} records overlap in more than {ways:,} different ways: too many to solve together",
        remedy="give figures that nest (totals and their parts), or fewer at a time",
    )


def _coordinates(masks: Sequence[int]) -> set[int]:
    """The kinds of coordinate on one axis: for each, the set of boxes (as bits) whose mask has it. -1 has all."""
    every = sum(1 << i for i, m in enumerate(masks) if m == -1)
    by_mask: dict[int, int] = {}
    for i, mask in enumerate(masks):
        if mask != -1:
            by_mask[mask] = by_mask.get(mask, 0) | 1 << i
    by_bit: dict[int, int] = {}
    for mask, who in by_mask.items():
        rest = mask
        while rest:
            low = rest & -rest
            by_bit[low] = by_bit.get(low, 0) | who
            rest ^= low
    return {who | every for who in by_bit.values()}


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

    def contradicting(self) -> list[Member]:
        """The records with weight in a proof that no world satisfies all (Farkas); empty where none was found."""
        import numpy as np

        if self.rows.shape[1] == 0:
            return []
        solver = self._highs()
        solver.setOptionValue("presolve", "off")
        solver.run()
        _, found, ray = solver.getDualRay()
        if not found:
            return []
        return [self.members[i] for i in np.flatnonzero(np.abs(np.array(ray)) > SLACK).tolist()]

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
