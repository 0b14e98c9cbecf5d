"""`servanda report`: files whole or not at all, one line for every refusal, never exit code 1."""

from __future__ import annotations

import json

import pytest

from command import servanda


def run(*words: str, cwd=None):
    return servanda("report", *words, cwd=cwd)


@pytest.mark.parametrize("ending", ["pdf", "md", "html"])
def test_a_report_is_written_whole(tmp_path, ending):
    out = tmp_path / f"r.{ending}"
    done = run("cfe", "--on", "2007-12-12", "-o", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == str(out)
    assert out.read_bytes()[:5] in (b"%PDF-", b"# Tre", b"<!doc")
    assert [p.name for p in tmp_path.iterdir()] == [out.name]


def test_json_prints_one_document(tmp_path):
    out = tmp_path / "r.md"
    done = run("cfe", "--on", "2007-12-12", "--reading", "USA", "-o", str(out), "--json")
    told = json.loads(done.stdout)
    assert told["file"] == str(out) and told["bytes"] == out.stat().st_size and told["reading"] == "USA"


def test_a_breach_does_not_change_the_exit_code(tmp_path):
    # Azerbaijan's brief apart: a day on which a limit in law is exceeded is still an answered question
    done = run("cfe", "--on", "1996-06-01", "-o", str(tmp_path / "r.md"))
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("cfe", "--on", "1980-01-01", "-o", "r.pdf"), "before the record of the CFE Treaty begins"),
        (("cfe", "--on", "never", "-o", "r.pdf"), "is not a date"),
        (("cfe", "--on", "2007-12-12", "-o", "r.docx"), ".docx is not a format for reports; formats: .pdf, .md, .html"),
        (("cfe", "--on", "2007-12-12", "-o", "report"), "no ending is not a format"),
        (("cfe", "--on", "2007-12-12", "-o", "no/such/folder/r.pdf"), "cannot write there (no such folder)"),
        (("cfe", "--on", "2007-12-12", "-o", "taken.pdf"), "cannot write there (is a folder)"),
        (("cfes", "--on", "2007-12-12", "-o", "r.pdf"), "no instrument called 'cfes'"),
        (("cfe", "--on", "2007-12-12", "-o", "r.pdf", "--reading", "ZZZ"), "no reading called 'ZZZ'"),
        (("cfe", "--on", "2007-12-12", "-o", "r.pdf", "--scenario", "none.yaml"), "no scenario called 'none.yaml'"),
    ],
)
def test_bad_input_is_one_line_and_leaves_no_file(tmp_path, words, said):
    (tmp_path / "taken.pdf").mkdir()
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr and done.stderr.count("\n") == 1
    assert done.stdout == ""
    assert [p.name for p in tmp_path.iterdir()] == ["taken.pdf"]


def test_a_shipped_scenario_can_be_laid(tmp_path):
    out = tmp_path / "r.md"
    assert run("cfe", "--on", "2007-12-12", "--scenario", "suspension-accepted", "-o", str(out)).returncode == 0
    assert "A scenario is laid over the record" in out.read_text(encoding="utf-8")
