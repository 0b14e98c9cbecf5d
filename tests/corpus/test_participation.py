"""Participation tables: letters, historic names, cells that cannot be read."""

from __future__ import annotations

import pytest

import servanda as sv
from servanda.corpus import Corpus
from servanda.corpus.participation import read_participation
from servanda.corpus.store import DATA
from servanda.model.errors import DataError

CORPUS = Corpus(DATA)
RULES = "title: A convention\nentry: {rule: count, count: 3, period: {days: 30}, per_party: true, cite: Art. 9}\n"
TABLE = """Participant,Signature,"Ratification, Acceptance(A), Accession(a), Succession(d)"
Poland,1 Jan 1980,10 Mar 1981
Union of Soviet Socialist Republics,2 Jan 1980,11 Mar 1981 A
Viet Nam,,12 Mar 1981 a
Bolivia (Plurinational State of),3 Jan 1980,5 May 1990
Slovakia 4,,28 May 1993 d
Atlantis,1 Feb 1980,
"""


def read(tmp_path, table=TABLE, rules=RULES):
    (tmp_path / "table.csv").write_text(table, encoding="utf-8")
    (tmp_path / "convention.yaml").write_text(rules, encoding="utf-8")
    return read_participation(tmp_path / "table.csv", tmp_path / "convention.yaml", CORPUS.actors)


def test_a_table_answers_like_any_treaty(tmp_path):
    table = read(tmp_path)
    assert table.unread == ()
    assert table.strangers == ("Atlantis",)
    treaty = sv.Treaty(CORPUS.replace([table.dossier], table.actors), "convention")
    standings = {p["party"]: p["standing"] for p in treaty.standing(on="1981-04-10").data["parties"]}
    assert standings == {
        "POL": "contracting",
        "SUN": "contracting",
        "VNM": "contracting",
        "BOL": "signatory",
        "SVK": "none",
        "X-ATLANTIS": "signatory",
    }
    later = {p["party"]: (p["standing"], p["since"]) for p in treaty.standing(on="2000-01-01").data["parties"]}
    assert later["POL"] == ("in_force", "1981-04-11")
    assert later["BOL"] == ("in_force", "1990-06-04")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("sometime", "is not a dated act"),
        ("31 Feb 1981", "is not a dated act"),
        ("10 Mar 1981 z", "is not a dated act"),
        ("10 Mar 1981 with reservations", "cannot be read whole"),
        ("10 Foo 1981", "is not a dated act"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_with_row_and_column(tmp_path, cell, words):
    table = read(tmp_path, TABLE.replace("Poland,1 Jan 1980,10 Mar 1981", f"Poland,1 Jan 1980,{cell}"))
    (fault,) = table.unread
    assert words in fault.message
    assert fault.line == 2
    assert fault.column
    assert fault.remedy


def test_a_column_that_names_no_act_is_told(tmp_path):
    table = read(tmp_path, "Participant,Weather\nPoland,fine\n")
    assert "names no act" in table.unread[0].message


@pytest.mark.parametrize(
    ("table", "rules", "words"),
    [
        ("", RULES, "holds no rows"),
        ("Wer,Signature\nPoland,1 Jan 1980\n", RULES, "no column of participants"),
        (TABLE, "title: X\nentri: {}\n", "unknown field"),
        (TABLE, "- a\n", "not a record"),
    ],
)
def test_files_that_cannot_be_used_are_refused(tmp_path, table, rules, words):
    with pytest.raises(DataError, match=words):
        read(tmp_path, table, rules)


def test_dates_may_be_iso(tmp_path):
    table = read(tmp_path, "Participant,Signature,Accession(a)\nPoland,1980-01-01,1981-03-10 a\n")
    assert [a.date.text for a in table.dossier.acts] == ["1980-01-01", "1981-03-10"]
    assert table.unread == ()


def standings(table, on):
    from servanda.standing.tables import with_recorded_entry

    dossier, _ = with_recorded_entry(table.dossier, table.actors)
    treaty = sv.Treaty(CORPUS.replace([dossier], table.actors), dossier.instrument.id)
    return {p["party"]: p["standing"] for p in treaty.standing(on=on).data["parties"]}


ENTERED = "title: A convention\nentry: {rule: date, date: 1981-01-01, cite: Art. 9}\n"


def test_a_cell_that_cannot_be_read_makes_its_party_unknown_and_no_other(tmp_path):
    table = read(tmp_path, TABLE.replace("Viet Nam,,12 Mar 1981 a", "Viet Nam,,12 Mar 1981 zz"))
    found = standings(table, "2000-01-01")
    assert found["VNM"] == "unknown"
    assert found["BOL"] == "in_force"


def test_an_organisation_takes_part_itself(tmp_path):
    table = read(tmp_path, 'Participant,"Approval(AA), Ratification"\nEuropean Union,1 Jan 2000 AA\nPoland,\n', ENTERED)
    found = standings(table, "2020-01-01")
    assert found == {"EU": "in_force"}
    assert CORPUS.actors.is_organisation("EU")  # the record's own is untouched


def test_a_letter_means_what_its_heading_says(tmp_path):
    head = 'Participant,"Signature, Succession to signature(d)","Ratification, Succession(d)"\n'
    table = read(tmp_path, head + "Poland,1 Jan 1980 d,\nFrance,1 Jan 1980,\nSpain,,1 Jan 1982 d\n", ENTERED)
    assert standings(table, "1980-06-01") == {"POL": "signatory", "FRA": "signatory", "ESP": "none"}
    assert standings(table, "1982-01-01")["ESP"] == "in_force"
    unexplained = read(tmp_path, 'Participant,"Ratification, Accession(a)"\nPoland,1 Jan 1980 AA\n', ENTERED)
    assert "does not explain" in unexplained.unread[0].message


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Congo", "COG"),
        ("Democratic Republic of the Congo", "COD"),
        ("Zaire", "COD"),
        ("Ceylon", "LKA"),
        ("Burma", "MMR"),
        ("Upper Volta", "BFA"),
        ("Niger", "NER"),
        ("Yugoslavia", "YUG"),
        ("Czechoslovakia", "CSK"),
        ("Union of Soviet Socialist Republics", "SUN"),
        ("[Canada] 3, 4", "CAN"),
        ("BRA", "BRA"),
    ],
)
def test_names_present_and_historic(tmp_path, name, code):
    table = read(tmp_path, f'Participant,Ratification\n"{name}",1 Jan 1980\n')
    assert {a.actors for a in table.dossier.acts} == {(code,)}
    assert not table.strangers


