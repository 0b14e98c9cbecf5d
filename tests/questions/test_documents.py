"""One frozen document a question: its JSON keeps to its schema, and the schema leaves nothing open."""

from __future__ import annotations

import dataclasses
import json
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import jsonschema_rs
import pytest

from servanda.corpus import Corpus
from servanda.corpus.store import DATA
from servanda.model.claims import Document
from servanda.model.documents.by_kind import DOCUMENTS
from servanda.model.errors import UnknownName
from servanda.questions.entitled import entitled
from servanda.questions.examples import run_examples
from servanda.questions.exchange import validate
from servanda.questions.inspect_left import inspect_left
from servanda.questions.inspect_quotas import inspect_quotas
from servanda.questions.inspect_request import inspect_may
from servanda.questions.integrity import check, listing
from servanda.questions.reach import reach
from servanda.questions.read import read
from servanda.questions.schemas import answer_schema, answer_schemas
from servanda.questions.since import since as changes
from servanda.questions.table import rules_listing
from servanda.questions.treaty import Treaty
from servanda.questions.whatif import whatif
from servanda.render import to_json
from servanda.scenario import load_scenario

DAYS = ("1990-11-19", "1992-08-01", "1995-11-17", "2007-12-12", "2012-01-01", "2024-04-05")
READINGS = ("depositary", "self", "law", "USA")


@cache
def corpus() -> Corpus:
    return Corpus(DATA)


@cache
def validator(kind: str) -> Any:
    return jsonschema_rs.validator_for(answer_schema(kind), validate_formats=True)


BESIDE = {"since": changes, "entitled": entitled}  # questions that the facade of one treaty does not have


def facade(instrument: str, question: str, **asked: Any) -> Any:
    if question in BESIDE:
        return BESIDE[question](corpus(), instrument, **asked)
    return getattr(Treaty(corpus(), instrument), question)(**asked)


CASES: list[tuple[str, str, str, dict[str, Any]]] = [
    *(("standing", "cfe", "standing", {"on": d, "reading": r}) for d in DAYS for r in READINGS),
    *(("standing", "cfe", "standing", {"on": d, "party": "RUS"}) for d in DAYS),
    *(("standing", i, "standing", {"on": "2026-02-01", "party": "RUS"}) for i in ("ru-pl-1993", "ru-de-1996", "inf")),
    ("standing", "cfe", "standing", {"on": "2015-06-01", "party": "JPN"}),
    ("standing", "cfe", "standing", {"on": "2023-12-01", "as_known_on": "2023-07-01"}),
    *(("obligations", "cfe", "obligations", {"on": d, "kind": k, "reading": "self"})
      for d in DAYS for k in ("exchange", "consultation", "limits")),
    *(("timeline", i, "timeline", {}) for i in ("cfe", "acfe", "inf", "vienna-document", "ru-pl-1993")),
    ("timeline", "cfe", "timeline", {"party": "RUS", "as_known_on": "2008-01-01"}),
    *(("coming", "cfe", "coming", {"on": d}) for d in DAYS),
    *(("grounds", i, "withdrawal", {}) for i in ("cfe", "inf", "open-skies", "acfe")),
    *(("links", i, "links", {}) for i in ("cfe", "est-2009", "flank-1996")),
    *(("assess", "cfe", "assess", {"on": d, "prospective": True}) for d in DAYS),
    ("assess", "cfe", "assess", {"on": "2007-12-12", "groups": "nato", "count": "levels"}),
    ("assess", "cfe", "assess", {"on": "2000-06-01", "include": ("press",), "assume": ("carried-forward",)}),
    *(("assess", i, "assess", {"on": "1999-06-01"}) for i in ("flank-1996", "cfe-1a")),
    ("assess", "new-start", "assess", {"on": "2020-06-01"}),
    ("assess_period", "cfe", "changes", {"since": "1990-11-19", "until": "1996-01-01", "limits": ("CFE IV.1(A)",)}),
    *(("explain", "cfe", "explain", {"limit": "CFE IV.1(A)", "on": d, "scope": "east", "prospective": True}) for d in DAYS),
    *(("brief", i, "brief", {"on": d}) for d in DAYS for i in ("cfe",)),
    *(("brief", i, "brief", {"on": "2022-06-01"}) for i in ("est-2009", "inf", "new-start", "us-ru-2021")),
    ("reductions", "cfe", "reductions", {}),
    ("reductions", "cfe", "reductions", {"party": "RUS"}),
    *(("compare", "cfe", "compare", {"other": o, "on": "2007-12-12"}) for o in ("acfe", "est-2009")),
    *(("zones", "cfe", "zones", {"on": d, "since": s}) for d, s in (("1998-05-15", "1997-05-01"), ("2023-12-01", None))),
    *(("where", "cfe", "where", {"on": "2023-12-01", **w})
      for w in ({"at": "20.5,54.7"}, {"at": "0,0"}, {"region": "RUS-KGD"}, {"at": "2.35,48.85"})),
    *(("gaps", "cfe", "gaps", {"on": d}) for d in ("1995-11-17", "2007-01-01")),
    *(("since", "cfe", "since", {"since": "2007-12-11", "on": "2007-12-13", "reading": r, "limits": ("CFE IV.1(A)",)})
      for r in READINGS),
    *(("entitled", "cfe", "entitled", {"owner": "USA", "recipient": r, "on": d}) for r in ("RUS", "DEU") for d in DAYS),
    *(("classify", "cfe", "classify", {"query": q}) for q in ("T-72", "Mi-8", "YPR-765", "nonsense", "BMP-1")),
]  # fmt: skip


