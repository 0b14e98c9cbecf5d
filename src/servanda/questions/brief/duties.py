"""What is owed: parties whose rows of all duties are alike in one line, and who differs from the day before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from servanda.model.acts import Act
from servanda.model.answer import Node, Statement
from servanda.model.results import Verdict
from servanda.model.vocabulary import ActKind, ObligationKind, Standing
from servanda.questions.brief.page import View
from servanda.questions.deeds import DUTY
from servanda.questions.obligations import summary
from servanda.questions.words import capital, joined, people
from servanda.standing import Obligations, obligations

MOST_NAMED = 6
MOST_ALIKE = 3  # more of like standing are told by it, since they are named above
EVERYBODY = frozenset({"*"})


@dataclass(frozen=True, slots=True)
class Owes:
    """To whom a party does not owe a duty, and to whom perhaps not; `EVERYBODY` for all others."""

    gone: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()


Profile = tuple[tuple[ObligationKind, Owes], ...]


def owed(view: View, kept: Iterable[Verdict]) -> Iterator[Node]:
    """Who owes what to whom, beside the verdicts of the page: those who owe less first, the many last; changes of the day are marked."""
    matrices = {k: _matrix(view, k, view.on) for k in _kinds(view, kept)}
    matrices = {k: m for k, m in matrices.items() if len(m.parties) > 1}
    if not matrices:
        return
    now = _profiles(matrices)
    before = _profiles({k: _matrix(view, k, view.on - timedelta(days=1)) for k in matrices})
    groups: dict[tuple[Profile, bool], list[str]] = {}
    for party, profile in now.items():
        changed = before.get(party) != profile and not _same_but_for_others(profile, before.get(party), set(now))
        groups.setdefault((profile, changed), []).append(party)
    details = tuple(_detail(view, k, m) for k, m in matrices.items())
    listed = bool(_provisional(view, matrices))
    many = max(groups, key=lambda g: (_whole(g[0]), len(groups[g])))
    ordered = sorted(groups, key=lambda g: (g == many, _unknown(g[0]), -_loss(g[0]), len(groups[g])))
    for i, key in enumerate(ordered):
        words = "{who}: {what}{new}"
        if i == 0 and len(ordered) > 1 and view.reading is None:
            words += " (each by its own reading)"
        parts = {
            "who": capital(_who(view, groups[key], len(now), key == many)),
            "what": _what(view, key[0], len(now), listed, named=len(ordered) <= 2),
            "new": ", from this day" if key[1] else "",
        }
        yield view.line(words, None, (), details if i == len(ordered) - 1 else (), **parts)
    yield from _remarks(view, matrices)


def _kinds(view: View, kept: Iterable[Verdict]) -> tuple[ObligationKind, ...]:
    """The instrument's duties: reductions until the ceilings they lead to judge, ceilings from then on."""
    kinds = view.dossier.instrument.duties
    starts = [v.applies_from for v in kept if v.applies_from]
    if not starts:
        return kinds
    idle = ObligationKind.REDUCTION if min(starts) <= view.on else ObligationKind.LIMITS
    return tuple(k for k in kinds if k is not idle)


def _matrix(view: View, kind: ObligationKind, on: date) -> Obligations:
    return obligations(view.corpus, view.id, on=on, kind=kind, reading=view.reading or "self")


def _profiles(matrices: Mapping[ObligationKind, Obligations]) -> dict[str, Profile]:
    found: dict[str, list[tuple[ObligationKind, Owes]]] = {}
    for kind, matrix in matrices.items():
        others = len(matrix.parties) - 1
        for party in matrix.parties:
            row = matrix.row(party)
            gone = frozenset(o for o, v in row.items() if v is False)
            unknown = frozenset(o for o, v in row.items() if v is None)
            owes = Owes(EVERYBODY if len(gone) == others else gone, EVERYBODY if len(unknown) == others else unknown)
            found.setdefault(party, []).append((kind, owes))
    return {p: tuple(v) for p, v in found.items()}


def _same_but_for_others(now: Profile, before: Profile | None, parties: set[str]) -> bool:
    """True where the only change is that somebody toward whom nothing was owed is a party no more."""
    if before is None:
        return False

    def there(profile: Profile) -> list[tuple[ObligationKind, frozenset[str], frozenset[str]]]:
        return [(k, o.gone & (parties | EVERYBODY), o.unknown & (parties | EVERYBODY)) for k, o in profile]

    return there(now) == there(before)


def _whole(profile: Profile) -> bool:
    return all(not o.gone and not o.unknown for _, o in profile)


def _unknown(profile: Profile) -> bool:
    return any(o.unknown for _, o in profile)


def _loss(profile: Profile) -> int:
    return sum(2 if o.gone == EVERYBODY else 1 for _, o in profile if o.gone)


