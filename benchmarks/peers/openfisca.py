"""OpenFisca: limits as variables over a population of cells, one formula a limit, asked day by day."""

from __future__ import annotations

import numpy as np
from openfisca_core import periods
from openfisca_core.entities import Entity
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.timing import Timed, timed

DAYS = 5


def run(mine: Timed):
    """Times over a few days, scaled to all of them; (days, row) pairs."""
    from benchmarks.verdicts_bulk import DATES, world

    holdings, members, bounds = world()
    cell = Entity("cell", "cells", "a cell", "")
    system = TaxBenefitSystem([cell])

    class held(Variable):  # noqa: N801
        value_type = float
        entity = cell
        definition_period = periods.DateUnit.DAY

    system.add_variable(held)
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("cell", list(range(holdings.shape[1])))
    simulation = builder.build(system)
    days = [f"2000-01-{d + 1:02d}" for d in range(DAYS)]
    for i, day in enumerate(days):
        simulation.set_input("held", day, holdings[i])

    def ask():
        over = []
        for day in days:
            values = simulation.calculate("held", day)
            over.append([values[m].sum() > b for m, b in zip(members, bounds, strict=True)])
        return np.array(over).T

    expected = np.stack([holdings[:DAYS, m].sum(axis=1) > b for m, b in zip(members, bounds, strict=True)])
    assert (ask() == expected).all()
    few = timed("OpenFisca, inputs by day, sums by hand", ask, 3)
    scale = DATES / DAYS
    yield DAYS, Timed(few.name, few.median * scale, few.least * scale, few.most * scale)
