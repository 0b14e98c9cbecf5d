"""Checks against the document before and the notices since: what changed without having been notified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from servanda.exchange.checks.registry import Validation, check
from servanda.exchange.declaration import Declaration
from servanda.exchange.facts import Facts
from servanda.exchange.table import Row
from servanda.model.forms import FormRule


def noticed(case: Validation, what: str) -> Iterator[tuple[Declaration, Row]]:
    """Rows of notices that account for a kind of change."""
    for notice in case.notices:
        document = case.form.document(notice.document)
        if document is None or what not in document.explains:
            continue
        for sheet in case.form.sheets_of(notice.document):
            for row in notice.rows(sheet.id):
                yield notice, row


def _changed(case: Validation, kind: str, *changes: str) -> set[object]:
    return {r.get("record") for _, r in noticed(case, kind) if not changes or r.get("change", changes[0]) in changes}


@check("renumbered")
def renumbered(case: Validation, rule: FormRule) -> None:
    """One record number, one unit: a new designation was notified."""
    if case.last is None:
        return
    (sheet,), (record, column) = rule.sheets, rule.columns
    before = {r[record]: r.get(column) for r in case.last.rows(sheet) if record in r}
    told = _changed(case, "structure", "renamed")
    for index, row in enumerate(case.value.rows(sheet)):
        old = before.get(row.get(record, ""))
        if old is not None and column in row and row[column] != old and row[record] not in told:
            message = f"{row[record]} was {str(old)[:40]!r}, is {str(row[column])[:40]!r}"
            case.say(rule, message, sheet, index, column)


def large_changes(
    now: Facts, last: Facts, told: dict[tuple[str, str], int], limited: frozenset[str], percent: int
) -> Iterator[tuple[str, str, int, int, int | None]]:
    """Units and categories that changed by so many per cent: record, category, before, now, what was notified.

    The base is the document before. A notified number accounts for a change if it is the number now, or less than
    the same percentage from it.
    """

    def large(a: int, b: int) -> bool:
        return a != b and abs(b - a) * 100 >= percent * a

    both = {r for r, _ in last.by_unit} | set(last.places)
    for key in sorted({*now.by_unit, *last.by_unit}):
        record, category = key
        if category not in limited or record not in both or record not in now.places:
            continue
        before, after = last.by_unit.get(key, 0), now.by_unit.get(key, 0)
        if large(before, after) and not (key in told and not large(told[key], after)):
            yield record, category, before, after, told.get(key)


def told_numbers(notices: Iterator[tuple[Declaration, Row]]) -> dict[tuple[str, str], int]:
    """The newest number notified for a unit and category."""
    found: dict[tuple[str, str], tuple[str, int]] = {}
    for notice, row in notices:
        number = row.get("number")
        if "record" in row and "category" in row and isinstance(number, int):
            key = (str(row["record"]), str(row["category"]))
            day = str(row.get("changed_on", notice.as_of))
            if key not in found or found[key][0] <= day:
                found[key] = (day, number)
    return {k: n for k, (_, n) in found.items()}


@check("ten_percent")
def ten_percent(case: Validation, rule: FormRule) -> None:
    """A large change in a unit was notified."""
    if case.last_facts is None or case.context is None:
        return
    told = told_numbers(noticed(case, "holdings"))
    found = large_changes(case.facts, case.last_facts, told, case.context.limited, rule.number or 0)
    first: dict[tuple[str, str], tuple[str, int]] = {}
    for line in case.facts.own:
        first.setdefault((line.record, line.category), (line.sheet, line.place))
    for record, category, before, after, notified in found:
        share = f"{abs(after - before) / before:.0%}" if before else "from none"
        message = f"{category} of {record}: {before:,} before, {after:,} now ({share})"
        message += f"; {notified:,} was notified" if notified is not None else "; no notice"
        place = case.facts.places[record]
        sheet, index = first.get((record, category), (case.form.roles.places, place))
        case.say(rule, message, sheet, index, "number" if (record, category) in first else "record")


@check("gone")
def gone(case: Validation, rule: FormRule) -> None:
    """A unit that was there is there, or its end was notified."""
    if case.last_facts is None:
        return
    told = _changed(case, "gone", "gone")
    for record in case.last_facts.places:
        if record not in case.facts.places and record not in told:
            name = str(case.last_facts.unit(record).get("designation", ""))
            message = f"{record} ({name[:40]}) is no longer there; no notice"
            case.say(rule, message, case.form.roles.places, None, "record")


@check("new")
def new(case: Validation, rule: FormRule) -> None:
    """A unit that was not there was notified."""
    if case.last_facts is None:
        return
    told = _changed(case, "new", "new")
    for record, index in case.facts.places.items():
        if record not in case.last_facts.places and record not in told:
            case.say(rule, f"{record} is new; no notice", case.form.roles.places, index, "record")


@check("resubordinated")
def resubordinated(case: Validation, rule: FormRule) -> None:
    """A unit has the superior it had, or the change was notified."""
    if case.last_facts is None:
        return
    told = _changed(case, "structure", "resubordinated", "new")
    for record, index in case.facts.command.items():
        if record not in case.last_facts.command or record in told:
            continue
        old, now = (f.formation(record).get("superior") for f in (case.last_facts, case.facts))
        if old != now:
            message = f"{record} was under {old or 'nobody'}, is under {now or 'nobody'}"
            case.say(rule, message, case.form.roles.command, index, "superior")


@check("balance")
def balance(case: Validation, rule: FormRule) -> None:
    """The change of a total is what entered less what left."""
    if case.last_facts is None or case.context is None:
        return
    (sheet,), (provision, category, number) = rule.sheets, rule.columns
    signs = dict(zip(rule.values, (1, 1, -1, -1), strict=True))
    moved: dict[str, int] = defaultdict(int)
    for row in case.value.rows(sheet):
        amount = row.get(number)
        if isinstance(amount, int):
            moved[str(row.get(category))] += amount * signs.get(str(row.get(provision)), 0)
    totals = []
    for facts in (case.last_facts, case.facts):
        sums: dict[str, int] = defaultdict(int)
        for part, amount in facts.parts.items():
            sums[part.category] += amount
        totals.append(sums)
    for name in sorted(case.context.limited):
        change = totals[1][name] - totals[0][name]
        if change != moved[name]:
            message = f"{name}: total changed by {change:+,}, Sections IX and X give {moved[name]:+,}"
            case.say(rule, message, sheet, None, number)


@check("former")
def former(case: Validation, rule: FormRule) -> None:
    """A site declared before is declared, or listed as former."""
    if case.last is None:
        return
    (sheet,), (column,) = rule.sheets, rule.columns
    name = case.form.roles.sites
    known = {r.get(column) for s in (name, sheet) for r in case.value.rows(s)}
    for row in (*case.last.rows(name), *case.last.rows(sheet)):
        if column in row and row[column] not in known and not _old(case, row, rule):
            case.say(rule, f"{row[column]} was declared before and is not listed", sheet, None, column)


def _old(case: Validation, row: Row, rule: FormRule) -> bool:
    gone_on = row.get("withdrawn_on")
    return isinstance(gone_on, str) and _years(gone_on, case.value.as_of) >= 3


def _years(first: str, last: date) -> int:
    day = date.fromisoformat(first)
    return last.year - day.year - ((last.month, last.day) < (day.month, day.day))


@check("former_age")
def former_age(case: Validation, rule: FormRule) -> None:
    """A former site is listed for so many years."""
    (sheet,), (column,) = rule.sheets, rule.columns
    for index, row in enumerate(case.value.rows(sheet)):
        text = row.get(column)
        if isinstance(text, str) and case.reading.day_known and _years(text, case.value.as_of) > (rule.number or 0):
            case.say(rule, f"withdrawn on {text}, more than {rule.number} years ago", sheet, index, column)