def _who(view: View, codes: list[str], all_: int, last: bool) -> str:
    if len(codes) == all_:
        return f"all {all_}" if all_ > 2 else people(view.corpus, codes)
    own = {view.own[c].standing for c in codes if c in view.own}
    if len(codes) > MOST_ALIKE and view.reading is None and own == {Standing.SUSPENDED}:
        return f"the {len(codes)} that have suspended it"
    if len(codes) > MOST_ALIKE and view.reading is None and own == {Standing.UNKNOWN}:
        return f"the {len(codes)} that perhaps have suspended it"
    if last and len(codes) > MOST_NAMED:
        return f"the other {len(codes)}"
    return people(view.corpus, codes, MOST_NAMED)


def _what(view: View, profile: Profile, all_: int, listed: bool, *, named: bool) -> str:
    """A profile in words: what is owed to all, what not, and the exceptions; `listed` where only some clauses
    apply, `named` where there is room to name every duty."""
    whom = "all" if all_ > 2 else "each other"
    full = [k for k, o in profile if not o.gone and not o.unknown]
    none = [k for k, o in profile if o.gone == EVERYBODY]
    if len(none) == len(profile):
        return "nothing to anybody"
    if all(o.gone == EVERYBODY or o.unknown == EVERYBODY or len(o.gone | o.unknown) == all_ - 1 for _, o in profile):
        told = "perhaps nothing"
    elif none:
        # what is left, or what is missing, whichever is shorter
        left = [k for k, _ in profile if k not in none]
        told = f"{_duties(left)} alone" if len(left) <= len(none) else f"no {_duties(none, 'or')}"
    elif listed:
        return f"{_duties(full)} to {whom}, by the listed provisions alone"
    elif len(full) == len(profile):
        if len(full) < 3:
            return f"{_duties(full)} to {whom}"
        return f"every duty to {whom}" + (f" ({_duties(full)})" if named else "")
    else:
        told = f"every duty to {whom}"
    return told + _exceptions(view, profile, none)


def _exceptions(view: View, profile: Profile, none: list[ObligationKind]) -> str:
    """Which duties are not owed, or perhaps not, toward some."""
    gone: dict[frozenset[str], list[ObligationKind]] = {}
    open_: dict[frozenset[str], list[ObligationKind]] = {}
    perhaps_none = all(o.unknown or o.gone for _, o in profile)
    for kind, o in profile:
        if kind in none:
            continue
        if o.gone:
            gone.setdefault(o.gone, []).append(kind)
        if o.unknown and o.unknown != EVERYBODY and not perhaps_none:
            open_.setdefault(o.unknown, []).append(kind)
    told = [f"save {_duties(k)} toward {people(view.corpus, sorted(w), 4)}" for w, k in gone.items()]
    if perhaps_none:
        told = [f"surely no {_duties(k, 'or')} toward {people(view.corpus, sorted(w), 4)}" for w, k in gone.items()]
    told += [f"perhaps no {_duties(k, 'or')} toward {people(view.corpus, sorted(w), 3)}" for w, k in open_.items()]
    return "".join(f", {t}" for t in told)


def _duties(kinds: list[ObligationKind], last: str = "and") -> str:
    return joined([DUTY[k] for k in kinds], 9, last)


def _detail(view: View, kind: ObligationKind, matrix: Obligations) -> Node:
    acts = tuple(
        view.line("{when}: {who}: {gist}", a.cite, when=a.effective or a.date, who=joined(a.actors, 6), gist=a.gist)
        for a in matrix.acts
    )
    parts = {"kind": kind.value, "told": "; ".join(summary(matrix))}
    return Node(statement=Statement("{kind}: {told}", parts), caveats=matrix.caveats, because=acts)


def _provisional(view: View, matrices: Mapping[ObligationKind, Obligations]) -> list[Act]:
    """Acts by which listed provisions alone lay down what is owed."""
    ids = {a.id for m in matrices.values() for a in m.acts if a.provisions}
    return [a for a in view.book.acts if a.id in ids and a.act is ActKind.PROVISIONALLY_APPLY]


def _remarks(view: View, matrices: Mapping[ObligationKind, Obligations]) -> Iterator[Node]:
    """What qualifies the duties: provisional application, ground that some have not, what is kept of free will."""
    if any(a.confidence != "sourced" for a in _provisional(view, matrices)):
        yield view.line("the act that prolonged the provisional application is recalled, not sourced")
    inspection = matrices.get(ObligationKind.INSPECTION)
    if inspection is not None and (without := inspection.groundless):
        words = "{who}: inspections of stationed forces only, having no territory in the area"
        yield view.line(words, who=capital(people(view.corpus, without)))
    kept: dict[ObligationKind, list[str]] = {}
    for kind, matrix in matrices.items():
        for party, _ in matrix.voluntary:
            if party not in kept.setdefault(kind, []):
                kept[kind].append(party)
    for kind, codes in kept.items():
        if codes:
            verb = "says it keeps" if len(codes) == 1 else "say they keep"
            words = "{who} {verb} the {duty} of free will, owing nothing"
            yield view.line(words, who=people(view.corpus, codes), verb=verb, duty=DUTY[kind])
