"""Options of every command: further data beside the record, and the day whose knowledge counts."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from servanda.cli.main import app
from servanda.corpus import Corpus
from servanda.corpus.store import DATA, using
from servanda.model.errors import DataError, ServandaError


def leaves(command, path=()):
    if hasattr(command, "commands"):
        for name, inner in command.commands.items():
            yield from leaves(inner, (*path, name))
    else:
        yield path, command


COMMANDS = list(leaves(typer.main.get_command(app)))


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[" ".join(p) for p, _ in COMMANDS])
def test_every_command_takes_further_data_and_those_that_ask_a_day_of_knowledge(path, command):
    options = {o for p in command.params for o in p.opts}
    assert "--data" in options
    assert "--scenario" not in options or "--as-known-on" in options


def ask(*args):
    done = CliRunner().invoke(app, [*args, "--json"], catch_exceptions=True)
    if isinstance(done.exception, ServandaError):
        raise done.exception
    return json.loads(done.stdout)


@pytest.fixture
def own(tmp_path):
    done = CliRunner().invoke(app, ["new", "border-2001", "--in", str(tmp_path)])
    assert done.exit_code == 0, done.output
    return tmp_path


def test_a_new_folder_is_sound_and_its_examples_hold(own):
    assert ask("corpus", "check", "--data", str(own))["sound"] is True
    tried = ask("corpus", "test", "--data", str(own))
    assert tried["instruments"] == [{"instrument": "border-2001", "examples": 11, "failed": 0}]
    assert tried["failed"] == []


def test_a_wrong_example_is_told_with_its_line_and_fails(own):
    path = own / "border-2001" / "examples.yaml"
    text = path.read_text().replace("verdict: exceeded, low: 12", "verdict: within, low: 11")
    path.write_text(text)
    done = CliRunner().invoke(app, ["corpus", "test", "border-2001", "--data", str(own), "--json"])
    assert done.exit_code == 1
    (failed,) = json.loads(done.stdout)["failed"]
    assert text.splitlines()[failed["line"] - 1].startswith("- ask: Did Czechia keep")
    assert failed["faults"] == ["answer.verdict is 'exceeded', expected 'within'", "answer.low is 12, expected 11"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("- {ask: Why?, expect: {a: 1}}", "asks 0 questions"),
        ("- {ask: Why?, standing: {party: POL, on: 2002-01-01}}", "has not exactly one of"),
        ("- {ask: Why?, standing: {party: POL, on: 2002-01-01}, expect: {}, hope: 1}", "has hope"),
        ("- {standing: {party: POL, on: 2002-01-01}, expect: {}}", "has no `ask`"),
    ],
)
def test_an_example_that_asks_nothing_is_refused(own, line, told):
    (own / "border-2001" / "examples.yaml").write_text(line + "\n")
    with pytest.raises(DataError, match=told):
        ask("corpus", "test", "border-2001", "--data", str(own))


def test_an_example_with_arguments_no_question_takes_fails_in_words(own):
    (own / "border-2001" / "examples.yaml").write_text(
        "- {ask: Why?, standing: {party: POL, day: 1}, expect: {a: 1}}\n"
    )
    done = CliRunner().invoke(app, ["corpus", "test", "border-2001", "--data", str(own), "--json"])
    assert done.exit_code == 1
    assert "standing cannot be asked so" in json.loads(done.stdout)["failed"][0]["faults"][0]


def test_ones_own_treaty_is_asked_beside_the_others(own):
    assert ask("standing", "border-2001", "--on", "2001-07-01", "--data", str(own))["in_force_since"] == "2001-07-01"
    # the folder itself will do
    folder = str(own / "border-2001")
    assert ask("timeline", "border-2001", "--data", folder)["events"]
    assert ask("standing", "cfe", "--party", "RUS", "--on", "2015-06-01", "--data", folder)["parties"]
    assert ask("compare", "border-2001", "cfe", "--matter", "withdrawal", "--data", folder)["matters"]
    assert "border-2001" in [i["instrument"] for i in ask("corpus", "list", "--data", folder)["instruments"]]


def test_further_data_is_gone_when_the_command_is_over(own):
    ask("timeline", "border-2001", "--data", str(own))
    assert "border-2001" not in Corpus.default().ids()
    with pytest.raises(ServandaError, match="border-2001"):
        ask("timeline", "border-2001")


def test_a_folder_without_a_treaty_is_refused(tmp_path):
    with pytest.raises(DataError, match="holds no instrument"):
        ask("corpus", "list", "--data", str(tmp_path))
    with pytest.raises(DataError, match="is not a folder"):
        ask("corpus", "list", "--data", str(tmp_path / "nowhere"))


def test_an_instrument_of_the_same_id_and_an_actor_of_the_same_code_take_the_place_of_the_other(own):
    shadow = own / "border-2001"
    (own / "inf").mkdir()
    for file in shadow.glob("*.yaml"):
        (own / "inf" / file.name).write_text(file.read_text().replace("id: border-2001", "id: inf"))
    (own / "actors").mkdir()
    (own / "actors" / "own.yaml").write_text("- {code: POL, name: The Polish side}\n- {code: XAA, name: Aland}\n")
    corpus = Corpus(DATA, [own])
    assert corpus.dossier("inf").instrument.short == "Border Agreement"
    assert corpus.actors.name("POL") == "The Polish side"
    assert corpus.actors.name("XAA") == "Aland"
    assert Corpus(DATA).actors.name("POL") == "Poland"
    assert Corpus(DATA).dossier("inf").instrument.short != "Border Agreement"


def test_the_corpus_in_use_is_that_of_the_context():
    from contextvars import copy_context

    other = Corpus(DATA)
    with using(other):
        assert Corpus.default() is other
        assert copy_context().run(Corpus.default) is other
    assert Corpus.default() is Corpus.shipped()


@pytest.mark.parametrize("taken", ["cfe", "Border", "a--b", "-x", "../x", ""])
def test_a_name_that_cannot_be_is_refused(tmp_path, taken):
    done = CliRunner().invoke(app, ["new", "--in", str(tmp_path), "--", taken])
    assert done.exit_code != 0
    assert list(tmp_path.iterdir()) == []


KNOWN = [
    ("timeline", "cfe"),
    ("coming", "cfe"),
    ("reductions", "cfe"),
    ("zones", "cfe", "--on", "2024-06-01"),
    ("where", "cfe", "--on", "2024-06-01", "--at", "37.6,55.7"),
    ("compare", "cfe", "est-2009"),
    ("explain", "cfe", "withdrawal"),
    ("whatif", "suspension-accepted", "--on", "2024-06-01"),
    ("standing", "cfe", "--on", "2024-06-01"),
]


@pytest.mark.parametrize("args", KNOWN, ids=" ".join)
def test_the_day_of_knowledge_reaches_the_question(args):
    if args[0] == "coming":
        args = ("deadlines", "cfe", "--on", "2024-06-01")

    def told(*more):
        try:
            return ask(*args, *more)
        except ServandaError as refusal:
            return str(refusal)

    assert told() != told("--as-known-on", "1991-06-01")
