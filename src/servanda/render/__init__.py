"""An Answer as console text and as JSON; doors choose, this package lays out."""

from __future__ import annotations

import json as _json
from typing import Any

from servanda.model.answer import Answer


def to_json(answer: Answer[Any]) -> str:
    """The answer's document of the outer contract, indented, one trailing newline left to the caller."""
    return _json.dumps(answer.data, ensure_ascii=False, indent=2, default=str)
