"""What every chart shares: colours told apart with colour blindness, titles, source lines, the words of a figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from textwrap import wrap
from typing import Any

from servanda.model.answer import Answer, Node
from servanda.model.errors import InputError

BLUE, ORANGE, VERMILION, GREEN = "#0072B2", "#E69F00", "#D55E00", "#009E73"
SKY, PURPLE, YELLOW, GREY, BLACK = "#56B4E9", "#CC79A7", "#F0E442", "#8A8A8A", "#000000"

# Okabe and Ito's palette, and a shape beside each colour for print and for those who see no colours
VERDICTS: dict[str, tuple[str, str]] = {
    "within": (BLUE, "circle"),
    "exceeded": (VERMILION, "triangle-up"),
    "undetermined": (ORANGE, "diamond"),
    "inconsistent": (PURPLE, "cross"),
    "not applicable": (GREY, "square"),
    "no data": ("#BBBBBB", "stroke"),
}
FRESH, STALE = "up to a year old", "stale: over a year old"
LOOK: dict[str, dict[str, Any]] = {
    "view": {"stroke": "#D8D8D8"},
    "axis": {"gridColor": "#EEEEEE", "domainColor": "#999999", "tickColor": "#999999", "labelFontSize": 11},
    "legend": {"labelFontSize": 11, "titleFontSize": 11, "symbolSize": 110},
}


def verdict_scales(alt: Any, words: Iterable[str]) -> tuple[Any, Any]:
    """Colour and shape scales for the verdicts that occur, in the order of the vocabulary."""
    seen = set(words)
    kept = [w for w in VERDICTS if w in seen]
    colours, shapes = [VERDICTS[w][0] for w in kept], [VERDICTS[w][1] for w in kept]
    return alt.Scale(domain=kept, range=colours), alt.Scale(domain=kept, range=shapes)


def plain(word: str) -> str:
    """A word of the vocabulary as running text: `no_data` is `no data`."""
    return word.replace("_", " ")


def treaty_of(answer: Answer[Any]) -> str:
    """What the answer's own sentence calls the instrument (`the CFE Treaty`), else its id."""
    return str(answer.node.statement.parts.get("treaty") or answer.data.get("instrument") or "")


def source_line(nodes: Iterable[Node], most: int = 3) -> str:
    """`Sources: ...`: the titles that the drawn part of an answer's tree names, the first few and how many more."""
    names = list(dict.fromkeys(_short(s) for top in nodes for node in top.walk() for s in node.sources))
    if not names:
        return "Source: the record; each figure's source stands in the answer"
    more = f" and {len(names) - most} more in the answer" if len(names) > most else ""
    return f"Sources: {'; '.join(names[:most])}{more}"


def name_of(answer: Answer[Any]) -> str:
    """The same as a name in a heading: `CFE Treaty`."""
    return treaty_of(answer).removeprefix("the ")


def _short(title: str) -> str:
    bare = title.removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return bare if len(bare) <= 70 else bare[:67] + "..."


def marked(answer: Any) -> str:
    """What a title begins with where the figures were made up."""
    return "SYNTHETIC, not history: " if answer.data.get("synthetic") else ""


def title(alt: Any, text: str, lines: Sequence[str], width: int = 110) -> Any:
    """Title and subtitle, lines folded at `width` characters so that they stay inside the picture."""
    folded = [part for line in lines if line for part in wrap(line, width)]
    return alt.Title(
        text=wrap(text, width - 15),
        subtitle=folded,
        anchor="start",
        fontSize=15,
        subtitleFontSize=11,
        subtitleColor="#444444",
        offset=12,
    )


def needs(answer: Any, kind: str, how: str) -> Answer[Any]:
    """The answer itself where it is of the kind a chart draws. InputError otherwise."""
    whole = getattr(answer, "answer", answer)
    if not isinstance(whole, Answer) or whole.kind != kind:
        got = whole.kind if isinstance(whole, Answer) else type(whole).__name__
        raise InputError(f"this chart draws an answer of kind {kind}, not {got}", remedy=how)
    return whole


def top_of(numbers: Iterable[int | None]) -> float:
    """The upper end of an axis: a little above the largest number there is."""
    return 1.08 * max((n for n in numbers if n is not None), default=1) or 1.0


def table_of(alt: Any, name: str = "rows", **equal: str) -> Any:
    """A chart on one of the tables that `finished` puts in, or on those of its rows where a field has a value."""
    base = alt.Chart(alt.NamedData(name=name))
    for field, value in equal.items():
        base = base.transform_filter(alt.FieldEqualPredicate(field=field, equal=value))
    return base


def finished(chart: Any, **tables: list[dict[str, Any]]) -> Any:
    """The chart with its tables, each once however many marks share it, and the house's look: light grid, plain type."""
    # set at once and in place: every `configure_...` copies the whole chart
    chart.datasets, chart.config = tables, deepcopy(LOOK)
    return chart
