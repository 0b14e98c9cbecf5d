"""The obligations matrix as a heat map: row obligor, column obligee."""

from __future__ import annotations

from typing import Any

from servanda.charts.parts import BLUE, ORANGE, finished, needs, source_line, table_of, title, treaty_of
from servanda.standing import Obligations

COLOURS = {"owed": BLUE, "not owed": ORANGE, "not known": "#BBBBBB", "itself": "#FFFFFF"}
SIGNS = {"not owed": "–", "not known": "?"}  # for print without colours
HOW = "ask treaty.obligations(on=..., kind=...) first"
STEP = 17


def rows(found: Obligations) -> list[dict[str, str]]:
    """One row a cell: obligor, obligee, whether the duty is owed, and for a cell not known the act it hangs on."""
    words = {True: "owed", False: "not owed", None: "not known"}
    doubts = {(d.obligor, d.obligee): f"{d.act.gist} ({(d.act.effective or d.act.date).words})" for d in found.doubts}
    return [
        {"obligor": a, "obligee": b, "duty": "itself" if a == b else words[value]}
        | ({"doubt": doubts[a, b]} if (a, b) in doubts else {})
        for a, line in zip(found.parties, found.owes, strict=True)
        for b, value in zip(found.parties, line, strict=True)
    ]


def matrix(answer: Any) -> Any:
    """The heat map as an Altair chart, titled with the question and its date, with a legend. InputError for another answer."""
    import altair as alt

    whole = needs(answer, "obligations", HOW)
    found = whole.value
    parties = list(found.parties)
    table = rows(found)
    used = [w for w in list(COLOURS)[:3] if any(r["duty"] == w for r in table)]
    scale = alt.Scale(domain=used, range=[COLOURS[w] for w in used])
    counts = ", ".join(f"{sum(r['duty'] == w for r in table):,} {w}" for w in used) or "no pair of parties"
    head = f"{found.kind.value.capitalize()} under {treaty_of(whole)}: who owes whom, {whole.data['on']}"
    told = [
        f"reading {found.reading}; rows owe to columns; of {len(parties)} parties' pairs: {counts}",
        *[str(c) for c in found.caveats[:2]],
        source_line((whole.node,)),
    ]
    base = table_of(alt).transform_filter("datum.duty != 'itself'")
    x = alt.X("obligee:N", sort=parties, title="obligee", axis=alt.Axis(orient="top", labelAngle=-90))
    y = alt.Y("obligor:N", sort=parties, title="obligor")
    cells = base.mark_rect(stroke="white", strokeWidth=1).encode(
        x=x,
        y=y,
        color=alt.Color("duty:N", scale=scale, title="duty"),
        tooltip=[alt.Tooltip(f"{n}:N") for n in ("obligor", "obligee", "duty", "doubt")],
    )
    signs = [
        base.transform_filter(f"datum.duty == '{word}'").mark_text(text=sign, fontSize=10).encode(x=x, y=y)
        for word, sign in SIGNS.items()
        if word in used
    ]
    return finished(
        alt.layer(cells, *signs).properties(
            width={"step": STEP}, height={"step": STEP}, title=title(alt, head, told, max(60, 4 * len(parties)))
        ),
        rows=table,
    )


def as_csv(found: Obligations) -> str:
    """The matrix as CSV: a row an obligor, a column an obligee; 1 owed, 0 not, empty not known or itself."""
    lines = [",".join(("obligor", *found.parties))]
    for party, line in zip(found.parties, found.owes, strict=True):
        cells = [
            "" if value is None or other == party else str(int(value))
            for other, value in zip(found.parties, line, strict=True)
        ]
        lines.append(",".join((party, *cells)))
    return "\n".join(lines) + "\n"
