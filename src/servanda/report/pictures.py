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
from servanda.report.blocks import Picture

FONT = "Libertinus Serif"  # shipped inside Typst, so that a page looks alike on every machine
# a tenth of a pixel is finer than print, and a third of the size
_PATH = re.compile(r' d="[^"]*"')
_ID = re.compile(r' id="([a-z]+\d+)"')
_DIGITS = re.compile(r"(\d\.\d)\d+(?![\de])")
LARGER = 1.7
MAP_NOTE = (
    "Europe in an equal-area projection; grey: no participant; squares: states beyond the frame. "
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
    scale = 0.285 if differs else 0.4
    short = treaty.dossier.instrument.short
    pictures = tuple(
        Picture(title=f"Standing, {told}", words=f"{short}, {day}: {_tally(answer)}", draw=_mapped(answer), scale=scale)
        for answer, told in wanted
    )
    return pictures, MAP_NOTE


def _mapped(answer: Answer[Any]) -> Callable[[], str]:
    return lambda: _converted(_needs("servanda.charts.maps").standing([answer]).spec(), labels=11, legend=20)


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
            f"pictures need the library {error.name}",
            remedy='pip install "servanda[report]", or write the report as .md',
        ) from None


def warm() -> None:
    """Start what turns charts into SVG, beside other work: its engine takes half a second to come up."""

    def start() -> None:
        with suppress(Exception):  # a fault is told when a picture is drawn, not here
            import vl_convert

            vl_convert.vegalite_to_svg('{"data": {"values": [{"a": 1}]}, "mark": "point"}')

    Thread(target=start, name="servanda-pictures").start()


def _converted(whole: Mapping[str, Any], *, labels: int, legend: int) -> str:
    """A chart as SVG without its own title and foot, which captions tell here; its legend below."""
    vl_convert = _needs("vl_convert")
    made = {k: v for k, v in whole.items() if k != "title"}
    if "vconcat" in made:  # a map stands above its foot
        made = {**{k: v for k, v in made.items() if k not in ("vconcat", "spacing")}, **made["vconcat"][0]}
    config = {**made.get("config", {}), "font": FONT, "background": "transparent"}
    config["legend"] = {
        **config.get("legend", {}),
        "orient": "bottom",
        "labelFontSize": legend,
        "symbolSize": 14 * legend,
        "labelLimit": 400,
        "columns": 4,
    }
    config["axis"] = {**config.get("axis", {}), "labelFontSize": labels, "ticks": False, "domain": False}
    spec = {**_untitled(made), "config": config}
    drawn = _PATH.sub(lambda m: _DIGITS.sub(r"\1", m[0]), str(vl_convert.vegalite_to_svg(json.dumps(spec))))
    # ids are counted on from drawing to drawing: from one again, so that the same chart gives the same bytes
    for n, name in enumerate(dict.fromkeys(_ID.findall(drawn)), 1):
        drawn = re.sub(rf'(?<=["#]){name}(?=["\)])', f"part-{n}", drawn)
    return drawn


def _larger(mark: Mapping[str, Any]) -> dict[str, Any]:
    """A mark set at a place of the frame (a state beyond it), to be read at the size of print."""
    made = {**mark, "x": LARGER * mark["x"], "y": LARGER * mark["y"]}
    for name, factor in (("size", LARGER**2), ("fontSize", LARGER)):
        if name in made:
            made[name] = factor * made[name]
    return made


def _untitled(spec: Mapping[str, Any]) -> dict[str, Any]:
    """A specification without titles of axes and legends."""
    made = dict(spec)
    if isinstance(made.get("mark"), dict) and {"x", "y"} <= set(made["mark"]):
        made["mark"] = _larger(made["mark"])
    if isinstance(made.get("encoding"), dict):
        made["encoding"] = {
            channel: {**value, "title": None} if channel in ("x", "y", "color") and isinstance(value, dict) else value
            for channel, value in made["encoding"].items()
        }
    for key in ("layer", "hconcat", "concat"):
        if key in made:
            made[key] = [_untitled(part) for part in made[key]]
    return made
