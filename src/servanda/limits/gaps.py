"""Which unknown figure would decide most: candidates, ranked by what each would do whatever its value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from servanda.corpus import Corpus
from servanda.limits.assess import Assessor
from servanda.limits.cells import Box, size
from servanda.limits.judge import UNTESTED, ScopedLimit, find
from servanda.limits.snapshots import Snapshot
from servanda.limits.worlds import Worlds
from servanda.model.question import Question
from servanda.model.records import Record
from servanda.model.results import Verdict
from servanda.model.vocabulary import ANY, Scope, VerdictKind

MOST_EXACT = 10  # candidates of a category whose effect on widths is solved, after what each decides is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A figure that is not known, and what it would do.

    It decides the `decides` verdicts named in `verdicts`, whatever its value. `width` is how much it takes at least off
    the open intervals, in items, all verdicts together. `low` and `high` bound it as far as the record tells;
    `seen_for` are the days for which the record has such a figure. `snapshot` names the figures it would complete.
    """

    holder: str
    category: str
    zone: str
    posture: str
    force: str
    as_of: date
    snapshot: str
    decides: int
    width: int
    low: int
    high: int | None
    verdicts: tuple[str, ...]
    seen_for: tuple[date, ...] = ()

    def record(self, value: int, source: str = "own") -> Record:
        """The figure, once found, as a record."""
        return Record(
            id=f"gap:{self.holder}:{self.category}:{self.zone}:{self.posture}",
            snapshot=self.snapshot,
            as_of=self.as_of,
            holder=self.holder,
            category=self.category,
            place=self.zone,
            posture=self.posture,
            force=self.force,
            value=value,
            source=(source,),
        )


@dataclass(frozen=True, slots=True)
class _Open:
    """An open verdict with its case and the snapshot its interval comes from."""

    case: ScopedLimit
    verdict: Verdict
    snapshot: Snapshot


@dataclass(slots=True)
class _Candidate:
    """A figure that might be found, and by number the verdicts it may decide or narrow at first sight, and those it decides."""

    gap: Gap
    box: Box
    may_decide: tuple[int, ...] = ()
    may_narrow: tuple[int, ...] = ()
    decided: tuple[int, ...] = ()


def gaps(corpus: Corpus, question: Question) -> tuple[Gap, ...]:
    """The unknown figures of the question's day, those that decide most first, then those that narrow most.

    A figure completes the set of figures that the open verdict rests on, and so is of that set's day: figures of
    different days are not summed.
    """
    room = Assessor(corpus, question, question.day)
    pools: dict[tuple[str, int], list[_Open]] = {}
    for one in _open(room, question):
        pools.setdefault((one.snapshot.name, _top(room, one.case.box[1])), []).append(one)
    found = [g for (_, leaves), pool in pools.items() for g in _of_pool(room, leaves, pool)]
    return tuple(sorted(found, key=lambda g: (-g.decides, -g.width, g.holder, g.category, g.zone, g.posture)))


def _open(room: Assessor, question: Question) -> Iterable[_Open]:
    """The verdicts that figures could decide and the record leaves open."""
    verdicts = {(v.id, v.scope, v.posture): v for v in room.verdicts(question.prospective, question.limits)}
    for _, limit in room.limits():
        if limit.nature in UNTESTED or limit.temporary or limit.scope in (Scope.SITE, Scope.RECIPIENT):
            continue
        for case in room.cases(limit):
            verdict = verdicts.get((case.id, case.scope, case.posture))
            snapshot = find(room.snapshots, case.box).snapshot
            if verdict is not None and verdict.verdict is VerdictKind.UNDETERMINED and snapshot is not None:
                yield _Open(case, verdict, snapshot)


def _top(room: Assessor, mask: int) -> int:
    """The leaves of the categories at the head of the tree that a set of leaves belongs to; others tell nothing of it."""
    for dossier in room.hosts:
        for top in dossier.instrument.categories:
            leaves = room.grid.categories(top.id) if top.parent is None else 0
            mask |= leaves if leaves & mask else 0
    return mask


