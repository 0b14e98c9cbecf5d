"""Checks of sums: up the command organisation, between the charts, and against levels and ceilings."""

from __future__ import annotations

from collections import defaultdict

from servanda.exchange.checks.registry import Validation, check
from servanda.exchange.context import Ceiling
from servanda.exchange.facts import Facts
from servanda.model.forms import Form, FormRule

Key = tuple[str, str, str]  # area, category, type


@check("hierarchy_sum")
def hierarchy_sum(case: Validation, rule: FormRule) -> None:
    """A formation's total is the sum of what it and all it commands hold."""
    for line in case.facts.totals:
        expected = case.facts.under.get((line.record, line.category), 0)
        if line.number != expected:
            message = f"{line.category} of {line.record}: total {line.number:,}, its units sum to {expected:,}"
            case.say(rule, message, line.sheet, line.place, "number")


@check("hierarchy_missing")
def hierarchy_missing(case: Validation, rule: FormRule) -> None:
    """A formation that gives totals gives one for each category its units hold."""
    facts = case.facts
    given = {(line.record, line.category) for line in facts.totals}
    for (record, category), number in facts.under.items():
        if number and facts.gives_totals(record) and (record, category) not in given:
            index = facts.command[record]
            message = f"{record} gives no total of {category}; its units sum to {number:,}"
            case.say(rule, message, case.form.roles.command, index, "record")


def _by_area(facts: Facts, stored: bool) -> dict[Key, int]:
    sums: dict[Key, int] = defaultdict(int)
    for part, number in facts.parts.items():
        if part.type is None or (stored and not part.stored):
            continue
        for area in facts.areas_over(part.area):
            sums[area, part.category, part.type] += number
    return sums


@check("overall")
def overall(case: Validation, rule: FormRule) -> None:
    """Overall totals by type are those of the units, both ways."""
    facts, form = case.facts, case.form
    top = [a.id for a in form.areas if a.within is None]
    with_areas, without = form.roles.totals
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for part, amount in facts.parts.items():
        if part.type is not None:
            sums[part.category, part.type] += amount
    seen: set[tuple[str, str]] = set()
    allowed: dict[str, set[str]] = {}
    for name in (with_areas, without):
        sheet = form.sheet(name)
        column = sheet.column("category") if sheet else None
        allowed[name] = set(column.choices) if column else set()
        for index, row in enumerate(case.value.rows(name)):
            if name == with_areas and row.get("area") not in top:
                continue
            key, number = (str(row.get("category")), str(row.get("type"))), row.get("number")
            seen.add(key)
            if isinstance(number, int) and number != sums.get(key, 0):
                message = f"{key[1]} ({key[0]}): {number:,} here, units hold {sums.get(key, 0):,}"
                case.say(rule, message, name, index, "number")
    for key, number in sums.items():
        for name, kinds in allowed.items():
            if (
                number
                and key not in seen
                and key[0] in kinds
                and (case.context is None or key[0] in case.context.limited)
            ):
                case.say(rule, f"{key[1]} ({key[0]}) is missing: units hold {number:,}", name, None, "type")


@check("areas")
def areas(case: Validation, rule: FormRule) -> None:
    """Totals by area are those of the units in the area, both ways."""
    name, form = case.form.roles.totals[0], case.form
    sums = _by_area(case.facts, stored=False)
    inner = {a.id for a in form.areas if a.within is not None}
    seen: set[Key] = set()
    for index, row in enumerate(case.value.rows(name)):
        key, number = (str(row.get("area")), str(row.get("category")), str(row.get("type"))), row.get("number")
        seen.add(key)
        if key[0] in inner and isinstance(number, int) and number != sums.get(key, 0):
            message = f"{key[2]} ({key[1]}) in {key[0]}: {number:,} here, units there hold {sums.get(key, 0):,}"
            case.say(rule, message, name, index, "number")
    for key, number in sums.items():
        if number and key[0] in inner and key not in seen and key[1] in form.roles.areas_for:
            message = f"{key[2]} ({key[1]}) in {key[0]} is missing: units there hold {number:,}"
            case.say(rule, message, name, None, "type")


@check("stored")
def stored(case: Validation, rule: FormRule) -> None:
    """What is stored in an area is what its storage sites hold."""
    name = case.form.roles.totals[0]
    sums = _by_area(case.facts, stored=True)
    for index, row in enumerate(case.value.rows(name)):
        key, number = (str(row.get("area")), str(row.get("category")), str(row.get("type"))), row.get("stored")
        expected = sums.get(key, 0)
        if number is None and not expected:
            continue
        if number != expected:
            shown = "nothing" if number is None else f"{number:,}"
            message = f"{key[2]} in {key[0]}: {shown} stored here, storage sites hold {expected:,}"
            case.say(rule, message, name, index, "stored")


