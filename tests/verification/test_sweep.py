"""A sweep over quotas: simulated as computed, and the same numbers wherever it is done."""

from __future__ import annotations

import pytest

from servanda.model.errors import InputError, UnknownName
from servanda.questions.inspect_design import inspect_design


def sweep(**more):
    return inspect_design(
        objects=80, wrong=3, wanted=0.5, detect=0.7, percents=(5, 15, 40), seasons=20_000, **more
    ).data


def test_each_quota_is_simulated_as_computed():
    for point in sweep(seed=3)["sweep"]:
        assert point["low"] - 0.005 <= point["chance"] <= point["high"] + 0.005
    assert sweep(seed=3) == sweep(seed=3) != sweep(seed=4)


def test_a_dask_cluster_gives_the_numbers_of_one_machine():
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0"
    ) as cluster:
        assert sweep(engine="dask", address=cluster.scheduler_address) == sweep()


@pytest.mark.parametrize(
    ("more", "error", "message"),
    [({"engine": "spark"}, UnknownName, "spark"), ({"address": "127.0.0.1:1"}, InputError, "only the engine dask")],
)
def test_engines_are_those_of_the_reading_of_piles(more, error, message):
    with pytest.raises(error, match=message):
        sweep(**more)


def test_seasons_are_a_number_that_can_be_played():
    with pytest.raises(InputError, match="0 seasons"):
        inspect_design(objects=10, wrong=1, wanted=0.5, seasons=0)
