"""The data files' grammar: the model's types seen through pydantic, and JSON Schemas for editors."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from servanda.corpus.files import Raw
from servanda.model.actors import Actor
from servanda.model.acts import Act
from servanda.model.answer import Source
from servanda.model.assessments import Assessment
from servanda.model.counts import CountingDispute
from servanda.model.equipment import EquipmentType
from servanda.model.errors import Fault
from servanda.model.forms import Form
from servanda.model.instrument import Discrepancy, Instrument, Provision
from servanda.model.limits import Limit
from servanda.model.procedures import Procedure
from servanda.model.records import Level, Record, Reduction
from servanda.model.reduction import ReductionRules
from servanda.model.verification import InspectionRegime
from servanda.model.zones import Block, Zone

T = TypeVar("T")
MOST_WORDS = 12  # longer lists of allowed words stand in the schema, not in a message

# file (or section of a file) -> the type of its records
TABLES: dict[str, type] = {
    "treaty": Instrument,
    "provisions": Provision,
    "limits": Limit,
    "acts": Act,
    "blocks": Block,
    "zones": Zone,
    "procedures": Procedure,
    "discrepancies": Discrepancy,
    "sources": Source,
    "levels": Level,
    "holdings": Record,
    "types": EquipmentType,
    "reductions": Reduction,
    "inspections": InspectionRegime,
    "reduction": ReductionRules,
    "exchange": Form,
    "assessments": Assessment,
    "counting": CountingDispute,
    "actors": Actor,
}


@cache
def adapter(kind: type) -> Any:
    """The pydantic adapter of a model type."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


@cache
def list_columns(kind: type) -> frozenset[str]:
    """Names of the fields that hold several values; in CSV their cells split at `|`."""
    return frozenset(f.name for f in dataclasses.fields(kind) if str(f.type).startswith("tuple["))


# data file -> the table of its records; `zones.yaml` holds two, under their names
FILES: dict[str, tuple[str, ...]] = {
    **{table: (table,) for table in TABLES if table not in ("blocks", "zones")},
    "zones": ("blocks", "zones"),
}
SCHEMAS = Path(__file__).parent / "schemas"
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(file: str) -> dict[str, Any]:
    """The JSON Schema of a kind of data file, for editors that complete and check while one types.

    Of a table in CSV it describes the rows: a cell is text, and a list of values is parted by `|`.
    """
    tables = FILES[file]
    made = {table: adapter(TABLES[table]).json_schema() for table in tables}
    definitions: dict[str, Any] = {}
    for schema in made.values():
        definitions |= schema.pop("$defs", {})
    if file == "treaty":
        return {"$schema": DRAFT, **made["treaty"], "$defs": definitions}
    lists = {
        table: {"type": "array", "items": schema, "description": f"The {table} of the instrument."}
        for table, schema in made.items()
    }
    if len(tables) == 1:
        return {"$schema": DRAFT, "title": f"{file} of an instrument", **lists[file], "$defs": definitions}
    return {
        "$schema": DRAFT,
        "title": f"{file} of an instrument",
        "type": "object",
        "properties": lists,
        "additionalProperties": False,
        "$defs": definitions,
    }


def build(kind: type[T], raw: Raw, faults: list[Fault], **extra: Any) -> T | None:
    """The record as a model value, or None with its faults added to `faults`."""
    from pydantic import ValidationError

    try:
        value: T = adapter(kind).validate_python({**raw.value, **extra})  # type: ignore[arg-type]
        return value
    except ValidationError as error:
        problems: dict[tuple[Any, ...], list[Any]] = {}
        for problem in error.errors(include_url=False, include_context=False):
            problems.setdefault(_field(raw.value, problem), []).append(problem)
        for where, several in problems.items():
            message, remedy = _explain(kind, several, where)
            faults.append(
                Fault(
                    file=raw.file,
                    line=raw.line_of(where),
                    column=".".join(str(p) for p in where) or None,
                    record=raw.name,
                    message=message,
                    remedy=remedy,
                    article=raw.value.get("cite") if isinstance(raw.value.get("cite"), str) else None,
                )
            )
        return None


