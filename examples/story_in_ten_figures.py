"""The story of the CFE Treaty in ten figures. `marimo edit examples/story_in_ten_figures.py`, or run it with Python.

No number stands in the prose: every one is asked of the record when the page is made.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="The CFE Treaty in ten figures")


@app.cell
def _():
    import marimo as mo

    import servanda as sv

    cfe = sv.load("cfe")
    figures = {}
    return cfe, figures, mo, sv


@app.cell
def _(cfe, mo):
    instrument = cfe.dossier.instrument
    mo.md(f"""
    # The {instrument.title} in ten figures

    {instrument.gist} Each figure is an answer of the record, drawn. Change a question and the page follows.
    """)
    return


@app.cell
def _(cfe, figures, mo, sv):
    acts = cfe.timeline()
    contested = [e for e in acts.value if e.contested_by]
    years = acts.value[-1].sort.year - acts.value[0].sort.year
    figures["all acts"] = sv.chart(acts)
    mo.vstack(
        [
            mo.md(f"""
            ## 1. {years} years of acts

            {len(acts.value)} acts and computed effects. Only {len(contested)} of them are contested, and the dispute
            turns on those: {"; ".join(f"{e.when.text}, {', '.join(e.actors)}" for e in contested)}.
            """),
            figures["all acts"],
        ]
    )
    return


@app.cell
def _(cfe, figures, mo, sv):
    signed = cfe.dossier.instrument.adopted.day
    at_signature = cfe.assess(on=signed, prospective=True)

    def over(scope, limit):
        return -at_signature[limit, scope].value.headroom

    tanks_west, tanks_east = over("west", "CFE IV.1(A)"), over("east", "CFE IV.1(A)")
    figures["headroom at signature"] = sv.chart(at_signature, categories=["battle_tank", "acv", "artillery"])
    mo.vstack(
        [
            mo.md(f"""
            ## 2. What stood above the ceilings at signature

            On {signed} the east stood {tanks_east:,} tanks above the ceiling, the west {tanks_west:,}. For the nested
            zones nobody published figures: the bars there run from what must be there to what may be there.
            """),
            figures["headroom at signature"],
        ]
    )
    return (tanks_west,)


@app.cell
def _(cfe, figures, mo, sv, tanks_west):
    liabilities = cfe.reductions()
    west = next(x for x in liabilities.value if (x.holder, x.category) == ("west", "battle_tank"))
    figures["reductions"] = sv.chart(liabilities)
    mo.vstack(
        [
            mo.md(f"""
            ## 3. What was to be reduced

            A liability is not an excess. The western states owed the reduction of {west.stated.value:,} tanks, more than
            the {tanks_west:,} their group was above its ceiling, because members chose levels below it.
            """),
            figures["reductions"],
        ]
    )
    return


@app.cell
def _(cfe, figures, mo, sv):
    tanks = cfe.changes(since="1990-11-19", until="2012-01-01", limits=("CFE IV.1(A)",))
    figures["tanks"] = sv.chart(tanks, postures=["any"])
    first = next(v.applies_from for _, verdicts in tanks.value for v in verdicts)
    settled = [on for on, verdicts in tanks.value for v in verdicts if v.verdict.value in ("within", "exceeded")]
    mo.vstack(
        [
            mo.md(f"""
            ## 4. Tanks against the ceiling

            The ceiling judges from {first}. From that day the published totals settle the verdict on {len(settled)}
            of the stretches drawn; on the others they allow both answers, and the picture says so.
            """),
            figures["tanks"],
        ]
    )
    return


@app.cell
def _(cfe, figures, mo, sv):
    air = cfe.changes(since="1990-11-19", until="2012-01-01", limits=("CFE IV.1(D)", "CFE IV.1(E)"))
    figures["aircraft"] = sv.chart(air)
    last_day, last = air.value[-1]
    told = "; ".join(f"{v.limit.category.replace('_', ' ')}, {v.scope}: {v.verdict.value}" for v in last)
    mo.vstack(
        [
            mo.md(f"""
            ## 5. Aircraft and helicopters

            One number for the whole area, no zones. Where the total of all parties is below one group's ceiling, both
            groups keep it whoever holds what. As the figures stand from {last_day}: {told}.
            """),
            figures["aircraft"],
        ]
    )
    return


@app.cell
def _(cfe, figures, mo, sv):
    zones = cfe.assess(on="1999-06-01")
    figures["zones"] = sv.chart(zones, categories=["battle_tank", "artillery"])
    flank = zones["CFE V.1(A)(1)", "east"].value
    mo.vstack(
        [
            mo.md(f"""
            ## 6. Nested zones, and the flank

            The further in, the less may stand there. The eastern flank may hold {flank.bound:,} tanks in active units;
            the record bounds what it held between {flank.low:,} and {flank.high:,}: {flank.verdict.value}. What would
            settle it: {flank.would_settle}.
            """),
            figures["zones"],
        ]
    )
    return


@app.cell
def _(cfe, figures, mo, sv):
    russia = cfe.timeline(party="RUS")
    figures["2007"] = sv.chart(russia, since="2007-01-01", until="2008-02-01")
    notice = next(e for e in russia.value if e.kind == "suspend")
    effect = next(e for e in russia.value if e.kind == "effect" and e.contested_by)
    rule = cfe.dossier.instrument.exit
    days = (effect.sort - notice.sort).days
    mo.vstack(
        [
            mo.md(f"""
            ## 7. The suspension

            Notice on {notice.when.text}, effect on {effect.when.text}: day {days}, so that {days - 1} clear days lie between,
            as {rule.cite}, the clause on *withdrawal*, asks ({rule.notice.days}). {cfe.dossier.instrument.suspension_gist}
            {len(notice.contested_by)} states contest it.
            """),
            figures["2007"],
        ]
    )
    return


@app.cell
def _(cfe, figures, mo, sv):
    before = cfe.obligations(on="2008-06-01", kind="exchange", reading="self")
    terms = cfe.obligations(on="2008-06-01", kind="exchange")

    def owed(answer):
        return sum(cell is True for line in answer.value.owes for cell in line)

    figures["exchange 2008"] = sv.chart(before)
    mo.vstack(
        [
            mo.md(f"""
            ## 8. Who owed data to whom in June 2008

            By each state's own reading {owed(before):,} duties of exchange stood, by the instrument's own terms
            {owed(terms):,}: one row is missing. The others went on sending Russia their data.
            """),
            figures["exchange 2008"],
        ]
    )
    return before, owed


@app.cell
def _(before, cfe, figures, mo, owed, sv):
    after = cfe.obligations(on="2012-06-01", kind="exchange", reading="self")
    limits = cfe.obligations(on="2012-06-01", kind="limits", reading="self").value.column("RUS")
    keep = sum(value is True for value in limits.values())
    stopped = [p for p, value in after.value.column("RUS").items() if value is False]
    figures["exchange 2012"] = sv.chart(after)
    mo.vstack(
        [
            mo.md(f"""
            ## 9. The answer, four years later

            In November 2011 {len(stopped)} states stopped toward Russia alone. {owed(before) - owed(after):,} duties went,
            all in one column. The limits are owed to Russia by {keep} of {len(limits)} states still.
            """),
            figures["exchange 2012"],
        ]
    )
    return


@app.cell
def _(cfe, figures, mo, sv):
    end = sv.chart(cfe.timeline(), since="2023-05-01", until="2024-08-01")
    figures["the end"] = end
    now = cfe.standing(on="2024-08-01", reading="self")
    by = {}
    for p in now.data["parties"]:
        by.setdefault(p["standing"].replace("_", " "), []).append(p["party"])
    told_now = "; ".join(f"{word}: {len(who)}" for word, who in by.items() if word != "none")
    mo.vstack(
        [
            mo.md(f"""
            ## 10. Withdrawal and what it set off

            Each state as it saw itself on 1 August 2024: {told_now}. A withdrawal moves one party; the ceilings stay for
            those that remain.
            """),
            end,
        ]
    )
    return


if __name__ == "__main__":
    app.run()
