"""Seasons of a plan simulated beside plain ways of visiting, as an answer."""

from __future__ import annotations

from dataclasses import replace

from servanda.corpus import Corpus
from servanda.model.answer import Answer, Node, Statement
from servanda.model.errors import InputError
from servanda.questions.inspect_season import anywhere, chances, rivals, season
from servanda.questions.inspect_violations import KINDS, falls, planned
from servanda.questions.made_up import said_first
from servanda.questions.words import Day
from servanda.verification.files import Target
from servanda.verification.game import Game
from servanda.verification.lotteries import drawn, spread
from servanda.verification.periods import Span
from servanda.verification.simulate import Seasons, compare, simulate
from servanda.verification.violations import fallen

CHOSEN = {
    "neighbours": "the violation it is worst at",
    "anywhere": "the violation it is worst at, wherever it lies",
}
PLACED = (*CHOSEN, *KINDS)
DRAWS = 4000
SIMULATED = ("maximin", "robust")


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
    aim: str = "maximin",
) -> Answer[tuple[tuple[str, Seasons], ...]]:
    """Seasons of the plan, of a uniform and of a proportional one, and by how much the plan notices more often.

    `wrong` is the violation planned for, `played` the one that happens (by default the same). `placed` says where:
    at neighbouring objects chosen by a violator who knows the plan, at any objects so chosen (among many drawn), or by
    chance in one of the ways of `inspect_violations.KINDS`. Where `aim` or the violation is another than one object's the
    plan is drawn so that neighbours are seldom visited together.
    """
    if placed not in PLACED:
        raise InputError(f"placing {placed!r} is not known", remedy=f"words: {', '.join(PLACED)}")
    if aim not in SIMULATED:
        raise InputError(f"aim {aim!r} is not simulated", remedy=f"aims: {', '.join(SIMULATED)}")
    if played is not None and played < 1:
        raise InputError(f"a violation at {played} objects", remedy="give 1 or more")
    game, span = season(corpus, instrument, on=on, targets=targets, by=by, wrong=wrong, rounding=rounding, most=most)
    size = played or (KINDS[placed].number if placed in KINDS and placed != "random" else wrong)
    lottery, _ = planned(game, targets, aim)
    if size != wrong or placed != "neighbours" or aim == "robust":
        lottery = spread(game, lottery.coverage, seed=seed, draws=DRAWS)
    ways = (
        ("planned", lottery),
        *((name, drawn(game, way, seed=seed, draws=DRAWS)) for name, way in rivals(game, targets)),
    )
    if placed in KINDS:
        what, detect = falls(game, targets, placed, size), chances(targets)
        found = tuple(
            (name, fallen(what, way, detect, seasons=seasons, seed=seed + k)) for k, (name, way) in enumerate(ways)
        )
    else:
        real = (
            game
            if size == wrong
            else season(corpus, instrument, on=on, targets=targets, by=by, wrong=size, rounding=rounding, most=most)[0]
        )
        real = _chosen(real, targets, placed, size, seed)
        found = tuple(
            (name, simulate(real, way, seasons=seasons, seed=seed + k, alarm=alarm))
            for k, (name, way) in enumerate(ways)
        )
    return _answer(
        instrument,
        span,
        found,
        wrong=wrong,
        size=size,
        placed=placed,
        aim=aim,
        seasons=seasons,
        seed=seed,
        made_up=any(t.synthetic for t in targets),
    )


def _chosen(game: Game, targets: tuple[Target, ...], placed: str, size: int, seed: int) -> Game:
    """The game with the violations a violator may choose among, each with the chances of its own objects."""
    if placed == "anywhere":
        return anywhere(game, targets, size, seed=seed)
    if size == 1:
        return game
    exact = (replace(h, chances=tuple(targets[i].detect for i in h.sites)) for h in game.hypotheses)
    return replace(game, hypotheses=tuple(exact))


def _answer(
    instrument: str,
    span: Span,
    found: tuple[tuple[str, Seasons], ...],
    *,
    wrong: int,
    size: int,
    placed: str,
    aim: str,
    seasons: int,
    seed: int,
    made_up: bool,
) -> Answer[tuple[tuple[str, Seasons], ...]]:
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
        "aim": aim,
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
    words = "{n} seasons of {period}, planned for {wrong} and played with {played} objects, each plan against {how}"
    parts = {
        "n": seasons,
        "period": span.name.replace("_", " "),
        "wrong": wrong,
        "played": size,
        "how": CHOSEN[placed] if placed in CHOSEN else f"violations that fall by chance {KINDS[placed].words}",
    }
    node = Node(statement=Statement(words, parts), because=(*nodes, *beside))
    answer = Answer(kind="inspect_simulate", value=found, data=data, node=node)
    return said_first(answer, made_up)
