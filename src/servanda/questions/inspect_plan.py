"""A season planned, simulated and designed, as answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.errors import InputError
from servanda.questions.inspect_quotas import regime_of, rounding_of, with_territory
from servanda.questions.made_up import said_first
from servanda.questions.words import Day, asked_day, cites, listed
from servanda.standing import parties
from servanda.verification.files import Target, counted
from servanda.verification.game import (
    Budget,
    Game,
    Hypothesis,
    Lottery,
    against,
    drawn,
    even,
    greatest_expected,
    guaranteed,
    solve,
)
from servanda.verification.periods import Span, span_on
from servanda.verification.quotas import quotas
from servanda.verification.simulate import Seasons, compare, least_quota, scattered, simulate
from servanda.verification.trips import Trip, trips

AIMS = ("maximin", "expected")
DRAWS = 2000
SCATTERED = 400  # violations drawn where they may lie anywhere
PLACED = ("neighbours", "anywhere", "random")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A season: the game, its lottery over site sets, one drawn schedule in trips, and plain ways beside it."""

    game: Game
    targets: tuple[Target, ...]
    lottery: Lottery
    schedule: tuple[Trip, ...]
    beside: tuple[tuple[str, float], ...]
    span: Span


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
    owners: dict[str, list[int]] = {}
    for h in game.hypotheses:
        for i in h.sites:
            owners.setdefault(targets[i].site.owner, []).append(i)
    pools = {o: sorted(set(sites)) for o, sites in owners.items()}
    names = sorted(pools)
    sizes = np.array([len(pools[o]) for o in names], dtype=float)
    found = []
    for _ in range(number):
        owner = names[int(rng.choice(len(names), p=sizes / sizes.sum()))]
        pool = pools[owner]
        part = rng.choice(pool, size=min(wrong, len(pool)), replace=False)
        found.append(_violation(owner, tuple(sorted(int(i) for i in part)), targets))
    return replace(game, hypotheses=tuple(found))


def inspect_plan(
    corpus: Corpus,
    instrument: str,
    *,
    on: Day,
    targets: tuple[Target, ...],
    by: str | None = None,
    aim: str = "maximin",
    wrong: int = 1,
    most: int | None = None,
    seed: int = 1,
    rounding: str = "nearest",
    include: Iterable[str] = (),
) -> Answer[Plan]:
    """The season's best plan within the quotas, with one schedule drawn from it (seeded)."""
    if aim not in AIMS:
        raise InputError(f"aim {aim!r} is not known", remedy=f"aims: {', '.join(AIMS)}")
    wanted = tuple(include)
    game, span = season(
        corpus, instrument, on=on, targets=targets, by=by, wrong=wrong, rounding=rounding, most=most, include=wanted
    )
    regime, _ = regime_of(corpus, instrument)
    if aim == "maximin":
        lottery = solve(game)
    else:
        chosen, value = greatest_expected(game)
        lottery = Lottery(
            sets=(chosen,),
            chances=(1.0,),
            value=value,
            coverage=np.bincount(np.array(chosen, dtype=np.int64), minlength=game.sites).astype(float),
            violator=np.zeros(0),
        )
    picked = lottery.draw(seed)
    # the nearest first, so that a trip begins with what is sure to be reached in time
    nearest = sorted(picked, key=lambda i: (targets[i].travel is None, targets[i].travel or 0.0))
    schedule = trips((targets[i].site for i in nearest), regime.stay)
    weights = np.array([1.0 if t.items is None else float(t.items) for t in targets])
    beside = [("uniform", guaranteed(game, drawn(game, even(game), seed=seed, draws=DRAWS)))]
    if any(t.items is not None for t in targets):
        beside.append(("proportional", guaranteed(game, drawn(game, even(game, weights), seed=seed, draws=DRAWS))))
    plan = Plan(game=game, targets=targets, lottery=lottery, schedule=schedule, beside=tuple(beside), span=span)
    return _plan_answer(corpus, instrument, plan, aim, seed)


