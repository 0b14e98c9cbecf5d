"""The report's pictures: drawn by `charts`, brought to the report's size, type and words. SVG, made when wanted."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from threading import Thread
from typing import Any

from servanda.model.answer import Answer
from servanda.model.errors import InputError
from servanda.questions import Treaty
from servanda.questions.obligations import summary
from servanda.questions.standing import words_for
from servanda.report.blocks import Picture

FONT = "Libertinus Serif"  # shipped inside Typst, so that a page looks alike on every machine
# a tenth of a pixel is finer than print, and a third of the size
_PATH = re.compile(r' d="[^"]*"')
_DIGITS = re.compile(r"(\d\.\d)\d+(?![\de])")
SPARE = ("#5C4033", "#333333", "#7F7F00")
MAP_NOTE = (
    "Europe in an equal-area projection; grey: no participant; parties beyond the frame are not seen. "
    "Shapes: Natural Earth (public domain); the line in the Urals and in Turkey is approximate."
)


def map_pictures(
    treaty: Treaty, standing: Answer[Any], own: Answer[Any], day: date, words: str
) -> tuple[tuple[Picture, ...], str]:
    """The map in the reading asked for and, where it differs, by everybody's own; and a note for both."""
    if all(s.standing in ("none", "succeeded") for s in standing.value):
        return (), ""
    by_own = {s.party: s.standing for s in own.value}
    differs = any(by_own[s.party] != s.standing for s in standing.value)
    wanted = [(standing, words), (own, "each state by its own reading")] if differs else [(standing, words)]
    sheet = _Sheet(treaty, day)
    scale = 0.285 if differs else 0.4
    short = treaty.dossier.instrument.short
    pictures = tuple(
        Picture(
            title=f"Standing, {told}",
            words=f"{short}, {day}: {_tally(answer)}",
            draw=sheet.drawing(answer),
            scale=scale,
        )
        for answer, told in wanted
    )
    return pictures, MAP_NOTE


class _Sheet:
    """Maps of one day in several readings: the ground is drawn up once and coloured anew for each."""

    def __init__(self, treaty: Treaty, day: date) -> None:
        self._treaty, self._day = treaty, day
        self._spec: dict[str, Any] | None = None

    def drawing(self, answer: Answer[Any]) -> Callable[[], str]:
        """A function that draws the map of an answer."""
        return lambda: _converted(self._coloured(answer), labels=11, legend=20)

    def _coloured(self, answer: Answer[Any]) -> dict[str, Any]:
        if self._spec is not None:
            words = {s.party: words_for(s.standing) for s in answer.value if s.standing not in ("none", "succeeded")}
            again = _repainted(self._spec, words)
            if again is not None:
                return again
        maps = _needs("servanda.charts.maps")
        chart = maps.standing(self._treaty.corpus, self._treaty.id, [self._day], str(answer.data["reading"]))
        self._spec = dict(chart.to_dict(validate=False))
        return self._spec


def _repainted(spec: dict[str, Any], words: Mapping[str, str]) -> dict[str, Any] | None:
    """A map with its shapes given other words of the legend; None where the shapes are not the same ones."""
    layers = list(spec.get("layer", ()))
    for i, layer in enumerate(layers):
        values = layer.get("data", {}).get("values") if isinstance(layer.get("data"), dict) else None
        if not isinstance(values, list) or not values or "word" not in values[0].get("properties", {}):
            continue
        codes = [v["properties"].get("id") for v in values]
        if not all(c in words for c in codes):
            return None
        painted = [{**v, "properties": {"id": c, "word": words[c]}} for v, c in zip(values, codes, strict=True)]
        layers[i] = {**layer, "data": {**layer["data"], "values": painted}}
        return {**spec, "layer": layers}
    return None


def _tally(answer: Answer[Any]) -> str:
    counts: dict[str, int] = {}
    for s in answer.value:
        counts[s.standing.value] = counts.get(s.standing.value, 0) + 1
    return ", ".join(f"{n} {k.replace('_', ' ')}" for k, n in counts.items())


