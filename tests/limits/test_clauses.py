"""Clause by clause: which ceiling, for whom, in which posture, from which day, and what the answer must say (law.md 5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from servanda.corpus import Corpus
from servanda.corpus.store import DATA
from servanda.limits import assess
from servanda.limits.bounds import Bounds
from servanda.limits.judge import decide
from servanda.model.errors import UnknownName
from servanda.model.question import Question
from servanda.model.records import Record
from servanda.model.vocabulary import Confidence, Provenance, RecordStatus, VerdictKind
from servanda.questions.view import view

CORPUS = Corpus(DATA)


@cache
def verdicts(on, instrument="cfe", own=None, **question):
    """All verdicts of a day, by id and scope; `own` are figures in place of the recorded ones."""
    asked = Question(instrument=instrument, on=date.fromisoformat(on), records=own, **question)
    return {(v.id, v.scope): v for v in assess(view(CORPUS, asked), asked)}


def figure(holder, value, *, category="battle_tank", as_of="2000-01-01", place="attu", **more):
    """A figure of a user's own."""
    number = more.pop("number", 0)
    settings = {"snapshot": f"own-{as_of}", "source": ("own",), "value": value, **more}
    return Record(
        id=f"{holder}-{category}-{place}-{as_of}-{number}", as_of=date.fromisoformat(as_of), holder=holder,
        category=category, place=place, **settings,
    )  # fmt: skip


# --- the verdict follows from the bounds ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0, 100, "within"),  # full to the last item is within
        (100, 100, "within"),
        (101, 101, "exceeded"),
        (101, None, "exceeded"),
        (100, 101, "undetermined"),
        (0, None, "undetermined"),
        (None, None, "no_data"),
        (None, 100, "within"),
    ],
)
def test_a_ceiling_may_be_filled_and_not_passed(low, high, verdict):
    assert decide(Bounds(low, high), 100) == verdict


def test_figures_that_contradict_each_other_decide_nothing():
    one = figure("DEU", 5)
    assert decide(Bounds(200, 200, conflict=(one,)), 100) is VerdictKind.INCONSISTENT


# --- the ceilings of the text -------------------------------------------------------------------------------------

CEILINGS = [
    # TR IV and V: the group, nested zones, active units apart
    ("CFE IV.1(A)", "east", "any", 20000, "attu"), ("CFE IV.1(A)#active", "east", "active", 16500, "attu"),
    ("CFE IV.1(B)", "west", "any", 30000, "attu"), ("CFE IV.1(B)#active", "west", "active", 27300, "attu"),
    ("CFE IV.1(B)#aifv+hacv", "east", "any", 18000, "attu"), ("CFE IV.1(B)#hacv", "east", "any", 1500, "attu"),
    ("CFE IV.1(C)", "east", "any", 20000, "attu"), ("CFE IV.1(C)#active", "east", "active", 17000, "attu"),
    ("CFE IV.1(D)", "west", "any", 6800, "attu"), ("CFE IV.1(E)", "west", "any", 2000, "attu"),
    ("CFE IV.2(A)", "east", "any", 15300, "iv.2"), ("CFE IV.2(A)#active", "east", "active", 11800, "iv.2"),
    ("CFE IV.3(A)", "east", "active", 10300, "iv.3"), ("CFE IV.4(A)", "west", "active", 7500, "iv.4"),
    ("CFE IV.3(D)(1)", "east", "any", 2250, "md-kiev"),
    ("CFE V.1(A)(1)", "east", "active", 4700, "flank"), ("CFE V.1(A)(2)", "east", "active", 5900, "flank"),
    ("CFE V.1(A)(3)", "east", "active", 6000, "flank"),
    # TR VI: one state, a third of all
    ("CFE VI(A)", "RUS", "any", 13300, "attu"), ("CFE VI(B)", "RUS", "any", 20000, "attu"),
    ("CFE VI(C)", "RUS", "any", 13700, "attu"), ("CFE VI(D)", "RUS", "any", 5150, "attu"),
    ("CFE VI(E)", "RUS", "any", 1500, "attu"),
    # storage in two districts
    ("CFE IV.1#md-odessa/battle_tank", "east", "stored", 400, "md-odessa"),
    ("CFE IV.1#md-leningrad-south/battle_tank", "east", "stored", 600, "md-leningrad-south"),
    ("CFE IV.1#md-leningrad-south/aifv+hacv", "east", "stored", 300, "md-leningrad-south"),
    # the Flank Document: aggregate numbers of two states, in the flank as first drawn
    ("FLANK II.3#battle_tank", "RUS", "any", 1897, "original_flank"),
    ("FLANK II.2#battle_tank", "UKR", "any", 400, "odessa-oblast"),
]  # fmt: skip


