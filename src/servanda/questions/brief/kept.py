"""Is it kept: the table of ceilings, what else matters that day, and the sentence that sums them up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from servanda.model.answer import Node
from servanda.model.assessments import Beside
from servanda.model.dates import long_day
from servanda.model.limits import Limit
from servanda.model.question import Question
from servanda.model.results import Verdict
from servanda.model.vocabulary import ANY, LimitNature, Scope, Standing, VerdictKind
from servanda.questions.assess import assess
from servanda.questions.beside import beside_node, span_words
from servanda.questions.brief.page import Ceilings, Row, View
from servanda.questions.words import age, capital, joined, people

MOST_ROWS = 6  # beyond so many rows only the widest count of each clause is shown
MOST_BROKEN = 4
DECIDED = (VerdictKind.EXCEEDED, VerdictKind.INCONSISTENT)


def is_main(v: Verdict) -> bool:
    """Group ceilings over the whole area, any posture: the ones a page has room for."""
    outer = v.limit.within is None and v.limit.nature is LimitNature.LEGAL and v.limit.scope is Scope.GROUP
    return outer and v.posture == ANY and not v.limit.temporary and v.verdict is not VerdictKind.NO_DATA


def outermost(view: View, v: Verdict) -> bool:
    """A ceiling over the whole area on what a scope holds, nested in no other."""
    limit = v.limit
    whole = limit.zone in (view.dossier.instrument.area, None) or view.dossier.instrument.area is None
    plain = limit.nature in (LimitNature.LEGAL, LimitNature.POLITICAL) and not limit.temporary and limit.within is None
    if v.verdict is VerdictKind.NOT_APPLICABLE and limit.applies.until is not None and limit.applies.until <= view.on:
        return False
    held = limit.scope in (Scope.GROUP, Scope.STATE, Scope.PARTIES)
    return whole and plain and held and bool(limit.at_most) and v.verdict is not VerdictKind.NO_DATA


def ceilings(view: View, verdicts: tuple[Verdict, ...]) -> Ceilings:
    """The main ceilings side by side, and lines on the others that matter on the day."""
    main = [v for v in verdicts if outermost(view, v)]
    if any(v.limit.scope is Scope.GROUP for v in main):
        main = [v for v in main if v.limit.scope is Scope.GROUP and v.limit.nature is LimitNature.LEGAL]
    columns = tuple(dict.fromkeys(v.scope for v in main))
    if len(columns) > 2:
        return Ceilings(notes=tuple(_others(view, verdicts, ())))
    rows = _rows(view, main, columns)
    shown = tuple(c for r in rows for c in r.cells if c)
    notes = (*_assessed(view, shown), *_others(view, verdicts, shown), *_figures(view, shown))
    actors = view.corpus.actors
    return Ceilings(columns=tuple(actors.name(c) if c in actors else c for c in columns), rows=rows, notes=notes)


def _rows(view: View, main: list[Verdict], columns: tuple[str, ...]) -> tuple[Row, ...]:
    by: dict[tuple[str, str, str, int], dict[str, Verdict]] = {}
    for v in main:
        by.setdefault((v.limit.cite, v.limit.id, v.posture, v.bound), {})[v.scope] = v
    if len(by) > MOST_ROWS:
        widest: dict[str, str] = {}
        for _, name, posture, _ in by:
            widest.setdefault(name, posture)
        by = {k: v for k, v in by.items() if widest[k[1]] == k[2] and k[2] == ANY}
    rows = []
    for (cite, _, posture, bound), cells in by.items():
        first = next(iter(cells.values()))
        name = view.name(first.limit.category)
        name += "" if posture == ANY else f", {posture}"
        rows.append(Row(name=name, cite=cite, bound=bound, cells=tuple(cells.get(c) for c in columns)))
    return tuple(rows)


def _assessed(view: View, shown: tuple[Verdict, ...]) -> Iterator[Node]:
    """What others found of the same ceilings: beside the verdicts and no part of them."""
    found: dict[str, tuple[Beside, list[str]]] = {}
    for v in shown:
        for b in v.assessments:
            scopes = found.setdefault(b.assessment.id, (b, []))[1]
            if v.scope not in scopes:
                scopes.append(v.scope)
    for beside, scopes in found.values():
        a = beside.assessment
        words = "assessed by others: {by}: {scopes} {result}{doubt}"
        doubts = ["the record proves the opposite"] if beside.against_record else []
        doubts += ["contradicted by others"] if beside.against else []
        parts = {
            "by": a.by,
            "scopes": joined(scopes),
            "result": a.result.value.replace("_", " "),
            "doubt": f"; {joined(doubts)}" if doubts else "",
        }
        yield view.line(words, None, (), (beside_node(view.corpus, view.id, beside),), **parts)


def _figures(view: View, shown: tuple[Verdict, ...]) -> Iterator[Node]:
    """Of when the figures are, and where nothing but one total of all parties is behind them."""
    days = sorted({v.snapshot_date for v in shown if v.snapshot_date})
    if days:
        told = joined([f"{long_day(d)}{_old(view.on, d)}" for d in days], 4)
        words = "figures of {told}"
        if shown and _one_total(shown):
            words += ": one total of all parties, none by group"
        gone = [s.party for s in view.found if s.standing is Standing.WITHDRAWN and s.since and s.since > days[-1]]
        if gone:
            words += ", {gone} still counted"
        yield view.line(words, told=told, gone=people(view.corpus, gone))
    if any(v.recalled for v in shown):
        yield view.line("* leans on a figure or a ceiling that is recalled, not sourced")


def _old(on: date, day: date) -> str:
    said = age((on - day).days)
    return f", {said} old" if said else ""


def _one_total(shown: Iterable[Verdict]) -> bool:
    """True where the record gives one sum for all groups, so that each may hold all of it or nothing."""
    by: dict[str, set[tuple[int | None, int | None]]] = {}
    for v in shown:
        by.setdefault(v.id, set()).add((v.low, v.high))
    scopes = {v.scope for v in shown}
    return len(scopes) > 1 and all(len(b) == 1 and next(iter(b))[0] == 0 for b in by.values())


def _others(view: View, verdicts: tuple[Verdict, ...], shown: tuple[Verdict, ...]) -> Iterator[Node]:
    """What is broken, then special rules of the day, then a count of the ceilings of single states."""
    table = {(v.id, v.scope, v.posture) for v in shown}
    rest = [v for v in verdicts if (v.id, v.scope, v.posture) not in table]
    broken = [v for v in rest if v.in_law and v.verdict in DECIDED]
    for v in broken[:MOST_BROKEN]:
        yield _broken(view, v)
    if len(broken) > MOST_BROKEN:
        more = tuple(_broken(view, v) for v in broken[MOST_BROKEN:])
        yield view.line("and {n} more ceilings exceeded", None, (), more, n=len(more))
    special = _special(view, [v for v in rest if v not in broken])
    quiet = [g for g in special if _quiet(view, g)]
    for group in special:
        if group not in quiet or len(quiet) == 1:
            yield _together(view, group)
    yield from _by_press(view, [v for group in special for v in group])
    if len(quiet) > 1:
        told = joined([f"{g[0].limit.cite} ({_who(view, g)})" for g in quiet], 5)
        details = tuple(_together(view, g) for g in quiet)
        yield view.line("no figure for the ground of {told}", None, (), details, told=told)
    listed = {(v.id, v.scope) for group in special for v in group}
    yield from _counted(view, [v for v in rest if (v.id, v.scope) not in listed])


def _broken(view: View, v: Verdict) -> Node:
    words = "{who}: {span} {what} of {bound}, {verdict}{deferred}"
    parts = {
        "who": _scope(view, v),
        "span": span_words(v.low, v.high),
        "what": _names(view, [v.limit]),
        "bound": v.bound,
        "verdict": v.verdict.value.replace("_", " "),
        "deferred": " (full observance put off)" if v.deferred else "",
    }
    return view.line(words, v.limit.cite, **parts)


def _scope(view: View, v: Verdict) -> str:
    named = people(view.corpus, [v.scope]) if v.scope in view.corpus.actors else v.scope
    return capital(named)


def _names(view: View, limits: Iterable[Limit]) -> str:
    return joined(dict.fromkeys(view.name(x.category) for x in limits), 5)


def _special(view: View, rest: list[Verdict]) -> list[list[Verdict]]:
    """Ceilings of a part of the area that matter on the day: those of an amendment, and those the day's acts concern.

    Only those nested in no other; one line for a clause and a scope.
    """
    about = {m for a in view.book.acts if a.date.exact and a.date.day == view.on for m in a.matter}
    matters = {p.cite: set(p.matter) for d in view.corpus.family(view.id) for p in d.provisions}
    own = {x.id for x in view.dossier.limits}
    groups: dict[tuple[str, str, str, str], list[Verdict]] = {}
    for v in rest:
        limit = v.limit
        if limit.within is not None or limit.temporary or limit.nature is not LimitNature.LEGAL:
            continue
        if limit.zone == view.dossier.instrument.area or limit.scope is Scope.RECIPIENT or not limit.at_most:
            continue
        if limit.id in own and not about & matters.get(limit.cite, set()):
            continue
        # numbered last parts of one clause, (1) to (3), belong together
        clause = limit.cite.rpartition("(")[0] if limit.cite[-2:-1].isdigit() else limit.cite
        scope = "" if limit.scope is Scope.GROUP else v.scope
        groups.setdefault((clause, limit.zone, scope, v.posture), []).append(v)
    return list(groups.values())


def _quiet(view: View, group: list[Verdict]) -> bool:
    """Ceilings without any figure for their ground that did not begin on the day."""
    return all(v.verdict is VerdictKind.UNDETERMINED and not v.low and v.applies_from != view.on for v in group)


def _who(view: View, group: list[Verdict]) -> str:
    """Whose ceilings they are."""
    first = group[0]
    if first.limit.scope is Scope.GROUP:
        return f"each group{_posture(first)}"
    return people(view.corpus, list(dict.fromkeys(v.scope for v in group)))


def _together(view: View, group: list[Verdict]) -> Node:
    first = group[0]
    zones = {z.id: z.name for d in view.corpus.family(view.id) for z in d.zones}
    numbers = dict.fromkeys((view.name(v.limit.category), v.bound) for v in group)
    told = ", ".join(f"{n} {b:,}" for n, b in numbers)
    kinds = {v.verdict for v in group}
    verdict = joined(dict.fromkeys(v.verdict.value.replace("_", " ") for v in group))
    words = "{who}, {zone}: {told}: {verdict}"
    if kinds == {VerdictKind.UNDETERMINED} and all(not v.low for v in group):
        verdict = "no figure for that ground"
    who = _who(view, group)
    own_name = zones.get(first.limit.zone, first.limit.zone)
    zone = min((own_name, first.limit.zone.replace("_", " ").replace("-", " ")), key=len)
    cite = (
        first.limit.cite.rpartition("(")[0]
        if len(group) > 1 and first.limit.cite[-2:-1].isdigit()
        else first.limit.cite
    )
    return view.line(words, cite, zone=zone, who=capital(who), told=told, verdict=verdict)


def _by_press(view: View, special: list[Verdict]) -> Iterator[Node]:
    """What press figures and estimates would say of the day's special ceilings; they decide nothing."""
    if not special:
        return
    ids = tuple(dict.fromkeys(v.id for v in special))
    question = Question(instrument=view.id, on=view.on, include=("press",), limits=ids)
    before = {(v.id, v.scope, v.posture): v.verdict for v in special}
    for v in assess(view.corpus, question).value:
        old = before.get((v.id, v.scope, v.posture))
        if old is None or v.verdict is old or v.verdict is not VerdictKind.EXCEEDED or not v.snapshot_date:
            continue
        words = "press figures of {day}, not counted: {who} {span} {what} of {bound}"
        parts = {
            "day": long_day(v.snapshot_date),
            "who": _scope(view, v),
            "span": span_words(v.low, v.high),
            "what": view.name(v.limit.category),
            "bound": v.bound,
        }
        yield view.line(words, v.limit.cite, **parts)


