"""Documents in: every form, every clock of the dateline, and the text that places refer to."""

from __future__ import annotations

import gzip
import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake import standin

from servanda.intake.items import Fields, Limits, Options, Refused, Taken, Unread
from servanda.intake.take import form_of, plan, take
from servanda.intake.text import day_of, decoded
from servanda.model.errors import InputError

SCREENED = Options(words=standin.words)

SAID = "Russia withdrew from the treaty on Tuesday, the ministry said."
PAGE = f"""<!doctype html><html><head><title>News | Site</title>%s</head><body><nav><a href="/">Home</a></nav><article>
<h1>Russia leaves</h1><p>{SAID} It went on to say so at some length, in three languages, before an audience that had come from
afar to hear it and that left again without a word.</p></article></body></html>"""


@pytest.fixture(autouse=True)
def _words(monkeypatch):
    standin.install(monkeypatch)


def one(path, **options):
    items = list(take([str(path)], Options(**options)))
    assert len(items) == 1
    return items[0]


def pdf(text):
    """The least PDF that shows a line."""
    stream = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + part + b"endobj\n"
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    return bytes(
        out + b"trailer<</Size 6/Root 1 0 R/Info<</CreationDate(D:19990101)>>>>\nstartxref\n%d\n%%%%EOF" % start
    )


def test_every_form_gives_its_text(tmp_path):
    (tmp_path / "a.txt").write_text(SAID)
    (tmp_path / "b.html").write_text(PAGE % "")
    (tmp_path / "c.pdf").write_bytes(pdf(SAID))
    (tmp_path / "d.jsonl").write_text(json.dumps({"text": SAID}) + "\n")
    pl.DataFrame({"n": [1], "text": [SAID]}).write_parquet(tmp_path / "e.parquet")
    (tmp_path / "f.txt.gz").write_bytes(gzip.compress(SAID.encode()))
    standin.warc(
        tmp_path / "g.warc.gz", [("https://a.example/", "2023-11-08", b"Content-Type: text/html", (PAGE % "").encode())]
    )
    standin.warc(
        tmp_path / "h.warc",
        [("https://a.example/", "2023-11-08", b"Content-Type: text/plain", SAID.encode())],
        packed=False,
    )
    items = list(take([str(tmp_path)]))
    assert [i.form for i in items] == ["text", "html", "pdf", "jsonl", "parquet", "text", "warc", "warc"]
    assert all(SAID in i.document.text for i in items)
    # a PDF's day of making is not the day of the document
    assert [i.document.dateline for i in items] == [None] * 8
    assert items[1].title == "Russia leaves"
    assert items[1].document.text.startswith("Russia leaves")
    assert "Home" not in items[1].document.text
    assert (items[6].url, items[6].fetched) == ("https://a.example/", "2023-11-08")


def test_content_goes_before_the_name(tmp_path):
    (tmp_path / "a.txt").write_text(PAGE % "")
    (tmp_path / "b.html").write_text(json.dumps({"text": SAID}))
    (tmp_path / "c.json").write_bytes(pdf(SAID))
    assert [i.form for i in take([str(tmp_path)])] == ["html", "jsonl", "pdf"]


@pytest.mark.parametrize(
    ("head", "clock", "day"),
    [
        (
            '<meta property="article:published_time" content="2023-11-07T09:00:00+03:00">',
            "html article:published_time",
            "2023-11-07",
        ),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"X"},{"datePublished":"2023-11-06"}]}</script>',
            "html JSON-LD datePublished",
            "2023-11-06",
        ),
        ('<meta name="DC.date" content="2023-11-05">', "html dc.date", "2023-11-05"),
        ('<script type="application/ld+json">{broken</script>', None, None),
        ('<meta name="date" content="yesterday">', None, None),
        ("", None, None),
    ],
)
def test_the_clocks_of_a_page(tmp_path, head, clock, day):
    path = tmp_path / "a.html"
    path.write_text(PAGE % head)
    taken = one(path)
    assert (taken.dateline_from, taken.document.dateline) == (clock, day)


def test_the_day_of_a_visit_is_no_dateline_but_a_bound(tmp_path):
    def page(day):
        return (PAGE % f'<meta property="article:published_time" content="{day}">').encode()

    pages = [
        ("https://a.example/", "2024-01-10", b"Content-Type: text/html", b)
        for b in (page("2023-11-07"), page("2024-02-01"))
    ]
    old, later = take([str(standin.warc(tmp_path / "a.warc.gz", pages))], SCREENED)
    assert (old.document.dateline, old.fetched) == ("2023-11-07", "2024-01-10")
    assert (later.document.dateline, later.dateline_from) == (None, None)
    assert "2024-02-01" in later.notes[0]


