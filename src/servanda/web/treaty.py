"""The view of an instrument on a day: bound, kept, owed, changed, next; and the pages that explain a number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from markupsafe import Markup

from servanda.model.dates import long_day
from servanda.model.errors import InputError, ServandaError, UnknownName
from servanda.questions.brief import is_main
from servanda.questions.since import since as changes_since
from servanda.questions.words import day, source_names
from servanda.render.tables import figure_days
from servanda.web.asking import Asking
from servanda.web.pages import NO_DAY, PARTS, Links

SHOWN = {"standing": "Standings", "zones": "Zones", "duties": "Duties toward a state", "verdicts": "Verdicts"}
START = date(1990, 1, 1)
NAMED = ("depositary", "self", "law")
FIRST_KIND = "exchange"


def turning_days(asking: Asking, instrument: str) -> tuple[date, ...]:
    """Days on which something was done or took effect, in order."""

    def find() -> tuple[date, ...]:
        return tuple(sorted({e.sort for e in asking.ask(instrument, "timeline").value}))

    return asking.kept.get(("turning days", instrument), find)


def view(
    asking: Asking, instrument: str, query: dict[str, str], link: Links, *, outlined: bool = True
) -> dict[str, Any]:
    """What the page shows; `error` in place of the rest where the question cannot be answered.

    Without `outlined` the map's shapes name their outlines, for a script that has them.
    """
    treaty = asking.treaty(instrument)
    own = treaty.dossier.instrument
    today = date.today()
    turns = turning_days(asking, instrument)
    reading, show = query.get("reading", "depositary"), query.get("show", "standing")
    duties = [k.value for k in own.duties]
    kind = query.get("kind") or (FIRST_KIND if FIRST_KIND in duties else (duties or [""])[0])
    keep = {k: v for k, v in query.items() if k in ("reading", "show", "kind", "toward", "limit", "since")}
    shown: dict[str, Any] = {
        "instrument": instrument,
        "title": own.title,
        "short": own.short,
        "on": query.get("on", today.isoformat()),
        "day": None,
        "first": min(START, turns[0]) if turns else START,
        "last": today,
        "reading": reading,
        "show": show,
        "kind": kind,
        "keep": keep,
        "toward": query.get("toward", ""),
        "limit": query.get("limit", ""),
        "since": query.get("since", ""),
        "instruments": asking.instruments,
        "shows": [(k, v) for k, v in SHOWN.items() if k != "duties" or duties],
        "kinds": [(k, k) for k in duties],
        "names": asking.corpus.actors.name,
        "figure_days": figure_days,
        "limits": [],
        "error": None,
    }
    shown["states"] = [(c, asking.corpus.actors.name(c)) for c in _participants(asking, instrument)]
    shown["readings"] = [(r, r) for r in NAMED] + shown["states"]
    try:
        shown |= _answers(asking, instrument, shown, duties)
        shown |= _map(asking, instrument, shown, link, outlined)
        shown |= _since(asking, instrument, shown)
    except ServandaError as error:
        shown["error"] = str(error)
    return shown


def _participants(asking: Asking, instrument: str) -> tuple[str, ...]:
    def find() -> tuple[str, ...]:
        turns = turning_days(asking, instrument)
        if not turns:
            return ()
        found = asking.ask(instrument, "standing", on=max(turns)).value
        names = asking.corpus.actors.name
        return tuple(sorted((s.party for s in found), key=names))

    return asking.kept.get(("participants", instrument), find)


def _answers(asking: Asking, instrument: str, shown: dict[str, Any], duties: list[str]) -> dict[str, Any]:
    on, reading = day(shown["on"]), shown["reading"]
    turns = turning_days(asking, instrument)
    standing = asking.ask(instrument, "standing", on=on, reading=reading)
    limits = asking.main_limits(instrument)
    kept = asking.ask(instrument, "assess", on=on, limits=limits).value if limits else ()
    timeline = asking.ask(instrument, "timeline")
    parties = [s for s in standing.value if s.contested]
    return {
        "day": on,
        "on": on.isoformat(),
        "spoken": long_day(on),
        "standing": standing,
        "counted": False,
        "contested": [asking.corpus.actors.name(s.party) for s in parties],
        "kept": [v for v in kept if is_main(v)],
        "limits": [(x, x) for x in limits],
        "limit": shown["limit"] or (limits[0] if limits else ""),
        "coming": asking.ask(instrument, "coming", on=on),
        "duties": asking.ask(instrument, "obligations", on=on, kind=shown["kind"], reading=reading) if duties else None,
        "today": [n for e, n in zip(timeline.value, timeline.node.because, strict=True) if e.sort == on],
        "earlier": max((d for d in turns if d < on), default=None),
        "later": min((d for d in turns if d > on), default=None),
    }


def _map(asking: Asking, instrument: str, shown: dict[str, Any], link: Links, outlined: bool) -> dict[str, Any]:
    """The map chosen, or why there is none."""
    on, reading, show = shown["day"], shown["reading"], shown["show"]
    toward = shown["toward"] or (shown["states"][0][0] if shown["states"] else "")

    try:
        picture = _picture(asking, instrument, show, on, reading, shown["kind"], toward, shown["limit"])
    except ServandaError as error:
        return {"picture": None, "svg": "", "no_map": str(error), "toward": toward}
    bound = () if show == "zones" else tuple(s.party for s in shown["standing"].value)
    given = {"reading": reading if reading != "depositary" else None}
    svg = _svg(picture, instrument, bound, given, link, str(on), outlined)
    return {"picture": picture, "svg": Markup(svg), "no_map": "", "toward": toward}  # noqa: S704 (escaped where it is made)


def _svg(
    picture: Any, instrument: str, bound: tuple[str, ...], given: dict[str, Any], link: Links, on: str, outlined: bool
) -> str:
    """The map drawn: once for all days on which it shows the same but for the day itself."""
    from servanda.charts.map_svg import drawing

    def draw(drawn: Any, day: str) -> str:
        def address(code: str) -> str | None:
            return link.party(instrument, code, on=day, **given) if code in bound else None

        return drawing(drawn, address, outlines_at=None if outlined else link.outlines(picture.layer))

    if link.static:  # an address is a file there, which not every day has
        return draw(picture, on)
    panel, undated = picture.panels[0], replace(picture, title=picture.title.replace(on, NO_DAY))
    shows = (*panel.words.items(), *panel.told.items(), *picture.colours.items(), picture.layer, picture.legend)
    key = ("map", undated.title, instrument, *given.values(), link.lang, outlined, bound, shows)
    return PARTS.get(key, lambda: draw(undated, NO_DAY)).replace(NO_DAY, on)


def _picture(
    asking: Asking, instrument: str, show: str, on: date, reading: str, kind: str, toward: str, limit: str
) -> Any:
    from servanda.charts import maps

    if show == "zones":
        return maps.zones([asking.ask(instrument, "zones", on=on)])
    if show == "duties":
        code = asking.corpus.actors.find(toward).code
        answer = asking.ask(instrument, "obligations", on=on, kind=kind, reading=reading)
        return maps.toward([answer], code, asking.corpus.actors.name(code))
    if show == "verdicts":
        if not limit:
            raise InputError("the record has no limit of a group to map", remedy="choose another map")
        answer = asking.ask(instrument, "assess", on=on, limits=(limit,))
        categories = [v.limit.category for v in answer.value]
        return maps.verdicts([answer], category=categories[0] if categories else None)
    if show != "standing":
        raise InputError(f"no map shows {show!r}", remedy=f"choose one of {', '.join(SHOWN)}")
    return maps.standing([asking.ask(instrument, "standing", on=on, reading=reading)])


def _since(asking: Asking, instrument: str, shown: dict[str, Any]) -> dict[str, Any]:
    if not shown["since"]:
        return {"changed": None, "since_error": None}
    limits = asking.main_limits(instrument)
    how = {"since": shown["since"], "on": shown["day"], "reading": shown["reading"]}
    try:
        answer = asking.kept.get(
            (instrument, "since", *how.values()),
            lambda: changes_since(asking.corpus, instrument, limits=limits, **how),
        )
    except ServandaError as error:
        return {"changed": None, "since_error": str(error)}
    return {"changed": answer, "since_error": None}


def party(asking: Asking, instrument: str, code: str, on: str, reading: str) -> dict[str, Any]:
    """Why one party stands as it does on a day."""
    answer = asking.ask(instrument, "standing", party=code, on=day(on), reading=reading)
    found = answer.value[0]
    name = asking.corpus.actors.name(found.party)
    own = asking.treaty(instrument).dossier.instrument
    return {
        "heading": f"{name}: {own.short}, {day(on)}",
        "lead": str(answer.node.statement),
        "node": answer.node,
        "not_known": answer.not_known,
        "verdicts": (),
        "matrix_of": None,
    }


def verdict(asking: Asking, instrument: str, query: dict[str, str]) -> dict[str, Any]:
    """One verdict down to its rows."""
    if "limit" not in query:
        raise InputError("the limit is missing", remedy="give `limit`")
    on = day(query.get("on", "today"))
    how = {k: query[k] for k in ("scope", "posture") if k in query}
    answer = asking.ask(instrument, "explain", limit=query["limit"], on=on, **how)
    v = answer.value
    return {
        "heading": f"{v.id}, {v.scope}, {on}",
        "lead": str(answer.node.statement),
        "node": answer.node,
        "not_known": answer.not_known,
        "verdicts": (v,),
        "matrix_of": None,
        "on": on.isoformat(),
        "instrument": instrument,
        "figure_days": figure_days,
    }


def verdicts(asking: Asking, instrument: str, on: str) -> dict[str, Any]:
    """All verdicts of a day that lean on some figure."""
    from servanda.render.tables import quiet_words, sort_out

    asked = day(on)
    answer = asking.ask(instrument, "assess", on=asked)
    found = sort_out(answer.value, 10_000)
    return {
        "heading": f"{asking.treaty(instrument).dossier.instrument.short}, {asked}",
        "lead": str(answer.node.statement),
        "node": answer.node,
        "not_known": (*answer.not_known, *((quiet_words(found.quiet),) if found.quiet else ())),
        "verdicts": found.shown,
        "matrix_of": None,
        "on": asked.isoformat(),
        "instrument": instrument,
        "figure_days": figure_days,
    }


def duties(asking: Asking, instrument: str, on: str, kind: str, reading: str) -> dict[str, Any]:
    """Who owes whom one kind of duty."""
    answer = asking.ask(instrument, "obligations", on=day(on), kind=kind, reading=reading)
    return {
        "heading": f"{asking.treaty(instrument).dossier.instrument.short}: {kind}, {day(on)}",
        "lead": str(answer.node.statement),
        "node": answer.node,
        "not_known": answer.not_known,
        "verdicts": (),
        "matrix_of": answer,
    }


def limit(asking: Asking, instrument: str, name: str, on: str) -> dict[str, Any]:
    """One ceiling: what it says, from when, and what it judges on a day."""
    asked = day(on)
    every = {x.id: x for d in asking.corpus.family(instrument) for x in d.limits}
    if name not in every:
        from difflib import get_close_matches

        raise UnknownName("limit", name, tuple(get_close_matches(name, list(every), 3, 0.5)))
    asking.treaty(instrument)
    answer = asking.ask(instrument, "assess", on=asked, limits=(name,))
    held = every[name]
    return {
        "instrument": instrument,
        "own": asking.treaty(instrument).dossier.instrument,
        "limit": held,
        "on": asked.isoformat(),
        "answer": answer,
        "verdicts": answer.value,
        "figure_days": figure_days,
        "names": asking.corpus.actors.name,
        "titles": source_names(asking.corpus, instrument, held.source),
    }


def procedure(asking: Asking, instrument: str, name: str, query: dict[str, str]) -> dict[str, Any]:
    """One procedure: its steps in order, and their days where the day it starts is given."""
    dossier = asking.treaty(instrument).dossier
    every = {p.id: p for p in dossier.procedures}
    if name not in every:
        from difflib import get_close_matches

        raise UnknownName("procedure", name, tuple(get_close_matches(name, list(every), 3, 0.5)))
    found = every[name]
    shown: dict[str, Any] = {
        "instrument": instrument,
        "own": dossier.instrument,
        "procedure": found,
        "this_from": query.get("from", ""),
        "blanks": {b.id: query.get(f"set-{b.id}", "") for b in found.blanks},
        "answer": None,
        "error": None,
        "titles": source_names(asking.corpus, instrument, found.source),
    }
    if "from" not in query and not found.from_clock:
        return shown
    given = {k: v for k, v in shown["blanks"].items() if v}
    try:
        values = {k: int(v) for k, v in given.items() if v.isdecimal() and len(v) < 6}
        if len(values) < len(given):
            raise InputError("a blank was not filled with a number", remedy="give whole numbers")
        shown["answer"] = asking.treaty(instrument).deadlines(
            name, start=query.get("from") or None, values=values or None
        )
    except ServandaError as error:
        shown["error"] = str(error)
    return shown
