"""What changed from one exchange to the next, unit by unit, and what should have been notified and was not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from servanda.corpus import Corpus
from servanda.exchange.declaration import Declaration
from servanda.exchange.differences import Change, ChangeKind, Differences, differences
from servanda.exchange.formats.assemble import ReadDeclaration
from servanda.exchange.report import Finding, Report
from servanda.model.answer import Answer, Node, Statement
from servanda.model.errors import InputError
from servanda.model.forms import Form
from servanda.questions.declared import Given, in_full, read_declared
from servanda.questions.exchange import form_of, judge
from servanda.questions.words import cites, listed

YEAR = re.compile(r"\d{4}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SHOWN = 12  # changes of a kind that the tree names, of each state; the data has all

_WORDS = {
    ChangeKind.NEW: "{record} ({name}) is new",
    ChangeKind.GONE: "{record} ({name}) is gone",
    ChangeKind.RENAMED: "{record} was called {before}, is called {after}",
    ChangeKind.RESUBORDINATED: "{record} ({name}) was under {before}, is under {after}",
    ChangeKind.MOVED: "{record} ({name}) was at {before}, is at {after}",
    ChangeKind.HOLDINGS: "{record} ({name}): {category} {before} before, {after} now",
    ChangeKind.SITE_NEW: "declared site {record} ({name}) is new",
    ChangeKind.SITE_GONE: "declared site {record} ({name}) is gone",
}
_COUNTED = {
    ChangeKind.NEW: "new",
    ChangeKind.GONE: "gone",
    ChangeKind.RENAMED: "renamed",
    ChangeKind.RESUBORDINATED: "under another superior",
    ChangeKind.MOVED: "moved",
    ChangeKind.HOLDINGS: "with other holdings",
    ChangeKind.SITE_NEW: "sites new",
    ChangeKind.SITE_GONE: "sites gone",
}


def declarations_of(corpus: Corpus, instrument: str | None, which: str, store: str | None) -> tuple[Given, ...]:
    """The declarations meant by a year, a day, or a path; a year or a day is looked up in the store.

    Of a year those with the form's yearly day count, where there are any. InputError where nothing is found.
    """
    name, form = form_of(corpus, instrument)
    if Path(which).exists() or not (YEAR.fullmatch(which) or DAY.fullmatch(which)):
        return read_declared(corpus, name, which)
    if store is None:
        raise InputError(
            f"where the declarations of {which} lie is not known", remedy="name a store, or a file or folder"
        )
    if DAY.fullmatch(which) and not _is_day(which):
        raise InputError(f"{which} is not a day", remedy="give a year, a day as YYYY-MM-DD, a file or a folder")
    every = read_declared(corpus, name, store)
    notices = {d.id for d in form.documents if d.notice}
    found = [
        g for g in every if g.value.as_of.isoformat().startswith(which) and g.value.document not in notices
    ]  # fmt: skip
    yearly = {d.valid_on for d in form.documents if d.valid_on}
    regular = [g for g in found if f"{g.value.as_of:%m-%d}" in yearly]
    chosen = tuple(regular if YEAR.fullmatch(which) and regular else found)
    if not chosen:
        days = sorted({g.value.as_of.isoformat() for g in every if g.value.document not in notices})
        raise InputError(
            f"no declaration is as of {which}", where=store, remedy=f"those held are as of {', '.join(days[:8]) or 'no day'}"
        )  # fmt: skip
    if len({g.value.as_of for g in chosen}) > 1:
        days = sorted({g.value.as_of.isoformat() for g in chosen})
        raise InputError(
            f"{which} has declarations of several days", where=store, remedy=f"give one of {', '.join(days)}"
        )
    return chosen


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def notices_between(
    corpus: Corpus, instrument: str | None, store: str | None, paths: Iterable[str | Path] = ()
) -> tuple[Given, ...]:
    """The notices that a store holds, and those of files. InputError for a file that is no notice."""
    name, form = form_of(corpus, instrument)
    kinds = {d.id for d in form.documents if d.notice}
    held = [] if store is None else [g for g in read_declared(corpus, name, store) if g.value.document in kinds]
    for path in paths:
        for given in read_declared(corpus, name, path):
            if given.value.document not in kinds:
                raise InputError(
                    f"is {given.value.document}, not a notice", where=str(path), remedy="give notices here"
                )
            held.append(given)
    return tuple(held)


def compare_declarations(
    corpus: Corpus,
    instrument: str | None,
    before: Iterable[Given],
    after: Iterable[Given],
    *,
    notices: Iterable[Given] = (),
) -> Answer[dict[str, Differences]]:
    """State by state what changed between two exchanges, and which changes no notice accounts for.

    A notice counts where it is valid after the first document and not after the second. The rules that decide are
    those of validation that look at the document before. States that gave one of the two documents alone are named.
    InputError where no state gave both, or the second document is not the later one.
    """
    name, form = form_of(corpus, instrument)
    old, new = (_by_party(form, given) for given in (before, after))
    both = sorted(old.keys() & new.keys())
    if not both:
        raise InputError("no state gave both documents", remedy="give two exchanges of the same states")
    told: dict[str, list[Declaration]] = {}
    for notice in notices:
        told.setdefault(notice.value.party, []).append(notice.value)
    value: dict[str, Differences] = {}
    rows, nodes = [], []
    for party in both:
        first, second = old[party].value, new[party].value
        if second.as_of <= first.as_of:
            raise InputError(
                f"the second document of {party} is as of {second.as_of}, the first as of {first.as_of}",
                remedy="give the earlier exchange first",
            )
        own = [n for n in told.get(party, []) if first.as_of < n.as_of <= second.as_of]
        found = value[party] = differences(first, second, form)
        missing = _not_notified(corpus, name, form, first, second, own)
        rows.append(_data(party, old[party], new[party], found, missing, own))
        nodes.append(_node(corpus, name, party, found, missing, len(own)))
    return _answer(name, old, new, both, value, rows, nodes)


def _by_party(form: Form, given: Iterable[Given]) -> dict[str, Given]:
    whole, _ = in_full(form, given)
    found: dict[str, Given] = {}
    for one in whole:
        if one.value.party in found:
            raise InputError(
                f"{one.value.party} gives documents of several days", where=one.where, remedy="give one exchange at a time"
            )  # fmt: skip
        found[one.value.party] = one
    return found


def _not_notified(
    corpus: Corpus, instrument: str, form: Form, first: Declaration, second: Declaration, notices: list[Declaration]
) -> list[Finding]:
    """What the rules that look back find in the second document."""
    looking_back = {r.code for r in form.rules if r.needs_last}
    reading = ReadDeclaration(second, Report(form), {})
    report = judge(corpus, reading, instrument, last=first, notices=notices, today=second.exchanged or second.as_of)
    return [f for f in (*report.errors, *report.warnings) if f.code in looking_back]


def _data(
    party: str, old: Given, new: Given, found: Differences, missing: list[Finding], notices: list[Declaration]
) -> dict[str, Any]:
    return {
        "party": party,
        "before": {"as_of": old.value.as_of.isoformat(), "where": old.where},
        "after": {"as_of": new.value.as_of.isoformat(), "where": new.where},
        "notices": len(notices),
        "totals": [{"category": c, "before": a, "after": b} for c, (a, b) in found.totals.items()],
        "changes": [
            {
                "what": c.kind.value,
                "record": c.record,
                "designation": c.designation,
                "category": c.category,
                "before": c.before,
                "after": c.after,
            }
            for c in found.changes
        ],
        "not_notified": [f.data() for f in missing],
    }


def _node(
    corpus: Corpus, instrument: str, party: str, found: Differences, missing: list[Finding], notices: int
) -> Node:
    tally = {k: sum(c.kind is k for c in found.changes) for k in ChangeKind}
    words = ", ".join(f"{n:,} {_COUNTED[k]}" for k, n in tally.items() if n) or "nothing changed"
    children = []
    if missing:
        late = tuple(
            Node(
                statement=Statement("{code}: {message}", {"code": f.code, "message": f.message}),
                citation=cites(instrument, f.cite),
                caveats=(f"remedy: {f.remedy}",),
            )
            for f in missing[:SHOWN]
        )
        more = (_more(len(missing) - SHOWN),) if len(missing) > SHOWN else ()
        words_of = "not accounted for: {n}"
        children.append(Node(statement=Statement(words_of, {"n": len(missing)}), because=(*late, *more)))
    moved = [f"{c} {b - a:+,}" for c, (a, b) in found.totals.items() if a != b]
    if moved:
        children.append(Node(statement=Statement("totals: {moved}", {"moved": ", ".join(moved)})))
    for kind in ChangeKind:
        of_kind = [c for c in found.changes if c.kind is kind]
        children += [Node(statement=_told(c)) for c in of_kind[:SHOWN]]
        if len(of_kind) > SHOWN:
            children.append(_more(len(of_kind) - SHOWN))
    shape = "{party}: {words}"
    shape += "; {n} not accounted for" if missing else "; all accounted for" if found.changes else ""
    shape += "; notices given: {k}" if notices else ""
    statement = Statement(shape, {"party": corpus.actors.name(party), "words": words, "n": len(missing), "k": notices})
    return Node(statement=statement, because=tuple(children))


def _more(count: int) -> Node:
    return Node(statement=Statement("and {n} more, in the data", {"n": count}))


def _told(change: Change) -> Statement:
    parts = {
        "record": change.record,
        "name": change.designation or "no designation",
        "category": change.category or "",
        "before": "nobody" if change.before is None else change.before,
        "after": "nobody" if change.after is None else change.after,
    }
    return Statement(_WORDS[change.kind], parts)


def _answer(
    instrument: str,
    old: dict[str, Given],
    new: dict[str, Given],
    both: list[str],
    value: dict[str, Differences],
    rows: list[dict[str, Any]],
    nodes: list[Node],
) -> Answer[dict[str, Differences]]:
    synthetic = any(g.value.synthetic for g in (*old.values(), *new.values()))
    alone = (sorted(old.keys() - new.keys()), sorted(new.keys() - old.keys()))
    count = sum(len(r["not_notified"]) for r in rows)
    words = "{n} {states} from {first} to {last}: {changes}, {missing}"
    if synthetic:
        words = "SYNTHETIC, not history: " + words
    days = [{g.value.as_of for g in side.values()} for side in (old, new)]
    first, last = (_span(d) for d in days)
    parts = {
        "n": len(both),
        "states": "state" if len(both) == 1 else "states",
        "first": first,
        "last": last,
        "missing": f"{count} not accounted for" if count else "all accounted for",
    }
    changes = sum(len(d.changes) for d in value.values())
    parts["changes"] = f"{changes:,} change" + "s" * (changes != 1)
    caveats = [f"given only the first time: {listed(alone[0])}"] if alone[0] else []
    caveats += [f"given only the second time: {listed(alone[1])}"] if alone[1] else []
    return Answer(
        kind="exchange_compare",
        value=value,
        data={
            "instrument": instrument,
            "before": first,
            "after": last,
            "synthetic": synthetic,
            "parties": rows,
            "only_before": alone[0],
            "only_after": alone[1],
        },
        node=Node(statement=Statement(words, parts), because=tuple(nodes), caveats=tuple(caveats)),
    )


def _span(days: set[date]) -> str:
    first, last = min(days), max(days)
    return first.isoformat() if first == last else f"{first} to {last}"
