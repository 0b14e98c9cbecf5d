"""Every question as GET, with the documents of the command line's --json and the tree of reasons beside them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal, TypeVar, get_type_hints

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from yaml import safe_load

from servanda.api.answers import Answers, document
from servanda.api.problems import RESPONSES
from servanda.model.documents.base import STRICT, Tree
from servanda.model.documents.by_kind import DOCUMENTS
from servanda.model.errors import UnknownName
from servanda.questions import Treaty

# what the parameters carry as examples is data: no treaty is known here
EXAMPLES: dict[str, list[Any]] = safe_load(files("servanda.api").joinpath("examples.yaml").read_text(encoding="utf-8"))
router = APIRouter(responses=RESPONSES)
Asked = TypeVar("Asked", bound=Callable[..., Response])

Name = Annotated[str, Path(max_length=100, description="Id of an instrument.", examples=EXAMPLES["instrument"])]
Day = Annotated[str, Query(max_length=40, description="The day asked about, YYYY-MM-DD.", examples=EXAMPLES["on"])]
Until = Annotated[str, Query(max_length=40, description="The last day, YYYY-MM-DD.", examples=EXAMPLES["until"])]
Known = Annotated[str | None, Query(max_length=40, description="Use only what was known on that day.")]
Reading = Annotated[str, Query(max_length=100, description="depositary, self, law, or a state's code.")]
Party = Annotated[str | None, Query(max_length=100, description="A state's name or code.")]
Groups = Annotated[Literal["treaty", "nato"], Query(description="The treaty's groups of states, or the alliance.")]
Count = Annotated[Literal["holdings", "levels"], Query(description="Sum holdings, or notified levels.")]
Several = Annotated[list[Annotated[str, Field(max_length=200)]] | None, Query(max_length=50)]


class Explained(BaseModel):
    """A document of the question, as its --json on the command line, with the tree of reasons."""

    model_config = ConfigDict(extra="allow")

    explanation: dict[str, Any] = Field(description="statement, cite, sources, caveats, because: the tree of reasons.")


def give(request: Request, ask: Callable[[Treaty], Any], instrument: str) -> Response:
    """The answer of one treaty to a question."""
    answers: Answers = request.app.state.answers
    return answers.give(request, lambda: ask(Treaty(answers.corpus, instrument)))


@cache
def with_reasons(kind: str) -> type:
    """The type of a response: the document of a kind of answer, with its tree of reasons as `explanation`."""
    document = DOCUMENTS[kind]
    told = TypeAdapter(document).json_schema(mode="serialization", by_alias=False)["properties"]
    hints = get_type_hints(document)
    fields: list[tuple[str, Any]] = [
        (f.name, Annotated[hints[f.name], Field(description=told[f.name]["description"])])
        for f in dataclasses.fields(document)
    ]
    fields.append(("explanation", Annotated[Tree, Field(description="The tree of reasons.")]))
    name = document.__name__.removesuffix("Document") + "WithReasons"
    body = {"__doc__": document.__doc__, "__pydantic_config__": STRICT}
    return dataclasses.make_dataclass(name, fields, namespace=body, frozen=True, kw_only=True)


def _get(path: str, summary: str, kind: str | None = None) -> Callable[[Asked], Asked]:
    not_changed: dict[int | str, dict[str, Any]] = {304: {"description": "What the asker has is still the answer."}}
    model = Explained if kind is None else with_reasons(kind)
    return router.get(path, summary=summary, response_model=model, responses=not_changed, tags=["questions"])


@router.get("/instruments", summary="The instruments of the record", tags=["questions"])
def instruments(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=200, description="At most so many.")] = 100,
    offset: Annotated[int, Query(ge=0, le=100_000, description="Leave so many out.")] = 0,
) -> dict[str, Any]:
    """Ids, titles and days of all instruments, a page at a time."""
    answers: Answers = request.app.state.answers
    ids = answers.corpus.ids()
    found = [answers.corpus.dossier(i).instrument for i in ids[offset : offset + limit]]
    rows = [
        {
            "id": i.id, "title": i.title, "short": i.short, "adopted": str(i.adopted) if i.adopted else None,
            "amends": i.amends,
        }
        for i in found
    ]  # fmt: skip
    return {"total": len(ids), "offset": offset, "instruments": rows, "record": answers.record}


@_get("/{instrument}/standing", "Who is bound", "standing")
def standing(
    request: Request,
    instrument: Name,
    on: Day,
    party: Party = None,
    reading: Reading = "depositary",
    known_on: Known = None,
) -> Response:
    """Each party's standing on a day, or one party's, in a reading of the law."""
    return give(request, lambda t: t.standing(party, on=on, reading=reading, as_known_on=known_on), instrument)


@_get("/{instrument}/obligations", "Who owes whom what", "obligations")
def obligations(
    request: Request,
    instrument: Name,
    on: Day,
    kind: Annotated[str, Query(max_length=60, description="A kind of duty.", examples=EXAMPLES["kind"])],
    reading: Reading = "depositary",
    known_on: Known = None,
) -> Response:
    """The matrix of one kind of obligation between the parties."""
    return give(request, lambda t: t.obligations(on=on, kind=kind, reading=reading, as_known_on=known_on), instrument)


@_get("/{instrument}/assess", "Is it kept", "assess")
def assess(
    request: Request,
    instrument: Name,
    on: Day,
    groups: Groups = "treaty",
    count: Count = "holdings",
    prospective: Annotated[bool, Query(description="Judge before the day the limit applies.")] = False,
    assume: Several = None,
    include: Several = None,
    limit: Several = None,
    known_on: Known = None,
) -> Response:
    """Bounds and a verdict for each limit."""

    def ask(t: Treaty) -> Any:
        return t.assess(
            on=on, groups=groups, count=count, prospective=prospective, assume=assume or (), include=include or (),
            limits=limit, as_known_on=known_on,
        )  # fmt: skip

    return give(request, ask, instrument)


@_get("/{instrument}/changes", "When a verdict changed", "assess_period")
def changes(
    request: Request,
    instrument: Name,
    since: Day,
    until: Until,
    groups: Groups = "treaty",
    count: Count = "holdings",
    limit: Several = None,
    known_on: Known = None,
) -> Response:
    """The days of a period on which a verdict changes."""

    def ask(t: Treaty) -> Any:
        return t.changes(since=since, until=until, groups=groups, count=count, limits=limit, as_known_on=known_on)

    return give(request, ask, instrument)


@_get("/{instrument}/explain", "One verdict down to its rows", "explain")
def explain(
    request: Request,
    instrument: Name,
    limit: Annotated[str, Query(max_length=200, description="Citation or id.", examples=EXAMPLES["limit"])],
    on: Day,
    scope: Annotated[str | None, Query(max_length=60, description="A group, or a state's code.")] = None,
    posture: Annotated[str | None, Query(max_length=60)] = None,
    groups: Groups = "treaty",
    count: Count = "holdings",
    prospective: bool = False,
    known_on: Known = None,
) -> Response:
    """The bounds, figures, sources and conflicts behind one verdict."""

    def ask(t: Treaty) -> Any:
        return t.explain(
            limit, on=on, scope=scope, posture=posture, groups=groups, count=count, prospective=prospective,
            as_known_on=known_on,
        )  # fmt: skip

    return give(request, ask, instrument)


@_get("/{instrument}/brief", "The whole picture of a day", "brief")
def brief(request: Request, instrument: Name, on: Day, known_on: Known = None) -> Response:
    """Bound, owed, kept, disputed, next, not known."""
    return give(request, lambda t: t.brief(on=on, as_known_on=known_on), instrument)


@_get("/{instrument}/timeline", "What happened", "timeline")
def timeline(request: Request, instrument: Name, party: Party = None, known_on: Known = None) -> Response:
    """The acts in order; of one party where it is named."""
    return give(request, lambda t: t.timeline(party=party, as_known_on=known_on), instrument)


@_get("/{instrument}/provisions", "The text in our own words", "provisions")
def provisions(
    request: Request,
    instrument: Name,
    cite: Annotated[str | None, Query(max_length=200, description="One article.", examples=EXAMPLES["cite"])] = None,
) -> Response:
    """Provisions, or those of one article."""
    return give(request, lambda t: t.provisions(cite), instrument)


@_get("/{instrument}/classify", "Is a type of equipment counted", "classify")
def classify(
    request: Request,
    instrument: Name,
    query: Annotated[str, Query(min_length=1, max_length=200, description="A type.", examples=EXAMPLES["query"])],
) -> Response:
    """Types of that designation, their categories, and what is near."""
    return give(request, lambda t: t.classify(query), instrument)


@_get("/{instrument}/deadlines", "The clocks of a procedure", "deadlines")
def deadlines(
    request: Request,
    instrument: Name,
    procedure: Annotated[str, Query(max_length=100, description="Id of a procedure.", examples=EXAMPLES["procedure"])],
    start: Annotated[str | None, Query(max_length=40)] = None,
    until: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """What must happen, by whom, by when."""
    return give(request, lambda t: t.deadlines(procedure, start=start, until=until), instrument)


@_get("/{instrument}/coming", "What falls due next", "coming")
def coming(request: Request, instrument: Name, on: Day, known_on: Known = None) -> Response:
    """All that falls due from a day on."""
    return give(request, lambda t: t.coming(on=on, as_known_on=known_on), instrument)


@_get("/{instrument}/reductions", "What was to be reduced", "reductions")
def reductions(
    request: Request,
    instrument: Name,
    party: Party = None,
    category: Annotated[str | None, Query(max_length=60)] = None,
    known_on: Known = None,
) -> Response:
    """Liabilities of reduction."""
    return give(request, lambda t: t.reductions(party=party, category=category, as_known_on=known_on), instrument)


@_get("/{instrument}/zones", "What each zone covers", "zones")
def zones(
    request: Request, instrument: Name, on: Day, since: Annotated[str | None, Query(max_length=40)] = None
) -> Response:
    """The zones of a day, and what moved since another."""
    return give(request, lambda t: t.zones(on=on, since=since), instrument)


@_get("/{instrument}/where", "In which zones a place lies", "where")
def where(
    request: Request,
    instrument: Name,
    on: Day,
    at: Annotated[
        str | None, Query(max_length=60, description="Longitude, latitude in degrees.", examples=EXAMPLES["at"])
    ] = None,
    region: Annotated[str | None, Query(max_length=100, description="A region or state.")] = None,
) -> Response:
    """The zones at a point or over a region; give exactly one of `at` and `region`."""
    return give(request, lambda t: t.where(on=on, at=at, region=region), instrument)


@_get("/{instrument}/compare", "Side by side with another instrument", "compare")
def compare(
    request: Request,
    instrument: Name,
    other: Annotated[str, Query(max_length=100, description="The other instrument.", examples=EXAMPLES["other"])],
    on: Annotated[str | None, Query(max_length=40)] = None,
    matter: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """Provisions of two instruments by matter."""
    return give(request, lambda t: t.compare(other, on=on, matter=matter), instrument)


@_get("/{instrument}/withdrawal", "The grounds of withdrawal that were stated", "grounds")
def withdrawal(request: Request, instrument: Name, party: Party = None) -> Response:
    """Who left, and what it stated as its ground."""
    return give(request, lambda t: t.withdrawal(party=party), instrument)


@_get("/{instrument}/links", "What the instrument is tied to", "links")
def links(request: Request, instrument: Name) -> Response:
    """Other instruments that it amends, lives in, or refers to."""
    return give(request, lambda t: t.links(), instrument)


@_get("/{instrument}/inspect/quotas", "Inspections to be accepted", "inspect_quotas")
def quotas(
    request: Request,
    instrument: Name,
    on: Day,
    party: Party = None,
    rounding: Annotated[Literal["nearest", "up", "down"], Query()] = "nearest",
) -> Response:
    """Quotas of the period; numbers need objects of verification, which the record may lack."""
    return give(request, lambda t: t.inspect_quotas(on=on, party=party, rounding=rounding), instrument)


@_get("/{instrument}/inspect/may", "May one state inspect another", "inspect_may")
def may(
    request: Request,
    instrument: Name,
    by: Annotated[str, Query(max_length=100, description="The inspecting state.", examples=EXAMPLES["by"])],
    of: Annotated[str, Query(max_length=100, description="The inspected state.", examples=EXAMPLES["inspected"])],
    arrive: Annotated[
        str,
        Query(max_length=40, description="Day and time of arrival, YYYY-MM-DDTHH:MM.", examples=EXAMPLES["arrive"]),
    ],
    notice: Annotated[str | None, Query(max_length=40)] = None,
    kind: Annotated[str, Query(max_length=60)] = "declared_site",
    reading: Reading = "depositary",
    team: Annotated[int | None, Query(ge=0, le=1_000)] = None,
) -> Response:
    """Yes or no, with every clause that decides."""

    def ask(t: Treaty) -> Any:
        return t.inspect_may(by=by, of=of, arrive=arrive, notice=notice, kind=kind, reading=reading, team=team)

    return give(request, ask, instrument)


@_get("/{instrument}/entitled", "May one state read what another declares", "entitled")
def entitled(
    request: Request,
    instrument: Name,
    of: Annotated[str, Query(max_length=100, description="Whose data.", examples=EXAMPLES["of"])],
    to: Annotated[str, Query(max_length=100, description="Who would read it.", examples=EXAMPLES["to"])],
    on: Day,
) -> Response:
    """The owner's own reading decides; others are beside it."""
    from servanda.questions.entitled import entitled as ask

    return give(request, lambda t: ask(t.corpus, t.id, owner=of, recipient=to, on=on), instrument)