@pytest.mark.parametrize(("identity", "scope", "posture", "bound", "zone"), CEILINGS, ids=[c[0] for c in CEILINGS])
def test_the_ceilings_of_the_text(identity, scope, posture, bound, zone):
    by_posture = {(v.limit.id, v.posture, v.scope): v for v in verdicts("1996-06-15").values()}
    v = by_posture[identity.removesuffix("#active") if posture == "active" else identity, posture, scope]
    assert (v.bound, v.limit.zone) == (bound, zone)
    assert v.in_law


@pytest.mark.parametrize(
    ("on", "there"),
    [
        ("1996-05-30", set()),
        ("1996-05-31", {"FLANK II.3#battle_tank", "FLANK II.2#battle_tank"}),
        ("1999-05-30", {"FLANK II.3#battle_tank", "FLANK II.2#battle_tank"}),
        ("1999-05-31", {"FLANK II.1#battle_tank", "FLANK II.2#battle_tank"}),
    ],
)
def test_the_flank_numbers_hold_from_their_day_to_the_day_before_the_next(on, there):
    found = {v.id for v in verdicts(on).values() if v.id.startswith("FLANK II") and v.limit.category == "battle_tank"}
    assert found == there


def test_each_state_is_asked_for_itself_and_no_other():
    for (_, scope), v in verdicts("1996-06-15").items():
        if v.limit.scope == "state":
            assert v.members == (scope,)
        if v.limit.scope == "group":
            assert scope in ("west", "east")
            assert len(v.members) > 10


def test_what_judges_no_holdings_says_what_it_is():
    found = verdicts("1996-06-15")
    permission = found["CFE IV.6#battle_tank", "west"]
    assert permission.verdict == "no_data"
    assert not permission.in_law
    assert "a permission, not a ceiling: it never adds to one" in permission.caveats
    share = found["Tashkent flank#battle_tank+active", "RUS"]
    assert not share.in_law
    assert "a share inside the group that no article makes a ceiling" in share.caveats
    pledge = found["DECL Germany", "DEU"]
    assert not pledge.in_law
    assert "political commitment, not law" in pledge.caveats
    removed = found["CFE X.7#battle_tank", "site"]
    assert (removed.verdict, removed.in_law) == ("no_data", True)
    assert "no figure names a site with battle tank in storage" in removed.caveats
    for law in (found["CFE IV.1(A)", "east"], found["CFE VI(A)", "RUS"]):
        assert not any("political" in c or "permission" in c or "share" in c for c in law.caveats)


def test_temporary_deployments_have_two_readings_and_no_data():
    v = verdicts("1996-06-15")["CFE V.1(B)(1)", "west"]
    assert v.verdict == "no_data"
    assert sum(c.startswith("reading: ") for c in v.caveats) == 2
    assert "no record tells temporarily deployed items apart" in v.caveats


# --- days -------------------------------------------------------------------------------------------------------


def test_the_forty_months_end_on_16_november_1995():
    assert verdicts("1995-11-16")["CFE IV.1(A)", "west"].verdict == "not_applicable"
    first = verdicts("1995-11-17")["CFE IV.1(A)", "west"]
    assert first.verdict == "undetermined"
    assert first.applies_from == date(1995, 11, 17)


def test_asked_ahead_of_its_day_the_answer_says_so():
    early = verdicts("1995-11-16", prospective=True)["CFE IV.1(A)", "west"]
    assert early.verdict != "not_applicable"
    assert "asked prospectively: the limit judges from 1995-11-17" in early.caveats
    late = verdicts("1995-11-17", prospective=True)["CFE IV.1(A)", "west"]
    assert not any("prospectively" in c for c in late.caveats)


