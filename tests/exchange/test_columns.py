"""What is judged by columns is judged as cell by cell and row by row."""

from __future__ import annotations

import csv
import dataclasses
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.exchange.canonical import canonical, parse
from servanda.exchange.cells import Bad, clean, clean_column
from servanda.exchange.declaration import payload, to_plain
from servanda.exchange.formats import read, write
from servanda.exchange.formats.csv_folder import plain_columns
from servanda.exchange.store import facts_of
from servanda.exchange.table import Table, column
from servanda.model.errors import InputError
from servanda.model.forms import CellKind, FormColumn
from tests.exchange.samples import declaration, form

WORDS = [
    "", " ", "7", "007", "1000000", "1000001", "12345678", "²", "١٢", "-3", "1,5", "=1+1", "A-1", "A 1", "A\nB", "B-2\nC-3",
    " lead", "trail ", "a\nb", "x" * 200, "x" * 201, "=", "a\x07b", "\ufeffa", "a\u00a0", "é", "T-72", "land", "Land", "DEU", "de",
    "521340N 0210030E", "521340n 0210030e", "521345N 0210030E", "527340N 0210030E", "900000N 1800000E", "910000N 0210030E",
    "521340N 0210030E\n521340N 0210030E", "1996-01-01", "1996-02-30", "a; b", "a;; land", "land; air", "synthetic",
]  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(WORDS), st.none(), st.integers(-2, 1_000_002), st.sampled_from([1.5, 2.0, True]),
    st.text(max_size=6), st.just(Bad("formula", "holds the formula '=A1'")),
)  # fmt: skip
COLUMNS = [FormColumn(id="c", heading="C", kind=kind, choices=("land", "air")) for kind in CellKind]
COLUMNS += [FormColumn(id="c", heading="C", kind=CellKind.CODE, several=True)]


@given(st.sampled_from(COLUMNS), st.lists(CELLS, max_size=8) | st.lists(st.sampled_from(WORDS), min_size=1, max_size=8))
def test_a_column_is_judged_as_its_cells_are_one_by_one(kind, cells):
    values, gaps, faults = clean_column(kind, cells)
    alone = [clean(kind, None if c == "" else c) for c in cells]
    assert [(type(v), v) for v in values] == [(type(v), v) for v, _ in alone]
    assert faults == [(i, *f) for i, (_, found) in enumerate(alone) for f in found]
    assert gaps is (None in values)


def test_every_word_is_judged_among_sound_ones_as_alone():
    """One odd word among many sound ones is not taken for sound with them."""
    sound = {CellKind.WHOLE: "1", CellKind.CODE: "A", CellKind.COORDINATES: "521340N 0210030E"}
    for kind in COLUMNS:
        beside = [sound.get(kind.kind, "land")] * 3
        for word in WORDS[1:]:
            values, _, faults = clean_column(kind, [*beside, word])
            alone, wrong = clean(kind, word)
            assert values[3] == alone, (kind.kind, word)
            assert [f[1:] for f in faults if f[0] == 3] == wrong, (kind.kind, word)


FIELDS = st.lists(
    st.lists(st.sampled_from(["", "a", "b c", " d", "1", '"', 'q"r', "é", "\x0b"]), max_size=4), max_size=5
)


@given(FIELDS, st.sampled_from([",", ";"]), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_a_plain_text_is_taken_apart_as_the_csv_module_does(rows, delimiter, end, last):
    text = end.join(delimiter.join(row) for row in rows) + (end if last else "")
    found = plain_columns(text, delimiter)
    if found is not None:
        read_rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        assert [list(c) for c in zip(*read_rows, strict=True)] == found


def test_columns_are_found_where_a_text_is_plain():
    assert plain_columns("a,b\r\n1,\r\n", ",") == [["a", "1"], ["b", ""]]
    for text in ('a,"b"\n1,2\n', "a,b\n1\n", "a,b\n\n1,2\n", "a,b\r1,2\r", "", "a\n1\n"):
        assert plain_columns(text, ",") is None


def test_a_table_is_its_rows():
    table = Table(3, {"record": ["A", "B", "C"], "superior": [None, "A", None]})
    rows = ({"record": "A"}, {"record": "B", "superior": "A"}, {"record": "C"})
    assert (table, len(table), table[1], table[-1], list(table[1:])) == (rows, 3, rows[1], rows[2], list(rows[1:]))
    assert rows == table
    assert table != rows[:2]
    assert (column(table, "superior"), column(rows, "superior")) == ([None, "A", None],) * 2
    assert column(table, "none") == [None] * 3
    assert list(Table(2, {})) == [{}, {}]
    with pytest.raises(IndexError):
        table[3]


def test_what_is_signed_is_the_canonical_json_of_the_rows(tmp_path):
    value = declaration("ISL")
    write(tmp_path / "d.json", value, form())
    by_columns = read(tmp_path / "d.json", form()).declaration
    assert all(isinstance(t, Table) for t in by_columns.tables.values())
    signed = payload(by_columns)
    assert signed == canonical(to_plain(value)) == payload(value)
    assert dict(signed.facts) == facts_of(bytes(signed))
    odd = Table(2, {"n": [2**53 - 1, None], "\U0001f600": ["x", "1234567890123456789"]})
    for cells in (odd, Table(1, {"n": [2**53 - 1]})):
        changed = dataclasses.replace(by_columns, tables={"I": cells})
        assert payload(changed) == canonical(to_plain(changed))
    with pytest.raises(InputError, match="no canonical JSON"):
        payload(dataclasses.replace(by_columns, tables={"I": Table(1, {"n": [2**53]})}))


@pytest.mark.parametrize(
    "text",
    [
        b'{"a":1,"a":2}',
        b'{"a":{"b":1,"b":2}}',
        b'{"x":"\\u003a","a":1,"a":2}',
        b'{"x":":","a":":","a":2}',
        b'[{"a":1},{"a":1,"a":1}]',
        b'{"n":12345678901234567890,"a":1,"a":2}',
    ],
)
def test_a_key_that_occurs_twice_is_seen_however_it_hides(text):
    with pytest.raises(InputError, match="more than once"):
        parse(text)
