"""`servanda inspect`: quotas, requests, plans, simulation, design, what was lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servanda.cli.common import (
    DeclarationsOption,
    InstrumentArg,
    JsonOption,
    OnOption,
    ReadingOption,
    ScenarioOption,
    put,
    treaty_of,
)

if TYPE_CHECKING:
    from servanda.verification.quotas import Objects

app = typer.Typer(no_args_is_help=True, help="Who may check: quotas, requests, courses, plans.")

Counts = Annotated[
    list[str] | None,
    typer.Option(
        "--objects",
        metavar="STATE=N",
        help="Number of objects of verification, USA@DEU=N for objects stationed elsewhere; may be repeated.",
    ),
]
ListOption = Annotated[
    Path | None,
    typer.Option(
        "--sites",
        metavar="FILE",
        help="CSV of objects: site, owner, territory, points, items, detect, travel, storage.",
    ),
]
RoundingOption = Annotated[
    str, typer.Option("--rounding", metavar="nearest|up|down", help="How percentages become whole numbers.")
]
ByOption = Annotated[str | None, typer.Option("--by", metavar="STATE", help="The inspecting state.")]
SeedOption = Annotated[int, typer.Option("--seed", help="Seed of what is drawn.")]
WrongOption = Annotated[int, typer.Option("--wrong", metavar="N", help="At how many objects a violation shows.")]
PastOption = Annotated[
    Path | None,
    typer.Option(
        "--past", metavar="FILE", help="CSV of inspections so far: by, site, owner, territory, kind, began, times."
    ),
]
MostOption = Annotated[int | None, typer.Option("--most", metavar="N", help="At most so many inspections in all.")]


def _objects(entries: list[str] | None) -> tuple[Objects, ...]:
    from servanda.model.errors import InputError
    from servanda.verification.files import objects_of

    found: list[Objects] = []
    for entry in entries or ():
        name, _, number = entry.partition("=")
        try:
            count = int(number)
        except ValueError:
            raise InputError(
                f"{entry!r} is not a number of objects", remedy="write POL=120, or USA@DEU=40 for stationed objects"
            ) from None
        found.extend(objects_of({name: count}))
    return tuple(found)


def _sites(path: Path | None, declarations: str | None, treaty: Any, on: str, *, needed: bool = False) -> Any:
    """The objects of a list, or those declared as of the day; none where neither is given."""
    from servanda.model.errors import InputError

    if path is not None and declarations is not None:
        raise InputError("sites and declarations are both given", remedy="give one of --sites and --declarations")
    if declarations is not None:
        from servanda.questions.declared import read_declared
        from servanda.questions.declared_sites import declared_objects

        given = read_declared(treaty.corpus, treaty.id, declarations)
        return declared_objects(treaty.corpus, treaty.id, given, on=on[:10]).targets
    if path is None:
        if needed:
            raise InputError("no objects of verification are given", remedy="give --sites FILE or --declarations STORE")
        return ()
    from servanda.verification.files import read_objects

    return read_objects(path)


def _carried_out(treaty: Any, past: Path | None, logs: list[Path] | None, ledger: str | None) -> tuple[Any, bool]:
    """Inspections so far from a list, from logs and from a store, and whether any of them is made up."""
    from servanda.questions.inspect_left import past_of_ledger, past_of_logs
    from servanda.questions.ledger import file_bytes
    from servanda.verification.files import read_past

    found = read_past(past) if past is not None else ()
    told, made_up = past_of_logs(treaty.corpus, [(str(p), file_bytes(p)) for p in logs or ()])
    found = (*found, *told)
    if ledger is not None:
        from servanda.exchange.store import Store

        with Store.open(ledger) as store:
            entered, invented = past_of_ledger(treaty.corpus, store, treaty.id)
        found, made_up = (*found, *entered), made_up or invented
    return found, made_up


@app.command()
def quotas(
    instrument: InstrumentArg,
    on: OnOption,
    party: Annotated[str | None, typer.Option("--party", metavar="STATE", help="Only one party.")] = None,
    objects: Counts = None,
    sites: ListOption = None,
    declarations: DeclarationsOption = None,
    past: PastOption = None,
    log: Annotated[
        list[Path] | None,
        typer.Option("--log", metavar="FILE", help="The log of an inspection that was carried out; may be repeated."),
    ] = None,
    ledger: Annotated[
        str | None, typer.Option("--ledger", metavar="STORE", help="A store in which logs of inspections stand.")
    ] = None,
    rounding: RoundingOption = "nearest",
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """What each party must accept in the quota period of a day, and what inspections so far leave of it."""
    from servanda.questions.inspect_left import inspect_left
    from servanda.questions.inspect_quotas import inspect_quotas
    from servanda.verification.files import counted

    treaty = treaty_of(instrument, scenario)
    numbers = _objects(objects) or counted(_sites(sites, declarations, treaty, on))
    if past is not None or log or ledger is not None:
        held, made_up = _carried_out(treaty, past, log, ledger)
        left = inspect_left(
            treaty.corpus,
            instrument,
            on=on,
            past=held,
            party=party,
            objects=numbers,
            rounding=rounding,
            made_up=made_up,
        )
        put(left, as_json)
        return
    answer = inspect_quotas(treaty.corpus, instrument, on=on, party=party, objects=numbers, rounding=rounding)
    put(answer, as_json)


@app.command()
def may(
    instrument: InstrumentArg,
    by: Annotated[str, typer.Option("--by", metavar="STATE", help="The inspecting state.")],
    of: Annotated[str, typer.Option("--of", metavar="STATE", help="The state to be inspected.")],
    arrive: Annotated[str, typer.Option("--arrive", metavar="TIME", help="Arrival, YYYY-MM-DD or with THH:MM.")],
    notice: Annotated[
        str | None, typer.Option("--notice", metavar="TIME", help="When notice is given (default: just in time).")
    ] = None,
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="Such as declared_site or challenge.")] = (
        "declared_site"
    ),
    site: Annotated[str | None, typer.Option("--site", metavar="NAME", help="The site, as in the list given.")] = None,
    point_of_entry: Annotated[
        str | None, typer.Option("--point-of-entry", metavar="NAME", help="Where the team arrives.")
    ] = None,
    team: Annotated[int | None, typer.Option("--team", metavar="N", help="Inspectors in the team.")] = None,
    crew: Annotated[int | None, typer.Option("--crew", metavar="N", help="Transport crew.")] = None,
    subteams: Annotated[int | None, typer.Option("--subteams", metavar="N", help="Sub-teams.")] = None,
    nationality: Annotated[
        list[str] | None, typer.Option("--nationality", metavar="STATE", help="Of an inspector; may be repeated.")
    ] = None,
    further: Annotated[int, typer.Option("--further", metavar="N", help="Sequential inspections to follow.")] = 0,
    after: Annotated[
        str | None, typer.Option("--after", metavar="NAME", help="The site just inspected: this one follows it.")
    ] = None,
    entry_by: Annotated[
        str | None,
        typer.Option(
            "--entry-by", metavar="border_crossing|seaport", help="Kind of a point of entry that is asked for."
        ),
    ] = None,
    km2: Annotated[float | None, typer.Option("--km2", metavar="KM2", help="Size of the area.")] = None,
    across_km: Annotated[
        float | None, typer.Option("--across-km", metavar="KM", help="Longest straight line in the area.")
    ] = None,
    objects: Counts = None,
    sites: ListOption = None,
    declarations: DeclarationsOption = None,
    past: PastOption = None,
    consent: Annotated[
        list[str] | None, typer.Option("--consent", metavar="STATE", help="Whose consent is given; may be repeated.")
    ] = None,
    rounding: RoundingOption = "nearest",
    reading: ReadingOption = "depositary",
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """May one state inspect another: every clause that decides. Exit code 1 for no."""
    from servanda.questions.inspect_request import inspect_may
    from servanda.verification.files import read_past

    treaty = treaty_of(instrument, scenario)
    answer = inspect_may(
        treaty.corpus,
        instrument,
        by=by,
        of=of,
        arrive=arrive,
        notice=notice,
        kind=kind,
        site=site,
        reading=reading,
        point_of_entry=point_of_entry,
        team=team,
        crew=crew,
        subteams=subteams,
        nationalities=nationality or (),
        further=further,
        after=after,
        entry_by=entry_by,
        km2=km2,
        across_km=across_km,
        targets=_sites(sites, declarations, treaty, arrive),
        objects=_objects(objects),
        past=read_past(past) if past is not None else (),
        consents=consent or (),
        rounding=rounding,
    )
    put(answer, as_json, breach_exits=True)


@app.command()
def plan(
    instrument: InstrumentArg,
    on: OnOption,
    sites: ListOption = None,
    declarations: DeclarationsOption = None,
    by: ByOption = None,
    aim: Annotated[
        str,
        typer.Option(
            "--aim",
            metavar="maximin|robust|expected",
            help="Surest against any; better than plain ways on every kind; or best on what is believed.",
        ),
    ] = "maximin",
    include: Annotated[
        list[str] | None, typer.Option("--include", metavar="SITE", help="A site to be visited; may be repeated.")
    ] = None,
    wrong: WrongOption = 1,
    most: MostOption = None,
    seed: SeedOption = 1,
    rounding: RoundingOption = "nearest",
    out: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="A map of the plan as .png .svg .json or .html."),
    ] = None,
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """A season's sites to the best effect within the quotas, and one schedule drawn."""
    from servanda.questions.inspect_plan import inspect_plan

    if out is not None:
        from servanda.charts.files import checked
        from servanda.cli.files import check_folder

        checked(out)
        check_folder(out)
    treaty = treaty_of(instrument, scenario)
    answer = inspect_plan(
        treaty.corpus,
        instrument,
        on=on,
        targets=_sites(sites, declarations, treaty, on, needed=True),
        by=by,
        aim=aim,
        wrong=wrong,
        most=most,
        seed=seed,
        rounding=rounding,
        include=include or (),
    )
    if out is not None:
        from servanda.charts.plan_map import plan_map
        from servanda.cli.maps import write_picture

        write_picture(out, plan_map(answer))
    put(answer, as_json)


