"""Worlds that records allow, as one linear program with many sums in it: what one more figure would do to each of them.

A sum stays open under a figure of value x where one world has it above its ceiling and another not above, both with
that x. Both sets of x are intervals: the greatest value of a sum is concave in x, the least convex. So four small
programs find the values that leave a sum open, and where none does every value decides it. The worlds at the ends of
each sum, solved once, refute most pairs of figure and sum without solving anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from servanda.limits.cells import Box
from servanda.limits.conflict import Member
from servanda.limits.program import SLACK, _down, _new_solver, _up, atoms

FAR = 10**12


class Worlds:
    """The worlds that `members` allow, seen through `boxes`: sums and figures, by number."""

    def __init__(self, members: Sequence[Member], boxes: Sequence[Box], closed: Sequence[tuple[int, int]] = ()) -> None:
        import numpy as np

        table, open_ = atoms([*(b for _, b in members), *boxes], closed)
        self._table = table[:, open_]
        self._first = len(members)
        self.seen = self._table[self._first :].astype(float)
        self._low = np.array([float(r.bounds[0]) for r, _ in members] + [0.0] * len(boxes))
        self._high = np.array(
            [np.inf if r.bounds[1] is None else float(r.bounds[1]) for r, _ in members] + [np.inf] * len(boxes)
        )
        self._solver = _program(self._table, self._low, self._high)
        self._pair: tuple[int, Any] | None = None

    def end(self, number: int, *, greatest: bool) -> tuple[float, Any] | None:
        """The least or greatest value of a sum (infinite where unbounded) and a world that has it; None where none fits."""
        import highspy
        import numpy as np

        solver, n = self._solver, self._table.shape[1]
        inf = highspy.kHighsInf
        if greatest and self._unbounded(number):
            return inf, None
        solver.changeColsCost(n, np.arange(n, dtype=np.int32), self.seen[number])
        solver.changeObjectiveSense(highspy.ObjSense.kMaximize if greatest else highspy.ObjSense.kMinimize)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return float(solver.getInfo().objective_function_value), np.array(solver.getSolution().col_value)

    def _unbounded(self, number: int) -> bool:
        import numpy as np

        held = self._table[: self._first][np.isfinite(self._high[: self._first])].any(axis=0)
        return bool((self._table[self._first + number] & ~held).any())

    def span(self, figure: int) -> tuple[int, int | None] | None:
        """Least and greatest whole value of a sum; None where no world fits."""
        import math

        least, most = self.end(figure, greatest=False), self.end(figure, greatest=True)
        if least is None or most is None:
            return None
        return _up(least[0]), None if math.isinf(most[0]) or most[1] is None else _down(most[0])

    def open_for(self, figure: int, number: int, ceiling: int) -> tuple[int, int] | None:
        """The whole values of a figure that leave a sum open, as an interval; None where every value decides it."""
        above = self._span_where(figure, number, float(ceiling + 1), None)
        below = self._span_where(figure, number, 0.0, float(ceiling))
        if above is None or below is None:
            return None
        least = max(above[0], below[0])
        most = min(FAR if above[1] is None else above[1], FAR if below[1] is None else below[1])
        return (least, most) if least <= most else None

    def _span_where(self, figure: int, number: int, low: float, high: float | None) -> tuple[int, int | None] | None:
        """What a figure can be in the worlds where another sum lies between two numbers."""
        import highspy

        row = self._first + number
        self._solver.changeRowBounds(row, low, highspy.kHighsInf if high is None else high)
        try:
            return self.span(figure)
        finally:
            self._solver.changeRowBounds(row, 0.0, highspy.kHighsInf)

    def narrowed(self, figure: int, number: int, width: float) -> int:
        """How much the figure takes at least off the interval of a sum, whatever its value.

        Two worlds that agree on the figure and differ most on the sum: what they differ by is the width that may be left.
        """
        import highspy
        import numpy as np

        if self._pair is None or self._pair[0] != figure:
            self._pair = (figure, self._two_worlds(figure))
        solver, n = self._pair[1], self._table.shape[1]
        cost = np.concatenate([self.seen[number], -self.seen[number]])
        solver.changeColsCost(2 * n, np.arange(2 * n, dtype=np.int32), cost)
        solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return 0
        return max(0, int(width - float(solver.getInfo().objective_function_value) + SLACK * max(1.0, width)))

    def _two_worlds(self, figure: int) -> Any:
        """A program of two worlds that agree on one sum."""
        import numpy as np

        records = self._table[: self._first].astype(float)
        none = np.zeros_like(records)
        same = np.concatenate([self.seen[figure], -self.seen[figure]])[None, :]
        table = np.vstack([np.hstack([records, none]), np.hstack([none, records]), same])
        low, high = self._low[: self._first], self._high[: self._first]
        return _program(table, np.concatenate([low, low, [0.0]]), np.concatenate([high, high, [0.0]]))


def _program(table: Any, low: Any, high: Any) -> Any:
    """A solver with the rows of a table between their bounds, over cells of no less than zero."""
    import highspy
    import numpy as np

    solver = _new_solver()
    solver.setOptionValue("presolve", "off")  # costs more than it saves on small programs solved many times
    model = highspy.HighsLp()
    n = table.shape[1]
    model.num_col_, model.num_row_ = n, len(table)
    model.col_cost_ = np.zeros(n)
    model.col_lower_ = np.zeros(n)
    model.col_upper_ = np.full(n, highspy.kHighsInf)
    model.row_lower_ = np.array(low, dtype=float)
    model.row_upper_ = np.where(np.isinf(high), highspy.kHighsInf, high)
    starts, index, value = [0], [], []
    for row in table:
        at = np.flatnonzero(row)
        index.extend(at.tolist())
        value.extend(np.asarray(row, dtype=float)[at].tolist())
        starts.append(len(index))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    model.a_matrix_.index_ = np.array(index, dtype=np.int32)
    model.a_matrix_.value_ = np.array(value)
    solver.passModel(model)
    return solver
