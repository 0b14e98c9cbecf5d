"""Later notices, museum pieces and what was declared at signature: three clauses of the reduction of equipment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command import servanda
from servanda.corpus import Corpus
from servanda.model.errors import DataError
from servanda.questions.inspect_reduction import inspect_reductions
from servanda.verification.liability import Notice, Revised, read_notices, revised
from servanda.verification.reduction import Entry

CORPUS = Corpus.default()
POL, BASE = ("POL", "battle_tank"), 1120
GROUPS = {"POL": "east", "HUN": "east", "DEU": "west"}


def notice(party, change, *, what="liability", day=1, category="battle_tank"):
    return Notice(
        party=party, category=category, notified=date(1993, 5, day), what=Revised(what), change=change, line=day
    )


def liability(*notices, on=date(1993, 6, 1)):
    found, findings = revised({POL: (BASE, BASE)}, notices, on=on, group_of=GROUPS, cite="CFE VIII.8")
    return found[POL][0], [f.cite for f in findings]


@pytest.mark.parametrize(
    ("notices", "left", "findings"),
    [
        ([notice("POL", 50)], BASE + 50, []),  # a rise counts at once
        ([notice("POL", -50)], BASE, ["CFE VIII.8"]),  # a fall that nothing matches is left out
        ([notice("HUN", 50), notice("POL", -50, day=2)], BASE - 50, []),  # preceded
        ([notice("POL", -50), notice("HUN", 50)], BASE - 50, []),  # accompanied, whatever the order of the lines
        ([notice("POL", -50), notice("HUN", 50, day=2)], BASE, ["CFE VIII.8"]),  # followed
        ([notice("HUN", 50, what="holdings"), notice("POL", -50)], BASE - 50, []),
        ([notice("HUN", 49), notice("POL", -50)], BASE, ["CFE VIII.8"]),  # of the same size
        ([notice("DEU", 50), notice("POL", -50)], BASE, ["CFE VIII.8"]),  # of the same group
        ([notice("HUN", 50, category="artillery"), notice("POL", -50)], BASE, ["CFE VIII.8"]),
        ([notice("HUN", 50), notice("POL", -50), notice("POL", -50, day=2)], BASE - 50, ["CFE VIII.8"]),  # matched once
        ([notice("HUN", 50), notice("POL", -50, day=2)], BASE, []),  # not yet notified on the day asked
    ],
)
def test_a_fall_counts_only_with_a_matching_rise(notices, left, findings):
    on = date(1993, 5, 1) if notices[-1].notified.day == 2 and not findings and left == BASE else date(1993, 6, 1)
    assert liability(*notices, on=on) == (left, findings)


@given(st.lists(st.tuples(st.sampled_from(["POL", "HUN"]), st.integers(-40, 40), st.integers(1, 20)), max_size=12))
def test_falls_never_outgrow_rises_of_their_group(rows):
    start = {("POL", "battle_tank"): (1000, 1000), ("HUN", "battle_tank"): (1000, 1000)}
    notices = [notice(p, n, day=d) for p, n, d in rows]
    found, findings = revised(start, notices, on=date(1994, 1, 1), group_of=GROUPS, cite="x")
    assert sum(low for low, _ in found.values()) >= 2000
    assert len(findings) <= sum(n < 0 for _, n, _ in rows)


def register(*entries):
    return inspect_reductions(
        CORPUS,
        "cfe",
        on="1996-01-01",
        register=entries,
        liabilities={"POL.battle_tank": 1120},
        levels={"POL.battle_tank": 1730},
    ).data


def entry(method, items, *, type="T-55", category="battle_tank"):
    return Entry(
        party="POL", category=category, method=method, items=items, type=type, notified=date(1993, 1, 1),
        began=date(1993, 2, 1), ended=date(1993, 4, 1), completed=date(1993, 4, 5), line=2,
    )  # fmt: skip


def test_two_items_of_each_type_are_kept_for_museums_beside_the_cap_on_display():
    data = register(
        entry("museum", 2),
        entry("museum", 2, type="T-72"),
        entry("museum", 3, type="T-34"),
        entry("static_display", 17),
    )
    methods = {m["method"]: m for m in data["parties"][0]["categories"][0]["methods"]}
    assert methods["museum"]["counted"] == [6, 6] and methods["static_display"]["counted"] == [17, 17]
    assert [f["cite"] for f in data["findings"]] == ["CFE RED X.3"]  # the third T-34
    data = register(entry("museum", 2, type=None))
    assert data["parties"][0]["categories"][0]["reduced"] == [0, 0] and data["findings"][0]["bars"]


def test_more_than_was_declared_at_signature_has_to_come_from_others():
    declared = 3315  # tanks of Czechoslovakia in the area on 19 November 1990; Poland's own number is not in the record
    tanks = replace(entry("destruction", declared), party="CSK")
    assert "CFE VIII.5" not in [f["cite"] for f in register(tanks)["findings"]]
    (found,) = [f for f in register(replace(tanks, items=declared + 1))["findings"] if f["cite"] == "CFE VIII.5"]
    assert "declared 3,315" in found["statement"] and not found["bars"]
    assert "CFE VIII.5" not in [f["cite"] for f in register(entry("destruction", 20_000))["findings"]]


def test_notices_are_read_row_by_row_and_asked_through_the_command_line(tmp_path):
    reduced, notices = tmp_path / "reduced.csv", tmp_path / "notices.csv"
    reduced.write_text(
        "party,category,method,items,notified,began,ended,completed\nPOL,battle_tank,destruction,10,1993-01-01,1993-02-01,1993-04-01,1993-04-05\n"
    )
    notices.write_text("party,category,notified,what,change\nPOL,battle_tank,1993-05-02,liability,-50\n")
    ask = ("inspect", "reductions", "cfe", str(reduced), "--on", "1996-01-01", "--liability", "POL.battle_tank=1120")
    done = servanda(*ask, "--notices", str(notices), COLUMNS="200")
    assert done.returncode == 0 and "CFE VIII.8" in done.stdout and "of 1,120 reduced" in done.stdout
    notices.write_text("party,category,notified,what,change\nPOL,battle_tank,soon,level,few\n")
    with pytest.raises(DataError) as caught:
        read_notices(notices)
    assert len(caught.value.faults) == 3
