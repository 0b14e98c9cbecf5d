"""Every limit of an instrument on a day: which apply, to whom, and are they kept."""

from __future__ import annotations

import copy
import dataclasses
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from functools import partial

from servanda.corpus import Corpus, PlaceIndex
from servanda.limits.allowances import Allowances
from servanda.limits.assessments import Findings
from servanda.limits.cells import Grid, Scene
from servanda.limits.counting import recounted
from servanda.limits.estimates import Estimator
from servanda.limits.judge import ScopedLimit, judge
from servanda.limits.sites import Sites
from servanda.limits.snapshots import DECLARED, ON_REQUEST, Snapshot, snapshots
from servanda.model.dates import within
from servanda.model.errors import InputError, UnknownName
from servanda.model.instrument import Dossier
from servanda.model.limits import Limit
from servanda.model.question import Question
from servanda.model.records import Level, Record
from servanda.model.results import Verdict, verdict_id
from servanda.model.vocabulary import ANY, LimitNature, RecordStatus, Scope, VerdictKind
from servanda.standing import applies_from, groups, ledger, participating_states
from servanda.standing.groups import TREATY

HOLDINGS, LEVELS = "holdings", "levels"


class Assessor:
    """One day's questions about one instrument's limits, sharing grid, scene and snapshots."""

    def __init__(self, corpus: Corpus, question: Question, on: date) -> None:
        instrument = question.instrument
        self.corpus, self.on, self.accounting, self.count = corpus, on, question.groups, question.count
        self.dossier = corpus.dossier(instrument)
        self.assume, self.reading = question.assume, question.reading
        _check_words(self.count, self.assume, question.include)
        self.hosts = self._hosts()
        self.groups = groups(corpus, instrument, on=on, accounting=self.accounting)
        self.treaty_groups = self.groups if self.accounting == TREATY else groups(corpus, instrument, on=on)
        self.participating_states = participating_states(corpus, self.hosts[0].instrument.id, on=on)
        if not self.participating_states:
            self.participating_states = participating_states(corpus, instrument, on=on)
        heirs = {
            a.predecessor: a.actors
            for d in self.hosts
            for a in d.acts
            if a.predecessor
            and a.predecessor not in self.participating_states
            and set(a.actors) & set(self.participating_states)
        }
        self._participating_on: dict[date, tuple[str, ...]] = {}
        self.scene = Scene(on, self.participating_states, self.groups, heirs, self.parties_on)
        self.grid = _grid(corpus, self.hosts)
        self._ground: dict[str, tuple[tuple[str, ...], bool]] = {}
        self._levels: dict[tuple[str, str, str], list[Level]] | None = None
        self.replaced = self._replaced()
        self.snapshots = self._snapshots(question.include)
        self.findings = Findings(self.hosts, on, self.participating_states)
        self._abroad: tuple[tuple[int, int], ...] | None = None
        self._limits: list[tuple[Dossier, Limit]] = []
        self._cases_of: dict[str, list[ScopedLimit]] = {}
        self.sites, self.allowances = Sites(self), Allowances(self)

    @classmethod
    def of(cls, corpus: Corpus, question: Question, on: date) -> Assessor:
        """The same, with grid, scene and snapshots shared among all days between two on which any of them changes."""
        if question.count == LEVELS:
            return cls(corpus, question, on)  # levels are summed as figures of the day itself
        days = _change_days(corpus, question.instrument)
        key = ("assessor", question.instrument, question.groups, question.include, bisect_right(days, on))
        return corpus.kept.get(key, lambda: cls(corpus, question, on))._asked(question, on)

    def _asked(self, question: Question, on: date) -> Assessor:
        _check_words(question.count, question.assume, question.include)
        other = copy.copy(self)
        other.on, other.assume, other.reading = on, question.assume, question.reading
        other.findings = Findings(self.hosts, on, self.participating_states)
        other.sites, other.allowances = Sites(other), Allowances(other)
        return other

    def _hosts(self) -> tuple[Dossier, ...]:
        """The instrument, or the one it amends first, then itself."""
        return self.corpus.hosts(self.dossier.instrument.id)

    def parties_on(self, day: date) -> tuple[str, ...]:
        if day not in self._participating_on:
            self._participating_on[day] = participating_states(self.corpus, self.hosts[0].instrument.id, on=day)
        return self._participating_on[day]

    def _snapshots(self, include: tuple[str, ...]) -> list[Snapshot]:
        if self.count == LEVELS:
            records: Iterable[Record] = self.levels_as_records()
        else:
            records = [r for d in self.hosts for r in d.records]
        return snapshots(self.grid, records, self.scene, self.parties_on, include=include)

    def levels_as_records(self) -> list[Record]:
        """Notified maximum levels of the day in the form of records, so that they can be summed."""
        found = []
        for dossier in self.hosts:
            for level in dossier.levels:
                if level.level is None or not within(self.on, level.since, level.until):
                    continue
                found.append(
                    Record(
                        id=level.id,
                        snapshot="levels",
                        as_of=self.on,  # a level holds until replaced, over the ground of the day asked
                        holder=level.state,
                        category=level.category,
                        place=level.zone,
                        value=level.level,
                        source=level.source,
                        status=level.status,
                        confidence=level.confidence,
                        note=level.note,
                        file=level.file,
                        line=level.line,
                    )
                )
        return found

    def empty_abroad(self) -> tuple[tuple[int, int], ...]:
        """(holder, ground) pairs that `home-stationed` has empty: nobody with ground of its own keeps anything elsewhere.

        The assumption gives way to the record: where one tells of a state's equipment abroad, that ground stays open.
        """
        if self._abroad is not None:
            return self._abroad
        ground: dict[str, int] = {}
        for block in self.grid.places.all_blocks:
            state = self.grid.places.state(block, self.on)
            if state:
                ground[state] = ground.get(state, 0) | self.grid.place.bit(block)
        everywhere = self.grid.place.mask(self.grid.places.all_blocks)
        pairs = []
        for state, own in ground.items():
            if state not in self.participating_states:
                continue
            holder, abroad = self.grid.holder.bit(state), everywhere & ~own
            for snapshot in self.snapshots:
                for _, box in snapshot.records:
                    if box[0] == holder and not box[2] & own:
                        abroad &= ~box[2]
            pairs.append((holder, abroad))
        self._abroad = tuple(pairs)
        return self._abroad

    # --- which limits, and for whom ----------------------------------------------------------------------

    def limits(self) -> list[tuple[Dossier, Limit]]:
        """The instrument's limits, and those of amendments that apply on the day."""
        if not self._limits:
            self._limits.extend(self._applying())
        return self._limits

    def _applying(self) -> list[tuple[Dossier, Limit]]:
        found = [(self.dossier, x) for x in self.dossier.limits]
        for other in self.corpus.amending(self.dossier.instrument.id):
            dossier = self.corpus.dossier(other)
            if dossier.instrument.kind != "amendment":
                continue
            for limit in dossier.limits:
                start = applies_from(self.corpus, dossier, limit)
                if (
                    start is not None
                    and start <= self.on
                    and (not limit.applies.until or self.on < limit.applies.until)
                ):
                    found.append((dossier, limit))
        return found

    def cases(self, limit: Limit) -> list[ScopedLimit]:
        """The scopes a limit is asked for: each group, each state it binds, or the holders on a territory."""
        held = self._cases_of.get(limit.id)
        if held is None:
            held = self._cases_of[limit.id] = self._scoped(limit)
        return held

    def _scoped(self, limit: Limit) -> list[ScopedLimit]:
        if limit.scope is Scope.GROUP:
            return [c for g, m in self.groups.items() for c in self._cases(limit, g, m)]
        if self.accounting != TREATY:
            return []  # groups redrawn: only limits on groups are asked
        if limit.scope is Scope.TERRITORY:
            scopes = [h for h in limit.holders if h in self.treaty_groups]
            if not scopes:
                return self._cases(limit, "parties", self.participating_states)
            return [c for g in scopes for c in self._cases(limit, g, self.treaty_groups[g])]
        if limit.scope is Scope.STATE:
            named, taking_part = limit.holders or self.participating_states, set(self.participating_states)
            return [c for s in named if s in taking_part for c in self._cases(limit, s, (s,))]
        if limit.scope is Scope.PARTIES:
            return self._cases(limit, "parties", self.participating_states)
        if limit.scope is Scope.RECIPIENT:
            return [c for g, m in self.treaty_groups.items() for s in m for c in self._recipient(limit, s, m)]
        return self._ending(self.sites.cases(limit))  # each site apart, never a group

    def _ending(self, cases: list[ScopedLimit]) -> list[ScopedLimit]:
        return [dataclasses.replace(c, ended=self.ended(c.limit)) for c in cases]

    def _recipient(self, limit: Limit, state: str, group: tuple[str, ...]) -> list[ScopedLimit]:
        """What the others of its group may send to one state's ground in the zone; none where it has no such ground."""
        own = self.grid.place.mask(
            b
            for b in self.grid.place.of(self.grid.blocks(limit.zone, self.on))
            if self.grid.places.state(b, self.on) == state
        )
        if not own:
            return []
        others = tuple(m for m in group if m != state)
        return [
            dataclasses.replace(c, box=(c.box[0], c.box[1], own, c.box[3], c.box[4]))
            for c in self._cases(limit, state, others)
        ]

    def _replaced(self) -> dict[str, tuple[str, date]]:
        """Clauses that an amendment in force has replaced -> the clause that did, and since when."""
        found: dict[str, tuple[str, date]] = {}
        for host in self.hosts:
            for other in self.corpus.amending(host.instrument.id):
                clauses = [(p.cite, old) for p in self.corpus.dossier(other).provisions for old in p.replaces]
                if not clauses:
                    continue
                entry = ledger(self.corpus, other).entry.day
                if entry is not None and entry <= self.on:
                    for cite, old in clauses:
                        found.setdefault(old, (cite, entry))
        return found

    def ended(self, limit: Limit) -> str | None:
        """Why a limit no longer applies on the day, or None."""
        for clause, (cite, since) in self.replaced.items():
            if limit.cite == clause or limit.cite.startswith((f"{clause}.", f"{clause}(")):
                return f"replaced by {cite} since {since}"
        if not self._lost(limit.zone)[1]:
            return f"none of the ground of {limit.zone} is in the area on the day"
        return None

    def _lost(self, zone: str) -> tuple[tuple[str, ...], bool]:
        """Blocks of a zone that are outside the area on the day, and whether any of it is inside."""
        if zone not in self._ground:
            ground, outside = self.grid.blocks(zone, self.on), self.grid.outside(self.scene)
            whole = self.grid.ever(zone, self.on) & outside
            # a category without ground of its own, or an instrument without an area, is never out of it
            self._ground[zone] = (self.grid.place.of(whole), not ground or bool(ground & ~outside))
        return self._ground[zone]

    def _ground_words(self, zone: str, counted: date) -> str | None:
        """What to say of ground that was inside when the figures were counted and is outside now."""
        lost = self._lost(zone)[0]
        moved = {self.grid.places.state(b, self.on) for b in lost if self.grid.inside_on(b, counted, self.scene)}
        names = sorted(self.corpus.actors.name(s) for s in moved if s and s in self.corpus.actors)
        if not names:
            return None
        return (
            f"the ground of {', '.join(names)} has left the area since these figures: what others held in the area"
            " counts whole, less forces recorded there"
        )

    def _cases(self, limit: Limit, scope: str, members: tuple[str, ...]) -> list[ScopedLimit]:
        if not limit.at_most:
            return self._level_cases(limit, scope, members)
        return [
            ScopedLimit(
                limit=limit,
                scope=scope,
                members=members,
                posture=posture,
                bound=number,
                box=self.grid.limit_box(limit, posture, members, self.scene),
                ended=self.ended(limit),
                ground=partial(self._ground_words, limit.zone),
            )
            for posture, number in limit.at_most.items()
        ]

    def _level_cases(self, limit: Limit, scope: str, members: tuple[str, ...]) -> list[ScopedLimit]:
        cases = []
        for level in self.levels_of(scope, limit.category, limit.zone):
            for posture, number in ((ANY, level.level), ("active", level.active)):
                if number is None:
                    continue
                said = () if level.confidence == "sourced" else (f"the level is {level.confidence}, not sourced",)
                cases.append(
                    ScopedLimit(
                        limit=limit,
                        scope=scope,
                        members=members,
                        posture=posture,
                        bound=number,
                        box=self.grid.limit_box(limit, posture, members, self.scene),
                        confidence=level.confidence,
                        caveats=said,
                        ended=self.ended(limit),
                        ground=partial(self._ground_words, limit.zone),
                        sources=level.source,
                    )
                )
        return cases

    def levels_of(self, state: str, category: str, zone: str) -> list[Level]:
        """The preferred levels of a state on the day."""
        if self._levels is None:
            self._levels = {}
            for level in (x for d in self.hosts for x in d.levels):
                if level.status is RecordStatus.PREFERRED and within(self.on, level.since, level.until):
                    self._levels.setdefault((level.state, level.category, level.zone), []).append(level)
        return self._levels.get((state, category, zone), [])

    def verdicts(self, prospective: bool, only: Iterable[str] | None = None) -> tuple[Verdict, ...]:
        """All verdicts, or those of limits whose id or citation is in `only`."""
        wanted = None if only is None else set(only)
        result: list[Verdict] = []
        estimator = Estimator(self, self.assume) if self.assume else None
        for dossier, limit in self.limits():
            if wanted is not None and wanted.isdisjoint(names(limit)):
                continue
            whole = wanted is None or not wanted.isdisjoint((limit.id, limit.cite))
            start = applies_from(self.corpus, dossier, limit)
            for case in self.cases(limit):
                if not whole and case.id not in (wanted or ()):
                    continue
                verdict = judge(
                    case,
                    self.snapshots,
                    on=self.on,
                    start=start,
                    prospective=prospective,
                    in_law=self.accounting == TREATY and self.count == HOLDINGS,
                    test=self._test(limit),
                    assumptions=self.assume,
                    allowances=self.allowances if self.count == HOLDINGS else None,
                )
                if verdict.in_law and verdict.verdict is not VerdictKind.NOT_APPLICABLE:
                    beside = self.findings.beside(verdict)
                    verdict = dataclasses.replace(verdict, assessments=beside) if beside else verdict
                if verdict.in_law:
                    verdict = recounted(verdict, self.hosts, self.on, self.reading)
                if estimator is not None:
                    verdict = dataclasses.replace(verdict, estimates=estimator.estimates(case, verdict))
                result.append(verdict)
        return tuple(result)

    def _test(self, limit: Limit) -> str | None:
        if self.count != LEVELS and self.accounting == TREATY:
            return None
        what = "sum of notified levels" if self.count == LEVELS else "sum of holdings"
        drawn = "" if self.accounting == TREATY else f", groups redrawn by membership of {self.accounting.upper()}"
        clauses = next((d.instrument.levels_test for d in self.hosts if d.instrument.levels_test), None)
        inside = f"; in the treaty's own groups the sum of levels tests {clauses}" if clauses and not drawn else ""
        return f"{what} against the {limit.cite} ceiling{drawn}{inside}"


