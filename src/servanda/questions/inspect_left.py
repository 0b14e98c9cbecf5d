"""Quotas and what is left of them: the quotas of a day less the inspections that were carried out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.documents.base import typed
from servanda.model.documents.checks import QuotasDocument
from servanda.model.errors import InputError
from servanda.questions.inspect_course import read_log
from servanda.questions.inspect_quotas import inspect_quotas
from servanda.questions.inspect_regime import regime_of
from servanda.questions.inspect_request import by_code
from servanda.questions.made_up import said_first
from servanda.questions.words import Day, asked_day, cites
from servanda.standing import parties
from servanda.verification.course_log import DOCUMENT, CourseLog
from servanda.verification.periods import span_on
from servanda.verification.quotas import Objects, PartyQuota
from servanda.verification.request import Past
from servanda.verification.spent import Spent, each_once, inspections_of, spent

if TYPE_CHECKING:
    from servanda.exchange.store import Store

Left = tuple[PartyQuota, tuple[Spent, ...]]


def inspect_left(
    corpus: Corpus,
    instrument: str,
    *,
    on: Day,
    past: Iterable[Past],
    party: str | None = None,
    objects: tuple[Objects, ...] = (),
    rounding: str = "nearest",
    made_up: bool = False,
) -> Answer[tuple[Left, ...]]:
    """What each party must accept in the quota period of a day, what was used of it, and what is left.

    `past` are the inspections so far; that there were none is told by an empty one, and that some
    are `made_up` is said first. The document is that of
    `inspect_quotas` with `spent` in each party's row. InputError for an inspection of a kind the record does not know, or by or
    of a state that is no party.
    """
    answer = inspect_quotas(corpus, instrument, on=on, party=party, objects=objects, rounding=rounding)
    regime, start = regime_of(corpus, instrument)
    asked = asked_day(corpus, instrument, on)
    span = span_on(regime, start, asked)
    held = by_code(corpus, past)
    _known(corpus, instrument, held)
    found = tuple((row, spent(regime, span, row, held)) for row in answer.value)
    counted = [p for p in held if p.counts and span.since <= p.began.date() < span.until]
    elsewhere = len(held) - len(counted)
    extra = sum(p.supplementary for p in counted)
    caveats = list(answer.node.caveats)
    if elsewhere:
        caveats.append(f"{elsewhere:,} of the inspections given lie in another period, or were refused or cancelled")
    if extra:
        caveats.append(f"{extra:,} were made on top of the quota and use none of it")
    words = "{quotas}; inspections so far: {n}"
    node = Node(
        statement=Statement(words, {"quotas": str(answer.node.statement), "n": len(counted)}),
        citation=answer.node.citation,
        caveats=tuple(caveats),
        because=(
            *(
                replace(n, because=(*_lines(corpus, instrument, each), *n.because))
                for n, (_, each) in zip(answer.node.because, found, strict=False)  # the rows come first
            ),
            *answer.node.because[len(found) :],
        ),
    )
    rows = zip(answer.data["parties"], found, strict=True)
    data = {**answer.data, "parties": [{**row, "spent": [_json(s) for s in each]} for row, (_, each) in rows]}
    told = Answer(
        kind="inspect_quotas", value=found, document=typed(QuotasDocument, data), node=node, not_known=answer.not_known
    )
    return said_first(told, made_up)


def _known(corpus: Corpus, instrument: str, past: tuple[Past, ...]) -> None:
    """An inspection that no quota would ever notice is a slip of the pen, not nothing."""
    regime, _ = regime_of(corpus, instrument)
    names = ", ".join(k.id for k in regime.kinds)
    bound: dict[Any, frozenset[str]] = {}
    for one in past:
        if regime.kind(one.kind) is None:
            raise InputError(f"{one.kind!r} is not a kind of inspection of {regime.id}", remedy=f"kinds: {names}")
        day = one.began.date()
        if day not in bound:
            bound[day] = frozenset(parties(corpus, instrument, on=day))
        for code in (one.by, one.owner):
            if code not in bound[day]:
                raise InputError(
                    f"{corpus.actors.name(code)} ({code}) is not a party on {day}", remedy="check the state and the day"
                )


def _lines(corpus: Corpus, instrument: str, each: tuple[Spent, ...]) -> tuple[Node, ...]:
    found = []
    for s in each:
        words = "{quota}: {used} of {of} used, {left} left"
        parts: dict[str, Any] = {"quota": s.quota, "used": s.used, "of": s.of, "left": s.left}
        if s.left is None or s.of is None:
            words = "{quota}: {used} used of a number that is not known; at least {surely} must still be accepted"
            parts["surely"] = s.surely
        elif s.left < 0:
            words, parts["over"] = "{quota}: {used} of {of} used, {over} more than are due", -s.left
        found.append(Node(statement=Statement(words, parts), citation=cites(instrument, s.cite)))
    return tuple(found)


def _json(s: Spent) -> dict[str, Any]:
    return {"quota": s.quota, "of": s.of, "used": s.used, "left": s.left, "surely": s.surely, "cite": s.cite}


def past_of_logs(corpus: Corpus, files: Iterable[tuple[str, bytes]]) -> tuple[tuple[Past, ...], bool]:
    """The inspections that logs of courses tell of, each once, and whether any is made up; `files`: names and contents."""
    return _inspections(read_log(corpus, data, where=name) for name, data in files)


def past_of_ledger(corpus: Corpus, store: Store, instrument: str) -> tuple[tuple[Past, ...], bool]:
    """The inspections whose logs stand in a ledger, each once though both states entered their copy; whether any is made up."""
    return _inspections(
        read_log(corpus, d.data, where=f"entry {d.index}")
        for d in store.declarations(instrument=instrument)
        if d.document.split(" ")[0] == DOCUMENT
    )


def _inspections(logs: Iterable[CourseLog]) -> tuple[tuple[Past, ...], bool]:
    kept = each_once(logs)
    return tuple(p for log in kept for p in inspections_of(log)), any(log.synthetic for log in kept)