@app.command()
def simulate(
    instrument: InstrumentArg,
    on: OnOption,
    sites: ListOption = None,
    declarations: DeclarationsOption = None,
    by: ByOption = None,
    wrong: WrongOption = 1,
    played: Annotated[
        int | None, typer.Option("--played", metavar="N", help="The violation that happens, if another.")
    ] = None,
    placed: Annotated[
        str,
        typer.Option(
            "--placed",
            metavar="neighbours|anywhere|random|few-large|many-small|moved|storage",
            help="Where it lies: chosen knowing the plan (the first two), or by chance.",
        ),
    ] = "neighbours",
    aim: Annotated[
        str, typer.Option("--aim", metavar="maximin|robust", help="What the plan was made for.")
    ] = "maximin",
    most: MostOption = None,
    seasons: Annotated[int, typer.Option("--seasons", metavar="N", help="How many seasons.")] = 100_000,
    alarm: Annotated[float, typer.Option("--alarm", metavar="P", help="Chance of a false alarm a visit.")] = 0.0,
    seed: SeedOption = 1,
    rounding: RoundingOption = "nearest",
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """Seasons by chance: the plan, a uniform and a proportional one, each against its worst violation."""
    from servanda.questions.inspect_simulate import inspect_simulate

    treaty = treaty_of(instrument, scenario)
    answer = inspect_simulate(
        treaty.corpus,
        instrument,
        on=on,
        targets=_sites(sites, declarations, treaty, on, needed=True),
        by=by,
        wrong=wrong,
        played=played,
        most=most,
        seasons=seasons,
        seed=seed,
        alarm=alarm,
        rounding=rounding,
        placed=placed,
        aim=aim,
    )
    put(answer, as_json)


@app.command()
def design(
    objects: Annotated[int, typer.Option("--objects", metavar="N", help="Objects of verification.")],
    wanted: Annotated[float, typer.Option("--wanted", metavar="P", help="Chance of noticing, such as 0.5.")] = 0.5,
    wrong: WrongOption = 1,
    detect: Annotated[float, typer.Option("--detect", metavar="P", help="Chance that one visit notices.")] = 1.0,
    percent: Annotated[
        list[int] | None, typer.Option("--percent", metavar="N", help="Quotas to sweep; may be repeated.")
    ] = None,
    seasons: Annotated[
        int | None, typer.Option("--seasons", metavar="N", help="Simulate so many seasons of each quota too.")
    ] = None,
    seed: SeedOption = 1,
    engine: Annotated[str, typer.Option("--engine", metavar="local|dask", help="Where the work is done.")] = "local",
    address: Annotated[
        str | None,
        typer.Option("--address", metavar="HOST:PORT", help="Of a Dask scheduler; without it a local cluster."),
    ] = None,
    workers: Annotated[int | None, typer.Option("--workers", metavar="N", min=1, help="Processes.")] = None,
    as_json: JsonOption = False,
) -> None:
    """The least quota that notices a violation with a wanted chance."""
    from servanda.questions.inspect_design import inspect_design

    answer = inspect_design(
        objects=objects,
        wrong=wrong,
        wanted=wanted,
        detect=detect,
        percents=tuple(percent or ()),
        seasons=seasons,
        seed=seed,
        engine=engine,
        address=address,
        workers=workers,
    )
    put(answer, as_json)


@app.command()
def lost(
    instrument: InstrumentArg,
    since: Annotated[str, typer.Option("--from", metavar="DATE", help="First day.")],
    until: Annotated[str, typer.Option("--to", metavar="DATE", help="Day after the period.")],
    reading: ReadingOption = "self",
    objects: Counts = None,
    wrong: WrongOption = 1,
    detect: Annotated[float, typer.Option("--detect", metavar="P", help="Chance that one visit notices.")] = 1.0,
    rounding: RoundingOption = "nearest",
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """What inspection lost by suspensions and replies, in a reading, beside the text's own terms."""
    from servanda.questions.inspect_lost import inspect_lost

    treaty = treaty_of(instrument, scenario)
    answer = inspect_lost(
        treaty.corpus,
        instrument,
        since=since,
        until=until,
        reading=reading,
        objects=_objects(objects),
        wrong=wrong,
        detect=detect,
        rounding=rounding,
    )
    put(answer, as_json)
