"""Messages of the library in the words of the command line: "`region`" is read as "--region".

The rooms below speak of arguments and functions, in backticks, as a caller of the library knows them. Here each argument is
replaced by the option or argument of the command that was typed, each function (`assess()`) by the command that does the same. A
name that the command does not have stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

CALLED = re.compile(r"`([A-Za-z_.]+)\(\)`")
NAMED = re.compile(r"`([a-z_]+)`")

# arguments that a command calls otherwise than the library does
ALIASES = {"instrument": ("in", "instrument"), "out": ("out", "output"), "start": ("from",), "since": ("from",)}

# functions that a remedy names, and the commands that do the same
COMMANDS = {
    "Store.checkpoint": "ledger checkpoint",
    "Store.create": "exchange init",
    "assess": "assess",
    "declare": "exchange sign",
    "entitled": "exchange entitled",
    "prove_inclusion": "ledger prove",
    "starter": "new ID",
    "verify_ledger": "ledger verify",
    "write_secret": "exchange keys new NAME",
}


def commanded(text: str) -> str:
    """The message with functions replaced by the commands that do the same."""

    def put(match: re.Match[str]) -> str:
        command = COMMANDS.get(match.group(1))
        return match.group(0) if command is None else f"`servanda {command}`"

    return CALLED.sub(put, text)


def spelled(text: str, root: Any, typed: Sequence[str]) -> str:
    """The message with arguments named as the typed command names them, and functions as commands."""
    known = _names(_command(root, typed))

    def put(match: re.Match[str]) -> str:
        name = match.group(1)
        return next((known[n] for n in (name, *ALIASES.get(name, ())) if n in known), match.group(0))

    return NAMED.sub(put, commanded(text))


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
