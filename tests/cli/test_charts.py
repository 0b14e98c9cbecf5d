"""`servanda chart`: a file whole or none, one line for a mistake."""

from __future__ import annotations

import json

import pytest
from tests.cli.test_commands import run

HOLDINGS = ("holdings", "--limit", "CFE IV.1(A)", "--from", "1990-11-19", "--to", "1996-01-01")
GOOD = [
    (HOLDINGS, ".svg", b"<svg"),
    (("obligations", "--on", "2012-01-01", "--kind", "exchange"), ".png", b"\x89PNG"),
    (("timeline", "--party", "RUS", "--from", "2007-01-01", "--to", "2008-01-01"), ".html", b"<!DOCTYPE html>"),
    (("reductions", "--category", "battle_tank"), ".json", b"{"),
    (("headroom", "--on", "1999-06-01", "--category", "artillery", "--scope", "west"), ".SVG", b"<svg"),
]


@pytest.mark.parametrize(("args", "ending", "start"), GOOD, ids=[a[0] for a, _, _ in GOOD])
def test_a_chart_is_written_and_its_place_told(tmp_path, args, ending, start):
    out = tmp_path / f"picture{ending}"
    done = run("chart", "cfe", *args, "-o", str(out))
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{out}\n"
    assert done.stderr == ""
    assert out.read_bytes().lstrip().startswith(start)


def test_json_carries_the_answer_that_was_drawn(tmp_path):
    out = tmp_path / "x.svg"
    done = run("chart", "cfe", *HOLDINGS, "-o", str(out), "--json")
    said = json.loads(done.stdout)
    assert (said["chart"], said["file"], said["bytes"]) == ("holdings", str(out), out.stat().st_size)
    assert said["answer"]["from"] == "1990-11-19"
    assert said["answer"]["changes"]


BAD = [
    (("pie",), ".svg", "no chart called 'pie'; charts: holdings, obligations"),
    (("timeline",), ".bmp", ".bmp is not a format for charts; formats: .png, .svg, .json, .html"),
    (("timeline",), "", "no ending is not a format"),
    (("holdings",), ".svg", "the chart of holdings needs --limit"),
    (("holdings", "--limit", "CFE IV.1(A)"), ".svg", "needs --from"),
    (("obligations", "--on", "2012-01-01"), ".svg", "needs --kind"),
    (("obligations", "--on", "2012-01-01", "--kind", "tribute"), ".svg", "tribute"),
    (("headroom",), ".svg", "needs --on"),
    (("headroom", "--on", "1980-01-01"), ".svg", "lies before the record"),
    (("headroom", "--on", "1999-06-01", "--category", "submarine"), ".svg", "no category called 'submarine'"),
    (("timeline", "--by", "moon"), ".svg", "no way to group a timeline called 'moon'"),
    (("timeline", "--kind", "exchange"), ".svg", "the chart of timeline takes no --kind"),
    (("timeline", "--from", "2008-01-01", "--to", "2007-01-01"), ".svg", "not after its start"),
    (("timeline", "--from", "soon"), ".svg", "soon"),
    (("reductions", "--party", "Mars"), ".svg", "'Mars'"),
    ((*HOLDINGS[:2], "CFE IV.99", *HOLDINGS[3:]), ".svg", "no limit called 'CFE IV.99'"),
    ((*HOLDINGS[:4], "1980-01-01", *HOLDINGS[5:]), ".svg", "lies before the record"),
    ((*HOLDINGS, "--scope", "north"), ".svg", "no scope called 'north'"),
]


@pytest.mark.parametrize(("args", "ending", "words"), BAD, ids=[f"{a[0]}-{w[:24]}" for a, _, w in BAD])
def test_a_mistake_is_one_line_exit_2_and_no_file(tmp_path, args, ending, words):
    done = run("chart", "cfe", *args, "-o", str(tmp_path / f"x{ending}"))
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_one_line(tmp_path):
    done = run("chart", "cfe", "timeline", "-o", str(tmp_path / "none" / "x.svg"))
    assert done.returncode == 2
    assert "cannot write there" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_instrument_without_what_is_to_be_drawn_says_who_has_it(tmp_path):
    done = run("chart", "abm", "reductions", "-o", str(tmp_path / "x.svg"))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "those that do: cfe" in done.stderr


def test_reductions_answer_on_the_console_and_as_json():
    told = run("reductions", "cfe", "--party", "USA", "--category", "battle_tank")
    assert told.returncode == 0
    assert "1,898" in told.stdout
    rows = json.loads(run("reductions", "cfe", "--party", "west", "--json").stdout)["liabilities"]
    assert {r["category"]: r["stated"]["value"] for r in rows}["artillery"] == 2334