@check("stored_most")
def stored_most(case: Validation, rule: FormRule) -> None:
    """No more is stored than held."""
    name = case.form.roles.totals[0]
    for index, row in enumerate(case.value.rows(name)):
        number, kept = row.get("number"), row.get("stored")
        if isinstance(number, int) and isinstance(kept, int) and kept > number:
            case.say(rule, f"{kept:,} stored of {number:,}", name, index, "stored")


@check("nested")
def nested(case: Validation, rule: FormRule) -> None:
    """An area holds at least what an area inside it holds."""
    name = case.form.roles.totals[0]
    numbers: dict[Key, tuple[int, int]] = {}
    for index, row in enumerate(case.value.rows(name)):
        number = row.get("number")
        if isinstance(number, int):
            numbers[str(row.get("area")), str(row.get("category")), str(row.get("type"))] = (number, index)
    within = {a.id: a.within for a in case.form.areas}
    for (area, category, kind), (number, index) in numbers.items():
        outer = within.get(area)
        more = numbers.get((outer, category, kind), (0, 0))[0] if outer else number
        if number > more:
            message = f"{kind} ({category}): {number:,} in {area}, {more:,} in {outer}, which holds it"
            case.say(rule, message, name, index, "number")


@check("active_most")
def active_most(case: Validation, rule: FormRule) -> None:
    """Of a line no more is in active units than it gives."""
    for sheet in case.form.roles.holdings:
        for index, (number, active) in enumerate(case.columns(sheet, "number", "active")):
            if isinstance(number, int) and isinstance(active, int) and active > number:
                case.say(rule, f"{active:,} in active units of {number:,}", sheet, index, "active")


def _ceilings(case: Validation, rule: FormRule, kind: str) -> None:
    """Hold the units' sums against ceilings: by area where the form has the zone, else by the ground of each unit."""
    if case.context is None:
        return
    facts, form = case.facts, case.form
    zones = {a.zone: a.id for a in form.areas}
    for ceiling in case.context.ceilings:
        if ceiling.kind != kind or ceiling.posture not in ("any", form.roles.stored_posture, form.roles.active_posture):
            continue  # what is removed from storage is told by notices, not by the charts
        total = 0
        for part, number in facts.parts.items() if ceiling.zone in (case.context.whole, *zones) else ():
            if part.category not in ceiling.categories or not _posture(ceiling, form, part.stored):
                continue
            if ceiling.zone == case.context.whole or zones[ceiling.zone] in facts.areas_over(part.area):
                total += number
        if ceiling.zone not in (case.context.whole, *zones):
            total = _on_ground(case, ceiling)
        if total > ceiling.at_most:
            recalled = "; the level is recalled, not sourced" if ceiling.recalled else ""
            where = "" if ceiling.zone == case.context.whole else f" in {ceiling.zone}"
            posture = "" if ceiling.posture == "any" else f" ({ceiling.posture})"
            message = f"{ceiling.name}{posture}{where}: {total:,} held, at most {ceiling.at_most:,}{recalled}"
            sheet, index = _place(case, ceiling.categories)
            case.say(rule, message, sheet, index, "number", warning=ceiling.recalled, cite=ceiling.cite)


def _posture(ceiling: Ceiling, form: Form, stored: bool) -> bool:
    return ceiling.posture == "any" or stored == (ceiling.posture == form.roles.stored_posture)


def _on_ground(case: Validation, ceiling: Ceiling) -> int:
    """What stands on ground of a zone that the form has no word for, by the coordinates of each unit."""
    return sum(
        number
        for ground, stored, category, number in case.on_ground()
        if category in ceiling.categories
        and _posture(ceiling, case.form, stored)
        and (ceiling.zone in ground.zones or ceiling.zone in ground.blocks)
    )


def _place(case: Validation, categories: frozenset[str]) -> tuple[str, int | None]:
    """The first row of the totals that concerns the categories."""
    for name in case.form.roles.totals:
        for index, row in enumerate(case.value.rows(name)):
            if row.get("category") in categories:
                return name, index
    return case.form.roles.totals[0], None


@check("level")
def level(case: Validation, rule: FormRule) -> None:
    """Against the notified maximum level."""
    _ceilings(case, rule, "level")


@check("sufficiency")
def sufficiency(case: Validation, rule: FormRule) -> None:
    """Against what one state may hold."""
    _ceilings(case, rule, "state")


@check("group_limit")
def group_limit(case: Validation, rule: FormRule) -> None:
    """Against the ceiling of the state's whole group."""
    _ceilings(case, rule, "group")


@check("territory_limit")
def territory_limit(case: Validation, rule: FormRule) -> None:
    """Against the ceiling of one piece of ground."""
    _ceilings(case, rule, "territory")
