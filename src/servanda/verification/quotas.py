"""Passive quotas of a period from numbers of objects of verification, clause by clause.

The number of objects is an input: from declarations, or given by whoever asks. Unknown stays unknown: where no
number is known the quota is None, with the least the text sets whatever the per cent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from servanda.model.errors import InputError
from servanda.model.verification import Allocation, InspectionRegime, QuotaBase, QuotaRule
from servanda.verification.periods import Span

MOST_OBJECTS = 1_000_000
MAIN = ("declared", "challenge")  # the names of the two main quotas


class Rounding(StrEnum):
    """How a percentage becomes a whole number of inspections, where the text does not say."""

    NEAREST = "nearest"  # a half upwards
    UP = "up"
    DOWN = "down"

    def of(self, value: Fraction) -> int:
        """The whole number.

        >>> Rounding.NEAREST.of(Fraction(5, 2)), Rounding.UP.of(Fraction(21, 10)), Rounding.DOWN.of(Fraction(29, 10))
        (3, 3, 2)
        """
        if self is Rounding.DOWN:
            return value.numerator // value.denominator
        if self is Rounding.UP:
            return -(-value.numerator // value.denominator)
        doubled = value * 2
        return (doubled.numerator // doubled.denominator + 1) // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Objects:
    """How many objects of verification an owner has on a territory; `synthetic` where some of them are made up."""

    owner: str
    territory: str
    count: int
    synthetic: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.count <= MOST_OBJECTS:
            raise InputError(
                f"{self.count:,} objects of {self.owner} in {self.territory} is out of range",
                remedy=f"give a whole number from 0 to {MOST_OBJECTS:,}",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stationed:
    """How many inspections on a host's territory may go to a stationing state's objects (its share of all there)."""

    host: str
    owner: str
    objects: int
    share: int
    cite: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A quota beside the main ones: its rule, and its number in the period (None where it is not known)."""

    rule: QuotaRule
    number: int | None
    shared_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyQuota:
    """A party's passive quotas in a period. None where the number of its objects is not known.

    `own` and `on_territory` are numbers of objects; `declared` the declared-site quota, which also bounds declared
    and challenge inspections together; `territory_inspections` the inspections due on its ground; `least` what it
    must accept whatever the per cent; `beside` quotas of other names; `shared_with` parties that share the main one.
    """

    party: str
    own: int | None
    on_territory: int | None
    declared: int | None
    challenge: int | None
    territory_inspections: int | None
    least: Mapping[str, int]
    stationed: tuple[Stationed, ...] = ()
    beside: tuple[Beside, ...] = ()
    shared_with: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()

    def number(self, name: str) -> int | None:
        """The quota of that name; None where its number is not known."""
        if name == "declared":
            return self.declared
        if name == "challenge":
            return self.challenge
        return next((b.number for b in self.beside if b.rule.id == name), None)


def share(count: int, percent: int, rounding: Rounding, least: int | None = None) -> int:
    """`percent` of `count` as whole inspections, at least `least`. Raises InputError for an impossible per cent."""
    if not 0 <= percent <= 100:
        raise InputError(f"{percent} per cent is not a share", remedy="give a per cent from 0 to 100")
    return max(rounding.of(Fraction(count * percent, 100)), least or 0)


def quotas(
    regime: InspectionRegime,
    span: Span,
    objects: tuple[Objects, ...],
    parties: tuple[str, ...],
    *,
    with_territory: frozenset[str],
    rounding: Rounding = Rounding.NEAREST,
) -> tuple[PartyQuota, ...]:
    """The passive quotas of every party in a period.

    `with_territory` names the parties with territory in the area: only they owe inspections by area.
    """
    known = _known(objects, parties)
    return tuple(_party(regime, span, p, known, with_territory, rounding) for p in parties)