def _posture(v: Verdict) -> str:
    return "" if v.posture == ANY else f" ({v.posture})"


def _counted(view: View, rest: list[Verdict]) -> Iterator[Node]:
    """Ceilings of single states, counted by verdict; nothing where none was decided."""
    single = [v for v in rest if v.limit.scope is Scope.STATE and v.in_law and v.limit.within is None]
    single = [v for v in single if v.limit.nature is LimitNature.LEGAL and v.verdict is not VerdictKind.NO_DATA]
    judged = [v for v in single if v.verdict is not VerdictKind.NOT_APPLICABLE]
    if judged:
        cites_ = list(dict.fromkeys(view.bare(v.limit.cite).partition("(")[0] for v in judged))
        yield view.line(
            "single states ({clauses}): {told}",
            clauses=joined(cites_, 4),
            told=tally_words(judged),
        )
    elif single and not any(v.applies_from for v in single):
        yield view.line("{n} ceilings of single states, never in force", n=len(single))


def tally_words(verdicts: Iterable[Verdict]) -> str:
    """Verdicts counted in words: kept, exceeded, undetermined."""
    words = {
        VerdictKind.WITHIN: "proved kept",
        VerdictKind.EXCEEDED: "exceeded",
        VerdictKind.INCONSISTENT: "in conflict",
    }
    count: dict[str, int] = {}
    order = [VerdictKind.EXCEEDED, VerdictKind.INCONSISTENT, VerdictKind.WITHIN, VerdictKind.UNDETERMINED]
    for v in sorted(verdicts, key=lambda v: order.index(v.verdict) if v.verdict in order else 9):
        word = words.get(v.verdict, v.verdict.value.replace("_", " "))
        count[word] = count.get(word, 0) + 1
    return joined([f"{n} {k}" for k, n in count.items()], 6)


