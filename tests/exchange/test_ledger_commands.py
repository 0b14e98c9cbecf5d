"""The commands, from a new key to a proof checked offline; and what they refuse."""

from __future__ import annotations

import json
import stat
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from servanda.cli.common import guarded
from servanda.cli.main import app

DECLARATION = {
    "instrument": "cfe", "party": "POL", "document": "annual", "as_of": "1996-01-01", "synthetic": True,
    "rows": [{"unit": "1 Bde", "battle_tank": 51}],
}  # fmt: skip


def run(*args):
    """(exit code, standard output, standard error) of a command, in this process."""
    done = CliRunner().invoke(app, list(args), catch_exceptions=True)
    if done.exception is None or isinstance(done.exception, SystemExit):
        return done.exit_code, done.stdout, done.stderr

    def again():
        raise done.exception

    import contextlib
    import io

    err = io.StringIO()
    with contextlib.redirect_stderr(err):
        code = guarded(again)
    return code, done.stdout, err.getvalue()


def good(*args):
    code, out, err = run(*args)
    assert (code, err) == (0, ""), (args, out, err)
    return out


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "pol.json").write_text(json.dumps(DECLARATION, indent=1))
    good("exchange", "init", "--origin", "example.org/cfe")
    good("exchange", "keys", "new", "POL")
    good("exchange", "keys", "admit", "Poland", "--key", "POL.key")
    good("exchange", "sign", "pol.json", "--key", "POL.key")
    good("exchange", "submit", "pol.json")
    return tmp_path


def test_from_key_to_proof(place):
    again = json.loads(good("exchange", "submit", "pol.json", "--json"))
    assert (again["entry"], again["again"]) == (1, True)
    assert "synthetic" in good("exchange", "list")
    assert json.loads(good("ledger", "verify", "--key", "exchange.db.key.pub", "--json"))["holds"] is True
    good("ledger", "prove", "1", "-o", "p")
    (place / "exchange.db").rename("away.db")  # the proof is checked with nothing but itself and the public key
    told = good(
        "ledger", "verify", "--proof", "p", "--key", "exchange.db.key.pub", "--declaration", "pol.json",
        "--signature", "pol.json.sig",
    )  # fmt: skip
    assert told.startswith("proved: synthetic annual of POL as of 1996-01-01")
    (place / "other.json").write_text(json.dumps({**DECLARATION, "as_of": "1997-01-01"}))
    code, out, _ = run(
        "ledger", "verify", "--proof", "p", "--key", "exchange.db.key.pub", "--declaration", "other.json",
        "--signature", "pol.json.sig", "--json",
    )  # fmt: skip
    assert (code, json.loads(out)["proved"]) == (1, False)
    assert stat.S_IMODE((place / "POL.key").stat().st_mode) == 0o600


def test_delivery_follows_entitlement_and_what_was_received_stays(place):
    assert "may read" in good("exchange", "deliver", "1", "--to", "RUS", "--on", "1996-12-15", "-o", "rus.json")
    assert json.loads((place / "rus.json").read_text()) == DECLARATION
    assert "stays received" in good("exchange", "deliver", "1", "--to", "RUS", "--on", "2012-06-01", "-o", "rus.json")
    (place / "later.json").write_text(json.dumps({**DECLARATION, "as_of": "2012-01-01"}))
    good("exchange", "sign", "later.json", "--key", "POL.key")
    good("exchange", "submit", "later.json")
    code, _, err = run("exchange", "deliver", "2", "--to", "RUS", "--on", "2012-06-01", "-o", "no.json")
    assert code == 2
    assert "pol-cease-implementation-2011" in err
    assert "CFE XIII.1" in err
    assert not (place / "no.json").exists()
    good("exchange", "deliver", "2", "--to", "DEU", "--on", "2012-06-01", "-o", "deu.json")
    good("ledger", "prove", "2", "-o", "p")
    good("ledger", "verify", "--proof", "p", "--key", "exchange.db.key.pub", "--declaration", "deu.json",
         "--signature", "deu.json.sig")  # fmt: skip


