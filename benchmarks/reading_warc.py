"""Web archives: Servanda's reading beside FastWARC merely iterating the same file, and memory as the file grows.

The archive is made here (`benchmarks.pages`). Before anything is timed: as many records as FastWARC sees, and every page in which
a treaty was planted is found. SERVANDA_BENCH_PAGES sets the size of the large archive (100,000).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.pages import write_warc
from benchmarks.timing import timed

SMALL, LARGE, TIMED = 10_000, int(os.environ.get("SERVANDA_BENCH_PAGES", "100000")), 4_000
CORES = os.cpu_count() or 1
CHILD = """
import json, re, sys, time
from pathlib import Path
from servanda.questions.pile import read_into
from servanda.intake.items import Options
start = time.perf_counter()
told = read_into([sys.argv[1]], Path(sys.argv[1] + ".parquet"), Options(screened=True), workers=1).value
print(json.dumps({"mb": int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024, "s": time.perf_counter() - start,
                  "seen": told.seen, "documents": told.documents, "claims": told.claims}))
"""


def iterate(path: Path) -> int:
    """What FastWARC does by itself, in its default settings."""
    from fastwarc.warc import ArchiveIterator

    return sum(1 for _ in ArchiveIterator(str(path)))


def take_in(path: Path) -> tuple[int, list[int]]:
    """Records seen, and the numbers of the pages that may hold a claim, as text with dateline."""
    from servanda.intake.items import Options, Tally
    from servanda.intake.take import plan, read_part

    tally = Tally()
    parts, _ = plan([str(path)])
    names = [i.document.name for p in parts for i in read_part(p, Options(), tally)]
    return tally.seen, [int(n.rsplit("#", 1)[1]) for n in names]


def read(path: Path, workers: int = 1) -> int:
    """The whole of it: claims, findings and tables."""
    from servanda.intake.items import Options
    from servanda.questions.pile import read_into

    return read_into([str(path)], path.with_suffix(".parquet"), Options(screened=True), workers=workers).value.claims


def run() -> None:
    """Compare answers, then print medians and ratios, then memory."""
    with tempfile.TemporaryDirectory() as folder:
        for packed in (True, False):
            path = Path(folder) / ("t.warc.gz" if packed else "t.warc")
            planted = write_warc(path, TIMED, packed=packed)
            seen, found = take_in(path)
            assert seen == iterate(path) == TIMED
            assert set(planted) <= set(found), "a planted page was not found"
            size = path.stat().st_size / 1e6
            print(
                f"{'packed' if packed else 'plain'} archive, {TIMED:,} pages, {size:.0f} MB; {len(planted)} with a treaty, all found"
            )
            print(f"  {len(found) - len(planted)} others pass the prefilter")
            base = timed("FastWARC, iterating", lambda path=path: iterate(path))
            print(base.row())
            print(timed("Servanda, screened and taken in", lambda path=path: take_in(path)).row(base))
            print(timed("Servanda, read, held and written to tables", lambda path=path: read(path)).row(base))
        print("the whole run in one process, and memory:")
        for count in (SMALL, LARGE):
            path = Path(folder) / f"m{count}.warc.gz"
            write_warc(path, count)
            done = subprocess.run([sys.executable, "-c", CHILD, str(path)], capture_output=True, text=True, check=True)
            told = json.loads(done.stdout)
            assert told["seen"] == count
            print(
                f"  {count:>9,} pages: {told['mb']:6.0f} MB at most, {told['s']:6.1f} s, {told['documents']:,} documents, "
                f"{told['claims']:,} claims"
            )
            if count == LARGE:
                base = timed("FastWARC, iterating the large archive", lambda path=path: iterate(path), 3)
                print(base.row())
                print(timed("Servanda, all of it, one process", lambda path=path: read(path, 1), 1).row(base))
                print(
                    timed(f"Servanda, all of it, {CORES} processes", lambda path=path: read(path, CORES), 1).row(base)
                )
            path.unlink()


if __name__ == "__main__":
    run()