@pytest.mark.parametrize(("on", "deferred"), [("1996-05-31", True), ("1999-05-30", True), ("1999-05-31", False)])
def test_compliance_with_the_flank_was_put_off_to_31_may_1999(on, deferred):
    v = verdicts(on)["CFE V.1(A)(1)", "east"]
    assert v.deferred is deferred
    assert any(c.startswith("full observance put off to 1999-05-31") for c in v.caveats) is deferred
    assert any(c.startswith("second reading: breach throughout") for c in v.caveats) is deferred
    assert v.verdict != "not_applicable"


@pytest.mark.parametrize(("on", "days", "stale"), [("2008-01-01", 365, False), ("2008-01-02", 366, True)])
def test_figures_older_than_a_year_are_stale_and_say_so(on, days, stale):
    v = verdicts(on)["CFE IV.1(A)", "west"]
    assert (v.snapshot, v.age_days, v.stale) == ("january-2007", days, stale)
    assert ("figures are 366 days old" in v.caveats) is stale


# --- figures of one's own -----------------------------------------------------------------------------------------


def test_a_state_over_its_sufficiency_is_a_breach_of_its_own():
    over = verdicts("2000-01-10", own=(figure("RUS", 13301),))["CFE VI(A)", "RUS"]
    assert (over.verdict, over.low, over.high, over.headroom) == ("exceeded", 13301, 13301, -1)
    full = verdicts("2000-01-10", own=(figure("RUS", 13300),))["CFE VI(A)", "RUS"]
    assert (full.verdict, full.headroom) == ("within", 0)
    other = verdicts("2000-01-10", own=(figure("RUS", 13301),))["CFE VI(A)", "DEU"]
    assert other.verdict == "no_data"


def test_one_member_is_a_lower_bound_of_its_group_and_no_more():
    v = verdicts("2000-01-10", own=(figure("RUS", 21000),))["CFE IV.1(A)", "east"]
    assert (v.verdict, v.low, v.high) == ("exceeded", 21000, None)
    v = verdicts("2000-01-10", own=(figure("RUS", 19000),))["CFE IV.1(A)", "east"]
    assert (v.verdict, v.low, v.high) == ("undetermined", 19000, None)
    assert v.headroom is None


def test_what_would_settle_it_names_the_states_without_a_figure():
    east = verdicts("2000-01-10")["CFE IV.1(A)", "east"].members
    seen = [figure(s, 10) for s in east if s not in ("UKR", "BLR")]
    v = verdicts("2000-01-10", own=tuple(seen))["CFE IV.1(A)", "east"]
    assert v.would_settle.startswith("records of BLR, UKR, or a total of battle tank in attu for east of 2000-01-01")
    few = verdicts("2000-01-10", own=tuple(seen[:3]))["CFE IV.1(A)", "east"]
    assert few.would_settle.startswith(f"records of the {len(east) - 3} members without one (")
    alone = verdicts("2000-01-10", own=(figure("RUS", 9),))
    assert alone["CFE VI(A)", "RUS"].would_settle is None  # decided: nothing is left to settle
    assert "in posture active in iv.3" in alone["CFE IV.3(A)", "east"].would_settle


def test_a_newer_declaration_takes_the_place_of_the_states_own_and_of_no_others():
    declared = {"snapshot": "declared", "provenance": Provenance.DECLARED}
    own = (
        figure("RUS", 9000, as_of="1999-01-01", **declared),
        figure("RUS", 8000, as_of="2000-01-01", **declared),
        figure("UKR", 4000, as_of="1999-01-01", **declared),
    )
    v = verdicts("2000-01-10", own=own)
    assert v["CFE VI(A)", "RUS"].low == 8000
    assert v["CFE VI(A)", "UKR"].low == 4000
    assert v["CFE IV.1(A)", "east"].low == 12000
    before = verdicts("1999-12-31", own=own)
    assert before["CFE VI(A)", "RUS"].low == 9000  # what is declared later is not in force yet


