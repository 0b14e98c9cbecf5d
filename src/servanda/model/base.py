"""How the types of data files read: a field nobody knows is a fault, and each field's text is its description."""

from __future__ import annotations

from typing import Any

STRICT: dict[str, Any] = {"extra": "forbid", "use_attribute_docstrings": True}