def test_the_users_dateline_goes_first_and_by_name_before_all(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"# dateline: 2014-11-18 | wire | x\n\n{SAID}")
    assert one(path).dateline_from == "header"
    assert one(path).document.dateline == "2014-11-18"
    for names in ({"a": "2020-01-01"}, {"a.txt": "2020-01-01"}, {str(path): "2020-01-01"}):
        assert one(path, dateline="2019-01-01", datelines=names).document.dateline == "2020-01-01"
    taken = one(path, dateline="2019-01-01", datelines={"b": "2020-01-01"})
    assert (taken.document.dateline, taken.dateline_from) == ("2019-01-01", "option")


def test_lines_have_names_fields_and_clocks(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [
        {"body": SAID, "headline": "T", "published": "2023-11-07", "link": "https://a.example/"},
        {"mine": SAID, "when": "7 November 2023", "id": "x-1"},
    ]
    path.write_text("\n".join(map(json.dumps, rows)))
    first, second = take([str(path)], SCREENED)
    assert (first.document.name, first.document.dateline, first.dateline_from) == (f"{path}:1", "2023-11-07", "field")
    assert (first.title, first.url) == ("T", "https://a.example/")
    assert isinstance(second, Unread)
    assert "it has id, mine, when" in second.why
    chosen = list(take([str(path)], Options(fields=Fields(text="mine", date="when", name="id"))))
    assert isinstance(chosen[0], Unread)
    assert (chosen[1].document.name, chosen[1].document.dateline) == ("x-1", "2023-11-07")


def test_all_faults_of_lines_are_named_and_the_rest_read(tmp_path):
    path = tmp_path / "a.jsonl"
    good = json.dumps({"text": SAID})
    path.write_text("\n".join([good, "{broken", "[1]", "", json.dumps({"x": 1}), "[" * 100_000, good]))
    items = list(take([str(path)], SCREENED))
    assert [i.name.rsplit(":", 1)[1] for i in items if isinstance(i, Unread)] == ["2", "3", "5", "6"]
    assert sum(isinstance(i, Taken) for i in items) == 2


def test_a_file_of_lines_without_any_text_is_one_fault(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"x": i}) + "\n" for i in range(30)))
    assert "none of its 30 lines" in one(path).why


def test_stretches_of_lines_give_what_the_whole_gives(tmp_path, monkeypatch):
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": f"{SAID} {i} " + "é" * (i % 17)}) + "\n" for i in range(100)))
    whole = [i.document.text for i in take([str(path)], SCREENED)]
    monkeypatch.setattr("servanda.intake.take.LINES_BYTES", 700)
    assert len(plan([str(path)])[0]) > 10
    items = list(take([str(path)], SCREENED))
    assert [i.document.text for i in items] == whole
    assert len({i.document.name for i in items}) == 100


def test_parquet_says_which_columns_it_has(tmp_path):
    path = tmp_path / "a.parquet"
    pl.DataFrame({"n": [1, 2], "story": [SAID, None], "date": ["2023-11-07", None]}).write_parquet(path)
    assert "n (int64), story (string)" in one(path).why
    assert "name the one that holds the text" in one(path).why
    assert "no text column 'n'" in one(path, fields=Fields(text="n")).why
    assert "no column 'day'" in one(path, fields=Fields(text="story", date="day")).why
    first, second = take([str(path)], Options(fields=Fields(text="story")))
    assert (first.document.name, first.document.dateline) == (f"{path}:1", "2023-11-07")
    assert isinstance(second, Unread)


def test_parquet_in_parts_gives_every_row_once(tmp_path, monkeypatch):
    path = tmp_path / "a.parquet"
    pl.DataFrame({"text": [f"{SAID} {i}" for i in range(50)]}).write_parquet(path)
    monkeypatch.setattr("servanda.intake.tables.PART_ROWS", 7)
    assert len(plan([str(path)])[0]) == 8
    assert [i.document.text for i in take([str(path)], SCREENED)] == [f"{SAID} {i}" for i in range(50)]


