"""A declaration as a value: who says what, valid as of which day, on the sheets of a form.

    value = from_plain(parse(data))
    assert from_plain(to_plain(value)) == value

The plain form holds text, whole numbers, true and false, lists and objects alone, so that its canonical JSON is one
sequence of bytes: that is what a state signs. What it says of itself stands at the top: `instrument`, `party`,
`document`, `as_of` and `synthetic`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from servanda.exchange.canonical import canonical, canonical_of_columns
from servanda.exchange.table import Row, Table
from servanda.model.errors import InputError

FACTS = ("instrument", "party", "document", "as_of", "synthetic")  # what the ledger says openly of a declaration
MARK = "synthetic"  # the column that marks rows of a generated document
MOST_ROWS = 250_000  # of one sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One document of an exchange. A row holds the filled cells alone: an empty cell is absent, never zero.

    `as_of` is the day it is valid as of, `exchanged` the day it is handed over. `supersedes` names the document a
    correction replaces. `remarks` say in words what was chosen where the form leaves a choice. Days in rows are text,
    YYYY-MM-DD; coordinates are text, DDMMSSN DDDMMSSE.
    """

    instrument: str
    form: str
    version: str
    party: str
    document: str
    as_of: date
    exchanged: date | None = None
    language: str | None = None
    supersedes: str | None = None
    synthetic: bool = False
    remarks: tuple[str, ...] = ()
    tables: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    def rows(self, sheet: str) -> Sequence[Row]:
        """The rows of a sheet; none where it is not there."""
        return self.tables.get(sheet, ())

    @property
    def title(self) -> str:
        """Party, document and day in one line."""
        mark = "SYNTHETIC: " if self.synthetic else ""
        return f"{mark}{self.party} {self.document} as of {self.as_of}"


def to_plain(value: Declaration) -> dict[str, Any]:
    """The declaration as plain data; see the module's text. Its rows are those of the declaration: not to be changed."""
    return _head(value) | {
        "tables": {n: [r if type(r) is dict else dict(r) for r in rows] for n, rows in value.tables.items()}
    }


def _head(value: Declaration) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "instrument": value.instrument,
        "form": value.form,
        "version": value.version,
        "party": value.party,
        "document": value.document,
        "as_of": value.as_of.isoformat(),
        "synthetic": value.synthetic,
    }
    optional: tuple[tuple[str, Any], ...] = (
        ("exchanged", value.exchanged.isoformat() if value.exchanged else None),
        ("language", value.language),
        ("supersedes", value.supersedes),
        ("remarks", list(value.remarks) or None),
    )
    plain.update((name, item) for name, item in optional if item is not None)
    return plain


class Payload(bytes):
    """The canonical JSON of a declaration, with what a ledger says openly of it. Made by `payload` alone.

    Bytes that came from elsewhere are plain bytes: they are canonical only once they were read.
    """

    facts: Mapping[str, Any]


def payload(value: Declaration) -> Payload:
    """What a state signs: the canonical JSON of the plain form. InputError as of `canonical`."""
    tables = {name: rows for name, rows in value.tables.items() if isinstance(rows, Table)}
    head = _head(value)
    data = canonical_of_columns(head, "tables", {n: (len(t), t.columns) for n, t in tables.items()})
    if data is None or len(tables) < len(value.tables):
        data = canonical(to_plain(value))
    made = Payload(data)
    made.facts = {name: head[name] for name in FACTS}
    return made


_TEXTS = ("instrument", "form", "version", "party", "document", "as_of")
_KNOWN = {*_TEXTS, "synthetic", "tables", "exchanged", "language", "supersedes", "remarks"}


def from_plain(plain: Any, *, where: str | None = None) -> Declaration:
    """The declaration of plain data. InputError for what is none; cells are not judged here, `validate` does that."""

    def wrong(what: str, remedy: str = "give the declaration as the forms write it") -> InputError:
        return InputError(what, where=where, remedy=remedy)

    if not isinstance(plain, Mapping):
        raise wrong("a declaration is one JSON object")
    missing = [k for k in _TEXTS if not isinstance(plain.get(k), str)]
    if missing:
        raise wrong(f"the declaration does not say its {', '.join(missing)}")
    unknown = sorted(str(k) for k in plain.keys() - _KNOWN)
    if unknown:
        raise wrong(f"unknown fields: {', '.join(unknown[:5])}")
    synthetic = plain.get("synthetic", False)
    tables = plain.get("tables", {})
    remarks = plain.get("remarks", [])
    if not isinstance(synthetic, bool) or not isinstance(tables, Mapping) or not isinstance(remarks, list):
        raise wrong("synthetic is true or false, tables an object, remarks a list")
    for name in ("language", "supersedes"):
        if not isinstance(plain.get(name), str | None):
            raise wrong(f"{name} is text")
    return Declaration(
        **{k: plain[k] for k in ("instrument", "form", "version", "party", "document", "language", "supersedes") if k in plain},
        as_of=_day(plain["as_of"], "as_of", where),
        exchanged=_day(plain["exchanged"], "exchanged", where) if plain.get("exchanged") is not None else None,
        synthetic=synthetic,
        remarks=tuple(str(r) for r in remarks),
        tables={str(name): _rows(str(name), rows, where) for name, rows in tables.items()},
    )  # fmt: skip


def _day(text: Any, name: str, where: str | None) -> date:
    try:
        if not isinstance(text, str) or len(text) != 10:
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{name} {text!r} is not a day", where=where, remedy="write YYYY-MM-DD") from None


def _rows(name: str, rows: Any, where: str | None) -> tuple[Row, ...]:
    if not isinstance(rows, list) or not all(isinstance(r, Mapping) for r in rows):
        raise InputError(f"the sheet {name} is not a list of rows", where=where, remedy="give a list of objects")
    if len(rows) > MOST_ROWS:
        raise InputError(f"the sheet {name} has more than {MOST_ROWS:,} rows", where=where, remedy="divide it")
    kept = []
    for number, row in enumerate(rows, 1):
        for key, value in row.items():
            if not isinstance(value, str | int) or isinstance(value, bool):
                raise InputError(
                    f"{name}, row {number}, {key}: a cell is text or a whole number",
                    where=where,
                    remedy="leave an empty cell out",
                )
        kept.append(dict(row))
    return tuple(kept)
