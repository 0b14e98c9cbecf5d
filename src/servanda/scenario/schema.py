"""The JSON Schema of a scenario file: the same tables as the data files, under the verbs of a scenario."""

from __future__ import annotations

from typing import Any

from servanda.corpus.schema import DRAFT, TABLES, adapter
from servanda.scenario.overlay import FIELD, VERBS

_TEXT = {"type": "string"}
_WHAT = {
    "add": "Adds a record to a table of an instrument.",
    "remove": "Takes a record out of a table of an instrument.",
    "change": "Gives fields of a record other values.",
}


def scenario_schema() -> dict[str, Any]:
    """The schema of a scenario file."""
    definitions: dict[str, Any] = {}
    forms: list[dict[str, Any]] = []
    for table in FIELD:
        record = adapter(TABLES[table]).json_schema()
        definitions |= record.pop("$defs", {})
        definitions[f"{table} record"] = record
        partial = {k: v for k, v in record.items() if k not in ("required", "title")}
        definitions[f"{table} fields"] = {**partial, "description": f"New values of fields of a record of {table}."}
        forms += [_form(verb, table) for verb in VERBS]
    forms.append(
        _object(
            "Puts an actor into an organisation, or into a group of an instrument.",
            {
                "join": {**_TEXT, "description": "Code of the organisation, or id of the group."},
                "in": {**_TEXT, "description": "Id of the instrument whose group it is."},
                "actor": {**_TEXT, "description": "Code of the actor."},
                "since": {**_TEXT, "description": "First day of membership."},
                "until": {**_TEXT, "description": "First day after it."},
                "because": {**_TEXT, "description": "Why, in words."},
            },
            ["join", "actor"],
        )
    )
    head = {
        "id": {**_TEXT, "description": "Unique name of the scenario; its records may name it as their source."},
        "title": {**_TEXT, "description": "Its title."},
        "gist": {**_TEXT, "description": "What it supposes, in words."},
        "changes": {"type": "array", "items": {"oneOf": forms}, "description": "What it changes, in order."},
    }
    whole = _object("A named set of changes laid over the record.", head, list(head))
    return {"$schema": DRAFT, "title": "scenario", **whole, "$defs": definitions}


def _form(verb: str, table: str) -> dict[str, Any]:
    properties: dict[str, Any] = {
        verb: {"const": table, "description": "The table."},
        VERBS[verb]: {**_TEXT, "description": "Id of the instrument."},
        "because": {**_TEXT, "description": "Why, in words."},
    }
    needed = [verb, VERBS[verb]]
    if verb == "add":
        properties["value"] = {"$ref": f"#/$defs/{table} record", "description": "The record."}
        needed.append("value")
    else:
        properties["id"] = {**_TEXT, "description": "Id of the record."}
        needed.append("id")
    if verb == "change":
        properties["set"] = {"$ref": f"#/$defs/{table} fields", "description": "The new values."}
        needed.append("set")
    return _object(_WHAT[verb], properties, needed)


def _object(what: str, properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "description": what,
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
