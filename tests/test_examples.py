"""Every instrument's `examples.yaml`: questions with the answers the law gives, refusals included."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from servanda.corpus import Corpus
from servanda.corpus.store import DATA
from servanda.questions.examples import examples, tried

WHOLE = Corpus(DATA)
CASES = [example for name in WHOLE.ids() for example in examples(WHOLE, name)]


@pytest.mark.parametrize("example", CASES, ids=lambda e: f"{e.file}:{e.line} {e.ask[:70]}")
def test_the_law_answers_so(example):
    faults = tried(WHOLE, example).faults
    assert not faults, "; ".join(faults)


def test_every_instrument_has_examples_and_hard_ones_are_as_many_as_plain():
    assert {e.instrument for e in CASES} == set(WHOLE.ids())
    hard = plain = 0
    for example in CASES:
        expected = example.expect or {}
        odd = expected.get("contested") or expected.get("standing") == "unknown" or expected.get("projected")
        open_ = expected.get("verdict") in ("undetermined", "no_data", "not_applicable", "inconsistent")
        doubt = "unknown" in expected or expected.get("known") is False or expected.get("in_law") is False
        never = expected.get("took_part") is False
        blank = any(isinstance(v, dict) and v.get("unspecified") for v in expected.values())
        never = never or expected.get("allowed") is False or expected.get("passive", 0) is None
        if example.refuse is not None or odd or open_ or doubt or blank or never:
            hard += 1
        else:
            plain += 1
    assert hard >= plain, (hard, plain)


def test_the_inspection_cases_are_many_and_half_of_them_refusals():
    asked = [e for e in CASES if e.question in ("quotas", "may")]
    refused = [e for e in asked if e.refuse is not None or (e.expect or {}).get("allowed") is False]
    assert len(asked) >= 80 and 2 * len(refused) >= len(asked), (len(asked), len(refused))


def test_the_page_of_inspection_cases_is_made_from_them():
    path = Path(__file__).parents[1] / "tools/inspection_cases.py"
    spec = importlib.util.spec_from_file_location("inspection_cases", path)
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.PAGE.read_text(encoding="utf-8") == tool.page()