def test_keys_checkpoints_witnesses_exports_and_backups(place):
    good("exchange", "keys", "new", "POL", "-o", "POL2.key")
    good("exchange", "keys", "admit", "POL", "--key", "POL2.key", "--replaces", "POL.key")
    good("exchange", "keys", "revoke", "POL", "--key", "POL2.key", "--reason", "lost")
    keys = json.loads(good("exchange", "keys", "list", "--json"))
    assert keys["good"] == []
    assert [k["ended_at"] for k in keys["ended"]] == [2, 3]
    good("ledger", "prove", "--from", "0", "-o", "request")
    good("exchange", "keys", "new", "example.org/FRA", "-o", "w.key")
    good("ledger", "witness", "cosign", "request", "--key", "w.key", "--log", "exchange.db.key.pub",
         "--state", "w.json", "-o", "line")  # fmt: skip
    good("ledger", "witness", "add", "line", "--witness", "w.key.pub")
    assert "example.org/FRA" in good("ledger", "checkpoint", "-o", "new") + (place / "new").read_text()
    good("ledger", "checkpoint", "--size", "2", "-o", "old")
    code, out, _ = run("ledger", "witness", "compare", "old", "new", "--key", "exchange.db.key.pub", "--json")
    assert (code, json.loads(out)["verdict"]) == (0, "unproved")
    good("ledger", "prove", "--from", "2", "-o", "grown")
    told = good("ledger", "witness", "compare", "old", "new", "--key", "exchange.db.key.pub", "--proof", "grown")
    assert told.startswith("one history")
    good("ledger", "export", "out")
    assert json.loads(good("ledger", "verify", "out", "--against", "old", "--json"))["checkpoints"] == 2
    good("exchange", "backup", "b.db")
    assert json.loads(good("exchange", "restore", "b.db", "--database", "c.db", "--json"))["holds"] is True


def test_a_breach_exits_1_and_says_where(place):
    import sqlite3

    link = sqlite3.connect("exchange.db")
    with link:
        link.execute("UPDATE payloads SET data = ? WHERE idx = 1", (b"{}",))
    link.close()
    code, out, _ = run("ledger", "verify")
    assert code == 1
    assert "entry 1: the declaration kept for it is not the one that was signed" in out


REFUSED = [
    (("exchange", "init", "--origin", "example.org/other"), "named example.org/cfe"),
    (("exchange", "init", "--origin", "example.org/cfe"), "a store already"),
    (("exchange", "sign", "none.json", "--key", "POL.key"), "none.json"),
    (("exchange", "sign", "pol.json", "--key", "pol.json"), "chmod 600"),
    (("exchange", "submit", "pol.json", "--signature", "pol.json"), "canonical"),
    (("exchange", "submit", "pol.json", "--database", "none.db"), "no such store"),
    (("exchange", "submit", "pol.json", "--database", "postgresql+psycopg://x:hush@127.0.0.1:1/x"), "refuses"),
    (("exchange", "keys", "admit", "Ruritania", "--key", "POL.key"), "Ruritania"),
    (("exchange", "keys", "new", "POL"), "already"),
    (("ledger", "prove"), "exactly one"),
    (("ledger", "prove", "9"), "entries run from 0 to 1"),
    (("ledger", "prove", "--from", "9"), "from 0 to 2"),
    (("ledger", "verify", "--proof", "pol.json"), "give --proof FILE and --key"),
    (("ledger", "verify", "--proof", "pol.json", "--key", "POL.key.pub"), "not a proof"),
    (("ledger", "verify", "--key", "nonsense"), "nonsense"),
    (("ledger", "verify", "pol.json"), "not a database"),
    (("exchange", "deliver", "0", "--to", "DEU", "--on", "1996-12-15", "-o", "x"), "no declaration"),
]


@pytest.mark.parametrize(("args", "words"), REFUSED, ids=[" ".join(r[0]) for r in REFUSED])
def test_what_is_refused(place, args, words):
    code, out, err = run(*args)
    assert (code, out) == (2, "")
    assert words in err
    assert "hush" not in err
    assert len(err.strip().splitlines()) == 1


def test_help_comes_without_heavy_parts():
    code = (
        "import sys, runpy\nsys.argv = ['servanda', 'exchange', '--help']\n"
        "try:\n    runpy.run_module('servanda', run_name='__main__')\nexcept SystemExit:\n    pass\n"
        "print(sorted({'sqlalchemy', 'alembic', 'cryptography', 'rfc8785'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")