def _plan_answer(corpus: Corpus, instrument: str, plan: Plan, aim: str, seed: int) -> Answer[Plan]:
    targets, lottery = plan.targets, plan.lottery
    visited = Counter(targets[i].site.owner for i in lottery.draw(seed))
    sure = guaranteed(plan.game, lottery)
    words = "{n} inspections in {trips} trips; whatever is wrong is noticed with a chance of at least {value}"
    if aim == "expected":
        words = "{n} inspections in {trips} trips; expected chance of noticing what is believed {value}"
    parts = {
        "n": sum(visited.values()),
        "trips": len(plan.schedule),
        "value": f"{lottery.value:.1%}",
    }
    owners = tuple(
        Node(
            statement=Statement(
                "{owner}: {n} of {quota} inspections, {sites} objects; chance that one is visited {low} to {high}",
                {
                    "owner": corpus.actors.name(b.id) if b.id in corpus.actors else b.id,
                    "n": visited.get(b.id, 0) if b.id in corpus.actors else sum(visited.values()),
                    "quota": b.most,
                    "sites": len(b.sites),
                    "low": f"{lottery.coverage[list(b.sites)].min():.0%}",
                    "high": f"{lottery.coverage[list(b.sites)].max():.0%}",
                },
            ),
            citation=cites(instrument, b.cite),
            because=_why(plan, b),
        )
        for b in plan.game.budgets
    )
    beside = tuple(
        Node(statement=Statement("a {name} plan is sure of {value}", {"name": name, "value": f"{value:.1%}"}))
        for name, value in plan.beside
    )
    schedule = tuple(
        Node(
            statement=Statement(
                "trip {n}: {territory}, point of entry {point}: {sites} (at most {hours} hours)",
                {
                    "n": k,
                    "territory": t.territory,
                    "point": t.point or "not known",
                    "sites": listed(t.sites, 6),
                    "hours": t.hours,
                },
            )
        )
        for k, t in enumerate(plan.schedule, 1)
    )
    data = {
        "instrument": instrument,
        "period": plan.span.name,
        "aim": aim,
        "seed": seed,
        "value": lottery.value,
        "guaranteed": sure,
        "exact": lottery.exact,
        "inspections": sum(visited.values()),
        "sites": [
            {
                "site": t.site.id,
                "owner": t.site.owner,
                "territory": t.site.territory,
                "coverage": round(float(lottery.coverage[i]), 6),
            }
            for i, t in enumerate(targets)
        ],
        "schedule": [
            {"territory": t.territory, "point_of_entry": t.point, "sites": list(t.sites), "hours": t.hours}
            for t in plan.schedule
        ],
        "lottery": [
            {"chance": p, "sites": [targets[i].site.id for i in s]}
            for s, p in zip(lottery.sets[:200], lottery.chances[:200], strict=True)
        ],
        "lottery_sets": len(lottery.sets),
        "beside": [{"plan": name, "guaranteed": value} for name, value in plan.beside],
    }
    caveats = () if lottery.exact else ("the program was stopped early: the value is a lower bound",)
    node = Node(statement=Statement(words, parts), caveats=caveats, because=(*owners, *beside, *schedule))
    answer = Answer(kind="inspect_plan", value=plan, data=data, node=node)
    return said_first(answer, any(t.synthetic for t in targets))


def _why(plan: Plan, budget: Budget) -> tuple[Node, ...]:
    """Why a site is in the plan: the ones visited most, with what makes them so."""
    x = plan.lottery.coverage
    sites = sorted(budget.sites, key=lambda i: -x[i])[:3]
    if not len(sites) or x[sites[0]] - min(x[i] for i in budget.sites) < 1e-6:
        return ()
    return tuple(
        Node(
            statement=Statement(
                "{site} is visited with chance {chance}: one visit notices what is wrong there with chance {detect}, "
                "so it takes more visits to be as sure as elsewhere",
                {
                    "site": plan.targets[i].site.id,
                    "chance": f"{x[i]:.0%}",
                    "detect": f"{plan.targets[i].detect:.0%}",
                },
            )
        )
        for i in sites
        if plan.targets[i].detect < 1.0
    )