def test_a_page_sent_packed_is_unpacked(tmp_path):
    body = (PAGE % "").encode()
    chunked = b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"
    pages = [
        (
            "https://a.example/1",
            "2024-01-10",
            b"Content-Type: text/html\r\nContent-Encoding: gzip",
            gzip.compress(body),
        ),
        (
            "https://a.example/2",
            "2024-01-10",
            b"Content-Type: text/html\r\nContent-Encoding: gzip",
            body,
        ),  # stored plain
        ("https://a.example/3", "2024-01-10", b"Content-Type: text/html\r\nTransfer-Encoding: chunked", chunked),
        ("https://a.example/4", "2024-01-10", b"Content-Type: image/png", body),
        (
            "https://a.example/5",
            "2024-01-10",
            b"Content-Type: text/html; charset=windows-1251",
            "<html>ДОВСЕ: вышла".encode("cp1251"),
        ),
        ("https://a.example/6", "2024-01-10", b"Content-Type: text/html", b"<html>sport"),
    ]
    items = list(take([str(standin.warc(tmp_path / "a.warc.gz", pages))], SCREENED))
    assert [i.url[-1] for i in items] == ["1", "2", "3", "5"]
    assert all(SAID in i.document.text for i in items[:3])
    assert items[3].document.text == "ДОВСЕ: вышла"


def test_a_folder_is_read_in_the_order_of_names(tmp_path):
    for name in ("b/x.txt", "a/z.txt", "c.txt", "a/.hidden", "B.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(SAID)
    names = [i.document.name.removeprefix(f"{tmp_path}/") for i in take([str(tmp_path)])]
    assert names == ["B.txt", "c.txt", "a/z.txt", "b/x.txt"]


def test_what_is_not_there_is_an_error_of_one_line(tmp_path):
    with pytest.raises(InputError, match=r"nowhere.txt: cannot be read \(No such file or directory\); name a file"):
        list(take([str(tmp_path / "nowhere.txt")]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_encodings_are_told_apart(encoding):
    text = "Россия вышла из Договора об обычных вооружённых силах в Европе. " * 3 + "NATO said so on 7 November 2023."
    assert decoded(text.encode(encoding))[0] == text


def test_cp1252_is_read_and_damage_is_told():
    text = "“The treaty – signed in Paris”, the minister’s café said. " * 3
    assert decoded(text.encode("cp1252"))[0] == text
    damaged, notes = decoded("Wien – Österreich ".encode() * 40 + b"\xff")
    assert damaged.endswith("Österreich \ufffd")
    assert "1 bytes" in notes[0]


@given(st.binary(max_size=400))
def test_any_bytes_become_text_or_are_refused(data):
    text, _ = decoded(data)
    assert "\0" not in text
    text.encode()
    try:
        assert form_of(data, "x") in ("warc", "parquet", "pdf", "html", "jsonl", "text")
    except Refused as error:
        assert str(error)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=300))
def test_utf_8_text_is_given_as_it_is(text):
    assert decoded(text.encode())[0] == text.removeprefix("\ufeff")


@given(st.one_of(st.text(max_size=40), st.integers(), st.none(), st.lists(st.text(max_size=3))))
def test_days_are_days_or_nothing(value):
    day = day_of(value)
    assert day is None or len(day) == 10


def test_limits_are_those_of_the_user(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(SAID)
    assert "a document may have 0 MB" in one(path, limits=Limits(document=10)).why


def test_stretches_of_an_archive_give_what_the_whole_gives(tmp_path, monkeypatch):
    pages = [
        (f"https://a.example/{i}", "2024-01-10", b"Content-Type: text/plain", f"{SAID} {str(i) * i}".encode())
        for i in range(60)
    ]
    path = standin.warc(tmp_path / "a.warc.gz", pages)
    whole = [(i.url, i.document.text) for i in take([str(path)], SCREENED)]
    assert len(whole) == 60
    monkeypatch.setattr("servanda.intake.take.WARC_BYTES", 1_500)
    assert len(plan([str(path)])[0]) > 4
    items = list(take([str(path)], SCREENED))
    assert [(i.url, i.document.text) for i in items] == whole
    assert len({i.document.name for i in items}) == 60
    path.write_bytes(path.read_bytes()[:-20])
    assert [type(i) for i in take([str(path)], SCREENED)].count(Unread) == 1
    path.write_bytes(gzip.compress(gzip.decompress(standin.warc(tmp_path / "b.warc.gz", pages).read_bytes())))
    assert len(plan([str(path)])[0]) == 1  # packed as one: there is no place to divide it
    assert len(list(take([str(path)], SCREENED))) == 60
