"""Holdings against a ceiling over time: what was held as a band, the ceiling as a line from the day it applies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from servanda.charts.parts import (
    BLACK,
    FRESH,
    STALE,
    VERDICTS,
    finished,
    marked,
    name_of,
    needs,
    plain,
    source_line,
    table_of,
    title,
    top_of,
    verdict_scales,
)
from servanda.model.answer import Answer
from servanda.model.errors import InputError, UnknownName
from servanda.model.results import Verdict

MOST_PANELS = 8
WIDTH, HEIGHT = 640, 190
HOW = "ask treaty.changes(since=..., until=..., limits=(...,)) first"


def rows(answer: Answer[Any]) -> list[dict[str, Any]]:
    """One row a verdict: the stretch `[on, until)` it stands for, bounds in items (None where not known), ceiling.

    `open` is true where there is a least number and no greatest; `gap` where there is no figure at all. Neither end is
    ever put at zero for want of a figure. `mark` is true where figures or verdict differ from the stretch before.
    """
    last = str(answer.data["to"])
    steps = answer.value
    found: list[dict[str, Any]] = []
    before: dict[tuple[str, str, str], tuple[Any, ...]] = {}
    lanes: dict[tuple[str, str, str], int] = {}  # labels of the days stand in two lanes, or close ones would overlap
    for n, (on, verdicts) in enumerate(steps):
        until = steps[n + 1][0].isoformat() if n + 1 < len(steps) else last
        for v in verdicts:
            row = _row(v, on, until)
            key = (v.id, v.scope, v.posture)
            face = tuple(row[k] for k in ("low", "high", "verdict", "snapshot"))
            row["mark"] = before.get(key) != face
            row["last"] = n + 1 == len(steps)
            fresh = before.get(key, (None,) * 4)[3] != row["snapshot"] and row["snapshot"] is not None
            row["told"] = f"as of {row['as_of']}" if fresh else None
            row["lane"] = 1 - lanes.get(key, 1) if fresh else None
            if fresh:
                lanes[key] = row["lane"]
            before[key] = face
            found.append(row)
    return _thinned(found)


MOST_DAYS = 12  # labels of days that two lanes over one panel hold


def _thinned(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with no more labels a panel than fit: of many days only every second, third, ... keeps its own."""
    told: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        if row["told"] is not None:
            told.setdefault(row["panel"], []).append(row)
    for labelled in told.values():
        step = -(-len(labelled) // MOST_DAYS)
        for at, row in enumerate(labelled):
            row["told"] = row["told"] if at % step == 0 else None
            row["lane"] = at // step % 2 if at % step == 0 else None
    return found


def _row(v: Verdict, on: date, until: str) -> dict[str, Any]:
    applies = v.applies_from is not None and v.applies_from <= on
    return {
        "panel": f"{v.id}, {v.scope}",
        "id": v.id,
        "scope": v.scope,
        "posture": v.posture,
        "on": on.isoformat(),
        "until": until,
        "low": v.low,
        "high": v.high,
        "open": v.low is not None and v.high is None,
        "gap": v.low is None and v.high is None,
        "bound": v.bound,
        "ceiling": "ceiling" if applies else "ceiling, not yet applying",
        "verdict": plain(v.verdict.value),
        "snapshot": v.snapshot,
        "as_of": v.snapshot_date.isoformat() if v.snapshot_date else None,
        "age": STALE if v.stale else FRESH,
        "recalled": v.recalled,
        "synthetic": any(r.provenance == "synthetic" for r in v.records),
        "in_law": v.in_law,
    }


def holdings(
    answer: Any, *, scopes: Iterable[str] = (), postures: Iterable[str] = (), width: int = WIDTH, height: int = HEIGHT
) -> Any:
    """An Altair chart of an answer of `changes`: one panel a limit and scope.

    `scopes` and `postures` keep some of them. InputError for an answer of another kind or with too many panels;
    UnknownName for a scope or posture that the answer does not have.
    """
    import altair as alt

    whole = needs(answer, "assess_period", HOW)
    table = rows(whole)
    for what, wanted in (("scope", [*scopes]), ("posture", [*postures])):
        known = tuple(dict.fromkeys(r[what] for r in table))
        for word in wanted:
            if word.lower() not in {k.lower() for k in known}:
                raise UnknownName(what, word, known[:6])
        if wanted:
            table = [r for r in table if r[what].lower() in {w.lower() for w in wanted}]
    panels = list(dict.fromkeys(r["panel"] for r in table))
    if not panels or len(panels) > MOST_PANELS:
        raise InputError(
            f"{len(panels)} limits and scopes to draw, {MOST_PANELS} at most and one at least",
            remedy="ask for one limit, or name scopes",
        )
    colour, shape = verdict_scales(alt, (r["verdict"] for r in table if not r["gap"]))
    drawn = [_panel(alt, [r for r in table if r["panel"] == p], p, whole, colour, shape, width, height) for p in panels]
    head = f"{marked(whole)}Holdings against the ceiling, {name_of(whole)}, {whole.data['from']} to {whole.data['to']}"
    chart = alt.vconcat(*drawn, spacing=14).properties(title=title(alt, head, _told(whole, table)))
    return finished(chart, rows=table)


def _told(whole: Answer[Any], table: list[dict[str, Any]]) -> list[str]:
    groups, count = whole.data["groups"], whole.data["count"]
    lines = [
        "items; a band runs from the least to the greatest number the record allows, a line where both are the same",
        f"counted: {count}, groups by {groups}" + ("" if all(r["in_law"] for r in table) else "; no article says so"),
    ]
    if any(r["open"] for r in table):
        lines.append("open: the record sets no upper bound, and the band has no end above")
    if any(r["recalled"] for r in table):
        lines.append("RECALLED: some of these figures are from memory, not seen in a source")
    if any(r["synthetic"] for r in table):
        lines.append("SYNTHETIC: some of these figures are made up")
    return [*lines, source_line((whole.node,))]


def _panel(
    alt: Any,
    table: list[dict[str, Any]],
    name: str,
    whole: Answer[Any],
    colour: Any,
    shape: Any,
    width: int,
    height: int,
) -> Any:
    top = top_of(n for r in table for n in (r["bound"], r["low"], r["high"]))
    if any(r["open"] for r in table):
        top *= 1.3  # room in which an open band can fade
    time = alt.Scale(type="utc", domain=[whole.data["from"], whole.data["to"]])
    span = {"x": alt.X("on:T", scale=time, title=None), "x2": "until:T"}
    level = alt.Scale(domain=[0, top], nice=False)
    axis = alt.Axis(format=",d", tickCount=5)
    hue = alt.Color("verdict:N", scale=colour, title="verdict", legend=alt.Legend(symbolOpacity=1))
    age = alt.Opacity("age:N", scale=alt.Scale(domain=[FRESH, STALE], range=[0.6, 0.22]), title="figures")
    tips = [
        alt.Tooltip(f"{k}:N")
        for k in ("panel", "on", "until", "low", "high", "bound", "verdict", "snapshot", "as_of", "age")
    ]
    base = table_of(alt, panel=name)
    known = base.transform_filter("isValid(datum.low) && isValid(datum.high)")
    open_end = base.transform_filter("datum.open")
    band = known.mark_rect().encode(
        **span,
        y=alt.Y("low:Q", scale=level, axis=axis, title="items"),
        y2="high:Q",
        color=hue,
        opacity=age,
        tooltip=tips,
    )
    ends = [
        base.transform_filter(f"isValid(datum.{end})")
        .mark_rule(strokeWidth=2)
        .encode(**span, y=alt.Y(f"{end}:Q", scale=level), color=hue, tooltip=tips)
        for end in ("low", "high")
    ]
    above = [
        open_end.transform_filter(alt.FieldEqualPredicate(field="verdict", equal=word))
        .mark_rect(color=_fading(alt, VERDICTS[word][0]))
        .encode(**span, y=alt.Y("low:Q", scale=level), y2=alt.datum(top), opacity=age, tooltip=tips)
        for word in dict.fromkeys(r["verdict"] for r in table if r["open"])
    ]
    said_open = open_end.transform_filter("datum.mark").mark_text(text="↑ open", align="left", dx=3, fontSize=10)
    said_open = said_open.encode(x=alt.X("on:T", scale=time), y=alt.value(10))
    gap = base.transform_filter("datum.gap && datum.mark")
    gap = gap.mark_text(text="no figure", align="left", dx=3, fontSize=10, color="#777777")
    gap = gap.encode(x=alt.X("on:T", scale=time), y=alt.value(height - 8))
    dash = alt.Scale(domain=["ceiling", "ceiling, not yet applying"], range=[[1, 0], [4, 4]])
    ceiling = base.mark_rule(color=BLACK, strokeWidth=2).encode(
        **span, y=alt.Y("bound:Q", scale=level), strokeDash=alt.StrokeDash("ceiling:N", scale=dash, title="ceiling")
    )
    label = base.transform_filter("datum.last").mark_text(align="left", dx=4, fontWeight="bold")
    label = label.encode(x=alt.value(width), y=alt.Y("bound:Q", scale=level), text=alt.Text("bound:Q", format=","))
    days = base.transform_filter("isValid(datum.told)")
    when = [
        days.transform_filter(f"datum.lane == {lane}")
        .mark_text(align="left", dx=2, fontSize=10, color="#333333")
        .encode(x=alt.X("on:T", scale=time), y=alt.value(-5 - 11 * lane), text="told:N")
        for lane in (0, 1)
    ]
    marks = base.transform_filter("datum.mark && isValid(datum.low)").transform_calculate(
        middle="isValid(datum.high) ? (datum.low + datum.high) / 2 : datum.low"
    )
    points = marks.mark_point(filled=True, size=75, opacity=1, stroke="white", strokeWidth=0.8, xOffset=6).encode(
        x=alt.X("on:T", scale=time),
        y=alt.Y("middle:Q", scale=level),
        color=hue,
        shape=alt.Shape("verdict:N", scale=shape, title="verdict"),
        tooltip=tips,
    )
    return alt.layer(band, *above, *ends, ceiling, label, points, *when, said_open, gap).properties(
        width=width, height=height, title=alt.Title(text=name, anchor="start", fontSize=12, offset=6)
    )


def _fading(alt: Any, colour: str) -> Any:
    """A filling that fades upward, for a band without an end."""
    stops = [alt.GradientStop(color=colour, offset=0), alt.GradientStop(color=f"{colour}00", offset=1)]
    return alt.LinearGradient(gradient="linear", x1=0, x2=0, y1=1, y2=0, stops=stops)