def every_case() -> list[Any]:
    found = list(CASES)
    for name in corpus().ids():
        found.append(("provisions", name, "provisions", {}))
        found.append(("standing", name, "standing", {"on": "2026-01-15"}))
        for p in corpus().dossier(name).procedures:
            found.append(
                ("deadlines", name, "deadlines", {"procedure": p.id, "start": "2024-01-15", "until": "2026-01-01"})
            )
    return [pytest.param(*c, id=f"{c[1]} {c[2]} {' '.join(map(str, c[3].values()))}") for c in found]


@pytest.mark.parametrize(("kind", "instrument", "question", "asked"), every_case())
def test_the_json_of_a_question_keeps_to_its_schema(kind, instrument, question, asked):
    answer = facade(instrument, question, **asked)
    assert answer.kind == kind
    assert type(answer.document) is DOCUMENTS[kind]
    document = json.loads(to_json(answer))
    faults = [f"{e.instance_path}: {e.message}" for e in validator(kind).iter_errors(document)]
    assert not faults
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(answer.document, dataclasses.fields(answer.document)[0].name, "other")


EXAMPLES = Path(__file__).parents[2] / "examples"
SAID = """Russia suspended the CFE Treaty on 12 December 2007, the foreign ministry said. NATO called the step illegal. Poland's
president signed a law on 21 March 2024. Kazakhstan has not left. The accord with Sweden ended. All 30 parties ratified it."""
VISIT = {"by": "DEU", "of": "RUS", "notice": "2012-05-31T09:00", "arrive": "2012-06-01T21:00"}

OF_THE_WHOLE = [
    ("read", lambda c: read(c, [Document(name="a", text=SAID), Document(name="b", text=SAID)])),
    ("exchange_validate", lambda c: validate(c, EXAMPLES / "belgium-1997-draft.xlsx")),
    ("inspect_may", lambda c: inspect_may(c, "cfe", **VISIT)),
    ("inspect_may", lambda c: inspect_may(c, "cfe", **VISIT, reading="RUS")),
    ("inspect_quotas", lambda c: inspect_quotas(c, "cfe", on="1999-06-01")),
    ("inspect_quotas", lambda c: inspect_quotas(c, "florence-1996", on="2000-01-01")),
    ("inspect_quotas", lambda c: inspect_left(c, "open-skies", on="2010-01-01", past=())),
    ("listing", lambda c: listing(c)),
    ("check", lambda c: check(c, ("cfe-1a", "inf"))),
    ("examples", lambda c: run_examples(c, ("cfe-1a",))),
    ("rules", lambda c: rules_listing()),
    ("reach", lambda c: reach(c, 500.0, ["DEU"], ["RUS-KGD"])),
    ("reach", lambda c: reach(c, None, ["POL"], ["RUS-KGD"], preset="shorter", on="2020-01-01")),
    ("whatif", lambda c: whatif(c, [load_scenario("adaptation-in-force-2000")], on="2007-12-12")),
]


