"""Reductions by a register: caps and phases by hand, every clause that bars or is missed, and what always holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.corpus import Corpus
from servanda.model.errors import DataError, InputError
from servanda.questions.inspect_reduction import inspect_reductions
from servanda.verification.reduction import Entry, cap_of, last_day, progress
from servanda.verification.register import read_register

DOSSIER = Corpus.default().dossier("cfe")
RULES = DOSSIER.reduction_rules[0]
CLOCK = date(1992, 7, 17)
PARENTS = {c.id: c.parent for c in DOSSIER.instrument.categories}
LATE = date(1999, 1, 1)
TANKS = ("POL", "battle_tank")


def d(text: str) -> date:
    return date.fromisoformat(text)


SOUND = Entry(
    party="POL", category="battle_tank", method="destruction", items=100, type="T-55", site="Krakow",
    notified=d("1993-01-01"), began=d("1993-02-01"), ended=d("1993-04-30"), completed=d("1993-05-05"), line=2,
)  # fmt: skip


def run(*entries, on=LATE, liability=None, levels=None):
    return progress(
        RULES, CLOCK, entries, on=on, parents=PARENTS,
        liabilities={TANKS: (liability, liability)} if liability is not None else {}, levels=levels or {},
    )  # fmt: skip


def counted(entry, on=LATE, levels=None):
    (row,), findings = run(entry, on=on, levels=levels)
    return row.reduced, [f.cite for f in findings]


@pytest.mark.parametrize(
    ("method", "category", "level", "most"),
    [
        ("conversion", "battle_tank", 1000, 150),  # 57, but 150 if that is more
        ("conversion", "battle_tank", 4166, 237),  # 237.46 rounded down
        ("conversion", "battle_tank", 20000, 750),  # 1,140, at most 750
        ("conversion", "acv", 900, 150),
        ("conversion", "acv", 11480, 1722),
        ("conversion", "acv", 30000, 3000),
        ("static_display", "battle_tank", 700, 8),  # 7, but 8 if that is more
        ("static_display", "battle_tank", 4166, 41),
        ("ground_target", "battle_tank", 1730, 43),  # 43.25
        ("ground_target", "artillery", 1730, 50),
        ("ground_instruction", "combat_aircraft", 460, 23),
        ("accident", "acv", 2150, 32),  # 32.25
        ("target_drone", "combat_aircraft", 100, 200),
        ("reclassification", "combat_aircraft", 100, 550),
        ("destruction", "battle_tank", 100, None),
    ],
)
def test_caps_by_hand(method, category, level, most):
    (scope,) = [s for s in RULES.method(method).scopes if s.category == category]
    assert cap_of(scope, level) == (most, most)


def test_phases_end_on_the_day_before_the_same_numbered_one_and_shares_round_up():
    (row,), _ = run(replace(SOUND, items=26), liability=101)
    assert [(p.last.isoformat(), p.required[0], p.verdict) for p in row.phases] == [
        ("1993-11-16", 26, "met"),  # 25.25
        ("1994-11-16", 61, "short"),  # 60.6
        ("1995-11-16", 101, "short"),
    ]
    assert last_day(RULES.phases[2].length, CLOCK) == date(1995, 11, 16)


def test_a_phase_that_has_not_ended_is_open_and_an_unknown_liability_settles_nothing():
    (row,), _ = run(SOUND, on=date(1993, 11, 16), liability=1000)
    assert [p.verdict for p in row.phases] == ["open", "open", "open"]
    (row,), _ = run(SOUND, on=date(1993, 11, 17), liability=1000)
    assert [p.verdict for p in row.phases] == ["short", "open", "open"]
    (row,), _ = run(SOUND)
    assert {p.verdict for p in row.phases} == {"unknown"}


def test_a_sound_entry_counts_from_its_completion_notice():
    assert counted(SOUND) == ((100, 100), [])
    assert counted(SOUND, on=d("1993-05-04"))[0] == (0, 0)
    assert counted(SOUND, on=d("1993-05-05"))[0] == (100, 100)


@pytest.mark.parametrize(
    ("change", "cite"),
    [
        ({"method": "ground_instruction"}, "CFE VIII.2(A)"),  # open to aircraft and helicopters alone
        ({"method": "conversion", "type": "T-80"}, "CFE RED VIII.3"),
        ({"method": "conversion", "type": None}, "CFE RED VIII.3"),
        ({"category": "artillery", "method": "ground_target", "type": "D-30"}, "CFE VIII.2(B)"),
        ({"category": "artillery", "method": "conversion"}, "CFE VIII.2(B)"),
        ({"category": "aifv", "method": "modification", "type": "MT-LB"}, "CFE VIII.2(A)"),
        ({"category": "combat_aircraft", "method": "reclassification", "type": "SU-22"}, "CFE AR II.1"),
        ({"category": "specialised_attack", "method": "recategorisation"}, "CFE VIII.2(D)-(E)"),
        (
            {"category": "combat_aircraft", "method": "target_drone", "ended": d("1995-11-17"), "notified": None},
            "CFE RED VI.4(A)",
        ),
        (
            {"method": "accident", "notified": d("1993-02-09"), "completed": None, "ended": None,
             "evidence": d("1993-03-01")},
            "CFE RED IX.2",
        ),
    ],
)  # fmt: skip
def test_items_that_do_not_count_name_the_clause(change, cite):
    (row,), findings = run(replace(SOUND, **change), levels={TANKS: 10_000})
    assert row.reduced == (0, 0)
    assert [f.cite for f in findings if f.bars] == [cite]


@pytest.mark.parametrize(
    ("change", "cite"),
    [
        ({"notified": d("1993-01-18")}, "CFE INSP X.5"),  # fourteen days ahead
        ({"notified": None}, "CFE INSP X.5"),
        ({"ended": d("1993-03-01")}, "CFE INSP X.4"),  # 29 days
        ({"ended": d("1993-05-02"), "completed": d("1993-05-05")}, "CFE INSP X.4"),  # 91 days
        ({"completed": d("1993-05-08")}, "CFE INSP X.12"),  # eight days after
    ],
)
def test_clauses_missed_that_do_not_bar_the_items(change, cite):
    found, cites = counted(replace(SOUND, **change))
    assert found == (100, 100) and cite in cites


@pytest.mark.parametrize(
    "change",
    [
        {"notified": d("1993-01-17")},  # fifteen days ahead
        {"ended": d("1993-03-02"), "completed": d("1993-03-09")},  # thirty days; seven days after
        {"ended": d("1993-05-01")},  # ninety days
        {"method": "conversion", "items": 150, "finished": d("1995-11-16")},
        {"method": "accident", "items": 3, "notified": d("1993-02-08"), "ended": None, "completed": None, "evidence": d("1993-05-09")},
        {"category": "apc", "method": "modification", "type": "MT-LB"},
        {"category": "artillery", "method": "ground_target", "mark": "self_propelled", "items": 50},
        {"category": "multi_purpose_attack", "method": "recategorisation"},
    ],
)  # fmt: skip
def test_clauses_just_kept_give_no_finding(change):
    entry = replace(SOUND, **change)
    found, cites = counted(entry, levels={("POL", k): 200 for k in ("battle_tank", "acv", "artillery")})
    assert found == (entry.items, entry.items) and cites == []


def test_without_a_completion_notice_nothing_counts():
    (row,), findings = run(replace(SOUND, completed=None))
    assert row.reduced == (0, 0) and row.methods[0].open == 100
    assert [f.cite for f in findings] == ["CFE INSP X.12"]


def test_a_certificate_waits_thirty_days_for_an_ambiguity_and_then_counts_from_its_notice():
    trainer = replace(SOUND, category="combat_aircraft", method="reclassification", type="MiG-21U")
    assert counted(trainer, on=d("1993-06-04"))[0] == (0, 0)
    assert counted(trainer, on=d("1993-06-05"))[0] == (100, 100)
    doubted = replace(trainer, doubt=d("1993-05-20"))
    found, cites = counted(doubted)
    assert found == (0, 0) and cites == ["CFE AR IV.4"]
    (row,), _ = run(replace(doubted, resolved=d("1993-12-01")))
    assert row.reduced == (100, 100) and row.phases[0].reduced == (0, 0)  # settled after phase one


def test_no_more_than_130_of_one_trainer():
    trainer = replace(SOUND, category="combat_aircraft", method="reclassification", type="MiG-25U", items=100)
    (row,), findings = run(trainer, replace(trainer, line=3))
    assert row.reduced == (130, 130) and [f.cite for f in findings] == ["CFE AR I.2"]


def test_what_goes_beyond_a_cap_does_not_count_and_an_unknown_level_leaves_an_interval():
    shown = replace(SOUND, method="static_display", items=30)
    (row,), findings = run(shown, levels={TANKS: 1730})
    assert row.reduced == (17, 17) and [f.cite for f in findings] == ["CFE RED X.2"]
    (row,), findings = run(shown)
    assert row.reduced == (8, 30) and "not known" in findings[0].statement


def test_a_conversion_left_unfinished_is_found_after_its_last_day():
    vehicle = replace(SOUND, category="aifv", method="conversion", type="BMP-1")
    assert counted(vehicle, on=date(1997, 11, 16))[1] == []
    found, cites = counted(vehicle, on=date(1997, 11, 17))
    assert found == (100, 100) and cites == ["CFE VIII.4(D)"]


def test_sites_at_one_time():
    early = [replace(SOUND, site=f"s{i}", began=d("1992-11-01"), notified=d("1992-10-01")) for i in range(3)]
    _, findings = run(*early)
    assert "CFE VIII.11" in [f.cite for f in findings]
    _, findings = run(*early[:2])
    assert "CFE VIII.11" not in [f.cite for f in findings]
    many = [replace(SOUND, site=f"s{i}") for i in range(21)]
    assert [f.cite for f in run(*many)[1]] == ["CFE VIII.10"]


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([m.id for m in RULES.methods]),
            st.sampled_from(["battle_tank", "aifv", "artillery", "combat_aircraft", "multi_purpose_attack"]),
            st.integers(1, 900),
            st.sampled_from(["T-55", "BMP-1", "MiG-25U", "MT-LB", None]),
            st.integers(0, 1200),
        ),
        max_size=8,
    ),
    st.integers(0, 8000),
    st.dates(date(1992, 7, 17), date(1998, 1, 1)),
)
def test_what_counts_never_exceeds_items_or_caps_and_grows_with_time(rows, level, on):
    entries = [
        replace(
            SOUND, method=m, category=c, items=n, type=t, line=i,
            notified=CLOCK, began=date.fromordinal(CLOCK.toordinal() + k),
            ended=date.fromordinal(CLOCK.toordinal() + k + 40), completed=date.fromordinal(CLOCK.toordinal() + k + 45),
        )
        for i, (m, c, n, t, k) in enumerate(rows)
    ]  # fmt: skip
    levels = {("POL", k): level for k in ("battle_tank", "acv", "artillery", "combat_aircraft", "attack_helicopter")}
    now, _ = run(*entries, on=on, levels=levels)
    later, _ = run(*entries, on=LATE, levels=levels)
    total = {r.category: r.reduced for r in later}
    for row in now:
        assert row.reduced[0] <= row.reduced[1] <= total[row.category][1]
        for method in row.methods:
            assert method.counted[1] <= method.items
            assert method.cap[1] is None or method.counted[1] <= method.cap[1]


def test_the_example_register_and_its_answer():
    register = read_register(Path(__file__).parents[2] / "examples/reduction-register.csv")
    answer = inspect_reductions(
        Corpus.default(), "cfe", on="1995-12-01", register=register,
        liabilities={"POL.battle_tank": 1120}, levels={"POL.battle_tank": 1730},
    )  # fmt: skip
    tanks = next(r for r in answer.value if r.category == "battle_tank")
    assert tanks.reduced == (970 + 60 + 17 + 1,) * 2
    assert answer.data["parties"][0]["party"] == "POL"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("party,category,method,items\nPOL,battle_tank,destruction,0\n", "not a number of items"),
        ("party,category,method,items\nPOL,battle_tank,,5\n", "method is empty"),
        ("party,category,method,items,began,ended\nPOL,battle_tank,destruction,5,1993-05-01,1993-04-01\n", "lies before"),
        ("party,category,method,items,began\nPOL,battle_tank,destruction,5,May 1993\n", "is not a day"),
        ("party,category,method,items,colour\nPOL,battle_tank,destruction,5,green\n", "'colour' is not known"),
        ("party,category,method,items\n", "holds no rows"),
    ],
)  # fmt: skip
def test_a_faulty_register_is_refused_at_its_place(tmp_path, text, message):
    path = tmp_path / "register.csv"
    path.write_text(text)
    with pytest.raises(DataError, match=message):
        read_register(path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"register": [replace(SOUND, category="submarine")]}, "category 'submarine' is not known"),
        ({"register": [replace(SOUND, method="burial")]}, "method 'burial' is not known"),
        ({"on": "1992-07-16"}, "before 1992-07-17"),
        ({"liabilities": {"POL": 3}}, "names no category"),
        ({"liabilities": {"POL.battle_tank": -3}}, "liability of -3"),
    ],
)
def test_senseless_questions_are_refused(change, message):
    with pytest.raises(InputError, match=message):
        inspect_reductions(Corpus.default(), "cfe", **{"on": "1995-01-01", "register": [SOUND], **change})
    with pytest.raises(InputError, match="no rules of reduction"):
        inspect_reductions(Corpus.default(), "inf", on="1995-01-01", register=[])
