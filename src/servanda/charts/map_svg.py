"""A map as SVG text for a page: the same pictures as `maps`, drawn without a charting engine in some milliseconds.

Colours are presentation attributes and classes, never a style sheet inside, so that a page with a strict content
security policy may hold it. Everything that comes from an answer is escaped.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from html import escape
from typing import Any

from servanda.charts.maps import Picture, features_of
from servanda.geography.shapes import DRAWN, Shapes

WIDTH, HEIGHT = 620, 540
FINE = 2  # steps of the grid a pixel: coordinates become whole numbers
LOST = 0.6  # pixels that an outline may move
GROUND = "*"  # the land under every map
AWAY = 8  # squares for parties whose land lies outside the frame


@cache
def paths(layer: str) -> dict[str, str]:
    """The outline of every shape of a layer as the `d` of a path, by id. Drawn once a process."""
    from shapely.geometry import shape

    found = {}
    for key, feature in features_of(layer, WIDTH, HEIGHT).items():
        simple = shape(feature["geometry"]).simplify(LOST, preserve_topology=True)
        made = "".join(_ring(ring) for part in getattr(simple, "geoms", (simple,)) for ring in _rings(part))
        if made:
            found[key] = made
    return found


def _rings(part: Any) -> list[Any]:
    return [part.exterior, *part.interiors] if part.geom_type == "Polygon" and part.area > 0.3 else []


def _ring(ring: Any) -> str:
    points = [(round(x * FINE), round(y * FINE)) for x, y in ring.coords]
    first, last = points[0], points[0]
    steps = []
    for x, y in points[1:]:
        if (x, y) != last:
            steps.append(f"{x - last[0]} {y - last[1]}")
            last = (x, y)
    return f"M{first[0]} {first[1]}l{' '.join(steps)}z" if len(steps) > 2 else ""


@cache
def outlines_of(layer: str) -> tuple[bytes, str]:
    """All outlines that a map of a layer may need as JSON, by id (the land under them by `*`), and a mark of them."""
    made = json.dumps({GROUND: _land(), **paths(layer)}, separators=(",", ":")).encode()
    return made, sha256(made).hexdigest()[:12]


@cache
def _land() -> str:
    return "".join(d for k, d in paths("region").items() if "-" not in k)


def drawing(
    picture: Picture,
    link: Callable[[str], str | None] = lambda code: None,
    points: Mapping[str, tuple[float, float, str]] | None = None,
    *,
    again: bool = False,
    outlines_at: str | None = None,
) -> str:
    """The first panel of a picture as one `<svg>`. `link` gives the address behind a shape's id, None for none.

    `points` are places marked on it: name -> longitude, latitude, what it is. Drawn `again` on a page that has one already, it
    takes its ground from the first. With `outlines_at`, the address of the layer's outlines (`outlines_of`), shapes name theirs
    instead of carrying it, for who has them already.
    """
    panel = picture.panels[0]
    outlines, names = paths(picture.layer), Shapes.load(picture.layer, DRAWN)

    def line(key: str, d: str) -> str:
        return f'd="{d}"' if outlines_at is None else f'data-shape="{_text(key)}"'

    at = "" if outlines_at is None else f' data-outlines="{_text(outlines_at)}"'
    parts = [
        f'<svg class="map" lang="en" viewBox="0 0 {WIDTH * FINE} {HEIGHT * FINE}" role="group" '
        f'aria-label="{_text(picture.title)}"{at}>',
        f'<rect class="sea" width="{WIDTH * FINE}" height="{HEIGHT * FINE}"/>',
        '<use class="land" href="#land"/>' if again else f'<path class="land" id="land" {line(GROUND, _land())}/>',
    ]
    for key, word in panel.words.items():
        if key not in outlines or key not in names:
            continue
        name = panel.told.get(key) if picture.layer == "block" else names.get(key).name
        told = panel.told.get(key) if picture.layer != "block" else ""
        label = f"{name or key}: {word}" + (f"; {told}" if told else "")
        colour = _text(picture.colours.get(word, "#999999"))
        shape = f'<path fill="{colour}" {line(key, outlines[key])}><title>{_text(label)}</title></path>'
        parts.append(_linked(shape, link(key), label))
    parts.append('<use class="border" href="#land"/>')
    parts += _away(picture, outlines, names, link)
    parts += _points(points or {})
    parts.append("</svg>")
    return "".join(parts)


def _linked(shape: str, address: str | None, label: str) -> str:
    if address is None:
        return shape
    return f'<a href="{_text(address)}" tabindex="-1" aria-label="{_text(label)}">{shape}</a>'


def _away(picture: Picture, outlines: Mapping[str, str], names: Shapes, link: Callable[[str], str | None]) -> list[str]:
    """Parties whose land is outside the frame, as squares with their codes."""
    panel = picture.panels[0]
    if picture.layer == "block" or picture.legend == "region within range":
        return []
    away = sorted(k for k in panel.words if k in names and k not in outlines and "-" not in k)[:AWAY]
    made = []
    for i, key in enumerate(away):
        y, word = 20 + 40 * i, panel.words[key]
        label = f"{names.get(key).name}: {word}"
        colour = _text(picture.colours.get(word, "#999999"))
        box = (
            f'<g><rect class="square" x="16" y="{y}" width="30" height="30" fill="{colour}"><title>{_text(label)}</title></rect>'
            f'<text x="54" y="{y + 24}">{_text(key)}</text></g>'
        )
        made.append(_linked(box, link(key), label))
    return made


def _points(points: Mapping[str, tuple[float, float, str]]) -> list[str]:
    if not points:
        return []
    import numpy as np

    from servanda.charts.maps import projected

    flat = projected(np.array([(x, y) for x, y, _ in points.values()]), WIDTH, HEIGHT) * FINE
    return [
        f'<circle class="site" cx="{x:.0f}" cy="{y:.0f}" r="9"><title>{_text(f"{name}: {told}")}</title></circle>'
        for (name, (_, _, told)), (x, y) in zip(points.items(), flat, strict=True)
        if 0 <= x <= WIDTH * FINE and 0 <= y <= HEIGHT * FINE
    ]


def _text(text: object) -> str:
    """Text as text, without the characters that XML forbids."""
    told = str(text)
    return escape(told if told.isprintable() else "".join(c for c in told if c >= " " or c in "\t\n"), quote=True)
