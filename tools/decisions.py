"""The index of decisions, made from the decisions themselves: number, title, day, status.

python tools/decisions.py           print it
python tools/decisions.py --write   write docs/decisions/README.md
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "docs" / "decisions"
HEAD = """# Decisions

Choices that others will ask about: the context, what was decided, what follows. A decision that no longer holds stays, and says
which one took its place. Made by `python tools/decisions.py --write`.

| number | decision | day | status |
|---|---|---|---|
"""
TITLE = re.compile(r"^# (?:\d+\.? +)?(?P<title>.+)$")
DAY = re.compile(r"^(?:Date: )?(?P<day>\d{4}-\d\d-\d\d)(?:, (?P<status>[a-z][\w -]*))?\.?$")


def decisions() -> list[Path]:
    """The files, in the order of their numbers."""
    return sorted(FOLDER.glob("[0-9]*.md"))


def row(path: Path) -> str:
    """A decision's line in the index. ValueError where it says no day under its title."""
    lines = path.read_text(encoding="utf-8").splitlines()
    title = TITLE.match(lines[0])
    day = next((found for line in lines[1:5] if (found := DAY.match(line.strip()))), None)
    if title is None or day is None:
        raise ValueError(
            f"{path.name}: write the title as '# 70. Title' and below it the day and status: '2026-11-29, accepted.'"
        )
    return f"| {path.name[:4]} | [{title['title']}]({path.name}) | {day['day']} | {day['status'] or 'accepted'} |"


def index() -> str:
    """The whole page."""
    return HEAD + "\n".join(map(row, decisions())) + "\n"


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        (FOLDER / "README.md").write_text(index(), encoding="utf-8")
    else:
        print(index(), end="")
