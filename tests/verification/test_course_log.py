"""The log of an inspection as a file: only added to, every change found, legal whatever is tried, and its form."""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.corpus import Corpus
from servanda.model.errors import InputError
from servanda.model.verification import Outcome
from servanda.questions.inspect_course import begun, continued, inspect_course, read_log
from servanda.verification.calendar import ics
from servanda.verification.course import Count, Course, replay

CORPUS = Corpus.default()
REGIME = CORPUS.dossier("cfe").inspections[0]
KINDS = {k.id: k for k in REGIME.kinds}
AT = datetime(1999, 5, 3, 9)
STEPS = [
    ("notice", "1999-05-03T09:00", None), ("acknowledge", "1999-05-03T10:00", None), ("arrive", "1999-05-04T21:00", None),
    ("designate", "1999-05-05T06:00", None), ("travel", "1999-05-05T16:00", None), ("diagram", "1999-05-05T16:10", None),
    ("choose_object", "1999-05-05T16:30", None), ("briefing", "1999-05-05T17:20", None),
    ("inspect", "1999-05-05T17:30", None), ("ambiguity", "1999-05-06T10:00", "19 tanks on exercise"),
    ("report", "1999-05-06T14:00", None), ("countersign", "1999-05-06T14:40", None),
]  # fmt: skip


def made(steps=STEPS, **more):
    log = begun(CORPUS, "cfe", kind="declared_site", by="Germany", of="Russia", synthetic=True)
    return continued(log, steps=steps, **more)


COUNTS = [Count(category="battle_tank", type="T-80", declared=94, counted=75)]


def test_a_log_comes_back_from_its_file_whole_and_goes_on():
    log = made(counts=COUNTS, fields={"site": "Tver 1"})
    again = read_log(CORPUS, log.as_bytes(), where="visit.json")
    assert again.as_plain() == log.as_plain()
    longer = continued(again, steps=[("depart", "1999-05-06T22:00", None)])
    assert longer.course.log[:-1] == log.course.log and longer.course.ended
    assert longer.as_plain()["inspection"]["steps"][:-1] == log.as_plain()["inspection"]["steps"]


def test_both_copies_carry_one_digest_and_the_head_the_ledger_asks_for():
    log = made()
    other = log.copy_for("RUS")
    assert other.digest == log.digest and (log.party, other.party) == ("DEU", "RUS")
    head = {k: log.as_plain()[k] for k in ("instrument", "party", "document", "as_of", "synthetic")}
    assert head == {
        "instrument": "cfe", "party": "DEU", "document": "inspection declared_site", "as_of": "1999-05-06",
        "synthetic": True,
    }  # fmt: skip
    with pytest.raises(InputError, match="takes no part"):
        log.copy_for("FRA")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda v: v["inspection"]["steps"][2].update(at="1999-05-04T21:30"), "step 3 was changed"),
        (lambda v: v["inspection"]["steps"][9].update(remark="all present"), "step 10 was changed"),
        (lambda v: v["inspection"]["steps"].pop(1), "step 2 was changed"),
        (lambda v: v["inspection"]["counts"][0].update(counted=94), "counts or fields were changed"),
        (lambda v: v["inspection"]["steps"][2].update(at="1999-05-04T20:00"), "too early"),
        (lambda v: v["inspection"].update(kind="overflight"), "not a kind of inspection"),
        (lambda v: v.pop("inspection"), "not the log"),
        (lambda v: v["inspection"]["steps"][0].update(at="noon"), "not the log"),
    ],
)
def test_a_changed_log_is_refused(change, message):
    value = json.loads(made(counts=COUNTS).as_bytes())
    change(value)
    with pytest.raises(InputError, match=message):
        read_log(CORPUS, json.dumps(value).encode(), where="visit.json")


def test_a_field_is_not_written_over():
    with pytest.raises(InputError, match="only added to"):
        continued(made(fields={"site": "Tver 1"}), fields={"site": "Tver 2"})
    with pytest.raises(InputError, match="not a field"):
        made(fields={"weather": "rain"})


def test_what_was_owed_and_not_done_in_time_is_missed_with_its_consequence():
    log = made(STEPS[:1])
    assert inspect_course(CORPUS, log, at="1999-05-03T12:00").data["missed"] == []
    (missed,) = inspect_course(CORPUS, log, at="1999-05-03T12:01").data["missed"]
    assert (missed["step"], missed["actor"], missed["cite"]) == ("acknowledge", "RUS", "CFE INSP IV.4")
    report = made(STEPS[:11])
    assert [m["step"] for m in inspect_course(CORPUS, report, at="1999-05-06T16:00").data["missed"]] == ["countersign"]
    with pytest.raises(InputError, match="before the last step"):
        inspect_course(CORPUS, report, at="1999-05-01T16:00")


