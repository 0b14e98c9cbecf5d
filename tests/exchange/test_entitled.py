"""Who may read what: the owner's own reading of what it owes, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.corpus import Corpus
from servanda.exchange.entitled import entitlement
from servanda.model.errors import InputError, UnknownName
from servanda.questions.entitled import entitled, exchange_instrument
from servanda.standing import obligations

CORPUS = Corpus.default()


def ask(owner, recipient, on):
    return entitled(CORPUS, owner=owner, recipient=recipient, on=on)


def test_the_american_declaration_and_russia():
    assert exchange_instrument(CORPUS) == "cfe"
    refused = ask("USA", "RUS", "2012-06-01")
    assert refused.data["given"] is False
    assert refused.data["act"] == "usa-cease-implementation-2011-11-22"
    assert "CFE XIII.1" in refused.data["cite"]
    assert "2011-11-22" in refused.explain()
    assert "stays received" in refused.explain()
    assert [(r["reading"], r["due"]) for r in refused.data["readings"]] == [
        ("USA", False), ("depositary", True), ("RUS", True),
    ]  # fmt: skip
    due = ask("USA", "RUS", "2007-01-01")
    assert (due.data["given"], due.data["act"]) == (True, None)
    assert "stays received" not in due.explain()
    for on in ("2007-01-01", "2012-06-01"):
        assert ask("United States", "Germany", on).data["given"] is True


def test_russia_gives_nobody_anything_after_its_suspension_in_its_own_reading():
    answer = ask("RUS", "NOR", "2008-01-01")
    assert answer.data["given"] is False
    assert answer.data["act"] == "rus-suspends-2007"
    assert [r["due"] for r in answer.data["readings"]] == [False, True, True]


def test_one_who_has_left_is_owed_nothing_and_the_article_says_why():
    answer = ask("DEU", "RUS", "2023-11-10")
    assert answer.data["given"] is False
    assert answer.data["readings"][0]["not_bound"] == [{"party": "RUS", "standing": "withdrawn"}]
    assert any(c.startswith("CFE XIX") for c in answer.data["cite"])
    assert answer.data["received_before_stays"]


def test_what_is_applied_provisionally_from_signature_on():
    answer = ask("FRA", "GBR", "1991-03-01")
    assert answer.data["given"] is True
    assert answer.data["act"] == "provisional-application-1990"


def test_what_the_record_does_not_tell_is_not_given():
    matrix = obligations(CORPUS, "cfe", on=date(2011, 11, 22), kind="exchange", reading="self")
    unsure = [(d.obligor, d.obligee) for d in matrix.doubts]
    assert unsure
    answer = ask(*unsure[0], "2011-11-22")
    assert (answer.data["due"], answer.data["given"]) == (None, False)
    assert answer.data["act"] is not None
    assert "does not tell" in answer.explain()


def test_bad_questions_are_refused():
    with pytest.raises(InputError, match="own data"):
        ask("USA", "USA", "2007-01-01")
    with pytest.raises(UnknownName):
        ask("USA", "Ruritania", "2007-01-01")
    stranger = ask("USA", "SWE", "2007-01-01").data["readings"][0]
    assert (stranger["due"], stranger["not_bound"]) == (False, [{"party": "SWE", "standing": "none"}])
    with pytest.raises(InputError, match="before the record"):
        ask("USA", "DEU", "1950-01-01")


ACTS = sorted(
    {d for a in CORPUS.dossier("cfe").acts for u in (a.date, a.effective, a.until) if u and (d := u.earliest)}
)
FIRST = date(1990, 11, 19)
ROUND = st.builds(
    lambda day, step: max(day + timedelta(days=step), FIRST),
    st.sampled_from([d for d in ACTS if d >= FIRST]),
    st.integers(-1, 1),
)
DAYS = st.one_of(st.dates(FIRST, date(2026, 1, 1)), ROUND)


@settings(max_examples=25, deadline=None)
@given(on=DAYS, data=st.data())
def test_it_equals_the_matrix_of_obligations(on, data):
    """Pair by pair: the owner's own reading, the depositary's and the recipient's, on days of acts and round them."""
    own = obligations(CORPUS, "cfe", on=on, kind="exchange", reading="self")
    seen = {}
    pairs = [(a, b) for a in own.parties for b in own.parties if a != b]
    for owner, recipient in data.draw(st.lists(st.sampled_from(pairs), min_size=4, max_size=4)) if pairs else ():
        found = entitlement(CORPUS, "cfe", owner=owner, recipient=recipient, on=on)
        assert found.own.due is own.row(owner)[recipient]
        assert found.given is (own.row(owner)[recipient] is True)
        assert found.own.due is True or found.own.act is not None
        for view in found.beside:
            if view.reading not in seen:
                seen[view.reading] = obligations(CORPUS, "cfe", on=on, kind="exchange", reading=view.reading)
            matrix = seen[view.reading]
            in_it = {owner, recipient} <= set(matrix.parties)
            assert view.due is (matrix.row(owner)[recipient] if in_it else False)
