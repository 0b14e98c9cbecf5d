"""The law clause by clause: right values on the days it names, each with its article."""

from __future__ import annotations

from datetime import date

import pytest

from servanda.corpus import Corpus
from servanda.standing import obligations, standing_of

CORPUS = Corpus.default()
SIGNATORIES = "BEL BGR CAN CSK DNK FRA DEU GRC HUN ISL ITA LUX NLD NOR POL PRT ROU ESP TUR SUN GBR USA".split()
EIGHT = "ARM AZE BLR GEO KAZ MDA RUS UKR".split()


def owes(on, kind, *, instrument="cfe", reading="depositary", known=None):
    return obligations(CORPUS.as_known(known), instrument, on=date.fromisoformat(on), kind=kind, reading=reading)


def standing(instrument, party, on, reading="depositary", known=None):
    return standing_of(CORPUS.as_known(known), instrument, party, on=date.fromisoformat(on), reading=reading)


# --- provisional application of listed provisions (law.md 3; Protocol of 19 November 1990) ----------------------


@pytest.mark.parametrize("kind", ["consultation", "exchange", "notification", "reduction"])
def test_listed_provisions_bind_the_22_from_signature(kind):
    found = owes("1990-11-19", kind)
    assert sorted(found.parties) == sorted(SIGNATORIES)
    assert all(v is True for p in found.parties for v in found.row(p).values())
    assert [a.id for a in found.acts] == ["provisional-application-1990"]
    assert standing("cfe", "FRA", "1990-12-01").standing == "signatory"


@pytest.mark.parametrize("kind", ["limits", "inspection", "stationing", "ntm"])
def test_what_is_not_listed_binds_nobody_before_the_whole_treaty_applies(kind):
    assert owes("1990-12-01", kind).parties == ()


def test_consultation_rests_on_the_joint_group_and_the_conference():
    caveat = next(c for c in owes("1990-12-01", "consultation").caveats if "provisional" in c)
    for cite in ("CFE XVI.1", "CFE XVI.4", "CFE XXI.2 (trigger)"):
        assert cite in caveat
    assert "XVI.2(A)" not in caveat


@pytest.mark.parametrize(("on", "recalled"), [("1991-11-19", False), ("1991-11-20", True), ("1992-07-16", True)])
def test_the_prolongation_was_not_seen_and_is_marked_recalled(on, recalled):
    found = owes(on, "consultation")
    assert found.row("FRA")["USA"] is True
    assert any("recalled" in c for c in found.caveats) is recalled


def test_the_successors_stand_in_for_the_soviet_union():
    found = owes("1992-02-01", "consultation")
    assert set(found.parties) == {*SIGNATORIES, *EIGHT} - {"SUN"}
    assert found.row("USA")["UKR"] is True and found.row("UKR")["USA"] is True
    then = owes("1992-02-01", "consultation", known=date(1992, 2, 1))
    assert then.row("USA")["UKR"] is None and then.row("USA")["FRA"] is True
    assert {d.obligee for d in then.doubts if d.obligor == "USA"} == set(EIGHT)


def test_the_whole_treaty_takes_over_on_17_july_1992():
    before, after = owes("1992-07-16", "limits"), owes("1992-07-17", "limits")
    assert before.parties == () and len(after.parties) == 29
    assert owes("1992-07-17", "consultation").acts == ()


def test_sections_of_the_flank_document_bind_those_they_name():
    limits = owes("1996-06-01", "limits", instrument="flank-1996")
    assert limits.row("RUS")["USA"] is True and limits.row("UKR")["USA"] is True and limits.row("USA")["RUS"] is False
    exchange = owes("1997-01-10", "exchange", instrument="flank-1996")
    assert exchange.row("RUS")["TUR"] is True and exchange.row("UKR")["TUR"] is False
    assert owes("1996-05-30", "limits", instrument="flank-1996").parties == ()
    # as known in November 1996 it ran to 15 December only
    assert owes("1996-12-16", "limits", instrument="flank-1996", known=date(1996, 11, 1)).parties == ()


# --- an instrument that lives in another (law.md 5) --------------------------------------------------------------


@pytest.mark.parametrize("instrument", ["flank-1996", "cfe-1a", "budapest-1990", "tashkent-1992", "oslo-1992"])
def test_it_ends_for_russia_with_the_treaty(instrument):
    assert standing(instrument, "RUS", "2023-11-06").standing == "in_force"
    after = standing(instrument, "RUS", "2023-11-07")
    assert (after.standing, after.since) == ("withdrawn", date(2023, 11, 7))
    assert after.because[-1].cite == "CFE XIX.2"
    assert standing(instrument, "UKR", "2023-11-07").standing == "in_force"


def test_a_notice_to_the_treaty_is_none_under_the_flank_document_but_its_end_is_foreseen():
    assert standing("cfe", "RUS", "2023-07-01").standing == "notice_given"
    assert standing("flank-1996", "RUS", "2023-07-01").standing == "in_force"
    ahead = standing("flank-1996", "RUS", "2023-11-07", known=date(2023, 7, 1))
    assert (ahead.standing, ahead.projected) == ("withdrawn", True)
    assert standing("flank-1996", "RUS", "2023-11-07", known=date(2023, 6, 1)).standing == "in_force"


