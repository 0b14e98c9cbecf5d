"""An instrument's own examples: questions with the answers the law gives, asked of the record as it stands.

They stand in `examples.yaml` in the instrument's folder. Each has `ask`, the question in words; one question to the engine
(`standing`, `assess`, `obligations`, `deadlines`, `classify`, `provisions`, `quotas`, `may`) with its arguments; and either `expect`, the
fields its answer must have, or `refuse`, words (a regular expression) of the message by which it must be refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from servanda.corpus import Corpus
from servanda.corpus.files import Raw
from servanda.corpus.holdings import check_holdings
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.record import ExampleCount, ExamplesDocument, FailedExample
from servanda.model.errors import DataError, Fault, InputError, ServandaError
from servanda.model.records import Record
from servanda.questions.assess import bare, pick, verdict_data
from servanda.questions.treaty import Treaty

FILE = "examples.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One question of an `examples.yaml`, with its place. `expect` or `refuse`, never both."""

    instrument: str
    file: str
    line: int
    ask: str
    question: str
    arguments: dict[str, Any]
    expect: dict[str, Any] | None = None
    refuse: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """An example with what came of it: `faults` is empty where the answer is the expected one."""

    example: Example
    faults: tuple[str, ...] = ()


def examples(corpus: Corpus, instrument: str) -> tuple[Example, ...]:
    """The examples of an instrument, none where it has no file of them. DataError with every fault of the file."""
    from servanda.corpus.files import read_yaml

    path = corpus.folder(instrument) / FILE
    if not path.is_file():
        return ()
    found, faults = [], []
    for raw in read_yaml(path, f"{instrument}/{FILE}"):
        problem = _problem(raw.value)
        if problem is not None:
            what, remedy = problem
            faults.append(Fault(file=raw.file, line=raw.line, record=raw.name, message=what, remedy=remedy))
            continue
        (question,) = [q for q in QUESTIONS if q in raw.value]
        found.append(
            Example(
                instrument=instrument,
                file=raw.file,
                line=raw.line,
                ask=raw.value["ask"],
                question=question,
                arguments=dict(raw.value[question]),
                expect=raw.value.get("expect"),
                refuse=raw.value.get("refuse"),
            )
        )
    if faults:
        raise DataError(faults)
    return tuple(found)


def _problem(value: dict[str, Any]) -> tuple[str, str] | None:
    """What is wrong with the shape of an example, and what to do; None where it is sound."""
    asked = [q for q in QUESTIONS if q in value]
    strange = set(value) - {"ask", "expect", "refuse", *QUESTIONS}
    if not isinstance(value.get("ask"), str):
        return "has no `ask`", "write the question in words"
    if len(asked) != 1 or not isinstance(value[asked[0]], dict):
        return f"asks {len(asked)} questions", f"give exactly one of {', '.join(QUESTIONS)}, with its arguments"
    if strange:
        return f"has {', '.join(sorted(strange))}, which no example has", "give ask, the question, and expect or refuse"
    if ("expect" in value) == ("refuse" in value):
        return "has not exactly one of `expect` and `refuse`", "say which answer is right, or how it is refused"
    if "expect" in value and not isinstance(value["expect"], dict):
        return "`expect` is not a mapping", "write expect: {field: value}"
    if "refuse" in value and not isinstance(value["refuse"], str):
        return "`refuse` is not a text", "write words of the message"
    return None


def fields_of(corpus: Corpus, example: Example) -> dict[str, Any]:
    """What the engine answers, as the fields an example may expect. ServandaError where it refuses."""
    try:
        return QUESTIONS[example.question](Treaty(corpus, example.instrument), dict(example.arguments))
    except (TypeError, KeyError) as error:
        where = f"{example.file}:{example.line}"
        message = f"{example.question} cannot be asked so: {error}"
        raise InputError(message, where=where, remedy="correct the arguments") from error


def differences(expected: Any, got: Any, at: str = "answer") -> Iterator[str]:
    """Where an answer differs from what was expected. Of a list, the expected members must be there; order is free."""
    if isinstance(expected, dict):
        if not isinstance(got, dict):
            yield f"{at} is {got!r}, which has no fields"
            return
        for key, value in expected.items():
            if key in got:
                yield from differences(value, got[key], f"{at}.{key}")
            else:
                yield f"{at} has no {key}; it has {', '.join(map(str, got)) or 'nothing'}"
    elif isinstance(expected, list) and expected:
        missing = [e for e in expected if not isinstance(got, list) or e not in got]
        if missing:
            yield f"{at} lacks {missing}; it is {got!r}"
        elif at.endswith(".forbids") and set(got) != set(expected):  # a refusal names every clause that refuses
            yield f"{at} is {got!r}, expected {expected!r} and no other"
    elif got != expected:
        yield f"{at} is {got!r}, expected {expected!r}"


def tried(corpus: Corpus, example: Example) -> Tried:
    """Ask an example and hold the answer against what it expects."""
    try:
        got = fields_of(corpus, example)
    except ServandaError as refusal:
        if example.refuse is None:
            return Tried(example=example, faults=(f"refused: {refusal}",))
        if re.search(example.refuse, str(refusal)):
            return Tried(example=example)
        return Tried(example=example, faults=(f"refused, but by other words: {refusal}",))
    if example.refuse is not None:
        return Tried(example=example, faults=("answered, but should be refused",))
    return Tried(example=example, faults=tuple(differences(example.expect, got)))


