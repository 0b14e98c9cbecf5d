"""Declarations for tests: one state's of 1995, made up, and what plants faults in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from functools import cache

from servanda.corpus import Corpus
from servanda.exchange.declaration import Declaration
from servanda.exchange.formats.assemble import ReadDeclaration
from servanda.exchange.report import Report
from servanda.exchange.table import Row
from servanda.model.answer import Answer
from servanda.model.forms import Form
from servanda.questions.exchange import form_of, judge
from servanda.questions.synthesize import synthesize

TODAY = date(1996, 1, 5)


@cache
def answer_of_1995() -> Answer[tuple[Declaration, ...]]:
    """All parties on 17 November 1995, with few objects so that tests are quick; made once, since a program is solved for it."""
    return synthesize(Corpus.default(), "cfe", on="1995-11-17", objects=900)


def all_of_1995() -> tuple[Declaration, ...]:
    """The declarations of that day."""
    return answer_of_1995().value


@cache
def form() -> Form:
    """The form under test."""
    return form_of(Corpus.default(), "cfe")[1]


@cache
def declaration(party: str = "UKR") -> Declaration:
    """One of them."""
    return next(d for d in all_of_1995() if d.party == party)


def with_rows(value: Declaration, sheet: str, change: Callable[[list[dict]], None]) -> Declaration:
    """The declaration with one sheet's rows changed."""
    rows = [dict(r) for r in value.rows(sheet)]
    change(rows)
    tables: dict[str, tuple[Row, ...]] = {**value.tables, sheet: tuple(rows)}
    return dataclasses.replace(value, tables=tables)


def report_on(value: Declaration, *, last: Declaration | None = None, notices=(), today: date = TODAY) -> Report:
    """What validation says of a declaration that was never in a file."""
    reading = ReadDeclaration(value, Report(form()), {})
    return judge(Corpus.default(), reading, "cfe", last=last, notices=notices, today=today)
