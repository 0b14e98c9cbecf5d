"""Write the cases of inspection as a table a lawyer can read: question, answer, clauses. Without --write it checks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from servanda.corpus.files import read_yaml

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "src/servanda/corpus/data/cfe/examples.yaml"
PAGE = ROOT / "docs/reference/inspection-cases.md"
HEAD = """# Cases of inspection

Questions on quotas and on single inspections under the Protocol on Inspection, with the answers its clauses give. They
stand in the instrument's `examples.yaml`, where each has its full data, and the test suite runs them all. This page is
made from that file by `python tools/inspection_cases.py --write`.

"""


def quota(case: dict[str, Any]) -> str:
    """The answer to a question on quotas, in words."""
    if "refuse" in case:
        return f"refused: {case['refuse']}"
    wanted = case["expect"]
    parts = []
    if "period" in wanted:
        year = f", year {wanted['year']}" if "year" in wanted else ""
        parts.append(f"{wanted['period'].replace('_', ' ')}{year}")
    if "passive" in wanted:
        parts.append("not known" if wanted["passive"] is None else f"{wanted['passive']} inspections")
    if wanted.get("challenge") is not None:
        parts.append(f"of them {wanted['challenge']} by challenge")
    parts += [f"{s['owner']} at most {s['at_most']}" for s in wanted.get("stationed", ())]
    return "; ".join(parts)


def may(case: dict[str, Any]) -> tuple[str, str]:
    """Yes, no or refused, and the clauses that decide."""
    if "refuse" in case:
        return "not answered", case["refuse"]
    wanted = case["expect"]
    clauses = wanted.get("allows" if wanted["allowed"] else "forbids", [])
    return ("yes" if wanted["allowed"] else "no"), ", ".join(c.removeprefix("CFE ") for c in clauses)


def page() -> str:
    """The whole page."""
    cases = [raw.value for raw in read_yaml(CASES, CASES.name)]
    quotas = [c for c in cases if "quotas" in c]
    mays = [c for c in cases if "may" in c]
    no = [c for c in (*quotas, *mays) if "refuse" in c or c["expect"].get("allowed") is False]
    lines = [f"{len(quotas) + len(mays)} cases, {len(no)} of them refusals.", "", "## Quotas", ""]
    lines += ["| day | objects | question | answer |", "|---|---|---|---|"]
    for case in quotas:
        asked = case["quotas"]
        objects = ", ".join(f"{k} {v}" for k, v in asked.get("objects", {}).items()) or "not known"
        lines.append(f"| {asked['on']} | {objects} | {case['ask']} | {quota(case)} |")
    lines += [
        "",
        "## May one inspect?",
        "",
        "| by | of | arrival | question | answer | clauses |",
        "|---|---|---|---|---|---|",
    ]
    for case in mays:
        asked = case["may"]
        answer, clauses = may(case)
        arrival = asked["arrive"].replace("T", " ")
        lines.append(f"| {asked['by']} | {asked['of']} | {arrival} | {case['ask']} | {answer} | {clauses} |")
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    text = page()
    if "--write" in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != text:
        sys.exit(f"{PAGE.name} is out of date: run python tools/inspection_cases.py --write")
