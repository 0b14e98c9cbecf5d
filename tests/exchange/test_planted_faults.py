"""Faults planted in a sound declaration: each is found by its rule, at its place, with a remedy; none crashes."""

from __future__ import annotations

import dataclasses
import random
import zipfile
from datetime import date

import pytest

from servanda.corpus import Corpus
from servanda.exchange.formats import write
from servanda.questions.exchange import types_of, validate
from tests.exchange.samples import declaration, form, with_rows

CORPUS = Corpus.default()


def put(sheet, column, value, row=0):
    """A fault: one cell changed."""

    def plant(d):
        return with_rows(d, sheet, lambda rows: rows[row].__setitem__(column, value))

    return plant


def add(sheet, column, by, row=0):
    return lambda d: with_rows(d, sheet, lambda rows: rows[row].__setitem__(column, rows[row][column] + by))


def drop(sheet, row=0):
    return lambda d: with_rows(d, sheet, lambda rows: rows.pop(row))


def empty(sheet, column, row=0):
    return lambda d: with_rows(d, sheet, lambda rows: rows[row].pop(column))


def twice(sheet, row=0):
    return lambda d: with_rows(d, sheet, lambda rows: rows.insert(row + 1, {**rows[row], "line": len(rows) + 1}))


def cover(**changes):
    return lambda d: dataclasses.replace(d, **changes)


def first(sheet, test):
    rows = declaration().rows(sheet)
    return next(i for i, r in enumerate(rows) if test(r))


UNIT = first("I", lambda r: r.get("superior"))
LIKE = first("IIA", lambda r: r["category"] == "battle_tank")
INNER = first("IIA", lambda r: r["area"] != "IV.1")
TANKS = first("IIIA", lambda r: r["category"] == "battle_tank" and r.get("type"))
PLANTS = {
    "sum off by one": (add("IIIA", "number", 1), {"IE-058", "IE-060"}, "IIIA"),
    "formation total off": (add("IIIA", "number", 7), {"IE-058"}, "IIIA"),
    "aircraft total off": (add("IIIB", "number", 1), {"IE-058"}, "IIIB"),
    "chart IIA off": (add("IIA", "number", 1), {"IE-060"}, "IIA"),
    "chart IIA off in an inner area": (add("IIA", "number", 1, INNER), {"IE-061"}, "IIA"),
    "chart IIB off": (add("IIB", "number", 1), {"IE-060"}, "IIB"),
    "object number off": (add("VH", "number", 1), {"IE-079"}, "VH"),
    "object numbered wrongly": (put("objects", "number", 900), {"IE-076"}, "objects"),
    "object left out": (drop("objects"), {"IE-076", "IE-077"}, None),
    "object's numbers left out": (drop("VH"), {"IE-079", "IE-080"}, None),
    "object's other designation": (put("objects", "designation", "Another name"), {"IE-047"}, "objects"),
    "site left out": (drop("V"), {"IE-041"}, None),
    "site without point of entry": (put("V", "points", ""), {"IE-024", "IE-082", "IE-041"}, "V"),
    "unknown point of entry": (put("V", "points", "UKR-P999"), {"IE-041"}, "V"),
    "unknown site": (put("III", "site", "UKR-S99999"), {"IE-041"}, "III"),
    "duplicated unit": (twice("III"), {"IE-040"}, "III"),
    "duplicated formation": (twice("I"), {"IE-040"}, "I"),
    "command in a circle": (
        lambda d: with_rows(
            d,
            "I",
            lambda r: (r[0].__setitem__("superior", r[1]["record"]), r[1].__setitem__("superior", r[0]["record"])),
        ),
        {"IE-042"},
        "I",
    ),
    "superior that is not there": (put("I", "superior", "UKR-L99999", UNIT), {"IE-041"}, "I"),
    "unit of another name": (put("III", "designation", "A name of its own"), {"IE-046", "IE-047"}, None),
    "wrong zone": (put("III", "area", "IV.4"), {"IE-071"}, "III"),
    "a word that another sheet allows": (put("III", "area", "IV.1"), {"IE-025"}, "III"),
    "place on the wrong ground": (put("III", "coordinates", "521000N 0210000E"), {"IE-072", "IE-073"}, "III"),
    "place outside the area": (put("III", "coordinates", "400000N 0740000E"), {"IE-070"}, "III"),
    "neither unit nor site says which site": (
        lambda d: with_rows(
            with_rows(d, "III", lambda rows: rows[0].pop("site")), "V", lambda rows: rows[0].pop("site")
        ),
        {"IE-024"},
        "V",
    ),
    "unit far from its site": (put("III", "coordinates", "484000N 0240000E"), {"IE-074"}, "III"),
    "coordinates swapped": (put("III", "coordinates", "0251610E 502350N"), {"IE-028"}, "III"),
    "coordinates not to ten seconds": (put("III", "coordinates", "502351N 0251610E"), {"IE-029"}, "III"),
    "minutes above sixty": (put("III", "coordinates", "507350N 0251610E"), {"IE-028"}, "III"),
    "unknown type": (put("IIA", "type", "T-34/2099", LIKE), {"IE-054"}, "IIA"),
    "look-alike counted": (put("IIA", "type", "MT-LB (look-alike)", LIKE), {"IE-054", "IE-055", "IE-056"}, "IIA"),
    "type of another category": (put("IIA", "type", "BMP-1", LIKE), {"IE-055"}, "IIA"),
    "unknown category": (put("IIA", "category", "submarine"), {"IE-026"}, "IIA"),
    "negative number": (put("IIA", "number", -3), {"IE-022"}, "IIA"),
    "number too large": (put("IIA", "number", 10**9), {"IE-023"}, "IIA"),
    "more stored than held": (put("IIA", "stored", 99_999), {"IE-063"}, "IIA"),
    "stored without a storage site": (add("IIA", "stored", 1), {"IE-062"}, "IIA"),
    "over the level": (add("IIIA", "number", 9_000, TANKS), {"IE-066"}, None),
    "area without what lies inside": (
        lambda d: with_rows(
            d, "IIA", lambda rows: rows.__setitem__(slice(None), [r for r in rows if r["area"] != "IV.1"])
        ),
        {"IE-061", "IE-064"},
        None,
    ),
    "given twice in an area": (twice("IIA"), {"IE-050"}, "IIA"),
    "given twice in all": (twice("IIB"), {"IE-051"}, "IIB"),
    "object's category twice": (twice("VH"), {"IE-052"}, "VH"),
    "number missing": (empty("IIA", "number"), {"IE-024"}, "IIA"),
    "record missing": (empty("III", "record"), {"IE-024"}, "III"),
    "lines out of order": (put("IIA", "line", 77), {"IE-039"}, "IIA"),
    "record with blanks": (put("I", "record", "UKR L 5"), {"IE-027"}, "I"),
    "mark taken off a row": (empty("IIA", "synthetic"), {"IE-038"}, "IIA"),
    "mark taken off the document": (cover(synthetic=False), {"IE-038"}, None),
    "future day": (cover(as_of=date(2031, 1, 1)), {"IE-035"}, None),
    "a state that is no party": (cover(party="CHE"), {"IE-032"}, None),
    "unknown language": (cover(language="Klingon"), {"IE-036"}, None),
    "annual on another day": (cover(document="annual", as_of=date(1996, 1, 2)), {"IE-033"}, None),
    "annual too late": (cover(document="annual", as_of=date(1996, 1, 1), exchanged=date(1996, 1, 4)), {"IE-034"}, None),
    "a correction that replaces nothing": (cover(document="correction"), {"IE-037"}, None),
}