def matrix_pictures(asked: Answer[Any], own: Answer[Any], words: str) -> tuple[tuple[Picture, ...], str]:
    """The matrix of a duty in the reading asked for and, where it differs, by everybody's own."""
    wanted = [(asked, words)]
    if own.value.owes != asked.value.owes:
        wanted.append((own, "each state by its own reading"))
    kind = asked.value.kind.value

    def drawer(answer: Answer[Any]) -> Any:
        return lambda: _converted(
            _needs("servanda.charts.matrix").matrix(answer).to_dict(validate=False), labels=13, legend=15
        )

    pictures = tuple(
        Picture(
            title=f"{kind.capitalize()}: who owes whom, {told}",
            words="; ".join(summary(answer.value)),
            draw=drawer(answer),
        )
        for answer, told in wanted
    )
    return pictures, "Rows owe to columns. A white square is a state toward itself."


def _needs(module: str) -> Any:
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError as error:
        raise InputError(
            f"pictures need the package {error.name}",
            remedy="install servanda[report], or write the report as .md",
        ) from None


def warm() -> None:
    """Start what turns charts into SVG, beside other work: its engine takes half a second to come up."""

    def start() -> None:
        with suppress(Exception):  # a fault is told when a picture is drawn, not here
            import vl_convert

            vl_convert.vegalite_to_svg('{"data": {"values": [{"a": 1}]}, "mark": "point"}')

    Thread(target=start, name="servanda-pictures").start()


def _converted(made: dict[str, Any], *, labels: int, legend: int) -> str:
    """A chart as SVG without its own title (the report has one), its legend below and only for what is shown."""
    vl_convert = _needs("vl_convert")
    spec = {k: v for k, v in made.items() if k != "title"}
    config = dict(spec.get("config", {}))
    config |= {"font": FONT, "background": "transparent"}
    config["legend"] = {"orient": "bottom", "labelFontSize": legend, "symbolSize": 14 * legend, "labelLimit": 400}
    config["axis"] = {"labelFontSize": labels, "ticks": False, "domain": False}
    spec["config"] = config
    _trim(spec, _values(spec.get("layer", spec.get("data")), "word", "duty") - {"itself"})
    return _PATH.sub(lambda m: _DIGITS.sub(r"\1", m[0]), str(vl_convert.vegalite_to_svg(json.dumps(spec))))


def _values(spec: Any, *names: str) -> set[str]:
    """The words of a legend that occur in a chart's data."""
    found: set[str] = set()
    if isinstance(spec, dict):
        for name in names:
            value = spec.get(name)
            if isinstance(value, str):
                found.add(value)
        for key, value in spec.items():
            if key != "geometry":
                found |= _values(value, *names)
    elif isinstance(spec, list):
        for item in spec:
            found |= _values(item, *names)
    return found


def _trim(spec: dict[str, Any], shown: set[str]) -> None:
    """Leave in each colour legend the words that occur; drop titles of axes and legends, which captions tell."""
    encoding = dict(spec.get("encoding", {}))
    colour = encoding.get("color")
    if isinstance(colour, dict) and isinstance(colour.get("scale"), dict) and "domain" in colour["scale"]:
        scale = dict(colour["scale"])
        # a word the scale does not know would be given the first colour again, which means something else
        strange = sorted(shown - set(scale["domain"]))
        scale["domain"] = [*scale["domain"], *strange]
        scale["range"] = [*scale.get("range", ()), *(SPARE[i % len(SPARE)] for i in range(len(strange)))]
        words = [w for w in scale["domain"] if w in shown]
        legend = {"values": words, "title": None} if words else None
        encoding["color"] = {**colour, "scale": scale, "title": None, "legend": legend}
    for channel in ("x", "y"):
        if isinstance(encoding.get(channel), dict):
            encoding[channel] = {**encoding[channel], "title": None}
    if encoding:
        spec["encoding"] = encoding
    for key in ("layer", "hconcat", "vconcat", "concat"):
        if key in spec:
            spec[key] = [dict(part) for part in spec[key]]
            for part in spec[key]:
                _trim(part, shown)
