"""What is left of a quota: counted by hand, taken from lists and from logs, never guessed."""

from __future__ import annotations

import dataclasses

import pytest

import servanda as sv
from servanda.corpus import Corpus
from servanda.exchange.canonical import canonical, parse
from servanda.model.errors import InputError
from servanda.model.verification import Outcome
from servanda.questions.inspect_left import past_of_ledger, past_of_logs
from servanda.verification.spent import inspections_of
from tests.verification.test_course_log import STEPS, made

CORPUS = Corpus.default()
CFE = sv.load("cfe")
ON, OBJECTS = "1999-07-01", {"RUS": 200, "POL": 120}


def past(by, of, kind="declared_site", began="1999-05-04", **more):
    return {"by": by, "owner": of, "territory": of, "site": "x", "kind": kind, "began": began, **more}


def left(*rows, on=ON, **how):
    return {
        q.party: {s.quota: s for s in each}
        for q, each in CFE.inspect_left(on=on, past=rows, objects=OBJECTS, **how).value
    }


def told(spent):
    return (spent.of, spent.used, spent.left)


def test_by_hand():
    """200 objects in the residual period: 15 per cent, 30; challenge 23 per cent of these, 7 (INSP II.10(D), II.11(B))."""
    found = left(
        past("DEU", "RUS", times=2),
        past("Germany", "Russia"),
        past("USA", "RUS", "challenge"),
        past("USA", "RUS", outcome="cancelled"),
        past("USA", "RUS", supplementary="yes"),
        past("USA", "RUS", "certification"),
        past("USA", "RUS", began="1998-05-04"),
        past("RUS", "POL"),
    )
    assert told(found["RUS"]["declared"]) == (30, 4, 26)
    assert told(found["RUS"]["challenge"]) == (7, 1, 6)
    assert told(found["POL"]["declared"]) == (18, 1, 17)
    assert told(found["DEU"]["declared"]) == (None, 0, None)
    assert found["DEU"]["declared"].surely == 1  # at least one must be accepted, whatever the number (II.12)


def test_a_quota_spent_leaves_no_challenge_either_and_more_than_due_is_told():
    found = left(past("DEU", "RUS", times=31))
    assert told(found["RUS"]["declared"]) == (30, 31, -1)
    assert told(found["RUS"]["challenge"]) == (7, 0, 0)
    text = CFE.inspect_left(on=ON, past=[past("DEU", "RUS", times=31)], objects=OBJECTS, party="RUS").explain()
    assert "1 more than are due" in text


def test_the_request_and_what_is_left_agree():
    """One more may be asked for just as long as something is left."""
    for times in (29, 30):
        rows = [past("GBR", "RUS", times=times)]
        allowed = CFE.inspect_may(by="DEU", of="RUS", arrive="1999-07-01T10:00", past=rows, objects={"RUS": 200}).value
        spent_check = [c for c in allowed.checks if c.statement.startswith(f"{times} of 30 declared")]
        assert [c.ok for c in spent_check] == [left(*rows)["RUS"]["declared"].left > 0]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (past("DEU", "RUS", "dance"), "not a kind"),
        (past("DEU", "XXX"), "no state"),
        (past("DEU", "SWE"), "not a party"),
    ],
)
def test_an_inspection_that_cannot_be_counted_is_refused(row, words):
    with pytest.raises(InputError, match=words):
        left(row)


def test_a_log_is_one_inspection_and_each_further_site_one_more():
    (one,) = inspections_of(made())
    assert (one.by, one.owner, one.outcome) == ("DEU", "RUS", Outcome.DONE)
    assert one.began.isoformat() == "1999-05-04T21:00:00"  # the arrival, not the notice
    first, second = inspections_of(made([*STEPS, ("next", "1999-05-06T15:00", None)]))
    assert first.outcome is Outcome.DONE and first.ended is not None
    assert second.outcome is Outcome.UNDER_WAY and second.counts and second.ended is None
    cancelled = made([*STEPS[:4], ("delay", "1999-05-05T07:00", None), ("delay_cancel", "1999-05-05T09:00", None)])
    assert [p.counts for p in inspections_of(cancelled)] == [False]


def test_before_the_arrival_there_is_no_inspection():
    log = made()
    short = dataclasses.replace(log.course, log=log.course.log[:1])
    assert inspections_of(dataclasses.replace(log, course=short)) == ()


def test_both_copies_and_an_earlier_state_of_a_log_are_one(tmp_path):
    from tests.exchange.ledgers import World

    log = made()
    one, other = log.course.inspecting, log.course.inspected
    earlier = dataclasses.replace(
        log, course=dataclasses.replace(log.course, log=log.course.log[:-2]), counts=(), fields={}
    )
    copies = [log.copy_for(one), log.copy_for(other), earlier]
    files = [(f"{n}.json", c.as_bytes()) for n, c in enumerate(copies)]
    held, made_up = past_of_logs(CORPUS, files)
    assert held == inspections_of(log)
    assert made_up is log.synthetic
    world = World(tmp_path / "x.db")
    for seed, copy in enumerate(copies[:2], 1):
        world.admit(copy.party, seed)
        payload = canonical(parse(copy.as_bytes()))
        world.store.submit(world.signed(payload), payload, world.log)
    assert past_of_ledger(CORPUS, world.store, log.instrument)[0] == held
    world.store.close()
