"""What was done to an instrument, on a line of time: acts, effects computed from them, who contests what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from servanda.charts.parts import BLUE, GREY, VERMILION, finished, needs, plain, source_line, table_of, title, treaty_of
from servanda.model.answer import Answer
from servanda.model.dates import parse_day
from servanda.model.errors import DateError, UnknownName

HOW = "ask treaty.timeline() first"
ACT, CONTESTED, EFFECT, RECALLED = "act", "contested act or effect", "computed effect", "act, RECALLED"
MARKS: dict[str, tuple[str, str]] = {
    ACT: (BLUE, "circle"),
    CONTESTED: (VERMILION, "triangle-up"),
    EFFECT: ("#009E73", "diamond"),
    RECALLED: (GREY, "square"),
}
BY = ("kind", "party", "event")
MOST_NAMED = 70  # so many events can each have a line of their own, with their words
WIDTH, LANE = 860, 11
WORDS = 92
TOGETHER, SEVERAL = "all parties together", "several parties"


def rows(answer: Answer[Any]) -> list[dict[str, Any]]:
    """One row an event, in order: first and last possible day, what, by whom, which mark it gets.

    `span` is true where the day is not known; an end that the record leaves open has None and `open` true.
    """
    found = []
    for n, e in enumerate(answer.value):
        first, last = e.when.earliest, e.when.latest
        recalled = e.act is not None and e.act.confidence == "recalled"
        contested = bool(e.contested_by)
        mark = CONTESTED if contested else EFFECT if e.kind == "effect" else RECALLED if recalled else ACT
        found.append(
            {
                "n": n,
                "when": e.when.text,
                "first": first.isoformat() if first else None,
                "last": last.isoformat() if last else None,
                "at": e.sort.isoformat(),
                "span": first != last,
                "open": first is None or last is None,
                "kind": plain(e.kind),
                "party": _who(e.actors),
                "what": e.what,
                "mark": mark,
                "effect": e.kind == "effect",
                "contested": contested,
                "contested_by": ", ".join(e.contested_by),
                "recalled": recalled,
                "cite": e.cite,
            }
        )
    return found


def _who(actors: tuple[str, ...]) -> str:
    return ", ".join(actors) if len(actors) <= 2 else f"{len(actors)} parties"


def timeline(
    answer: Any,
    *,
    by: str | None = None,
    since: date | str | None = None,
    until: date | str | None = None,
    width: int = WIDTH,
) -> Any:
    """An Altair chart of an answer of `timeline`.

    `by` is `kind` or `party` (a line a group) or `event` (a line an event, with its words); by default events where
    they are few enough to be read, else kinds. `since` and `until` keep the events that may lie in that half-open
    period. InputError for another kind of answer, UnknownName for another way to group, DateError for an empty period.
    """
    import altair as alt

    whole = needs(answer, "timeline", HOW)
    start, end = _day(since, "start"), _day(until, "end")
    if start and end and end <= start:
        raise DateError(f"the period ends on {end}, not after its start {start}", remedy="give a later end")
    table = [r for r in rows(whole) if _inside(r, start, end)]
    if not table:
        raise DateError("no event in that period", remedy="give a wider one")
    by = by or ("event" if len(table) <= MOST_NAMED else "kind")
    if by not in BY:
        raise UnknownName("way to group a timeline", by, BY)
    if by == "event" and len(table) > 4 * MOST_NAMED:
        by = "kind"
    first = start or min(date.fromisoformat(r["at"]) for r in table) - timedelta(days=120)
    last = end or max(date.fromisoformat(r["last"] or r["at"]) for r in table) + timedelta(days=120)
    for r in table:
        r["group"] = (
            r["kind"] if by == "kind" else r["party"] if "," not in r["party"] and " " not in r["party"] else SEVERAL
        )
        r["group"] = TOGETHER if r["group"] == "parties" and by == "party" else r["group"]
    for r in table:  # what is drawn: an open end runs to the edge of the picture
        r["from"] = max(r["first"] or first.isoformat(), first.isoformat())
        r["to"] = min(r["last"] or last.isoformat(), last.isoformat())
        r["spot"] = r["from"] if r["first"] else r["to"]
    lines = _lines(table, by, (last - first).days / width)
    drawn = _drawn(alt, table, lines, by, (first, last), width)
    party = whole.data.get("party")
    head = f"What was done to {treaty_of(whole)}{f', {party}' if party else ''}"
    head += f", {first} to {last}" if since or until else ""
    return finished(drawn.properties(title=title(alt, head, _told(whole, table), 145)), rows=table, lines=lines)


def _day(value: date | str | None, what: str) -> date | None:
    return value if value is None or isinstance(value, date) else parse_day(value, what=what)


def _inside(r: Mapping[str, Any], since: date | None, until: date | None) -> bool:
    after = since is None or r["last"] is None or r["last"] >= since.isoformat()
    return after and (until is None or (r["first"] or r["at"]) < until.isoformat())


def _told(whole: Answer[Any], table: list[dict[str, Any]]) -> list[str]:
    effects, contested = sum(r["effect"] for r in table), sum(r["contested"] for r in table)
    spans = sum(r["span"] for r in table)
    lines = [
        f"{len(table)} acts and effects: {effects} computed by the terms of the instrument, {contested} contested,"
        f" {spans} without a known day (drawn as the span it may lie in)",
    ]
    if any(r["recalled"] for r in table):
        lines.append("RECALLED: the grey acts are from memory, not seen in a source")
    return [*lines, source_line([whole.node.because[r["n"]] for r in table])]


def _lines(table: list[dict[str, Any]], by: str, days_a_pixel: float) -> list[dict[str, Any]]:
    """Give every event its height `y` (0 at the top, one lane a unit) and return the lines with name and centre.

    Events of a line that would overlap go to further lanes below each other, so that none hides another.
    """
    if by == "event":
        for n, r in enumerate(table):
            r["y"] = float(n)
        return [{"name": "", "y": float(r["y"]), "top": r["y"] - 0.5, "n": n} for n, r in enumerate(table)]
    order = list(dict.fromkeys(r["group"] for r in sorted(table, key=lambda r: r["at"])))
    if by == "party":
        order.sort(key=lambda name: (name not in (TOGETHER, SEVERAL), name))
    near = 11 * days_a_pixel
    lines, base = [], 0
    for n, name in enumerate(order):
        ends: list[float] = []
        for r in (r for r in table if r["group"] == name):
            begin = date.fromisoformat(r["from"]).toordinal()
            lane = next((i for i, free in enumerate(ends) if free <= begin), len(ends))
            if lane == len(ends):
                ends.append(0)
            ends[lane] = date.fromisoformat(r["to"]).toordinal() + near
            r["y"] = base + lane + 0.0
        count = sum(r["group"] == name for r in table)
        lines.append({"name": f"{name} ({count})", "y": base + (len(ends) - 1) / 2, "top": base - 0.75, "n": n})
        base += len(ends) + 1
    return lines


def _drawn(
    alt: Any, table: list[dict[str, Any]], lines: list[dict[str, Any]], by: str, period: tuple[date, date], width: int
) -> Any:
    lane = LANE if by != "event" else LANE + 5
    depth = max(r["y"] for r in table)
    down = alt.Scale(domain=[depth + 1, -1], nice=False)
    time = alt.Scale(type="utc", domain=[period[0].isoformat(), period[1].isoformat()], nice=False)
    marks = [m for m in MARKS if any(r["mark"] == m for r in table)]
    hue = alt.Color(
        "mark:N",
        scale=alt.Scale(domain=marks, range=[MARKS[m][0] for m in marks]),
        title=None,
        legend=alt.Legend(symbolOpacity=1, orient="top", direction="horizontal", labelLimit=260),
    )
    shape = alt.Shape("mark:N", scale=alt.Scale(domain=marks, range=[MARKS[m][1] for m in marks]), title=None)
    tips = [alt.Tooltip(f"{k}:N") for k in ("when", "kind", "party", "what", "contested_by", "cite")]
    axis = alt.Axis(
        orient="top",
        format="%Y" if (period[1] - period[0]).days > 900 else "%b %Y",
        tickCount=12 if by != "event" else 6,
    )
    y = alt.Y("y:Q", scale=down, axis=None)
    base = table_of(alt)
    spans = base.transform_filter("datum.span").mark_rule(strokeWidth=5, opacity=0.4, strokeCap="round")
    spans = spans.encode(x=alt.X("from:T", scale=time, axis=axis, title=None), x2="to:T", y=y, color=hue, tooltip=tips)
    points = base.mark_point(filled=True, size=48, opacity=0.95, stroke="white", strokeWidth=0.6).encode(
        x=alt.X("spot:T", scale=time, axis=axis, title=None), y=y, color=hue, shape=shape, tooltip=tips
    )
    arrows = base.transform_filter("!isValid(datum.last)").mark_text(text="→", align="left", dx=1, fontSize=13)
    arrows = arrows.encode(x=alt.X("to:T", scale=time), y=y, color=hue)
    edges = table_of(alt, "lines")
    layers = [spans, points, arrows]
    if by == "event":
        told = base.transform_calculate(told=f"datum.when + '  ' + datum.party + ': ' + truncate(datum.what, {WORDS})")
        layers.append(
            told.mark_text(align="left", fontSize=10, dx=0).encode(
                x=alt.value(width // 2 + 16), y=y, text="told:N", color=hue
            )
        )
        layers.insert(0, edges.mark_rule(color="#EEEEEE").encode(y=y))
    else:
        names = edges.mark_text(align="right", dx=-8, fontSize=11).encode(x=alt.value(0), y=y, text="name:N")
        parts = edges.mark_rule(color="#DDDDDD").encode(y=alt.Y("top:Q", scale=down, axis=None))
        layers = [parts, *layers, names]
    return alt.layer(*layers).properties(width=width if by != "event" else width // 2, height=lane * (depth + 2))
