"""Headroom by zone: what may be held and what is held in each nested zone, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from servanda.charts.parts import (
    BLACK,
    FRESH,
    STALE,
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
from servanda.model.vocabulary import LimitNature, Scope

HOW = "ask treaty.assess(on=...) first"
STEP, WIDTH = 24, 330


def rows(answer: Answer[Any]) -> list[dict[str, Any]]:
    """One row a verdict on a ceiling of a group over a zone: bounds and ceiling in items, room in words.

    Nested zones come first, the widest above, then those that stand apart; `None` is not known, never drawn as zero.
    """
    ceilings = [v for v in answer.value if v.limit.scope is Scope.GROUP and v.limit.nature is LimitNature.LEGAL]
    kept = [v for v in ceilings if not v.limit.temporary]
    outer = {v.limit.within for v in kept}
    chain = {v.limit.zone for v in kept if v.limit.within or v.limit.id in outer}
    widest: dict[tuple[str, str], int] = {}
    for v in kept:
        place = (v.limit.category, v.limit.zone)
        widest[place] = max(widest.get(place, 0), v.bound)

    def order(v: Verdict) -> tuple[bool, int, str, int]:
        # nested zones first, each with all its postures; those that stand apart below them
        return v.limit.zone not in chain, -widest[v.limit.category, v.limit.zone], v.limit.zone, -v.bound

    return [_row(v) for v in sorted(kept, key=order)]


def _row(v: Verdict) -> dict[str, Any]:
    least, most = v.headroom_range
    return {
        "panel": f"{plain(v.limit.category)}, {v.scope}",
        "id": v.id,
        "row": f"{v.limit.zone}, {plain(v.posture)}",
        "zone": v.limit.zone,
        "posture": v.posture,
        "category": v.limit.category,
        "scope": v.scope,
        "low": v.low,
        "high": v.high,
        "open": v.low is not None and v.high is None,
        "gap": v.low is None and v.high is None,
        "bound": v.bound,
        "verdict": plain(v.verdict.value),
        "room": _room(v, least, most),
        "as_of": v.snapshot_date.isoformat() if v.snapshot_date else None,
        "age": STALE if v.stale else FRESH,
        "recalled": v.recalled,
        "synthetic": any(r.provenance == "synthetic" for r in v.records),
        "in_law": v.in_law,
    }


def _room(v: Verdict, least: int | None, most: int | None) -> str:
    if least is None and most is None:
        return "no figure"
    if v.low == v.high and least is not None:
        return f"{least:,} of room" if least >= 0 else f"{-least:,} over"
    if most is not None and most < 0:
        return f"{-most:,} over or more"
    if least is None:
        return f"no upper bound; room {most:,} at most"
    if least < 0:
        return f"{-least:,} over to {most:,} of room"
    return f"{least:,} to {most:,} of room"


def headroom(answer: Any, *, categories: Iterable[str] = (), scopes: Iterable[str] = (), width: int = WIDTH) -> Any:
    """An Altair chart of an answer of `assess`: a line of panels a category, a panel a group, a bar a zone.

    InputError for an answer of another kind or without ceilings of groups; UnknownName for a category or scope that
    the answer does not have.
    """
    import altair as alt

    whole = needs(answer, "assess", HOW)
    table = rows(whole)
    if not table:
        raise InputError("no ceiling of a group among these verdicts", remedy="ask for the limits on groups")
    for what, wanted in (("category", [*categories]), ("scope", [*scopes])):
        known = tuple(dict.fromkeys(r[what] for r in table))
        for word in wanted:
            if word not in known:
                raise UnknownName(what, word, known[:6])
        if wanted:
            table = [r for r in table if r[what] in wanted]
    colour, shape = verdict_scales(alt, (r["verdict"] for r in table if not r["gap"]))
    lines: list[Any] = []
    for category in dict.fromkeys(r["category"] for r in table):
        own = [r for r in table if r["category"] == category]
        order = list(dict.fromkeys(r["row"] for r in own))
        top = top_of(n for r in own for n in (r["low"], r["high"], r["bound"]))
        panels = dict.fromkeys(r["panel"] for r in own)
        lines.extend(_panel(alt, name, order, top, colour, shape, width) for name in panels)
    head = f"{marked(whole)}Headroom by zone, {name_of(whole)}, {whole.data['on']}"
    columns = len(dict.fromkeys(r["scope"] for r in table))
    chart = alt.concat(*lines, columns=columns, spacing=14).properties(
        title=title(alt, head, _told(whole, table), 85 if columns == 1 else 150)
    )
    return finished(chart, rows=table)


def _told(whole: Answer[Any], table: list[dict[str, Any]]) -> list[str]:
    days = sorted({r["as_of"] for r in table if r["as_of"]})
    asked = ", asked before the limits apply" if whole.data.get("prospective") else ""
    lines = [
        "items; bar: least to greatest number the record allows; black tick: ceiling; nested zones widest first, then those apart",
        f"figures as of {', '.join(days) or 'no day'}; counted: {whole.data['count']}, groups by {whole.data['groups']}{asked}"
        + ("" if all(r["in_law"] for r in table) else "; no article says so"),
    ]
    if any(r["recalled"] for r in table):
        lines.append("RECALLED: some of these figures are from memory, not seen in a source")
    if any(r["synthetic"] for r in table):
        lines.append("SYNTHETIC: some of these figures are made up")
    keys = {(r["id"], r["scope"]) for r in table}
    drawn = [n for v, n in zip(whole.value, whole.node.because, strict=True) if (v.id, v.scope) in keys]
    return [*lines, source_line(drawn)]


def _panel(
    alt: Any,
    name: str,
    order: list[str],
    top: float,
    colour: Any,
    shape: Any,
    width: int,
) -> Any:
    across = alt.Scale(domain=[0, top], nice=False)
    axis = alt.Axis(format=",d", tickCount=5)
    down = alt.Y("row:N", sort=order, title=None, scale=alt.Scale(domain=order))
    hue = alt.Color("verdict:N", scale=colour, title="verdict", legend=alt.Legend(symbolOpacity=1))
    age = alt.Opacity("age:N", scale=alt.Scale(domain=[FRESH, STALE], range=[0.75, 0.3]), title="figures")
    names = ("id", "scope", "low", "high", "bound", "room", "verdict", "as_of", "age")
    tips = [alt.Tooltip(f"{n}:N") for n in names]
    base = table_of(alt, panel=name)
    known = base.transform_filter("isValid(datum.low) && isValid(datum.high)")
    bar = known.mark_bar(height=10).encode(
        x=alt.X("low:Q", scale=across, axis=axis, title=None), x2="high:Q", y=down, color=hue, opacity=age, tooltip=tips
    )
    ends = [
        base.transform_filter(f"isValid(datum.{end})")
        .mark_point(filled=True, size=46, opacity=1)
        .encode(
            x=alt.X(f"{end}:Q", scale=across),
            y=down,
            color=hue,
            shape=alt.Shape("verdict:N", scale=shape, title="verdict"),
            tooltip=tips,
        )
        for end in ("low", "high")
    ]
    open_end = base.transform_filter("datum.open")
    above = open_end.mark_bar(height=10, opacity=0.3).encode(
        x=alt.X("low:Q", scale=across), x2=alt.datum(top), y=down, color=hue
    )
    arrow = open_end.mark_text(text="▶", align="right").encode(x=alt.value(width), y=down)
    tick = base.mark_tick(color=BLACK, thickness=2.5, size=19).encode(x=alt.X("bound:Q", scale=across), y=down)
    room = base.mark_text(align="left", dx=4, fontSize=9.5, color="#333333").encode(
        x=alt.value(width), y=down, text="room:N"
    )
    return alt.layer(bar, above, *ends, arrow, tick, room).properties(
        width=width, height={"step": STEP}, title=alt.Title(text=name, anchor="start", fontSize=12)
    )
