"""The counting dispute of 2007: four ways to count, four answers. `marimo edit examples/counting_dispute_2007.py`."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="The counting dispute of 2007")


@app.cell
def _():
    import altair as alt
    import marimo as mo

    import servanda as sv

    cfe = sv.load("cfe")
    day = "2007-11-07"
    figures = {}
    return alt, cfe, day, figures, mo, sv


@app.cell
def _(day, mo):
    mo.md(f"""
    # What did NATO hold? It depends on the question

    On {day} Russia's General Staff told the Duma that the alliance stood far above the ceilings. The same figures can be
    asked in four ways. Only one of them is the treaty's.
    """)
    return


@app.cell
def _(cfe, day):
    ceilings = {
        "CFE IV.1(A)": "battle tanks",
        "CFE IV.1(B)": "ACVs",
        "CFE IV.1(C)": "artillery",
        "CFE IV.1(D)": "combat aircraft",
        "CFE IV.1(E)": "attack helicopters",
    }
    ways = {
        "the treaty's groups, holdings": {"groups": "treaty", "count": "holdings"},
        "the treaty's groups, notified levels": {"groups": "treaty", "count": "levels"},
        "the alliance, holdings": {"groups": "nato", "count": "holdings"},
        "the alliance, notified levels": {"groups": "nato", "count": "levels"},
    }
    asked = {way: cfe.assess(on=day, **how) for way, how in ways.items()}
    return asked, ceilings, ways


@app.cell
def _(asked, ceilings):
    rows = []
    for way, answer in asked.items():
        for limit, name in ceilings.items():
            scope = "nato" if "alliance" in way else "west"
            v = answer[limit, scope].value
            recalled = any("recalled" in c for c in v.caveats)
            rows.append(
                {
                    "way": way,
                    "category": name,
                    "low": v.low,
                    "high": v.high,
                    "ceiling": v.bound,
                    "verdict": v.verdict.value,
                    "in law": v.in_law,
                    "recalled": recalled,
                    "as of": v.snapshot_date.isoformat() if v.snapshot_date else None,
                }
            )
    counted = {(r["way"], r["category"]): r for r in rows}
    return counted, rows


@app.cell
def _(alt, figures, rows, ways):
    # an answer is plain data: a chart of one's own needs no help from the package
    base = alt.Chart()
    order = list(ways)
    y = alt.Y("way:N", sort=order, title=None, axis=alt.Axis(labelLimit=260))
    scale = alt.Scale(domain=["within", "undetermined", "exceeded"], range=["#0072B2", "#E69F00", "#D55E00"])
    hue = alt.Color("verdict:N", scale=scale)
    shapes = alt.Scale(domain=scale.domain, range=["circle", "diamond", "triangle-up"])
    form = alt.Shape("verdict:N", scale=shapes)
    bar = base.mark_bar(height=9).encode(x=alt.X("low:Q", title=None), x2="high:Q", y=y, color=hue)
    ends = base.mark_point(filled=True, size=45).encode(x="high:Q", y=y, color=hue, shape=form)
    tick = base.mark_tick(color="black", thickness=2.5, size=18).encode(x="ceiling:Q", y=y)
    figures["four counts"] = (
        alt.layer(bar, ends, tick, data=alt.Data(values=rows))
        .properties(width=420, height={"step": 22})
        .facet(row=alt.Row("category:N", sort=None, title=None, header=alt.Header(labelAngle=0, labelAlign="left")))
        .resolve_scale(x="independent")
        .properties(
            title=alt.Title(
                "Four ways to count, 7 November 2007",
                subtitle="bar: least to greatest; black: the ceiling of 1990. Levels are RECALLED for most states",
                anchor="start",
            )
        )
    )
    return


@app.cell
def _(cfe, counted, figures, mo):
    levels = "the alliance, notified levels"
    excess = {c: r["low"] - r["ceiling"] for (way, c), r in counted.items() if way == levels}
    held = counted["the alliance, holdings", "battle tanks"]
    in_law = counted["the treaty's groups, holdings", "battle tanks"]
    printed = next(d.claims[0] for d in cfe.dossier.discrepancies if "ACVs" in d.claims[0] and "press" in d.claims[0])
    said = "; ".join(f"{name} {n:,}" for name, n in excess.items())
    mo.vstack(
        [
            mo.md(f"""
            ## Four counts

            Redraw the groups by membership of the alliance and sum the levels its members notified: {said} above the
            ceilings. That is the General Staff's count; for ACVs the press printed another figure, and the record keeps both
            ({printed}). Most of these levels are recalled from memory, not seen in a source.

            Count what was held instead, and the published figures bound the alliance's tanks only between
            {held["low"]:,} and {held["high"]:,}: {held["verdict"]}. In the treaty's own groups the west held between
            {in_law["low"]:,} and {in_law["high"]:,} of {in_law["ceiling"]:,}: {in_law["verdict"]}.
            """),
            figures["four counts"],
        ]
    )
    return (excess,)


@app.cell
def _(asked, excess, figures, mo, sv):
    figures["by levels"] = sv.chart(
        asked["the alliance, notified levels"], categories=["battle_tank", "acv", "artillery"]
    )
    verdict = asked["the alliance, notified levels"]["CFE IV.1(A)", "nato"].value
    mo.vstack(
        [
            mo.md(f"""
            ## Is that a breach?

            No. The answer carries the test it makes, *{verdict.test}*, and says that no article asks for it
            (`in_law` is {verdict.in_law}). {excess["battle tanks"]:,} tanks above a ceiling that binds another group
            are an argument about what the treaty should say.
            """),
            figures["by levels"],
        ]
    )
    return


@app.cell
def _(asked, figures, mo, sv):
    treaty = asked["the treaty's groups, holdings"]
    figures["in law"] = sv.chart(treaty, categories=["battle_tank", "acv", "artillery"])
    west = treaty["CFE IV.1(A)", "west"].value
    mo.vstack(
        [
            mo.md(f"""
            ## The treaty's own count

            Joining an alliance moves nobody: the groups stand in the treaty by name. The newest figures with both bounds
            are of {west.snapshot_date}, {west.age_days:,} days old on the day. What would settle the western tanks:
            {west.would_settle}.
            """),
            figures["in law"],
        ]
    )
    return


if __name__ == "__main__":
    app.run()
