"""Checks of places: in the area, in the area that is named, on whose ground, near the declared site."""

from __future__ import annotations

from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt

from servanda.exchange.cells import degrees
from servanda.exchange.checks.registry import Validation, check
from servanda.exchange.context import Ground
from servanda.exchange.declaration import Row
from servanda.model.forms import FormRule


def _grounds(case: Validation) -> Iterator[tuple[int, Row, Ground]]:
    for index, row in enumerate(case.value.rows(case.form.roles.places)):
        ground = case.ground(row.get("coordinates"))
        if ground is not None:
            yield index, row, ground


@check("in_area")
def in_area(case: Validation, rule: FormRule) -> None:
    """Units and sites lie on ground of the area."""
    for name in (case.form.roles.places, case.form.roles.sites):
        for index, row in enumerate(case.value.rows(name)):
            ground = case.ground(row.get("coordinates"))
            if ground is not None and not ground.bound:
                where = "in no block of the area"
                if ground.blocks:
                    where = f"on ground of {'/'.join(ground.states)}, not bound that day"
                case.say(rule, f"{row['coordinates']} lies {where}", name, index, "coordinates")


@check("right_area")
def right_area(case: Validation, rule: FormRule) -> None:
    """The area named is the innermost one at the coordinates."""
    for index, row, ground in _grounds(case):
        area = row.get("area")
        if not ground.bound or area is None:
            continue
        inner = [a.id for a in case.form.areas if a.zone in ground.zones]
        holds = [a for a in inner if not any(a in case.facts.areas_over(b) for b in inner if b != a)]
        if len(ground.blocks) == 1 and holds and area not in holds:
            message = f"gives {area}; {row['coordinates']} lies in {' or '.join(holds)}"
            case.say(rule, message, case.form.roles.places, index, "area")


def _of_units_and_sites(case: Validation) -> Iterator[tuple[str, int, Row, Ground]]:
    for name in (case.form.roles.places, case.form.roles.sites):
        for index, row in enumerate(case.value.rows(name)):
            ground = case.ground(row.get("coordinates"))
            if ground is not None and ground.bound:
                yield name, index, row, ground


@check("own_ground")
def own_ground(case: Validation, rule: FormRule) -> None:
    """A unit or declared site without a host is on the ground of its own state."""
    for name, index, row, ground in _of_units_and_sites(case):
        if "host" not in row and case.value.party not in ground.states:
            message = f"{row['coordinates']} is ground of {'/'.join(ground.states)} and no host is named"
            case.say(rule, message, name, index, "host")


@check("consent")
def consent(case: Validation, rule: FormRule) -> None:
    """The host named is the state of the ground."""
    for name, index, row, ground in _of_units_and_sites(case):
        if "host" in row and row["host"] not in ground.states:
            message = f"names {row['host']}; {row['coordinates']} is ground of {'/'.join(ground.states)}"
            case.say(rule, message, name, index, "host")


@check("near_site")
def near_site(case: Validation, rule: FormRule) -> None:
    """A unit is not far from its declared site."""
    sites = {r.get("site"): r.get("coordinates") for r in case.value.rows(case.form.roles.sites)}
    for index, row in enumerate(case.value.rows(case.form.roles.places)):
        here, there = row.get("coordinates"), sites.get(row.get("site"))
        if isinstance(here, str) and isinstance(there, str) and here != there:
            apart = kilometres(degrees(here), degrees(there))
            if apart > (rule.number or 0):
                message = f"is {apart:,.0f} km from its declared site {row['site']}"
                case.say(rule, message, case.form.roles.places, index, "coordinates")


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance between two points in degrees; good to half a per cent, which the rule does not feel."""
    (lat1, lon1), (lat2, lon2) = ((radians(x), radians(y)) for x, y in (a, b))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(h)))


@check("storage_ground")
def storage_ground(case: Validation, rule: FormRule) -> None:
    """Storage sites lie in one of the zones named."""
    for index, row, ground in _grounds(case):
        if row.get("site_kind") not in case.form.roles.stored or not ground.bound:
            continue
        if not any(v in ground.zones or v in ground.blocks for v in rule.values):
            message = f"the storage site at {row['coordinates']} lies in {', '.join(ground.blocks)}"
            case.say(rule, message, case.form.roles.places, index, "coordinates")
