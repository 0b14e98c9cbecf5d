"""Checks of places: in the area, in the area that is named, on whose ground, near the declared site."""

from __future__ import annotations

from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt

from servanda.exchange.cells import degrees
from servanda.exchange.checks.registry import Validation, check
from servanda.exchange.context import Ground
from servanda.exchange.table import Value
from servanda.model.forms import FormRule


@check("in_area")
def in_area(case: Validation, rule: FormRule) -> None:
    """Units and sites lie on ground of the area."""
    for name in (case.form.roles.places, case.form.roles.sites):
        for index, ground in enumerate(case.grounds(name)):
            if ground is not None and not ground.bound:
                where = "in no block of the area"
                if ground.blocks:
                    where = f"on ground of {'/'.join(ground.states)}, not bound that day"
                cell = case.column(name, "coordinates")[index]
                case.say(rule, f"{cell} lies {where}", name, index, "coordinates")


@check("right_area")
def right_area(case: Validation, rule: FormRule) -> None:
    """The area named is the innermost one at the coordinates."""
    name = case.form.roles.places
    inmost: dict[int, list[str]] = {}  # points share few grounds
    for index, (ground, area) in enumerate(zip(case.grounds(name), case.column(name, "area"), strict=True)):
        if ground is None or not ground.bound or area is None or len(ground.blocks) != 1:
            continue
        if id(ground) not in inmost:
            inner = [a.id for a in case.form.areas if a.zone in ground.zones]
            inmost[id(ground)] = [
                a for a in inner if not any(a in case.facts.areas_over(b) for b in inner if b != a)
            ]  # fmt: skip
        holds = inmost[id(ground)]
        if holds and area not in holds:
            message = f"gives {area}; {case.column(name, 'coordinates')[index]} lies in {' or '.join(holds)}"
            case.say(rule, message, name, index, "area")


def _hosts(case: Validation) -> Iterator[tuple[str, int, Value | None, Ground]]:
    """Units and sites on ground of the area: sheet, index, the host they name, the ground."""
    for name in (case.form.roles.places, case.form.roles.sites):
        for index, (ground, host) in enumerate(zip(case.grounds(name), case.column(name, "host"), strict=True)):
            if ground is not None and ground.bound:
                yield name, index, host, ground


@check("own_ground")
def own_ground(case: Validation, rule: FormRule) -> None:
    """A unit or declared site without a host is on the ground of its own state."""
    party = case.value.party
    for name, index, host, ground in _hosts(case):
        if host is None and party not in ground.states:
            cell = case.column(name, "coordinates")[index]
            message = f"{cell} is ground of {'/'.join(ground.states)} and no host is named"
            case.say(rule, message, name, index, "host")


@check("consent")
def consent(case: Validation, rule: FormRule) -> None:
    """The host named is the state of the ground."""
    for name, index, host, ground in _hosts(case):
        if host is not None and host not in ground.states:
            cell = case.column(name, "coordinates")[index]
            message = f"names {host}; {cell} is ground of {'/'.join(ground.states)}"
            case.say(rule, message, name, index, "host")


@check("near_site")
def near_site(case: Validation, rule: FormRule) -> None:
    """A unit is not far from its declared site."""
    roles = case.form.roles
    sites = {site: cell for site, cell in case.columns(roles.sites, "site", "coordinates")}  # noqa: C416
    for index, (here, site) in enumerate(case.columns(roles.places, "coordinates", "site")):
        there = None if site is None else sites.get(site)
        if isinstance(here, str) and isinstance(there, str) and here != there:
            apart = kilometres(degrees(here), degrees(there))
            if apart > (rule.number or 0):
                message = f"is {apart:,.0f} km from its declared site {site}"
                case.say(rule, message, roles.places, index, "coordinates")


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance between two points in degrees; good to half a per cent, which the rule does not feel."""
    (lat1, lon1), (lat2, lon2) = ((radians(x), radians(y)) for x, y in (a, b))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(h)))


@check("storage_ground")
def storage_ground(case: Validation, rule: FormRule) -> None:
    """Storage sites lie in one of the zones named."""
    roles = case.form.roles
    for index, kind in enumerate(case.column(roles.places, "site_kind")):
        ground = case.grounds(roles.places)[index] if kind in roles.stored else None
        if ground is None or not ground.bound:
            continue
        if not any(v in ground.zones or v in ground.blocks for v in rule.values):
            cell = case.column(roles.places, "coordinates")[index]
            message = f"the storage site at {cell} lies in {', '.join(ground.blocks)}"
            case.say(rule, message, roles.places, index, "coordinates")