@router.get("/scenarios", summary="The scenarios that come with the record", tags=["questions"])
def scenarios() -> dict[str, Any]:
    """Their ids, for `whatif`."""
    from servanda.scenario import load_scenario, shipped

    found = [load_scenario(name) for name in shipped()]
    return {"scenarios": [{"id": s.id, "title": s.title} for s in found]}


@_get("/{instrument}/whatif", "What a scenario changes", "whatif")
def whatif(
    request: Request,
    instrument: Name,
    on: Day,
    scenario: Annotated[
        list[str],
        Query(min_length=1, max_length=5, description="Ids of shipped scenarios.", examples=EXAMPLES["scenario"]),
    ],
) -> Response:
    """Standings, obligations and verdicts that differ from the record."""
    from servanda.questions.whatif import whatif as ask
    from servanda.scenario import load_scenario, shipped

    for name in scenario:  # a file of the server's is not for others to name
        if name not in shipped():
            raise UnknownName("scenario", name, tuple(get_close_matches(name, shipped(), 3, 0.4)))
    chosen = [load_scenario(name) for name in scenario]
    return give(request, lambda t: ask(t.corpus, chosen, on=on, instruments=(t.id,)), instrument)


class News(BaseModel):
    """A text to be read."""

    text: str = Field(min_length=1, max_length=200_000, description="Plain text.")
    name: str = Field("text", max_length=200, description="What to call it.")
    dateline: str | None = Field(None, max_length=40, description="The day it was published, YYYY-MM-DD.")


@router.post(
    "/read",
    summary="Claims of a text, held against the record",
    response_model=with_reasons("read"),
    tags=["questions"],
)
def read(request: Request, news: News) -> Response:
    """Claims with findings, the acts they rest on, and why."""
    from servanda.model.claims import Document
    from servanda.questions.read import read as ask

    answers: Answers = request.app.state.answers
    made = Document(name=news.name, text=news.text, dateline=news.dateline)
    return Response(document(ask(answers.corpus, [made])), media_type="application/json")
