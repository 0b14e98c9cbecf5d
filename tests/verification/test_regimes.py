"""Other regimes as data, and published numbers of inspections held against quotas."""

from __future__ import annotations

import pytest

from servanda.corpus import Corpus
from servanda.model.errors import InputError
from servanda.questions.inspect_lost import inspect_lost
from servanda.questions.inspect_quotas import inspect_quotas
from servanda.questions.inspect_request import inspect_may
from servanda.verification.files import objects_of, past_of

CORPUS = Corpus.default()


@pytest.mark.parametrize(
    ("instrument", "on", "year", "passive"),
    [
        ("new-start", "2011-02-05", 1, 18),
        ("new-start", "2012-02-04", 1, 18),
        ("new-start", "2012-02-05", 2, 18),
        ("inf", "1988-06-01", 1, 20),
        ("inf", "1991-05-31", 3, 20),
        ("inf", "1991-06-01", 1, 15),
        ("inf", "1996-05-31", 5, 15),
        ("inf", "1996-06-01", 1, 10),
        ("inf", "2001-05-31", 5, 10),
    ],
)
def test_quotas_that_are_plain_numbers(instrument, on, year, passive):
    data = inspect_quotas(CORPUS, instrument, on=on, party="USA").data
    assert (data["period"]["year"], data["parties"][0]["passive"]) == (year, passive)


def test_the_inf_quota_sums_to_what_was_printed_and_ends_after_thirteen_years():
    total = sum(
        inspect_quotas(CORPUS, "inf", on=f"{year}-07-01", party="USA").data["parties"][0]["passive"]
        for year in range(1988, 2001)
    )
    assert total == 185
    with pytest.raises(InputError, match="no quota period"):
        inspect_quotas(CORPUS, "inf", on="2001-06-01")
    with pytest.raises(InputError, match="before the first day"):
        inspect_quotas(CORPUS, "inf", on="1988-05-31")


def test_published_numbers_stand_beside_the_quota_they_count_against():
    data = inspect_lost(CORPUS, "new-start", since="2011-02-05", until="2021-01-01").data
    found = [(p["by"], p["count"], p["quota"], p["within_quota"]) for p in data["published"]]
    assert ("USA", 18, 18, True) in found and ("RUS", 2, 18, True) in found


def test_without_numbers_of_objects_the_quota_of_a_published_number_is_not_known():
    plain = inspect_lost(CORPUS, "cfe", since="2017-01-01", until="2018-01-01").data["published"]
    (ukraine,) = [p for p in plain if p["of"] == "UKR"]
    assert (ukraine["count"], ukraine["quota"], ukraine["within_quota"]) == (18, None, None)
    told = inspect_lost(CORPUS, "cfe", since="2017-01-01", until="2018-01-01", objects=objects_of({"UKR": 100}))
    (ukraine,) = [p for p in told.data["published"] if p["of"] == "UKR"]
    assert (ukraine["quota"], ukraine["within_quota"]) == (15, False)  # of an assumed hundred objects


@pytest.mark.parametrize(
    ("party", "on", "flights", "shared"),
    [
        ("RUS", "2003-01-01", 31, ["BLR"]),  # three quarters of 42, rounded down
        ("NOR", "2003-01-01", 5, []),  # of 7
        ("RUS", "2010-01-01", 42, ["BLR"]),
        ("NLD", "2010-01-01", 6, ["BEL", "LUX"]),
        ("USA", "2005-06-01", None, []),  # the year on which sources do not agree
        ("GEO", "2010-01-01", None, []),  # a later party: its allocation is not in the record
    ],
)
def test_observation_flights_are_allocated_to_parties(party, on, flights, shared):
    (found,) = inspect_quotas(CORPUS, "open-skies", on=on, party=party).data["parties"]
    assert (found["passive"], found["shared_with"]) == (flights, shared)


@pytest.mark.parametrize(("units", "visits"), [(None, None), (1, 1), (60, 1), (61, 2), (130, 3), (899, 15), (2000, 15)])
def test_evaluation_visits_go_by_sixty_units_or_a_part(units, visits):
    numbers = objects_of({"POL": units}) if units else ()
    answer = inspect_quotas(CORPUS, "vienna-document", on="2015-01-01", party="POL", objects=numbers)
    beside = {b["quota"]: b for b in answer.data["parties"][0]["beside"]}
    assert (beside["inspections"]["number"], beside["evaluations"]["number"]) == (3, visits)
    assert {b["confidence"] for b in beside.values()} == {"recalled"}
    assert any("recalled" in c for c in answer.node.caveats)


def test_where_no_quota_is_in_the_record_published_numbers_are_told_and_no_quota_is_made_up():
    answer = inspect_quotas(CORPUS, "florence-1996", on="2010-01-01")
    assert {p["passive"] for p in answer.data["parties"]} == {None}
    assert [p["count"] for p in answer.data["published"]] == [185]  # the others count to 2020 and 2021
    assert any("not in the record" in note for note in answer.not_known)


@pytest.mark.parametrize(
    ("instrument", "asked", "allowed", "forbids"),
    [
        ("new-start", {"kind": "type_one", "arrive": "2012-01-10T10:00"}, True, []),
        ("new-start", {"kind": "type_one", "arrive": "2011-04-05T10:00"}, False, ["NST Protocol Five I.2"]),
        ("new-start", {"kind": "type_two", "arrive": "2012-01-10T10:00", "team": 11}, False, ["NST Protocol Five II"]),
        ("new-start", {"kind": "type_one", "arrive": "2026-03-05T10:00"}, False, ["NST"]),
        ("inf", {"kind": "short_notice", "arrive": "1989-05-05T10:00", "of": "SUN"}, True, []),
        (
            "inf",
            {"kind": "short_notice", "arrive": "1989-05-05T10:00", "notice": "1989-05-04T19:00", "of": "SUN"},
            False,
            ["INF Protocol on Inspection IV"],
        ),
    ],
)
def test_requests_under_other_treaties_by_the_clauses_that_the_record_has(instrument, asked, allowed, forbids):
    data = inspect_may(CORPUS, instrument, by="USA", **{"of": "RUS", **asked}).data
    assert data["allowed"] is allowed
    assert [c["cite"] for c in data["because"] if c["ok"] is False] == forbids
    assert any("recalled, not sourced" in c["statement"] for c in data["because"])
    assert any("not in the record" in c["statement"] for c in data["because"] if c["ok"] is None)


def test_type_one_inspections_use_the_quota_of_all_as_well():
    done = past_of(
        [{"by": "USA", "site": f"s{i}", "owner": "RUS", "territory": "RUS", "kind": k, "began": "2011-06-01", "ended": "2011-06-02"}
         for i, k in enumerate(["type_one"] * 10 + ["type_two"] * 7)]
    )  # fmt: skip
    for kind, cites in (("type_one", ["NST Protocol Five VI"]), ("type_two", [])):
        data = inspect_may(
            CORPUS, "new-start", by="USA", of="RUS", kind=kind, arrive="2011-08-10T10:00", past=done
        ).data
        assert [c["cite"] for c in data["because"] if c["ok"] is False] == cites


def test_a_regime_without_requests_in_the_record_says_so():
    with pytest.raises(InputError, match="none is in the record"):
        inspect_may(CORPUS, "open-skies", by="USA", of="RUS", arrive="2010-01-01")
