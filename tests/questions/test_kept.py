"""What is kept between two days on which anything changes answers each day as a record asked for the first time does."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from servanda.corpus import Corpus
from servanda.corpus.known import turning_days
from servanda.limits.changes import change_days
from servanda.model.answer import Answer
from servanda.questions import Treaty

WARM = Corpus.default().replace([])


def asked_days(instrument: str, chance: random.Random) -> list[date]:
    """Days on which something changes, the days beside them, and some others."""
    acts = WARM.dossier(instrument).acts
    begins = min(d for a in acts if (d := a.date.earliest or a.date.latest))
    turns = {*change_days(WARM, instrument), *turning_days(WARM, instrument)}
    near = [d + timedelta(n) for d in sorted(t for t in turns if begins < t < date(2026, 1, 1)) for n in (-1, 0, 1)]
    span = (date(2026, 1, 1) - begins).days
    return [*chance.sample(near, 3), *(begins + timedelta(chance.randrange(span)) for _ in range(1))]


def answers(treaty: Treaty, on: date, reading: str, kind: str | None, limits: list[str]) -> list[Answer]:
    """All that a page of the day shows, with every reason."""
    found = [treaty.standing(on=on, reading=reading), treaty.coming(on=on)]
    if kind:
        found.append(treaty.obligations(on=on, kind=kind, reading=reading))
    if limits:
        press = ("press",) if reading == "self" else ()
        found.append(treaty.assess(on=on, reading=reading, include=press, limits=limits))
    return found


def whole(found: list[Answer]) -> list[object]:
    return [(a.document, a.node, a.breach, a.not_known) for a in found]


@pytest.mark.parametrize("instrument", ["cfe", "cfe-1a", "flank-1996", "inf", "new-start", "open-skies", "abm"])
def test_a_day_is_answered_alike_whatever_was_asked_before(instrument):
    chance = random.Random(instrument)
    warm = Treaty(WARM, instrument)
    duties = [d.value for d in warm.dossier.instrument.duties]
    begins = min(d for a in warm.dossier.acts if (d := a.date.earliest or a.date.latest))
    for on in asked_days(instrument, chance):
        reading = chance.choice(("depositary", "self", "law", "RUS", "USA"))
        kind = chance.choice(duties) if duties else None
        limits = [x.id for x in chance.sample(warm.dossier.limits, min(2, len(warm.dossier.limits)))]
        for beside in (on - timedelta(1), on + timedelta(1)):  # so that a neighbour of the same time is asked first
            if beside >= begins:
                answers(warm, beside, reading, kind, limits)
        anew = Treaty(WARM.replace([]), instrument)
        asked = on, reading, kind, limits
        assert whole(answers(warm, *asked)) == whole(answers(anew, *asked)), asked


def test_views_as_known_on_a_day_do_not_pile_up():
    corpus = WARM.replace([])
    views = [corpus.as_known(date(2000, 1, 1) + timedelta(n)) for n in range(60)]
    assert len({v.known_on for v in views}) == 60
    assert len(corpus._views._held) < 30
