"""The data files' grammar: the model's types seen through pydantic, and JSON Schemas for editors."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any, TypeVar

from servanda.corpus.files import Raw
from servanda.model.actors import Actor
from servanda.model.acts import Act
from servanda.model.answer import Source
from servanda.model.equipment import EquipmentType
from servanda.model.errors import Fault
from servanda.model.instrument import Discrepancy, Instrument, Provision
from servanda.model.limits import Limit
from servanda.model.procedures import Procedure
from servanda.model.records import Level, Record, Reduction
from servanda.model.verification import InspectionRegime
from servanda.model.zones import Block, Zone

T = TypeVar("T")

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


def json_schema(table: str) -> dict[str, Any]:
    """The JSON Schema of a data file, for editors that complete and check while one types."""
    schema: dict[str, Any] = adapter(TABLES[table]).json_schema()
    if table == "treaty":
        return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    definitions = schema.pop("$defs", {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{table} of an instrument",
        "type": "array",
        "items": schema,
        "$defs": definitions,
    }


def build(kind: type[T], raw: Raw, faults: list[Fault], **extra: Any) -> T | None:
    """The record as a model value, or None with its faults added to `faults`."""
    from pydantic import ValidationError

    try:
        value: T = adapter(kind).validate_python({**raw.value, **extra})  # type: ignore[arg-type]
        return value
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_context=False):
            where = tuple(p for p in problem["loc"] if p != "[key]")
            message, remedy = _words(kind, problem["type"], problem["msg"], where, problem.get("input"))
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


def _words(kind: type, code: str, text: str, where: tuple[Any, ...], value: Any) -> tuple[str, str]:
    shown = repr(value) if len(repr(value)) <= 40 else repr(value)[:37] + "..."
    if code == "unexpected_keyword_argument":
        names = ", ".join(f.name for f in dataclasses.fields(kind)) if len(where) == 1 else "see the data format"
        return f"unknown field {where[-1]!r}", f"fields: {names}"
    if code in ("missing", "missing_argument", "missing_keyword_only_argument"):
        return f"field {where[-1]!r} is missing", "add it"
    if code == "enum":
        return f"{shown} is not one of the words allowed", text.removeprefix("Input should be ").strip() or "see docs"
    if code.startswith("int"):
        return f"{shown} is not a whole number", "write digits only, without separators"
    if code.startswith("date"):
        return f"{shown} is not a calendar day", "write YYYY-MM-DD"
    if code.startswith("value_error"):
        first, _, rest = text.removeprefix("Value error, ").partition(";")
        return first, rest.strip() or "correct it"
    return f"{shown}: {text[0].lower()}{text[1:]}", "correct it"