def read_back(tmp_path, spoilt):
    """What validation says of a declaration once written to a file."""
    path = tmp_path / "d.json"
    write(path, spoilt, form(), types=types_of(CORPUS, "cfe"))
    return findings_of(path)


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_fault_is_found(tmp_path, name):
    plant, codes, sheet = PLANTS[name]
    findings = read_back(tmp_path, plant(declaration()))
    found = [f for f in findings if f["code"] in codes]
    assert found, (name, sorted({f["code"] for f in findings}))
    assert all(f["cite"] and f["remedy"] and f["message"] for f in findings)
    if sheet is not None:
        assert any(f["sheet"] == sheet for f in found), (name, [(f["code"], f["sheet"]) for f in found])


@pytest.mark.parametrize("seed", range(20))
def test_faults_in_combination_hide_none_of_each_other(tmp_path, seed):
    rng = random.Random(seed)
    # one plant a sheet, so that none is planted over another
    names = [
        rng.choice([n for n, (_, _, sheet) in PLANTS.items() if sheet == one])
        for one in rng.sample(["IIB", "VH", "V", "objects", "III"], 3)
    ]
    spoilt = declaration()
    for name in names:
        spoilt = PLANTS[name][0](spoilt)
    found = {f["code"] for f in read_back(tmp_path, spoilt)}
    for name in names:
        assert found & PLANTS[name][1], (name, names, sorted(found))


def written(tmp_path, kind, name):
    path = tmp_path / name
    write(path, declaration(), form(), kind=kind, types=types_of(CORPUS, "cfe"))
    return path


