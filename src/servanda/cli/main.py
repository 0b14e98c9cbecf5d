"""The command `servanda`. Commands import what they need when they run, so that help comes at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from servanda.cli.common import (
    AssumeOption,
    DeclarationsOption,
    FullOption,
    InstrumentArg,
    JsonOption,
    OnOption,
    ReadingOption,
    ScenarioOption,
    declared,
    guarded,
    is_period,
    put,
    treaty_of,
)
from servanda.cli.layers import lay_over

app = typer.Typer(
    name="servanda",
    help="Arms-control law as working code: who is bound, what each may hold, what each holds, is it kept, who says otherwise.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from servanda import __version__

        typer.echo(f"servanda {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command()
def brief(
    instrument: InstrumentArg,
    on: OnOption,
    reading: Annotated[
        str | None,
        typer.Option(
            "--reading",
            metavar="depositary|self|law|ISO3",
            help="The legal point of view; left out: standings by the instrument, duties by each party's own reading.",
        ),
    ] = None,
    declarations: DeclarationsOption = None,
    scenario: ScenarioOption = None,
    full: FullOption = False,
    as_json: JsonOption = False,
) -> None:
    """One page, the answer first: who is bound, what is owed, kept, disputed, and what comes next."""
    if is_period(on):
        put(treaty_of(instrument, scenario).changes_in(on, reading=reading or "self"), as_json, full=full)
        return
    put(treaty_of(instrument, scenario, declarations).brief(on=on, reading=reading), as_json, full=full)


@app.command()
def standing(
    on: OnOption,
    instrument: Annotated[
        str | None, typer.Argument(metavar="[INSTRUMENT]", help="Id of an instrument; not needed with --acts.")
    ] = None,
    party: Annotated[str | None, typer.Option("--party", metavar="STATE", help="One party: code or name.")] = None,
    reading: ReadingOption = "depositary",
    acts: Annotated[
        Path | None, typer.Option("--acts", metavar="FILE", help="A participation table (CSV) of your own.")
    ] = None,
    rules: Annotated[
        Path | None, typer.Option("--rules", metavar="FILE|ID", help="Its rules, as a treaty.yaml, or a ready rule.")
    ] = None,
    table: Annotated[
        Path | None, typer.Option("--table", metavar="FILE", help="Write every party's standings by date as CSV.")
    ] = None,
    diff: Annotated[
        Path | None, typer.Option("--diff", metavar="FILE", help="Another copy of the table: what changed.")
    ] = None,
    scenario: ScenarioOption = None,
    full: FullOption = False,
    as_json: JsonOption = False,
) -> None:
    """Who is bound on a day, by whose reading, and since when."""
    from servanda.model.errors import InputError

    if acts is not None or rules is not None:
        if acts is None or rules is None or instrument is not None or scenario:
            what = "--acts and --rules go together, without INSTRUMENT and without --scenario"
            raise InputError(what, remedy="give only the two files")
        from servanda.cli.tables import table_question

        table_question(
            acts,
            rules,
            on=on,
            party=party,
            reading=reading,
            table=table,
            diff=diff,
            full=full,
            as_json=as_json,
        )
        return
    if table is not None or diff is not None:
        raise InputError("--table and --diff go with a table of your own", remedy="give --acts FILE and --rules FILE")
    if instrument is None:
        raise InputError("no instrument", remedy="give its id, or --acts FILE and --rules FILE")
    if is_period(on) and party is None:
        put(treaty_of(instrument, scenario).changes_in(on, reading=reading), as_json, full=full)
        return
    put(treaty_of(instrument, scenario).standing(party, on=on, reading=reading), as_json, full=full)


@app.command()
def obligations(
    instrument: InstrumentArg,
    on: OnOption,
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="limits, exchange, inspection, notification, ...")
    ],
    reading: ReadingOption = "depositary",
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write the matrix as CSV too.")] = None,
    chart: Annotated[Path | None, typer.Option("--chart", metavar="FILE", help="Draw it: .png, .svg or .json.")] = None,
    scenario: ScenarioOption = None,
    full: FullOption = False,
    as_json: JsonOption = False,
) -> None:
    """Who owes whom a kind of duty, pair by pair."""
    answer = treaty_of(instrument, scenario).obligations(on=on, kind=kind, reading=reading)
    if csv is not None or chart is not None:
        from servanda.charts.files import rendered
        from servanda.charts.matrix import as_csv, matrix
        from servanda.cli.files import write_whole

        # made before anything is written: a refusal leaves no half of it behind
        picture = rendered(matrix(answer), chart) if chart is not None else b""
        if csv is not None:
            write_whole(csv, as_csv(answer.value).encode())
        if chart is not None:
            write_whole(chart, picture)
    put(answer, as_json, full=full)


@app.command()
def timeline(
    instrument: InstrumentArg,
    party: Annotated[str | None, typer.Option("--party", metavar="STATE", help="Only what concerns one party.")] = None,
    scenario: ScenarioOption = None,
    full: FullOption = False,
    as_json: JsonOption = False,
) -> None:
    """Acts and computed effects, in order."""
    put(treaty_of(instrument, scenario).timeline(party=party), as_json, full=full)


@app.command()
def assess(
    instrument: Annotated[
        str | None, typer.Argument(metavar="[INSTRUMENT]", help="Id of an instrument, such as cfe.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day asked about, YYYY-MM-DD.")] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day of a period.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Day after the period.")] = None,
    groups: Annotated[
        str, typer.Option("--groups", metavar="treaty|nato", help="The treaty's groups, or an alliance.")
    ] = "treaty",
    count: Annotated[
        str, typer.Option("--count", metavar="holdings|levels", help="Sum holdings, or notified levels.")
    ] = "holdings",
    prospective: Annotated[bool, typer.Option("--prospective", help="Judge before the day the limit applies.")] = False,
    reading: ReadingOption = "depositary",
    assume: AssumeOption = None,
    assumptions: Annotated[
        bool, typer.Option("--assumptions", help="List the assumptions: definition, basis, caveat.")
    ] = False,
    include: Annotated[
        list[str] | None, typer.Option("--include", metavar="press|estimated", help="Figures left out by default.")
    ] = None,
    limit: Annotated[
        list[str] | None, typer.Option("--limit", metavar="CITE", help="Only this limit; may be repeated.")
    ] = None,
    holdings: Annotated[
        Path | None, typer.Option("--holdings", metavar="FILE", help="Your own figures, CSV or Parquet.")
    ] = None,
    declarations: DeclarationsOption = None,
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """Is each limit kept: bounds, verdict, evidence. Exit code 1 for a breach in law."""
    from servanda.model.errors import InputError

    if assumptions:
        from servanda.questions.assumptions import assumptions as list_them

        put(list_them(), as_json)
        return
    if instrument is None:
        raise InputError("no instrument", remedy="give its id, or --assumptions alone")
    treaty = treaty_of(instrument, scenario)
    question: dict[str, Any] = {
        "groups": groups,
        "count": count,
        "prospective": prospective,
        "reading": reading,
        "assume": tuple(assume or ()),
        "include": tuple(include or ()),
        "limits": tuple(limit) if limit else None,
    }
    if holdings is not None:
        from servanda.corpus.holdings import read_holdings

        question["records"] = read_holdings(holdings, treaty.corpus, instrument)
    if declarations is not None:
        if holdings is not None:
            raise InputError(
                "own figures and declarations are both given", remedy="give one of --holdings and --declarations"
            )
        question["records"] = declared(treaty.corpus, instrument, declarations)
    if on is None and since and until:
        put(treaty.changes(since=since, until=until, **question), as_json, breach_exits=True)
        return
    if on is None or since or until:
        raise InputError("no day to assess", remedy="give --on DATE, or --from DATE and --to DATE")
    put(treaty.assess(on=on, **question), as_json, breach_exits=True)


@app.command()
def explain(
    instrument: InstrumentArg,
    limit: Annotated[
        str,
        typer.Argument(metavar="LIMIT|TOPIC", help='Citation or id, such as "CFE IV.1(A)"; or: withdrawal, links.'),
    ],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The day asked about, YYYY-MM-DD; needed for a limit.")
    ] = None,
    party: Annotated[
        str | None, typer.Option("--party", metavar="ISO3", help="For the topic withdrawal: whose grounds.")
    ] = None,
    scope: Annotated[
        str | None, typer.Option("--scope", metavar="SCOPE", help="west, east, or a state's code.")
    ] = None,
    posture: Annotated[
        str | None, typer.Option("--posture", metavar="any|active|stored", help="Which number of the clause.")
    ] = None,
    groups: Annotated[
        str, typer.Option("--groups", metavar="treaty|nato", help="The treaty's groups, or an alliance.")
    ] = "treaty",
    count: Annotated[
        str, typer.Option("--count", metavar="holdings|levels", help="Sum holdings, or notified levels.")
    ] = "holdings",
    prospective: Annotated[bool, typer.Option("--prospective", help="Judge before the day the limit applies.")] = False,
    reading: ReadingOption = "depositary",
    assume: AssumeOption = None,
    declarations: DeclarationsOption = None,
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """One verdict, down to the rows and sources it rests on; or why parties left. Exit code 1 for a breach in law."""
    from servanda.model.errors import InputError

    treaty = treaty_of(instrument, scenario)
    if limit == "withdrawal":
        put(treaty.withdrawal(party=party), as_json)
        return
    if limit == "links":
        put(treaty.links(), as_json)
        return
    if on is None:
        raise InputError("a limit is judged on a day", remedy="give the day with --on YYYY-MM-DD")
    if party is not None:
        raise InputError("--party goes with the topic withdrawal", remedy="use --scope for a limit")
    answer = treaty.explain(
        limit,
        on=on,
        scope=scope,
        posture=posture,
        groups=groups,
        count=count,
        prospective=prospective,
        reading=reading,
        assume=tuple(assume or ()),
        records=None if declarations is None else declared(treaty.corpus, instrument, declarations),
    )
    put(answer, as_json, breach_exits=True)


@app.command()
def provisions(
    instrument: InstrumentArg,
    cite: Annotated[
        str | None, typer.Argument(metavar="[CITE]", help='An article, such as "IV.1" or "INSP II".')
    ] = None,
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """The treaty, article by article, in our words."""
    put(treaty_of(instrument, scenario).provisions(cite), as_json)


@app.command()
def classify(
    query: Annotated[str, typer.Argument(metavar="TYPE", help='A designation, such as "T-72".')],
    instrument: Annotated[str | None, typer.Option("--in", metavar="INSTRUMENT", help="Whose list of types.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Is a type counted, and as what."""
    from servanda.corpus import Corpus
    from servanda.questions.classify import classify as ask

    put(ask(Corpus.default(), query, instrument), as_json)


