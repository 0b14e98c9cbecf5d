"""How well sixty documents are read that were annotated before the rules were opened; half of them are held back.

Of those held back only totals are shown: no list of what was missed, so that no rule is made for them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.extraction.scorer import load_gold, score

from servanda.extraction.extractor import Extractor
from servanda.model.claims import Document

FOLDER = Path(__file__).parent / "blind"
PAGE = Path(__file__).parents[2] / "docs/explanation/how-extraction-works.md"


def totals(held: bool) -> tuple[float, float, float]:
    rows = [json.loads(line) for line in (FOLDER / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    names = {row["name"].removesuffix(".txt") for row in rows if row["held"] is held}
    gold = {name: found for name, found in load_gold(FOLDER / "gold.jsonl").items() if name in names}
    read = {
        name: [
            c.as_dict()
            for c in Extractor.default()
            .read(Document(name=name, text=(FOLDER / f"{name}.txt").read_text(encoding="utf-8")))
            .claims
        ]
        for name in gold
    }
    overall = score(gold, read).overall
    return overall.precision or 0.0, overall.recall or 0.0, overall.f1 or 0.0


@pytest.mark.parametrize(("row", "held"), [("open", False), ("held back", True)])
def test_the_page_tells_the_totals(row, held):
    told = re.search(
        rf"^\| {row} \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert told is not None
    assert told.groups() == tuple(f"{figure:.2f}" for figure in totals(held))
