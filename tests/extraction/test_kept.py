"""What was read right in the annotated documents stays so, with what goes beside it, and what no annotation asks for stays known.

`kept.json` lists both as last looked at; `python -m tests.extraction.test_kept` writes it anew after a change that was wanted. Documents
held back are not in it.
"""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from tests.extraction.scorer import GoldDocument, agreement, load_gold, pair_up

from servanda.extraction.extractor import Extractor
from servanda.model.claims import Claim, Document

HERE = Path(__file__).parent
KEPT = HERE / "kept.json"


def documents() -> dict[str, tuple[Path, GoldDocument]]:
    found = {}
    for folder in (HERE / "gold", HERE / "blind"):
        rows = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
        held = {row["name"].removesuffix(".txt") for row in rows if row.get("held")}
        gold = load_gold(folder / "gold.jsonl")
        found.update({name: (folder / f"{name}.txt", one) for name, one in gold.items() if name not in held})
    return found


def reading(path: Path, gold: GoldDocument) -> dict[str, Any]:
    """The claims read as annotated, each with the parts that agree, and how many more were read."""
    text = path.read_text(encoding="utf-8")
    found = Extractor.default().read(Document(name=path.stem, text=text)).claims
    claims = [c.as_dict() for c in found]
    pairs = pair_up(list(gold.claims), claims)
    right = {
        str(i): sorted(part for part, agrees in agreement(gold.claims[i], claims[j]).items() if agrees)
        for i, j in pairs.items()
    }
    more = sorted(told(c) for j, c in enumerate(claims) if j not in pairs.values())
    return {"right": right, "beside": {str(i): beside(found[j]) for i, j in pairs.items()}, "more": more}


def told(claim: dict[str, Any]) -> str:
    """A claim in short: the step, of what, in which mood, in which words."""
    return " ".join(str(claim[k]) for k in ("event", "instrument", "modality", "polarity", "text"))


def beside(claim: Claim) -> str:
    """What goes with a claim beside its annotated parts: how sure it is, rivals, loose dates, marks, numbers, confidence."""
    evidence = [str(value) for part in fields(claim.evidence) if (value := getattr(claim.evidence, part.name))]
    return " ".join((*evidence, *claim.chain[1:2], *(f"{n.value} {n.of}" for n in claim.counts), str(claim.confidence)))


@pytest.mark.parametrize("name", documents())
def test_what_was_read_right_still_is(name):
    kept, now = json.loads(KEPT.read_text(encoding="utf-8"))[name], reading(*documents()[name])
    lost = {i: parts for i, parts in kept["right"].items() if not set(parts) <= set(now["right"].get(i, ()))}
    assert lost == {}
    assert now["beside"] == kept["beside"]
    assert now["more"] == kept["more"]


if __name__ == "__main__":
    rows = {name: reading(*found) for name, found in documents().items()}
    KEPT.write_text(
        json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace(']},"', ']},\n"') + "\n", encoding="utf-8"
    )
