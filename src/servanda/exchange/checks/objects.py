"""Checks of objects of verification, declared sites and points of entry and exit."""

from __future__ import annotations

from collections import defaultdict

from servanda.exchange.checks.registry import Validation, check
from servanda.model.forms import FormRule


@check("sequence")
def sequence(case: Validation, rule: FormRule) -> None:
    """Numbers run 1, 2, 3 ... in any order of rows, so that the last is the total."""
    name = case.form.roles.objects
    numbers = case.column(name, "number")
    for index, number in enumerate(numbers):
        if isinstance(number, int) and not 1 <= number <= len(numbers):
            case.say(rule, f"number {number} of {len(numbers)} objects", name, index, "number")


@check("covered")
def covered(case: Validation, rule: FormRule) -> None:
    """A unit or installation that holds limited equipment is an object."""
    limited = case.context.limited if case.context else frozenset()
    known = set(case.column(case.form.roles.objects, "record"))
    holds: dict[str, int] = defaultdict(int)
    for line in case.facts.own:
        if line.category in limited:
            holds[line.record] += line.number
    for record, number in holds.items():
        place = case.facts.places.get(record)
        if number and record not in known and place is not None:
            message = f"{record} holds {number:,} limited items but is not listed as an object of verification"
            case.say(rule, message, case.form.roles.places, place, "record")


@check("object_site")
def object_site(case: Validation, rule: FormRule) -> None:
    """An object and its unit name one site."""
    name = case.form.roles.objects
    sites = case.column(case.form.roles.places, "site")
    for index, (record, site) in enumerate(case.columns(name, "record", "site")):
        place = case.facts.places.get(str(record))
        if place is None or site is None:
            continue
        other = sites[place]
        if other != site:
            message = f"is at {site}; its unit names {other or 'no site'}"
            case.say(rule, message, name, index, "site")


@check("object_sum")
def object_sum(case: Validation, rule: FormRule) -> None:
    """What an object shows by category is what its unit holds."""
    name = case.form.roles.object_holdings
    for key, (number, index) in case.shown().items():
        held = case.facts.by_unit.get(key, 0)
        if number != held:
            message = f"{key[1]} of {key[0]}: {number:,} here, its unit holds {held:,}"
            case.say(rule, message, name, index, "number")


@check("object_missing")
def object_missing(case: Validation, rule: FormRule) -> None:
    """An object shows every category that its unit holds."""
    roles = case.form.roles
    objects = {str(r): i for i, r in enumerate(case.column(roles.objects, "record"))}
    bare = case.facts.by_unit.keys() - case.shown().keys()
    if bare:  # a row without a usable number shows its category all the same
        bare -= set(case.columns(roles.object_holdings, "record", "category"))
    for key in (k for k in case.facts.by_unit if k in bare):
        record, number = key[0], case.facts.by_unit[key]
        if number and record in objects:
            category = key[1]
            message = f"{record} shows no {category}; its unit holds {number:,}"
            case.say(rule, message, roles.objects, objects[record], "record")


@check("notation")
def notation(case: Validation, rule: FormRule) -> None:
    """Items that belong to no object say why they are there."""
    name = case.form.roles.object_holdings
    for index, (record, why) in enumerate(case.columns(name, "record", "notation")):
        if record is None and why is None:
            case.say(rule, "names neither object nor notation", name, index, "notation")


@check("airport")
def airport(case: Validation, rule: FormRule) -> None:
    """A site has a point with one of the kinds of transport named."""
    roles = case.form.roles
    good = {
        point
        for point, transport in case.columns(roles.points, "point", "transport")
        if point is not None and any(v in _parts(transport) for v in rule.values)
    }
    cells = case.column(roles.sites, "points")
    bad = {cell for cell in set(cells) if (points := _parts(cell)) and not any(p in good for p in points)}
    for index, cell in enumerate(cells) if bad else ():
        if cell in bad:
            message = f"none of {', '.join(_parts(cell))} is for {' or '.join(rule.values)}"
            case.say(rule, message, roles.sites, index, "points")


def _parts(given: object) -> list[str]:
    return [p.strip() for p in str(given).split(";")] if given is not None else []


@check("alphabet")
def alphabet(case: Validation, rule: FormRule) -> None:
    """Rows stand in alphabetical order, without regard to case."""
    (sheet,), (column,) = rule.sheets, rule.columns
    before = ""
    for index, cell in enumerate(case.column(sheet, column)):
        name = "" if cell is None else str(cell).casefold()
        if name and name < before:
            case.say(rule, f"{str(cell)[:40]!r} comes after {before[:40]!r}", sheet, index, column)
        before = max(before, name)


@check("site_used")
def site_used(case: Validation, rule: FormRule) -> None:
    """A site has at least one object."""
    roles = case.form.roles
    used = set(case.column(roles.objects, "site"))
    for index, site in enumerate(case.column(roles.sites, "site")):
        if site is not None and site not in used:
            case.say(rule, f"{site} has no object", roles.sites, index, "site")
