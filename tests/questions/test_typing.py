"""The facade is typed: a misspelt argument or a wrong use of an answer fails before anything runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src"
GOOD = """
import servanda as sv
from datetime import date

cfe = sv.load("cfe")
first: str = cfe.standing("RUS", on="2015-06-01", reading="USA").value[0].party
cfe.standing(on=date(2015, 6, 1), as_known_on="2010-01-01")
low: int | None = cfe.assess(on="1995-11-17")["CFE IV.1(A)", "east"].value.low
cfe.obligations(on="2012-01-01", kind="exchange").value.row("RUS")
"""
BAD = {
    'cfe.standing("RUS", on="2015-06-01", raeding="USA")': "raeding",
    'cfe.standing("RUS")': "on",
    "cfe.standing(on=2015)": "arg-type",
    'cfe.obligations(on="2012-01-01")': "kind",
    'cfe.assess(on="1995-11-17", limit="CFE IV.1(A)")': "limit",
    'cfe.assess(on="1995-11-17")[3, "east"]': "Invalid index type",
    'cfe.timeline(party="RUS").value[0].whne': "whne",
    'cfe.brief("2007-12-12")': "positional",
    'cfe.brief(on="2007-12-12").value.sectoins': "sectoins",
    'x: int = cfe.deadlines("withdrawal", start="2023-06-09").value': "assignment",
    'cfe.withdrawl(party="RUS")': "withdrawl",
}


def checked(tmp_path: Path, text: str) -> str:
    file = tmp_path / "snippet.py"
    file.write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--ignore-missing-imports",
         "--follow-imports=silent", str(file)],
        capture_output=True, text=True, check=False, cwd=tmp_path, env={"MYPYPATH": str(SRC), "PATH": ""},
    )  # fmt: skip
    return done.stdout + done.stderr


def test_a_misspelt_argument_fails_type_checking(tmp_path):
    """All in one run of mypy: what is right passes, each wrong line is told by its own message."""
    lines = GOOD.strip().splitlines()
    told = checked(tmp_path, "\n".join([*lines, *BAD]) + "\n")
    for number, (wrong, word) in enumerate(BAD.items(), len(lines) + 1):
        found = [x for x in told.splitlines() if x.startswith(f"snippet.py:{number}:") and "error:" in x]
        assert any(word in x for x in found), (wrong, found, told)
    for number in range(1, len(lines) + 1):
        assert f"snippet.py:{number}:" not in told, told


@pytest.mark.parametrize("name", ["Treaty", "Answer", "Corpus", "load"])
def test_the_package_ships_its_types(name):
    import servanda

    assert (SRC / "servanda" / "py.typed").is_file()
    assert name in servanda.__all__
