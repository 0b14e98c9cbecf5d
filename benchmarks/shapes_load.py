"""Loading shapes and drawing a map, each in a process of its own: what a user waits for at the prompt."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.timing import timed

LOAD = "from servanda.geography import Shapes; Shapes.load({layer!r}, {detail!r})"
TIMED = (
    "import time; start = time.perf_counter(); from servanda.geography import Shapes; "
    "Shapes.load('region'); Shapes.load('block'); print(time.perf_counter() - start)"
)
STORY = ["--on", "2007-01-01", "--on", "2008-06-01", "--on", "2012-06-01", "--on", "2023-11-08"]


def _run(*args: str) -> str:
    done = subprocess.run([sys.executable, *args], check=True, capture_output=True, text=True, env=os.environ)
    return done.stdout


def _layers() -> None:
    """Both layers at full detail, inside a process already started."""
    runs = sorted(float(_run("-c", TIMED)) for _ in range(7))
    print(f"  {'import and load every shape, the start of Python apart':<52} {runs[3] * 1e3:>7.0f} ms  "
          f"({runs[0] * 1e3:.0f} ms to {runs[-1] * 1e3:.0f} ms)")  # fmt: skip


def run() -> None:
    """Cold processes throughout: nothing is kept from one run to the next but the files' pages in memory."""
    print("shapes and maps, a new process a run (target: shapes under 300 ms, a map under 3 s)")
    start = timed("start Python and import shapely alone", lambda: _run("-c", "import shapely"))
    print(start.row())
    _layers()
    for layer, detail in (("region", "full"), ("block", "full"), ("region", "drawn")):
        code = LOAD.format(layer=layer, detail=detail)
        print(timed(f"start Python, load {layer} {detail}", lambda c=code: _run("-c", c)).row(start))
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "x.png")
        command = ("-m", "servanda", "map", "cfe", "-o", out)
        print(timed("servanda map, zones, one day", lambda: _run(*command, "--on", "1997-05-15")).row())
        toward = (*command, "--show", "obligations", "--toward", "RUS", "--reading", "self", *STORY)
        print(timed("servanda map, obligations, four days", lambda: _run(*toward)).row())
        one = ("-m", "servanda", "reach", "--range-km", "500", "--of", "DEU", "--from", "RUS-KGD")
        print(timed("servanda reach, one region", lambda: _run(*one)).row())


if __name__ == "__main__":
    run()
