"""How far a liability is worked off: a register of reductions held against the rules of method, cap, notice and phase.

A register is what a party says it did. Each entry counts, counts not, or is still open, and every clause it touches
that is not met is a finding. Where a cap hangs on a level that is not known, the total is an interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from servanda.model.dates import Period
from servanda.model.errors import InputError
from servanda.model.reduction import MethodScope, ReductionMethod, ReductionRules

Bounds = tuple[int, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a register: what was reduced, how, where and on which days. `line` is its place in the file.

    `notified` is the day of the notice ahead (of an unplanned event: of the notice of it), `completed` that of the
    completion notice, `evidence` the day evidence was given, `doubt` and `resolved` of an ambiguity raised and
    settled, `finished` the end of a final conversion.
    """

    party: str
    category: str
    method: str
    items: int
    type: str | None = None
    mark: str | None = None
    site: str | None = None
    notified: date | None = None
    began: date | None = None
    ended: date | None = None
    completed: date | None = None
    evidence: date | None = None
    doubt: date | None = None
    resolved: date | None = None
    finished: date | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A clause that an entry (or a party's sites together) does not meet; `bars` where items do not count for it."""

    party: str
    cite: str
    statement: str
    line: int | None = None
    bars: bool = False
    remedy: str | None = None


class Verdict(StrEnum):
    """How a phase stands."""

    MET = "met"
    SHORT = "short"
    OPEN = "open"  # its end has not come
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseState:
    """What a phase asks of a liability by its last day, and what had been reduced by then (or by the asked day)."""

    phase: str
    last: date
    cite: str
    required: tuple[int | None, int | None]
    reduced: Bounds
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodState:
    """What one method contributed to one category: items in the register, items that count, and its cap."""

    method: str
    category: str
    items: int
    counted: Bounds
    open: int
    cap: tuple[int | None, int | None]
    cite: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One party and category: liability and level as given, items that count, by method and by phase."""

    party: str
    category: str
    liability: tuple[int | None, int | None]
    level: int | None
    reduced: Bounds
    methods: tuple[MethodState, ...]
    phases: tuple[PhaseState, ...]


@dataclass(slots=True)
class _Count:
    """An entry with the day from which its items count (None: not, or not yet)."""

    entry: Entry
    root: str
    method: ReductionMethod
    scope: MethodScope
    since: date | None = None
    sure: int = 0
    possible: int = 0
    open: bool = False
    barred: bool = False
    findings: list[Finding] = field(default_factory=list)

    def say(self, cite: str | None, statement: str, *, bars: bool = False, remedy: str | None = None) -> None:
        e = self.entry
        self.barred |= bars
        cite = cite or self.method.cite
        self.findings.append(
            Finding(party=e.party, cite=cite, statement=statement, line=e.line, bars=bars, remedy=remedy)
        )


def last_day(period: Period, clock: date) -> date:
    """The last day of a period that runs from the clock.

    >>> last_day(Period(months=40), date(1992, 7, 17))
    datetime.date(1995, 11, 16)
    """
    return period.after(clock) - timedelta(days=1)


def cap_of(scope: MethodScope, level: int | None) -> tuple[int | None, int | None]:
    """The most items a method may reduce, as bounds; (None, None) without a cap, (sure, None) without a level.

    "No more than" rounds down.

    >>> tank = MethodScope(category="t", cite="x", percent="5.7", percent_at_most=750, or_items=150)
    >>> [cap_of(tank, n) for n in (1000, 4000, 20000)]
    [(150, 150), (228, 228), (750, 750)]
    """
    if scope.at_most is not None:
        return scope.at_most, scope.at_most
    if scope.percent is None:
        return None, None
    if level is None:
        return scope.or_items or 0, None
    share = Fraction(scope.percent) * level / 100
    number = share.numerator // share.denominator
    if scope.percent_at_most is not None:
        number = min(number, scope.percent_at_most)
    number = max(number, scope.or_items or 0)
    return number, number


def progress(
    rules: ReductionRules,
    clock: date,
    register: Iterable[Entry],
    *,
    on: date,
    parents: Mapping[str, str | None],
    liabilities: Mapping[tuple[str, str], tuple[int | None, int | None]],
    levels: Mapping[tuple[str, str], int],
    declared: Mapping[tuple[str, str], int] | None = None,
) -> tuple[tuple[Progress, ...], tuple[Finding, ...]]:
    """Each party and category of the register or of `liabilities` as it stands on a day, and all findings.

    `parents` is the tree of categories; liabilities, levels and what was `declared` at signature, where that is known, are
    those of the categories at its top.
    InputError for a category or method that is not known, naming the line.
    """
    counts = [_count(rules, clock, e, on, parents) for e in register if _known_on(e) <= on]
    counts.sort(key=lambda c: (c.since or date.max, c.entry.line or 0))
    _cap(counts, levels)
    findings = [f for c in counts for f in c.findings]
    findings += _sites(rules, clock, [c.entry for c in counts if c.method.periods])
    findings += _undeclared(rules, counts, declared or {})
    keys = dict.fromkeys([*liabilities, *((c.entry.party, c.root) for c in counts)])
    rows = tuple(
        _row(rules, clock, key, [c for c in counts if (c.entry.party, c.root) == key], on, liabilities, levels)
        for key in sorted(keys)
    )
    return rows, tuple(sorted(findings, key=lambda f: (f.party, f.line or 0)))


def _known_on(entry: Entry) -> date:
    days = [d for d in (entry.notified, entry.began, entry.ended, entry.completed) if d is not None]
    return min(days, default=date.min)


def top(category: str, parents: Mapping[str, str | None]) -> str:
    """The category at the top of the tree above this one."""
    while (above := parents.get(category)) is not None:
        category = above
    return category


def _chain(category: str, parents: Mapping[str, str | None]) -> list[str]:
    found = [category]
    while (above := parents.get(found[-1])) is not None:
        found.append(above)
    return found


def _count(rules: ReductionRules, clock: date, entry: Entry, on: date, parents: Mapping[str, str | None]) -> _Count:
    where = f"line {entry.line}: " if entry.line is not None else ""
    if entry.category not in parents:
        near = ", ".join(c for c in parents if parents[c] is None)
        raise InputError(f"{where}category {entry.category!r} is not known", remedy=f"categories: {near}")
    method = rules.method(entry.method)
    if method is None:
        names = ", ".join(m.id for m in rules.methods)
        raise InputError(f"{where}method {entry.method!r} is not known", remedy=f"methods: {names}")
    chain = _chain(entry.category, parents)
    fits = [s for s in method.scopes if s.category in chain]
    root = chain[-1]
    if not fits:
        found = _Count(entry, root, method, MethodScope(category=entry.category, cite=method.cite))
        ways = [m.name for m in rules.methods if any(s.category in chain for s in m.scopes)]
        found.say(
            _opening(rules, chain),
            f"{entry.category.replace('_', ' ')} is not reduced by {method.name}",
            bars=True,
            remedy=f"open to it: {', '.join(ways)}" if ways else None,
        )
        return found
    found = _Count(entry, root, method, fits[0])
    for check in (_admitted, _announced, _period, _happened, _completion, _finish):
        check(rules, clock, found, on)
    if found.barred:
        found.since = None
    found.possible = entry.items if found.since is not None else 0
    return found


def _opening(rules: ReductionRules, chain: list[str]) -> str | None:
    """The clause that lists a category's methods."""
    return next((s.cite for m in rules.methods for s in m.scopes if s.category in chain), None)


def _admitted(rules: ReductionRules, clock: date, c: _Count, on: date) -> None:
    """Type and mark as the scope asks, and the method still open."""
    entry, scope, method = c.entry, c.scope, c.method
    if scope.types and entry.type is None:
        c.say(scope.types_cite, "no type is given, and only some may be so reduced", bars=True, remedy="give the type")
    elif scope.types and (entry.type or "").casefold() not in {t.casefold() for t in scope.types}:
        c.say(
            scope.types_cite,
            f"{entry.type} may not be reduced by {method.name}",
            bars=True,
            remedy=f"types: {', '.join(scope.types)}",
        )
    if scope.per_type is not None and entry.type is None:
        words = f"no type is given, and {method.name} is open to {scope.per_type} items of each"
        c.say(scope.cap_cite, words, bars=True, remedy="give the type")
    if scope.mark is not None and entry.mark != scope.mark:
        kind = scope.mark.replace("_", "-")
        c.say(scope.cite, f"only {kind} items may be reduced by {method.name}", bars=True, remedy=f"mark {scope.mark}")
    done = entry.ended or entry.began
    if method.until is not None and done is not None and done > last_day(method.until, clock):
        c.say(method.until_cite, f"{method.name} was open until {last_day(method.until, clock)}", bars=True)


def _announced(rules: ReductionRules, clock: date, c: _Count, on: date) -> None:
    """Notice ahead, or soon after an event nobody planned."""
    entry, method = c.entry, c.method
    if method.announce_days is not None and entry.began is not None:
        if entry.notified is None:
            c.say(method.announce_cite, "no notice was given ahead", remedy="notify it")
        elif (entry.began - entry.notified).days < method.announce_days:
            given = (entry.began - entry.notified).days
            c.say(method.announce_cite, f"notice {given} days ahead; at least {method.announce_days} are due")
    if method.notify_days is not None and entry.began is not None:
        if entry.notified is None:
            if on > entry.began + timedelta(days=method.notify_days):
                c.say(method.notify_cite, f"not notified within {method.notify_days} days", bars=True)
        elif (entry.notified - entry.began).days > method.notify_days:
            late = (entry.notified - entry.began).days
            c.say(method.notify_cite, f"notified after {late} days; at most {method.notify_days}", bars=True)
    if method.evidence_days is not None and entry.notified is not None:
        due = entry.notified + timedelta(days=method.evidence_days)
        if (entry.evidence or on) > due:
            c.say(method.evidence_cite, f"evidence was due by {due}")


def _period(rules: ReductionRules, clock: date, c: _Count, on: date) -> None:
    """A reporting period neither too short nor too long."""
    entry = c.entry
    if not c.method.periods or entry.began is None or entry.ended is None:
        return
    days = (entry.ended - entry.began).days + 1
    if rules.least_days is not None and days < rules.least_days:
        c.say(rules.period_cite, f"a reporting period of {days} days; at least {rules.least_days}")
    if rules.most_days is not None and days > rules.most_days:
        c.say(rules.period_cite, f"a reporting period of {days} days; at most {rules.most_days}")


def _happened(rules: ReductionRules, clock: date, c: _Count, on: date) -> None:
    """From when the items count: done and notified, and no ambiguity open."""
    entry, method = c.entry, c.method
    said = entry.completed if method.planned else entry.completed or entry.notified
    if said is None or said > on:
        c.open = not c.barred
        return
    if entry.doubt is not None and entry.doubt <= on:
        if entry.resolved is None or entry.resolved > on:
            c.open = True
            c.say(method.doubt_cite or rules.counts_cite, f"an ambiguity raised on {entry.doubt} is not settled")
            return
        said = max(said, entry.resolved)
    elif method.doubt_days is not None and on <= said + timedelta(days=method.doubt_days):
        c.open = True
        return
    c.since = said


def _completion(rules: ReductionRules, clock: date, c: _Count, on: date) -> None:
    """The completion notice within its days."""
    entry, days = c.entry, rules.completion_days
    if days is None or not c.method.planned or entry.ended is None:
        return
    cite = c.method.completion_cite or rules.completion_cite
    if entry.completed is None:
        if on > entry.ended + timedelta(days=days):
            c.say(cite, f"no completion notice within {days} days: the items do not count yet", remedy="notify it")
    elif (entry.completed - entry.ended).days > days:
        c.say(cite, f"completion notified after {(entry.completed - entry.ended).days} days; at most {days}")


def _finish(rules: ReductionRules, clock: date, c: _Count, on: date) -> None:
    """What was only begun is finished in time."""
    if c.scope.finish is None:
        return
    last = last_day(c.scope.finish, clock)
    if c.entry.finished is None and on > last:
        c.say(c.scope.finish_cite, f"not finished by {last}", remedy="destroy the vehicles or finish the work")
    elif c.entry.finished is not None and c.entry.finished > last:
        c.say(c.scope.finish_cite, f"finished on {c.entry.finished}, after {last}")


def _cap(counts: list[_Count], levels: Mapping[tuple[str, str], int]) -> None:
    """Count items in order of their days until a method's cap is reached; what goes beyond it does not count."""
    used: dict[tuple[str, ...], int] = {}
    for c in counts:
        if c.since is None:
            continue
        entry, scope = c.entry, c.scope
        low, high = cap_of(scope, levels.get((entry.party, c.root)))
        key = (entry.party, c.method.id, scope.category)
        before = used.get(key, 0)
        sure = entry.items if low is None else max(0, min(entry.items, low - before))
        possible = entry.items if high is None else max(0, min(entry.items, high - before))
        if entry.type is not None and (scope.of_type or scope.per_type is not None):
            listed = (scope.of_type or {}).items()
            most = next((n for t, n in listed if t.casefold() == entry.type.casefold()), scope.per_type)
            typed = (*key, entry.type.casefold())
            if most is not None:
                room = max(0, most - used.get(typed, 0))
                if entry.items > room:
                    c.say(scope.cap_cite, f"{entry.items - room} of {entry.items} {entry.type} go beyond {most}")
                sure, possible = min(sure, room), min(possible, room)
            used[typed] = used.get(typed, 0) + entry.items
        used[key] = before + entry.items
        c.sure, c.possible = sure, possible
        if high is not None and used[key] > high:
            over = min(entry.items, used[key] - high)
            c.say(scope.cap_cite, f"{over} of {entry.items} go beyond the {high} that {c.method.name} may reduce")
        elif low is not None and high is None and used[key] > low:
            c.say(
                scope.cap_cite,
                f"the level notified at signature is not known, so no more than {low} are sure to count",
                remedy="give the level",
            )


def _sites(rules: ReductionRules, clock: date, entries: list[Entry]) -> list[Finding]:
    """Parties with more sites at work at one time than a cap allows; one finding a party and cap."""
    found = []
    at_work = [e for e in entries if e.site and e.began]
    for cap in rules.sites:
        last = None if cap.length is None else last_day(cap.length, clock)
        for party in sorted({e.party for e in at_work}):
            mine = [e for e in at_work if e.party == party]
            for day in sorted({e.began for e in mine if e.began}):
                if last is not None and day > last:
                    continue
                open_ = {e.site for e in mine if e.began and e.began <= day <= (e.ended or date.max)}
                if len(open_) > cap.at_most:
                    words = f"{len(open_)} sites at work on {day}; at most {cap.at_most} at one time"
                    found.append(Finding(party=party, cite=cap.cite, statement=words))
                    break
    return found


def _undeclared(rules: ReductionRules, counts: list[_Count], declared: Mapping[tuple[str, str], int]) -> list[Finding]:
    """Parties that reduced more than they had declared: the rest has to be what others declared."""
    found = []
    for key, most in sorted(declared.items()):
        items = sum(c.entry.items for c in counts if (c.entry.party, c.root) == key and not c.barred)
        if rules.declared_cite is not None and items > most:
            words = (
                f"{items:,} items in {key[1].replace('_', ' ')}; it declared {most:,} in the area at signature, so the "
            )
            words += "rest has to be equipment that another state declared there"
            found.append(Finding(party=key[0], cite=rules.declared_cite, statement=words))
    return found


def _row(
    rules: ReductionRules,
    clock: date,
    key: tuple[str, str],
    counts: list[_Count],
    on: date,
    liabilities: Mapping[tuple[str, str], tuple[int | None, int | None]],
    levels: Mapping[tuple[str, str], int],
) -> Progress:
    liability = liabilities.get(key, (None, None))
    level = levels.get(key)
    groups: dict[tuple[str, str], list[_Count]] = {}
    for c in counts:
        groups.setdefault((c.method.id, c.scope.category), []).append(c)
    methods = tuple(
        MethodState(
            method=part[0].method.id,
            category=part[0].scope.category,
            items=sum(c.entry.items for c in part),
            counted=(sum(c.sure for c in part), sum(c.possible for c in part)),
            open=sum(c.entry.items for c in part if c.open),
            cap=cap_of(part[0].scope, level),
            cite=part[0].scope.cap_cite,
        )
        for part in groups.values()
    )
    phases = tuple(
        _phase(phase.id, last_day(phase.length, clock), phase.percent, phase.cite, counts, on, liability)
        for phase in rules.phases
    )
    return Progress(
        party=key[0],
        category=key[1],
        liability=liability,
        level=level,
        reduced=_total(counts, on),
        methods=methods,
        phases=phases,
    )


def _total(counts: list[_Count], by: date) -> Bounds:
    there = [c for c in counts if c.since is not None and c.since <= by]
    return sum(c.sure for c in there), sum(c.possible for c in there)


def _phase(
    name: str,
    last: date,
    percent: int,
    cite: str,
    counts: list[_Count],
    on: date,
    liability: tuple[int | None, int | None],
) -> PhaseState:
    def share(n: int | None) -> int | None:
        # "at least" rounds up
        return None if n is None else -(-n * percent // 100)

    required = (share(liability[0]), share(liability[1]))
    reduced = _total(counts, min(last, on))
    verdict = Verdict.UNKNOWN
    if required[1] is not None and reduced[0] >= required[1]:
        verdict = Verdict.MET
    elif on <= last:
        verdict = Verdict.OPEN
    elif required[0] is not None and reduced[1] is not None and reduced[1] < required[0]:
        verdict = Verdict.SHORT
    return PhaseState(phase=name, last=last, cite=cite, required=required, reduced=reduced, verdict=verdict)
