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
from tests.extraction.told import read

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


def of_sentences() -> dict[str, list[str]]:
    """What is read in each sentence of the tables: all its claims, those that no row asks for too."""
    found = {}
    for table in ("sentences.txt", "vouched.txt", "forms.txt"):
        lines = (HERE / table).read_text(encoding="utf-8").splitlines()
        for sentence in (line.split("|")[-1].strip() for line in lines if line and not line.startswith("#")):
            claims = read(sentence, "2026-01-10")
            found[sentence] = [
                " ".join((told(c.as_dict()), *c.actors, ">", *c.target, str(c.date), c.speaker)) for c in claims
            ]
    return found


def test_all_that_is_read_in_a_sentence_stays_known():
    kept, now = json.loads(KEPT.read_text(encoding="utf-8"))["sentences"], of_sentences()
    assert {s: now[s] for s in kept if s in now} == {s: claims for s, claims in kept.items() if s in now}


if __name__ == "__main__":
    rows = {name: reading(*found) for name, found in documents().items()} | {"sentences": of_sentences()}
    lines = (
        json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace(']},"', ']},\n"').replace('],"', '],\n"')
    )
    KEPT.write_text(lines + "\n", encoding="utf-8")
