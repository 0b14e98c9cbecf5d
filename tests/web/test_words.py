"""The words of the interface in every language: none missing, none left over, kept apart from the pages."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from servanda.model.vocabulary import Standing, VerdictKind
from servanda.web.pages import Links
from servanda.web.words import LANGUAGES, table, translator


def said() -> set[str]:
    """What templates and views say in words of the interface."""
    found: set[str] = set()
    for page in (files("servanda.web") / "templates").iterdir():
        text = page.read_text(encoding="utf-8")
        found |= {m[1] for m in re.findall(r"""\bt\(("|')(.*?)\1\)""", text)}
        found |= set(re.findall(r'\bfact\("([^"]+)"', text))
    for view in files("servanda.web").iterdir():
        if view.name.endswith(".py"):
            found |= set(re.findall(r'heading="([^"{]+)"', view.read_text(encoding="utf-8")))
    return found | {name for name, _ in Links().nav()}


@pytest.mark.parametrize("language", [x for x in LANGUAGES if x != "en"])
def test_a_language_lacks_no_word(language):
    known = table(language)
    words = said() | {v.value.replace("_", " ") for v in (*Standing, *VerdictKind)}
    assert sorted(words - known.keys()) == []
    assert all(v.strip() and not v.isspace() for v in known.values())


def test_there_are_words_to_translate():
    assert len(said()) > 150


def test_another_language_is_english_where_its_table_ends():
    assert translator("en")("Why") == "Why"
    assert translator("de")("Why") == "Warum"
    assert translator("de")("a statement of the record") == "a statement of the record"
    assert table("xx") == {}
