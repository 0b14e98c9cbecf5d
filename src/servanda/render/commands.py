"""A question worth asking next, as a line to type."""

from __future__ import annotations

import re

from servanda.questions.brief import FollowUp

BARE = re.compile(r"[\w.,:/@+-]+")  # what a shell takes as one word, unquoted


def command_line(ask: FollowUp) -> str:
    """The command that asks it: `servanda explain cfe "CFE IV.1(A)" ...`. An option is called like its argument."""
    words = [*ask.about, *(w for name, value in ask.arguments.items() for w in (f"--{name.replace('_', '-')}", value))]
    whole = [f"--{name}" for name, on in (("full", ask.full),) if on]
    return " ".join(["servanda", ask.question, *(w if BARE.fullmatch(w) else f'"{w}"' for w in words), *whole])