def test_italy_suspended_the_flank_document_by_name_and_russia_with_the_treaty():
    assert standing("flank-1996", "ITA", "2023-12-07", "self").standing == "suspended"
    assert standing("flank-1996", "DNK", "2023-12-07", "self").standing == "in_force"
    assert standing("flank-1996", "RUS", "2010-01-01", "self").standing == "suspended"


# --- contested statehood --------------------------------------------------------------------------------------


@pytest.mark.parametrize("instrument", ["ru-dpr-2022", "ru-lpr-2022"])
@pytest.mark.parametrize("reading", ["UKR", "USA", "GBR", "FRA", "POL", "AUT"])
def test_who_denies_the_state_sees_no_treaty(instrument, reading):
    found = standing(instrument, "RUS", "2022-03-01", reading)
    assert (found.standing, found.contested) == ("none", True)


@pytest.mark.parametrize("reading", ["depositary", "self", "RUS", "CHN"])
def test_who_does_not_deny_it_sees_it_contested(reading):
    found = standing("ru-dpr-2022", "RUS", "2022-03-01", reading)
    assert (found.standing, found.contested) == ("in_force", True)
    assert dict(found.readings)["UKR"] == "none"


def test_recognition_is_an_act_with_its_source():
    act = next(a for a in CORPUS.dossier("ru-lpr-2022").acts if a.act == "recognise" and "RUS" in a.actors)
    assert act.date.text == "2022-02-21" and act.toward == ("LNR",) and act.source


# --- acts of 2023 to 2025 (law.md 3) -----------------------------------------------------------------------------


def test_support_for_an_alliance_is_no_notice():
    acts = {a.id: a for a in CORPUS.dossier("cfe").acts}
    assert acts["tur-declare-2023-11-07"].act == "declare"
    assert standing("cfe", "TUR", "2024-03-01", "law").standing == "in_force"
    assert standing("cfe", "TUR", "2024-04-08", "self").standing == "suspended"


@pytest.mark.parametrize("party", ["GEO", "GRC", "ISL", "SVK"])
def test_being_named_by_the_depositary_is_no_act(party):
    assert standing("cfe", party, "2025-06-01", "self").standing == "in_force"
    note = next(a for a in CORPUS.dossier("cfe").acts if a.act == "note" and party in a.actors and "named" in a.id)
    assert note.concerns


def test_portugal_by_the_law_of_treaties_nobody_having_objected():
    assert standing("cfe", "PRT", "2024-02-28", "law").standing == "in_force"
    found = standing("cfe", "PRT", "2024-02-29", "law")
    assert found.standing == "suspended" and not any("irregular" in c for r in found.because for c in r.caveats)


def test_periods_of_the_law_of_treaties_are_data():
    law = CORPUS.general_law()
    assert law is not None and (law.objection.period.months, law.notice.period.months) == (3, 12)
    assert (law.objection.cite, law.notice.cite) == ("VCLT 65(2)", "VCLT 56(2)")
    assert standing("cfe", "ITA", "2024-02-27", "law").standing == "in_force"
    assert standing("cfe", "ITA", "2024-02-28", "law").standing == "suspended"


@pytest.mark.parametrize(("party", "day"), [("DEU", "2024-06-01"), ("BLR", "2024-07-01")])
def test_limits_kept_voluntarily_are_no_duty(party, day):
    found = owes(day, "limits", reading="self")
    assert party in {p for p, _ in found.voluntary}
    assert True not in found.row(party).values()


# --- words from the cells -------------------------------------------------------------------------------------


def test_the_words_on_duties_are_the_cells(record_days=("2011-11-25", "2015-02-01", "2023-04-01", "2023-12-01")):
    from servanda.questions.obligations import summary

    for day in record_days:
        found = owes(day, "exchange", reading="self")
        lines = summary(found)
        for party in found.parties:
            row = found.row(party)
            unknown = [o for o, v in row.items() if v is None]
            gone = [o for o, v in row.items() if v is False]
            line = next((x for x in lines if party in x.split(":")[0].replace(",", " ").split()), None)
            if line is None:
                continue  # folded into a count
            assert ("not known" in line) == bool(unknown), (day, party, line)
            assert ("to nobody" in line) == (len(gone) == len(row)), (day, party, line)


def test_czechia_and_poland_toward_belarus_in_april_2023():
    from servanda.questions.obligations import summary

    lines = summary(owes("2023-04-15", "exchange", reading="self"))
    assert "CZE: to all but BLR, RUS" in lines
    assert "POL: to all but RUS; not known for that day toward BLR" in lines


def test_a_brief_before_entry_into_force_says_what_listed_provisions_lay_down():
    import servanda as sv

    page = sv.load("cfe").brief(on="1991-12-01").data
    owed = next(s["lines"] for s in page["sections"] if s["name"] == "Owed")
    details = [d for line in owed for d in line["because"]]
    assert {d["parts"]["kind"] for d in details} == {"reduction", "exchange", "notification", "consultation"}
    assert all(any("recalled" in c for c in d["caveats"]) for d in details)
    assert "listed provisions alone" in owed[0]["statement"]
    never = sv.load("acfe").brief(on="2005-01-01").data
    assert "Owed" not in {s["name"] for s in never["sections"]}
