"""Ends that a clause puts off: early notices, armed conflicts; and territories, which bind nobody else."""

from __future__ import annotations

import pytest

from servanda.questions.table import standing_of_table

RULE = """title: T
entry: {rule: count, count: 1, period: {days: 30}, per_party: true, cite: Art. 9}
exit: {notice: {months: 6}, cite: Art. 20, LEAVING}
"""


def ask(tmp_path, leaving, on, table="Participant,Ratification,Withdrawal\nPoland,1 Jan 1990,1 Jan 1995\n"):
    (tmp_path / "t.csv").write_text(table, encoding="utf-8")
    (tmp_path / "r.yaml").write_text(RULE.replace("LEAVING", leaving), encoding="utf-8")
    answer = standing_of_table(tmp_path / "t.csv", tmp_path / "r.yaml", on=on)
    return {p["party"]: (p["standing"], p["since"]) for p in answer.data["parties"]}, answer


CONFLICT = "longer_in_conflict: true, conflicts: [{party: POL, since: 1994-05-01, until: END}]"


@pytest.mark.parametrize(
    ("until", "on", "standing"),
    [
        ("1996-03-01", "1995-07-02", ("notice_given", "1995-01-01")),
        ("1996-03-01", "1996-02-29", ("notice_given", "1995-01-01")),
        ("1996-03-01", "1996-03-01", ("withdrawn", "1996-03-01")),
        ("1995-06-30", "1995-07-01", ("withdrawn", "1995-07-01")),  # over before the six months ran out
        ("1995-07-01", "1995-07-01", ("withdrawn", "1995-07-01")),
        ("null", "2010-01-01", ("notice_given", "1995-01-01")),
    ],
)
def test_an_end_waits_for_the_end_of_a_conflict(tmp_path, until, on, standing):
    assert ask(tmp_path, CONFLICT.replace("END", until), on)[0]["POL"] == standing


def test_a_conflict_of_another_or_one_that_begins_later_puts_nothing_off(tmp_path):
    other = CONFLICT.replace("POL", "FRA").replace("END", "null")
    assert ask(tmp_path, other, "1995-07-01")[0]["POL"] == ("withdrawn", "1995-07-01")
    later = CONFLICT.replace("1994-05-01", "1995-07-02").replace("END", "null")
    assert ask(tmp_path, later, "1995-07-02")[0]["POL"] == ("withdrawn", "1995-07-01")


def test_a_notice_before_the_clause_allows_one_leads_to_no_known_day(tmp_path):
    # in force for it on 31 January 1990: notices from 31 January 1993 on
    early = "Participant,Ratification,Withdrawal\nPoland,1 Jan 1990,30 Jan 1993\nFrance,1 Jan 1990,31 Jan 1993\n"
    found = ask(tmp_path, "not_before: {years: 3}", "1993-07-30", early)[0]
    assert found == {"POL": ("notice_given", "1993-01-30"), "FRA": ("notice_given", "1993-01-31")}
    found = ask(tmp_path, "not_before: {years: 3}", "1993-07-31", early)[0]
    assert found == {"POL": ("unknown", None), "FRA": ("withdrawn", "1993-07-31")}


def test_a_territory_binds_itself_and_is_counted_for_nobody(tmp_path):
    table = "Country,Territory,Action,Date\nNetherlands,Aruba,Acceptance,1 Jan 1990\nPoland,,Ratification,1 Jan 1992\n"
    found, answer = ask(tmp_path, "year_end: false", "1991-01-01", table)
    assert found["NLD-ARUBA"][0] == "contracting" and "NLD" not in found
    assert any("Aruba alone" in n["message"] for n in answer.data["notes"])
    found, _ = ask(tmp_path, "year_end: false", "1993-01-01", table)
    assert found == {"NLD-ARUBA": ("in_force", "1992-01-31"), "POL": ("in_force", "1992-01-31")}
    table = "Participant,Ratification\nNetherlands (Aruba),1 Jan 1990\nPoland,1 Jan 1992\n"
    found, answer = ask(tmp_path, "year_end: false", "1991-01-01", table)
    assert found == {"POL": ("none", None), "X-NETHERLANDS-ARUBA": ("contracting", "1990-01-01")}
    assert answer.data["strangers"] == ["Netherlands (Aruba)"]
