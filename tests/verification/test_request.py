"""Requests to inspect, clause by clause: as many refused as allowed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from servanda.corpus import Corpus
from servanda.model.errors import InputError
from servanda.model.verification import Outcome
from servanda.verification.judging import judge
from servanda.verification.periods import span_on
from servanda.verification.quotas import Objects, quotas
from servanda.verification.request import Context, Past, Request, Site

REGIME = Corpus.default().dossier("cfe").inspections[0]
ARRIVE = datetime(2000, 6, 1, 12)
SITE = Site(id="tver-1", owner="RUS", territory="RUS", district="md-moscow", points=("Moscow", "Smolensk"))
SPAN = span_on(REGIME, date(1992, 7, 17), ARRIVE.date())
QUOTAS = {
    q.party: q
    for q in quotas(
        REGIME,
        SPAN,
        (Objects(owner="RUS", territory="RUS", count=200), Objects(owner="EST", territory="EST", count=1)),
        ("RUS", "DEU", "EST"),
        with_territory=frozenset({"RUS", "DEU", "EST"}),
    )
}
REQUEST = Request(
    by="DEU", of="RUS", kind="declared_site", site=SITE, notice=ARRIVE - timedelta(hours=36), arrive=ARRIVE,
    point_of_entry="Moscow", team=9, crew=10, subteams=3, nationalities=("DEU", "USA"),
)  # fmt: skip
CONTEXT = Context(
    span=SPAN,
    reading="depositary",
    owes={"depositary": True, "RUS": True},
    quota_of=QUOTAS,
    group_of={"DEU": "west", "RUS": "east", "USA": "west", "BLR": "east"},
    parties=frozenset({"DEU", "RUS", "USA"}),
)


def past(
    n: int, *, by: str = "FRA", outcome: Outcome = Outcome.DONE, kind: str = "declared_site", days: int = 40
) -> tuple[Past, ...]:
    began = ARRIVE - timedelta(days=days)
    return tuple(
        Past(
            by=by,
            site=f"s{i}",
            owner="RUS",
            territory="RUS",
            kind=kind,
            began=began,
            ended=began + timedelta(days=2),
            outcome=outcome,
        )
        for i in range(n)
    )


def cites(request: Request, context: Context = CONTEXT) -> list[str]:
    return [c.cite for c in judge(REGIME, request, context).forbidding]


def test_a_request_in_order_is_allowed_and_says_it_cannot_be_refused() -> None:
    found = judge(REGIME, REQUEST, CONTEXT)
    assert found.allowed and not found.unknown
    assert any("cannot be refused, only delayed" in c.statement for c in found.checks)


@pytest.mark.parametrize(
    ("change", "cite"),
    [
        ({"notice": ARRIVE - timedelta(hours=35)}, "CFE INSP IV.2"),
        ({"team": 10}, "CFE INSP VI.2"),
        ({"subteams": 4}, "CFE INSP VI.2"),
        ({"crew": 11}, "CFE INSP VI.5"),
        ({"nationalities": ("DEU", "CHE")}, "CFE INSP III.2"),
        ({"point_of_entry": "Rostov"}, "CFE INSP VII.2"),
        ({"further": 6}, "CFE INSP II.17"),
        ({"site": replace(SITE, in_area=False)}, "CFE INSP VII"),
        ({"site": replace(SITE, owner="BLR")}, "CFE INSP VII"),
        ({"kind": "reduction"}, "CFE INSP IV.3"),  # 96 hours, not 36
    ],
)
def test_refusals_cite_their_clause_and_say_what_would_allow_it(change: dict[str, object], cite: str) -> None:
    found = judge(REGIME, replace(REQUEST, **change), CONTEXT)
    assert not found.allowed
    assert [c.cite for c in found.forbidding] == [cite]
    assert all(c.remedy for c in found.forbidding)


def test_the_quota_is_used_up_by_done_inspections_alone() -> None:
    assert QUOTAS["RUS"].declared == 30
    assert "CFE INSP II.10(D)" in cites(REQUEST, replace(CONTEXT, past=past(30)))
    assert cites(REQUEST, replace(CONTEXT, past=past(29))) == []
    assert cites(REQUEST, replace(CONTEXT, past=past(40, outcome=Outcome.REFUSED))) == []
    assert cites(REQUEST, replace(CONTEXT, past=past(40, days=100))) == []  # in the year of quotas before 13 March


def test_challenge_inspections_use_both_quotas() -> None:
    used = replace(CONTEXT, past=past(30))
    challenge = replace(REQUEST, kind="challenge")
    assert cites(challenge, used) == []  # all thirty spent on declared sites: the first by area is owed all the same
    again = replace(CONTEXT, past=(*past(30), *past(1, kind="challenge")))
    assert "CFE INSP II.10(D)" in cites(challenge, again)


def test_half_the_quota_a_calendar_year_from_one_state() -> None:
    assert "CFE INSP II.23" in cites(REQUEST, replace(CONTEXT, past=past(15, by="DEU")))
    assert cites(REQUEST, replace(CONTEXT, past=past(14, by="DEU"))) == []


def test_the_sixth_inspection_in_a_year_inside_ones_own_group_is_refused() -> None:
    inside = replace(REQUEST, by="BLR", nationalities=())
    assert "CFE INSP II.24" in cites(inside, replace(CONTEXT, past=past(5, by="BLR")))
    assert cites(inside, replace(CONTEXT, past=past(4, by="BLR"))) == []
    outside = replace(REQUEST, by="USA", nationalities=())
    assert cites(outside, replace(CONTEXT, past=past(5, by="USA"))) == []


def test_a_third_team_where_two_are_the_limit_is_refused() -> None:
    began = ARRIVE - timedelta(hours=10)
    teams = tuple(
        Past(
            by=b,
            site=f"x{b}",
            owner="RUS",
            territory="RUS",
            kind="declared_site",
            began=began,
            outcome=Outcome.UNDER_WAY,
        )
        for b in ("FRA", "ITA")
    )
    found = cites(REQUEST, replace(CONTEXT, past=teams))
    assert "CFE INSP II.20" in found and "CFE INSP II.21" in found
    assert cites(REQUEST, replace(CONTEXT, past=teams[:1])) == []
    same = (replace(teams[0], site="tver-1"),)
    assert cites(REQUEST, replace(CONTEXT, past=same)) == ["CFE INSP II.7"]


def test_no_duty_no_inspection_and_an_unknown_quota_is_told() -> None:
    found = judge(REGIME, REQUEST, replace(CONTEXT, owes={"depositary": True, "RUS": False}, reading="RUS"))
    assert not found.allowed and "depositary" in (found.forbidding[0].remedy or "")
    unknown = judge(REGIME, REQUEST, replace(CONTEXT, quota_of={}, past=past(1)))
    assert unknown.allowed and [c.cite for c in unknown.unknown] == ["CFE INSP II.10(D)", "CFE INSP II.23"]


def test_the_baltic_states_consent_is_asked() -> None:
    site = replace(SITE, owner="RUS", territory="EST", id="paldiski", points=())
    assert "statement of 18 October 1991" in cites(replace(REQUEST, site=site))
    assert cites(replace(REQUEST, site=site), replace(CONTEXT, consents_given=frozenset({"EST"}))) == []


@pytest.mark.parametrize(
    "change", [{"arrive": ARRIVE - timedelta(days=3)}, {"team": -1}, {"by": "RUS"}, {"further": -2}]
)
def test_senseless_requests_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(InputError):
        replace(REQUEST, **change)


def test_an_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(InputError, match="not a kind of inspection"):
        judge(REGIME, replace(REQUEST, kind="overflight"), CONTEXT)