def test_a_refused_challenge_owes_no_acceptance():
    log = begun(CORPUS, "cfe", kind="challenge", by="DEU", of="RUS")
    steps = [
        ("notice", "1999-05-03T09:00", None), ("acknowledge", "1999-05-03T10:00", None),
        ("arrive", "1999-05-04T21:00", None), ("designate", "1999-05-05T06:00", None), ("refuse", "1999-05-05T07:30", None),
    ]  # fmt: skip
    log = continued(log, steps=steps)
    assert inspect_course(CORPUS, log, at="1999-05-06T09:00").data["missed"] == []
    assert log.course.outcome is Outcome.REFUSED
    again = continued(log, steps=[("designate_again", "1999-05-05T08:00", None)])
    (accept,) = [d for d in again.course.due() if d.step == "accept"]
    assert accept.latest == datetime(1999, 5, 5, 10)  # two hours from the new designation


def test_the_stay_by_hand():
    log = made(STEPS[:4]).course
    assert log.stay_until() == datetime(1999, 5, 6, 21)  # 48 hours from arrival
    assert made(STEPS[:5]).course.stay_until() == datetime(1999, 5, 6, 22)  # ten hours of travel, nine count
    further = made([*STEPS, ("next", "1999-05-06T15:00", None)]).course
    assert further.stay_until() == datetime(1999, 5, 8, 10)  # 36 hours more
    assert further.outcome is Outcome.UNDER_WAY


def test_no_more_inspections_than_ten_days_hold():
    course = made(STEPS[:9]).course
    for i in range(5):  # 48 + 5 x 36 = 228 hours of 240
        at = course.log[-1].at + timedelta(hours=1)
        course = course.then("second_object", at).then("second_briefing", at).then("inspect", at)
        assert len([e for e in course.log if e.step == "second_object"]) == i + 1
    with pytest.raises(InputError, match=r"would not fit into 10 days \(CFE INSP II.17\)"):
        course.then("second_object", course.log[-1].at)


@pytest.mark.parametrize(
    ("declared", "counted", "cite"),
    [
        (100, 85, None), (100, 84, "CFE INSP VI.41(D)"), (100, 114, None), (100, 115, "CFE INSP VI.41(E)"),
        (0, 1, "CFE INSP VI.41(E)"), (10, 10, None),
    ],
)  # fmt: skip
def test_differences_that_open_a_further_site(declared, counted, cite):
    opens = Count(category="battle_tank", declared=declared, counted=counted).opens(REGIME)
    assert (opens[1] if opens else None) == cite


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.integers(0, 2**32), st.integers(0, 60))
def test_every_illegal_step_is_refused_with_its_clause_and_every_legal_log_ends(name, seed, tries):
    """Steps at random: what the text does not permit is refused and cited; the rest is a log that replays and ends."""
    kind, chance = KINDS[name], random.Random(seed)
    course = Course(kind=kind, inspecting="DEU", inspected="RUS", stay=REGIME.stay)
    now = AT
    for _ in range(tries):
        step = chance.choice(kind.course)
        now += timedelta(hours=chance.choice([0, 1, 5, 40, 100]))
        early = next((d.earliest for d in course.due() if d.step == step.id), None)
        legal = step in course.permitted() and not (early is not None and now < early)
        try:
            course = course.then(step.id, now)
            assert legal
        except InputError as refused:
            assert not legal
            assert step.cite in str(refused) or (REGIME.stay and REGIME.stay.cite in str(refused))
    assert replay(kind, "DEU", "RUS", [(e.step, e.at) for e in course.log], REGIME.stay).log == course.log
    for _ in range(40):
        if course.ended:
            break
        way = next(course.ways_to_end())
        due = next(d for d in course.due() if d.step == way[0])
        now = max(now, due.earliest or now)
        course = course.then(way[0], now)
    assert course.ended and course.permitted() == ()
    assert course.outcome in (Outcome.DONE, Outcome.REFUSED, Outcome.CANCELLED)


def test_every_step_of_every_kind_can_be_reached():
    for kind in REGIME.kinds:
        reached, todo = set(), [s.id for s in kind.course if not s.after]
        while todo:
            at = todo.pop()
            if at not in reached:
                reached.add(at)
                todo += [s.id for s in kind.course if at in s.after]
        assert reached == {s.id for s in kind.course}


def test_the_calendar_holds_steps_and_deadlines_and_is_the_same_each_time():
    icalendar = pytest.importorskip("icalendar")
    course = made(STEPS[:4]).course
    data = ics(course, "visit")
    assert data == ics(course, "visit")
    events = {str(e["summary"]): e for e in icalendar.Calendar.from_ical(data).walk("VEVENT")}
    assert events["DEU: arrive"]["dtstart"].dt == datetime(1999, 5, 4, 21)
    assert events["RUS: no later than: travel"]["dtend"].dt == datetime(1999, 5, 5, 15)
    assert events["end of the stay"]["dtend"].dt == datetime(1999, 5, 6, 21)


@pytest.mark.parametrize("form", [".md", ".html"])
def test_the_form_sets_counted_beside_declared(form):
    from servanda.report.inspection import build_inspection
    from servanda.report.write import written

    log = made(counts=COUNTS, fields={"site": "Tver 1", "object": "5th tank regiment"})
    text = written(build_inspection(CORPUS, log), form).decode()
    for words in ("Tver 1", "5th tank regiment", "battle tank T-80", "94", "75", "-19", "made up", log.digest[:32]):
        assert words in text
