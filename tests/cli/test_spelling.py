"""The library speaks of arguments; the command line puts the option's name in their place."""

from __future__ import annotations

import pytest
import typer

from servanda.cli.main import app
from servanda.cli.spelling import spelled

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