def near_words(word: Any, allowed: Iterable[str]) -> str:
    """What to do about a word that is not allowed: the nearest ones, and all of them where they are few."""
    words = list(dict.fromkeys(allowed))
    near = get_close_matches(str(word).strip().lower(), words, 3, 0.5)
    listed = f"allowed: {', '.join(words)}" if len(words) <= MOST_WORDS or not near else ""
    return "; ".join(filter(None, [f"did you mean {' or '.join(near)}?" if near else "", listed])) or "see the schema"


def _field(value: Any, problem: Any) -> tuple[Any, ...]:
    """Where in the record a problem lies, without the marks pydantic puts to keys and members of unions."""
    where: list[Any] = []
    for part in problem["loc"]:
        inside = part in value if isinstance(value, dict) else isinstance(value, list | tuple) and isinstance(part, int)
        if not inside:
            if problem["type"] in ("missing", "missing_argument", "missing_keyword_only_argument"):
                where.append(part)
            break
        where.append(part)
        value = value[part]
    return tuple(where)


def _explain(kind: type, problems: list[Any], where: tuple[Any, ...]) -> tuple[str, str]:
    words = [w for p in problems if p["type"] in ("enum", "literal_error") for w in re.findall(r"'([^']*)'", p["msg"])]
    first = problems[0]
    value = first.get("input")
    shown = repr(value) if len(repr(value)) <= 40 else repr(value)[:37] + "..."
    if words:
        name = next((p for p in reversed(where) if isinstance(p, str)), "")
        return f"{shown} is not one of the words allowed for {name!r}", near_words(value, words)
    code, text = first["type"], first["msg"]
    if code in ("unexpected_keyword_argument", "extra_forbidden"):
        return f"unknown field {where[-1]!r}", near_words(where[-1], _fields_at(kind, where[:-1]))
    if code in ("missing", "missing_argument", "missing_keyword_only_argument"):
        return f"field {where[-1]!r} is missing", "add it"
    if code.startswith("int"):
        return f"{shown} is not a whole number", "write digits only, without separators"
    if code.startswith("bool"):
        open_ = type(None) in _inner(_hint_at(kind, where))  # the record need not know
        return f"{shown} is not a truth value", near_words(
            value, ("true", "false", "null") if open_ else ("true", "false")
        )
    if code.startswith("date"):
        return f"{shown} is not a calendar day", "write YYYY-MM-DD"
    if code.startswith("value_error"):
        what, _, rest = text.removeprefix("Value error, ").partition(";")
        return what, rest.strip() or "correct it"
    return f"{shown}: {text[0].lower()}{text[1:]}", "correct it"


def _fields_at(kind: type, where: tuple[Any, ...]) -> list[str]:
    """Names of the fields of the type that stands at a place inside a record."""
    found: Any = kind
    for part in where:
        if isinstance(part, int):
            continue
        hints = get_type_hints(found)
        inner = [t for t in _inner(hints.get(part)) if dataclasses.is_dataclass(t)]
        if not inner:
            return []
        found = inner[0]
    return [f.name for f in dataclasses.fields(found)]


def _hint_at(kind: type, where: tuple[Any, ...]) -> Any:
    """The type of the field at a place inside a record; None where there is none."""
    *outer, name = (p for p in where if not isinstance(p, int))
    hint = get_type_hints(kind)
    for part in outer:
        inner = [t for t in _inner(hint.get(part)) if dataclasses.is_dataclass(t)]
        if not inner:
            return None
        hint = get_type_hints(inner[0])
    return hint.get(name)


def _inner(hint: Any) -> list[Any]:
    """A type and all types named inside it: `tuple[Step, ...]` holds Step."""
    parts = get_args(hint)
    return [t for p in parts for t in _inner(p)] if parts else [hint]