@pytest.mark.parametrize(("kind", "ask"), OF_THE_WHOLE, ids=[k for k, _ in OF_THE_WHOLE])
def test_the_json_of_a_question_on_the_whole_record_keeps_to_its_schema(kind, ask):
    answer = ask(corpus())
    assert answer.kind == kind
    assert type(answer.document) is DOCUMENTS[kind]
    assert [str(e) for e in validator(kind).iter_errors(json.loads(to_json(answer)))] == []


def open_places(schema: Any, at: str = "") -> list[str]:
    """Where a schema lets anything pass: an object that is not closed, a value of no type, a field without a word on it."""
    found = []
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            more = schema.get("additionalProperties")
            typed = isinstance(more, dict) and more
            if more is not False and not typed:
                found.append(f"{at}: open")
            found += [f"{at}.{n}: no description" for n, p in schema.get("properties", {}).items()
                      if not p.get("description") and "$ref" not in p]  # fmt: skip
            found += [f"{at}.{n}: anything" for n, p in schema.get("properties", {}).items()
                      if not set(p) & {"type", "$ref", "anyOf", "enum", "const", "oneOf"}]  # fmt: skip
        for key, value in schema.items():
            found += open_places(value, f"{at}.{key}")
    elif isinstance(schema, list):
        for n, value in enumerate(schema):
            found += [f"{at}[{n}]: anything"] if value == {} else open_places(value, f"{at}[{n}]")
    return found


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_schema_leaves_nothing_open(kind):
    assert open_places(answer_schema(kind)) == []
    assert Any not in types_of(DOCUMENTS[kind], set())


def types_of(kind: Any, seen: set[Any]) -> set[Any]:
    if kind in seen:
        return seen
    seen.add(kind)
    inner = get_type_hints(kind).values() if dataclasses.is_dataclass(kind) else get_args(kind)
    for one in inner:
        if isinstance(one, str | int | float):
            continue
        types_of(one, seen)
    return seen


def test_a_schema_refuses_what_is_no_such_document():
    good = json.loads(to_json(facade("cfe", "standing", on="2007-12-12")))
    assert validator("standing").is_valid(good)
    for wrong in (
        {**good, "more": 1},
        {k: v for k, v in good.items() if k != "reading"},
        {**good, "on": "12 December 2007"},
        {**good, "parties": [{**good["parties"][0], "standing": "bound"}]},
        {**good, "parties": [{**good["parties"][0], "contested": "yes"}]},
    ):
        assert not validator("standing").is_valid(wrong)


def test_all_schemas_share_their_definitions():
    whole = answer_schemas()
    assert set(whole["questions"]) == set(DOCUMENTS)
    assert {"PartyRow", "Confidence"} <= set(whole["$defs"])


def test_an_unknown_question_is_refused():
    with pytest.raises(UnknownName, match="did you mean standing"):
        answer_schema("standings")


def test_the_types_serve_as_models_of_responses():
    fastapi = pytest.importorskip("fastapi")
    client = pytest.importorskip("fastapi.testclient")
    app = fastapi.FastAPI()

    @app.get("/links", response_model=DOCUMENTS["links"])
    def links() -> Any:
        return facade("cfe", "links").document

    got = client.TestClient(app).get("/links").json()
    assert got == json.loads(to_json(facade("cfe", "links")))
    assert all(row["from"] for row in got["links"])
    assert "LinksDocument" in app.openapi()["components"]["schemas"]
