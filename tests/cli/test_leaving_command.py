"""Grounds, links and what falls due, on the command line."""

from __future__ import annotations

import json

import pytest
from tests.cli.test_commands import run


@pytest.mark.parametrize(
    ("args", "key", "least"),
    [
        (("explain", "cfe", "withdrawal", "--party", "RUS"), "grounds", 12),
        (("explain", "cfe", "withdrawal", "--party", "USA"), "grounds", 0),
        (("explain", "est-2009", "links"), "links", 5),
        (("deadlines", "cfe", "--on", "2023-06-15"), "steps", 3),
    ],
)
def test_one_document(args, key, least):
    done = run(*args, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)[key]
    assert len(found) >= least and (least > 0 or found == [])


@pytest.mark.parametrize(
    "args",
    [
        ("explain", "cfe", "CFE IV.1(A)"),
        ("explain", "cfe", "CFE IV.1(A)", "--on", "1995-11-17", "--party", "RUS"),
        ("deadlines", "cfe"),
        ("deadlines", "cfe", "withdrawal", "--on", "2023-06-15"),
        ("deadlines", "cfe", "--on", "2023-06-15", "--from", "2023-06-09"),
    ],
    ids=" ".join,
)
def test_an_unclear_question_is_refused_in_one_line(args):
    done = run(*args)
    assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == "" and "Traceback" not in done.stderr