@app.command()
def deadlines(
    instrument: InstrumentArg,
    procedure: Annotated[
        str | None,
        typer.Argument(metavar="[PROCEDURE]", help="Id of a procedure, such as withdrawal; left out: all that comes."),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Without a procedure: all that falls due from that day.")
    ] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="The day it is triggered.")] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Repeat repeating steps up to that day.")
    ] = None,
    value: Annotated[
        list[str] | None, typer.Option("--set", metavar="BLANK=N", help="Fill a blank of a draft.")
    ] = None,
    ics: Annotated[
        Path | None, typer.Option("--ics", metavar="FILE", help="Write the dates as a calendar file.")
    ] = None,
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """What must happen next, and by when."""
    from servanda.cli.files import numbers, write_whole
    from servanda.model.errors import InputError

    treaty = treaty_of(instrument, scenario)
    if (procedure is None) == (on is None):
        raise InputError(
            "Give exactly one of a procedure and --on",
            remedy=f"procedures: {', '.join(p.id for p in treaty.dossier.procedures) or 'none recorded'}",
        )
    if procedure is None:
        if ics is not None or value or start or until:
            raise InputError("--ics, --set, --from and --to need a procedure", remedy="name one")
        put(treaty.coming(on=on or ""), as_json)
        return
    answer = treaty.deadlines(procedure, start=start, until=until, values=numbers(value or ()))
    if ics is not None:
        from servanda.procedure import find
        from servanda.procedure.calendar import ics as calendar

        write_whole(ics, calendar(treaty.dossier, find(treaty.dossier, procedure), answer.value))
    put(answer, as_json)


