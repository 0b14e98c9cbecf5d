"""Every decision is in the index, with its day and status; every section that code cites is there."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = {"law.md": "docs/explanation/law.md", "architecture.md": "docs/explanation/architecture.md"}


def test_every_decision_is_listed():
    spec = importlib.util.spec_from_file_location("decisions", ROOT / "tools" / "decisions.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert len(module.decisions()) > 40
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    missing = [row for row in map(module.row, module.decisions()) if row not in listed]
    assert missing == [], "run: python tools/decisions.py --write"


def test_numbers_of_decisions_are_not_given_out_again():
    numbers = [p.name[:4] for p in (ROOT / "docs" / "decisions").glob("[0-9]*.md")]
    assert len(numbers) == len(set(numbers))


def test_sections_that_code_cites_are_there():
    sections = {
        page: set(re.findall(r"^## (\d+)\. ", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE))
        for page, path in PAGES.items()
    }
    cited = [
        (page, number)
        for path in sorted((ROOT / "src").rglob("*.py"))
        for page, number in re.findall(r"\b(law\.md|architecture\.md) (\d+)", path.read_text(encoding="utf-8"))
    ]
    assert len(cited) > 30
    assert [c for c in cited if c[1] not in sections[c[0]]] == []


def test_the_glossary_has_the_closed_words_of_an_answer():
    from servanda.model.vocabulary import Basis, Confidence, Provenance, Standing, VerdictKind

    glossary = (ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
    rows = {name.strip(): text for name, text in re.findall(r"^\| ([^|]+) \| (.+) \|$", glossary, re.MULTILINE)}
    for name, words in {
        "standing": Standing, "verdict": VerdictKind, "basis": Basis, "confidence": Confidence, "provenance": Provenance,
    }.items():  # fmt: skip
        assert set(re.findall(r"`([a-z_]+)`", rows[name])) == {w.value for w in words}, name
