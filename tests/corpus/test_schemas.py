"""The JSON Schemas that ship: current, described throughout, named by the data files and kept by them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from servanda.corpus.files import read_yaml
from servanda.corpus.schema import SCHEMAS
from servanda.corpus.store import DATA
from servanda.questions.schemas import schemas
from servanda.scenario.overlay import FOLDER

FILES = sorted(p for p in (*DATA.glob("*/*.yaml"), *FOLDER.glob("*.yaml")) if p.name != "examples.yaml")


def test_the_shipped_schemas_are_current():
    shipped = {p.name: p.read_text(encoding="utf-8") for p in SCHEMAS.glob("*.json")}
    assert shipped == schemas(), "run `servanda corpus export src/servanda/corpus/schemas`"


def properties(node: Any, at: str):
    """Every property of a schema, with its place."""
    if isinstance(node, dict):
        for name, inner in node.get("properties", {}).items() if isinstance(node.get("properties"), dict) else ():
            yield f"{at}.{name}", inner
        for key, inner in node.items():
            yield from properties(inner, f"{at}/{key}")
    elif isinstance(node, list):
        for index, inner in enumerate(node):
            yield from properties(inner, f"{at}/{index}")


@pytest.mark.parametrize("name", sorted(schemas()))
def test_every_property_is_described(name):
    schema = json.loads(schemas()[name])
    Draft202012Validator.check_schema(schema)
    found = list(properties(schema, name))
    assert found
    assert [at for at, inner in found if not inner.get("description")] == []


def test_every_data_file_names_its_schema_and_keeps_it():
    faults = []
    for path in FILES:
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        head, _, address = first.partition("$schema=")
        assert head == "# yaml-language-server: ", path
        schema = json.loads((path.parent / address).resolve(strict=True).read_text(encoding="utf-8"))
        value: Any = [r.value for r in read_yaml(path, path.name)]
        if schema.get("type") == "object":
            (value,) = value
        faults += [
            f"{path.name} {e.json_path}: {e.message[:90]}" for e in Draft202012Validator(schema).iter_errors(value)
        ]
    assert faults == []