@app.command()
def compare(
    one: Annotated[str, typer.Argument(metavar="ONE", help="Id of an instrument.")],
    two: Annotated[str, typer.Argument(metavar="TWO", help="Id of another.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Show who is bound by each that day.")] = None,
    matter: Annotated[
        str | None, typer.Option("--matter", metavar="NAME", help="Only this matter, such as withdrawal.")
    ] = None,
    scenario: ScenarioOption = None,
    full: FullOption = False,
    as_json: JsonOption = False,
) -> None:
    """Two instruments side by side on the same matters."""
    put(treaty_of(one, scenario).compare(two, on=on, matter=matter), as_json, full=full)


@app.command()
def whatif(
    scenarios: Annotated[
        list[str], typer.Argument(metavar="SCENARIO...", help="Scenario files, or ids of shipped ones.")
    ],
    on: OnOption,
    instrument: Annotated[
        list[str] | None, typer.Option("--in", metavar="INSTRUMENT", help="Only this instrument.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """What differs from the record if the scenarios held: standings, obligations, verdicts."""
    from servanda.corpus import Corpus
    from servanda.questions.whatif import whatif as ask
    from servanda.scenario import load_scenario

    put(ask(Corpus.default(), [load_scenario(s) for s in scenarios], on=on, instruments=instrument or ()), as_json)


def _add_groups() -> None:
    from servanda.cli import charts
    from servanda.cli.corpus import app as corpus_app
    from servanda.cli.corpus import new, schema
    from servanda.cli.maps import register as add_maps
    from servanda.cli.read import read as read_command

    add_maps(app)
    from servanda.cli.report import report

    app.command()(report)
    from servanda.cli.inspect_course import app as inspect_app

    app.add_typer(corpus_app, name="corpus")
    app.command()(new)
    app.command()(schema)
    from servanda.cli.exchange import app as exchange_app
    from servanda.cli.ledger import app as ledger_app

    app.add_typer(exchange_app, name="exchange")
    app.add_typer(ledger_app, name="ledger")
    app.add_typer(inspect_app, name="inspect")
    from servanda.cli.tables import app as rules_app

    app.add_typer(rules_app, name="rules")
    charts.add_to(app)
    app.command()(read_command)
    from servanda.cli.gaps import gaps
    from servanda.cli.mcp import mcp

    app.command()(gaps)
    from servanda.cli.serve import serve
    from servanda.cli.site import site

    app.command()(serve)
    app.command()(site)
    app.command()(mcp)


_add_groups()
lay_over(app)


def main() -> None:
    """Entry point: a mistake of the user's becomes lines on standard error and exit code 2."""
    sys.exit(guarded(app))
