"""The command line: one document on --json, exit codes, errors of one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from command import servanda


def run(*args, **environ):
    return servanda(*args, **{"COLUMNS": "100", **environ})


def in_a_process(*args, **environ):
    return subprocess.run(
        [sys.executable, "-m", "servanda", *args],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "100", **environ},
    )


@pytest.mark.parametrize(
    "args",
    [
        ("standing", "cfe", "--party", "RUS", "--on", "2015-06-01"),
        ("standing", "cfee", "--on", "2015-06-01"),
        ("corpus", "list", "--json"),
    ],
    ids=" ".join,
)
def test_a_process_of_its_own_gives_the_same(args):
    """The other commands are tried within the process of the tests, which is faster."""
    one, other = in_a_process(*args), run(*args)
    assert (one.returncode, one.stdout, one.stderr) == (other.returncode, other.stdout, other.stderr)


GOOD = [
    ("brief", "cfe", "--on", "2007-12-12"),
    ("standing", "cfe", "--party", "RUS", "--on", "2015-06-01"),
    ("obligations", "cfe", "--on", "2012-06-01", "--kind", "exchange", "--reading", "self"),
    ("timeline", "acfe"),
    ("assess", "cfe", "--on", "1995-11-16"),
    ("assess", "cfe", "--from", "1995-11-01", "--to", "1996-01-01"),
    ("assess", "cfe", "--on", "2007-12-12", "--assume", "home-stationed", "--limit", "CFE IV.2(A)"),
    ("explain", "cfe", "CFE IV.1(A)", "--on", "1995-11-17", "--scope", "east"),
    ("provisions", "cfe", "IV.1"),
    ("classify", "T-72"),
    ("deadlines", "cfe", "withdrawal", "--from", "2023-06-09"),
    ("corpus", "list"),
]


@pytest.mark.parametrize("args", GOOD, ids=" ".join)
def test_json_is_one_document_and_nothing_else(args):
    done = run(*args, "--json")
    assert done.returncode == 0, done.stderr
    assert isinstance(json.loads(done.stdout), dict)
    assert done.stderr == ""


def test_the_console_speaks_without_colour_when_told():
    done = run("standing", "cfe", "--party", "RUS", "--on", "2015-06-01", NO_COLOR="1")
    assert done.returncode == 0
    assert "\x1b[" not in done.stdout
    assert "in force on 2015-06-01" in done.stdout


def test_a_breach_in_law_exits_1():
    assert run("assess", "cfe", "--on", "1990-11-19", "--prospective", "--json").returncode == 1
    assert (
        run("explain", "cfe", "CFE IV.1(A)", "--on", "1990-11-19", "--scope", "east", "--prospective").returncode == 1
    )


def test_a_count_that_no_article_knows_never_does():
    done = run("assess", "cfe", "--on", "2007-11-07", "--groups", "nato", "--count", "levels", "--json")
    assert done.returncode == 0
    verdict = json.loads(done.stdout)["verdicts"][0]
    assert (verdict["verdict"], verdict["headroom"], verdict["in_law"]) == ("exceeded", -5992, False)


def test_a_brief_never_does():
    assert run("brief", "cfe", "--on", "1995-11-17").returncode == 0


BAD = [
    (("standing", "cef", "--on", "2015-06-01"), "did you mean"),
    (("standing", "cfe", "--on", "2015-13-01"), "YYYY-MM-DD"),
    (("standing", "cfe", "--party", "Ruritania", "--on", "2015-06-01"), "no state"),
    (("standing", "cfe", "--on", "2015-06-01", "--reading", "nobody"), "reading"),
    (("assess", "cfe"), "--on DATE"),
    (("assess", "cfe", "--on", "2000-01-01", "--limit", "CFE IV.11"), "did you mean"),
    (("assess", "cfe", "--on", "2000-01-01", "--holdings", "nowhere.csv"), "nowhere.csv"),
    (("explain", "cfe", "CFE IV.1(A)", "--on", "2000-01-01", "--scope", "north"), "west"),
    (("provisions", "cfe", "XCIX"), "no provision"),
    (("deadlines", "cfe", "withdrawl", "--from", "2023-06-09"), "withdrawal"),
    (("deadlines", "cfe", "withdrawal"), "--from"),
    (("deadlines", "cfe", "withdrawal", "--from", "2023-06-09", "--set", "x"), "BLANK=NUMBER"),
    (("corpus", "check", "--data", "nowhere"), "not a folder"),
    (("nonsense",), "nonsense"),
]


@pytest.mark.parametrize(("args", "words"), BAD, ids=[" ".join(b[0]) for b in BAD])
def test_unusable_input_exits_2_with_what_where_and_remedy(args, words):
    done = run(*args)
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    if args[0] != "nonsense":
        assert len(done.stderr.strip().splitlines()) == 1


def test_your_own_figures_are_judged(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("holder,category,as_of,value\neast,battle_tank,2005-01-01,20001\n", encoding="utf-8")
    done = run("assess", "cfe", "--on", "2005-06-01", "--holdings", str(path), "--limit", "CFE IV.1(A)", "--json")
    assert done.returncode == 1
    verdicts = {(v["scope"], v["posture"]): v for v in json.loads(done.stdout)["verdicts"]}
    assert verdicts["east", "any"]["verdict"] == "exceeded"
    assert verdicts["west", "any"]["verdict"] == "no_data"


def test_all_faults_of_your_file_come_at_once(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(
        "holder,category,as_of,value\nwst,battle_tank,2005-01-01,1\neast,tank,2005-01-01,-1\n", encoding="utf-8"
    )
    done = run("assess", "cfe", "--on", "2005-06-01", "--holdings", str(path))
    assert done.returncode == 2
    assert "mine.csv:2" in done.stderr
    assert done.stderr.count("mine.csv:3") == 2


def test_the_calendar_is_written_whole(tmp_path):
    from icalendar import Calendar

    path = tmp_path / "out.ics"
    done = run("deadlines", "cfe", "withdrawal", "--from", "2023-06-09", "--ics", str(path))
    assert done.returncode == 0, done.stderr
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert {e["dtstart"].dt.isoformat() for e in events} == {"2023-06-09", "2023-06-30", "2023-11-07"}
    failed = run("deadlines", "cfe", "withdrawal", "--from", "2023-06-09", "--ics", str(tmp_path / "no" / "out.ics"))
    assert failed.returncode == 2
    assert not (tmp_path / "no").exists()


def test_schemas_are_exported(tmp_path):
    done = run("corpus", "export", str(tmp_path / "schemas"))
    assert done.returncode == 0
    assert (tmp_path / "schemas" / "acts.schema.json").exists()


def test_every_command_has_help_and_a_page():
    from pathlib import Path

    import typer

    from servanda.cli.main import app

    page = (Path(__file__).parents[2] / "docs/reference/commands.md").read_text(encoding="utf-8")
    names = []
    group = typer.main.get_command(app)
    for name, command in group.commands.items():
        names += [f"{name} {sub}" for sub in command.commands] if hasattr(command, "commands") else [name]
        assert command.help
    assert len(names) >= 12
    for name in names:
        assert f"servanda {name}" in page, f"{name} is not in docs/reference/commands.md"


def test_help_imports_nothing_heavy():
    code = (
        "import sys; sys.argv=['servanda','--help']\n"
        "from servanda.cli.main import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy={'numpy','pydantic','yaml','polars','highspy','scipy','msgspec'} & set(sys.modules)\n"
        "print('heavy:', sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "heavy: []" in done.stdout


def test_a_plain_standing_loads_only_what_it_needs():
    code = (
        "import sys; sys.argv=['servanda','standing','cfe','--party','RUS','--on','2015-06-01']\n"
        "from servanda.cli.main import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print('loaded:', *sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    answer, _, loaded = done.stdout.partition("loaded:")
    assert "Russia" in answer
    loaded = set(loaded.split())
    assert "servanda.standing.status" in loaded
    heavy = {"numpy", "polars", "highspy", "scipy", "shapely", "altair", "sqlalchemy", "cryptography", "openpyxl"}
    assert not heavy & loaded
    rooms = (
        "limits",
        "procedure",
        "geography",
        "verification",
        "exchange",
        "intake",
        "extraction",
        "findings",
        "scenario",
    )
    others = (
        *(f"servanda.{r}" for r in rooms),
        "servanda.questions.brief",
        "servanda.questions.assess",
        "servanda.charts",
    )
    assert not [m for m in loaded if m.startswith(others)]
    documents = {m for m in loaded if m.startswith("servanda.model.documents.")}
    assert documents == {"servanda.model.documents.base", "servanda.model.documents.standing"}
