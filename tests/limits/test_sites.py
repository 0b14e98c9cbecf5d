"""Figures by site: CFE X.7 and XI.6 site by site, XII.1 by force and site, and what sites say of the whole."""

from __future__ import annotations

from datetime import date

import pytest

from servanda.corpus import Corpus
from servanda.corpus.holdings import read_holdings
from servanda.corpus.store import DATA
from servanda.limits import assess
from servanda.limits.allowances import above, spared
from servanda.limits.bounds import NOTHING, Bounds
from servanda.limits.by_site import together
from servanda.limits.sites import share_of
from servanda.model.errors import DataError
from servanda.model.limits import Share
from servanda.model.question import Question
from servanda.model.records import Record
from servanda.model.vocabulary import RecordStatus
from servanda.questions.view import view

CORPUS = Corpus(DATA)
NOTIFIED, COUNTED, ASKED = date(2000, 1, 1), date(2000, 6, 1), date(2000, 7, 1)
X7 = "CFE X.7#battle_tank"


def figure(value, site=None, posture="any", as_of=NOTIFIED, holder="POL", category="battle_tank", **more):
    settings = {"place": "attu", "snapshot": "declared", "provenance": "declared", "source": ("own",), **more}
    name = (
        f"{holder}:{category}:{site}:{posture}:{as_of}:{settings['place']}:{settings.get('force')}:{more.get('status')}"
    )
    return Record(
        id=name, as_of=as_of, holder=holder, category=category, posture=posture, site=site, value=value, **settings
    )


def verdicts(*records, on=ASKED, limits=None, **question):
    asked = Question(instrument="cfe", on=on, records=tuple(records), limits=limits, **question)
    return {(v.id, v.scope): v for v in assess(view(CORPUS, asked), asked)}


def out(number, notified, *, counted=COUNTED, more=()):
    """The verdict on X.7 for one site with so many tanks notified and so many outside."""
    rows = [figure(number, "A", "maintenance", counted), *more]
    if notified is not None:
        rows.append(figure(notified, "A", "stored"))
    return verdicts(*rows, limits=(X7,))[X7, "POL:A"]


@pytest.mark.parametrize(
    ("whole", "share"), [(0, 0), (1, 2), (10, 2), (11, 2), (20, 2), (21, 4), (41, 6), (60, 6), (99, 10), (101, 12)]
)
def test_ten_per_cent_is_rounded_up_to_the_next_even_number(whole, share):
    assert share_of(Share(percent=10, of="stored", multiple_of=2), whole) == share


@pytest.mark.parametrize(
    ("notified", "allowed"), [(1, 2), (20, 2), (21, 4), (41, 6), (80, 8), (81, 10), (100, 10), (2_000, 10)]
)
def test_x7_allows_the_lesser_of_ten_per_cent_and_ten(notified, allowed):
    full, over = out(allowed, notified), out(allowed + 1, notified)
    assert (full.verdict, full.bound, full.headroom) == ("within", allowed, 0)
    assert (over.verdict, over.bound, over.headroom) == ("exceeded", allowed, -1)
    assert over.in_law
    assert over.members == ("POL",)


def test_each_site_and_category_is_judged_for_itself():
    found = verdicts(
        figure(100, "A", "stored"), figure(10, "A", "maintenance", COUNTED),
        figure(100, "B", "stored"), figure(11, "B", "maintenance", COUNTED),
        figure(30, "A", "stored", category="artillery"), figure(5, "A", "maintenance", COUNTED, category="artillery"),
        figure(100, "A", "stored", holder="HUN"), figure(2, "A", "maintenance", COUNTED, holder="HUN"),
    )  # fmt: skip
    seen = {k: (v.verdict, v.bound) for k, v in found.items() if k[0].startswith("CFE X.7") and k[1] != "site"}
    assert seen == {
        (X7, "POL:A"): ("within", 10),
        (X7, "POL:B"): ("exceeded", 10),
        (X7, "HUN:A"): ("within", 10),
        ("CFE X.7#artillery", "POL:A"): ("exceeded", 4),
    }


