"""Checks of numbering, references and the command organisation, and the small checks that any sheet may use."""

from __future__ import annotations

from collections.abc import Iterator

from servanda.exchange.checks.registry import Validation, check
from servanda.exchange.declaration import Row
from servanda.model.forms import FormRule


@check("lines")
def lines(case: Validation, rule: FormRule) -> None:
    """Lines are numbered from 1; one slip is reported once, not on every line after it."""
    for sheet in case.form.sheets:
        if sheet.column("line") is None:
            continue
        expected = 1
        for index, row in enumerate(case.value.rows(sheet.id)):
            given = row.get("line")
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
            if not column.unique:
                continue
            first: dict[object, int] = {}
            for index, row in enumerate(case.value.rows(sheet.id)):
                given = row.get(column.id)
                if given is None:
                    continue
                if given in first:
                    at = case.reading.row(sheet.id, first[given])
                    message = f"{column.heading} {given} is already in row {at}"
                    case.say(rule, message, sheet.id, index, column.id)
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
                    known[target] = {r[field] for r in case.value.rows(name) if field in r}
            for index, row in enumerate(case.value.rows(sheet.id)):
                for given in _values(row, column.id, column.several):
                    if not any(given in known[t] for t in column.refers):
                        where = " or ".join(t.partition(".")[0] for t in column.refers)
                        message = f"{column.heading} {given} is not on sheet {where}"
                        case.say(rule, message, sheet.id, index, column.id)


def _values(row: Row, name: str, several: bool) -> list[object]:
    given = row.get(name)
    if given is None:
        return []
    return [p.strip() for p in str(given).split(";")] if several else [given]


@check("circle")
def circle(case: Validation, rule: FormRule) -> None:
    """Nobody is above himself; each circle is reported once."""
    (sheet,), (record, superior) = rule.sheets, rule.columns
    above = {str(r[record]): str(r[superior]) for r in case.value.rows(sheet) if record in r and superior in r}
    index = {str(r.get(record)): i for i, r in enumerate(case.value.rows(sheet))}
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
    above = {str(r[record]): r.get(first) for r in case.value.rows(sheet) if record in r}
    for index, row in enumerate(case.value.rows(sheet)):
        if first not in row or str(row[first]) not in above:
            if first not in row and second in row:
                case.say(rule, f"gives a second superior {row[second]} and no first", sheet, index, second)
            continue
        expected = above[str(row[first])]
        if row.get(second) != expected:
            shown = expected or "empty: the first has no superior"
            case.say(rule, f"is {row.get(second) or 'empty'}, should be {shown}", sheet, index, second)


@check("order")
def order(case: Validation, rule: FormRule) -> None:
    """A superior stands in an earlier row."""
    (sheet,), (record, superior) = rule.sheets, rule.columns
    at = {r[record]: i for i, r in enumerate(case.value.rows(sheet)) if record in r}
    for index, row in enumerate(case.value.rows(sheet)):
        higher = at.get(row.get(superior, ""))
        if higher is not None and higher > index:
            message = f"its superior {row[superior]} comes later, in row {case.reading.row(sheet, higher)}"
            case.say(rule, message, sheet, index, superior)


@check("listing")
def listing(case: Validation, rule: FormRule) -> None:
    """A unit and its superior are in one listing."""
    (sheet,), (record, superior, column) = rule.sheets, rule.columns
    of = {r[record]: r.get(column) for r in case.value.rows(sheet) if record in r}
    for index, row in enumerate(case.value.rows(sheet)):
        higher = of.get(row.get(superior, ""))
        if higher is not None and column in row and row[column] != higher:
            message = f"is in the listing {row[column]}, its superior {row[superior]} in {higher}"
            case.say(rule, message, sheet, index, column)


@check("same")
def same(case: Validation, rule: FormRule) -> None:
    """Two sheets say the same of one record."""
    (one, two), (record, column) = rule.sheets, rule.columns
    said = {r[record]: r.get(column) for r in case.value.rows(one) if record in r}
    for index, row in enumerate(case.value.rows(two)):
        other = said.get(row.get(record, ""))
        if other is not None and column in row and row[column] != other:
            message = f"{str(row[column])[:40]!r} of {row[record]} is {str(other)[:40]!r} on sheet {one}"
            case.say(rule, message, two, index, column)


@check("installation")
def installation(case: Validation, rule: FormRule) -> None:
    """A unit stands in the command organisation, or says what it belongs to; installations need neither."""
    roles = case.form.roles
    for record, (index, row) in case.facts.places.items():
        if row.get("site_kind") in roles.installations or record in case.facts.command or "superior" in row:
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
    first: dict[tuple[object, ...], int] = {}
    for sheet, index, row in _rows(case, rule.sheets):
        key = (sheet, *(row.get(c) for c in rule.columns))
        if key in first:
            shown = " ".join(str(k) for k in key[1:] if k is not None)
            message = f"{shown} is already in row {case.reading.row(sheet, first[key])}"
            case.say(rule, message, sheet, index, rule.columns[-1])
        else:
            first[key] = index


@check("two_charts")
def two_charts(case: Validation, rule: FormRule) -> None:
    """A combination of values stands on one of the sheets alone."""
    first: dict[tuple[object, ...], tuple[str, int]] = {}
    for sheet, index, row in _rows(case, rule.sheets):
        key = tuple(row.get(c) for c in rule.columns)
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
    held = sum(line.number for line in case.facts.counted() if case.context and line.category in case.context.limited)
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
