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
