"""`servanda chart`: an answer as a picture, and `servanda reductions`, the question behind one of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servanda.cli.common import (
    DeclarationsOption,
    InstrumentArg,
    JsonOption,
    ReadingOption,
    ScenarioOption,
    put,
    treaty_of,
)

if TYPE_CHECKING:
    from servanda.model.answer import Answer

WHAT = ("holdings", "obligations", "timeline", "reductions", "headroom")
# options a chart uses; any other that is given is a mistake and said so
USES: dict[str, tuple[str, ...]] = {
    "holdings": ("limit", "scope", "posture", "from", "to", "prospective", "groups", "count", "declarations"),
    "obligations": ("on", "kind", "reading"),
    "timeline": ("party", "from", "to", "by"),
    "reductions": ("party", "category", "declarations"),
    "headroom": ("on", "category", "scope", "prospective", "groups", "count", "declarations"),
}
Many = list[str] | None


def chart(
    instrument: InstrumentArg,
    what: Annotated[str, typer.Argument(metavar="WHAT", help=", ".join(WHAT) + ".")],
    out: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=".png, .svg, .json or .html.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day (obligations, headroom).")] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day (holdings, timeline).")] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Day after the period (holdings, timeline).")
    ] = None,
    limit: Annotated[str | None, typer.Option("--limit", metavar="CITE", help="The ceiling (holdings).")] = None,
    scope: Annotated[Many, typer.Option("--scope", metavar="SCOPE", help="west, east, a state's code.")] = None,
    posture: Annotated[Many, typer.Option("--posture", metavar="POSTURE", help="any, active or stored.")] = None,
    category: Annotated[Many, typer.Option("--category", metavar="NAME", help="Such as battle_tank.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="The duty (obligations).")] = None,
    party: Annotated[str | None, typer.Option("--party", metavar="STATE", help="Only one party.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="kind|party|event", help="Lines of a timeline.")] = None,
    groups: Annotated[str | None, typer.Option("--groups", metavar="treaty|nato", help="Whose groups.")] = None,
    count: Annotated[str | None, typer.Option("--count", metavar="holdings|levels", help="What is summed.")] = None,
    prospective: Annotated[bool, typer.Option("--prospective", help="Judge before the limit applies.")] = False,
    reading: ReadingOption = "depositary",
    declarations: DeclarationsOption = None,
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """A chart: holdings against a ceiling, obligations, timeline, reductions or headroom."""
    from rich.console import Console

    from servanda.charts import chart as draw
    from servanda.charts.files import checked, rendered
    from servanda.cli.files import check_folder, write_whole
    from servanda.model.errors import InputError, UnknownName

    if what not in WHAT:
        raise UnknownName("chart", what, WHAT, remedy=f"charts: {', '.join(WHAT)}")
    checked(out)
    check_folder(out)
    given: dict[str, Any] = {
        "on": on,
        "from": since,
        "to": until,
        "limit": limit,
        "scope": scope,
        "posture": posture,
        "category": category,
        "kind": kind,
        "party": party,
        "by": by,
        "groups": groups,
        "count": count,
        "prospective": prospective or None,
        "reading": None if reading == "depositary" else reading,
        "declarations": declarations,
    }
    given = {k: v for k, v in given.items() if v}
    for name in given:
        if name not in USES[what]:
            told = ", ".join(f"--{u}" for u in USES[what])
            raise InputError(f"the chart of {what} takes no --{name}", remedy=f"it takes {told}")
    with Console(stderr=True).status(f"drawing {what}"):
        answer, how = _asked(treaty_of(instrument, scenario, declarations), what, given)
        content = rendered(draw(answer, **how), out)
    write_whole(out, content)
    if as_json:
        import json

        said = {"chart": what, "file": str(out), "bytes": len(content), "answer": dict(answer.data)}
        typer.echo(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        typer.echo(f"{out}")


def _asked(asked: Any, what: str, given: dict[str, Any]) -> tuple[Answer[Any], dict[str, Any]]:
    """The answer behind a chart, and how it is to be drawn."""
    from servanda.model.errors import InputError
    from servanda.questions.words import asked_day

    def need(name: str, example: str) -> str:
        if name not in given:
            raise InputError(f"the chart of {what} needs --{name}", remedy=f"for example --{name} {example}")
        return str(given[name])

    question = {k: given[k] for k in ("groups", "count", "prospective") if k in given}
    if what == "holdings":
        limit, since, until = need("limit", '"CFE IV.1(A)"'), need("from", "1990-11-19"), need("to", "2012-01-01")
        asked_day(asked.corpus, asked.id, since)
        answer = asked.changes(since=since, until=until, limits=(limit,), **question)
        return answer, {"scopes": given.get("scope", ()), "postures": given.get("posture", ())}
    if what == "obligations":
        reading = given.get("reading", "depositary")
        return asked.obligations(on=need("on", "2012-01-01"), kind=need("kind", "exchange"), reading=reading), {}
    if what == "timeline":
        how = {"by": given.get("by"), "since": given.get("from"), "until": given.get("to")}
        return asked.timeline(party=given.get("party")), how
    if what == "reductions":
        return asked.reductions(party=given.get("party")), {"categories": given.get("category", ())}
    answer = asked.assess(on=need("on", "1999-06-01"), **question)
    return answer, {"categories": given.get("category", ()), "scopes": given.get("scope", ())}


def reductions(
    instrument: InstrumentArg,
    party: Annotated[str | None, typer.Option("--party", metavar="STATE", help="One state, or a group's id.")] = None,
    category: Annotated[str | None, typer.Option("--category", metavar="NAME", help="Such as battle_tank.")] = None,
    declarations: DeclarationsOption = None,
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """What each party was to reduce, what was left, and the excess of its group."""
    put(treaty_of(instrument, scenario, declarations).reductions(party=party, category=category), as_json)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command()(reductions)
    app.command()(chart)
