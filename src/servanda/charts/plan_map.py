"""A season's plan on a map: objects by the chance of a visit, the trips of one schedule, points of entry.

The frame is that of the objects. Drawn with the shapes and the projection of the other maps.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import numpy as np

from servanda.charts.maps import BLUE, BORDER, GREY, LAND, ORANGE, PURPLE, RED, SEA, SHAPES, features_of, projected
from servanda.model.answer import Answer
from servanda.model.errors import InputError
from servanda.questions.inspect_plan import Plan
from servanda.verification.files import Target

BASE = (620, 540)  # the frame in which shapes are projected, in pixels
WIDTH, HEIGHT = 680, 560
ROOM = 0.12  # of the frame round the outermost object
LEAST = 30.0  # pixels of the base frame that the map shows at the least: some 300 kilometres
NAMED = 24  # objects of the schedule that have their name beside them; more would hide each other
VISITED, MAY, NEVER, ENTRY = "visited in this schedule", "may be visited", "not visited", "point of entry"
KINDS = {VISITED: RED, MAY: BLUE, NEVER: GREY, ENTRY: PURPLE}
SHAPED = {VISITED: "circle", MAY: "circle", NEVER: "circle", ENTRY: "triangle-up"}
TINTED = "#F6E9CF"


@dataclass(frozen=True, slots=True)
class PlanMap:
    """The figure: rows of objects and points of entry, lines of trips, and the words round it."""

    title: str
    subtitle: tuple[str, ...]
    foot: tuple[str, ...]
    marks: tuple[dict[str, Any], ...]
    lines: tuple[dict[str, Any], ...]
    tinted: frozenset[str]

    def spec(self) -> dict[str, Any]:
        """The figure as a Vega-Lite specification."""
        return dict(_chart(self).to_dict(validate=False))


def plan_map(answer: Answer[Plan]) -> PlanMap:
    """The map of a plan. InputError where no object of the list has coordinates."""
    plan, data = answer.value, answer.data
    placed = {t.site.id: t for t in plan.targets if t.site.latitude is not None and t.site.longitude is not None}
    if not placed:
        raise InputError("no object has coordinates", remedy="fill in the columns latitude and longitude")
    trip_of = {name: k for k, trip in enumerate(data["schedule"], 1) for name in trip["sites"]}
    chance = {s["site"]: s["coverage"] for s in data["sites"]}
    entries = _entries(plan.targets)
    marks = [_mark(t, chance[name], trip_of.get(name)) for name, t in placed.items()]
    used = {(t["territory"], t["point_of_entry"]) for t in data["schedule"]}
    marks += [
        {"name": name, "kind": ENTRY, "lat": at[0], "lon": at[1], "size": 110.0, "told": f"point of entry of {ground}",
         "label": name if (ground, name) in used else ""}
        for (ground, name), at in entries.items()
    ]  # fmt: skip
    lines = [row for k, trip in enumerate(data["schedule"], 1) for row in _route(k, trip, placed, entries)]
    return PlanMap(
        title=f"Plan of inspections, {data['period'].replace('_', ' ')}",
        subtitle=(
            f"{data['inspections']} inspections in {len(data['schedule'])} trips of one schedule (seed {data['seed']}); "
            f"plan: {data['aim']}",
            ("SYNTHETIC, not history; " if any(t.synthetic for t in plan.targets) else "")
            + "larger: visited with a greater chance; dashed: trips",
            *_missing(plan, placed, entries),
        ),
        foot=(
            "Trips are straight lines in the order of visit, from and to the point of entry where its place is given; no roads.",
            f"Quotas: {'; '.join(dict.fromkeys(b.cite for b in plan.game.budgets if b.cite))}. "
            "Objects: the list given.",
            SHAPES,
        ),
        marks=tuple(marks),
        lines=tuple(lines),
        tinted=frozenset(t.site.territory for t in placed.values()),
    )


def _mark(target: Target, chance: float, trip: int | None) -> dict[str, Any]:
    site = target.site
    kind = VISITED if trip is not None else MAY if chance > 0 else NEVER
    told = f"object of {site.owner}; visited with a chance of {chance:.0%}" + (f"; trip {trip}" if trip else "")
    return {
        "name": site.id,
        "kind": kind,
        "lat": site.latitude,
        "lon": site.longitude,
        "size": 25.0 + 110.0 * chance,
        "told": told,
        "label": site.id if trip is not None else "",
    }


def _entries(targets: tuple[Target, ...]) -> dict[tuple[str, str], tuple[float, float]]:
    """Points of entry whose place is given, by territory and name."""
    found: dict[tuple[str, str], tuple[float, float]] = {}
    for target in targets:
        for name, at in zip(target.site.points, target.site.points_at, strict=False):
            if at is not None:
                found.setdefault((target.site.territory, name), at)
    return found


def _route(
    number: int, trip: dict[str, Any], placed: dict[str, Target], entries: dict[tuple[str, str], tuple[float, float]]
) -> list[dict[str, Any]]:
    """A trip as points of a line, from the point of entry over its objects and back."""
    stops = [(placed[n].site.latitude, placed[n].site.longitude) for n in trip["sites"] if n in placed]
    door = entries.get((trip["territory"], trip["point_of_entry"]))
    if door is not None:
        stops = [door, *stops, door]
    if len(stops) < 2:
        return []
    return [{"trip": f"trip {number}", "step": i, "lat": lat, "lon": lon} for i, (lat, lon) in enumerate(stops)]


def _missing(plan: Plan, placed: dict[str, Target], entries: dict[tuple[str, str], tuple[float, float]]) -> list[str]:
    words = []
    without = len(plan.targets) - len(placed)
    if without:
        words.append(f"{without} of {len(plan.targets)} objects have no coordinates and are not drawn")
    if not entries:
        words.append("where points of entry lie is not given (column points_at)")
    return words


def _flat(rows: tuple[dict[str, Any], ...]) -> list[dict[str, Any]]:
    """Rows with their place in the pixels of the base frame."""
    if not rows:
        return []
    xy = projected(np.array([(float(r["lon"]), float(r["lat"])) for r in rows]), *BASE)
    return [{**r, "x": round(float(x), 2), "y": round(float(y), 2)} for r, (x, y) in zip(rows, xy, strict=True)]


def _frame(marks: list[dict[str, Any]]) -> tuple[float, float, float]:
    """Scale and shift that bring the objects into the frame."""
    x, y = np.array([m["x"] for m in marks]), np.array([m["y"] for m in marks])
    wide, high = max(float(np.ptp(x)), LEAST), max(float(np.ptp(y)), LEAST)
    scale = min(WIDTH * (1 - 2 * ROOM) / wide, HEIGHT * (1 - 2 * ROOM) / high)
    middle = (float(x.max() + x.min()) / 2, float(y.max() + y.min()) / 2)
    return scale, WIDTH / 2 - scale * middle[0], HEIGHT / 2 - scale * middle[1]


def _chart(figure: PlanMap) -> Any:
    import altair as alt

    marks = _flat(figure.marks)
    scale, right, down = _frame(marks)
    shapes = {k: f for k, f in features_of("region", *BASE).items() if "-" not in k}
    ground = [{**f, "properties": {"fill": TINTED if k in figure.tinted else LAND}} for k, f in shapes.items()]
    land = (
        alt.Chart(alt.Data(values=ground))
        .mark_geoshape(stroke=BORDER, strokeWidth=0.5, clip=True)
        .encode(fill=alt.Fill("properties.fill:N", scale=None))
    )
    place = {"longitude": "x:Q", "latitude": "y:Q"}
    lines = (
        alt.Chart(alt.Data(values=_flat(figure.lines)))
        .mark_line(color=ORANGE, strokeWidth=1.6, strokeDash=[5, 3], clip=True)
        .encode(**place, detail="trip:N", order="step:Q", tooltip=[alt.Tooltip("trip:N", title="trip")])
    )
    used = [k for k in KINDS if any(m["kind"] == k for m in marks)]
    kind = {
        "color": alt.Color("kind:N", title="objects", scale=alt.Scale(domain=used, range=[KINDS[k] for k in used])),
        "shape": alt.Shape("kind:N", title="objects", scale=alt.Scale(domain=used, range=[SHAPED[k] for k in used])),
    }
    order = sorted(marks, key=lambda m: (m["kind"] in (VISITED, ENTRY), m["size"]))
    points = (
        alt.Chart(alt.Data(values=order))
        .mark_point(filled=True, opacity=0.9, stroke="#FFFFFF", strokeWidth=0.5, clip=True)
        .encode(
            **place,
            **kind,
            size=alt.Size("size:Q", scale=None, legend=None),
            tooltip=[alt.Tooltip("name:N", title="where"), alt.Tooltip("told:N", title="told")],
        )
    )
    layers = [land, lines, points]
    named = [
        m for m in marks if m["label"] and (m["kind"] == ENTRY or sum(r["kind"] == VISITED for r in marks) <= NAMED)
    ]
    if named:
        layers.append(
            alt.Chart(alt.Data(values=named))
            .mark_text(
                align="left", dx=7, dy=-5, fontSize=10, color="#222222", stroke="#FFFFFF", strokeWidth=0.2, clip=True
            )
            .encode(**place, text="label:N")
        )
    whole = (
        alt.layer(*layers)
        .project("identity", scale=scale, translate=[right, down])
        .properties(width=WIDTH, height=HEIGHT, view=alt.ViewBackground(fill=SEA, stroke="#B9C6CE"))
    )
    foot = [w for line in figure.foot for w in wrap(line, 118)]
    notes = (
        alt.Chart(alt.Data(values=[{}]))
        .mark_text(align="left", baseline="top", x=0, y=0, fontSize=10, color="#555555", text=foot, lineHeight=13)
        .properties(width=WIDTH, height=13 * len(foot), view=alt.ViewBackground(fill=None, stroke=None))
    )
    title = alt.Title(
        text=figure.title, subtitle=list(figure.subtitle), anchor="start", fontSize=15, subtitleFontSize=11, offset=10
    )
    return (
        alt.vconcat(whole, notes, spacing=8).properties(title=title).configure_legend(labelLimit=260, symbolOpacity=1)
    )
