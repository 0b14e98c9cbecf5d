"""A season as a game: budgets from the quotas of a day, what may be wrong, and plain ways of visiting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from servanda.corpus import Corpus
from servanda.model.errors import InputError
from servanda.questions.inspect_regime import regime_of, rounding_of, with_territory
from servanda.questions.words import Day, asked_day
from servanda.standing import parties
from servanda.verification.files import Target, counted
from servanda.verification.game import Budget, Game, Hypothesis
from servanda.verification.lotteries import even
from servanda.verification.periods import Span, span_on
from servanda.verification.quotas import quotas

SCATTERED = 400  # violations drawn where they may lie anywhere


def season(
    corpus: Corpus,
    instrument: str,
    *,
    on: Day,
    targets: tuple[Target, ...],
    by: str | None = None,
    wrong: int = 1,
    rounding: str = "nearest",
    most: int | None = None,
    include: Iterable[str] = (),
) -> tuple[Game, Span]:
    """The inspection game of a quota period: budgets from quotas, and a violation possible at every object.

    `by` bounds the asker's part of each quota (same-inspector cap); `most` its inspections in all. With `wrong`
    above one a violation shows at that many neighbouring objects of one owner (moved units), in the list's order.
    `include` names sites that must be visited. InputError where they do not fit the quotas, naming the clauses, and for
    a site outside the area.
    """
    asked = asked_day(corpus, instrument, on)
    regime, start = regime_of(corpus, instrument)
    span = span_on(regime, start, asked)
    bound = parties(corpus, instrument, on=asked)
    ground = with_territory(corpus, instrument, asked, bound)
    outside = [t.site for t in targets if t.site.territory not in ground]
    if outside:
        raise InputError(
            f"{outside[0].id} lies on the ground of {outside[0].territory}, outside the area on {asked}",
            remedy="leave out sites outside the area",
        )
    rows = quotas(
        regime,
        span,
        counted(targets),
        bound,
        with_territory=ground,
        rounding=rounding_of(rounding),
    )
    asker = corpus.actors.find(by).code if by else None
    own = [i for i, t in enumerate(targets) if t.site.owner != asker]
    if not own:
        raise InputError("no object of another state is in the list", remedy="add objects of those to be inspected")
    places: dict[str, list[int]] = {}
    for i, target in enumerate(targets):
        places.setdefault(target.site.owner, []).append(i)
    quota_of = {q.party: q for q in rows}
    budgets = []
    for owner, sites in sorted(places.items()):
        quota = quota_of[owner]
        if quota.declared is None and owner != asker:
            raise InputError(
                f"the quota of {corpus.actors.name(owner)} is not known, so no season can be planned",
                remedy="leave its objects out, or ask for the quotas to see why",
            )
        limit, cite = quota.declared or 0, "; ".join(quota.cites[:1])
        cap = next((c for c in regime.caps if c.percent and not c.simultaneous), None)
        if owner == asker:
            limit = 0
        elif asker is not None and cap is not None and cap.percent is not None:
            limit, cite = max(1, limit * cap.percent // 100), f"{cite}; {cap.cite}"
        budgets.append(Budget(id=owner, sites=tuple(sites), most=min(limit, len(sites)), cite=cite))
    if most is not None:
        if most < 0:
            raise InputError(f"{most} inspections", remedy="give 0 or more")
        budgets.append(Budget(id="all", sites=tuple(range(len(targets))), most=most))
    hypotheses = [
        replace(h, chances=())  # plans are made with the least chance of a violation's sites
        for owner in sorted(places)
        if owner != asker
        for h in _hypotheses(owner, places[owner], targets, wrong)
    ]
    must = _named_sites(targets, include)
    return Game(sites=len(targets), budgets=tuple(budgets), hypotheses=tuple(hypotheses), must=must), span


def _named_sites(targets: tuple[Target, ...], names: Iterable[str]) -> tuple[int, ...]:
    place = {t.site.id: i for i, t in enumerate(targets)}
    unknown = [n for n in names if n not in place]
    if unknown:
        raise InputError(
            f"site {unknown[0]!r} is not in the list of objects", remedy="check its name in the file given"
        )
    return tuple(sorted({place[n] for n in names}))


def _hypotheses(owner: str, sites: list[int], targets: tuple[Target, ...], wrong: int) -> Iterable[Hypothesis]:
    if wrong < 1:
        raise InputError(f"a violation at {wrong} objects", remedy="give 1 or more")
    if wrong == 1:
        for i in sites:
            yield Hypothesis(id=targets[i].site.id, sites=(i,), detect=targets[i].detect)
        return
    size = min(wrong, len(sites))
    for k in range(len(sites) - size + 1):
        yield _violation(owner, tuple(sites[k : k + size]), targets)


def _violation(owner: str, part: tuple[int, ...], targets: tuple[Target, ...]) -> Hypothesis:
    chances = tuple(targets[i].detect for i in part)
    return Hypothesis(
        id=f"{owner}: {targets[part[0]].site.id} and {len(part) - 1} more",
        sites=part,
        detect=min(chances),
        chances=chances,
    )


def anywhere(game: Game, targets: tuple[Target, ...], wrong: int, *, seed: int, number: int = SCATTERED) -> Game:
    """The game with violations at `wrong` objects of one owner wherever they lie, drawn at random (seeded)."""
    rng = np.random.default_rng(seed)
    pools = inspected(game, targets)
    names = sorted(pools)
    sizes = np.array([len(pools[o]) for o in names], dtype=float)
    found = []
    for _ in range(number):
        owner = names[int(rng.choice(len(names), p=sizes / sizes.sum()))]
        pool = pools[owner]
        part = rng.choice(pool, size=min(wrong, len(pool)), replace=False)
        found.append(_violation(owner, tuple(sorted(int(i) for i in part)), targets))
    return replace(game, hypotheses=tuple(found))


def rivals(game: Game, targets: tuple[Target, ...]) -> tuple[tuple[str, NDArray[np.float64]], ...]:
    """Plain ways to spend the same inspections: evenly, and in proportion to declared equipment.

    The second only where every object has its number of items: one that lacks it does not hold none.
    """
    found = [("uniform", even(game))]
    items = [t.items for t in targets if t.items is not None]
    if len(items) == len(targets) and any(items):
        found.append(("proportional", even(game, np.array(items, dtype=float))))
    return tuple(found)


def inspected(game: Game, targets: tuple[Target, ...]) -> dict[str, list[int]]:
    """The sites at which something may be wrong, by owner, in the list's order."""
    found: dict[str, set[int]] = {}
    for h in game.hypotheses:
        for i in h.sites:
            found.setdefault(targets[i].site.owner, set()).add(i)
    return {owner: sorted(sites) for owner, sites in sorted(found.items())}


def chances(targets: tuple[Target, ...]) -> NDArray[np.float64]:
    """The chance of each object that one visit notices what is wrong there."""
    return np.array([t.detect for t in targets])