def verdict_sentence(view: View, table: Ceilings, verdicts: tuple[Verdict, ...]) -> str:
    """Whether the ceilings are kept, in one sentence; empty where there is nothing to judge."""
    shown = [c for r in table.rows for c in r.cells if c]
    if not shown:
        main = [v for v in verdicts if outermost(view, v)]
        if main and all(v.verdict is VerdictKind.NOT_APPLICABLE and v.applies_from is None for v in main):
            return "its ceilings judge nobody"
        judged = [v for v in main if v.verdict is not VerdictKind.NOT_APPLICABLE]
        return f"of {len(judged)} ceilings, {tally_words(judged)}" if judged else ""
    over = [v for v in shown if v.low is not None and v.low > v.bound]
    starts = sorted({v.applies_from for v in shown if v.applies_from})
    if all(v.verdict is VerdictKind.NOT_APPLICABLE for v in shown):
        if not starts or starts[0] <= view.on:
            return "its ceilings judge nobody"
        told = f"its ceilings judge nobody before {long_day(starts[0])}"
        return told + (f"; the figures lie above {len(over)} of {len(shown)}" if over else "")
    kept = sum(v.verdict is VerdictKind.WITHIN for v in shown)
    broken = sum(v.verdict in DECIDED for v in shown)
    open_ = len(shown) - kept - broken
    kind = "group ceilings" if any(v.limit.scope is Scope.GROUP for v in shown) else "ceilings"
    figures = _figures_of(view, shown)
    if kept == len(shown):
        return f"all {kept} {kind} are kept by {figures}"
    if not kept and not broken:
        return f"{figures} prove none of its {open_} {kind} kept and none exceeded"
    told = f"of {len(shown)} {kind} {figures} prove {kept or 'none'} kept, {broken or 'none'} exceeded"
    return told + (f"; {open_} stay undetermined" if open_ else "")


def _figures_of(view: View, shown: list[Verdict]) -> str:
    """The figures a sentence leans on, with their day where they are old."""
    if not any(v.stale for v in shown):
        return "the figures"
    days = sorted({v.snapshot_date for v in shown if v.snapshot_date})
    told = long_day(days[0]) if len(days) == 1 else f"{days[0].year} to {days[-1].year}"
    return f"figures of {told}"
