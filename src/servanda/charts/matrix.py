"""The obligations matrix as a heat map: row obligor, column obligee."""

from __future__ import annotations

from typing import Any

from servanda.model.answer import Answer
from servanda.standing import Obligations

# Okabe and Ito's palette: told apart with every common colour blindness, and in print
COLOURS = {"owed": "#0072B2", "not owed": "#E69F00", "not known": "#999999", "itself": "#FFFFFF"}


def rows(found: Obligations) -> list[dict[str, str]]:
    """One row a cell: obligor, obligee and whether the duty is owed."""
    words = {True: "owed", False: "not owed", None: "not known"}
    return [
        {"obligor": a, "obligee": b, "duty": "itself" if a == b else words[value]}
        for a, line in zip(found.parties, found.owes, strict=True)
        for b, value in zip(found.parties, line, strict=True)
    ]


def matrix(answer: Answer[Obligations]) -> Any:
    """The heat map as an Altair chart, titled with the question and its date, with a legend."""
    import altair as alt

    found = answer.value
    parties = list(found.parties)
    data = alt.Data(values=rows(found))
    scale = alt.Scale(domain=list(COLOURS)[:3], range=list(COLOURS.values())[:3])
    title = alt.Title(
        text=f"{found.kind.value.capitalize()}: who owes whom, {answer.data['on']}",
        subtitle=[
            f"{answer.data['instrument']}, reading {found.reading}; rows owe to columns",
            *[str(c) for c in found.caveats[:2]],
            "Source: the record's acts, each with its source in the answer",
        ],
        anchor="start",
    )
    return (
        alt.Chart(data, title=title)
        .transform_filter("datum.duty != 'itself'")
        .mark_rect(stroke="white", strokeWidth=1)
        .encode(
            x=alt.X("obligee:N", sort=parties, title="obligee", axis=alt.Axis(orient="top", labelAngle=-90)),
            y=alt.Y("obligor:N", sort=parties, title="obligor"),
            color=alt.Color("duty:N", scale=scale, title="duty"),
            tooltip=["obligor:N", "obligee:N", "duty:N"],
        )
        .properties(width={"step": 16}, height={"step": 16})
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