def _grid(corpus: Corpus, dossiers: tuple[Dossier, ...]) -> Grid:
    key = ("grid", *(d.instrument.id for d in dossiers))
    held = corpus.memo.get(key)
    if held is None:
        held = corpus.memo.setdefault(key, Grid(dossiers, corpus.actors, PlaceIndex(*dossiers)))
    return held  # type: ignore[no-any-return]


def _change_days(corpus: Corpus, instrument: str) -> tuple[date, ...]:
    from servanda.limits.changes import change_days

    held = corpus.memo.get(("change days", instrument))
    if held is None:
        held = corpus.memo.setdefault(("change days", instrument), change_days(corpus, instrument))
    return held  # type: ignore[no-any-return]


def _names_of(corpus: Corpus, instrument: str) -> frozenset[str]:
    held: frozenset[str] | None = corpus.memo.get(("names of limits", instrument))
    if held is None:
        held = frozenset(name for d in corpus.family(instrument) for x in d.limits for name in names(x))
        corpus.memo[("names of limits", instrument)] = held
    return held


def names(limit: Limit) -> tuple[str, ...]:
    """What a limit may be asked by: its id, its clause, and the ids its verdicts carry."""
    return (limit.id, limit.cite, *(verdict_id(limit, p) for p in limit.at_most))


