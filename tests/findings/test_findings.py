"""Claims held against the record: what each is found to be, by which act, and that nothing makes it fail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.corpus import Corpus
from servanda.findings.hold import Held, hold
from servanda.findings.steps import DIRECT, FINDINGS, NEAR, PLANS
from servanda.model.acts import Act
from servanda.model.claims import EVENTS, MODALITIES, Claim, Count, Evidence, Read

CORPUS = Corpus.default()
TODAY = "2026-06-01"


def held(dateline: str | None = TODAY, **fields: Any) -> Held:
    base: dict[str, Any] = {"start": 0, "end": 4, "text": "did", "event": "sign", "instrument": "cfe"}
    claim = Claim(**{**base, **fields})
    return hold(CORPUS, Read(name="a.txt", dateline=dateline, claims=(claim,)))[0]


def rus(event: str, when: str | None = None, dateline: str | None = TODAY, **fields: Any) -> Held:
    return held(dateline, event=event, actors=("RUS",), date=when, **fields)


# --- the steps of one exit, told apart -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "when", "finding", "act"),
    [
        ("withdraw", "2023-11-07", "supported", "rus-withdraws-2023"),
        ("withdraw", "2023-11", "supported", "rus-withdraws-2023"),
        ("withdraw", "2023", "supported", "rus-withdraws-2023"),
        ("withdraw", None, "supported", "rus-withdraws-2023"),
        ("withdraw", "2023-11-09", "imprecise", "rus-withdraws-2023"),
        ("withdraw", "2022", "contradicted", "rus-withdraws-2023"),
        ("withdraw", "2023-05", "contradicted", "rus-domestic-approval-2023-05-29"),
        ("withdraw", "2023-06-09", "imprecise", "rus-notice-2023"),
        ("withdraw", "2007-12-12", "contradicted", "rus-suspends-2007"),
        ("withdraw", "2015", "contradicted", "rus-leaves-jcg-2015"),
        ("withdraw", "2015-03-11", "contradicted", "rus-leaves-jcg-2015"),
        ("suspend", "2015", "imprecise", "rus-leaves-jcg-2015"),
        ("cease_implementation", "2015", "imprecise", "rus-leaves-jcg-2015"),
        ("terminate", "2015-03", "contradicted", "rus-leaves-jcg-2015"),
        ("suspend", "2007", "supported", "rus-suspends-2007"),
        ("suspend", "2007-07-14", "supported", "rus-suspends-2007"),
        ("suspend", "2007-12-12", "supported", "rus-suspends-2007"),
        ("suspend", "2023-05-29", "contradicted", "rus-domestic-approval-2023-05-29"),
        ("suspend", "2023-06-09", "contradicted", "rus-notice-2023"),
        ("give_notice", "2023-06-09", "supported", "rus-notice-2023"),
        ("give_notice", "2023-05-29", "contradicted", "rus-domestic-approval-2023-05-29"),
        ("give_notice", "2007-07-14", "contradicted", "rus-suspends-2007"),
        ("domestic_approval", "2023-05-16", "supported", "rus-domestic-approval-2023-05-16"),
        ("domestic_approval", "2023-05-17", "imprecise", "rus-domestic-approval-2023-05-16"),
        ("deposit", "1992-09-03", "supported", "rus-deposit-1992-09-03"),
        ("deposit", "1992-07-08", "imprecise", "rus-domestic-approval-1992-07-08"),
        ("terminate", "2007-04-26", "contradicted", "rus-announce-2007-04-26"),
    ],
)
def test_steps_of_one_exit_are_kept_apart(event, when, finding, act):
    found = rus(event, when)
    assert (found.finding, act in found.acts) == (finding, True), found.told


def test_a_contradiction_names_law_notice_and_effect():
    found = rus("withdraw", "2023-05-29")
    assert found.finding == "contradicted"
    assert found.acts == ("rus-domestic-approval-2023-05-29", "rus-notice-2023", "rus-withdraws-2023")
    for words in ("29 May 2023", "9 June 2023", "7 November 2023", "CFE XIX.2", "step inside the state"):
        assert words in found.told
    assert [str(c) for c in found.citations] == ["CFE XIX.2"]


def _pair(step: str, ending: str, gap: int, **fields: Any) -> tuple[Held, ...]:
    first = Claim(start=10, end=10 + len(step), text=step, event="domestic_approval", instrument="cfe", actors=("RUS",))
    first = replace(first, date="2023-05", precision="month")
    start = first.end + gap
    second = Claim(
        start=start, end=start + len(ending), text=ending, event="withdraw", instrument="cfe", actors=("RUS",)
    )
    brought = Evidence(marks=("ended",)) if ending == "ending" else Evidence()
    second = replace(second, **{"modality": "planned", "evidence": brought, **fields})
    return hold(CORPUS, Read(name="a", dateline="2023-11-20", claims=(first, second)))


def test_a_domestic_step_said_to_end_the_treaty_is_told_apart():
    assert [h.finding for h in _pair("put his name to an edict", "ending", 8)] == ["imprecise", "imprecise"]
    step, end = _pair("put his name to an edict", "ending", 8, modality="done")
    assert (step.finding, end.finding) == ("imprecise", "contradicted")
    for one in (step, end):
        assert {"rus-domestic-approval-2023-05-29", "rus-notice-2023", "rus-withdraws-2023"} <= set(one.acts)
        assert "ended nothing" in one.told


@pytest.mark.parametrize(("marks", "finding"), [(("ending",), "imprecise"), ((), "supported")])
def test_a_step_alone_may_be_said_to_have_ended_the_treaty(marks, finding):
    step = Claim(start=3, end=9, text="decree", event="domestic_approval", instrument="cfe", actors=("RUS",))
    step = replace(step, date="2023-05", precision="month", evidence=Evidence(marks=marks))
    assert hold(CORPUS, Read(name="a", dateline="2023-11-20", claims=(step,)))[0].finding == finding


@pytest.mark.parametrize(
    ("ending", "gap", "fields"),
    [
        ("to leave", 8, {}),
        ("ending", 60, {}),
        ("ending", 8, {"date": "2023-11-07"}),
        ("ending", 8, {"polarity": "negated"}),
    ],
)
def test_a_domestic_step_toward_an_exit_stands(ending, gap, fields):
    assert _pair("put his name to a law", ending, gap, **fields)[0].finding == "supported"


def test_permission_order_and_termination():
    permitted = held(event="terminate", instrument="ru-no-1995", actors=("RUS",), target=("NOR",), date="2025-12")
    assert (permitted.finding, permitted.acts) == ("imprecise", ("authorised-2025",))
    assert "ends nothing" in permitted.told
    ordered = held(event="terminate", instrument="ru-fr-1994", actors=("RUS",), target=("FRA",), date="2025-12-05")
    assert (ordered.finding, ordered.acts) == ("supported", ("ordered-2025",))
    assert "not ended" in ordered.told and "VCLT 56(2)" in ordered.told
    ended = held(event="terminate", instrument="ru-fr-1994", date="2025-12-05")
    assert (ended.finding, ended.acts) == ("imprecise", ("ordered-2025",))
    right = held(event="authorise_termination", instrument="ru-no-1995", actors=("RUS",), date="2025-12-19")
    assert right.finding == "supported"
    swapped = held(event="authorise_termination", instrument="ru-fr-1994", actors=("RUS",), date="2025-12-05")
    assert swapped.finding == "imprecise"
    ahead = held(event="terminate", instrument="ru-no-1995", actors=("RUS",), modality="planned", dateline="2025-12-22")
    assert ahead.finding == "supported"


def test_targeted_measures_are_not_a_suspension_of_the_treaty():
    found = held(event="suspend", actors=("USA",), date="2011")
    assert (found.finding, found.acts) == ("imprecise", ("usa-cease-implementation-2011-11-22",))
    loose = held(event="cease_implementation", actors=("USA",), date="2011")
    assert loose.finding == "imprecise"
    assert "toward Russia alone" in loose.told
    exact = held(event="cease_implementation", actors=("USA",), target=("RUS",), date="2011-11-22")
    assert exact.finding == "supported"
    wrong = held(event="cease_implementation", actors=("USA",), target=("BLR",), date="2011-11-22")
    assert wrong.finding != "supported"
    twice = held(event="suspend", actors=("BLR",), target=("POL", "CZE"), date="2023-10", dateline="2024-01-05")
    assert twice.acts == ("blr-suspends-poland-czechia-2023",)
    assert held(event="suspend", actors=("BLR",), date="2023-10", dateline="2024-01-05").finding == "imprecise"


def test_provisional_application_is_not_entry_into_force():
    found = held(event="enter_into_force", date="1992-07-17")
    assert found.finding == "contradicted"
    assert "9 November 1992" in found.told
    assert held(event="enter_into_force", date="1992").finding == "supported"
    assert held(event="provisionally_apply", date="1992-07-17").finding == "supported"


def test_the_other_side_of_an_accord_did_not_do_it():
    found = held(event="terminate", instrument="ru-no-1995", actors=("NOR",), date="2025-12")
    assert (found.finding, found.acts) == ("unknown", ())
    whole = held(event="terminate", actors=("RUS",), date="2023-11-07")
    assert (whole.finding, "29 remained bound" in whole.told) == ("imprecise", True)
    assert held(event="terminate", instrument="inf", actors=("USA",), date="2019-08-02").finding == "supported"


def test_a_plan_told_of_a_past_day_names_what_was_done_then():
    for event in ("withdraw", "suspend", "cease_implementation"):
        found = rus(event, "2015", modality="planned", dateline="2023-11-07")
        assert (found.finding, "rus-leaves-jcg-2015" in found.acts) == ("imprecise", True)
    vote = rus("withdraw", "2023-05", modality="planned", dateline="2023-06-30")
    assert (vote.finding, "7 November 2023" in vote.told) == ("imprecise", True)
    bill = rus("withdraw", "2023-05", modality="planned", dateline="2023-05-31")
    assert (bill.finding, "rus-domestic-approval-2023-05-29" in bill.acts) == ("supported", True)


# --- what was known then ---------------------------------------------------------------------------------------


def test_what_came_later_is_not_held_against_a_report():
    early = rus("withdraw", dateline="2023-06-30")
    assert early.finding == "imprecise"
    assert early.acts == ("rus-notice-2023",)
    planned = rus("withdraw", dateline="2023-06-30", modality="planned")
    assert planned.finding == "supported"
    assert planned.later and "7 November 2023" in planned.later
    not_yet = rus("withdraw", dateline="2014-06-01", polarity="negated")
    assert not_yet.finding == "supported"
    assert not_yet.later and "2023" in not_yet.later
    assert rus("withdraw", polarity="negated").finding == "contradicted"
    before = held("1999-01-01", event="suspend", actors=("RUS",))
    assert before.finding == "unknown"
    assert before.later and not before.proposal


def test_a_report_without_a_day_is_held_against_all_the_record_knows():
    assert rus("withdraw", dateline=None).finding == "supported"
    assert rus("withdraw", dateline="yesterday").finding == "supported"


# --- who speaks, and how ---------------------------------------------------------------------------------------


def test_a_contested_act_is_supported_as_done_and_disputed_by_those_who_contest_it():
    plain = rus("suspend", "2007")
    assert plain.finding == "supported"
    assert "contested by the United States" in plain.told
    assert dict(plain.readings)["depositary"] == "noted, not applied"
    assert dict(plain.readings)["RUS"] == "applied"
    assert dict(plain.readings)["USA"] == "contested"
    assert rus("suspend", "2007", speaker="USA").finding == "disputed"
    assert rus("suspend", modality="reported_opinion", polarity="negated", speaker="USA").finding == "disputed"
    assert rus("withdraw", "2023-11-07").readings == (("every reading", "counts"),)


@pytest.mark.parametrize(
    ("fields", "finding"),
    [
        ({"modality": "denied", "polarity": "negated", "event": "withdraw", "actors": ("TUR",)}, "supported"),
        ({"modality": "denied", "polarity": "affirmed", "event": "withdraw", "actors": ("RUS",)}, "imprecise"),
        ({"modality": "hypothetical", "event": "withdraw", "actors": ("FRA",)}, "opinion"),
        ({"modality": "reported_opinion", "event": "resume", "actors": ("RUS",)}, "opinion"),
        ({"modality": "urged", "event": "resume", "actors": ("RUS",)}, "supported"),
        ({"modality": "urged", "event": "sign", "actors": ("SWE",)}, "unknown"),
        ({"modality": "threatened", "event": "withdraw", "actors": ("FRA",)}, "unknown"),
        ({"modality": "planned", "event": "withdraw", "actors": ("FRA",)}, "unknown"),
        ({"event": "accuse", "actors": ("RUS",), "target": ("USA",)}, "disputed"),
        ({"event": "accuse", "actors": ("RUS",), "target": ("USA",), "modality": "reported_opinion"}, "disputed"),
        ({"event": "accuse", "actors": ("JPN",), "target": ("CHN",)}, "opinion"),
    ],
)
def test_what_is_not_told_as_done(fields, finding):
    found = held("2014-11-18" if fields.get("modality") == "urged" else TODAY, **fields)
    assert found.finding == finding, found.told
    assert not found.proposal


def test_a_party_that_calls_a_treaty_in_force_dead_is_disputed():
    view = {"event": "terminate", "modality": "reported_opinion", "speaker": "RUS"}
    assert held("2014-11-18", **view).finding == "disputed"
    assert "30 parties" in held("2014-11-18", **view).told
    assert held("2024-11-18", **view).finding == "opinion"
    assert held("2014-11-18", **{**view, "speaker": "other"}).finding == "opinion"


def test_announcing_words_with_the_day_of_effect():
    announced = Evidence(marks=("announced",))
    assert rus("suspend", "2007-12", evidence=announced).finding == "imprecise"
    assert rus("suspend", "2007-07", evidence=announced).finding == "supported"
    assert rus("suspend", "2007-12", text="froze").finding == "supported"


# --- ratification, membership, succession ----------------------------------------------------------------------


def test_who_has_not_ratified():
    plain = {"event": "decline_to_ratify", "instrument": "acfe", "text": "has yet to ratify"}
    assert held(actors=("USA",), **plain).finding == "supported"
    assert held(actors=("USA", "NATO"), **plain).finding == "supported"
    assert held(actors=("RUS",), **plain).finding == "contradicted"
    assert held(actors=("RUS",), dateline="2003-01-01", **plain).finding == "supported"
    assert held(actors=("USA",), **{**plain, "instrument": "cfe"}).finding == "contradicted"
    assert held(actors=("ESP",), **{**plain, "instrument": "north-atlantic-treaty"}).finding == "contradicted"
    blame = {**plain, "evidence": Evidence(marks=("blamed",))}
    assert held(actors=("USA",), speaker="RUS", **blame).finding == "disputed"
    alone = held(actors=("USA",), **blame)
    assert (alone.finding, "not alone" in alone.told) == ("imprecise", True)
    assert held(actors=("NATO",), **blame).finding == "supported"
    assert held(actors=("USA",), polarity="negated", **plain).finding == "contradicted"


def test_never_in_force():
    never = held(event="enter_into_force", instrument="acfe", polarity="negated")
    assert never.finding == "supported"
    assert "30 must deposit" in never.told
    assert held(event="enter_into_force", instrument="acfe", date="2000").finding in ("unknown", "contradicted")
    assert held(event="enter_into_force", polarity="negated").finding == "contradicted"
    assert held("1992-10-01", event="enter_into_force", polarity="negated").finding == "supported"


def test_joining_an_organisation():
    join = {"event": "join_organisation", "instrument": "north-atlantic-treaty", "target": ("NATO",)}
    assert held(actors=("FIN",), date="2023-04-04", **join).finding == "supported"
    assert held(actors=("FIN",), date="2022", **join).finding == "contradicted"
    assert held("2023-06-30", actors=("SWE",), **join).finding == "contradicted"
    ahead = held("2023-06-30", actors=("SWE",), modality="planned", **join)
    assert ahead.finding == "supported"
    assert ahead.later and "7 March 2024" in ahead.later
    assert held("2023-06-30", actors=("SWE",), polarity="negated", **join).finding == "supported"
    assert held(actors=("SWE",), polarity="negated", **join).finding == "contradicted"
    assert held(actors=("FIN", "RUS"), **join).finding == "imprecise"
    assert held(actors=("FIN",), **{**join, "target": ()}).finding == "supported"
    left = held(event="withdraw", instrument="north-atlantic-treaty", actors=("FRA",))
    assert (left.finding, left.proposal) == ("contradicted", False)


def test_succession():
    assert held(event="succeed", actors=("CZE", "SVK"), date="1993-01-01").finding == "supported"
    assert held(event="succeed", actors=("UKR",), date="1991-12").finding == "supported"
    assert held(event="succeed", actors=("EST",)).finding == "unknown"
    assert held(event="deposit", actors=("CSK",), date="1991-08").finding == "supported"


def test_amending_and_dissolving():
    assert held(event="amend", date="1997-05", dateline="1998-01-01").finding == "supported"
    assert held(event="amend", date="1999", dateline="2001-01-01").finding == "imprecise"
    assert held(event="dissolve", instrument="warsaw-treaty", date="1991-07-01").finding == "supported"
    assert held(event="dissolve", instrument="warsaw-treaty", date="1991-12").finding == "contradicted"
    assert held(event="object", actors=("POL",), target=("BLR",), date="2023-11-28").finding == "supported"
    assert held(event="object", actors=("NATO",), date="2023-06-09").finding == "imprecise"


# --- collectives, strangers, other instruments ------------------------------------------------------------------


def test_organisations_stand_for_their_members_of_the_day():
    assert held(event="sign", actors=("NATO", "WTO"), date="1990-11-19").finding == "supported"
    some = held(event="cease_implementation", actors=("NATO",), target=("RUS",), date="2011")
    assert some.finding == "imprecise"
    assert "of 28 members of NATO" in some.told
    assert held(event="reject", instrument="nato-ru-2021", actors=("NATO",), date="2022-01-26").finding == "supported"


def test_unnamed_doers():
    assert held(event="sign", date="1990").finding == "supported"
    few = held(event="domestic_approval", instrument="acfe", date="2004")
    assert (few.finding, "names nobody" in few.told) == ("imprecise", True)
    assert held(event="reject", instrument="est-2009", speaker="RUS").finding == "disputed"
    assert held(event="withdraw", polarity="negated").finding == "supported"


def test_a_state_that_never_took_part():
    found = held(event="withdraw", actors=("SWE",))
    assert (found.finding, found.proposal) == ("contradicted", False)
    assert held(event="sign", actors=("JPN",), date="1990-11-19").finding == "contradicted"


def test_what_the_record_lacks_is_unknown_and_may_be_proposed():
    found = held(event="resume", actors=("TUR",), date="2025-03-01")
    assert (found.finding, found.proposal) == ("unknown", True)
    assert "holds no such act" in found.told
    ahead = held(event="resume", actors=("TUR",), modality="planned")
    assert (ahead.finding, ahead.proposal) == ("unknown", False)
    vote = held(event="domestic_approval", instrument="open-skies", actors=("RUS",), date="2021-02-01")
    assert (vote.finding, vote.proposal) == ("unknown", True)


def test_an_instrument_outside_the_record():
    found = held(event="withdraw", instrument="kyoto-protocol", actors=("CAN",), date="2011-12")
    assert (found.finding, found.acts, found.proposal) == ("unknown", (), False)
    assert "does not hold kyoto-protocol" in found.told
    other_order = held(event="sign", instrument="ru-bg-1992-friendship", actors=("RUS", "BGR"), date="1992-08")
    assert other_order.finding == "supported"


def test_accords_left_unnamed():
    ends = held(event="terminate", instrument="*", actors=("RUS",), dateline="2025-12-29")
    assert ends.finding == "imprecise"
    assert "11 accords" in ends.told
    signed = held(event="sign", instrument="*", actors=("RUS", "PRT", "FRA", "CAN"), date="1989/2000")
    assert (signed.finding, len(signed.decided)) == ("unknown", 3)
    assert held(event="sign", instrument="*").finding == "unknown"
    assert held(event="accuse", instrument="*", actors=("RUS",), target=("DEU",)).finding == "opinion"


# --- numbers ---------------------------------------------------------------------------------------------------


def counted(value: int, of: str, **fields: Any) -> Held:
    return held(counts=(Count(value=value, of=of, start=5, end=7),), **fields)


def test_numbers_are_counted_in_the_record():
    right = counted(22, "states", event="sign", date="1990")
    assert (right.finding, "22 signed, as told" in right.told) == ("supported", True)
    wrong = counted(24, "states", event="sign", date="1990")
    assert (wrong.finding, "22 signed, not 24" in wrong.told) == ("contradicted", True)
    parties = counted(30, "states", event="sign", date="1990", dateline="2006-01-01")
    assert (parties.finding, "30 were bound" in parties.told) == ("imprecise", True)
    ends = {"event": "terminate", "instrument": "*", "actors": ("RUS",), "dateline": "2025-12-29"}
    assert "11 other sides, as told" in counted(11, "states", **ends).told
    assert "11 accords, as told" in counted(11, "accords", **ends).told
    assert "11 accords, not 12" in counted(12, "accords", **ends).told
    member = {
        "event": "join_organisation",
        "instrument": "north-atlantic-treaty",
        "target": ("NATO",),
        "actors": ("SWE",),
    }
    assert counted(32, "members", date="2024-03-07", **member).finding == "supported"
    assert counted(33, "members", date="2024-03-07", **member).finding == "contradicted"
    assert counted(60, "journalists", event="sign", date="1990").finding == "supported"


# --- properties ------------------------------------------------------------------------------------------------

INSTRUMENTS = (*CORPUS.ids(), "*", "kyoto-protocol", "", "CFE_1A", "\x00")
CODES = st.sampled_from(
    ["RUS", "USA", "SUN", "CSK", "FRA", "NATO", "WTO", "EU", "BLR", "XXX", "", "author", "DNR", "JCG"]
)
DAYS = st.dates().map(lambda d: d.isoformat())
DATES = st.one_of(
    st.none(),
    DAYS,
    DAYS.map(lambda d: d[:7]),
    DAYS.map(lambda d: d[:4]),
    st.tuples(DAYS, DAYS).map(lambda p: "/".join(sorted(p))),
    st.sampled_from(["..", "2011-11~", "2020?", "/2001", "1999/..", "nonsense", "2023-13-40", "2023-02-30"]),
)
COUNTS = st.builds(
    Count,
    value=st.integers(0, 60),
    of=st.sampled_from(["states", "accords", "members", "years", ""]),
    start=st.just(0),
    end=st.just(2),
)


@settings(deadline=None, max_examples=400)
@given(
    event=st.sampled_from(EVENTS),
    instrument=st.sampled_from(INSTRUMENTS),
    actors=st.lists(CODES, max_size=3).map(tuple),
    target=st.lists(CODES, max_size=2).map(tuple),
    when=DATES,
    speaker=CODES,
    modality=st.sampled_from(MODALITIES),
    polarity=st.sampled_from(["affirmed", "negated"]),
    dateline=st.one_of(st.none(), DAYS, st.just("9999-12-31"), st.just("0001-01-01"), st.just("no day")),
    text=st.text(max_size=12),
    counts=st.lists(COUNTS, max_size=2).map(tuple),
)
def test_no_claim_makes_it_fail(**f):
    found = held(
        f["dateline"],
        event=f["event"],
        instrument=f["instrument"],
        actors=f["actors"],
        target=f["target"],
        date=f["when"],
        speaker=f["speaker"],
        modality=f["modality"],
        polarity=f["polarity"],
        text=f["text"],
        counts=f["counts"],
    )
    assert found.finding in FINDINGS
    assert found.told and found.told.strip()
    assert not (found.proposal and (f["modality"] != "done" or f["polarity"] != "affirmed"))
    if f["modality"] in ("planned", "threatened") and f["polarity"] == "affirmed" and f["event"] not in NOT_PLANS:
        assert found.finding != "contradicted"
    assert found.as_dict()["acts"] == list(found.acts)


NOT_PLANS = ("decline_to_ratify",)  # a plan not to ratify is a state of things now

# events whose acts bear the same name
SAME = [e for e in DIRECT if e in DIRECT[e] and e not in ("join_organisation", "declare")]


def _acts(basis: tuple[str, ...]) -> list[tuple[str, Act]]:
    return [
        (i, a)
        for i in CORPUS.ids()
        for a in CORPUS.dossier(i).acts
        if a.act.value in SAME and a.date.exact and a.basis.value in basis
    ]


TREATY_ACTS = _acts(("treaty", "agreement"))
LATER = {"reported": "2026-06-01"}


def _claim(instrument: str, act: Act, when: str | None) -> dict[str, Any]:
    return {
        "event": act.act.value,
        "instrument": instrument,
        "actors": tuple(a for a in act.actors if a != "parties"),
        "target": act.toward,
        "date": when,
    }


def test_there_is_something_to_claim():
    assert len(TREATY_ACTS) > 150
    assert {a.act.value for _, a in TREATY_ACTS} >= {"sign", "deposit", "withdraw", "give_notice", "succeed", "accede"}


@pytest.mark.parametrize(("instrument", "act"), TREATY_ACTS, ids=[f"{i}-{a.id}" for i, a in TREATY_ACTS])
def test_a_claim_made_from_a_recorded_act_is_supported(instrument, act):
    day = act.date.day.isoformat()
    for when in (day, day[:7], day[:4]):
        found = held(**_claim(instrument, act, when))
        assert found.finding == "supported", (when, found.told)
        # where a later act of the same kind and doer stands, the year names them both
        assert act.id in found.acts, (when, found.acts)
    for actor in _claim(instrument, act, day)["actors"]:
        assert held(**{**_claim(instrument, act, day), "actors": (actor,)}).finding == "supported"
    if act.effective is not None and act.effective.exact:
        assert held(**_claim(instrument, act, act.effective.text)).finding == "supported"


@settings(deadline=None, max_examples=150)
@given(which=st.sampled_from(TREATY_ACTS), years=st.integers(3, 40), back=st.booleans())
def test_a_wrong_year_is_never_supported_and_the_denial_of_a_recorded_act_is_contradicted(which, years, back):
    instrument, act = which
    year = act.date.day.year + (-years if back else years)
    alike = [
        d
        for a in CORPUS.dossier(instrument).acts
        if set(a.actors) & (set(act.actors) | {"parties"}) or "parties" in act.actors
        for d in (a.date, a.effective)
        if d is not None and (d.earliest is None or d.latest is None or d.earliest.year <= year <= d.latest.year)
    ]
    if not alike and act.act.value != "enter_into_force" and date(year, 12, 31) < date(2026, 1, 1):
        assert held(**_claim(instrument, act, str(year))).finding != "supported"
    if act.act.value not in ("suspend", "cease_implementation"):
        effect = act.effective if act.effective is not None and act.effective.exact else act.date
        negated = held(**{**_claim(instrument, act, effect.text), "polarity": "negated"})
        assert negated.finding == "contradicted" or not act.actors or "parties" in act.actors


@settings(deadline=None, max_examples=150)
@given(which=st.sampled_from(TREATY_ACTS), days=st.integers(2, 4000))
def test_nothing_later_than_the_report_decides_it(which, days):
    instrument, act = which
    try:
        before = (act.known.earliest or act.date.day) - timedelta(days=days)
    except OverflowError:
        return
    found = held(before.isoformat(), **_claim(instrument, act, None))
    for one in found.decided:
        assert one.act.known.possibly_by(before + timedelta(days=1)), found.told


def test_the_tables_name_only_acts_and_findings():
    from servanda.model.vocabulary import ActKind

    kinds = {k.value for k in ActKind} | {"join_organisation"}
    assert set(DIRECT) | {"decline_to_ratify", "accuse"} == set(EVENTS)
    for table in (DIRECT, PLANS):
        assert {k for row in table.values() for k in row} <= kinds
    assert {k for row in NEAR.values() for k in row} <= kinds
    assert {v for row in NEAR.values() for v in row.values()} <= set(FINDINGS)
    assert set(NEAR) | set(PLANS) <= set(EVENTS)