def test_a_name_that_may_mean_two_is_no_guess(tmp_path):
    assert read(tmp_path, "Participant,Ratification\nKorea,1 Jan 1980\n").strangers == ("Korea",)


WIDE = """treatyID,stateID,stateSignature,stateRat,stateForce,stateWithdrawal,Comments
OTHER,USA,01.02.1979,01.02.1980,01.03.1980,31.12.9999,
CONV,POL,05.06.1980,05.06.1981,05.07.1981,31.12.9999,seen
CONV,BRA,NA,07.06.1982,07.07.1982,01.01.1990,
CONV,EUE,NA,1985-0706,NA,31.12.9999,
CONV,HTI,05.06.1980,NA,NA,31.12.9999,
CONV,GBR,NA,08.08.1983,NA,31.12.9999,
"""
WIDE_RULES = """title: A convention
table:
  participant: stateID
  where: {treatyID: CONV}
  columns: {stateSignature: sign, stateRat: deposit, stateForce: enter_into_force, stateWithdrawal: withdraw}
  dates: dmy
  absent: ['31.12.9999']
  names: {EUE: EU}
"""


def test_a_table_of_many_treaties_laid_out_another_way(tmp_path):
    table = read(tmp_path, WIDE, WIDE_RULES)
    assert standings(table, "1981-07-04") == {
        "POL": "contracting",
        "BRA": "none",
        "EU": "unknown",
        "HTI": "signatory",
        "GBR": "none",
    }
    assert standings(table, "1981-07-05")["POL"] == "in_force"
    assert standings(table, "1989-12-31")["BRA"] == "in_force"
    assert standings(table, "1990-01-01")["BRA"] == "withdrawn"
    assert standings(table, "1999-01-01")["HTI"] == "signatory"  # the days of others bind nobody else
    assert standings(table, "1999-01-01")["GBR"] == "contracting"
    assert [(f.line, f.column) for f in table.unread] == [(5, "stateRat")]


