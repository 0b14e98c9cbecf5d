"""Checks of objects of verification, declared sites and points of entry and exit."""

from __future__ import annotations

from collections import defaultdict

from servanda.exchange.checks.registry import Validation, check
from servanda.model.forms import FormRule


@check("sequence")
def sequence(case: Validation, rule: FormRule) -> None:
    """Numbers run 1, 2, 3 ... in any order of rows, so that the last is the total."""
    name = case.form.roles.objects
    rows = case.value.rows(name)
    for index, row in enumerate(rows):
        number = row.get("number")
        if isinstance(number, int) and not 1 <= number <= len(rows):
            case.say(rule, f"number {number} of {len(rows)} objects", name, index, "number")


@check("covered")
def covered(case: Validation, rule: FormRule) -> None:
    """A unit or installation that holds limited equipment is an object."""
    limited = case.context.limited if case.context else frozenset()
    known = {r.get("record") for r in case.value.rows(case.form.roles.objects)}
    holds: dict[str, int] = defaultdict(int)
    for line in case.facts.own:
        if line.category in limited:
            holds[line.record] += line.number
    for record, number in holds.items():
        place = case.facts.places.get(record)
        if number and record not in known and place is not None:
            message = f"{record} holds {number:,} limited items but is not listed as an object of verification"
            case.say(rule, message, case.form.roles.places, place[0], "record")


@check("object_site")
def object_site(case: Validation, rule: FormRule) -> None:
    """An object and its unit name one site."""
    name = case.form.roles.objects
    for index, row in enumerate(case.value.rows(name)):
        place = case.facts.places.get(str(row.get("record")))
        if place is None or "site" not in row:
            continue
        other = place[1].get("site")
        if other != row["site"]:
            message = f"is at {row['site']}; its unit names {other or 'no site'}"
            case.say(rule, message, name, index, "site")


@check("object_sum")
def object_sum(case: Validation, rule: FormRule) -> None:
    """What an object shows by category is what its unit holds."""
    name = case.form.roles.object_holdings
    sums: dict[tuple[str, str], int] = defaultdict(int)
    at: dict[tuple[str, str], int] = {}
    for index, row in enumerate(case.value.rows(name)):
        number = row.get("number")
        if "record" in row and "category" in row and isinstance(number, int):
            key = (str(row["record"]), str(row["category"]))
            sums[key] += number
            at.setdefault(key, index)
    for key, number in sums.items():
        held = case.facts.by_unit.get(key, 0)
        if number != held:
            message = f"{key[1]} of {key[0]}: {number:,} here, its unit holds {held:,}"
            case.say(rule, message, name, at[key], "number")


@check("object_missing")
def object_missing(case: Validation, rule: FormRule) -> None:
    """An object shows every category that its unit holds."""
    roles = case.form.roles
    shown = {(r.get("record"), r.get("category")) for r in case.value.rows(roles.object_holdings)}
    objects = {str(r.get("record")): i for i, r in enumerate(case.value.rows(roles.objects))}
    for (record, category), number in case.facts.by_unit.items():
        if number and record in objects and (record, category) not in shown:
            message = f"{record} shows no {category}; its unit holds {number:,}"
            case.say(rule, message, roles.objects, objects[record], "record")


@check("notation")
def notation(case: Validation, rule: FormRule) -> None:
    """Items that belong to no object say why they are there."""
    name = case.form.roles.object_holdings
    for index, row in enumerate(case.value.rows(name)):
        if "record" not in row and "notation" not in row:
            case.say(rule, "names neither object nor notation", name, index, "notation")


@check("airport")
def airport(case: Validation, rule: FormRule) -> None:
    """A site has a point with one of the kinds of transport named."""
    roles = case.form.roles
    good = {
        r["point"]
        for r in case.value.rows(roles.points)
        if "point" in r and any(v in _parts(r.get("transport")) for v in rule.values)
    }
    for index, row in enumerate(case.value.rows(roles.sites)):
        points = _parts(row.get("points"))
        if points and not any(p in good for p in points):
            case.say(
                rule, f"none of {', '.join(points)} is for {' or '.join(rule.values)}", roles.sites, index, "points"
            )


def _parts(given: object) -> list[str]:
    return [p.strip() for p in str(given).split(";")] if given is not None else []


@check("alphabet")
def alphabet(case: Validation, rule: FormRule) -> None:
    """Rows stand in alphabetical order, without regard to case."""
    (sheet,), (column,) = rule.sheets, rule.columns
    before = ""
    for index, row in enumerate(case.value.rows(sheet)):
        name = str(row.get(column, "")).casefold()
        if name and name < before:
            case.say(rule, f"{str(row[column])[:40]!r} comes after {before[:40]!r}", sheet, index, column)
        before = max(before, name)


@check("site_used")
def site_used(case: Validation, rule: FormRule) -> None:
    """A site has at least one object."""
    roles = case.form.roles
    used = {r.get("site") for r in case.value.rows(roles.objects)}
    for index, row in enumerate(case.value.rows(roles.sites)):
        if "site" in row and row["site"] not in used:
            case.say(rule, f"{row['site']} has no object", roles.sites, index, "site")