def _check_words(count: str, assume: tuple[str, ...], include: Iterable[str]) -> None:
    if count not in (HOLDINGS, LEVELS):
        raise UnknownName("count", count, (HOLDINGS, LEVELS))
    if assume and count != HOLDINGS:
        raise InputError("assumptions are about holdings", remedy="sum holdings, or leave the assumptions out")
    for word in include:
        if word not in ON_REQUEST:
            raise UnknownName("provenance to include", word, tuple(ON_REQUEST))


def assess(corpus: Corpus, question: Question, *, on: date | None = None) -> tuple[Verdict, ...]:
    """Verdicts on every limit of the question's instrument on its day (or on `on`, a day of its period).

    `groups` redraws the groups by an organisation (`nato`); `count` sums holdings or notified levels; both leave the
    law, and the verdicts say so. Raises InputError where the instrument sets no limits, UnknownName for words it does
    not know.
    """
    instrument, limits = question.instrument, question.limits
    dossier = corpus.dossier(instrument)
    if not dossier.limits:
        having = [i for i in corpus.ids() if corpus.dossier(i).limits]
        told = f"those that do: {', '.join(having)}" if having else "none in this corpus does"
        raise InputError(f"{dossier.instrument.short} sets no numerical limits in the record", remedy=told)
    if limits is not None:
        known = _names_of(corpus, instrument)
        from difflib import get_close_matches

        for name in limits:
            if name not in known:
                raise UnknownName("limit", name, tuple(get_close_matches(name, sorted(known), 3, 0.5)))
    assessor = Assessor.of(corpus, question, question.day if on is None else on)
    return assessor.verdicts(question.prospective, limits)


__all__ = ["DECLARED", "Assessor", "LimitNature", "assess"]
