"""The words of the interface, kept apart from the pages: English as written there, others in `languages/`, a file each.

What answers say (statements, gists, remedies) stays in the language of the record, English, and pages mark it so.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files

LANGUAGES = {"en": "English", "de": "Deutsch"}


@cache
def table(language: str) -> dict[str, str]:
    """The words of a language by their English; empty for English itself."""
    if language == "en" or language not in LANGUAGES:
        return {}
    text = (files("servanda.web") / "languages" / f"{language}.json").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(text)
    return found


def translator(language: str) -> Callable[[str], str]:
    """The words of a language; what its table lacks stays English."""
    known = table(language)
    return lambda text: known.get(text, text)
