"""Messages of the library in the words of the command line: "`region`" is read as "--region".

The rooms below speak of arguments, in backticks, as a caller of the library knows them. Here each is replaced by the
option or argument of the command that was typed. A name that the command does not have stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

NAMED = re.compile(r"`([a-z_]+)`")

# arguments that a command calls otherwise than the library does
ALIASES = {"instrument": ("in", "instrument"), "out": ("out", "output"), "start": ("from",), "since": ("from",)}


def spelled(text: str, root: Any, typed: Sequence[str]) -> str:
    """The message with arguments named as the typed command names them."""
    known = _names(_command(root, typed))

    def put(match: re.Match[str]) -> str:
        name = match.group(1)
        return next((known[n] for n in (name, *ALIASES.get(name, ())) if n in known), match.group(0))

    return NAMED.sub(put, text)


def _command(root: Any, typed: Sequence[str]) -> Any:
    """The command that words on the command line lead to."""
    found = root
    for word in typed:
        found = getattr(found, "commands", {}).get(word, found)  # a group of commands has them by name
    return found


def _names(command: Any) -> dict[str, str]:
    """Argument -> its spelling, by the parameter's name and by the option's."""
    names: dict[str, str] = {}
    for param in command.params:
        spelling = max(param.opts, key=len)
        if spelling.startswith("-"):
            names.setdefault(spelling.lstrip("-").replace("-", "_"), spelling)
        else:
            spelling = (param.metavar or param.name or "").strip("[]").upper()
        if param.name:
            names.setdefault(param.name, spelling)
    return names
