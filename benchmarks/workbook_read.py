"""A workbook of 50,000 rows read and judged sheet by sheet, beside openpyxl that only walks over its cells.

What was read is compared with what was written first. SERVANDA_WORKBOOK_ROWS sets another number of rows.
"""

from __future__ import annotations

import os
import resource
import tempfile
from pathlib import Path

from benchmarks.timing import timed
from servanda.corpus import Corpus
from servanda.exchange.formats import read, write
from servanda.questions.exchange import form_of
from servanda.questions.synthesize import synthesize

ROWS = int(os.environ.get("SERVANDA_WORKBOOK_ROWS", "50000"))


def run() -> None:
    """Print seconds and memory."""
    import openpyxl

    corpus = Corpus.default()
    name, form = form_of(corpus, "cfe")
    one = max(synthesize(corpus, name, on="1996-01-01", seed=1, objects=5_000).value, key=_size)
    scale = -(-ROWS // _size(one))
    value = next(
        d
        for d in synthesize(corpus, name, on="1996-01-01", seed=1, objects=5_000, scale=scale).value
        if d.party == one.party
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.xlsx"
        write(path, value, form)
        seen: list[int] = []
        reading = read(path, form, progress=seen.append)
        assert reading.declaration == value
        assert len(seen) > 10, "progress is shown"
        print(
            f"a workbook of {_size(value):,} rows, {path.stat().st_size / 1e6:.1f} MB; progress told {len(seen)} times"
        )

        def peer() -> int:
            book = openpyxl.load_workbook(path, read_only=True)
            return sum(cell.value is not None for page in book for row in page.iter_rows() for cell in row)

        base = timed("openpyxl walks over the cells", peer, 2)
        print(base.row(base))
        print(timed("read, every cell by its kind, every fault noted", lambda: read(path, form), 2).row(base))
        print(f"  memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _size(value: object) -> int:
    tables = value.tables  # type: ignore[attr-defined]
    return sum(len(rows) for rows in tables.values())
