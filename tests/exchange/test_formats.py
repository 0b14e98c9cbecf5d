"""Declarations through files: nothing is lost between any two formats."""

from __future__ import annotations

import itertools
import json
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servanda.exchange.canonical import canonical, parse
from servanda.exchange.cells import coordinates, degrees
from servanda.exchange.declaration import MARK, Declaration, from_plain, to_plain
from servanda.exchange.formats import read, write
from servanda.exchange.formats.assemble import columns_of
from servanda.model.errors import InputError
from servanda.model.forms import CellKind
from tests.exchange.samples import declaration, form

KINDS = {"xlsx": "a.xlsx", "json": "a.json", "csv": "a-csv", "parquet": "a-parquet"}
SAFE = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Co", "Cn"), blacklist_characters="=_"),
    min_size=1,
    max_size=20,
)


def cell(column):
    if column.kind is CellKind.WHOLE:
        return st.integers(0, 1_000_000)
    if column.kind is CellKind.DAY:
        return st.dates(date(1990, 1, 1), date(2030, 1, 1)).map(str)
    if column.kind is CellKind.COORDINATES:
        return st.tuples(st.floats(-80, 80), st.floats(-170, 170)).map(lambda p: coordinates(*p))
    if column.choices:
        words = st.sampled_from(column.choices)
        return st.lists(words, min_size=1, max_size=2, unique=True).map("; ".join) if column.several else words
    if column.kind is CellKind.STATE:
        return st.sampled_from(["DEU", "POL"])
    if column.kind is CellKind.CODE:
        code = st.from_regex(r"[A-Z0-9][A-Z0-9._/-]{0,9}", fullmatch=True)
        return st.lists(code, min_size=1, max_size=2).map("; ".join) if column.several else code
    return SAFE


@st.composite
def declarations(draw):
    tables = {}
    for sheet in form().sheets_of("annual"):
        columns = columns_of(sheet)
        row = st.fixed_dictionaries(
            {c.id: cell(c) for c in columns if c.required}, optional={c.id: cell(c) for c in columns if not c.required}
        )
        tables[sheet.id] = tuple(draw(st.lists(row, max_size=2)))
    return Declaration(
        instrument="cfe",
        form=form().id,
        version="1",
        party="POL",
        document="annual",
        as_of=draw(st.dates(date(1991, 1, 1), date(2020, 1, 1))),
        exchanged=date(1995, 12, 15),
        language="French",
        supersedes=draw(st.none() | SAFE),
        synthetic=draw(st.booleans()),
        remarks=tuple(draw(st.lists(SAFE, max_size=2))),
        tables=tables,
    )


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(declarations())
def test_nothing_is_lost_between_any_two_formats(tmp_path_factory, value):
    folder = tmp_path_factory.mktemp("formats")
    read_back = {}
    for kind, name in KINDS.items():
        write(folder / name, value, form(), kind=kind)
        reading = read(folder / name, form())
        assert reading.report.findings == []
        read_back[kind] = reading.declaration
    for one, two in itertools.permutations(KINDS, 2):
        assert read_back[one] == read_back[two] == value
        assert canonical(to_plain(read_back[one])) == canonical(to_plain(value))


def test_the_plain_form_comes_back():
    value = declaration()
    assert from_plain(parse(canonical(to_plain(value)))) == value


@pytest.mark.parametrize(
    "change", [{"as_of": "1995-13-01"}, {"party": None}, {"tables": []}, {"tables": {"I": [{"a": 1.5}]}}, {"extra": 1}]
)
def test_plain_data_that_is_no_declaration_is_refused(change):
    with pytest.raises(InputError):
        from_plain({**to_plain(declaration("ISL")), **change})


def test_a_workbook_has_lists_notes_frozen_headings_and_locked_labels(tmp_path):
    write(tmp_path / "a.xlsx", declaration("MDA"), form(), types=["T-72"])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames[:3] == ["cover", "I", "IIA"]
    page = book["IIIA"]
    assert page.freeze_panes == "A3" and page.protection.sheet
    assert page["A2"].comment is not None and page["A2"].protection.locked
    assert not page["B3"].protection.locked
    lists = {v.formula1 for v in page.data_validations.dataValidation}
    assert "lists!$A$1:$A$1" in lists and any("battle_tank" in f for f in lists)
    assert "SYNTHETIC" in page["A1"].value


def test_coordinates_are_to_ten_seconds():
    for point in ((52.2278, 21.0083), (-0.0014, -179.999), (59.99999, 29.99999)):
        latitude, longitude = degrees(coordinates(*point))
        assert abs(latitude - point[0]) <= 1 / 720 + 1e-9 and abs(longitude - point[1]) <= 1 / 720 + 1e-9


def test_a_folder_that_is_there_is_not_written_over(tmp_path):
    write(tmp_path / "a", declaration("ISL"), form(), kind="csv")
    with pytest.raises(InputError, match="already"):
        write(tmp_path / "a", declaration("ISL"), form(), kind="csv")


def test_json_has_one_row_a_line_and_the_mark(tmp_path):
    write(tmp_path / "a.json", declaration("MDA"), form())
    plain = json.loads((tmp_path / "a.json").read_text())
    assert plain[MARK] is True and all(r[MARK] == MARK for rows in plain["tables"].values() for r in rows)