def inspect_simulate(
    corpus: Corpus,
    instrument: str,
    *,
    on: Day,
    targets: tuple[Target, ...],
    by: str | None = None,
    wrong: int = 1,
    played: int | None = None,
    most: int | None = None,
    seasons: int = 100_000,
    seed: int = 1,
    alarm: float = 0.0,
    rounding: str = "nearest",
    placed: str = "neighbours",
) -> Answer[tuple[tuple[str, Seasons], ...]]:
    """Seasons of the plan, of a uniform and of a proportional one, and by how much the plan notices more often.

    `wrong` is the violation planned for, `played` the one that happens (by default the same). `placed` says where:
    at neighbouring objects chosen by a violator who knows the plan, at any objects so chosen (among many drawn), or at
    objects that fall at random.
    """
    if placed not in PLACED:
        raise InputError(f"placing {placed!r} is not known", remedy=f"words: {', '.join(PLACED)}")
    game, span = season(corpus, instrument, on=on, targets=targets, by=by, wrong=wrong, rounding=rounding, most=most)
    real = game
    if played is not None and played != wrong:
        real, _ = season(corpus, instrument, on=on, targets=targets, by=by, wrong=played, rounding=rounding, most=most)
    size = played or wrong
    if placed != "neighbours":
        real = anywhere(game, targets, size, seed=seed)
    elif size > 1:
        exact = (replace(h, chances=tuple(targets[i].detect for i in h.sites)) for h in real.hypotheses)
        real = replace(real, hypotheses=tuple(exact))
    lottery = solve(game)
    if size != wrong or placed != "neighbours":
        lottery = drawn(game, lottery.coverage, seed=seed, draws=DRAWS)
    ways = [("planned", lottery), ("uniform", drawn(game, even(game), seed=seed, draws=DRAWS))]
    if any(t.items is not None for t in targets):
        weights = np.array([float(t.items or 0) for t in targets])
        ways.append(("proportional", drawn(game, even(game, weights), seed=seed, draws=DRAWS)))
    found = tuple(
        (
            name,
            scattered(real, way, seasons=seasons, seed=seed + k)
            if placed == "random"
            else simulate(real, way, seasons=seasons, seed=seed + k, alarm=alarm),
        )
        for k, (name, way) in enumerate(ways)
    )
    margins = tuple((name, *compare(found[0][1], s)) for name, s in found[1:])
    beside = tuple(
        Node(
            statement=Statement(
                "the plan notices {more} points {word} often than the {name} one (95 per cent interval {low} to {high})",
                {
                    "more": f"{abs(m) * 100:.1f}",
                    "word": "more" if m >= 0 else "less",
                    "name": name,
                    "low": f"{low * 100:+.1f}",
                    "high": f"{high * 100:+.1f}",
                },
            )
        )
        for name, m, low, high in margins
    )
    nodes = tuple(
        Node(
            statement=Statement(
                "{name}: noticed in {rate} of {n} seasons (95 per cent interval {low} to {high}; computed {expected})",
                {
                    "name": name,
                    "rate": f"{s.rate:.2%}",
                    "n": s.seasons,
                    "low": f"{s.low:.2%}",
                    "high": f"{s.high:.2%}",
                    "expected": f"{s.expected:.2%}",
                },
            ),
            because=(
                Node(
                    statement=Statement(
                        "against {what}; noticed on average at {place} of the season's visits; {alarms} false alarms",
                        {
                            "what": s.hypothesis,
                            "place": "no place" if s.mean_place is None else f"{s.mean_place:.0%}",
                            "alarms": f"{s.false_alarms:.2f}",
                        },
                    )
                ),
            ),
        )
        for name, s in found
    )
    data = {
        "instrument": instrument,
        "period": span.name,
        "seed": seed,
        "planned_for": wrong,
        "played": size,
        "placed": placed,
        "margins": [{"over": name, "points": m, "low": low, "high": high} for name, m, low, high in margins],
        "plans": [
            {
                "plan": name,
                "seasons": s.seasons,
                "against": s.hypothesis,
                "detected": s.detected,
                "rate": s.rate,
                "low": s.low,
                "high": s.high,
                "computed": s.expected,
                "mean_place": s.mean_place,
                "false_alarms": s.false_alarms,
            }
            for name, s in found
        ],
    }
    how = {"neighbours": "the violation it is worst at", "anywhere": "the violation it is worst at, wherever it lies"}
    words = "{n} seasons of {period}, planned for {wrong} and played with {played} objects, each plan against {how}"
    parts = {
        "n": seasons,
        "period": span.name.replace("_", " "),
        "wrong": wrong,
        "played": size,
        "how": how.get(placed, "violations that fall at random"),
    }
    node = Node(statement=Statement(words, parts), because=(*nodes, *beside))
    answer = Answer(kind="inspect_simulate", value=found, data=data, node=node)
    return said_first(answer, any(t.synthetic for t in targets))


def inspect_design(
    *, objects: int, wrong: int, wanted: float, detect: float = 1.0, percents: Iterable[int] = ()
) -> Answer[tuple[tuple[int, int, float], ...]]:
    """The least number of random inspections that notices a violation with a wanted chance, and a sweep of quotas."""
    from servanda.verification.simulate import hypergeometric

    if objects < 1 or not 1 <= wrong <= objects:
        raise InputError(
            f"{wrong} violations among {objects} objects", remedy="give at least one object, and no more violations"
        )
    chosen = tuple(percents) or (5, 10, 15, 20, 25, 30, 40, 50, 75, 100)
    if any(not 0 <= p <= 100 for p in chosen):
        raise InputError("a quota lies outside 0 to 100 per cent", remedy="give per cents from 0 to 100")
    least = least_quota(objects, wrong, wanted, detect)
    sweep = []
    for percent in chosen:
        visits = min(objects, -(-objects * percent // 100))
        sweep.append((percent, visits, hypergeometric(objects, wrong, visits, detect)))
    words = "{least} inspections notice a violation at {wrong} of {objects} objects with a chance of {wanted}"
    parts: dict[str, Any] = {"least": least, "wrong": wrong, "objects": objects, "wanted": f"{wanted:.0%}"}
    if least is None:
        words = "even inspecting all {objects} objects does not reach a chance of {wanted}"
    else:
        words += ": a quota of {percent} per cent"
        parts["percent"] = -(-least * 100 // objects)
    nodes = tuple(
        Node(
            statement=Statement(
                "quota {percent} per cent: {visits} inspections, chance {chance}",
                {"percent": p, "visits": v, "chance": f"{c:.1%}"},
            )
        )
        for p, v, c in sweep
    )
    data = {
        "objects": objects,
        "wrong": wrong,
        "detect": detect,
        "wanted": wanted,
        "least": least,
        "sweep": [{"percent": p, "inspections": v, "chance": c} for p, v, c in sweep],
    }
    return Answer(
        kind="inspect_design",
        value=tuple(sweep),
        data=data,
        node=Node(statement=Statement(words, parts), because=nodes),
    )


__all__ = ["Plan", "against", "inspect_design", "inspect_plan", "inspect_simulate", "season"]
