"""`servanda map`, `zones`, `where` and `reach`: the questions of geography, as text, JSON and pictures."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from servanda.cli.common import InstrumentArg, JsonOption, OnOption, ReadingOption, ScenarioOption, put, treaty_of

SHOWN = ("zones", "standing", "obligations", "verdict", "headroom")


def reach(
    of: Annotated[
        list[str],
        typer.Option("--of", metavar="STATE", help="Territory to be reached: state, region, NATO; repeatable."),
    ],
    range_km: Annotated[str | None, typer.Option("--range-km", metavar="KM", help="Range in kilometres.")] = None,
    preset: Annotated[
        str | None,
        typer.Option("--preset", metavar="shorter|intermediate", help="A class of range: 500-1000, 1000-5500 km."),
    ] = None,
    start: Annotated[
        list[str] | None,
        typer.Option("--from", metavar="REGION", help="Region of basing, such as RUS-KGD; all by default."),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="With an organisation: its members that day.")
    ] = None,
    without_overseas: Annotated[
        bool, typer.Option("--without-overseas", help="Leave out land over 1,000 km from a state's main land.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="A map: .png .svg .json .html .geojson.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """From where a missile of some range can reach a territory."""
    from servanda.corpus import Corpus
    from servanda.questions.reach import geojson
    from servanda.questions.reach import reach as ask

    if out is not None:
        writable(out)
    with _Progress("regions measured") as step:
        answer = ask(
            Corpus.default(),
            None if range_km is None else _number(range_km, "range in kilometres"),
            of,
            start or (),
            preset=preset,
            on=on,
            overseas=not without_overseas,
            step=step,
        )
    if out is not None:
        from servanda.charts.maps import reached

        write_picture(out, reached(answer), geojson(answer) if out.suffix.lower() == ".geojson" else None)
    put(answer, as_json)


def zones(
    instrument: InstrumentArg,
    on: OnOption,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Also what moved between that day and the other.")
    ] = None,
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """The zones on a day: what they cover, their area, how they nest, what moved."""
    put(treaty_of(instrument, scenario).zones(on=on, since=since), as_json)


def where(
    instrument: InstrumentArg,
    on: OnOption,
    at: Annotated[str | None, typer.Option("--at", metavar="LON,LAT", help="A point, in degrees: 20.5,54.7.")] = None,
    region: Annotated[
        str | None, typer.Option("--region", metavar="REGION", help="A state or region, such as RUS-KGD.")
    ] = None,
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """In which zones a place or a region lies on a day."""
    put(treaty_of(instrument, scenario).where(on=on, at=at, region=region), as_json)


def map_(
    instrument: InstrumentArg,
    on: Annotated[
        list[str], typer.Option("--on", metavar="DATE", help="The day; several make a series of small maps.")
    ],
    out: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=".png .svg .json .html or .geojson.")],
    show: Annotated[str, typer.Option("--show", metavar="|".join(SHOWN), help="What to map.")] = "zones",
    toward: Annotated[
        str | None, typer.Option("--toward", metavar="STATE", help="With obligations: the obligee.")
    ] = None,
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="With obligations: the duty.")] = "exchange",
    limit: Annotated[
        str | None, typer.Option("--limit", metavar="CITE", help="With verdict, headroom: which limit.")
    ] = None,
    category: Annotated[
        str | None, typer.Option("--category", metavar="NAME", help="With verdict, headroom: battle_tank, ...")
    ] = None,
    prospective: Annotated[bool, typer.Option("--prospective", help="Judge before the day the limit applies.")] = False,
    reading: ReadingOption = "depositary",
    scale: Annotated[str, typer.Option("--scale", metavar="N", help="Size of a PNG, 0.5 to 4.")] = "2",
    scenario: ScenarioOption = None,
    as_json: JsonOption = False,
) -> None:
    """A map of zones, standings, duties toward a state, verdicts or headroom; or a series of maps over days."""
    from servanda.model.errors import InputError, UnknownName

    writable(out)
    if show not in SHOWN:
        raise UnknownName("thing to map", show, SHOWN, remedy=f"there are {', '.join(SHOWN)}")
    size = _number(scale, "scale of a picture")
    if not 0.5 <= size <= 4:
        raise InputError(f"a picture cannot have the scale {scale}", remedy="give a number from 0.5 to 4")
    if show == "obligations" and toward is None:
        raise InputError("the obligee is missing", remedy="give --toward STATE")
    if show in ("verdict", "headroom") and limit is None:
        raise InputError("the limit is missing", remedy='give --limit CITE, such as "CFE VII.1"')
    treaty = treaty_of(instrument, scenario)
    days = list(dict.fromkeys(on))
    with _waiting("drawing"):
        from servanda.charts import maps

        if show == "zones":
            answers = [treaty.zones(on=d) for d in days]
            picture = maps.zones(answers)
        elif show == "standing":
            answers = [treaty.standing(on=d, reading=reading) for d in days]
            picture = maps.standing(answers)
        elif show == "obligations":
            code = treaty.corpus.actors.find(toward).code
            answers = [treaty.obligations(on=d, kind=kind, reading=reading) for d in days]
            picture = maps.toward(answers, code, treaty.corpus.actors.name(code))
        else:
            answers = [treaty.assess(on=d, limits=(limit,), prospective=prospective) for d in days]
            draw = maps.verdicts if show == "verdict" else maps.headroom
            picture = draw(answers, category=category)
        write_picture(out, picture, picture.geojson() if out.suffix.lower() == ".geojson" else None, size)
    if as_json:
        import json

        from servanda.render import to_json

        told = {"file": str(out), "show": show, "answers": [json.loads(to_json(a)) for a in answers]}
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    else:
        typer.echo(f"{out}")


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("reach")(reach)
    app.command("zones")(zones)
    app.command("where")(where)
    app.command("map")(map_)


def writable(out: Path) -> None:
    """InputError for a format or folder that cannot be, before anything is computed."""
    from servanda.charts.files import FORMATS, checked
    from servanda.cli.files import check_folder

    checked(out, (*FORMATS, ".geojson"))
    check_folder(out)


def write_picture(out: Path, picture: Any, geojson: Any = None, scale: float = 2.0) -> None:
    from servanda.cli.files import write_whole

    if geojson is not None:
        import json

        write_whole(out, json.dumps(geojson, ensure_ascii=False).encode())
        return
    from servanda.charts.files import rendered

    write_whole(out, rendered(picture.spec(), out, scale=scale))


def _number(text: str, what: str) -> float:
    from servanda.model.errors import InputError

    try:
        return float(text)
    except ValueError:
        raise InputError(f"{text!r} is not a {what}", remedy="give a number") from None


def _waiting(what: str) -> Any:
    """A spinner on standard error while work of a second or two goes on; nothing where that is no terminal."""
    from contextlib import nullcontext

    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(what)


class _Progress:
    """A bar on standard error for work that counts its steps; shown only on a terminal and for many of them."""

    def __init__(self, what: str) -> None:
        self.what, self.task = what, None
        self.bar: Any = None

    def __enter__(self) -> Any:
        return self._step

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()

    def _step(self, total: int) -> None:
        if total < 50 or not sys.stderr.isatty():
            return
        if self.bar is None:
            from rich.console import Console
            from rich.progress import Progress

            self.bar = Progress(console=Console(stderr=True), transient=True)
            self.bar.start()
            self.task = self.bar.add_task(self.what, total=total)
        self.bar.advance(self.task)
