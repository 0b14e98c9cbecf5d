"""From declarations to verdicts: exact for every limit, equal to the generator's own sums, and marked where made up."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import date
from functools import cache

import pytest

import servanda as sv
from servanda.corpus import Corpus
from servanda.exchange.formats import write
from servanda.model.errors import InputError
from servanda.questions.declared import Given, read_declared, records_of
from servanda.questions.exchange import leaves, types_of
from tests.exchange.samples import all_of_1995, declaration, form, with_rows

CORPUS = Corpus.default()


@cache
def answer():
    records = records_of(CORPUS, "cfe", [Given(d, f"{d.party}.json") for d in all_of_1995()])
    return sv.load("cfe").assess(on="1995-11-17", records=records)


def own_sum(members, category):
    wanted = leaves(CORPUS, "cfe", category)
    found = Counter()
    for value in all_of_1995():
        if value.party in members:
            for row in value.rows("IIA") + value.rows("IIB"):
                if row.get("area", "IV.1") == "IV.1":
                    found[row["category"]] += row["number"]
    return sum(found[c] for c in wanted)


def test_every_limit_of_articles_four_to_six_is_exact():
    found = [v for v in answer().value if v.limit.cite.startswith(("CFE IV", "CFE V.", "CFE VI("))]
    assert len(found) > 200
    assert all(v.low == v.high for v in found)
    # permissions and temporary deployments are no sums of declared holdings
    without = {v.limit.cite.split("(")[0] for v in found if v.low is None}
    assert without <= {"CFE IV.6", "CFE V.1"}


@pytest.mark.parametrize("letter", "ABCDE")
@pytest.mark.parametrize("scope", ["west", "east"])
def test_the_sums_are_the_generators(letter, scope):
    verdict = next(v for v in answer().value if v.id == f"CFE IV.1({letter})" and v.scope == scope)
    assert verdict.low == verdict.high == own_sum(verdict.members, verdict.limit.category)


def test_made_up_figures_are_said_first_and_each_record_names_its_rows():
    assert str(answer().node.statement).startswith("SYNTHETIC")
    assert answer().data["synthetic"] is True
    one = answer()["CFE IV.1(A)", "east"]
    assert str(one.node.statement).startswith("SYNTHETIC")
    assert all(r["provenance"] == "synthetic" and "json" in r["source"][0] for r in one.data["verdict"]["records"])


def test_one_tank_more_is_one_more():
    value = declaration()
    at = next(i for i, r in enumerate(value.rows("IIIA")) if r["category"] == "battle_tank" and r.get("type"))
    more = with_rows(value, "IIIA", lambda rows: rows[at].__setitem__("number", rows[at]["number"] + 1))
    given = [Given(more if d.party == value.party else d, "x") for d in all_of_1995()]
    found = sv.load("cfe").assess(on="1995-11-17", records=records_of(CORPUS, "cfe", given), limits=("CFE IV.1(A)",))
    east = next(v for v in found.value if v.scope == "east" and v.posture == "any")
    before = next(v for v in answer().value if v.id == "CFE IV.1(A)" and v.scope == "east")
    assert east.low == before.low + 1


def test_a_folder_a_file_and_a_store_give_the_same(tmp_path):
    value = declaration("BEL")
    folder = tmp_path / "all"
    folder.mkdir()
    write(folder / "BEL.json", value, form(), types=types_of(CORPUS, "cfe"))
    one, two = read_declared(CORPUS, "cfe", folder), read_declared(CORPUS, "cfe", folder / "BEL.json")
    assert one == two and one[0].value == value


def test_what_cannot_be_used_is_refused(tmp_path):
    with pytest.raises(InputError, match="no declarations"):
        read_declared(CORPUS, "cfe", tmp_path)
    with pytest.raises(InputError, match="no declarations"):
        read_declared(CORPUS, "cfe", tmp_path / "nothing")


def test_a_notice_displaces_no_declaration_and_is_told():
    value = declaration("BEL")
    notice = dataclasses.replace(
        value,
        document="ten_percent",
        as_of=date(1995, 12, 1),
        tables={"holdings_after": ({"line": 1, "record": "x", "category": "battle_tank", "number": 3},)},
    )
    alone = records_of(CORPUS, "cfe", [Given(value, "a")])
    both = records_of(CORPUS, "cfe", [Given(value, "a"), Given(notice, "b")])
    assert [(r.id, r.value) for r in alone] == [(r.id, r.value) for r in both]
    assert any("1 notice given since is not counted in" in (r.note or "") for r in both)
    with pytest.raises(InputError, match="only notices"):
        records_of(CORPUS, "cfe", [Given(notice, "b")])


def test_two_documents_of_a_day_are_refused_but_a_correction_replaces():
    value = declaration("BEL")
    with pytest.raises(InputError, match="more than once"):
        records_of(CORPUS, "cfe", [Given(value, "a"), Given(value, "b")])
    empty = dict.fromkeys(("IIIA", "IIIB"), ())
    mended = dataclasses.replace(
        value, document="correction", supersedes="reductions of 1995-11-17", tables={**value.tables, **empty}
    )
    found = records_of(CORPUS, "cfe", [Given(value, "a"), Given(mended, "b")])
    assert found and all(r.value == 0 for r in found)
    with pytest.raises(InputError, match="more than once"):
        records_of(CORPUS, "cfe", [Given(mended, "b"), Given(mended, "c")])
    later = dataclasses.replace(value, document="correction", exchanged=date(1996, 3, 1), supersedes="the correction")
    newest = records_of(CORPUS, "cfe", [Given(later, "c"), Given(value, "a"), Given(mended, "b")])
    assert sum(r.value for r in newest) > 0


def test_a_period_and_a_chart_say_that_figures_are_made_up():
    from servanda.charts import chart

    records = records_of(CORPUS, "cfe", [Given(d, f"{d.party}.json") for d in all_of_1995()])
    treaty = sv.load("cfe").with_records(records)
    period = treaty.changes(since="1995-11-17", until="1996-01-02", limits=("CFE IV.1(A)",))
    assert str(period.node.statement).startswith("SYNTHETIC") and period.data["synthetic"] is True
    plain = sv.load("cfe").changes(since="1995-11-17", until="1996-01-02", limits=("CFE IV.1(A)",))
    assert plain.data["synthetic"] is False
    for answer in (period, treaty.assess(on="1995-11-17", limits=("CFE IV.1(A)",))):
        drawn = chart(answer).to_dict()
        assert str(drawn["title"]["text"]).lstrip("['").startswith("SYNTHETIC")


@cache
def declared():
    return sv.load("cfe").with_records(records_of(CORPUS, "cfe", [Given(d, f"{d.party}.json") for d in all_of_1995()]))


def test_a_brief_answers_from_declared_figures_and_says_that_they_are_made_up():
    page = declared().brief(on="1995-11-17")
    assert str(page.node.statement).startswith("SYNTHETIC, not history")
    assert str(page.value.answer.statement).startswith("SYNTHETIC, not history")
    assert page.data["synthetic"] is True
    assert all(v.low == v.high for v in page.value.kept)
    assert {v.verdict.value for v in page.value.kept} <= {"within", "exceeded"}
    plain = sv.load("cfe").brief(on="1995-11-17")
    assert "SYNTHETIC" not in str(plain.value.answer.statement)
    assert plain.data["synthetic"] is False


def test_reductions_from_declared_figures():
    found = declared().reductions()
    assert str(found.node.statement).startswith("SYNTHETIC, not history")
    assert "SYNTHETIC" not in str(sv.load("cfe").reductions().node.statement)


def test_storage_sites_are_figures_by_site_and_say_no_more_than_their_sums():
    records = records_of(CORPUS, "cfe", [Given(d, f"{d.party}.json") for d in all_of_1995()])
    sites = [r for r in records if r.site]
    assert sites
    assert {r.posture for r in sites} == {"stored"}
    by_block = Counter()
    for r in sites:
        by_block[r.holder, r.category, r.place] += r.value
    stored = {(r.holder, r.category, r.place): r.value for r in records if r.posture == "stored" and not r.site}
    assert by_block == stored
    found = [v for v in answer().value if v.limit.cite in ("CFE X.7", "CFE XI.6")]
    tanks = {f"{r.holder}:{r.site}" for r in sites if r.category == "battle_tank"}
    assert {v.scope for v in found if v.id == "CFE X.7#battle_tank"} == tanks
    assert all(v.verdict == "no_data" for v in found)  # a declaration does not say what is out
    assert all(v.bound <= 10 and v.bound % 2 == 0 for v in found)


def test_vehicles_of_security_forces_are_recorded_under_their_force():
    value, held = declaration(), {"line": 1, "category": "aifv", "coordinates": "502350N 0251610E", "body": "guard"}
    rows = ({**held, "provision": "IV.1(A)(1)", "number": 1_250}, {**held, "provision": "IV.1(A)(3)", "number": 70})
    more = dataclasses.replace(value, tables={**value.tables, "IV": rows})
    before, after = (records_of(CORPUS, "cfe", [Given(v, "x")]) for v in (value, more))
    assert not any(r.force == "security" for r in before)  # none listed is not none held
    added = {(r.category, r.place, r.force): r.value for r in after if r not in before}
    assert added.pop(("aifv", "attu", "security")) == 1_250
    assert set(added.values()) == {1_250}  # the block its coordinates are in
    found = sv.load("cfe").assess(on="1995-11-17", records=after, limits=("CFE XII.1",))
    verdict = found["CFE XII.1", value.party].data["verdict"]
    assert (verdict["verdict"], verdict["high"], verdict["excess"]) == ("within", 1_000, [250, 250])
