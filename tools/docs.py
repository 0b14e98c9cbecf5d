"""Run the console blocks of the documentation; with --write, put what the commands print into the pages.

A block starts with ```console; each line `$ servanda ...` is run and what follows it is its output. A line `[...]`
stands for any number of lines, `…` within a line for any characters. Output is taken at 100 columns without colour.
The commands of a page that says `<!-- commands follow each other -->` share one folder, in the order of the page.
"""

from __future__ import annotations

import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from command import servanda

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
SKIP = "[...]"
SOME = "…"
FOLLOW = "<!-- commands follow each other -->"


def pages() -> list[Path]:
    """README and everything below docs/."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands(block: str) -> list[tuple[str, list[str]]]:
    """(command, expected lines) pairs of a block."""
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line.rstrip())
    return found


@contextmanager
def passing_folder() -> Iterator[str]:
    """A folder that holds the examples, gone afterwards with all that was written into it."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "examples").symlink_to(ROOT / "examples")
        yield folder


def run(command: str, folder: str | None = None) -> list[str]:
    """What a `servanda` command prints, errors included, at 100 columns; in a passing folder unless one is given."""
    words = shlex.split(command)
    if words[0] != "servanda":
        raise ValueError(f"only servanda is run: {command}")
    if folder is None:
        with passing_folder() as fresh:
            return run(command, fresh)
    done = servanda(*words[1:], cwd=folder, COLUMNS="100", NO_COLOR="1", TERM="dumb")
    return [line.rstrip() for line in (done.stdout + done.stderr).rstrip().splitlines()]


def agrees(expected: list[str], got: list[str]) -> bool:
    """Whether the output is as the page says; `[...]` skips lines."""
    while expected and not expected[-1]:
        expected = expected[:-1]
    if not expected:
        return not got
    head, rest = expected[0], expected[1:]
    if head == SKIP:
        return not rest or any(agrees(rest, got[i:]) for i in range(len(got) + 1))
    return bool(got) and _same(head, got[0]) and agrees(rest, got[1:])


def _same(expected: str, got: str) -> bool:
    if SOME not in expected:
        return expected == got
    return re.fullmatch(".*".join(re.escape(part) for part in expected.split(SOME)), got) is not None


def follows(text: str) -> bool:
    """Whether the commands of a page share a folder."""
    return FOLLOW in text


def shortened(expected: list[str], got: list[str]) -> list[str]:
    """New output for a page, cut where the page had cut it: the same count of lines before `[...]`."""
    if expected and agrees(expected, got):
        while not expected[-1]:
            expected = expected[:-1]
        return expected
    if SKIP not in expected:
        return got
    keep = expected.index(SKIP)
    return [*got[:keep], SKIP] if keep < len(got) else got


def main() -> int:
    """Check all pages, or rewrite them with --write."""
    write = "--write" in sys.argv
    wrong = 0
    for page in pages():
        text = page.read_text(encoding="utf-8")
        with passing_folder() as shared:
            folder = shared if follows(text) else None
            wrong += renew(page, text, folder) if write else check(page, text, folder)
    return 1 if wrong else 0


def renew(page: Path, text: str, folder: str | None) -> int:
    """Put what the commands print into a page; lines that still hold stay as they are."""

    def fresh(match: re.Match[str]) -> str:
        lines = []
        for command, expected in commands(match[1]):
            lines += [f"$ {command}", *shortened(expected, run(command, folder)), ""]
        return "```console\n" + "\n".join(lines[:-1]) + "\n```"

    page.write_text(BLOCK.sub(fresh, text), encoding="utf-8")
    return 0


def check(page: Path, text: str, folder: str | None) -> int:
    """The number of commands of a page that print something else than it says."""
    wrong = 0
    for block in BLOCK.findall(text):
        for command, expected in commands(block):
            if not agrees(expected, run(command, folder)):
                wrong += 1
                print(f"{page.relative_to(ROOT)}: `{command}` prints something else", file=sys.stderr)
    return wrong


if __name__ == "__main__":
    sys.exit(main())
