"""The law of standings on the real record (law.md 1 to 4)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda import standing as room
from servanda.corpus import Corpus
from servanda.corpus.store import DATA
from servanda.model.errors import InputError, UnknownName

CORPUS = Corpus(DATA)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2026, 1, 1))


def ask(instrument, party, on, reading="depositary", known=None):
    return room.standing_of(
        CORPUS.as_known(date.fromisoformat(known) if known else None),
        instrument,
        party,
        on=date.fromisoformat(on),
        reading=reading,
    )


@pytest.mark.parametrize(
    ("instrument", "party", "on", "reading", "standing", "contested"),
    [
        ("cfe", "RUS", "2015-06-01", "depositary", "in_force", True),
        ("cfe", "RUS", "2015-06-01", "self", "suspended", True),
        ("cfe", "RUS", "2015-06-01", "RUS", "suspended", True),
        ("cfe", "RUS", "2015-06-01", "USA", "in_force", True),
        ("cfe", "RUS", "2015-06-01", "law", "in_force", True),
        ("cfe", "RUS", "2007-12-11", "self", "in_force", False),
        ("cfe", "RUS", "2007-12-12", "self", "suspended", True),
        ("cfe", "RUS", "2023-06-08", "depositary", "in_force", True),
        ("cfe", "RUS", "2023-06-15", "depositary", "notice_given", True),
        ("cfe", "RUS", "2023-11-06", "depositary", "notice_given", True),
        ("cfe", "RUS", "2023-11-07", "depositary", "withdrawn", False),
        ("cfe", "ARM", "1992-07-16", "depositary", "signatory", False),
        ("cfe", "ARM", "1992-08-01", "depositary", "provisional", False),
        ("cfe", "ARM", "1992-11-08", "depositary", "provisional", False),
        ("cfe", "ARM", "1992-11-09", "depositary", "in_force", False),
        ("cfe", "SUN", "1991-12-25", "depositary", "signatory", False),
        ("cfe", "SUN", "1991-12-26", "depositary", "succeeded", False),
        ("cfe", "KAZ", "1992-01-01", "depositary", "signatory", False),
        ("cfe", "CSK", "1992-12-31", "depositary", "in_force", False),
        ("cfe", "CSK", "1993-01-01", "depositary", "succeeded", False),
        ("cfe", "SVK", "1993-01-01", "depositary", "in_force", False),
        ("cfe", "NLD", "1991-12-01", "depositary", "contracting", False),
        ("cfe", "USA", "2023-12-06", "self", "in_force", False),
        ("cfe", "USA", "2023-12-07", "self", "suspended", False),
        ("cfe", "CAN", "2024-02-06", "self", "in_force", False),
        ("cfe", "CAN", "2024-02-07", "law", "suspended", False),
        ("cfe", "ITA", "2023-12-10", "self", "suspended", False),
        ("cfe", "ITA", "2023-12-10", "law", "in_force", False),
        ("cfe", "GBR", "2023-12-06", "self", "in_force", False),
        ("cfe", "GBR", "2023-12-07", "self", "suspended", False),
        ("cfe", "ROU", "2024-06-01", "self", "unknown", False),
        ("cfe", "BGR", "2023-11-07", "self", "unknown", False),
        ("cfe", "FRA", "2023-11-08", "self", "unknown", False),
        ("cfe", "ESP", "2024-06-01", "self", "unknown", False),
        ("cfe", "PRT", "2024-02-28", "self", "in_force", False),
        ("cfe", "PRT", "2024-02-29", "self", "suspended", False),
        ("cfe", "CZE", "2023-11-07", "self", "suspended", False),
        ("cfe", "TUR", "2024-04-04", "self", "in_force", False),
        ("cfe", "TUR", "2024-04-08", "self", "suspended", False),
        ("cfe", "GRC", "2025-01-01", "self", "in_force", False),
        ("cfe", "KAZ", "2025-12-01", "self", "unknown", False),
        ("cfe", "GBR", "2024-06-01", "depositary", "in_force", False),
        ("acfe", "RUS", "2010-01-01", "depositary", "contracting", False),
        ("acfe", "UKR", "2010-01-01", "depositary", "signatory", False),
        ("acfe", "BLR", "2010-01-01", "depositary", "unknown", False),
        ("flank-1996", "ESP", "1997-05-15", "depositary", "in_force", False),
    ],
)
def test_standings(instrument, party, on, reading, standing, contested):
    found = ask(instrument, party, on, reading)
    assert (found.standing.value, found.contested) == (standing, contested)


def test_an_assumed_effect_is_said_to_be_assumed():
    found = ask("cfe", "BLR", "2024-06-20", "self")
    assert found.standing == "suspended"
    assert any("assumed" in c for r in found.because for c in r.caveats)


def test_silence_is_not_consent():
    assert ask("cfe", "RUS", "2015-06-01", "KAZ").position == "not seen"
    assert ask("cfe", "RUS", "2015-06-01", "KAZ").standing == "in_force"
    assert ask("cfe", "RUS", "2015-06-01", "ITA").position == "contested"  # through the alliance
    assert ask("cfe", "RUS", "2015-06-01", "RUS").position == "own act"


def test_what_was_known_then():
    projected = ask("cfe", "RUS", "2023-12-01", known="2023-07-01")
    assert (projected.standing, projected.projected) == ("withdrawn", True)
    assert any("revocable" in c for r in projected.because for c in r.caveats)
    before = ask("cfe", "RUS", "2023-12-01", known="2023-05-01")
    assert (before.standing, before.contested) == ("in_force", True)
    assert ask("cfe", "UKR", "1992-03-01", known="1992-03-01").standing == "unknown"
    assert ask("cfe", "UKR", "1992-03-01", known="1992-05-15").standing == "signatory"


def test_entry_into_force_is_computed_and_equals_the_record():
    entry = room.ledger(CORPUS, "cfe").entry
    assert entry.computed == entry.recorded == date(1992, 11, 9)
    assert {a for act in entry.last for a in act.actors} == {"BLR", "KAZ"}


def test_entry_that_cannot_be_computed_says_whose_act_is_missing():
    entry = room.ledger(CORPUS, "flank-1996").entry
    assert entry.computed is None
    assert entry.recorded == date(1997, 5, 15)
    assert "RUS" in entry.missing


@given(DAYS)
def test_the_adaptation_is_in_force_for_nobody_on_any_day(day):
    assert not [s for s in room.standings(CORPUS, "acfe", on=day) if s.is_party]


@pytest.mark.parametrize(
    ("on", "west", "east"),
    [
        ("1990-11-19", 16, 6),
        ("1992-08-01", 16, 13),
        ("1993-01-01", 16, 14),
        ("2007-11-07", 16, 14),
        ("2023-11-07", 16, 13),
    ],
)
def test_groups_by_the_treaty(on, west, east):
    groups = room.groups(CORPUS, "cfe", on=date.fromisoformat(on))
    assert (len(groups["west"]), len(groups["east"])) == (west, east)
    assert not set(groups["west"]) & set(groups["east"])


def test_groups_by_the_alliance_hold_members_that_are_parties():
    nato = room.groups(CORPUS, "cfe", on=date(2007, 11, 7), accounting="nato")["nato"]
    assert len(nato) == 22
    assert "POL" in nato
    assert "EST" not in nato  # a member, never a party
    with pytest.raises(UnknownName, match="accounting"):
        room.groups(CORPUS, "cfe", on=date(2007, 11, 7), accounting="natoo")


def test_a_state_that_never_took_part_is_answered():
    found = ask("cfe", "SWE", "2000-01-01")
    assert (found.standing, found.took_part, found.because) == ("none", False, ())
    assert ask("cfe", "POL", "1985-01-01").took_part
    with pytest.raises(UnknownName):
        ask("cfe", "Ruritania", "2000-01-01")
    with pytest.raises(UnknownName, match="reading"):
        ask("cfe", "RUS", "2000-01-01", "depository")


def test_before_the_treaty_nobody_stands_anywhere():
    assert {s.standing for s in room.standings(CORPUS, "cfe", on=date(1985, 1, 1))} == {"none"}


@given(DAYS, st.sampled_from(["RUS", "USA", "BLR", "GBR", "ITA", "ARM", "CZE"]))
def test_the_reading_self_is_each_states_own(day, party):
    own = room.standing_of(CORPUS, "cfe", party, on=day, reading="self")
    named = room.standing_of(CORPUS, "cfe", party, on=day, reading=party)
    assert own.standing == named.standing


@given(DAYS, DAYS)
def test_what_is_not_known_yet_never_matters(day, known):
    view = CORPUS.as_known(known)
    if "cfe" not in view.ids():
        with pytest.raises(InputError, match="nobody knew it"):
            room.standings(view, "cfe", on=day)
        return
    early = room.standings(view, "cfe", on=day)
    for found in early:
        for reason in found.because:
            if reason.act is not None and not reason.act.known.surely_by(known):
                assert reason.act.known.possibly_by(known)
                assert any("not in the record" in c for c in reason.caveats)


@given(DAYS)
def test_as_known_today_is_as_known_at_all(day):
    late = room.standings(CORPUS.as_known(date(2030, 1, 1)), "cfe", on=day)
    sure = [s for s in late if all(r.act is None or r.act.date.latest for r in s.because)]
    now = {s.party: s.standing for s in room.standings(CORPUS, "cfe", on=day)}
    for found in sure:
        if now[found.party] != "unknown":
            assert found.standing == now[found.party]


def test_the_timeline_is_in_order_and_names_contests():
    events = room.timeline(CORPUS, "cfe", party="Russia")
    assert [e.sort for e in events] == sorted(e.sort for e in events)
    suspension = next(e for e in events if e.act and e.act.id == "rus-suspends-2007")
    assert "USA" in suspension.contested_by
    assert any(e.kind == "effect" and e.sort == date(2007, 12, 12) for e in events)


@pytest.mark.parametrize(
    ("party", "on", "standing"),
    [
        ("CSK", "1992-06-01", "signatory"),
        ("CSK", "1993-01-01", "succeeded"),
        ("CZE", "1993-01-01", "signatory"),
        ("CSK", "2002-01-01", "succeeded"),  # what signed and is no more is not bound on entry into force
        ("CZE", "2002-01-01", "in_force"),
        ("SVK", "2020-01-01", "in_force"),
    ],
)
def test_successors_are_bound_and_not_what_they_succeeded(party, on, standing):
    assert ask("open-skies", party, on).standing == standing


@pytest.mark.parametrize("instrument", CORPUS.ids())
def test_what_an_organisation_adopts_binds_its_members_and_not_itself(instrument):
    bound = room.parties(CORPUS, instrument, on=date(2012, 1, 1))
    assert not [p for p in bound if p in CORPUS.actors and CORPUS.actors.is_organisation(p)]
