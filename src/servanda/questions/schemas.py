"""The JSON Schemas of all data files, by the name of their file."""

from __future__ import annotations

import json
from typing import Any


def schemas() -> dict[str, str]:
    """Schemas of an instrument's files, of actors, of a scenario and of the rules of a participation table.

    Keys are file names such as `acts.schema.json`; values are the text of the file.
    """
    from servanda.corpus.participation import rules_schema
    from servanda.corpus.schema import FILES, json_schema
    from servanda.scenario.schema import scenario_schema

    made: dict[str, dict[str, Any]] = {file: json_schema(file) for file in FILES}
    made["scenario"] = scenario_schema()
    made["table-rules"] = rules_schema()
    return {f"{name}.schema.json": json.dumps(s, indent=1, ensure_ascii=False) + "\n" for name, s in made.items()}


def answer_schema(question: str) -> dict[str, Any]:
    """The JSON Schema of the document that answers a question. UnknownName with near matches."""
    from difflib import get_close_matches

    from pydantic import TypeAdapter

    from servanda.model.documents.by_kind import DOCUMENTS
    from servanda.model.errors import UnknownName

    kind = DOCUMENTS.get(question)
    if kind is None:
        near = tuple(get_close_matches(question, DOCUMENTS, 3, 0.5))
        known = f"questions with a schema: {', '.join(DOCUMENTS)}"
        raise UnknownName("question", question, near, remedy=None if near else known)
    made = TypeAdapter(kind).json_schema(mode="serialization", by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def answer_schemas() -> dict[str, Any]:
    """The JSON Schemas of all documents by question, sharing their definitions."""
    from pydantic import TypeAdapter

    from servanda.model.documents.by_kind import DOCUMENTS

    inputs: Any = [(name, "serialization", TypeAdapter(kind)) for name, kind in DOCUMENTS.items()]
    found, shared = TypeAdapter.json_schemas(inputs, by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "questions": {name: schema for (name, _), schema in found.items()},
        "$defs": shared.get("$defs", {}),
    }
