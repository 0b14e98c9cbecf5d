"""Every instrument's `examples.yaml`: questions with the answers the law gives, refusals included."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

import servanda as sv
from servanda.corpus.files import read_yaml
from servanda.corpus.store import DATA
from servanda.model.errors import ServandaError
from servanda.questions.assess import pick, verdict_data

QUESTIONS = ("standing", "assess", "obligations", "deadlines", "classify", "provisions", "quotas", "may")


def cases():
    for path in sorted(DATA.glob("*/examples.yaml")):
        for raw in read_yaml(path, f"{path.parent.name}/examples.yaml"):
            yield pytest.param(path.parent.name, raw.value, id=f"{raw.file}:{raw.line} {raw.value['ask'][:70]}")


def answer(instrument: str, example: dict[str, Any]) -> dict[str, Any]:
    """The fields the example may expect."""
    treaty = sv.load(instrument)
    (question,) = [q for q in QUESTIONS if q in example]
    asked = dict(example[question])
    if question == "standing":
        data = treaty.standing(asked.pop("party"), **asked).data["parties"][0]
        return {**data, "readings": {r["reading"]: r["standing"] for r in data["readings"]}}
    if question == "assess":
        limit, scope, posture = asked.pop("limit"), asked.pop("scope", None), asked.pop("posture", None)
        found = treaty.assess(limits=[limit.split("#active")[0].split("#stored")[0]], **asked)
        return verdict_data(pick(found.value, limit, scope, posture))
    if question == "obligations":
        found = treaty.obligations(**asked).value
        rows = {p: found.row(p) for p in found.parties}
        return {
            "owes": {p: [o for o, v in row.items() if v is True] for p, row in rows.items()},
            "owes_not": {p: [o for o, v in row.items() if v is False] for p, row in rows.items()},
            "unknown": {p: [o for o, v in row.items() if v is None] for p, row in rows.items()},
            "parties": list(found.parties),
        }
    if question == "deadlines":
        data = treaty.deadlines(asked.pop("procedure"), **asked).data
        return {s["step"]: s for s in data["steps"]}
    if question == "classify":
        data = treaty.classify(asked["query"]).data
        return {"known": data["known"], **(data["matches"][0] if data["matches"] else {})}
    if question == "quotas":
        data = treaty.inspect_quotas(**asked).data
        parties = data["parties"]
        extra = {"period": data["period"]["id"], "year": data["period"]["year"], "supplements": data["supplements"]}
        return {**extra, **(parties[0] if len(parties) == 1 else {"parties": [p["party"] for p in parties]})}
    if question == "may":
        data = treaty.inspect_may(**asked).data
        cites = {ok: [c["cite"] for c in data["because"] if c["ok"] is ok] for ok in (True, False, None)}
        assert data["allowed"] is not bool(cites[False])
        return {"allowed": data["allowed"], "forbids": cites[False], "allows": cites[True], "unknown": cites[None]}
    return {"cites": [p["cite"] for p in treaty.provisions(asked["cite"]).data["provisions"]]}


def agree(expected: Any, got: Any, at: str) -> None:
    if isinstance(expected, dict):
        for key, value in expected.items():
            assert key in got, f"{at}: no {key}"
            agree(value, got[key], f"{at}.{key}")
    elif isinstance(expected, list):
        missing = [e for e in expected if e not in got]
        assert not missing, f"{at}: {missing} not in {got}"
        if at.endswith(".forbids"):  # a refusal names every clause that refuses, and no other
            assert set(got) == set(expected), f"{at}: {got}, expected {expected}"
    else:
        assert got == expected, f"{at}: {got!r}, expected {expected!r}"


@pytest.mark.parametrize(("instrument", "example"), list(cases()))
def test_the_law_answers_so(instrument, example):
    if "refuse" in example:
        with pytest.raises(ServandaError, match=example["refuse"]):
            answer(instrument, example)
    else:
        agree(example["expect"], answer(instrument, example), "answer")


def test_every_instrument_has_examples_and_hard_ones_are_as_many_as_plain():
    every = {p.parent.name for p in DATA.glob("*/treaty.yaml")}
    assert {p.parent.name for p in DATA.glob("*/examples.yaml")} == every
    hard = plain = 0
    for case in cases():
        example = case.values[1]
        expected = example.get("expect", {})
        odd = expected.get("contested") or expected.get("standing") == "unknown" or expected.get("projected")
        open_ = expected.get("verdict") in ("undetermined", "no_data", "not_applicable", "inconsistent")
        doubt = "unknown" in expected or expected.get("known") is False or expected.get("in_law") is False
        never = expected.get("took_part") is False
        blank = any(isinstance(v, dict) and v.get("unspecified") for v in expected.values())
        never = never or expected.get("allowed") is False or expected.get("passive", 0) is None
        if "refuse" in example or odd or open_ or doubt or blank or never:
            hard += 1
        else:
            plain += 1
    assert hard >= plain, (hard, plain)


def test_the_inspection_cases_are_many_and_half_of_them_refusals():
    asked = [c.values[1] for c in cases() if "quotas" in c.values[1] or "may" in c.values[1]]
    refused = [e for e in asked if "refuse" in e or e["expect"].get("allowed") is False]
    assert len(asked) >= 80 and 2 * len(refused) >= len(asked), (len(asked), len(refused))


def test_the_page_of_inspection_cases_is_made_from_them():
    path = Path(__file__).parents[1] / "tools/inspection_cases.py"
    spec = importlib.util.spec_from_file_location("inspection_cases", path)
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.PAGE.read_text(encoding="utf-8") == tool.page()
