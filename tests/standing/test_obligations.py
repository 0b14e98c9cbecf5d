"""Who owes whom, pair by pair (law.md 6)."""

from __future__ import annotations

from datetime import date

import pytest

from servanda.corpus import Corpus
from servanda.corpus.store import DATA
from servanda.model.errors import UnknownName
from servanda.standing import obligations

CORPUS = Corpus(DATA)


def ask(on, kind="exchange", reading="self"):
    return obligations(CORPUS, "cfe", on=date.fromisoformat(on), kind=kind, reading=reading)


def test_before_any_suspension_everybody_owes_everybody():
    found = ask("2007-12-11")
    assert all(v for p in found.parties for v in found.row(p).values())


def test_a_suspension_empties_the_row_and_leaves_the_column():
    found = ask("2010-06-01")
    assert not any(found.row("RUS").values())
    assert all(found.column("RUS").values())


def test_the_terms_of_the_treaty_know_no_suspension():
    found = ask("2012-06-01", reading="depositary")
    assert all(v for p in found.parties for v in found.row(p).values())


def test_from_2011_the_allies_stop_toward_one_state_alone():
    found = ask("2012-06-01")
    assert not any(found.row("RUS").values())
    for ally in ("USA", "GBR", "DEU", "POL", "CZE"):
        assert found.row(ally)["RUS"] is False
        assert found.row(ally)["UKR"] is True
        assert found.row(ally)["FRA"] is True
    assert found.row("UKR")["RUS"] is True  # joined in 2015
    assert found.row("GEO")["RUS"] is False
    assert ask("2015-06-01").row("UKR")["RUS"] is False


def test_limits_are_nobody_elses_business():
    exchange, limits = ask("2012-06-01"), ask("2012-06-01", "limits")
    assert limits.row("USA")["RUS"] is True
    assert exchange.row("USA")["RUS"] is False
    assert not any(limits.row("RUS").values())


def test_consultation_goes_on_until_the_group_is_left():
    assert all(ask("2015-03-10", "consultation").row("RUS").values())
    assert not any(ask("2015-03-11", "consultation").row("RUS").values())


def test_an_unknown_day_gives_an_unknown_cell():
    found = ask("2011-11-20")
    assert found.row("MDA")["RUS"] is None
    assert any(d.obligor == "MDA" and d.obligee == "RUS" for d in found.doubts)
    assert ask("2011-09-01").row("MDA")["RUS"] is True


def test_withdrawal_removes_the_party():
    assert "RUS" in ask("2023-11-06").parties
    assert "RUS" not in ask("2023-11-07").parties


def test_belarus_and_two_neighbours():
    found = ask("2023-11-15")
    assert found.row("BLR")["POL"] is False
    assert found.row("BLR")["CZE"] is False
    assert found.row("BLR")["DEU"] is True
    assert found.row("POL")["BLR"] is False


def test_states_without_ground_owe_inspection_of_what_they_station():
    found = ask("2000-01-01", "inspection", "depositary")
    assert any("CAN" in c and "USA" in c for c in found.caveats)


def test_an_unknown_kind_of_duty_is_refused():
    with pytest.raises(UnknownName, match="inspection"):
        ask("2000-01-01", "inspections")


def test_the_diagonal_is_empty():
    found = ask("2005-01-01")
    assert not any(row[i] for i, row in enumerate(found.owes))
