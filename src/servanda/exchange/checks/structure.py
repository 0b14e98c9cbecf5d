"""Checks of numbering, references and the command organisation, and the small checks that any sheet may use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from servanda.exchange.checks.registry import Validation, check
from servanda.exchange.table import Row
from servanda.model.forms import FormColumn, FormRule


@check("lines")
def lines(case: Validation, rule: FormRule) -> None:
    """Lines are numbered from 1; one slip is reported once, not on every line after it."""
    for sheet in case.form.sheets:
        if sheet.column("line") is None:
            continue
        numbers = case.column(sheet.id, "line")
        if numbers == list(range(1, len(numbers) + 1)):
            continue
        expected = 1
        for index, given in enumerate(numbers):
            if isinstance(given, int):
                if given != expected:
                    case.say(rule, f"line {given} stands where line {expected} belongs", sheet.id, index, "line")
                expected = given
            expected += 1


@check("unique")
def unique(case: Validation, rule: FormRule) -> None:
    """A value that must be unique occurs once."""
    for sheet in case.form.sheets:
        for column in sheet.columns:
            if column.unique:
                for index, given, at in _repeated(case.column(sheet.id, column.id)):
                    message = f"{column.heading} {given} is already in row {case.reading.row(sheet.id, at)}"
                    case.say(rule, message, sheet.id, index, column.id)
                _alike(case, rule, sheet.id, column)


def _alike(case: Validation, rule: FormRule, sheet: str, column: FormColumn) -> None:
    """Numbers that differ in capital letters alone are taken for one another sooner or later."""
    cells = case.column(sheet, column.id)
    words = {c for c in cells if isinstance(c, str)}
    if len(set(map(str.casefold, words))) == len(words):
        return
    first: dict[str, tuple[str, int]] = {}
    for index, given in enumerate(cells):
        if isinstance(given, str):
            other, at = first.setdefault(given.casefold(), (given, index))
            if other != given:
                message = f"{column.heading} {given} differs from {other} in row {case.reading.row(sheet, at)} in capitals alone"
                case.say(rule, message, sheet, index, column.id)


def _repeated(cells: Sequence[Any]) -> Iterator[tuple[int, Any, int]]:
    """Cells that stand further up too: place, cell, first place. Empty ones are passed over."""
    filled = len(cells) - cells.count(None)
    if len(set(cells) - {None}) == filled:
        return
    first: dict[object, int] = {}
    for index, given in enumerate(cells):
        if given is None:
            continue
        if given in first:
            yield index, given, first[given]
        else:
            first[given] = index


@check("refers")
def refers(case: Validation, rule: FormRule) -> None:
    """A record number that is named is there."""
    known: dict[str, set[object]] = {}
    for sheet in case.form.sheets:
        for column in sheet.columns:
            if not column.refers:
                continue
            for target in column.refers:
                if target not in known:
                    name, _, field = target.partition(".")
                    known[target] = {cell for cell in case.column(name, field) if cell is not None}
            there: set[object] = set().union(*(known[t] for t in column.refers))
            cells = case.column(sheet.id, column.id)
            odd = set(cells) - there - {None}  # a list of names is seldom a name
            missing = {c: lost for c in odd if (lost := [v for v in _values(c, column.several) if v not in there])}
            if not missing:
                continue
            where = " or ".join(t.partition(".")[0] for t in column.refers)
            for index, cell in enumerate(cells):
                for given in missing.get(cell, ()):
                    case.say(rule, f"{column.heading} {given} is not on sheet {where}", sheet.id, index, column.id)


def _values(cell: object, several: bool) -> list[object]:
    return [p.strip() for p in str(cell).split(";")] if several else [cell]


@check("circle")
def circle(case: Validation, rule: FormRule) -> None:
    """Nobody is above himself; each circle is reported once."""
    (sheet,), (record, superior) = rule.sheets, rule.columns
    pairs = list(case.columns(sheet, record, superior))
    index = {str(r): i for i, (r, _) in enumerate(pairs)}
    above = {str(r): str(s) for r, s in pairs if r is not None and s is not None}
    if all(index.get(s, -1) < index[r] for r, s in above.items()):
        return  # every superior stands further up
    done: set[str] = set()
    for start in above:
        path: list[str] = []
        at: str | None = start
        while at is not None and at not in done and at not in path:
            path.append(at)
            at = above.get(at)
        if at is not None and at in path:
            ring = path[path.index(at) :]
            message = f"command runs in a circle: {' under '.join([*ring[:6], at])}"
            case.say(rule, message, sheet, index[at], superior)
        done.update(path)


@check("echelon")
def echelon(case: Validation, rule: FormRule) -> None:
    """The second superior given is the superior of the first."""
    (sheet,), (record, first, second) = rule.sheets, rule.columns
    above = {str(r): s for r, s in case.columns(sheet, record, first) if r is not None}
    for index, (one, two) in enumerate(case.columns(sheet, first, second)):
        if one is None:
            if two is not None:
                case.say(rule, f"gives a second superior {two} and no first", sheet, index, second)
            continue
        if (name := str(one)) in above and two != (expected := above[name]):
            shown = expected or "empty: the first has no superior"
            case.say(rule, f"is {two or 'empty'}, should be {shown}", sheet, index, second)


@check("order")
def order(case: Validation, rule: FormRule) -> None:
    """A superior stands in an earlier row."""
    (sheet,), (record, superior) = rule.sheets, rule.columns
    at = {r: i for i, r in enumerate(case.column(sheet, record)) if r is not None}
    for index, above in enumerate(case.column(sheet, superior)):
        if above is not None and at.get(above, -1) > index:
            message = f"its superior {above} comes later, in row {case.reading.row(sheet, at[above])}"
            case.say(rule, message, sheet, index, superior)


@check("listing")
def listing(case: Validation, rule: FormRule) -> None:
    """A unit and its superior are in one listing."""
    (sheet,), (record, superior, column) = rule.sheets, rule.columns
    of = {r: word for r, word in case.columns(sheet, record, column) if r is not None}
    for index, (above, word) in enumerate(case.columns(sheet, superior, column)):
        higher = of.get(above) if above is not None else None
        if higher is not None and word is not None and word != higher:
            message = f"is in the listing {word}, its superior {above} in {higher}"
            case.say(rule, message, sheet, index, column)


@check("same")
def same(case: Validation, rule: FormRule) -> None:
    """Two sheets say the same of one record."""
    (one, two), (record, column) = rule.sheets, rule.columns
    said = {r: word for r, word in case.columns(one, record, column) if r is not None}
    for index, (name, word) in enumerate(case.columns(two, record, column)):
        other = said.get(name) if name is not None else None
        if other is not None and word is not None and word != other:
            message = f"{str(word)[:40]!r} of {name} is {str(other)[:40]!r} on sheet {one}"
            case.say(rule, message, two, index, column)


@check("installation")
def installation(case: Validation, rule: FormRule) -> None:
    """A unit stands in the command organisation, or says what it belongs to; installations need neither."""
    roles = case.form.roles
    kinds, above = case.column(roles.places, "site_kind"), case.column(roles.places, "superior")
    for record, index in case.facts.places.items():
        if record in case.facts.command or above[index] is not None or kinds[index] in roles.installations:
            continue
        message = f"{record} is not on sheet {roles.command} and names no superior"
        case.say(rule, message, roles.places, index, "superior")


def _rows(case: Validation, sheets: tuple[str, ...]) -> Iterator[tuple[str, int, Row]]:
    for sheet in sheets:
        for index, row in enumerate(case.value.rows(sheet)):
            yield sheet, index, row


@check("once")
def once(case: Validation, rule: FormRule) -> None:
    """A combination of values occurs once on its sheet."""
    for sheet in rule.sheets:
        for index, key, at in _repeated(case.keys(sheet, rule.columns)):
            shown = " ".join(str(k) for k in key if k is not None)
            message = f"{shown} is already in row {case.reading.row(sheet, at)}"
            case.say(rule, message, sheet, index, rule.columns[-1])


@check("two_charts")
def two_charts(case: Validation, rule: FormRule) -> None:
    """A combination of values stands on one of the sheets alone."""
    keys = {sheet: case.keys(sheet, rule.columns) for sheet in rule.sheets}
    distinct = [set(found) for found in keys.values()]
    if len(set().union(*distinct)) == sum(map(len, distinct)):
        return
    first: dict[tuple[object, ...], tuple[str, int]] = {}
    for sheet, found in keys.items():
        for index, key in enumerate(found):
            at = first.setdefault(key, (sheet, index))
            if at[0] != sheet:
                message = f"is on sheet {at[0]} too, in row {case.reading.row(*at)}"
                case.say(rule, message, sheet, index, rule.columns[0])


@check("filled_if")
def filled_if(case: Validation, rule: FormRule) -> None:
    """Where one column has one of the words, the other is filled."""
    when, column = rule.columns
    for sheet, index, row in _rows(case, rule.sheets):
        if row.get(when) in rule.values and column not in row:
            case.say(rule, f"{column} is missing for {row[when]}", sheet, index, column)


@check("empty_if")
def empty_if(case: Validation, rule: FormRule) -> None:
    """Where one column has one of the words, the other is empty."""
    when, column = rule.columns
    for sheet, index, row in _rows(case, rule.sheets):
        if row.get(when) in rule.values and column in row:
            case.say(rule, f"{column} is given for {row[when]}", sheet, index, column)


@check("allowed_if")
def allowed_if(case: Validation, rule: FormRule) -> None:
    """Where one column has the first word, the other has one of the further words."""
    when, column = rule.columns
    word, *allowed = rule.values
    for sheet, index, row in _rows(case, rule.sheets):
        if row.get(when) == word and column in row and row[column] not in allowed:
            case.say(rule, f"{row[column]} is given for {word}", sheet, index, column)


@check("most_sites")
def most_sites(case: Validation, rule: FormRule) -> None:
    """Rows with the word name at most so many places."""
    when, column = rule.columns
    found: dict[object, int] = {}
    for sheet, index, row in _rows(case, rule.sheets):
        if row.get(when) in rule.values and column in row:
            found.setdefault(row[column], index)
            if len(found) == (rule.number or 0) + 1 and found[row[column]] == index:
                case.say(rule, f"a site more than {rule.number}", sheet, index, column)


@check("most_items")
def most_items(case: Validation, rule: FormRule) -> None:
    """Items with the word are at most so many, or one per cent of what the state holds where that is more."""
    when, column = rule.columns
    limited = case.context.limited if case.context else frozenset()
    held = sum(number for part, number in case.facts.parts.items() if part.category in limited)
    _most(case, rule, max(rule.number or 0, held // 100), when, column, None)


@check("most_kind")
def most_kind(case: Validation, rule: FormRule) -> None:
    """Items with the word, of the categories named, are at most so many."""
    when, category, column = rule.columns
    _most(case, rule, rule.number or 0, when, column, category)


def _most(case: Validation, rule: FormRule, most: int, when: str, column: str, category: str | None) -> None:
    word, *kinds = rule.values
    total = 0
    for sheet, index, row in _rows(case, rule.sheets):
        number = row.get(column)
        if row.get(when) != word or not isinstance(number, int) or (category and row.get(category) not in kinds):
            continue
        before, total = total, total + number
        if before <= most < total:
            case.say(rule, f"with this row they are more than {most:,}", sheet, index, column)
