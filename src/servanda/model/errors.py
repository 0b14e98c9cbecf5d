"""What can go wrong, and how it is told.

ServandaError
├── InputError            unusable input: one line that says what, where, remedy (exit code 2)
│   ├── UnknownName       no instrument, actor, limit ... of that name; carries near matches
│   └── DateError         a date or period that means nothing (reversed range, missing day)
└── DataError             a file that cannot be used: every fault of it at once (exit code 2)
"""

from __future__ import annotations

from dataclasses import dataclass


class ServandaError(Exception):
    """Root of every error this package raises on purpose."""


class InputError(ServandaError):
    """Unusable input. `str(error)` is one line: what is wrong, where, and what to do."""

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.what, self.where, self.remedy = what, where, remedy
        parts = [f"{where}: {what}" if where else what]
        if remedy:
            parts.append(remedy)
        super().__init__("; ".join(parts))


class UnknownName(InputError):
    """A name that the corpus does not know; `near` holds what may have been meant."""

    def __init__(self, kind: str, name: str, near: tuple[str, ...] = (), *, remedy: str | None = None) -> None:
        self.kind, self.name, self.near = kind, name, near
        hint = remedy or (f"did you mean {', '.join(near)}?" if near else None)
        super().__init__(f"no {kind} called {name!r}", remedy=hint)


class DateError(InputError):
    """A date, range or period without a meaning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault of one record of one file.

    `line` and `column` count from 1; `record` is the record's id where it has one; `article` is the
    clause the rule rests on, where there is one.
    """

    file: str
    message: str
    remedy: str
    line: int | None = None
    column: str | None = None
    record: str | None = None
    article: str | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        if self.column:
            place += f" [{self.column}]"
        who = f" {self.record}:" if self.record else ""
        rest = f" ({self.article})" if self.article else ""
        return f"{place}:{who} {self.message}{rest}; {self.remedy}"


class DataError(ServandaError):
    """A file that cannot be used as it is. `faults` holds all that is wrong with it, in file order."""

    def __init__(self, faults: tuple[Fault, ...] | list[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(f) for f in self.faults))