def test_parts_of_a_category_at_a_site_are_a_least_number_until_all_are_given():
    limit = "CFE X.7#acv"
    parts = [figure(n, "A", "maintenance", COUNTED, category=c) for c, n in (("apc", 4), ("aifv", 3), ("hacv", 0))]
    notified = figure(70, "A", "stored", category="acv")
    some = verdicts(notified, *parts[:2], limits=(limit,))[limit, "POL:A"]
    assert (some.low, some.high, some.verdict) == (7, None, "undetermined")
    whole = verdicts(notified, *parts, limits=(limit,))[limit, "POL:A"]
    assert (whole.low, whole.high, whole.bound, whole.verdict) == (7, 7, 8, "within")


def test_whether_a_figure_of_the_same_day_counts_in_what_is_outside_stays_open():
    unclear = out(5, 36, counted=NOTIFIED)  # ten per cent of 36 are four, of 41 six
    assert (unclear.verdict, unclear.bound) == ("undetermined", 6)
    assert any("the ceiling is from 4 to 6" in c for c in unclear.caveats)
    assert out(4, 36, counted=NOTIFIED).verdict == "within"
    assert out(4, 36, counted=NOTIFIED).bound == 4
    assert out(7, 36, counted=NOTIFIED).verdict == "exceeded"


def test_what_is_not_known_at_a_site_stays_open():
    unknown = out(7, None)
    assert (unknown.verdict, unknown.bound, unknown.low) == ("undetermined", 10, 7)
    assert out(11, None).verdict == "exceeded"  # ten is the most in any case
    uncounted = verdicts(figure(50, "A", "stored"), limits=(X7,))[X7, "POL:A"]
    assert (uncounted.verdict, uncounted.bound, uncounted.low, uncounted.high) == ("no_data", 6, None, None)
    nobody = verdicts(figure(50), limits=(X7,))
    assert {(s, v.verdict) for (_, s), v in nobody.items()} == {("site", "no_data")}


def test_what_is_out_under_notice_is_not_what_is_out_for_maintenance():
    rows = (figure(90, "A", "stored"), figure(600, "A", "removed", COUNTED, holder="POL"))
    found = verdicts(*rows)
    assert found[X7, "POL:A"].verdict == "no_data"
    noticed = verdicts(figure(551, None, "removed"), figure(40, "A", "maintenance", COUNTED))
    assert (noticed["CFE X.9(A)", "east"].low, noticed["CFE X.9(A)", "east"].verdict) == (551, "exceeded")


def test_the_newest_count_of_a_site_stands_until_its_next():
    later = date(2000, 6, 20)
    rows = (figure(100, "A", "stored"), figure(30, "A", "maintenance", COUNTED), figure(2, "A", "maintenance", later))
    assert verdicts(*rows, limits=(X7,))[X7, "POL:A"].high == 2
    assert verdicts(*rows, limits=(X7,), on=date(2000, 6, 10))[X7, "POL:A"].high == 30


def test_sites_of_who_is_no_party_and_other_peoples_figures_judge_nobody():
    rows = [figure(100, "A", "stored", holder=h) for h in ("RUS", "SWE", "POL")]
    found = verdicts(*rows, on=date(2023, 11, 7), limits=(X7,))
    assert {s for _, s in found} == {"POL:A"}
    other = figure(40, "A", "maintenance", COUNTED, status=RecordStatus.ALTERNATIVE)
    assert out(6, 60, more=(other,)).verdict == "within"


# --- what sites say of the whole -----------------------------------------------------------------------


def test_sites_are_a_least_number_of_the_whole_and_no_more():
    sites = [figure(5_000, s, "stored") for s in ("A", "B", "C")]
    found = verdicts(*sites, limits=("CFE VI(A)", "CFE IV.1(A)"))
    poland = found["CFE VI(A)", "POL"]
    assert (poland.low, poland.high, poland.verdict) == (15_000, None, "exceeded")
    assert "at the sites A, B, C" in {r.note for r in poland.records}
    assert found["CFE IV.1(A)", "east"].low == 15_000
    fewer = verdicts(*sites[:2], limits=("CFE VI(A)",))["CFE VI(A)", "POL"]
    assert (fewer.low, fewer.high, fewer.verdict) == (10_000, None, "undetermined")


