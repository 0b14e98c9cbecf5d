"""What the pages print is what the commands print; what they link to is there."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import docs as runner

ROOT = Path(__file__).parents[2]

CASES = [
    (page.relative_to(ROOT).as_posix(), command, expected)
    for page in runner.pages()
    if not runner.follows(page.read_text(encoding="utf-8"))
    for block in runner.BLOCK.findall(page.read_text(encoding="utf-8"))
    for command, expected in runner.commands(block)
]


@pytest.mark.parametrize(("page", "command", "expected"), CASES, ids=[f"{p}: {c[:60]}" for p, c, _ in CASES])
def test_a_console_block_prints_what_the_page_says(page, command, expected):
    got = runner.run(command)
    assert runner.agrees(expected, got), "\n".join(["expected:", *expected, "got:", *got])
    assert not any("Traceback" in line for line in got)


COURSES = [p for p in runner.pages() if runner.follows(p.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", COURSES, ids=lambda p: p.name)
def test_a_page_whose_commands_follow_each_other(page):
    with runner.passing_folder() as folder:
        for block in runner.BLOCK.findall(page.read_text(encoding="utf-8")):
            for command, expected in runner.commands(block):
                got = runner.run(command, folder)
                assert runner.agrees(expected, got), "\n".join([command, "expected:", *expected, "got:", *got])


@pytest.mark.parametrize(
    ("expected", "got", "same"),
    [("a … c", "a b c", True), ("a … c", "a b d", False), ("a.c", "abc", False), ("…", "", True)],
)
def test_some_characters_of_a_line_may_be_left_open(expected, got, same):
    assert runner.agrees([expected], [got]) is same


def test_there_are_blocks_to_run():
    assert len(CASES) >= 15


@pytest.mark.parametrize("page", runner.pages(), ids=lambda p: p.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", ["README.md", "docs/explanation/how-extraction-works.md"])
def test_python_in_the_pages_runs(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert blocks
    parser = doctest.DocTestParser()
    for block in blocks:
        case = parser.get_doctest(block, {}, page, page, 0)
        assert case.examples
        assert doctest.DocTestRunner(verbose=False).run(case).failed == 0


def test_the_treaty_of_the_how_to_works(tmp_path, monkeypatch):
    page = ROOT / "docs/how-to/add-a-treaty.md"
    monkeypatch.chdir(tmp_path)
    assert runner.run("servanda new border-2001", str(tmp_path))
    text = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    case = doctest.DocTestParser().get_doctest(text[0], {}, page.name, page.name, 0)
    assert case.examples
    assert doctest.DocTestRunner(verbose=False).run(case).failed == 0