def _of_pool(room: Assessor, leaves: int, pool: Sequence[_Open]) -> Iterable[Gap]:
    """The gaps in one set of figures and one category: what each decides, and of the best what it narrows."""
    snapshot = pool[0].snapshot
    members = [m for m in snapshot.records if m[1][1] & leaves]
    candidates = list(_candidates(room, pool, {box for _, box in members}))
    closed = tuple((b[0], b[2]) for b in snapshot.stationed)  # what left with its ground is outside every sum
    worlds = Worlds(members, [*(o.case.box for o in pool), *(c.box for c in candidates)], closed)
    _at_first_sight(worlds, pool, candidates)
    numbered = list(enumerate(candidates, len(pool)))
    for at, candidate in numbered:
        ceilings = ((n, pool[n].case.bound) for n in candidate.may_decide)
        candidate.decided = tuple(n for n, bound in ceilings if worlds.open_for(at, n, bound) is None)
    # of figures that decide as many, a larger sum takes off more
    best = sorted(numbered, key=lambda c: (-len(c[1].decided), -size(c[1].box)))[:MOST_EXACT]
    for at, candidate in best:
        gap = _exactly(worlds, at, candidate, pool)
        if gap is not None and (gap.decides or gap.width):
            yield gap


def _candidates(room: Assessor, pool: Sequence[_Open], known: set[Box]) -> Iterable[_Candidate]:
    """Totals of the sums asked about and of each state in them: in the zone and in the whole area, as limited and in all."""
    area = next((d.instrument.area for d in room.hosts if d.instrument.area), None)
    seen = set(known)
    for one in pool:
        case, limit, snapshot = one.case, one.case.limit, one.snapshot
        whole = case.scope if case.scope in room.groups or case.scope == "parties" else "+".join(case.members)
        for holder in dict.fromkeys((whole, *case.members)):
            for zone in dict.fromkeys((limit.zone, area or limit.zone)):
                for posture in dict.fromkeys((case.posture, ANY)):
                    gap = Gap(
                        holder=holder,
                        category=limit.category,
                        zone=zone,
                        posture=posture,
                        force=limit.force,
                        as_of=snapshot.as_of,
                        snapshot=snapshot.name,
                        decides=0,
                        width=0,
                        low=0,
                        high=None,
                        verdicts=(),
                    )
                    box = room.grid.record_box(gap.record(0), room.parties_on(snapshot.as_of), room.scene)
                    if all(box) and box not in seen:
                        seen.add(box)
                        yield _Candidate(gap, box)


def _at_first_sight(worlds: Worlds, pool: Sequence[_Open], candidates: Sequence[_Candidate]) -> None:
    """Which sums each figure may decide or narrow, judged by the worlds at the ends of every sum.

    Two worlds on either side of a ceiling that share a value of the figure show that this value decides nothing. As
    both sets of values are intervals, overlapping ranges of the worlds seen show it too.
    """
    import numpy as np

    seen = []
    for number in range(len(pool)):
        for greatest in (False, True):
            found = worlds.end(number, greatest=greatest)
            if found is not None and found[1] is not None:
                seen.append(found[1])
    if not seen:
        return
    values = worlds.seen @ np.array(seen).T  # sums and figures by worlds
    for at, candidate in enumerate(candidates, len(pool)):
        own, decide, narrow = values[at], [], []
        for number, one in enumerate(pool):
            over = values[number] > one.case.bound + 0.5
            if over.any() and not over.all():
                shared = own[over].min() <= own[~over].max() and own[~over].min() <= own[over].max()
                if not shared:
                    decide.append(number)
            elif one.verdict.high is None:
                decide.append(number)
            low, high = int(values[number].argmin()), int(values[number].argmax())
            if abs(own[low] - own[high]) > 0.5:
                narrow.append(number)
        candidate.may_decide, candidate.may_narrow = tuple(decide), tuple(narrow)


def _exactly(worlds: Worlds, at: int, candidate: _Candidate, pool: Sequence[_Open]) -> Gap | None:
    """What a figure does for certain: solved, not judged by sight."""
    import dataclasses

    whole = worlds.span(at)
    if whole is None:
        return None
    width = sum(
        worlds.narrowed(at, n, float(v.high - (v.low or 0)))
        for n in candidate.may_narrow
        if (v := pool[n].verdict).high is not None
    )
    return dataclasses.replace(
        candidate.gap,
        decides=len(candidate.decided),
        width=width,
        low=whole[0],
        high=whole[1],
        verdicts=tuple(f"{pool[n].case.id} {pool[n].case.scope}" for n in candidate.decided),
    )


def with_days(corpus: Corpus, instrument: str, found: Iterable[Gap]) -> tuple[Gap, ...]:
    """The gaps, each with the days for which the record has a figure of that holder, category and place."""
    import dataclasses

    days: dict[tuple[str, str, str], set[date]] = {}
    for r in (r for d in corpus.hosts(instrument) for r in d.records):
        days.setdefault((r.holder, r.category, r.place), set()).add(r.as_of)
    return tuple(
        dataclasses.replace(g, seen_for=tuple(sorted(days.get((g.holder, g.category, g.zone), ())))) for g in found
    )


__all__ = ["Gap", "gaps", "with_days"]
