"""The view of reach: from where a missile of some range can reach a territory."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from servanda.model.errors import InputError, ServandaError
from servanda.questions.reach import reach as ask
from servanda.web.asking import Asking
from servanda.web.pages import Links

STEPS = (300, 500, 1_000, 1_500, 2_000, 2_500, 3_000, 4_000, 5_500)  # of the slider; any range can be typed
MOST_OF = 6  # territories at once
MOST_ROWS = 120


def view(asking: Asking, query: dict[str, str], of: list[str], link: Links) -> dict[str, Any]:
    """The areas within a range of the territories chosen; before anything is asked, the form alone."""
    presets = sorted({r.id for d in map(asking.corpus.dossier, asking.corpus.ids()) for r in d.instrument.ranges})
    shown: dict[str, Any] = {
        "states": _territories(asking, of),
        "of": of,
        "range": query.get("range", ""),
        "preset": query.get("preset", ""),
        "presets": presets,
        "on": query.get("on", ""),
        "steps": STEPS,
        "answer": None,
        "error": None,
    }
    if not of or not (query.get("range") or query.get("preset")):
        return shown
    try:
        if len(of) > MOST_OF:
            raise InputError(f"more than {MOST_OF} territories at once", remedy="choose fewer, or an organisation")
        preset = query.get("preset")
        km = None if preset else _kilometres(query["range"])
        key = ("reach", km, preset, tuple(sorted(of)), query.get("on"))
        answer = asking.kept.get(key, lambda: ask(asking.corpus, km, of, preset=preset, on=query.get("on")))
        picture, svg = asking.kept.get(("drawn", *key), lambda: _drawn(answer))
    except ServandaError as error:
        return shown | {"error": str(error)}
    regions = sorted(answer.value, key=lambda r: (-r.share, r.least_km, r.name))
    return shown | {
        "answer": answer,
        "picture": picture,
        "svg": svg,
        "regions": regions[:MOST_ROWS],
        "more": len(regions) - MOST_ROWS,
    }


def _territories(asking: Asking, of: list[str]) -> list[tuple[str, str]]:
    """What may be chosen: states and organisations, and whatever else the address already names, such as a region."""
    from servanda.geography import Shapes

    named = {a.code: a.name for a in asking.corpus.actors}
    regions = {s.id: s.name for s in Shapes.load("region")} if set(of[:MOST_OF]) - named.keys() else {}
    return sorted({**{code: regions.get(code, code) for code in of[:MOST_OF]}, **named}.items(), key=lambda p: p[1])


def _kilometres(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise InputError(f"{text!r} is no range", remedy="give kilometres, such as 2000") from None


def _drawn(answer: Any) -> tuple[Any, Markup]:
    from servanda.charts.map_svg import drawing
    from servanda.charts.maps import reached

    picture = reached(answer)
    return picture, Markup(drawing(picture))  # noqa: S704 (escaped where it is made)
