"""From one exchange to the next: what changed, what a notice accounts for, and what was not notified."""

from __future__ import annotations

import dataclasses
import json
from datetime import date

import pytest

import servanda as sv
from servanda.corpus import Corpus
from servanda.exchange.formats import write
from servanda.model.errors import InputError
from servanda.questions.declared import Given, records_of
from servanda.questions.declared_changes import compare_declarations, declarations_of, notices_between
from servanda.questions.exchange import types_of
from tests.exchange.samples import all_of_1995, declaration, form, with_rows

CORPUS = Corpus.default()


def later(value, on=date(1996, 12, 1)):
    return dataclasses.replace(value, as_of=on, exchanged=on)


def asked(before, after, notices=()):
    given = [Given(n, "notice") for n in notices]
    return compare_declarations(CORPUS, "cfe", [Given(before, "a")], [Given(after, "b")], notices=given)


def first_tanks(value):
    """The first unit's line of tanks that can double without breaking anything else."""
    rows = value.rows("IIIA")
    return next(i for i, r in enumerate(rows) if r["category"] == "battle_tank" and r.get("type") and r["number"] > 3)


def doubled(value, by=2):
    at = first_tanks(value)
    return with_rows(value, "IIIA", lambda rows: rows[at].__setitem__("number", rows[at]["number"] * by))


def test_nothing_changed_is_said():
    answer = asked(declaration(), later(declaration()))
    row = answer.data["parties"][0]
    assert row["changes"] == [] and row["not_notified"] == []
    assert "nothing changed" in str(answer.node.because[0].statement)
    assert str(answer.node.statement).startswith("SYNTHETIC")


def test_a_doubled_unit_without_a_notice_is_named_with_its_clause():
    value = declaration()
    line = value.rows("IIIA")[first_tanks(value)]
    answer = asked(value, later(doubled(value)))
    row = answer.data["parties"][0]
    change = next(c for c in row["changes"] if c["what"] == "holdings")
    assert (change["record"], change["category"]) == (line["record"], "battle_tank")
    assert change["after"] - change["before"] == line["number"]
    found = [f for f in row["not_notified"] if f["cite"] == "IE VIII.1(B)"]
    assert len(found) == 1 and line["record"] in found[0]["message"]
    totals = {t["category"]: t for t in row["totals"]}
    assert totals["battle_tank"]["after"] - totals["battle_tank"]["before"] == line["number"]


def test_a_notice_in_time_accounts_for_it_and_one_of_another_time_does_not():
    value = declaration()
    line = value.rows("IIIA")[first_tanks(value)]
    after = later(doubled(value))
    now = sum(
        r["number"]
        for r in after.rows("IIIA")
        if r["record"] == line["record"] and r["category"] == "battle_tank" and r.get("type")
    )
    row = {"line": 1, "record": line["record"], "category": "battle_tank", "number": now, "changed_on": "1996-05-01"}
    notice = dataclasses.replace(
        value, document="ten_percent", as_of=date(1996, 5, 4), exchanged=None, tables={"holdings_after": (row,)}
    )
    told = asked(value, after, [notice]).data["parties"][0]
    assert not [f for f in told["not_notified"] if f["cite"] == "IE VIII.1(B)"] and told["notices"] == 1
    early = dataclasses.replace(notice, as_of=date(1995, 5, 4))
    again = asked(value, after, [early]).data["parties"][0]
    assert [f for f in again["not_notified"] if f["cite"] == "IE VIII.1(B)"] and again["notices"] == 0


def test_units_that_come_go_move_and_change_names_are_told_apart():
    value = declaration()
    places = value.rows("III")
    gone, renamed, moved = (places[i]["record"] for i in (0, 1, 2))

    def change(rows):
        rows[1]["designation"] = "Renamed"
        rows[2]["place"] = "Elsewhere"
        del rows[0]
        rows.append({**rows[-1], "record": "NEW-1", "line": len(rows) + 1})

    after = later(with_rows(value, "III", change))
    after = with_rows(after, "I", lambda rows: rows.__setitem__(slice(None), [r for r in rows if r["record"] != gone]))
    kinds = {(c["what"], c["record"]) for c in asked(value, after).data["parties"][0]["changes"]}
    assert {("gone", gone), ("renamed", renamed), ("moved", moved), ("new", "NEW-1")} <= kinds


def test_what_cannot_be_compared_is_refused():
    value = declaration()
    with pytest.raises(InputError, match="earlier exchange first"):
        asked(later(value), value)
    with pytest.raises(InputError, match="no state gave both"):
        asked(value, later(declaration("BEL")))
    with pytest.raises(InputError, match="not known"):
        declarations_of(CORPUS, "cfe", "1995", None)


def test_years_days_and_files(tmp_path):
    value = declaration("BEL")
    folder = tmp_path / "all"
    folder.mkdir()
    for name, one in (("a", value), ("b", later(value, date(1996, 1, 1))), ("c", later(value, date(1996, 6, 1)))):
        write(folder / f"{name}.json", one, form(), types=types_of(CORPUS, "cfe"))
    store = str(folder)
    assert [g.value.as_of for g in declarations_of(CORPUS, "cfe", "1995", store)] == [date(1995, 11, 17)]
    assert [g.value.as_of for g in declarations_of(CORPUS, "cfe", "1996", store)] == [date(1996, 1, 1)]
    assert [g.value.as_of for g in declarations_of(CORPUS, "cfe", "1996-06-01", store)] == [date(1996, 6, 1)]
    assert declarations_of(CORPUS, "cfe", str(folder / "a.json"), None)[0].value == value
    with pytest.raises(InputError, match="no declaration is as of 1994"):
        declarations_of(CORPUS, "cfe", "1994", store)
    with pytest.raises(InputError, match="not a day"):
        declarations_of(CORPUS, "cfe", "1996-13-01", store)
    with pytest.raises(InputError, match="not a notice"):
        notices_between(CORPUS, "cfe", None, [folder / "a.json"])


def test_declared_figures_are_held_against_those_of_the_record():
    given = [Given(d, f"{d.party}.json") for d in all_of_1995()]
    answer = sv.load("cfe").assess(on="1995-11-17", records=records_of(CORPUS, "cfe", given))
    held = answer.data["against_record"]
    assert held["compared"] > 60
    # what the generator takes from the record agrees; newspapers and figures of second choice need not
    assert not [d for d in held["differences"] if (d["status"], d["provenance"]) == ("preferred", "published")]
    value = declaration("UKR")
    more = with_rows(value, "IIIA", lambda rows: rows[first_tanks(value)].__setitem__("number", 9_000))
    changed = [Given(more if d.party == "UKR" else d, "x") for d in all_of_1995()]
    again = sv.load("cfe").assess(on="1995-11-17", records=records_of(CORPUS, "cfe", changed)).data["against_record"]
    new = [d for d in again["differences"] if (d["status"], d["provenance"]) == ("preferred", "published")]
    was = next(r["number"] for i, r in enumerate(value.rows("IIIA")) if i == first_tanks(value))
    assert [(d["holder"], d["category"], d["given_low"] - d["low"]) for d in new] == [
        ("parties", "battle_tank", 9_000 - was)
    ]
    assert json.dumps(again)
