"""The course of an inspection: what may follow what, on which clock; random logs are legal and always end."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.corpus import Corpus
from servanda.model.errors import InputError
from servanda.model.verification import Outcome
from servanda.verification.course import Course, replay

REGIME = Corpus.default().dossier("cfe").inspections[0]
AT = datetime(1999, 5, 3, 9)
KINDS = {k.id: k for k in REGIME.kinds}


def at(hours: float) -> datetime:
    return AT + timedelta(hours=hours)


def declared(*steps: tuple[str, float]) -> Course:
    return replay(KINDS["declared_site"], "DEU", "RUS", [(name, at(h)) for name, h in steps])


FULL = (
    ("notice", 0), ("acknowledge", 2), ("arrive", 36), ("designate", 40), ("travel", 46), ("diagram", 46),
    ("choose_object", 46.5), ("briefing", 47), ("inspect", 48), ("report", 60), ("countersign", 60.5), ("depart", 80),
)  # fmt: skip


def test_a_whole_declared_site_inspection() -> None:
    course = declared(*FULL)
    assert course.ended and course.outcome is Outcome.DONE
    assert not any(e.late for e in course.log)
    assert [e.actor for e in course.log][:3] == ["DEU", "RUS", "DEU"]


def test_a_declared_site_inspection_cannot_be_refused() -> None:
    with pytest.raises(InputError, match="not a step of a declared-site inspection"):
        declared(*FULL[:4], ("refuse", 41))


def test_an_arrival_an_hour_early_is_refused_with_its_clause() -> None:
    with pytest.raises(InputError, match=r"too early \(CFE INSP IV.2\)"):
        declared(("notice", 0), ("acknowledge", 1), ("arrive", 35))


def test_a_challenge_may_be_refused_within_two_hours_and_costs_no_quota() -> None:
    kind = KINDS["challenge"]
    steps = [("notice", 0), ("acknowledge", 1), ("arrive", 40), ("designate", 42), ("refuse", 43.5)]
    course = replay(kind, "DEU", "RUS", [(n, at(h)) for n, h in steps]).then("end_after_refusal", at(44))
    assert course.outcome is Outcome.REFUSED and course.ended


def test_a_late_answer_is_marked_with_its_consequence() -> None:
    kind = KINDS["challenge"]
    steps = [("notice", 0), ("acknowledge", 1), ("arrive", 40), ("designate", 42), ("refuse", 45)]
    entry = replay(kind, "DEU", "RUS", [(n, at(h)) for n, h in steps]).log[-1]
    assert entry.late == timedelta(hours=1) and "within two hours" in (entry.consequence or "")


def test_the_wrong_state_and_steps_back_in_time_are_refused() -> None:
    course = declared(("notice", 0))
    with pytest.raises(InputError, match="is for RUS, not DEU"):
        course.then("acknowledge", at(1), by="DEU")
    with pytest.raises(InputError, match="lies before notice"):
        course.then("acknowledge", at(-1))


def test_nothing_follows_the_end() -> None:
    with pytest.raises(InputError, match="the inspection has ended"):
        declared(*FULL).then("inspect", at(100))


@settings(max_examples=150)
@given(
    st.sampled_from(sorted(KINDS)), st.lists(st.tuples(st.text("abcdefgh", min_size=1, max_size=3), st.integers(0, 50)))
)
def test_random_sequences_leave_a_legal_log_that_can_end(name: str, wishes: list[tuple[str, int]]) -> None:
    kind = KINDS[name]
    steps = [s.id for s in kind.course]
    course = Course(kind=kind, inspecting="DEU", inspected="RUS")
    now = AT
    for word, hours in wishes:
        step = steps[sum(map(ord, word)) % len(steps)]
        now += timedelta(hours=hours)
        allowed = {s.id for s in course.permitted()}
        try:
            longer = course.then(step, now)
        except InputError:
            continue
        assert step in allowed
        assert longer.log[:-1] == course.log  # append only
        course = longer
    again = replay(kind, "DEU", "RUS", [(e.step, e.at) for e in course.log])
    assert again.log == course.log
    assert course.ended or next(course.ways_to_end(), None) is not None


def test_a_delay_inside_a_challenge_area_stops_the_clocks() -> None:
    steps = [("notice", 0), ("acknowledge", 1), ("arrive", 36), ("designate", 38), ("accept", 39), ("travel", 45)]
    calm = replay(KINDS["challenge"], "DEU", "POL", [(n, at(h)) for n, h in [*steps, ("inspect", 46)]], REGIME.stay)
    delayed = [*steps, ("inspect", 46), ("delay", 50), ("access", 53), ("inspect", 53)]
    held = replay(KINDS["challenge"], "DEU", "POL", [(n, at(h)) for n, h in delayed], REGIME.stay)

    def report(course: Course) -> datetime | None:
        return next(d.latest for d in course.due() if d.step == "report")

    assert (report(calm), report(held)) == (at(45 + 24), at(45 + 24 + 3))
    assert held.stay_until() == at(36 + 48 + 3) and calm.stay_until() == at(36 + 48)
    twice = [*delayed, ("delay", 54), ("access", 56), ("inspect", 56)]
    again = replay(KINDS["challenge"], "DEU", "POL", [(n, at(h)) for n, h in twice], REGIME.stay)
    assert report(again) == at(45 + 24 + 5)
    waiting = replay(KINDS["challenge"], "DEU", "POL", [(n, at(h)) for n, h in delayed[:-2]], REGIME.stay)
    with pytest.raises(InputError, match="too early"):
        waiting.then("delay_cancel", at(53.5))
    assert waiting.then("delay_cancel", at(54)).outcome is Outcome.CANCELLED
