"""Briefs as they are meant to read, stored beside their tests; with --write, print them anew.

Each is the page of 80 columns without colour. A change in one is a change in what a reader is told: read it line by
line against the treaty and the record before it is kept.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "questions" / "briefs"
# signature, provisional application, first day of the ceilings, the adapted treaty signed, the suspension of 2007, the
# countermeasures of 2011, the end of consultation, the law of denunciation, the withdrawal, and two days after it
DAYS = (
    "1990-11-19",
    "1992-07-17",
    "1995-11-17",
    "1999-11-19",
    "2007-12-12",
    "2011-11-22",
    "2015-03-11",
    "2023-05-29",
    "2023-11-07",
    "2024-06-01",
    "2026-01-01",
)


def page(instrument: str, on: str, *, width: int = 80, reading: str | None = None) -> str:
    """A brief as the console prints it, without colour."""
    from rich.console import Console

    from servanda.questions import load
    from servanda.render.console import show

    out = io.StringIO()
    console = Console(file=out, width=width, no_color=True, highlight=False, force_terminal=False)
    show(load(instrument).brief(on=on, reading=reading), console)
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip().splitlines()) + "\n"


def path(instrument: str, on: str) -> Path:
    """Where a brief is stored."""
    return FOLDER / f"{instrument}-{on}.txt"


def main() -> int:
    """Write the stored briefs, or say which of them differ."""
    stale = []
    for on in DAYS:
        file, text = path("cfe", on), page("cfe", on)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            stale.append(file.name)
            if "--write" in sys.argv[1:]:
                file.write_text(text, encoding="utf-8")
    print("\n".join(stale) or "all as stored")
    return 1 if stale and "--write" not in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
