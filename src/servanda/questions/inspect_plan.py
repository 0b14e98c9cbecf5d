"""A season planned, as an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.errors import InputError
from servanda.questions.inspect_regime import regime_of
from servanda.questions.inspect_season import rivals, season
from servanda.questions.inspect_violations import Gain, planned
from servanda.questions.made_up import said_first
from servanda.questions.words import Day, cites, listed
from servanda.verification.files import Target
from servanda.verification.game import Budget, Game, Lottery, guaranteed
from servanda.verification.lotteries import drawn
from servanda.verification.periods import Span
from servanda.verification.solving import greatest_expected
from servanda.verification.trips import Trip, trips

AIMS = ("maximin", "robust", "expected")
DRAWS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A season: the game, its lottery over site sets, one drawn schedule in trips, and plain ways beside it."""

    game: Game
    targets: tuple[Target, ...]
    lottery: Lottery
    schedule: tuple[Trip, ...]
    beside: tuple[tuple[str, float], ...]
    span: Span
    gains: tuple[Gain, ...] = ()


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
    gains: tuple[Gain, ...] = ()
    if aim != "expected":
        lottery, gains = planned(game, targets, aim)
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
    beside = tuple(
        (name, guaranteed(game, drawn(game, way, seed=seed, draws=DRAWS))) for name, way in rivals(game, targets)
    )
    plan = Plan(game=game, targets=targets, lottery=lottery, schedule=schedule, beside=beside, span=span, gains=gains)
    return _plan_answer(corpus, instrument, plan, aim, seed)


def _plan_answer(corpus: Corpus, instrument: str, plan: Plan, aim: str, seed: int) -> Answer[Plan]:
    targets, lottery = plan.targets, plan.lottery
    visited = Counter(targets[i].site.owner for i in lottery.draw(seed))
    sure = guaranteed(plan.game, lottery)
    count, journeys = sum(visited.values()), len(plan.schedule)
    words = f"{{n}} inspection{'s' * (count != 1)} in {{trips}} trip{'s' * (journeys != 1)}; "
    if aim == "robust":
        words += "on every kind of violation planned for {least} beside plain visits"
    elif aim == "expected":
        words += "expected chance of noticing what is believed {value}"
    else:
        words += "whatever is wrong is noticed with a chance of at least {value}"
    parts = {
        "n": count,
        "trips": journeys,
        "value": f"{lottery.value:.1%}",
        "least": _least(plan.gains),
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
            because=_why(plan, b, aim),
        )
        for b in plan.game.budgets
    )
    gained = tuple(_gain_node(corpus, g) for g in plan.gains)
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
    if plan.gains:
        data["grounds"] = [
            {"owner": g.owner, "ground": g.ground, "chance": g.chance, "yardstick": g.yardstick} for g in plan.gains
        ]
    caveats = [] if lottery.exact else ["the program was stopped early: the value is a lower bound"]
    if 0 < sum(t.items is None for t in targets) < len(targets):
        caveats.append("visits in proportion to equipment are not compared: not every object has its number of items")
    node = Node(
        statement=Statement(words, parts), caveats=tuple(caveats), because=(*owners, *gained, *beside, *schedule)
    )
    answer = Answer(kind="inspect_plan", value=plan, data=data, node=node)
    return said_first(answer, any(t.synthetic for t in targets))


def _least(gains: tuple[Gain, ...]) -> str:
    """The least gain over the yardsticks, in words."""
    known = [g.chance / g.yardstick - 1 for g in gains if g.yardstick > 0]
    if not known:
        return "no gain is known"
    least = min(known)
    return f"at least {least:.1%} more is noticed" if least >= 0 else f"at most {-least:.1%} less is noticed"


def _gain_node(corpus: Corpus, gain: Gain) -> Node:
    words = (
        "something wrong at one object of {owner}, {ground}: noticed with a chance of {chance}, by plain visits {other}"
    )
    parts = {
        "owner": corpus.actors.name(gain.owner) if gain.owner in corpus.actors else gain.owner,
        "ground": gain.ground,
        "chance": f"{gain.chance:.1%}",
        "other": f"{gain.yardstick:.1%}",
    }
    return Node(statement=Statement(words, parts))


WHY = {
    "maximin": "{site} is visited with chance {chance}: one visit notices what is wrong there with chance {detect}, "
    "so it takes more visits to be as sure as elsewhere",
    "robust": "{site} is visited with chance {chance}: one visit notices what is wrong there with chance {detect}{items}",
    "expected": "{site} is visited: one visit notices what is wrong there with chance {detect}",
}


def _why(plan: Plan, budget: Budget, aim: str) -> tuple[Node, ...]:
    """Why a site is in the plan: the ones visited most, with what makes them so."""
    x = plan.lottery.coverage
    sites = sorted(budget.sites, key=lambda i: -x[i])[:3]
    if not len(sites) or x[sites[0]] - min(x[i] for i in budget.sites) < 1e-6:
        return ()
    found = []
    for i in sites:
        target = plan.targets[i]
        if aim == "maximin" and target.detect >= 1.0:
            continue
        parts = {
            "site": target.site.id,
            "chance": f"{x[i]:.0%}",
            "detect": f"{target.detect:.0%}",
            "items": "" if target.items is None else f", and {target.items} items are declared there",
        }
        found.append(Node(statement=Statement(WHY[aim], parts)))
    return tuple(found)