def run_examples(corpus: Corpus, instruments: Iterable[str] = ()) -> Answer[tuple[Tried, ...]]:
    """The examples of instruments, by default of all that have some; a breach where one fails."""
    chosen = tuple(instruments) or tuple(i for i in corpus.ids() if (corpus.folder(i) / FILE).is_file())
    found: list[Tried] = []
    nodes = []
    rows = []
    for name in chosen:
        corpus.dossier(name)  # an unknown instrument is refused with what is near
        done = [tried(corpus, e) for e in examples(corpus, name)]
        found += done
        failed = [t for t in done if t.faults]
        words = "{instrument}: {passed} of {all} examples hold" if done else "{instrument}: no examples; write some"
        parts = {"instrument": name, "passed": len(done) - len(failed), "all": len(done)}
        nodes.append(Node(statement=Statement(words, parts), because=tuple(map(_node, failed))))
        rows.append(ExampleCount(instrument=name, examples=len(done), failed=len(failed)))
    wrong = [t for t in found if t.faults]
    document = ExamplesDocument(
        instruments=tuple(rows),
        failed=tuple(
            FailedExample(
                instrument=t.example.instrument,
                file=t.example.file,
                line=t.example.line,
                ask=t.example.ask,
                question=t.example.question,
                faults=t.faults,
            )
            for t in wrong
        ),
    )
    root = Statement("{n} examples, {wrong} failed", {"n": len(found), "wrong": len(wrong)})
    return Answer(
        kind="examples",
        value=tuple(found),
        document=document,
        node=Node(statement=root, because=tuple(nodes)),
        breach=bool(wrong),
    )


def _node(t: Tried) -> Node:
    e = t.example
    words = "{file}:{line}: {ask}"
    faults = tuple(Node(statement=Statement("{fault}", {"fault": f})) for f in t.faults)
    return Node(statement=Statement(words, {"file": e.file, "line": e.line, "ask": e.ask}), because=faults)


def _standing(treaty: Treaty, asked: dict[str, Any]) -> dict[str, Any]:
    row = treaty.standing(asked.pop("party"), **asked).data["parties"][0]
    return {**row, "readings": {r["reading"]: r["standing"] for r in row["readings"]}}


def _assess(treaty: Treaty, asked: dict[str, Any]) -> dict[str, Any]:
    limit, scope, posture = asked.pop("limit"), asked.pop("scope", None), asked.pop("posture", None)
    if "figures" in asked:
        asked["records"] = _figures(treaty, asked.pop("figures"))
    found = treaty.assess(limits=[bare(treaty.corpus, treaty.id, limit)], **asked)
    return verdict_data(pick(found.value, limit, scope, posture))


def _figures(treaty: Treaty, rows: Any) -> tuple[Record, ...]:
    """The figures of an example's own, checked like the rows of a user's file."""
    if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
        raise InputError("figures are no list of rows", remedy="give each with holder, category, as_of and value")
    raws = [Raw({k: str(v) for k, v in row.items()}, "figures", i) for i, row in enumerate(rows, 1)]
    return check_holdings(raws, "figures", treaty.corpus, treaty.id)


def _obligations(treaty: Treaty, asked: dict[str, Any]) -> dict[str, Any]:
    found = treaty.obligations(**asked).value
    rows = {p: found.row(p) for p in found.parties}
    return {
        "owes": {p: [o for o, v in row.items() if v is True] for p, row in rows.items()},
        "owes_not": {p: [o for o, v in row.items() if v is False] for p, row in rows.items()},
        "unknown": {p: [o for o, v in row.items() if v is None] for p, row in rows.items()},
        "parties": list(found.parties),
    }


def _deadlines(treaty: Treaty, asked: dict[str, Any]) -> dict[str, Any]:
    return {s["step"]: s for s in treaty.deadlines(asked.pop("procedure"), **asked).data["steps"]}


def _classify(treaty: Treaty, asked: dict[str, Any]) -> dict[str, Any]:
    data = treaty.classify(asked["query"]).data
    return {"known": data["known"], **(data["matches"][0] if data["matches"] else {})}


def _provisions(treaty: Treaty, asked: dict[str, Any]) -> dict[str, Any]:
    return {"cites": [p["cite"] for p in treaty.provisions(asked["cite"]).data["provisions"]]}


def _quotas(treaty: Treaty, asked: dict[str, Any]) -> dict[str, Any]:
    data = treaty.inspect_quotas(**asked).data
    parties = data["parties"]
    extra = {"period": data["period"]["id"], "year": data["period"]["year"], "supplements": data["supplements"]}
    return {**extra, **(parties[0] if len(parties) == 1 else {"parties": [p["party"] for p in parties]})}


def _may(treaty: Treaty, asked: dict[str, Any]) -> dict[str, Any]:
    data = treaty.inspect_may(**asked).data
    cites = {ok: [c["cite"] for c in data["because"] if c["ok"] is ok] for ok in (True, False, None)}
    return {"allowed": data["allowed"], "forbids": cites[False], "allows": cites[True], "unknown": cites[None]}


QUESTIONS: dict[str, Callable[[Treaty, dict[str, Any]], dict[str, Any]]] = {
    "standing": _standing,
    "assess": _assess,
    "obligations": _obligations,
    "deadlines": _deadlines,
    "classify": _classify,
    "provisions": _provisions,
    "quotas": _quotas,
    "may": _may,
}
