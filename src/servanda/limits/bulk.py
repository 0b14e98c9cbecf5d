"""Fully detailed declarations in bulk: many limits, many dates, every cell known.

With every cell declared a limit's sum is exact, and all sums are one sparse product: limits by cells times cells by
dates. Holdings are kept in blocks of dates so that a block of all cells stays in the processor's cache while every
limit reads it; the product then reads the holdings once from memory.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_array, csr_array

BLOCK = 128  # dates a block: long enough for wide arithmetic, small enough that a few thousand cells stay in cache

MOST_WORKERS = 8

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class Declarations:
    """Holdings of every cell on every date, and the limits that sum them.

    `members[i]` are the cell numbers that limit `i` sums, `bounds[i]` its ceiling. `holdings` is dates by cells;
    it is copied. `sums` and `exceeded` are limits by dates.
    """

    def __init__(self, holdings: Floats, members: Sequence[npt.NDArray[np.int64]], bounds: Floats) -> None:
        dates, cells = holdings.shape
        self.dates, self.cells = dates, cells
        self.bounds = np.asarray(bounds, dtype=np.float64)
        columns = np.concatenate(members) if members else np.zeros(0, dtype=np.int64)
        starts = np.concatenate([[0], np.cumsum([len(m) for m in members])])
        if columns.size and (columns.min() < 0 or columns.max() >= cells):
            raise ValueError("a limit names a cell that is not there")
        shape = (len(members), cells)
        self._matrix = csr_array((np.ones(columns.size), columns, starts), shape=shape)
        self._by_cell = csc_array(self._matrix)
        pad = -dates % BLOCK
        padded = np.pad(holdings, ((0, pad), (0, 0))) if pad else holdings
        blocks = padded.reshape(-1, BLOCK, cells).transpose(0, 2, 1)
        self._blocks: Floats = np.ascontiguousarray(blocks)
        self._sums: Floats | None = None

    @property
    def sums(self) -> Floats:
        """The sum each limit bounds, on each date."""
        if self._sums is None:
            self._sums = self._compute()
        return self._sums

    def _compute(self) -> Floats:
        count = len(self._blocks)
        out = np.empty((self._matrix.shape[0], count * BLOCK))

        def fill(i: int) -> None:
            out[:, i * BLOCK : (i + 1) * BLOCK] = self._matrix @ self._blocks[i]

        workers = min(os.cpu_count() or 1, count, MOST_WORKERS)
        if workers > 1 and self._matrix.nnz * self.dates > 1_000_000:
            # the product lets go of the interpreter while it runs, so threads share the blocks
            with ThreadPoolExecutor(workers) as pool:
                list(pool.map(fill, range(count)))
        else:
            for i in range(count):
                fill(i)
        return out[:, : self.dates]

    def recompute(self) -> Floats:
        """All sums anew."""
        self._sums = self._compute()
        return self._sums

    def exceeded(self) -> Bools:
        """Where a sum lies above its ceiling."""
        result: Bools = self.sums > self.bounds[:, None]
        return result

    def change(self, cell: int, since: int, value: float) -> npt.NDArray[np.int64]:
        """Set a cell from date number `since` on, as a new declaration does; the limits it touches are returned.

        Only the sums of those limits are renewed.
        """
        if not 0 <= cell < self.cells or not 0 <= since < self.dates:
            raise ValueError("no such cell or date")
        sums = self.sums
        first, offset = divmod(since, BLOCK)
        old = self._blocks[first:, cell, :].reshape(-1)[offset : offset + self.dates - since].copy()
        difference = value - old
        self._blocks[first, cell, offset:] = value
        self._blocks[first + 1 :, cell, :] = value
        touched: Any = self._by_cell.indices[self._by_cell.indptr[cell] : self._by_cell.indptr[cell + 1]]
        sums[touched, since:] += difference
        return np.asarray(touched, dtype=np.int64)
