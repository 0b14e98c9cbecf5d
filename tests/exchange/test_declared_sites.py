"""The objects of verification that states declared, as the list that quotas, requests and plans are made from."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from typer.testing import CliRunner

from servanda.cli.main import app
from servanda.corpus import Corpus
from servanda.exchange.formats import write
from servanda.model.errors import InputError
from servanda.questions.declared import Given
from servanda.questions.declared_sites import csv_of, declared_objects, declared_sites
from servanda.verification.files import counted, read_objects
from tests.exchange.samples import all_of_1995, declaration, form, with_rows

CORPUS = Corpus.default()


def given(*values):
    return [Given(v, f"{v.party}.json") for v in values]


def objects(*values, on="1995-12-01"):
    return declared_objects(CORPUS, "cfe", given(*values), on=on)


def test_every_declared_object_is_in_the_list_with_what_it_shows():
    whole = all_of_1995()
    found = objects(*whole)
    assert len(found.objects) == sum(len(d.rows("objects")) for d in whole)
    assert len({t.site.id for t in found.targets}) == len(found.objects)
    limited = {"battle_tank", "apc", "aifv", "hacv", "artillery", "combat_aircraft", "specialised_attack",
               "multi_purpose_attack"}  # fmt: skip
    shown = sum(r["number"] for d in whole for r in d.rows("VH") if r["category"] in limited)
    assert sum(t.items or 0 for t in found.targets) == shown
    assert all(t.synthetic and t.site.points and t.site.district for t in found.targets)
    hosts = {r["host"] for r in declaration("USA").rows("V")}
    assert {t.site.territory for t in found.targets if t.site.owner == "USA"} == hosts
    assert any(o.owner == "USA" and o.territory != "USA" and o.synthetic for o in counted(found.targets))


def test_the_list_reads_back_as_it_was(tmp_path):
    found = objects(declaration("UKR"), declaration("USA"))
    path = tmp_path / "sites.csv"
    path.write_text(csv_of(found), encoding="utf-8")
    for one, two in zip(read_objects(path), found.targets, strict=True):
        assert dataclasses.replace(one.site, latitude=None, longitude=None) == dataclasses.replace(
            two.site, latitude=None, longitude=None
        )
        assert (one.items, one.detect, one.travel, one.synthetic) == (two.items, two.detect, two.travel, True)
        assert one.site.latitude == pytest.approx(two.site.latitude, abs=1e-5)
        assert one.site.longitude == pytest.approx(two.site.longitude, abs=1e-5)


def test_numbers_of_two_states_are_apart_and_an_object_that_shows_nothing_is_not_zero():
    plain = with_rows(declaration("UKR"), "objects", lambda rows: rows[0].__setitem__("record", "7"))
    target = objects(plain).targets[0]
    assert target.site.id == "UKR:7"
    assert target.items is None


def test_the_newest_declaration_of_the_day_is_used():
    old = declaration("UKR")
    new = dataclasses.replace(with_rows(old, "objects", lambda rows: rows.pop()), as_of=date(1996, 1, 1))
    number = len(old.rows("objects"))
    assert [len(objects(old, new, on=day).objects) for day in ("1995-12-31", "1996-01-01")] == [number, number - 1]
    notice = dataclasses.replace(old, document="structure", as_of=date(1996, 3, 1), tables={})
    assert objects(new, notice, on="1996-06-01").notices == 1
    assert objects(new, notice, on="1996-02-01").notices == 0
    with pytest.raises(InputError, match="1995-11-16 or before"):
        objects(old, on="1995-11-16")


def test_a_state_that_is_no_party_that_day_is_left_out_and_named():
    stranger = dataclasses.replace(declaration("UKR"), party="CHE")
    answer = declared_sites(CORPUS, "cfe", given(stranger, declaration("POL")), on="1995-12-01")
    assert answer.value.passed_over == ("CHE",)
    assert {t.site.owner for t in answer.value.targets} == {"POL"}
    assert answer.node.caveats == ("left out, no party that day: CHE",)
    assert str(answer.node.statement).startswith("SYNTHETIC, not history: ")


def run(*words):
    return CliRunner().invoke(app, list(words))


def test_a_season_is_planned_from_declarations_and_from_the_list_alike(tmp_path):
    pytest.importorskip("highspy")
    folder = tmp_path / "declared"
    folder.mkdir()
    write(folder / "POL.json", declaration("POL"), form())
    ask = ("inspect", "plan", "cfe", "--on", "1996-02-01", "--by", "DEU")
    straight = run(*ask, "--declarations", str(folder))
    assert straight.exit_code == 0
    assert straight.stdout.startswith("SYNTHETIC, not history: ")
    listed = tmp_path / "sites.csv"
    made = run("exchange", "sites", "cfe", "--on", "1996-02-01", "--declarations", str(folder), "-o", str(listed))
    assert made.exit_code == 0
    assert run(*ask, "--sites", str(listed)).stdout == straight.stdout
    refused = run(*ask, "--sites", str(listed), "--declarations", str(folder))
    assert isinstance(refused.exception, InputError)
    assert isinstance(run(*ask).exception, InputError)
