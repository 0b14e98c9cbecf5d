"""The library speaks of arguments; the command line puts the option's name in their place."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import typer

import servanda
from servanda.cli.main import app
from servanda.cli.spelling import CALLED, COMMANDS, commanded, spelled

ROOT = typer.main.get_command(app)


@pytest.mark.parametrize(
    ("typed", "text", "told"),
    [
        (("where", "cfe"), "give either `at` or `region`", "give either --at or --region"),
        (("deadlines", "cfe", "withdrawal"), "give the day with `start`", "give the day with --from"),
        (("classify", "T-72"), "give `instrument`", "give --in"),
        (("reach",), "give `on`", "give --on"),
        (("inspect", "plan"), "give `on`", "give --on"),
        (("map", "cfe"), "give `category`", "give --category"),
        (("read", "x"), "give another `out`", "give another --out"),
        (("standing", "cfe"), "give `as_known_on`", "give --as-known-on"),
        (("provisions", "cfe"), "give `cite`", "give CITE"),
        (("where", "cfe"), "the file that `sign` wrote", "the file that `sign` wrote"),
        ((), "give `on`", "give `on`"),
    ],
)
def test_an_argument_is_named_as_the_command_names_it(typed, text, told):
    assert spelled(text, ROOT, typed) == told


ROOMS = ("exchange", "verification", "intake", "extraction", "findings", "procedure", "geography", "limits", "standing")
BELOW = (*ROOMS, "corpus", "model", "scenario")
NAMES_ONE = re.compile(r"`servanda |[\"'` ]--[a-z]|\(\)`")


def test_a_function_is_read_as_the_command_that_does_the_same():
    told = "no such store; make one with `Store.create()`"
    assert commanded(told) == "no such store; make one with `servanda exchange init`"
    assert spelled(told, ROOT, ["ledger", "verify"]) == commanded(told)
    assert commanded("see `unheard_of()` and `region`") == "see `unheard_of()` and `region`"


def test_every_command_that_stands_for_a_function_is_there():
    for words in COMMANDS.values():
        found = ROOT
        for word in (w for w in words.split() if w.islower()):
            assert word in found.commands, words
            found = found.commands[word]


def test_rooms_know_no_commands_and_name_only_functions_that_have_one():
    source = Path(servanda.__file__).parent
    for room in BELOW:
        for path in (source / room).rglob("*.py"):
            text_of_file = path.read_text()
            if not NAMES_ONE.search(text_of_file):
                continue
            nodes = list(ast.walk(ast.parse(text_of_file)))
            for_readers = {n.value for n in nodes if isinstance(n, ast.Expr)}  # docstrings
            texts = [n.value for n in nodes if isinstance(n, ast.Constant) and n not in for_readers]
            for text in (t for t in texts if isinstance(t, str)):
                assert "`servanda " not in text, (path, text)
                assert not re.search(r"(^|[ `])--[a-z]", text), (path, text)
                assert set(CALLED.findall(text)) <= set(COMMANDS), (path, text)
