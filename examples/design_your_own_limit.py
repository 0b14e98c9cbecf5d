"""Write a limit of your own and hold it against the record. `marimo edit examples/design_your_own_limit.py`.

The limits stand in `own-limit.yaml`, the made-up record in `own-record.yaml`, both beside this page.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Design your own limit")


@app.cell
def _():
    import altair as alt
    import marimo as mo

    import servanda as sv
    from servanda.scenario import apply, load_scenario

    here = mo.notebook_dir()
    day = "1995-11-17"
    figures = {}
    return alt, apply, day, figures, here, load_scenario, mo, sv


@app.cell
def _(here, mo):
    source = (here / "own-limit.yaml").read_text(encoding="utf-8")
    mo.vstack(
        [
            mo.md("""
            # Design your own limit

            A limit is data: whose equipment, which category, where, at most how many, from when. This one stands in a file
            of its own and is laid over the record without touching it.
            """),
            mo.plain_text(source),
        ]
    )
    return


@app.cell
def _(apply, day, here, load_scenario, sv):
    with_limit = apply(sv.Corpus.default(), [load_scenario(here / "own-limit.yaml")])
    answer = sv.load("cfe", with_limit).assess(on=day, limits=("OWN 1", "OWN 2"))
    states = [v for v in answer.value if v.limit.id == "OWN 1"]
    groups = {v.scope: v for v in answer.value if v.limit.id == "OWN 2"}
    return answer, groups, states


@app.cell
def _(alt, day, figures, mo, states):
    rows = [
        {"state": v.scope, "low": v.low, "high": v.high, "ceiling": v.bound, "verdict": v.verdict.value} for v in states
    ]
    order = [r["state"] for r in sorted(rows, key=lambda r: (r["verdict"], -r["high"]))]
    base = alt.Chart(alt.Data(values=rows))
    y = alt.Y("state:N", sort=order, title=None)
    scale = alt.Scale(domain=["within", "undetermined"], range=["#0072B2", "#E69F00"])
    hue = alt.Color("verdict:N", scale=scale)
    form = alt.Shape("verdict:N", scale=alt.Scale(domain=scale.domain, range=["circle", "diamond"]))
    bars = base.mark_bar(height=7, opacity=0.6).encode(
        x=alt.X("low:Q", title="battle tanks", axis=alt.Axis(tickCount=6)), x2="high:Q", y=y, color=hue
    )
    ends = base.mark_point(filled=True, size=40).encode(x="high:Q", y=y, color=hue, shape=form)
    line = base.mark_rule(color="black", strokeWidth=2).encode(x="ceiling:Q")
    figures["every state"] = (bars + ends + line).properties(
        width=560,
        height={"step": 15},
        title=alt.Title(
            f"OWN 1: battle tanks of each state against a ceiling of one's own, {day}",
            subtitle="bar: least to greatest the record allows; black: the ceiling; figures of the record",
            anchor="start",
        ),
    )
    known = [v for v in states if v.low == v.high]
    largest = max(known, key=lambda v: v.high)
    open_ = [v for v in states if v.verdict.value == "undetermined"]
    mo.vstack(
        [
            mo.md(f"""
            ## Every state at once

            For {len(known)} of {len(states)} states the record has a figure of {day}; the largest is {largest.scope} with
            {largest.high:,}, and all of them keep the limit. For the other {len(open_)} the record has only the total of all
            parties: each alone may hold anything between nothing and what is left of that total. That is no figure of
            zero, and no breach: *undetermined*.
            """),
            figures["every state"],
        ]
    )
    return


@app.cell
def _(answer, figures, groups, mo, sv):
    figures["partial data"] = sv.chart(answer)
    west = groups["west"]
    mo.vstack(
        [
            mo.md(f"""
            ## The hard case: partial data

            The innermost zone has no figure of its own at all. The west's bounds there run from {west.low:,} to {west.high:,}
            against {west.bound:,}: {west.verdict.value}. The engine names the record that would settle it:
            *{west.would_settle}*.
            """),
            figures["partial data"],
        ]
    )
    return


@app.cell
def _(apply, day, figures, groups, here, load_scenario, mo, sv):
    overlays = [load_scenario(here / name) for name in ("own-limit.yaml", "own-record.yaml")]
    settled = sv.load("cfe", apply(sv.Corpus.default(), overlays)).assess(on=day, limits=("OWN 2",))
    now = {v.scope: v for v in settled.value}
    figures["settled"] = sv.chart(settled)
    told = "; ".join(
        f"{scope}: {groups[scope].verdict.value} becomes {v.verdict.value}, {v.low:,} to {v.high:,} of {v.bound:,}"
        for scope, v in now.items()
    )
    mo.vstack(
        [
            mo.md(f"""
            ## The record that settles it

            Suppose such totals were published (these are made up, and say so in the answer). {told}. An interval is enough,
            where all of it lies on one side of the ceiling.
            """),
            figures["settled"],
        ]
    )
    return


if __name__ == "__main__":
    app.run()
