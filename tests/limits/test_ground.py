"""Ground that leaves the area takes with it only what its own state holds there (CFE II.1(B); law.md 4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.corpus import Corpus
from servanda.corpus.store import DATA
from servanda.limits import assess as judge_all
from servanda.model.question import Question
from servanda.model.records import Record
from servanda.questions.assess import pick
from servanda.questions.view import view
from servanda.scenario import apply, load_scenario

CORPUS = Corpus(DATA)
BEFORE, AFTER = date(2023, 11, 6), date(2023, 11, 7)


def assess(corpus, instrument, **question):
    if question.get("records") is not None:
        question["records"] = tuple(question["records"])
    asked = Question(instrument=instrument, **question)
    return judge_all(view(corpus, asked), asked)


ACTIVE, SECURITY = "active", "security"


def figure(holder, value, place="attu", as_of=BEFORE, category="battle_tank", **more):
    fields = {"snapshot": "declared", "provenance": "declared", **more}
    name = f"{holder}-{place}-{category}-{as_of}-{fields.get('posture')}"
    return Record(
        id=name, as_of=as_of, holder=holder, category=category, place=place, value=value, source=("own",), **fields
    )


def verdict(on, limit, scope, records=None, corpus=CORPUS, instrument="cfe", posture="any", **question):
    found = assess(corpus, instrument, on=on, records=records, **question)
    return pick(found, limit, scope, posture)


@pytest.mark.parametrize("on", [BEFORE, AFTER, date(2026, 1, 1)])
def test_a_figure_of_the_west_counts_whole_before_and_after_russia_leaves(on):
    found = verdict(on, "CFE IV.1(A)", "west", [figure("west", 25_000)])
    assert (found.low, found.high, found.verdict) == (25_000, 25_000, "exceeded")
    assert any("Russia has left the area" in c for c in found.caveats) == (on >= AFTER)


def test_germany_over_its_level_is_seen_on_both_days():
    for on in (BEFORE, AFTER):
        found = verdict(on, "CFE VII.1#battle_tank", "DEU", [figure("DEU", 9_000)])
        assert (found.low, found.verdict) == (9_000, "exceeded")


def test_the_sum_of_levels_stays_exact():
    for on in (date(2007, 11, 7), BEFORE, AFTER, date(2024, 6, 1)):
        found = verdict(on, "CFE IV.1(A)", "nato", groups="nato", count="levels")
        assert found.low == found.high > 25_000
    assert found.low == 25_992


def test_what_the_leaver_holds_at_home_leaves_with_it():
    records = [figure("RUS", 9_000, "territory-rus"), figure("RUS", 10_000), figure("east", 30_000)]
    before = verdict(BEFORE, "CFE IV.1(A)", "east", records)
    after = verdict(AFTER, "CFE IV.1(A)", "east", records)
    assert (before.low, before.high) == (30_000, 30_000)
    assert (after.low, after.high) == (20_000, 20_000)
    assert "RUS" not in after.members


def test_forces_recorded_on_the_ground_that_left_are_gone_with_it():
    records = [figure("BLR", 1_500), figure("BLR", 100, "territory-rus"), figure("UKR", 4_000)]
    for on, low in ((BEFORE, 1_500), (AFTER, 1_400)):
        found = verdict(on, "CFE VI(A)", "BLR", records)
        assert (found.low, found.high) == (low, low)
    assert verdict(AFTER, "CFE VI(A)", "UKR", records).low == 4_000
    assert verdict(AFTER, "CFE IV.1(A)", "east", records).low == 5_400


def test_a_figure_counted_after_the_day_is_over_the_area_of_that_day():
    late = date(2024, 1, 1)
    records = [figure("BLR", 1_500, as_of=late), figure("BLR", 100, "territory-rus", as_of=late)]
    found = verdict(late, "CFE VI(A)", "BLR", records)
    assert (found.low, found.high) == (1_500, 1_500)


def test_a_limit_on_ground_that_left_judges_nobody():
    found = verdict(AFTER, "CFE IV.1#md-leningrad-south/battle_tank", "east", prospective=True, posture="stored")
    assert found.verdict == "not_applicable"
    assert any("none of the ground" in c for c in found.caveats)
    assert verdict(BEFORE, "CFE IV.1#md-leningrad-south/battle_tank", "east").verdict != "not_applicable"


def test_soviet_equipment_on_baltic_ground_still_counts():
    day = date(1990, 11, 19)
    records = [figure("SUN", 20_000, as_of=day), figure("SUN", 500, "est+lva+ltu", as_of=day)]
    for on in (date(1991, 10, 17), date(1991, 10, 18)):
        found = verdict(on, "CFE VI(A)", "SUN", records, prospective=True)
        assert (found.low, found.high) == (20_000, 20_000)
    assert verdict(date(1992, 8, 1), "CFE IV.1(A)", "east", records, prospective=True).low == 20_000


def test_the_leaver_of_a_scenario_leaves_no_hole_either(tmp_path):
    file = tmp_path / "s.yaml"
    file.write_text(
        "id: poland-leaves\ntitle: Poland leaves\ngist: Poland gives notice and leaves.\nchanges:\n"
        "- add: acts\n  to: cfe\n  value: {id: pol-withdraws, date: 2025-01-01, act: withdraw, actors: [POL],"
        " basis: treaty, gist: Poland leaves., source: [poland-leaves]}\n"
    )
    corpus = apply(CORPUS, [load_scenario(file)])
    figures = [figure("DEU", 21_000, as_of=date(2024, 1, 1))]
    for on in (date(2024, 12, 31), date(2025, 1, 2)):
        found = verdict(on, "CFE VI(A)", "DEU", figures, corpus)
        assert (found.low, found.verdict) == (21_000, "exceeded")


HOLDERS = ("DEU", "TUR", "NOR", "USA", "BGR", "POL", "west")
DAYS = st.dates(date(1990, 11, 19), date(2026, 12, 31))


@settings(max_examples=40, deadline=None)
@given(on=DAYS, age=st.integers(0, 4000), holder=st.sampled_from(HOLDERS), over=st.integers(1, 20_000))
def test_on_every_day_a_remaining_holder_over_its_limit_is_seen(on, age, holder, over):
    counted = max(on - timedelta(days=age), date(1990, 11, 19))
    limit, ceiling = ("CFE IV.1(A)", 20_000) if holder == "west" else ("CFE VI(A)", 13_300)
    found = verdict(on, limit, holder, [figure(holder, ceiling + over, as_of=counted)], prospective=True)
    assert (found.low, found.high, found.verdict) == (ceiling + over, ceiling + over, "exceeded")


# --- the Adaptation in force, recipients, security forces ------------------------------------------------


def test_the_adaptation_in_force_ends_the_group_ceilings():
    corpus = apply(CORPUS, [load_scenario("adaptation-in-force-2000")])
    before = assess(corpus, "cfe", on=date(2000, 1, 19))
    after = assess(corpus, "cfe", on=date(2000, 1, 20))
    old = ("CFE IV.", "CFE V.", "CFE VI(")
    assert any(v.verdict != "not_applicable" for v in before if v.limit.cite.startswith(old))
    ended = [v for v in after if v.limit.cite.startswith(old)]
    assert ended and {v.verdict for v in ended} == {"not_applicable"}
    assert all(any("replaced by ACFE" in c and "2000-01-20" in c for c in v.caveats) for v in ended)
    assert any(v.limit.cite == "ACFE IV" for v in after)
    assert any(v.limit.cite == "CFE XI.1" and v.verdict != "not_applicable" for v in after)
    without = assess(CORPUS, "cfe", on=date(2000, 1, 20))
    assert not any("replaced by" in c for v in without for c in v.caveats)


def test_temporary_deployments_are_judged_by_the_state_that_receives_them():
    on = date(2000, 1, 1)
    found = [v for v in assess(CORPUS, "cfe", on=on) if v.limit.cite == "CFE V.1(C)(1)"]
    assert {"TUR", "GRC", "NOR", "ISL", "ROU", "RUS", "GEO", "UKR"} <= {v.scope for v in found}
    assert {"west", "east", "DEU", "BLR"}.isdisjoint(v.scope for v in found)
    fits = [figure("USA", 150, "tur", as_of=on, posture=ACTIVE)]
    few = verdict(on, "CFE V.1(C)(1)", "TUR", fits, posture="active")
    assert few.verdict == "no_data"  # nothing is known of the others of the group
    whole = [figure("west", 2_000, "tur", as_of=on, posture=ACTIVE)]
    held = figure("TUR", 1_900, "tur", as_of=on, posture=ACTIVE)
    low = verdict(on, "CFE V.1(C)(1)", "TUR", [*whole, held], posture="active")
    assert (low.low, low.high, low.verdict) == (0, 100, "within")


def test_security_forces_vehicles_are_judged_by_state():
    on = date(2000, 1, 1)
    records = [figure("RUS", 700, "russia-flank", as_of=on, category="aifv", force=SECURITY)]
    flank = verdict(on, "CFE XII.1#flank", "RUS", [*records])
    assert (flank.low, flank.high) == (700, None) or flank.low == flank.high == 700
    assert (flank.verdict, flank.in_law) == ("exceeded", True)
    regular = [figure("RUS", 700, "russia-flank", as_of=on, category="aifv")]
    assert verdict(on, "CFE XII.1#flank", "RUS", regular).verdict == "no_data"
    area = [figure("RUS", 1_200, as_of=on, category="aifv", force=SECURITY)]
    spared = verdict(on, "CFE XII.1", "RUS", area)  # no ceiling: what is above it counts elsewhere
    assert (spared.verdict, spared.high, spared.headroom, spared.excess) == ("within", 1_000, 0, (200, 200))


def test_a_limit_on_sites_is_never_asked_of_a_group():
    found = [v for v in assess(CORPUS, "cfe", on=date(2000, 1, 1)) if v.limit.cite in ("CFE X.7", "CFE XI.6")]
    assert found
    assert {"west", "east"}.isdisjoint(v.scope for v in found)


def test_the_odessa_figure_for_acvs_is_derived():
    limit = next(x for x in CORPUS.dossier("cfe").limits if x.id == "CFE IV.1#md-odessa/acv")
    assert limit.confidence == "derived"
    assert limit.at_most == {"stored": 0}


def test_the_flank_document_and_cfe_1a_judge_russia_no_more():
    for instrument in ("cfe", "flank-1996", "cfe-1a"):
        for on in (BEFORE, AFTER):
            found = assess(CORPUS, instrument, on=on)
            assert any(v.scope == "RUS" for v in found) == (on < AFTER), (instrument, on)


def test_the_ids_that_verdicts_carry_are_accepted_back():
    printed = {v.id for v in assess(CORPUS, "cfe", on=date(2000, 1, 1))}
    assert "CFE IV.1(A)#active" in printed
    for name in sorted(i for i in printed if i.endswith(("#active", "+active", "#stored"))):
        found = assess(CORPUS, "cfe", on=date(2000, 1, 1), limits=(name,))
        assert found
        assert {v.id for v in found} == {name}


def test_a_clause_gives_all_its_verdicts():
    found = assess(CORPUS, "cfe", on=date(2000, 1, 1), limits=("CFE IV.1(A)",))
    assert {(v.id, v.scope) for v in found} == {
        (i, s) for i in ("CFE IV.1(A)", "CFE IV.1(A)#active") for s in ("west", "east")
    }