def findings_of(path):
    answer = validate(CORPUS, path, today=date(1996, 1, 5))
    return [*answer.data["errors"], *answer.data["warnings"]]


def codes_of(path):
    return {f["code"] for f in findings_of(path)}


def change_text(path, sheet, old, new):
    file = next(p for p in path.iterdir() if p.stem == sheet)
    text = file.read_text(encoding="utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def bom(path):
    file = path / "IIA.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())


def latin(path):
    file = path / "I.csv"
    file.write_bytes(file.read_bytes().replace(b"Land Command", b"L\xe4nd Command", 1))


def semicolons(path):
    file = path / "IIA.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")


CSV_PLANTS = {
    "byte order mark": (bom, "IE-014"),
    "another encoding": (latin, "IE-014"),
    "wrong delimiter": (semicolons, "IE-015"),
    "text in a number": (lambda p: change_text(p, "IIA", ",764,", ",many,"), "IE-020"),
    "decimal comma": (lambda p: change_text(p, "IIA", ",764,", ',"764,5",'), "IE-021"),
    "fraction": (lambda p: change_text(p, "IIA", ",764,", ",764.5,"), "IE-021"),
    "a field too many": (lambda p: change_text(p, "IIA", ",764,", ",764,,,,,"), "IE-016"),
    "column missing": (lambda p: change_text(p, "IIA", "category", "kategory"), "IE-007"),
    "sheet missing": (lambda p: (p / "VH.csv").unlink(), "IE-005"),
    "sheet unknown": (lambda p: (p / "extra.csv").write_text("a,b\n1,2\n"), "IE-006"),
}


@pytest.mark.parametrize("name", CSV_PLANTS)
def test_a_folder_of_csv_with_a_fault(tmp_path, name):
    plant, code = CSV_PLANTS[name]
    path = written(tmp_path, "csv", "d")
    plant(path)
    assert code in codes_of(path)


def edit(path, change):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def head(book, sheet, text):
    """Row of the headings and column of one of them."""
    page = next(book[n] for n in book.sheetnames if n == sheet or n.endswith(f" {sheet}") or n.startswith(f"{sheet} "))
    for row in page.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.strip().lower() == text:
                return page, cell.row, cell.column
    raise AssertionError((sheet, text))


def below(sheet, text, value):
    def change(book):
        page, row, column = head(book, sheet, text)
        page.cell(row + 1, column).value = value

    return change


XLSX_PLANTS = {
    "formula": (below("IIA", "(f) overall number", "=1+1"), "IE-010"),
    "text in a number": (below("IIA", "(f) overall number", "12 or so"), "IE-020"),
    "merged": (lambda b: b["IIA"].merge_cells(start_row=6, start_column=1, end_row=7, end_column=1), "IE-012"),
    "hidden row": (lambda b: setattr(b["IIA"].row_dimensions[7], "hidden", True), "IE-013"),
    "hidden sheet": (lambda b: setattr(b["IIA"], "sheet_state", "hidden"), "IE-013"),
    "sheet missing": (lambda b: b.remove(b["VH"]), "IE-005"),
    "sheet unknown": (lambda b: b.create_sheet("Mine").cell(1, 1, "x"), "IE-006"),
}


@pytest.mark.parametrize("name", XLSX_PLANTS)
def test_a_workbook_with_a_fault(tmp_path, name):
    change, code = XLSX_PLANTS[name]
    path = written(tmp_path, "xlsx", "d.xlsx")
    edit(path, change)
    assert code in codes_of(path)


def test_hostile_workbooks_are_refused_and_none_crashes(tmp_path):
    path = written(tmp_path, "xlsx", "d.xlsx")
    whole = path.read_bytes()
    for n in (0, 10, len(whole) // 2, len(whole) - 30):
        (tmp_path / "cut.xlsx").write_bytes(whole[:n])
        assert codes_of(tmp_path / "cut.xlsx") & {"IE-001"}
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed, zipfile.ZipFile(path) as source:
        for item in source.infolist():
            packed.writestr(item, source.read(item))
        packed.writestr("xl/media/big.bin", b"\0" * (300 << 20))
    assert codes_of(bomb) & {"IE-001", "IE-002"}
    macro = tmp_path / "macro.xlsx"
    with zipfile.ZipFile(macro, "w") as packed, zipfile.ZipFile(path) as source:
        for item in source.infolist():
            packed.writestr(item, source.read(item))
        packed.writestr("xl/vbaProject.bin", b"macro")
    assert "IE-003" in codes_of(macro)


def test_there_are_sixty_plants():
    assert len(PLANTS) + len(CSV_PLANTS) + len(XLSX_PLANTS) >= 60
