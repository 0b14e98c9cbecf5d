"""Every planted fault is found, with file, line and remedy; all faults of a file at once."""

from __future__ import annotations

import re

import pytest

from servanda.corpus import Corpus
from servanda.corpus.holdings import read_holdings
from servanda.model.errors import DataError
from servanda.questions.integrity import check


def edit(path, old, new, count=1):
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, count), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def faults(data, instrument="cfe"):
    with pytest.raises(DataError) as caught:
        Corpus(data).load(instrument)
    for fault in caught.value.faults:
        assert fault.remedy
        assert fault.file.startswith(instrument)
    return caught.value.faults


PLANTED = [
    ("acts.yaml", "actors: [CSK]", "actors: [CSX]", "unknown party 'CSX'"),
    ("acts.yaml", "date: 1991-08-05", "date: 1991-08-35", "not a day of the calendar"),
    ("acts.yaml", "date: 1991-08-05", "date: 1991-09-01/1991-08-01", "ends before it begins"),
    ("acts.yaml", "act: deposit", "act: deposits", "not one of the words allowed"),
    (
        "acts.yaml",
        "target_act: rus-notice-2023",
        "target_act: rus-notice-2024",
        "names an unknown act 'rus-notice-2024'",
    ),
    (
        "limits.yaml",
        "at_most: {any: 20000, active: 16500}",
        "at_most: {any: 20000, active: 26500}",
        "active ceiling 26,500",
    ),
    ("limits.yaml", "at_most: {any: 18000}", "at_most: {any: 38000}", "above 30,000 of CFE IV.1(B)"),
    ("limits.yaml", "at_most: {any: 6800}", "at_most: {any: -6800}", "negative ceiling"),
    ("limits.yaml", "category: combat_aircraft", "category: combat_aircraftt", "unknown category"),
    ("limits.yaml", "zone: iv.2", "zone: iv.22", "unknown place 'iv.22'"),
    ("limits.yaml", "id: CFE IV.1(D)", "id: CFE IV.1(C)", "is duplicated"),
    ("limits.yaml", "gist: 'Each group: 6,800", "gists: 'Each group: 6,800", "unknown field 'gists'"),
    ("levels.csv", "334,,attu,1990-11-19", "-334,,attu,1990-11-19", "negative level"),
    (
        "levels.csv",
        "1992-05-15,,preferred",
        "1992-05-15,1992-05-15,preferred",
        "ends on 1992-05-15, on or before its start",
    ),
    ("holdings/published.csv", ",33191,", ",-33191,", "negative count"),
    ("holdings/published.csv", ",33191,", ",33 191,", "not a whole number"),
    ("holdings/published.csv", "1990-11-19,east,battle_tank", "1990-11-19,est,battle_tank", "unknown party 'est'"),
    ("holdings/published.csv", "1990-11-19,east,battle_tank", "1990-11-31,east,battle_tank", "not a calendar day"),
    ("zones.yaml", "of: [iv.2, flank]", "of: [iv.2, flank, blr]", "twice"),
    (
        "zones.yaml",
        "{state: SUN, until: 1991-12-26}, {state: BLR",
        "{state: SUN, until: 1992-12-26}, {state: BLR",
        "on one day",
    ),
    ("zones.yaml", "of: [iv.2, flank]", "of: [iv.2, attu]", "contains itself"),
    ("provisions.yaml", "source: [DOCSLIB", "source: [DOCSLIP", "unknown source 'DOCSLIP'"),
    ("treaty.yaml", "{actor: POL}", "{actor: POL, since: 1999-01-01, until: 1998-01-01}", "membership of POL ends"),
    ("procedures.yaml", "after: open", "after: opening", "is not an earlier step"),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), PLANTED, ids=[f"{p[0]}-{p[3][:28]}" for p in PLANTED])
def test_a_planted_fault_is_told_with_its_line_and_remedy(data, name, old, new, message):
    line = edit(data / "cfe" / name, old, new)
    found = [f for f in faults(data) if message in f.message]
    assert found, [str(f) for f in faults(data)]
    told = found[0]
    assert told.file == f"cfe/{name}"
    assert told.line is not None
    assert abs(told.line - line) <= 12  # the record's line, or the field's own
    if name.endswith(".csv"):
        assert told.line == line


def test_all_faults_of_a_folder_come_at_once(data):
    for name, old, new, _ in (PLANTED[0], PLANTED[5], PLANTED[12], PLANTED[14]):
        edit(data / "cfe" / name, old, new)
    found = faults(data)
    assert {f.file for f in found} == {
        "cfe/acts.yaml",
        "cfe/limits.yaml",
        "cfe/levels.csv",
        "cfe/holdings/published.csv",
    }