def test_a_total_that_holds_the_sites_bounds_as_before():
    whole, sites = figure(1_000, posture="stored"), [figure(300, s, "stored") for s in ("A", "B")]
    alone, beside = (verdicts(*rows)["CFE VI(A)", "POL"] for rows in ([whole], [whole, *sites]))
    assert (alone.low, alone.high, alone.caveats) == (beside.low, beside.high, beside.caveats)


def test_sites_above_their_total_cannot_both_be_true():
    rows = [figure(1_000), *(figure(600, s) for s in ("A", "B"))]
    assert verdicts(*rows, limits=("CFE VI(A)",))["CFE VI(A)", "POL"].verdict == "inconsistent"


def test_sites_of_another_day_than_the_total_are_not_added_to_it():
    rows = [figure(1_000), *(figure(600, s, as_of=COUNTED) for s in ("A", "B"))]
    found = verdicts(*rows, limits=("CFE VI(A)",))["CFE VI(A)", "POL"]
    assert (found.low, found.high) == (1_000, 1_000)


def test_of_several_days_that_of_most_figures_is_summed():
    rows = [figure(n, s, as_of=d) for n, s, d in ((5, "A", NOTIFIED), (7, "B", NOTIFIED), (100, "C", COUNTED))]
    assert [(r.low, r.high, r.site) for r in together(rows, {})] == [(12, None, None)]
    assert [r.low for r in together(rows, {"POL": COUNTED})] == [100]
    assert together(rows, {"POL": ASKED}) == []


def test_ten_thousand_sites_are_summed_at_once():
    rows = [figure(1, str(n), as_of=NOTIFIED) for n in range(10_000)]
    (found,) = together(rows, {})
    assert (found.low, found.note) == (10_000, "at the sites 0, 1, 2, 3 and 9996 more")


# --- XII.1 ---------------------------------------------------------------------------------------------


def security(value, place="attu", **more):
    return figure(value, more.pop("site", None), holder="RUS", category="aifv", force="security", place=place, **more)


def regular(value, **more):
    """An exact figure of the forces that count, by force."""
    numbers = {"regular": value, "naval": 0, "coastal": 0}
    return [figure(n, holder="RUS", category="acv", force=f, **more) for f, n in numbers.items()]


@pytest.mark.parametrize(
    ("held", "outside", "excess"), [(0, 0, (0, 0)), (1_000, 1_000, (0, 0)), (1_001, 1_000, (1, 1)), (9_000, 1_000, (8_000, 8_000))]
)  # fmt: skip
def test_a_thousand_are_outside_the_count_and_what_is_above_them_counts_elsewhere(held, outside, excess):
    v = verdicts(security(held), limits=("CFE XII.1",))["CFE XII.1", "RUS"]
    assert (v.low, v.high, v.bound, v.verdict, v.excess) == (outside, outside, 1_000, "within", excess)
    assert v.in_law
    assert any("counts in CFE IV, CFE V, CFE VI" in c for c in v.caveats) is (excess[1] > 0)


def test_of_an_allowance_nothing_is_known_without_figures_of_its_force():
    v = verdicts(*regular(5_000), limits=("CFE XII.1",))["CFE XII.1", "RUS"]
    assert (v.verdict, v.low, v.high, v.excess) == ("no_data", None, None, None)
    assert (above(NOTHING, 5), spared(NOTHING, 5)) == (None, NOTHING)
    assert above(Bounds(7, None), 5) == (2, None)
    assert (spared(Bounds(7, None), 5).low, spared(Bounds(3, None), 5).low, spared(Bounds(3, None), 5).high) == (
        5,
        3,
        5,
    )


def test_the_excess_is_a_portion_of_articles_four_five_and_six():
    found = verdicts(security(1_200), *regular(19_900))
    vi = found["CFE VI(B)", "RUS"]
    assert (vi.low, vi.high, vi.verdict, vi.excess) == (20_100, 20_100, "exceeded", (200, 200))
    assert any("above the allowance of CFE XII.1 (RUS), 200 counted in" in c for c in vi.caveats)
    assert found["CFE IV.1(B)", "east"].low == 20_100
    assert found["CFE IV.1(B)#aifv+hacv", "east"].excess == (200, 200)
    touched = {v.limit.cite for v in found.values() if v.excess and v.limit.cite != "CFE XII.1"}
    assert all(cite.startswith(("CFE IV", "CFE V.", "CFE VI(")) for cite in touched)
    assert found["CFE IV.1(A)", "east"].excess is None  # tanks
    assert found["CFE IV.1(B)#hacv", "east"].excess is None
    assert found["CFE VII.1#acv", "RUS"].high == 19_900  # a level: XII.1 does not name Article VII
    assert found["CFE VI(B)", "POL"].excess is None


