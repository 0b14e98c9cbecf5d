"""Status tables as depositaries print them: each kind of trap, with the standing that must come, or what must be told."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from servanda.corpus.cells import day
from servanda.corpus.headings import heading
from servanda.corpus.state_names import StateNames
from servanda.corpus.store import Corpus
from servanda.model.errors import DataError
from servanda.questions.table import differences, histories, rules_listing, standing_of_table
from servanda.render.console import show

CASES = Path(__file__).parent / "tables"
RULE = "title: T\nentry: {rule: count, count: 1, period: {days: 30}, per_party: true, cite: Art. 9}\n"
RULE += "exit: {notice: {months: 6}, cite: Art. 12}\n"


def ask(name, on):
    return standing_of_table(CASES / f"{name}.csv", CASES / f"{name}.yaml", on=on)


def stands(answer):
    return {p["party"]: (p["standing"], p["since"]) for p in answer.data["parties"]}


def made(tmp_path, table, rule=RULE, on="2000-01-01", name="t.csv", encoding="utf-8"):
    (tmp_path / name).write_text(table, encoding=encoding)
    (tmp_path / "r.yaml").write_text(rule, encoding="utf-8")
    return standing_of_table(tmp_path / name, tmp_path / "r.yaml", on=on)


EXPECTED = [
    ("01-brackets-withdrawn", "2026-02-03", {"POL": "in_force", "EST": "unknown", "CAN": "unknown"}, 2),
    ("02-reaccession-under-notice", "2010-01-01", {"GUY": "in_force"}, 0),
    ("04-withdrawal-of-ratification-heading", "2025-01-01", {"RUS": "unknown"}, 1),
    ("06-objection-reservation-headings", "1990-01-01", {"POL": "signatory", "FRA": "signatory"}, 2),
    ("07-rule-date-binds-signatories", "2000-01-01", {"ISR": "signatory", "POL": "in_force"}, 0),
    ("11-date-of-signature", "2000-01-01", {"POL": "in_force", "FRA": "signatory", "DEU": "in_force"}, 0),
    ("13-netherlands-bahamas", "2010-01-01", {"NLD": "in_force", "BHS": "in_force", "BOL": "in_force"}, 0),
    ("18-semicolons", "2000-01-01", {"POL": "in_force"}, 0),
    ("21-effect-column", "2026-02-03", {"EST": "withdrawn"}, 0),
    ("22-quiet-treaty", "2015-01-01", {"ISL": "in_force"}, 0),
]


@pytest.mark.parametrize(("name", "on", "expected", "unread"), EXPECTED, ids=[e[0] for e in EXPECTED])
def test_cases(name, on, expected, unread):
    answer = ask(name, on)
    assert {p: s for p, (s, _) in stands(answer).items()} == expected
    assert len(answer.data["unread"]) == unread


def test_days_of_the_cases():
    assert stands(ask("02-reaccession-under-notice", "2010-01-01"))["GUY"] == ("in_force", "1999-04-05")
    assert stands(ask("02-reaccession-under-notice", "1999-02-01"))["GUY"][0] == "notice_given"
    assert stands(ask("13-netherlands-bahamas", "2010-01-01"))["NLD"][1] == "2000-04-01"
    assert stands(ask("21-effect-column", "2026-02-03"))["EST"][1] == "2025-12-27"


def test_the_list_on_the_console_tells_what_was_not_read(capsys):
    from rich.console import Console

    answer = ask("09-list-tells-nothing-unread", "2000-01-01")
    show(answer, Console(width=100, color_system=None))
    told = capsys.readouterr().out
    assert "Atlantis" in told and "of 3 rows understood" in told
    answer = ask("01-brackets-withdrawn", "2026-02-03")
    show(answer, Console(width=100, color_system=None))
    told = capsys.readouterr().out
    assert ("in brackets" in told and "line 2" in told) or ":2" in told


def test_a_rule_that_says_less_than_the_ready_one_is_told_and_the_ready_one_is_right(tmp_path):
    assert any("mine-ban" in c for c in ask("16-first-of-sixth-month", "2004-11-05").node.caveats)
    ready = standing_of_table(CASES / "16-first-of-sixth-month.csv", "mine-ban", on="2004-11-05")
    assert stands(ready)["EST"] == ("in_force", "2004-11-01")
    assert any("recalled" in c for c in ready.node.caveats)
    late = standing_of_table(CASES / "17-late-comers-have-another-period.csv", "chemical-weapons", on="2000-02-15")
    assert stands(late)["ESP"] == ("in_force", "2000-01-31")
    rule = RULE.replace("{days: 30}", "{days: 180}, later_period: {days: 30}").replace("count: 1", "count: 2")
    found = made(
        tmp_path,
        "Participant,Ratification\nFrance,1 Jan 1990\nGermany,1 Jan 1990\nSpain,1 Jan 2000\n",
        rule,
        "2000-02-15",
    )
    assert stands(found)["FRA"] == ("in_force", "1990-06-30") and stands(found)["ESP"] == ("in_force", "2000-01-31")


@pytest.mark.parametrize(
    ("counting", "since"),
    [
        ("first_of_month", "2004-11-01"),
        ("month_after", "2004-12-01"),
        ("quarter_after", "2005-01-01"),
        ("within", "2004-11-12"),
    ],
)
def test_ways_of_counting_months(tmp_path, counting, since):
    rule = RULE.replace("{days: 30}", f"{{months: 6, counting: {counting}}}")
    found = made(tmp_path, "Participant,Ratification\nEstonia,12 May 2004\n", rule, "2010-01-01")
    assert stands(found)["EST"] == ("in_force", since)


def test_the_first_day_of_the_month_after_so_many_days(tmp_path):
    (tmp_path / "t.csv").write_text(
        "Participant,Ratification\nPoland,2 May 2003\nFrance,3 May 2003\n", encoding="utf-8"
    )
    found = stands(standing_of_table(tmp_path / "t.csv", "rome-statute", on="2010-01-01"))
    # the sixtieth day is 1 July: the month after it is August
    assert found == {"POL": ("in_force", "2003-08-01"), "FRA": ("in_force", "2003-08-01")}


def test_number_share_and_members_of_a_group_are_all_needed(tmp_path):
    table = "Participant,Ratification\nFrance,1 Jan 1990\nGermany,1 Jan 1991\nSpain,1 Jan 1992\nItaly,1 Jan 1993\n"
    rule = RULE.replace("count: 1,", "count: 2, shares: {FRA: 10, DEU: 20, ESP: 30, ITA: 5}, share: 55,")
    assert stands(made(tmp_path, table, rule))["FRA"] == ("in_force", "1992-01-31")
    rule = RULE.replace("count: 1,", "count: 1, including: [{of: [ESP, ITA], at_least: 2}],")
    assert stands(made(tmp_path, table, rule))["FRA"] == ("in_force", "1993-01-31")


def test_a_withdrawal_that_ends_with_the_year(tmp_path):
    rule = RULE.replace("notice: {months: 6}", "notice: {months: 6}, year_end: true")
    table = "Participant,Ratification,Denunciation\nFrance,1 Jan 1990,1 Feb 1995\n"
    assert stands(made(tmp_path, table, rule, "2000-01-01"))["FRA"] == ("withdrawn", "1995-12-31")
    assert stands(made(tmp_path, table, rule, "1995-12-30"))["FRA"][0] == "notice_given"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Date of signature", "sign"), ("Signature date", "sign"), ("Signed", "sign"), ("Ratified", "deposit"),
        ("Date of deposit of instrument of ratification", "deposit"), ("Adhésion", "accede"), ("EIF", "enter_into_force"),
        ("Entrée en vigueur", "enter_into_force"), ("Dénonciation", "give_notice"), ("Withdrawal", "give_notice"),
        ("Effective date of withdrawal", "withdraw"), ("Withdrawal takes effect", "withdraw"),
        ("Revocation of withdrawal", "revoke_notice"), ("Provisional application (n)", "provisionally_apply"),
    ],
)  # fmt: skip
def test_headings_that_name_an_act(text, kind):
    found = heading(text)
    assert found is not None and found.plain is not None and found.plain.value == kind


@pytest.mark.parametrize(
    "text",
    [
        "Objection to accession", "Reservation upon ratification", "Declarations", "Not ratified", "Ratification pending",
        "Ratification bill tabled", "Ratification by parliament", "Intention to ratify", "Withdrawal of reservation",
        "Expected accession",
    ],
)  # fmt: skip
def test_headings_that_name_no_act_that_binds(text):
    assert heading(text) is None


@pytest.mark.parametrize(
    "text", ["Withdrawal of ratification", "Withdrawal of signature", "Termination of provisional application"]
)
def test_headings_that_take_an_act_back(text):
    found = heading(text)
    assert found is not None and found.plain is None and found.undoes


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Dec 3, 1997", "1997-12-03"), ("3rd December 1997", "1997-12-03"), ("le 3 décembre 1997", "1997-12-03"),
        ("1er janvier 1990", "1990-01-01"), ("3-Dec-1997", "1997-12-03"), ("12 May 2004 *", "2004-05-12"),
        ("1997-12-03T00:00:00", "1997-12-03"), ("2011-11~", "2011-11~"), ("1997", "1997"), ("May 2004", "2004-05"),
    ],
)  # fmt: skip
def test_days_as_they_are_printed(text, iso):
    assert day(text).text == iso


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Netherlands (Kingdom of the)", "NLD"), ("Bahamas (The)", "BHS"), ("Türkiye", "TUR"), ("Ukrainian SSR", "UKR"),
        ("Bolivia (Plurinational State of)", "BOL"), ("European Union", "EU"), ("Holy See", "VAT"), ("Cook Islands", "COK"),
        ("Niue", "NIU"), ("State of Palestine", "PSE"), ("Allemagne", "DEU"), ("Royaume-Uni", "GBR"), ("St. Lucia", "LCA"),
        ("Korea", "X-KOREA"), ("Virgin Islands", "X-VIRGIN-ISLANDS"), ("China (Hong Kong)", "X-CHINA-HONG-KONG"),
    ],
)  # fmt: skip
def test_names_are_never_guessed_between_two(name, code):
    assert StateNames(Corpus.default().actors).code(name) == code


PLAIN = "Participant,Signature,Ratification\nPoland,1 Jan 1990,2 Jan 1991\nFrance,3 Jan 1990,\n"


@pytest.mark.parametrize(
    ("name", "encoding", "change"),
    [
        ("t.csv", "utf-8", lambda t: t),
        ("t.csv", "utf-8-sig", lambda t: t),
        ("t.csv", "utf-16", lambda t: t),
        ("t.csv", "utf-8", lambda t: t.replace(",", ";")),
        ("t.csv", "utf-8", lambda t: t.replace(",", "\t")),
        ("t.csv", "utf-8", lambda t: "\n".join(f"{x}," for x in t.splitlines())),
        ("t.csv", "utf-8", lambda t: t.replace("Poland", "  Poland  3, 4 ").replace("  3, 4", " 3")),
        (
            "t.html",
            "utf-8",
            lambda t: (
                "<table>"
                + "".join(
                    "<tr>" + "".join(f"<td>{c}<sup>1</sup></td>" if c else "<td></td>" for c in r.split(",")) + "</tr>"
                    for r in t.splitlines()
                )
                + "</table>"
            ),
        ),
    ],
)
def test_the_same_table_in_other_dress_gives_the_same_answer(tmp_path, name, encoding, change):
    plain = stands(made(tmp_path, PLAIN))
    assert (
        stands(made(tmp_path, change(PLAIN), name=name, encoding=encoding))
        == plain
        == {
            "POL": ("in_force", "1991-02-01"),
            "FRA": ("signatory", "1990-01-03"),
        }
    )


def test_a_workbook_and_one_row_an_act(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in PLAIN.splitlines():
        book.active.append(row.split(","))
    book.save(tmp_path / "t.xlsx")
    (tmp_path / "r.yaml").write_text(RULE, encoding="utf-8")
    found = standing_of_table(tmp_path / "t.xlsx", tmp_path / "r.yaml", on="2000-01-01")
    assert stands(found)["POL"] == ("in_force", "1991-02-01")
    acts = "Country,Action,Date\nPoland,Signature,1 Jan 1990\nPoland,Ratification,2 Jan 1991\nFrance,Signature,3 Jan 1990\n"
    assert stands(made(tmp_path, acts)) == stands(made(tmp_path, PLAIN))
    days = "Country,Action,Year,Month,Day\nPoland,Ratification,1991,1,2\nFrance,Objection to accession,1991,1,2\n"
    found = made(tmp_path, days)
    assert stands(found) == {"POL": ("in_force", "1991-02-01")}
    assert [f["column"] for f in found.data["unread"]] == ["Action"]


def test_order_of_rows_and_columns_changes_nothing(tmp_path):
    rows = [r.split(",") for r in (CASES / "11-date-of-signature.csv").read_text().splitlines()]
    expected = stands(ask("11-date-of-signature", "2000-01-01"))
    rng = random.Random(4)
    for _ in range(5):
        order = rng.sample(range(3), 3)
        body = rng.sample(rows[1:], len(rows) - 1)
        text = "\n".join(",".join(r[i] for i in order) for r in [rows[0], *body])
        assert stands(made(tmp_path, text)) == expected


def test_histories_differences_and_rules(tmp_path):
    (tmp_path / "a.csv").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "b.csv").write_text(PLAIN.replace("3 Jan 1990,", "3 Jan 1990,5 Jan 1995"), encoding="utf-8")
    (tmp_path / "r.yaml").write_text(RULE, encoding="utf-8")
    lines = histories(tmp_path / "a.csv", tmp_path / "r.yaml").splitlines()
    assert lines[0] == "party,name,standing,since,until" and "POL,Poland,in_force,1991-02-01," in lines
    found = differences(tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "r.yaml", on="2000-01-01").data[
        "differences"
    ]
    assert [(d["party"], d["before"], d["after"], d["added"]) for d in found] == [
        ("FRA", "signatory", "in_force", [["deposit", "1995-01-05"]])
    ]
    assert len(rules_listing().data["rules"]) >= 15


@pytest.mark.parametrize(
    "table", ["", "a\x00b,c\n", "Participant,Participant\nx,y\n", "Participant,Signature\nPoland,1 Jan 1990,x,y\n"]
)
def test_unusable_tables_are_refused_in_one_line(tmp_path, table):
    with pytest.raises(DataError):
        made(tmp_path, table)


def test_a_workbook_damaged_inside_is_refused(tmp_path):
    """Whole as an archive, damaged in a part: what unpacks and reads it raises errors of many kinds."""
    import openpyxl

    from servanda.corpus.table_files import open_table
    from servanda.corpus.table_layout import is_participant
    from servanda.model.errors import DataError

    path = tmp_path / "acts.xlsx"
    book = openpyxl.Workbook()
    for i in range(300):
        book.active.append([f"State {i}", f"{i} May 2001", i * 7919])
    book.save(path)
    data = bytearray(path.read_bytes())
    at = data.index(b"xl/worksheets/sheet1.xml") + 300
    data[at : at + 60] = bytes(range(60))
    path.write_bytes(data)
    with pytest.raises(DataError, match="cannot be read as a workbook"):
        open_table(path, named=is_participant)
