"""Other regimes as data, and published numbers of inspections held against quotas."""

from __future__ import annotations

import pytest

from servanda.corpus import Corpus
from servanda.model.errors import InputError
from servanda.questions.inspect_quotas import inspect_lost, inspect_quotas
from servanda.verification.files import objects_of

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