def test_without_excess_nothing_is_added():
    vi = verdicts(security(1_000), *regular(19_900), limits=("CFE VI(B)",))["CFE VI(B)", "RUS"]
    assert (vi.low, vi.high, vi.excess) == (19_900, 19_900, None)


def test_a_figure_of_all_forces_may_hold_the_excess_already():
    vi = verdicts(security(1_200), figure(19_900, holder="RUS", category="acv"), limits=("CFE VI(B)",))[
        "CFE VI(B)", "RUS"
    ]
    assert (vi.low, vi.high, vi.verdict, vi.excess) == (19_900, 20_100, "undetermined", (200, 200))
    assert any("give figures by force" in c for c in vi.caveats)


def test_an_excess_alone_is_a_least_number():
    vi = verdicts(security(21_500), limits=("CFE VI(B)",))["CFE VI(B)", "RUS"]
    assert (vi.low, vi.high, vi.verdict, vi.snapshot) == (20_500, None, "exceeded", "declared")


@pytest.mark.parametrize(
    ("in_flank", "excess"), [(None, (0, 200)), (0, None), (150, (0, 150)), (1_100, (100, 200)), (1_200, (200, 200))]
)
def test_which_of_them_are_the_excess_is_open_unless_the_zone_holds_more_than_the_allowance(in_flank, excess):
    rows = [security(1_200), *([] if in_flank is None else [security(in_flank, "flank", posture="active")])]
    flank = verdicts(*rows, *regular(5_000, place="flank", posture="active"), limits=("CFE V.1(A)(2)",))
    v = flank["CFE V.1(A)(2)", "east"]
    assert v.excess == excess


def test_the_flank_cap_is_law_and_seen_from_sites():
    sites = [security(250, "russia-flank", site=s) for s in ("A", "B", "C")]
    v = verdicts(*sites, limits=("CFE XII.1#flank",))["CFE XII.1#flank", "RUS"]
    assert (v.low, v.high, v.verdict, v.in_law) == (750, None, "exceeded", True)
    assert verdicts(*sites[:2], limits=("CFE XII.1#flank",))["CFE XII.1#flank", "RUS"].verdict == "undetermined"


def test_estimates_count_the_excess_in_as_verdicts_do():
    rows = (security(1_200), *regular(19_900))
    found = verdicts(*rows, limits=("CFE VI(B)", "CFE XII.1"), assume=("home-stationed",))
    (vi,), (xii,) = found["CFE VI(B)", "RUS"].estimates, found["CFE XII.1", "RUS"].estimates
    assert (vi.low, vi.high) == (20_100, 20_100)
    assert (xii.low, xii.high, xii.verdict) == (1_000, 1_000, "within")


# --- the file ------------------------------------------------------------------------------------------

HEAD = "holder,category,as_of,value,posture,site\n"


def read(tmp_path, *rows):
    path = tmp_path / "own.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n")
    return read_holdings(path, CORPUS, "cfe")


def test_two_sites_of_a_file_are_two_figures(tmp_path):
    found = read(tmp_path, "POL,battle_tank,2000-01-01,40,stored,A", "POL,battle_tank,2000-01-01,40,stored,B")
    assert [r.site for r in found] == ["A", "B"]
    assert read(tmp_path, "POL,battle_tank,2000-01-01,40,stored,")[0].site is None
    with pytest.raises(DataError, match="duplicated"):
        read(tmp_path, *["POL,battle_tank,2000-01-01,40,stored,A"] * 2)


@pytest.mark.parametrize(
    ("holder", "site", "told"), [("east", "A", "a site is one state's"), ("POL", "x" * 121, "120 characters")]
)
def test_a_site_is_one_states_and_has_a_name(tmp_path, holder, site, told):
    with pytest.raises(DataError, match=told):
        read(tmp_path, f"{holder},battle_tank,2000-01-01,4,stored,{site}")
