"""Checks of the cover, of days and deadlines, and of the mark of generated documents."""

from __future__ import annotations

from datetime import date, timedelta

from servanda.exchange.checks.registry import Validation, check
from servanda.exchange.declaration import MARK
from servanda.model.forms import FormRule, NoticeSide

COVER = "cover"
AHEAD = 31  # days: the annual information is valid as of a day some two weeks after its exchange


@check("party")
def party(case: Validation, rule: FormRule) -> None:
    """The state takes part on the day."""
    if case.context is not None and not case.context.took_part:
        message = f"{case.value.party} is not a party on {case.value.as_of}"
        case.say(rule, message, COVER, column="party")


@check("valid_on")
def valid_on(case: Validation, rule: FormRule) -> None:
    """The day it is valid as of is the one the clause names."""
    document = case.form.document(case.value.document)
    if document and document.valid_on and case.reading.day_known and f"{case.value.as_of:%m-%d}" != document.valid_on:
        case.say(rule, f"valid as of {case.value.as_of}, not as of {document.valid_on}", COVER, column="as_of")


@check("due")
def due(case: Validation, rule: FormRule) -> None:
    """It is exchanged by the day the clause names."""
    document, value = case.form.document(case.value.document), case.value
    if not document or not document.due_on or value.exchanged is None or not case.reading.day_known:
        return
    month, day = (int(p) for p in document.due_on.split("-"))
    before = document.valid_on is not None and document.due_on > document.valid_on
    last = date(max(1, value.as_of.year - before), month, day)
    if value.exchanged > last:
        case.say(rule, f"exchanged on {value.exchanged}, due by {last}", COVER, column="exchanged")


@check("future")
def future(case: Validation, rule: FormRule) -> None:
    """No day lies far ahead."""
    if case.context is None:
        return
    latest = case.context.today + timedelta(days=AHEAD)
    for column, day in (("exchanged", case.value.exchanged), ("as_of", case.value.as_of)):
        if day is not None and day > latest:
            case.say(rule, f"{day} lies in the future", COVER, column=column)


@check("language")
def language(case: Validation, rule: FormRule) -> None:
    """The language is one of those agreed."""
    given = case.value.language
    if given is not None and given not in case.form.languages:
        case.say(
            rule,
            f"the language {given[:30]!r} is not one of {', '.join(case.form.languages)}",
            COVER,
            column="language",
        )


@check("supersedes")
def supersedes(case: Validation, rule: FormRule) -> None:
    """A correction names what it replaces."""
    document = case.form.document(case.value.document)
    if document and document.corrects and not case.value.supersedes:
        case.say(rule, "it does not say what it replaces", COVER, column="supersedes")


@check("mark")
def mark(case: Validation, rule: FormRule) -> None:
    """Cover and rows agree whether the document is generated."""
    if not case.reading.day_known:
        return  # of a cover that cannot be used nobody knows what it said
    made_up = case.value.synthetic
    what = "lacks the mark of a generated document" if made_up else "is marked, the cover is not"
    for sheet in case.form.sheets:
        marks = case.column(sheet.id, MARK)
        if marks.count(None) == (0 if made_up else len(marks)):
            continue
        for index, given in enumerate(marks):
            if (given is not None) != made_up:
                case.say(rule, f"the row {what}", sheet.id, index, MARK)


@check("notice_time")
def notice_time(case: Validation, rule: FormRule) -> None:
    """A notice comes so many days before or after its event; "at least N days before" is N clear days."""
    document, given = case.form.document(case.value.document), case.value.exchanged
    if document is None or document.days is None or document.event is None or given is None:
        return
    sheet, _, column = document.event.partition(".")
    for index, row in enumerate(case.value.rows(sheet)):
        text = row.get(column)
        if not isinstance(text, str):
            continue
        event = date.fromisoformat(text)
        if document.side is NoticeSide.BEFORE:
            clear = (event - given).days - (1 if document.days else 0)
            late = clear < document.days
            told = f"notified on {given}, {max(0, clear)} clear days before {event}; {document.days} are needed"
        else:
            late = (given - event).days > document.days
            told = (
                f"notified on {given}, {(given - event).days} days after {event}; at most {document.days} are allowed"
            )
        if late:
            case.say(rule, told, sheet, index, column, cite=document.cite)
