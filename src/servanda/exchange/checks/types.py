"""Checks of types against the list of existing types, look-alikes apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches

from servanda.exchange.checks.registry import Validation, check
from servanda.model.equipment import EquipmentType
from servanda.model.forms import CellKind, FormRule

Judged = Callable[[str, str, tuple[EquipmentType, ...]], bool]


def _typed(case: Validation, wrong: Judged) -> Iterator[tuple[str, int, str, str, tuple[EquipmentType, ...]]]:
    """Rows that name a type `wrong` finds fault with: sheet, index, category, type, what the list says of it.

    Asked once for each pair of category and type, with what the list says.
    """
    context = case.context
    if context is None:
        return
    listed = {t.category for found in context.types.values() for t in found}
    for sheet in case.form.sheets:
        if not any(c.kind is CellKind.TYPE for c in sheet.columns):
            continue
        pairs = list(case.columns(sheet.id, "category", "type"))
        bad = {}
        for category, name in set(pairs):
            if name is not None and category in listed:
                found = context.types.get(context.fold(str(name)), ())
                if wrong(str(category), str(name), found):
                    bad[category, name] = found
        for index, pair in enumerate(pairs) if bad else ():
            if pair in bad:
                yield sheet.id, index, str(pair[0]), str(pair[1]), bad[pair]


@check("type_listed")
def type_listed(case: Validation, rule: FormRule) -> None:
    """The list has the designation."""
    for sheet, index, _, name, _ in _typed(case, lambda category, name, found: not found):
        if case.context is not None:
            near = get_close_matches(case.context.fold(name), case.context.types, 2, 0.6)
            hint = " or ".join(case.context.types[n][0].designation for n in near)
            message = f"{name[:40]!r} is not listed" + (f"; did you mean {hint}?" if hint else "")
            case.say(rule, message, sheet, index, "type")


@check("type_category")
def type_category(case: Validation, rule: FormRule) -> None:
    """The list has the designation in that category."""

    def elsewhere(category: str, name: str, found: tuple[EquipmentType, ...]) -> bool:
        return bool(found) and all(t.category != category for t in found) and not _look_alike(case, category, found)

    for sheet, index, category, name, found in _typed(case, elsewhere):
        where = " and ".join(dict.fromkeys(t.category for t in found))
        message = f"{name} is listed as {where}, not as {category}"
        case.say(rule, message, sheet, index, "category", cite=found[0].cite)


@check("look_alike")
def look_alike(case: Validation, rule: FormRule) -> None:
    """What the list has among look-alikes and others not limited is not counted as limited."""

    def mistaken(category: str, name: str, found: tuple[EquipmentType, ...]) -> bool:
        return bool(found) and _look_alike(case, category, found)

    for sheet, index, category, name, found in _typed(case, mistaken):
        where = " and ".join(dict.fromkeys(t.category for t in found))
        message = f"{name} is listed as {where}, which is not limited, and is counted as {category}"
        case.say(rule, message, sheet, index, "type", cite=found[0].cite)


def _look_alike(case: Validation, category: str, found: tuple[EquipmentType, ...]) -> bool:
    limited = case.context.limited if case.context else frozenset()
    return category in limited and not any(t.limited for t in found)


@check("type_missing")
def type_missing(case: Validation, rule: FormRule) -> None:
    """A line without a type is the total of a formation that gives totals."""
    for line in case.facts.own:
        if line.type is None:
            message = f"{line.category} of {line.record} is given without a type"
            case.say(rule, message, line.sheet, line.place, "type")