def _known(objects: tuple[Objects, ...], parties: tuple[str, ...]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for entry in objects:
        if entry.owner not in parties:
            raise InputError(f"{entry.owner} has objects but is not a party that day", remedy="leave it out")
        key = (entry.owner, entry.territory)
        if key in found:
            raise InputError(f"the objects of {entry.owner} in {entry.territory} are duplicated", remedy="add them up")
        found[key] = entry.count
    return found


def _rule(regime: InspectionRegime, name: str) -> QuotaRule | None:
    return next((q for q in regime.quotas if q.id == name), None)


def _number(rule: QuotaRule, span: Span, own: int | None, party: str, rounding: Rounding) -> int | None:
    """A rule's number for a party in a period; None where the record or the question does not tell."""
    percent = rule.percent.get(span.period.id)
    if rule.base is QuotaBase.FIXED:
        return rule.number.get(span.period.id)
    if rule.base is QuotaBase.BY_PARTY:
        mine = _allocation(rule, party)
        return None if mine is None or percent is None else share(mine.number, percent, Rounding.DOWN)
    if rule.base is QuotaBase.PER_OBJECTS:
        if own is None or rule.per is None:
            return None
        found = max(-(-own // rule.per), rule.at_least or 0)
        return found if rule.at_most is None else min(found, rule.at_most)
    return None if own is None or percent is None else share(own, percent, rounding, rule.at_least)


def _allocation(rule: QuotaRule, party: str) -> Allocation | None:
    return next((a for a in rule.allocated if party in a.of), None)


def _sharing(rule: QuotaRule, party: str) -> tuple[str, ...]:
    mine = _allocation(rule, party)
    return tuple(p for p in mine.of if p != party) if mine is not None else ()


def _party(
    regime: InspectionRegime,
    span: Span,
    party: str,
    known: Mapping[tuple[str, str], int],
    with_territory: frozenset[str],
    rounding: Rounding,
) -> PartyQuota:
    here = {owner: n for (owner, ground), n in known.items() if ground == party}
    mine = [n for (owner, _), n in known.items() if owner == party]
    own = sum(mine) if mine else None
    total = sum(here.values()) if here else None
    rules = {q.id: q for q in regime.quotas}
    cites: list[str] = []
    caveats: list[str] = []
    least: dict[str, int] = {}
    declared = challenge = due = None
    first, second = _rule(regime, "declared"), _rule(regime, "challenge")
    if first is not None:
        declared = _number(first, span, own, party, rounding)
        cites.append(first.cites[span.period.id])
        by_objects = first.base is QuotaBase.OWN_OBJECTS
        due = _number(first, span, total, party, rounding) if party in with_territory and by_objects else None
        if first.at_least is not None:
            least["declared"] = first.at_least
    if due is not None and regime.territory_cite:
        cites.append(regime.territory_cite)
    if own == 0 and least:
        caveats.append("it has no object to inspect, so the least number has nothing to apply to")
    if second is not None and (party in with_territory or not second.needs_territory):
        cites.append(second.cites[span.period.id])
        if second.at_least is not None:
            least["challenge"] = second.at_least
        if due is not None:
            challenge = share(due, second.percent[span.period.id], rounding, second.at_least)
    elif second is not None:
        challenge = 0
        caveats.append("no territory in the area, so no inspections by area")
    beside = tuple(
        Beside(rule=q, number=_number(q, span, own, party, rounding), shared_with=_sharing(q, party))
        for q in regime.quotas
        if q.id not in MAIN
    )
    cites.extend(b.rule.cites[span.period.id] for b in beside)
    if own is None and any(q.base is QuotaBase.OWN_OBJECTS for q in rules.values()):
        caveats.append("the number of its objects of verification is not known: only the least is certain")
    if least:
        cites.extend(dict.fromkeys(q.at_least_cite for q in regime.quotas if q.at_least_cite and q.id in least))
    return PartyQuota(
        party=party,
        own=own,
        on_territory=total,
        declared=declared,
        challenge=challenge,
        territory_inspections=due,
        least=least,
        stationed=_stationed(regime, party, here, total, due),
        beside=beside,
        shared_with=_sharing(first, party) if first is not None else (),
        cites=tuple(dict.fromkeys(cites)),
        caveats=tuple(caveats),
    )


def _stationed(
    regime: InspectionRegime, host: str, here: Mapping[str, int], total: int | None, due: int | None
) -> tuple[Stationed, ...]:
    """A stationing state's part of the inspections on a host's ground: no greater than its part of the objects."""
    if not total or due is None:
        return ()
    return tuple(
        # "no greater than" can only be met by rounding down
        Stationed(host=host, owner=owner, objects=n, share=due * n // total, cite=regime.stationed_cite)
        for owner, n in sorted(here.items())
        if owner != host
    )