def test_digits_that_can_be_read_in_two_ways_are_refused_without_their_order(tmp_path):
    table = read(tmp_path, "Participant,Ratification\nPoland,05.06.1980\nFrance,25.06.1980\n")
    assert [f.record for f in table.unread] == ["POL"]
    assert "two ways" in table.unread[0].message


@pytest.mark.parametrize("cell", ["01.01.0001", "31.12.9999", "29 Feb 1981", "Juney 1980", "5/6-1980", "-1", "1.2.80"])
def test_days_that_are_none(tmp_path, cell):
    assert len(read(tmp_path, f'Participant,Ratification\nPoland,"{cell}"\n').unread) == 1


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("2 Sept 1980", ["1980-09-02"]),
        ("2 September 1980", ["1980-09-02"]),
        ("May 1980", ["1980-05"]),
        ("1980", ["1980"]),
        ("2 Jun 1980; 3 Jun 1990 w", ["1980-06-02", "1990-06-03"]),
        ("-", []),
        ("NA", []),
    ],
)
def test_days_as_printed(tmp_path, cell, days):
    table = read(tmp_path, f'Participant,Ratification\nPoland,"{cell}"\nFrance,1 Jan 1999\n')
    assert not table.unread
    assert [a.date.text for a in table.dossier.acts if a.actors == ("POL",)] == days


def test_rows_that_stand_twice_and_days_before_a_state_are_noted(tmp_path):
    table = read(
        tmp_path, "Participant,Signature\nRussian Federation,1 Jan 1980\nPoland,1 Jan 1980\nPoland,2 Jan 1980\n"
    )
    assert len(table.dossier.acts) == 3
    assert [f.line for f in table.notes] == [2, 4]


def test_a_recorded_entry_goes_before_a_list_that_leaves_some_out(tmp_path):
    from servanda.standing.tables import with_recorded_entry

    rules = RULES.replace("cite:", "recorded: 1981-04-01, cite:")
    table = read(tmp_path, TABLE, rules)
    _, said = with_recorded_entry(table.dossier, table.actors)
    assert said
    assert "1981-04-01" in said
    found = standings(table, "1981-04-11")
    assert (found["POL"], found["VNM"]) == ("in_force", "in_force")
    # bound by its own thirty days, though it consented before the treaty entered into force
    assert standings(table, "1981-04-10")["VNM"] == "contracting"
    plain = read(tmp_path)
    assert with_recorded_entry(plain.dossier, plain.actors)[0] is plain.dossier


def test_rules_of_a_table_that_cannot_be_used_are_refused(tmp_path):
    for section in ("columns: {Signature: signs}", "dates: ydm", "dates: [dmy]", "wher: {}", "participant: Staat"):
        with pytest.raises(DataError):
            read(tmp_path, TABLE, RULES + f"table: {{{section}}}\n")
    with pytest.raises(DataError, match="where"):
        read(tmp_path, TABLE, RULES + "table: {where: {Participant: Norway}}\n")


def test_the_answer_tells_what_was_not_read(tmp_path):
    from servanda.questions.table import standing_of_table

    read(tmp_path, TABLE.replace("10 Mar 1981", "soon"))
    files = tmp_path / "table.csv", tmp_path / "convention.yaml"
    answer = standing_of_table(*files, on="2000-01-01", party="Atlantis")
    assert answer.data["unread"][0]["row"] == 2
    assert answer.data["parties"][0]["standing"] == "signatory"
    assert any("is not a dated act" in c for c in answer.node.caveats)
    known = standing_of_table(*files, on="2000-01-01", party="BOL", known_on="1985-01-01")
    assert known.data["parties"][0]["standing"] == "signatory"