def test_a_figure_counts_from_its_own_day():
    own = (figure("RUS", 14000, as_of="2000-01-10"),)
    assert verdicts("2000-01-10", own=own)["CFE VI(A)", "RUS"].verdict == "exceeded"
    assert verdicts("2000-01-09", own=own)["CFE VI(A)", "RUS"].verdict == "no_data"


def test_the_press_is_heard_only_when_asked():
    own = (figure("RUS", 14000, provenance=Provenance.PRESS),)
    assert verdicts("2000-01-10", own=own)["CFE VI(A)", "RUS"].verdict == "no_data"
    assert verdicts("2000-01-10", own=own, include=("press",))["CFE VI(A)", "RUS"].verdict == "exceeded"
    assert verdicts("2000-01-10", own=own, include=("estimated",))["CFE VI(A)", "RUS"].verdict == "no_data"


def test_a_recalled_figure_marks_every_verdict_that_leans_on_it():
    own = (figure("RUS", 9000, confidence=Confidence.RECALLED), figure("UKR", 4000))
    v = verdicts("2000-01-10", own=own)
    assert v["CFE VI(A)", "RUS"].recalled
    assert "1 of 1 figures are recalled, not sourced" in v["CFE VI(A)", "RUS"].caveats
    assert "1 of 2 figures are recalled, not sourced" in v["CFE IV.1(A)", "east"].caveats
    assert not v["CFE VI(A)", "UKR"].recalled


def test_another_source_is_shown_beside_and_decides_nothing():
    own = (figure("RUS", 9000), figure("RUS", 14000, number=1, status=RecordStatus.ALTERNATIVE))
    v = verdicts("2000-01-10", own=own)["CFE VI(A)", "RUS"]
    assert (v.verdict, v.high) == ("within", 9000)
    assert [(a.verdict, a.low) for a in v.alternatives] == [("exceeded", 14000)]
    ukraine = verdicts("2000-01-10", own=own)["CFE VI(A)", "UKR"]
    assert ukraine.alternatives == ()


def test_a_correction_takes_the_place_of_the_figure_it_names():
    first = figure("RUS", 14000)
    own = (first, replace(figure("RUS", 9000, number=1), supersedes=first.id))
    assert verdicts("2000-01-10", own=own)["CFE VI(A)", "RUS"].high == 9000


def test_what_others_keep_on_a_recipients_ground_is_a_most_and_never_a_least():
    own = (figure("DEU", 500, place="nor", posture="active"),)
    found = {k: v for k, v in verdicts("2000-01-10", own=own).items() if k[0] == "CFE V.1(C)(1)"}
    assert "NOR" in {scope for _, scope in found}
    assert all(v.limit.scope == "recipient" and scope not in v.members for (_, scope), v in found.items())
    assert all(v.low in (0, None) for v in found.values())
    assert all(v.verdict in ("no_data", "within", "undetermined") for v in found.values())


# --- counts that no article provides for ----------------------------------------------------------------------------


def test_groups_redrawn_ask_group_ceilings_alone_and_are_not_law():
    found = verdicts("2007-11-07", groups="nato")
    assert {v.limit.scope for v in found.values()} == {"group"}
    assert {scope for _, scope in found} == {"nato"}
    for v in found.values():
        assert not v.in_law
        assert "groups redrawn by membership of NATO" in v.test
        assert v.test.startswith("sum of holdings against the ")


def test_levels_in_the_treatys_own_groups_test_article_vii():
    v = verdicts("2007-11-07", count="levels")["CFE IV.1(A)", "west"]
    assert v.test.startswith("sum of notified levels against the CFE IV.1(A) ceiling; in the treaty's own groups")
    assert not v.in_law
    assert v.age_days == 0  # a level holds until it is replaced


def test_words_that_no_question_knows_are_refused_with_those_it_does():
    for settings, near in (
        ({"count": "banana"}, "holdings"),
        ({"assume": ("stationed-abroad",)}, "home-stationed"),
        ({"include": ("rumour",)}, "press"),
        ({"groups": "warsaw"}, "nato"),
    ):
        with pytest.raises(UnknownName, match=near):
            verdicts("2007-11-07", **settings)