def test_a_wrong_number_that_breaks_a_printed_sum_fails_the_check(data):
    edit(data / "cfe/holdings/published.csv", ",33191,", ",33192,")
    answer = check(Corpus(data), ["cfe"])
    assert answer.breach
    fault = answer.value[0].faults[0]
    assert "cannot all be true" in fault.message
    assert "33,192" in fault.message
    assert fault.line


def test_a_wrong_recorded_entry_into_force_fails_the_check(data):
    edit(data / "cfe/treaty.yaml", "recorded: 1992-11-09", "recorded: 1992-11-08")
    answer = check(Corpus(data), ["cfe"])
    assert answer.breach
    assert "computed as 1992-11-09, recorded as 1992-11-08" in answer.value[0].faults[0].message


def test_the_packaged_record_is_sound(corpus):
    answer = check(corpus)
    assert not answer.breach, answer.explain()
    cfe = next(r for r in answer.value if r.instrument == "cfe")
    assert cfe.entry == "computed 1992-11-09, as recorded"
    assert any("deposit" in r for r in cfe.recalled)
    assert any(size for _, size, _ in cfe.discrepancies)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- id: a\n  id: b\n", "is duplicated"),
        ("- &a {id: x}\n- *a\n", "alias"),
        ("- [1, 2\n", "expected"),
        ("- just words\n", "not a record"),
        ("- id: !!python/object/apply:os.system ['true']\n", "could not determine a constructor"),
    ],
)
def test_yaml_that_is_not_data_is_refused(data, text, message):
    (data / "cfe/discrepancies.yaml").write_text(text, encoding="utf-8")
    assert any(message in f.message for f in faults(data))


def test_bytes_that_are_no_text_are_refused(data):
    (data / "cfe/discrepancies.yaml").write_bytes(b"- id: \xff\xfe\n")
    assert any("UTF-8" in f.message and f.line == 1 for f in faults(data))


def test_deep_nesting_is_refused_not_followed(data):
    (data / "cfe/discrepancies.yaml").write_text("- " + "[" * 5000 + "]" * 5000, encoding="utf-8")
    assert faults(data)


def test_a_circle_of_successions_is_refused(data):
    path = data / "actors/states.yaml"
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(- code: SUN\n  name: '[^']*'\n)", r"\1  predecessor: RUS\n", text)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="circle"):
        _ = Corpus(data).actors


HEADER = "holder,category,as_of,value\n"


def test_your_own_figures_are_read(corpus, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + "west,battle_tank,2005-01-01,13000\n", encoding="utf-8")
    (record,) = read_holdings(path, corpus, "cfe")
    assert (record.holder, record.value, record.line) == ("west", 13000, 2)


def test_parquet_gives_the_same_records_as_csv(corpus, tmp_path):
    import polars as pl

    csv = tmp_path / "mine.csv"
    csv.write_text(HEADER + "west,battle_tank,2005-01-01,13000\neast,battle_tank,2005-01-01,9000\n", encoding="utf-8")
    pl.read_csv(csv).write_parquet(tmp_path / "mine.parquet")
    one = read_holdings(csv, corpus, "cfe")
    two = read_holdings(tmp_path / "mine.parquet", corpus, "cfe")
    assert [(r.id, r.value) for r in one] == [(r.id, r.value) for r in two]


@pytest.mark.parametrize(
    ("rows", "messages"),
    [
        ("", ["holds no rows"]),
        ("wst,battle_tank,2005-01-01,1\n", ["unknown party 'wst'"]),
        ("west,battle_tank,2005-01-01,-1\nwest,tanks,2005-01-01,1\n", ["negative count", "unknown category"]),
        ("west,battle_tank,2005-01-01,\n", ["has no number"]),
        ("west,battle_tank,2005-01-01,1,2\n", ["5 cells under 4 columns"]),
        ("west,battle_tank,2005-01-01,1\nwest,battle_tank,2005-01-01,2\n", ["is duplicated"]),
        ("west,battle_tank,yesterday,1\n", ["not a calendar day"]),
    ],
)
def test_your_own_figures_are_checked_as_strictly(corpus, tmp_path, rows, messages):
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_holdings(path, corpus, "cfe")
    told = str(caught.value)
    for message in messages:
        assert message in told
    assert all(f.remedy for f in caught.value.faults)


def test_a_file_of_another_kind_is_refused(corpus, tmp_path):
    path = tmp_path / "mine.xlsx"
    path.write_bytes(b"PK")
    with pytest.raises(DataError, match=r"\.xlsx is not a format"):
        read_holdings(path, corpus, "cfe")
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 nonsense")
    with pytest.raises(DataError, match="is not a whole Parquet file"):
        read_holdings(broken, corpus, "cfe")
