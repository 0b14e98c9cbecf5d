"""Maps made from answers: zones, standings, duties toward a state, verdicts and headroom, reach.

One answer makes one map; several, of different days, a series of small maps. Equal-area projection centred on Europe. A
party whose land lies outside the frame (the United States, Canada) is a square at the side. Shapes are projected and
clipped here, so that a figure of several maps draws in a second and its page stays small.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from textwrap import wrap
from typing import Any

from servanda.geography.shapes import DRAWN, Shapes, today
from servanda.model.answer import Answer
from servanda.model.errors import InputError

SHAPES = "Shapes: Natural Earth (public domain), present-day borders."
RECORD = "Record: Servanda corpus; acts, articles and sources are in the answer."
CENTRE = (22.0, 54.0)  # of the projection
AROUND = (-60.0, 18.0, 110.0, 85.0)  # what can come into the frame; the projection tears what lies opposite
ECCENTRICITY = 0.0818191908426
LAND, SEA, BORDER = "#DEDEDE", "#EAF2F8", "#5A5A5A"
MOST = 12  # small maps in a figure
# Okabe and Ito's palette: told apart with every common colour blindness, and in print
ORANGE, SKY, GREEN, YELLOW = "#E69F00", "#56B4E9", "#009E73", "#F0E442"
BLUE, RED, PURPLE, GREY, BLACK = "#0072B2", "#D55E00", "#CC79A7", "#999999", "#000000"
# of zones, smallest first
OTHERS = (RED, ORANGE, YELLOW, SKY, GREEN, BLUE, PURPLE)
STANDINGS = {
    "in force": BLUE,
    "provisional": SKY,
    "notice given": PURPLE,
    "suspended": ORANGE,
    "withdrawn": RED,
    "terminated": "#7A4A00",
    "contracting": YELLOW,
    "signatory": GREEN,
    "proposed": "#C8C8F0",
    "unknown": GREY,
}
OWES, NOT_OWED, NOT_KNOWN = "owes it", "does not owe it", "not known"
SELF, SELF_NOT, SELF_OUT = "the state itself", "the state itself, owed to nobody", "the state itself, no party"
DUTY = {OWES: BLUE, NOT_OWED: ORANGE, NOT_KNOWN: GREY, SELF: BLACK, SELF_NOT: PURPLE, SELF_OUT: "#FFFFFF"}
VERDICTS = {
    "exceeded": RED,
    "inconsistent": PURPLE,
    "undetermined": YELLOW,
    "within": BLUE,
    "no data": GREY,
    "not applicable": "#FFFFFF",
}
ROOM = {
    "over the ceiling": RED,
    "0 to 10 % left": ORANGE,
    "10 to 30 % left": SKY,
    "more than 30 % left": BLUE,
    "not known": GREY,
}
REACHED = {"all": RED, "part": ORANGE, "none": SKY, "the territory": BLACK}


@dataclass(frozen=True, slots=True)
class Panel:
    """One small map: its day, and shape id -> word of the legend. `told` adds words to a shape's tooltip."""

    on: str
    words: Mapping[str, str]
    told: Mapping[str, str]

    @staticmethod
    def of_states(on: str, words: Mapping[str, str], told: Mapping[str, str]) -> Panel:
        """A map of states by code; one that is no more is drawn as the states on its ground today."""
        ground = {s: code for code in words for s in today(code, on)}
        return Panel(
            on,
            {s: words[code] for s, code in ground.items()},
            {
                s: f"{'' if s == code else f'ground of {code}; '}{told.get(code, '')}".strip("; ")
                for s, code in ground.items()
            },
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """All of a figure: title, lines under it, the layer of shapes, the legend with its colours, the panels, the foot."""

    title: str
    subtitle: tuple[str, ...]
    layer: str
    colours: Mapping[str, str]
    legend: str
    panels: tuple[Panel, ...]
    foot: tuple[str, ...]

    def chart(self) -> Any:
        """The figure as an Altair chart, which a notebook user can change."""
        chart, held = _drawn(self)
        chart["datasets"] = held
        return chart

    def spec(self) -> dict[str, Any]:
        """The same as a Vega-Lite specification; quicker, since the shapes need no translation."""
        chart, held = _drawn(self)
        return {**chart.to_dict(validate=False), "datasets": held}

    def geojson(self) -> dict[str, Any]:
        """The coloured shapes as GeoJSON (longitude and latitude, drawing detail), a feature a shape and day."""
        from shapely.geometry import mapping

        shapes = Shapes.load(self.layer, DRAWN)
        features = [
            {
                "type": "Feature",
                "properties": {"id": k, "name": shapes.get(k).name, "on": p.on, "word": w, "told": p.told.get(k)},
                "geometry": mapping(shapes.get(k).geometry),
            }
            for p in self.panels
            for k, w in p.words.items()
            if k in shapes
        ]
        told = {"title": self.title, "subtitle": list(self.subtitle), "legend": self.legend, "foot": list(self.foot)}
        return {"type": "FeatureCollection", "features": features, **told}


def zones(answers: Sequence[Answer[Any]]) -> Picture:
    """Answers of `zones`: each block in the colour of the smallest mapped zone that holds it.

    Mapped are the zones that have a colour of their own; where an instrument has none of them, its largest zones.
    """
    sizes = {z["zone"]: z["km2"] for a in answers for z in a.data["zones"]}
    own = sorted({(z["map_order"], z["zone"]) for a in answers for z in a.data["zones"] if z["map_order"] is not None})
    colours = dict(zip((zone for _, zone in own), OTHERS, strict=False))
    if not colours:
        largest = sorted(sizes, key=lambda z: -sizes[z])[: len(OTHERS)]
        colours = dict(zip(reversed(largest), OTHERS, strict=False))
    panels = []
    for answer in answers:
        blocks = {z["zone"]: z["blocks"] for z in answer.data["zones"]}
        words: dict[str, str] = {}
        told: dict[str, str] = {}
        for zone in colours:  # smallest first
            for block in blocks.get(zone, ()):
                words.setdefault(block["block"], zone)
                told[block["block"]] = block["name"]
        panels.append(Panel(answer.data["on"], words, told))
    return Picture(
        title=f"Zones of {_called(answers)}{_on(answers)}",
        subtitle=(
            f"each block in the colour of the first of these zones that holds it: {', '.join(colours)}",
            "ground of states not bound on the day is grey",
        ),
        layer="block",
        colours=colours,
        legend="zone",
        panels=tuple(panels),
        foot=(SHAPES, *dict.fromkeys(a.data["map_note"] for a in answers if a.data["map_note"]), RECORD),
    )


def standing(answers: Sequence[Answer[Any]]) -> Picture:
    """Answers of `standing`: who is bound, in the reading of the answers."""
    panels, contested = [], False
    for answer in answers:
        rows = [p for p in answer.document.parties if p.standing.value not in ("none", "succeeded")]
        words = {p.party: p.standing.value.replace("_", " ") for p in rows}
        told = {p.party: "contested" if p.contested else "" for p in rows}
        contested |= any(p.contested for p in rows)
        panels.append(Panel.of_states(str(_told(answer, "on")), words, told))
    used = {w for p in panels for w in p.words.values()}
    notes = ["grey: takes no part"]
    if contested:
        notes.append("some standings are contested: other readings differ")
    return Picture(
        title=f"Standing under {_called(answers)}{_on(answers)}",
        subtitle=(_reading(answers), "; ".join(notes)),
        layer="region",
        colours={k: v for k, v in STANDINGS.items() if k in used},
        legend="standing",
        panels=tuple(panels),
        foot=(SHAPES, RECORD),
    )


def toward(answers: Sequence[Answer[Any]], state: str, name: str | None = None) -> Picture:
    """Answers of `obligations`: who owes a state (by code) the kind of duty, and whether it owes it to anybody itself.

    InputError where the state is a party on none of the days.
    """
    who = name or state
    panels, caveats = [], dict[str, None]()
    for answer in answers:
        parties, owes = answer.data["parties"], answer.data["owes"]
        words = {state: SELF_OUT}
        if state in parties:
            at = parties.index(state)
            names = {True: OWES, False: NOT_OWED, None: NOT_KNOWN}
            words = {p: names[row[at]] for p, row in zip(parties, owes, strict=True)}
            own = [v for p, v in zip(parties, owes[at], strict=True) if p != state]
            words[state] = SELF_NOT if own and not any(v is not False for v in own) else SELF
        caveats.update(dict.fromkeys(answer.data["caveats"]))
        panels.append(Panel.of_states(answer.data["on"], words, {}))
    if not any(state in a.data["parties"] for a in answers):
        days = ", ".join(a.data["on"] for a in answers)
        raise InputError(f"{who} is not a party to {_called(answers)} on {days}", remedy="name a party of that day")
    used = {w for p in panels for w in p.words.values()}
    kind = answers[0].data["kind"]
    return Picture(
        title=f"{kind.capitalize()}: who owes it to {who}{_on(answers)}",
        subtitle=(
            f"{_called(answers).removeprefix('the ')}; {_reading(answers)}",
            "grey: takes no part",
            *list(caveats)[:1],
        ),
        layer="region",
        colours={k: v for k, v in DUTY.items() if k in used},
        legend=f"{kind} toward {who}",
        panels=tuple(panels),
        foot=(SHAPES, RECORD),
    )


def verdicts(answers: Sequence[Answer[Any]], *, category: str | None = None) -> Picture:
    """Answers of `assess` on one limit: every state, or member of a group, in the colour of its verdict."""
    panels = []
    for answer in answers:
        held = _held(answer, category)
        words = {p: v["verdict"].replace("_", " ") for p, v in held.items()}
        panels.append(Panel.of_states(answer.data["on"], words, {p: _figures(v) for p, v in held.items()}))
    used = {w for p in panels for w in p.words.values()}
    return Picture(
        title=f"{_limit(answers, category)}: is it kept{_on(answers)}",
        subtitle=(
            *_counted(answers),
            "grey land: the limit says nothing of it; undetermined: the figures leave it open",
        ),
        layer="region",
        colours={k: v for k, v in VERDICTS.items() if k in used},
        legend="verdict",
        panels=tuple(panels),
        foot=(SHAPES, RECORD),
    )


def headroom(answers: Sequence[Answer[Any]], *, category: str | None = None) -> Picture:
    """Answers of `assess` on one limit: the room left below the ceiling, as a share of it, where the figures tell."""
    panels = []
    for answer in answers:
        held = _held(answer, category)
        panels.append(
            Panel.of_states(
                answer.data["on"],
                {p: _room(v) for p, v in held.items()},
                {p: _figures(v) for p, v in held.items()},
            )
        )
    return Picture(
        title=f"{_limit(answers, category)}: room below the ceiling{_on(answers)}",
        subtitle=(*_counted(answers), "share of the ceiling left at the least; not known: the figures leave it open"),
        layer="region",
        colours=ROOM,
        legend="headroom",
        panels=tuple(panels),
        foot=(SHAPES, RECORD),
    )


def reached(answer: Answer[Any]) -> Picture:
    """An answer of `reach`: regions all, partly or not within the range of a territory."""
    data = answer.data
    words = {r["region"]: r["inside"] for r in data["regions"]}
    told = {
        r["region"]: f"{r['share']:.0%} within range; least distance {r['least_km']:,.0f} km (to {r['to']})"
        for r in data["regions"]
    }
    words |= dict.fromkeys(data["of"], "the territory")
    used = set(words.values())
    of = answer.node.statement.parts["targets"]
    lines = [f"all, part or none of a region within {data['range_km']:,.0f} km; geodesic distances"]
    if data["preset"]:
        lines.append(f"range of the class {data['preset']}: an assumption, the drafts name none")
    if not data["overseas"]:
        lines.append("land more than 1,000 km from a state's main land is left out")
    else:
        lines.append("land overseas counts: a state that is not divided here is one shape with it")
    clause = f"The clause: {'; '.join(data['cite'])}." if data["cite"] else ""
    return Picture(
        title=f"From where a missile of {data['range_km']:,.0f} km reaches {of}",
        subtitle=tuple(lines),
        layer="region",
        colours={k: v for k, v in REACHED.items() if k in used},
        legend="region within range",
        panels=(Panel(data["on"] or "", words, told),),
        foot=(SHAPES, *([clause] if clause else [])),
    )


def _held(answer: Answer[Any], category: str | None) -> dict[str, Mapping[str, Any]]:
    """State -> its verdict, or its group's. InputError where the answer has several for one state."""
    rows = [v for v in answer.data["verdicts"] if category in (None, v["category"])]
    if not rows:
        known = sorted({v["category"] for v in answer.data["verdicts"]})
        raise InputError(f"no verdict on {category or 'that limit'} that day", remedy=f"categories: {', '.join(known)}")
    kinds = sorted({v["category"] for v in rows})
    if len(kinds) > 1:
        raise InputError("the limit bounds several categories", remedy=f"give `category`, one of {', '.join(kinds)}")
    cites = sorted({v["cite"] for v in rows})
    if len(cites) > 1:
        raise InputError(f"one map cannot show {len(cites)} limits", remedy=f'give `limit`, such as "{cites[0]}"')
    widest = [v for v in rows if v["posture"] == "any"] or rows
    found: dict[str, Mapping[str, Any]] = {}
    for verdict in widest:
        for party in verdict["members"] or [verdict["scope"]]:
            found.setdefault(party, verdict)
    return found


def _room(v: Mapping[str, Any]) -> str:
    if v["headroom"] is None or not v["bound"]:
        return "not known"
    share = v["headroom"] / v["bound"]
    if share < 0:
        return "over the ceiling"
    return "0 to 10 % left" if share <= 0.1 else "10 to 30 % left" if share <= 0.3 else "more than 30 % left"


def _figures(v: Mapping[str, Any]) -> str:
    from servanda.questions.beside import span_words

    return f"{v['scope']}: {span_words(v['low'], v['high'])} of {v['bound']:,}"


def _limit(answers: Sequence[Answer[Any]], category: str | None) -> str:
    first = next(iter(_held(answers[0], category).values()))
    return f"{first['cite']}, {first['category'].replace('_', ' ')}"


def _counted(answers: Sequence[Answer[Any]]) -> tuple[str, ...]:
    data = answers[0].data
    lines = []
    if data["prospective"]:
        lines.append("judged before the day the limit applies")
    if data["groups"] != "treaty" or data["count"] != "holdings":
        lines.append(f"groups by {data['groups']}, count of {data['count']}: no article says to count so")
    if any(v["recalled"] for a in answers for v in a.data["verdicts"]):
        lines.append("leans on recalled figures, not sourced ones")
    return tuple(lines)


def _told(answer: Answer[Any], name: str) -> Any:
    """A field of an answer's document: its data need not be made for that."""
    return answer.data[name] if answer.document is None else getattr(answer.document, name)


def _called(answers: Sequence[Answer[Any]]) -> str:
    return str(answers[0].node.statement.parts.get("treaty") or _told(answers[0], "instrument"))


def _reading(answers: Sequence[Answer[Any]]) -> str:
    return f"reading: {_told(answers[0], 'reading')}"


def _on(answers: Sequence[Answer[Any]]) -> str:
    return f", {_told(answers[0], 'on')}" if len(answers) == 1 else ""


@cache
def features_of(layer: str, width: int, height: int) -> dict[str, dict[str, Any]]:
    """Drawing shapes as features in the pixels of a panel: projected and clipped here, once, not by the browser."""
    import numpy as np
    import shapely
    from shapely.geometry import mapping

    around = shapely.box(*AROUND)
    found = {}
    for shape in Shapes.load(layer, DRAWN):
        if not shape.geometry.intersects(around):
            continue
        near = shapely.segmentize(shape.geometry.intersection(around), 2.0)
        flat = shapely.transform(near, lambda xy: projected(xy, width, height))
        kept = shapely.clip_by_rect(shapely.make_valid(flat), 0, 0, width, height)
        parts = [p for p in shapely.get_parts(kept) if p.geom_type == "Polygon" and p.area > 0.15]
        if parts:
            small = shapely.transform(shapely.MultiPolygon(parts), lambda xy: np.round(xy, 1))
            found[shape.id] = {"type": "Feature", "id": shape.id, "geometry": mapping(small)}
    return found


def projected(xy: Any, width: int, height: int) -> Any:
    """Longitude and latitude as pixels: Lambert's azimuthal equal-area projection of the ellipsoid, by authalic latitude."""
    import numpy as np

    def authalic(degrees: Any) -> Any:
        s = np.sin(np.radians(degrees))
        es = ECCENTRICITY * s
        q = (1 - ECCENTRICITY**2) * (s / (1 - es**2) + np.arctanh(es) / ECCENTRICITY)
        e = ECCENTRICITY
        pole = (1 - e**2) * (1 / (1 - e**2) + np.arctanh(e) / e)
        return np.arcsin(np.clip(q / pole, -1.0, 1.0))

    turn, lat, middle = np.radians(xy[:, 0] - CENTRE[0]), authalic(xy[:, 1]), authalic(np.array([CENTRE[1]]))[0]
    k = np.sqrt(2 / (1 + np.sin(middle) * np.sin(lat) + np.cos(middle) * np.cos(lat) * np.cos(turn)))
    x = k * np.cos(lat) * np.sin(turn)
    y = k * (np.cos(middle) * np.sin(lat) - np.sin(middle) * np.cos(lat) * np.cos(turn))
    size = width * 1.12
    return np.column_stack([0.47 * width + size * x, 0.5 * height - size * y])


def _drawn(picture: Picture) -> tuple[Any, dict[str, Any]]:
    """The chart, and its shapes by name, so that the small maps share the ground."""
    import altair as alt

    if len(picture.panels) > MOST:
        raise InputError(f"{len(picture.panels)} days are too many for one figure", remedy=f"give at most {MOST}")
    many = len(picture.panels) > 1
    width, height = (340, 300) if many else (620, 540)
    held = {"ground": [f for k, f in features_of("region", width, height).items() if "-" not in k]}
    panels = [_panel(picture, p, width, height, many, held) for p in picture.panels]
    columns = 1 if not many else 3 if len(panels) > 4 else 2
    whole = alt.concat(*panels, columns=columns, spacing=12) if many else panels[0]
    lines = [w for line in picture.foot for w in wrap(line, 26 * columns + 84)]
    foot = (
        alt.Chart(alt.Data(values=[{}]))
        .mark_text(align="left", baseline="top", x=0, y=0, fontSize=10, color="#555555", text=lines, lineHeight=13)
        .properties(width=width, height=13 * len(lines), view=alt.ViewBackground(fill=None, stroke=None))
    )
    under = [w for line in picture.subtitle for w in wrap(line, 40 * columns + 60)]
    title = alt.Title(text=picture.title, subtitle=under, anchor="start", fontSize=15, subtitleFontSize=11, offset=10)
    figure = (
        alt.vconcat(whole, foot, spacing=8)
        .properties(title=title)
        .configure_legend(symbolStrokeColor=BORDER, symbolStrokeWidth=0.6, symbolType="square", labelLimit=260)
    )
    return figure, held


def _panel(picture: Picture, panel: Panel, width: int, height: int, many: bool, held: dict[str, Any]) -> Any:
    import altair as alt

    features, names = features_of(picture.layer, width, height), Shapes.load(picture.layer, DRAWN)
    painted: list[dict[str, Any]] = []
    for key, word in panel.words.items():
        if key in features:
            told = {"name": panel.told.get(key) if picture.layer == "block" else names.get(key).name}
            told |= {"id": key, "word": word, "told": panel.told.get(key) or ""}
            painted.append({**features[key], "properties": told})
    name = f"map{len(held)}"
    held[name] = painted
    colours = alt.Scale(domain=list(picture.colours), range=list(picture.colours.values()))
    colour = alt.Color("properties.word:N", scale=colours, title=picture.legend)
    tips = [
        alt.Tooltip("properties.name:N", title="where"),
        alt.Tooltip("properties.word:N", title=picture.legend),
        alt.Tooltip("properties.told:N", title="told"),
    ]
    ground = alt.Chart(alt.NamedData("ground")).mark_geoshape(fill=LAND, stroke="#FFFFFF", strokeWidth=0.4)
    top = (
        alt.Chart(alt.NamedData(name))
        .mark_geoshape(stroke="#FFFFFF", strokeWidth=0.4)
        .encode(color=colour, tooltip=tips)
    )
    borders = alt.Chart(alt.NamedData("ground")).mark_geoshape(fill=None, stroke=BORDER, strokeWidth=0.4)
    layers = [ground, top, borders, *_squares(picture, panel, features, colours, names)]
    sea = alt.ViewBackground(fill=SEA, stroke="#B9C6CE")
    drawn = (
        alt.layer(*layers)
        .project("identity", scale=1, translate=[0, 0])
        .properties(width=width, height=height, view=sea)
    )
    return drawn.properties(title=alt.Title(text=panel.on, fontSize=12, anchor="start")) if many else drawn


def _squares(picture: Picture, panel: Panel, features: Mapping[str, Any], colours: Any, names: Shapes) -> Iterable[Any]:
    """Parties whose land is not in the frame, as squares in the corner, each with its code."""
    import altair as alt

    away = sorted(
        k
        for k in panel.words
        if k in names and k not in features and "-" not in k and not panel.told.get(k, "").startswith("ground of")
    )
    if not away or len(away) > MOST or picture.legend == "region within range":
        return
    for i, key in enumerate(away):
        row = {"properties": {"name": names.get(key).name, "word": panel.words[key], "told": panel.told.get(key) or ""}}
        base = alt.Chart(alt.Data(values=[row]))
        y = 14 + 17 * i
        yield base.mark_square(x=12, y=y, size=130, opacity=1, stroke=BORDER, strokeWidth=0.6).encode(
            color=alt.Color("properties.word:N", scale=colours, title=picture.legend),
            tooltip=[alt.Tooltip("properties.name:N", title="where"), alt.Tooltip("properties.word:N")],
        )
        yield base.mark_text(x=22, y=y, align="left", baseline="middle", fontSize=10, color="#333333", text=key)
