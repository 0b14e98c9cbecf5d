"""Reduction liabilities by state and category: what a source states, what holdings and levels give, what was left."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from servanda.charts.parts import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    finished,
    needs,
    plain,
    source_line,
    table_of,
    title,
    treaty_of,
)
from servanda.model.answer import Answer
from servanda.model.errors import InputError, UnknownName
from servanda.model.vocabulary import ReductionFigure
from servanda.questions.reductions import Liability, stated_words

HOW = "ask treaty.reductions() first"
STATED, ABOUT, LEAST = "stated in a source", "stated as about, or worked out", "at least, from holdings and level"
RECALLED, LEFT, EXCESS = "at least, resting on a RECALLED level", "left on its day", "excess of the group at signature"
MARKS: dict[str, tuple[str, str]] = {
    STATED: (BLUE, "circle"),
    ABOUT: (BLUE, "diamond"),
    LEAST: (GREEN, "triangle-right"),
    RECALLED: (GREY, "triangle-right"),
    LEFT: (ORANGE, "square"),
    EXCESS: (BLACK, "stroke"),
}
STEP, WIDTH = 17, 150


def rows(answer: Answer[Any]) -> list[dict[str, Any]]:
    """One row a figure: holder, category, what it is (`mark`), its number of items, and how it is written.

    A liability is stated, or bounded from below by holdings and level; a lower bound of nothing is no figure and gives no
    row. Absent figures give no row either, so that nothing is drawn at zero but a zero somebody stated.
    """
    found: list[dict[str, Any]] = []
    for x in answer.value:
        found.extend(_figures(x))
    return found


def _figures(x: Liability) -> Iterable[dict[str, Any]]:
    base = {
        "panel": f"{plain(x.category)}, {'groups' if x.group else 'states'}",
        "holder": x.holder,
        "category": x.category,
        "group": x.group,
    }
    if x.stated is not None:
        low, high = x.stated.bounds
        rough = x.stated.about or low != high
        at = low if low is not None else high
        if at is not None:
            yield base | {
                "mark": ABOUT if rough or x.stated.confidence != "sourced" else STATED,
                "number": at,
                "low": low,
                "high": high,
                "said": stated_words(x.stated),
                "as_of": None,
            }
    if x.low is not None and (x.low > 0 or x.low == x.high):
        exact = x.low == x.high
        yield base | {
            "mark": RECALLED if x.recalled else LEAST,
            "number": x.low,
            "low": x.low,
            "high": x.high,
            "said": f"{'' if exact else '≥ '}{x.low:,}",
            "as_of": None,
        }
    for r in x.progress:
        if r.figure is ReductionFigure.REMAINING and r.status == "preferred" and r.value is not None:
            yield base | {
                "mark": LEFT,
                "number": r.value,
                "low": r.value,
                "high": r.value,
                "said": f"{r.value:,}",
                "as_of": r.as_of.text if r.as_of else None,
            }
    if x.group and x.excess[0] is not None and x.excess[0] == x.excess[1]:
        yield base | {
            "mark": EXCESS,
            "number": x.excess[0],
            "low": x.excess[0],
            "high": x.excess[1],
            "said": f"{x.excess[0]:,}",
            "as_of": None,
        }


def reductions(answer: Any, *, categories: Iterable[str] = (), width: int = WIDTH) -> Any:
    """An Altair chart of an answer of `reductions`: a column a category, the groups above, the states below.

    InputError for an answer of another kind or without any figure; UnknownName for a category it does not have.
    """
    import altair as alt

    whole = needs(answer, "reductions", HOW)
    table = rows(whole)
    if not table:
        raise InputError("no figure on reductions to draw", remedy="ask for another party or category")
    known = tuple(dict.fromkeys(r["category"] for r in table))
    wanted = [*categories]
    for word in wanted:
        if word not in known:
            raise UnknownName("category", word, known[:6])
    shown = [c for c in known if not wanted or c in wanted]
    table = [r for r in table if r["category"] in shown]
    marks = [m for m in MARKS if any(r["mark"] == m for r in table)]
    _label(table)
    bands = []
    for group in (True, False):
        own = [r for r in table if r["group"] is group]
        order = list(
            dict.fromkeys(
                x.holder for x in whole.value if x.group is group and any(r["holder"] == x.holder for r in own)
            )
        )
        if group is False:
            order.sort()
        if not own:
            continue
        columns = [c for c in shown if any(r["category"] == c for r in own)]
        panels = [
            _panel(alt, [r for r in own if r["category"] == c], order, marks, width, n == 0)
            for n, c in enumerate(columns)
        ]
        bands.append(alt.hconcat(*panels, spacing=12))
    head = f"What was to be reduced under {treaty_of(whole)}, by holder and category"
    chart = alt.vconcat(*bands, spacing=10).properties(title=title(alt, head, _told(whole, table), 180))
    return finished(chart, rows=table)


def _label(table: list[dict[str, Any]]) -> None:
    """Give one row a holder and panel its place for a number, `edge`, right of all marks there.

    The stated figure is told where there is one, else the bound, else what was left.
    """
    ranks, taken = list(MARKS), set()
    for r in sorted(table, key=lambda r: ranks.index(r["mark"])):
        line = (r["panel"], r["holder"])
        r["edge"] = None
        if r["mark"] != EXCESS and line not in taken:
            taken.add(line)
            r["edge"] = max(x["number"] for x in table if (x["panel"], x["holder"]) == line)


def _told(whole: Answer[Any], table: list[dict[str, Any]]) -> list[str]:
    days = sorted({r["as_of"] for r in table if r["mark"] == LEFT and r["as_of"]})
    lines = [
        "items; no mark: no figure in the record, which is not zero. A liability is the larger of the holdings at signature"
        f" ({whole.data['signature']}) and at entry into force ({whole.data['entry']}), less the level notified"
        f" ({whole.data['cite']}); it is not the excess of the group",
    ]
    if days:
        lines.append(f"left to reduce: as of {', '.join(days)}")
    if any(r["mark"] == RECALLED for r in table):
        lines.append("RECALLED: grey figures rest on levels from memory, not seen in a source")
    shown = {plain(r["category"]) for r in table}
    return [*lines, source_line([n for n in whole.node.because if n.statement.parts.get("category") in shown])]


def _panel(alt: Any, table: list[dict[str, Any]], order: list[str], marks: list[str], width: int, first: bool) -> Any:
    name, category = table[0]["panel"], table[0]["category"]
    top = 1.45 * max(4, *(r["number"] for r in table))
    across = alt.Scale(domain=[0, top], nice=False)
    down = alt.Y(
        "holder:N",
        sort=order,
        scale=alt.Scale(domain=order),
        title=None,
        axis=alt.Axis(grid=True) if first else alt.Axis(labels=False, ticks=False, grid=True),
    )
    hue = alt.Color(
        "mark:N",
        scale=alt.Scale(domain=marks, range=[MARKS[m][0] for m in marks]),
        title="figure",
        legend=alt.Legend(labelLimit=300, symbolOpacity=1),
    )
    shape = alt.Shape("mark:N", scale=alt.Scale(domain=marks, range=[MARKS[m][1] for m in marks]), title="figure")
    tips = [alt.Tooltip(f"{n}:N") for n in ("holder", "category", "mark", "said", "as_of")]
    base = table_of(alt, panel=name)
    drawn = [STATED, ABOUT, LEAST, RECALLED]
    stem = base.transform_filter(alt.FieldOneOfPredicate("mark", drawn))
    stem = stem.mark_rule(strokeWidth=1.5, opacity=0.55).encode(
        x=alt.X("number:Q", scale=across), x2=alt.datum(0), y=down, color=hue
    )
    spot = base.transform_filter(f"datum.mark != '{EXCESS}'")
    point = spot.mark_point(filled=True, size=60, opacity=1).encode(
        x=alt.X("number:Q", scale=across, axis=alt.Axis(format=",d", tickCount=3, tickMinStep=1), title=None),
        y=down,
        color=hue,
        shape=shape,
        tooltip=tips,
    )
    excess = base.transform_filter(alt.FieldEqualPredicate(EXCESS, "mark"))
    excess = excess.mark_tick(thickness=2.5, size=STEP - 3).encode(x=alt.X("number:Q", scale=across), y=down, color=hue)
    label = (
        base.transform_filter("isValid(datum.edge)")
        .mark_text(align="left", dx=7, fontSize=9.5)
        .encode(x=alt.X("edge:Q", scale=across), y=down, text="said:N", color=hue)
    )
    return alt.layer(stem, point, excess, label).properties(
        width=width, height={"step": STEP}, title=alt.Title(text=plain(category), anchor="start", fontSize=12)
    )
