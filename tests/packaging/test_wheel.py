"""The built wheel in an empty environment, without extras: every command answers, or names the extra it needs."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest
import typer

from servanda.cli.main import app

ROOT = Path(__file__).parents[2]
MOST_MB = 250  # of a bare install, pip itself apart

# Every command of the help with arguments that it can use; a new command fails the test below until it has a row.
ON = ("--on", "2007-12-12")
BARE = {
    "brief": ("cfe", *ON),
    "standing": ("cfe", "--party", "RUS", *ON),
    "obligations": ("cfe", "--kind", "exchange", *ON),
    "timeline": ("cfe", "--party", "RUS"),
    "assess": ("cfe", "--on", "1995-11-17"),
    "explain": ("cfe", "CFE IV.1(A)", "--scope", "east", "--on", "1995-11-17"),
    "provisions": ("cfe", "IV.1"),
    "classify": ("T-72",),
    "deadlines": ("cfe", "withdrawal", "--from", "2023-06-09"),
    "compare": ("cfe", "acfe"),
    "whatif": ("adaptation-in-force-2000", *ON),
    "rules list": (),
    "gaps": ("new-start", "--on", "2019-09-01"),
    "schema": ("standing",),
    "reductions": ("cfe", "--party", "DEU"),
    "inspect quotas": ("cfe", "--on", "1996-06-01"),
    "inspect course": ("cfe", "--by", "DEU", "--of", "POL"),
    "inspect may": ("cfe", "--by", "DEU", "--of", "POL", "--arrive", "2000-05-02T10:00"),
    "inspect lost": ("cfe", "--from", "2007-12-12", "--to", "2008-12-12"),
    "inspect reductions": ("cfe", "reduced.csv", "--on", "1995-11-17"),
    "inspect design": ("--objects", "40"),
    "corpus check": ("new-start",),
    "corpus list": (),
    "corpus test": ("oslo-1992",),
    "new": ("my-treaty",),
    "corpus export": ("schemas",),
    "exchange rules": (),
    "read": ("news.txt",),
}
# What needs a library beside, and the extra that brings it.
EXTRAS = {
    "zones": (("cfe", *ON), "geo"),
    "where": (("cfe", "--at", "20.5,54.7", *ON), "geo"),
    "reach": (("--range-km", "500", "--of", "DEU", "--from", "RUS-KGD"), "geo"),
    "map": (("cfe", "-o", "m.svg", *ON), "geo"),
    "chart": (("cfe", "timeline", "-o", "c.svg"), "charts"),
    "report": (("cfe", "-o", "r.pdf", *ON), "report"),
    "serve": (("--port", "0"), "web"),
    "mcp": ((), "mcp"),
    "corpus add-figures": (("figures.csv", "--in", "cfe"), None),
    "site": (("-o", "pages"), "web"),
    "exchange tokens new": (("auditor",), "exchange"),
    "exchange tokens list": ((), "exchange"),
    "exchange tokens revoke": (("0123",), "exchange"),
    "inspect report": (("cfe", "news.txt", "-o", "r.pdf"), None),
    "inspect plan": (("cfe", "--sites", "sites.csv", "--on", "1996-06-01"), "plan"),
    "inspect simulate": (("cfe", "--sites", "sites.csv", "--on", "1996-06-01"), "plan"),
    "exchange template": (("cfe", "--party", "DEU", "--on", "2008-01-01", "-o", "t.xlsx"), "exchange"),
    "exchange validate": (("t.json",), None),
    "exchange synthesize": (("cfe", "--on", "1996-01-01", "-o", "made"), "exchange"),
    "exchange export": (("t.json", "-o", "t.xlsx"), None),
    "exchange sites": (("cfe", "--on", "1996-06-01", "--declarations", "t.json", "-o", "s.csv"), None),
    "exchange compare": (("t.json", "t.json"), None),
    "exchange init": (("--origin", "example.org/x"), "exchange"),
    "exchange keys new": (("Poland",), "exchange"),
    "exchange keys admit": (("Poland", "--key", "POL.key"), None),
    "exchange keys revoke": (("Poland", "--reason", "lost"), None),
    "exchange keys list": ((), "exchange"),
    "exchange sign": (("t.json", "--key", "POL.key"), "exchange"),
    "exchange submit": (("t.json",), "exchange"),
    "exchange list": ((), "exchange"),
    "exchange entitled": (("--of", "POL", "--to", "DEU", "--on", "2008-01-01"), None),
    "exchange deliver": (("0", "--to", "DEU", "--on", "2008-01-01", "-o", "d.json"), "exchange"),
    "exchange backup": (("b.db",), "exchange"),
    "exchange restore": (("b.db",), None),
    "ledger verify": ((), "exchange"),
    "ledger prove": (("0",), "exchange"),
    "ledger checkpoint": ((), "exchange"),
    "ledger export": (("out",), "exchange"),
    "ledger witness cosign": (("p", "--key", "w.key", "--log", "l.pub", "--state", "s"), None),
    "ledger witness add": (("x", "--witness", "w.pub"), "exchange"),
    "ledger witness compare": (("a", "b", "--key", "l.pub"), None),
}


def commands(group=None, path=()):
    """Every command of the application, as typed."""
    for name, command in (group or typer.main.get_command(app)).commands.items():
        if getattr(command, "commands", None):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name))


def test_every_command_of_the_help_is_tried_here():
    assert set(commands()) == set(BARE) | set(EXTRAS)


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """The wheel installed in an empty environment: (its Python, its packages). Skipped where nothing can be fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    done = subprocess.run(
        [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", str(wheel)],
        env=environment, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    if done.returncode:
        pytest.skip(f"dependencies cannot be installed here: {done.stderr.strip().splitlines()[-1][:200]}")
    where = [str(python), "-c", "import numpy, pathlib; print(pathlib.Path(numpy.__file__).parents[1])"]
    return python, Path(subprocess.check_output(where, text=True, env=environment).strip())


@pytest.fixture(scope="module")
def servanda(bare, tmp_path_factory):
    """Run the installed command in a folder with a few small files."""
    folder = tmp_path_factory.mktemp("work")
    (folder / "news.txt").write_text("MOSCOW, 12 December 2007. Russia suspended the CFE Treaty today.")
    (folder / "sites.csv").write_text("owner,territory,site,items\nPOL,POL,A,100\nPOL,POL,B,50\n")
    (folder / "reduced.csv").write_text("party,category,method,items\nPOL,battle_tank,destruction,3\n")
    (folder / "t.json").write_text("{}")
    (folder / "page.html").write_text("<html><body><p>Russia suspended the CFE Treaty.</p></body></html>")
    (folder / "many.jsonl").write_text('{"text": "Russia suspended the CFE Treaty."}\n')
    (folder / "texts.parquet").write_bytes(b"PAR1" + bytes(20) + (8).to_bytes(4, "little") + b"PAR1")
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    environment |= {"SERVANDA_CACHE": str(folder / "cache"), "COLUMNS": "100"}

    def run(*args):
        return subprocess.run(
            [str(bare[0]), "-m", "servanda", *args],
            cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    return run


def test_a_bare_install_is_light(bare):
    apart = ("pip", "setuptools", "pkg_resources", "_distutils_hack")
    size = sum(
        f.stat().st_size
        for f in bare[1].rglob("*")
        if f.is_file() and not f.relative_to(bare[1]).parts[0].startswith(apart)
    )
    assert size < MOST_MB * 1_000_000


@pytest.mark.parametrize("command", BARE)
def test_questions_of_law_need_no_extra(servanda, command):
    done = servanda(*command.split(), *BARE[command])
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1), done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize(
    ("args", "extra"),
    [
        (("read", "page.html"), "press"),
        (("read", "many.jsonl", "--out", "claims.parquet"), "press"),
        (("read", "texts.parquet"), "press"),
        (("assess", "cfe", "--on", "1995-11-17", "--holdings", "texts.parquet"), "tables"),
        (("deadlines", "cfe", "withdrawal", "--from", "2023-06-09", "--ics", "x.ics"), "calendar"),
        (("obligations", "cfe", "--kind", "exchange", "--on", "2012-01-01", "--chart", "x.png"), "charts"),
        (("report", "cfe", "--on", "2007-12-12", "-o", "r.md"), None),
        (("standing", "--acts", "t.xlsx", "--rules", "unts", "--on", "2000-01-01"), None),
    ],
)
def test_forms_of_files_that_need_an_extra(servanda, args, extra):
    done = servanda(*args)
    assert "Traceback" not in done.stderr
    if extra is not None:
        assert f'pip install "servanda[{extra}]"' in done.stderr


@pytest.mark.parametrize("command", EXTRAS)
def test_a_missing_library_is_named_with_its_extra(servanda, command):
    args, extra = EXTRAS[command]
    done = servanda(*command.split(), *args)
    assert "Traceback" not in done.stderr
    if extra is not None:
        assert done.returncode == 2, done.stdout
        assert f'pip install "servanda[{extra}]"' in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
