"""The server: one tool a question, and instruments, articles and parties as resources."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from servanda import __version__
from servanda.corpus import Corpus
from servanda.mcp.telling import Told, told
from servanda.model.answer import Answer
from servanda.model.errors import ServandaError
from servanda.questions import Treaty

INSTRUCTIONS = """Servanda answers what a treaty says on a day: who is bound, who owes whom, what each may hold and holds, is it kept, what
must happen next, who says otherwise. States read the law differently: `reading` is depositary, self, law or a state's code, and
an answer that is contested says by whom. Quote articles and sources. What is listed under not_known is not known: do not guess it.
A figure whose source is recalled is from memory. Begin with `instruments` where the id of a treaty is not known."""

Name = Annotated[str, Field(description="Id of an instrument, such as cfe.", max_length=100)]
Day = Annotated[str, Field(description="A day, YYYY-MM-DD.", max_length=40)]
Party = Annotated[str | None, Field(description="A state's name or three-letter code.", max_length=100)]
Reading = Annotated[str, Field(description="depositary, self, law, or a state's code.", max_length=100)]
Known = Annotated[str | None, Field(description="Use only what was known on that day.", max_length=40)]
READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


def create_server(corpus: Corpus | None = None) -> MCPServer:
    """The tool server over a record."""
    record = corpus or Corpus.default()
    server = MCPServer("servanda", title="Servanda", version=__version__, instructions=INSTRUCTIONS)
    for tool in _tools(record):
        server.tool(title=(tool.__doc__ or "").split(".")[0], annotations=READS)(tool)
    _resources(server, record)
    return server


def _asked(ask: Callable[[], Answer[Any]]) -> Told:
    try:
        return told(ask())
    except ServandaError as error:
        raise ToolError(str(error)) from None


def _tools(corpus: Corpus) -> tuple[Callable[..., Any], ...]:
    def treaty(instrument: str) -> Treaty:
        try:
            return Treaty(corpus, instrument)
        except ServandaError as error:
            raise ToolError(str(error)) from None

    def instruments() -> list[dict[str, str]]:
        """The instruments of the record: ids and titles."""
        found = [corpus.dossier(i).instrument for i in corpus.ids()]
        return [{"id": i.id, "short": i.short, "title": i.title} for i in found]

    def standing(
        instrument: Name, on: Day, party: Party = None, reading: Reading = "depositary", known_on: Known = None
    ) -> Told:
        """Who is bound on a day, or whether one party is, and who disagrees."""
        return _asked(lambda: treaty(instrument).standing(party, on=on, reading=reading, as_known_on=known_on))

    def obligations(
        instrument: Name,
        on: Day,
        kind: Annotated[str, Field(description="exchange, inspection, limits, ...", max_length=60)],
        reading: Reading = "depositary",
        known_on: Known = None,
    ) -> Told:
        """Who owes whom one kind of obligation on a day."""
        return _asked(lambda: treaty(instrument).obligations(on=on, kind=kind, reading=reading, as_known_on=known_on))

    def assess(
        instrument: Name,
        on: Day,
        limits: Annotated[list[str] | None, Field(description='Citations such as "CFE IV.1(A)"; all.')] = None,
        groups: Literal["treaty", "nato"] = "treaty",
        prospective: Annotated[bool, Field(description="Judge before the day the limit applies.")] = False,
        known_on: Known = None,
    ) -> Told:
        """Is each limit kept on a day: proved bounds and a verdict."""

        def ask() -> Answer[Any]:
            return treaty(instrument).assess(
                on=on, limits=limits, groups=groups, prospective=prospective, as_known_on=known_on
            )

        return _asked(ask)

    def explain(
        instrument: Name,
        limit: Annotated[str, Field(description='Citation, such as "CFE IV.1(A)".', max_length=200)],
        on: Day,
        scope: Annotated[str | None, Field(description="A group, or a state's code.", max_length=60)] = None,
        known_on: Known = None,
    ) -> Told:
        """One verdict down to the figures and sources it rests on."""
        return _asked(lambda: treaty(instrument).explain(limit, on=on, scope=scope, as_known_on=known_on))

    def brief(instrument: Name, on: Day, known_on: Known = None) -> Told:
        """The whole picture of a day: bound, owed, kept, disputed, next, not known."""
        return _asked(lambda: treaty(instrument).brief(on=on, as_known_on=known_on))

    def timeline(instrument: Name, party: Party = None, known_on: Known = None) -> Told:
        """What happened, in order, and which acts are contested."""
        return _asked(lambda: treaty(instrument).timeline(party=party, as_known_on=known_on))

    def provisions(
        instrument: Name,
        cite: Annotated[str | None, Field(description="One article, such as CFE XIX.", max_length=200)] = None,
    ) -> Told:
        """What an article says, in our own words."""
        return _asked(lambda: treaty(instrument).provisions(cite))

    def classify(
        instrument: Name, query: Annotated[str, Field(description="A type, such as T-72.", max_length=200)]
    ) -> Told:
        """Whether a type of equipment is counted, and as what."""
        return _asked(lambda: treaty(instrument).classify(query))

    def coming(instrument: Name, on: Day, known_on: Known = None) -> Told:
        """What falls due from a day on."""
        return _asked(lambda: treaty(instrument).coming(on=on, as_known_on=known_on))

    def withdrawal(instrument: Name, party: Party = None) -> Told:
        """Who withdrew, and the grounds that were stated."""
        return _asked(lambda: treaty(instrument).withdrawal(party=party))

    def compare(instrument: Name, other: Name, matter: str | None = None) -> Told:
        """Two instruments side by side."""
        return _asked(lambda: treaty(instrument).compare(other, matter=matter))

    def inspection_quotas(instrument: Name, on: Day, party: Party = None) -> Told:
        """How many inspections each party must accept."""
        return _asked(lambda: treaty(instrument).inspect_quotas(on=on, party=party))

    def check_news(
        text: Annotated[str, Field(description="A news report or statement.", min_length=1, max_length=100_000)],
        dateline: Annotated[str | None, Field(description="The day it was published, YYYY-MM-DD.")] = None,
    ) -> Told:
        """Claims of a text held against the record: supported, contradicted, imprecise, unknown, with the acts."""
        from servanda.model.claims import Document
        from servanda.questions.read import read

        return _asked(lambda: read(corpus, [Document(name="text", text=text, dateline=dateline)]))

    return (
        instruments, standing, obligations, assess, explain, brief, timeline, provisions, classify, coming, withdrawal,
        compare, inspection_quotas, check_news,
    )  # fmt: skip


def _resources(server: MCPServer, corpus: Corpus) -> None:
    def text(data: Any) -> str:
        return json.dumps(data, ensure_ascii=False, default=str, indent=1)

    @server.resource("servanda://instruments", title="Instruments", mime_type="application/json")
    def instruments() -> str:
        """Ids and titles of all instruments of the record."""
        return text([{"id": i, "title": corpus.dossier(i).instrument.title} for i in corpus.ids()])

    @server.resource("servanda://{instrument}/provisions", title="Articles", mime_type="application/json")
    def provisions(instrument: str) -> str:
        """The articles of an instrument in our own words."""
        return text(Treaty(corpus, instrument).provisions().data)

    @server.resource("servanda://{instrument}/timeline", title="Acts", mime_type="application/json")
    def timeline(instrument: str) -> str:
        """The acts done to an instrument, with articles and sources."""
        return text(Treaty(corpus, instrument).timeline().data)

    @server.resource("servanda://{instrument}/sources", title="Sources", mime_type="application/json")
    def sources(instrument: str) -> str:
        """The sources of an instrument's record."""
        found = corpus.dossier(instrument).instrument.sources
        return text([{"id": s.id, "title": s.title, "published": s.published, "url": s.url} for s in found])
