"""Maps: zones, standings, duties toward a state, reach; on a day or as a series of small maps.

Equal-area projection centred on Europe. d3 draws a ring's left-hand side, so outer rings run clockwise here, the
other way round from GeoJSON.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from servanda.corpus import Corpus
from servanda.geography import Reach
from servanda.geography.shapes import DRAWN, Shapes
from servanda.geography.zones import covered
from servanda.model.errors import InputError
from servanda.standing import obligations, standings

SOURCE = "Shapes: Natural Earth (public domain); line in the Urals and in Turkey approximate. Record: Servanda corpus"
WEST, SOUTH, EAST, NORTH = -26.0, 30.0, 72.0, 82.5
GREY = "#E8E8E8"
# Okabe and Ito, told apart with common colour blindness
ZONES = {"iv.4": "#D55E00", "iv.3": "#E69F00", "iv.2": "#F0E442", "flank": "#56B4E9"}
STANDINGS = {
    "in force": "#0072B2",
    "provisional": "#56B4E9",
    "notice given": "#CC79A7",
    "suspended": "#E69F00",
    "withdrawn": "#D55E00",
    "unknown": "#999999",
    "signatory": "#009E73",
    "contracting": "#F0E442",
    "proposed": "#C8C8F0",
}
DUTY = {"owes it": "#0072B2", "does not owe it": "#E69F00", "not known": "#999999", "the state itself": "#000000"}
REACHED = {"all": "#D55E00", "part": "#E69F00", "none": "#56B4E9", "target": "#000000"}

Painter = Callable[[date], Mapping[str, str]]  # shape id -> word of the legend


@cache
def _features(layer: str) -> dict[str, dict[str, Any]]:
    """Drawing shapes as features for d3, clipped to the map's frame."""
    import shapely
    from shapely.geometry import mapping
    from shapely.geometry.polygon import orient

    frame = shapely.box(WEST - 15, SOUTH - 8, EAST + 25, NORTH)
    found = {}
    for shape in Shapes.load(layer, DRAWN):
        kept = shape.geometry.intersection(frame)
        parts = [orient(p, -1.0) for p in shapely.get_parts(kept) if p.geom_type == "Polygon" and p.area > 0.003]
        if parts:
            found[shape.id] = {"type": "Feature", "id": shape.id, "geometry": mapping(shapely.MultiPolygon(parts))}
    return found


def draw(
    title: str,
    subtitle: Sequence[str],
    layer: str,
    colours: Mapping[str, str],
    legend: str,
    days: Sequence[date],
    paint: Painter,
) -> Any:
    """A map, or one small map a day, of shapes coloured by the words of a legend."""
    import altair as alt

    if not days:
        raise InputError("no day to map", remedy="give --on DATE, which may be repeated")
    features = _features(layer)
    ground = list(_features("region").items())
    states = [f for k, f in ground if "-" not in k]
    panels = []
    size = {"width": 620, "height": 520} if len(days) == 1 else {"width": 330, "height": 290}
    for on in days:
        words = paint(on)
        painted = [{**features[k], "properties": {"word": w, "id": k}} for k, w in words.items() if k in features]
        base = alt.Chart(alt.Data(values=states)).mark_geoshape(fill=GREY, stroke="#FFFFFF", strokeWidth=0.4)
        scale = alt.Scale(domain=list(colours), range=list(colours.values()))
        top = (
            alt.Chart(alt.Data(values=painted))
            .mark_geoshape(stroke="#FFFFFF", strokeWidth=0.5)
            .encode(
                color=alt.Color("properties.word:N", scale=scale, title=legend),
                tooltip=["properties.id:N", "properties.word:N"],
            )
        )
        borders = alt.Chart(alt.Data(values=states)).mark_geoshape(fill=None, stroke="#555555", strokeWidth=0.35)
        panel = (
            alt.layer(base, top, borders)
            .project(
                "azimuthalEqualArea",
                rotate=[-22, -54, 0],
                scale=size["width"] * 1.12,
                translate=[size["width"] * 0.47, size["height"] * 0.5],
                clipExtent=[[0, 0], [size["width"], size["height"]]],
            )
            .properties(**size)
        )
        if len(days) > 1:
            panel = panel.properties(title=alt.Title(text=on.isoformat(), fontSize=13))
        panels.append(panel)
    whole = panels[0] if len(panels) == 1 else alt.concat(*panels, columns=2)
    note = [*subtitle, SOURCE]
    return whole.properties(title=alt.Title(text=title, subtitle=note, anchor="start")).configure_view(
        stroke=None, fill="#F7FBFF"
    )


def zones(corpus: Corpus, instrument: str, days: Sequence[date]) -> Any:
    """The nested zones and the flank, each block in the colour of the smallest that holds it."""
    index = corpus.places(instrument)
    known = [z for z in ZONES if z in index.zone_ids()]
    if not known:
        raise InputError(
            f"the {corpus.dossier(instrument).instrument.short} has no zones to map", remedy="map its standings"
        )

    def paint(on: date) -> dict[str, str]:
        words: dict[str, str] = {}
        for zone in known:
            for block in covered(corpus, instrument, zone, on):
                words.setdefault(block, zone)
        return words

    short = corpus.dossier(instrument).instrument.short
    told = "each block in the colour of the smallest zone it lies in"
    return draw(f"Zones of the {short}{_on(days)}", [told], "block", ZONES, "zone", days, paint)


def standing(corpus: Corpus, instrument: str, days: Sequence[date], reading: str) -> Any:
    """Who is bound, in a reading."""

    def paint(on: date) -> dict[str, str]:
        found = standings(corpus, instrument, on=on, reading=reading)
        return {s.party: s.standing.value.replace("_", " ") for s in found if s.standing not in ("none", "succeeded")}

    short = corpus.dossier(instrument).instrument.short
    return draw(
        f"Standing under the {short}{_on(days)}", [f"reading {reading}"], "region", STANDINGS, "standing", days, paint
    )


def toward(corpus: Corpus, instrument: str, days: Sequence[date], kind: str, state: str, reading: str) -> Any:
    """Who owes a state a kind of duty."""
    code = corpus.actors.find(state).code

    def paint(on: date) -> dict[str, str]:
        found = obligations(corpus, instrument, on=on, kind=kind, reading=reading)
        words: dict[str, str] = {code: "the state itself"}
        if code in found.parties:
            names = {True: "owes it", False: "does not owe it", None: "not known"}
            words |= {p: names[v] for p, v in found.column(code).items()}
        return words

    name = corpus.actors.name(code)
    head = f"{kind.capitalize()}: who owes it to {name}{_on(days)}"
    told = [
        f"{corpus.dossier(instrument).instrument.short}, reading {reading}; grey: not a party",
        "where the state itself is no party on the day, nobody owes it anything",
    ]
    return draw(head, told, "region", DUTY, "duty", days, paint)


def reached(found: Sequence[Reach], targets: Sequence[str], range_km: float) -> Any:
    """Regions from which a missile of a range reaches a territory."""
    words = {r.region: r.inside for r in found} | dict.fromkeys(targets, "target")
    told = "all, part or none of a region within range; geodesic distances"
    head = f"Within {range_km:,.0f} km of {', '.join(targets)}"
    return draw(head, [told], "region", REACHED, "region within range", [date(2021, 12, 17)], lambda _: words)


def _on(days: Sequence[date]) -> str:
    return f", {days[0]}" if len(days) == 1 else ""
